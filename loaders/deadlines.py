"""When a unit is due: the terms it states, each as printed, as a last day, or as a rule of recurrence.

Reads clean text of ONE unit; writes one :class:`Term` per occurrence, from its preposition, in order. How such
documents are written: "trước ngày 10 tháng 12 năm 2021", "trong quý II/2020", "đến cuối năm 2023 có thêm …", "trước
ngày 18 hằng tháng", "Thời gian thực hiện: …". A period in a name or title ("giai đoạn 2021-2025", "tầm nhìn đến năm
2050"), a start ("từ ngày …"), a cut-off of figures ("tính đến ngày …"), the year of a budget, and the adverb of
"thường xuyên theo dõi" are none.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left, insort
from typing import NamedTuple

from loaders.dates import iso_date


class Term(NamedTuple):
    """One stated term: ``[start, end)`` in the text (plus the caller's offset), and what its words fix.

    ``date``: the last day, ISO; "trước ngày 10/12/2021" gives the day it names, "trước tháng 6" the last of May.
    ``recurrence``: "daily", "weekly", "monthly [day 18]", "quarterly [day 20]", "yearly [12-25]",
    "every 6 months", or "continuous".
    """

    start: int
    end: int
    date: str | None
    recurrence: str | None


_YEAR = r"(?:19|20)\d\d"
_EVERY = r"(?:hằng|hàng|mỗi)"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PERIODS = {"ngày": "daily", "tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_PLURALS = {"ngày": "days", "tuần": "weeks", "tháng": "months", "quý": "quarters", "năm": "years"}
_COUNT = re.compile(r"(?P<n>\d{1,2})\s+(?:ngày|tuần|tháng|quý|năm)", re.IGNORECASE)
_HOUR = r"(?:\d{1,2}\s*(?:[:hg]|giờ)\s*(?:\d{2})?(?:\s*phút)?,?\s*)?"

# A day, month, quarter, half-year or year, with or without its year.
_WHEN = rf"""(?:
    {_HOUR}(?:ngày\s*)?(?P<day>\d{{1,2}})\s*(?:[/.-]|tháng)\s*(?P<month>\d{{1,2}})
        (?:\s*(?:[/.-]|,?\s*năm)\s*(?P<y1>{_YEAR})\b)?(?![\d/])
    |(?:(?:đầu|giữa|cuối|hết)\s+)?tháng\s*(?P<only_month>\d{{1,2}})(?:\s*(?:[/-]|,?\s*năm)\s*(?P<y2>{_YEAR})\b)?(?![\d/])
    |(?:(?:đầu|cuối|hết)\s+)?quý\s*(?P<quarter>IV|I{{1,3}}|[1-4])\b(?:\s*(?:[/-]|,?\s*năm)\s*(?P<y3>{_YEAR})\b)?
    |(?:0?6\s*tháng|nửa)\s*(?P<half>đầu|cuối)\s*năm\s*(?P<y4>{_YEAR})\b
    |(?:(?P<part>đầu|giữa|cuối|hết)\s+)?năm\s*(?P<y5>{_YEAR})\b(?!\s*[-–]\s*\d)
)"""
# A place in every month, quarter or year: "ngày 18 hằng tháng", "ngày 25/12 hằng năm", "ngày 20 của tháng cuối quý".
_RECURRING = rf"""(?:{_HOUR}ngày\s*
    (?:(?P<day>\d{{1,2}})(?:\s*(?:/|-|tháng)\s*(?P<month>\d{{1,2}}))?|thứ\s+\w+|cuối(?:\s+cùng)?|đầu(?:\s+tiên)?)
    \s*,?\s*(?:của\s+)?
    (?:(?:{_EVERY}|trong)\s*(?P<every>tuần|tháng|quý|năm)
        (?:\s+và\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+(?:{_EVERY}\s+)?quý)?
    |tháng\s+(?:cuối|đầu)\s+(?:của\s+)?(?:{_EVERY}\s+)?(?P<quarterly>quý))
)"""
_LIMIT = r"(?:trước|không\s+(?:chậm|muộn)\s+hơn|(?:chậm|muộn)\s+nhất(?:\s+là)?(?:\s+(?:vào|trong|trước|đến))?)"
_SPAN = r"(?:trong\s+(?:vòng|thời\s+hạn)|(?:chậm|muộn)\s+nhất(?:\s+(?:là|sau))?)"
_DURATION = r"\d+\s*(?:\(\w+\)\s*)?(?:giờ|ngày|tuần|tháng)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


_RECURS = _pattern(rf"\b(?:định\s+kỳ,?\s+)?(?:{_LIMIT}\s+)?{_RECURRING}")
_BEFORE = _pattern(rf"\b(?P<limit>{_LIMIT})\s+{_WHEN}")
_WITHIN = _pattern(rf"\b(?:trong|vào|xong|xong\s+trong)\s+{_WHEN}")
_UNTIL = _pattern(rf"\b(?:cho\s+)?(?:đến|tới)\s+(?P<through>hết\s+)?{_WHEN}")
_BARE = _pattern(rf"\b{_WHEN}")
_EACH = _pattern(
    rf"\bđịnh\s+kỳ,?\s+(?:\w+\s+){{0,2}}?(?:{_EVERY}|\d{{1,2}})\s+(?P<every>ngày|tuần|tháng|quý|năm)\b"
    r"(?:\s*(?:,|và)\s*(?:quý|năm|\d+\s+tháng)\b)*"
)
_LASTING = _pattern(rf"\b(?:{_SPAN}\s+{_DURATION}(?:\s+làm\s+việc)?|trong\s+{_DURATION}\s+làm\s+việc)\b")
_SEASON = _pattern(rf"\btrước\s+mùa\s+(?:mưa(?:\s*,?\s*(?:lũ|bão))?|khô|lũ|bão)\b(?:\s+năm\s+{_YEAR}\b)?")
_ORDER = (_RECURS, _BEFORE, _WITHIN, _UNTIL, _EACH, _LASTING, _SEASON, _BARE)
"""Tried in this order: a term taken by one is not read again by a weaker one."""

_LABEL = _pattern(
    r"(?:(?<=[.;,(])\s*|^[\s+•*-]*)(?:thời\s+gian|thời\s+hạn|tiến\s+độ|lộ\s+trình)"
    r"(?:\s+(?:thực\s+hiện|hoàn\s+thành|triển\s+khai|trình|báo\s+cáo|ban\s+hành))?\s*:\s*(?=\S)"
)
_LABEL_END = re.compile(r"[;.](?=\s|$)|\./|$")
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"")
_WINDOW = 70
"""Characters before a term in which its context is read."""

# What stands before a term: an aim or the opening of a clause; a completion; what makes it no term.
_OPENS = _pattern(r"(?:^|[.;:(]|phấn\s+đấu,?|mục\s+tiêu|đồng\s+thời,?|bảo\s+đảm|đảm\s+bảo|để)\s*$")
_COMMA = _pattern(r",\s*$")
_AT_ONCE = _pattern(r"\bngay\s*$")
_DONE = _pattern(
    r"\b(?:hoàn\s+thành|xong|kết\s+thúc|ban\s+hành|trình|báo\s+cáo|công\s+bố)"
    r"(?:[^,.;:()]{0,40}?\b(?:tỉnh|chính\s+phủ|quốc\s+hội|quyết\s+định|phê\s+duyệt|xem\s+xét))?,?\s*$"
)
_NO_TERM = _pattern(
    r"(?:\b(?:từ|tính|lũy\s+kế|luỹ\s+kế|giai\s+đoạn|thời\s+kỳ|tầm\s+nhìn|định\s+hướng|dự\s+kiến|kéo\s+dài|khả\s+năng)"
    r"(?:\s+hoàn\s+thành)?|\b(?:dự\s+án|công\s+trình|nhiệm\s+vụ|xã)(?:\s+\w+){0,2}\s+hoàn\s+thành|\btừ\s+(?:ngày|tháng|năm|đầu|quý|\d)[^.;:]{0,40})[\s,]*$"
)
_PAST = _pattern(r"\b(?:đã|được)\b[^.;:,]{0,40}$")
_RESULT = _pattern(r"\s*,?\s*(?:[^\s.;:]+\s+){0,4}?(?:đã|được|ước|lũy\s+kế|luỹ\s+kế)\b")
_LEVEL = _pattern(
    r"\s*,?\s*(?:phấn\s+đấu|đạt|có|hoàn\s+thành|cơ\s+bản|tỷ\s+lệ|còn|giảm|tăng|toàn|thu\s+hút|trên|ít\s+nhất|\d)"
)
_MEASURE = _pattern(r"đạt|phấn\s+đấu|hoàn\s+thành|ít\s+nhất|tối\s+thiểu|giảm|tăng|dưới|trên|\d|đưa\s+vào|xong")
_BY_HABIT = _pattern(r"\b(?:theo|kết\s+quả|chế\s+độ)\s*$")
_ALWAYS = _pattern(r"\bthường\s+xuyên\b")
_EVERY_PERIOD = _pattern(rf"\b{_EVERY}\s+(?P<every>ngày|tuần|tháng|quý|năm)\b")

# A text that is nothing but a term: the content of a line "Thời gian thực hiện: …" whose label was cut off.
_PLAIN_WHEN = re.sub(r"\(\?P<\w+>", "(?:", _WHEN)
_NOTHING_ELSE = _pattern(
    rf"[\s*]*(?:thường\s+xuyên|(?:định\s+kỳ\s+)?{_EVERY}\s+(?:ngày|tuần|tháng|quý|năm)(?:\s*(?:,|và)\s*(?:{_EVERY}\s+)?"
    rf"(?:tháng|quý|năm))*|(?:từ\s+)?{_PLAIN_WHEN}(?:\s*(?:-|–|đến|và|,)\s*{_PLAIN_WHEN})*"
    rf"(?:\s+(?:và\s+)?(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau))?|giai\s+đoạn\s+{_YEAR}\s*[-–]\s*{_YEAR})[\s.;/*]*"
)


def find_deadlines(text: str, offset: int = 0, default_year: int | None = None) -> list[Term]:
    """The terms that ``text``, one unit, states, in order, none overlapping another; spans are moved by ``offset``.

    ``default_year`` completes dates printed without their year. Any text is accepted.
    """
    whole = stated_term(text, offset, default_year) if _NOTHING_ELSE.fullmatch(text) else None
    if whole:
        return [whole]
    found = _labelled(text, default_year)
    taken = sorted([(term.start, term.end) for term in found] + [match.span() for match in _QUOTED.finditer(text)])
    for pattern in _ORDER:
        for match in pattern.finditer(text):
            if not _overlaps(taken, *match.span()) and _is_term(text, match):
                found.append(_term(match, default_year))
                insort(taken, match.span())
    exact = any(term.recurrence and " " in term.recurrence for term in found)
    kept = [term for term in found if not (exact and term.recurrence in _PERIODS.values())]
    return [t._replace(start=t.start + offset, end=t.end + offset) for t in sorted(kept)]


def stated_term(content: str, offset: int = 0, default_year: int | None = None) -> Term | None:
    """The term that the content of a line "Thời gian thực hiện: …" is, whatever its words; ``None`` where it is empty.

    The whole content is one term ("thường xuyên", "Năm 2025 và các năm tiếp theo"), its date that of its last words.
    """
    start = len(content) - len(content.lstrip(" \t*"))
    end = start + len(content[start:].rstrip(" \t.;,*/"))
    if start >= end:
        return None
    inner = [match for pattern in (*_ORDER[:4], _BARE) for match in pattern.finditer(content, start, end)]
    last = max(inner, key=lambda m: (m.end(), -m.start()), default=None)
    read = _term(last, default_year) if last else Term(start, end, None, None)
    recurrence = read.recurrence
    if recurrence is None and read.date is None:
        every = _EVERY_PERIOD.search(content, start, end)
        recurrence = "continuous" if _ALWAYS.search(content, start, end) else every and _PERIODS[every["every"].lower()]
    return Term(start + offset, end + offset, read.date, recurrence)


def _labelled(text: str, default_year: int | None) -> list[Term]:
    """The terms after "Thời gian thực hiện:" within the text."""
    found = []
    for match in _LABEL.finditer(text):
        end = _LABEL_END.search(text, match.end())
        term = stated_term(text[match.end() : end.start() if end else len(text)], match.end(), default_year)
        if term:
            found.append(term)
    return found


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (start, start))
    return (at < len(taken) and taken[at][0] < end) or (at > 0 and taken[at - 1][1] > start)


def _is_term(text: str, match: re.Match[str]) -> bool:
    """Whether the context makes a stated term of what looks like one."""
    start = match.start()
    before = text[max(0, start - _WINDOW) : start]
    before = before if start <= _WINDOW else "…" + before
    after = text[match.end() : match.end() + _WINDOW]
    if not _in_calendar(match):
        return False
    if match.re is _EACH and match["every"].lower() == "năm":
        return bool(_OPENS.search(before))
    if match.re in (_RECURS, _EACH, _LASTING, _SEASON):
        return not _BY_HABIT.search(before)
    if match.re is _BEFORE:
        return not _PAST.search(before)
    if _NO_TERM.search(before):
        return False
    if match.re is _UNTIL:
        return _until(match, before, after)
    return _within(match, before, after) if match.re is _WITHIN else _bare(match, before, after)


def _until(match: re.Match[str], before: str, after: str) -> bool:
    """ "đến cuối năm 2023 có thêm …" is a term; "về phát triển … đến năm 2030", "đến ngày 20 đã giải ngân" are none."""
    if _RESULT.match(after):
        return False
    opened = bool(_OPENS.search(before)) or bool(_COMMA.search(before) and _LEVEL.match(after))
    return opened or bool(_DONE.search(before)) or bool(match["through"] and not match["y5"])


def _within(match: re.Match[str], before: str, after: str) -> bool:
    """ "hoàn thành trong quý II/2020", "đạt 90% vào năm 2025"; not "nhiệm vụ được giao trong năm 2025"."""
    if match.group().lower().startswith("xong") or _DONE.search(before) or _AT_ONCE.search(before):
        return True
    if match.group().lower().startswith("vào"):
        return bool(match["y5"] and _MEASURE.search(before)) and not _PAST.search(before)
    dated = not match["y5"] and any(match[name] for name in ("y1", "y2", "y3", "y4"))
    opened = _OPENS.search(before)
    if not dated:
        opened = _LEVEL.match(after) and (opened or _COMMA.search(before))
    return bool(opened) and not _RESULT.match(after)


def _bare(match: re.Match[str], before: str, after: str) -> bool:
    """ "(cuối năm 2023 đạt 25%)", "phấn đấu năm 2025 đạt …", "hoàn thành quý II/2020"."""
    if match["day"] or match["only_month"] or match["quarter"]:
        named = match.group().lower().startswith(("ngày", "tháng", "quý", "cuối", "hết", "đầu"))
        return named and bool(re.search(r"(?:hoàn\s+thành|xong)\s*$", before, re.IGNORECASE))
    return bool(_OPENS.search(before) and _LEVEL.match(after)) and not _RESULT.match(after)


def _in_calendar(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    day, month = groups.get("day"), groups.get("month") or groups.get("only_month")
    return (day is None or 1 <= int(day) <= 31) and (month is None or 1 <= int(month) <= 12)


def _term(match: re.Match[str], default_year: int | None) -> Term:
    groups = match.groupdict()
    every = groups.get("every") or groups.get("quarterly")
    if every and match.re is _EACH and (count := _COUNT.search(match.group())):
        return Term(match.start(), match.end(), None, f"every {int(count['n'])} {_PLURALS[every.lower()]}")
    if every:
        return Term(match.start(), match.end(), None, _rule(every.lower(), groups.get("day"), groups.get("month")))
    return Term(match.start(), match.end(), _last_day(groups, default_year), None)


def _rule(every: str, day: str | None, month: str | None) -> str:
    """ "monthly day 18", "yearly 12-25", "weekly"."""
    if every == "năm" and day and month:
        return f"yearly {int(month):02}-{int(day):02}"
    return f"{_PERIODS[every]} day {int(day)}" if day else _PERIODS[every]


def _last_day(groups: dict[str, str | None], default_year: int | None) -> str | None:
    """The last day of the day, month, quarter, half-year or year named; of the one before it after "trước"."""
    printed = next((groups[name] for name in ("y1", "y2", "y3", "y4", "y5") if groups.get(name)), None)
    year = int(printed) if printed else default_year
    if year is None or groups.get("part") in ("đầu", "giữa"):
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
        return int(month), int(month)
    if quarter := groups.get("quarter"):
        last = 3 * _QUARTERS[quarter.lower()]
        return last - 2, last
    if half := groups.get("half"):
        return (1, 6) if half.lower() == "đầu" else (7, 12)
    return 1, 12
