"""When a unit is due, as loaders/deadlines.py reads it."""

from __future__ import annotations

import itertools
import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.deadlines import find_deadlines, stated_term
from loaders.whens import Term
from ontology.tables import table

Row = tuple[str, str | None, str | None]

EXAMPLES: list[dict[str, Any]] = table("deadlines.toml", "loaders")["example"]


def surfaces(text: str) -> list[Row]:
    return [(text[term.start : term.end], term.date, term.recurrence) for term in find_deadlines(text)]


def test_the_table_holds_examples_of_both_kinds() -> None:
    assert sum(bool(row["terms"]) for row in EXAMPLES) >= 25
    assert sum(not row["terms"] for row in EXAMPLES) >= 15


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"][:40])
def test_every_example_of_the_table(row: dict[str, Any]) -> None:
    assert surfaces(row["text"]) == [(words, day or None, rule or None) for words, day, rule in row["terms"]]


def test_the_table_is_canonical() -> None:
    rows = table("deadlines.toml", "loaders")
    text = json.dumps(rows, ensure_ascii=False)
    assert text == unicodedata.normalize("NFC", text)
    lists = [*rows["before"].values(), *rows["behind"].values()]
    assert len(lists) == 21
    for words in lists:
        assert words == sorted(set(words))


def test_a_year_is_supplied_where_none_is_printed() -> None:
    text = "Báo cáo trước ngày 15 tháng 12."
    assert find_deadlines(text)[0].date is None
    assert find_deadlines(text, default_year=2026)[0].date == "2026-12-15"


def test_a_term_of_days_has_no_last_day() -> None:
    assert find_deadlines("Gửi hồ sơ chậm nhất 05 ngày làm việc.", default_year=2026)[0].date is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Trong năm 2026, Ủy ban nhân dân các xã phải thực hiện xong việc sửa nhà.", "Trong năm 2026"),
        ("Năm 2026: Rà soát, tổng kết các văn bản.", "Năm 2026"),
        ("Kiện toàn trạm y tế; trong năm 2026 trình đề án mở chợ.", "trong năm 2026"),
        ("Đến năm 2026 xây dựng được 02 trạm y tế.", "Đến năm 2026"),
    ],
)
def test_a_year_that_opens_an_order_is_its_term_unless_it_has_gone_by(text: str, term: str) -> None:
    assert [text[t.start : t.end] for t in find_deadlines(text, default_year=2026)] == [term]
    assert find_deadlines(text, default_year=2027) == []
    assert find_deadlines(text) == []


def test_a_level_of_a_year_gone_by_is_a_result() -> None:
    text = "Nâng tỷ lệ hộ có điện đến năm 2025 đạt 98%."
    assert len(find_deadlines(text, default_year=2025)) == 1
    assert find_deadlines(text, default_year=2026) == []


def test_the_offset_moves_the_spans() -> None:
    text = "Báo cáo trước ngày 15/12/2026."
    assert find_deadlines(text, 100) == [t._replace(start=t.start + 100, end=t.end + 100) for t in find_deadlines(text)]


def test_a_day_of_no_calendar_is_a_term_without_a_date() -> None:
    assert surfaces("Báo cáo trước ngày 31/02/2026.") == [("trước ngày 31/02/2026", None, None)]
    assert surfaces("Báo cáo trước ngày 45/13/2026.") == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("thường xuyên.", Term(0, 12, None, "continuous")),
        (" Hằng năm ", Term(1, 9, None, "yearly")),
        ("Từ ngày 15/11/2026 đến ngày 15/12/2026.", Term(0, 38, "2026-12-15", None)),
        ("Theo tiến độ của cơ quan soạn thảo", Term(0, 34, None, None)),
        ("trước ngày 18 hằng tháng", Term(0, 24, None, "monthly day 18")),
        ("Giai đoạn 2026-2030", Term(0, 19, "2030-12-31", None)),
        ("năm học 2026-2027", Term(0, 17, None, None)),
        ("6/2031", Term(0, 6, "2031-06-30", None)),
        ("Quý II, III/2031", Term(0, 16, "2031-09-30", None)),
        ("Tháng 10-12/2031", Term(0, 16, "2031-12-31", None)),
        ("2031", Term(0, 4, "2031-12-31", None)),
        ("Từ năm 2031", Term(0, 11, None, None)),
        ("13/2031", Term(0, 7, None, None)),
        (" . ", None),
        ("", None),
    ],
)
def test_the_content_of_a_line_is_one_term(content: str, expected: Term | None) -> None:
    assert stated_term(content) == expected


@given(st.text(max_size=300), st.integers(0, 9), st.none() | st.integers(1900, 2100))
def test_any_text_is_accepted_and_spans_lie_in_it(text: str, offset: int, year: int | None) -> None:
    last = offset
    for term in find_deadlines(text, offset, year):
        assert last <= term.start < term.end <= offset + len(text)
        last = term.end
    stated_term(text, offset, year)


@given(
    st.lists(
        st.sampled_from(
            [
                "trước",
                "ngày",
                "18",
                "31",
                "/",
                "2026",
                "tháng",
                "12",
                "năm",
                "quý",
                "IV",
                "hằng",
                "đến",
                "hết",
                "trong",
                "hoàn",
                "thành",
                "(",
                ")",
                ";",
                ".",
                ",",
                "định",
                "kỳ",
                "Thời",
                "gian",
                ":",
                "“",
                "”",
            ]
        ),
        max_size=50,
    ).map(" ".join)
)
def test_shuffled_words_give_real_days(text: str) -> None:
    terms = find_deadlines(text, default_year=2026)
    for term, after in itertools.pairwise(terms):
        assert term.end <= after.start
    for term in terms:
        assert term.date is None or date.fromisoformat(term.date)


def test_a_line_of_a_megabyte_is_read() -> None:
    text = "Báo cáo trước ngày 15/12/2026, hoàn thành trong quý II/2026; " * 16_000
    assert len(find_deadlines(text)) == 32_000


def test_the_hand_made_answers_of_the_real_documents(shared: Path) -> None:
    """Every task and target of the shown documents: as many terms as the answers hold, each within the printed one."""
    checked, stated = 0, 0
    for gold in sorted((shared / "gold").glob("0*.json")):
        record = json.loads(gold.read_text(encoding="utf-8"))
        with (shared / "corpus" / Path(record["file"]).name).open(encoding="utf-8", newline="") as file:
            raw = file.read()
        for unit in record["units"]:
            if unit["kind"] in ("task", "target"):
                text = unicodedata.normalize("NFC", " ".join(raw[unit["start"] : unit["end"]].replace("*", "").split()))
                assert [row[0] for row in surfaces(text)] == unit["deadlines"]
                checked, stated = checked + 1, stated + len(unit["deadlines"])
    assert checked >= 70
    assert stated >= 9
