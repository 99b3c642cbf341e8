"""What became of a figure? Results on plans, plans given, taken over, changed and followed, and what disagrees."""

from __future__ import annotations

import msgspec

from kg.figurelinks import OUTCOMES, RELATIONS
from queries.reader import Reader
from queries.rows import DocumentRow, Place, Quote
from queries.run import Row

CHANGES = ("takes-over", "follows", "amends")
"""Relations that tell how a plan went on."""
CHANGED = ("raised", "lowered", "dropped")
DISAGREEMENTS = ("differs", "inconsistent")


class FigureSide(msgspec.Struct, frozen=True):
    """One figure: where it stands, as printed, for which year and part of it; ``quote`` is the proof."""

    place: Place
    figure: str | None
    year: int | None
    period: str | None
    quote: Quote | None


class FigureRow(msgspec.Struct, frozen=True):
    """One conclusion of :mod:`kg.figurelinks`. ``here`` is the later or lower side; where it has no ``figure`` its text
    no longer states one."""

    relation: str
    outcome: str
    name: str
    here: FigureSide
    there: FigureSide
    share: str | None = None
    """The per cent of the plan that the text states, as printed."""
    basis: str | None = None
    computed: float | None = None
    """The per cent that the two figures give."""
    share_quote: Quote | None = None
    reason: str | None = None
    reason_en: str | None = None


def figures(
    reader: Reader, about: DocumentRow | None = None, *, changes: bool = False, disagreements: bool = False
) -> list[FigureRow]:
    """All conclusions of figures, those of one document (on either side) where ``about`` is given.

    ``changes`` keeps plans that were raised, lowered or dropped; ``disagreements`` what two texts state differently
    and per cents that do not come out. Both together keep both. Raises :class:`kg.errors.StoreError`.
    """
    rows = [_row(reader, row) for row in reader.rows("figures")]
    rows = [row for row in rows if not any(reader.is_later(side.place.document.iri) for side in (row.here, row.there))]
    if about is not None:
        rows = [row for row in rows if about.iri in (row.here.place.document.iri, row.there.place.document.iri)]
    if changes or disagreements:
        rows = [
            row for row in rows if (changes and _is_change(row)) or (disagreements and row.outcome in DISAGREEMENTS)
        ]
    return sorted(rows, key=_order)


def _is_change(row: FigureRow) -> bool:
    return row.relation in CHANGES and row.outcome in CHANGED


def _row(reader: Reader, row: Row) -> FigureRow:
    return FigureRow(
        relation=row["relation"],
        outcome=row["outcome"],
        name=row["name"],
        here=_side(reader, row, ("here", "text", "year", "period", "evidence")),
        there=_side(reader, row, ("there", "againstText", "againstYear", "againstPeriod", "against")),
        share=row.get("share"),
        basis=row.get("basis"),
        computed=float(row["computed"]) if "computed" in row else None,
        share_quote=reader.quote(row["shareSpan"]) if "shareSpan" in row else None,
        reason=row.get("reason"),
        reason_en=row.get("reasonEn"),
    )


def _side(reader: Reader, row: Row, keys: tuple[str, str, str, str, str]) -> FigureSide:
    place, text, year, period, evidence = (row.get(key) for key in keys)
    return FigureSide(
        reader.anywhere(place or ""),
        text,
        int(year) if year else None,
        period,
        reader.quote(evidence) if evidence else None,
    )


def _order(row: FigureRow) -> tuple[int, int, str, int, str, int]:
    here, there = row.here, row.there
    return (
        RELATIONS.index(row.relation) if row.relation in RELATIONS else len(RELATIONS),
        OUTCOMES.index(row.outcome) if row.outcome in OUTCOMES else len(OUTCOMES),
        here.place.document.file or "",
        here.quote.start if here.quote else 0,
        there.place.document.file or "",
        there.quote.start if there.quote else 0,
    )
