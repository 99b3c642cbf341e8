"""``lineage query``: a SPARQL file of one's own, read-only.

Imports inside the function: the store's engine is loaded only by the command that needs it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.exits import USAGE
from policylineage.messages import Codes, Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption

if TYPE_CHECKING:
    from queries.readonly import Value


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE.rq", help=HELP("help.query-file"))],
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help=HELP("help.seconds"))] = 60,
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
    with open_store(store, read_only=True) as opened, _limit(seconds, say):
        found = ask(opened, text)
    if found.truth is not None:
        people = say("query.true") if found.truth else say("query.false")
        typer.echo(people if form is Format.table else to_json(found.truth))
        return
    rows = [{name: _text(row.get(name)) for name in found.columns} for row in found.rows]
    table = Table(say("query.rows", count=len(rows)), found.columns, [list(row.values()) for row in rows])
    emit(Codes(lang), form, rows, [table])


@contextmanager
def _limit(seconds: float, say: Say) -> Iterator[None]:
    """End the process when the engine has worked for ``seconds``, or at Ctrl-C: the engine itself cannot be stopped.

    Safe because the store is open for reading only.
    """

    def stop() -> None:
        typer.echo(say("query.late", seconds=f"{seconds:g}"), err=True)
        os._exit(USAGE)

    watch = threading.Timer(seconds, stop)
    watch.daemon = True
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python would hear Ctrl-C only after the engine's answer
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        signal.signal(signal.SIGINT, before)


def _text(value: Value | None) -> str | None:
    return None if value is None else value.value
