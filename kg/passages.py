"""What two segments have in common, how strongly that ties them, and the passages that show it.

Reads segments; writes scores and spans of both raw texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kg.links import Passage
from kg.segments import Run, Segment

Worth = Callable[[Segment, Segment, Run], float]
"""What an unbroken match of a segment with a segment of the source proves, in nats."""
_SAME = 0.5  # of both segments: one sentence written twice, be there more of it
_ONE_EXPRESSION = 5  # words
_GAP = 4  # joining words and the like that one quoted passage may run over


class Pair(NamedTuple):
    """What one segment shares with another."""

    mass: float
    """What the words in common prove in nats, the lower of both sides."""
    share: float
    """``mass`` as a part of the segment that holds less: 1 where one is wholly in the other."""
    score: float
    is_aside: bool
    """Whether only one short expression is in common, and it is the lesser part of either side."""
    task_hits: tuple[bool, ...]
    source_hits: tuple[bool, ...]


class Demand(NamedTuple):
    """What a match must hold to be one."""

    fewest: int
    """Words in a row that name something: one Vietnamese word is mostly two syllables, so three are more than one."""
    rarity: float
    """Information of that name in nats: rarer than one sentence in e to this power."""
    many: int
    """Words of a phrase, at least two of them naming something, that make up for a shorter name."""
    shrink: float
    """Nats added to what is compared: three or four words in common alone are never a score near 1."""


def plain_worth(segment: Segment, _: Segment, run: Run) -> float:
    """The information of the words, wherever else they stand."""
    return segment.information(run)


def compare(task: Segment, source: Segment, demand: Demand, worth: Worth = plain_worth) -> Pair | None:
    """What the two share; ``None`` where it names no thing in particular.

    The score is what the words in common prove against ``shrink`` and all of the segment that holds less (mostly: a
    long other side lowers it a little): near 1 for a copied sentence, low for three words in common out of fifty.
    """
    ours, theirs = task.hits(source), source.hits(task)
    mass = _mass(((task, ours), (source, theirs)), source, worth)
    if min(task.name(ours, demand.fewest), source.name(theirs, demand.fewest)) < demand.rarity:
        long = min(task.phrase(ours), source.phrase(theirs)) >= demand.many
        if not long or mass < demand.rarity:
            return None
    totals = sorted((mass + task.rest(ours), mass + source.rest(theirs)))
    against = totals[0] ** 0.75 * totals[1] ** 0.25
    share, score = mass / totals[0], mass / (demand.shrink + against)
    aside = share < _SAME and _is_one_expression(task, ours)
    return Pair(mass, share, score, aside, tuple(ours), tuple(theirs))


def _mass(sides: Sequence[tuple[Segment, Sequence[bool]]], source: Segment, worth: Worth) -> float:
    """What the words in common prove, the lower of both sides; of two like sentences all that they say."""
    plain = [segment.mass(hits) for segment, hits in sides]
    whole = [mass + segment.rest(hits) for mass, (segment, hits) in zip(plain, sides, strict=True)]
    if all(mass >= _SAME * of for mass, of in zip(plain, whole, strict=True)):
        return min(plain)
    return min(sum(worth(segment, source, run) for run in segment.runs(hits)) for segment, hits in sides)


def _is_one_expression(segment: Segment, hits: Sequence[bool]) -> bool:
    """Whether all that matches is one short expression, and no act's mark."""
    runs = list(segment.runs(hits))
    return len(runs) == 1 and sum(hits) <= _ONE_EXPRESSION and not segment.is_marked


def passages(task: Segment, source: Segment, pair: Pair) -> list[Passage]:
    """The matching words as spans of both raw texts: each passage of the task beside the one most like it."""
    theirs = list(_runs(source, pair.source_hits))
    out = []
    for run in _runs(task, pair.task_hits):
        ours = {task.forms[i] for i in run}
        best = max(theirs, key=lambda r: (_common(source, r, ours), -r[0]), default=None)
        if best is not None and _common(source, best, ours) > 0:
            out.append(Passage(_span(task, run), _span(source, best)))
    return out


def _common(source: Segment, run: Sequence[int], ours: set[str]) -> float:
    return sum(source.weight(i) for i in run if source.forms[i] in ours)


def _span(segment: Segment, run: Sequence[int]) -> tuple[int, int]:
    return segment.words[run[0]].start, segment.words[run[-1]].end


def _runs(segment: Segment, hits: Sequence[bool]) -> Iterator[list[int]]:
    """Matched positions in runs over small gaps; runs without a word that names something prove nothing."""
    run: list[int] = []
    for at, hit in enumerate(hits):
        if not hit:
            continue
        if run and at - run[-1] > _GAP:
            yield from _worth(segment, run)
            run = []
        run.append(at)
    yield from _worth(segment, run)


def _worth(segment: Segment, run: list[int]) -> Iterator[list[int]]:
    if len(run) > 1 and any(segment.parts[i] >= 1.0 for i in run):
        yield run
