"""A sound store has no findings; each check finds the fault that it is named for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode
from story import (
    ACT_TW,
    BASE,
    ELI,
    FINANCE,
    LETTER,
    MARKET,
    PLACE,
    PROGRAMME,
    RDF_TYPE,
    REPORT,
    RESOLUTION,
    TRADE,
    XSD,
    Graph,
    figure,
    fill,
    graph_name,
    pl,
    story,
)

from kg.store import EmbeddedStore, open_store
from queries import checks

Graphs = dict[str, Graph]
DAY = NamedNode(XSD + "date")


def _without_words(graphs: Graphs) -> None:
    graphs["links/cv"].lineage("x", f"{LETTER}#u001", f"{PROGRAMME}#u003", "copied", 0.9)


def _suspect(graphs: Graphs) -> None:
    graphs["nq"].triples = [
        t
        for t in graphs["nq"].triples
        if not (t.subject.value == f"{RESOLUTION}#u003" and t.predicate == pl("fingerprint"))
    ]
    graphs["nq"].add(f"{RESOLUTION}#u003", pl("fingerprint"), "ffffffffffffffff")


def _orphaned(graphs: Graphs) -> None:
    graphs["links/cv"].lineage("x", f"{LETTER}#u002", f"{PROGRAMME}#u009", "adapted", 0.4, ((1, 1, "x"),))


def _too_early(graphs: Graphs) -> None:
    graphs["ctr"].triples = [t for t in graphs["ctr"].triples if t.predicate.value != ELI + "date_document"]
    graphs["ctr"].add(PROGRAMME, NamedNode(ELI + "date_document"), Literal("2023-01-01", datatype=DAY))


def _each_other(graphs: Graphs) -> None:
    graphs["links/nq"].add(RESOLUTION, pl("implementsPolicy"), NamedNode(PROGRAMME))


def _no_place(graphs: Graphs) -> None:
    graphs["cv"].triples = [
        t for t in graphs["cv"].triples if not (t.subject.value == f"{LETTER}#u002" and t.predicate == pl("evidence"))
    ]


def _twice(graphs: Graphs) -> None:
    again = Graph("again.txt")
    again.document(f"{LETTER}~again", "310/UBND-KTN", "Công văn", "2023-06-01", "bản khác", PLACE + "uy-ban-nhan-dan")
    graphs["again"] = again


def _due_before(graphs: Graphs) -> None:
    graphs["ctr"].deadline(f"{PROGRAMME}#u002", "trong tháng 4", "2023-04-30")


def _nameless(graphs: Graphs) -> None:
    graphs["ctr"].add(f"{PROGRAMME}#u004", pl("leadBody"), NamedNode(PLACE + "khong-ten"))


def _decided(status: str, verdict: str = "confirmed") -> Callable[[Graphs], None]:
    def fault(graphs: Graphs) -> None:
        iri = BASE + "decision/1"
        graphs["standings"] = Graph("")
        graphs["standings"].add(iri, pl("status"), status)
        graphs["standings"].add(iri, pl("onTask"), NamedNode(f"{LETTER}#u002"))
        graphs["standings"].add(iri, pl("onSource"), NamedNode(f"{RESOLUTION}#u003"))
        for language in ("vi", "en"):
            graphs["standings"].add(iri, pl("statusReason"), Literal("lời đã đổi", language=language))
        mine = graphs["decisions/1"]
        mine.triples = [t for t in mine.triples if t.predicate != pl("verdict")]
        mine.add(iri, pl("verdict"), verdict)

    return fault


def _change(g: Graph, iri: str, kind: str, act: str, by: str, day: str, said_by: str, *, whole: bool = True) -> None:
    g.add(iri, RDF_TYPE, pl("Change"))
    g.add(iri, pl("changeKind"), kind)
    for name, other in {"changes": act, "changedBy": by, "saidBy": said_by}.items():
        g.add(iri, pl(name), NamedNode(other))
    g.add(iri, pl("changeDate"), Literal(day, datatype=DAY))
    part = Literal("false" if whole else "true", datatype=NamedNode(XSD + "boolean"))
    g.add(iri, pl("changesPart"), part)


def _ended(graphs: Graphs) -> None:
    """The letter carries out the programme, which the report says was repealed a month before."""
    _change(graphs["links/bc"], f"{REPORT}#e000", "repeal", PROGRAMME, REPORT, "2023-05-20", REPORT)


def _stub_of(g: Graph, number: str, date: str, title: str, cited_by: str, order: int) -> None:
    stub = f"{PLACE}uy-ban-nhan-dan/ctr/{date}/{number.lower().replace('/', '_')}"
    g.document(stub, number, "Chương trình", date, title, PLACE + "uy-ban-nhan-dan", stub="yes")
    g.citation(cited_by, order, f"Chương trình {number}", "mentions")
    g.add(f"{cited_by}#c{order:03d}", pl("resolvesTo"), NamedNode(stub))


def _other_date(graphs: Graphs) -> None:
    _stub_of(graphs["links/bc"], "45/CTr-UBND", "2023-05-12", "", REPORT, 7)


def _other_number(graphs: Graphs) -> None:
    _stub_of(graphs["links/bc"], "54/CTr-UBND", "2023-05-02", "hành động về chợ nổi và làng nghề", REPORT, 7)


def _circle(graphs: Graphs) -> None:
    graphs["links/nq"].add(RESOLUTION, pl("implementsPolicy"), NamedNode(LETTER))


def _days_differ(graphs: Graphs) -> None:
    for number, (day, said_by) in enumerate((("2023-05-10", PROGRAMME), ("2023-06-01", REPORT))):
        _change(graphs["links/ctr"], f"{PROGRAMME}#e{number:03d}", "commence", PROGRAMME, PROGRAMME, day, said_by)


def _missing(graphs: Graphs) -> None:
    graphs["links/bc"].add(REPORT, pl("implementsPolicy"), NamedNode(ACT_TW))


def _figure(relation: str, outcome: str, share: tuple[str, float] | None = None) -> Callable[[Graphs], None]:
    def fault(graphs: Graphs) -> None:
        graphs["links/figures"] = figure(relation, outcome, "9 chợ", "12 chợ", share)

    return fault


def _twice_given(**other: str) -> Callable[[Graphs], None]:
    """A second letter of the province takes the clause that a task of the programme copies too."""

    def fault(graphs: Graphs) -> None:
        again, links = Graph("lai.txt"), Graph("lai.txt")
        letter = f"{PLACE}uy-ban-nhan-dan/cong-van/2023-06-02/311_ubnd-ktn"
        again.document(
            letter, "311/UBND-KTN", "Công văn", "2023-06-02", "x", PLACE + "uy-ban-nhan-dan", level="province"
        )
        again.unit(letter, 1, "Task", "1", MARKET, lead=(other.get("lead", TRADE),))
        again.deadline(f"{letter}#u001", "trước ngày 15/9/2023", other.get("due", "2023-08-15"))
        graphs["ctr"].deadline(f"{PROGRAMME}#u002", "trong tháng 8", "2023-08-15")
        graphs["ctr"].add(PROGRAMME, pl("level"), "province")
        links.lineage("lai", f"{letter}#u001", f"{RESOLUTION}#u003", "copied", 0.9, ((1010, 3020, MARKET),))
        links.lineage("ctr", f"{PROGRAMME}#u002", f"{RESOLUTION}#u003", "copied", 0.9, ((2010, 3020, MARKET),))
        for name in ("lai", "ctr"):
            links.add(f"{BASE}lineage/{name}", pl("shareCopied"), 0.9)
        graphs["lai"], graphs["links/lai"] = again, links

    return fault


FAULTS: dict[str, Callable[[Graphs], None]] = {
    "lineage-without-words": _without_words,
    "link-suspect": _suspect,
    "link-orphaned": _orphaned,
    "dated-before-source": _too_early,
    "implements-each-other": _each_other,
    "unit-without-words": _no_place,
    "one-act-two-files": _twice,
    "due-before-document": _due_before,
    "body-without-name": _nameless,
    "decision-suspect": _decided("suspect", "rejected"),
    "decision-orphaned": _decided("orphaned"),
    "decision-ambiguous": _decided("ambiguous", "corrected"),
    "source-no-longer-in-force": _ended,
    "cited-by-another-date": _other_date,
    "cited-by-another-number": _other_number,
    "implements-in-a-circle": _circle,
    "change-dates-differ": _days_differ,
    "load-next": _missing,
    "same-task-other-leader": _twice_given(lead=FINANCE),
    "same-task-other-deadline": _twice_given(due="2023-09-15"),
    "figure-disagreement": _figure("disagrees", "differs"),
    "figure-arithmetic": _figure("reports", "inconsistent", ("85%", 75.0)),
}


def found_in(folder: Path, graphs: Graphs) -> dict[str, str]:
    with EmbeddedStore(folder) as store:
        store.replace({graph_name(key): graph.triples for key, graph in graphs.items()})
    with open_store(folder, read_only=True) as store:
        return {finding.check: finding.message for finding in checks.findings(store, "vi")}


@pytest.mark.parametrize("check", FAULTS)
def test_the_fault_is_found(tmp_path: Path, check: str) -> None:
    graphs = story()
    FAULTS[check](graphs)
    found = found_in(tmp_path / "s", graphs)
    assert check in found
    assert set(found) - {"citation-ambiguous"} == {check} | (
        {"dated-before-source"} if check in ("implements-each-other", "implements-in-a-circle") else set()
    )
    assert "{" not in found[check]


def test_the_same_task_given_alike_is_no_fault(tmp_path: Path) -> None:
    graphs = story()
    _twice_given()(graphs)
    assert set(found_in(tmp_path / "s", graphs)) == {"citation-ambiguous"}


def test_a_successor_that_leads_is_no_fault(tmp_path: Path) -> None:
    graphs = story()
    _twice_given(lead=FINANCE)(graphs)
    for name, body in {"original": TRADE, "resulting": FINANCE}.items():
        graphs["ctr"].add(BASE + "event/1", NamedNode(f"http://www.w3.org/ns/org#{name}Organization"), NamedNode(body))
    assert set(found_in(tmp_path / "s", graphs)) == {"citation-ambiguous"}


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert sorted([*FAULTS, "citation-ambiguous"]) == checks.names()


def test_the_story_has_one_finding(tmp_path: Path) -> None:
    with open_store(fill(tmp_path / "s"), read_only=True) as store:
        found = list(checks.findings(store, "vi"))
    assert [(row.check, row.where, row.file) for row in found] == [
        ("citation-ambiguous", "310/UBND-KTN", "cv_truong_linh.txt")
    ]
    assert "«Quyết định 21/QĐ-UBND»" in found[0].message
    assert "2 văn bản" in found[0].message
    assert ACT_TW not in found[0].message


@pytest.mark.parametrize("name", checks.names())
def test_each_check_says_what_a_row_means_in_both_languages(name: str) -> None:
    query = checks.text(name)
    messages = checks.messages(query)
    assert set(messages) == {"vi", "en"}
    projected = set(re.findall(r"[?](\w+)", query[query.index("SELECT") : query.index("WHERE")]))
    for message in messages.values():
        assert set(re.findall(r"\{(\w+)\}", message)) <= projected
