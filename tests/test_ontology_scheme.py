"""The tables as RDF: one concept per kind, one node per body, who followed whom as events."""

from __future__ import annotations

from collections import Counter

from rdflib import Graph, Literal, URIRef

from ontology.bodies import bodies, owner_on
from ontology.identifiers import body_iri, kind_iri
from ontology.kinds import kinds
from ontology.namespaces import DCTERMS, ORG, PL, RDF, RDFS, SKOS
from ontology.places import districts
from ontology.scheme import body_triples, kind_triples


def _graph(province: str | None) -> Graph:
    graph = Graph()
    for triple in body_triples(province):
        graph.add(triple)
    return graph


def test_every_kind_is_one_concept_with_labels_in_both_languages() -> None:
    graph = Graph()
    for triple in kind_triples():
        graph.add(triple)
    concepts = set(graph.subjects(URIRef(RDF.type), URIRef(SKOS.Concept)))
    assert len(concepts) == len(kinds())
    for concept in concepts:
        labels = [o.language for o in graph.objects(concept, URIRef(SKOS.prefLabel)) if isinstance(o, Literal)]
        assert sorted(map(str, labels)) == ["en", "vi"]
        assert graph.value(concept, URIRef(DCTERMS.source))
    notations = set(graph.objects(URIRef(kind_iri("Nghị quyết")), URIRef(SKOS.notation)))
    assert notations == {Literal("NQ")}


def test_bodies_are_stated_once_and_no_two_share_a_name() -> None:
    for province, least in ((None, 96), ("Kon Tum", 290), ("Trường Lĩnh", 100)):
        triples = list(body_triples(province))
        assert not [t for t, times in Counter(triples).items() if times > 1]
        labels = [s for s, p, _ in triples if str(p) == RDFS.label]
        assert len(labels) == len(set(labels)) >= least


def test_the_bodies_of_kon_tum_are_complete_down_to_its_districts() -> None:
    labels = {str(o) for o in _graph("Kon Tum").objects(None, URIRef(RDFS.label))}
    assert {"Tỉnh ủy Kon Tum", "Sở Ngoại vụ tỉnh Kon Tum", "Báo Kon Tum", "Ban Dân tộc tỉnh Kon Tum"} <= labels
    assert {"Ủy ban nhân dân huyện Ia H'Drai", "Ủy ban nhân dân thành phố Kon Tum", "Thành ủy Kon Tum"} <= labels
    assert sum(label.startswith("Ủy ban nhân dân ") for label in labels) == 1 + len(districts())
    assert "Sở Du lịch tỉnh Kon Tum" not in labels


def test_a_merged_body_leads_to_its_heir_through_a_dated_event() -> None:
    graph = _graph("Kon Tum")
    old = URIRef(body_iri("Sở Kế hoạch và Đầu tư", "Kon Tum"))
    [event] = graph.subjects(URIRef(ORG.originalOrganization), old)
    assert graph.value(event, URIRef(ORG.resultingOrganization)) == URIRef(body_iri("Sở Tài chính", "Kon Tum"))
    assert str(graph.value(event, URIRef(DCTERMS.date))) == "2025-03-01"
    assert "45/2025/NĐ-CP" in str(graph.value(event, URIRef(DCTERMS.source)))


def test_the_province_that_was_merged_leads_to_the_one_that_took_it_in() -> None:
    graph = _graph("Kon Tum")
    old = URIRef(body_iri("Ủy ban nhân dân tỉnh", "Kon Tum"))
    [event] = graph.subjects(URIRef(ORG.originalOrganization), old)
    assert graph.value(event, URIRef(ORG.resultingOrganization)) == URIRef(
        body_iri("Ủy ban nhân dân tỉnh", "Quảng Ngãi")
    )
    assert str(graph.value(event, URIRef(DCTERMS.date))) == "2025-07-01"


def test_who_owns_an_old_task_today_is_told_by_day() -> None:
    assert owner_on("Sở KH&ĐT", "Kon Tum", "2023-06-30") == "Sở Kế hoạch và Đầu tư tỉnh Kon Tum"
    assert owner_on("Sở KH&ĐT", "Kon Tum", "2025-04-01") == "Sở Tài chính tỉnh Kon Tum"
    assert owner_on("Sở KH&ĐT", "Kon Tum", "2025-12-01") == "Sở Tài chính tỉnh Quảng Ngãi"
    assert owner_on("Bộ KH&ĐT", None, "2025-12-01") == "Bộ Tài chính"
    assert owner_on("UBND huyện Đăk Hà", "Kon Tum", "2025-12-01") is None
    assert owner_on("các sở, ban ngành", "Kon Tum", "2025-12-01") is None


def test_every_body_of_a_province_names_it_and_its_level() -> None:
    graph = _graph("Trường Lĩnh")
    nodes = list(graph.subjects(URIRef(RDF.type), URIRef(ORG.FormalOrganization)))
    assert len(nodes) > 100
    levels = {str(graph.value(n, URIRef(PL.level))) for n in nodes}
    assert levels == {"province", "department"}
    assert {str(graph.value(n, URIRef(PL.province))) for n in nodes} == {"Trường Lĩnh"}
    assert len(bodies()) > len(nodes)
