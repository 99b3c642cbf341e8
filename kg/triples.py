"""A record becomes triples: what one document says, as one named graph. Pure generators; nothing is read or written.

Reads a :class:`~loaders.records.Loaded`; gives triples of pyoxigraph terms without blank nodes. Afterwards holds: every
unit, citation, figure and deadline has ``pl:evidence``, a selector whose ``oa:exact`` is the quotation of its span, and
the same record gives the same triples in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence import fingerprint, selector, selector_triples
from kg.terms import ELI, ORG, PL, RDF, RDFS, XSD
from loaders.records import Citation, Document, Loaded, Unit, surface
from ontology.bodies import find_body
from ontology.identifiers import BASE, body_iri, citation_iri, fold, graph_iri, kind_iri, unit_iri

UNIT_CLASSES = {"task": PL.Task, "target": PL.Target, "statement": PL.Statement, "heading": PL.Heading}
_GRAPHS = f"{BASE}graph/"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def links_graph(file: str) -> str:
    """The named graph of what linking concluded about this file."""
    return f"{_GRAPHS}links/{graph_iri(file).removeprefix(_GRAPHS)}"


def records_graph(file: str) -> str:
    """The named graph that keeps this file's record and text. Never exported."""
    return f"{_GRAPHS}records/{graph_iri(file).removeprefix(_GRAPHS)}"


def document_quads(loaded: Loaded, document_iri: str) -> Iterator[Triple]:
    """All triples of the graph of this file; ``document_iri`` names the document (its identity may be inferred)."""
    record = loaded.record
    seen: set[tuple[int, int]] = set()
    yield from _document(loaded, document_iri)
    for order, unit in enumerate(record.units, start=1):
        yield from _unit(loaded, document_iri, unit, order, seen)
    cited_in = {index: unit.id for unit in reversed(record.units) for index in unit.cites}
    for index, citation in enumerate(record.citations):
        yield from _citation(loaded, document_iri, citation, index, cited_in.get(index), seen)
    yield from _bodies(record.document, [name for unit in record.units for name in (*unit.lead, *unit.coordinate)])


def act_triples(document: NamedNode, act: Document) -> Iterator[Triple]:
    """What identifies an act, in the corpus or not: kind, number, date, title, issuer with its level and province."""
    if act.type:
        yield Triple(document, ELI.type_document, NamedNode(kind_iri(act.type)))
        yield Triple(document, PL.kindName, Literal(act.type))
    if act.number:
        yield Triple(document, ELI.id_local, Literal(act.number))
    if day := day_literal(act.date):
        yield Triple(document, ELI.date_document, day)
    if act.subject:
        yield Triple(document, ELI.title, Literal(act.subject, language="vi"))
    if act.issuer:
        yield Triple(document, ELI.passed_by, body_node(act.issuer, act.province))
        if level := body_level(act.issuer, act.province):
            yield Triple(document, PL.level, Literal(level))
    if act.province:
        yield Triple(document, PL.province, Literal(act.province))
    if words := fold(" ".join(part for part in (act.type, act.number, act.subject) if part)):
        yield Triple(document, PL.searchText, Literal(words))


def body_triples(name: str, province: str | None) -> Iterator[Triple]:
    """What is said of a body: its name, level, province and search text (W3C ORG: org:FormalOrganization)."""
    node = body_node(name, province)
    yield Triple(node, RDF.type, ORG.FormalOrganization)
    yield Triple(node, RDFS.label, Literal(name, language="vi"))
    level = body_level(name, province)
    if level:
        yield Triple(node, PL.level, Literal(level))
    if province and level != "centre":
        yield Triple(node, PL.province, Literal(province))
    yield Triple(node, PL.searchText, Literal(fold(name)))


def body_node(name: str, province: str | None) -> NamedNode:
    """The node of a body; central bodies are the same one whatever province writes of them."""
    return NamedNode(body_iri(name, None if body_level(name, province) == "centre" else province))


def body_level(name: str, province: str | None) -> str | None:
    """The level of a body by the table of bodies, ``None`` where it is unknown."""
    found = find_body(name, province)
    return found.level if found else None


def day_literal(day: str | None) -> Literal | None:
    """An ``xsd:date``, or ``None`` for what is no whole calendar day: a part of a date is no date."""
    if day is None or not _ISO_DAY.match(day):
        return None
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return Literal(day, datatype=XSD.date)


def _document(loaded: Loaded, iri: str) -> Iterator[Triple]:
    record, node = loaded.record, NamedNode(iri)
    about = record.document
    yield Triple(node, RDF.type, PL.PolicyDocument)
    yield Triple(node, PL.inFile, Literal(record.file))
    yield Triple(node, PL.sha256, Literal(record.sha256))
    yield from act_triples(node, about)
    if about.signer:
        yield Triple(node, PL.signer, Literal(about.signer.name))
        if about.signer.position:
            yield Triple(node, PL.signerPost, Literal(about.signer.position))
    for recipient in about.recipients:
        yield Triple(node, PL.recipient, Literal(recipient))


