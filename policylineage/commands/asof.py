"""``--as-of DATE`` on the commands that answer: the state of each act in the answer on that day.

What was issued later is left out by the reader of the answer (:class:`queries.reader.Reader`). Imports inside the
functions: the questions are loaded only where the option is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.messages import Say
from policylineage.options import HELP, Format

if TYPE_CHECKING:
    from policylineage.output import Table
    from queries.life import StateRow
    from queries.reader import Reader
    from queries.rows import DocumentRow

AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=HELP("help.as-of"))]
COLUMNS = ("act", "kind", "date", "force", "force_why", "file", "iri")


def states_of(reader: Reader, acts: Iterable[DocumentRow]) -> list[StateRow]:
    """The state of each act on the day of the answer; empty where no day was asked about."""
    from queries.life import states

    return states(reader, acts, reader.as_of) if reader.as_of else []


def emit_as_of(
    say: Say, form: Format, found: object, tables: Sequence[Table], states: Sequence[StateRow], day: str | None
) -> None:
    """Print an answer and the states: a table more for people, ``{"as_of", "answer", "states"}`` as JSON.

    Without a day the answer is printed as it is.
    """
    from policylineage.output import emit

    if day is None:
        emit(say, form, found, tables)
        return
    emit(say, form, {"as_of": day, "answer": found, "states": states}, [*tables, state_table(say, states, day)])


def state_table(say: Say, states: Sequence[StateRow], day: str) -> Table:
    """The states as a table."""
    from policylineage.output import Table

    cells = [
        [
            *(row.act.id, row.act.kind, row.act.date, say.known(f"life.{row.state}", row.state)),
            *(say.known(f"why.{row.reason}", row.reason), row.act.file, row.act.iri),
        ]
        for row in states
    ]
    return Table(say("life.as-of", day=day, count=len(states)), COLUMNS, cells, frozenset({"iri", "file"}))
