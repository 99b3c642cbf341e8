"""From when, until when, and from when no longer: the days that a clause on force names.

Reads masked text of one clause; days are ISO. "Sau ngày 31 tháng 12" and "đến hết ngày 31 tháng 12" both name the last
day, "từ ngày" the first one without (Luật 64/2025/QH15, Điều 53 và 57: thời điểm có hiệu lực, hết hiệu lực).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from loaders.dates import date_at

_FROM = re.compile(r"(?:kể )?từ (?=(?:ngày )?\d)")
_SIGNING = re.compile(r"từ (?:ngày|khi) (?:được )?(?:ký|ban hành|thông qua)(?!\w)")
_SINCE_SIGNING = re.compile(r"sau (\d{1,3}) ngày,? (?:kể )?từ ngày (?:được )?(?:ký|ban hành|thông qua)(?!\w)")
_UNTIL = re.compile(r"đến (?:hết )?(?=ngày \d)|đến hết (?=\d{1,2}[/.-])")
_UNTIL_PERIOD = re.compile(r"đến hết (?:tháng (?P<month>\d{1,2})(?:/| năm |, năm )|năm )(?P<year>20\d\d)(?!\d)")
_AFTER = re.compile(r"sau (?=ngày \d)")
_ON = re.compile(r"(?:vào|kể từ|từ|trong) (?=ngày \d)")


def first_day(clause: str) -> str | None:
    """The day after "từ": the first on which something holds."""
    return next((day for m in _FROM.finditer(clause) if (day := _at(clause, m.end()))), None)


def days_after_signing(clause: str) -> int | None:
    """0 for "từ ngày ký", 10 for "sau 10 ngày kể từ ngày ký", ``None`` where it does not count from that day."""
    later = _SINCE_SIGNING.search(clause)
    if later:
        return int(later[1])
    return 0 if _SIGNING.search(clause) else None


def last_day(clause: str) -> str | None:
    """The day after the last "đến hết"; the last day of a month or year."""
    found = [(m.start(), day) for m in _UNTIL.finditer(clause) if (day := _at(clause, m.end()))]
    for m in _UNTIL_PERIOD.finditer(clause):
        month = int(m["month"] or 12)
        if 1 <= month <= 12:
            year = int(m["year"])
            found.append((m.start(), date(year, month, monthrange(year, month)[1]).isoformat()))
    return max(found)[1] if found else None


def end_day(clause: str) -> str | None:
    """The first day without force that the words after "hết hiệu lực" name."""
    after = _AFTER.search(clause)
    last = _at(clause, after.end()) if after else last_day(clause)
    if last:
        return day_after(last)
    on = _ON.search(clause)
    return _at(clause, on.end()) if on else None


def day_after(day: str, count: int = 1) -> str:
    """The day ``count`` days after an ISO day."""
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat()


def _at(clause: str, at: int) -> str | None:
    found = date_at(clause, at)
    return found.iso if found else None
