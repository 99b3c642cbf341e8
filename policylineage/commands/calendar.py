"""``lineage calendar``: the deadlines of tasks as a calendar file.

Imports inside the functions: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.exits import USAGE, Failure
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, LangOption, StoreOption, reading

if TYPE_CHECKING:
    from queries.rows import TaskRow
    from viz.calendar_file import Due

_SUMMARY = 90
_MARKS = re.compile(r"[*#|]+|^\s*[-–+•]\s*")  # of Markdown, and bullets


def run(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.ics", help=HELP("help.calendar-out"))],
    body: Annotated[str | None, typer.Option("--body", help=HELP("help.body"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=HELP("help.source"))] = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
) -> None:
    """Write the deadlines of all tasks, or of those of a body or below an act."""
    from kg.export import write_atomically
    from policylineage.commands.finding import bodies_named, one_document
    from queries.tasks import tasks
    from viz.calendar_file import calendar_file, when

    if out.suffix.lower() != ".ics":
        raise Failure(USAGE, "failure.calendar-out", file=out)
    say = Say(lang)
    with reading(store) as reader:
        bodies = bodies_named(reader, body) if body else {}
        act = one_document(reader, say, Format.table, source) if source else None
        found = tasks(reader, bodies=set(bodies) if body else None, act=act, due="any")
    entries = [entry for row in found for entry in _entries(say, row)]
    placed = [entry for entry in entries if when(entry)]
    name = say("calendar.name", who=body) if body else say("calendar.all")
    write_atomically(out, calendar_file(placed, name))
    typer.echo(say("calendar.written", file=out, count=len(placed)))
    for entry in entries:
        if not when(entry):
            typer.echo(say("calendar.no-day", task=entry.summary, words=entry.printed), err=True)


def _entries(say: Say, row: TaskRow) -> Iterator[Due]:
    from kg.evidence import fingerprint
    from viz.calendar_file import Due

    document, unit = row.place.document, row.place.unit
    if unit is None:
        return
    quote = unit.quote
    words = quote.text if quote else ""
    lines = [words, f"{say('column.act')}: {document.label}, {unit.path}"]
    lines += [f"{say(f'column.{role}')}: {'; '.join(names)}" for role, names in _roles(row) if names]
    lines += [f"{say('column.sources')}: {'; '.join(source.id for source in row.sources)}"] if row.sources else []
    lines += [f"[{quote.file} {quote.start}–{quote.end}]"] if quote else []
    lead = f"{unit.lead[0]}: " if unit.lead else ""
    for deadline in row.deadlines:
        yield Due(
            key="\n".join((document.iri, fingerprint(words), deadline.text)),
            printed=deadline.text,
            day=deadline.date,
            rule=deadline.recurrence,
            issued=document.date,
            summary=f"{lead}{textwrap.shorten(_MARKS.sub('', words), _SUMMARY, placeholder=' …')}",
            description="\n".join([f"{say('column.deadline')}: {deadline.text}", *lines]),
            categories=unit.lead,
        )


def _roles(row: TaskRow) -> list[tuple[str, tuple[str, ...]]]:
    unit = row.place.unit
    return [("lead", unit.lead), ("coordinate", unit.coordinate)] if unit else []
