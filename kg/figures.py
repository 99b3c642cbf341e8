"""All that is concluded of figures: reports on plans, plans given, taken over, changed and followed; disagreements.

Reads documents and what their citations mean; writes links (:mod:`kg.figurelinks`), in the order of documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.figurebooks import Books
from kg.figurelinks import FigureLink
from kg.figureplans import amendments, assignments, contradictions, followed
from kg.figurereports import by_place, reports
from kg.links import Resolution
from loaders.records import Loaded


def figure_links(loaded: Sequence[Loaded], resolutions: Iterable[Resolution]) -> list[FigureLink]:
    """The links between the figures of all documents, each once, sorted by where they stand."""
    books = Books(loaded, resolutions)
    found = dict.fromkeys(_all(books))
    return sorted(found, key=_place)


def _all(books: Books) -> Iterator[FigureLink]:
    changed, replaced = amendments(books)
    plans = by_place(books)
    yield from changed
    yield from reports(books, plans, replaced)
    for book in books:
        yield from assignments(book)
        yield from contradictions(book)
    yield from followed(books, plans, replaced)


def _place(link: FigureLink) -> tuple[str, int, str, str, int, str]:
    here, there = link.here, link.there
    return (here.file, here.start or 0, link.relation, there.file, there.start or 0, link.outcome)
