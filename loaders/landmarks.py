"""The lines at which a document's header, body, closing and annexes begin.

Reads the physical lines of a :class:`~loaders.text.SourceText`. The order of the parts is that of NĐ 30/2020/NĐ-CP,
appendix I, part I, section IV (cells 1 to 5 the header, 6 the body, 7 to 9 the closing); the annexes of section III
follow the signature (36-HD/VPTW has the same order for the Party).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from loaders.cells import line_text
from loaders.closings import (
    HEADER_LINES,
    ISSUED_WITH,
    NATIONAL,
    find_annex,
    find_closing,
    find_recipients,
    letterhead_start,
)
from loaders.formal import is_addressing, is_body_head, is_capitals, is_copied_title, is_kind, is_noise, table
from loaders.text import SourceText

NUMBERED = re.compile(
    r"(?:[IVXLC]{1,6}|[A-HĐ]|\d{1,3})\s*[.)]|(?:[IVXLC]{1,6}|[A-HĐ])\s*[-–/]\s"
    r"|(?:ĐIỀU|CHƯƠNG|PHẦN|MỤC|TIỂU MỤC)\s+(?:[IVXLC\d]|THỨ)"
)
_ABOUT = re.compile(r"V\s*/\s*v\b", re.IGNORECASE)
_CAPTION = 12
"""Characters. No shorter line tells what an act is about."""
_LONGEST_TITLE = 1500
"""Characters of kind and subject on one line."""
_COLUMNS = re.compile(r"\S\s{5,}\S")
_BULLET = re.compile(r"[-–—+*•]\s*")


class Landmarks(NamedTuple):
    """Line indexes into ``text.lines``: ``[head, body)`` is the header, ``[body, closing)`` the body, ``[closing,
    annex)`` the closing, the rest annexes; what stands before ``head`` is a portal's summary."""

    head: int
    body: int
    closing: int
    annex: int


@lru_cache(maxsize=1)  # every stage asks for the same text
def landmarks(text: SourceText) -> Landmarks:
    """The document's parts by line. ``head <= body <= closing <= annex <= len(text.lines)`` always holds."""
    last = len(text.lines)
    first_recipients = find_recipients(text, 0, last)
    head = _head(text, first_recipients if first_recipients is not None else min(last, 400)) or _below_titles(text)
    body = _body(text, head)
    closing = find_closing(text, body)
    return Landmarks(head, body, closing, find_annex(text, closing))


def _head(text: SourceText, limit: int) -> int:
    """The first line of the act itself: after a portal's summary, which is prose before the national title or ends
    in "Xem chi tiết …"."""
    prose = False
    for index in range(limit):
        content = line_text(text, index)
        if table().summary_end.match(content) and _act_follows(text, index + 1):
            return index + 1
        if NATIONAL.search(content if len(content) > 60 else f"{content} {line_text(text, index + 1)}"):
            start = letterhead_start(text, index)
            return start if prose or _captioned(text, start) else 0
        prose = prose or (len(content) > 150 and not _ABOUT.match(content))
    return 0


def _captioned(text: SourceText, start: int) -> bool:
    """Whether a copyist's caption ("Nguồn: https://…", "# Về việc …") stands above the letterhead, and nothing of it:
    no name of a body, no number, no date."""
    above = [line_text(text, index) for index in range(start)]
    line = table()
    own = any(is_body_head(c) or line.number_line.match(c) or line.date_line.match(c) for c in above)
    return not own and any(len(c) > _CAPTION and not is_capitals(c) for c in above)


def _below_titles(text: SourceText) -> int:
    """The line after the titles that a copyist set above the act ("Kết luận số 12-KL/TW ngày …"): they are no header's,
    which prints kind and number apart."""
    index = 0
    while index < len(text.lines) - 1 and is_copied_title(line_text(text, index)):
        index += 1
    return index


def _act_follows(text: SourceText, first: int) -> bool:
    """Whether a header starts within the next lines: national title, kind or addressing."""
    contents = [line_text(text, index) for index in range(first, first + 12)]
    return any(NATIONAL.search(c) or is_kind(c) or is_addressing(c) for c in contents)


def _body(text: SourceText, head: int) -> int:
    """The first line after number, date, title and "Kính gửi"."""
    limit = min(head + HEADER_LINES, len(text.lines))
    kind = addressing = furniture = None
    for index in range(head, limit):
        content = line_text(text, index)
        if addresses(text, index):
            addressing = index
            break
        if kind is None and furniture is None and _is_prose(content):
            break
        if is_kind(content) and kind is None:
            kind = index
        elif _is_furniture(content):
            furniture = index
        elif kind is not None and len(content) > 20 and content.endswith((";", ".", ":")) and not is_capitals(content):
            if index - kind > 12:
                break
        elif kind is None and NUMBERED.match(content):
            break
    if addressing is not None and not _in_prose(text, head, addressing):
        return _after_addressees(text, addressing)
    if kind is not None:  # a line that long holds the act itself: its line breaks are lost
        return kind if len(line_text(text, kind)) > _LONGEST_TITLE else _after_title(text, kind)
    return furniture + 1 if furniture is not None else head


