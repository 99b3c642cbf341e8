"""SHACL over what the store holds, one document at a time: each finding a value that is yielded, never an exception.

The data of one document is its graph and its links graph in an rdflib memory graph (measured five times faster for
pySHACL than the same over Oxigraph), with the types of what they point to elsewhere, so that ``sh:class`` can be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

import ontology
from kg import terms
from kg.store import Store
from kg.triples import links_graph
from ontology.identifiers import graph_iri

SHAPES = Path(ontology.__file__).parent / "shapes.ttl"


class Finding(NamedTuple):
    """One breach of a shape (SHACL, section 3.6.2: validation result).

    ``node`` is the IRI of what is wrong, ``path`` the property it is wrong in (``None`` for the node itself), ``value``
    the value that is wrong where one is, ``severity`` ``violation``, ``warning`` or ``info``.
    """

    file: str
    node: str
    path: str | None
    value: str | None
    severity: str
    message: str


def findings(store: Store, *, shapes: Path = SHAPES, lang: str = "vi") -> Iterator[Finding]:
    """What breaks the shapes, document by document in the order of the files' names.

    Messages are in ``lang`` where the shape has one in it. Raises :class:`OSError` where ``shapes`` cannot be read.
    """
    rules = Graph().parse(data=shapes.read_text(encoding="utf-8"), format="turtle")
    for file in files(store):
        yield from check(document_graph(store, file), rules, file, lang)


def files(store: Store) -> list[str]:
    """The files that the store holds a document of, sorted."""
    documents = {quad.subject for quad in store.quads(p=terms.RDF.type, o=terms.PL.PolicyDocument)}
    named = (q for q in store.quads(p=terms.PL.inFile) if q.subject in documents)
    return sorted({q.object.value for q in named if isinstance(q.object, ox.Literal)})


def document_graph(store: Store, file: str) -> Graph:
    """The two graphs of a file as one rdflib graph, with the types of the nodes that they point to elsewhere."""
    out = Graph()
    pointed_to: set[ox.NamedNode] = set()
    typed: set[object] = set()
    for name in (graph_iri(file), links_graph(file)):
        for quad in store.quads(graph=name):
            out.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
            if quad.predicate == terms.RDF.type:
                typed.add(quad.subject)
            elif isinstance(quad.object, ox.NamedNode):
                pointed_to.add(quad.object)
    for node in pointed_to - typed:
        for quad in store.quads(s=node, p=terms.RDF.type):
            out.add((_rdflib(node), RDF.type, _rdflib(quad.object)))
    return out


def check(data: Graph, rules: Graph, file: str, lang: str = "vi") -> list[Finding]:
    """The findings of one document, sorted by node and property."""
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", inplace=True)
    if not isinstance(report, Graph):
        return [Finding(file, "", None, None, "violation", str(report))]
    return sorted(
        (_finding(report, result, file, lang) for result in report.subjects(RDF.type, SH.ValidationResult)),
        key=lambda found: tuple(part or "" for part in found),
    )


def _finding(report: Graph, result: Node, file: str, lang: str) -> Finding:
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    return Finding(
        file=file,
        node=str(report.value(result, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
        severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower(),
        message=_message(
            [text for text in report.objects(result, SH.resultMessage) if isinstance(text, Literal)], lang
        ),
    )


def _message(texts: list[Literal], lang: str) -> str:
    """The text in ``lang``, else without a language, else the first there is."""
    by_language = {text.language: str(text) for text in sorted(texts)}
    return by_language.get(lang) or by_language.get(None) or next(iter(by_language.values()), "")


def _rdflib(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=None if term.datatype == terms.XSD.string else URIRef(term.datatype.value))
    raise TypeError(f"no such term in a store: {term!r}")
