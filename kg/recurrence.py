"""Tasks whose wording returns: what an issuer orders again in a later year.

Reads documents, what their citations mean and the links of lineage; writes one :class:`Recurrence` for a task, to its
latest earlier self. That is no lineage: nobody says that the one carries out the other, and a document that does say so
is left to :mod:`kg.align`. Only documents of one issuer that give tasks year by year are compared (programmes, plans,
directives, letters, reports, resolutions). Candidates share several runs of words (an index of runs, never all pairs);
what counts is how much of the task stands in the earlier one on end, with a high bar: stock phrases return anyway.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kg.align import corpus_vocabulary
from kg.links import Link, Passage, Place, Resolution
from kg.matching import DEMAND, Found, Match, Taker, is_copied, shares_of
from kg.measuretimes import document_time
from kg.passages import compare, passages
from kg.segments import Segment, unit_segments
from kg.vocabulary import Vocabulary
from loaders.records import Document, Loaded, Unit
from ontology.folding import same

KINDS = (
    "Chương trình",
    "Chương trình hành động",
    "Kế hoạch",
    "Chỉ thị",
    "Công văn",
    "Báo cáo",
    "Nghị quyết",
    "Quyết định",
)
"""Kinds of documents in which an issuer gives tasks year by year."""
BAR = 0.55
"""How much of a task's information must stand in the earlier one on end."""
_HELD = 30.0  # nats that the two must have in common: a topic's name alone ("quản lý … và bảo vệ môi trường") is less
_NAMES = 8  # words in common that are no stock phrase
_RUN = 5  # words, joining ones left out, that make a candidate
_FEWEST = 2  # runs in common
_NAMED = 3  # of them that are no stock phrase
_TRIED = 2  # candidates that are looked at closely
_KNOWN = 24  # places of a run that are remembered: the latest
_DEMAND = DEMAND._replace(rarity=8.0)

Runs = dict[tuple[str, ...], list[tuple[int, int]]]
"""Text and task by run of words."""


class Recurrence(msgspec.Struct, frozen=True):
    """A task and its earlier self; ``share``: how much of the later one's information stands in the earlier one."""

    later: Place
    earlier: Place
    share: float
    evidence: tuple[Passage, ...]
    """``task`` is the span in the later text, ``source`` that in the earlier one."""


class _Text(NamedTuple):
    """A document of the series with the segments of its tasks."""

    loaded: Loaded
    year: int
    tasks: list[Taker]


def recurrences(loaded: Sequence[Loaded], resolutions: Iterable[Resolution], links: Iterable[Link]) -> list[Recurrence]:
    """The returning tasks of all documents, by file and unit."""
    apart = _lineage(loaded, resolutions, links)
    series = [found for found in _series(loaded).values() if len({year for year, _ in found}) > 1]
    if not series:
        return []
    vocabulary = corpus_vocabulary(loaded)
    made = [r for found in series for r in _of_series(found, vocabulary, apart)]
    return sorted(made, key=lambda r: (r.later, r.earlier))


def _lineage(
    loaded: Sequence[Loaded], resolutions: Iterable[Resolution], links: Iterable[Link]
) -> set[tuple[str, str]]:
    """Pairs of files of which the first carries out, urges or changes the second: what returns there is lineage."""
    citations = {d.record.file: d.record.citations for d in loaded}
    named = {
        (r.file, r.act.file)
        for r in resolutions
        if r.act and r.act.file and citations[r.file][r.citation].relation not in ("mentions", "legal-basis")
    }
    return named | {(k.task.file, k.source.file) for k in links if k.task.file and k.source.file and k.source.unit}


def _series(loaded: Sequence[Loaded]) -> Mapping[tuple[str, str], list[tuple[int, Loaded]]]:
    """The documents of each issuer that give tasks, with the year they are for, oldest first."""
    found: dict[tuple[str, str], list[tuple[int, Loaded]]] = defaultdict(list)
    for d in loaded:
        about, year = d.record.document, _year(d)
        if about.issuer and about.type in KINDS and year:
            found[same(about.issuer), same(about.province or "")].append((year, d))
    for documents in found.values():
        documents.sort(key=lambda item: (item[0], item[1].record.document.date or "", item[1].record.file))
    return found


