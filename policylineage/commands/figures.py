"""``lineage figures``: which results report on which plans, and what became of plans below and over the years.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import day
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading, voice

if TYPE_CHECKING:
    from policylineage.output import Cell
    from queries.figures import FigureRow, FigureSide

COLUMNS = (
    *("relation", "outcome", "measure", "figure", "time", "against", "against_time", "share", "share_of", "computed"),
    *("unit", "act", "quote", "file", "start", "end"),
    *("other_unit", "other_act", "other_quote", "other_file", "other_start", "other_end", "reason"),
)
_HIDDEN = frozenset(
    {
        "act",
        "other_act",
        "file",
        "start",
        "end",
        "other_file",
        "other_start",
        "other_end",
        "share_of",
        "computed",
        "share",
    }
)


def run(
    name: Annotated[list[str] | None, typer.Argument(metavar="[ID]", help=HELP("help.figures-about"))] = None,
    changes: Annotated[bool, typer.Option("--changes", help=HELP("help.figures-changes"))] = False,
    disagreements: Annotated[bool, typer.Option("--disagreements", help=HELP("help.figures-disagreements"))] = False,
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print what was concluded of figures, of all documents or of one."""
    from policylineage.commands.finding import one_document
    from policylineage.output import Table
    from queries.figures import figures

    say = voice(lang, form)
    when = day(as_of)
    with reading(store, when) as reader:
        about = one_document(reader, say, form, " ".join(name)) if name else None
        found = figures(reader, about, changes=changes, disagreements=disagreements)
        acts = {act.iri: act for row in found for act in (row.here.place.document, row.there.place.document)}
        states = states_of(reader, acts.values())
    title = say("figures.title", count=len(found))
    if found or form is not Format.table:
        table = Table(title, COLUMNS, [_cells(say, row) for row in found], _HIDDEN)
        emit_as_of(say, form, found, [table], states, when)
    else:
        typer.echo(title)


def _cells(say: Say, row: FigureRow) -> list[Cell]:
    here, there = row.here, row.there
    return [
        say.known(f"figure.{row.relation}", row.relation),
        say.known(f"outcome.{row.outcome}", row.outcome),
        row.name,
        here.figure,
        _time(here),
        there.figure,
        _time(there),
        row.share,
        row.basis,
        row.computed,
        *_side(here),
        *_side(there),
        row.reason_en if say.lang is Lang.en else row.reason,
    ]


def _time(side: FigureSide) -> str | None:
    """The year with the part of it that the text names."""
    if side.year is None:
        return None
    part = side.period if side.period not in (None, "năm") else None
    return f"{side.year}, {part}" if part else str(side.year)


def _side(side: FigureSide) -> list[Cell]:
    quote = side.quote
    words: list[Cell] = [quote.text, quote.file, quote.start, quote.end] if quote else [None] * 4
    return [side.place.id, side.place.document.label, *words]
