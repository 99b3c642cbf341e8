"""Which units of one document a unit of another takes its words from.

Reads two documents; writes matches. Candidates come from an inverted index of pairs of words that are not stock
phrases, so that only segments with a name in common are ever compared.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from kg.links import Shares
from kg.passages import Demand, Pair, compare
from kg.sections import answering, sections_of
from kg.segments import Run, Segment, unit_segments
from kg.vocabulary import Vocabulary
from loaders.records import Loaded, Unit

THRESHOLD = 0.17
"""A sixth of the lesser segment's information in common: between one name in a long sentence and a reworded clause."""
DEMAND = Demand(fewest=3, rarity=4.0, many=8, shrink=10.0)
_KNOWN = 20.0  # clauses of other documents that the rate of a phrase among a document's own is smoothed with
_ASIDE = 0.65  # one expression in common on the side; to name a target's object is to act on it
_STATEMENT = 0.75  # a statement orders nothing: it is a source only where its words are taken over
_SAME_HEADING, _OTHER_HEADING = 1.2, 0.8  # where the act has a heading like the task's: clauses under it, and others
_NEARLY_AS_WELL = 0.8  # an order that explains the words of a statement so well is what is carried out
_FAR_BETTER = 1.3  # a clause that explains the same words so much better leaves nothing to explain
_COPIED_RUN = 6  # matched words on end that nobody writes twice by chance
_COPIED_SHARE = 0.6


class Taker(NamedTuple):
    """A unit and its segments."""

    unit: Unit
    segments: list[Segment]


class Found(NamedTuple):
    """Two segments that match: ``place`` is the position of the unit in the source and of the task's segment."""

    place: tuple[int, int]
    task: Segment
    source: Segment
    pair: Pair
    score: float


class Match(NamedTuple):
    """One unit of the source that a unit takes words from: the matching segments, best first."""

    source: Unit
    found: list[Found]
    score: float


class Text:
    """A document ready for comparison: the segments of its units, and an index from word pairs to segments."""

    def __init__(self, loaded: Loaded, vocabulary: Vocabulary) -> None:
        """Cuts every unit but headings into segments."""
        self.loaded = loaded
        self.file = loaded.record.file
        body = (u for u in loaded.record.units if u.kind != "heading")
        self.units = [Taker(u, unit_segments(loaded, u, vocabulary)) for u in body]
        self.sections = sections_of(loaded, vocabulary)
        self._answering: dict[tuple[str, str], frozenset[str]] = {}
        self._index: dict[tuple[str, str], list[tuple[int, int]]] | None = None
        self._holding: dict[tuple[str, str], int] | None = None
        targets = sum(1 << at for at, u in enumerate(self.units) if u.unit.kind == "target")
        self._like = ((1 << len(self.units)) - 1 & ~targets, targets)
        pieces = sum(len(u.segments) for u in self.units)
        self.demand = DEMAND._replace(rarity=max(DEMAND.rarity, math.log(max(pieces, 1)) - 1.0))
        """What a match with this document as source must hold: the longer it is, the rarer the name in common."""

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

    def answering(self, task: Text, unit: Unit) -> frozenset[str]:
        """The headings of this document that say what the heading over a task says."""
        heading = task.sections.above.get(unit.id)
        if heading is None:
            return frozenset()
        known = self._answering.get((task.file, heading))
        if known is None:
            known = self._answering[task.file, heading] = answering(task.sections.words[heading], self.sections)
        return known

    def worth(self, unit: int, segment: Segment, source: Segment, run: Run) -> float:
        """What an unbroken match with a segment of this document's unit at position ``unit`` proves, in nats.

        That is the information of its words, but no more than how rarely the whole phrase stands in the other units
        of this document: what half of a resolution's clauses speak of ties a task to none of them. Targets are counted
        apart: that clauses say how to reach one does not make its name a common one.
        """
        information = segment.information(run)
        others = self._others_with(unit, segment, source, run)
        rate = (others + _KNOWN * math.exp(-information)) / (len(self.units) - 1 + _KNOWN)
        return min(information, -math.log(rate)) if others else information

    def _others_with(self, unit: int, segment: Segment, source: Segment, run: Run) -> int:
        """How many other units of its sort hold the phrase: all its neighbours that the source's segment has too."""
        words, held = segment.forms[run.first : run.end], self._like[self.units[unit].unit.kind == "target"]
        found = [p for at, w in enumerate(words) for p in ((w, o) for o in words[at + 1 : at + 3]) if p in source.pairs]
        for pair in found:
            held &= self.holding[pair]
        return (held & ~(1 << unit)).bit_count() if found else 0

    @property
    def holding(self) -> dict[tuple[str, str], int]:
        """The units that hold a pair of words, one bit each; made when the document is first a source."""
        if self._holding is None:
            made: dict[tuple[str, str], int] = defaultdict(int)
            for at, unit in enumerate(self.units):
                for pair in {p for s in unit.segments for p in s.pairs}:
                    made[pair] |= 1 << at
            self._holding = dict(made)
        return self._holding


