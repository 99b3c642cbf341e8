"""Events in the life of acts that people enter: what no document of the store tells.

Each is kept in a graph of its own (``…/graph/events/<hash>``) with who entered it and when; no build replaces it. It
keeps the number of the act, so that it is found again when the act, so far only cited, is loaded and gets another name.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from kg.store import Store
from kg.terms import ELI, PL, PROV, RDF, RDFS, XSD
from kg.triples import day_literal
from loaders.records import EventKind
from ontology.identifiers import BASE, made_iri

GRAPHS = f"{BASE}graph/events/"
"""What the names of these graphs start with."""


class HandEvent(msgspec.Struct, frozen=True):
    """One change as a person states it. ``act`` and ``by`` are IRIs, ``by_text`` a name that the store does not know.

    ``in_force`` is the first day on which it holds, ``until`` the last day of a suspension or extension, ``ends`` of
    ``expire`` the first day without force; ISO days. ``when`` is ISO 8601 in UTC.
    """

    kind: EventKind
    act: str
    who: str
    when: str
    number: str | None = None
    provision: str | None = None
    by: str | None = None
    by_text: str | None = None
    in_force: str | None = None
    until: str | None = None
    ends: str | None = None
    note: str | None = None

    @property
    def iri(self) -> str:
        """The name of the event, made of all that it says."""
        return made_iri("event", msgspec.json.encode(self))


def keep_event(store: Store, event: HandEvent) -> None:
    """Store ``event`` in its own graph. Raises :class:`~kg.errors.StoreError`."""
    store.replace({graph_of(event.iri): list(triples(event))})


def drop_event(store: Store, iri: str) -> bool:
    """Take an entered event out again; false where there is none. Raises :class:`~kg.errors.StoreError`."""
    graph = graph_of(iri)
    if not any(True for _ in store.quads(graph=graph)):
        return False
    store.replace({}, drop=[graph])
    return True


def graph_of(iri: str) -> str:
    """The graph that holds an entered event."""
    return GRAPHS + iri.rpartition("/")[2]


def triples(event: HandEvent) -> Iterator[Triple]:
    """What the graph says of an entered event."""
    node = NamedNode(event.iri)
    yield Triple(node, RDF.type, PL.Change)
    yield Triple(node, PL.changeKind, Literal(event.kind))
    yield Triple(node, PL.changes, NamedNode(event.act))
    if event.by:
        yield Triple(node, PL.changedBy, NamedNode(event.by))
    part = "true" if event.provision else "false"
    yield Triple(node, PL.changesPart, Literal(part, datatype=XSD.boolean))
    yield Triple(node, PL.decidedBy, Literal(event.who))
    yield Triple(node, PROV.atTime, Literal(event.when, datatype=XSD.dateTime))
    words = (
        (ELI.id_local, event.number),
        (PL.changedByText, event.by_text),
        (PL.changedProvision, event.provision),
        (RDFS.comment, event.note),
    )
    yield from (Triple(node, predicate, Literal(text)) for predicate, text in words if text)
    days = ((PL.changeDate, event.in_force), (PL.changeUntil, event.until), (PL.changeEnds, event.ends))
    for predicate, day in days:
        if value := day_literal(day):
            yield Triple(node, predicate, value)
