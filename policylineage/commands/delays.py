"""``lineage delays``: how many days an act takes to reach those who carry it out, and how many are left to do it.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import day
from policylineage.labels import act_label
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading, voice

if TYPE_CHECKING:
    from policylineage.output import Cell
    from queries.delays import Delays

COLUMNS = (
    *("document", "date", "distance", "relation", "days", "first", "due_tasks", "due_first", "due_last", "days_left"),
    *("words", "file", "start", "end"),
)
_HIDDEN = frozenset({"words", "file", "start", "end"})


def run(
    number: Annotated[list[str], typer.Argument(help=HELP("help.number"))],
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the documents below an act by date, with the days that passed."""
    from policylineage.commands.finding import one_document
    from policylineage.output import Table
    from queries.delays import delays

    say = voice(lang, form)
    when = day(as_of)
    with reading(store, when) as reader:
        found = delays(reader, one_document(reader, say, form, " ".join(number)))
        states = states_of(reader, [found.act])
    if form is Format.table:
        _head(say, found)
    tables = [Table("", COLUMNS, _rows(say, found), _HIDDEN)] if found.rows or form is not Format.table else []
    emit_as_of(say, form, found, tables, states, when)


def _head(say: Say, found: Delays) -> None:
    from policylineage.output import lines

    lines(say("delays.title", act=act_label(found.act)))
    if found.act.date is None:
        lines(say("delays.undated"), 2)
    if not found.rows:
        lines(say("delays.none"), 2)
    if found.days_to_first is not None:
        lines(say("delays.first", days=found.days_to_first), 2)
    if found.days_to_due is not None:
        lines(say("delays.due", days=found.days_to_due), 2)


def _rows(say: Say, found: Delays) -> list[list[Cell]]:
    return [
        [
            *(row.document.id, row.document.date, row.distance, say.known(f"relation.{row.relation}", row.relation)),
            *(row.days, say.known("yes.yes", "yes") if row.first else None, row.due or None),
            *(row.due_first, row.due_last, row.days_left),
            *((row.words.text, row.words.file, row.words.start, row.words.end) if row.words else (None,) * 4),
        ]
        for row in found.rows
    ]
