"""What became of the bodies that the corpus names: ``org:ChangeEvent`` nodes, from the table of the ontology.

Reads names of bodies; writes one graph, made anew by every build. An event is written once for each pair of bodies it
leads from and to, with its day, legal basis, the part of the work that moves, and where it was looked up. Old and new
are joined by the event only (never ``owl:sameAs``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.terms import ORG, PL, PROV, RDF, RDFS, XSD
from kg.triples import body_node, body_triples
from loaders.records import Record
from ontology.changes import Holder, Step, all_steps
from ontology.identifiers import BASE, made_iri

BODY_CHANGES = f"{BASE}graph/body-changes"
"""The graph of the events."""
Named = tuple[str, str | None]
"""A body as documents name it, and their province."""


def bodies_named(records: Iterable[Record]) -> list[Named]:
    """Every body that issues a document or has a task in one, with the province of that document."""
    named: set[Named] = set()
    for record in records:
        about = record.document
        names = [name for unit in record.units for name in (*unit.lead, *unit.coordinate)]
        named |= {(name, about.province) for name in (*names, about.issuer) if name}
    return sorted(named, key=lambda pair: (pair[0], pair[1] or ""))


def change_triples(named: Iterable[Named]) -> Iterator[Triple]:
    """All events ahead of these bodies, step by step to the last successor, each once.

    Bodies that documents name are described there; only the others are described here, by their full names.
    """
    pairs = list(named)
    known = {body_node(name, province) for name, province in pairs}
    told: set[str] = set()
    for step in (step for name, province in pairs for step in all_steps(name, province)):
        iri = event_iri(step)
        if iri not in told:
            told.add(iri)
            yield from _event(NamedNode(iri), step)
            for holder in (step.before, step.after):
                if _node(holder) not in known:
                    yield from body_triples(holder.full, holder.province)


def event_iri(step: Step) -> str:
    """One name for one event between two bodies, the same in every build."""
    words = "\n".join(
        (step.day, step.kind, *(_node(holder).value for holder in (step.before, step.after)), step.what or "")
    )
    return made_iri("change", words)


def _event(node: NamedNode, step: Step) -> Iterator[Triple]:
    yield Triple(node, RDF.type, ORG.ChangeEvent)
    yield Triple(node, PL.bodyChange, Literal(step.kind))
    # bodies change with the day in Viet Nam, which has had one time zone since 1975
    yield Triple(node, PROV.atTime, Literal(f"{step.day}T00:00:00+07:00", datatype=XSD.dateTime))
    for predicate, holder in ((ORG.originalOrganization, step.before), (ORG.resultingOrganization, step.after)):
        yield Triple(node, predicate, _node(holder))
        yield Triple(_node(holder), RDF.type, ORG.FormalOrganization)
    for act in step.basis:
        yield Triple(node, PL.legalBasis, Literal(act))
    if step.what:
        yield Triple(node, PL.partOfWork, Literal(step.what))
    if step.checked:
        yield Triple(node, PL.checkedIn, Literal(step.checked))
    if step.note:
        yield Triple(node, RDFS.comment, Literal(step.note, language="vi"))


def _node(holder: Holder) -> NamedNode:
    return body_node(holder.full, holder.province)
