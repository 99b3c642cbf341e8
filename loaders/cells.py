"""Header and closing line by line, cell by cell: converted pages set two columns side by side with wide gaps
between.

Reads lines of a :class:`~loaders.text.SourceText`; gives :class:`Cell` rows in reading order, left column before
right column in each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.text import SourceText

_WIDE = re.compile(r"\s{3,}")
LONGEST = 400
"""Characters. A longer line is prose, never a row of header cells."""


class Cell(NamedTuple):
    """One cell's text and its clean offsets; ``line`` is its index in ``text.lines``, ``column`` 0 or more."""

    text: str
    start: int
    end: int
    line: int
    column: int


def line_text(text: SourceText, index: int) -> str:
    """The clean text of one physical line; ``""`` where there is no such line."""
    if not 0 <= index < len(text.lines):
        return ""
    line = text.lines[index]
    return text.clean[line.start : line.end]


def line_cells(text: SourceText, index: int) -> list[Cell]:
    """The cells of one line; one cell where no wide gap divides it."""
    line = text.lines[index]
    content = text.clean[line.start : line.end]
    if len(content) > LONGEST or "   " not in content:
        return [Cell(content, line.start, line.end, index, 0)]
    found: list[Cell] = []
    at = 0
    for gap in [*_WIDE.finditer(content), None]:
        end = gap.start() if gap else len(content)
        if content[at:end].strip():
            found.append(Cell(content[at:end], line.start + at, line.start + end, index, len(found)))
        at = gap.end() if gap else end
    return found


def cells(text: SourceText, first: int, last: int) -> Iterator[Cell]:
    """The cells of the lines ``[first, last)``."""
    for index in range(first, min(last, len(text.lines))):
        yield from line_cells(text, index)
