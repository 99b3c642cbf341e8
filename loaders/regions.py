"""The parts of a document over its paragraphs: summary, header, body, closing, annexes.

Reads a :class:`~loaders.text.SourceText`; gives :class:`Region` rows that together cover every paragraph once, in
order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal, NamedTuple

from loaders.cells import line_text
from loaders.closings import HEADER_LINES, ISSUED_WITH, RECIPIENTS, last_name_line, opens_signature
from loaders.formal import compiled, is_capitals, table
from loaders.landmarks import NUMBERED, Landmarks, landmarks
from loaders.text import SourceText
from ontology.kinds import kind_at

__all__ = ["TITLE_LINES", "Landmarks", "Region", "Role", "issued_kind", "landmarks", "regions"]

Role = Literal["summary", "header", "body", "closing", "annex"]

_TITLE_ISSUED_WITH = compiled(r"[A-ZÀ-ỸĐ][^a-zà-ỹđ(]{4,400}\((?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\b")
_ISSUED_WITH_BEHIND = re.compile(r"\((?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\b")
TITLE_LINES = 6
"""Paragraphs that the title of an annex has at most."""
_COLUMN = re.compile(r"S?TT\b")


class Region(NamedTuple):
    """Paragraphs ``[first, last)`` and their part: ``"summary"`` is a portal's own text before the act,
    ``"header"`` also the title lines of an annex ("PHỤ LỤC I … (Kèm theo …)"), ``"closing"`` "Nơi nhận" and
    signature with the notes below them."""

    role: Role
    first: int
    last: int


def regions(text: SourceText) -> list[Region]:
    """The parts of the document over its paragraphs, in order, without gaps; an empty text has none."""
    marks = landmarks(text)
    bounds = [_paragraph(text, index) for index in marks]
    edges = [0, *bounds, len(text.paragraphs)]
    roles: tuple[Role, ...] = ("summary", "header", "body", "closing", "annex")
    found = [Region(role, a, b) for role, a, b in zip(roles, edges, edges[1:], strict=False) if a < b]
    if found and found[-1].role == "annex":
        found[-1:] = _annex_regions(text, found[-1])
    return found


def issued_kind(text: SourceText, region: Region) -> str | None:
    """The kind that an annex's title names ("KẾ HOẠCH Phòng cháy … (Ban hành kèm theo …)"); ``None`` without one."""
    issued: str | None = None
    for index in range(max(region.first - TITLE_LINES, 0), min(region.first + TITLE_LINES, region.last)):
        content = _paragraph_text(text, index, 600)
        kind = kind_at(content)
        if kind and is_capitals(content[: len(kind.name)]):
            issued = kind.name
        if issued and (ISSUED_WITH.match(content) or _ISSUED_WITH_BEHIND.search(content)):
            return issued
    return None


def _paragraph(text: SourceText, line: int) -> int:
    """The first paragraph of the part that starts with a line; one that straddles the border goes where more of it
    stands."""
    if line >= len(text.lines):
        return len(text.paragraphs)
    start = text.lines[line].start
    index = text.paragraph_at(start)
    paragraph = text.paragraphs[index]
    return index if paragraph.end - start >= start - paragraph.start else index + 1


def _paragraph_text(text: SourceText, index: int, longest: int) -> str:
    """The first ``longest`` characters of a paragraph."""
    paragraph = text.paragraphs[index]
    return text.clean[paragraph.start : min(paragraph.end, paragraph.start + longest)]


def _annex_regions(text: SourceText, whole: Region) -> list[Region]:
    """An annex and its title lines, for every "PHỤ LỤC …" that starts one."""
    found: list[Region] = []
    index = whole.first
    while index < whole.last:
        title = _annex_head(text, index, whole.last)
        if title > index:
            found.append(Region("header", index, title))
        body = max(title, index + 1)
        while body < whole.last and not _is_annex_opener(text, body):
            body += 1
        if title < body:
            found.append(Region("annex", title, body))
        index = body
    return _with_own_closing(text, found)


def _with_own_closing(text: SourceText, found: list[Region]) -> list[Region]:
    """The last annex without the signature that ends it ("CHƯƠNG TRÌNH …" issued with a decision and signed again)."""
    role, first, last = found[-1]
    end = len(text.lines)
    for line in range(max(_first_line(text, first), end - 2 * HEADER_LINES), end) if role == "annex" else ():
        if RECIPIENTS.match(line_text(text, line)) or opens_signature(text, line):
            paragraph, name = _paragraph(text, line), last_name_line(text, _authority(text, line))
            if name is not None and end - name <= 3 and first < paragraph < last:
                return [*found[:-1], Region("annex", first, paragraph), Region("closing", paragraph, last)]
            break
    return found


def _authority(text: SourceText, first: int) -> int:
    """The first line from ``first`` on that opens a signature."""
    return next((i for i in range(first, len(text.lines)) if opens_signature(text, i)), len(text.lines))


def _first_line(text: SourceText, paragraph: int) -> int:
    """The index of the paragraph's first line."""
    start = text.paragraphs[paragraph].start
    return bisect_left(text.lines, start, key=lambda line: line.start)


def _is_annex_opener(text: SourceText, index: int) -> bool:
    content = _paragraph_text(text, index, 200)
    return text.paragraphs[index].role != "cell" and bool(table().annex_title.match(content))


def _annex_head(text: SourceText, first: int, last: int) -> int:
    """The paragraph after an annex's title: "PHỤ LỤC …", capitals, "(Kèm theo …)" up to its closing bracket."""
    index, is_open = first, False
    while index < min(last, first + 12):
        content = _paragraph_text(text, index, 600)
        cell = text.paragraphs[index].role == "cell"
        capitals = is_capitals(content) and not (cell and index > first and len(content) < 40)
        named = bool(table().annex_title.match(content)) and (index == first or len(content) < 60)
        issued = bool(ISSUED_WITH.match(content) or _TITLE_ISSUED_WITH.match(content))
        issued = issued or (index > first and content.endswith(")") and bool(_ISSUED_WITH_BEHIND.search(content)))
        if not (named or issued or is_open or (capitals and not NUMBERED.match(content))) or _COLUMN.match(content):
            break
        is_open = content.count("(") > content.count(")") or (is_open and ")" not in content)
        index += 1
    return index
