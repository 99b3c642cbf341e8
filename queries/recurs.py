"""In which other years does this task stand? Recurrence is no lineage and is answered apart from it."""

from __future__ import annotations

from queries.reader import Reader
from queries.rows import Place, Quote, Recurs


def recurs(reader: Reader, place: Place) -> tuple[Recurs, ...]:
    """The earlier self of a unit, and its later ones; empty for a document. Raises :class:`kg.errors.StoreError`."""
    if place.unit is None:
        return ()
    found = []
    for direction, question in (("earlier", "recurs_of"), ("later", "recurs_again")):
        for row in reader.rows(question, task=place.iri):
            other = reader.place(row[direction])
            if other is not None:
                here, there = _words(reader, row["node"], direction)
                found.append(Recurs(direction, other, float(row["share"]), here, there))
    return tuple(found)


def _words(reader: Reader, node: str, direction: str) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """The words in common, in the text asked about and in the other one."""
    sides: dict[str, list[Quote]] = {"earlier": [], "later": []}
    for row in reader.rows("recurs_words", node=node):
        if quote := reader.quote(row["span"]):
            sides[row["side"]].append(quote)
    there = tuple(sorted(sides.pop(direction)))
    return tuple(sorted(next(iter(sides.values())))), there