def addresses(text: SourceText, index: int) -> bool:
    """Whether "Kính gửi" stands here, its two words perhaps on two lines."""
    content = line_text(text, index)
    return is_addressing(content if len(content) > 6 else f"{content} {line_text(text, index + 1)}")


def _is_prose(content: str) -> bool:
    """Whether a line is a body's: it opens a preamble or is too long for a header's narrow cell."""
    if is_capitals(content) or is_noise(content) or _ABOUT.match(content):
        return False
    narrow = len(content) <= 65 or bool(_COLUMNS.search(content))  # two cells of the header on one line
    return not narrow or bool(table().preamble.match(content))


def _is_furniture(content: str) -> bool:
    return bool(NATIONAL.search(content) or table().number_line.match(content) or table().date_line.match(content))


def _in_prose(text: SourceText, head: int, addressing: int) -> bool:
    """Whether numbered items or a preamble stand before an addressing line: then it is no header's."""
    return any(
        NUMBERED.match(line_text(text, i)) and not table().number_line.match(line_text(text, i))
        for i in range(head, addressing)
    )


def _after_addressees(text: SourceText, index: int) -> int:
    """The line after "Kính gửi: …" and its list (cell 9a), or after "… điện:" and its list; an address in brackets
    belongs to it."""
    bracket, bullets, opened = False, False, index
    before = line_text(text, index)
    for at in range(index + 1, min(index + HEADER_LINES, len(text.lines))):
        content = line_text(text, at)
        begun = len(before) < 6 and not before.endswith(".")  # "Kính", "gửi:"
        going_on = bullets and not before.endswith((";", ".", ":")) and _item_follows(text, at)
        if not (bracket or content.startswith("(") or begun or going_on) and _ends_listing(text, at, before):
            return at
        bullets = bullets or bool(_BULLET.match(content))
        opened = at if content.startswith("(") else opened
        bracket = (bracket or opened == at) and ")" not in content and at - opened < 4
        before = content
    return min(index + HEADER_LINES, len(text.lines))


def _item_follows(text: SourceText, at: int) -> bool:
    """Whether this line or one of the next two ends an item of a list, and the next item stands below it."""
    contents = [line_text(text, line) for line in range(at, min(at + 4, len(text.lines)))]
    item = next((i for i, content in enumerate(contents) if _BULLET.match(content)), 0)
    return item > 0 and contents[item - 1].endswith((";", ",", "."))


def _ends_listing(text: SourceText, at: int, before: str) -> bool:
    """Whether the addressees end before this line, given the line before."""
    content = line_text(text, at)
    if _BULLET.match(content) or before.endswith((":", ",")):
        return len(content) > 400
    if before.endswith((".", ")")):
        return True
    if before.endswith(";"):
        return len(content) > 160
    # A name that the line break cut off goes on in small letters or ends soon; one in a list ends with ";".
    goes_on = (
        content[:1].islower()
        or content.endswith(";")
        or len(content) < 30
        or (len(content) < 50 and content.endswith("."))
    )
    return not goes_on or bool(table().preamble.match(content))


def _after_title(text: SourceText, kind: int) -> int:
    """The line after the subject and the authority line below it (cell 5a; "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …")."""
    index, taken = kind + 1, False
    while index < len(text.lines) and index < kind + HEADER_LINES:
        content = line_text(text, index)
        if addresses(text, index):
            return _after_addressees(text, index)
        if table().enacting.match(content) or NUMBERED.match(content):
            break
        if is_capitals(content) or ISSUED_WITH.match(content) or content.startswith("("):
            taken = taken or is_capitals(content)
        elif taken and not any(c.isalpha() for c in content):
            pass  # "NĂM HỌC / 2025-2026"
        elif taken and _is_bold(text, index) and _is_bold(text, index - 1) and not text.lines[index].gap:
            pass  # the title's next line
        elif _goes_on(text, index, taken):
            index = _title_end(text, index)
            taken = True
            continue
        else:
            break
        index += 1
    return index


def _is_bold(text: SourceText, index: int) -> bool:
    """Whether a line is printed in bold as a whole, by the copyist's marks."""
    line = text.lines[index]
    before, behind = (
        text.raw[max(0, line.raw_start - 2) : line.raw_start + 2],
        text.raw[line.raw_end - 2 : line.raw_end + 2],
    )
    return "**" in before and "**" in behind


def _goes_on(text: SourceText, index: int, taken: bool) -> bool:
    """Whether a line in small letters after the kind belongs to the subject."""
    content = line_text(text, index)
    if content[:1].islower() or content.casefold().startswith(("về việc", "v/v", "về ")):
        return True
    whole = text.clean[text.lines[index].start : text.lines[_title_end(text, index) - 1].end]
    plain = len(whole) < 500 and not whole.endswith((".", ";", ":", ","))
    return not taken and plain


def _title_end(text: SourceText, index: int) -> int:
    """The line after the subject's paragraph, or its first line that opens the preamble."""
    paragraph = text.paragraphs[text.paragraph_at(text.lines[index].start)]
    after = index + 1
    while after < len(text.lines) and text.lines[after].start < paragraph.end:
        opens = table().preamble.match(line_text(text, after))
        if opens and (text.lines[after].gap or text.clean[paragraph.end - 1] in ".;:"):
            break
        after += 1
    return after
