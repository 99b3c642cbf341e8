"""Which clauses are taken up, which tasks have no source and why: on fictional graphs, the samples, the real documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pyoxigraph import NamedNode
from story import (
    ACT_TW,
    BASE,
    DECISION_22,
    FINANCE,
    LETTER,
    MARKET,
    PROGRAMME,
    REPORT,
    RESOLUTION,
    TRADE,
    Graph,
    graph_name,
    pl,
    story,
)
from typer.testing import CliRunner, Result

from kg.build import build
from kg.store import EmbeddedStore, open_store
from policylineage.cli import app
from policylineage.commands.coverage import Part
from policylineage.coverage_tables import BODIES, CLAUSES, DOCUMENTS, GAPS, REASONS, SOURCES, STATE_KEYS, WHY_KEYS
from policylineage.exits import NOTHING, OK, SEVERAL, USAGE
from policylineage.messages import messages
from queries.coverage import Coverage, coverage
from queries.gaps import WHYS, TaskSources, sources_of_all
from queries.reader import Reader

DEMO = Path(__file__).resolve().parent.parent / "policylineage" / "demo"
LINKS = "links/ctr"
Change = Callable[[dict[str, Graph]], None]


def made(folder: Path, change: Change | None = None) -> Path:
    """The story in a store, changed first where a test asks for it."""
    graphs = story()
    if change:
        change(graphs)
    with EmbeddedStore(folder) as store:
        store.replace({graph_name(key): graph.triples for key, graph in graphs.items()})
    return folder


def covered(folder: Path, act: str = RESOLUTION, change: Change | None = None) -> Coverage:
    with open_store(made(folder, change), read_only=True) as store:
        reader = Reader(store)
        return coverage(reader, reader.document(act))


def sources(folder: Path, change: Change | None = None) -> dict[str, TaskSources]:
    with open_store(made(folder, change), read_only=True) as store:
        return {row.document.iri: row for row in sources_of_all(Reader(store))}


def paths(found: Coverage, status: str) -> list[str]:
    return [row.place.unit.path for row in found.clauses if row.status == status and row.place.unit]


def test_tasks_and_targets_are_to_be_covered_headings_and_idle_statements_are_not(tmp_path: Path) -> None:
    found = covered(tmp_path / "s")
    assert paths(found, "covered") == ["II.1", "II.2"]
    assert paths(found, "uncovered") == ["III.-1"]
    assert found.summary.kinds == {"task": {"covered": 2, "uncovered": 0}, "target": {"covered": 0, "uncovered": 1}}


def test_a_statement_counts_once_something_comes_from_it(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        graphs[LINKS].lineage("ctr-u004-a", f"{PROGRAMME}#u004", f"{RESOLUTION}#u001", "adapted", 0.4)

    found = covered(tmp_path / "s", change=change)
    assert paths(found, "covered") == ["preamble", "II.1", "II.2"]
    assert found.summary.without == 0


def test_what_takes_a_clause_up_is_told_with_distance_and_the_weakest_grade_on_the_way(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        graphs["cv"].unit(LETTER, 9, "Task", "9", "Mở thêm lớp dạy nghề dệt lá cọ.", lead=(FINANCE,))
        graphs["links/cv"].lineage("cv-u009-a", f"{LETTER}#u009", f"{PROGRAMME}#u003", "copied", 0.9)

    market, weaving, _ = covered(tmp_path / "s", change=change).clauses
    assert [(up.place.iri, up.grade, up.distance) for up in market.uptakes] == [
        (f"{PROGRAMME}#u002", "copied", 1),
        (f"{LETTER}#u002", "copied", 2),
    ]
    assert [(up.place.iri, up.grade, up.distance) for up in weaving.uptakes] == [
        (f"{PROGRAMME}#u003", "adapted", 1),
        (f"{LETTER}#u009", "adapted", 2),
    ]
    assert weaving.bodies == ("Sở Công Thương", "Sở Tài chính")


def test_tasks_that_come_from_each_other_end_where_they_meet(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        graphs[LINKS].lineage("back", f"{PROGRAMME}#u002", f"{LETTER}#u002", "copied", 0.9)

    assert len(covered(tmp_path / "s", change=change).clauses[0].uptakes) == 2


def test_a_clause_over_others_is_covered_through_them(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        graphs["nq"].unit(RESOLUTION, 6, "Task", "IV.1", "Về làng nghề:", within=2)
        graphs["nq"].unit(RESOLUTION, 7, "Task", "IV.1.a", "Mở phòng trưng bày nón lá.", within=6)
        graphs["nq"].unit(RESOLUTION, 8, "Task", "IV.1.b", "Lập hội nghề đan lát.", within=6)
        graphs[LINKS].lineage("ctr-u004-a", f"{PROGRAMME}#u004", f"{RESOLUTION}#u007", "adapted", 0.5)

    found = covered(tmp_path / "s", change=change)
    by_path = {row.place.unit.path: row for row in found.clauses if row.place.unit}
    assert (by_path["IV.1"].status, by_path["IV.1"].through, by_path["IV.1"].uptakes) == ("covered", 1, ())
    assert by_path["IV.1.b"].status == "uncovered"


def test_documents_that_implement_the_act_at_any_distance_and_no_mere_mention(tmp_path: Path) -> None:
    found = covered(tmp_path / "s")
    assert [(row.document.iri, row.relation, row.distance) for row in found.documents] == [
        (PROGRAMME, "implements", 1),
        (LETTER, "implements", 2),
    ]
    assert REPORT not in [row.document.iri for row in found.documents]
    for row in found.documents:
        assert row.here + row.elsewhere + row.without == row.tasks


def test_a_document_of_which_only_a_task_comes_from_the_act_owes_it_nothing_else(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        graphs["bc"].unit(REPORT, 2, "Task", "1", "Mở lớp dệt lá cọ.")
        graphs["bc"].unit(REPORT, 3, "Task", "2", "Trực ban mùa lũ.")
        graphs["links/bc"].lineage("bc-u002-a", f"{REPORT}#u002", f"{RESOLUTION}#u004", "copied", 0.8)

    found = covered(tmp_path / "s", change=change)
    report = next(row for row in found.documents if row.document.iri == REPORT)
    assert (report.relation, report.tasks, report.here, report.without) == ("task", 2, 1, 1)
    assert [gap.place.document.iri for gap in found.without_source] == [PROGRAMME]
    assert found.matrix[-1].body is None
    assert (found.matrix[-1].path, found.matrix[-1].lead) == ("II.2", 1)


def test_the_matrix_counts_who_leads_and_who_coordinates_each_clause(tmp_path: Path) -> None:
    rows = [(row.body, row.path, row.lead, row.coordinate) for row in covered(tmp_path / "s").matrix]
    assert rows == [("Sở Công Thương", "II.1", 2, 0), ("Sở Công Thương", "II.2", 1, 0), ("Sở Tài chính", "II.1", 0, 1)]


def test_suspect_links_cover_and_are_counted(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        graphs[LINKS].add(f"{BASE}lineage/ctr-u003-a", pl("status"), "suspect")

    found = covered(tmp_path / "s", change=change)
    assert (found.summary.covered, found.summary.suspect) == (2, 1)
    assert found.clauses[1].uptakes[0].status == "suspect"


def test_an_act_outside_the_corpus_has_documents_but_no_known_clauses(tmp_path: Path) -> None:
    found = covered(tmp_path / "s", ACT_TW)
    assert found.clauses == ()
    assert RESOLUTION in [row.document.iri for row in found.documents]


def why(folder: Path, change: Change) -> tuple[str, str | None]:
    """Why the programme's task without clause has none, after ``change``."""
    (gap,) = sources(folder, change)[PROGRAMME].without_source
    return gap.why, gap.reason


