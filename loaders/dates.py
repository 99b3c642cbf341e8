"""Dates as Vietnamese documents print them, read into ISO 8601.

Shapes (NĐ 30/2020/NĐ-CP, appendix I, part II, item 4, and Hướng dẫn 36-HD/VPTW, part II, item 4)::

    ngày 30 tháng 01 năm 2023     ngày 30 tháng 01, năm 2023     ngày 30 tháng 01/2023
    ngày 15-5-2023                27/11/2024                     27.11.2024

Blanks, dashes of every length, a missing "ngày" and one without its mark ("ngay 27 tháng 6") are read; a day that no
calendar has ("31/02/2024") is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MARK = r"\s{0,2}[/.\-–—]\s{0,2}"
_MONTH = rf"(?:\s{{0,2}}(?:tháng|Tháng|THÁNG)\s{{0,2}}|{_MARK})"
_YEAR = rf"(?:\s{{0,2}},?\s{{0,2}}(?:năm|Năm|NĂM)\s{{0,2}}|{_MARK})"
DATE_PATTERN = rf"(?:(?:[Nn]g[àa]y|NGÀY)\s{{0,2}})?(?<!\d)(\d{{1,2}}){_MONTH}(\d{{1,2}}){_YEAR}((?:19|20)\d\d)(?!\d)"
"""Three groups: day, month, year. Anchored on nothing: the word "ngày" is part of the match where it is printed."""
_DATE = re.compile(DATE_PATTERN)


class PrintedDate(NamedTuple):
    """A date in a text: ``[start, end)`` of the text searched ("ngày" included), and its ISO form."""

    start: int
    end: int
    iso: str


def iso_date(day: str | int, month: str | int, year: str | int) -> str | None:
    """``2023-01-30`` for a day, month and year; ``None`` where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def date_at(text: str, start: int, end: int | None = None) -> PrintedDate | None:
    """The date that is printed exactly at ``start``, or ``None``."""
    match = _DATE.match(text, start, len(text) if end is None else end)
    return _printed(match) if match else None


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """Every date of ``text[start:end]`` in order; offsets are those of ``text``."""
    for match in _DATE.finditer(text, start, len(text) if end is None else end):
        found = _printed(match)
        if found:
            yield found


def parse_date(text: str) -> str | None:
    """ISO form of a text that is a date and nothing else, else ``None``."""
    match = _DATE.fullmatch(text.strip())
    return iso_date(*match.groups()) if match else None


def _printed(match: re.Match[str]) -> PrintedDate | None:
    iso = iso_date(*match.groups())
    return PrintedDate(match.start(), match.end(), iso) if iso else None
