"""The figures a unit states, as loaders/quantities.py reads them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.quantities import find_quantities, read_number
from ontology.tables import table

EXAMPLES: list[dict[str, Any]] = table("units_of_measure.toml", "loaders")["example"]


def figures(text: str, is_target: bool = True) -> list[tuple[float, str, str]]:
    return [(q.value, q.unit, q.comparator) for q in find_quantities(text, is_target)]


def test_the_table_holds_examples_of_both_kinds() -> None:
    assert sum(bool(row["figures"]) for row in EXAMPLES) >= 9
    assert sum(not row["figures"] for row in EXAMPLES) >= 3


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"][:40])
def test_every_example_of_the_table(row: dict[str, Any]) -> None:
    assert figures(row["text"], row["target"]) == [tuple(figure) for figure in row["figures"]]


def test_the_table_is_canonical() -> None:
    rows = table("units_of_measure.toml", "loaders")
    text = json.dumps(rows, ensure_ascii=False)
    assert text == unicodedata.normalize("NFC", text)
    lists = list(rows["number"].values())
    assert len(lists) == 7
    for words in lists:
        assert words == sorted(set(words))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12,28", 12.28),
        ("14.560", 14560),
        ("1.074,84", 1074.84),
        ("2.139.743", 2139743),
        ("03", 3),
        ("1.5", 1.5),
        ("0,07", 0.07),
    ],
)
def test_vietnamese_numbers(printed: str, value: float) -> None:
    assert read_number(printed) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng đàn bò 85.500 con; tổng đàn trâu 24.200 con.", [(85500, "con", "="), (24200, "con", "=")]),
        ("Dân số trung bình năm 2026 khoảng 712 nghìn người.", [(712, "nghìn người", "~")]),
        ("Đón 1,8 triệu lượt khách du lịch.", [(1.8, "triệu lượt khách", "=")]),
        ("Diện tích nuôi trồng thủy sản 980ha.", [(980, "ha", "=")]),
        (
            "Có từ 66% thôn, bản trở lên đạt chuẩn; 75% trường học an toàn.",
            [(66, "%", ">="), (75, "%", "=")],
        ),
        ("Độ che phủ rừng đạt 61,4%, trong đó rừng trồng đạt 12% trở lên.", [(61.4, "%", "="), (12, "%", ">=")]),
        ("Bình quân toàn tỉnh đạt 16,3 tiêu chí/xã.", [(16.3, "tiêu chí/xã", "=")]),
        (
            "Tỷ số giới tính 111 bé trai/100 bé gái.",
            [(111, "bé trai/100 bé gái", "=")],
        ),
        ("Tăng từ 15% lên 20%.", [(15, "%", "="), (20, "%", "=")]),
        ("Tỷ lệ hộ nghèo ≤ 3%; thu nhập tối đa 60 triệu đồng.", [(3, "%", "<="), (60, "triệu đồng", "<=")]),
        ("Giải ngân từ 90 % đến 95 % kế hoạch vốn.", [(90, "%", ">="), (95, "%", "<=")]),
        ("Có 05/05 xã đạt chuẩn.", [(5, "xã", "=")]),
        ("Đạt 13 bác sĩ trên 10.000 dân.", [(13, "bác sĩ trên 10.000 dân", "=")]),
        (
            "Thu nhập bình quân 60-65 triệu đồng/người/năm.",
            [(60, "triệu đồng/người", ">="), (65, "triệu đồng/người", "<=")],
        ),
        ("Thuộc nhóm 30 tỉnh dẫn đầu; gấp 1,5 lần.", [(1.5, "lần", "=")]),
        ("Ước đạt 2.712 tỷ đồng, đạt 57,1% dự toán.", [(2712, "tỷ đồng", "="), (57.1, "%", "=")]),
    ],
)
def test_targets_and_results(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Họp ngày 10/10/2026 tại Điều 5, khoản 2, mục 3 của Quyết định số 27/QĐ-UBND.",
        "Doanh nghiệp 100% vốn nhà nước thực hiện báo cáo.",
        "Hạ tầng 5G, dịch Covid-19 và cách mạng công nghiệp 4.0 năm 2026.",
        "Trẻ dưới 6 tuổi, người từ 65 tuổi trở lên.",
        "Trong 6 tháng đầu năm và 10 tháng năm 2026.",
        "Số điện thoại 0260 3862 319.",
        "Nghị quyết Trung ương 5 khóa XII.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_in_a_task_a_count_must_be_aimed_at() -> None:
    assert figures("Thực hiện 03 đề án và 02 kế hoạch.", is_target=False) == []
    assert figures("Phấn đấu thu hút đầu tư 01 nhà máy dược liệu và 02 nhà máy gỗ.", is_target=False) == [
        (1, "nhà máy", "="),
        (2, "nhà máy", "="),
    ]
    assert figures("Giảm tai nạn giao thông trên cả 03 tiêu chí.", is_target=False) == [(3, "tiêu chí", "=")]
    assert figures("Giảm tai nạn giao thông trên cả ba tiêu chí.", is_target=False) == [(3, "tiêu chí", "=")]
    assert figures("Phong trào “500 ngày hoàn thành 3.000 km đường”.", is_target=False) == []


def test_in_a_report_what_is_counted_is_a_figure() -> None:
    text = "Công nhận kết quả đấu giá 57 thửa đất; có 02 vụ ngộ độc, 258 doanh nghiệp; protein 4,5 leucine."
    assert [q.value for q in find_quantities(text, is_target=False, is_report=True)] == [57, 2, 258]
    assert find_quantities("Trình 57 thửa đất.", is_target=False) == []


def test_a_capital_begins_a_name() -> None:
    assert figures("8 Trường Tiểu học Vân Khê; 03 Chương trình mục tiêu quốc gia.") == []
    assert figures("Xây 8 trường tiểu học.") == [(8, "trường", "=")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giá trị xuất khẩu đạt ít nhất 140 triệu USD.", ["Giá trị xuất khẩu"]),
        ("Khu vực dịch vụ: 41-42%.", ["Khu vực dịch vụ", "Khu vực dịch vụ"]),
        (
            "Tỷ lệ hộ dùng nước sạch tăng thêm 0,5% (cuối năm 2026 đạt 91%).",
            ["Tỷ lệ hộ dùng nước sạch, tăng thêm", "Tỷ lệ hộ dùng nước sạch"],
        ),
        ("80% trường học đạt chuẩn an toàn.", ["trường học đạt chuẩn an toàn"]),
        ("Phấn đấu có thêm 06 xã đạt chuẩn.", ["xã đạt chuẩn"]),
        (
            "Cấp nước cho đồng bào, phấn đấu nâng tỷ lệ dân nông thôn dùng nước sạch đến cuối năm 2026 đạt 91%.",
            ["tỷ lệ dân nông thôn dùng nước sạch"],
        ),
        (
            "Tổng đàn bò 9.000 con, đạt 97% kế hoạch, bằng 104% so với cùng kỳ.",
            ["Tổng đàn bò", "Tổng đàn bò, so với kế hoạch", "Tổng đàn bò, so với cùng kỳ"],
        ),
        ("Lắp mới trạm phát (Viễn thông A: 25 trạm, Viễn thông B: 33 trạm).", ["Viễn thông A", "Viễn thông B"]),
        (
            "Tổ chức tuyên truyền tại 100% nhà trường và trên 70% khu công nghiệp.",
            ["nhà trường", "khu công nghiệp"],
        ),
        (
            "Tỷ lệ hộ có đất ở đạt 98%; kim ngạch 10 tháng đầu năm 2026 đạt 7 triệu USD.",
            ["Tỷ lệ hộ có đất ở", "kim ngạch 10 tháng đầu năm 2026"],
        ),
        (
            "Thu ngân sách tăng 10-12%/năm, đến năm 2030 đạt 15.000 tỷ đồng.",
            ["Thu ngân sách, tăng", "Thu ngân sách, tăng", "Thu ngân sách"],
        ),
        ("Có 12 doanh nghiệp với tổng vốn 900 tỷ đồng.", ["doanh nghiệp", "tổng vốn"]),
        ("Xử lý 15 đơn khiếu nại, tố cáo trong năm 2026.", ["đơn khiếu nại, tố cáo (Xử lý)"]),
        ("Xóa 40 nhà tạm trước ngày 31/12/2026.", ["nhà tạm (Xóa)"]),
        ("Tỷ lệ người từ 65 tuổi trở lên đạt 12%.", ["Tỷ lệ người từ 65 tuổi trở lên"]),
    ],
)
def test_what_is_measured(text: str, names: list[str]) -> None:
    assert [q.name for q in find_quantities(text, is_target=True)] == names


@given(st.text(alphabet=st.characters() | st.sampled_from("0123456789.,%-–/() trên"), max_size=200), st.booleans())
def test_any_text_is_accepted_and_spans_lie_in_it(text: str, is_target: bool) -> None:
    for figure in find_quantities(text, is_target):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.unit


@given(
    st.lists(
        st.sampled_from(
            [
                "12,5",
                "%",
                "2.000",
                "ha",
                "trên",
                "từ",
                "trở",
                "lên",
                "dưới",
                "21-22%",
                "đạt",
                "tỷ",
                "đồng",
                "/",
                "1",
                "vạn",
                "dân",
                ";",
                ".",
                ",",
                "(",
                ")",
                "năm",
                "2026",
                "03",
                "xã",
            ]
        ),
        max_size=50,
    ).map(" ".join)
)
def test_figures_of_shuffled_words_slice_back_to_their_number(text: str) -> None:
    for figure in find_quantities(text, is_target=True):
        words = text[figure.start : figure.end]
        spelled = words.startswith("năm ") and figure.value == 5  # "trên năm xã": five of them
        assert spelled or any(character.isdigit() for character in words)
        assert figure.unit.split()[0][0] in words


def test_a_line_of_a_megabyte_is_read() -> None:
    text = "Tỷ lệ che phủ rừng đạt từ 61,5% trở lên (trong đó rừng trồng 2.000 ha); " * 15_000
    assert len(find_quantities(text, is_target=True)) == 30_000


def test_the_hand_made_answers_of_the_real_documents(shared: Path) -> None:
    """Every task and target of the shown documents: value, unit and comparator of each figure."""
    expected: list[tuple[float, str]] = []
    found: list[tuple[float, str]] = []
    for gold in sorted((shared / "gold").glob("0*.json")):
        record = json.loads(gold.read_text(encoding="utf-8"))
        with (shared / "corpus" / Path(record["file"]).name).open(encoding="utf-8", newline="") as file:
            raw = file.read()
        for unit in record["units"]:
            if unit["kind"] in ("task", "target"):
                text = unicodedata.normalize("NFC", " ".join(raw[unit["start"] : unit["end"]].replace("*", "").split()))
                found += [(q.value, q.comparator) for q in find_quantities(text, unit["kind"] == "target")]
                expected += [(q["value"], q["comparator"]) for q in unit["quantities"]]
    assert len(expected) >= 60
    assert found == expected


def test_a_range_rises_and_a_year_before_a_dash_begins_none() -> None:
    assert [(f.comparator, f.value) for f in find_quantities("Trồng mới 12 - 15 ha rừng", is_target=True)] == [
        (">=", 12),
        ("<=", 15),
    ]
    text = "Kết quả thu ngân sách 9 tháng năm 2026 - 40 tỷ đồng"
    (only,) = find_quantities(text, is_target=True)
    assert (only.comparator, only.value, text[only.start : only.end]) == ("=", 40, "40 tỷ đồng")
