"""What people decide survives every build, wins over the machine, and is opened again when its words change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pyshacl
import pytest
from deciding import ACT, HERBS, LETTER, MARKET, PLAN, SCHOOL, corpus, found, pairs, read, run, write
from endpoint import address  # noqa: F401 - a fixture
from pyoxigraph import NamedNode
from rdflib import Graph

from kg.build import build
from kg.decisions import GRAPHS, VERDICTS, Decision, keep, now, stored_decisions, triples
from kg.export import exported
from kg.marks import Mark
from kg.store import EmbeddedStore, Store, open_store
from kg.terms import PL
from ontology.tables import asset
from queries import checks
from queries.decisions import DecisionRow, Unclear, Wish, decide, holding, listed, to_decide
from queries.find import documents
from queries.find import start as start_of
from queries.impact import impact
from queries.reader import Reader
from queries.trace import trace

PLAN_HERBS, ACT_HERBS = "kh.txt#u001", "nq.txt#u001"


@pytest.fixture(params=["folder", "endpoint"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Both backends keep the same promises; the endpoint is emptied before each test."""
    if request.param == "folder":
        opened: Store = EmbeddedStore(tmp_path / "kho")
    else:
        opened = open_store(request.getfixturevalue("address"))
        opened.replace(
            {}, drop={quad.graph_name.value for quad in opened.quads() if isinstance(quad.graph_name, NamedNode)}
        )
    with opened:
        yield opened


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "kho") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return corpus(tmp_path / "vb")


def say(
    store: Store, verdict: str, task: str, source: str, new: str | None = None, who: str = "Lê Thị Bình"
) -> Decision:
    """Decide as the commands do, and link again."""
    reader = Reader(store)
    made = decide(reader, Wish(verdict, task, source, new, who, "đã đối chiếu"), now(), holding(reader))  # type: ignore[arg-type]
    assert made is not None
    keep(store, [made])
    build(store, [], read=read)
    return made


def rows(store: Store) -> list[DecisionRow]:
    return listed(Reader(store))


def findings(store: Store) -> list[str]:
    return [row.check for row in checks.findings(store, "vi")]


def test_a_confirmed_link_is_the_strongest_and_says_who(store: Store, folder: Path) -> None:
    run(store, folder)
    assert pairs(store)[PLAN_HERBS, ACT_HERBS] == ("copied", "current")
    say(store, "confirmed", "kh#u001", "nq#u001")
    assert pairs(store)[PLAN_HERBS, ACT_HERBS] == ("confirmed", "current")
    [link] = [k for k in found(store) if k.grade == "confirmed"]
    assert link.evidence
    assert link.reason is not None
    assert re.search(r"Lê Thị Bình xác nhận ngày \d{4}-\d\d-\d\d: đã đối chiếu; máy: .*chép lại", link.reason)
    [start] = start_of(Reader(store), "kh#u001")
    hop = trace(Reader(store), start).hops[0]
    assert (hop.grade, hop.status) == ("confirmed", "current")
    assert findings(store) == []


def test_what_is_kept_of_a_decision(local: Store, folder: Path) -> None:
    run(local, folder)
    made = say(local, "corrected", "kh#u002", "nq#u002", "nq#u003")
    [back] = stored_decisions(local)
    assert back == made or (back.iri == made.iri and back.moment == made.moment)
    assert (back.verdict, back.who, back.note) == ("corrected", "Lê Thị Bình", "đã đối chiếu")
    assert back.moment.utcoffset() == timedelta(0)
    assert back.task.text.endswith(MARKET)
    assert (back.source.text, back.source.path, back.new_source and back.new_source.text) == (MARKET, "I.2", SCHOOL)
    assert all(re.fullmatch(r"[0-9a-f]{16}", mark.fingerprint or "") for mark in (back.task, back.source))
    graphs = {q.graph_name.value for q in local.quads(p=PL.verdict) if isinstance(q.graph_name, NamedNode)}
    assert [graph.startswith(GRAPHS) for graph in graphs] == [True]
    assert any(quad.predicate == PL.verdict for quad in exported(local))  # decisions are exported with the graph


def test_what_is_kept_is_what_the_shapes_ask_for(local: Store, folder: Path) -> None:
    run(local, folder)
    made = say(local, "corrected", "kh#u002", "nq#u002", "nq#u003")
    data = Graph()
    data.parse(data="\n".join(f"{triple} ." for triple in triples(made)), format="nt")
    conforms, _, said = pyshacl.validate(
        data, shacl_graph=Graph().parse(data=asset("shapes.ttl"), format="turtle"), inference="none"
    )
    assert len(data) > 25
    assert conforms, said


