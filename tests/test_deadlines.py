"""When a unit is due, as loaders/deadlines.py reads it."""

from __future__ import annotations

import itertools
import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.deadlines import Term, find_deadlines, stated_term

Row = tuple[str, str | None, str | None]

STATED: dict[str, list[Row]] = {
    "Báo cáo Ủy ban nhân dân tỉnh trước ngày 10 tháng 12 năm 2026.": [
        ("trước ngày 10 tháng 12 năm 2026", "2026-12-10", None)
    ],
    "Trước ngày 05/6/2026, gửi dự thảo; hoàn thành trước 30/6/2026.": [
        ("Trước ngày 05/6/2026", "2026-06-05", None),
        ("trước 30/6/2026", "2026-06-30", None),
    ],
    "Phấn đấu đến cuối năm 2026 có thêm 04 xã đạt chuẩn.": [("đến cuối năm 2026", "2026-12-31", None)],
    "Tỷ lệ tăng thêm 1,2% (cuối năm 2026 đạt 94%).": [("cuối năm 2026", "2026-12-31", None)],
    "Rà soát quy hoạch, hoàn thành trong quý II/2026.": [("trong quý II/2026", "2026-06-30", None)],
    "Hoàn thiện hồ sơ (hoàn thành chậm nhất trong Quý I năm 2026).": [
        ("chậm nhất trong Quý I năm 2026", "2026-03-31", None)
    ],
    "Trình phê duyệt, hoàn thành trong tháng 2/2028.": [("trong tháng 2/2028", "2028-02-29", None)],
    "Tháo gỡ khó khăn xong trước tháng 3 năm 2026.": [("trước tháng 3 năm 2026", "2026-02-28", None)],
    "Gửi báo cáo chậm nhất là ngày 20 tháng 11 năm 2026.": [
        ("chậm nhất là ngày 20 tháng 11 năm 2026", "2026-11-20", None)
    ],
    "Duy trì chính sách đến hết ngày 31/12/2026.": [("đến hết ngày 31/12/2026", "2026-12-31", None)],
    "Đến năm 2030, có trên 70% xã đạt chuẩn.": [("Đến năm 2030", "2030-12-31", None)],
    "Tỷ lệ lao động nữ đạt 50% vào năm 2030.": [("vào năm 2030", "2030-12-31", None)],
    "Trong năm 2026 có thêm 08 sản phẩm.": [("Trong năm 2026", "2026-12-31", None)],
    "Hoàn thành trong 6 tháng đầu năm 2026.": [("trong 6 tháng đầu năm 2026", "2026-06-30", None)],
    "Báo cáo (qua Sở Nội vụ tổng hợp) trước ngày 18 hằng tháng và tháng cuối quý.": [
        ("trước ngày 18 hằng tháng và tháng cuối quý", None, "monthly day 18")
    ],
    "Định kỳ ngày 20 hàng tháng, các chủ đầu tư báo cáo.": [("Định kỳ ngày 20 hàng tháng", None, "monthly day 20")],
    "Tổng hợp, báo cáo trước ngày 25/12 hằng năm.": [("trước ngày 25/12 hằng năm", None, "yearly 12-25")],
    "Gửi số liệu trước ngày 20 của tháng cuối quý.": [("trước ngày 20 của tháng cuối quý", None, "quarterly day 20")],
    "Báo cáo tuần trước 15:00 ngày thứ Sáu hằng tuần.": [("trước 15:00 ngày thứ Sáu hằng tuần", None, "weekly")],
    "Kiểm tra tiến độ; định kỳ hằng quý, báo cáo kết quả.": [("định kỳ hằng quý", None, "quarterly")],
    "Định kỳ hằng tháng, quý, đánh giá và báo cáo trước ngày 18 hằng tháng.": [
        ("trước ngày 18 hằng tháng", None, "monthly day 18")
    ],
    "Trong thời hạn 03 ngày làm việc công khai thủ tục.": [("Trong thời hạn 03 ngày làm việc", None, None)],
    "Kiểm tra an toàn hồ chứa trước mùa mưa lũ năm 2026.": [("trước mùa mưa lũ năm 2026", None, None)],
    "Rà soát danh mục. Thời gian thực hiện: thường xuyên.": [("thường xuyên", None, "continuous")],
    "Thời gian hoàn thành: Quý IV năm 2026 và các năm tiếp theo.": [
        ("Quý IV năm 2026 và các năm tiếp theo", "2026-12-31", None)
    ],
    "Gửi hồ sơ không muộn hơn ngày 20/11/2026.": [("không muộn hơn ngày 20/11/2026", "2026-11-20", None)],
    "Xây dựng xã không ma túy ngay trong năm 2026.": [("trong năm 2026", "2026-12-31", None)],
    "Thực hiện chính sách đến hết tháng 6 năm 2026.": [("đến hết tháng 6 năm 2026", "2026-06-30", None)],
    "Rà soát, định kỳ 06 tháng báo cáo Ủy ban nhân dân tỉnh.": [("định kỳ 06 tháng", None, "every 6 months")],
    "Thường xuyên.": [("Thường xuyên", None, "continuous")],
    "Năm 2026 và các năm tiếp theo": [("Năm 2026 và các năm tiếp theo", "2026-12-31", None)],
    "Quý II/2026.": [("Quý II/2026", "2026-06-30", None)],
    "Hằng năm": [("Hằng năm", None, "yearly")],
}
UNSTATED = [
    "Ưu tiên vốn cho các dự án hoàn thành trong năm 2026.",
    "Thường xuyên theo dõi, kịp thời đôn đốc, khẩn trương hoàn thành.",
    "Cập nhật Quy hoạch tỉnh Trường Lĩnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050.",
    "Triển khai Nghị quyết về phát triển du lịch đến năm 2030, định hướng đến năm 2035.",
    "Sắp xếp đơn vị hành chính giai đoạn 2026 - 2030.",
    "Thực hiện dự toán ngân sách năm 2026 và kế hoạch trồng rừng năm 2026.",
    "Phổ biến thủ tục mới từ ngày 10 tháng 7 năm 2026.",
    "Tính đến ngày 20 tháng 10 năm 2026, giải ngân được 205 tỷ đồng.",
    "Thực hiện Nghị định số 43/2023/NĐ-CP ngày 30 tháng 6 năm 2023 của Chính phủ.",
    "Hoàn thành các nhiệm vụ được giao trong năm 2026.",
    "Ưu tiên các xã dự kiến hoàn thành trong năm 2026.",
    "Từ ngày 16 đến ngày 22/11/2026, khu vực có mưa lớn.",
    "Áp dụng với hợp đồng đã ký trước ngày 01/7/2026.",
    "Tiêu chuẩn hóa hồ sơ, đánh giá cán bộ theo định kỳ hằng năm.",
    "Phát động phong trào “Về đích trước ngày 19/12/2026”.",
    "Trong năm 2026, tỉnh đã ban hành 12 kế hoạch.",
    "Kinh phí được bố trí từ ngân sách hằng năm.",
]


def surfaces(text: str) -> list[Row]:
    return [(text[term.start : term.end], term.date, term.recurrence) for term in find_deadlines(text)]


def test_the_cases_are_collected() -> None:
    assert len(STATED) >= 25
    assert len(UNSTATED) >= 15


@pytest.mark.parametrize("text", STATED)
def test_stated_terms(text: str) -> None:
    assert surfaces(text) == STATED[text]


@pytest.mark.parametrize("text", UNSTATED)
def test_what_is_no_term(text: str) -> None:
    assert surfaces(text) == []


def test_a_year_is_supplied_where_none_is_printed() -> None:
    text = "Báo cáo trước ngày 15 tháng 12."
    assert find_deadlines(text)[0].date is None
    assert find_deadlines(text, default_year=2026)[0].date == "2026-12-15"


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
