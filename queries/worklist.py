"""What a change asks of whom: each task with why it is on the list, grouped by the bodies that must act."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kg.comparefacts import Fact
from kg.worddiff import Part, Wording, holds
from queries.rows import AffectedTask, Impact, Place, Quote


class Because(msgspec.Struct, frozen=True):
    """Why something is on the list.

    ``how`` is what happens to ``clause`` (to the act as a whole where it is ``None``): ``changed`` or ``removed`` (two
    versions compared), an event kind (an amending act), or ``asked`` (the act was asked about, nothing is known of a
    change). ``words`` are those of the draft, ``parts`` the word diff of the clause, ``facts`` its figures and days.
    """

    how: str
    clause: Place | None = None
    provision: str | None = None
    words: Quote | None = None
    parts: tuple[Part, ...] = ()
    facts: tuple[Fact, ...] = ()


class WorkItem(msgspec.Struct, frozen=True):
    """A task to look at. ``kept``: whether all words that it took still stand in the clause (``None``: not known)."""

    task: AffectedTask
    because: Because
    kept: bool | None = None


class BodyWork(msgspec.Struct, frozen=True):
    """What one body has to look at; ``None`` as name: tasks that name nobody."""

    name: str | None
    lead: tuple[WorkItem, ...]
    coordinate: tuple[WorkItem, ...]


def items(tasks: Iterable[AffectedTask], because: Because, new: str | None = None) -> list[WorkItem]:
    """The tasks as work items; ``new`` is the new wording of the clause, "" where it is repealed, else unknown."""
    wording = None if new is None else Wording(new)
    return [WorkItem(task, because, _kept(task, wording)) for task in tasks]


def of_impact(found: Impact) -> list[WorkItem]:
    """The tasks of an impact as work items, nothing known but that the act or clause was asked about."""
    clause = found.clauses[0] if len(found.clauses) == 1 else None
    return items(found.tasks, Because("asked", clause))


def by_body(work: Iterable[WorkItem]) -> list[BodyWork]:
    """The list of each body, the longest first; what names nobody comes last. A task stands once on each list."""
    leads: dict[str | None, dict[str, WorkItem]] = {}
    helps: dict[str | None, dict[str, WorkItem]] = {}
    for item in work:
        unit = item.task.place.unit
        names = (unit.lead, unit.coordinate) if unit else ((), ())
        for name in names[0] or (None,) * (not names[1]):
            leads.setdefault(name, {}).setdefault(item.task.place.iri, item)
        for name in names[1]:
            helps.setdefault(name, {}).setdefault(item.task.place.iri, item)
    found = [
        BodyWork(name, tuple(leads.get(name, {}).values()), tuple(helps.get(name, {}).values()))
        for name in dict.fromkeys([*leads, *helps])
    ]
    return sorted(found, key=lambda work: (work.name is None, -len(work.lead), -len(work.coordinate), work.name or ""))


def _kept(task: AffectedTask, wording: Wording | None) -> bool | None:
    """Only the words of the clause itself are known; what comes through another document is not."""
    taken = [passage.upper for passage in task.passages if passage.upper]
    if wording is None or task.distance > 1 or not taken:
        return None
    return all(holds(wording, Wording(quote.text)) for quote in taken)
