"""``lineage browse``: a page that opens in a browser, offline too.

Imports inside the function: pyvis is heavy, and only this command needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, LangOption, StoreOption, reading


def run(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help=HELP("help.out"))],
    about: Annotated[str | None, typer.Option("--about", help=HELP("help.about"))] = None,
    depth: Annotated[int, typer.Option("--depth", min=0, max=9, help=HELP("help.depth"))] = 2,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
) -> None:
    """Write the page of a document's neighbourhood, or of the whole store."""
    from policylineage.commands.finding import one_place
    from queries.neighbourhood import neighbourhood
    from viz.graph_page import write_page

    say = Say(lang)
    with reading(store) as reader:
        if about:
            start = [one_place(reader, say, Format.table, about).document]
        else:
            start = [reader.document(iri) for iri in sorted(reader.files.values())]
        write_page(neighbourhood(reader, start, depth=depth), out, lang.value)
    typer.echo(say("browse.done", file=out), err=True)
