"""``lineage impact``: what is touched if an act, or a clause of it, changes.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import day
from policylineage.exits import USAGE, Failure
from policylineage.messages import Codes, Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption

if TYPE_CHECKING:
    from policylineage.output import Cell, Table
    from queries.reader import Reader
    from queries.rows import AffectedBody, AffectedDocument, DocumentRow, Impact
    from queries.worklist import WorkItem


class Part(StrEnum):
    """The tables of an answer."""

    changes = "changes"
    documents = "documents"
    tasks = "tasks"
    bodies = "bodies"


class Answer(NamedTuple):
    """What was asked about, in the forms that an answer takes."""

    data: object
    title: str
    head: Callable[[], None]
    """Prints the lines above the tables."""
    parts: dict[Part, Table]
    first: Part
    """The table of CSV, unless another is asked for."""
    acts: tuple[DocumentRow, ...]
    work: Sequence[WorkItem]


def run(
    number: Annotated[list[str] | None, typer.Argument(help=HELP("help.number"))] = None,
    clause: Annotated[str | None, typer.Option("--clause", help=HELP("help.clause"))] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option("--compare", metavar="OLD NEW", help=HELP("help.compare"))
    ] = None,
    amended_by: Annotated[
        Path | None, typer.Option("--amended-by", metavar="FILE", help=HELP("help.amended-by"))
    ] = None,
    only: Annotated[Part | None, typer.Option("--only", help=HELP("help.only"))] = None,
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the documents, tasks and bodies downstream."""
    say = Say(lang) if form is Format.table else Codes(lang)
    when = day(as_of)
    text = " ".join(number or ())
    if (compare and (text or amended_by or clause)) or (amended_by and clause) or not (compare or amended_by or text):
        raise Failure(USAGE, "failure.impact-mode")
    with _reading(store, when, needed=compare is None) as reader:
        if compare:
            answer = _compared(say, reader, *compare)
        elif reader is None:
            raise Failure(USAGE, "failure.impact-mode")
        elif amended_by:
            answer = _amended(say, reader, form, text, amended_by)
        else:
            answer = _asked(say, reader, form, text, clause)
        states = states_of(reader, answer.acts) if reader else []
    parts = answer.parts
    if form is Format.table:
        answer.head()
        shown = [table for part, table in parts.items() if table.rows and only in (None, part)]
    else:
        shown = [parts[only if only in parts else answer.first]]
    emit_as_of(say, form, answer.data, shown, states, when)


@contextmanager
def _reading(store: str, when: str | None, *, needed: bool) -> Iterator[Reader | None]:
    """A reader of the store; ``None`` where there is no store and none is needed."""
    from kg.store import open_store
    from queries.reader import Reader

    if not needed and "://" not in store and not Path(store).exists():
        yield None
        return
    with open_store(store, read_only=True) as opened:
        yield Reader(opened, when)


def _asked(say: Say, reader: Reader, form: Format, text: str, clause: str | None) -> Answer:
    """An act, or clauses of it."""
    from policylineage.commands.finding import clauses, one_document
    from queries.impact import impact
    from queries.worklist import of_impact

    act = one_document(reader, say, form, text)
    found = impact(reader, act, clauses(reader, act, clause) if clause else ())
    acts = (act, *(row.document for row in found.documents))
    title = say("impact.title", document=act.label)
    return Answer(found, title, lambda: print_head(say, found), tables(say, found), Part.tasks, acts, of_impact(found))


def _amended(say: Say, reader: Reader, form: Format, text: str, file: Path) -> Answer:
    """A draft, read beside the store."""
    from loaders.read import load
    from policylineage.commands.finding import one_document
    from policylineage.impact_tables import print_hypothesis, touches_table, work_table
    from queries.hypothesis import hypothesis

    draft = load(file)
    found = hypothesis(reader, draft, one_document(reader, say, form, text) if text else None)
    parts = {
        Part.changes: touches_table(say, found),
        Part.documents: _documents(say, found.documents),
        Part.tasks: work_table(say, found.work),
        Part.bodies: _bodies(say, found.bodies),
    }
    acts = (*(touch.act for touch in found.touches), *(row.document for row in found.documents))
    title = say("draft.title", draft=found.number or file.name, subject=found.subject or "—", file=file.name)
    return Answer(found, title, lambda: print_hypothesis(say, found), parts, Part.tasks, acts, found.work)


def _compared(say: Say, reader: Reader | None, old: Path, new: Path) -> Answer:
    """Two versions of a text."""
    from loaders.read import load
    from policylineage.impact_tables import changes_table, print_compared, work_table
    from queries.compare import compared

    found = compared(reader, load(old), load(new))
    parts = {
        Part.changes: changes_table(say, found),
        Part.documents: _documents(say, found.documents),
        Part.tasks: work_table(say, found.work),
        Part.bodies: _bodies(say, found.bodies),
    }
    acts = (*((found.act,) if found.act else ()), *(row.document for row in found.documents))
    title = say("compare.title", old=found.old, new=found.new)
    return Answer(found, title, lambda: print_compared(say, found), parts, Part.changes, acts, found.work)


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
    return {
        Part.documents: _documents(say, found.documents),
        Part.tasks: _tasks(say, found),
        Part.bodies: _bodies(say, found.bodies),
    }


def _documents(say: Say, found: Sequence[AffectedDocument]) -> Table:
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
        for row in found
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


def _bodies(say: Say, found: Sequence[AffectedBody]) -> Table:
    from policylineage.output import Table

    rows: list[list[Cell]] = [
        [row.name, row.lead, row.coordinate, row.nearest, say.known(f"grade.{row.strongest}", row.strongest)]
        for row in found
    ]
    return Table(say("impact.bodies"), ("body", "leads", "coordinates", "nearest", "strongest"), rows)


def _counts(say: Say, kind: str, counts: dict[str, int]) -> str:
    return " · ".join(f"{say.known(f'{kind}.{key}', key)}: {number}" for key, number in counts.items()) or "0"
