"""Vietnamese dates become ISO dates, and what no calendar has becomes none."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.dates import date_at, find_dates, iso_date, parse_date

PRINTED = {
    "ngày 30 tháng 01 năm 2023": "2023-01-30",
    "ngày 7 tháng 7 năm 2023": "2023-07-07",
    "ngày 30 tháng 01, năm 2023": "2023-01-30",
    "ngày 20 tháng 11/2025": "2025-11-20",
    "ngày 01 tháng12 năm 2025": "2025-12-01",
    "NGÀY 10 THÁNG 11 NĂM 2025": "2025-11-10",
    "ngày 15-5-2023": "2023-05-15",
    "15-5-2023": "2023-05-15",
    "02–12–2022": "2022-12-02",
    "27/11/2024": "2024-11-27",
    "ngày 03/ 12/2025": "2025-12-03",
    "ngày 27.11.2024": "2024-11-27",
    "ngay 14 tháng 9 năm 2026": "2026-09-14",
}
NO_DATE = [
    "31/02/2024",
    "ngày 32 tháng 1 năm 2023",
    "tháng 5 năm 2023",
    "2021-2025",
    "6 tháng cuối năm 2023",
    "24/7",
    "ngay tháng 9 năm 2026",
    "",
]


def test_every_shape_is_read() -> None:
    assert {text: parse_date(text) for text in PRINTED} == PRINTED
    assert len(PRINTED) == 13


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert list(find_dates(text)) == []


def test_dates_are_found_in_order_with_their_places() -> None:
    text = "từ ngày 01 tháng 3 năm 2024 đến 15/4/2024 (giai đoạn 2021-2025)"
    found = list(find_dates(text))
    assert [d.iso for d in found] == ["2024-03-01", "2024-04-15"]
    assert [text[d.start : d.end] for d in found] == ["ngày 01 tháng 3 năm 2024", "15/4/2024"]


def test_a_date_is_read_only_where_it_stands() -> None:
    text = "số 12 ngày 1/2/2024"
    found = date_at(text, 6)
    assert found is not None
    assert found.iso == "2024-02-01"
    assert date_at(text, 0) is None
    assert date_at(text, 6, len(text) - 1) is None  # the year is cut off by the limit


def test_iso_date_refuses_impossible_days() -> None:
    assert iso_date(29, 2, 2024) == "2024-02-29"
    assert iso_date("29", "2", "2023") is None


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_survives_every_shape(day: datetime.date) -> None:
    d, m, y = day.day, day.month, day.year
    for text in (f"ngày {d} tháng {m} năm {y}", f"{d:02}/{m:02}/{y}", f"{d}-{m}-{y}", f"{d}.{m}.{y}"):
        assert parse_date(text) == day.isoformat()


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for found in find_dates(text):
        assert datetime.date.fromisoformat(found.iso)
