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

_ENDLESS = 100_000  # columns: wider than any row, so that nothing is wrapped
_WHOLE = frozenset({"id", "task", "source", "lower", "upper", "number", "date", "due", "path", "iri"})
_PROSE = frozenset({"text", "words", "message", "title", "value"})
_FORMULA = re.compile(r"[=+\-@](?![\d.,]*$)")  # what spreadsheets would calculate; numbers stay numbers
Cell = str | int | float | None


class Table(NamedTuple):
    """Rows under stable column names; ``title`` is already in the reader's language.

    ``hidden`` columns are only for CSV; for people, ``file``, ``start`` and ``end`` become one column.
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
    """Print a table; ids and numbers are never broken, columns without any content are left out."""
    from rich.console import Console  # here: commands that print no table start 0.1 s earlier
    from rich.table import Table as RichTable

    drawn = RichTable()
    rows = [_for_people(table, row) for row in table.rows]
    columns = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    for name in columns:
        least = 30 if name in _PROSE and any(len(row[name]) > 30 for row in rows) else None
        heading = say.known(f"column.{name}", name)
        drawn.add_column(heading, no_wrap=name in _WHOLE, overflow="fold", min_width=least)
    for row in rows:
        drawn.add_row(*(row[name] for name in columns))
    if table.title:
        lines(table.title)
    Console(file=stream or sys.stdout, width=width(), markup=False, highlight=False, emoji=False).print(drawn)


def lines(text: str, indent: int = 0, first: str = "") -> None:
    """Print ``text`` wrapped to the width, indented; ``first`` stands before the first line (within the indent)."""
    lead = (" " * max(0, indent - len(first))) + first
    wrapped = textwrap.wrap(
        text,
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


def _for_people(table: Table, row: Sequence[Cell]) -> dict[str, str]:
    """The row as text by column, without what is hidden; file and offsets are one place, shown as "file 10–20"."""
    cells = {name: _text(cell) for name, cell in zip(table.columns, row, strict=True)}
    if {"file", "start", "end"} <= set(cells):
        start, end = cells.pop("start"), cells.pop("end")
        cells["file"] += f" {start}–{end}" if start else ""
    return {name: text for name, text in cells.items() if name not in table.hidden}


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return _text(cell)
    return f" {cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:.2f}" if isinstance(cell, float) else str(cell)
