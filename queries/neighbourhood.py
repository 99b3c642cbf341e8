"""What stands around these documents? The part of the graph that one page can show: acts, tasks, clauses, bodies.

Breadth first from the start, so that a limit cuts what is farthest; how much was cut is said.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from queries.reader import Reader
from queries.rows import DocumentRow, LineageRow, Passage, Place, Quote


class Edge(msgspec.Struct, frozen=True):
    """A connection with its proof. ``source`` is below ``target``: it implements, cites, derives from or belongs to it.

    ``relation`` is a relation of citations ("implements", "legal-basis" …), "derived" (then ``grade`` says how),
    "part" (a unit of its document), "lead" or "coordinate" (a task and the body that must act).
    """

    source: str
    target: str
    relation: str
    grade: str | None = None
    passages: tuple[Passage, ...] = ()


class Neighbourhood(msgspec.Struct, frozen=True):
    """Documents, units, bodies (name by IRI) and their edges; ``left_out`` counts the documents beyond the limit."""

    documents: tuple[DocumentRow, ...]
    units: tuple[Place, ...]
    bodies: dict[str, str]
    edges: tuple[Edge, ...]
    left_out: int = 0


def neighbourhood(reader: Reader, start: Iterable[DocumentRow], *, depth: int = 2, limit: int = 400) -> Neighbourhood:
    """All within ``depth`` steps of the documents ``start``, at most about ``limit`` nodes.

    Units are those that lineage ties to something; bodies those that must carry out such a task. Raises
    :class:`kg.errors.StoreError`.
    """
    found = _Found(reader, limit)
    frontier = list(start)
    for row in frontier:
        found.documents[row.iri] = row
    for _ in range(depth):
        frontier = found.widen(frontier)
    found.lineage()
    return found.answer()


class _Found:
    """What has been collected so far."""

    def __init__(self, reader: Reader, limit: int) -> None:
        self.reader, self.limit = reader, limit
        self.documents: dict[str, DocumentRow] = {}
        self.units: dict[str, Place] = {}
        self.bodies: dict[str, str] = {}
        self.edges: dict[tuple[str, str, str], Edge] = {}
        self.left_out: set[str] = set()

    def widen(self, frontier: list[DocumentRow]) -> list[DocumentRow]:
        """One step up and down from each document; the documents reached for the first time."""
        reached: list[DocumentRow] = []
        for row in frontier:
            above = [(row.iri, step["act"], "implements") for step in self.reader.rows("acts_above", document=row.iri)]
            below = [
                (step["document"], row.iri, step["relation"])
                for step in self.reader.rows("documents_below", act=row.iri)
            ]
            for source, target, relation in [*above, *below]:
                other = target if source == row.iri else source
                if not self._admit(other, reached):
                    continue
                words = self.reader.citing_words(source, target, relation)
                self._edge(Edge(source, target, relation, passages=(Passage(words, None),) if words else ()))
        return reached

    def _admit(self, iri: str, reached: list[DocumentRow]) -> bool:
        """Whether a document may be shown: it is already, or there is room for it."""
        if iri in self.documents:
            return True
        if len(self.documents) >= self.limit // 2:
            self.left_out.add(iri)
            return False
        self.documents[iri] = self.reader.document(iri)
        reached.append(self.documents[iri])
        return True

    def lineage(self) -> None:
        """The tasks of the documents found, the clauses that they come from and the bodies that must act."""
        links = [
            (document, link)
            for document in list(self.documents.values())
            if document.in_corpus
            for step in self.reader.rows("tasks_of_document", document=document.iri)
            for link in self.reader.lineage("lineage_of_task", task=step["task"])[:3]
        ]
        for _, link in sorted(links, key=lambda pair: (pair[1].source is None, pair[1].iri)):
            self._derive(link)

    def _derive(self, link: LineageRow) -> None:
        above = link.source or link.source_document
        if not above or link.source is None or len(self.units) + len(self.documents) >= self.limit:
            return
        for iri in (link.task, link.source):
            self._unit(iri)
        self._edge(Edge(link.task, above, "derived", link.grade, self.reader.passages(link)))

    def _unit(self, iri: str) -> None:
        place = self.reader.place(iri)
        if place is None or iri in self.units:
            return
        self.units[iri] = place
        self.documents.setdefault(place.document.iri, place.document)
        self._edge(Edge(iri, place.document.iri, "part"))
        if place.unit is None:
            return
        for relation, names in (("lead", place.unit.lead), ("coordinate", place.unit.coordinate)):
            for name in names:
                body = f"body:{place.document.province or ''}:{name}"
                self.bodies[body] = name
                self._edge(Edge(body, iri, relation))

    def _edge(self, edge: Edge) -> None:
        self.edges.setdefault((edge.source, edge.target, edge.relation), edge)

    def answer(self) -> Neighbourhood:
        """The collection as a row."""
        return Neighbourhood(
            documents=tuple(self.documents.values()),
            units=tuple(self.units.values()),
            bodies=self.bodies,
            edges=tuple(self.edges.values()),
            left_out=len(self.left_out - set(self.documents)),
        )


def quotes(edge: Edge) -> list[Quote]:
    """The words that prove an edge, lower text first."""
    return [quote for pair in edge.passages for quote in (pair.lower, pair.upper) if quote]
