"""How long does a policy take on its way down? Days from the act to what carries it out, and on to the deadlines."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import msgspec

from queries.impact import CARRIES, impact
from queries.reader import Reader
from queries.rows import DocumentRow, Place, Quote

REPORT = "Báo cáo"


class DelayRow(msgspec.Struct, frozen=True):
    """One document below the act. Days are ``None`` where a date is not known; negative: dated before the act.

    ``days`` counts from the act to the document; ``due`` are the deadlines of its tasks that come from the act, from
    ``due_first`` to ``due_last``; ``days_left`` counts from the document to the first of them (negative: due before it
    was issued). ``first``: the first to implement the act.
    """

    document: DocumentRow
    relation: str
    distance: int
    words: Quote | None
    days: int | None
    first: bool
    due: int
    due_first: str | None
    due_last: str | None
    days_left: int | None


class Delays(msgspec.Struct, frozen=True):
    """The way of ``act``: documents by date. ``days_to_first`` counts from the act to the first that implements it,
    ``days_to_due`` from the act to the first deadline, both ``None`` where nothing is known."""

    act: DocumentRow
    rows: tuple[DelayRow, ...]
    days_to_first: int | None
    days_to_due: int | None


class Overdue(msgspec.Struct, frozen=True):
    """A task whose last day has passed, of which no report of the store speaks: that is all that is known."""

    place: Place
    due: str
    words: str
    late: int


def delays(reader: Reader, act: DocumentRow) -> Delays:
    """The way of ``act`` through the documents that implement, rest on or guide it. Raises :class:`StoreError`."""
    found = impact(reader, act)
    due: dict[str, list[str]] = defaultdict(list)
    for task in found.tasks:
        terms = reader.deadlines(task.place.iri)
        due[task.place.document.iri] += [term.date for term in terms if term.date and not term.recurrence]
    below = [row for row in found.documents if row.relation in CARRIES]
    implementing = [row.document.date for row in below if row.relation == "implements" and row.document.date]
    dated = sorted(day for day in implementing if day >= (act.date or ""))
    rows = []
    for row in below:
        days = sorted(due[row.document.iri])
        first, last = (days[0], days[-1]) if days else (None, None)
        is_first = row.relation == "implements" and dated[:1] == [row.document.date]
        passed, left = _days(act.date, row.document.date), _days(row.document.date, first)
        about = (row.document, row.relation, row.distance, row.words)
        rows.append(DelayRow(*about, passed, is_first, len(days), first, last, left))
    rows.sort(key=lambda row: (row.document.date or "9999", row.distance, row.document.id))
    earliest = min((day for days in due.values() for day in days), default=None)
    return Delays(act, tuple(rows), _days(act.date, dated[0] if dated else None), _days(act.date, earliest))


def overdue(reader: Reader, day: str) -> tuple[list[Overdue], int]:
    """The tasks overdue on ``day`` that no report mentions, longest first; and how many reports the store has.

    A report mentions a task where it names the task's document, or has words of the task or of its source.
    """
    named, sources, reports = _reported(reader)
    last: dict[str, str] = {}
    for row in reader.rows("tasks_with_deadline"):
        last[row["task"]] = max(last.get(row["task"], ""), row["date"])
    late = [task for task, due in last.items() if due < day]
    reader.ready(late)
    links = reader.links_of(late)
    found = []
    for task in late:
        place = reader.place(task)
        above = {task, *(link.source for link in links[task] if link.source)}
        if place is None or place.document.kind == REPORT or place.document.iri in named or above & sources:
            continue
        terms = reader.deadlines(task)
        if any(term.recurrence for term in terms):
            continue
        words = next((term.text for term in terms if term.date == last[task]), last[task])
        found.append(Overdue(place, last[task], words, _days(last[task], day) or 0))
    return sorted(found, key=lambda row: (-row.late, row.place.id)), reports


def _reported(reader: Reader) -> tuple[set[str], set[str], int]:
    """Documents that reports name, units that they take words from, and the number of reports."""
    reports = [iri for iri in sorted(reader.files.values()) if reader.document(iri).kind == REPORT]
    named = {row["act"] for iri in reports for row in reader.rows("citations_of", document=iri) if "act" in row}
    links = [link for iri in reports for link in reader.lineage("lineage_in_document", document=iri)]
    return named, {link.source for link in links if link.source}, len(reports)


def _days(start: str | None, end: str | None) -> int | None:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days if start and end else None
