"""What the graph says of one thing, as a row: documents, units, quotes, bodies, lineage.

One reader serves one question: what it has read it keeps, so that a document that occurs a hundred times is asked for
once. Where several graphs state a field differently (stubs are described by whoever cites them), the first value in
alphabetical order is taken, and always the same one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePath

import msgspec

from kg.links import Shares
from kg.store import Store
from queries.rows import DeadlineRow, DocumentRow, LineageRow, Passage, Place, Quote, UnitRow, strength
from queries.run import Row, ask, words

UNIT_CLASSES = {"Task": "task", "Target": "target", "Statement": "statement", "Heading": "heading"}
"""Local names of the unit classes and the word that records and rows use for them."""
MANY = 4
"""From so many units of one document on, the whole document is read."""
Fields = dict[str, list[str]]


class Reader:
    """Reads rows from ``store`` and remembers them. All methods raise :class:`kg.errors.StoreError`."""

    def __init__(self, store: Store, as_of: str | None = None) -> None:
        """Read from ``store``, which stays the caller's to close; answers leave out what is dated after ``as_of``."""
        self.store = store
        self.as_of = as_of
        self._documents: dict[str, DocumentRow] = {}
        self._places: dict[str, Place | None] = {}
        self._quotes: dict[str, Quote | None] = {}
        self._bodies: dict[str, str] = {}
        self._units: dict[str, Fields] = {}
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._ready: set[str] = set()

    def rows(self, name: str, **values: str) -> list[Row]:
        """The rows of a question about IRIs, duplicates dropped, in a stable order."""
        found = {tuple(sorted(row.items())) for row in ask(self.store, name, **values)}
        return [dict(row) for row in sorted(found)]

    def document_fields(self, iri: str) -> Fields:
        """All that is stated of a document, by field."""
        return self._fields("document", document=iri)

    def document(self, iri: str) -> DocumentRow:
        """The document ``iri``; a row that holds nothing but its names where the graph says nothing of it."""
        if iri not in self._documents:
            self._documents[iri] = self._document(iri)
        return self._documents[iri]

    def is_later(self, iri: str) -> bool:
        """Whether a document, or the one that a unit belongs to, was issued after the day of the answer."""
        date = self.document(_document_of(iri)).date if self.as_of else None
        return bool(self.as_of and date and date > self.as_of)

    def place(self, iri: str) -> Place | None:
        """The unit ``iri`` with its document, ``None`` where there is no such unit."""
        if iri not in self._places:
            self._places[iri] = self._place(iri)
        return self._places[iri]

    def anywhere(self, iri: str) -> Place:
        """The unit ``iri``, else the document of that name."""
        return self.place(iri) or Place(self.document(iri))

    def ready(self, units: Iterable[str]) -> None:
        """Read ahead what :meth:`place`, :meth:`quote` and :meth:`deadlines` need of the documents of many units."""
        for document in _documents_of_many(units):
            if document in self._ready:
                continue
            self._ready.add(document)
            for unit, fields in self._grouped("units_known", "unit", document=document).items():
                self._units.setdefault(unit, fields)
            if file := self.document(document).file:
                rows = _by_key(ask(self.store, "spans_in_file", file=words(file)), "span")
                self._quotes |= {span: _quote(_collect(found)) for span, found in rows.items()}

    def short_name(self, iri: str) -> str:
        """What people type for a unit or document: ``<file stem>#<unit id>``, or the document's id."""
        document, mark, name = iri.partition("#")
        row = self.document(document)
        if not mark:
            return row.id
        return f"{PurePath(row.file).stem if row.file else row.id}#{name}"

    def quote(self, span: str) -> Quote | None:
        """The words at the span ``span``, ``None`` where the graph has no such span."""
        if span not in self._quotes:
            self._quotes[span] = _quote(self._fields("span", span=span))
        return self._quotes[span]

    def body(self, iri: str) -> str:
        """What the body ``iri`` is called; the end of its IRI where it has no name."""
        if iri not in self._bodies:
            labels = [row["label"] for row in self.rows("body", body=iri)]
            self._bodies[iri] = labels[0] if labels else iri.rsplit("/", 1)[-1]
        return self._bodies[iri]

    def lineage(self, question: str, **values: str) -> list[LineageRow]:
        """The lineage nodes that ``question`` gives, strongest first."""
        return sorted(map(_lineage, self.rows(question, **values)), key=_by_strength)

    def links_of(self, tasks: Iterable[str]) -> dict[str, list[LineageRow]]:
        """The sources found for each of ``tasks``, strongest first."""
        wanted = set(tasks)
        whole = _documents_of_many(wanted)
        found = [link for document in whole for link in self.lineage("lineage_in_document", document=document)]
        for task in wanted:
            if _document_of(task) not in whole:
                found += self.lineage("lineage_of_task", task=task)
        links: dict[str, list[LineageRow]] = {task: [] for task in wanted}
        for link in sorted(found, key=_by_strength):
            if link.task in wanted:
                links[link.task].append(link)
        return links

    def links_to(self, units: Iterable[str]) -> list[LineageRow]:
        """What was found to come from any of ``units``, strongest first."""
        wanted = set(units)
        whole = _documents_of_many(wanted)
        found = [link for act in whole for link in self.lineage("lineage_of_act", sourceDocument=act)]
        for unit in wanted:
            if _document_of(unit) not in whole:
                found += self.lineage("lineage_of_source", source=unit)
        return sorted((link for link in found if link.source in wanted), key=_by_strength)

    def passages(self, link: LineageRow) -> tuple[Passage, ...]:
        """The words that prove a lineage node, in the order of the lower text."""
        if link.iri not in self._passages:
            self._passages[link.iri] = self._pairs(self.rows("passages", lineage=link.iri))
        return self._passages[link.iri]

    def ready_passages(self, links: Iterable[LineageRow]) -> None:
        """Read ahead the passages of many links, act by act."""
        many = list(links)
        self.ready(link.task for link in many)
        self.ready(link.source for link in many if link.source)
        for act, number in Counter(link.source_document for link in many).items():
            if act is None or number < MANY:
                continue
            rows = _by_key(self.rows("passages_of_act", act=act), "lineage")
            for link in many:
                if link.source_document == act:
                    self._passages.setdefault(link.iri, self._pairs(rows.get(link.iri, [])))

    def _pairs(self, rows: Iterable[Row]) -> tuple[Passage, ...]:
        pairs = [Passage(self.quote(row["taskSpan"]), self.quote(row["sourceSpan"])) for row in rows]
        return tuple(sorted(pairs, key=lambda pair: (_start(pair.lower), _start(pair.upper))))

    def citing_words(self, document: str, act: str, relation: str) -> Quote | None:
        """The first words with which ``document`` cites ``act``: in this relation, else in whatever it uses."""
        rows = self.rows("citing_words", document=document, act=act)
        same = [row for row in rows if row["relation"] == relation]
        return min((quote for row in same or rows if (quote := self.quote(row["evidence"]))), default=None)

    def deadlines(self, unit: str) -> tuple[DeadlineRow, ...]:
        """When ``unit`` is due."""
        rows = [
            row for iri in self._unit_fields(unit).get("deadline", []) for row in self.rows("deadline", deadline=iri)
        ]
        return tuple(DeadlineRow(row["text"], row.get("date"), row.get("recurrence")) for row in rows)

    @cached_property
    def files(self) -> dict[str, str]:
        """File name → IRI of the document read from it."""
        return {row["file"]: row["document"] for row in self.rows("files")}

    @cached_property
    def numbers(self) -> list[tuple[str, str]]:
        """Number as printed, and the IRI of a document that carries it: one pair for each document and spelling."""
        return [(row["number"], row["document"]) for row in self.rows("numbers")]

    @cached_property
    def changes_entered(self) -> list[Row]:
        """The changes of acts that people entered: ``change``, ``act``, ``who``, and ``number`` if known."""
        return self.rows("changes_entered")

    @cached_property
    def rejected(self) -> frozenset[tuple[str, str]]:
        """The pairs of a task and a source, by IRI, that people rejected: nothing may show them as lineage."""
        return frozenset((row["task"], row["source"]) for row in self.rows("rejected"))

    def _fields(self, name: str, **values: str) -> Fields:
        return _collect(self.rows(name, **values))

    def _unit_fields(self, iri: str) -> Fields:
        if iri not in self._units:
            self._units[iri] = self._fields("unit", unit=iri)
        return self._units[iri]

    def _grouped(self, name: str, thing: str, **values: str) -> dict[str, Fields]:
        return {key: _collect(rows) for key, rows in _by_key(self.rows(name, **values), thing).items()}

    def _document(self, iri: str) -> DocumentRow:
        fields = self.document_fields(iri)
        first = {field: values[0] for field, values in fields.items()}
        issuer = self.body(first["issuer"]) if "issuer" in first else first.get("issuerName")
        file, number = first.get("file"), first.get("number")
        tail = iri.rsplit("/vn/", 1)[-1]
        return DocumentRow(
            iri=iri,
            id=number or (PurePath(file).stem if file else tail),
            file=file,
            kind=first.get("kind"),
            number=number,
            title=first.get("title"),
            issuer=issuer,
            date=first.get("date"),
            level=first.get("level"),
            province=first.get("province"),
            identity=tuple(fields.get("identityReason", ())),
            identity_quotes=self._proofs(fields.get("identityFrom", [])),
        )

    def _proofs(self, sources: list[str]) -> tuple[Quote, ...]:
        """The words of citations, and of spans that are no citation."""
        spans = [row["evidence"] for iri in sources for row in self.rows("citation", citation=iri)]
        return tuple(sorted(quote for quote in map(self.quote, [*spans, *sources]) if quote))

    def _place(self, iri: str) -> Place | None:
        fields = self._unit_fields(iri)
        if "document" not in fields or "path" not in fields:
            return None
        document = self.document(fields["document"][0])
        classes = [UNIT_CLASSES[name] for name in map(_local, fields["class"]) if name in UNIT_CLASSES]
        spans = [quote for quote in map(self.quote, fields.get("evidence", [])) if quote]
        unit = UnitRow(
            iri=iri,
            id=self.short_name(iri),
            kind=classes[0] if classes else "statement",
            path=fields["path"][0],
            quote=min(spans, default=None),
            lead=tuple(self.body(body) for body in fields.get("lead", [])),
            coordinate=tuple(self.body(body) for body in fields.get("coordinate", [])),
            order=int(fields["order"][0]) if "order" in fields else 0,
        )
        return Place(document, unit)


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _start(quote: Quote | None) -> tuple[str, int]:
    return (quote.file, quote.start) if quote else ("", -1)


