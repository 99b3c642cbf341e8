"""What is said to people, in Vietnamese or English: the table ``messages.toml`` and how a message is taken from it."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path


class Lang(StrEnum):
    """Languages of messages; Vietnamese is the default."""

    vi = "vi"
    en = "en"


class Say:
    """Gives messages in one language: ``Say(Lang.vi)("tasks.title", count=3)``."""

    def __init__(self, lang: Lang) -> None:
        """Speak ``lang``."""
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        """The message ``key`` with its ``{names}`` filled in. Raises :class:`KeyError` for what the table lacks."""
        text = messages()[key][self.lang.value]
        return text.format(**values) if values else text

    def known(self, key: str, otherwise: str) -> str:
        """The message ``key``, else ``otherwise``: for words of the model that other layers may add to."""
        return messages()[key][self.lang.value] if key in messages() else otherwise


class Codes(Say):
    """Says the words of the model as the stable codes that scripts compare, everything else in its language."""

    def known(self, key: str, otherwise: str) -> str:
        """The code itself."""
        return otherwise


@cache
def messages() -> dict[str, dict[str, str]]:
    """The table: key → language → text."""
    return tomllib.loads(Path(__file__).with_name("messages.toml").read_text(encoding="utf-8"))


def help_lang(arguments: Sequence[str] = sys.argv) -> Lang:
    """The language of help texts, which are made before options are read: ``--lang en`` or ``LINEAGE_LANG``."""
    wanted = os.environ.get("LINEAGE_LANG", "vi")
    for word, following in pairwise([*arguments, ""]):
        wanted = (
            following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else wanted
        )
    return Lang.en if wanted == "en" else Lang.vi
