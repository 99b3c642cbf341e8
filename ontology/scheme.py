"""The tables as RDF: kinds as a SKOS scheme, bodies as org:FormalOrganization with who followed whom, and when.

Reads ``kinds.toml``, ``bodies.toml`` and ``provinces.toml``; gives rdflib triples without blank nodes, in the order of
the tables. Bodies that merged or were renamed stay two things joined by an org:ChangeEvent (W3C ORG 5.5), never one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rdflib import Literal, URIRef
from rdflib.term import Node

from ontology.bodies import Body, bodies, by_name, full_name
from ontology.identifiers import body_iri, change_iri, fold, kind_scheme_iri
from ontology.kinds import kinds
from ontology.namespaces import DCTERMS, ORG, PL, RDF, RDFS, SKOS, XSD
from ontology.places import District, districts, find_province

Triple = tuple[Node, Node, Node]


def kind_triples() -> Iterator[Triple]:
    """The SKOS scheme of kinds: labels @vi and @en, notations (State, then Party), examples, sources."""
    scheme = URIRef(kind_scheme_iri())
    yield _triple(scheme, RDF.type, URIRef(SKOS.ConceptScheme))
    yield _triple(scheme, SKOS.prefLabel, Literal("Loại văn bản", lang="vi"))
    yield _triple(scheme, SKOS.prefLabel, Literal("Kinds of documents", lang="en"))
    for kind in kinds():
        node = URIRef(kind.iri)
        yield _triple(node, RDF.type, URIRef(SKOS.Concept))
        yield _triple(node, SKOS.inScheme, scheme)
        yield _triple(node, SKOS.topConceptOf, scheme)
        yield _triple(scheme, SKOS.hasTopConcept, node)
        yield _triple(node, SKOS.prefLabel, Literal(kind.name, lang="vi"))
        yield _triple(node, SKOS.prefLabel, Literal(kind.english, lang="en"))
        for alias in kind.aliases:
            yield _triple(node, SKOS.altLabel, Literal(alias, lang="vi"))
        for symbol in dict.fromkeys((*kind.symbols, *kind.party_symbols)):
            yield _triple(node, SKOS.notation, Literal(symbol))
        for example in kind.examples:
            yield _triple(node, SKOS.example, Literal(example, lang="vi"))
        for source in kind.sources:
            yield _triple(node, DCTERMS.source, Literal(source))


def body_triples(province: str | None = None) -> Iterator[Triple]:
    """The bodies of the centre, or with a province its own: departments, offices, and its districts where listed.

    Where a province has a row of its own ("Báo Kon Tum") it stands for the template's, and what only some provinces
    have is not claimed of this one.
    """
    own = {body_iri(b.name, province) for b in bodies() if b.province and b.province == province}
    for body in bodies():
        if body.level == "centre":
            if province is None:
                yield from _body(body, body.name, None)
        elif province is not None and body.province in (None, province) and not body.some:
            for name in _local_names(body, province):
                if body.province or body_iri(name, province) not in own:
                    yield from _body(body, name, province)


def _local_names(body: Body, province: str) -> list[str]:
    """What the row is called there: once for the province, once in each district, not at all in communes."""
    if body.level == "district":
        return [_district_name(body.name, d) for d in districts() if d.province == province]
    return [] if body.level == "commune" else [full_name(body.name, province)]


def _district_name(name: str, district: District) -> str:
    committee = {"thành phố": "Thành ủy", "thị xã": "Thị ủy", "quận": "Quận ủy"}.get(district.type, "Huyện ủy")
    if "Huyện ủy" in name:
        return f"{name.replace('Huyện ủy', committee)} {district.name}"
    return f"{name.removesuffix(' huyện')} {district.type} {district.name}"


def _body(body: Body, name: str, province: str | None) -> Iterator[Triple]:
    node = URIRef(body_iri(name, province))
    yield _triple(node, RDF.type, URIRef(ORG.FormalOrganization))
    yield _triple(node, RDFS.label, Literal(name, lang="vi"))
    yield _triple(node, PL.level, Literal(body.level))
    yield _triple(node, PL.searchText, Literal(fold(name)))
    yield _triple(node, DCTERMS.source, Literal(body.source))
    if province:
        yield _triple(node, PL.province, Literal(province))
    if body.valid_from or body.valid_to:
        yield _triple(node, DCTERMS.valid, Literal(f"{body.valid_from or '..'}/{body.valid_to or '..'}"))
    parent = by_name(body.parent) if body.parent else None
    if parent and parent.level in ("centre", "province", "department"):
        yield _triple(node, ORG.subOrganizationOf, _node(parent, province))
    yield from _succession(body, node, province)


def _succession(body: Body, node: URIRef, province: str | None) -> Iterator[Triple]:
    """The event that ended the body, and the one that ended its province."""
    heir = by_name(body.successor) if body.successor else None
    if heir and body.valid_to:
        yield from _event(node, _node(heir, province), body.valid_to, body.source)
    place = find_province(province) if province else None
    lives_on = body.level in ("province", "department") and body.province is None
    if (
        place
        and place.successor
        and place.valid_to
        and lives_on
        and not (body.valid_to and body.valid_to <= place.valid_to)
    ):
        yield from _event(node, _node(body, place.successor), place.valid_to, "Nghị quyết 202/2025/QH15")


def _event(old: URIRef, new: URIRef, last_day: str, source: str) -> Iterator[Triple]:
    day = (date.fromisoformat(last_day) + timedelta(days=1)).isoformat()
    event = URIRef(change_iri(str(old), day))
    yield _triple(event, RDF.type, URIRef(ORG.ChangeEvent))
    yield _triple(event, ORG.originalOrganization, old)
    yield _triple(event, ORG.resultingOrganization, new)
    yield _triple(event, DCTERMS.date, Literal(day, datatype=URIRef(XSD.date)))
    yield _triple(event, DCTERMS.source, Literal(source))


def _node(body: Body, province: str | None) -> URIRef:
    if not body.local:
        return URIRef(body_iri(body.name, None))
    return URIRef(body_iri(full_name(body.name, province), province))


def _triple(subject: Node, predicate: str, value: Node) -> Triple:
    return subject, URIRef(predicate), value
