"""What an office takes over: each document with who answers then and now, and what the corpus proves about its status.

A status is never more than what words in the corpus say; a document of which nothing is said is ``unknown``, which is
not "in force". Whether a repeal or an amendment is of the whole act or of a part stands in the quoted words.
"""

from __future__ import annotations

import re

import msgspec

from kg.dispositions import Disposition, holding
from loaders.dates import find_dates
from ontology.places import province_on, short_name
from queries.owners import Answer, answer
from queries.reader import Reader
from queries.rows import DocumentRow, Quote

STATUSES = ("repealed", "replaced", "expired", "amended", "unknown")
"""Strongest first; the first that is proved is shown, all proofs are kept."""
_CHANGES = {"repeals": "repealed", "replaces": "replaced", "amends": "amended"}
_ENDS = re.compile(
    r"\bnày\b(?:(?!\bsố\b)[^.;/\d]){0,60}?(?:(?P<from>hết hiệu lực)|hiệu lực[^;]{0,60}?\bđến)\b(?P<day>[^;]{0,40})",
    re.IGNORECASE,
)
"""The document's own end; where another act is named in between, the end is that act's."""


class StatusProof(msgspec.Struct, frozen=True):
    """Why a status is believed: ``by`` acts on the document, ``words`` of ``told_in`` say so."""

    status: str
    by: DocumentRow | None
    told_in: DocumentRow
    words: Quote | None


class InheritedRow(msgspec.Struct, frozen=True):
    """A document that is taken over. ``issuer`` and ``bodies`` (those with tasks in it) say who answers now."""

    document: DocumentRow
    issuer: Answer | None
    bodies: tuple[Answer, ...]
    status: str
    proofs: tuple[StatusProof, ...]
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


def standing(reader: Reader, act: DocumentRow, day: str) -> tuple[str, tuple[StatusProof, ...]]:
    """The strongest status that the corpus proves of an act on a day, and every proof."""
    proofs = [*_changed(reader, act), *_told(reader, act), *_ended(reader, act, day)]
    kept = {(proof.status, proof.by and proof.by.iri, proof.words): proof for proof in proofs}
    found = sorted(kept.values(), key=lambda proof: (STATUSES.index(proof.status), proof.told_in.iri))
    return (found[0].status if found else "unknown"), tuple(found)


def _is_of(row: DocumentRow, province: str, day: str) -> bool:
    return row.province is not None and province in (row.province, province_on(row.province, day))


def _row(reader: Reader, row: DocumentRow, day: str, decided: Disposition | None) -> InheritedRow:
    status, proofs = standing(reader, row, day)
    issuer = answer(row.issuer, row.province, day, row.date) if row.issuer else None
    bodies = tuple(answer(name, row.province, day, row.date) for name in _leaders(reader, row))
    return InheritedRow(row, issuer, bodies, status, proofs, decided)


def _leaders(reader: Reader, row: DocumentRow) -> list[str]:
    """The bodies that lead tasks of a document, in the order of the text."""
    if not row.in_corpus:
        return []
    tasks = [found["task"] for found in reader.rows("tasks_of_document", document=row.iri)]
    reader.ready(tasks)
    units = [place.unit for place in map(reader.place, tasks) if place and place.unit]
    ordered = sorted(units, key=lambda unit: unit.order)
    return list(dict.fromkeys(name for unit in ordered for name in unit.lead))


def _changed(reader: Reader, act: DocumentRow) -> list[StatusProof]:
    """What acts themselves say that they do to this one."""
    rows = [row for row in reader.rows("citations_to", act=act.iri) if row["relation"] in _CHANGES]
    found = [(row, reader.document(row["document"])) for row in rows if row["document"] != act.iri]
    return [StatusProof(_CHANGES[row["relation"]], by, by, reader.quote(row["evidence"])) for row, by in found]


def _told(reader: Reader, act: DocumentRow) -> list[StatusProof]:
    """What other documents say in passing."""
    rows = reader.rows("changes_told", act=act.iri)
    return [
        StatusProof(
            _CHANGES[row["relation"]],
            reader.document(row["by"]),
            reader.document(row["document"]),
            reader.quote(row["evidence"]),
        )
        for row in rows
    ]


def _ended(reader: Reader, act: DocumentRow, day: str) -> list[StatusProof]:
    """What the document itself says about its end, where that day has passed."""
    if not act.in_corpus:
        return []
    units = [row["unit"] for row in reader.rows("units_of_document", document=act.iri)]
    reader.ready(units)
    quotes = [place.unit.quote for place in map(reader.place, units) if place and place.unit and place.unit.quote]
    return [StatusProof("expired", None, act, quote) for quote in quotes if _end_of(quote.text, day)]


def _end_of(text: str, day: str) -> bool:
    """Whether a sentence sets the document's own end, and that has come by ``day``."""
    found = _ENDS.search(text)
    ends = next((date.iso for date in find_dates(found["day"])), None) if found else None
    return bool(found and ends and (ends <= day if found["from"] else ends < day))
