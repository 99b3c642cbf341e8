"""``lineage coverage``: which clauses of an act are taken up by whom, which by none, and which tasks have no source.

Imports inside the functions: the store's engine, the questions and the workbook writer are loaded only by the command
that needs them.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import day
from policylineage.exits import USAGE, Failure
from policylineage.messages import Codes, Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading

if TYPE_CHECKING:
    from policylineage.output import Table
    from queries.coverage import Coverage
    from queries.reader import Reader


class Part(StrEnum):
    """The tables of an answer."""

    clauses = "clauses"
    matrix = "matrix"
    tasks = "tasks"
    documents = "documents"


def run(
    number: Annotated[list[str] | None, typer.Argument(help=HELP("help.number"))] = None,
    every: Annotated[bool, typer.Option("--all", help=HELP("help.all"))] = False,
    only: Annotated[Part | None, typer.Option("--only", help=HELP("help.only-coverage"))] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.xlsx", help=HELP("help.out-xlsx"))] = None,
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the coverage of one act, or where the tasks of every document come from."""
    if every == bool(number):
        raise Failure(USAGE, "coverage.what")
    if out is not None and out.suffix.lower() != ".xlsx":
        raise Failure(USAGE, "coverage.format", suffix=out.suffix)
    say = Say(lang)
    with reading(store, day(as_of)) as reader:
        if every:
            _all(reader, say, form, only, out)
        else:
            _one(reader, say, form, only, out, " ".join(number or ()))


def _one(reader: Reader, say: Say, form: Format, only: Part | None, out: Path | None, text: str) -> None:
    from policylineage.commands.finding import one_document
    from queries.coverage import coverage

    found = coverage(reader, one_document(reader, say, form, text))
    if out is not None:
        from policylineage.coverage_tables import sheets
        from policylineage.spreadsheet import write_workbook

        write_workbook(out, sheets(say, found), say("coverage.title", document=found.act.label))
    states = states_of(reader, [found.act])
    if form is Format.table:
        print_head(say, found)
        shown = [table for part, table in _parts(say, found).items() if table.rows and only in (None, part)]
        emit_as_of(say, form, found, [] if out and only is None else shown, states, reader.as_of)
    else:
        table = _parts(Codes(say.lang), found, wide=True)[only or Part.clauses]
        emit_as_of(say, form, found, [table], states, reader.as_of)
    _written(say, out)


def _all(reader: Reader, say: Say, form: Format, only: Part | None, out: Path | None) -> None:
    from policylineage.coverage_tables import all_gaps, all_sources, reasons, sheets_of_all
    from queries.gaps import sources_of_all

    found = sources_of_all(reader)
    if out is not None:
        from policylineage.spreadsheet import write_workbook

        write_workbook(out, sheets_of_all(say, found), say("coverage.all"))
    if form is Format.table:
        tables = [all_gaps(say, found)] if only is Part.tasks else [all_sources(say, found), reasons(say, found)]
    else:
        codes = Codes(say.lang)
        tables = [all_gaps(codes, found) if only is Part.tasks else all_sources(codes, found)]
    emit_as_of(say, form, found, tables, states_of(reader, [row.document for row in found]), reader.as_of)
    _written(say, out)


def print_head(say: Say, found: Coverage) -> None:
    """What was asked, and the counts."""
    from policylineage.coverage_tables import facts
    from policylineage.output import lines

    for at, sentence in enumerate(facts(say, found)):
        lines(sentence, 2 if at else 0)


def _parts(say: Say, found: Coverage, *, wide: bool = False) -> dict[Part, Table]:
    """The tables of the answer; the matrix as a list of bodies for people, ``wide`` for scripts."""
    from policylineage.coverage_tables import bodies, clauses, documents, matrix, without_source

    return {
        Part.documents: documents(say, found),
        Part.clauses: clauses(say, found),
        Part.matrix: matrix(say, found) if wide else bodies(say, found),
        Part.tasks: without_source(say, found),
    }


def _written(say: Say, out: Path | None) -> None:
    if out is not None:
        typer.echo(say("file.done", file=out), err=True)
