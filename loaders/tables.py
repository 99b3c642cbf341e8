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
_BROKEN_NAME = re.compile(r"\bsố$", re.IGNORECASE)
"""What stands in the line above "TT" where one name is broken in two."""
COUNTING = re.compile(r"\(\d{1,2}\)")
"""A cell of the row that counts the columns."""
_FIRST = re.compile(r"(?:1|I|A)[.)]?")
ROW_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,6}|[A-ZĐ])[.)]?")
_TICK = re.compile(r"[xX✓✔√]")
"""The mark in a column of choices ("Bản chính", "Bản sao")."""
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
_GROUND = re.compile(r"Căn(?:\s+cứ|$)")
_NO_CELL = re.compile(
    r"Độc\s+lập\s*[-–]\s*Tự\s+do|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Nơi\s+nhận\s*:"
    r"|(?:Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Thông báo|Quy định|Quy chế|Công điện)\s+này\s+có\s+hiệu\s+lực"
)
"""How lines begin that stand in a letterhead or a closing."""
_PROSE = 5
"""Lines of a text below a table."""
_GROUP_TITLE = 2
"""Cells of a row that is the title of those below it: its number and its name."""
_SECTIONS = frozenset({"part", "annex", "article", "roman", "capital", "number", "composite2", "composite3"})

_Chunk = list[RawLine]
"""What stands between two bars, or in one cell of a row on one line."""


class _Region(NamedTuple):
    """Chunks that may be the rows of one table."""

    chunks: list[_Chunk]
    fewest: int
    """Rows that make a table of them: one below a text that interrupts a table."""
    width: int = 0
    """Cells of a row, where the rows above say it."""


def mark_rows(lines: list[RawLine]) -> list[RawLine]:
    """The lines, those in table cells with ``row`` and ``cell`` set, rows counted from 1 through the file."""
    rows = 0
    marked: list[RawLine] = []
    for region in _regions(lines):
        numbers = _row_numbers(region)
        if numbers and max(numbers) >= region.fewest:
            marked += _marked(region.chunks, numbers, rows)
            rows += max(numbers)
        else:
            marked += [line for chunk in region.chunks for line in chunk]
    return marked


def _marked(region: list[_Chunk], numbers: list[int], rows: int) -> Iterator[RawLine]:
    """The region's lines with their row and cell; a cell that a row on one line has numbered keeps its number."""
    cell = 0
    for index, (chunk, number) in enumerate(zip(region, numbers, strict=True)):
        goes_on = index > 0 and numbers[index - 1] == number
        cell = cell + max(1, chunk[0].bars) if goes_on else 1  # each further bar is an empty cell
        for line in chunk:
            in_cell = number and not line.footnote
            yield line._replace(row=rows + number, cell=line.cell or cell) if in_cell else line


def _regions(lines: list[RawLine]) -> Iterator[_Region]:
    """Runs of chunks that may be cells: rows on one line apart from rows over many; each chunk of text alone."""
    for run in _runs(list(_chunks(lines))):
        if run[0][0].own_row:
            yield _Region(run, FEWEST_ROWS)
        else:
            yield from _cut_at_text_below(run)


def _runs(chunks: list[_Chunk]) -> Iterator[list[_Chunk]]:
    run: list[_Chunk] = []
    for index, chunk in enumerate(chunks):
        text = not chunk[0].own_row and _is_text(chunk, chunks[index + 1 : index + 2])
        begins = not chunk[0].bars and _is_running(chunk)  # "STT" below a title
        if run and (text or begins or bool(chunk[0].own_row) != bool(run[-1][0].own_row)):
            yield run
            run = []
        if text:
            yield [chunk]
        else:
            run.append(chunk)
    if run:
        yield run


def _chunks(lines: list[RawLine]) -> Iterator[_Chunk]:
    """The lines of one cell, or those between two bars; the name "STT" begins a cell of its own below a title."""
    chunk: list[RawLine] = []
    for line in lines:
        last = chunk[-1] if chunk else line
        begins_table = _RUNNING.fullmatch(line.text) and not _BROKEN_NAME.search(last.text)
        if chunk and (line.bars or line.own_row != last.own_row or begins_table):
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


def _cut_at_text_below(run: list[_Chunk]) -> Iterator[_Region]:
    """The run cut where one lone bar and a marker, or prose, follow a complete row: text below the table, not one cell
    more. The title of a section behind it is text too; then the table goes on."""
    width = _even_width(run)
    region = _Region([], 2 if _is_running(run[0]) else FEWEST_ROWS)
    in_row = above = 0
    for chunk in run:
        starts = chunk[0].bars != 1 or not region.chunks
        above = in_row if starts and in_row > _GROUP_TITLE else above
        in_row = 1 if starts else in_row + 1
        below = width > 0 and in_row == width + 1 and read_marker(chunk[0].text) is not None
        below = below or (0 < above < in_row and _is_prose(chunk))
        if below or (width and region.width and not region.chunks and _is_title(chunk)):
            if region.chunks:
                yield region
            yield _Region([chunk], FEWEST_ROWS)
            region = _Region([], 1, width)
        else:
            region.chunks.append(chunk)
    if region.chunks:
        yield region


def _is_prose(chunk: _Chunk) -> bool:
    """Whether lines are long as those of a page and end as a paragraph does: no cell holds them."""
    return (
        len(chunk) >= _PROSE
        and sum(len(line.text) for line in chunk) >= 40 * len(chunk)
        and chunk[-1].text.endswith((".", ":"))
    )


