"""``lineage query``: a SPARQL file of one's own, read-only.

Imports inside the function: the store's engine is loaded only by the command that needs it.
"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.messages import Codes, Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption

if TYPE_CHECKING:
    from queries.readonly import Value


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE.rq", help=HELP("help.query-file"))],
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the rows of a SELECT, the triples of a CONSTRUCT, or true or false for an ASK."""
    from kg.store import open_store
    from loaders.text import decode
    from policylineage.output import Table, emit, to_json
    from queries.readonly import run as ask

    say = Say(lang)
    text = decode(file.read_bytes(), str(file)).removeprefix("\ufeff")  # Notepad on Windows writes the mark
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python would hear Ctrl-C only after the engine's answer
    try:
        with open_store(store, read_only=True) as opened:
            found = ask(opened, text)
    finally:
        signal.signal(signal.SIGINT, before)
    if found.truth is not None:
        people = say("query.true") if found.truth else say("query.false")
        typer.echo(people if form is Format.table else to_json(found.truth))
        return
    rows = [{name: _text(row.get(name)) for name in found.columns} for row in found.rows]
    table = Table(say("query.rows", count=len(rows)), found.columns, [list(row.values()) for row in rows])
    emit(Codes(lang), form, rows, [table])


def _text(value: Value | None) -> str | None:
    return None if value is None else value.value
