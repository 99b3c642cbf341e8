"""SHACL findings as values: which file, which node, what is wrong, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fictional import letter, resolution
from pyoxigraph import Literal, NamedNode, Triple

from kg.store import EmbeddedStore, Store
from kg.terms import PL, RDF
from kg.triples import document_quads, links_graph
from kg.validate import SHAPES, Finding, document_graph, files, findings
from ontology.identifiers import graph_iri

E = "https://example.org/"
RULES = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix pl: <{PL.Task.value.removesuffix("Task")}> .
pl:TaskShape a sh:NodeShape ; sh:targetClass pl:Task ;
  sh:property [ sh:path pl:leadBody ; sh:minCount 1 ; sh:severity sh:Warning ;
    sh:message "Nhiệm vụ chưa rõ cơ quan chủ trì"@vi , "the task names no leading body"@en ] ;
  sh:property [ sh:path pl:order ; sh:datatype xsd:integer ; sh:message "thứ tự phải là số nguyên" ] .
pl:CitationShape a sh:NodeShape ; sh:targetClass pl:Citation ;
  sh:property [ sh:path pl:resolvesTo ; sh:class pl:PolicyDocument ; sh:message "không phải văn bản"@vi ] .
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "luật.ttl"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "kho") as opened:
        for loaded, name in ((letter(), "cv"), (resolution(), "nq")):
            opened.replace({graph_iri(loaded.record.file): document_quads(loaded, E + name)})
        yield opened


def test_findings_name_file_node_property_and_say_it_in_vietnamese(store: Store, rules: Path) -> None:
    found = list(findings(store, shapes=rules))
    assert found == [
        Finding(
            "nghi-quyet.txt", f"{E}nq#{unit}", PL.leadBody.value, None, "warning", "Nhiệm vụ chưa rõ cơ quan chủ trì"
        )
        for unit in ("u005", "u006")
    ]
    assert {finding.message for finding in findings(store, shapes=rules, lang="en")} == {
        "the task names no leading body"
    }


def test_a_wrong_value_is_shown_and_a_message_without_language_serves(store: Store, rules: Path) -> None:
    task = NamedNode(f"{E}cv#u002")
    graph = graph_iri("cong-van.txt")
    store.replace({graph: [*(q.triple for q in store.quads(graph=graph)), Triple(task, PL.order, Literal("hai"))]})
    found = [finding for finding in findings(store, shapes=rules) if finding.file == "cong-van.txt"]
    assert [(f.node, f.value, f.severity, f.message) for f in found] == [
        (task.value, "hai", "violation", "thứ tự phải là số nguyên")
    ]


def test_what_a_link_points_to_in_another_graph_has_its_type(store: Store, rules: Path) -> None:
    citation = NamedNode(f"{E}cv#c000")
    for target, expected in ((f"{E}nq", []), (f"{E}không-có", ["không phải văn bản"])):
        store.replace({links_graph("cong-van.txt"): [Triple(citation, PL.resolvesTo, NamedNode(target))]})
        found = [f.message for f in findings(store, shapes=rules) if f.file == "cong-van.txt"]
        assert found == expected


def test_the_data_of_a_document_is_its_two_graphs(store: Store) -> None:
    store.replace(
        {links_graph("cong-van.txt"): [Triple(NamedNode(f"{E}cv"), PL.implementsPolicy, NamedNode(f"{E}nq"))]}
    )
    quads = [q for name in (graph_iri, links_graph) for q in store.quads(graph=name("cong-van.txt"))]
    types = len(list(store.quads(s=NamedNode(f"{E}nq"), p=RDF.type)))
    assert len(document_graph(store, "cong-van.txt")) == len({q.triple for q in quads}) + types
    assert files(store) == ["cong-van.txt", "nghi-quyet.txt"]


def test_an_empty_store_has_no_findings(tmp_path: Path, rules: Path) -> None:
    with EmbeddedStore(tmp_path / "rỗng") as empty:
        assert list(findings(empty, shapes=rules)) == []


def test_good_documents_break_none_of_the_projects_shapes(store: Store) -> None:
    assert SHAPES.is_file()
    assert [finding for finding in findings(store) if finding.severity == "violation"] == []
