"""Where does this come from? The chain from a task (or a document) up to the top, hop by hop, with the words.

Two kinds of step: a unit comes from a clause (its words, or an act that it names itself), or the document as a whole
says that it implements an act. Closures are made here, with one-hop questions: SPARQL paths are slow beside a class.
"""

from __future__ import annotations

from collections.abc import Iterator

from queries.reader import Reader
from queries.recurs import recurs
from queries.rows import Ambiguous, DocumentRow, Hop, LineageRow, Passage, Place, Quote, Trace, strength


def trace(reader: Reader, start: Place) -> Trace:
    """The trace of ``start``. Cycles end where they meet themselves. Raises :class:`kg.errors.StoreError`."""
    climb = _Climb(reader, "inherited" if start.unit else "cited")
    hops = tuple(climb.from_place(start, 1))
    documents = list(dict.fromkeys([start.document, *(hop.upper.document for hop in hops)]))
    return Trace(
        start=start,
        hops=hops,
        strength=_strength(hops),
        absent=tuple(row for row in documents if not row.in_corpus),
        ambiguous=tuple(found for row in documents for found in ambiguous(reader, row)),
        gaps=_gaps(reader, start),
        recurs=recurs(reader, start),
    )


def sources(reader: Reader, place: Place, depth: int = 1) -> list[Hop]:
    """One step up from a unit: the clauses and acts that it was found to come from, strongest first."""
    return _hops(reader, reader.lineage("lineage_of_task", task=place.iri), depth)


def uses(reader: Reader, place: Place) -> list[Hop]:
    """One step down from a unit: what was found to come from it, strongest first."""
    return _hops(reader, reader.lineage("lineage_of_source", source=place.iri), 1)


def ambiguous(reader: Reader, document: DocumentRow) -> list[Ambiguous]:
    """The acts that ``document`` says it implements, where the words fit several."""
    candidates: dict[str, list[dict[str, str]]] = {}
    for row in reader.rows("ambiguous", document=document.iri):
        if row["relation"] == "implements":
            candidates.setdefault(row["citation"], []).append(row)
    return [
        Ambiguous(reader.quote(rows[0]["evidence"]), tuple(reader.document(row["candidate"]) for row in rows))
        for rows in candidates.values()
    ]


class _Climb:
    """One way up: remembers the places it has left, and which document already leads to which."""

    def __init__(self, reader: Reader, whole_document_grade: str) -> None:
        self.reader = reader
        self.grade = whole_document_grade
        self.left: set[str] = set()
        self.edges: set[tuple[str, str]] = set()

    def from_place(self, place: Place, depth: int) -> Iterator[Hop]:
        if place.iri in self.left:
            return
        self.left.add(place.iri)
        acts = [row["act"] for row in self.reader.rows("acts_above", document=place.document.iri)]
        if place.unit:
            for hop in sources(self.reader, place, depth):
                if hop.upper.unit is None and hop.grade == "inherited" and hop.upper.iri in acts:
                    continue  # the document's own step says the same, with the words
                self.edges.add((place.document.iri, hop.upper.document.iri))
                yield hop
                yield from self.from_place(hop.upper, depth + 1)
        yield from self._from_document(place, acts, depth)

    def _from_document(self, place: Place, acts: list[str], depth: int) -> Iterator[Hop]:
        below = Place(place.document)
        issued = [act for act in acts if not self.reader.is_later(act)]
        known = sorted((self.reader.document(act) for act in issued), key=lambda row: (not row.in_corpus, row.id))
        for act in known:
            if (below.iri, act.iri) in self.edges or act.iri == below.iri:
                continue
            if (place.iri, act.iri) in self.reader.rejected:
                continue
            self.edges.add((below.iri, act.iri))
            words = self.reader.citing_words(below.iri, act.iri, "implements") or self._said_by_another(act.iri)
            passages = (Passage(words, None),) if words else ()
            yield Hop(depth, "implements", self.grade, None, below, Place(act), passages, (self.grade,))
            yield from self.from_place(Place(act), depth + 1)

    def _said_by_another(self, act: str) -> Quote | None:
        """An act outside the corpus does not speak itself: the words of a document that ties it to ``act``."""
        spans = (self.reader.quote(row["evidence"]) for row in self.reader.rows("citations_to", act=act))
        return min((quote for quote in spans if quote), default=None)


def _gaps(reader: Reader, start: Place) -> tuple[str, ...]:
    """Why nothing nearer than the whole act is known of a unit."""
    links = reader.lineage("lineage_of_task", task=start.iri) if start.unit else []
    return tuple(dict.fromkeys(link.reason for link in links if link.source is None and link.reason))


def _hops(reader: Reader, links: list[LineageRow], depth: int) -> list[Hop]:
    """One hop for each pair of ends; where several lineage nodes join them, all grades are kept and the first shown."""
    pairs: dict[tuple[str, str], list[LineageRow]] = {}
    for link in links:
        above = link.source or link.source_document
        if above and not reader.is_later(above) and not reader.is_later(link.task):
            pairs.setdefault((link.task, above), []).append(link)
    return [
        Hop(
            depth=depth,
            relation="derived",
            grade=found[0].grade,
            score=found[0].score,
            lower=reader.anywhere(task),
            upper=reader.anywhere(above),
            passages=tuple(dict.fromkeys(pair for link in found for pair in reader.passages(link))),
            grades=tuple(dict.fromkeys(link.grade for link in found)),
            reason=found[0].reason,
            status=next((link.status for link in found if link.status != "current"), "current"),
            shares=next((link.shares for link in found if link.shares), None),
        )
        for (task, above), found in pairs.items()
    ]


def _strength(hops: tuple[Hop, ...]) -> str | None:
    """The weakest grade of the first chain: the hops from the first on, as long as each goes one step higher."""
    chain: list[str] = []
    for hop in hops:
        if hop.depth != len(chain) + 1:
            break
        chain.append(hop.grade)
    return max(chain, key=strength) if chain else None
