"""What one document says as triples: complete, quotable, the same every time."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import msgspec
import pytest
from fictional import LETTER_TEXT, PROVINCE, RESOLUTION_TEXT, letter, record, resolution, unit
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.evidence import fingerprint, selector_triples
from kg.links import Act, Candidate, Link, Passage, Place, Resolution
from kg.linktriples import Corpus, edge, link_triples
from kg.terms import ELI, OA, ORG, PL, PROV, RDF, RDFS, XSD
from kg.triples import body_node, day_literal, document_quads, links_graph, records_graph
from loaders.records import RELATIONS, Citation, Document, Evidence, Loaded, Record, Unit, surface
from ontology.identifiers import graph_iri

DOC = "https://example.org/vn/truong-linh/tinh-uy/nq/2026-03-02/14-nq_tu"
LETTER = "https://example.org/vn/truong-linh/ubnd/cv/2026-04-10/305"

Facts = dict[tuple[str, NamedNode], list[NamedNode | Literal]]


def facts(triples: list[Triple]) -> Facts:
    """By subject (its last part, after the document's IRI) and predicate."""
    out: Facts = defaultdict(list)
    for triple in triples:
        assert isinstance(triple.subject, NamedNode)
        assert not isinstance(triple.object, BlankNode)
        out[triple.subject.value.removeprefix(DOC).removeprefix(LETTER), triple.predicate].append(triple.object)
    return out


def values(found: Facts, subject: str, predicate: NamedNode) -> list[str]:
    return [term.value for term in found[subject, predicate]]


@pytest.fixture(scope="module")
def said() -> Facts:
    return facts(list(document_quads(resolution(), DOC)))


@pytest.fixture(scope="module")
def ordered() -> Facts:
    return facts(list(document_quads(letter(), LETTER)))


def test_the_document_node(said: Facts) -> None:
    assert said["", RDF.type] == [PL.PolicyDocument]
    assert values(said, "", PL.inFile) == ["nghi-quyet.txt"]
    assert values(said, "", PL.sha256) == [resolution().record.sha256]
    assert values(said, "", PL.kindName) == ["Nghị quyết"]
    assert values(said, "", ELI.type_document)[0].endswith("/kind/nghi-quyet")
    assert values(said, "", ELI.id_local) == ["14-NQ/TU"]
    assert said["", ELI.date_document] == [Literal("2026-03-02", datatype=XSD.date)]
    assert said["", ELI.title] == [Literal("về phát triển dược liệu", language="vi")]
    assert values(said, "", PL.province) == [PROVINCE]
    (words,) = values(said, "", PL.searchText)
    assert "14-nq/tu" in words
    assert "duoc lieu" in words


def test_units_keep_order_path_parent_and_kind(said: Facts) -> None:
    rows = [
        (values(said, f"#u00{n}", PL.path)[0], said[f"#u00{n}", RDF.type][1], values(said, f"#u00{n}", PL.within))
        for n in range(1, 7)
    ]
    assert rows == [
        ("preamble", PL.Statement, []),
        ("I", PL.Heading, []),
        ("I.-1", PL.Target, [f"{DOC}#u002"]),
        ("II", PL.Heading, []),
        ("II.1", PL.Task, [f"{DOC}#u004"]),
        ("II.2", PL.Task, [f"{DOC}#u004"]),
    ]
    assert [values(said, f"#u00{n}", PL.order) for n in range(1, 7)] == [[str(n)] for n in range(1, 7)]
    assert all(said[f"#u00{n}", PL.partOf] == [NamedNode(DOC)] for n in range(1, 7))


def test_text_is_quoted_and_searchable_without_diacritics(said: Facts) -> None:
    assert values(said, "#u005", PL.text)[0].startswith("1. Rà soát, bổ sung vùng trồng dược liệu của huyện Sơn Thạch")
    assert "vung trong duoc lieu cua huyen son thach" in values(said, "#u005", PL.searchText)[0]


def test_figures_and_deadlines(said: Facts, ordered: Facts) -> None:
    assert said["#u003-q1", PL.quantityOf] == [NamedNode(f"{DOC}#u003")]
    assert said["#u003-q1", PL.value] == [Literal("12.5", datatype=XSD.decimal)]
    assert (values(said, "#u003-q1", PL.comparator), values(said, "#u003-q1", PL.unit)) == ([">="], ["%"])
    assert said["#u005", PL.deadline] == [NamedNode(f"{DOC}#u005-d1")]
    assert said["#u005-d1", PL.dueDate] == [Literal("2026-09-15", datatype=XSD.date)]
    assert values(ordered, "#u003-d1", PL.recurrence) == ["monthly day 20"]
    assert ordered["#u003-d1", PL.dueDate] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(130.0, "130.0"), (12.28, "12.28"), (1e16, "10000000000000000"), (-0.5, "-0.5"), (1e-7, "0.0000001")],
)
def test_figures_are_decimals_without_exponent(value: float, text: str) -> None:
    loaded = resolution()
    units = list(loaded.record.units)
    figure = msgspec.structs.replace(units[2].quantities[0], value=value)
    units[2] = msgspec.structs.replace(units[2], quantities=(figure,))
    changed = Loaded(msgspec.structs.replace(loaded.record, units=tuple(units)), loaded.raw)
    assert [t.object for t in document_quads(changed, DOC) if t.predicate == PL.value] == [
        Literal(text, datatype=XSD.decimal)
    ]


