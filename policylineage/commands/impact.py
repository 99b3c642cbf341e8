"""``lineage impact``: what is touched if an act, or a clause of it, changes.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import day
from policylineage.exits import NOTHING, USAGE, Failure
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading, voice

if TYPE_CHECKING:
    from policylineage.output import Table
    from queries.compare import Compared
    from queries.hypothesis import Hypothesis
    from queries.reader import Reader
    from queries.rows import AffectedDocument, DocumentRow
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
    parts: Callable[[Say], dict[Part, Table]]
    first: Part
    """The table of CSV, unless another is asked for."""
    acts: tuple[DocumentRow, ...]
    """Those that change."""
    documents: tuple[AffectedDocument, ...]
    work: tuple[WorkItem, ...]


def run(
    number: Annotated[list[str] | None, typer.Argument(help=HELP("help.number"))] = None,
    clause: Annotated[str | None, typer.Option("--clause", help=HELP("help.clause"))] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option("--compare", metavar="OLD NEW", help=HELP("help.compare"))
    ] = None,
    amended_by: Annotated[
        Path | None, typer.Option("--amended-by", metavar="FILE", help=HELP("help.amended-by"))
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=HELP("help.impact-out"))] = None,
    only: Annotated[Part | None, typer.Option("--only", help=HELP("help.only"))] = None,
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the documents, tasks and bodies downstream."""
    say = voice(lang, form)
    when = day(as_of)
    text = " ".join(number or ())
    if (compare and (text or amended_by or clause)) or (amended_by and clause) or not (compare or amended_by or text):
        raise Failure(USAGE, "failure.impact-mode")
    if out is not None and out.suffix.lower() not in (".xlsx", ".html"):
        raise Failure(USAGE, "failure.impact-out", file=out)
    with _reading(store, when, needed=compare is None) as reader:
        if compare:
            answer = _compared(say, reader, *compare)
        elif reader is None:
            raise Failure(USAGE, "failure.impact-mode")
        elif amended_by:
            answer = _amended(say, reader, form, text, amended_by)
        else:
            answer = _asked(say, reader, form, text, clause)
        about = [*answer.acts, *(row.document for row in answer.documents)]
        states = states_of(reader, about) if reader else []
        written = _write(Say(lang), reader, answer, out) if out else None
    parts = answer.parts(say)
    if form is Format.table:
        answer.head()
        shown = [table for part, table in parts.items() if table.rows and only in (None, part)]
        shown = [] if written and only is None else shown
    else:
        shown = [parts[only if only in parts else answer.first]]
    emit_as_of(say, form, answer.data, shown, states, when)
    if written:
        typer.echo(written, err=True)


def _write(say: Say, reader: Reader | None, answer: Answer, out: Path) -> str:
    """Write the workbook or the page; gives the line that says so."""
    if out.suffix.lower() == ".html":
        return _write_page(say, answer, out)
    from policylineage.impact_book import book
    from policylineage.spreadsheet import write_workbook

    tables = [table for part, table in answer.parts(say).items() if part in (Part.changes, Part.documents)]
    write_workbook(out, book(say, reader, answer.title, answer.work, tables), answer.title)
    pairs = {(item.task.place.iri, item.task.source.iri) for item in answer.work}
    return say("book.written", file=out, count=len(pairs))


def _write_page(say: Say, answer: Answer, out: Path) -> str:
    from policylineage.impact_tables import because
    from viz.impact_page import ImpactView, write_impact_page

    if not answer.acts:
        raise Failure(NOTHING, "failure.impact-page", file=out)
    view = ImpactView(answer.title, answer.acts, answer.documents, answer.work, lambda item: because(say, item))
    write_impact_page(view, out, say.lang.value)
    return say("browse.done", file=out)


@contextmanager
def _reading(store: str, when: str | None, *, needed: bool) -> Iterator[Reader | None]:
    """A reader of the store; ``None`` where there is no store and none is needed."""
    if not needed and "://" not in store and not Path(store).exists():
        yield None
        return
    with reading(store, when) as reader:
        yield reader


def _asked(say: Say, reader: Reader, form: Format, text: str, clause: str | None) -> Answer:
    """An act, or clauses of it."""
    from policylineage.commands.finding import clauses, one_document
    from policylineage.impact_tables import bodies_table, documents_table, print_impact, tasks_table
    from queries.impact import impact
    from queries.worklist import of_impact

    act = one_document(reader, say, form, text)
    found = impact(reader, act, clauses(reader, act, clause) if clause else ())

    def parts(say: Say) -> dict[Part, Table]:
        return {
            Part.documents: documents_table(say, found.documents),
            Part.tasks: tasks_table(say, found),
            Part.bodies: bodies_table(say, found.bodies),
        }

    title, work = say("impact.title", document=act.label), tuple(of_impact(found))
    return Answer(found, title, partial(print_impact, say, found), parts, Part.tasks, (act,), found.documents, work)


def _amended(say: Say, reader: Reader, form: Format, text: str, file: Path) -> Answer:
    """A draft, read beside the store."""
    from loaders.read import load
    from policylineage.commands.finding import one_document
    from policylineage.impact_tables import print_hypothesis, touches_table
    from queries.hypothesis import hypothesis

    draft = load(file)
    found = hypothesis(reader, draft, one_document(reader, say, form, text) if text else None)
    acts = tuple({touch.act.iri: touch.act for touch in found.touches}.values())
    title = say("draft.title", draft=found.number or file.name, subject=found.subject or "—", file=file.name)
    parts = _with_changes(found, lambda say: touches_table(say, found))
    head = partial(print_hypothesis, say, found)
    return Answer(found, title, head, parts, Part.tasks, acts, found.documents, found.work)


def _compared(say: Say, reader: Reader | None, old: Path, new: Path) -> Answer:
    """Two versions of a text."""
    from loaders.read import load
    from policylineage.impact_tables import changes_table, print_compared
    from queries.compare import compared

    found = compared(reader, load(old), load(new))
    acts = (found.act,) if found.act else ()
    title = say("compare.title", old=found.old, new=found.new)
    parts = _with_changes(found, lambda say: changes_table(say, found))
    head = partial(print_compared, say, found)
    return Answer(found, title, head, parts, Part.changes, acts, found.documents, found.work)


def _with_changes(found: Compared | Hypothesis, changes: Callable[[Say], Table]) -> Callable[[Say], dict[Part, Table]]:
    from policylineage.impact_tables import bodies_table, documents_table, work_table

    return lambda say: {
        Part.changes: changes(say),
        Part.documents: documents_table(say, found.documents),
        Part.tasks: work_table(say, found.work),
        Part.bodies: bodies_table(say, found.bodies),
    }
