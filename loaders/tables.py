"""Tables flattened to bars: which lines are cells of which row.

A row begins after two bars with nothing between (the end of the last cell and the start of the next row). Letterheads
and signature blocks are set as tables of one or two rows: they are none here.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from loaders.lines import RawLine

LONGEST_CELL = 25
"""Lines. What stands between two bars and is longer is the text between a letterhead and a signature block."""
FEWEST_ROWS = 3


def mark_rows(lines: list[RawLine]) -> list[RawLine]:
    """The lines, those in table cells with their ``row`` set, counted from 1 through the file."""
    rows = 0
    marked: list[RawLine] = []
    for region in _regions(lines):
        numbers = _row_numbers(region)
        if numbers and max(numbers) >= FEWEST_ROWS:
            for chunk, number in zip(region, numbers, strict=True):
                marked += [line._replace(row=rows + number) if number else line for line in chunk]
            rows += max(numbers)
        else:
            marked += [line for chunk in region for line in chunk]
    return marked


def _regions(lines: list[RawLine]) -> Iterator[list[list[RawLine]]]:
    """Runs of chunks short enough to be cells; a longer chunk is a run of its own."""
    region: list[list[RawLine]] = []
    for chunk in _chunks(lines):
        if len(chunk) > LONGEST_CELL:
            if region:
                yield region
            yield [chunk]
            region = []
        else:
            region.append(chunk)
    if region:
        yield region


def _chunks(lines: list[RawLine]) -> Iterator[list[RawLine]]:
    """The lines between two bars."""
    chunk: list[RawLine] = []
    for line in lines:
        if line.bars and chunk:
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _row_numbers(region: list[list[RawLine]]) -> list[int]:
    """A row number for each chunk of the run, 0 for what stands before the first row or after the last cell."""
    starts = [index for index, chunk in enumerate(region) if chunk[0].bars >= 2]
    first_cells = frozenset(starts)
    if len(starts) < FEWEST_ROWS - 1:
        return []
    first = max(starts[0] - (starts[1] - starts[0]), 0)
    widths = Counter(b - a for a, b in itertools.pairwise(starts))
    usual = [width for width, count in widths.items() if count * 4 >= len(starts)] or [widths.most_common(1)[0][0]]
    widest = max(usual)
    numbers = [0] * len(region)
    row = 1
    in_row = 0
    for index in range(first, len(region)):
        if index in first_cells:
            row, in_row = row + 1, 0
        in_row += 1
        if in_row <= max(widest, 1) or index < starts[-1]:
            numbers[index] = row
    return numbers
