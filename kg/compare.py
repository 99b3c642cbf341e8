"""Two versions of a text, clause by clause: added, removed, changed, moved, or only printed otherwise.

Reads two records with their texts, neither of them from a store; gives :class:`Comparison`. A clause is found again by
what it says at its old place, then by what it says anywhere, then by most of its words (or a good part of them at its
old place): each unit is paired once at most. ``moved`` is a clause that stands in another order or under another
heading; one whose number changed because others came or went is only printed otherwise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from kg.comparefacts import Fact, facts
from kg.worddiff import Attested, Diff, Part, Weight, Wording, diff, likeness
from loaders.records import Loaded, Unit, surface

How = Literal["changed", "added", "removed", "moved", "cosmetic"]
HOWS: tuple[How, ...] = ("changed", "added", "removed", "moved", "cosmetic")
_MOSTLY = 0.5  # of the different words of both: what a reader calls the same clause, edited
_SOME = 0.2  # at the old path: less is another clause in its place
_AT_PATH = 0.1  # of two clauses of one likeness, that which has not moved
_HEADER = ("type", "number", "date", "issuer", "subject")


class Side(msgspec.Struct, frozen=True):
    """A clause in one of the versions, ``[start, end)`` in the raw text of ``file``."""

    file: str
    unit: str
    kind: str
    path: str
    start: int
    end: int
    text: str


class ClauseChange(msgspec.Struct, frozen=True):
    """What became of one clause. ``weight`` of an added or removed one is ``substantive``.

    ``parts`` is the word diff, ``prints`` how the print differs, ``slips`` the words that differ in one letter,
    ``facts`` the figures, days and bodies that are others now. ``moved`` may be true of a changed clause too.
    """

    how: How
    weight: Weight
    old: Side | None
    new: Side | None
    parts: tuple[Part, ...] = ()
    prints: tuple[str, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()
    facts: tuple[Fact, ...] = ()
    moved: bool = False


class Comparison(msgspec.Struct, frozen=True):
    """The changes in the order of the new text, removed clauses where they stood; ``header`` by field, old and new."""

    changes: tuple[ClauseChange, ...]
    unchanged: int
    header: dict[str, tuple[str | None, str | None]] = {}


class _Clause:
    """A unit with what it is compared by."""

    def __init__(self, loaded: Loaded, unit: Unit, at: int) -> None:
        self.unit, self.at = unit, at
        self.text = surface(loaded.raw, unit.start, unit.end)
        self.wording = Wording(self.text)
        self.file = loaded.record.file

    def side(self) -> Side:
        unit = self.unit
        return Side(self.file, unit.id, unit.kind, unit.path, unit.start, unit.end, self.text)


def compare(old: Loaded, new: Loaded) -> Comparison:
    """What became of the clauses of ``old`` in ``new``."""
    before = [_Clause(old, unit, at) for at, unit in enumerate(old.record.units)]
    after = [_Clause(new, unit, at) for at, unit in enumerate(new.record.units)]
    pairs = _paired(before, after)
    moved = _moved(before, after, pairs)
    attested = Attested(clause.wording for clause in (*before, *after))
    found: list[tuple[float, ClauseChange]] = []
    for one, other in pairs.items():
        change = _change(before[one], after[other], attested, moved=one in moved)
        if change:
            found.append((other, change))
    back = {other: one for one, other in pairs.items()}
    found += [
        (at, ClauseChange("added", "substantive", None, clause.side(), _whole("added", clause)))
        for at, clause in enumerate(after)
        if at not in back
    ]
    found += _removed(before, pairs)
    found.sort(key=lambda pair: pair[0])
    about = (old.record.document, new.record.document)
    header = {name: (getattr(about[0], name), getattr(about[1], name)) for name in _HEADER}
    differing = {name: values for name, values in header.items() if values[0] != values[1]}
    changed = sum(change.old is not None and change.new is not None for _, change in found)
    return Comparison(tuple(change for _, change in found), len(pairs) - changed, differing)


def clause_diff(old: str, new: str) -> Diff:
    """The word diff of one clause alone, nothing else known of its texts."""
    one, other = Wording(old), Wording(new)
    return diff(one, other, Attested((one, other)))


def _removed(before: Sequence[_Clause], pairs: dict[int, int]) -> Iterator[tuple[float, ClauseChange]]:
    """The clauses that are gone, each just behind what stood before it."""
    place = -1.0
    for clause in before:
        if clause.at in pairs:
            place = float(pairs[clause.at])
            continue
        place += 0.001
        yield place, ClauseChange("removed", "substantive", clause.side(), None, _whole("removed", clause))


def _whole(op: Literal["added", "removed"], clause: _Clause) -> tuple[Part, ...]:
    return (Part(op, clause.text),)


def _change(old: _Clause, new: _Clause, attested: Attested, *, moved: bool) -> ClauseChange | None:
    words = diff(old.wording, new.wording, attested)
    told = facts(old.unit, new.unit) if words.weight != "slip" else ()
    weight: Weight | None = "substantive" if told else words.weight
    if weight is None and not moved:
        return None
    how: How = "changed" if weight in ("substantive", "slip") else "moved" if moved else "cosmetic"
    return ClauseChange(
        how=how,
        weight=weight or "cosmetic",
        old=old.side(),
        new=new.side(),
        parts=words.parts,
        prints=words.prints,
        slips=words.slips,
        facts=told,
        moved=moved,
    )


def _paired(before: Sequence[_Clause], after: Sequence[_Clause]) -> dict[int, int]:
    """Positions of the old clauses and of the new ones that they became."""
    pairs: dict[int, int] = {}
    free = set(range(len(after)))
    for at_path in (True, False):
        places: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for at in sorted(free):
            places[_said(after[at], at_path=at_path)].append(at)
        for clause in before:
            fitting = places.get(_said(clause, at_path=at_path), []) if clause.at not in pairs else []
            if fitting and clause.wording.keys:
                pairs[clause.at] = fitting.pop(0)
                free.discard(pairs[clause.at])
    left = [clause for clause in before if clause.at not in pairs]
    likely = sorted(_likely(left, [after[at] for at in sorted(free)]))
    for _, one, other in likely:
        if one not in pairs and other in free:
            pairs[one] = other
            free.discard(other)
    return pairs


def _said(clause: _Clause, *, at_path: bool) -> tuple[object, ...]:
    return (clause.unit.path, clause.wording.keys) if at_path else (clause.wording.keys,)


def _likely(before: Sequence[_Clause], after: Sequence[_Clause]) -> Iterator[tuple[float, int, int]]:
    """Pairs that may be one clause, edited: unlikeness (smallest first), old and new position."""
    for one in before:
        for other in after:
            at_path = one.unit.path == other.unit.path
            like = likeness(one.wording, other.wording)
            if like >= (_SOME if at_path else _MOSTLY):
                yield -(like + _AT_PATH * at_path), one.at, other.at


def _moved(before: Sequence[_Clause], after: Sequence[_Clause], pairs: dict[int, int]) -> set[int]:
    """The old clauses that stand elsewhere now, those left out that only went with their heading."""
    ids = {clause.unit.id: clause.at for clause in before}
    new_ids = {clause.unit.id: clause.at for clause in after}
    kept = _in_order(pairs)
    moved: set[int] = set()
    for clause in before:
        if clause.at not in pairs:
            continue
        parent = ids.get(clause.unit.parent or "")
        new_parent = new_ids.get(after[pairs[clause.at]].unit.parent or "")
        same_parent = (pairs.get(parent) if parent is not None else None) == new_parent
        goes_elsewhere = not same_parent and (parent is None or parent in pairs)
        is_out_of_order = clause.at not in kept and not (same_parent and _under(parent, moved, before, ids))
        if goes_elsewhere or is_out_of_order:
            moved.add(clause.at)
    return moved


def _under(parent: int | None, moved: set[int], before: Sequence[_Clause], ids: dict[str, int]) -> bool:
    """Whether a heading above has moved."""
    while parent is not None:
        if parent in moved:
            return True
        parent = ids.get(before[parent].unit.parent or "")
    return False


def _in_order(pairs: dict[int, int]) -> set[int]:
    """The old positions of the longest run of pairs that keeps its order (patience sorting)."""
    tops: list[int] = []
    holders: list[int] = []
    behind: dict[int, int | None] = {}
    for one in sorted(pairs):
        at = bisect_left(tops, pairs[one])
        behind[one] = holders[at - 1] if at else None
        tops[at : at + 1] = [pairs[one]]
        holders[at : at + 1] = [one]
    kept: set[int] = set()
    last = holders[-1] if holders else None
    while last is not None:
        kept.add(last)
        last = behind[last]
    return kept
