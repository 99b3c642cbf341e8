"""Every command on the fictional story: what it prints, in which format, and how it exits."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from story import MARKET, fill
from typer.testing import CliRunner, Result

from policylineage.cli import COMMANDS, app
from policylineage.exits import FINDINGS, NOTHING, OK, SEVERAL, STORE, USAGE

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("cli") / "store")


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(folder))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


def test_help_lists_every_command_and_the_exit_codes(call: Any) -> None:
    done = call("--help")
    assert done.exit_code == OK
    for name in COMMANDS:
        assert f"\n  {name}" in done.stdout
        assert call(name, "--help").exit_code == OK
    assert "Mã thoát" in done.stdout


def test_trace_prints_the_chain_with_words_files_and_offsets(call: Any) -> None:
    done = call("trace", "de an", "cho noi")
    assert done.exit_code == OK
    assert done.stdout.index("310/UBND-KTN") < done.stdout.index("45/CTr-UBND") < done.stdout.index("12-NQ/TU")
    assert f"«{MARKET}» [cv_truong_linh.txt 2027–{2027 + len(MARKET)}]" in done.stdout
    assert "[sao chép, điểm 0.93]" in done.stdout
    assert "05-NQ/TW (2022-11-20, Bộ Chính trị) (chưa có trong kho)" in done.stdout
    assert "Độ mạnh của chuỗi (mắt xích yếu nhất): kế thừa" in done.stdout


def test_trace_in_english(call: Any) -> None:
    done = call("trace", "cho noi", "--lang", "en")
    assert "[copied, score 0.93]" in done.stdout
    assert "Not in the corpus" in done.stdout


def test_trace_as_json_and_csv(call: Any) -> None:
    found = json.loads(call("trace", "cho noi", "--format", "json").stdout)
    assert list(found) == ["start", "hops", "strength", "absent", "ambiguous", "gaps", "recurs"]
    assert found["hops"][0]["passages"][0]["upper"]["file"] == "ctr_truong_linh.txt"
    assert found["hops"][2]["upper"]["unit"] is None
    out = call("trace", "cho noi", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert out.startswith("\ufeff")
    assert [row["grade"] for row in rows] == ["copied", "copied", "inherited"]
    assert [row["upper_path"] for row in rows] == ["1.-1", "II.1", ""]


def test_a_number_of_several_acts_lists_them(call: Any) -> None:
    for command in ("trace", "impact", "show"):
        done = call(command, "21/QĐ-UBND")
        assert done.exit_code == SEVERAL
        assert "2022-01-14" in done.stdout
        assert "2023-02-03" in done.stdout
        names = [
            row["document"]["iri"]
            for row in json.loads(call(command, "21/QĐ-UBND", "--format", "json").stdout)["matches"]
        ]
        assert len(names) == 2
        assert call(command, names[0]).exit_code == OK
        assert call(command, names[0].split("/vn/")[1]).exit_code == OK
    assert call("impact", "21/QĐ-UBND", "2022").exit_code == OK


def test_several_unrelated_matches_are_listed_with_ids_that_work(call: Any) -> None:
    done = call("trace", "thuc hien nghi quyet so")
    assert done.exit_code == SEVERAL
    assert "ctr_truong_linh#u001" in done.stdout
    assert "nq_truong_linh#u001" in done.stdout
    assert call("trace", "ctr_truong_linh#u001").exit_code == OK


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("trace", "không có cụm từ này"), "Không tìm thấy «không có cụm từ này»"),
        (("trace", "99-NQ/TU"), "«99-NQ/TU» chưa có trong kho"),
        (("impact", "99-NQ/TU"), "«99-NQ/TU» chưa có trong kho"),
        (("impact", "12-NQ/TU", "--clause", "IX.9"), "không có mục «IX.9»"),
        (("tasks", "--body", "Sở Thiên văn"), "Không nhiệm vụ nào trong kho nêu cơ quan «Sở Thiên văn»"),
        (("show", "cv_truong_linh#u099"), "Không tìm thấy"),
    ],
)
def test_nothing_found_says_so(call: Any, words: tuple[str, ...], said: str) -> None:
    done = call(*words)
    assert done.exit_code == NOTHING
    assert said in done.stderr
    assert done.stdout == ""


def test_impact_counts_and_lists(call: Any) -> None:
    done = call("impact", "12-NQ/TU")
    assert done.exit_code == OK
    assert "3 văn bản · 4 nhiệm vụ · 2 cơ quan" in done.stdout
    assert "sao chép: 2 · phỏng theo: 1 · kế thừa: 1" in done.stdout
    found = json.loads(call("impact", "12-NQ/TU", "--format", "json").stdout)
    assert found["counts"]["tasks_by_distance"] == {"1": 3, "2": 1}
    bodies = call("impact", "12-NQ/TU", "--only", "bodies", "--format", "csv").stdout
    assert bodies.splitlines()[1:] == ["Sở Công Thương,4,0,1,copied", "Sở Tài chính,0,1,2,copied"]


def test_impact_of_a_clause(call: Any) -> None:
    done = call("impact", "12-NQ/TU", "--clause", "II.1")
    assert "1 nhiệm vụ của các văn bản thực hiện cả văn bản này" in done.stdout
    rows = call("impact", "12-NQ/TU", "--clause", "II.1", "--format", "csv").stdout.splitlines()
    assert [row.split(",")[3] for row in rows[1:]] == ["ctr_truong_linh#u002", "cv_truong_linh#u002"]


def test_impact_of_an_act_outside_the_corpus_says_so(call: Any) -> None:
    assert "05-NQ/TW chưa có trong kho; chỉ biết qua các văn bản viện dẫn nó" in call("impact", "05-NQ/TW").stdout


def test_impact_of_what_nothing_depends_on(call: Any) -> None:
    assert "không có gì phụ thuộc" in call("impact", "88/BC-SCT").stdout


def test_tasks(call: Any) -> None:
    rows = json.loads(call("tasks", "--body", "so tai chinh", "--format", "json").stdout)
    assert [row["place"]["unit"]["id"] for row in rows] == ["cv_truong_linh#u002"]
    assert rows[0]["deadlines"][0]["date"] == "2023-09-15"
    assert rows[0]["sources"] == [{"id": "ctr_truong_linh#u002", "act": "45/CTr-UBND", "grade": "copied"}]
    assert call("tasks", "--due", "tomorrow").exit_code == USAGE
    assert call("tasks", "--due", "2023-13").exit_code == USAGE
    assert len(call("tasks", "--format", "csv").stdout.splitlines()) == 7


def test_show(call: Any) -> None:
    assert "Lê Thị Nguồn" in call("show", "310/UBND-KTN").stdout
    assert "trước ngày 15 tháng 9 năm 2023 → 2023-09-15" in call("show", "cv_truong_linh#u002").stdout
    assert "làng nghề được công nhận = 12" in call("show", "12-NQ/TU", "III.-1").stdout


def test_links_of_the_store_follow_the_contract(call: Any) -> None:
    rows = json.loads(call("links").stdout)
    assert len(rows) == 3
    assert {"task", "source", "grade", "score", "evidence"} <= set(rows[0])
    letter = next(row for row in rows if row["task"]["file"] == "cv_truong_linh.txt")
    assert letter["source"] == {"file": "ctr_truong_linh.txt", "unit": "u002", "start": 2000, "end": 2099}
    assert letter["evidence"] == [{"task": [2027, 2027 + len(MARKET)], "source": [2016, 2016 + len(MARKET)]}]


def test_query(call: Any, tmp_path: Path) -> None:
    prefix = "PREFIX pl: <https://w3id.org/policy-lineage/ontology#>\n"
    ask, select, update = tmp_path / "ask.rq", tmp_path / "select.rq", tmp_path / "update.rq"
    ask.write_text(prefix + 'ASK { ?l pl:grade "copied" }', encoding="utf-8")
    select.write_text(prefix + "SELECT ?grade WHERE { ?l pl:grade ?grade } ORDER BY ?grade", encoding="utf-8")
    update.write_text("DROP ALL", encoding="utf-8")
    assert call("query", str(ask)).stdout == "đúng\n"
    assert call("query", str(ask), "--format", "json").stdout == "true\n"
    assert json.loads(call("query", str(select), "--format", "json").stdout)[0] == {"grade": "adapted"}
    done = call("query", str(update))
    assert (done.exit_code, "DROP" in done.stderr) == (USAGE, True)
    assert call("query", str(tmp_path / "none.rq")).exit_code == USAGE
    (tmp_path / "latin.rq").write_bytes(b"SELECT * WHERE { ?s ?p '\xe9' }")
    assert "UTF-8" in call("query", str(tmp_path / "latin.rq")).stderr


def test_check_exits_with_findings(call: Any) -> None:
    done = call("check", "--format", "json")
    assert done.exit_code == FINDINGS
    assert "citation-ambiguous" in [row["check"] for row in json.loads(done.stdout)]


@pytest.mark.parametrize("suffix", ["ttl", "nq", "trig", "jsonld", "graphml"])
def test_export(call: Any, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"graph.{suffix}"
    assert call("export", "--to", str(target)).exit_code == OK
    assert "12-NQ/TU" in target.read_text(encoding="utf-8")


def test_export_refuses_other_formats(call: Any, tmp_path: Path) -> None:
    done = call("export", "--to", str(tmp_path / "graph.xlsx"))
    assert (done.exit_code, ".graphml" in done.stderr) == (USAGE, True)


def test_browse_writes_a_page(call: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert call("browse", "--out", str(page), "--about", "12-NQ/TU").exit_code == OK
    assert "12-NQ/TU" in page.read_text(encoding="utf-8")


def test_a_missing_store_is_told_in_both_languages(call: Any, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    done = call("trace", "x", "--store", nowhere)
    assert done.exit_code == STORE
    assert done.stderr.startswith(f"{nowhere}: Chưa có kho")
    assert "run `lineage build` first" in call("trace", "x", "--store", nowhere, "--lang", "en").stderr


def test_build_reports_by_file_and_exits_with_1_for_a_skipped_one(call: Any, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    sample = next(iter(sorted(SAMPLES.glob("01*"))))
    (folder / sample.name).write_bytes(sample.read_bytes())
    (folder / "hong.txt").write_bytes(b"\xff\xfe\xfa\xff")
    store = str(tmp_path / "store")
    done = call("build", str(folder), "--store", store)
    assert done.exit_code == FINDINGS
    assert "bỏ qua" in done.stdout
    report = json.loads(call("build", str(folder), "--store", store, "--format", "json").stdout)
    assert (report["unchanged"], len(report["skipped"])) == ([sample.name], 1)
    assert report["skipped"][0]["file"].endswith("hong.txt")


def test_extract_prints_the_contract_and_tells_bad_files(call: Any, tmp_path: Path) -> None:
    sample = next(iter(sorted(SAMPLES.glob("01*"))))
    done = call("extract", str(sample))
    assert done.exit_code == OK
    assert json.loads(done.stdout)[0]["file"] == sample.name
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4")
    mixed = call("extract", str(sample), str(scan), str(tmp_path / "none.txt"))
    assert mixed.exit_code == FINDINGS
    assert len(json.loads(mixed.stdout)) == 1
    assert len(mixed.stderr.splitlines()) == 2


def test_links_of_files(call: Any) -> None:
    samples = [str(path) for path in sorted(SAMPLES.glob("0[14]*"))]
    rows = json.loads(call("links", *samples).stdout)
    assert {row["grade"] for row in rows} <= {"confirmed", "cited", "copied", "adapted", "inherited"}
    assert any(row["source"]["unit"] for row in rows)


def test_demo_goes_the_whole_way(call: Any, tmp_path: Path) -> None:
    done = call("demo", "--store", str(tmp_path / "store"), "--out", str(tmp_path / "page.html"))
    assert done.exit_code == OK
    assert "$ lineage trace" in done.stdout
    assert "Độ mạnh của chuỗi" in done.stdout
    assert (tmp_path / "page.html").stat().st_size > 100_000


def test_common_options_may_stand_before_the_command(call: Any) -> None:
    assert "[copied, score 0.93]" in call("--lang", "en", "trace", "cho noi").stdout
    assert json.loads(call("--format=json", "--lang", "en", "trace", "cho noi").stdout)["strength"] == "inherited"
    assert call("--lang", "en", "--help").exit_code == OK
    assert call("--lang").exit_code == USAGE


def test_wrong_usage(call: Any) -> None:
    assert call("trace").exit_code == USAGE
    assert call("trace", "x", "--format", "xml").exit_code == USAGE
    assert call("nothing").exit_code == USAGE


def test_a_query_file_with_a_byte_order_mark_and_one_that_is_no_utf8(call: Any, tmp_path: Path) -> None:
    for name, content in (("a.rq", "\ufeffASK { ?s ?p ?o }".encode()), ("b.rq", b"\xff")):
        (tmp_path / name).write_bytes(content)
    assert call("query", str(tmp_path / "a.rq")).exit_code == OK
    done = call("query", str(tmp_path / "b.rq"))
    assert done.exit_code == USAGE
    assert "b.rq, byte 0" in done.stderr
