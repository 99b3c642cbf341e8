"""Where one physical line holds several printed ones: converters write the lines of a cell side by side.

How such files are written: "| UBND TỈNH X<br>SỞ Y TẾ | …", or with blanks alone "| BỘ Y TẾ ------- | CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- |" and "| Nơi nhận: - Như trên; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Mẫu |" (the cells of NĐ 30/2020/NĐ-CP, appendix I, part I, section IV).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from loaders.formal import compiled, is_authority, is_capitals, is_name, is_post, phrases
from loaders.words import either

_COMBINING = re.compile("[\u0300-\u036f]")
_LETTER = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]*", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"(?<=\S)\s+(?=[-–—_=]{4,}(?:\s|$))|(?<=[-–—_=]{4})\s+(?=\S)")
_MOTTO = re.compile(r"(?<=VIỆT NAM)[\s*_]+(?=ĐỘC LẬP\b)", re.IGNORECASE)
_SUPERIOR = compiled(  # "UBND TỈNH X SỞ Y TẾ": the superior body, then the issuer (cell 2)
    r"[\s*_]*(?:UBND|[ỦU][YỶ] BAN NHÂN DÂN|BỘ|SỞ) [A-ZÀ-ỸĐ ,-]{2,60}?(?P<gap>[\s*_]+)"
    r"(?=(?:SỞ|TỔNG CỤC|CỤC|CHI CỤC|VỤ|VĂN PHÒNG|THANH TRA|TRUNG TÂM|BAN QUẢN LÝ|BAN DÂN TỘC) [A-ZÀ-ỸĐ])"
)
_RECIPIENTS = re.compile(r"[\s*_]*(?:nơi\s+nhận|kính\s+gửi)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?<=[:;.,)])[\s*_]+(?=[-–+•]\s*\S)")
_RECIPIENT = re.compile(r"[\s*_]*(?:nơi\s+nhận\s*:|[-–+•]\s)", re.IGNORECASE)
_LAST_ITEM = re.compile(r"[\s*_]*[-–+•]\s*lưu\b", re.IGNORECASE)
_ITEM_ENDS = re.compile(r"(?<=[:;.,])[\s*_]+(?=[A-ZĐÀ-Ỹ(])")
_SIGNED_MARK = re.compile(r"\([Đđ]ã ký\)")
_MARK = r"(?:KT|K/T|TL|T/L|TUQ|Q)"
"""How a signature says that another signs (cell 7a)."""
_DELEGATION = compiled(rf"(?<=[A-ZÀ-ỸĐ])[\s*_]+(?={_MARK}\s*[./]\s*[A-ZÀ-ỸĐ])")
_SIGNED = compiled(
    r"(?<=[A-ZÀ-ỸĐ])(?P<gap>[\s*_]+)(?P<mark>(?:\([Đđ]ã ký\)[\s*_]*)?)(?=[A-ZÀ-ỸĐ][a-zà-ỹđ]+[\s*_A-Za-zÀ-ỸĐà-ỹđ.-]*$)"
)
_HELD_BY = re.compile(rf"(?:{_MARK}|TM|T/M)\s*[./]?$|[-,]$|(?:PHÓ|QUYỀN|VÀ)$")
_LONGEST_CELL = 300
"""Characters of a cell that holds no more than a letterhead or a signature."""
_LONGEST_LIST = 4000
"""Characters of a list of recipients."""


def printed_lines(text: str) -> Iterator[tuple[int, str]]:
    """The printed lines of a physical line or a cell of it, with their places in it; itself where it has no joint."""
    composed, places = _composed(text)
    start = 0
    for begin, end in sorted(_breaks(composed)):
        if places[begin] >= start:
            yield start, text[start : places[begin]]
            start = places[end]
    yield start, text[start:]


def _composed(text: str) -> tuple[str, Sequence[int]]:
    """The text with its combining marks joined to their letters, and the place in ``text`` of every character of it."""
    if not _COMBINING.search(text):
        return text, range(len(text) + 1)
    found = [(unicodedata.normalize("NFC", m.group()), m.start()) for m in _LETTER.finditer(text)]
    places = [place for letter, place in found for _ in letter]
    return "".join(letter for letter, _ in found), [*places, len(text)]


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _BREAK.finditer(text))
    if _RECIPIENTS.match(text) and len(text) <= _LONGEST_LIST:
        yield from (match.span() for match in _LISTED.finditer(text))
    if len(text) > _LONGEST_CELL:
        return
    if _RECIPIENT.match(text):
        yield from _signature_beside(text)
    for shape in (_RULE, _MOTTO):
        yield from (match.span() for match in shape.finditer(text))
    if superior := _SUPERIOR.match(text):
        yield superior.span("gap")
    if _opens().match(text):
        yield from _signature_breaks(text)


def _signature_beside(text: str) -> Iterator[tuple[int, int]]:
    """Before what of a signature stands on the line of a recipient: two columns read as one ("Nơi nhận: TL. CHỦ TỊCH",
    "- Lưu: VT. Trần Văn Mẫu")."""
    for match in _ITEM_ENDS.finditer(text):
        rest = text[match.end() :].strip(" *_")
        name = _LAST_ITEM.match(text) and is_name(rest)
        if (
            name
            or _SIGNED_MARK.fullmatch(rest)
            or (" " in rest and is_capitals(rest) and (is_authority(rest) or is_post(rest)))
        ):
            yield match.span()
            return


def _signature_breaks(text: str) -> Iterator[tuple[int, int]]:
    """Before a delegation, a post in capitals and the name in a signature whose lines stand side by side."""
    signed = _SIGNED.search(text)
    if signed is None or not is_name(text[signed.end("mark") :].strip(" *_")):
        return
    yield signed.span("gap")
    if signed["mark"]:
        yield signed.end("mark"), signed.end("mark")
    yield from (match.span() for match in _DELEGATION.finditer(text, 0, signed.start()))
    for match in _posts().finditer(text, 0, signed.start()):
        if not _HELD_BY.search(text[: match.start()].rstrip(" *_")):
            yield match.span("gap")


@cache
def _opens() -> re.Pattern[str]:
    """The first words of a signature: its authority, or a post in capitals."""
    posts = either(post.upper() for post in phrases()["posts"])
    return compiled(rf"[\s*_]*(?:(?:TM|T/M|{_MARK})\s*[./]?\s*[A-ZÀ-ỸĐ]{{2}}|{posts}\b)")


@cache
def _posts() -> re.Pattern[str]:
    """A post in capitals and the blanks before it."""
    return re.compile(rf"(?<=[\w.])(?P<gap>[\s*_]+){either(post.upper() for post in phrases()['posts'])}\b")
