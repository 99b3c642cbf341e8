"""``lineage demo``: the whole way on the fictional samples that come with the program.

Imports inside the function: everything is used here, but only here all at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policylineage.exits import FINDINGS
from policylineage.messages import Lang, Say
from policylineage.options import HELP, Format, LangOption

SAMPLES = Path(__file__).parent.parent / "demo"
WORDS = "nhap xong cac xa phia Tay"  # a task of a district's plan, four documents below the resolution
NUMBER = "08/2023/NQ-HĐND"


def run(
    store: Annotated[Path, typer.Option("--store", help=HELP("help.store"))] = Path(".lineage-demo"),
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help=HELP("help.out"))] = Path("lineage-demo.html"),
    lang: LangOption = Lang.vi,
) -> None:
    """Build the samples' graph, trace one task, print one impact, write the page."""
    from kg.build import build
    from kg.store import open_store
    from policylineage.commands import browse, files, impact, trace

    say = Say(lang)
    samples = sorted(path for path in SAMPLES.iterdir() if path.name[:2].isdigit())
    _heading(f"lineage build {SAMPLES} --store {store}")
    with open_store(store) as opened:
        report = build(opened, samples)
    files.print_report(say, Format.table, report, str(store))
    _heading(f'lineage trace "{WORDS}" --store {store}')
    trace.run([WORDS], store=str(store), lang=lang)
    _heading(f"lineage impact {NUMBER} --store {store}")
    impact.run([NUMBER], store=str(store), lang=lang)
    _heading(f"lineage browse --out {out} --store {store}")
    browse.run(out, store=str(store), lang=lang)
    if report.skipped:
        raise typer.Exit(FINDINGS)


def _heading(command: str) -> None:
    typer.echo(f"\n$ {command}\n")
