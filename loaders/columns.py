"""What the columns of a table say of its rows: who acts, by when, what the work is, or that it lists procedures.

Reads the names of columns and the cells of :mod:`loaders.outline`'s rows; the words stand in ``sections.toml``
(``[columns]``) and, as they do in responsibility lines, in ``duties.toml`` (``[labels]``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from loaders.rolelines import Responsibility, responsibility_line
from loaders.tables import COUNTING, ROW_NUMBER
from ontology.tables import table

NAMES = re.compile(r"(?:STT|TT|Số TT|Số thứ tự)\b", re.IGNORECASE)
"""How the row begins that names a table's columns."""
_TOP_NUMBER = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])[.)]?")
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.\s?(?:\d{3}\.\d{2}\.\d{2}\.)?H\d{2})?")
LONGEST_NAME = 6
"""Words of a column's name."""


def _columns() -> dict[str, Any]:
    columns: dict[str, Any] = table("sections.toml", "loaders")["columns"]
    return columns


def column_line(name: str, cell: str) -> Responsibility | None:
    """A cell read as the responsibility line "name: cell"; its offset counts within the cell. ``None`` where the column
    is none of who acts, with whom, by when and with what result."""
    label = " ".join(name.strip(" *:").split())
    label = _columns()["roles"].get(label.casefold(), label)
    line = responsibility_line(f"{label}: {cell}") if label else None
    return line._replace(offset=max(line.offset - len(label) - 2, 0)) if line else None


def assigns_work(names: Sequence[str]) -> bool:
    """Whether columns of these names assign work: one says what, another who or by when."""
    named = any(name.casefold().startswith(tuple(_columns()["work"])) for name in names)
    lines = [column_line(name, "x") for name in names]
    return named and any(line is not None and line.role != "product" for line in lines)


def is_procedure_list(cells: Sequence[str]) -> bool:
    """Whether these cells, the names of a table's columns or one of its rows, are of a list of administrative
    procedures, whose rows only name what people may apply for ("Mã TTHC", "Phí, lệ phí"; "1.004567.H40")."""
    words = tuple(_columns()["procedures"])
    return any(" ".join(cell.split()).casefold().startswith(words) for cell in cells) or any(
        _PROCEDURE_CODE.fullmatch(cell.strip(" *_")) for cell in cells
    )


def titles_procedures(heading: str) -> bool:
    """Whether a heading announces a list of administrative procedures ("DANH MỤC THỦ TỤC HÀNH CHÍNH …")."""
    return " ".join(heading.split()).casefold().startswith(tuple(_columns()["procedure_titles"]))


def names_columns(cells: Sequence[str]) -> bool:
    """Whether a row's cells are short names: several, without a figure."""
    return len(cells) > 1 and all(len(c.split()) <= LONGEST_NAME and not any(map(str.isdigit, c)) for c in cells)


def names_parts(cells: Sequence[str]) -> bool:
    """Whether a row below the names of the columns is their second line: short names, no number first ("Nam", "Nữ"), or
    the columns counted ("(1)", "(2)")."""
    if counts_columns(cells):
        return True
    return names_columns(cells) and not ROW_NUMBER.fullmatch(cells[0])


def counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row only counts the columns ("(1) | (2) | (3)", "A | B | 1 | 2 | 3")."""
    if len(cells) > 1 and all(COUNTING.fullmatch(cell) for cell in cells):
        return True
    letters = [cell for cell in cells if not cell.isdigit()]
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    rising = len(numbers) > 1 and all(a < b for a, b in pairwise(numbers))
    return rising and numbers[0] <= 2 and list(cells[: len(letters)]) == letters == list("ABCD"[: len(letters)])


def heads_rows(cells: Sequence[str]) -> bool:
    """Whether a row is only the title of those below it: a number and one cell, in capitals or numbered "I" or "A"."""
    if len(cells) != 2 or not ROW_NUMBER.fullmatch(cells[0]) or not any(map(str.isalpha, cells[1])):
        return False
    return cells[1].isupper() or bool(_TOP_NUMBER.fullmatch(cells[0]))
