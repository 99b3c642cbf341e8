"""Who answers now for what a document gave to a body then? The chains of :mod:`ontology.changes` as rows."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ontology.bodies import full_name
from ontology.changes import Owner, Step, owners_on
from queries.rows import TaskRow


class StepRow(msgspec.Struct, frozen=True):
    """One step of a chain: from ``day`` on ``after`` answers, by the acts ``basis``.

    ``what`` is the part of the work that moves, ``None`` for all of it. ``checked`` says where the event was looked up,
    ``None`` where nobody has.
    """

    day: str
    kind: str
    before: str
    after: str
    what: str | None
    basis: tuple[str, ...]
    checked: str | None
    note: str | None


class OwnerRow(msgspec.Struct, frozen=True):
    """Who answers: ``name`` is ``None`` where nobody is known, ``doubt`` says what is not certain.

    ``what`` is the part of the work, ``None`` for the main line. ``proof``: where it was seen that the province has
    such a body. ``members``: the communes, where the bodies of several answer together.
    """

    name: str | None
    what: str | None
    steps: tuple[StepRow, ...]
    doubt: str | None = None
    proof: str | None = None
    members: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """Who answers on the day ``on`` for the body ``body`` of ``since`` (the day of the document, if known)."""

    body: str
    on: str
    since: str | None
    owners: tuple[OwnerRow, ...]

    @property
    def main(self) -> tuple[OwnerRow, ...]:
        """The main line, without those who took over parts."""
        return tuple(owner for owner in self.owners if owner.what is None)

    @property
    def basis(self) -> tuple[str, ...]:
        """The acts on which the main line rests, each once, in the order of the steps."""
        acts = [act for owner in self.main for step in owner.steps for act in step.basis]
        return tuple(dict.fromkeys(acts))

    @property
    def unchecked(self) -> bool:
        """Whether some step of the main line was never looked up."""
        return any(step.checked is None for owner in self.main for step in owner.steps)


class OwnedTask(TaskRow, frozen=True):
    """A task with who answers now: for each body that leads it, and for each that coordinates."""

    on: str = ""
    lead_now: tuple[Answer, ...] = ()
    coordinate_now: tuple[Answer, ...] = ()


def answer(name: str, province: str | None, day: str, since: str | None = None) -> Answer:
    """Who answers on the ISO day ``day`` for the body that a document of ``since`` calls ``name``."""
    owners = tuple(map(_owner, owners_on(name, province, day, _begin(since))))
    return Answer(full_name(name, province), day, since, owners)


def with_owners(rows: Iterable[TaskRow], day: str) -> list[OwnedTask]:
    """The tasks with who answers for them on the ISO day ``day``."""
    return [_owned(row, day) for row in rows]


def _owned(row: TaskRow, day: str) -> OwnedTask:
    document, unit = row.place.document, row.place.unit
    lead, coordinate = (
        tuple(answer(name, document.province, day, document.date) for name in names)
        for names in ((unit.lead, unit.coordinate) if unit else ((), ()))
    )
    return OwnedTask(row.place, row.deadlines, row.sources, day, lead, coordinate)


def _begin(since: str | None) -> str:
    """A whole day to compare with; a month or a year begins with its first day."""
    return (since or "") + {4: "-01-01", 7: "-01"}.get(len(since or ""), "")


def _owner(owner: Owner) -> OwnerRow:
    name, members = (owner.holder.full, owner.holder.members) if owner.holder else (None, ())
    return OwnerRow(name, owner.what, tuple(map(_step, owner.steps)), owner.doubt, owner.proof, members)


def _step(step: Step) -> StepRow:
    before, after = step.before.full, step.after.full
    return StepRow(step.day, step.kind, before, after, step.what, step.basis, step.checked or None, step.note)
