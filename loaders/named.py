"""Party and State acts named without a number: by congress, plenum or session, or by issuer and title.

Reads clean text; gives mentions in order. What identifies the act belongs to the surface: the congress and its ordinal
("Nghị quyết Đại hội XIII của Đảng"), the plenum and the term ("Nghị quyết Trung ương 6 (khóa XI)"), the session ("Nghị quyết của
Quốc hội, kỳ họp thứ 5, khóa XV"), or, where nothing else does, issuer and title. "Các nghị quyết của Chính phủ" names no act, nor do
drafts, acts still to be issued, and acts that the text calls by their kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.dates import DATE_PATTERN
from loaders.details import issuer_end, subject_end
from loaders.mentions import Mention

_KIND = re.compile(
    r"(?<!\w)(?P<kind>[Nn]ghị [Qq]uyết|NGHỊ QUYẾT|[Kk]ết luận|[Cc]hỉ thị|CHỈ THỊ|KẾT LUẬN|Quy định|Nghị định|Quyết định|Thông tư|Điều lệ|Cương lĩnh|Quy chế(?= làm việc))(?=[\s,])"
)
_NAMES = {"nghị quyết": "Nghị quyết", "kết luận": "Kết luận", "chỉ thị": "Chỉ thị", "điều lệ": "Điều lệ Đảng"}
_ORDINAL = r"(?:[IVXLC]{1,6}|\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười(?:\s(?:một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín))?)(?!\w)"
_PLACE = r"(?:\s(?!Lần|Khóa|Nhiệm)[A-ZĐÂĂÊÔƠƯÁẮẤÍÓÝ][\w]*){0,5}"
_PARTY_BODY = rf"(?:Đảng bộ\s(?:(?:tỉnh|thành phố|huyện|thị xã|xã|phường|khối|cơ quan|quân đội|công an)(?!\w))?{_PLACE}|Đảng Cộng sản Việt Nam|Đảng(?!\s(?:bộ|ủy)))"
_TERM = r"(?:,?\s{1,2}\(?[Kk]h(?:óa|oá)\s[IVXLC]{1,6}(?:,\s[IVXLC]{1,6}){0,4}\)?)"
_YEARS = r"(?:,?\s{1,2}\(?nhiệm kỳ\s\d{4}\s?[-–]\s?\d{4}\)?)"
_CONGRESS = re.compile(
    rf"\s{{1,2}}(?:của\s)?[Đđ]ại hội(?:\s[Đđ]ại biểu)?(?:\stoàn quốc)?(?P<a>\s(?:lần\s)?(?:thứ\s)?{_ORDINAL})?(?:\s(?:của\s)?{_PARTY_BODY})?"
    rf"(?P<b>,?\s(?:lần\s)?(?:thứ\s)?{_ORDINAL})?(?:\s(?:của\s)?{_PARTY_BODY})?(?P<c>{_TERM})?(?P<d>{_YEARS})?"
)
_PLENUM_BODY = rf"(?:(?:Ban Chấp hành|BCH)\s(?:Trung ương(?:\sĐảng)?|{_PARTY_BODY})|Trung ương(?:\sĐảng)?|TW|(?:Tỉnh|Thành|Huyện|Đảng)\s[ủu]ỷ?y?{_PLACE})"
_PLENUM = re.compile(
    rf"\s{{1,2}}(?:của\s)?(?P<meeting>Hội nghị\s)?(?P<a>(?:lần\s)?thứ\s{_ORDINAL}\s(?:của\s)?,?\s?)?{_PLENUM_BODY}(?P<b>,?\s(?:lần\s)?(?:thứ\s)?{_ORDINAL})?(?P<c>{_TERM})?"
)
_SESSION = re.compile(
    rf"\s{{1,2}}(?:của\s)?(?P<a>(?:tại\s)?[Kk]ỳ họp\s(?:thứ\s)?{_ORDINAL},?\s(?:của\s)?)?(?:Quốc hội|Hội đồng nhân dân|HĐND)(?:\s(?:tỉnh|thành phố|huyện|thị xã)(?!\w){_PLACE})?"
    rf"(?:{_TERM}|,?\s(?:Quốc hội\s)?kh(?:óa|oá)\s[IVXLC]{{1,6}})?(?P<b>,?\s(?:tại\s)?[Kk]ỳ họp\s(?:thứ\s)?{_ORDINAL})?(?:{_TERM}|,?\s(?:Quốc hội\s)?kh(?:óa|oá)\s[IVXLC]{{1,6}})?"
)
_BY_ISSUER = re.compile(
    rf"\s{{1,2}}(?P<date>{DATE_PATTERN}\s{{1,2}})?(?:của\s{{1,2}})?(?=(?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội|Uỷ ban Thường vụ Quốc hội|Bộ Chính trị|Ban Bí thư|Ban Chấp hành"
    r"|Trung ương|Tỉnh [ủu]|Thành [ủu]|Huyện [ủu]|Đảng [ủu]|Ban Thường vụ|Hội đồng nhân dân|HĐND|Ủy ban nhân dân|UBND|Bộ trưởng|Hội nghị)(?!\w{3}))"
)
_TITLE = re.compile(
    r"(?P<term>,?\s{1,2}\(?[Kk]h(?:óa|oá)\s[IVXLC]{1,6}\)?)?\s{1,2}[“\"]?(?=(?:về|Về|quy định|ban hành|sửa đổi|hướng dẫn|phê duyệt|lãnh đạo)(?!\w))"
)
_WORKING_RULES = re.compile(
    r" làm việc (?:của )?(?:(?:Ban Chấp hành|Ban Thường vụ|Thường trực|Bộ Chính trị|Ban Bí thư|Tỉnh [ủu]|Thành [ủu]|Huyện [ủu]|Đảng [ủu]|Đảng bộ)[^,;.()\n]{0,60}?(?:,? (?:kh(?:óa|oá|oa) [IVXLC]{1,6}|nhiệm kỳ \d{4}\s?[-–]\s?\d{4}))?"
    r"(?=[,;.()\n]|$| và )(?:, | và |$)?){1,5}(?<![, ])"
)
_CHARTER = re.compile(r"\sĐảng(?:\sCộng sản Việt Nam)?(?!\s(?:viên|bộ|ủy))")
_PLATFORM = re.compile(
    r"(?:\schính trị)?\s(?:năm \d{4}|xây dựng đất nước trong thời kỳ quá độ lên (?:chủ nghĩa xã hội|CNXH)(?:\s\(bổ sung, phát triển năm \d{4}\))?)"
)
_PLURAL = re.compile(r"(?:[Cc]ác|CÁC|[Nn]hững|mọi|nhiều|một số|\d{1,3}|hai|ba|bốn|năm)\s+$")
_DRAFT = re.compile(
    r"(?:[Dd]ự thảo|[Dd]ự án|ban hành|xây dựng|trình|tham mưu|soạn thảo|đề xuất|đề nghị|hồ sơ|thông qua|trong đó có)\s+$"
)
_LIST_END = re.compile(r"[.;:]")


def find_named(text: str, start: int, end: int) -> Iterator[Mention]:
    """The acts named by congress, plenum, session, or issuer and title in ``text[start:end]``."""
    listed = start
    for opener in _KIND.finditer(text, start, end):
        kind = _NAMES.get(opener["kind"].lower(), opener["kind"].capitalize())
        plural = bool(_PLURAL.search(text, max(start, opener.start() - 12), opener.start()))
        draft = bool(_DRAFT.search(text, max(start, opener.start() - 24), opener.start())) or opener.start() < listed
        if draft:
            listed = (
                _LIST_END.search(text, opener.end(), end).start() if _LIST_END.search(text, opener.end(), end) else end
            )
        stop = (
            _charter(text, opener, end)
            if kind in ("Điều lệ Đảng", "Cương lĩnh")
            else _act(text, opener, end, kind, plural, draft)
        )
        if stop is not None:
            yield Mention(opener.start(), stop, "named", kind)


def _charter(text: str, opener: re.Match[str], end: int) -> int | None:
    found = (_CHARTER if opener["kind"] == "Điều lệ" else _PLATFORM).match(text, opener.end(), end)
    return found.end() if found else None


def _act(text: str, opener: re.Match[str], end: int, kind: str, plural: bool, draft: bool) -> int | None:
    at = opener.end()
    if kind in ("Nghị quyết", "Kết luận"):
        congress = _CONGRESS.match(text, at, end)
        if congress and any(congress[g] for g in "abcd"):
            return congress.end()
        plenum = _PLENUM.match(text, at, end)
        if plenum and (plenum["a"] or plenum["b"]):
            return plenum.end()
    if plural or draft:
        return None
    if kind == "Nghị quyết":
        session = _SESSION.match(text, at, end)
        if session and (session["a"] or session["b"]):
            return session.end()
    return _by_issuer(text, opener, end)


def _by_issuer(text: str, opener: re.Match[str], end: int) -> int | None:
    """An act identified by one issuer and its title, or by issuer and date."""
    if not opener["kind"][0].isupper():
        return None
    issuer = _BY_ISSUER.match(text, opener.end(), end)
    if issuer is None:
        return None
    stop = issuer_end(text, issuer.end(), min(end, issuer.end() + 160))
    title = _TITLE.match(text, stop, end)
    if title:
        last = subject_end(text, title.end(), end)
        while text[last - 1] in " ,":
            last -= 1
        return last
    return stop if issuer["date"] else None
