"""The command line: ``lineage COMMAND``. What each command does stands in its module of ``policylineage.commands``."""

from __future__ import annotations

from collections.abc import Callable

import typer

from policylineage.commands import browse, check, export, files, impact, query, show, tasks, trace
from policylineage.exits import Commands
from policylineage.options import HELP
from policylineage.output import use_utf8

COMMANDS: dict[str, Callable[..., None]] = {
    "build": files.build,
    "trace": trace.run,
    "impact": impact.run,
    "tasks": tasks.run,
    "show": show.run,
    "extract": files.extract,
    "links": files.links,
    "check": check.run,
    "query": query.run,
    "export": export.run,
    "browse": browse.run,
}

app = typer.Typer(
    name="lineage",
    cls=Commands,
    help=HELP("app"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: the same in README, on every terminal, and without loading Rich
    pretty_exceptions_enable=False,
)
for _name, _function in COMMANDS.items():
    app.command(_name, help=HELP(f"help.{_name}"))(_function)


def main() -> None:
    """Run the command line in UTF-8."""
    use_utf8()
    app()
