"""``lineage confirm``, ``reject``, ``correct`` and ``decide``: the word of people, one pair at a time or from a sheet.

A decision is stored first (:mod:`kg.decisions`), then the store is linked again, so that every answer follows it.
Imports inside the functions: linking and the store's engine are loaded only by the commands that need them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.exits import FINDINGS, NOTHING, USAGE, Failure
from policylineage.messages import Codes, Lang, Say
from policylineage.options import (
    DEFAULT_STORE,
    HELP,
    Format,
    FormatOption,
    LangOption,
    StoreOption,
    WhoOption,
    person,
    reading,
)

if TYPE_CHECKING:
    from kg.decisions import Decision, Verdict
    from kg.store import Store
    from policylineage.decision_sheet import Row
    from policylineage.output import Cell
    from queries.decisions import DecisionRow
    from queries.reader import Reader

TaskArgument = Annotated[str, typer.Argument(metavar="TASK", help=HELP("help.decide-task"))]
SourceArgument = Annotated[str, typer.Argument(metavar="SOURCE", help=HELP("help.decide-source"))]
OldArgument = Annotated[str, typer.Argument(metavar="OLD", help=HELP("help.decide-source"))]
NewArgument = Annotated[str, typer.Argument(metavar="NEW", help=HELP("help.decide-source"))]
NoteOption = Annotated[str | None, typer.Option("--note", help=HELP("help.note"))]

COLUMNS = (
    "status",
    "verdict",
    "task",
    "source",
    "new_source",
    "who",
    "when",
    "note",
    "why",
    "task_text",
    "source_text",
)
PROBLEMS = ("row", "message")
_UNCLEAR = {
    "none": "decide.none",
    "several": "decide.several",
    "no-unit": "decide.no-unit",
    "same": "decide.same",
}


def _on_a_pair(verdict: Verdict) -> Callable[..., None]:
    """The command that says ``verdict`` of one task and one source."""

    def command(
        task: TaskArgument,
        source: SourceArgument,
        who: WhoOption = "",
        note: NoteOption = None,
        store: StoreOption = DEFAULT_STORE,
        lang: LangOption = Lang.vi,
        form: FormatOption = Format.table,
    ) -> None:
        _one(verdict, (task, source, None), (who, note), store, lang, form)

    return command


confirm, reject = _on_a_pair("confirmed"), _on_a_pair("rejected")
"""A task comes from a source; it does not."""


def correct(
    task: TaskArgument,
    old: OldArgument,
    new: NewArgument,
    who: WhoOption = "",
    note: NoteOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Say that a task comes from another source than the one that was found."""
    _one("corrected", (task, old, new), (who, note), store, lang, form)