def test_a_rejected_link_stays_away_over_every_build_and_is_listed(store: Store, folder: Path) -> None:
    run(store, folder)
    say(store, "rejected", "kh#u001", "nq#u001")
    for _ in range(2):
        assert (PLAN_HERBS, ACT_HERBS) not in pairs(store)
        assert pairs(store)[PLAN_HERBS, "nq.txt"] == ("inherited", "current")
        run(store, folder)
    [fallback] = [k for k in found(store) if k.task.file == "kh.txt" and k.grade == "inherited"]
    assert fallback.reason is not None
    assert "Lê Thị Bình bác bỏ I.1" in fallback.reason
    assert [(row.verdict, row.task, row.source, row.status) for row in rows(store)] == [
        ("rejected", "kh#u001", "nq#u001", "current")
    ]
    touched = impact(Reader(store), documents(Reader(store), "14-NQ/TU")[0]).tasks
    assert {task.place.id: task.grade for task in touched}["kh#u001"] == "inherited"
    listed_rows = [cells for cells in to_decide(Reader(store)) if cells[0] == "kh#u001"]
    assert sorted(str(cells[8]) for cells in listed_rows) == ["current", "rejected"]


def test_a_task_that_nothing_of_the_act_belongs_to_is_no_part_of_its_impact(local: Store, folder: Path) -> None:
    run(local, folder)
    assert pairs(local)["cv.txt#u002", "kh.txt"] == ("inherited", "current")
    say(local, "rejected", "cv#u002", "45/KH-UBND")
    assert ("cv.txt#u002", "kh.txt") not in pairs(local)
    assert "cv#u002" not in {
        task.place.id for task in impact(Reader(local), documents(Reader(local), "45/KH-UBND")[0]).tasks
    }
    [start] = start_of(Reader(local), "cv#u002")
    assert not [hop for hop in trace(Reader(local), start).hops if hop.upper.document.number == "45/KH-UBND"]


def test_a_corrected_source_takes_the_place_of_the_old_one(store: Store, folder: Path) -> None:
    run(store, folder)
    say(store, "corrected", "kh#u002", "nq#u002", "nq#u003")
    assert ("kh.txt#u002", "nq.txt#u002") not in pairs(store)
    assert pairs(store)["kh.txt#u002", "nq.txt#u003"] == ("confirmed", "current")
    [link] = [k for k in found(store) if k.grade == "confirmed"]
    assert [(p.task, p.source) for p in link.evidence] == [
        ((link.task.start, link.task.end), (link.source.start, link.source.end))
    ]


def test_a_link_that_only_the_person_sees_ends_what_the_task_inherited(local: Store, folder: Path) -> None:
    run(local, folder)
    say(local, "confirmed", "cv#u002", "kh#u002")
    mine = {pair: said for pair, said in pairs(local).items() if pair[0] == "cv.txt#u002"}
    assert mine == {("cv.txt#u002", "kh.txt#u002"): ("confirmed", "current")}


def test_confirmed_then_changed_then_confirmed_again_then_changed_again(store: Store, folder: Path) -> None:
    run(store, folder)
    say(store, "confirmed", "kh#u001", "nq#u001")
    corpus(folder, HERBS.replace(",", " ,").replace("Rà soát", "RÀ SOÁT"))  # a moved comma is no change
    assert run(store, folder).open == 0
    for place in ("Vân Khê", "Ia Rưm"):
        corpus(folder, HERBS.replace("Sơn Thạch", place))
        for _ in range(2):  # until a person decides, however often it is built
            run(store, folder)
            assert pairs(store)[PLAN_HERBS, ACT_HERBS] == ("confirmed", "suspect")
            assert rows(store)[0].status == "suspect"
            assert place in rows(store)[0].why["vi"]
            assert "decision-suspect" in findings(store)
        say(store, "confirmed", "kh#u001", "nq#u001")
        assert pairs(store)[PLAN_HERBS, ACT_HERBS] == ("confirmed", "current")
        assert findings(store) == []
    assert [row.status for row in rows(store)] == ["current", "superseded", "superseded"]


def test_the_words_of_the_task_count_as_much(local: Store, folder: Path) -> None:
    run(local, folder)
    say(local, "confirmed", "kh#u001", "nq#u001")
    write(
        folder / "kh.txt", PLAN, f"> {ACT}", f"1 Sở Y tế chủ trì: {HERBS} trước năm 2028", f"2 Sở Công Thương: {MARKET}"
    )
    run(local, folder)
    assert pairs(local)[PLAN_HERBS, ACT_HERBS] == ("confirmed", "suspect")
    assert "lời của nhiệm vụ đã đổi" in rows(local)[0].why["vi"]
    assert "the words of the task changed" in rows(local)[0].why["en"]


