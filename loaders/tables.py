"""Tables flattened to bars: which lines are cells of which row.

A row begins after two bars with nothing between (the end of the last cell and the start of the next row). Letterheads
and signature blocks are set as tables of one or two rows: they are none here.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from loaders.lines import RawLine

LONGEST_CELL = 25
"""Lines. What stands between two bars and is longer is the text between a letterhead and a signature block."""
FEWEST_ROWS = 3
_RUNNING = re.compile(r"(?:STT|TT|Số\s*TT|Số thứ tự|SỐ TT)", re.IGNORECASE)


def mark_rows(lines: list[RawLine]) -> list[RawLine]:
    """The lines, those in table cells with ``row`` and ``cell`` set, rows counted from 1 through the file."""
    rows = 0
    marked: list[RawLine] = []
    for region in _regions(lines):
        numbers = _row_numbers(region)
        if numbers and max(numbers) >= FEWEST_ROWS:
            marked += _marked(region, numbers, rows)
            rows += max(numbers)
        else:
            marked += [line for chunk in region for line in chunk]
    return marked


def _marked(region: list[list[RawLine]], numbers: list[int], rows: int) -> Iterator[RawLine]:
    """The region's lines with their row and cell; a cell that a row on one line has numbered keeps its number."""
    cell = 0
    for index, (chunk, number) in enumerate(zip(region, numbers, strict=True)):
        cell = cell + 1 if index and numbers[index - 1] == number else 1
        for line in chunk:
            yield line._replace(row=rows + number, cell=line.cell or cell) if number else line


def _regions(lines: list[RawLine]) -> Iterator[list[list[RawLine]]]:
    """Runs of chunks short enough to be cells: rows on one line apart from rows over many; a longer chunk alone."""
    region: list[list[RawLine]] = []
    for chunk in _chunks(lines):
        own = chunk[0].own_row
        previous = region[-1][0].own_row if region else own
        if region and (len(chunk) > LONGEST_CELL or bool(own) != bool(previous)):
            yield region
            region = []
        region.append(chunk)
        if len(chunk) > LONGEST_CELL:
            yield region
            region = []
    if region:
        yield region


def _chunks(lines: list[RawLine]) -> Iterator[list[RawLine]]:
    """The lines of one cell, or those between two bars."""
    chunk: list[RawLine] = []
    for line in lines:
        last = chunk[-1] if chunk else line
        if chunk and (line.bars or line.own_row != last.own_row):
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _row_numbers(region: list[list[RawLine]]) -> list[int]:
    """A row number for each chunk of the run, 0 for what stands before the first row or after the last cell."""
    if region[0][0].own_row:
        first_row = region[0][0].own_row
        return [chunk[0].own_row - first_row + 1 for chunk in region]
    starts = [index for index, chunk in enumerate(region) if chunk[0].bars >= 2]
    if len(starts) < FEWEST_ROWS - 1:
        return []
    widths = Counter(b - a for a, b in itertools.pairwise(starts))
    usual = [width for width, count in widths.items() if count * 4 >= len(starts)] or [widths.most_common(1)[0][0]]
    return _counted(region, starts, max(usual))


def _first_cell(region: list[list[RawLine]], starts: list[int], widest: int) -> int:
    """Where the first row begins: at the cell of running numbers, else as many cells back as a row has."""
    back = range(starts[0] - 1, max(starts[0] - widest - 3, -1), -1)
    names = [index for index in back if _RUNNING.fullmatch(region[index][0].text)]
    return names[0] if names else max(starts[0] - widest, 0)


def _counted(region: list[list[RawLine]], starts: list[int], widest: int) -> list[int]:
    """Rows counted from the two-bar starts; the first row has lost its own, the last ends after ``widest`` cells."""
    numbers = [0] * len(region)
    first_cells = frozenset(starts)
    row, in_row = 1, 0
    for index in range(_first_cell(region, starts, widest), len(region)):
        if index in first_cells:
            row, in_row = row + 1, 0
        in_row += 1
        if in_row <= max(widest, 1) or index < starts[-1]:
            numbers[index] = row
    return numbers
