"""The cues of ``events.toml``, compiled, and the patterns that are made of its lists."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from loaders.records import Citation, Document, EventKind
from loaders.words import either
from ontology.numbers import parse_number
from ontology.tables import table


class Example(NamedTuple):
    """A sentence of an article and what is read from it: "kind", "kind provision" or "kind ~" each."""

    text: str
    reads: tuple[str, ...]


class Cue(NamedTuple):
    """One row of the table. ``pattern`` runs over lower-cased, masked text."""

    kind: EventKind
    place: str
    pattern: re.Pattern[str]
    examples: tuple[Example, ...]
    counter_examples: tuple[str, ...]


@cache
def cues(place: str | None = None) -> tuple[Cue, ...]:
    """The rows of the table in its order, of one place or all."""
    return tuple(
        Cue(
            cast("EventKind", row["kind"]),
            row["place"],
            re.compile(rf"(?:{'|'.join(row['words'])})(?!\w)"),
            tuple(Example(example["text"], tuple(example["reads"])) for example in row["examples"]),
            tuple(row["counter_examples"]),
        )
        for row in table("events.toml", "loaders")["cue"]
        if place in (None, row["place"])
    )


@cache
def is_acting(kind: str | None) -> bool:
    """Whether the articles of documents of this kind order changes; a document that lost its kind may."""
    return kind is None or kind in table("events.toml", "loaders")["acting"]


@cache
def own_name(kind: str | None) -> re.Pattern[str]:
    """How a document of this kind speaks of itself at the beginning of a clause ("quyết định này")."""
    known = table("events.toml", "loaders")
    names = [kind] if kind else list(known["acting"])
    attached = known["attached"] if is_acting(kind) else []
    mine = either(name.lower() for name in names)
    others = either(name.lower() for name in (*names, *attached))
    return re.compile(rf"(?:(?:{others})(?: liên tịch)? này|(?:{mine})(?= (?:có|bắt đầu có) hiệu lực))(?!\w)")


def may_change(acting: Document | Citation, act: Citation) -> bool:
    """Whether one act can change another: a law is changed by laws and resolutions only, a State act not by the Party,
    and a report or a proposal changes nothing but its own kind (Luật 64/2025/QH15, Điều 8)."""
    known = table("events.toml", "loaders")
    if act.type in known["laws"] and acting.type and acting.type not in known["changes_laws"]:
        return False
    if not is_acting(acting.type) and acting.type != act.type:
        return False
    number = acting.number if isinstance(acting, Document) else acting.symbol
    mine, other = (parse_number(symbol) if symbol else None for symbol in (number, act.symbol))
    return mine is None or other is None or (mine.style == "party") == (other.style == "party")