def test_a_rejection_is_opened_again_but_holds(local: Store, folder: Path) -> None:
    run(local, folder)
    say(local, "rejected", "kh#u001", "nq#u001")
    corpus(folder, HERBS.replace("Sơn Thạch", "Vân Khê"))
    assert run(local, folder).open == 1
    assert (PLAN_HERBS, ACT_HERBS) not in pairs(local)
    assert findings(local) == ["decision-suspect"]


def test_a_document_that_goes_and_comes_back_finds_its_decisions(store: Store, folder: Path) -> None:
    run(store, folder)
    say(store, "confirmed", "kh#u001", "nq#u001")
    text = (folder / "nq.txt").read_text(encoding="utf-8")
    (folder / "nq.txt").unlink()
    assert run(store, folder).removed == ("nq.txt",)
    assert rows(store)[0].status == "orphaned"
    assert "decision-orphaned" in findings(store)
    (folder / "nghi-quyet-14.txt").write_text(text, encoding="utf-8")  # under another name
    run(store, folder)
    assert rows(store)[0].status == "current"
    assert pairs(store)[PLAN_HERBS, "nghi-quyet-14.txt#u001"] == ("confirmed", "current")


def test_units_that_moved_are_found_by_their_words(store: Store, folder: Path) -> None:
    run(store, folder)
    say(store, "confirmed", "kh#u001", "nq#u001")
    say(store, "rejected", "kh#u002", "nq#u002")
    write(folder / "nq.txt", ACT, f"I.1 {SCHOOL}", "I.2 Trồng rừng đầu nguồn", f"I.3 {MARKET}", f"I.4 {HERBS}")
    write(
        folder / "kh.txt",
        PLAN,
        f"> {ACT}",
        "1 Họp giao ban",
        f"2 Sở Công Thương: {MARKET}",
        f"3 Sở Y tế chủ trì: {HERBS}",
    )
    run(store, folder)
    now_ = pairs(store)
    assert now_["kh.txt#u003", "nq.txt#u004"] == ("confirmed", "current")
    assert ("kh.txt#u002", "nq.txt#u003") not in now_
    assert [row.status for row in rows(store)] == ["current", "current"]


def test_a_clause_that_is_gone_leaves_an_orphan(store: Store, folder: Path) -> None:
    run(store, folder)
    say(store, "confirmed", "kh#u001", "nq#u001")
    write(folder / "nq.txt", ACT, f"I.1 {MARKET}", f"I.2 {SCHOOL}")
    run(store, folder)
    assert rows(store)[0].status == "orphaned"
    assert pairs(store)[PLAN_HERBS, "nq.txt"] == ("inherited", "orphaned")
    assert findings(store).count("decision-orphaned") == 1
    assert "link-orphaned" not in findings(store)  # told once, as the decision
    corpus(folder)
    run(store, folder)
    assert rows(store)[0].status == "current"
    assert pairs(store)[PLAN_HERBS, ACT_HERBS] == ("confirmed", "current")


@pytest.mark.parametrize("new", [None, "nq#u001"])
def test_an_orphan_is_decided_by_the_id_that_it_had(local: Store, folder: Path, new: str | None) -> None:
    run(local, folder)
    say(local, "confirmed", "kh#u001", "nq#u003")
    write(folder / "nq.txt", ACT, f"I.1 {MARKET}", f"I.2 {HERBS}")
    run(local, folder)
    assert "decision-orphaned" in findings(local)
    say(local, "corrected" if new else "rejected", "kh#u001", "nq#u003", new)
    assert findings(local) == []
    assert (pairs(local).get((PLAN_HERBS, "nq.txt#u001")) == ("confirmed", "current")) is bool(new)


def test_the_same_words_at_two_new_places_are_ambiguous(local: Store, folder: Path) -> None:
    run(local, folder)
    say(local, "confirmed", "kh#u001", "nq#u001")
    write(folder / "nq.txt", ACT, "I.1 Mở đầu", f"I.2 {MARKET}", f"II.1 {HERBS}", f"III.1 {HERBS}")
    run(local, folder)
    assert rows(local)[0].status == "ambiguous"
    assert "decision-ambiguous" in findings(local)


def test_the_last_word_on_a_pair_holds(local: Store, folder: Path) -> None:
    run(local, folder)
    for verdict, is_there in (("rejected", False), ("confirmed", True), ("rejected", False)):
        say(local, verdict, "kh#u001", "nq#u001")
        assert ((PLAN_HERBS, ACT_HERBS) in pairs(local)) is is_there
    assert [(row.verdict, row.status) for row in rows(local)] == [
        ("rejected", "current"),
        ("confirmed", "superseded"),
        ("rejected", "superseded"),
    ]


