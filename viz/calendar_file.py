"""Deadlines as a calendar file (iCalendar, RFC 5545) that Outlook, Google and every other calendar opens.

A deadline becomes an all-day event on its last day, a rule a recurring event, one for each of its days in a year;
only what the words fix is written: a rule that names no day ("monthly", "continuous") has no place. Lines end with CRLF
and are folded at 75 octets, never inside a character (3.1); text is escaped (3.3.11). The same tasks give the same
bytes: the UID comes from the words, the stamp from the document's date.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from viz.plain import plain

_LONGEST_LINE = 75  # octets, the break not counted (RFC 5545, 3.1)
_MONTHLY = re.compile(r"monthly day (\d{1,2})")
_QUARTERLY = re.compile(r"quarterly day (\d{1,2})")
_YEARLY = re.compile(r"yearly (\d{2}-\d{2}(?:, \d{2}-\d{2})*)")
_FIRST_MONTH = re.compile(r"\btháng\s+đầu\b", re.IGNORECASE)
_LAST_MONTH = re.compile(r"\btháng\s+cuối\b", re.IGNORECASE)


class Due(NamedTuple):
    """One deadline of one task. ``day`` is the last day (with ``rule``: the last day of the rule), ``issued`` the date
    of the document, ``key`` what makes it this deadline whatever ids change: document, words of task and deadline."""

    key: str
    printed: str
    day: str | None
    rule: str | None
    issued: str | None
    summary: str
    description: str
    categories: tuple[str, ...] = ()


def calendar_file(entries: Iterable[Due], name: str) -> bytes:
    """The file with all of ``entries`` that :func:`when` places; ``name`` is what calendars call it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//policy-lineage//lineage calendar//VI", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += _events(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def when(entry: Due) -> list[tuple[date, str | None]]:
    """The first day and the recurrence rule (3.3.10) of each event of a deadline; none where its words fix no day.

    A rule begins on or after the document's date; in months that are too short it falls on their last day.
    """
    if entry.rule is None:
        return [(date.fromisoformat(entry.day), None)] if entry.day else []
    if entry.issued is None:
        return []
    since = date.fromisoformat(entry.issued)
    days = [(_first(months, day, since), months, day) for months, day in _days(entry.rule, entry.printed)]
    return [(first, _recurrence(months, day, entry.day)) for first, months, day in days if not _past(first, entry.day)]


def _recurrence(months: tuple[int, ...], day: int, last: str | None) -> str:
    until = f";UNTIL={last.replace('-', '')}" if last else ""
    by_month = "" if len(months) == 12 else f";BYMONTH={','.join(map(str, months))}"
    days = f"BYMONTHDAY={day}" if day <= 28 else f"BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
    return f"FREQ=MONTHLY{by_month};{days}{until}"  # BYSETPOS then picks one day of each month, not one of the year


def _past(first: date, last: str | None) -> bool:
    return last is not None and first.isoformat() > last


def _days(rule: str, printed: str) -> list[tuple[tuple[int, ...], int]]:
    """The months and day of each event of a rule; of a quarter the month that the words name."""
    if found := _MONTHLY.fullmatch(rule):
        return [(tuple(range(1, 13)), int(found[1]))]
    if found := _YEARLY.fullmatch(rule):
        return [((int(month),), int(day)) for month, _, day in (each.partition("-") for each in found[1].split(", "))]
    found = _QUARTERLY.fullmatch(rule)
    if found and _LAST_MONTH.search(printed):
        return [((3, 6, 9, 12), int(found[1]))]
    if found and _FIRST_MONTH.search(printed):
        return [((1, 4, 7, 10), int(found[1]))]
    return []


def _first(months: tuple[int, ...], day: int, since: date) -> date:
    """The first day of the rule on or after ``since``."""
    for year in (since.year, since.year + 1):
        for month in months:
            found = date(year, month, min(day, calendar.monthrange(year, month)[1]))
            if found >= since:
                return found
    raise ValueError(f"a rule without months: {months}")


def _events(entry: Due) -> Iterator[str]:
    for nth, (day, rule) in enumerate(when(entry)):
        key = f"{entry.key}\n{nth}" if nth else entry.key  # each its own; that of a single one as it always was
        yield "BEGIN:VEVENT"
        yield f"UID:{hashlib.sha256(key.encode('utf-8')).hexdigest()[:32]}@policy-lineage"
        yield f"DTSTAMP:{(entry.issued or day.isoformat()).replace('-', '')}T000000Z"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        if rule:
            yield f"RRULE:{rule}"
        yield f"SUMMARY:{_text(entry.summary)}"
        yield f"DESCRIPTION:{_text(entry.description)}"
        if entry.categories:
            yield f"CATEGORIES:{','.join(map(_text, entry.categories))}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _text(value: str) -> str:
    """TEXT of 3.3.11: backslash, semicolon and comma escaped, line breaks as ``\\n``."""
    escaped = plain(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n?|\n", r"\\n", escaped).replace("\t", " ")


def _folded(line: str) -> str:
    """``line`` in pieces of 75 octets at most, each further one led by a blank (which counts)."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > _LONGEST_LINE:
            pieces.append("")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n ".join(pieces)
