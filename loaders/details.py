"""What is printed beside an act: its date, issuer and subject, and the provision of it that is pointed to.

Reads clean text around a mention; nothing is supplied that is not printed. The order is that of NĐ 30/2020/NĐ-CP,
appendix I, part II, item 6 ("tên loại văn bản, số, ký hiệu, thời gian ban hành, tên cơ quan, tổ chức ban hành và trích
yếu"); the date may also come after the issuer, or be told before ("Ngày 30/6/2023, Chính phủ ban hành Nghị định số …").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.dates import date_at, find_dates, parse_date
from loaders.wordlists import in_any_case, words
from loaders.words import either

_UPPER = "A-ZĐÂĂÊÔƠƯÁỦỤỨ"
_DATE_LEAD = re.compile(
    r"\s{0,2}(?:,\s{0,2})?(?:\(\s{0,2})?(?:(?:được\s)?(?:ký|ban hành|đề|thông qua)\s{1,2})?(?=[Nn]g[àa]y|NGÀY|\d)"
)
_OF = re.compile(
    rf"\s{{0,2}}\)?,?\s{{0,2}}(?:(?:do|của|CỦA|cua)\s{{1,2}}|(?=(?:Hội nghị lần thứ|HỘI NGHỊ LẦN THỨ)\s))"
    rf"(?=[{_UPPER}]|liên\s)"
)
_CAPITAL_ENDS = [form for word in words("issuer_ends_capital") for form in (word, word.upper())]
_AND_INSIDE = rf"\s{{1,2}}và\s{{1,2}}(?=[{_UPPER}])(?!{either((*words('listed_kinds'), *words('bodies')))}(?!\w))"
_ISSUER_END = re.compile(
    rf"[;:.()“”\"…]|\n|,(?!\s{{1,2}}{either(words('issuer_goes_on'))}(?!\w))"
    rf"|(?!{_AND_INSIDE})\s{{1,2}}(?=(?:{either((*words('issuer_ends'), *_CAPITAL_ENDS))}(?!\w)|Nghị|Quyết định\s))"
)
_JOINS = re.compile(r"(?:\s|,|(?<!\w)(?:và|VÀ))+$")
"""What is left of "và" and commas where the next act ends a name."""
_BEGINS = either(in_any_case(words("subject_begins")))
_AFTER_ISSUER = either(in_any_case(words("subject_begins_after_issuer")))
_SUBJECT = re.compile(rf"\s{{0,2}}\)?,?\s{{0,2}}[“\"‘(*]?\s{{0,2}}(?={_BEGINS}(?!\w)(?!\s(?:số|SỐ|\d)))")
_SUBJECT_OF_ISSUER = re.compile(rf"\s{{0,2}}[“\"‘]?\s{{0,2}}(?={_AFTER_ISSUER}(?!\w))")
_JOINT = re.compile(  # a joint circular's issuers: "liên Bộ: Tài chính, Xây dựng, Y tế" before the subject
    rf"[Ll]iên\s{{1,2}}(?:[Bb]ộ|[Nn]gành|[Ss]ở)\b[^;.()“”\"]{{3,160}}?(?=\s{{1,2}}(?:{_BEGINS}|{_AFTER_ISSUER})(?!\w))"
)
_QUOTED = re.compile(r"\s{0,2},?\s{0,2}[“\"]")
_CLOSING = {"“": "”", '"': '"', "‘": "’"}
_NUMBERED_KIND = (
    rf"{either((*words('listed_kinds'), *(w.upper() for w in words('listed_kinds')), 'văn bản'))}"
    r"(?: liên tịch| hành động| thẩm tra| kết luận)? (?:(?:số|SỐ) |\d)"
)
_TITLED_KIND = r"(?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Thông tư) (?:của|hướng dẫn|quy định|về) "
_PROVISIONS = (
    r"(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều)\s[\da-zđ]{1,3}"
    r"(?:,?\s(?:và\s)?(?:(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều)\s)?[\da-zđ]{1,3}(?!\w)){0,8}\s(?:của\s)?"
)
_SUBJECT_STOP = re.compile(
    r"[;:”“\"]|\.(?=\s|$|/)|\./\.|\s\(|\)"
    r"|\s(?=(?:sẽ\s)?hết hiệu lực|có hiệu lực (?:thi hành )?(?:từ|kể)|(?:đã )?được sửa đổi|Căn cứ\s)"
    rf"|,\s{{1,2}}(?={either(words('resumes'))}\s)"
    rf"|,\s{{1,2}}(?={either(words('bodies'))}\s[^,;.]{{0,70}}?{either(words('verbs'))}\s)"
    rf"|(?:,|\s(?:và|VÀ))\s{{1,2}}(?=(?:các )?(?:{_PROVISIONS})?{_NUMBERED_KIND})"
    rf"|(?:,|\svà)\s{{1,2}}(?={_TITLED_KIND})"
)
_SPAN_OF_TIME = re.compile(
    r"(?:đến năm (?:19|20)\d\d|giai đoạn (?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d|(?<!đến )(?<!từ )năm (?:19|20)\d\d"
    r"|trong tình hình mới)(?!\w)"
)
_COMMA = re.compile(
    r",\s{1,2}(?!(?:định hướng|tầm nhìn|và những năm|có tính đến|giai đoạn|những năm|năm|tiếp theo|\d)(?!\w))"
)
_SUBJECT_LIMIT = 600
_NUMBER = r"(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVX]{1,5})(?!\w)(?:\.\d{1,2})*"
_PROVISION = re.compile(
    r"(?:(?:(?:[Cc]ác )?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục|tiết)"
    rf"\s{{1,2}}{_NUMBER}(?:\s?(?:,|và|đến)\s?{_NUMBER}){{0,6}})(?:,?\s{{1,2}}(?:và |của )?)?){{1,6}}$"
)
_PROVIDED = re.compile(r"[\da-zđIVX],?\s{1,2}(?:của\s{1,2})?$")  # cheap: every provision before an act ends so
_ISSUER_BEFORE = re.compile(
    r"(?<!\w)của\s(?P<issuer>[A-ZĐỦỨ][^,;.:()“”§]{3,70}?)\s(?:nêu |đã nêu |ban hành )?(?:tại|trong)\s(?:các\s)?$"
)
_OPENING_DATE = re.compile(
    r"[Nn]gày\s(?P<date>[^,;.]{8,24}?),?\s{1,2}(?:tại [^,;.]{2,30}, )?(?:[A-ZĐÂỦỨ][^,;.\d]{2,60}?\s)?"
    r"(?:đã\s)?(?:ký\s)?(?:ban hành|có|ký|thông qua|gửi)\s{1,2}$"
)
_LONG_OPENING = 28
"""Characters. A surface that is longer may hold a date between kind and number."""


class Details(NamedTuple):
    """Facts beside an act. Spans are clean offsets; ``end`` is where what belongs to the act ends."""

    end: int
    date: str | None
    issuer: tuple[int, int] | None
    subject: tuple[int, int] | None


def read_details(text: str, end: int, limit: int, next_act: int) -> Details:
    """What is printed after the mention that ends at ``end``, at most up to ``limit`` (the paragraph's end), its issuer
    up to ``next_act``, where the next mention starts."""
    at, date = _date(text, end, limit)
    issuer, at = _issuer(text, at, min(limit, next_act))
    if date is None:
        at, date = _date(text, at, limit)
    subject, at = _subject(text, at, limit, issuer is not None)
    return Details(at, date, issuer, subject)


def provision_before(text: str, floor: int, start: int) -> str | None:
    """The provision that the words before a mention point to ("khoản 2 Điều 5"), as printed."""
    found = (
        _PROVISION.search(text, max(floor, start - 90), start)
        if _PROVIDED.search(text, max(floor, start - 9), start)
        else None
    )
    return " ".join(found.group().split()).rstrip(", ").removesuffix(" của") if found else None


def issuer_before(text: str, floor: int, start: int) -> tuple[int, int] | None:
    """The issuer that the words before a mention name: "chỉ đạo của Ủy ban nhân dân tỉnh tại Công văn số …"."""
    floor = max(floor, start - 100)
    found = _ISSUER_BEFORE.search(text, floor, start) if text.find("của ", floor, start) >= 0 else None
    return found.span("issuer") if found else None


def date_inside(text: str, start: int, end: int) -> str | None:
    """The date that stands between kind and number: "văn bản đề ngày 29 tháng 10 năm 2025 số 16/CV-HHT"."""
    return next((d.iso for d in find_dates(text, start, end)), None) if end - start > _LONG_OPENING else None


def date_opening(text: str, floor: int, start: int) -> str | None:
    """The date told before an act: "Ngày 30/6/2023, Chính phủ đã ban hành Nghị định …"."""
    floor = max(floor, start - 130)
    found = _OPENING_DATE.search(text, floor, start) if text.find("gày ", floor, start) >= 0 else None
    return parse_date(found["date"]) if found else None


def issuer_end(text: str, start: int, limit: int) -> int:
    """Where the issuer's name that begins at ``start`` ends."""
    found = _ISSUER_END.search(text, start, limit)
    return found.start() if found else limit


def subject_end(text: str, start: int, limit: int) -> int:
    """Where a subject that begins at ``start`` ends: at a mark, the next act of a list, where the sentence resumes."""
    limit = min(limit, start + _SUBJECT_LIMIT)
    stop = _SUBJECT_STOP.search(text, start, limit)
    end = stop.start() if stop else limit
    time = _SPAN_OF_TIME.search(text, start, end)
    comma = _COMMA.search(text, time.end(), end) if time else None
    return comma.start() if comma else end


def _date(text: str, at: int, limit: int) -> tuple[int, str | None]:
    lead = _DATE_LEAD.match(text, at, limit)
    found = date_at(text, lead.end(), limit) if lead else None
    return (found.end, found.iso) if found else (at, None)


def _issuer(text: str, at: int, limit: int) -> tuple[tuple[int, int] | None, int]:
    of = _OF.match(text, at, limit)
    if of is None:
        return None, at
    joint = _JOINT.match(text, of.end(), limit)
    end = joint.end() if joint else issuer_end(text, of.end(), min(limit, of.end() + 200))
    end = of.end() + len(_JOINS.sub("", text[of.end() : end]))
    return ((of.end(), end), end) if end > of.end() else (None, at)


def _subject(text: str, at: int, limit: int, has_issuer: bool) -> tuple[tuple[int, int] | None, int]:
    lead = _SUBJECT.match(text, at, limit)
    if lead is None and has_issuer:
        lead = _SUBJECT_OF_ISSUER.match(text, at, limit)
    lead = lead or _QUOTED.match(text, at, limit)
    if lead is None:
        return None, at
    opened = next((c for c in lead.group() if c in _CLOSING), None)
    if opened:
        close = text.find(_CLOSING[opened], lead.end(), min(limit, lead.end() + _SUBJECT_LIMIT))
        if close > 0:
            return (lead.end(), close), close + 1
    end = subject_end(text, lead.end(), limit)
    return ((lead.end(), end), end) if end > lead.end() else (None, at)
