"""``lineage export``: the graph as a file that other programs read.

Imports inside the function: the writers are loaded only by the command that needs them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policylineage.exits import USAGE, Failure
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, LangOption, StoreOption


def run(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help=HELP("help.to"))],
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
) -> None:
    """Write all that is said about documents; the suffix of the file decides the format."""
    from kg.export import ExportError, export
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        try:
            count = export(opened, to)
        except ExportError as error:
            raise Failure(USAGE, "export.format", suffix=to.suffix) from error
    typer.echo(Say(lang)("export.done", count=count, file=to), err=True)