def test_a_part_without_a_span_of_its_own_is_proved_by_its_unit() -> None:
    loaded = resolution()
    units = list(loaded.record.units)
    figure = msgspec.structs.replace(units[2].quantities[0], start=units[2].start, end=units[2].start)
    units[2] = msgspec.structs.replace(units[2], quantities=(figure,))
    found = facts(
        list(document_quads(Loaded(msgspec.structs.replace(loaded.record, units=tuple(units)), loaded.raw), DOC))
    )
    assert found["#u003-q1", PL.evidence] == found["#u003", PL.evidence]


def test_citations(said: Facts, ordered: Facts) -> None:
    assert ordered["#c000", RDF.type] == [PL.Citation]
    assert ordered["#c000", PL.citedIn] == [NamedNode(f"{LETTER}#u001")]
    assert ordered["#c000", PL.citingDocument] == [NamedNode(LETTER)]
    assert values(ordered, "#c000", PL.relation) == ["implements"]
    assert values(ordered, "#c000", PL.scope) == ["document"]
    assert values(ordered, "#c000", ELI.id_local) == ["14-NQ/TU"]
    assert ordered["#c000", ELI.date_document] == [Literal("2026-03-02", datatype=XSD.date)]
    assert values(ordered, "#c000", PL.issuerName) == ["Tỉnh ủy"]
    assert values(said, "#c000", PL.relation) == ["legal-basis"]


def test_a_citation_outside_every_unit_hangs_on_the_document() -> None:
    loaded = letter()
    bare = Loaded(msgspec.structs.replace(loaded.record, units=()), loaded.raw)
    assert facts(list(document_quads(bare, LETTER)))["#c000", PL.citedIn] == [NamedNode(LETTER)]


def test_bodies_are_described_once_and_central_ones_are_of_no_province(ordered: Facts) -> None:
    health, ministry = body_node("Sở Y tế", PROVINCE), body_node("Bộ Tài chính", PROVINCE)
    assert ordered["#u002", PL.leadBody] == [health]
    assert ordered["#u002", PL.coordinatingBody] == [body_node("Sở Tài chính", PROVINCE)]
    assert ordered["#u003", PL.coordinatingBody] == [ministry] == [body_node("Bộ Tài chính", None)]
    assert ordered[health.value, RDF.type] == [ORG.FormalOrganization]
    assert ordered[health.value, RDFS.label] == [Literal("Sở Y tế", language="vi")]
    assert values(ordered, health.value, PL.province) == [PROVINCE]
    assert ordered[ministry.value, PL.province] == []
    assert values(ordered, health.value, PL.searchText) == ["so y te"]


def test_the_same_record_gives_the_same_triples() -> None:
    assert list(document_quads(letter(), LETTER)) == list(document_quads(letter(), LETTER))