def matches(taker: Taker, task: Text, source: Text) -> Iterator[Match]:
    """The units of the source that a task of ``task`` takes words from, those over the threshold only, in their order.

    Words that one clause explains far better prove nothing for another; a target beside a task is no rival of it.
    """
    found = [f for f in _placed(list(_found(taker, source)), taker, task, source) if f.score >= THRESHOLD]
    by_unit: dict[int, list[Found]] = defaultdict(list)
    for f in found:
        if _left(f, [r for r in found if _is_rival(r, f, source)]) >= THRESHOLD:
            by_unit[f.place[0]].append(f)
    for u, kept in sorted(by_unit.items()):
        kept.sort(key=lambda f: (-f.score, f.task.start, f.source.start))
        yield Match(source.units[u].unit, kept, kept[0].score)


def _found(taker: Taker, source: Text) -> Iterator[Found]:
    """All pairs of segments with a name in common, scored."""
    candidates = {
        (u, t, s)
        for t, segment in enumerate(taker.segments)
        for key in segment.keys
        for u, s in source.index.get(key, ())
    }
    for u, t, s in sorted(candidates):
        unit = source.units[u]
        if taker.unit.kind == "target" and unit.unit.kind != "target":
            continue
        pair = compare(taker.segments[t], unit.segments[s], source.demand, partial(source.worth, u))
        if pair:
            part = _STATEMENT if unit.unit.kind == "statement" else 1.0
            part *= _ASIDE if pair.is_aside and unit.unit.kind != "target" else 1.0
            yield Found((u, t), taker.segments[t], unit.segments[s], pair, pair.score * part)


def _placed(found: list[Found], taker: Taker, task: Text, source: Text) -> list[Found]:
    """The same with their scores by heading, where the source has one like that over the task."""
    alike = source.answering(task, taker.unit) if found else frozenset()
    if not alike:
        return found
    above = source.sections.above

    def part(f: Found) -> float:
        return _SAME_HEADING if above.get(source.units[f.place[0]].unit.id) in alike else _OTHER_HEADING

    return [f._replace(score=min(1.0, f.score * part(f))) for f in found]


def _is_rival(rival: Found, of: Found, source: Text) -> bool:
    if rival.place[0] == of.place[0] or rival.place[1] != of.place[1]:
        return False
    one, other = (source.units[f.place[0]].unit.kind for f in (rival, of))
    if (one == "target") != (other == "target"):
        return False
    better = _NEARLY_AS_WELL if other == "statement" and one != "statement" else _FAR_BETTER
    return rival.score >= better * of.score


def _left(found: Found, rivals: Sequence[Found]) -> float:
    """The score of the words that no rival explains."""
    if not rivals:
        return found.score
    hits = found.pair.task_hits
    left = [hit and not any(r.pair.task_hits[at] for r in rivals) for at, hit in enumerate(hits)]
    whole = found.task.mass(hits)
    return found.score * found.task.mass(left) / whole if whole else 0.0


def is_copied(match: Match) -> bool:
    """Whether a segment's words are, on end and for the most part, the source's."""
    return any(
        f.pair.share >= _COPIED_SHARE and max(_lengths(f.pair.task_hits), default=0) >= _COPIED_RUN for f in match.found
    )


def shares_of(taker: Taker, match: Match) -> Shares:
    """What part of the unit's information is copied from this clause (long runs), adapted (short ones), or new."""
    copied = adapted = whole = 0.0
    for segment in taker.segments:
        hits = [f.pair.task_hits for f in match.found if f.task is segment]
        for at in range(len(segment.words)):
            weight = segment.weight(at)
            whole += weight
            if any(h[at] for h in hits):
                long = any(h[at] and _run_at(h, at) >= _COPIED_RUN for h in hits)
                copied, adapted = copied + weight * long, adapted + weight * (not long)
    whole = whole or 1.0
    first, second = round(copied / whole, 4), round(adapted / whole, 4)
    return Shares(first, second, round(max(0.0, 1 - first - second), 4))


def _lengths(hits: Sequence[bool]) -> Iterator[int]:
    run = 0
    for hit in (*hits, False):
        if not hit and run:
            yield run
        run = run + 1 if hit else 0


def _run_at(hits: Sequence[bool], at: int) -> int:
    first = last = at
    while first and hits[first - 1]:
        first -= 1
    while last + 1 < len(hits) and hits[last + 1]:
        last += 1
    return last - first + 1
