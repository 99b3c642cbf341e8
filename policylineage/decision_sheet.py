"""The sheet that a clerk fills in: every link with the words of both sides, and a column for the decision.

Written as XLSX (headings in the reader's language, a list to choose from) or CSV (stable English keys); read back from
either, and from ``lineage links --format csv`` with a column added. Columns are known by their headings, whatever their
order; rows without a decision are passed over. Text from documents is never a formula (:func:`_cell`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg.decisions import Verdict
from loaders.text import LoadError
from ontology.folding import fold
from policylineage.messages import Say, messages
from policylineage.output import Cell, Table, to_csv
from queries.decisions import Wish

COLUMNS = (
    *("task", "task_path", "task_text", "source", "source_path", "source_text", "grade", "score", "status", "decided"),
    *("decision", "new_source", "note", "who"),
)
SUFFIXES = (".xlsx", ".csv")
WORDS: dict[str, Verdict] = {
    **dict.fromkeys(("giu", "xac nhan", "dung", "confirm", "confirmed", "keep", "yes", "co"), "confirmed"),
    **dict.fromkeys(("bo", "bac", "bac bo", "sai", "reject", "rejected", "drop", "no", "khong"), "rejected"),
    **dict.fromkeys(("sua", "sua doi", "thay", "correct", "corrected", "change"), "corrected"),
}
"""What may stand in the column for the decision, diacritics and capitals aside; a new source may follow: "sửa → …"."""

_NEEDED = ("task", "decision")
_HEADING_ROWS = 10  # a title may stand above the headings
_WITH_SOURCE = re.compile(r"\s*(?:→|->|=>|:)\s*")
_WIDTHS = {"task_text": 60, "source_text": 60, "task": 24, "source": 24, "note": 30, "decided": 30}
_CHOICES = {"vi": "giữ,bỏ,sửa", "en": "keep,drop,change"}


class Row(NamedTuple):
    """A row of a sheet by its number there (the headings are a row too): a wish, or what is wrong with it."""

    number: int
    wish: Wish | None
    problem: str | None = None
    """Key of the message, with ``value`` to fill in."""
    value: str = ""


def write(say: Say, path: Path, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The content of a sheet with :data:`COLUMNS`. Raises :class:`LoadError` for a suffix that is not written."""
    if _suffix(path) == ".csv":
        return to_csv(Table("", COLUMNS, rows)).encode("utf-8")
    return _workbook(say, rows)


def read(path: Path, who: str) -> Iterator[Row]:
    """The filled-in rows of a sheet; ``who`` is meant where no column says it.

    Raises :class:`LoadError` for a file that is no such sheet, and :class:`OSError`.
    """
    rows = _xlsx(path) if _suffix(path) == ".xlsx" else _csv(path)
    places: Mapping[int, str] | None = None
    for number, cells in rows:
        if places is None:
            found = _headings(cells)
            if set(_NEEDED) <= set(found.values()):
                places = found
            elif number >= _HEADING_ROWS:
                break
            continue
        values = {key: cells[at].strip() for at, key in places.items() if at < len(cells)}
        if values.get("decision"):
            yield _row(number, values, who)
    if places is None:
        raise LoadError(str(path), "", "không thấy hàng tiêu đề có cột “task” (Nhiệm vụ) và “decision” (Quyết định)")


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise LoadError(str(path), "", f"bảng quyết định phải là {' hoặc '.join(SUFFIXES)}")
    return suffix


def _row(number: int, values: Mapping[str, str], who: str) -> Row:
    word, *behind = _WITH_SOURCE.split(values["decision"], maxsplit=1)
    verdict = WORDS.get(fold(word).strip())
    new = (behind[0] if behind else "") or values.get("new_source", "")
    source = values.get("source") or values.get("act", "")
    if verdict is None:
        return Row(number, None, "decide.bad-word", values["decision"])
    if not values.get("task") or not source:
        return Row(number, None, "decide.no-id", values["decision"])
    if verdict == "corrected" and not new:
        return Row(number, None, "decide.no-new", values["task"])
    note = values.get("note") or None
    wanted = new if verdict == "corrected" else None
    return Row(number, Wish(verdict, values["task"], source, wanted, values.get("who") or who, note))


def _headings(cells: Sequence[str]) -> dict[int, str]:
    """Column → key, by the key itself or its heading in either language."""
    known = {fold(key): key for key in (*COLUMNS, "act")}
    for key in COLUMNS:
        known |= {fold(text): key for text in messages()[f"column.{key}"].values()}
    found = {at: known[fold(cell)] for at, cell in enumerate(cells) if fold(cell) in known}
    return {at: key for at, key in found.items() if key not in list(found.values())[: list(found).index(at)]}


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows by number, whatever of comma, semicolon and tab parts them (Excel's choice follows the country)."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadError(str(path), f"byte {error.start}", "tệp không phải UTF-8") from error
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    yield from enumerate(csv.reader(io.StringIO(text), delimiter=mark), start=1)


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet; formulas count as what they last gave."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook  # here: CSV needs none of it (0.2 s)
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


def _workbook(say: Say, rows: Sequence[Sequence[Cell]]) -> bytes:
    from openpyxl import Workbook  # here: reading needs none of it
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("sheet.title")
    _append(sheet, [say(f"column.{key}") for key in COLUMNS])
    for row in rows:
        _append(sheet, [_in_words(say, key, cell) for key, cell in zip(COLUMNS, row, strict=True)])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for at, key in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(key, 14)
    choice = get_column_letter(COLUMNS.index("decision") + 1)
    # free words stay allowed: "sửa → 002#u043" names the new source in the same cell
    listed = f'"{_CHOICES[say.lang.value]}"'
    rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=False)
    rule.add(f"{choice}2:{choice}{max(2, len(rows) + 1)}")
    sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_words(say: Say, key: str, cell: Cell) -> Cell:
    """Codes of the model in the reader's language."""
    return say.known(f"{key}.{cell}", str(cell)) if key in ("grade", "status") and cell else cell


def _append(sheet: Any, cells: Iterable[Cell]) -> None:  # noqa: ANN401 - openpyxl ships no types
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    at = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for column, value in enumerate(cells, start=1):
        cell = sheet.cell(at, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, whatever the text of a document begins with
