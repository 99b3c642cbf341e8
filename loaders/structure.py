"""The units of a document: its outline with kinds, duties, deadlines and figures, all spans in the raw text.

Reads a :class:`~loaders.text.SourceText`; gives :class:`~loaders.records.Unit` rows in document order. Afterwards
holds: every paragraph of the body is in exactly one unit, a unit's parent stands before it, and every span slices back
to its quotation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from loaders.assignments import set_apart
from loaders.columns import NAMES, column_line
from loaders.deadlines import find_deadlines, stated_term
from loaders.duties import Duties, Responsibility, names_only_bodies, read_duties, responsibility_line
from loaders.headings import body_of, title_of
from loaders.outline import Item, read_outline
from loaders.quantities import Figure, find_quantities
from loaders.records import Deadline, Quantity, Span, Unit, UnitKind, surface
from loaders.targettables import target_columns
from loaders.text import SourceText
from loaders.unitkinds import classify
from loaders.whens import Term

_ASKS_PARTNERS = re.compile(r"phối\s+hợp(?:\s+với)?[\s:*]*$")
"""The end of a heading whose items open with the partners: "Chủ trì, phối hợp với:"."""

_PERIOD = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s*(?:giờ|ngày|tuần|tháng)(?:\s+làm\s+việc)?", re.IGNORECASE)
_BULLETS = frozenset({"dash", "plus", "star", "circle"})


class _Duty(NamedTuple):
    """Who must act, as a unit's fields hold it."""

    lead: tuple[str, ...] = ()
    lead_post: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()


def read_units(text: SourceText, document_type: str | None, addressees: Sequence[str], year: int | None) -> list[Unit]:
    """The units. ``addressees`` are those of "Kính gửi"; ``year`` completes deadlines that name none."""
    items = read_outline(text)
    kinds = classify(items, document_type)
    numbers = {id(item): f"u{index:03}" for index, item in enumerate(items, 1)}
    duties = _assign_duties(items, kinds, addressees)
    units = []
    for item, kind in zip(items, kinds, strict=True):
        span = Span(item.paragraphs[0].raw_start, item.paragraphs[-1].raw_end)
        deadlines = _item_deadlines(text, item, year) if kind in ("task", "target") else ()
        units.append(
            Unit(
                id=numbers[id(item)],
                path=item.path,
                kind=kind,
                start=span.start,
                end=span.end,
                **duties[id(item)]._asdict(),
                deadlines=tuple(d.surface for d in deadlines),
                quantities=() if kind == "heading" else _quantities(text, item, kind),
                parent=numbers[id(item.parent)] if item.parent else None,
                deadline_spans=deadlines,
            )
        )
    return _give_to_task_above(text, items, units, year)


def _assign_duties(items: Sequence[Item], kinds: Sequence[UnitKind], addressees: Sequence[str]) -> Mapping[int, _Duty]:
    """Leaders come from the item itself, else from the nearest heading that names bodies, else from "Kính gửi"."""
    found: dict[int, _Duty] = {}
    inherited: dict[int, _Duty] = {}
    for item, kind in zip(items, kinds, strict=True):
        above = inherited.get(id(item.parent)) if item.parent else None
        if kind == "statement":
            found[id(item)] = _Duty()
            inherited[id(item)] = above or _Duty()
            if item.parent and (leads := _lead_in(item)):
                inherited[id(item.parent)] = leads
            continue
        part = item.marker is not None and item.marker.style == "part"
        own = Duties() if part else _own_duties(item)  # a chapter's articles name their own bodies
        if above and above.lead and item.parent and _ASKS_PARTNERS.search(item.parent.text):
            own = Duties(coordinate=own.lead + own.coordinate)
        if own.own and above and above.lead != tuple(addressees) and item.marker and item.text.startswith("Yêu cầu "):
            own = Duties(coordinate=own.coordinate)  # whoever stands above requires it of the others
        duty = _Duty(own.lead, own.lead_post, own.coordinate)
        if not own.own and kind in ("task", "target"):
            lead = above or _Duty(lead=tuple(addressees))
            if own.asked and lead.lead and _names(lead.lead) <= _names(addressees):
                lead = _Duty(own.asked)
            elif not lead.lead:
                lead = _Duty(own.later, own.later_post)
            duty = _Duty(lead.lead, lead.lead_post, own.coordinate or lead.coordinate)
        elif above and _names(own.lead) == _names(above.lead) and not own.coordinate:
            duty = duty._replace(coordinate=above.coordinate)
        duty = duty._replace(lead=_in_full(duty.lead, addressees))
        found[id(item)] = duty
        inherited[id(item)] = duty if own.own else above or _Duty(lead=tuple(addressees))
        if own.asked and item.text.rstrip().endswith(":"):
            inherited[id(item)] = _Duty(own.asked)
    return found


def _in_full(lead: tuple[str, ...], addressees: Sequence[str]) -> tuple[str, ...]:
    """Leaders with the addressee in full where a letter to one calls it by its kind ("Công ty", "Doanh nghiệp")."""
    if len(addressees) != 1:
        return lead
    whole = addressees[0]
    return tuple(whole if whole.casefold().startswith(f"{name.casefold()} ") else name for name in lead)


def _lead_in(item: Item) -> _Duty | None:
    """An unnumbered line that opens a list ("… yêu cầu Sở A thực hiện các nhiệm vụ sau:") names its leaders as a
    heading does; ``None`` for any other text."""
    if item.marker or not item.text.rstrip().endswith(":"):
        return None
    own = read_duties(item.text)
    if own.own:
        return _Duty(own.lead, own.lead_post, own.coordinate)
    return _Duty(own.asked) if own.asked else None


