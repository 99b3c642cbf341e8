"""How answers are printed: tables for people, JSON and CSV for scripts.

JSON keys and CSV headings are the stable English names of the rows; tables have headings in the reader's language. CSV
starts with a byte-order mark, without which Excel on Windows does not read it as UTF-8. Where the output is no terminal
nothing is wrapped or cut, unless COLUMNS asks for a width.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TextIO

import msgspec
import typer

from policylineage.messages import Say
from policylineage.options import Format
from viz.plain import plain

_ENDLESS = 100_000  # columns: wider than any row, so that nothing is wrapped
_PROSE = frozenset({"text", "words", "message", "title", "value", "quote", "reason"})
_JOINED = {
    "path": ("task", ""),
    "source_path": ("source", ""),
    "score": ("grade", ""),
    "status": ("grade", ""),
    "coordinate": ("lead", "+ "),
    "due": ("deadline", "→ "),
    "outcome": ("relation", ""),
    "time": ("figure", ""),
    "against_time": ("against", ""),
    "other_unit": ("unit", "↔ "),
    "other_quote": ("quote", "↔ "),
}
"""Columns that people see under another one, and the mark before them."""
LONGEST_TEXT = 240
"""Characters of a unit's text that a table on a terminal shows; piped tables, JSON and CSV give all."""
_FORMULA = re.compile(r"[=+\-@](?![\d.,]*$)")  # what spreadsheets would calculate; numbers stay numbers
_SIGNALS = re.compile("[\r\x7f-\x9f]")  # beside those that `plain` replaces
Cell = str | int | float | None


class Table(NamedTuple):
    """Rows under stable column names; ``title`` is already in the reader's language.

    What people see is narrower than CSV: ``hidden`` columns are left out, and a column that :data:`_JOINED` names is
    shown under the one before it.
    """

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    hidden: frozenset[str] = frozenset()


def use_utf8() -> None:
    """Write UTF-8 whatever the console's code page is (Windows: often 1252 or 1258)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8")


def emit(say: Say, form: Format, data: object, tables: Iterable[Table]) -> None:
    """Print ``data`` as JSON, the first of ``tables`` as CSV, or all ``tables`` for people."""
    if form is Format.json:
        typer.echo(to_json(data))
        return
    for table in tables:
        if form is Format.csv:
            typer.echo(to_csv(table), nl=False)
            return
        show(say, table)


def to_json(data: object) -> str:
    """Two-space indented, Vietnamese letters unescaped."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode("utf-8")


def to_csv(table: Table) -> str:
    """With byte-order mark; text that a spreadsheet would calculate ("- …") is led by one blank."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def show(say: Say, table: Table, stream: TextIO | None = None) -> None:
    """Print a table: what does not fit is folded, never cut (an id can still be copied); empty columns are left out."""
    from rich.console import Console  # here: commands that print no table start 0.1 s earlier
    from rich.table import Table as RichTable

    drawn = RichTable()
    rows = [_for_people(table, row) for row in table.rows]
    columns = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    headings = {name: say.known(f"column.{name}", name) for name in columns}
    widest = _widths({name: _longest(headings[name], (row[name] for row in rows)) for name in columns})
    for name in columns:
        drawn.add_column(headings[name], overflow="fold", max_width=widest.get(name))
    for row in rows:
        drawn.add_row(*(row[name] for name in columns))
    if table.title:
        lines(table.title)
    Console(file=stream or sys.stdout, width=width(), markup=False, highlight=False, emoji=False).print(drawn)


def _widths(longest: dict[str, int]) -> dict[str, int]:
    """How wide columns may be: prose what is left over, the others together at most six tenths of the width.

    The narrow ones get what they need, the wide ones share the rest alike.
    """
    others = sorted((name for name in longest if name not in _PROSE), key=lambda name: longest[name])
    share = 0.6 if len(others) < len(longest) else 1.0
    room = int(share * (width() - 3 * len(longest) - 1))
    widths: dict[str, int] = {}
    for done, name in enumerate(others):
        widths[name] = max(4, min(longest[name], -(-room // (len(others) - done))))
        room -= widths[name]
    return widths


def _longest(heading: str, cells: Iterable[str]) -> int:
    """The longest line of a column; a heading may break between its words."""
    return max(map(len, [*heading.split(), *(line for cell in cells for line in cell.split("\n"))]))


def _for_people(table: Table, row: Sequence[Cell]) -> dict[str, str]:
    """The row as text by column: hidden columns left out, joined ones under the column that they belong to."""
    shown = zip(table.columns, row, strict=True)
    cells = {name: visible(_text(cell)) for name, cell in shown if name not in table.hidden}
    if {"file", "start", "end"} <= set(cells):
        start, end = cells.pop("start"), cells.pop("end")
        cells["file"] += f"\n{start}–{end}" if start else ""
    for name, (owner, mark) in _JOINED.items():
        if owner in cells and name in cells:
            joined = cells.pop(name)
            cells[owner] += f"\n{mark}{joined}" if joined else ""
    if "text" in cells and width() < _ENDLESS:
        cells["text"] = textwrap.shorten(cells["text"], LONGEST_TEXT, placeholder=" …")
    return cells


def lines(text: str, indent: int = 0, first: str = "") -> None:
    """Print ``text`` wrapped to the width, indented; ``first`` stands before the first line (within the indent)."""
    lead = (" " * max(0, indent - len(first))) + first
    wrapped = textwrap.wrap(
        visible(text),
        width(),
        initial_indent=lead,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    typer.echo("\n".join(wrapped) or lead.rstrip())


def width() -> int:
    """The width of the terminal or COLUMNS; endless where the output is piped."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return max(40, int(asked))
    try:
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError, AttributeError):
        return _ENDLESS


def visible(text: str) -> str:
    """Text that a terminal only shows: what would steer it, or turn the direction of a line, becomes U+FFFD."""
    return _SIGNALS.sub("\ufffd", plain(text))


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return _text(cell)
    return f" {cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:.2f}" if isinstance(cell, float) else str(cell)
