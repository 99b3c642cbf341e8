"""When: days, months, quarters, half-years and years as terms print them, and what they fix.

Reads text; the patterns find what may be a term, :func:`read_term` says its last day or its rule of recurrence. Whether
the context makes it a term is said in :mod:`loaders.deadlines`.
"""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from loaders.dates import iso_date


class Term(NamedTuple):
    """One stated term: ``[start, end)`` in the text (plus the caller's offset), and what its words fix.

    ``date``: the last day, ISO; "trước ngày 10/12/2021" gives the day it names, "trước tháng 6" the last of May,
    "trước ngày 10/6 và ngày 05/12" the first of the two, "trong tháng 3 và tháng 9" the last of September.
    ``recurrence``: "daily", "weekly", "monthly [day 18]", "quarterly [day 20]", "yearly [12-25]" or "yearly 06-10,
    12-10", "every 6 months", or "continuous".
    """

    start: int
    end: int
    date: str | None
    recurrence: str | None


YEAR = r"(?:19|20)\d\d"
EVERY = r"(?:hằng|hàng|mỗi)"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
PERIODS = {"giờ": "hourly", "ngày": "daily", "tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_PLURALS = {"giờ": "hours", "ngày": "days", "tuần": "weeks", "tháng": "months", "quý": "quarters", "năm": "years"}
_EVERY_GROUPS = ("every", "daily", "monthly", "quarterly", "yearly")
_ONCE = r"(?:một|0?1)\s+lần"
_HOUR = r"(?:\d{1,2}\s*(?:[:hg]|giờ)\s*(?:\d{2})?(?:\s*phút)?,?\s*)?"

_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_PART_OF_DAY = r"(?:(?:buổi\s+)?(?:sáng|trưa|chiều|tối)\s+)?"
_IN_YEAR = rf"(?:\s*(?:[/-]|,?\s*năm)\s*{YEAR}\b)"

# A day, several months, a quarter, half-year or year, with or without its year.
WHEN = rf"""(?:
    {_HOUR}(?:{_PART_OF_DAY}{_WEEKDAY},?\s*\(?(?=ngày\s*\d))?(?:ngày\s*)?(?P<day>\d{{1,2}})\s*(?:[/.-]|tháng)\s*(?P<month>\d{{1,2}})
        (?:\s*(?:[/.-]|,?\s*năm)\s*(?P<y1>{YEAR})\b|(?P<other>\s*(?:của\s+)?năm\s+(?:trước|sau|kế\s+tiếp|tiếp\s+theo|liền\s+\w+)\b))?(?![\d/])
    |(?:(?:đầu|giữa|cuối|hết|(?:thượng|trung|hạ)\s+tuần)\s+)?tháng\s*(?P<only_month>\d{{1,2}})
        (?:(?:\s*[-–]\s*(?:tháng\s*)?|{_IN_YEAR}?\s*(?:,|và)\s*tháng\s*)(?P<to_month>\d{{1,2}})(?![\d-]))*
        (?:\s*(?:[/-]|,?\s*năm)\s*(?P<y2>{YEAR})\b)?(?![\d/])
    |(?:(?:đầu|cuối|hết)\s+)?quý\s*(?P<quarter>IV|I{{1,3}}|[1-4])\b(?:\s*(?:[/-]|,?\s*năm)\s*(?P<y3>{YEAR})\b)?
    |(?:0?6\s*tháng|nửa)\s*(?P<half>đầu|cuối)\s*năm\s*(?P<y4>{YEAR})\b
    |(?:(?P<part>đầu|giữa|cuối|hết)\s+)?năm\s*(?P<y5>{YEAR})\b(?!\s*[-–]\s*\d)
)"""
_DAY = r"(?:ngày\s*)?\d{1,2}\s*(?:/|tháng)\s*\d{1,2}(?![\d/])"
"""A day of a year, where it stands beside another."""
_EACH_DAY = re.compile(r"(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})", re.IGNORECASE)
# A place in every month, quarter or year: "ngày 18 hằng tháng", "ngày 25/12 hằng năm", "ngày 20 của tháng cuối quý".
_RECURRING = rf"""(?:{_HOUR}(?:(?P<days>{_DAY}(?:\s*,\s*{_DAY})*\s+và\s+{_DAY})
    |(?:ngày\s*(?=\d)|(?<![\d/.-])(?=\d{{1,2}}\s*(?:/|tháng)\s*\d))
        (?P<day>\d{{1,2}})(?:\s*(?:/|-|tháng)\s*(?P<month>\d{{1,2}}))?
    |ngày\s*(?:cuối(?:\s+cùng)?|đầu(?:\s+tiên)?)
    |{_PART_OF_DAY}(?:ngày\s*)?{_WEEKDAY}(?=\s*,?\s*(?:{EVERY}|trong)\s*tuần\b))
    \s*,?\s*(?:của\s+)?
    (?:(?:{EVERY}|trong)\s*(?P<every>tuần|tháng|quý|năm)
        (?:\s+và\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+(?:{EVERY}\s+)?quý)?
    |(?<=của\s)(?P<monthly>tháng)(?!\s*\d|\s*(?:cuối|đầu|sau|trước|này|tiếp|kế)\b)
    |tháng\s+(?:cuối|đầu)\s+(?:của\s+)?(?:{EVERY}\s+)?(?P<quarterly>quý))
    |(?<!\d\s)(?:tháng\s*\d{{1,2}}(?:\s*(?:[-–,]|và)\s*(?:tháng\s*)?\d{{1,2}})*|quý\s*(?:IV|I{{1,3}}|[1-4]))
        \s+{EVERY}\s+(?P<yearly>năm)
    |(?:(?<=trước\s)|(?<=vào\s))(?:\d{{1,2}}\s*(?:[:hg]|giờ)\s*(?:\d{{2}})?(?:\s*phút)?(?:\s*(?:,|và)\s*|\s+))+{EVERY}\s+(?P<daily>ngày)
)"""
_LIMIT = (
    r"(?:trước|thời\s+hạn\s+là|không\s+(?:chậm|muộn)\s+hơn"
    r"|(?:chậm|muộn)\s+nhất(?:\s+là)?(?:\s+(?:vào|trong|trước|đến))?)"
)
_SPAN = r"(?:trong\s+(?:vòng|thời\s+hạn|thời\s+gian)|(?:chậm|muộn)\s+nhất(?:\s+(?:là|sau))?)"
_AT_MOST = r"(?:không\s+quá|tối\s+đa)"
_DURATION = r"\d+(?:\s*[-–]\s*\d+)?\s*(?:\(\w+\)\s*)?(?:phút|giờ|ngày|tuần|tháng)"


def pattern(text: str) -> re.Pattern[str]:
    """``text`` compiled as these patterns are: any case, blanks in it meaningless."""
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


RECURS = pattern(rf"\b(?:định\s+kỳ,?\s+)?(?:(?:{_LIMIT}|vào|trong)\s+)?{_RECURRING}")
BEFORE = pattern(rf"\b(?P<limit>{_LIMIT})\s+{WHEN}(?:\s+và\s+{_DAY}(?!\s*năm))?")
WITHIN = pattern(rf"\b(?:trong|vào|xong|xong\s+trong)\s+{WHEN}")
UNTIL = pattern(rf"\b(?:cho\s+)?(?:đến|tới)\s+(?P<through>hết\s+)?{WHEN}")
BARE = pattern(rf"\b{WHEN}")
SHORT = pattern(  # the last words of a cell of a column of terms: "6/2025", "Quý II, III/2025", "2025"
    rf"(?<![\d/.])(?<!\d{{4}}-)(?<!từ\s)(?:(?P<only_month>\d{{1,2}})\s*[/-]\s*(?P<y2>{YEAR})"
    rf"|(?:\bq(?:uý)?\.?\s*(?=[IV1-4])|\b(?=[IV]))(?P<quarter>IV|I{{1,3}}|[1-4])\s*(?:[/-]|\s)\s*(?P<y3>{YEAR})"
    rf"|(?P<y5>{YEAR}))(?:\s+và\s+(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau))?\s*$"
)
EACH = pattern(
    rf"\b(?:theo\s+(?=định\s+kỳ[^.;:,]{{0,30}}\s(?:hoặc|và)\s+đột\s+xuất\b))?định\s+kỳ,?\s+(?:\w+\s+){{0,2}}?(?:{EVERY}|(?P<count>\d{{1,2}}|hai|ba|sáu|chín))\s+(?P<every>ngày|tuần|tháng|quý|năm)\b"
    rf"(?:\s*(?:,|và)\s*(?:(?:{EVERY}\s+)?(?:tháng|quý|năm)|\d+\s+(?:tháng|năm))\b)*(?:\s+{_ONCE})?"
)
OPENING_EACH = pattern(
    rf"(?:(?<=^)|(?<=[.;:]\s)){EVERY}\s+(?P<every>ngày|tuần|tháng|quý|năm)(?=,\s|\s*\(|\s+(?:có\s+)?(?:báo\s+cáo|gửi|tổng\s+hợp)\b)"
)
ONCE_EACH = pattern(rf"\b(?:{EVERY}|(?P<count>\d{{1,2}}))\s+(?P<every>giờ|ngày|tuần|tháng|quý|năm)\s+{_ONCE}")
PLAIN_WHEN = re.sub(r"\(\?P<\w+>", "(?:", WHEN)
"""WHEN without the names of its groups: it may stand several times in one pattern."""
SPANNING = pattern(
    rf"(?:(?<=[.;,:(])\s*|^[\s+•*-]*)thời\s+gian(?:\s+[^\W\d_]+){{0,3}}?\s+(?P<term>(?:từ|vào|trong)\s+{PLAIN_WHEN}"
    rf"(?:\s*(?:-|–|đến|và|,)\s*{PLAIN_WHEN})?)"
)
# The day from which the period counts belongs to it: "kể từ ngày nhận được yêu cầu", up to whose, or what must be done.
_COUNTED = (
    r"(?:\s*,?\s*(?:kể|tính)\s+từ\s+(?:ngày|khi|lúc|thời\s+điểm)"
    r"\s+[^\W\d_]+(?:\s+(?!(?:của|các|cơ\s+quan|có|theo|phải|thì|để|về|tại|cho|do|bằng|trên)\b"
    r"|(?-i:Sở|Bộ|Ban|Ủy|Chi|Văn|Trung|Công|Đoàn|Hội)\b)[^\W\d_]+){0,10})?"
)
LASTING = pattern(
    rf"\b(?:{_SPAN}\s+(?:{_AT_MOST}\s+)?{_DURATION}(?:\s+làm\s+việc)?{_COUNTED}"
    rf"|{_AT_MOST}\s+{_DURATION}(?:\s+làm\s+việc)?(?=\s*,?\s*(?:kể|tính)\s+từ\s+(?:ngày|khi)){_COUNTED}"
    rf"|(?<!phát\ssinh\s)(?<!xảy\sra\s)trong\s+ngày(?:\s+làm\s+việc)?(?=\s*[.;,)]|\s*$)"
    rf"|trước\s+(?:ít\s+nhất\s+)?{_DURATION}(?!\s*(?:/|tháng\b|năm\b)|\w)(?:\s+làm\s+việc)?|trong\s+{_DURATION}\s+làm\s+việc"
    rf"|trong\s+\d{{1,2}}\s+giờ(?=\s*[.;,)]|\s+(?:kể\s+từ\s+)?khi\s|\s*$)|trong\s+{_DURATION}\s+(?:(?:kể|tính)\s+từ|sau)\s+(?:khi|ngày)(?:\s+[^\W\d_]+){{1,6}})\b"
)
_SESSION = (
    r"kỳ\s+họp\s+(?:(?:thường\s+lệ|thường\s+kỳ)\s+)?"
    r"(?:(?:cuối|giữa|đầu)\s+năm(?:\s+và\s+(?:cuối|giữa)\s+năm)?|gần\s+nhất)"
)
_CROP = r"vụ\s+(?:(?:(?:đông|xuân|hè|thu|mùa)\b\s*[-–]?\s*){1,2}(?<=\w)|(?:\w+\s+){1,3}?(?=năm\b))"
SEASON = pattern(
    rf"\b(?:(?:vào|trước)\s+|(?<=kết\s))cuối\s+năm(?!\s*(?:\d|học|tài|sau|trước))|\bvào\s+dịp\s+\d{{1,2}}/\d{{1,2}}\b|\btrong\s+nhiệm\s+kỳ(?=\s*(?:[.;]|$))"
    rf"|\btrong\s+suốt\s+mùa\s+(?:mưa|khô|lũ|bão)\b|\btrước\s+(?:khi\s+)?(?:nghỉ\s+hè|khai\s+giảng|năm\s+học\s+mới)\b"
    rf"|\b(?:trước\s+(?:(?:mùa\s+(?:mưa(?:\s*,?\s*(?:lũ|bão))?|khô|lũ|bão)|tết\s+nguyên\s+đán)|{_CROP}|{_SESSION}|kỳ\s+họp\s+thứ\s+(?:\d+|[^\W\d_]+))"
    rf"|tại\s+{_SESSION}|(?:tại|trong)\s+phiên\s+họp\s+(?:thường\s+kỳ\s+)?tháng\s+\d{{1,2}})\b(?:/{YEAR}\b)?(?:\s*(?:năm\s+)?{YEAR}\b(?:\s*[-–]\s*{YEAR}\b)?)?|\b(?:khi|sau\s+khi|trước\s+khi)\s+kết\s+thúc\s+năm\s+học\b"
)
# What begins and ends, or the term of an office: its last day counts.
LASTS = pattern(
    rf"\btừ\s+(?:{PLAIN_WHEN}\s+đến\s+hết|{_HOUR}ngày\s+\d{{1,2}}(?:\s*(?:/|tháng)\s*\d{{1,2}}{_IN_YEAR}?)?"
    rf"\s+đến(?:\s+hết)?)\s+{WHEN}"
    rf"|\bđến\s+(?:hết\s+)?nhiệm\s+kỳ\s+{YEAR}\s*[-–]\s*{YEAR}\b"
)
# A day without its month: "báo cáo tháng trước ngày 20", "trước ngày 05 tháng sau".
DAY_OF_MONTH = pattern(
    rf"\b{_LIMIT}\s+ngày\s+(?P<month_day>\d{{1,2}})(?!\s*(?:[/.-]\s*\d|\d|tháng\s*\d|tháng\s+(?:cuối|đầu)|và|{EVERY}))"
    r"(?:\s+(?:của\s+)?(?P<monthly>tháng)\s+(?:sau|kế\s+tiếp|tiếp\s+theo|liền\s+(?:kề|sau)))?"
)
# How long the handling of a matter may take: "xử lý kiến nghị không quá 02 ngày".
HANDLED = pattern(rf"\b{_AT_MOST}\s+{_DURATION}(?:\s+làm\s+việc)?(?=\s*[.;,)]|\s*$)")
# A day of the week of a weekly report: "trước 15 giờ thứ Năm", "hằng tuần, trước 16 giờ 00 ngày thứ Sáu".
DAY_OF_WEEK = pattern(
    rf"\b(?:(?:định\s+kỳ,?\s+)?{EVERY}\s+(?P<every>tuần)\s*,?\s+)?{_LIMIT}\s+{_HOUR}{_PART_OF_DAY}(?:ngày\s+)?{_WEEKDAY}(?!\s*,?\s*\(?ngày\s*\d)"
)
TAKES_EFFECT = pattern(
    r"\bngay\s+(?:sau\s+)?khi\s+[^\W\d_][^.;:,()]{2,60}?\s+(?:có\s+hiệu\s+lực|được\s+(?:ban\s+hành|phê\s+duyệt|thông\s+qua))\b"
)
_REPORTING = (
    r"(?=\s+(?:tổng\s+hợp|báo\s+cáo|thông\s+báo|gửi|cập\s+nhật|giao\s+ban|chủ\s+trì|họp|tham\s+mưu|công\s+khai"
    r"|rà\s+soát)\b)"
)
REPORTED_EACH = pattern(
    rf"(?<=[,;]\s){EVERY}\s+(?P<every>tuần|tháng|quý|năm){_REPORTING}"
    rf"|(?<=cập\snhật\s){EVERY}\s+(?:(?P<daily>ngày)|(?P<monthly>tháng)|(?P<quarterly>quý))(?=\s*(?:[.;,]|$))"
    rf"|(?<=[,;.]\s)0?(?P<count>6)\s+(?P<yearly>tháng)\s*(?:,|và)\s*(?:một\s+|1\s+|{EVERY}\s+)?năm{_REPORTING}"
)


def in_calendar(match: re.Match[str]) -> bool:
    """Whether a match of one of the patterns names a day and month that can be."""
    groups = match.groupdict()
    day, month = groups.get("day"), groups.get("month") or groups.get("only_month")
    months = [int(m) for m in (month, groups.get("to_month")) if m]
    return (day is None or 1 <= int(day) <= 31) and all(1 <= m <= 12 for m in months)


def read_term(match: re.Match[str], default_year: int | None) -> Term:
    """The term that a match of one of the patterns states; ``default_year`` completes a date without its year."""
    groups = match.groupdict()
    every = next((groups[name] for name in _EVERY_GROUPS if groups.get(name)), None)
    if every and groups.get("count"):
        return Term(match.start(), match.end(), None, f"every {_number(match['count'])} {_PLURALS[every.lower()]}")
    if every and (days := _EACH_DAY.findall(groups.get("days") or "")):
        rule = ", ".join(f"{int(month):02}-{int(day):02}" for day, month in days)
        return Term(match.start(), match.end(), None, f"yearly {rule}")
    if every:
        day = groups.get("day") or groups.get("month_day")
        return Term(match.start(), match.end(), None, _rule(every.lower(), day, groups.get("month")))
    return Term(match.start(), match.end(), _last_day(groups, default_year), None)


def _number(count: str) -> int:
    return int(count) if count.isdigit() else {"hai": 2, "ba": 3, "sáu": 6, "chín": 9}[count.lower()]


def _rule(every: str, day: str | None, month: str | None) -> str:
    """ "monthly day 18", "yearly 12-25", "weekly"."""
    if every == "năm" and day and month:
        return f"yearly {int(month):02}-{int(day):02}"
    return f"{PERIODS[every]} day {int(day)}" if day else PERIODS[every]


def _last_day(groups: dict[str, str | None], default_year: int | None) -> str | None:
    """The last day of the day, month, quarter, half-year or year named; of the one before it after "trước"."""
    printed = next((groups[name] for name in ("y1", "y2", "y3", "y4", "y5") if groups.get(name)), None)
    year = int(printed) if printed else default_year
    if year is None or groups.get("other") or groups.get("part") in ("đầu", "giữa"):
        return None
    if not any(groups.get(name) for name in ("day", "only_month", "quarter", "half", "y5")):
        return None
    if groups.get("day"):
        return iso_date(groups["day"] or 0, groups["month"] or 0, year)
    first, last = _months(groups)
    if (groups.get("limit") or "").lower().endswith("trước"):
        year, last = (year - 1, 12) if first == 1 else (year, first - 1)
    return iso_date(calendar.monthrange(year, last)[1], last, year)


def _months(groups: dict[str, str | None]) -> tuple[int, int]:
    """The first and last month of the period named."""
    if month := groups.get("only_month"):
        return int(month), int(groups.get("to_month") or month)
    if quarter := groups.get("quarter"):
        last = 3 * _QUARTERS[quarter.lower()]
        return last - 2, last
    if half := groups.get("half"):
        return (1, 6) if half.lower() == "đầu" else (7, 12)
    return 1, 12
