"""The ontology says what it should in two languages, is consistent, and refuses what cannot be."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from ontology import model, namespaces
from ontology.namespaces import DCTERMS, ELI, OA, ORG, PL, PROV, SKOS

ROOT = Path(__file__).resolve().parent.parent
X = "https://example.org/"
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not here")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return model.ontology_graph()


def _declared(graph: Graph, base: str) -> set[str]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return {str(s)[len(base) :] for k in kinds for s in graph.subjects(RDF.type, k) if str(s).startswith(base)}


def test_the_terms_of_the_code_and_of_the_ontology_are_the_same_set(graph: Graph) -> None:
    assert len(set(PL)) == 135
    for namespace in (PL, ELI, ORG, PROV, OA):
        assert set(namespace) == _declared(graph, str(namespace)), namespace.__name__


def test_every_term_that_queries_shapes_and_code_speak_is_declared() -> None:
    spoken: set[str] = set()
    for folder, pattern in (
        ("queries", "*.rq"),
        ("ontology", "shapes.ttl"),
        ("kg", "*.py"),
        ("viz", "*.py"),
        ("queries", "*.py"),
    ):
        for file in (ROOT / folder).rglob(pattern):
            text = re.sub(r"(?m)^\s*#.*$|``pl:\w+``|`pl:\w+`", "", file.read_text(encoding="utf-8"))
            spoken |= set(re.findall(r"(?<![\w/])pl:([A-Za-z]\w*)", text)) | set(
                re.findall(r"\bPL\.([A-Za-z]\w*)", text)
            )
    assert len(spoken) > 40
    assert spoken <= set(PL)


def test_a_mistyped_term_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Tsak"):
        PL.Tsak  # type: ignore[attr-defined]  # noqa: B018
    assert PL.Task == f"{PL}Task"
    assert "Task" in PL
    assert "Tsak" not in PL
    assert str(namespaces.ELI) == "http://data.europa.eu/eli/ontology#"


def test_every_own_term_has_labels_definitions_and_a_source(graph: Graph) -> None:
    for term in PL:
        node = URIRef(f"{PL}{term}")
        for predicate in (RDFS.label, URIRef(SKOS.definition)):
            texts = [o for o in graph.objects(node, predicate) if isinstance(o, Literal)]
            assert sorted(str(t.language) for t in texts) == ["en", "vi"], term
        assert graph.value(node, URIRef(DCTERMS.source)), term


def test_eli_is_not_imported_and_own_properties_say_what_they_are_close_to(graph: Graph) -> None:
    assert not list(graph.objects(None, OWL.imports))
    close = list(graph.subject_objects(URIRef(SKOS.closeMatch)))
    assert len(close) >= 11
    assert all(str(s).startswith(str(PL)) and str(o).startswith(str(ELI)) for s, o in close)
    assert not [t for t in graph if str(t[0]).startswith(str(ELI)) and t[1] in (RDFS.domain, RDFS.range)]


def test_owlready2_sees_the_classes_and_the_individuals() -> None:
    assert set(model.classes()) == {t for t in PL if t[0].isupper()}
    loaded = model.load([(URIRef(f"{X}t"), RDF.type, URIRef(PL.Task))])
    assert [i.name for i in loaded.individuals()] == ["t"]


def _say(*facts: tuple[str, str, str]) -> list[model.Triple]:
    return [(URIRef(X + s), URIRef(p), URIRef(o if ":" in o else X + o)) for s, p, o in facts]


TYPE = str(RDF.type)
WRONG = {
    "a body that is a document": [("a", TYPE, ORG.FormalOrganization), ("a", TYPE, PL.PolicyDocument)],
    "a document that leads a task": [("t", PL.leadBody, "d"), ("d", TYPE, PL.PolicyDocument)],
    "a task that is a target": [("t", TYPE, PL.Task), ("t", TYPE, PL.Target)],
    "a task of two documents that differ": [
        ("t", PL.partOf, "d"),
        ("t", PL.partOf, "e"),
        ("d", str(OWL.differentFrom), "e"),
    ],
    "a citation that means a body": [("c", PL.resolvesTo, "b"), ("b", TYPE, ORG.FormalOrganization)],
    "a document that derives as a lineage": [("l", PL.sourceDocument, "t"), ("t", TYPE, PL.Task)],
    "a document passed by a document": [
        ("d", TYPE, PL.PolicyDocument),
        ("d", ELI.passed_by, "e"),
        ("e", TYPE, PL.PolicyDocument),
    ],
}


@needs_java
def test_the_ontology_is_consistent_as_shipped() -> None:
    model.check_consistency()


@needs_java
def test_a_document_with_a_task_a_citation_and_a_lineage_is_consistent() -> None:
    facts = _say(
        ("d", TYPE, PL.PolicyDocument),
        ("d", ELI.passed_by, "b"),
        ("d", PL.implementsPolicy, "e"),
        ("e", TYPE, PL.Stub),
        ("t", TYPE, PL.Task),
        ("t", PL.partOf, "d"),
        ("t", PL.leadBody, "b"),
        ("t", PROV.wasDerivedFrom, "s"),
        ("s", PL.partOf, "e"),
        ("c", PL.citedIn, "t"),
        ("c", PL.resolvesTo, "e"),
        ("l", TYPE, PL.Lineage),
        ("l", PL.task, "t"),
        ("l", PL.source, "s"),
    )
    day = Literal("2023-06-30", datatype=URIRef(namespaces.XSD.date))
    model.check_consistency([*facts, (URIRef(f"{X}d"), URIRef(ELI.date_document), day)])


@needs_java
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_individual_is_caught(name: str) -> None:
    with pytest.raises(model.Inconsistent, match="cannot both be true"):
        model.check_consistency(_say(*WRONG[name]))


@needs_java
def test_a_class_that_can_have_no_member_is_caught() -> None:
    facts = _say(
        ("k", str(RDFS.subClassOf), PL.Task), ("k", str(RDFS.subClassOf), PL.Target), ("k", TYPE, str(OWL.Class))
    )
    with pytest.raises(model.Inconsistent, match="no member: k"):
        model.check_consistency(facts)


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(model.ReasonerMissing, match="default-jre-headless"):
        model.check_consistency()
    assert model.classes()


def test_turtle_has_no_stray_blank_terms(graph: Graph) -> None:
    assert not [s for s in graph.subjects(RDF.type, OWL.ObjectProperty) if isinstance(s, BNode)]
