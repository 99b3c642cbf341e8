"""How answers are printed: nothing cut, ids whole, Vietnamese readable in Excel, stable names for scripts."""

from __future__ import annotations

import csv
import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylineage import output
from policylineage.messages import Lang, Say
from policylineage.options import Format
from policylineage.output import Table

LONG = "nhiệm vụ " * 40
TABLE = Table(
    "Bảng", ("task", "path", "text", "file", "start", "end"), [["kế_hoạch#u001", "II.1", LONG, "a.txt", 10, 20]]
)


def drawn(
    table: Table, columns: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    else:
        monkeypatch.delenv("COLUMNS", raising=False)
    output.show(Say(Lang.vi), table)
    return capsys.readouterr().out


def test_piped_tables_are_neither_wrapped_nor_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = drawn(TABLE, None, monkeypatch, capsys)
    assert LONG.strip() in out
    assert "kế_hoạch#u001" in out


def test_narrow_tables_fold_and_keep_every_letter_of_an_id(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "09-quyet-dinh-27-2024-qd-ubnd-thay-the#u012"
    out = drawn(TABLE._replace(rows=[[name, "II.1", LONG, "a.txt", 10, 20]]), "60", monkeypatch, capsys)
    assert all(len(line) <= 60 for line in out.splitlines())
    first = "".join(line.split("│")[1].strip() for line in out.splitlines() if "│" in line)
    assert first.startswith(name)


def test_a_column_without_content_is_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Table("", ("id", "lead", "text"), [["a#u1", None, "x"], ["a#u2", "", "y"]])
    out = drawn(table, None, monkeypatch, capsys)
    assert "Mã" in out
    assert "Chủ trì" not in out


def test_markup_in_a_document_is_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = drawn(Table("", ("text",), [["[red]x[/red] [link=file:///etc/passwd]y :smile:"]]), None, monkeypatch, capsys)
    assert "[red]x[/red] [link=file:///etc/passwd]y :smile:" in out


def test_csv_starts_with_a_byte_order_mark_and_has_stable_headings() -> None:
    text = output.to_csv(TABLE)
    assert text.startswith("\ufefftask,path,text,file,start,end\n")


def test_csv_text_that_a_spreadsheet_would_calculate_is_led_by_a_blank() -> None:
    rows = [["- Tiếp tục"], ["=1+1"], ["+84"], ["-12,5"], ["@x"], ["plain"], [None], [-3], [0.5]]
    lines = output.to_csv(Table("", ("text",), rows)).splitlines()[1:]
    assert lines == [" - Tiếp tục", " =1+1", "+84", '"-12,5"', " @x", "plain", '""', "-3", "0.50"]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2), max_size=4))
def test_csv_reads_back(rows: list[list[str]]) -> None:
    text = output.to_csv(Table("", ("a", "b"), rows)).removeprefix("\ufeff")
    back = list(csv.reader(io.StringIO(text)))[1:]
    assert [[cell.removeprefix(" ") for cell in row] for row in back] == [
        [cell.removeprefix(" ") for cell in row] for row in rows
    ]


def test_json_keeps_vietnamese_letters() -> None:
    assert output.to_json({"text": "Đ"}) == '{\n  "text": "Đ"\n}'


def test_only_the_first_table_becomes_csv(capsys: pytest.CaptureFixture[str]) -> None:
    output.emit(Say(Lang.vi), Format.csv, None, [TABLE, Table("", ("id",), [["second"]])])
    assert "second" not in capsys.readouterr().out


def test_a_console_of_another_code_page_gets_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    output.use_utf8()
    sys.stdout.write("Đồng")
    sys.stdout.flush()
    assert raw.getvalue() == "Đồng".encode()


def test_a_document_cannot_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "a\x1b[2Jb\x9bc\x07d\u202ee\x00f\x7fg\rh"
    out = drawn(Table(text, ("text",), [[text]]), None, monkeypatch, capsys)
    assert out.count("a\ufffd[2Jb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg") == 2
    assert not set(out) & set("\x1b\x9b\x07\u202e\x00\x7f\r")
