"""Tables flattened to bars: which chunks are cells, where rows begin and end, what their columns give to a task."""

from __future__ import annotations

import pytest

from loaders.columns import assigns_work, column_line, heads_rows, is_procedure_list, titles_procedures
from loaders.records import Unit
from loaders.structure import read_units
from loaders.text import read_text


def flat(*rows: str) -> str:
    """Rows "a | b" as converters flatten them: every bar on a line of its own, two between rows, one at the ends."""
    return "|\n" + "\n|\n|\n".join("\n|\n".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n|\n"


def rows(text: str) -> dict[int, list[str]]:
    """The cells of each row; under 0 what stands in none."""
    source = read_text("bang.md", text)
    found: dict[int, list[str]] = {}
    for paragraph in source.paragraphs:
        found.setdefault(paragraph.row, []).append(source.text_of(paragraph))
    return found


def body(text: str) -> list[str]:
    return rows(text)[0]


ROWS = ("1 | Khảo sát vùng trồng | Sở Công Thương", "2 | Lập đề án | Sở Xây dựng", "3 | Báo cáo | Sở Y tế")


@pytest.mark.parametrize("width", [2, 5, 9])
def test_names_of_columns_are_one_row_however_few_cells_the_rows_have(width):
    names = " | ".join(["STT", *(f"Cột {'abcdefghi'[n]}" for n in range(width))])
    found = rows("**1. Danh mục nghề**\n" + flat(names, "CẤP XÃ", "1 | Đan lát", "2 | Dệt vải", "3 | Nấu rượu"))
    assert found[0] == ["1. Danh mục nghề"]
    assert len(found[1]) == width + 1
    assert [found[n][0] for n in range(2, 6)] == ["CẤP XÃ", "1", "2", "3"]


def test_names_and_one_row_are_a_table_but_a_letterhead_is_none():
    assert len(rows("Danh mục như sau:\n" + flat("TT | Tên nghề | Cơ quan", "1 | Đan lát | Sở Công Thương"))) == 3
    head = flat("UBND TỈNH TRƯỜNG LĨNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC-UBND | Vân Khê, ngày 3/5/2031")
    assert set(rows(head.removeprefix("|\n") + "Tỉnh báo cáo như sau.\n")) == {0}


@pytest.mark.parametrize("nothing", ["-", "–", "—"])
def test_a_dash_alone_in_a_cell_says_nothing_and_breaks_no_row(nothing):
    found = rows(flat("TT | Xã | Quế (ha) | Chè (ha)", f"1 | Vân Khê | {nothing} | 30", "2 | Bản Lươn | 40 | 20"))
    assert (found[2], found[3]) == (["1", "Vân Khê", nothing, "30"], ["2", "Bản Lươn", "40", "20"])


def test_the_title_of_the_next_table_ends_the_row_above():
    first = flat("STT | Nhiệm vụ | Cơ quan", *ROWS)
    second = flat("STT | Đồ dùng | Đơn vị | Số lượng", "1 | Chăn bông | Cái | 20", "2 | Màn tuyn | Cái | 30")
    found = rows(first + "2. Đồ dùng cấp thêm\n" + second)
    assert found[0] == ["2. Đồ dùng cấp thêm"]
    assert (found[4], found[5][0]) == (["3", "Báo cáo", "Sở Y tế"], "STT")
    assert len(found) == 8


def test_a_bold_section_before_a_bold_first_number_ends_the_table():
    first = flat("STT | Nhiệm vụ | Cơ quan", *ROWS)
    second = flat("**1** | **KÝ HIỆU** | **QT.01**", "**2** | **NỘI DUNG**", "**2.1** | Hồ sơ", "**2.2** | Thời hạn")
    found = rows(first + "**B. QUY TRÌNH NỘI BỘ**\n" + second)
    assert found[0] == ["B. QUY TRÌNH NỘI BỘ"]
    assert (found[4], found[5]) == (["3", "Báo cáo", "Sở Y tế"], ["1", "KÝ HIỆU", "QT.01"])


ACTS = {
    "enacting line": "Theo đề nghị của Giám đốc Sở Y tế.\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành danh mục.",
    "two grounds": "Căn cứ Luật Lâm nghiệp;\nCăn cứ Luật Đất đai;",
    "two articles": "Điều 2. Quyết định có hiệu lực từ ngày ký.\nĐiều 3. Giám đốc Sở Y tế thi hành.",
    "its effect": "Thông báo này có hiệu lực từ ngày ký.",
}


@pytest.mark.parametrize("name", ACTS)
def test_the_text_of_an_act_is_no_cell(name):
    assert len(ACTS) == 4
    found = rows("Trích yếu\n|\n" + ACTS[name] + "\n" + flat(*ROWS) + "Nơi nhận:\n- Lưu: VT.\n")
    assert all(line not in cells for line in ACTS[name].split("\n") for row, cells in found.items() if row)
    assert [cells[0] for row, cells in found.items() if row] == ["1", "2", "3"]


def test_one_ground_in_a_cell_stays_a_cell():
    found = rows(
        flat("STT | Thủ tục | Căn cứ", "1 | Cấp thẻ | Căn cứ Luật Du lịch", "2 | Đổi thẻ | Căn cứ Luật Du lịch")
    )
    assert found[2] == ["1", "Cấp thẻ", "Căn cứ Luật Du lịch"]


def test_a_tick_behind_an_empty_cell_is_no_row():
    found = rows(
        flat("Thành phần hồ sơ | Bản chính | Bản sao", "Đơn đề nghị | x | ", "Bằng tốt nghiệp | | x", "Ảnh thẻ | | X")
    )
    assert [found[n] for n in (3, 4)] == [["Bằng tốt nghiệp", "x"], ["Ảnh thẻ", "X"]]
    assert 5 not in found


def test_a_numbered_row_goes_on_behind_an_empty_cell():
    names = "STT | Nhiệm vụ | Phối hợp | Thời gian"
    found = rows(flat(names, "1 | Khảo sát | | Quý I", "2 | Lập đề án | Sở Y tế | Quý II", "3 | Báo cáo | | Quý IV"))
    assert [len(found[n]) for n in (1, 2, 3, 4)] == [4, 3, 4, 3]
    assert 5 not in found


def test_rows_below_a_merged_cell_stay_rows():
    names = "STT | Nhóm | Nhiệm vụ | Thời gian"
    found = rows(flat(names, "1 | Rừng | Giao rừng | Quý I", "Trồng rừng | Quý II", "2 | Biển | Thả giống | Quý III"))
    assert [found[n][0] for n in (2, 3, 4)] == ["1", "Trồng rừng", "2"]


def test_the_last_row_ends_where_it_is_full_though_its_last_cells_are_empty():
    names = "STT | Họ tên | Chức vụ | Đơn vị"
    found = rows(flat(names, "1 | | | ", "2 | | | ", "3 | | | ") + "**2. Câu hỏi**\n")
    assert found[4] == ["3"]
    assert found[0] == ["2. Câu hỏi"]


def test_a_list_below_a_full_row_is_no_cell_and_the_table_goes_on():
    table = ("Hạng mục | Thông số", "Dài | 3 m", "Rộng | 2 m", "Cao | 1 m", "Nặng | 4 kg")
    found = rows(flat(*table) + "- Công dụng: đựng nước\n- Bảo quản: nơi khô\n" + flat("Mã | X9", "Hãng | Sơn Thạch"))
    assert found[5] == ["Nặng", "4 kg"]
    assert found[0] == ["- Công dụng: đựng nước", "- Bảo quản: nơi khô"]
    assert (found[6], found[7]) == (["Mã", "X9"], ["Hãng", "Sơn Thạch"])


def test_a_section_line_is_a_row_only_in_a_table_with_names():
    plain = rows(flat("Tên gọi: gùi", "Chất liệu: mây", "**2. Kết quả phân loại:** như sau", "Nhóm: đồ mây", "Mã: 46"))
    assert plain[0] == ["2. Kết quả phân loại: như sau"]
    named = rows(flat("STT | Nhiệm vụ | Cơ quan", "**I. Nhóm việc thứ nhất**", *ROWS))
    assert named[2] == ["I. Nhóm việc thứ nhất"]


def test_a_footnote_below_a_table_is_no_cell():
    text = flat("STT | Nghề | Xã", "1 | Đan lát | Ia Rưm", "2 | Dệt vải") + "[1]\nTheo số liệu của ngành.\n"
    source = read_text("bang.md", text)
    assert [(p.role, p.row) for p in source.paragraphs][-1] == ("footnote", 0)


def test_a_long_file_of_bars_is_read_in_one_pass():
    text = flat("STT | Nhiệm vụ | Cơ quan", *(f"{n} | Việc | Sở Y tế" for n in range(1, 4000)))
    assert max(rows(text)) == 4000


def units(text: str, kind: str = "Quyết định") -> dict[str, Unit]:
    return {unit.path: unit for unit in read_units(read_text("bang.md", text), kind, (), 2031)}


def test_the_columns_of_a_process_table_say_who_and_by_when():
    found = units(
        "1. Quy trình cấp thẻ\n"
        + flat(
            "TT | Trình tự | Trách nhiệm | Thời gian | Biểu mẫu",
            "B1 | Nhận hồ sơ | Sở Du lịch | Giờ hành chính | Mẫu 01",
            "B2 | Thẩm định hồ sơ | Chi cục Thủy sản | 0,5 ngày | Mẫu 02",
            "B3 | Đóng dấu | Văn thư | 02 ngày làm việc | Mẫu 03",
        )
    )
    tasks = [unit for unit in found.values() if unit.kind == "task"]
    assert [(unit.lead, unit.deadlines) for unit in tasks] == [
        (("Sở Du lịch",), ()),
        (("Chi cục Thủy sản",), ("0,5 ngày",)),
        ((), ("02 ngày làm việc",)),
    ]


def test_columns_hold_below_the_title_of_a_group_of_rows():
    found = units(
        "1. Phân công\n"
        + flat(
            "STT | Nhiệm vụ | Cơ quan chủ trì", "I | Trồng rừng | ", "1 | Giao rừng | Sở Y tế", "2 | Ươm | Sở Tài chính"
        )
    )
    assert [unit.kind for unit in found.values()] == ["heading", "heading", "heading", "task", "task"]
    assert [unit.lead for unit in found.values()][-2:] == [("Sở Y tế",), ("Sở Tài chính",)]


PROCEDURES = {
    "by a column": flat("TT | Tên thủ tục hành chính | Cơ quan thực hiện", "1 | Thẩm định dự án | Sở Xây dựng"),
    "by a code": flat(
        "1 | Cấp thẻ | 1.004567.H40 | 05 ngày", "2 | Đổi thẻ | 1.004568 | 03 ngày", "3 | Xóa | 1.004569 | 0"
    ),
    "by its title": "1. Danh mục thủ tục hành chính cấp tỉnh\n"
    + flat("TT | Nội dung | Cơ quan thực hiện", "1 | Thẩm định dự án | Sở Xây dựng", "2 | Cấp thẻ | Sở Du lịch"),
}


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_list_of_procedures_assigns_nothing(name):
    assert len(PROCEDURES) == 3
    found = units("Phần mở đầu của danh mục.\n" + PROCEDURES[name])
    assert len(found) >= 3
    assert {unit.kind for unit in found.values()} <= {"statement", "heading"}


def test_words_for_columns_both_ways():
    assert is_procedure_list(["TT", "Mã TTHC", "Thời hạn"])
    assert not is_procedure_list(["TT", "Trình tự", "Trách nhiệm"])
    assert titles_procedures("DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI")
    assert not titles_procedures("QUY TRÌNH NỘI BỘ THỦ TỤC HÀNH CHÍNH")
    assert assigns_work(["TT", "Bước thực hiện", "Thời gian xử lý"])
    assert not assigns_work(["TT", "Tên đồ dùng", "Đơn vị thực hiện"])
    assert heads_rows(["II", "Việc thường xuyên"])
    assert heads_rows(["3", "BIỂU MẪU"])
    assert not heads_rows(["3", "Lập đề án"])
    assert not heads_rows(["II", "Việc", "Sở Y tế"])


def test_a_cell_keeps_its_place_where_its_column_goes_by_another_label():
    line = column_line("**Trách nhiệm**", "Sở Du lịch, Sở Y tế")
    assert line is not None
    assert (line.role, line.lead, line.offset) == ("lead", ("Sở Du lịch", "Sở Y tế"), 0)
    assert column_line("Đơn vị tính", "Cái") is None


def single(*names_and_rows: str) -> str:
    """Rows whose cells have one bar between them, those of two rows too, below a title without a bar."""
    return "\n|\n".join(cell.strip() for row in names_and_rows for cell in row.split("|")) + "\n"


def test_rows_with_one_bar_between_are_told_by_their_numbers():
    names = "STT | Nhiệm vụ | Cơ quan"
    found = rows("Danh mục nhiệm vụ\n" + single(names, *ROWS))
    assert found[0] == ["Danh mục nhiệm vụ"]
    assert [found[n][0] for n in (1, 2, 3, 4)] == ["STT", "1", "2", "3"]
    assert found[4] == ["3", "Báo cáo", "Sở Y tế"]
    assert set(rows("Danh mục nhiệm vụ\n" + single("Nhiệm vụ | Nội dung | Cơ quan", *ROWS))) == {0}


def test_a_row_that_counts_the_columns_is_a_second_line_of_their_names():
    table = flat(
        "TT | Nhiệm vụ | Sở, ngành chủ trì | Đơn vị phối hợp thực hiện | Thời gian", "(1) | (2) | (3) | (4) | (5)"
    )
    table = (
        table.removesuffix("|\n")
        + "|\n"
        + flat(
            "1 | Khảo sát vùng trồng | Sở Công Thương | Sở Y tế | Xong trong Quý II/2031",
            "2 | Lập đề án | Sở Xây dựng | Các sở, ngành | Hằng năm",
            "3 | Báo cáo | Sở Y tế | Sở Xây dựng | Trước ngày 01/10/2031",
        ).removeprefix("|\n")
    )
    units = [
        u
        for u in read_units(read_text("bang.md", "Danh mục nhiệm vụ\n" + table), "Kế hoạch", [], 2031)
        if u.kind == "task"
    ]
    assert [(u.lead, u.coordinate, u.deadlines) for u in units] == [
        (("Sở Công Thương",), ("Sở Y tế",), ("Xong trong Quý II/2031",)),
        (("Sở Xây dựng",), ("Các sở, ngành",), ("Hằng năm",)),
        (("Sở Y tế",), ("Sở Xây dựng",), ("Trước ngày 01/10/2031",)),
    ]


def test_groups_between_rows_and_prose_below_the_last_leave_the_rows_whole():
    head = "STT | Nhiệm vụ | Cơ quan | Thời hạn"
    table = flat(head, "1 | Khảo sát | Sở Y tế | 2031", "2 | Lập đề án | Sở Xây dựng |", "3 | Báo cáo | Sở Y tế | 2032")
    prose = (
        "Các cơ quan nêu trên gửi kết quả về Văn phòng để tổng hợp, báo cáo cấp trên theo đúng quy định hiện hành.\n"
    )
    found = rows(table + prose)
    assert [cells[:2] for number, cells in sorted(found.items()) if number] == [
        ["STT", "Nhiệm vụ"], ["1", "Khảo sát"], ["2", "Lập đề án"], ["3", "Báo cáo"]
    ]  # fmt: skip
    assert found[0] == [prose.strip()]
