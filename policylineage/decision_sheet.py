"""The sheet that a clerk fills in: every link with the words of both sides, and a column for the decision.

Written as XLSX (headings in the reader's language, a list to choose from) or CSV (stable English keys); read back from
either, and from ``lineage links --format csv`` with a column added. Columns are known by their headings, whatever their
order; rows without a decision are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.decisions import Verdict
from ontology.folding import fold
from policylineage.filled import checked_suffix, filled
from policylineage.messages import Say, messages
from policylineage.output import Cell, Table, to_csv
from queries.decisions import Wish

if TYPE_CHECKING:
    from policylineage.spreadsheet import Sheet

COLUMNS = (
    *("task", "task_path", "task_text", "source", "source_path", "source_text", "grade", "score", "status", "decided"),
    *("decision", "new_source", "note", "who"),
)
WORDS: dict[str, Verdict] = {
    **dict.fromkeys(("giu", "xac nhan", "dung", "confirm", "confirmed", "keep", "yes", "co"), "confirmed"),
    **dict.fromkeys(("bo", "bac", "bac bo", "sai", "reject", "rejected", "drop", "no", "khong"), "rejected"),
    **dict.fromkeys(("sua", "sua doi", "thay", "correct", "corrected", "change"), "corrected"),
}
"""What may stand in the column for the decision, diacritics and capitals aside; a new source may follow: "sửa → …"."""

_NEEDED = frozenset(("task", "decision"))
_WITH_SOURCE = re.compile(r"\s*(?:→|->|=>|:)\s*")
_WIDTHS = {"task_text": 60, "source_text": 60, "task": 24, "source": 24, "decision": 14, "new_source": 24, "note": 30}
_CHOICES = {"vi": ("giữ", "bỏ", "sửa"), "en": ("keep", "drop", "change")}
"""Free words stay allowed: "sửa → 002#u043" names the new source in the same cell."""


class Row(NamedTuple):
    """A row of a sheet by its number there (the headings are a row too): a wish, or what is wrong with it."""

    number: int
    wish: Wish | None
    problem: str | None = None
    """Key of the message, with ``value`` to fill in."""
    value: str = ""


def write(say: Say, path: Path, rows: Sequence[Sequence[Cell]]) -> bytes:
    """The content of a sheet with :data:`COLUMNS`. Raises :class:`LoadError` for a suffix that is not written."""
    if checked_suffix(path) == ".csv":
        return to_csv(Table("", COLUMNS, rows)).encode("utf-8")
    from policylineage.spreadsheet import workbook  # here: CSV and reading need none of it

    return workbook([sheet(say, COLUMNS, rows)])


def sheet(say: Say, columns: Sequence[str], rows: Sequence[Sequence[Cell]], notes: Sequence[str] = ()) -> Sheet:
    """The sheet that asks for decisions: :data:`COLUMNS` in any order, and others, which are passed over when read."""
    from policylineage.spreadsheet import Sheet

    words = [[_in_words(say, key, cell) for key, cell in zip(columns, row, strict=True)] for row in rows]
    headings = [say(f"column.{key}") for key in columns]
    choices = {columns.index("decision"): _CHOICES[say.lang.value]}
    widths = {at: _WIDTHS[key] for at, key in enumerate(columns) if key in _WIDTHS}
    return Sheet(say("sheet.title"), headings, words, notes, choices=choices, widths=widths)


def read(path: Path, who: str) -> Iterator[Row]:
    """The filled-in rows of a sheet; ``who`` is meant where no column says it.

    Raises :class:`LoadError` for a file that is no such sheet, and :class:`OSError`.
    """
    known = {fold(key): key for key in (*COLUMNS, "act")}
    for key in COLUMNS:
        known |= {fold(text): key for text in messages()[f"column.{key}"].values()}
    for number, values in filled(path, known, _NEEDED):
        if values.get("decision"):
            yield _row(number, values, who)


def unanimous(rows: Sequence[Row]) -> list[Row]:
    """The rows; those that say different things of one link become problems that name the rows: none of them counts."""
    said: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.wish:
            said.setdefault((row.wish.task, row.wish.source), []).append(row)
    clashing = {
        key: ", ".join(str(row.number) for row in group)
        for key, group in said.items()
        if len({(row.wish.verdict, row.wish.new) for row in group if row.wish}) > 1
    }
    named = {row.number: clashing[key] for key, group in said.items() if key in clashing for row in group}
    return [Row(row.number, None, "decide.clash", named[row.number]) if row.number in named else row for row in rows]


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


def _in_words(say: Say, key: str, cell: Cell) -> Cell:
    """Codes of the model in the reader's language."""
    return say.known(f"{key}.{cell}", str(cell)) if key in ("grade", "status") and cell else cell
