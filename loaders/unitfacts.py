"""Deadlines and figures of a unit with their quotations in the raw text.

Reads items of :mod:`loaders.outline`; gives :class:`~loaders.records.Deadline` and :class:`~loaders.records.Quantity`
rows, each with a span that slices back to its surface.
"""

from __future__ import annotations

from loaders.deadlines import find_deadlines
from loaders.items import Item
from loaders.quantities import Figure, find_quantities
from loaders.records import Deadline, Quantity, UnitKind, surface
from loaders.text import SourceText
from loaders.whens import Term


def item_deadlines(text: SourceText, item: Item, year: int | None) -> tuple[Deadline, ...]:
    """The terms of an item; no term goes on from one cell of a row to the next."""
    cells = [(cell, start) for _, start, cell in item.cells if any(map(str.isalpha, cell))]  # "10 - 11" is a figure
    pieces = cells if item.row else [(item.text, item.text_start)]
    return tuple(term for piece, start in pieces for term in deadlines(text, piece, start, year))


def deadlines(text: SourceText, clean: str, start: int, year: int | None) -> tuple[Deadline, ...]:
    """The terms of ``clean``, which begins at ``start`` of the clean text."""
    return tuple(deadline(text, term) for term in find_deadlines(clean, start, year))


def deadline(text: SourceText, term: Term) -> Deadline:
    """A term with its quotation."""
    span = text.span(term.start, term.end)
    quoted = surface(text.raw, span.start, span.end)
    return Deadline(quoted, span.start, span.end, term.date, term.recurrence)


def quantities(text: SourceText, item: Item, kind: UnitKind) -> tuple[Quantity, ...]:
    """The figures that an item of this kind sets or reports."""
    found = find_quantities(item.text, is_target=kind == "target", is_report=kind == "statement")
    return tuple(quantity(text, figure, item.text_start) for figure in found)


def quantity(text: SourceText, figure: Figure, offset: int) -> Quantity:
    """A figure, whose place is counted from ``offset``, with its quotation."""
    span = text.span(offset + figure.start, offset + figure.end)
    quoted = surface(text.raw, span.start, span.end)
    return Quantity(figure.name, figure.comparator, figure.value, figure.unit, quoted, span.start, span.end)
