"""Which tasks come from which clauses: all links of the store, as ``lineage links`` prints them."""

from __future__ import annotations

import msgspec

from kg.links import GRADES, Grade, Link, LinkStatus, Passage, Place
from queries.reader import Reader
from queries.rows import LineageRow, strength
from queries.rows import Place as Found


def links(reader: Reader) -> list[Link]:
    """All task-to-source links in the order of the tasks, strongest first; grades that no table knows are left out.

    Raises :class:`kg.errors.StoreError`.
    """
    rows = [row for row in reader.lineage("lineage_of_task") if row.grade in GRADES]
    reader.ready_passages(rows)
    found = [(link, row) for row in rows if (link := _link(reader, row))]
    found.sort(key=lambda pair: (pair[0].task.file or "", pair[0].task.start or 0, strength(pair[1].grade)))
    return [link for link, _ in found]


def _link(reader: Reader, row: LineageRow) -> Link | None:
    task = reader.place(row.task)
    source = reader.place(row.source) if row.source else None
    if task is None:
        return None
    act = row.source_document or (source.document.iri if source else None)
    above = _place(source) if source else Place(file=reader.document(act).file) if act else Place()
    pairs = [(pair.lower, pair.upper) for pair in reader.passages(row)]
    return Link(
        task=_place(task),
        source=above,
        grade=msgspec.convert(row.grade, Grade),
        score=row.score or 0.0,
        evidence=tuple(Passage((low.start, low.end), (up.start, up.end)) for low, up in pairs if low and up),
        act=act,
        reason=row.reason,
        shares=row.shares,
        status=msgspec.convert(row.status, LinkStatus),
    )


def _place(found: Found) -> Place:
    unit = found.unit
    quote = unit.quote if unit else None
    return Place(
        file=found.document.file,
        unit=unit.iri.rsplit("#", 1)[-1] if unit else None,
        start=quote.start if quote else None,
        end=quote.end if quote else None,
    )
