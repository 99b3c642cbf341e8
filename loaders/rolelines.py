"""A line under a task that says who, with whom, by when or with what result ("Cơ quan chủ trì: Sở A").

Reads clean text of one item or cell; the labels stand in ``duties.toml``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.bodylist import Named, read_list, unique
from loaders.bodywords import grammar, group_at, head_at, work_at
from loaders.cues import Role, cues
from loaders.partners import partners
from loaders.words import Words, key, split_words

_LABEL = 80
"""Characters within which the colon of a responsibility line stands."""
_TERM_LINE = re.compile(
    r"\s*(?P<label>Thời (?:hạn|gian)(?: hoàn thành| thực hiện| báo cáo)?) "
    r"(?=(?:(?:là|chỉ) )?(?:(?:chậm|muộn) nhất|không (?:quá|chậm|muộn)|trước|trong) )"
)
_TERM_LENGTH = 160
"""Characters of a line that is nothing but a term."""
_CIRCUMSTANCE = 16
"""Words that may stand between the bodies of a responsibility line."""


class Responsibility(NamedTuple):
    """A line under a task that says who, with whom, by when or with what result ("Cơ quan chủ trì: Sở A").

    ``content`` is the text after the colon and ``offset`` where it begins; ``lead`` and ``coordinate`` the bodies it
    names (a line of one role may name the other: "Cơ quan thực hiện: Sở A chủ trì, phối hợp với Sở B").
    """

    role: Role
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    content: str
    offset: int


def responsibility_line(text: str) -> Responsibility | None:
    """What a line such as "Cơ quan phối hợp: Sở A, Sở B" adds to the task above; ``None`` for any other text.

    A second line may stand behind the first ("Cơ quan chủ trì: Sở A; cơ quan phối hợp: Sở B").
    """
    if text.find(":", 0, _LABEL) < 0:
        return _term_line(text)
    end = text.find(";")
    first = _one_line(text[:end]) if end >= 0 else None
    second = _one_line(text[end + 1 :]) if first and first.role in ("lead", "coordinate") else None
    if first is None or second is None:
        return _one_line(text)
    return first._replace(lead=first.lead + second.lead, coordinate=first.coordinate + second.coordinate)


def _term_line(text: str) -> Responsibility | None:
    """A line that is nothing but a term whose label has no colon ("Thời hạn chậm nhất 05 ngày từ khi ban hành.")."""
    found = _TERM_LINE.match(text) if len(text) <= _TERM_LENGTH else None
    if found is None or tuple(map(key, found["label"].split())) not in cues().labels:
        return None
    content = text[found.end() :].rstrip(" ;.")
    return None if ". " in content else Responsibility("deadline", (), (), content, found.end())


def _one_line(text: str) -> Responsibility | None:
    colon = text.find(":", 0, _LABEL)
    if colon < 0:
        return None
    label = split_words(text[:colon])
    role = cues().labels.get(tuple(k for i, k in enumerate(label.keys) if label.is_word(i) or k == ","))
    if role is None:
        return None
    content = text[colon + 1 :].strip()
    offset = colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())
    if role in ("deadline", "product"):
        return Responsibility(role, (), (), content.rstrip(" ;."), offset)
    words = split_words(content)
    listed = tuple(body.name for body in unique(_listed(words)))
    joined = tuple(body.name for body in unique(tuple(partners(words, len(words.keys)))) if body.name not in listed)
    if role == "coordinate":
        return Responsibility(role, (), listed + joined, content, offset)
    return Responsibility(role, listed, joined, content, offset)


def _listed(words: Words) -> tuple[Named, ...]:
    """The bodies of a responsibility line; the list goes on behind "trong phạm vi nhiệm vụ của mình và các …"."""
    found = read_list(words, 0)
    if not found.bodies or not grammar().circumstance.at(words, found.end):
        return found.bodies
    for at in range(found.end, min(len(words.keys), found.end + _CIRCUMSTANCE)):
        if work_at(words, at) or cues().together.at(words, at):
            break
        if words.keys[at] in {"và", ";"} and (group_at(words, at + 1) or head_at(words, at + 1)):
            return found.bodies + read_list(words, at + 1).bodies
    return found.bodies
