"""Deadlines as iCalendar: folded lines, escapes, stable names, rules where a day is fixed and nothing where none is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from kg.build import build
from kg.store import open_store
from policylineage.cli import app
from policylineage.exits import NOTHING, OK, USAGE
from viz.calendar_file import Due, calendar_file, when

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
PLAN = SAMPLES / "06-ke-hoach-88-kh-ubnd-son-thach.md"


def due(
    day: str | None = "2023-09-15",
    rule: str | None = None,
    issued: str | None = "2023-06-20",
    words: str = "trước ngày 15 tháng 9 năm 2023",
    summary: str = "Sở Tài chính: Bố trí vốn, nghiệm thu; thanh toán",
) -> Due:
    return Due("k", words, day, rule, issued, summary, f"{summary}\nhai dòng", ("Sở Tài chính",))


def lines(content: bytes) -> list[str]:
    """The content lines, unfolded."""
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_deadline_is_an_all_day_event() -> None:
    found = lines(calendar_file([due()], "Thời hạn"))
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-2:] == ["END:VCALENDAR", ""]
    assert {
        "VERSION:2.0",
        "DTSTART;VALUE=DATE:20230915",
        "DTEND;VALUE=DATE:20230916",
        "DTSTAMP:20230620T000000Z",
    } <= set(found)
    assert "SUMMARY:Sở Tài chính: Bố trí vốn\\, nghiệm thu\\; thanh toán" in found
    assert any(line.startswith("DESCRIPTION:") and "\\nhai dòng" in line for line in found)


@pytest.mark.parametrize(
    ("rule", "words", "first", "expected"),
    [
        ("monthly day 18", "trước ngày 18 hằng tháng", "2023-07-18", "FREQ=MONTHLY;BYMONTHDAY=18"),
        ("monthly day 25", "trước ngày 25 hằng tháng", "2023-06-25", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("monthly day 30", "ngày 30 hằng tháng", "2023-06-30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        (
            "quarterly day 20",
            "ngày 20 của tháng cuối quý",
            "2023-09-20",
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
        ),
        ("quarterly day 5", "ngày 5 tháng đầu hằng quý", "2023-07-05", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
        ("yearly 12-25", "trước ngày 25/12 hằng năm", "2023-12-25", "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=25"),
        ("yearly 03-01", "ngày 01 tháng 3 hằng năm", "2024-03-01", "FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=1"),
    ],
)
def test_rules_that_name_a_day_recur(rule: str, words: str, first: str, expected: str) -> None:
    issued = "2023-06-21" if rule.startswith("quarterly") else "2023-06-20"
    found = when(due(None, rule, issued, words))
    assert found == [(date.fromisoformat(first), expected)]
    assert f"RRULE:{expected}" in lines(calendar_file([due(None, rule, issued, words)], "x"))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("monthly", "hằng tháng"),
        ("quarterly day 20", "ngày 20 hằng quý"),
        ("continuous", "thường xuyên"),
        ("every 6 months", "định kỳ 6 tháng"),
        (None, "trong vòng 48 giờ"),
    ],
)
def test_what_fixes_no_day_has_no_place(rule: str | None, words: str) -> None:
    assert when(due(None, rule, words=words)) == []
    assert b"VEVENT" not in calendar_file([due(None, rule, words=words)], "x")


def test_a_rule_with_a_last_year_ends_there() -> None:
    found = when(due("2025-12-31", "monthly day 18", words="trước ngày 18 hằng tháng"))
    assert found == [(date(2023, 7, 18), "FREQ=MONTHLY;BYMONTHDAY=18;UNTIL=20251231")]
    assert when(due("2022-12-31", "monthly day 18", words="trước ngày 18 hằng tháng")) == []


def test_a_rule_of_a_document_without_date_begins_nowhere() -> None:
    assert when(due(None, "monthly day 18", None)) == []
    assert when(due(issued=None)) == [(date(2023, 9, 15), None)]


def test_two_days_a_year_are_two_events() -> None:
    entry = due(None, "yearly 06-15, 12-10", words="trước ngày 15/6 và 10/12 hằng năm")
    assert when(entry) == [
        (date(2024, 6, 15), "FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=15"),
        (date(2023, 12, 10), "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=10"),
    ]
    found = lines(calendar_file([entry], "x"))
    assert len({line for line in found if line.startswith("UID:")}) == found.count("BEGIN:VEVENT") == 2


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_words_give_lines_that_calendars_can_read(summary: str, words: str) -> None:
    content = calendar_file([due(summary=summary, words=words)], words)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    assert b"\n" not in content.replace(b"\r\n", b"")
    names = [line.partition(":")[0].partition(";")[0] for line in lines(content) if line]
    assert set(names) <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART"),
        *("DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"),
    }
    assert names.count("BEGIN") == names.count("END") == 2


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("calendar") / "store"
    with open_store(place) as store:
        build(store, [SAMPLES])
    return place


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(folder))
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def run(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in ("calendar", *words)])

    return run


def test_the_command_writes_all_that_has_a_day_and_tells_the_rest(call: Any, tmp_path: Path) -> None:
    out = tmp_path / "han.ics"
    done = call("--out", out)
    assert done.exit_code == OK
    content = out.read_bytes()
    events = content.count(b"BEGIN:VEVENT")
    assert events >= 15
    assert f": {events} mục lịch" in done.stdout
    assert content.count(b"RRULE:") >= 4
    assert "Không đưa vào lịch vì lời văn không ấn định ngày: «" in done.output
    names = re.findall(rb"UID:(\S+)", content)
    assert len(set(names)) == len(names) == events


def test_the_same_store_gives_the_same_bytes(call: Any, tmp_path: Path) -> None:
    call("--out", tmp_path / "a.ics")
    call("--out", tmp_path / "b.ics")
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()


def test_names_outlive_ids_that_shift(call: Any, tmp_path: Path) -> None:
    """A paragraph put in above changes every unit's id, and no entry's name."""
    corpus = tmp_path / "vb"
    corpus.mkdir()
    text = PLAN.read_text(encoding="utf-8")
    place = text.index("**I. ") if "**I. " in text else text.index("I. ")
    (corpus / PLAN.name).write_text(text, encoding="utf-8")
    found = []
    for _ in range(2):
        with open_store(tmp_path / "kho") as store:
            build(store, [corpus])
        assert call("--out", tmp_path / "han.ics", "--store", tmp_path / "kho").exit_code == OK
        found.append(set(re.findall(rb"UID:(\S+)", (tmp_path / "han.ics").read_bytes())))
        (corpus / PLAN.name).write_text(
            f"{text[:place]}Thực hiện chỉ đạo của cấp trên, huyện triển khai như sau:\n\n{text[place:]}",
            encoding="utf-8",
        )
    assert found[0] == found[1]
    assert len(found[0]) >= 2


def test_only_the_deadlines_of_a_body(call: Any, tmp_path: Path) -> None:
    call("--out", tmp_path / "all.ics")
    assert call("--out", tmp_path / "one.ics", "--body", "Sở Công Thương").exit_code == OK
    everything, one = ((tmp_path / name).read_bytes() for name in ("all.ics", "one.ics"))
    assert 0 < one.count(b"BEGIN:VEVENT") < everything.count(b"BEGIN:VEVENT")
    assert "Sở Công Thương" in one.decode("utf-8").replace("\r\n ", "")
    assert call("--out", tmp_path / "x.ics", "--body", "Sở Không Có").exit_code == NOTHING
    assert not (tmp_path / "x.ics").exists()


def test_other_suffixes_are_refused(call: Any, tmp_path: Path) -> None:
    assert call("--out", tmp_path / "x.txt").exit_code == USAGE
