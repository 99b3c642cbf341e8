"""``lineage tasks``: who must do what by when, and where it comes from.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.exits import NOTHING, USAGE, Failure
from policylineage.messages import Codes, Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption

if TYPE_CHECKING:
    from policylineage.output import Cell
    from queries.reader import Reader
    from queries.rows import TaskRow

COLUMNS = ("task", "act", "path", "lead", "coordinate", "deadline", "due", "sources", "text", "file", "start", "end")
_HIDDEN = frozenset({"file", "start", "end", "act"})
_DUE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?|any")


def run(
    body: Annotated[str | None, typer.Option("--body", help=HELP("help.body"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=HELP("help.source"))] = None,
    due: Annotated[str | None, typer.Option("--due", help=HELP("help.due"))] = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the tasks that meet all conditions given."""
    from kg.store import open_store
    from policylineage.commands.finding import one_document
    from policylineage.output import Table, emit
    from queries.reader import Reader
    from queries.tasks import tasks

    if due and not _DUE.fullmatch(due):
        raise Failure(USAGE, "failure.due", text=due)
    say = Say(lang) if form is Format.table else Codes(lang)
    with open_store(store, read_only=True) as opened:
        reader = Reader(opened)
        act = one_document(reader, say, form, source) if source else None
        found = tasks(reader, bodies=_bodies(reader, body) if body else None, act=act, due=due)
    rows = [_cells(say, row) for row in found]
    emit(say, form, found, [Table(say("tasks.title", count=len(found)), COLUMNS, rows, _HIDDEN)])


def _bodies(reader: Reader, text: str) -> set[str]:
    """The bodies of this name, abbreviations written out ("UBND tỉnh")."""
    from ontology.bodies import expand
    from queries.find import bodies

    found = bodies(reader, text) or bodies(reader, expand(text))
    if not found:
        raise Failure(NOTHING, "none.body", text=text)
    return set(found)


def _cells(say: Say, row: TaskRow) -> list[Cell]:
    unit, document = row.place.unit, row.place.document
    quote = unit.quote if unit else None
    sources = "; ".join(f"{source.id} ({say.known(f'grade.{source.grade}', source.grade)})" for source in row.sources)
    return [
        *(row.place.id, document.id, unit.path if unit else None),
        *(", ".join(unit.lead) if unit else None, ", ".join(unit.coordinate) if unit else None),
        "; ".join(deadline.text for deadline in row.deadlines),
        "; ".join(deadline.date or deadline.recurrence or "" for deadline in row.deadlines).strip("; "),
        sources,
        *((quote.text, quote.file, quote.start, quote.end) if quote else (None,) * 4),
    ]
