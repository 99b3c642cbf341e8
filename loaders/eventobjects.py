"""What a clause acts on: the acts that it names, and the provisions of each.

Reads the masked text between the word of change and the acts, and between the acts of a list.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.eventtext import Masked
from loaders.provisions import PROVISIONS, Chain, every_row, find_provisions, provisions

_REACH = 400
"""Characters between the word of change and the first act; provisions in a row stay within it."""
_WHOLE = re.compile(
    r"(?:toàn bộ|toàn văn|hiệu lực|thi hành|đối với|của|các|những|cả|việc|văn bản|nghị quyết|quyết định|chỉ thị"
    r"|thông tư|kế hoạch|quy định pháp luật|sau đây|dưới đây|sau|cho|số|thời gian|tại|ở|[:,\s])*"
)
_ENDS_REACH = re.compile(r"[;(]|\.(?=\s|$)|(?<!\w)(?:để|nhằm|(?<!kèm )theo|phù hợp|căn cứ|triển khai)(?!\w)")
_LISTED = re.compile(
    rf"\s?\)?[\s,;]*(?:(?:và|hoặc|cùng)\s)?(?:(?:các|toàn bộ|tại)\s)*(?P<part>{PROVISIONS}\s?,?\s?(?:của\s|tại\s)?)?"
)
_WORDS = re.compile(r"\s*(?:các\s|một số\s)?(?:cụm từ|từ ngữ|từ|tên)(?!\w)")
_ADDED = re.compile(
    rf"\s*(?:thêm\s)?(?P<new>{PROVISIONS})[\s,]*(?:(?:vào\s)?(?:phía\s)?(?:liền\s)?(?:sau|trước)|vào)\s(?P<place>{PROVISIONS})"
)
_BY = re.compile(r"\sbằng\s")
_PART_WORDS = re.compile(
    r"\s*(?:một số (?:điểm|khoản|điều|nội dung|quy định)\s)?"
    r"(?:(?:nội dung|thời hạn|tên|số liệu|lỗi|mức|quy định)\s(?:\S+\s){0,8}?)?(?:của\s|tại\s)?"
)


class Part(NamedTuple):
    """Parts of an act: ``chains`` by number, and whether only parts of it are meant."""

    chains: tuple[Chain, ...]
    partial: bool


class Target(NamedTuple):
    """An act acted on: its place (``None``: the one that the articles above name), its citation, the parts."""

    start: int | None
    end: int
    citation: int | None
    part: Part


def targets(view: Masked, start: int, end: int, outer: Chain = ()) -> list[Target]:
    """The acts of ``[start, end)`` that directly follow a word of change, each with its parts."""
    acts = view.acts_within(start, end)
    if not acts:
        return []
    gap = view.slice(start, acts[0].start)
    if len(gap) > _REACH or _ENDS_REACH.search(_without_provisions(gap)):
        return []
    found = [Target(acts[0].start, acts[0].end, acts[0].citation, part_of(gap, outer))]
    for act in acts[1:]:
        listed = _LISTED.fullmatch(view.slice(found[-1].end, act.start))
        if listed is None:
            break
        part = part_of(listed["part"], outer) if listed["part"] else Part((), found[0].part.partial)
        found.append(Target(act.start, act.end, act.citation, part))
    return found


def part_of(words: str, outer: Chain = ()) -> Part:
    """The parts that the words before an act name; words that say nothing of parts mean the whole act."""
    if _WHOLE.fullmatch(words):
        return Part((), partial=False)
    added = _ADDED.match(words)
    if added:
        place = provisions(added["place"], outer)
        return Part(tuple(provisions(added["new"], place[0] if place else outer)), partial=True)
    replaced = _BY.search(words)
    if replaced and not _WORDS.match(words):
        words = words[: replaced.start()]
    chains = [chain for start, end in every_row(words) for chain in provisions(words[start:end], outer)]
    return Part(tuple(dict.fromkeys(chains)), partial=True)


def names_part(words: str) -> bool:
    """Whether words without an act say which part is meant: they open with provisions, or with words to exchange."""
    if _WORDS.match(words):
        return find_provisions(words) is not None
    span = find_provisions(words)
    return span is not None and _PART_WORDS.fullmatch(words[: span[0]]) is not None


def _without_provisions(words: str) -> str:
    """Words with the provisions cut out, whose lists may hold the marks that else end a clause."""
    return re.sub(PROVISIONS, " ", words)
