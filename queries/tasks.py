"""Which tasks are there: of this body, from this act, due by this day?"""

from __future__ import annotations

from queries.impact import impact
from queries.reader import Reader
from queries.rows import DocumentRow, LineageRow, Place, SourceRow, TaskRow


def tasks(
    reader: Reader, *, bodies: set[str] | None = None, act: DocumentRow | None = None, due: str | None = None
) -> list[TaskRow]:
    """The tasks that meet every condition given, in document order.

    ``bodies`` are IRIs: the task is led or coordinated by one of them. ``act``: the task stands below this act at any
    distance. ``due``: it has a deadline on or before this day, or within this month or year ("2023-12-31", "2023-12",
    "2023"); "any" takes every task with a printed deadline. Raises :class:`kg.errors.StoreError`.
    """
    wanted = {row["task"] for row in reader.rows("tasks")}
    if bodies is not None:
        wanted &= {row["task"] for body in bodies for row in reader.rows("tasks_of_body", body=body)}
    if act is not None:
        wanted &= {task.place.iri for task in impact(reader, act).tasks}
    if due is not None and due != "any":
        wanted &= {row["task"] for row in reader.rows("tasks_with_deadline") if _is_due(row["date"], due)}
    wanted = {task for task in wanted if not reader.is_later(task)}
    reader.ready(wanted)
    links = reader.links_of(wanted)
    rows = [_row(reader, place, links[place.iri]) for place in map(reader.place, wanted) if place]
    kept = [row for row in rows if due != "any" or row.deadlines]
    return sorted(kept, key=lambda row: (row.place.document.file or "", row.place.unit.order if row.place.unit else 0))


def _is_due(date: str, due: str) -> bool:
    """A whole day is a limit; a month or a year is the period in which the day lies."""
    return date <= due if len(due) == len("2023-12-31") else date.startswith(due)


def _row(reader: Reader, place: Place, links: list[LineageRow]) -> TaskRow:
    """Each source once, with its strongest grade; the clauses are named only, their words are for ``show``."""
    strongest: dict[str, LineageRow] = {}
    for link in links:
        if above := link.source or link.source_document:
            strongest.setdefault(above, link)
    found = [
        SourceRow(reader.short_name(above), reader.document(above.split("#", 1)[0]).id, link.grade)
        for above, link in strongest.items()
    ]
    return TaskRow(place, reader.deadlines(place.iri), tuple(found))
