"""Tables of targets: what their rows set, in whose charge, and which tables set none (loaders/targettables.py)."""

from __future__ import annotations

import pytest

from loaders.records import Unit
from loaders.structure import read_units
from loaders.targettables import target_columns
from loaders.text import read_text

HEAD = "| TT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2030 | Kế hoạch năm 2031 | Cơ quan chủ trì theo dõi, đánh giá |"
ROWS = """
| --- | --- | --- | --- | --- | --- |
| **I** | **Kinh tế** | | | | |
| 1 | Tỷ lệ hồ sơ nộp qua mạng | % | 71,5 | ≥ 80,5 | Sở Nội vụ |
| 2 | Hợp tác xã thành lập mới | Hợp tác xã | 11 | 12 - 15 | Sở Công Thương |
| 3 | Xếp hạng năng lực cạnh tranh | Thứ bậc | | ≤ 3 Tây Sơn; không quá 20 Cả nước | Sở Tài chính |
| 4 | Số khách đến bản Vân Khê | Nghìn lượt | 1.050 | 1.250 | Sở Du lịch |
| 5 | Chất lượng đường thôn | | Khá | Đi được cả mùa mưa | Sở Xây dựng |
| 6 | Về văn hóa | | | | |
| 6.1 | Thôn có nhà văn hóa | % | 88 | 100% | Sở Nội vụ |
"""


def rows(head: str, kind: str = "Kế hoạch") -> dict[str, Unit]:
    text = "PHỤ LỤC\nHỆ THỐNG CHỈ TIÊU\n\n" + head + ROWS
    found = read_units(read_text("bang.md", text), kind, [], 2031)
    for unit in found:
        for figure in unit.quantities:
            assert figure.surface == text[figure.start : figure.end]
    return {
        text[unit.start : unit.end].split("|")[0].strip(" *"): unit
        for unit in found
        if "|" in text[unit.start : unit.end]
    }


def test_each_row_sets_the_level_of_its_column_in_its_unit() -> None:
    found = rows(HEAD)
    assert {number: unit.kind for number, unit in found.items()} == {
        "TT": "heading", "I": "heading", "6": "heading", **dict.fromkeys(("1", "2", "3", "4", "5", "6.1"), "target")
    }  # fmt: skip
    assert found["1"].lead == ("Sở Nội vụ",)
    levels = {n: [(q.comparator, q.value, q.unit, q.surface) for q in found[n].quantities] for n in found}
    assert levels["1"] == [(">=", 80.5, "%", "≥ 80,5")]
    assert levels["2"] == [(">=", 12, "Hợp tác xã", "12 - 15"), ("<=", 15, "Hợp tác xã", "12 - 15")]
    assert [(s, v) for s, v, _, _ in levels["3"]] == [("<=", 3), ("<=", 20)]
    assert [q.name for q in found["3"].quantities] == [
        "Xếp hạng năng lực cạnh tranh (Tây Sơn)",
        "Xếp hạng năng lực cạnh tranh (Cả nước)",
    ]
    assert levels["4"] == [("=", 1250, "Nghìn lượt", "1.250")]
    assert levels["5"] == []
    assert levels["6.1"] == [("=", 100, "%", "100%")]


def test_a_report_and_a_table_without_levels_set_no_target() -> None:
    assert "target" not in {unit.kind for unit in rows(HEAD, "Báo cáo").values()}
    reached = HEAD.replace("Kế hoạch năm 2031", "Ước thực hiện năm 2031")
    assert "target" not in {unit.kind for unit in rows(reached).values()}


def test_several_columns_of_levels_are_named() -> None:
    found = rows(HEAD.replace("Thực hiện năm 2030", "Kế hoạch năm 2030"))
    assert [(q.name, q.value) for q in found["4"].quantities] == [
        ("Số khách đến bản Vân Khê (Kế hoạch năm 2030)", 1050),
        ("Số khách đến bản Vân Khê (Kế hoạch năm 2031)", 1250),
    ]


@pytest.mark.parametrize(
    ("names", "sets"),
    [
        (["TT", "Tên chỉ tiêu", "ĐVT", "Đến năm 2035"], True),
        (["TT", "Mục tiêu", "Đơn vị", "Giai đoạn 2031 - 2035"], True),
        (["TT", "Chỉ tiêu", "Đơn vị tính", "Hiện trạng năm 2030"], False),
        (["TT", "Chỉ tiêu", "Đơn vị thực hiện", "Kế hoạch năm 2031"], True),
        (["TT", "Tên vật tư", "Đơn vị tính", "Kế hoạch năm 2031"], False),
    ],
)
def test_which_columns_make_a_table_of_targets(names: list[str], sets: bool) -> None:
    assert (target_columns(dict(enumerate(names))) is not None) is sets


def test_a_unit_may_stand_in_brackets_behind_the_name_of_a_row() -> None:
    found = rows(HEAD.replace("Đơn vị tính", "Ghi chú").replace("Cơ quan", "Đơn vị"))
    assert [(q.value, q.unit) for q in found["6.1"].quantities] == [(100, "%")]
    named = target_columns({1: "Chỉ tiêu", 2: "Năm 2031"})
    assert named is not None
    figures = list(named.figures([(1, 0, "Rừng trồng mới (ha)"), (2, 21, "1.250")]))
    assert [(f.name, f.value, f.unit, f.start) for f in figures] == [("Rừng trồng mới", 1250, "ha", 21)]


PLACES = {1: "TT", 2: "Địa phương", 3: "Cam (ha)", 4: "Khách (nghìn lượt)", 5: "Cơ quan chịu trách nhiệm"}


def test_an_annex_of_targets_gives_a_place_each_row() -> None:
    found = target_columns(PLACES, "PHỤ LỤC CHỈ TIÊU TRỒNG CAM ĐẾN NĂM 2031")
    assert found is not None
    cells = [(1, 0, "1"), (2, 4, "Xã Vân Khê"), (3, 17, "250"), (4, 23, "-"), (5, 27, "UBND xã Vân Khê")]
    assert found.sets_target(cells)
    assert [(f.name, f.value, f.unit) for f in found.figures(cells)] == [("Xã Vân Khê (Cam)", 250, "ha")]


@pytest.mark.parametrize("title", ["PHỤ LỤC HIỆN TRẠNG TRỒNG CAM", "KẾT QUẢ THỰC HIỆN CHỈ TIÊU TRỒNG CAM NĂM 2030"])
def test_an_annex_of_what_is_or_was_reached_sets_none(title: str) -> None:
    assert target_columns(PLACES, title) is None
    assert target_columns({1: "TT", 2: "Địa phương", 3: "Cam (loại)"}, "CHỈ TIÊU TRỒNG CAM") is None
