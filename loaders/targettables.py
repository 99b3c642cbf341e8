"""Tables of targets: which columns name the figure, its unit and the level to reach, and what their rows set.

How such annexes are written: "TT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm … | Cơ quan chủ trì", one figure per row and
column of levels; a row with a name alone is the title of those below it. Columns of what was reached ("Thực hiện năm
…") set nothing. The names of the columns stand in ``sections.toml`` (``[columns.targets]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from loaders.figurecounts import Figure
from loaders.quantities import NUMBER, comparator_before, find_quantities, read_number
from ontology.tables import table

Cell = tuple[int, int, str]
"""Column, place in the text, content."""
_LEVEL = re.compile(
    rf"(?P<level>(?:(?:≥|>=|≤|<=|>|<)\s*)?(?P<a>{NUMBER})(?:\s*%(?=\s*[-–]))?(?:\s*[-–]\s*(?P<b>{NUMBER}))?(?:\s*%)?)"
    r"(?P<whose>(?:\s+[^\W\d_]+)*)"
)
_PLAIN_YEAR = re.compile(r"\bnăm\s*$", re.IGNORECASE)


class TargetColumns(NamedTuple):
    """The columns of a table of targets, by number; ``levels`` with their names."""

    name: int
    unit: int
    levels: Mapping[int, str]

    def sets_target(self, cells: Sequence[Cell]) -> bool:
        """Whether a row says what level to reach, in figures or in words."""
        return any(at in self.levels and content.strip(" -–*_") for at, _, content in cells)

    def figures(self, cells: Sequence[Cell]) -> Iterator[Figure]:
        """The levels of a row that are figures, in order, named by its name (and, where there are several columns of
        levels, the column's), counted in its unit. Spans are places in the text of the cells."""
        contents = {at: content.strip(" *_") for at, _, content in cells}
        name, unit = contents.get(self.name, ""), contents.get(self.unit, "")
        for at, start, content in cells:
            if at in self.levels:
                named = f"{name} ({self.levels[at]})" if len(self.levels) > 1 else name
                yield from _levels(content, start, named, unit)


def target_columns(columns: Mapping[int, str]) -> TargetColumns | None:
    """The columns of a table of targets among these names; ``None`` where the table sets none."""
    words: dict[str, Any] = table("sections.toml", "loaders")["columns"]["targets"]
    names = {at: " ".join(name.split()).strip(" *_:").casefold() for at, name in columns.items()}
    units = [at for at, name in names.items() if name in words["unit"]]
    named = [at for at, name in names.items() if name in words["name"]]
    if not units or not named:
        return None
    levels = {
        at: " ".join(columns[at].split()).strip(" *_:")
        for at, name in names.items()
        if at > named[0] and name.startswith(tuple(words["level"])) and not any(w in name for w in words["reached"])
    }
    return TargetColumns(named[0], units[0], levels) if levels else None


def _levels(content: str, start: int, name: str, unit: str) -> Iterator[Figure]:
    """The figures of one cell: one per clause, a range as its two bounds."""
    if not unit:
        for found in find_quantities(content, is_target=True):
            yield found._replace(name=name, start=found.start + start, end=found.end + start)
        return
    place = 0
    for clause in content.split(";"):
        level = next((m for m in _LEVEL.finditer(clause) if not _PLAIN_YEAR.search(clause, 0, m.start())), None)
        if level:
            yield from _bounds(level, place + start, name, unit)
        place += len(clause) + 1


def _bounds(level: re.Match[str], start: int, name: str, unit: str) -> Iterator[Figure]:
    whose = level["whose"].strip()
    named = f"{name} ({whose})" if whose[:1].isupper() else name
    sign = comparator_before(level.string[: level.start("a")])
    begins, ends = start + level.start("level"), start + level.end("level")
    first = read_number(level["a"])
    if level["b"] and (last := read_number(level["b"])) >= first:
        yield Figure(named, ">=", first, unit, begins, ends)
        yield Figure(named, "<=", last, unit, begins, ends)
    else:
        yield Figure(named, sign, first, unit, begins, ends)
