"""The options that every command has, and what a command gets from them: a voice, a format, a store to read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from policylineage.messages import Lang, Say, help_lang

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
DEFAULT_STORE = ".lineage"
