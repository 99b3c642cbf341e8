"""The one place that writes workbooks (XLSX): safe, and fit to be printed and handed on.

Safe: text stays text, whatever it begins with; nothing in a workbook is calculated (ECMA-376 part 1, 18.3.1.4: a cell
of type ``s`` holds a string, only ``f`` holds a formula), and a quote prefix keeps it text when a clerk edits the cell.
Fit: the heading row is frozen, filtered and repeated on each page, columns are as wide as their words, text is wrapped,
pages are A4 landscape, one page wide.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kg.export import write_atomically
from policylineage.messages import Say
from policylineage.output import Cell, Table
from viz.plain import plain

FONT = "Times New Roman"
LONGEST = 32_767
"""Characters that a cell holds (Excel's limit); longer text is cut and says so."""
NARROWEST, WIDEST = 6, 60
"""Limits of a column's width, in characters."""
FILLS = {"good": "E2F0D9", "bad": "FBE5D6", "muted": "EDEDED", "lead": "BDD7EE", "help": "DDEBF7"}
"""Names of the tints that a cell can have, and their colours."""
_HEADING_FILL, _LINE = "1F4E79", Side(style="thin", color="BFBFBF")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_FEW = 14  # characters of a cell that is centred rather than wrapped


class Sheet(NamedTuple):
    """One sheet: ``headings`` in the reader's language, ``rows`` below, ``notes`` in lines above.

    ``tints`` colours cells by (row, column), both from 0 in ``rows``, or a whole row by (row, -1), with a name of
    :data:`FILLS`. ``turned`` headings stand upright in narrow columns, all but the first ``fixed``, which stay in view.
    By column, from 0: ``choices`` to pick from (free words stay allowed), ``widths`` in characters where the words do
    not decide; ``hidden`` columns are there for programs and not seen.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    tints: Mapping[tuple[int, int], str] = {}
    turned: bool = False
    fixed: int = 0
    choices: Mapping[int, Sequence[str]] = {}
    widths: Mapping[int, int] = {}
    hidden: frozenset[int] = frozenset()


def sheet_of(say: Say, table: Table, title: str, *, notes: Sequence[str] = ()) -> Sheet:
    """A table of the command line as a sheet: all its columns, hidden ones too, headings as people read them."""
    headings = [say.known(f"column.{name}", name) for name in table.columns]
    return Sheet(title, headings, table.rows, notes)


def write_workbook(path: Path, sheets: Iterable[Sheet], title: str = "") -> None:
    """Write ``sheets`` to ``path``, whole or not at all. Raises :class:`OSError`."""
    write_atomically(path, workbook(sheets, title))


def workbook(sheets: Iterable[Sheet], title: str = "") -> bytes:
    """The content of a workbook of ``sheets``, at least one; ``title`` is told in its properties."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = plain(title)
    book.properties.creator = "policy-lineage"
    for sheet in sheets:
        _add(book.create_sheet(_title(sheet.title)), sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _add(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - openpyxl ships no types
    for at, note in enumerate(sheet.notes, start=1):
        cell = _put(page, at, 1, note)
        cell.font = Font(name=FONT, size=14 if at == 1 else 11, bold=at == 1)
        cell.alignment = Alignment(vertical="center")
    top = len(sheet.notes) + 1
    for column, heading in enumerate(sheet.headings, start=1):
        _heading(page, top, column, heading, upright=sheet.turned and column > sheet.fixed)
    for at, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            tint = sheet.tints.get((at, column)) or sheet.tints.get((at, -1))
            _body(page, top + 1 + at, column + 1, value, tint)
    _widths(page, sheet)
    _heights(page, sheet, top)
    _choices(page, sheet, top)
    _page_setup(page, sheet, top)


def _put(page: Any, row: int, column: int, value: Cell) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """The cell with its value: text is typed as text after openpyxl has made up its mind about it."""
    cell = page.cell(row, column)
    if isinstance(value, str):
        text = plain(value)
        cell.value = text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_LIKE)
    else:
        cell.value = value
    return cell


def _heading(page: Any, row: int, column: int, text: str, *, upright: bool) -> None:  # noqa: ANN401 - openpyxl ships no types
    cell = _put(page, row, column, text)
    cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=_HEADING_FILL)
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    turn = 90 if upright else 0
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True, text_rotation=turn)


def _body(page: Any, row: int, column: int, value: Cell, tint: str | None) -> None:  # noqa: ANN401 - openpyxl ships no types
    cell = _put(page, row, column, value)
    few = not isinstance(value, str) or len(value) <= _FEW
    cell.font = Font(name=FONT, size=11)
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    cell.alignment = Alignment(horizontal="center" if few else "left", vertical="top", wrap_text=True)
    if isinstance(value, float):
        cell.number_format = "0.00"
    if tint:
        cell.fill = PatternFill("solid", fgColor=FILLS[tint])


def _widths(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - openpyxl ships no types
    for at, width in enumerate(_column_widths(sheet)):
        column = page.column_dimensions[get_column_letter(at + 1)]
        column.width, column.hidden = width, at in sheet.hidden


def _column_widths(sheet: Sheet) -> list[int]:
    """As wide as the longest line, within the limits; an upright heading asks for no width."""
    widths = []
    for at, heading in enumerate(sheet.headings):
        upright = sheet.turned and at >= sheet.fixed
        words = [] if upright else heading.split()
        lines = [line for row in sheet.rows if at < len(row) for line in _text(row[at]).split("\n")]
        longest = max((len(text) for text in (*words, *lines)), default=0)
        widths.append(sheet.widths.get(at) or min(WIDEST, max(NARROWEST, longest + 2)))
    return widths


def _choices(page: Any, sheet: Sheet, top: int) -> None:  # noqa: ANN401 - openpyxl ships no types
    for at, words in sheet.choices.items():
        rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(at + 1)
        rule.add(f"{letter}{top + 1}:{letter}{top + max(1, len(sheet.rows))}")
        page.add_data_validation(rule)


def _heights(page: Any, sheet: Sheet, top: int) -> None:  # noqa: ANN401 - openpyxl ships no types
    """Room for the wrapped lines: only Excel itself fits heights when it opens a workbook, other programs do not."""
    widths = _column_widths(sheet)
    if sheet.turned:
        page.row_dimensions[top].height = 180
    for at, row in enumerate(sheet.rows, start=top + 1):
        lines = [
            sum(math.ceil(max(1, len(line)) * 1.1 / width) for line in _text(value).split("\n"))
            for column, (value, width) in enumerate(zip(row, widths, strict=False))
            if column not in sheet.hidden
        ]
        page.row_dimensions[at].height = min(400, 15 * max([1, *lines]) + 3)


def _page_setup(page: Any, sheet: Sheet, top: int) -> None:  # noqa: ANN401 - openpyxl ships no types
    last = f"{get_column_letter(max(1, len(sheet.headings)))}{top + len(sheet.rows)}"
    page.freeze_panes = f"{get_column_letter(sheet.fixed + 1)}{top + 1}"
    page.print_title_rows = f"{top}:{top}"
    if sheet.rows:
        page.auto_filter.ref = f"A{top}:{last}"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = page.ORIENTATION_LANDSCAPE
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&P/&N"


def _title(text: str) -> str:
    """A title that Excel takes: 31 characters at most, without the marks of references."""
    return _NOT_IN_TITLE.sub(" ", plain(text)).strip(" '")[:_LONGEST_TITLE] or "1"


def _text(value: Cell) -> str:
    return "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)
