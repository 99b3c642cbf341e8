"""What changed of a clause beside its words: figures as figures, days as days, bodies as bodies.

Reads two units as they were read from their texts; gives :class:`Fact` rows. Figures of one name and measure are the
same figure; else of one measure, in their order. Nothing is said where both sides say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Literal, TypeVar

import msgspec

from kg.worddiff import figure_value
from loaders.deadlines import find_deadlines
from loaders.quantities import find_quantities
from loaders.records import Deadline, Quantity, Unit, UnitKind
from ontology.folding import same

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CLOSE = ("%", "‰")
Way = Literal["raised", "lowered", "later", "earlier", "changed", "added", "removed"]
_Thing = TypeVar("_Thing", Quantity, Deadline)


class Fact(msgspec.Struct, frozen=True):
    """One fact that is another now. ``old`` and ``new`` are as printed (of a figure the amount), ``None`` for none.

    ``kind`` is ``figure``, ``deadline``, ``lead`` or ``coordinate``; ``name`` says of a figure what is measured.
    """

    kind: Literal["figure", "deadline", "lead", "coordinate"]
    name: str
    old: str | None
    new: str | None
    way: Way


def facts(old: Unit, new: Unit) -> tuple[Fact, ...]:
    """The facts in which two units differ, figures first."""
    return (*_figures(old, new), *_deadlines(old, new), *_bodies(old, new))


def text_facts(old: str, new: str, kind: UnitKind) -> tuple[Fact, ...]:
    """The figures and days in which two wordings of one clause differ; who must act is not read from them."""
    one, other = _read(old, kind), _read(new, kind)
    return (*_figures(one, other), *_deadlines(one, other))


def _read(text: str, kind: UnitKind) -> Unit:
    quantities = tuple(
        Quantity(name, comparator, value, unit, text[start:end], start, end)
        for name, comparator, value, unit, start, end in find_quantities(
            text, is_target=kind == "target", is_report=kind == "statement"
        )
    )
    terms = tuple(
        Deadline(text[term.start : term.end], term.start, term.end, term.date, term.recurrence)
        for term in find_deadlines(text)
    )
    return Unit("", "", kind, 0, len(text), quantities=quantities, deadline_spans=terms)


def _figures(old: Unit, new: Unit) -> Iterator[Fact]:
    by_name: list[Callable[[Quantity], Hashable]] = [lambda q: (same(q.name), same(q.unit)), lambda q: same(q.unit)]
    for one, other in _pairs(old.quantities, new.quantities, lambda q: (q.value, q.comparator, same(q.unit)), by_name):
        if one and other:
            way: Way = "changed" if one.value == other.value else "raised" if other.value > one.value else "lowered"
            signs = one.comparator != other.comparator
            yield Fact("figure", other.name, _amount(one, sign=signs), _amount(other, sign=signs), way)
        elif thing := other or one:
            sides = (_amount(one) if one else None, _amount(other) if other else None)
            yield Fact("figure", thing.name, *sides, "added" if other else "removed")


def _amount(quantity: Quantity, *, sign: bool = False) -> str:
    """The number and its measure as printed, the words around it left out; the comparator where it matters."""
    printed = [found for found in _NUMBER.finditer(quantity.surface) if figure_value(found.group()) == quantity.value]
    number = printed[-1].group() if printed else f"{quantity.value:.15g}"
    amount = f"{number}{'' if quantity.unit in _CLOSE else ' '}{quantity.unit}".strip()
    return f"{quantity.comparator} {amount}" if sign else amount


def _deadlines(old: Unit, new: Unit) -> Iterator[Fact]:
    by_kind: list[Callable[[Deadline], Hashable]] = [lambda d: d.date is None, lambda d: None]
    known = lambda d: (d.date, d.recurrence, None if d.date or d.recurrence else same(d.surface))  # noqa: E731 - short
    for one, other in _pairs(old.deadline_spans, new.deadline_spans, known, by_kind):
        if one and other:
            way: Way = "changed"
            if one.date and other.date:
                way = "later" if other.date > one.date else "earlier"
            yield Fact("deadline", "", one.surface, other.surface, way)
        elif other or one:
            sides = (one.surface if one else None, other.surface if other else None)
            yield Fact("deadline", "", *sides, "added" if other else "removed")


def _bodies(old: Unit, new: Unit) -> Iterator[Fact]:
    roles: tuple[Literal["lead", "coordinate"], ...] = ("lead", "coordinate")
    for role in roles:
        before, after = getattr(old, role), getattr(new, role)
        if {same(name) for name in before} == {same(name) for name in after}:
            continue
        way: Way = "changed" if before and after else "added" if after else "removed"
        yield Fact(role, "", "; ".join(before) or None, "; ".join(after) or None, way)


def _pairs(
    old: Sequence[_Thing],
    new: Sequence[_Thing],
    says: Callable[[_Thing], Hashable],
    alike: Sequence[Callable[[_Thing], Hashable]],
) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    """What differs, side by side: equals are dropped, the rest paired by each key of ``alike`` in turn, in order."""
    left, right = list(old), list(new)
    list(_taken(left, right, says))
    for key in alike:
        yield from _taken(left, right, key)
    yield from ((thing, None) for thing in left)
    yield from ((None, thing) for thing in right)


def _taken(
    left: list[_Thing], right: list[_Thing], key: Callable[[_Thing], Hashable]
) -> Iterator[tuple[_Thing, _Thing]]:
    """Take out of both lists, and give, the things of equal key."""
    for one in list(left):
        other = next((thing for thing in right if key(thing) == key(one)), None)
        if other is not None:
            left.remove(one)
            right.remove(other)
            yield one, other
