"""``lineage check``: everything in the store that should not be so, as findings.

Imports inside the functions: SHACL and the reasoner are heavy, and only this command needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from policylineage.exits import FINDINGS
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, Format, FormatOption, LangOption, StoreOption

if TYPE_CHECKING:
    from kg.store import Store
    from queries.rows import Finding

COLUMNS = ("check", "where", "message", "file")


def run(
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the findings of SHACL and of the check queries; exit with 1 if there are any."""
    from kg.store import open_store
    from policylineage.output import Table, emit
    from queries.checks import findings

    say = Say(lang)
    with open_store(store, read_only=True) as opened:
        found = [*_shapes(opened, lang), *findings(opened, lang.value)]
    rows = [[row.check, row.where, row.message, row.file] for row in found]
    title = say("check.title", count=len(found)) if found else say("check.none")
    if found or form is not Format.table:
        emit(say, form, found, [Table(title, COLUMNS, rows)])
    else:
        typer.echo(title)
    if found:
        raise typer.Exit(FINDINGS)


def _shapes(store: Store, lang: Lang) -> Iterator[Finding]:
    """Breaches of the SHACL shapes, the things named as people know them."""
    from kg.validate import findings
    from queries.reader import Reader
    from queries.rows import Finding

    reader = Reader(store)
    for found in findings(store, lang=lang.value):
        where = reader.anywhere(found.node).id
        value = f" ({found.value})" if found.value and found.value != found.node else ""
        yield Finding(f"shacl:{found.severity}", where, f"{found.message}{value}", found.file)
