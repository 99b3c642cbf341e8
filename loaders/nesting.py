"""Which act stands inside the title of which.

Reads the mentions of one paragraph with what is printed beside each; gives, for each, the act whose surface or title
holds it ("Nghị định số … quy định chi tiết Luật …": the law stands in the decree) and where all it comprises ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.details import Details
from loaders.mentions import Mention

_AND = re.compile(r"[\s,]*(?:(?:và|hoặc|cùng)\s)?(?:các\s)?")

_DEEPEST = 12
"""Acts. Titles within titles that go deeper are no titles, and reading them would not stay linear."""


class Nesting(NamedTuple):
    """For each mention the index of the act that it stands in, ``None`` at the top, and the end of all it comprises."""

    parents: list[int | None]
    ends: list[int]


def nest(text: str, mentions: Sequence[Mention], details: Sequence[Details]) -> Nesting:
    """The nesting of the mentions of one paragraph (in order of their starts)."""
    parents: list[int | None] = []
    ends = [d.end for d in details]
    depths: list[int] = []
    separated = False  # whether ";" has parted acts so far: then "và" joins closer
    for i, mention in enumerate(mentions):
        separated = separated or (i > 0 and ";" in text[mentions[i - 1].end : mention.start])
        parent = _holder(mentions, details, parents, i)
        if parent is None and i and parents[i - 1] is not None:
            parent = _list_holder(text, mentions, details, ends, parents, i, separated)
        depth = 0 if parent is None else depths[parent] + 1
        if depth > _DEEPEST:
            parent, depth = None, 0
        parents.append(parent)
        depths.append(depth)
        while parent is not None and ends[parent] < ends[i]:
            ends[parent] = ends[i]
            parent = parents[parent]
    return Nesting(parents, ends)


def _holder(mentions: Sequence[Mention], details: Sequence[Details], parents: list[int | None], i: int) -> int | None:
    """The innermost act whose surface or title holds mention ``i``: the one before, or one that this stands in."""
    at: int | None = i - 1 if i else None
    while at is not None:
        subject = details[at].subject
        titled = subject is not None and subject[0] <= mentions[i].start < subject[1]
        if titled or mentions[i].end <= mentions[at].end:
            return at
        at = parents[at]
    return None


def _list_holder(
    text: str,
    mentions: Sequence[Mention],
    details: Sequence[Details],
    ends: list[int],
    parents: list[int | None],
    i: int,
    separated: bool,
) -> int | None:
    """The act whose title ``i`` goes on ("… triển khai Nghị quyết A và Kế hoạch B"), at the level of its kind."""
    link = _AND.fullmatch(text, ends[i - 1], mentions[i].start)
    if link is None or details[i - 1].subject is not None:
        return None
    level: int | None = i - 1
    while level is not None and not (separated and parents[level] is None):
        if mentions[level].type == mentions[i].type:
            return parents[level]
        level = parents[level]
    return parents[i - 1] if "và" in link.group() else None
