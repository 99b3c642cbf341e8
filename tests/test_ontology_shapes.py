"""The shapes let a sound document pass and find each way in which one can be wrong."""

from __future__ import annotations

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph

from ontology.tables import asset

PREFIXES = """
@prefix pl: <https://w3id.org/policy-lineage/ontology#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""
SOUND = """
:d a pl:PolicyDocument ; pl:inFile "a.txt" ; pl:sha256 "%s" ; pl:kindName "Công văn" ; pl:searchText "cong van" ;
   eli:date_document "2023-06-30"^^xsd:date ; eli:passed_by :b ; pl:implementsPolicy :s .
:s a pl:PolicyDocument , pl:Stub ; pl:searchText "nghi quyet" ; eli:id_local "9-NQ/TU" .
:b a org:FormalOrganization ; rdfs:label "Sở Tài chính"@vi ; pl:level "department" .
:t a pl:Provision , pl:Task ; pl:partOf :d ; pl:path "1.-1" ; pl:order 1 ; pl:text "Rà soát" ; pl:leadBody :b ;
   pl:fingerprint "0123456789abcdef" ; pl:evidence :e ; pl:deadline :l .
:e a oa:TextPositionSelector , oa:TextQuoteSelector ; oa:start 3 ; oa:end 10 ; oa:exact "Rà soát" ; pl:inFile "a.txt" .
:l a pl:Deadline ; pl:text "trước ngày 10/12/2023" ; pl:dueDate "2023-12-10"^^xsd:date ; pl:evidence :e .
:q a pl:Quantity ; pl:quantityOf :t ; pl:comparator ">=" ; pl:value 12.28 ; pl:unit "%%" ; pl:evidence :e .
:c a pl:Citation ; pl:citedIn :t ; pl:citingDocument :d ; pl:order 0 ; pl:text "Nghị quyết số 9-NQ/TU" ;
   pl:relation "implements" ; pl:scope "document" ; pl:evidence :e ; pl:resolvesTo :s .
:g a pl:Lineage ; pl:task :t ; pl:source :u ; pl:sourceDocument :f ; pl:grade "copied" ; pl:score "0.93"^^xsd:double ;
   pl:sourceFingerprint "0123456789abcdef" ; pl:passage :p ; pl:status "suspect" .
:x a pl:Decision ; pl:verdict "confirmed" ; pl:decidesOn :g ; pl:decidedBy "Lê Thị Bình" ; pl:decidedTask :m ;
   prov:atTime "2026-03-09T02:00:00Z"^^xsd:dateTime ; pl:decidedSource :m .
:m a pl:Mark ; pl:marks :t .
:u a pl:Provision , pl:Task .    # described in the graph of another document
:f a pl:PolicyDocument .         # the same
:p a pl:Passage ; pl:taskEvidence :e ; pl:sourceEvidence :e .
""" % ("0" * 64)
WRONG = [
    (':d a pl:PolicyDocument ; pl:inFile "a.txt" ;', ":d a pl:PolicyDocument ;", "d"),
    (":s a pl:PolicyDocument , pl:Stub ;", ":s a pl:PolicyDocument ;", "s"),
    ('pl:sha256 "00', 'pl:sha256 "xx', "d"),
    ('"2023-06-30"^^xsd:date', '"2023"^^xsd:gYear', "d"),
    ("pl:partOf :d ;", "", "t"),
    ("pl:partOf :d ;", "pl:partOf :d , :f ;", "t"),
    (":t a pl:Provision , pl:Task ;", ":t a pl:Citation ;", "t"),
    ("pl:evidence :e ; pl:deadline :l", "pl:deadline :l", "t"),
    ("oa:start 3 ; oa:end 10", "oa:start 10 ; oa:end 10", "e"),
    ("oa:start 3 ;", "", "e"),
    ('oa:exact "Rà soát" ;', "", "e"),
    ('oa:exact "Rà soát"', 'oa:exact ""', "e"),
    ('"2023-12-10"^^xsd:date', '"10/12/2023"', "l"),
    ('pl:comparator ">="', 'pl:comparator "=>"', "q"),
    ('pl:relation "implements"', 'pl:relation "likes"', "c"),
    ('pl:scope "document"', 'pl:scope "world"', "c"),
    ("pl:citingDocument :d ;", "", "c"),
    ('pl:grade "copied"', 'pl:grade "guessed"', "g"),
    ('pl:score "0.93"^^xsd:double', 'pl:score "1.5"^^xsd:double', "g"),
    ("pl:Lineage ; pl:task :t ;", "pl:Lineage ;", "g"),
    ("pl:sourceDocument :f ;", "", "g"),
    ("; pl:passage :p", "", "g"),
    ("pl:Passage ; pl:taskEvidence :e ;", "pl:Passage ;", "p"),
    ('pl:status "suspect"', 'pl:status "odd"', "g"),
    ('pl:verdict "confirmed"', 'pl:verdict "maybe"', "x"),
    ('pl:decidedBy "Lê Thị Bình" ;', "", "x"),
    ('"2026-03-09T02:00:00Z"^^xsd:dateTime', '"9/3/2026"', "x"),
    ("pl:decidedTask :m ;", "", "x"),
    ('pl:level "department"', 'pl:level "galaxy"', "b"),
    ('rdfs:label "Sở Tài chính"@vi ;', "", "b"),
]


@pytest.fixture(scope="module")
def rules() -> Graph:
    return Graph().parse(data=asset("shapes.ttl"), format="turtle")


def _faulty(text: str, rules: Graph) -> set[str]:
    data = Graph().parse(data=PREFIXES + text, format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none", advanced=True)
    assert isinstance(report, Graph)
    found = {
        str(report.value(r, SH.focusNode)).rpartition("/")[2] for r in report.subjects(RDF.type, SH.ValidationResult)
    }
    assert conforms == (not found)
    return found


def test_a_sound_document_passes(rules: Graph) -> None:
    assert _faulty(SOUND, rules) == set()


def test_all_wrong_documents_were_collected() -> None:
    assert len(WRONG) == 30
    assert all(right in SOUND for right, _, _ in WRONG)


@pytest.mark.parametrize(("right", "wrong", "node"), WRONG)
def test_a_wrong_document_is_found_and_where(right: str, wrong: str, node: str, rules: Graph) -> None:
    assert node in _faulty(SOUND.replace(right, wrong), rules)


def test_every_shape_says_what_is_wrong_in_both_languages(rules: Graph) -> None:
    shapes = set(rules.subjects(RDF.type, SH.NodeShape))
    assert len(shapes) == 18
    told = set(rules.subjects(SH.message))
    assert len(told) > 50
    for shape in told:
        assert sorted(str(m.language) for m in rules.objects(shape, SH.message)) == ["en", "vi"]  # type: ignore[attr-defined]
    properties = {p for s in shapes for p in rules.objects(s, SH.property)}
    assert properties <= told
    assert not list(rules.objects(None, RDFS.seeAlso))
