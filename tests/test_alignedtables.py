"""Tables whose columns are kept apart by blanks alone (loaders/alignedtables.py)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.alignedtables import aligned_cells
from loaders.outline import read_outline
from loaders.text import read_text
from loaders.unitkinds import classify

REPORT = """BÁO CÁO

1. Kết quả

TT  Chỉ tiêu                     ĐVT     Kết quả   Ghi chú
1   Số trạm y tế có bác sĩ       trạm    8         Phối hợp xã Vân Khê
2   Tỷ lệ hộ dùng nước sạch                        đo quý I
    theo quy chuẩn               %       63,8
3   Số chợ có bể nước            chợ     4

2. Tồn tại
"""


def cells(raw: str) -> list[list[tuple[int, int, str]]]:
    return [[(c.row, c.column, raw[c.start : c.end]) for c in line] for line in aligned_cells(raw).values()]


def test_cells_stand_below_their_names_and_go_on_in_the_lines_without_a_number() -> None:
    found = cells(REPORT)
    assert found[0] == [(1, 1, "TT"), (1, 2, "Chỉ tiêu"), (1, 3, "ĐVT"), (1, 4, "Kết quả"), (1, 5, "Ghi chú")]
    assert found[2] == [(3, 1, "2"), (3, 2, "Tỷ lệ hộ dùng nước sạch"), (3, 5, "đo quý I")]
    assert found[3] == [(3, 2, "theo quy chuẩn"), (3, 3, "%"), (3, 4, "63,8")]
    assert [row[0][0] for row in found] == [1, 2, 3, 3, 4]


def test_a_row_is_one_item_and_what_is_remarked_beside_it_orders_nothing() -> None:
    items = read_outline(read_text("a.txt", REPORT))
    kinds = dict(zip([item.path for item in items], classify(items, "Báo cáo"), strict=True))
    assert [kinds[path] for path in ("1", "1.hàng 1", "1.1", "1.2", "1.3")] == ["heading"] * 2 + ["statement"] * 3
    row = next(item for item in items if item.path == "1.2")
    assert row.cells[0][2] == "2"


def test_other_lines_are_no_tables() -> None:
    for raw in (
        "TT  Chỉ tiêu   ĐVT\n1   Số trạm   trạm\n\n2. Tồn tại\n",  # one row
        "TT  Chỉ tiêu\n1   Số trạm\n2   Số chợ\n",  # two columns
        "TT Huế   có   chợ\nmột   hai   ba\n",
        "1   Số trạm   8\n2   Số chợ   4\n",
    ):
        assert aligned_cells(raw) == {}


@given(st.text("T123 \n|ab", max_size=200))
def test_every_cell_slices_out_of_its_line(raw: str) -> None:
    for start, line in aligned_cells(raw).items():
        end = raw.find("\n", start)
        for cell in line:
            assert start <= cell.start < cell.end <= (len(raw) if end < 0 else end)
            assert raw[cell.start : cell.end].strip() == raw[cell.start : cell.end]


WRAPPED = """PHỤ LỤC
CHỈ TIÊU SỐ VƯỜN CẢI TẠO

TT   Nhiệm vụ                             Cơ quan chủ trì    Thời gian
1    Xây dựng định mức, đơn giá           Đài PT&TH          Quý II-III/
     thu gom, vận chuyển                  Sơn Thạch          2031
2    Kiểm tra, đánh giá                   Sở Nội vụ          Quý IV/2031

 7

3    Tập huấn cán bộ                      Sở Nội vụ          Quý I/2032
     Tổng cộng                            3 nhiệm vụ
"""


def test_a_cell_over_two_lines_holds_nothing_of_the_cells_beside_it() -> None:
    text = read_text("a.txt", WRAPPED)
    row = [item for item in read_outline(text) if item.row][1]
    contents = {at: " ".join(cell.split()) for at, _, cell in row.cells}
    assert contents == {
        1: "1", 2: "Xây dựng định mức, đơn giá thu gom, vận chuyển", 3: "Đài PT&TH Sơn Thạch", 4: "Quý II-III/ 2031"
    }  # fmt: skip
    for _, start, cell in row.cells:
        first = cell.split()[0]
        assert text.clean[start : start + len(first)] == first


def test_a_page_break_and_a_sum_belong_to_no_row_above_them() -> None:
    items = [item for item in read_outline(read_text("a.txt", WRAPPED)) if item.row]
    assert [item.cells[0][2] for item in items[1:]] == ["1", "2", "3", "Tổng cộng"]
    assert items[2].cells[-1][2] == "Quý IV/2031"


def test_a_file_may_end_in_the_middle_of_a_cell() -> None:
    raw = "TT  Nhiệm vụ   Đơn vị   Kinh phí\n1   Nạo vét    Sở A     900\n2   Gia cố     Sở B     1.\n                        900"
    assert cells(raw)[-1] == [(3, 4, "900")]
