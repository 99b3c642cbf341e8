"""What people decided about lineage, kept in graphs of its own that no build replaces.

A :class:`Decision` says: this task does come from this source (``confirmed``), does not (``rejected``), or comes from
another one (``corrected``). It keeps who, when (UTC), why, and a :class:`~kg.marks.Mark` of each side: the quoted words
and their fingerprint, by which :mod:`kg.rulings` finds the units again and sees that their words have changed.

The mechanism: every command (one decision, or all good rows of a sheet) writes **one new graph**
``…/graph/decisions/<hash>`` in one :meth:`kg.store.Store.replace`. Nothing is ever rewritten, so a killed process
leaves all of a sheet or nothing, two people deciding at once on a remote store lose nothing, and the history stays. Of
several decisions on one pair the latest holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal as Choice
from typing import get_args

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from kg.linktriples import lineage_iri
from kg.marks import Mark
from kg.store import Store
from kg.terms import PL, PROV, RDF, RDFS, XSD
from ontology.identifiers import BASE, made_iri

Verdict = Choice["confirmed", "rejected", "corrected"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
GRAPHS = f"{BASE}graph/decisions/"
"""What the names of the decisions' graphs start with."""

_SIDES = {"task": PL.decidedTask, "source": PL.decidedSource, "new_source": PL.correctedSource}
_MARKED = {
    "file": PL.markedFile,
    "unit": PL.markedUnit,
    "path": PL.markedPath,
    "text": PL.markedText,
    "fingerprint": PL.markedFingerprint,
    "sha256": PL.markedHash,
}


class Decision(msgspec.Struct, frozen=True):
    """One person's word on one pair. ``when`` is ISO 8601 in UTC; ``new_source`` is set for ``corrected`` only.

    ``iri`` is made of all the rest, once: a store may give the same moment back in other digits.
    """

    verdict: Verdict
    task: Mark
    source: Mark
    who: str
    when: str
    new_source: Mark | None = None
    note: str | None = None
    iri: str = ""

    def __post_init__(self) -> None:
        """Name a new decision."""
        if not self.iri:
            msgspec.structs.force_setattr(self, "iri", made_iri("decision", msgspec.json.encode(self)))

    @property
    def moment(self) -> datetime:
        """``when`` as a point in time."""
        return datetime.fromisoformat(self.when)


def now(place: int = 0) -> str:
    """This moment in UTC, later by ``place`` microseconds: the order of the rows of one sheet."""
    return (datetime.now(UTC) + timedelta(microseconds=place)).isoformat(timespec="microseconds")


def keep(store: Store, decisions: Sequence[Decision]) -> None:
    """Store ``decisions``, all or none. Raises :class:`~kg.errors.StoreError`."""
    if decisions:
        graph = made_iri("graph/decisions", "\n".join(sorted(made.iri for made in decisions)))
        store.replace({graph: [triple for made in decisions for triple in triples(made)]})


def stored_decisions(store: Store) -> list[Decision]:
    """All decisions ever made, oldest first. Raises :class:`~kg.errors.StoreError`."""
    graphs = {graph.value for quad in store.quads(p=PL.verdict) if isinstance(graph := quad.graph_name, NamedNode)}
    found = [made for graph in sorted(graphs) if graph.startswith(GRAPHS) for made in _read(store, graph)]
    return sorted(found, key=lambda made: (made.moment, made.iri))


def triples(made: Decision) -> Iterator[Triple]:
    """What the graph says of a decision."""
    node = NamedNode(made.iri)
    source = made.new_source or made.source
    about = lineage_iri(made.task.iri, source.iri if source.unit else None, source.document, "confirmed")
    yield Triple(node, RDF.type, PL.Decision)
    yield Triple(node, PL.verdict, Literal(made.verdict))
    yield Triple(node, PL.decidesOn, NamedNode(about))
    yield Triple(node, PL.decidedBy, Literal(made.who))
    yield Triple(node, PROV.atTime, Literal(made.when, datatype=XSD.dateTime))
    if made.note:
        yield Triple(node, RDFS.comment, Literal(made.note))
    for side, predicate in _SIDES.items():
        mark = getattr(made, side)
        if mark is not None:
            yield Triple(node, predicate, NamedNode(f"{made.iri}#{side.replace('_', '-')}"))
            yield from _mark_triples(f"{made.iri}#{side.replace('_', '-')}", mark)


def _mark_triples(name: str, mark: Mark) -> Iterator[Triple]:
    node = NamedNode(name)
    yield Triple(node, RDF.type, PL.Mark)
    yield Triple(node, PL.marks, NamedNode(mark.iri))
    yield Triple(node, RDFS.label, Literal(mark.id))
    yield Triple(node, PL.markedDocument, NamedNode(mark.document))
    for field, predicate in _MARKED.items():
        if value := getattr(mark, field):
            yield Triple(node, predicate, Literal(value))


def _read(store: Store, graph: str) -> Iterator[Decision]:
    said: dict[str, dict[str, str]] = {}
    for quad in store.quads(graph=graph):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            said.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    for iri, values in said.items():
        if values.get(RDF.type.value) == PL.Decision.value:
            yield _decision(iri, values, said)


def _decision(iri: str, values: Mapping[str, str], said: Mapping[str, Mapping[str, str]]) -> Decision:
    marks = {side: _mark(said[values[p.value]]) for side, p in _SIDES.items() if p.value in values}
    return Decision(
        verdict=msgspec.convert(values[PL.verdict.value], Verdict),
        task=marks["task"],
        source=marks["source"],
        who=values[PL.decidedBy.value],
        when=values[PROV.atTime.value],
        new_source=marks.get("new_source"),
        note=values.get(RDFS.comment.value),
        iri=iri,
    )


def _mark(values: Mapping[str, str]) -> Mark:
    fields = {field: values[predicate.value] for field, predicate in _MARKED.items() if predicate.value in values}
    return Mark(values[PL.markedDocument.value], **fields)


def file_hash(store: Store, document: str) -> str:
    """SHA-256 of the file of a document, empty for an act outside the corpus. Raises :class:`StoreError`."""
    found = (quad.object for quad in store.quads(NamedNode(document), PL.sha256))
    return next((digest.value for digest in found if isinstance(digest, Literal)), "")


def same_words(one: Decision, other: Decision) -> bool:
    """Whether two decisions say the same about the same words, whoever said it and when."""
    return one.verdict == other.verdict and _said(one) == _said(other)


def _said(made: Decision) -> Iterable[tuple[str, str | None]]:
    return [(mark.iri, mark.fingerprint) for mark in (made.task, made.source, made.new_source) if mark]
