"""Excel sheets that clerks fill in: frozen, bold headings, wrapped text, a list to choose from; and back again.

Text from documents is never a formula: every text cell is stored as text, whatever it begins with.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

from loaders.text import LoadError
from policylineage.output import Cell

_HEADING_ROWS = 10  # a title may stand above the headings


class Sheet(NamedTuple):
    """What a sheet holds: ``keys`` name the columns for programs, ``headings`` for people.

    ``widths`` in characters, 14 where none is given; ``hidden`` columns are there but not seen; ``choices`` are offered
    in the column of that key.
    """

    title: str
    keys: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Mapping[str, int]
    choices: Mapping[str, Sequence[str]]
    hidden: frozenset[str] = frozenset()


def workbook(made: Sheet) -> bytes:
    """The content of an XLSX file with one sheet."""
    from openpyxl import Workbook  # here: reading needs none of it
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    sheet: Any = book.active
    sheet.title = made.title[:31]  # Excel allows no longer names
    for number, cells in enumerate([made.headings, *made.rows], start=1):
        _put(sheet, number, cells)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _columns(sheet, made)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(path: Path, known: Mapping[str, str], needed: frozenset[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the first sheet by their number, each as key → text.

    ``known`` maps headings, folded by :func:`ontology.folding.fold`, to keys; ``needed`` must all be there. Raises
    :class:`LoadError` for a file that is no such sheet, and :class:`OSError`.
    """
    places: dict[int, str] = {}
    for number, cells in _cells(path):
        if places:
            yield number, {key: cells[at].strip() for at, key in places.items() if at < len(cells)}
            continue
        found = _places(cells, known)
        if needed <= set(found.values()):
            places = found
        elif number >= _HEADING_ROWS:
            break
    if not places:
        raise LoadError(str(path), "", f"không thấy hàng tiêu đề có các cột {', '.join(sorted(needed))}")


def _places(cells: Sequence[str], known: Mapping[str, str]) -> dict[int, str]:
    """Column → key; the first column of a heading counts."""
    from ontology.folding import fold

    found: dict[int, str] = {}
    for at, cell in enumerate(cells):
        key = known.get(fold(cell))
        if key and key not in found.values():
            found[at] = key
    return found


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Formulas count as what they last gave."""
    from openpyxl import load_workbook  # here: writing needs none of it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise LoadError(str(path), "", f"không đọc được bảng tính: {error}") from error
    try:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, ["" if cell is None else str(cell) for cell in cells]
    finally:
        book.close()


def _put(sheet: Any, number: int, cells: Sequence[Cell]) -> None:  # noqa: ANN401 - openpyxl ships no types
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    for column, value in enumerate(cells, start=1):
        cell = sheet.cell(number, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:32_767] if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"


def _columns(sheet: Any, made: Sheet) -> None:  # noqa: ANN401 - the same
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, key in enumerate(made.keys, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = made.widths.get(key, 14)
        sheet.column_dimensions[letter].hidden = key in made.hidden
        if key in made.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(made.choices[key])}"', allow_blank=True)
            rule.showErrorMessage = False  # free words stay allowed
            rule.add(f"{letter}2:{letter}{max(2, len(made.rows) + 1)}")
            sheet.add_data_validation(rule)