def test_the_reason_that_the_inherited_link_carries_is_told(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        link = graphs[LINKS].lineage("i", f"{PROGRAMME}#u004", RESOLUTION, "inherited", 0.1)
        graphs[LINKS].add(
            link, NamedNode("http://www.w3.org/2000/01/rdf-schema#comment"), "không thấy điểm tương ứng trong 12-NQ/TU"
        )

    assert why(tmp_path / "s", change) == ("inherited", "không thấy điểm tương ứng trong 12-NQ/TU")


def test_a_link_without_reason_and_no_link_under_an_implementing_document_are_faults(tmp_path: Path) -> None:
    def bare(graphs: dict[str, Graph]) -> None:
        graphs[LINKS].lineage("i", f"{PROGRAMME}#u004", RESOLUTION, "inherited", 0.1)

    assert why(tmp_path / "a", bare)[0] == "unexplained"
    assert why(tmp_path / "b", lambda graphs: None)[0] == "unexplained"


def test_a_task_that_names_an_act_only(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        link = graphs[LINKS].lineage("c", f"{PROGRAMME}#u004", ACT_TW, "cited", 0.5)
        graphs[LINKS].add(link, NamedNode("http://www.w3.org/2000/01/rdf-schema#comment"), "nhiệm vụ dẫn 05-NQ/TW")

    assert why(tmp_path / "s", change)[0] == "cited"


def test_a_rejected_source_is_said_to_be_rejected(tmp_path: Path) -> None:
    def change(graphs: dict[str, Graph]) -> None:
        decision = f"{BASE}decision/1"
        for name, value in (("onTask", NamedNode(f"{PROGRAMME}#u004")), ("onSource", NamedNode(RESOLUTION))):
            graphs[LINKS].add(decision, pl(name), value)
        graphs[LINKS].add(decision, pl("verdict"), "rejected")

    assert why(tmp_path / "s", change)[0] == "rejected"


@pytest.mark.parametrize(
    ("relation", "resolved", "expected"),
    [
        ("implements", False, "unclear"),
        ("legal-basis", True, "basis"),
        ("mentions", True, "no-act"),
        (None, False, "no-act"),
    ],
)
def test_a_task_without_link_is_explained_by_what_its_document_cites(
    tmp_path: Path, relation: str | None, resolved: bool, expected: str
) -> None:
    plan = f"{BASE}vn/truong-linh/so-y-te/kh/2023-07-01/7_kh-syt"

    def change(graphs: dict[str, Graph]) -> None:
        graphs["kh"] = g = Graph("kh_truong_linh.txt")
        g.document(plan, "7/KH-SYT", "Kế hoạch", "2023-07-01", "trạm y tế", TRADE)
        g.unit(plan, 1, "Task", "1", "Sửa trạm y tế Đông Lăng.")
        if relation:
            citation = g.citation(plan, 0, "Quyết định số 21/QĐ-UBND", relation)
            if resolved:
                g.add(citation, pl("resolvesTo"), NamedNode(DECISION_22))

    row = sources(tmp_path / "s", change)[plan]
    assert row.gaps == {expected: 1}
    (gap,) = row.without_source
    assert gap.words == (("Quyết định số 21/QĐ-UBND",) if expected == "unclear" else ())
    assert [act.number for act in gap.acts] == (["21/QĐ-UBND"] if expected == "basis" else [])


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(made(tmp_path / "store")))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["coverage", *words])

    return run