def test_the_same_word_on_the_same_words_is_not_stored_twice(local: Store, folder: Path) -> None:
    run(local, folder)
    say(local, "confirmed", "kh#u001", "nq#u001")
    reader = Reader(local)
    assert decide(reader, Wish("confirmed", "kh#u001", "nq#u001"), now(), holding(reader)) is None


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish("confirmed", "kh#u099", "nq#u001"), "none"),
        (Wish("confirmed", "kh", "nq#u001"), "no-unit"),
        (Wish("confirmed", "kh#u001", "99-NQ/TU"), "none"),
        (Wish("confirmed", "kh#u001", "kh#u001"), "same"),
        (Wish("corrected", "kh#u001", "nq#u001", "nq#u001"), "same"),
    ],
)
def test_what_is_no_pair_is_refused(local: Store, folder: Path, wish: Wish, code: str) -> None:
    run(local, folder)
    with pytest.raises(Unclear) as caught:
        decide(Reader(local), wish, now(), [])
    assert caught.value.code == code


def test_decisions_are_appended_never_rewritten(local: Store, folder: Path) -> None:
    """Two people that decide at once, each from what the store was before, lose nothing of each other's."""
    run(local, folder)
    reader = Reader(local)
    one = decide(reader, Wish("confirmed", "kh#u001", "nq#u001", who="A"), now(), [])
    two = decide(reader, Wish("rejected", "kh#u002", "nq#u002", who="B"), now(), [])
    assert one
    assert two
    keep(local, [one])
    before = {str(quad) for quad in local.quads() if str(quad.graph_name).startswith(f"<{GRAPHS}")}
    keep(local, [two])
    after = {str(quad) for quad in local.quads() if str(quad.graph_name).startswith(f"<{GRAPHS}")}
    assert before < after
    assert {made.who for made in stored_decisions(local)} == {"A", "B"}


def test_a_decision_whose_process_died_before_linking_holds_from_the_next_build_on(store: Store, folder: Path) -> None:
    run(store, folder)
    made = decide(Reader(store), Wish("rejected", "kh#u001", "nq#u001", who="A"), now(), [])
    assert made
    keep(store, [made])
    assert (PLAN_HERBS, ACT_HERBS) in pairs(store)
    run(store, folder)
    assert (PLAN_HERBS, ACT_HERBS) not in pairs(store)


def test_decisions_outlive_all_documents(local: Store, folder: Path) -> None:
    run(local, folder)
    say(local, "confirmed", "kh#u001", "nq#u001")
    for path in folder.iterdir():
        path.rename(folder.parent / path.name)
    (folder / "khac.txt").write_text(f"{ACT.replace('14-', '99-')}\nI.1 Trồng rừng\n", encoding="utf-8")
    assert len(run(local, folder).removed) == 3
    assert [(row.status, row.task) for row in rows(local)] == [("orphaned", "kh#u001")]
    corpus(folder)
    run(local, folder)
    assert pairs(local)[PLAN_HERBS, ACT_HERBS] == ("confirmed", "current")


def test_a_sheet_of_decisions_is_one_update(local: Store) -> None:
    class Counting:
        def __init__(self) -> None:
            self.graphs: list[str] = []

        def replace(self, graphs: dict[str, object], **_: object) -> None:
            self.graphs += graphs

    mark = Mark("https://example.org/a", "a.txt", "u001", "1", "lời", "0" * 16)
    made = [Decision("confirmed", mark, Mark("https://example.org/b"), f"người {n}", now(n)) for n in range(3)]
    counting = Counting()
    keep(counting, made)  # type: ignore[arg-type]
    assert len(counting.graphs) == 1
    keep(counting, [])  # type: ignore[arg-type]
    assert len(counting.graphs) == 1
    keep(local, made)
    assert stored_decisions(local) == made or [d.iri for d in stored_decisions(local)] == [d.iri for d in made]
    assert sorted(VERDICTS) == ["confirmed", "corrected", "rejected"]
    assert datetime.fromisoformat(made[1].when) > datetime.fromisoformat(made[0].when)


def test_a_store_without_decisions_links_as_it_did(local: Store, folder: Path) -> None:
    report = run(local, folder)
    assert (report.open, stored_decisions(local), rows(local)) == (0, [], [])
    assert run(local, folder).written == 0
    assert LETTER.split(" | ")[1] in {row.number for row in documents(Reader(local), "310/UBND-KTN")}