def _quote(fields: Fields) -> Quote | None:
    if not {"file", "start", "end", "text"} <= set(fields):
        return None
    return Quote(fields["file"][0], int(fields["start"][0]), int(fields["end"][0]), fields["text"][0])


def _lineage(row: Row) -> LineageRow:
    score = float(row["score"]) if "score" in row else None
    above = row.get("source"), row.get("sourceDocument")
    status = row.get("status", "current")
    made = LineageRow(row["lineage"], row["grade"], score, row["task"], *above, row.get("reason"), status)
    return msgspec.structs.replace(made, shares=_shares(row))


def _shares(row: Row) -> Shares | None:
    """The stored parts, and the rest of the task's words, which are new."""
    if "copied" not in row or "adapted" not in row:
        return None
    copied, adapted = float(row["copied"]), float(row["adapted"])
    return Shares(copied, adapted, round(max(0.0, 1 - copied - adapted), 4))


def _by_strength(link: LineageRow) -> tuple[int, float, str]:
    return strength(link.grade), -(link.score or 0), link.iri


def _collect(rows: Iterable[Row]) -> Fields:
    """Values by field, in the order of the rows."""
    fields: Fields = defaultdict(list)
    for row in rows:
        fields[row["field"]].append(row["value"])
    return fields


def _by_key(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """The rows by their value of ``key``."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _document_of(unit: str) -> str:
    """The document whose IRI the IRI of a unit continues (:func:`ontology.identifiers.unit_iri`)."""
    return unit.split("#", 1)[0]


def _documents_of_many(units: Iterable[str]) -> set[str]:
    """The documents that ``MANY`` or more of ``units`` belong to."""
    counts = Counter(map(_document_of, set(units)))
    return {document for document, number in counts.items() if number >= MANY}
