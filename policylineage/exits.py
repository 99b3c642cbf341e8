"""The exit codes of ``lineage``, and the one place that turns failures into a message instead of a traceback.

====  ==============================================================
code  meaning
====  ==============================================================
0     fine
1     findings, or files that were skipped
2     wrong usage: option, argument, file that is not there, query
3     several matches: choose one of those listed
4     nothing found
5     the store cannot be opened, read or written
====  ==============================================================
"""

from __future__ import annotations

import errno
from typing import Any

import typer
from typer.core import TyperGroup

from kg.errors import QueryError, StoreError
from policylineage.messages import Lang, Say, help_lang
from policylineage.output import visible

OK, FINDINGS, USAGE, SEVERAL, NOTHING, STORE = range(6)


class Failure(Exception):
    """A command cannot do what was asked: ``message`` is a key of the table, ``code`` the exit code."""

    def __init__(self, code: int, message: str, **values: object) -> None:
        """Fail with ``code``; ``values`` fill in the message."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.values = values


class Commands(TyperGroup):
    """The group of commands; a failure inside any of them becomes one line on stderr and an exit code."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's context class is private
        """Keep the words of the call (a failure is told in the language they ask for); options may lead."""
        ctx.meta[__name__] = list(args)
        return super().parse_args(ctx, options_behind_command(args))

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the same, and whatever the command returns
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (Failure, OSError, ValueError) as error:
            said = explain(error, help_lang(ctx.meta[__name__]))
            if said is None:
                raise
            message, code = said
            typer.echo(visible(message), err=True)
            raise typer.Exit(code) from error


def options_behind_command(words: list[str]) -> list[str]:
    """``--lang en trace x`` as ``trace --lang en x``: what every command takes may stand before it as well."""
    names = ("--store", "--lang", "--format")
    at = 0
    while at < len(words) and words[at].split("=")[0] in names:
        at += 1 if "=" in words[at] else 2
    leading, rest = words[:at], words[at:]
    if not rest or rest[0].startswith("-"):
        return rest
    return [rest[0], *leading, *rest[1:]]


def explain(error: Exception, lang: Lang) -> tuple[str, int] | None:
    """Message and exit code for a failure that people can do something about, ``None`` for any other."""
    say = Say(lang)
    if isinstance(error, Failure):
        return say(error.message, **error.values), error.code
    if isinstance(error, StoreError):
        code = USAGE if isinstance(error, QueryError) else STORE
        return error.message("en" if lang is Lang.en else "vi"), code
    if {"file", "place", "reason"} <= set(vars(error)):  # loaders.text.LoadError, not imported: start-up time
        found = vars(error)
        where = ", ".join(str(part) for part in (found["file"], found["place"]) if part)
        return say("failure.file", file=where, reason=found["reason"]), USAGE
    if isinstance(error, UnicodeDecodeError):
        return say("failure.encoding", place=error.start), USAGE
    if isinstance(error, OSError) and error.filename is not None:
        return say("failure.os", file=error.filename, reason=error.strerror or error), USAGE
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # the output itself: it has no name
        return say("failure.os", file="stdout", reason=error.strerror), USAGE
    return None
