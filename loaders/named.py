"""Party and State acts named without a number: by congress, plenum or session, or by issuer and title.

Reads clean text; gives mentions in order. What identifies the act belongs to the surface: the congress and its ordinal
("Nghị quyết Đại hội XIII của Đảng"), the plenum and the term ("Nghị quyết Trung ương 6 (khóa XI)"), the session ("Nghị
quyết của Quốc hội, kỳ họp thứ 5, khóa XV"), or, where nothing else does, issuer and title. "Các nghị quyết của Chính
phủ" names no act, nor do drafts, acts still to be made, and acts that the text calls by their kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.dates import DATE_PATTERN
from loaders.details import issuer_end, subject_end
from loaders.mentions import Mention
from loaders.wordlists import in_any_case, words
from loaders.words import either

_KIND = re.compile(
    r"(?<!\w)(?P<kind>[Nn]ghị [Qq]uyết|NGHỊ QUYẾT|[Kk]ết luận|KẾT LUẬN|[Cc]hỉ thị|CHỈ THỊ|Quy định|Nghị định|Quyết định"
    r"|Thông tư|Điều lệ(?= Đảng)|Cương lĩnh|Quy chế(?= làm việc))(?=[\s,])"
)
_ORDINAL = (
    r"(?:[IVXLC]{1,6}|\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín"
    r"|mười(?:\s(?:một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?)(?!\w)"
)
_PLACE = r"(?:\s(?!Lần|Khóa|Nhiệm)[A-ZĐÂĂÊÔƠƯÁẮẤÍÓÝ]\w*){0,5}"
_LEVEL = r"(?:tỉnh|thành phố|huyện|thị xã|xã|phường|khối|cơ quan|quân đội|công an)(?!\w)"
_CHAPTER = rf"[Đđ]ảng bộ\s(?:{_LEVEL})?{_PLACE}"
_PARTY_BODY = rf"(?:{_CHAPTER}|Đảng Cộng sản Việt Nam|Đảng(?!\s(?:bộ|ủy)))"
_TERM = r"(?:,?\s{1,2}\(?[Kk]h(?:óa|oá)\s[IVXLC]{1,6}(?:,\s[IVXLC]{1,6}){0,4}\)?)"
_YEARS = r"(?:,?\s{1,2}\(?nhiệm kỳ\s\d{4}\s?[-–]\s?\d{4}\)?)"
_CONGRESS = re.compile(
    rf"\s{{1,2}}(?:của\s)?[Đđ]ại hội(?:\s[Đđ]ại biểu)?(?:\stoàn quốc)?(?P<a>\s(?:lần\s)?(?:thứ\s)?{_ORDINAL})?"
    rf"(?:\s(?:của\s)?{_PARTY_BODY})?(?:\stoàn quốc)?(?P<b>,?\s(?:lần\s)?(?:thứ\s)?{_ORDINAL})?"
    rf"(?:\s(?:của\s)?{_PARTY_BODY})?(?P<c>{_TERM})?(?P<d>{_YEARS})?"
)
_COMMITTEE = rf"(?:Ban Chấp hành|BCH)\s(?:Trung ương(?:\sĐảng)?|{_PARTY_BODY})"
_LOCAL = rf"(?:Tỉnh|Thành|Huyện|Đảng)\s(?:ủy|uỷ){_PLACE}"
_PLENUM = re.compile(
    rf"\s{{1,2}}(?:của\s)?(?:Hội nghị\s)?(?P<a>(?:lần\s)?thứ\s{_ORDINAL}\s(?:của\s)?,?\s?)?"
    rf"(?:{_COMMITTEE}|Trung ương(?:\sĐảng)?|TW|{_LOCAL})(?P<b>,?\s(?:lần\s)?(?:thứ\s)?{_ORDINAL})?{_TERM}?"
)
_SITTING = rf"(?:tại\s)?[Kk]ỳ họp\s(?:thứ\s)?{_ORDINAL}"
_LEGISLATURE = r"(?:,?\s{1,2}\(?(?:Quốc hội\s)?[Kk]h(?:óa|oá)\s[IVXLC]{1,6}\)?)"
_ASSEMBLY = rf"(?:Quốc hội|Hội đồng nhân dân|HĐND)(?:\s(?:tỉnh|thành phố|huyện|thị xã)(?!\w){_PLACE})?"
_SESSION = re.compile(
    rf"\s{{1,2}}(?:của\s)?(?P<a>{_SITTING},?\s(?:của\s)?)?{_ASSEMBLY}{_LEGISLATURE}?(?P<b>,?\s{_SITTING})?{_LEGISLATURE}?"
)
_BY_ISSUER = re.compile(
    rf"\s{{1,2}}(?P<date>{DATE_PATTERN}\s{{1,2}})?(?:của\s{{1,2}})?(?={either(words('naming_issuers'))}(?!\w))"
)
_TITLE = re.compile(
    r"(?:,?\s{1,2}\(?[Kk]h(?:óa|oá)\s[IVXLC]{1,6}\)?)?\s{1,2}[“\"]?"
    r"(?=(?:về|Về|quy định|ban hành|sửa đổi|hướng dẫn|phê duyệt|lãnh đạo)(?!\w))"
)
_CHARTER = re.compile(r"\sĐảng(?:\sCộng sản Việt Nam)?(?!\s(?:viên|bộ|ủy|uỷ))")
_PLATFORM = re.compile(
    r"(?:\schính trị)?\s(?:năm \d{4}|xây dựng đất nước trong thời kỳ quá độ lên (?:chủ nghĩa xã hội|CNXH)"
    r"(?:\s\(bổ sung, phát triển năm \d{4}\))?)"
)
_RULED_BODY = (
    r"(?:Ban Chấp hành|Ban Thường vụ|Thường trực|Bộ Chính trị|Ban Bí thư|Đảng bộ|(?:Tỉnh|Thành|Huyện|Đảng) (?:ủy|uỷ))"
)
_WORKING_RULES = re.compile(
    rf" làm việc (?:của )?{_RULED_BODY}[^,;.()\n]{{0,60}}?(?:(?:, | và ){_RULED_BODY}[^,;.()\n]{{0,60}}?){{0,4}}"
    rf"(?:{_TERM}|{_YEARS}| khoa [IVXLC]{{1,6}})?(?=[,;.()\n]|$| và )"
)
_PLURAL = re.compile(r"(?<!\w)(?:[Cc]ác|CÁC|[Nn]hững|mọi|nhiều|một số|\d{1,3}|hai|ba|bốn|năm)\s+$")
_NOT_MADE = re.compile(rf"(?<!\w){either(in_any_case(words('still_to_be_made')))}\s+$")
_LIST_END = re.compile(r"[.;:]")


def find_named(text: str, start: int, end: int) -> Iterator[Mention]:
    """The acts named by congress, plenum, session, or issuer and title in ``text[start:end]``."""
    drafts_to = start
    for opener in _KIND.finditer(text, start, end):
        if _NOT_MADE.search(text, max(start, opener.start() - 24), opener.start()):
            stop = _LIST_END.search(text, opener.end(), end)  # a list of drafts goes on to its end
            drafts_to = stop.start() if stop else end
        several = bool(_PLURAL.search(text, max(start, opener.start() - 12), opener.start()))
        found = _act(text, opener, end, several or opener.start() < drafts_to)
        if found is not None:
            yield found


def _act(text: str, opener: re.Match[str], end: int, generic: bool) -> Mention | None:
    """The act at ``opener``. ``generic``: several or draft ones, where only congress or plenum name an act."""
    kind = _name(opener["kind"])
    fixed = {"Điều lệ Đảng": _CHARTER, "Cương lĩnh": _PLATFORM, "Quy chế": _WORKING_RULES}.get(kind)
    if fixed:
        found = fixed.match(text, opener.end(), end)
        stop = found.end() if found else None
    else:
        stop = _by_meeting(text, opener.end(), end, kind, generic)
        if stop is None and not generic:
            stop = _by_issuer(text, opener, end)
    return None if stop is None else Mention(opener.start(), stop, "named", kind)


def _by_meeting(text: str, at: int, end: int, kind: str, generic: bool) -> int | None:
    if kind not in ("Nghị quyết", "Kết luận"):
        return None
    congress = _CONGRESS.match(text, at, end)
    if congress and any(congress[group] for group in "abcd"):
        return congress.end()
    plenum = _PLENUM.match(text, at, end)
    if plenum and (plenum["a"] or plenum["b"]):
        return plenum.end()
    session = None if generic else _SESSION.match(text, at, end)
    return session.end() if session and (session["a"] or session["b"]) else None


def _by_issuer(text: str, opener: re.Match[str], end: int) -> int | None:
    """An act identified by one issuer and its title, or by issuer and date."""
    issuer = _BY_ISSUER.match(text, opener.end(), end) if opener["kind"][0].isupper() else None
    if issuer is None:
        return None
    stop = issuer_end(text, issuer.end(), min(end, issuer.end() + 160))
    title = _TITLE.match(text, stop, end)
    if title is None:
        return stop if issuer["date"] else None
    last = subject_end(text, title.end(), end)
    while text[last - 1] in " ,":
        last -= 1
    return last


def _name(printed: str) -> str:
    return "Điều lệ Đảng" if printed == "Điều lệ" else printed.capitalize()