def test_every_triple_is_said_once() -> None:
    for loaded in (letter(), resolution()):
        triples = list(document_quads(loaded, DOC))
        named = [t for t in triples if t.predicate != RDF.type]
        assert len(triples) == len(set(triples)), sorted(str(t) for t in named if named.count(t) > 1)


def check_quotations(loaded: Loaded, iri: str) -> int:
    """Every evidence leads to a selector, and each selector slices back to its quote. Gives how many."""
    triples = list(document_quads(loaded, iri))
    cut = {
        t.subject.value: t.object.value for t in triples if t.predicate == OA.exact and isinstance(t.subject, NamedNode)
    }
    start = {t.subject.value: int(t.object.value) for t in triples if t.predicate == OA.start}
    end = {t.subject.value: int(t.object.value) for t in triples if t.predicate == OA.end}
    wanted = {t.object.value for t in triples if t.predicate == PL.evidence}
    assert wanted == set(cut) == set(start) == set(end)
    for node, quote in cut.items():
        assert surface(loaded.raw, start[node], end[node]) == quote
        assert node == f"{iri}#char={start[node]},{end[node]}"
    return len(cut)


def test_every_selector_slices_back_to_its_quote() -> None:
    assert check_quotations(resolution(), DOC) == 9
    assert check_quotations(letter(), LETTER) == 5


@given(
    raw=st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\r\u00a0\u0323\ufeff🏛"), min_size=1, max_size=80
    ),
    data=st.data(),
)
def test_any_span_of_any_text_slices_back(raw: str, data: st.DataObject) -> None:
    spans = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(raw) - 1), st.integers(1, len(raw))).filter(lambda s: s[0] < s[1]), max_size=6
        )
    )
    units = tuple(Unit(f"u{n:03d}", f"¶{n}", "statement", *s) for n, s in enumerate(spans, start=1))
    loaded = record(raw, "bất-kỳ.txt", Document(), units=units)
    assert check_quotations(loaded, DOC) == len(set(spans))


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-1, 4), (0, 10_000)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no such span"):
        list(selector_triples(DOC, "f.txt", LETTER_TEXT, *span))


@pytest.mark.parametrize("day", ["2026-02-30", "2026-04", "2026", "02/3/2026", "", None, "2026-04-10T00:00:00"])
def test_what_is_no_whole_day_is_no_date(day: str | None) -> None:
    assert day_literal(day) is None


def test_an_empty_record_is_a_document_all_the_same() -> None:
    found = facts(list(document_quads(Loaded(Record("rỗng.txt", Document()), ""), DOC)))
    assert found["", RDF.type] == [PL.PolicyDocument]
    assert {subject for subject, _ in found} == {""}


def test_the_three_graphs_of_a_file_differ() -> None:
    names = {
        graph(file) for graph in (graph_iri, links_graph, records_graph) for file in ("a b.txt", "a-b.txt", "c/a.txt")
    }
    assert len(names) == 9


# --- fingerprints

