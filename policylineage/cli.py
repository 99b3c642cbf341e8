"""The command line: ``lineage COMMAND``. What each command does stands in its module of ``policylineage.commands``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

import typer

from policylineage.commands import (
    browse,
    calendar,
    check,
    coverage,
    decide,
    delays,
    demo,
    disposition,
    evaluate,
    export,
    figures,
    files,
    impact,
    life,
    owner,
    query,
    show,
    tasks,
    trace,
)
from policylineage.exits import Commands
from policylineage.options import HELP
from policylineage.output import use_utf8

COMMANDS: dict[str, Callable[..., None]] = {
    "build": files.build,
    "trace": trace.run,
    "impact": impact.run,
    "coverage": coverage.run,
    "life": life.run,
    "event": life.event,
    "tasks": tasks.run,
    "calendar": calendar.run,
    "delays": delays.run,
    "owner": owner.run,
    "disposition": disposition.run,
    "figures": figures.run,
    "show": show.run,
    "browse": browse.run,
    "extract": files.extract,
    "links": files.links,
    "check": check.run,
    "query": query.run,
    "confirm": decide.confirm,
    "reject": decide.reject,
    "correct": decide.correct,
    "decide": decide.run,
    "export": export.run,
    "evaluate": evaluate.run,
    "demo": demo.run,
}


def application(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The command line with the commands ``names``."""
    made = typer.Typer(
        name="lineage",
        cls=Commands,
        help=HELP("app"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,  # plain help: the same in README, on every terminal, and without loading Rich
        pretty_exceptions_enable=False,
    )
    made.callback(help=HELP("app"))(_group)
    for name in names:
        made.command(name, help=HELP(f"help.{name}"))(COMMANDS[name])
    return made


def _group() -> None:
    """Keeps the command's name in the call even where only one command is made."""


def main() -> None:
    """Run the command line in UTF-8.

    Only the command that is called is made: Typer prepares every option of every command that it has (0.15 s).
    """
    use_utf8()
    called = sys.argv[1] if len(sys.argv) > 1 else ""
    application([called] if called in COMMANDS else COMMANDS)(prog_name="lineage")


app = application()
