"""All that the graph knows of one document or one unit."""

from __future__ import annotations

from queries.reader import Reader
from queries.recurs import recurs
from queries.rows import CitationRow, DocumentView, Place, QuantityRow, UnitView, count
from queries.run import Row
from queries.trace import sources, uses


def show(reader: Reader, place: Place) -> DocumentView | UnitView:
    """The view of a unit where ``place`` has one, else of its document. Raises :class:`kg.errors.StoreError`."""
    return _unit(reader, place) if place.unit else _document(reader, place)


def _unit(reader: Reader, place: Place) -> UnitView:
    figures = [
        QuantityRow(row["name"], row["comparator"], row["value"], row["measure"])
        for row in reader.rows("quantities", unit=place.iri)
    ]
    return UnitView(
        place=place,
        deadlines=reader.deadlines(place.iri),
        quantities=tuple(figures),
        sources=tuple(sources(reader, place)),
        uses=tuple(uses(reader, place)),
        recurs=recurs(reader, place),
    )


def _document(reader: Reader, place: Place) -> DocumentView:
    iri = place.document.iri
    fields = reader.document_fields(iri)
    rows = sorted(reader.rows("units_of_document", document=iri), key=lambda row: int(row["order"]))
    reader.ready(row["unit"] for row in rows)
    places = [reader.place(row["unit"]) for row in rows]
    units = [found.unit for found in places if found and found.unit]
    cited = sorted(reader.rows("citations_of", document=iri), key=lambda row: int(row["order"]))
    citing = [row for row in reader.rows("citations_to", act=iri) if not reader.is_later(row["document"])]
    return DocumentView(
        document=place.document,
        signer=next(iter(fields.get("signer", [])), None),
        signer_post=next(iter(fields.get("signerPost", [])), None),
        recipients=tuple(fields.get("recipient", ())),
        units=count(sorted(unit.kind for unit in units)),
        citations=tuple(_citation(reader, row, row.get("act")) for row in cited),
        cited_by=tuple(_citation(reader, row, row["document"]) for row in citing),
        outline=tuple(units),
    )


def _citation(reader: Reader, row: Row, other: str | None) -> CitationRow:
    """``other`` is the document at the other end: the act cited, or the document that cites."""
    return CitationRow(
        relation=row["relation"],
        scope=row.get("scope"),
        words=reader.quote(row["evidence"]),
        act=reader.document(other) if other else None,
        why=row.get("why"),
    )
