"""Decisions on the command line and through sheets: out, filled in, back; bad rows told by number, the rest goes on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from deciding import ACT, HERBS, MARKET, SCHOOL, corpus, pairs, run, write
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner, Result

from kg.decisions import stored_decisions
from kg.store import EmbeddedStore, open_store
from loaders.text import LoadError
from policylineage.cli import app
from policylineage.decision_sheet import COLUMNS, WORDS, Row, read
from policylineage.exits import FINDINGS, NOTHING, OK, SEVERAL, USAGE
from policylineage.messages import Lang, Say
from queries.decisions import Wish

Call = Callable[..., Result]


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    with EmbeddedStore(tmp_path / "kho") as store:
        run(store, corpus(tmp_path / "vb"))
    return tmp_path / "kho"


@pytest.fixture
def call(kho: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("LINEAGE_STORE", str(kho))
    monkeypatch.setenv("LINEAGE_WHO", "Trần Văn Hòa")
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def called(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return called


def now_in(kho: Path) -> dict[tuple[str, str], tuple[str, str]]:
    with open_store(kho, read_only=True) as store:
        return pairs(store)


def filled(path: Path, decisions: dict[tuple[str, str], dict[str, str]]) -> None:
    """Fill in a written sheet, CSV or XLSX, by task and source."""
    if path.suffix == ".csv":
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        for row in rows:
            row.update(decisions.get((row["task"], row["source"]), {}))
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), delimiter=";")  # as Excel of a Vietnamese Windows saves it
        writer.writeheader()
        writer.writerows(rows)
        path.write_text("\ufeff" + out.getvalue(), encoding="utf-8")
        return
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for line in sheet.iter_rows(min_row=2):
        for key, value in decisions.get((str(line[0].value), str(line[3].value)), {}).items():
            line[COLUMNS.index(key)].value = value
    book.save(path)


FILLED = {
    ("kh#u001", "nq#u001"): {"decision": "giữ", "note": "đã đối chiếu", "who": "Lê Thị Bình"},
    ("kh#u002", "nq#u002"): {"decision": "Sửa → nq#u003"},
    ("cv#u001", "kh#u001"): {"decision": "BỎ"},
}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_out_filled_in_and_back(call: Call, kho: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bảng{suffix}"
    done = call("decide", "--sheet", path)
    assert (done.exit_code, "4 dòng" in done.stdout) == (OK, True)
    filled(path, FILLED)
    done = call("decide", path)
    assert done.exit_code == OK, done.output
    assert "Đã ghi 3 quyết định" in done.stdout
    found = now_in(kho)
    assert found["kh.txt#u001", "nq.txt#u001"] == ("confirmed", "current")
    assert found["kh.txt#u002", "nq.txt#u003"] == ("confirmed", "current")
    assert ("kh.txt#u002", "nq.txt#u002") not in found
    assert ("cv.txt#u001", "kh.txt#u001") not in found
    with open_store(kho, read_only=True) as store:
        made = stored_decisions(store)
    assert [(m.verdict, m.who, m.note) for m in made] == [
        ("rejected", "Trần Văn Hòa", None),
        ("confirmed", "Lê Thị Bình", "đã đối chiếu"),
        ("corrected", "Trần Văn Hòa", None),
    ]
    again = call("decide", path, "--format", "json")
    assert json.loads(again.stdout) == {"decided": 0, "known": 3, "problems": [], "open": 0}
    assert (
        call("decide", "--sheet", path).exit_code == OK
    )  # what was decided stands in the next sheet, the cell is empty
    assert call("decide", path).exit_code == OK


def test_bad_rows_are_told_by_number_and_the_rest_goes_on(call: Call, kho: Path, tmp_path: Path) -> None:
    path = write(
        tmp_path / "b.csv",
        "task,source,decision,new_source",
        "kh#u001,nq#u001,giữ,",
        "kh#u002,nq#u002,có lẽ,",
        "kh#u099,nq#u002,bỏ,",
        "kh#u002,nq#u002,sửa,",
        ",nq#u002,bỏ,",
        "kh,nq#u002,bỏ,",
        "kh#u002,nq#u002,,",
        "kh#u002,kh#u002,giữ,",
        "kh#u002,nq#u002,bác bỏ,",
    )
    done = call("decide", path, "--format", "json")
    assert done.exit_code == FINDINGS
    told = json.loads(done.stdout)
    assert (told["decided"], told["known"]) == (2, 0)
    assert [row["row"] for row in told["problems"]] == [3, 4, 5, 6, 7, 9]
    said = " ".join(row["message"] for row in told["problems"])
    for words in ("«có lẽ»", "«kh#u099»", "cần nguồn mới", "Thiếu mã", "cả văn bản", "phải khác nhau"):
        assert words in said
    assert now_in(kho)["kh.txt#u001", "nq.txt#u001"] == ("confirmed", "current")
    assert ("kh.txt#u002", "nq.txt#u002") not in now_in(kho)
    table = call("decide", path)
    assert table.exit_code == FINDINGS
    assert "6 dòng không dùng được" in table.stdout


def test_rows_that_contradict_each_other_are_told_and_none_of_them_counts(
    call: Call, kho: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bảng.csv"
    lines = ("task,source,decision", "kh#u001,nq#u001,giữ", "kh#u002,nq#u002,bỏ", "kh#u001,nq#u001,bỏ")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = call("decide", path)
    assert done.exit_code == FINDINGS
    assert "các hàng 2, 4 quyết định khác nhau" in " ".join(done.stdout.split())
    assert "Đã ghi 1 quyết định" in done.stdout
    assert [row["task"] for row in json.loads(call("decide", "--format", "json").stdout)] == ["kh#u002"]


def test_the_links_of_the_contract_with_a_column_added_are_a_sheet(call: Call, kho: Path, tmp_path: Path) -> None:
    lines = call("links", "--format", "csv").stdout.splitlines()
    marked = [f"{lines[0]},decision", *(f"{line},bỏ" for line in lines[1:])]
    done = call("decide", write(tmp_path / "l.csv", *marked))
    assert done.exit_code == OK, done.output
    assert "Đã ghi 4 quyết định" in done.stdout
    assert ("cv.txt#u002", "kh.txt") not in now_in(kho)
    assert {grade for grade, _ in now_in(kho).values()} <= {"inherited"}


def test_headings_in_vietnamese_under_a_title_in_any_order(tmp_path: Path) -> None:
    book = Workbook()
    for cells in (
        ["Bảng rà soát"],
        ["Quyết định (giữ, bỏ, sửa)", "Nguồn", "Nhiệm vụ"],
        ["đúng", "nq#u001", "kh#u001"],
        [None, "x", "y"],
    ):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "b.xlsx")
    assert list(read(tmp_path / "b.xlsx", "An")) == [Row(3, Wish("confirmed", "kh#u001", "nq#u001", None, "An"))]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_for_a_decision_is_understood(tmp_path: Path, word: str) -> None:
    path = write(tmp_path / "b.csv", "task\tsource\tdecision\tnew_source", f"kh#u001\tnq#u001\t{word.upper()}\tnq#u002")
    [row] = read(path, "An")
    assert row.wish is not None
    assert row.wish.verdict == WORDS[word]
    assert row.wish.new == ("nq#u002" if WORDS[word] == "corrected" else None)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.ods", b"", "phải là .xlsx hoặc .csv"),
        ("b.csv", "một,hai\n1,2\n".encode(), "không thấy hàng tiêu đề"),
        ("b.csv", "nhiệm vụ".encode("utf-16"), "không thấy hàng tiêu đề"),
        ("b.csv", b"\xff\xfa", "không phải UTF-8"),
        ("b.xlsx", b"PK\x03\x04", "không đọc được bảng tính"),
        ("b.xlsx", b"", "không đọc được bảng tính"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(call: Call, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LoadError, match=said):
        list(read(tmp_path / name, "An"))
    assert call("decide", tmp_path / name).exit_code == USAGE


def test_the_workbook_is_safe_and_made_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = '=HYPERLINK("https://example.org") \x07'
    with EmbeddedStore(tmp_path / "kho") as store:
        run(store, corpus(tmp_path / "vb", f"=1+1 {HERBS}"))
    path = tmp_path / "b.xlsx"
    assert CliRunner().invoke(app, ["decide", "--sheet", str(path), "--store", str(tmp_path / "kho")]).exit_code == OK
    sheet = load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [Say(Lang.vi)(f"column.{key}") for key in COLUMNS]
    texts = [cell for line in sheet.iter_rows(min_row=2) for cell in line if isinstance(cell.value, str)]
    assert any(cell.value.startswith("=1+1") for cell in texts)
    assert {cell.data_type for cell in texts} == {"s"}
    assert sheet.column_dimensions["C"].width >= 40
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    assert '"giữ,bỏ,sửa"' in [rule.formula1 for rule in sheet.data_validations.dataValidation]
    from policylineage.decision_sheet import write as write_sheet

    content = write_sheet(Say(Lang.en), path, [(evil, *[None] * (len(COLUMNS) - 1))])
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", evil.replace("\x07", "\ufffd"))


def test_the_three_commands_show_what_was_decided(call: Call, kho: Path) -> None:
    done = call("confirm", "kh#u001", "nq#u001", "--who", "Lê Thị Bình", "--note", "đúng nguồn")
    assert done.exit_code == OK
    for words in ("xác nhận", "Lê Thị Bình", "đúng nguồn", "kh#u001", HERBS):
        assert words in done.stdout
    assert call("confirm", "kh#u001", "nq#u001", "--who", "Lê Thị Bình").exit_code == OK
    assert call("correct", "kh#u002", "nq#u002", "nq#u003", "--lang", "en").exit_code == OK
    told = json.loads(call("reject", "cv#u001", "kh#u001", "--format", "json").stdout)
    assert [(row["verdict"], row["who"], row["status"]) for row in told] == [("rejected", "Trần Văn Hòa", "current")]
    listed = json.loads(call("decide", "--format", "json").stdout)
    assert [row["verdict"] for row in listed] == ["rejected", "corrected", "confirmed"]
    assert "bác bỏ" in call("decide").stdout
    traced = call("trace", "kh#u001").stdout
    assert "[đã xác nhận" in traced
    assert "Lê Thị Bình xác nhận ngày" in traced


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("confirm", "kh#u099", "nq#u001"), NOTHING),
        (("confirm", "huyen Son Thach", "nq#u001"), NOTHING),
        (("confirm", "kh#u001", "n-"), SEVERAL),
        (("reject", "kh", "nq#u001"), USAGE),
        (("correct", "kh#u001", "nq#u001", "nq#u001"), USAGE),
        (("decide", "a.csv", "--sheet", "b.csv"), USAGE),
        (("decide", "không-có.csv"), USAGE),
        (("confirm", "kh#u001"), USAGE),
    ],
)
def test_wrong_calls_change_nothing(call: Call, kho: Path, words: tuple[str, ...], code: int) -> None:
    write(kho.parent / "hai" / "n-1.txt", ACT.replace("14-", "15-"), "1 Trồng rừng")
    write(kho.parent / "hai" / "n-2.txt", ACT.replace("14-", "16-"), "1 Trồng chè")
    with EmbeddedStore(kho) as store:
        run(store, kho.parent / "hai")
    before = now_in(kho)
    assert call(*words).exit_code == code
    with open_store(kho, read_only=True) as store:
        assert stored_decisions(store) == []
    assert now_in(kho) == before


def test_check_trace_impact_and_links_show_the_status(call: Call, kho: Path, tmp_path: Path) -> None:
    assert call("confirm", "kh#u001", "nq#u001").exit_code == OK
    write(tmp_path / "vb" / "nq.txt", ACT, f"I.1 {HERBS} trước năm 2028", f"I.2 {MARKET}", f"I.3 {SCHOOL}")
    with EmbeddedStore(kho) as store:
        run(store, tmp_path / "vb")
    done = call("check", "--format", "json")
    assert done.exit_code == FINDINGS
    mine = [row["message"] for row in json.loads(done.stdout) if row["check"] == "decision-suspect"]
    assert len(mine) == 1
    for words in ("Trần Văn Hòa đã xác nhận kh#u001 → nq#u001", "trước năm 2028", "Hãy quyết định lại"):
        assert words in mine[0]
    assert "(cần xem lại)" in call("trace", "kh#u001").stdout
    assert "cần xem lại" in call("impact", "14-NQ/TU").stdout
    links = csv.DictReader(io.StringIO(call("links", "--format", "csv").stdout.removeprefix("\ufeff")))
    assert {row["task"]: row["status"] for row in links}["kh.txt#u001"] == "suspect"
    rows = csv.DictReader(io.StringIO(call("impact", "14-NQ/TU", "--format", "csv").stdout.removeprefix("\ufeff")))
    assert {row["task"]: row["status"] for row in rows}["kh#u001"] == "suspect"
    rows = csv.DictReader(io.StringIO(call("trace", "kh#u001", "--format", "csv").stdout.removeprefix("\ufeff")))
    assert next(row["status"] for row in rows) == "suspect"


@pytest.mark.parametrize("broken", ["<worksheet><sheetData><row>", "<", ""])
def test_broken_workbooks_and_endless_cells_are_told(tmp_path: Path, broken: str) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as whole, ZipFile(tmp_path / "b.xlsx", "w") as bad:
        for name in whole.namelist():
            bad.writestr(name, broken if "sheet1.xml" in name else whole.read(name))
    with ZipFile(tmp_path / "c.xlsx", "w") as bad:
        bad.writestr("[Content_Types].xml", broken)
    (tmp_path / "b.csv").write_text('"' + "x" * 200_000, encoding="utf-8")
    for name in ("b.xlsx", "b.csv", "c.xlsx"):
        with pytest.raises(LoadError, match=name):
            list(read(tmp_path / name, "A"))
