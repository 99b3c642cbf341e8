"""Tables whose columns are kept apart by blanks alone, as programs print them that turn a page into text.

How such files are written: column names in a line that begins "TT" or "STT", cells below their names; rows begin with
their running number or are sums, other lines go on in the cells above. A page break may part them. Reads the raw text;
gives where each cell stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_NAMES = re.compile(r"[ \t]{0,24}(?:S?TT|Số TT)[ \t]{2,}\S")
_CHUNK = re.compile(r"\S+(?:[ \t]\S+)*")
_NUMBER = re.compile(r"[ \t]{0,24}(\d{1,3})[ \t]{2,}\S")
_SUM = re.compile(r"\s*(?:Tổng cộng|Tổng số|Cộng|Trong đó)\b")
"""How a row without a number begins."""
_BREAK = re.compile(r"[ \t]*(?:\d{1,3}[ \t]*)?")
_PAGE_BREAK = 6
"""Lines of a page break: blank ones and a page number."""
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_SLACK = 2
"""Characters by which a cell may stand left of its column's name."""
_LONGEST_NAMES = 3
"""Lines that the names of the columns take."""


class AlignedCell(NamedTuple):
    """One line of a cell: ``raw[start:end]``, its ``column`` counted from 1, and which ``row`` of the file it is in."""

    start: int
    end: int
    column: int
    row: int


def aligned_cells(raw: str) -> dict[int, list[AlignedCell]]:
    """The cells of each physical line of such a table, by the place where the line starts."""
    found: dict[int, list[AlignedCell]] = {}
    lines = list(_lines(raw)) if "TT" in raw else []
    rows, index = 0, 0
    while index < len(lines):
        start, text = lines[index]
        columns = [match.start() for match in _CHUNK.finditer(text)] if _NAMES.match(text) else []
        length = _rows_below(lines, index + 1, columns) if len(columns) >= _FEWEST_COLUMNS else 0
        for at in range(index, index + length):
            start, text = lines[at]
            if _BREAK.fullmatch(text) and not all(beside.strip() for _, beside in lines[at - 1 : at + 2]):
                continue  # a blank line, or a page number beside one
            rows += at == index or bool(_NUMBER.match(text) or _SUM.match(text))
            found[start] = list(_cells(start, text, columns, rows))
        index += length or 1
    return found


def _lines(raw: str) -> Iterator[tuple[int, str]]:
    at = 0
    for text in raw.split("\n"):
        yield at, text.rstrip("\r")
        at += len(text) + 1


def _rows_below(lines: Sequence[tuple[int, str]], first: int, columns: Sequence[int]) -> int:
    """How many lines the table has with its names: up to a blank line that is no page break, or one that neither
    begins with the next running number nor goes on in a later column; 0 where it has hardly a row."""
    count, at, last = 0, first, first
    while (at := _over_page_break(lines, at)) < len(lines) and (text := lines[at][1]).strip() and "|" not in text:
        number = _NUMBER.match(text)
        begins = number is not None and int(number[1]) == count + 1
        indent = len(text) - len(text.lstrip())
        goes_on = indent >= columns[1] - _SLACK and (count > 0 or at - first < _LONGEST_NAMES)
        if not begins and not goes_on:
            break
        count += begins
        at += 1
        last = at
    return last - first + 1 if count >= _FEWEST_ROWS else 0


def _over_page_break(lines: Sequence[tuple[int, str]], at: int) -> int:
    """The line where a table goes on behind blank lines and a page number: with a running number or a sum; ``at`` where
    it does not."""
    after = at
    while after < min(len(lines), at + _PAGE_BREAK) and _BREAK.fullmatch(lines[after][1]):
        after += 1
    goes_on = after > at and after < len(lines) and (_NUMBER.match(lines[after][1]) or _SUM.match(lines[after][1]))
    return after if goes_on else at


def _cells(start: int, text: str, columns: Sequence[int], row: int) -> Iterator[AlignedCell]:
    for match in _CHUNK.finditer(text):
        column = max(1, bisect_right(columns, match.start() + _SLACK))
        yield AlignedCell(start + match.start(), start + match.end(), column, row)
