"""The options that every command has, and what a command gets from them: a voice, a format, a store to read."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.messages import Codes, Lang, Say, help_lang

if TYPE_CHECKING:
    from queries.reader import Reader

HELP = Say(help_lang())
"""Help texts are made when the commands are declared, before options are read: from ``--lang`` or LINEAGE_LANG."""


class Format(StrEnum):
    """How answers are printed."""

    table = "table"
    json = "json"
    csv = "csv"


StoreOption = Annotated[str, typer.Option("--store", envvar="LINEAGE_STORE", help=HELP("help.store"))]
LangOption = Annotated[Lang, typer.Option("--lang", envvar="LINEAGE_LANG", help=HELP("help.lang"))]
FormatOption = Annotated[Format, typer.Option("--format", help=HELP("help.format"))]
WhoOption = Annotated[str, typer.Option("--who", envvar="LINEAGE_WHO", help=HELP("help.who"))]
DEFAULT_STORE = ".lineage"


def voice(lang: Lang, form: Format) -> Say:
    """What speaks in an answer: words for people in a table, the codes of the model for scripts."""
    return Say(lang) if form is Format.table else Codes(lang)


def person(who: str) -> str:
    """Who decides: as said with ``--who``, else the user's name on this machine."""
    return who.strip() or getpass.getuser()


@contextmanager
def reading(store: str, as_of: str | None = None) -> Iterator[Reader]:
    """A reader of the store, which is open for reading meanwhile. Raises :class:`kg.errors.StoreError`."""
    from kg.store import open_store  # here: help texts start without the store's engine
    from queries.reader import Reader

    with open_store(store, read_only=True) as opened:
        yield Reader(opened, as_of)
