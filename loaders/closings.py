"""The lines at which a document's closing and its annexes begin.

Reads the physical lines of a :class:`~loaders.text.SourceText` behind the body: "Nơi nhận" and the signature, in either
order, then the annexes (NĐ 30/2020/NĐ-CP, appendix I, part I, section III and cells 7 to 9 of section IV).
"""

from __future__ import annotations

import re

from loaders.cells import line_cells, line_text
from loaders.formal import is_authority, is_capitals, is_kind, is_name, is_noise, is_post, table
from loaders.text import SourceText

HEADER_LINES = 60
"""A printed header, its subject and its addressees never take more lines than this."""
_SIGNATURE_LINES = 14
_LONGEST_KIND = 40
"""Characters of a line that prints a kind and nothing else."""
_LEFT_OVER = 200
"""Characters. Less text than that after a signature is what a portal left there, no annex."""
_NOTE = re.compile(r"\s*\W{0,3}(?:\[(?:\d{1,3}|[ivxlc]{1,6})\]|Ghi chú\s*:)")
ISSUED_WITH = re.compile(r"\W{0,4}(?:được\s+)?(?:ban\s+hành\s+)?kèm(?:\s+theo)?\b", re.IGNORECASE)
RECIPIENTS = re.compile(r"nơi\s+nhận\b", re.IGNORECASE)
NATIONAL = re.compile(  # scanners misread the tone of HÒA
    r"CỘNG\s+H(?:[OÒÓỎÕỌ]A|O[AÀÁẢÃẠ])\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT"
)
_BULLET = re.compile(r"[-–—+*•]\s*")


def find_recipients(text: SourceText, first: int, last: int) -> int | None:
    """The line that begins "Nơi nhận" (NĐ 30/2020/NĐ-CP, appendix I, cell 9b), its two words perhaps on two lines."""
    for index in range(first, last):
        line = text.lines[index]
        if text.clean[line.start : line.start + 3].casefold() != "nơi":
            continue
        if RECIPIENTS.match(f"{line_text(text, index)} {line_text(text, index + 1)}"):
            return index
    return None


def letterhead_start(text: SourceText, national: int) -> int:
    """The first of the capital lines (superior and issuer) right above the national title."""
    index = national
    while index and is_capitals(line_text(text, index - 1)):
        index -= 1
    return index


def find_closing(text: SourceText, body: int) -> int:
    """The first line of "Nơi nhận" or of the signature, whichever comes first."""
    recipients = find_recipients(text, body, len(text.lines))
    last = len(text.lines) if recipients is None else recipients
    while recipients and last > body and _in_authority(line_text(text, last - 1)):
        last -= 1  # of two columns read line by line the right one, the signature, may begin first
    return next((i for i in range(body, last) if opens_signature(text, i)), _lone_name(text, body, last))


def _lone_name(text: SourceText, body: int, last: int) -> int:
    """The signer's name where a file ends with it, without post or recipients ("Trần Văn Mẫu (Đã ký)"), or ``last``.

    It stands apart below a whole sentence: no cell of a table's last row does.
    """
    if last < len(text.lines) or last <= body:
        return last
    index = last - 1
    while index > body and is_noise(line_text(text, index)):
        index -= 1
    apart = index > body and (text.lines[index].gap or text.lines[index].row)
    ended = apart and line_text(text, index - 1).endswith((".", "/"))
    return index if ended and is_name(line_text(text, index)) else last


def _in_authority(content: str) -> bool:
    return is_authority(content) or (is_capitals(content) and is_post(content))


def opens_signature(text: SourceText, index: int) -> bool:
    """Whether a signature starts here: an authority or post line with a name below it and nothing but such lines
    between."""
    content = line_text(text, index)
    if len(content) > 90 or not _in_authority(content):
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


def find_annex(text: SourceText, closing: int) -> int:
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
    """The letterhead or kind line of what is issued with the act ("QUY CHẾ … (Ban hành kèm theo …)", "KẾ HOẠCH" above
    more capitals), where no name of a signer tells where the annexes begin; ``len(text.lines)`` where nothing is."""
    for index in range(first + 1, len(text.lines)):
        if _is_title(text, index):
            return letterhead_start(text, index)
        if not ISSUED_WITH.match(line_text(text, index)):
            continue
        kind = next((i for i in range(index - 1, max(first, index - 8), -1) if is_kind(line_text(text, i))), None)
        if kind is None:
            continue
        head = next((i for i in range(kind - 1, max(first, kind - 5), -1) if NATIONAL.search(line_text(text, i))), kind)
        return letterhead_start(text, head)
    return len(text.lines)


def _is_title(text: SourceText, index: int) -> bool:
    """Whether a kind stands alone in capitals with a line of capitals below it."""
    content, below = line_text(text, index), line_text(text, index + 1)
    alone = content.isupper() and is_kind(content) and len(content) < _LONGEST_KIND
    return alone and below[:24].isupper() and " " in below


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
    noted = beside = False
    for index in range(first, len(text.lines)):
        content, line = line_text(text, index), text.lines[index]
        if table().annex_title.match(content):
            return index
        noted = noted or bool(_NOTE.match(text.raw[line.raw_start : line.raw_start + 14]))
        role = text.paragraphs[text.paragraph_at(line.start)].role
        listed = bool(_BULLET.match(content) or RECIPIENTS.match(content)) and index - first < HEADER_LINES
        beside = listed or (beside and line.row > 0)  # a recipient's next line in its cell
        if not (noted or role == "footnote" or is_noise(content) or beside):
            titled = is_capitals(content) or len(text.clean) - line.start > _LEFT_OVER
            return index if titled else len(text.lines)
    return len(text.lines)