def test_the_table_is_vietnamese_and_the_json_has_the_status_words(call: Any) -> None:
    done = call("12-NQ/TU")
    assert done.exit_code == OK
    assert "3 điều khoản (nhiệm vụ, chỉ tiêu): 2 đã tiếp nhận (67%), 1 đứt mạch" in done.stdout
    assert "uncovered" not in done.stdout
    data = json.loads(call("12-NQ/TU", "--format", "json").stdout)
    assert [row["status"] for row in data["clauses"]] == ["covered", "covered", "uncovered"]
    assert data["summary"]["covered"] == 2
    assert "1 uncovered" in call("12-NQ/TU", "--lang", "en").stdout


def test_as_of_a_day_before_the_letter_only_the_programme_takes_clauses_up(call: Any) -> None:
    now = json.loads(call("12-NQ/TU", "--format", "json").stdout)
    dates = {row["document"]["iri"]: row["document"]["date"] for row in now["documents"]}
    assert dates[PROGRAMME] < dates[LETTER]
    then = json.loads(call("12-NQ/TU", "--as-of", dates[PROGRAMME], "--format", "json").stdout)
    assert then["as_of"] == dates[PROGRAMME]
    assert [row["document"]["iri"] for row in then["answer"]["documents"]] == [PROGRAMME]
    taken = [up["place"]["document"]["iri"] for row in then["answer"]["clauses"] for up in row["uptakes"]]
    assert taken
    assert set(taken) == {PROGRAMME}
    assert [state["act"]["iri"] for state in then["states"]] == [now["act"]["iri"]]


@pytest.mark.parametrize("part", list(Part))
def test_each_table_as_csv_with_stable_headings(call: Any, part: Part) -> None:
    rows = list(csv.reader(io.StringIO(call("12-NQ/TU", "--format", "csv", "--only", part).stdout.lstrip("\ufeff"))))
    headings = {"clauses": CLAUSES, "matrix": ("body", "II.1", "II.2", "III.-1"), "tasks": GAPS, "documents": DOCUMENTS}
    assert tuple(rows[0]) == headings[part]
    assert len(rows) > 1
    assert all(len(row) == len(rows[0]) for row in rows)
    if part is Part.matrix:
        assert ["Sở Công Thương", "2 lead", "lead", ""] in rows


