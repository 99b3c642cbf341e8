"""What the graph says of one thing, as a row: documents, units, quotes, bodies, lineage.

One reader serves one question: what it has read it keeps, so that a document that occurs a hundred times is asked for
once. Where several graphs state a field differently (stubs are described by whoever cites them), the first value in
alphabetical order is taken, and always the same one.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import PurePath

from kg.store import Store
from queries.rows import DeadlineRow, DocumentRow, LineageRow, Passage, Place, Quote, UnitRow, strength
from queries.run import Row, ask

UNIT_CLASSES = {"Task": "task", "Target": "target", "Statement": "statement", "Heading": "heading"}
"""Local names of the unit classes and the word that records and rows use for them."""
Fields = dict[str, list[str]]


class Reader:
    """Reads rows from ``store`` and remembers them. All methods raise :class:`kg.errors.StoreError`."""

    def __init__(self, store: Store) -> None:
        """Read from ``store``, which stays the caller's to close."""
        self.store = store
        self._documents: dict[str, DocumentRow] = {}
        self._places: dict[str, Place | None] = {}
        self._quotes: dict[str, Quote | None] = {}
        self._bodies: dict[str, str] = {}

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

    def place(self, iri: str) -> Place | None:
        """The unit ``iri`` with its document, ``None`` where there is no such unit."""
        if iri not in self._places:
            self._places[iri] = self._place(iri)
        return self._places[iri]

    def anywhere(self, iri: str) -> Place:
        """The unit ``iri``, else the document of that name."""
        return self.place(iri) or Place(self.document(iri))

    def quote(self, span: str) -> Quote | None:
        """The words at the span ``span``, ``None`` where the graph has no such span."""
        if span not in self._quotes:
            found = [
                Quote(row["file"], int(row["start"]), int(row["end"]), row["text"])
                for row in self.rows("span", span=span)
            ]
            self._quotes[span] = found[0] if found else None
        return self._quotes[span]

    def body(self, iri: str) -> str:
        """What the body ``iri`` is called; the end of its IRI where it has no name."""
        if iri not in self._bodies:
            labels = [row["label"] for row in self.rows("body", body=iri)]
            self._bodies[iri] = labels[0] if labels else iri.rsplit("/", 1)[-1]
        return self._bodies[iri]

    def lineage(self, question: str, **values: str) -> list[LineageRow]:
        """The lineage nodes that ``question`` gives, strongest first."""
        found = [
            LineageRow(
                row["lineage"],
                row["grade"],
                float(row["score"]) if "score" in row else None,
                row["task"],
                row.get("source"),
                row.get("sourceDocument"),
                row.get("reason"),
            )
            for row in self.rows(question, **values)
        ]
        return sorted(found, key=lambda link: (strength(link.grade), -(link.score or 0), link.iri))

    def passages(self, lineage: str) -> tuple[Passage, ...]:
        """The words that prove a lineage node, in the order of the lower text."""
        pairs = [
            Passage(self.quote(row["taskSpan"]), self.quote(row["sourceSpan"]))
            for row in self.rows("passages", lineage=lineage)
        ]
        return tuple(sorted(pairs, key=lambda pair: (_start(pair.lower), _start(pair.upper))))

    def citing_words(self, document: str, act: str, relation: str) -> Quote | None:
        """The first words with which ``document`` cites ``act``: in this relation, else in whatever it uses."""
        rows = self.rows("citing_words", document=document, act=act)
        same = [row for row in rows if row["relation"] == relation]
        return min((quote for row in same or rows if (quote := self.quote(row["evidence"]))), default=None)

    def deadlines(self, unit: str) -> tuple[DeadlineRow, ...]:
        """When ``unit`` is due."""
        rows = [
            row
            for iri in self._fields("unit", unit=unit).get("deadline", [])
            for row in self.rows("deadline", deadline=iri)
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

    def _fields(self, name: str, **values: str) -> Fields:
        fields: Fields = defaultdict(list)
        for row in self.rows(name, **values):
            fields[row["field"]].append(row["value"])
        return fields

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
        fields = self._fields("unit", unit=iri)
        if "document" not in fields or "path" not in fields:
            return None
        document = self.document(fields["document"][0])
        classes = [UNIT_CLASSES[name] for name in map(_local, fields["class"]) if name in UNIT_CLASSES]
        spans = [quote for quote in map(self.quote, fields.get("evidence", [])) if quote]
        stem = PurePath(document.file).stem if document.file else document.id
        unit = UnitRow(
            iri=iri,
            id=f"{stem}#{iri.rsplit('#', 1)[-1]}",
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
