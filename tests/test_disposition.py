"""The list of documents taken over: what it says of the sample documents, out to Excel, filled in, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from kg.build import build
from kg.dispositions import Disposition, holding, keep_dispositions, stored_dispositions
from kg.store import EmbeddedStore, open_store
from policylineage.cli import app
from policylineage.commands.disposition import COLUMNS
from policylineage.exits import FINDINGS, OK, USAGE
from policylineage.messages import Lang, Say
from policylineage.spreadsheet import Sheet, workbook
from queries.disposition import STATUSES, InheritedRow, inherited
from queries.reader import Reader

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
NOW = "2026-11-24"
DECISION = COLUMNS.index("disposal") + 1
NOTE, IRI, NUMBER = (COLUMNS.index(key) for key in ("note", "iri", "number"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("disposition") / "store"
    with EmbeddedStore(place) as store:
        build(store, [SAMPLES])
    return place


@pytest.fixture(scope="module")
def every(folder: Path) -> list[InheritedRow]:
    with open_store(folder, read_only=True) as store:
        return inherited(Reader(store), NOW)


@pytest.fixture(scope="module")
def rows(every: list[InheritedRow]) -> dict[str, InheritedRow]:
    """By number; of two with one number the loaded one."""
    return {row.document.id: row for row in reversed(every)}


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(folder))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


# --- what the list says ---------------------------------------------------------------------------------------------


def test_all_documents_of_the_province_are_there_loaded_ones_first(every: list[InheritedRow]) -> None:
    loaded = [row.document.in_corpus for row in every]
    assert sum(loaded) == 13
    assert loaded == sorted(loaded, reverse=True)
    assert sum(not found for found in loaded) >= 3
    assert not [row for row in every if row.document.level == "centre"]


def test_a_status_is_what_words_prove(rows: dict[str, InheritedRow]) -> None:
    replaced = rows["31/2019/QĐ-UBND"]
    assert replaced.status == "replace"
    (change,) = replaced.changes
    assert change.by_name is not None
    assert "27/2024/QĐ-UBND" in change.by_name
    assert change.words is not None
    assert "31/2019/QĐ-UBND" in change.words.text
    assert {number: rows[number].status for number in ("44/2018/NQ-HĐND", "1107/QĐ-UBND")} == {
        "44/2018/NQ-HĐND": "expire",
        "1107/QĐ-UBND": "expire",
    }
    assert rows["08/2023/NQ-HĐND"].status == "parts"
    assert {change.kind for change in rows["08/2023/NQ-HĐND"].changes} >= {"amend", "repeal", "supplement"}
    assert rows["19/2024/NQ-HĐND"].status == "in-force"
    assert (rows["45/CTr-UBND"].status, rows["45/CTr-UBND"].changes) == ("unknown", ())


def test_the_status_is_that_of_the_day(folder: Path) -> None:
    with open_store(folder, read_only=True) as store:
        then = {row.document.id: row for row in inherited(Reader(store), "2024-01-01")}
    assert then["31/2019/QĐ-UBND"].status == "unknown"
    assert then["31/2019/QĐ-UBND"].changes == ()


def test_then_and_now_with_the_basis(rows: dict[str, InheritedRow]) -> None:
    letter = rows["1215/UBND-NNTN"]
    assert letter.issuer is not None
    assert letter.issuer.main[0].name == "Ủy ban nhân dân tỉnh Trường Lĩnh"
    heirs = {found.body: [owner.name for owner in found.main] for found in letter.bodies}
    assert heirs["Sở Nông nghiệp và Phát triển nông thôn tỉnh Trường Lĩnh"] == [
        "Sở Nông nghiệp và Môi trường tỉnh Trường Lĩnh"
    ]
    basis = next(found.basis for found in letter.bodies if found.body.startswith("Sở Nông nghiệp"))
    assert basis[0].startswith("Nghị định 45/2025/NĐ-CP")
    district = rows["88/KH-UBND"]
    assert district.issuer is not None
    assert "xã, phường, đặc khu trên địa bàn huyện Sơn Thạch cũ" in (district.issuer.main[0].name or "")


def test_only_the_province_asked_for(folder: Path) -> None:
    with open_store(folder, read_only=True) as store:
        assert len(inherited(Reader(store), NOW, "tỉnh Trường Lĩnh")) >= 16
        assert inherited(Reader(store), NOW, "Quảng Ngãi") == []


# --- out and back ---------------------------------------------------------------------------------------------------


def _fill(path: Path, words: dict[str, tuple[str, str]]) -> None:
    """Fill in the first row of each number."""
    book = openpyxl.load_workbook(path)
    left = dict(words)
    for line in book.worksheets[0].iter_rows(min_row=2):
        if line[NUMBER].value in left:
            line[DECISION - 1].value, line[NOTE].value = left.pop(str(line[NUMBER].value))
    assert not left
    book.save(path)


def test_out_filled_in_and_back(call: Any, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.xlsx"
    assert call("disposition", "--out", str(path), "--on", NOW).exit_code == OK
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [Say(Lang.vi)(f"column.{key}") for key in COLUMNS]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(IRI + 1)].hidden
    assert {row[DECISION - 1].value for row in sheet.iter_rows(min_row=2)} == {None}
    assert sheet.data_validations.dataValidation[0].formula1 == '"giữ,sửa,bỏ"'

    words = {"45/CTr-UBND": ("Giữ", ""), "31/2019/QĐ-UBND": ("bãi bỏ", "đã thay"), "88/KH-UBND": ("để xem", "")}
    _fill(path, words)
    done = call("disposition", "--in", str(path), "--who", "Lê Thị Bình")
    assert done.exit_code == FINDINGS
    assert "«để xem» không phải giữ, sửa hoặc bỏ" in done.stdout
    assert "Đã ghi 2 quyết định; 0 đã có từ trước" in done.stdout
    with open_store(folder, read_only=True) as store:
        found = {one.disposal: one for one in stored_dispositions(store)}
    assert set(found) == {"keep", "drop"}
    assert (found["drop"].who, found["drop"].note, found["keep"].note) == ("Lê Thị Bình", "đã thay", None)
    assert found["drop"].document.endswith("31_2019_qdd-ubnd")

    again = json.loads(call("disposition", "--in", str(path), "--format", "json").stdout)
    assert (again["decided"], again["known"], len(again["problems"])) == (0, 2, 1)


def test_decisions_survive_a_build_and_stand_in_the_next_list(call: Any, folder: Path, tmp_path: Path) -> None:
    with open_store(folder) as store:
        document = Reader(store).files["05-chi-thi-06-ct-ubnd.txt"]
        keep_dispositions(store, [Disposition(document, "amend", "Trần Văn An", "2026-02-01T00:00:00Z")])
        build(store, [SAMPLES])
        assert holding(store)[document].disposal == "amend"
    path = tmp_path / "danh-muc.xlsx"
    assert call("disposition", "--out", str(path), "--lang", "en").exit_code == OK
    lines = {row[IRI]: row for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert lines[document][DECISION - 1] == "amend"
    _fill(path, {"06/CT-UBND": ("keep", "")})
    assert call("disposition", "--in", str(path), "--who", "Lê Thị Bình").exit_code == OK
    with open_store(folder, read_only=True) as store:
        assert (holding(store)[document].disposal, holding(store)[document].who) == ("keep", "Lê Thị Bình")
        assert len([one for one in stored_dispositions(store) if one.document == document]) == 2


def test_the_list_on_screen_as_json_and_csv(call: Any) -> None:
    done = call("disposition", "--on", NOW)
    assert done.exit_code == OK
    assert f"tính đến ngày {NOW}" in done.stdout
    assert "chưa xác định" in done.stdout
    found = json.loads(call("disposition", "--format", "json").stdout)
    assert {"document", "issuer", "bodies", "status", "changes", "life", "disposition"} <= set(found[0])
    assert {row["status"] for row in found} <= set(STATUSES)
    assert call("disposition", "--format", "csv").stdout.splitlines()[0].lstrip("\ufeff") == ",".join(COLUMNS)


def test_wrong_calls_and_wrong_files(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    assert call("disposition", "--in", str(path), "--out", str(path)).exit_code == USAGE
    assert call("disposition", "--out", str(tmp_path / "x.csv")).exit_code == USAGE
    assert call("disposition", "--in", str(path)).exit_code == USAGE
    path.write_bytes(b"no workbook")
    assert call("disposition", "--in", str(path)).exit_code == USAGE
    path.write_bytes(workbook([Sheet("x", ("A",), [["1"]])]))
    assert "không thấy hàng tiêu đề" in call("disposition", "--in", str(path)).output


def test_a_document_that_the_store_lacks_is_told(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    line = ["https://w3id.org/policy-lineage/vn/x/y", "giữ", "12/QĐ-UBND"]
    path.write_bytes(workbook([Sheet("x", ("iri", "disposal", "number"), [line])]))
    done = call("disposition", "--in", str(path))
    assert done.exit_code == FINDINGS
    assert "Kho không có văn bản «12/QĐ-UBND»" in done.stdout


def test_the_newest_holds_whatever_the_order_they_were_stored(tmp_path: Path) -> None:
    late = Disposition("https://example.org/a", "drop", "An", "2026-03-02T00:00:00Z", "muộn")
    early = Disposition("https://example.org/a", "keep", "Bình", "2026-03-01T00:00:00Z")
    with EmbeddedStore(tmp_path / "store") as store:
        keep_dispositions(store, [])
        assert stored_dispositions(store) == []
        for one in (late, early):
            keep_dispositions(store, [one])
        assert stored_dispositions(store) == [early, late]
        assert holding(store) == {"https://example.org/a": late}
