"""Tables of targets: which columns name the figure, its unit and the level to reach, and what their rows set.

How such annexes are written: "TT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm … | Cơ quan chủ trì", one figure per row and
column of levels; a row with a name alone is the title of those below it. Columns of what was reached ("Thực hiện năm
…") set nothing. The unit may stand in brackets behind a name instead ("Tỷ lệ … (%)"), and an annex "CHỈ TIÊU …" may
give a place each row and a figure each column ("TT | Địa phương | Cam (ha) | Bưởi (ha)"). The names of the columns
stand in ``sections.toml`` (``[columns.targets]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from loaders.figurecounts import Figure, unit_of_total
from loaders.items import Item
from loaders.quantities import NUMBER, comparator_before, find_quantities, is_measure, read_number
from ontology.tables import table

Cell = tuple[int, int, str]
"""Column, place in the text, content."""
_LEVEL = re.compile(
    rf"(?P<level>(?:(?:≥|>=|≤|<=|>|<)\s*)?(?P<a>{NUMBER})(?:\s*%(?=\s*[-–]))?(?:\s*[-–]\s*(?P<b>{NUMBER}))?(?:\s*%)?)"
    r"(?P<whose>(?:\s+[^\W\d_]+)*)"
)
_IN_BRACKETS = re.compile(r"\s*\((?P<unit>[^()]{1,30})\)\s*$")
_NUMBER_OF = re.compile(r"(?:Tổng số|Số lượng|Số)\s+", re.IGNORECASE)
_UNIT_NOTE = re.compile(r"\b(?:ĐVT|Đơn vị(?: tính)?)\s*:\s*(?P<unit>[^().;:]{1,24})", re.IGNORECASE)
_LONGEST_UNIT = 5
"""Words."""
_PLAIN_YEAR = re.compile(r"\bnăm\s*$", re.IGNORECASE)


class TargetColumns(NamedTuple):
    """The columns of a table of targets, by number; ``levels`` with their names, which may hold their unit."""

    name: int
    unit: int | None
    levels: Mapping[int, str]

    def sets_target(self, cells: Sequence[Cell]) -> bool:
        """Whether a row says what level to reach, in figures or in words."""
        return any(at in self.levels and content.strip(" -–*_") for at, _, content in cells)

    def figures(self, cells: Sequence[Cell]) -> Iterator[Figure]:
        """The levels of a row that are figures, in order, named by its name (and, where there are several columns of
        levels, the column's), counted in its unit. Spans are places in the text of the cells."""
        contents = {at: content.strip(" *_") for at, _, content in cells}
        name, unit = _without_unit(contents.get(self.name, ""))
        unit = contents.get(self.unit, "") if self.unit is not None else unit or _counted_by(name)
        for at, start, content in cells:
            if at in self.levels:
                level, own_unit = _without_unit(self.levels[at])
                named = f"{name} ({level})" if len(self.levels) > 1 else name
                yield from _levels(content, start, named, unit or own_unit)


def table_title(item: Item) -> str:
    """What stands above a row's table: the heading it belongs to, or the title of its annex."""
    return item.parent.text if item.parent else item.annex


def target_columns(columns: Mapping[int, str], title: str = "") -> TargetColumns | None:
    """The columns of a table of targets among these names, below a heading ``title``; ``None`` where the table sets
    none."""
    words: dict[str, Any] = table("sections.toml", "loaders")["columns"]["targets"]
    names = {at: " ".join(name.split()).strip(" *_:") for at, name in columns.items()}
    folded = {at: name.casefold() for at, name in names.items()}
    levels = {
        at: names[at]
        for at, name in folded.items()
        if name.startswith(tuple(words["level"])) and not any(w in name for w in words["reached"])
    }
    named = [at for at, name in folded.items() if name in words["name"]]
    if not named:
        return _counted_columns(names, levels, _unit_of(title)) if _sets_targets(title, words) else None
    units = [at for at, name in folded.items() if name in words["unit"]]
    levels = {at: name for at, name in levels.items() if at > named[0]}
    return TargetColumns(named[0], units[0] if units else None, levels) if levels else None


def _sets_targets(title: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether a heading announces targets, not what was reached of them."""
    folded = " ".join(title.split()).casefold()
    return "chỉ tiêu" in folded and not any(word in folded for word in words["reached"])


def _unit_of(title: str) -> str:
    """The unit that a title gives its whole table ("Chỉ tiêu số vườn cải tạo", "(Đơn vị tính: ha)"); "" without one."""
    given = _UNIT_NOTE.search(title)
    if given and is_measure(given["unit"].strip()):
        return given["unit"].strip()
    return unit_of_total(title)


def _counted_columns(names: Mapping[int, str], levels: Mapping[int, str], unit: str) -> TargetColumns | None:
    """The columns whose names end with a unit in brackets are levels of what stands in the column before the first, and
    so are those of periods where the title gives the ``unit`` of all."""
    counted = {at: name for at, name in names.items() if _without_unit(name)[1]}
    if not counted and unit:
        counted = {at: f"{name} ({unit})" for at, name in levels.items()}
    before = [at for at in names if counted and at < min(counted)]
    return TargetColumns(before[-1], None, counted) if before else None


def _counted_by(name: str) -> str:
    """What a name that begins with "Số" counts ("Số bác sĩ/10.000 dân" is counted in "bác sĩ/10.000 dân")."""
    counted = _NUMBER_OF.sub("", _IN_BRACKETS.sub("", name)) if _NUMBER_OF.match(name) else ""
    return counted if counted and len(counted.split()) <= _LONGEST_UNIT and is_measure(counted) else ""


def _without_unit(name: str) -> tuple[str, str]:
    """A name and the unit in brackets behind it: "Quế (ha)" is ("Quế", "ha"); "" where none is given."""
    found = _IN_BRACKETS.search(name)
    given = found is not None and is_measure(found["unit"].strip())
    return (name[: found.start()], found["unit"].strip()) if found and given else (name, "")


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
