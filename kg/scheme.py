"""The kinds of documents as the graph has them: the SKOS scheme of the ontology, which ``eli:type_document`` points to.

Reads the table of the ontology; written as one graph by every build, so that exports explain the kinds they name.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import Literal, URIRef

from ontology.identifiers import BASE
from ontology.scheme import kind_triples

KINDS = f"{BASE}graph/kinds"
"""The graph of the scheme."""


def scheme_triples() -> Iterator[ox.Triple]:
    """The scheme: each kind with its labels @vi and @en, its symbols and sources (SKOS, section 4 and 5)."""
    for subject, predicate, value in kind_triples():
        yield ox.Triple(ox.NamedNode(str(subject)), ox.NamedNode(str(predicate)), _object(value))


def _object(value: object) -> ox.NamedNode | ox.Literal:
    if isinstance(value, URIRef):
        return ox.NamedNode(str(value))
    if isinstance(value, Literal) and value.language:
        return ox.Literal(str(value), language=value.language)
    return ox.Literal(str(value))
