"""What lines, labels and columns say of the tasks beside them: who leads, who helps, until when, with what product.

Reads the units of :mod:`loaders.structure` with their items; a line "Cơ quan thực hiện: …" goes to the task above, one
that closes a list to the tasks of the list, a table's column to the task of each row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from loaders.columns import NAMES, column_line
from loaders.deadlines import stated_term
from loaders.duties import is_body_name, names_only_bodies, read_duties
from loaders.items import Item
from loaders.markers import BULLETS
from loaders.quantities import find_quantities
from loaders.records import Deadline, Unit
from loaders.rolelines import Responsibility, responsibility_line
from loaders.targettables import table_title, target_columns
from loaders.text import SourceText
from loaders.unitfacts import deadline, deadlines, quantity

_PERIOD = re.compile(
    r"\d{1,3}(?:[.,]\d{1,2})?\s*(?:giờ|ngày|tuần|tháng)(?:\s+làm\s+việc)?"
    r"|kỳ\s+họp\s+(?:thứ\s+\w+|(?:giữa|cuối)\s+năm)(?:\s+\d{4})?",
    re.IGNORECASE,
)
_NAMES_BODIES = re.compile(r"(?:các )?(?:cơ quan|đơn vị|địa phương)\b", re.IGNORECASE)
_FRAME = re.compile(
    r"(?:các )?(?:cơ quan|đơn vị)\b[^.:;]{0,12}\b(?:chủ trì|phối hợp|thực hiện)\b[^.:;]{0,30}", re.IGNORECASE
)
_AND_ALWAYS = re.compile(  # "Tháng 12/2031 và thường xuyên" states two terms
    r"\s+và\s+(?:[^\W\d_]+,?\s+){0,4}?(?=(?:thường\s+xuyên|(?:hằng|hàng)\s+(?:năm|quý|tháng))\s*$)", re.IGNORECASE
)
_LONGEST_LABEL = 60
"""Characters."""


class Labels(NamedTuple):
    """By the id of an item: the label that it is ("Cơ quan chủ trì:"), and whether it only heads labels."""

    texts: Mapping[int, str]
    frames: frozenset[int]

    def holds(self, item: Item) -> bool:
        """Whether an item says of nobody by itself who acts."""
        return id(item) in self.texts or id(item) in self.frames


def _target_row(text: SourceText, item: Item, unit: Unit, columns: Mapping[int, str]) -> Unit:
    """A row of a table of targets: its levels are those of their columns, and a column may say who answers for it."""
    targets = target_columns(columns, table_title(item))
    if targets is None:
        return unit
    figures = tuple(quantity(text, figure, 0) for figure in targets.figures(item.cells))
    for at, _, cell in item.cells:
        line = None if at in targets.levels else column_line(columns.get(at, ""), cell)
        if line and line.role in ("lead", "coordinate"):
            unit = _with_responsibility(unit, line, ())
    return msgspec.structs.replace(unit, quantities=figures)


def give_to_tasks(
    text: SourceText, items: Sequence[Item], units: list[Unit], labels: Labels, year: int | None
) -> list[Unit]:
    """The content of responsibility lines ("Cơ quan thực hiện: …") goes to the task above them, that of lines that
    close a list to its tasks, that of a table's columns ("Cơ quan chủ trì") to the row's task."""
    places = {id(item): index for index, item in enumerate(items)}
    columns: dict[int, str] = {}
    pending: list[int] = []
    answered = False
    for index, (item, unit) in enumerate(zip(items, units, strict=True)):
        columns = _columns(item, unit, columns)
        if pending and item.parent and (listed := _below_label(item, labels)):
            units[index] = _only_informs(unit)
            above = item.parent.parent
            label = above if above and id(above) in labels.frames else item.parent
            takers = _takers(items, units, places, pending, label)
            further = item is not item.parent.children[0]
            _give(text, items, units, takers, listed, year, further=further)
        elif unit.kind == "task":
            pending = [index] if answered else [*pending, index]
            answered = False
            for at, start, cell in item.cells:
                _give(text, items, units, [index], (column_line(columns.get(at, ""), cell), start), year)
        elif unit.kind == "target" and item.row:
            units[index] = _target_row(text, item, unit, columns)
        elif unit.kind == "heading" and not labels.holds(item):
            pending = []
        elif line := responsibility_line(item.text):
            takers = _takers(items, units, places, pending, item)
            _give(text, items, units, takers, (line, item.text_start), year)
            answered = True
    return units


def _label(item: Item) -> str | None:
    """The item as the label of a responsibility line without content ("a) Cơ quan chủ trì"), else ``None``."""
    text = item.text.rstrip(" *.:")
    line = responsibility_line(f"{text}:") if len(text) <= _LONGEST_LABEL else None
    return f"{text}:" if line and not line.content else None


def find_labels(items: Sequence[Item]) -> Labels:
    """The items that only label bodies, and those that only head such labels; every item is looked at once."""
    texts = {id(item): label for item in items if (label := _label(item)) and _labels_bodies(item)}
    return Labels(texts, frozenset(id(item) for item in items if _frames_labels(item, texts)))


def _labels_bodies(item: Item) -> bool:
    """Whether a label stands above bodies. A bullet needs its colon; a number needs to name bodies ("Cơ quan chủ trì")
    or to have mostly them below it: "4. Trách nhiệm thực hiện:" may also be a heading of tasks."""
    if item.marker is None:
        return False
    if item.marker.style in BULLETS:
        return item.text.rstrip(" *").endswith(":")
    listed = [child for child in item.children if child.marker]
    bodies = sum(is_body_name(child.text) for child in listed)
    bare = bool(_NAMES_BODIES.match(item.text)) or (bodies > 0 and 2 * bodies >= len(listed))
    return bool(listed) and bare and not any(child.children for child in listed)


def _frames_labels(item: Item, texts: Mapping[int, str]) -> bool:
    """Whether an item only heads labels ("2. Cơ quan chủ trì, phối hợp" above "a) Cơ quan chủ trì")."""
    labels = [id(child) in texts or responsibility_line(child.text) is not None for child in item.children]
    return any(labels) and (all(labels) or bool(_FRAME.fullmatch(item.text.strip(" *.:"))))


def _below_label(item: Item, labels: Labels) -> tuple[Responsibility, int] | None:
    """What an item below a label says ("Cơ quan thực hiện:" above "+ Sở A chủ trì …"), as the line that both make, and
    where that line would begin; ``None`` for any other item."""
    above = item.parent
    label = labels.texts.get(id(above))
    line = responsibility_line(f"{label} {item.text}") if label else None
    if above is None or above.marker is None or label is None or line is None:
        return None
    bullet = above.marker.style in BULLETS
    if bullet and line.role in ("lead", "coordinate") and not names_only_bodies(item.text):
        return None  # "+ Sở A in sổ tay …" is work of its own
    return line, item.text_start - len(label) - 1


def _only_informs(unit: Unit) -> Unit:
    """The unit as a statement: who acts, and when, goes to the task above."""
    return msgspec.structs.replace(
        unit, kind="statement", lead=(), lead_post=(), coordinate=(), deadlines=(), deadline_spans=()
    )


def _takers(
    items: Sequence[Item], units: Sequence[Unit], places: Mapping[int, int], pending: Sequence[int], line: Item
) -> list[int]:
    """The tasks that a responsibility line speaks of: the one it stands under, else those of the list it closes."""
    above = places.get(id(line.parent))
    if above is not None and units[above].kind == "task":
        return [above]
    listed = [index for index in pending if line.parent and _is_below(items[index], line.parent)]
    return listed or list(pending[-1:])


def _is_below(item: Item, above: Item) -> bool:
    parent = item.parent
    while parent is not None and parent is not above:
        parent = parent.parent
    return parent is above


def _give(
    text: SourceText,
    items: Sequence[Item],
    units: list[Unit],
    takers: Sequence[int],
    stated: tuple[Responsibility | None, int],
    year: int | None,
    *,
    further: bool = False,
) -> None:
    """Put what a line states into the units at ``takers``; several share a line only where they lack their own. A
    ``further`` line adds to the bodies of the one before."""
    line, start = stated
    if line is None:
        return
    found = _stated(text, line, start + line.offset, year)
    for index in takers:
        if len(takers) == 1 or not read_duties(items[index].text).own:
            units[index] = _with_responsibility(units[index], line, found, further=further)
            if line.role == "product" and items[index].row:
                units[index] = _with_product(text, units[index], line, start + line.offset)


def _columns(item: Item, unit: Unit, above: dict[int, str]) -> dict[int, str]:
    """The names of the columns that hold at an item: those of the last row of names, until the table ends. Neither the
    second line of the names nor the title of a group of rows names columns."""
    if not item.row:
        return {}
    names = unit.kind == "heading" and (not above or NAMES.match(item.text))
    return {at: cell for at, _, cell in item.cells} if names else above


def _stated(text: SourceText, line: Responsibility, start: int, year: int | None) -> tuple[Deadline, ...]:
    """The terms of a line "Thời gian thực hiện: …": those it names, else its whole content where that fixes a day, a
    rule ("Từ năm 2026, duy trì thường xuyên") or a period ("0,5 ngày"), not "theo tiến độ của Bộ"."""
    found = deadlines(text, line.content, start, year)
    if found or line.role != "deadline":
        return found
    joint = _AND_ALWAYS.search(line.content)
    parts = [(0, joint.start()), (joint.end(), len(line.content))] if joint else [(0, len(line.content))]
    terms = [stated_term(line.content[a:b], start + a, year) for a, b in parts]
    return tuple(deadline(text, term) for term in terms if term and (term.date or term.recurrence or _is_period(line)))


def _is_period(line: Responsibility) -> bool:
    return bool(_PERIOD.fullmatch(line.content))


def _with_product(text: SourceText, task: Unit, line: Responsibility, start: int) -> Unit:
    """The task of a row with the counts of its column of results ("02 lớp tập huấn"): they are what it must reach."""
    counted = [quantity(text, figure, start) for figure in find_quantities(line.content, is_target=True)]
    new = [q for q in counted if not any(q.start < r.end and r.start < q.end for r in task.quantities)]
    return msgspec.structs.replace(task, quantities=(*task.quantities, *new))


def _with_responsibility(
    task: Unit, line: Responsibility, deadlines: tuple[Deadline, ...], *, further: bool = False
) -> Unit:
    """The task with what one responsibility line says of it; a ``further`` line adds bodies."""
    if line.role == "deadline":
        read = task.deadline_spans  # a row's own text holds the cell
        new = [d for d in deadlines if not any(d.start < r.end and r.start < d.end for r in read)]
        spans = (*read, *new)
        return msgspec.structs.replace(task, deadlines=tuple(d.surface for d in spans), deadline_spans=spans)
    if line.role == "product":
        return msgspec.structs.replace(task, product=line.content)
    if further:
        more = tuple(name for name in line.coordinate if name not in task.coordinate)
        leads = tuple(name for name in line.lead if name not in task.lead)
        return msgspec.structs.replace(task, lead=task.lead + leads, coordinate=task.coordinate + more)
    return msgspec.structs.replace(
        task,
        lead=line.lead or task.lead,
        lead_post=() if line.lead else task.lead_post,
        coordinate=line.coordinate or task.coordinate,
    )