def _even_width(run: list[_Chunk]) -> int:
    """The cells of nearly every row, titles of groups aside; 0 where rows differ, are too few or have one cell."""
    starts = [index for index, chunk in enumerate(run) if chunk[0].bars >= 2]
    widths = Counter(b - a for a, b in itertools.pairwise(starts))
    if not widths:
        return 0
    width, count = widths.most_common(1)[0]
    if width > _GROUP_TITLE:
        del widths[_GROUP_TITLE]
    return width if width > 1 and count >= FEWEST_ROWS and count * 4 >= 3 * widths.total() else 0


def _row_numbers(region: _Region) -> list[int]:
    """A row number for each chunk of the run, 0 for what stands before the first row or after the last cell."""
    chunks = region.chunks
    if chunks[0][0].own_row:
        first_row = chunks[0][0].own_row
        return [chunk[0].own_row - first_row + 1 for chunk in chunks]
    starts = [index for index in range(len(chunks)) if _starts_row(chunks, index)] or _numbered_starts(chunks)
    if len(starts) < region.fewest - 1:
        return []
    names = _names(chunks, starts)
    return _counted(chunks, _joined(chunks, starts, names), names, _widest(chunks, starts, names) or region.width)


def _starts_row(chunks: list[_Chunk], index: int) -> bool:
    """Whether a cell stands behind two bars, or is the first number behind the row that counts the columns."""
    chunk = chunks[index]
    if chunk[0].bars >= 2:
        return not _is_tick(chunk)
    return bool(index and _FIRST.fullmatch(chunk[0].text) and COUNTING.fullmatch(chunks[index - 1][0].text))


def _numbered_starts(chunks: list[_Chunk]) -> list[int]:
    """Where rows begin that only their running numbers tell apart: 1, 2, 3 … at equal distances, below "STT"."""
    first_words = [chunk[0].text.rstrip(".") for chunk in chunks]
    first = first_words.index("1") if "1" in first_words else 0
    if not any(map(_is_running, chunks[:first])) or "2" not in first_words[first + 2 :]:
        return []
    places = range(first, len(chunks), first_words.index("2", first + 2) - first)
    rows = [at for number, at in enumerate(places, 1) if first_words[at] == str(number)]
    return rows if rows == list(places[: len(rows)]) and len(rows) >= FEWEST_ROWS - 1 else []


def _is_tick(chunk: _Chunk) -> bool:
    return len(chunk) == 1 and bool(_TICK.fullmatch(chunk[0].text))


def _widest(chunks: list[_Chunk], starts: list[int], names: int | None) -> int:
    """Cells of the widest row that is no exception; 0 where no row is seen from its start to the next."""
    widths = Counter(b - a for a, b in itertools.pairwise(starts))
    usual = [width for width, count in widths.items() if count * 4 >= len(starts)]
    usual = usual or [width for width, _ in widths.most_common(1)]
    return max([*usual, starts[0] - names if names is not None else 0])


def _names(chunks: list[_Chunk], starts: list[int]) -> int | None:
    """The cell "STT" nearest before the first row that has kept its two bars; ``None`` where there is none."""
    first = starts[0] if starts else 0
    return next((index for index in range(first - 1, -1, -1) if _is_running(chunks[index])), None)


def _joined(chunks: list[_Chunk], starts: list[int], names: int | None) -> list[int]:
    """The row starts without those where a numbered row only goes on behind an empty cell ("3 | Khảo sát | | Quý II"):
    all cells and bars up to the next row have room in it. A second line of names leaves the room unknown."""
    if names is None or not ROW_NUMBER.fullmatch(chunks[starts[0]][0].text):
        return starts
    kept: list[int] = []
    room = 0
    for at, end in itertools.pairwise([*starts, len(chunks)]):
        taken = chunks[at][0].bars - 1 + end - at
        if ROW_NUMBER.fullmatch(chunks[at][0].text):
            room = starts[0] - names - (end - at)
        elif taken <= room:
            room -= taken
            continue
        else:
            room = 0
        kept.append(at)
    return kept


def _counted(chunks: list[_Chunk], starts: list[int], names: int | None, widest: int) -> list[int]:
    """Rows counted from the two-bar starts; the first row has lost its own, the last ends where it is full. The title
    of a section has a row of its own and is none where it ends the run or the table has no names."""
    numbers = [0] * len(chunks)
    first = _first_cell(chunks, starts, widest) if names is None else names
    first_cells = frozenset(starts)
    row, place = int(first not in first_cells), 0
    for index in range(first, len(chunks)):
        if index in first_cells:
            row, place = row + 1, 0
        place += 1 if not place or _is_tick(chunks[index]) else max(chunks[index][0].bars, 1)
        if place > max(widest, 1) and (not starts or index > starts[-1]):
            break
        last = index + 1 == len(chunks)
        alone = (index in first_cells or not index) and (last or index + 1 in first_cells)
        if not (alone and _is_title(chunks[index]) and (last or names is None)):
            numbers[index] = row
    return numbers


def _first_cell(chunks: list[_Chunk], starts: list[int], widest: int) -> int:
    """Where the first row of a table without names begins: at its number, else as many cells back as a row has."""
    back = range(starts[0] - 1, -1, -1) if starts else range(0)
    numbered = (index for index in back if _FIRST.fullmatch(chunks[index][0].text))
    return next(numbered, max(starts[0] - widest, 0) if starts else 0)


def _is_title(chunk: _Chunk) -> bool:
    """Whether a chunk begins with the title of a section in bold ("**2. Tóm tắt mô tả hàng hóa:** …")."""
    return chunk[0].emphasis[0] and _section(chunk[0]) is not None
