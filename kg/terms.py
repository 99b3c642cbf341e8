"""The closed namespaces of the ontology as pyoxigraph terms: the border between its names and the store's.

A term that the ontology does not have is an :class:`AttributeError` here as there.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from ontology import namespaces


class Terms:
    """The terms of one namespace: ``PL.Task`` is a :class:`NamedNode`."""

    def __init__(self, namespace: object) -> None:
        """Wrap a namespace of :mod:`ontology.namespaces`."""
        self._namespace = namespace

    def __getattr__(self, name: str) -> NamedNode:
        """The term of that name, made once. Raises :class:`AttributeError` where the ontology has none."""
        if name.startswith("_"):
            raise AttributeError(name)
        node = NamedNode(str(getattr(self._namespace, name)))
        setattr(self, name, node)
        return node


PL = Terms(namespaces.PL)
ELI = Terms(namespaces.ELI)
ORG = Terms(namespaces.ORG)
PROV = Terms(namespaces.PROV)
OA = Terms(namespaces.OA)
RDF = Terms(namespaces.RDF)
RDFS = Terms(namespaces.RDFS)
XSD = Terms(namespaces.XSD)
