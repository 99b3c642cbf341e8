"""What the finders of mentions share: a mention in clean offsets, before anything is said about its relation."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Mention(NamedTuple):
    """Words that name one act. ``start:end`` are offsets into ``SourceText.clean``.

    ``symbol`` is the number as printed, blanks inside it dropped.
    ``short`` marks a name that points back to an act named in full elsewhere ("Nghị quyết 57").
    """

    start: int
    end: int
    kind: Literal["numbered", "named"]
    type: str
    symbol: str | None = None
    short: bool = False
