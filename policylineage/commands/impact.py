"""``lineage impact``: what is touched if an act, or a clause of it, changes.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import day
from policylineage.messages import Codes, Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption

if TYPE_CHECKING:
    from policylineage.output import Cell, Table
    from queries.rows import Impact


class Part(StrEnum):
    """The tables of an answer."""

    documents = "documents"
    tasks = "tasks"
    bodies = "bodies"


def run(
    number: Annotated[list[str], typer.Argument(help=HELP("help.number"))],
    clause: Annotated[str | None, typer.Option("--clause", help=HELP("help.clause"))] = None,
    only: Annotated[Part | None, typer.Option("--only", help=HELP("help.only"))] = None,
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the documents, tasks and bodies downstream."""
    from kg.store import open_store
    from policylineage.commands.finding import clauses, one_document
    from queries.impact import impact
    from queries.reader import Reader

    say = Say(lang) if form is Format.table else Codes(lang)
    when = day(as_of)
    with open_store(store, read_only=True) as opened:
        reader = Reader(opened, when)
        act = one_document(reader, say, form, " ".join(number))
        found = impact(reader, act, clauses(reader, act, clause) if clause else ())
        states = states_of(reader, [act, *(row.document for row in found.documents)])
    parts = tables(say, found)
    if form is Format.table:
        print_head(say, found)
        shown = [table for part, table in parts.items() if table.rows and only in (None, part)]
    else:
        shown = [parts[only or Part.tasks]]
    emit_as_of(say, form, found, shown, states, when)


def print_head(say: Say, found: Impact) -> None:
    """What was asked, and the counts."""
    from policylineage.commands.trace import act_label
    from policylineage.output import lines

    counts = found.counts
    lines(say("impact.title", document=act_label(found.act)))
    if not found.act.in_corpus:
        lines(say("impact.absent", document=found.act.label), 2)
    for place in found.clauses:
        unit = place.unit
        lines(say("impact.clauses", paths=f"{unit.path} «{unit.quote.text if unit.quote else ''}»" if unit else ""), 2)
    if not counts.documents and not counts.tasks:
        lines(say("impact.nothing", document=found.act.label), 2)
        return
    lines(say("impact.counts", documents=counts.documents, tasks=counts.tasks, bodies=counts.bodies), 2)
    lines(say("impact.by-relation", counts=_counts(say, "relation", counts.documents_by_relation)), 2)
    lines(say("impact.by-grade", counts=_counts(say, "grade", counts.tasks_by_grade)), 2)
    lines(say("impact.by-distance", counts=_counts(say, "distance", counts.tasks_by_distance)), 2)
    if found.untied:
        lines(say("impact.untied", count=found.untied), 2)


def tables(say: Say, found: Impact) -> dict[Part, Table]:
    """The three tables of the answer."""
    return {Part.documents: _documents(say, found), Part.tasks: _tasks(say, found), Part.bodies: _bodies(say, found)}


def _documents(say: Say, found: Impact) -> Table:
    from policylineage.output import Table

    columns = (
        "distance",
        "relation",
        "document",
        "kind",
        "date",
        "issuer",
        "via",
        "words",
        "file",
        "start",
        "end",
        "tasks",
    )
    rows = [
        [
            *(row.distance, say.known(f"relation.{row.relation}", row.relation), row.document.id, row.document.kind),
            *(row.document.date, row.document.issuer, row.via.id),
            *((row.words.text, row.words.file, row.words.start, row.words.end) if row.words else (None,) * 4),
            row.tasks,
        ]
        for row in found.documents
    ]
    return Table(say("impact.documents"), columns, rows, frozenset({"kind", "issuer", "date"}))


def _tasks(say: Say, found: Impact) -> Table:
    from policylineage.commands.trace import status_label
    from policylineage.output import Table

    columns = (
        "distance",
        "grade",
        "score",
        "task",
        "path",
        "lead",
        "coordinate",
        "text",
        "source",
        "source_path",
        "status",
    )
    rows: list[list[Cell]] = [
        [
            *(task.distance, say.known(f"grade.{task.grade}", task.grade), task.score),
            *(task.place.id, unit.path),
            *(", ".join(unit.lead), ", ".join(unit.coordinate), unit.quote.text if unit.quote else None),
            *(task.source.id, task.source.unit.path if task.source.unit else None, status_label(say, task.status)),
        ]
        for task in found.tasks
        if (unit := task.place.unit)
    ]
    return Table(say("impact.tasks"), columns, rows)


def _bodies(say: Say, found: Impact) -> Table:
    from policylineage.output import Table

    rows: list[list[Cell]] = [
        [row.name, row.lead, row.coordinate, row.nearest, say.known(f"grade.{row.strongest}", row.strongest)]
        for row in found.bodies
    ]
    return Table(say("impact.bodies"), ("body", "leads", "coordinates", "nearest", "strongest"), rows)


def _counts(say: Say, kind: str, counts: dict[str, int]) -> str:
    return " · ".join(f"{say.known(f'{kind}.{key}', key)}: {number}" for key, number in counts.items()) or "0"
