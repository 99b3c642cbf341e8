"""The lines at which a document's header, body, closing and annexes begin.

Reads the physical lines of a :class:`~loaders.text.SourceText`. The order of the parts is that of NĐ 30/2020/NĐ-CP,
appendix I, part I, section IV (cells 1 to 5 the header, 6 the body, 7 to 9 the closing); the annexes of section III
follow the signature (36-HD/VPTW has the same order for the Party).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from loaders.cells import line_cells, line_text
from loaders.formal import (
    is_addressing,
    is_authority,
    is_capitals,
    is_copied_title,
    is_kind,
    is_name,
    is_noise,
    is_post,
    table,
)
from loaders.text import SourceText

HEADER_LINES = 60
"""A printed header, its subject and its addressees never take more lines than this."""
_SIGNATURE_LINES = 14
_LEFT_OVER = 200
"""Characters. Less text than that after a signature is what a portal left there, no annex."""
_NOTE = re.compile(r"\s*\W{0,3}(?:\[(?:\d{1,3}|[ivxlc]{1,6})\]|Ghi chú\s*:)")
NUMBERED = re.compile(
    r"(?:[IVXLC]{1,6}|[A-HĐ]|\d{1,3})\s*[.)]|(?:[IVXLC]{1,6}|[A-HĐ])\s*[-–/]\s"
    r"|(?:ĐIỀU|CHƯƠNG|PHẦN|MỤC|TIỂU MỤC)\s+(?:[IVXLC\d]|THỨ)"
)
ISSUED_WITH = re.compile(r"\W{0,4}(?:được\s+)?(?:ban\s+hành\s+)?kèm(?:\s+theo)?\b", re.IGNORECASE)
RECIPIENTS = re.compile(r"nơi\s+nhận\b", re.IGNORECASE)
_NATIONAL = re.compile(  # scanners misread the tone of HÒA
    r"CỘNG\s+H(?:[OÒÓỎÕỌ]A|O[AÀÁẢÃẠ])\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT"
)
_ABOUT = re.compile(r"V\s*/\s*v\b", re.IGNORECASE)
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
    first_recipients = _find_recipients(text, 0, last)
    head = _head(text, first_recipients if first_recipients is not None else min(last, 400)) or _below_titles(text)
    body = _body(text, head)
    closing = _closing(text, body)
    return Landmarks(head, body, closing, _annex(text, closing))


def _find_recipients(text: SourceText, first: int, last: int) -> int | None:
    """The line that begins "Nơi nhận" (NĐ 30/2020/NĐ-CP, appendix I, cell 9b), its two words perhaps on two lines."""
    for index in range(first, last):
        line = text.lines[index]
        if text.clean[line.start : line.start + 3].casefold() != "nơi":
            continue
        if RECIPIENTS.match(f"{line_text(text, index)} {line_text(text, index + 1)}"):
            return index
    return None


def _head(text: SourceText, limit: int) -> int:
    """The first line of the act itself: after a portal's summary, which is prose before the national title or ends
    in "Xem chi tiết …"."""
    prose = False
    for index in range(limit):
        content = line_text(text, index)
        if table().summary_end.match(content) and _act_follows(text, index + 1):
            return index + 1
        if _NATIONAL.search(content if len(content) > 60 else f"{content} {line_text(text, index + 1)}"):
            return _letterhead_start(text, index) if prose else 0
        prose = prose or (len(content) > 150 and not _ABOUT.match(content))
    return 0


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
    return any(_NATIONAL.search(c) or is_kind(c) or is_addressing(c) for c in contents)


def _letterhead_start(text: SourceText, national: int) -> int:
    """The first of the capital lines (superior and issuer) right above the national title."""
    index = national
    while index and is_capitals(line_text(text, index - 1)):
        index -= 1
    return index


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
    if kind is not None:
        return _after_title(text, kind)
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
    return bool(_NATIONAL.search(content) or table().number_line.match(content) or table().date_line.match(content))


def _in_prose(text: SourceText, head: int, addressing: int) -> bool:
    """Whether numbered items or a preamble stand before an addressing line: then it is no header's."""
    return any(
        NUMBERED.match(line_text(text, i)) and not table().number_line.match(line_text(text, i))
        for i in range(head, addressing)
    )


