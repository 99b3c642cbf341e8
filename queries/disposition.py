"""What an office takes over: each document with who answers then and now, and what the corpus proves about its status.

The status is that of :mod:`queries.life`: never more than words in the corpus, or people who entered a change, say.
A document of which nothing is said is ``unknown``, which is not "in force".
"""

from __future__ import annotations

import msgspec

from kg.dispositions import Disposition, holding
from ontology.places import province_on, short_name
from queries.life import ChangeRow, Life, life
from queries.owners import Answer, answer
from queries.reader import Reader
from queries.rows import DocumentRow

STATUSES = ("repeal", "replace", "expire", "suspend", "parts", "disputed", "in-force", "unknown")
"""What is said of a document in one word: how it ended as a whole, that only parts of it changed, that sources
contradict one another, that it is proved to be in force, or that nothing is known."""
_WHOLE = STATUSES[:4]


class InheritedRow(msgspec.Struct, frozen=True):
    """A document that is taken over. ``issuer`` and ``bodies`` (those with tasks in it) say who answers now.

    ``status`` is one of :data:`STATUSES`; ``changes`` are those at work, and those of which it is not known whether
    they are, with their words; ``life`` is all that is told.
    """

    document: DocumentRow
    issuer: Answer | None
    bodies: tuple[Answer, ...]
    status: str
    changes: tuple[ChangeRow, ...]
    life: Life
    disposition: Disposition | None = None


def inherited(reader: Reader, day: str, province: str | None = None) -> list[InheritedRow]:
    """The documents of provinces and below, those of the corpus first, by date; who answers on the ISO day ``day``.

    ``province``: only documents of this province, or of one whose land it holds on ``day``. Documents of the corpus
    whose level is unknown are taken along where no province is asked for.
    """
    decided = holding(reader.store)
    names = {row["document"] for row in reader.rows("documents_local")}
    unknown = {iri for iri in reader.files.values() if reader.document(iri).level is None}
    rows = [reader.document(iri) for iri in names | unknown]
    wanted = [row for row in rows if province is None or _is_of(row, short_name(province), day)]
    made = [_row(reader, row, day, decided.get(row.iri)) for row in wanted]
    return sorted(made, key=lambda row: (not row.document.in_corpus, row.document.date or "", row.document.iri))


def status(told: Life) -> str:
    """The status in one word, of :data:`STATUSES`."""
    if told.state == "disputed":
        return "disputed"
    whole = {change.kind for change in told.changes if change.at_work and not change.partial and not change.provision}
    ended = [kind for kind in _WHOLE if kind in whole]
    if ended and told.state == "no longer":
        return ended[0]
    if any(change.kind not in ("commence", "extend") for change in _working(told)):
        return "parts"
    return "in-force" if told.state == "in force" else "unknown"


def _working(told: Life) -> tuple[ChangeRow, ...]:
    return tuple(change for change in told.changes if change.at_work is not False)


def _is_of(row: DocumentRow, province: str, day: str) -> bool:
    return row.province is not None and province in (row.province, province_on(row.province, day))


def _row(reader: Reader, row: DocumentRow, day: str, decided: Disposition | None) -> InheritedRow:
    told = life(reader, row, day)
    issuer = answer(row.issuer, row.province, day, row.date) if row.issuer else None
    bodies = tuple(answer(name, row.province, day, row.date) for name in _leaders(reader, row))
    return InheritedRow(row, issuer, bodies, status(told), _working(told), told, decided)


def _leaders(reader: Reader, row: DocumentRow) -> list[str]:
    """The bodies that lead tasks of a document, in the order of the text."""
    if not row.in_corpus:
        return []
    tasks = [found["task"] for found in reader.rows("tasks_of_document", document=row.iri)]
    reader.ready(tasks)
    units = [place.unit for place in map(reader.place, tasks) if place and place.unit]
    ordered = sorted(units, key=lambda unit: unit.order)
    return list(dict.fromkeys(name for unit in ordered for name in unit.lead))
