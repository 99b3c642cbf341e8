"""Which clauses of the acts that a document carries out does each of its tasks come from?

Reads loaded documents and what their citations mean; writes links. A document is compared only with the acts that it
says it implements or rests on and that are in the corpus (or, where a task finds nothing there, with what those acts
implement themselves), never with a younger one. Candidates come from an inverted index of pairs of words that are not
stock phrases; :func:`kg.passages.compare` judges each. A task may join several clauses, and a clause may feed several
tasks.

Grades: ``cited`` where the task itself names the act; ``copied`` where a long unbroken run of its words is the
clause's; ``adapted`` for the same thing in other words. ``inherited`` is the honest rest: the act is known, no clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.links import Act, Grade, Link, Place, Resolution, Shares, fingerprint
from kg.passages import Pair, compare, passages
from kg.segments import Segment, unit_segments
from kg.vocabulary import Vocabulary, forms
from loaders.records import Loaded, Unit, surface

TAKERS = ("task", "target")
"""Kinds of units that may come from a clause of a higher act; of targets only from its targets."""
CARRYING_OUT = ("implements", "legal-basis")
"""Relations whose acts a document is compared with; only the first makes an inherited link."""

THRESHOLD = 0.2
"""A fifth of the lesser segment's information in common: between one name in a long sentence and a reworded clause."""
_SHRINK = 15.0  # nats: what three or four words in common are worth; a short clause alone is never a score near 1
_STATEMENT = 0.75  # a statement orders nothing: it is a source only where its words are taken over
_FEWEST = 3  # words that name something in one run: more than one Vietnamese word
_MANY = 8  # matched words in all that make up for a shorter name
_COPIED_RUN = 6  # matched words on end that nobody writes twice by chance
_COPIED_SHARE = 0.6
_FARTHEST = 3  # acts of acts of acts: to the centre from a department


class _Unit(NamedTuple):
    unit: Unit
    segments: list[Segment]


