"""Workbooks: text is never a formula, headings stand still, what Excel cannot hold is not written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from policylineage.messages import Lang, Say
from policylineage.output import Table
from policylineage.spreadsheet import FILLS, LONGEST, WIDEST, Sheet, sheet_of, workbook, write_workbook

HOSTILE = [
    '=HYPERLINK("http://example.org","xem")',
    "=1+1",
    "+84 260 386",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "#REF!",
    "#N/A",
    "<b>đậm</b> & ]]>",
    "Quy hoạch\nhai dòng",
]


def opened(*sheets: Sheet) -> Any:
    return load_workbook(io.BytesIO(workbook(sheets, "Sổ thử")))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    content = workbook([Sheet("A", ("Nội dung",), [(text,)])])
    cell = load_workbook(io.BytesIO(content))["A"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_what_a_clerk_could_turn_into_a_formula_has_a_quote_prefix() -> None:
    page = opened(Sheet("A", ("x",), [("=1+1",), ("Sở Y tế",)]))["A"]
    assert [bool(page[place].quotePrefix) for place in ("A2", "A3")] == [True, False]


def test_headings_and_notes_are_text_too() -> None:
    page = opened(Sheet("A", ("=1+1",), [("x",)], notes=("=2+2",)))["A"]
    assert [(page[place].value, page[place].data_type) for place in ("A1", "A2")] == [("=2+2", "s"), ("=1+1", "s")]


def test_characters_that_xml_cannot_hold_are_shown_as_replaced() -> None:
    page = opened(Sheet("A", ("x",), [("a\x00b\x0b\ud800\u202ec",)]))["A"]
    assert page["A2"].value == "a\ufffdb\ufffd\ufffd\ufffdc"


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    page = opened(Sheet("A", ("a", "b", "c"), [(3, 0.935, None)]))["A"]
    assert [page[place].value for place in ("A2", "B2", "C2")] == [3, 0.935, None]
    assert page["B2"].number_format == "0.00"


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    value = opened(Sheet("A", ("x",), [("ă" * (LONGEST + 5),)]))["A"]["A2"].value
    assert (len(value), value[-1]) == (LONGEST, "…")


def test_the_heading_row_is_frozen_filtered_and_repeated_in_print() -> None:
    page = opened(Sheet("A", ("Cơ quan", "Nhiệm vụ"), [("Sở Y tế", 2)], notes=("Sổ thử", "hai dòng"), fixed=1))["A"]
    assert page.freeze_panes == "B4"
    assert page.auto_filter.ref == "A3:B4"
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page["A3"].font.bold
    assert page["A4"].alignment.wrap_text


def test_columns_are_as_wide_as_their_words_within_limits() -> None:
    page = opened(Sheet("A", ("STT", "Nội dung", "Cơ quan"), [(1, "chữ " * 100, "Sở Công Thương")]))["A"]
    widths = [page.column_dimensions[name].width for name in "ABC"]
    assert widths[1] == WIDEST
    assert widths[0] < widths[2] < WIDEST
    assert page.row_dimensions[2].height > 60


def test_tints_colour_a_cell_or_a_row() -> None:
    page = opened(Sheet("A", ("x", "y"), [("a", "b"), ("c", "d")], tints={(0, 1): "good", (1, -1): "bad"}))["A"]
    colours = [page[place].fill.fgColor.rgb[-6:] for place in ("B2", "A3", "B3")]
    assert colours == [FILLS["good"], FILLS["bad"], FILLS["bad"]]
    assert page["A2"].fill.fill_type is None


def test_columns_to_choose_from_to_widen_and_to_hide() -> None:
    made = Sheet(
        "A",
        ("a", "b", "c"),
        [("x", None, "y")],
        ("Sổ",),
        choices={1: ("giữ", "bỏ")},
        widths={1: 17},
        hidden=frozenset({2}),
    )
    page = opened(made)["A"]
    rule = page.data_validations.dataValidation[0]
    assert (rule.formula1, str(rule.sqref), bool(rule.showErrorMessage)) == ('"giữ,bỏ"', "B3", False)
    assert page.column_dimensions["B"].width == 17
    assert [page.column_dimensions[name].hidden for name in "ABC"] == [False, False, True]


def test_titles_are_made_fit_for_excel() -> None:
    book = opened(Sheet("Văn bản [12/NQ]: rất dài, dài hơn ba mươi mốt chữ", ("x",), []), Sheet("[]", ("x",), []))
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    assert len(book.sheetnames) == 2


def test_tables_of_the_command_line_get_vietnamese_headings_and_all_columns() -> None:
    table = Table("t", ("task", "lead", "file"), [("a", "Sở Y tế", "b.txt")], frozenset({"file"}))
    sheet = sheet_of(Say(Lang.vi), table, "Nhiệm vụ")
    assert sheet.headings == ["Nhiệm vụ", "Chủ trì", "Tệp"]
    assert sheet_of(Say(Lang.en), table, "Tasks").headings == ["Task", "Lead", "File"]


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    write_workbook(target, [Sheet("A", ("x",), [("y",)])], "Sổ thử")
    assert load_workbook(target).properties.title == "Sổ thử"
    with pytest.raises(OSError, match="none"):
        write_workbook(tmp_path / "none" / "so.xlsx", [Sheet("A", ("x",), [])])
    assert [path.name for path in tmp_path.iterdir()] == ["so.xlsx"]
