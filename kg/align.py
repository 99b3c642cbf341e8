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

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.evidence import fingerprint
from kg.links import Act, Grade, Link, Place, Resolution, Shares
from kg.matching import Taker, Text, is_copied, matches, shares_of
from kg.passages import passages
from kg.segments import sentences
from kg.vocabulary import Vocabulary
from loaders.records import Loaded, Unit, surface

TAKERS = ("task", "target")
"""Kinds of units that may come from a clause of a higher act; of targets only from its targets."""
CARRYING_OUT = ("implements", "legal-basis")
"""Relations whose acts a document is compared with; only the first makes an inherited link."""

_SAMPLED = 400  # documents
_KEPT = 128  # documents cut into segments and kept: a resolution has many letters
_FARTHEST = 3  # acts of acts of acts: to the centre from a department


def corpus_vocabulary(loaded: Sequence[Loaded]) -> Vocabulary:
    """Word frequencies over the units of all documents; of many documents a sample, the same in every run."""
    sample = loaded
    if len(loaded) > _SAMPLED:
        sample = sorted(loaded, key=lambda d: hashlib.sha256(d.record.file.encode()).digest())[:_SAMPLED]
    units = ((d, u) for d in sample for u in d.record.units if u.kind != "heading")
    return Vocabulary(sentence for d, u in units for sentence in sentences(d, u))


def align(loaded: list[Loaded], resolutions: list[Resolution]) -> list[Link]:
    """All links of all documents, in the order of documents and units, strongest source first."""
    vocabulary = corpus_vocabulary(loaded)
    acts = _acts_by_file(loaded, resolutions)
    by_file = {d.record.file: d for d in loaded}

    @lru_cache(maxsize=_KEPT)
    def text(file: str) -> Text:
        return Text(by_file[file], vocabulary)

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
    task_text: Text,
    acts: Mapping[str, list[Resolution]],
    cited: Mapping[int, Resolution],
    by_file: Mapping[str, Loaded],
    text: Callable[[str], Text],
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


def _clauses(task_text: Text, taker: Taker, source: Text, act: Act, named: set[str]) -> Iterator[Link]:
    """The links of one task to clauses of one act."""
    for match in matches(taker, task_text, source):
        passage = [p for f in match.found for p in passages(f.task, f.source, f.pair)]
        if not passage:
            continue
        shares = shares_of(taker, match)
        grade: Grade = "cited" if act.iri in named else "copied" if is_copied(match) else "adapted"
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


def _place(text: Text, unit: Unit) -> Place:
    return Place(text.file, unit.id, unit.start, unit.end)


def _why(grade: Grade, act: Act, shares: Shares) -> str:
    taken = round(100 * (shares.copied + shares.adapted))
    how = "nhiệm vụ dẫn chính văn bản này" if grade == "cited" else "chép lại" if grade == "copied" else "diễn đạt lại"
    return f"{act.label}: {how}; {taken}% lời của nhiệm vụ có trong điểm này"


def _acts_only(
    text: Text, unit: Unit, cited: Mapping[int, Resolution], named: set[str], *, inherit: bool
) -> Iterator[Link]:
    """Links to acts without a clause: those that the task names; else, where nothing was found, the document's own."""
    place = _place(text, unit)
    acts = {r.act.iri: r.act for r in cited.values() if r.act}
    for iri in (i for i in acts if i in named):
        missing = "không thấy điểm nào trong văn bản được dẫn khớp lời"
        why = missing if acts[iri].file else "văn bản này không có trong kho"
        reason = f"nhiệm vụ dẫn {acts[iri].label}; {why}"
        yield Link(place, Place(acts[iri].file), "cited", 0.5, act=iri, reason=reason)
    if not inherit or named or unit.kind != "task":
        return
    own = {r.act.iri: r.act for i, r in cited.items() if r.act and _speaks_for_all(text.loaded, i)}
    reason = _nothing_in(list(own.values()))
    for iri, act in own.items():
        yield Link(place, Place(act.file), "inherited", 0.1, act=iri, reason=reason)


def unlinked(
    loaded: Sequence[Loaded], resolutions: Sequence[Resolution], links: Iterable[Link]
) -> dict[tuple[str, str], str]:
    """Why a task has no link at all, by file and unit id, in Vietnamese: every other task has links."""
    linked = {(link.task.file, link.task.unit) for link in links}
    by_file: dict[str, list[Resolution]] = {d.record.file: [] for d in loaded}
    for r in resolutions:
        by_file[r.file].append(r)
    out = {}
    for d in loaded:
        tasks = [u for u in d.record.units if u.kind == "task" and (d.record.file, u.id) not in linked]
        reason = _no_act(d, by_file[d.record.file]) if tasks else ""
        out.update({(d.record.file, u.id): reason for u in tasks})
    return out


def _no_act(loaded: Loaded, resolutions: Sequence[Resolution]) -> str:
    """Why a document's tasks inherit nothing."""
    cited = loaded.record.citations
    unclear = [cited[r.citation].surface for r in resolutions if r.act is None and _speaks_for_all(loaded, r.citation)]
    if unclear:
        return f"chưa xác định được văn bản mà văn bản này thực hiện: {', '.join(unclear)}"
    basis = {r.act.iri: r.act for r in resolutions if r.act and cited[r.citation].relation == "legal-basis"}
    if basis:
        return f"văn bản chỉ nêu căn cứ: {_nothing_in(list(basis.values()))}"
    return "văn bản không nêu văn bản nào mà cả văn bản thực hiện"


def _speaks_for_all(loaded: Loaded, citation: int) -> bool:
    found = loaded.record.citations[citation]
    return found.relation == "implements" and found.scope == "document"


def _nothing_in(acts: Sequence[Act]) -> str:
    """ "không thấy điểm tương ứng trong A; B, C không có trong kho" """
    here = ", ".join(a.label for a in acts if a.file)
    away = ", ".join(a.label for a in acts if not a.file)
    parts = [f"không thấy điểm tương ứng trong {here}" if here else "", f"{away} không có trong kho" if away else ""]
    return "; ".join(p for p in parts if p)