def _after_addressees(text: SourceText, index: int) -> int:
    """The line after "Kính gửi: …" and its list (cell 9a), or after "… điện:" and its list; an address in brackets
    belongs to it."""
    bracket, opened = False, index
    before = line_text(text, index)
    for at in range(index + 1, min(index + HEADER_LINES, len(text.lines))):
        content = line_text(text, at)
        if not (bracket or content.startswith("(") or len(before) < 6) and _ends_listing(text, at, before):
            return at
        opened = at if content.startswith("(") else opened
        bracket = (bracket or opened == at) and ")" not in content and at - opened < 4
        before = content
    return min(index + HEADER_LINES, len(text.lines))


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


def _closing(text: SourceText, body: int) -> int:
    """The first line of "Nơi nhận" or of the signature, whichever comes first."""
    recipients = _find_recipients(text, body, len(text.lines))
    last = len(text.lines) if recipients is None else recipients
    return next((i for i in range(body, last) if opens_signature(text, i)), last)


def opens_signature(text: SourceText, index: int) -> bool:
    """Whether a signature starts here: an authority or post line with a name below it and nothing but such lines
    between."""
    content = line_text(text, index)
    if len(content) > 90 or not (is_authority(content) or (is_capitals(content) and is_post(content))):
        return False
    return signature_name(text, index + 1, min(index + _SIGNATURE_LINES, len(text.lines))) is not None


def signature_name(text: SourceText, first: int, last: int) -> int | None:
    """The first line in ``[first, last)`` that is a person's name, with nothing but capitals and noise before it."""
    for index in range(first, last):
        content = line_text(text, index)
        if is_name(content) and not is_noise(content):
            return index
        if not (is_capitals(content) or is_noise(content) or is_name(f"{content} {line_text(text, index + 1)}")):
            return None
    return None


def _annex(text: SourceText, closing: int) -> int:
    """The first line after the signature's name and the notes below it; ``len(text.lines)`` where nothing follows."""
    last = len(text.lines)
    index = closing
    while index < last and not _authority_stands(text, index) and not opens_signature(text, index):
        if index > closing and table().annex_title.match(line_text(text, index)):
            return index
        index += 1
    name = last_name_line(text, index)
    if name is None:
        named = (i for i in range(index, last) if table().annex_title.match(line_text(text, i)))
        return next(named, _issued_below(text, closing))
    return _after_notes(text, name + 1)


def _authority_stands(text: SourceText, index: int) -> bool:
    """Whether an authority line stands here, alone or in the right column beside the recipients."""
    return is_authority(line_text(text, index)) or is_authority(line_cells(text, index)[-1].text.strip())


def _issued_below(text: SourceText, first: int) -> int:
    """The letterhead or kind line of what is issued with the act ("QUY CHẾ … (Ban hành kèm theo …)"), where no name of
    a signer tells where the annexes begin; ``len(text.lines)`` where nothing is."""
    for index in range(first, len(text.lines)):
        if not ISSUED_WITH.match(line_text(text, index)):
            continue
        kind = next((i for i in range(index - 1, max(first, index - 8), -1) if is_kind(line_text(text, i))), None)
        if kind is None:
            continue
        head = next(
            (i for i in range(kind - 1, max(first, kind - 5), -1) if _NATIONAL.search(line_text(text, i))), kind
        )
        return _letterhead_start(text, head)
    return len(text.lines)


def last_name_line(text: SourceText, authority: int) -> int | None:
    """The last line of the name below an authority line."""
    for index in range(authority + 1, min(authority + _SIGNATURE_LINES, len(text.lines))):
        content = line_text(text, index)
        if table().annex_title.match(content):
            return None
        if is_name(content) or is_name(line_cells(text, index)[-1].text.strip()):
            return index
        if is_name(f"{content} {line_text(text, index + 1)}") and not is_capitals(content):
            return index + 1
    return None


def _after_notes(text: SourceText, first: int) -> int:
    """Skips recipients in a second column, signing noise and footnotes that stand below the signature."""
    noted = False
    for index in range(first, len(text.lines)):
        content, line = line_text(text, index), text.lines[index]
        if table().annex_title.match(content):
            return index
        noted = noted or bool(_NOTE.match(text.raw[line.raw_start : line.raw_start + 14]))
        role = text.paragraphs[text.paragraph_at(line.start)].role
        beside = bool(_BULLET.match(content) or RECIPIENTS.match(content)) and index - first < HEADER_LINES
        if not (noted or role == "footnote" or is_noise(content) or beside):
            titled = is_capitals(content) or len(text.clean) - line.start > _LEFT_OVER
            return index if titled else len(text.lines)
    return len(text.lines)
