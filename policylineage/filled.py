"""Sheets that came back filled in: XLSX or CSV, columns known by their headings, whatever their order.

Titles and notes may stand above the headings. What writes them is :mod:`policylineage.spreadsheet`, or CSV of the
command line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from loaders.text import LoadError
from ontology.folding import fold

SUFFIXES = (".xlsx", ".csv")
_HEADING_ROWS = 10  # that titles and notes may take


def filled(path: Path, known: Mapping[str, str], needed: frozenset[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the first sheet by their number there (the headings are a row too), each as key → text.

    ``known`` maps headings, folded by :func:`ontology.folding.fold`, to keys; the first column of a key counts;
    ``needed`` must all be there. Raises :class:`LoadError` for a file that is no such sheet, and :class:`OSError`.
    """
    places: dict[int, str] = {}
    for number, cells in _rows(path):
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


def checked_suffix(path: Path) -> str:
    """The suffix of a sheet, in lower case. Raises :class:`LoadError` for any other."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise LoadError(str(path), "", f"bảng quyết định phải là {' hoặc '.join(SUFFIXES)}")
    return suffix


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    return _xlsx(path) if checked_suffix(path) == ".xlsx" else _csv(path)


def _places(cells: Sequence[str], known: Mapping[str, str]) -> dict[int, str]:
    """Column → key."""
    found: dict[int, str] = {}
    for at, cell in enumerate(cells):
        key = known.get(fold(cell))
        if key and key not in found.values():
            found[at] = key
    return found


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows by number, whatever of comma, semicolon and tab parts them (Excel's choice follows the country)."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadError(str(path), f"byte {error.start}", "tệp không phải UTF-8") from error
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise LoadError(str(path), f"dòng {reader.line_num}", f"không đọc được bảng: {error}") from error


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet; formulas count as what they last gave."""
    from openpyxl import load_workbook  # here: CSV needs none of it (0.2 s)

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError:
        raise
    except Exception as error:  # openpyxl fails in whatever way a broken file makes it stumble
        raise LoadError(str(path), "", f"không đọc được bảng tính: {error}") from error
    try:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, ["" if cell is None else str(cell) for cell in cells]
    except Exception as error:  # sheets are read as they are asked for
        raise LoadError(str(path), "", f"không đọc được bảng tính: {error}") from error
    finally:
        book.close()