SAME = [
    ("Rà soát, bổ sung vùng trồng", "Rà soát bổ sung, vùng trồng"),
    ("Rà soát\nvùng  trồng", "Rà soát vùng trồng"),
    ("**Rà soát** vùng trồng.", "Rà soát vùng trồng"),
    ("kinh tế - xã hội", "kinh tế-xã hội"),
    ("Sở Y tế", "sở y tế"),
    ("tri\u1ec3n khai", "trie\u0302\u0309n khai"),
    ("Ðông Lăng", "Đông Lăng"),
]
DIFFERENT = [
    ("Rà soát vùng trồng", "Rà soát vùng nuôi"),
    ("tăng 12,28%", "tăng 1228%"),
    ("đạt 12%", "đạt 12"),
    ("giám sát", "giam sat"),
    ("đến ngày 15/9/2026", "đến ngày 16/9/2026"),
    ("bổ sung, sửa đổi", "sửa đổi, bổ sung"),
    ("≥ 5 xã", "≤ 5 xã"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_moved_comma_is_no_change(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_a_changed_word_or_figure_is_one(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


@given(st.text(max_size=100))
def test_a_fingerprint_is_16_hex_digits(text: str) -> None:
    assert len(fingerprint(text)) == 16
    assert int(fingerprint(text), 16) >= 0


# --- what linking concluded

CORPUS = Corpus(
    {"cong-van.txt": letter(), "nghi-quyet.txt": resolution()}, {"cong-van.txt": LETTER, "nghi-quyet.txt": DOC}
)
RESOLVED = Resolution(
    "cong-van.txt", 0, "resolved", Act("urn:other", file="nghi-quyet.txt"), ("số, ký hiệu", "ngày 02/3/2026")
)
LAW = Act(
    "https://example.org/vn/trung-uong/quoc-hoi/luat/2015/77", kind="Luật", number="77/2015/QH13", issuer="Quốc hội"
)


def copied() -> Link:
    loaded, source = letter(), resolution()
    task, clause = loaded.record.units[1], source.record.units[4]
    words = "vùng trồng dược liệu"
    at, source_at = loaded.raw.index(words), source.raw.index(words)
    return Link(
        Place("cong-van.txt", task.id, task.start, task.end),
        Place("nghi-quyet.txt", clause.id, clause.start, clause.end),
        "copied",
        0.93,
        (Passage((at, at + len(words)), (source_at, source_at + len(words))),),
        act=DOC,
        reason="trùng nguyên văn",
    )


def concluded(file: str, resolutions: list[Resolution], links: list[Link], corpus: Corpus = CORPUS) -> list[Triple]:
    return list(link_triples(file, corpus, resolutions, links))


def test_a_resolved_citation_leads_to_the_document_of_the_corpus() -> None:
    found = facts(concluded("cong-van.txt", [RESOLVED], []))
    assert found["#c000", PL.resolvesTo] == [NamedNode(DOC)]
    assert values(found, "#c000", PL.resolution) == ["số, ký hiệu, ngày 02/3/2026"]
    assert found["", PL.implementsPolicy] == [NamedNode(DOC)]
    assert not [key for key in found if key[1] == RDF.type]


def test_an_act_outside_the_corpus_is_a_stub_that_says_what_is_known() -> None:
    found = facts(concluded("nghi-quyet.txt", [Resolution("nghi-quyet.txt", 0, "stub", LAW)], []))
    assert found[LAW.iri, RDF.type] == [PL.PolicyDocument, PL.Stub]
    assert values(found, LAW.iri, ELI.id_local) == ["77/2015/QH13"]
    assert found["", PL.basedOn] == [NamedNode(LAW.iri)]
    assert found["", PL.implementsPolicy] == []


def test_an_ambiguous_citation_lists_its_candidates_and_makes_no_edge() -> None:
    other = Act("https://example.org/khac", kind="Nghị quyết", number="14-NQ/TU")
    both = (Candidate(Act(DOC, file="nghi-quyet.txt"), 0.6), Candidate(other, 0.5))
    found = facts(concluded("cong-van.txt", [Resolution("cong-van.txt", 0, "ambiguous", candidates=both)], []))
    assert found["#c000", PL.ambiguousWith] == [NamedNode(DOC), NamedNode(other.iri)]
    assert found[other.iri, RDF.type] == [PL.PolicyDocument, PL.Stub]
    assert not [key for key in found if key[0] == ""]


@pytest.mark.parametrize("relation", RELATIONS)
def test_each_relation_has_its_edge(relation: str) -> None:
    edges = {name: edge(Citation(0, 1, "x", "named", relation=name, scope="document")) for name in RELATIONS}
    assert len(set(edges.values())) == len(RELATIONS) == 9
    assert edge(Citation(0, 1, "x", "named", relation=relation, scope="task")) == (
        PL.cites if relation == "implements" else edges[relation]
    )


def test_a_document_is_never_tied_to_itself() -> None:
    found = facts(
        concluded("cong-van.txt", [Resolution("cong-van.txt", 0, "resolved", Act(LETTER, file="cong-van.txt"))], [])
    )
    assert found["", PL.implementsPolicy] == []


def test_lineage_has_grade_score_passages_and_the_fingerprint_of_the_clause() -> None:
    found = facts(concluded("cong-van.txt", [RESOLVED], [copied()]))
    (lineage,) = values(found, "#u002", PROV.qualifiedDerivation)
    clause = resolution().record.units[4]
    assert found["#u002", PROV.wasDerivedFrom] == [NamedNode(f"{DOC}#u005")] == found[lineage, PL.source]
    assert found[lineage, PL.task] == [NamedNode(f"{LETTER}#u002")]
    assert found[lineage, PL.sourceDocument] == [NamedNode(DOC)]
    assert (values(found, lineage, PL.grade), found[lineage, PL.score]) == (["copied"], [Literal(0.93)])
    assert values(found, lineage, PL.sourceFingerprint) == [
        fingerprint(surface(RESOLUTION_TEXT, clause.start, clause.end))
    ]
    (passage,) = values(found, lineage, PL.passage)
    quoted = [
        found[side.value.removeprefix(DOC).removeprefix(LETTER), OA.exact]
        for predicate in (PL.taskEvidence, PL.sourceEvidence)
        for side in found[passage, predicate]
    ]
    assert quoted == [[Literal("vùng trồng dược liệu")]] * 2


def test_a_link_to_an_act_alone_names_no_clause() -> None:
    task = letter().record.units[1]
    link = Link(Place("cong-van.txt", "u002", task.start, task.end), Place(), "inherited", 0.3, act=LAW.iri)
    found = facts(concluded("cong-van.txt", [], [link]))
    (lineage,) = values(found, "#u002", PROV.qualifiedDerivation)
    assert found[lineage, PL.sourceDocument] == [NamedNode(LAW.iri)]
    assert found[lineage, PL.source] == found["#u002", PROV.wasDerivedFrom] == []


def test_links_of_other_files_are_passed_over_and_names_are_stable() -> None:
    assert concluded("nghi-quyet.txt", [RESOLVED], [copied()]) == []
    assert concluded("cong-van.txt", [RESOLVED], [copied()]) == concluded("cong-van.txt", [RESOLVED], [copied()])


def test_a_link_into_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(KeyError, match="u099"):
        concluded("cong-van.txt", [], [msgspec.structs.replace(copied(), source=Place("nghi-quyet.txt", "u099", 0, 1))])


def test_an_inferred_identity_leads_to_the_words_it_came_from() -> None:
    citation = letter().record.citations[0]
    proof = Evidence("cong-van.txt", citation.start, citation.end, citation.surface, "công văn dẫn đúng tên nghị quyết")
    lost = resolution()
    about = msgspec.structs.replace(lost.record.document, number_evidence=proof, date_evidence=proof)
    corpus = Corpus(
        {**CORPUS.loaded, "nghi-quyet.txt": Loaded(msgspec.structs.replace(lost.record, document=about), lost.raw)},
        CORPUS.iris,
    )
    found = facts(concluded("nghi-quyet.txt", [], [], corpus))
    assert found["", PL.identityFrom] == [NamedNode(f"{LETTER}#c000")]
    assert values(found, "", PL.identityReason) == [proof.why]


def test_real_records_slice_back(shared: Path) -> None:
    files = sorted((shared / "gold").glob("0*.json"))
    assert len(files) == 2
    for path in files:
        gold = msgspec.json.decode(path.read_bytes())
        with (shared / "corpus" / gold["file"]).open(encoding="utf-8", newline="") as file:
            raw = file.read()
        units = tuple(
            Unit(row["id"], row["path"], row["kind"], row["start"], row["end"], lead=tuple(row["lead"]))
            for row in gold["units"]
        )
        assert check_quotations(record(raw, gold["file"], Document(), units=units), DOC) == len(units)


def test_the_hand_made_records_are_what_they_claim() -> None:
    assert unit(LETTER_TEXT, 9, "¶1", "task", "Sở Y tế").start == LETTER_TEXT.index("Sở Y tế")
    for loaded in (letter(), resolution()):
        for found in loaded.record.citations:
            assert surface(loaded.raw, found.start, found.end) == found.surface
