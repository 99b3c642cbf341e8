"""The chain from a task to the top: each hop with grade and words, cycles ended, gaps said."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode
from story import ACT_TW, DECISION_22, LETTER, MARKET, PROGRAMME, RESOLUTION, fill, graph_name, pl, story

from kg.store import EmbeddedStore, open_store
from queries.reader import Reader
from queries.rows import Place, Trace
from queries.trace import trace


def traced(folder: Path, iri: str) -> Trace:
    with open_store(folder, read_only=True) as store:
        reader = Reader(store)
        return trace(reader, reader.anywhere(iri))


def test_the_chain_goes_clause_by_clause_and_then_by_document(tmp_path: Path) -> None:
    found = traced(fill(tmp_path / "s"), f"{LETTER}#u002")
    steps = [(hop.depth, hop.relation, hop.grade, hop.lower.id, hop.upper.iri) for hop in found.hops]
    assert steps == [
        (1, "derived", "copied", "cv_truong_linh#u002", f"{PROGRAMME}#u002"),
        (2, "derived", "copied", "ctr_truong_linh#u002", f"{RESOLUTION}#u003"),
        (3, "implements", "inherited", "12-NQ/TU", ACT_TW),
    ]
    assert found.strength == "inherited"
    assert [row.number for row in found.absent] == ["05-NQ/TW"]


def test_each_hop_quotes_both_sides_with_file_and_offsets(tmp_path: Path) -> None:
    hop = traced(fill(tmp_path / "s"), f"{LETTER}#u002").hops[0]
    below, above = hop.passages[0].lower, hop.passages[0].upper
    assert below
    assert above
    assert (below.text, below.file, below.start, below.end) == (MARKET, "cv_truong_linh.txt", 2027, 2027 + len(MARKET))
    assert above.text == MARKET


def test_a_document_hop_quotes_the_citing_words(tmp_path: Path) -> None:
    hop = traced(fill(tmp_path / "s"), PROGRAMME).hops[0]
    assert (hop.relation, hop.grade, hop.upper.document.number) == ("implements", "cited", "12-NQ/TU")
    assert hop.passages[0].lower
    assert hop.passages[0].lower.text == "Nghị quyết số 12-NQ/TU"


def test_a_task_without_clause_falls_back_to_its_document(tmp_path: Path) -> None:
    found = traced(fill(tmp_path / "s"), f"{PROGRAMME}#u004")
    assert [(hop.relation, hop.upper.id) for hop in found.hops] == [
        ("implements", "12-NQ/TU"),
        ("implements", "05-NQ/TW"),
    ]
    assert found.strength == "inherited"


def test_a_citation_that_fits_several_acts_is_not_decided(tmp_path: Path) -> None:
    found = traced(fill(tmp_path / "s"), LETTER)
    assert [len(choice.candidates) for choice in found.ambiguous] == [2]
    assert DECISION_22 not in [hop.upper.iri for hop in found.hops]


def test_inferred_identity_says_why_and_where(tmp_path: Path) -> None:
    found = traced(fill(tmp_path / "s"), f"{PROGRAMME}#u002")
    act = found.hops[0].upper.document
    assert act.identity == ("Chương trình 45/CTr-UBND viện dẫn cùng tên gọi và ngày",)
    assert act.identity_quotes[0].file == "ctr_truong_linh.txt"


def test_cycles_end(tmp_path: Path) -> None:
    graphs = story()
    graphs["links/nq"].lineage("loop", f"{RESOLUTION}#u003", f"{LETTER}#u002", "adapted", 0.5)
    graphs["links/nq"].add(RESOLUTION, pl("implementsPolicy"), NamedNode(LETTER))
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace({graph_name(key): graph.triples for key, graph in graphs.items()})
    found = traced(tmp_path / "s", f"{LETTER}#u002")
    assert [hop.upper.iri for hop in found.hops if hop.relation == "derived"] == [
        f"{PROGRAMME}#u002",
        f"{RESOLUTION}#u003",
        f"{LETTER}#u002",
    ]


def test_the_strongest_of_several_grades_is_shown_and_all_are_kept(tmp_path: Path) -> None:
    graphs = story()
    graphs["links/cv"].lineage("cv-u002-b", f"{LETTER}#u002", f"{PROGRAMME}#u002", "cited", 1.0)
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace({graph_name(key): graph.triples for key, graph in graphs.items()})
    hop = traced(tmp_path / "s", f"{LETTER}#u002").hops[0]
    assert (hop.grade, hop.grades) == ("cited", ("cited", "copied"))
    assert hop.passages[0].lower


def test_nothing_above_is_an_empty_trace(tmp_path: Path) -> None:
    found = traced(fill(tmp_path / "s"), ACT_TW)
    assert isinstance(found.start, Place)
    assert (found.hops, found.strength) == ((), None)
