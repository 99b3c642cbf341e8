"""``lineage check``: everything in the store that should not be so, as findings.

Imports inside the functions: SHACL and the reasoner are heavy, and only this command needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.owner import day, today
from policylineage.exits import FINDINGS, USAGE
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption

if TYPE_CHECKING:
    from kg.store import Store
    from queries.rows import Finding

COLUMNS = ("check", "where", "message", "file")


def run(
    reason: Annotated[bool, typer.Option("--reason", help=HELP("help.reason"))] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help=HELP("help.overdue"))] = False,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=HELP("help.overdue-on"))] = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the findings of SHACL, of the check queries and (if asked) of HermiT; exit with 1 if there are any.

    Where HermiT is asked for and Java is missing, the rest is done, and the exit code is 2 unless there are findings.
    """
    from kg.store import open_store
    from policylineage.output import Table, emit
    from queries.checks import findings

    say = Say(lang)
    with open_store(store, read_only=True) as opened:
        found = [*_shapes(opened, lang), *findings(opened, lang.value)]
        if overdue or on:
            found += _overdue(say, opened, day(on) or today())
        reasoned = not reason or _reason(say, opened, found)
    rows = [[row.check, row.where, row.message, row.file] for row in found]
    title = say("check.title", count=len(found)) if found else say("check.none")
    if found or form is not Format.table:
        emit(say, form, found, [Table(title, COLUMNS, rows)])
    else:
        typer.echo(title)
    if found or not reasoned:
        raise typer.Exit(FINDINGS if found else USAGE)


def _overdue(say: Say, store: Store, when: str) -> Iterator[Finding]:
    """Not among the checks that always run: these come and go with the day, whatever the store holds."""
    from queries.delays import overdue
    from queries.reader import Reader
    from queries.rows import Finding

    late, reports = overdue(Reader(store), when)
    for row in late:
        message = say("check.overdue", late=row.late, words=row.words, due=row.due, reports=reports)
        yield Finding("task-overdue", row.place.id, message, row.place.document.file)


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


def _reason(say: Say, store: Store, found: list[Finding]) -> bool:
    """Add what HermiT finds; false where it could not run."""
    from kg.validate import document_graph, files
    from ontology.model import Inconsistent, ReasonerMissing, check_consistency
    from queries.rows import Finding

    try:
        check_consistency(triple for file in files(store) for triple in document_graph(store, file))
    except ReasonerMissing:
        typer.echo(say("failure.java"), err=True)
        return False
    except Inconsistent as error:
        found.append(Finding("hermit", "", say("check.inconsistent", reason=error)))
    else:
        typer.echo(say("check.consistent"), err=True)
    return True