def _own_duties(item: Item) -> Duties:
    """What the item says of who acts; below a title of one line, what its paragraph says ("3. Xây dựng văn bản" above
    "Sở A có trách nhiệm …")."""
    if item.row:
        cells = [read_duties(cell) for _, _, cell in item.cells]  # no name goes on from one cell to the next
        return next((duties for duties in cells if duties.own), Duties())
    apart = set_apart(item.text)
    if apart is not None:
        return apart
    if len(item.paragraphs) != 2:
        return read_duties(item.text)
    title, body = title_of(item).rstrip(" .:"), body_of(item)
    own = read_duties(f"{title}: {body}")  # no name goes on from the title to what stands below it
    below = own if own.own else read_duties(body)
    return below if below.own else own


def _names(bodies: Sequence[str]) -> set[str]:
    return {name.casefold() for name in bodies}


def _item_deadlines(text: SourceText, item: Item, year: int | None) -> tuple[Deadline, ...]:
    """The terms of an item; no term goes on from one cell of a row to the next."""
    cells = [(cell, start) for _, start, cell in item.cells if any(map(str.isalpha, cell))]  # "10 - 11" is a figure
    pieces = cells if item.row else [(item.text, item.text_start)]
    return tuple(term for piece, start in pieces for term in _deadlines(text, piece, start, year))


def _deadlines(text: SourceText, clean: str, start: int, year: int | None) -> tuple[Deadline, ...]:
    return tuple(_deadline(text, term) for term in find_deadlines(clean, start, year))


def _deadline(text: SourceText, term: Term) -> Deadline:
    span = text.span(term.start, term.end)
    quoted = surface(text.raw, span.start, span.end)
    return Deadline(quoted, span.start, span.end, term.date, term.recurrence)


def _quantities(text: SourceText, item: Item, kind: UnitKind) -> tuple[Quantity, ...]:
    found = find_quantities(item.text, is_target=kind == "target", is_report=kind == "statement")
    return tuple(_quantity(text, figure, item.text_start) for figure in found)


def _quantity(text: SourceText, figure: Figure, offset: int) -> Quantity:
    span = text.span(offset + figure.start, offset + figure.end)
    quoted = surface(text.raw, span.start, span.end)
    return Quantity(figure.name, figure.comparator, figure.value, figure.unit, quoted, span.start, span.end)


def _target_row(text: SourceText, item: Item, unit: Unit, columns: Mapping[int, str]) -> Unit:
    """A row of a table of targets: its levels are those of their columns, and a column may say who answers for it."""
    targets = target_columns(columns)
    if targets is None:
        return unit
    figures = tuple(_quantity(text, figure, 0) for figure in targets.figures(item.cells))
    for at, _, cell in item.cells:
        line = None if at in targets.levels else column_line(columns.get(at, ""), cell)
        if line and line.role in ("lead", "coordinate"):
            unit = _with_responsibility(unit, line, ())
    return msgspec.structs.replace(unit, quantities=figures)


def _give_to_task_above(text: SourceText, items: Sequence[Item], units: list[Unit], year: int | None) -> list[Unit]:
    """The content of responsibility lines ("Cơ quan thực hiện: …") goes to the task above them, that of lines that
    close a list to its tasks, that of a table's columns ("Cơ quan chủ trì") to the row's task."""
    places = {id(item): index for index, item in enumerate(items)}
    columns: dict[int, str] = {}
    pending: list[int] = []
    answered = False
    for index, (item, unit) in enumerate(zip(items, units, strict=True)):
        columns = _columns(item, unit, columns)
        if pending and item.parent and (listed := _below_label(item)):
            units[index] = _only_informs(unit)
            takers = _takers(items, units, places, pending, item.parent)
            further = item is not item.parent.children[0]
            _give(text, items, units, takers, listed, year, further=further)
        elif unit.kind == "task":
            pending = [index] if answered else [*pending, index]
            answered = False
            for at, start, cell in item.cells:
                _give(text, items, units, [index], (column_line(columns.get(at, ""), cell), start), year)
        elif unit.kind == "target" and item.row:
            units[index] = _target_row(text, item, unit, columns)
        elif unit.kind == "heading":
            pending = []
        elif line := responsibility_line(item.text):
            takers = _takers(items, units, places, pending, item)
            _give(text, items, units, takers, (line, item.text_start), year)
            answered = True
    return units


def _below_label(item: Item) -> tuple[Responsibility, int] | None:
    """What an item below a label without content says ("Cơ quan thực hiện:" above "+ Sở A chủ trì …"), as the line that
    both make, and where that line would begin; ``None`` for any other item. A numbered "4. Trách nhiệm thực hiện:" is
    the heading of tasks."""
    above_it = item.parent
    bullet = above_it is not None and above_it.marker is not None and above_it.marker.style in _BULLETS
    label = above_it.text.rstrip(" *") if above_it and bullet else ""
    above = responsibility_line(label) if label.endswith(":") else None
    line = responsibility_line(f"{label} {item.text}") if above and not above.content else None
    if line and line.role in ("lead", "coordinate") and not names_only_bodies(item.text):
        return None  # "+ Sở A in sổ tay …" is work of its own
    return (line, item.text_start - len(label) - 1) if line else None


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
    found = _deadlines(text, line.content, start, year)
    whole = None if found or line.role != "deadline" else stated_term(line.content, start, year)
    return (_deadline(text, whole),) if whole and (whole.date or whole.recurrence or _is_period(line)) else found


def _is_period(line: Responsibility) -> bool:
    return bool(_PERIOD.fullmatch(line.content))


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