class _Text:
    """A document ready for comparison: the segments of its units, and an index from word pairs to segments."""

    def __init__(self, loaded: Loaded, vocabulary: Vocabulary) -> None:
        self.loaded = loaded
        self.file = loaded.record.file
        self.units = [
            _Unit(u, unit_segments(loaded, u, vocabulary)) for u in loaded.record.units if u.kind != "heading"
        ]
        self._index: dict[tuple[str, str], list[tuple[int, int]]] | None = None

    @property
    def index(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        """(unit, segment) positions by word pair; made when the document is first a source."""
        if self._index is None:
            made = defaultdict(list)
            for u, unit in enumerate(self.units):
                for s, segment in enumerate(unit.segments):
                    for key in segment.keys:
                        made[key].append((u, s))
            self._index = dict(made)
        return self._index


class _Match(NamedTuple):
    """One unit of the source that a task takes words from: the matching segments, best first."""

    source: Unit
    pairs: list[tuple[Segment, Segment, Pair]]
    score: float


def corpus_vocabulary(loaded: Sequence[Loaded]) -> Vocabulary:
    """Word frequencies over the units of all documents; of many documents an even sample."""
    step = max(1, len(loaded) // 400)
    return Vocabulary(
        forms(d.raw[u.start : u.end]) for d in loaded[::step] for u in d.record.units if u.kind != "heading"
    )


def align(loaded: list[Loaded], resolutions: list[Resolution]) -> list[Link]:
    """All links of all documents, in the order of documents and units, strongest source first."""
    vocabulary = corpus_vocabulary(loaded)
    acts = _acts_by_file(loaded, resolutions)
    by_file = {d.record.file: d for d in loaded}
    ready: dict[str, _Text] = {}

    def text(file: str) -> _Text:
        if file not in ready:
            ready[file] = _Text(by_file[file], vocabulary)
        return ready[file]

    return [
        link
        for d in loaded
        if acts[d.record.file]
        for link in _links(text(d.record.file), acts, {r.citation: r for r in acts[d.record.file]}, by_file, text)
    ]


def _acts_by_file(loaded: Sequence[Loaded], resolutions: Iterable[Resolution]) -> dict[str, list[Resolution]]:
    """For each file the resolutions of the citations that it carries out or rests on."""
    records = {d.record.file: d.record for d in loaded}
    found: dict[str, list[Resolution]] = {f: [] for f in records}
    for r in resolutions:
        citation = records[r.file].citations[r.citation]
        if r.act is not None and citation.relation in CARRYING_OUT and not citation.is_self:
            found[r.file].append(r)
    return found


def _links(
    task_text: _Text,
    acts: Mapping[str, list[Resolution]],
    cited: Mapping[int, Resolution],
    by_file: Mapping[str, Loaded],
    text: Callable[[str], _Text],
) -> Iterator[Link]:
    """The links of one document: clauses of its acts; failing that of the acts behind them; failing that the acts."""
    near, far = _sources(task_text.file, acts, by_file)
    for taker in task_text.units:
        if taker.unit.kind not in TAKERS:
            continue
        named = {r.act.iri for i, r in cited.items() if i in taker.unit.cites and r.act}
        found = [link for act in near for link in _clauses(task_text, taker, text(act.file or ""), act, named)]
        found = found or [link for act in far for link in _clauses(task_text, taker, text(act.file or ""), act, named)]
        yield from sorted(found, key=lambda k: -k.score)
        with_clause = {link.act for link in found}
        yield from _acts_only(task_text, taker.unit, cited, named - with_clause, inherit=not found)


def _sources(
    file: str, acts: Mapping[str, list[Resolution]], by_file: Mapping[str, Loaded]
) -> tuple[list[Act], list[Act]]:
    """The acts in the corpus that a document carries out, and those behind them; none that is younger."""
    seen = {file}
    layers: list[list[Act]] = [[], []]
    frontier = [file]
    for depth in range(_FARTHEST):
        step: dict[str, Act] = {}
        for here in frontier:
            for r in acts[here]:
                if r.act and r.act.file and r.act.file not in seen and _not_younger(r.act.file, file, by_file):
                    step[r.act.file] = r.act
        layers[min(depth, 1)] += step.values()
        seen |= step.keys()
        frontier = list(step)
    return layers[0], layers[1]


def _not_younger(source: str, task: str, by_file: Mapping[str, Loaded]) -> bool:
    first, second = (by_file[f].record.document.date for f in (source, task))
    return not first or not second or first <= second


def _clauses(task_text: _Text, taker: _Unit, source: _Text, act: Act, named: set[str]) -> Iterator[Link]:
    """The links of one task to clauses of one act."""
    for match in _matches(taker, source):
        passage = [p for ours, theirs, pair in match.pairs for p in passages(ours, theirs, pair)]
        if not passage:
            continue
        shares = _shares(taker, match)
        copied = shares.copied >= _COPIED_SHARE or any(_is_copy(*p) for p in match.pairs)
        grade: Grade = "cited" if act.iri in named else "copied" if copied else "adapted"
        yield Link(
            task=_place(task_text, taker.unit),
            source=_place(source, match.source),
            grade=grade,
            score=round(match.score, 4),
            evidence=tuple(dict.fromkeys(passage)),
            act=act.iri,
            fingerprint=fingerprint(surface(source.loaded.raw, match.source.start, match.source.end)),
            shares=shares,
            reason=_why(grade, act, shares),
        )


def _place(text: _Text, unit: Unit) -> Place:
    return Place(text.file, unit.id, unit.start, unit.end)


def _matches(taker: _Unit, source: _Text) -> Iterator[_Match]:
    """The units of the source that the task takes words from, those over the threshold only."""
    candidates: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for t, segment in enumerate(taker.segments):
        for key in segment.keys:
            for u, s in source.index.get(key, ()):
                candidates[u].add((t, s))
    for u in sorted(candidates):
        unit = source.units[u]
        if taker.unit.kind == "target" and unit.unit.kind != "target":
            continue
        part = _STATEMENT if unit.unit.kind == "statement" else 1.0
        scored = []
        for t, s in candidates[u]:
            pair = compare(taker.segments[t], unit.segments[s], shrink=_SHRINK, fewest=_FEWEST, many=_MANY)
            if pair and pair.score * part >= THRESHOLD:
                scored.append((taker.segments[t], unit.segments[s], pair))
        if scored:
            scored.sort(key=lambda p: (-p[2].score, p[0].start, p[1].start))
            yield _Match(unit.unit, scored, scored[0][2].score * part)


def _is_copy(ours: Segment, theirs: Segment, pair: Pair) -> bool:
    return pair.share >= _COPIED_SHARE and max(_lengths(pair.task_hits), default=0) >= _COPIED_RUN


def _lengths(hits: Sequence[bool]) -> Iterator[int]:
    run = 0
    for hit in (*hits, False):
        if not hit and run:
            yield run
        run = run + 1 if hit else 0


def _shares(taker: _Unit, match: _Match) -> Shares:
    """What part of the task's information is copied from this clause (long runs), adapted (short ones), or new."""
    copied = adapted = whole = 0.0
    for segment in taker.segments:
        hits = [p.task_hits for ours, _, p in match.pairs if ours is segment]
        for at in range(len(segment.words)):
            weight = segment.weight(at)
            whole += weight
            if any(h[at] for h in hits):
                long = any(h[at] and _run_at(h, at) >= _COPIED_RUN for h in hits)
                copied, adapted = copied + weight * long, adapted + weight * (not long)
    whole = whole or 1.0
    first, second = round(copied / whole, 4), round(adapted / whole, 4)
    return Shares(first, second, round(max(0.0, 1 - first - second), 4))


def _run_at(hits: Sequence[bool], at: int) -> int:
    first = last = at
    while first and hits[first - 1]:
        first -= 1
    while last + 1 < len(hits) and hits[last + 1]:
        last += 1
    return last - first + 1


def _why(grade: Grade, act: Act, shares: Shares) -> str:
    taken = round(100 * (shares.copied + shares.adapted))
    how = "nhiệm vụ dẫn chính văn bản này" if grade == "cited" else "chép lại" if grade == "copied" else "diễn đạt lại"
    return f"{act.label}: {how}; {taken}% lời của nhiệm vụ có trong điểm này"


def _acts_only(
    text: _Text, unit: Unit, cited: Mapping[int, Resolution], named: set[str], *, inherit: bool
) -> Iterator[Link]:
    """Links to acts without a clause: those that the task names; else, where nothing was found, the document's own."""
    place = _place(text, unit)
    acts = {r.act.iri: r.act for r in cited.values() if r.act}
    for iri in (i for i in acts if i in named):
        why = _absent(acts[iri]) if not acts[iri].file else "không thấy điểm nào trong văn bản được dẫn khớp lời"
        reason = f"nhiệm vụ dẫn {acts[iri].label}; {why}"
        yield Link(place, Place(acts[iri].file), "cited", 0.5, act=iri, reason=reason)
    if not inherit or named or unit.kind != "task":
        return
    own = {r.act.iri: r.act for i, r in cited.items() if r.act and _speaks_for_all(text.loaded, i)}
    reason = _nothing_in(list(own.values()))
    for iri, act in own.items():
        yield Link(place, Place(act.file), "inherited", 0.1, act=iri, reason=reason)


def _speaks_for_all(loaded: Loaded, citation: int) -> bool:
    found = loaded.record.citations[citation]
    return found.relation == "implements" and found.scope == "document"


def _absent(act: Act) -> str:
    return "văn bản này không có trong kho"


def _nothing_in(acts: Sequence[Act]) -> str:
    """ "không thấy điểm tương ứng trong A; B, C không có trong kho" """
    here = ", ".join(a.label for a in acts if a.file)
    away = ", ".join(a.label for a in acts if not a.file)
    parts = [f"không thấy điểm tương ứng trong {here}" if here else "", f"{away} không có trong kho" if away else ""]
    return "; ".join(p for p in parts if p)
