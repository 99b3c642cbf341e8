"""What people decided about documents that their office took over: keep, amend or drop; in graphs no build replaces.

The same mechanism as :mod:`kg.decisions`: every sheet that is read back writes **one new graph**
``…/graph/dispositions/<hash>``, nothing is rewritten, and of several dispositions of a document the latest holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal as Choice
from typing import get_args

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from kg.store import Store
from kg.terms import PL, PROV, RDF, RDFS, XSD
from ontology.identifiers import BASE, made_iri

Disposal = Choice["keep", "amend", "drop"]
DISPOSALS: tuple[Disposal, ...] = get_args(Disposal)
GRAPHS = f"{BASE}graph/dispositions/"
"""What the names of the graphs start with."""
_FIELDS = {
    PL.disposes.value: "document",
    PL.disposal.value: "disposal",
    PL.decidedBy.value: "who",
    PROV.atTime.value: "when",
    RDFS.comment.value: "note",
}


class Disposition(msgspec.Struct, frozen=True):
    """One person's word on one document, by its IRI. ``when`` is ISO 8601 in UTC."""

    document: str
    disposal: Disposal
    who: str
    when: str
    note: str | None = None

    @property
    def iri(self) -> str:
        """The name of the disposition, made of all that it says."""
        return made_iri("disposition", msgspec.json.encode(self))


def keep_dispositions(store: Store, made: Sequence[Disposition]) -> None:
    """Store ``made``, all or none. Raises :class:`~kg.errors.StoreError`."""
    if made:
        names = "\n".join(sorted(one.iri for one in made))
        store.replace({made_iri("graph/dispositions", names): [triple for one in made for triple in _triples(one)]})


def stored_dispositions(store: Store) -> list[Disposition]:
    """All dispositions ever made, oldest first. Raises :class:`~kg.errors.StoreError`."""
    said: dict[str, dict[str, str]] = {}
    for disposed in store.quads(p=PL.disposes):
        if isinstance(disposed.subject, NamedNode):
            for quad in store.quads(s=disposed.subject):
                if quad.predicate.value in _FIELDS and isinstance(quad.object, NamedNode | Literal):
                    said.setdefault(disposed.subject.value, {})[_FIELDS[quad.predicate.value]] = quad.object.value
    found = (msgspec.convert(fields, Disposition) for fields in said.values())
    return sorted(found, key=lambda one: (one.when, one.iri))


def holding(store: Store) -> dict[str, Disposition]:
    """Document → the disposition that holds, the latest."""
    return {one.document: one for one in stored_dispositions(store)}


def _triples(one: Disposition) -> Iterator[Triple]:
    node = NamedNode(one.iri)
    yield Triple(node, RDF.type, PL.Disposition)
    yield Triple(node, PL.disposes, NamedNode(one.document))
    yield Triple(node, PL.disposal, Literal(one.disposal))
    yield Triple(node, PL.decidedBy, Literal(one.who))
    yield Triple(node, PROV.atTime, Literal(one.when, datatype=XSD.dateTime))
    if one.note:
        yield Triple(node, RDFS.comment, Literal(one.note))