def test_a_number_of_several_acts_lists_them(call: Any) -> None:
    done = call("21/QĐ-UBND")
    assert done.exit_code == SEVERAL
    assert ("2022-01-14" in done.stdout, "2023-02-03" in done.stdout) == (True, True)


def test_wrong_calls(call: Any, tmp_path: Path) -> None:
    assert call().exit_code == USAGE
    assert call("12-NQ/TU", "--all").exit_code == USAGE
    assert call("99-NQ/TU").exit_code == NOTHING
    refused = call("12-NQ/TU", "--out", str(tmp_path / "x.pdf"))
    assert (refused.exit_code, ".xlsx" in refused.stderr) == (USAGE, True)
    assert not (tmp_path / "x.pdf").exists()


def test_the_workbook_has_the_four_sheets(call: Any, tmp_path: Path) -> None:
    target = tmp_path / "ket-qua.xlsx"
    assert call("12-NQ/TU", "--out", str(target)).exit_code == OK
    book = load_workbook(target)
    assert book.sheetnames == ["Tổng hợp", "Điều khoản", "Ma trận", "Nhiệm vụ không rõ nguồn"]
    clauses = [[cell.value for cell in row] for row in book["Điều khoản"].iter_rows()]
    assert clauses[1][:3] == ["Đường dẫn", "Loại", "Tình trạng"]
    assert [row[2] for row in clauses[2:]] == ["đã tiếp nhận", "đã tiếp nhận", "đứt mạch"]
    matrix = [[cell.value for cell in row] for row in book["Ma trận"].iter_rows()]
    assert matrix[2][1].startswith(f"II.1: {MARKET[:10]}")
    assert ["Sở Công Thương", "2 CT", "CT", None] in matrix
    gaps = [[cell.value for cell in row] for row in book["Nhiệm vụ không rõ nguồn"].iter_rows()]
    assert gaps[-1][5] == "Báo cáo kết quả thực hiện hằng quý."


def test_all_documents_with_totals_and_reasons(call: Any, tmp_path: Path) -> None:
    done = call("--all", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"))))
    by_id = {row["document"]: row for row in rows}
    assert set(by_id) == {"12-NQ/TU", "45/CTr-UBND", "310/UBND-KTN", "88/BC-SCT", "total"}
    assert (by_id["45/CTr-UBND"]["tasks"], by_id["45/CTr-UBND"]["copied"]) == ("3", "1")
    assert "Vì sao không rõ điều khoản nguồn" in call("--all").stdout
    target = tmp_path / "all.xlsx"
    assert call("--all", "--out", str(target)).exit_code == OK
    assert load_workbook(target).sheetnames == ["Tổng hợp", "Lý do", "Nhiệm vụ không rõ nguồn"]


def test_every_column_and_word_has_its_message() -> None:
    columns = {*CLAUSES, *GAPS, *DOCUMENTS, *BODIES, *SOURCES, *REASONS}
    wanted = {f"column.{name}" for name in columns} | set(WHY_KEYS.values()) | set(STATE_KEYS.values())
    assert len(wanted) > 40
    assert wanted - set(messages()) == set()
    assert tuple(WHY_KEYS) == WHYS


# --- whole corpora --------------------------------------------------------------------------------------------------


def every_task_is_explained(folder: Path, documents: Path) -> list[TaskSources]:
    with open_store(folder) as store:
        build(store, [documents])
        rows = sources_of_all(Reader(store))
    for row in rows:
        assert sum(row.clauses.values()) + sum(row.gaps.values()) == row.tasks, row.document.id
        assert "unexplained" not in row.gaps, row.document.id
        assert all(gap.reason for gap in row.without_source if gap.why in ("cited", "inherited"))
    return rows


def test_every_task_of_the_samples_has_a_source_or_a_reason(tmp_path: Path) -> None:
    rows = every_task_is_explained(tmp_path / "s", DEMO)
    assert len(rows) == 13
    assert sum(row.tasks for row in rows) > 50
    assert sum(sum(row.clauses.values()) for row in rows) > 25


def test_every_task_of_the_real_documents_has_a_source_or_a_reason(tmp_path: Path, shared: Path) -> None:
    rows = every_task_is_explained(tmp_path / "s", shared / "corpus")
    assert len(rows) == 5
    assert sum(row.tasks for row in rows) > 150
    assert sum(sum(row.clauses.values()) for row in rows) >= 20
