"""Tables flattened to bars: which lines are cells of which row.

A row begins after two bars with nothing between (the end of the last cell and the start of the next row); further bars
are empty cells. Letterheads and signature blocks are set as tables of one or two rows: they are none here. What stands
between two tables has one bar on either side, as a cell has: the text of an act, and what stands before the cell "STT",
is none.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from loaders.lines import RawLine
from loaders.markers import Marker, is_enacting, read_marker

LONGEST_CELL = 25
"""Lines. What stands between two bars and is longer is the text between a letterhead and a signature block."""
FEWEST_ROWS = 3
"""Rows of a table without a cell "STT": a letterhead has two."""
_RUNNING = re.compile(r"(?:STT|TT|Số\s*TT|Số thứ tự|SỐ TT)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,6}|[A-ZĐ])[.)]?")
_TICK = re.compile(r"[xX✓✔√]")
"""The mark in a column of choices ("Bản chính", "Bản sao")."""
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
_GROUND = re.compile(r"Căn(?:\s+cứ|$)")
_NO_CELL = re.compile(
    r"Độc\s+lập\s*[-–]\s*Tự\s+do|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Nơi\s+nhận\s*:"
    r"|(?:Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Thông báo|Quy định|Quy chế|Công điện)\s+này\s+có\s+hiệu\s+lực"
)
"""How lines begin that stand in a letterhead or a closing."""
_SECTIONS = frozenset({"part", "annex", "article", "roman", "capital", "number", "composite2", "composite3"})

_Chunk = list[RawLine]
"""What stands between two bars, or in one cell of a row on one line."""


class _Shape(NamedTuple):
    """How wide the rows of a run of chunks are, in cells."""

    usual: tuple[int, ...]
    widest: int
    header: int
    """Cells of the row of names that begins with "STT"; 0 where there is none, or where it has a second line."""


def mark_rows(lines: list[RawLine]) -> list[RawLine]:
    """The lines, those in table cells with ``row`` and ``cell`` set, rows counted from 1 through the file."""
    rows = 0
    marked: list[RawLine] = []
    for region in _regions(lines):
        numbers = _row_numbers(region)
        if numbers and max(numbers) >= _fewest(region):
            marked += _marked(region, numbers, rows)
            rows += max(numbers)
        else:
            marked += [line for chunk in region for line in chunk]
    return marked


def _fewest(region: list[_Chunk]) -> int:
    """Rows that make a table: the names of its columns and one more where they begin with "STT"."""
    return 2 if not region[0][0].own_row and _is_running(region[0]) else FEWEST_ROWS


def _marked(region: list[_Chunk], numbers: list[int], rows: int) -> Iterator[RawLine]:
    """The region's lines with their row and cell; a cell that a row on one line has numbered keeps its number."""
    cell = 0
    for index, (chunk, number) in enumerate(zip(region, numbers, strict=True)):
        cell = cell + 1 if index and numbers[index - 1] == number else 1
        for line in chunk:
            yield line._replace(row=rows + number, cell=line.cell or cell) if number else line


def _regions(lines: list[RawLine]) -> Iterator[list[_Chunk]]:
    """Runs of chunks that may be cells: rows on one line apart from rows over many; each chunk of text alone."""
    for run in _runs(list(_chunks(lines))):
        yield from [run] if run[0][0].own_row else _cut_at_text_below(run)


def _runs(chunks: list[_Chunk]) -> Iterator[list[_Chunk]]:
    run: list[_Chunk] = []
    for index, chunk in enumerate(chunks):
        text = not chunk[0].own_row and _is_text(chunk, chunks[index + 1 : index + 2])
        if run and (text or bool(chunk[0].own_row) != bool(run[-1][0].own_row)):
            yield run
            run = []
        if text:
            yield [chunk]
        else:
            run.append(chunk)
    if run:
        yield run


def _chunks(lines: list[RawLine]) -> Iterator[_Chunk]:
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


def _is_running(chunk: _Chunk) -> bool:
    """Whether a cell is the name of the column of running numbers."""
    return bool(_RUNNING.fullmatch(chunk[0].text))


def _is_text(chunk: _Chunk, following: list[_Chunk]) -> bool:
    """Whether what stands between two bars is no cell: too long, before the first bar, the text of an act, or the title
    of the table that begins behind it."""
    if len(chunk) > LONGEST_CELL or (not chunk[0].bars and not _is_running(chunk)):
        return True
    if _is_act(chunk):
        return True
    after = following[0] if following else None
    if after is None or after[0].bars != 1 or len(after) > 1:
        return False
    bold = chunk[-1].emphasis[1] and after[0].emphasis[0]
    return _is_running(after) or (bold and after[0].text.rstrip(".") == "1" and _section(chunk[0]) is not None)


def _is_act(chunk: _Chunk) -> bool:
    """Whether the lines are an act's own: its enacting line, two grounds or articles, a letterhead's or a closing's."""
    grounds = sum(bool(_GROUND.match(line.text)) for line in chunk)
    articles = sum(bool(_ARTICLE.match(line.text)) for line in chunk)
    return max(grounds, articles) > 1 or any(is_enacting(line.text) or _NO_CELL.match(line.text) for line in chunk)