def _year(loaded: Loaded) -> int | None:
    about: Document = loaded.record.document
    if about.date:
        return int(about.date[:4])
    time = document_time(loaded.record, loaded.raw)
    return time.last if time else None


def _of_series(
    found: Sequence[tuple[int, Loaded]], vocabulary: Vocabulary, apart: set[tuple[str, str]]
) -> Iterator[Recurrence]:
    texts = [
        _Text(d, year, [Taker(u, unit_segments(d, u, vocabulary)) for u in d.record.units if u.kind == "task"])
        for year, d in found
    ]
    runs: Runs = defaultdict(list)
    for at, text in enumerate(texts):
        for taker in text.tasks:
            near = _candidates(taker, runs, texts, text, apart)
            judged = [(_judged(taker, texts[a].tasks[b], b), a) for a, b in near]
            best = max(judged, key=_rank, default=None)
            if best is not None and best[0][1] >= BAR:
                yield _recurrence(text, taker, texts[best[1]], best[0])
        for place, taker in enumerate(text.tasks):
            for run in {run for segment in taker.segments for run in _runs(segment)}:
                runs[run].append((at, place))


def _runs(segment: Segment) -> set[tuple[str, ...]]:
    """Every run of words of a segment that is not all stock phrases."""
    named = [part >= 1.0 for part in segment.parts]
    return {
        segment.forms[at : at + _RUN]
        for at in range(len(segment.forms) - _RUN + 1)
        if sum(named[at : at + _RUN]) >= _NAMED
    }


def _candidates(
    taker: Taker, runs: Runs, texts: Sequence[_Text], text: _Text, apart: set[tuple[str, str]]
) -> list[tuple[int, int]]:
    """The tasks of earlier years that share most runs, the latest year first."""
    file = text.loaded.record.file
    mine = {run for segment in taker.segments for run in _runs(segment)}
    counts = Counter(place for run in mine for place in runs.get(run, ())[-_KNOWN:])
    fitting = [
        place
        for place, count in counts.items()
        if count >= _FEWEST
        and texts[place[0]].year < text.year
        and (file, texts[place[0]].loaded.record.file) not in apart
    ]
    fitting.sort(key=lambda place: (-counts[place], -texts[place[0]].year, place))
    return fitting[:_TRIED]


def _judged(taker: Taker, earlier: Taker, place: int) -> tuple[Match, float]:
    """The match of two tasks, and how much of the later one it accounts for (0 where nothing stands on end)."""
    found = [
        Found((place, t), segment, other, pair, pair.score)
        for t, segment in enumerate(taker.segments)
        for other in earlier.segments
        if (pair := compare(segment, other, _DEMAND))
    ]
    match = Match(earlier.unit, sorted(found, key=lambda f: -f.score), max((f.score for f in found), default=0.0))
    held = max((f.pair.mass for f in found), default=0.0)
    if held < _HELD or _named(found) < _NAMES or not is_copied(match):
        return match, 0.0
    return match, shares_of(taker, match).copied


def _named(found: Iterable[Found]) -> int:
    """How many words of the later task that are no stock phrase the earlier one has too."""
    places = {
        (f.task.start, at)
        for f in found
        for at, (hit, part) in enumerate(zip(f.pair.task_hits, f.task.parts, strict=True))
        if hit and part >= 1.0
    }
    return len(places)


def _rank(judged: tuple[tuple[Match, float], int]) -> float:
    return judged[0][1]


def _recurrence(text: _Text, taker: Taker, earlier: _Text, best: tuple[Match, float]) -> Recurrence:
    match, share = best
    proof = dict.fromkeys(p for f in match.found for p in passages(f.task, f.source, f.pair))
    return Recurrence(_place(text, taker.unit), _place(earlier, match.source), round(share, 4), tuple(proof))


def _place(text: _Text, unit: Unit) -> Place:
    return Place(text.loaded.record.file, unit.id, unit.start, unit.end)