def run(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=HELP("help.decide-file"))] = None,
    sheet: Annotated[Path | None, typer.Option("--sheet", help=HELP("help.sheet"))] = None,
    who: WhoOption = "",
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Take the decisions of a filled-in sheet, write a sheet to fill in, or (neither) list what was decided."""
    if file is not None and sheet is not None:
        raise Failure(USAGE, "decide.both")
    if sheet is not None:
        _write_sheet(sheet, store, Say(lang))
    elif file is not None:
        _take_sheet(file, person(who), store, Say(lang), form)
    else:
        _list(store, lang, form)


def _one(
    verdict: Verdict,
    sides: tuple[str, str, str | None],
    said: tuple[str, str | None],
    store: str,
    lang: Lang,
    form: Format,
) -> None:
    from kg.decisions import now
    from kg.store import open_store
    from policylineage.commands.finding import one_place
    from queries.decisions import Unclear, Wish, decide, holding, listed
    from queries.reader import Reader

    say = Say(lang)
    with open_store(store) as opened:
        reader = Reader(opened)
        try:
            made = decide(reader, Wish(verdict, *sides, person(said[0]), said[1]), now(), holding(reader))
        except Unclear as error:
            if error.code == "several":
                one_place(reader, say, form, error.text)  # lists the choices and exits with 3
            code = NOTHING if error.code == "none" else USAGE
            raise Failure(code, _UNCLEAR[error.code], text=error.text) from error
        left = _keep(opened, [made]) if made else None
        rows = [row for row in listed(Reader(opened)) if made and row.iri == made.iri]
    if left is None:
        typer.echo(say("decide.known"), err=True)
    else:
        _show(say, form, rows, left)


def _keep(store: Store, made: Sequence[Decision]) -> int:
    """Store decisions and link again; gives how many links and decisions are left to look at."""
    from kg.build import build
    from kg.decisions import keep

    keep(store, made)
    return build(store, []).open


def _list(store: str, lang: Lang, form: Format) -> None:
    from queries.decisions import listed

    with reading(store) as reader:
        rows = listed(reader)
    _show(Say(lang), form, rows, None)


def _show(say: Say, form: Format, rows: Sequence[DecisionRow], left: int | None) -> None:
    from policylineage.output import Table, emit, lines

    words = say if form is Format.table else Codes(say.lang)
    cells = [_cells(words, row) for row in rows]
    hidden = frozenset({"task_text", "source_text"})  # too long for a table; CSV and JSON have them
    emit(say, form, rows, [Table(say("decide.title", count=len(rows)), COLUMNS, cells, hidden)])
    if form is Format.table and len(rows) == 1:
        lines(f"«{rows[0].task_text}»", 2)
        lines(f"«{rows[0].source_text}»", 4, "↑ ")
    if left and form is Format.table:
        lines(say("decide.left", count=left))


def _cells(say: Say, row: DecisionRow) -> list[Cell]:
    return [
        *(say.known(f"status.{row.status}", row.status), say.known(f"verdict.{row.verdict}", row.verdict), row.task),
        *(row.source, row.new_source, row.who, row.when[:19], row.note, row.why.get(say.lang.value)),
        *(row.task_text, row.source_text),
    ]


def _write_sheet(path: Path, store: str, say: Say) -> None:
    from kg.export import write_atomically
    from policylineage.decision_sheet import write
    from queries.decisions import to_decide

    with reading(store) as reader:
        rows = to_decide(reader)
    write_atomically(path, write(say, path, rows))
    typer.echo(say("decide.written", file=path, count=len(rows)))


def _take_sheet(path: Path, who: str, store: str, say: Say, form: Format) -> None:
    """Decide what the good rows say, in one step; tell the bad ones by their number and exit with 1."""
    from kg.store import open_store
    from policylineage.decision_sheet import read, unanimous
    from policylineage.output import Table, emit, lines
    from queries.reader import Reader

    rows = unanimous(list(read(path, who)))
    with open_store(store) as opened:
        made, problems = _decisions(Reader(opened), say, rows)
        left = _keep(opened, made) if made else 0
    known = len(rows) - len(made) - len(problems)
    data = {
        "decided": len(made),
        "known": known,
        "problems": [dict(zip(PROBLEMS, problem, strict=True)) for problem in problems],
        "open": left,
    }
    if problems or form is not Format.table:
        emit(say, form, data, [Table(say("decide.problems", count=len(problems)), PROBLEMS, problems)])
    if form is Format.table:
        lines(say("decide.taken", count=len(made), known=known))
        if left:
            lines(say("decide.left", count=left))
    if problems:
        raise typer.Exit(FINDINGS)


def _decisions(reader: Reader, say: Say, rows: Sequence[Row]) -> tuple[list[Decision], list[list[Cell]]]:
    """The decisions of the rows, and what is wrong with the others."""
    from kg.decisions import now
    from queries.decisions import Unclear, decide, holding

    made: list[Decision] = []
    problems: list[list[Cell]] = []
    before = holding(reader)
    for place, row in enumerate(rows):
        if row.wish is None:
            problems.append([row.number, say(row.problem or "decide.none", text=row.value)])
            continue
        try:
            decision = decide(reader, row.wish, now(place), before)
        except Unclear as error:
            problems.append([row.number, say(_UNCLEAR[error.code], text=error.text)])
            continue
        if decision:
            made.append(decision)
    return made, problems