def _section(line: RawLine) -> Marker | None:
    """The marker of a section that a line begins with ("2. Danh mục …", "B. QUY TRÌNH …"), bullets aside."""
    marker = read_marker(line.text)
    return marker if marker and marker.style in _SECTIONS else None


def _cut_at_text_below(run: list[_Chunk]) -> Iterator[list[_Chunk]]:
    """The run cut where one lone bar and a marker follow a complete row: a list below the table, not one cell more."""
    width = _even_width(run)
    piece: list[_Chunk] = []
    in_row = 0
    for chunk in run:
        in_row = in_row + 1 if chunk[0].bars == 1 and piece else 1
        if width and in_row == width + 1 and read_marker(chunk[0].text):
            yield piece
            yield [chunk]
            piece = []
        else:
            piece.append(chunk)
    if piece:
        yield piece


def _even_width(run: list[_Chunk]) -> int:
    """The cells of nearly every row; 0 where rows differ, are too few or have one cell."""
    starts = [index for index, chunk in enumerate(run) if chunk[0].bars >= 2]
    widths = Counter(b - a for a, b in itertools.pairwise(starts))
    if not widths:
        return 0
    width, count = widths.most_common(1)[0]
    return width if width > 1 and count >= FEWEST_ROWS and count * 4 >= 3 * widths.total() else 0


def _row_numbers(region: list[_Chunk]) -> list[int]:
    """A row number for each chunk of the run, 0 for what stands before the first row or after the last cell."""
    if region[0][0].own_row:
        first_row = region[0][0].own_row
        return [chunk[0].own_row - first_row + 1 for chunk in region]
    starts = [index for index, chunk in enumerate(region) if chunk[0].bars >= 2 and not _is_tick(chunk)]
    if len(starts) < _fewest(region) - 1:
        return []
    shape = _shape(region, starts)
    return _counted(region, _joined(region, starts, shape.header), shape)


def _is_tick(chunk: _Chunk) -> bool:
    return len(chunk) == 1 and bool(_TICK.fullmatch(chunk[0].text))


def _shape(region: list[_Chunk], starts: list[int]) -> _Shape:
    widths = Counter(b - a for a, b in itertools.pairwise(starts))
    usual = [width for width, count in widths.items() if count * 4 >= len(starts)]
    usual = usual or [width for width, _ in widths.most_common(1)]
    names = _names(region, starts)
    header = starts[0] - names if names is not None else 0
    whole = header if header and _NUMBER.fullmatch(region[starts[0]][0].text) else 0
    return _Shape(tuple(usual), max([*usual, header]), whole)


def _names(region: list[_Chunk], starts: list[int]) -> int | None:
    """The cell "STT" nearest before the first row that has kept its two bars."""
    return next((index for index in range(starts[0] - 1, -1, -1) if _is_running(region[index])), None)


def _joined(region: list[_Chunk], starts: list[int], width: int) -> list[int]:
    """The row starts without those where a numbered row only goes on behind an empty cell ("3 | Khảo sát | | Quý II"):
    all cells and bars up to the next row have room in it."""
    kept: list[int] = []
    room = 0
    for at, end in itertools.pairwise([*starts, len(region)]):
        cells = end - at
        if width and kept and not _NUMBER.fullmatch(region[at][0].text) and region[at][0].bars - 1 + cells <= room:
            room -= region[at][0].bars - 1 + cells
            continue
        kept.append(at)
        room = width - cells if _NUMBER.fullmatch(region[at][0].text) else 0
    return kept


def _counted(region: list[_Chunk], starts: list[int], shape: _Shape) -> list[int]:
    """Rows counted from the two-bar starts; the first row has lost its own, the last ends where it is full or a section
    begins. In a table without names a section's title has a row of its own and is none."""
    numbers = [0] * len(region)
    names = _names(region, starts)
    first = max(starts[0] - shape.widest, 0) if names is None else names
    first_cells = frozenset(starts)
    row, place = int(first not in first_cells), 0
    for index in range(first, len(region)):
        chunk = region[index]
        if index in first_cells:
            row, place = row + 1, 0
        place += max(chunk[0].bars, 1) if place else 1
        if index > starts[-1] and (place > max(shape.widest, 1) or _is_title(chunk)):
            break
        if names is not None or not _alone(region, index, first_cells) or not _is_title(chunk):
            numbers[index] = row
    return numbers


def _is_title(chunk: _Chunk) -> bool:
    """Whether a chunk begins with the title of a section in bold ("**2. Tóm tắt mô tả hàng hóa:** …")."""
    return chunk[0].emphasis[0] and _section(chunk[0]) is not None


def _alone(region: list[_Chunk], index: int, first_cells: frozenset[int]) -> bool:
    """Whether a chunk is all of its row."""
    return (index in first_cells or not index) and (index + 1 in first_cells or index + 1 == len(region))
