"""The workbook of an impact: one row per pair to decide, work by body, and back through ``lineage decide``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from kg.build import build
from kg.decisions import stored_decisions
from kg.store import open_store
from policylineage.cli import app
from policylineage.exits import FINDINGS, OK, USAGE
from policylineage.impact_book import DECISIONS
from policylineage.messages import Lang, Say

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
ACT = SAMPLES / "02-nghi-quyet-08-2023-nq-hdnd.txt"
AMENDING = SAMPLES / "08-nghi-quyet-19-2024-nq-hdnd-sua-doi.md"
NUMBER = "08/2023/NQ-HĐND"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store") as store:
        build(store, [SAMPLES])
    return tmp_path / "store"


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(folder))
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def run(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


def at(key: str) -> int:
    return DECISIONS.index(key)


def test_out_decided_and_back(call: Any, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "viec.xlsx"
    assert call("impact", NUMBER, "--amended-by", AMENDING, "--out", path).exit_code == OK
    book = load_workbook(path)
    assert book.sheetnames == [
        "Quyết định",
        "Việc theo cơ quan",
        "Thay đổi mà dự thảo thực hiện",
        "Văn bản bị ảnh hưởng",
    ]
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[3]]
    assert headings == [Say(Lang.vi)(f"column.{key}") for key in DECISIONS]
    rows = list(sheet.iter_rows(min_row=4))
    assert len(rows) == 4
    assert any("9.500 ha → 7.800 ha (giảm)" in str(row[at("because")].value) for row in rows)
    words = {"06-ke-hoach-88-kh-ubnd-son-thach#u003": "bỏ", "06-ke-hoach-88-kh-ubnd-son-thach#u008": "giữ"}
    for row in rows:
        row[at("decision")].value = words.get(str(row[at("task")].value))
    book.save(path)
    done = call("decide", path, "--who", "Lê Thị Bình", "--format", "json")
    assert json.loads(done.stdout)["decided"] == 2
    with open_store(folder, read_only=True) as store:
        assert {(made.verdict, made.task.id) for made in stored_decisions(store)} == {
            ("rejected", "06-ke-hoach-88-kh-ubnd-son-thach#u003"),
            ("confirmed", "06-ke-hoach-88-kh-ubnd-son-thach#u008"),
        }
    again = call("impact", NUMBER, "--amended-by", AMENDING, "--format", "json")
    left = {
        (item["task"]["place"]["unit"]["id"], item["task"]["source"]["unit"]["id"]): item["task"]["grade"]
        for item in json.loads(again.stdout)["work"]
    }
    act = "02-nghi-quyet-08-2023-nq-hdnd"
    assert ("06-ke-hoach-88-kh-ubnd-son-thach#u003", f"{act}#u012") not in left
    assert left["06-ke-hoach-88-kh-ubnd-son-thach#u008", f"{act}#u017"] == "confirmed"


def test_a_change_needs_its_new_source(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "viec.xlsx"
    call("impact", NUMBER, "--amended-by", AMENDING, "--out", path)
    book = load_workbook(path)
    book.worksheets[0].cell(4, at("decision") + 1).value = "sửa"
    book.worksheets[0].cell(5, at("decision") + 1).value = "sửa → 02-nghi-quyet-08-2023-nq-hdnd#u011"
    book.save(path)
    done = call("decide", path, "--who", "An", "--format", "json")
    assert done.exit_code == FINDINGS
    assert (json.loads(done.stdout)["decided"], [p["row"] for p in json.loads(done.stdout)["problems"]]) == (1, [4])


def test_the_list_of_each_body(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "viec.xlsx"
    assert call("impact", NUMBER, "--out", path).exit_code == OK
    sheet = load_workbook(path).worksheets[1]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    bodies = [row[0] for row in rows]
    assert len(rows) > 36  # those who coordinate have the task on their list too
    assert bodies[-1] == "(không nêu cơ quan)"
    assert {row[1] for row in rows} == {"Chủ trì", "Phối hợp", None}
    assert bodies == sorted(bodies, key=bodies.index)
    assert all(row[6] for row in rows)


def test_a_comparison_without_store_has_its_changes_only(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    words = ["impact", "--compare", str(ACT), str(AMENDING), "--store", str(tmp_path / "none"), "--out", str(path)]
    assert CliRunner().invoke(app, words).exit_code == OK
    assert load_workbook(path).sheetnames[0] == "Thay đổi theo mục"


def test_other_suffixes_are_refused(call: Any, tmp_path: Path) -> None:
    assert call("impact", NUMBER, "--out", tmp_path / "x.csv").exit_code == USAGE