def _unit(loaded: Loaded, iri: str, unit: Unit, order: int, seen: set[tuple[int, int]]) -> Iterator[Triple]:
    node, province = NamedNode(unit_iri(iri, unit.id)), loaded.record.document.province
    text = surface(loaded.raw, unit.start, unit.end)
    yield Triple(node, RDF.type, PL.Provision)
    yield Triple(node, RDF.type, UNIT_CLASSES[unit.kind])
    yield Triple(node, PL.partOf, NamedNode(iri))
    if unit.parent:
        yield Triple(node, PL.within, NamedNode(unit_iri(iri, unit.parent)))
    yield Triple(node, PL.path, Literal(unit.path))
    yield Triple(node, PL.order, Literal(order))
    yield Triple(node, PL.text, Literal(text))
    yield Triple(node, PL.searchText, Literal(fold(text)))
    yield Triple(node, PL.fingerprint, Literal(fingerprint(text)))
    yield from _evidence(loaded, iri, node, unit.start, unit.end, seen)
    for name in unit.lead:
        yield Triple(node, PL.leadBody, body_node(name, province))
    for name in unit.coordinate:
        yield Triple(node, PL.coordinatingBody, body_node(name, province))
    yield from _deadlines(loaded, iri, unit, seen)
    yield from _quantities(loaded, iri, unit, seen)


def _deadlines(loaded: Loaded, iri: str, unit: Unit, seen: set[tuple[int, int]]) -> Iterator[Triple]:
    unit_node = NamedNode(unit_iri(iri, unit.id))
    for number, deadline in enumerate(unit.deadline_spans, start=1):
        node = NamedNode(f"{unit_node.value}-d{number}")
        yield Triple(unit_node, PL.deadline, node)
        yield Triple(node, RDF.type, PL.Deadline)
        yield Triple(node, PL.text, Literal(deadline.surface))
        if day := day_literal(deadline.date):
            yield Triple(node, PL.dueDate, day)
        if deadline.recurrence:
            yield Triple(node, PL.recurrence, Literal(deadline.recurrence))
        yield from _evidence(loaded, iri, node, *_within(unit, deadline.start, deadline.end), seen)


def _quantities(loaded: Loaded, iri: str, unit: Unit, seen: set[tuple[int, int]]) -> Iterator[Triple]:
    unit_node = NamedNode(unit_iri(iri, unit.id))
    for number, quantity in enumerate(unit.quantities, start=1):
        node = NamedNode(f"{unit_node.value}-q{number}")
        yield Triple(node, RDF.type, PL.Quantity)
        yield Triple(node, PL.quantityOf, unit_node)
        yield Triple(node, RDFS.label, Literal(quantity.name, language="vi"))
        yield Triple(node, PL.comparator, Literal(quantity.comparator))
        yield Triple(node, PL.value, Literal(f"{Decimal(str(quantity.value)):f}", datatype=XSD.decimal))
        yield Triple(node, PL.unit, Literal(quantity.unit))
        yield from _evidence(loaded, iri, node, *_within(unit, quantity.start, quantity.end), seen)


def _citation(
    loaded: Loaded, iri: str, citation: Citation, index: int, unit_id: str | None, seen: set[tuple[int, int]]
) -> Iterator[Triple]:
    node = NamedNode(citation_iri(iri, index))
    yield Triple(node, RDF.type, PL.Citation)
    yield Triple(node, PL.citedIn, NamedNode(unit_iri(iri, unit_id) if unit_id else iri))
    yield Triple(node, PL.citingDocument, NamedNode(iri))
    yield Triple(node, PL.order, Literal(index))
    yield Triple(node, PL.text, Literal(citation.surface))
    yield Triple(node, PL.relation, Literal(citation.relation))
    yield Triple(node, PL.scope, Literal(citation.scope))
    if citation.type:
        yield Triple(node, PL.kindName, Literal(citation.type))
    if citation.symbol:
        yield Triple(node, ELI.id_local, Literal(citation.symbol))
    if day := day_literal(citation.date):
        yield Triple(node, ELI.date_document, day)
    if citation.issuer:
        yield Triple(node, PL.issuerName, Literal(citation.issuer))
    if citation.subject:
        yield Triple(node, ELI.title, Literal(citation.subject, language="vi"))
    yield from _evidence(loaded, iri, node, citation.start, citation.end, seen)


def _within(unit: Unit, start: int, end: int) -> tuple[int, int]:
    """The span of a part, or of the whole unit where the part's is unknown: a fact keeps a quotation that holds it."""
    return (start, end) if start < end else (unit.start, unit.end)


def _evidence(
    loaded: Loaded, iri: str, node: NamedNode, start: int, end: int, seen: set[tuple[int, int]]
) -> Iterator[Triple]:
    yield Triple(node, PL.evidence, selector(iri, start, end))
    if (start, end) not in seen:
        seen.add((start, end))
        yield from selector_triples(iri, loaded.record.file, loaded.raw, start, end)


def _bodies(about: Document, named: list[str]) -> Iterator[Triple]:
    for name in dict.fromkeys([*([about.issuer] if about.issuer else []), *named]):
        yield from body_triples(name, about.province)
