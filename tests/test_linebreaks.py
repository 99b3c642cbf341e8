"""Lines that a converter wrote side by side in one cell (loaders/linebreaks.py)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.header import read_document
from loaders.linebreaks import printed_lines
from loaders.text import read_text

JOINED = [
    ("UBND TỈNH TRƯỜNG LĨNH<br>SỞ Y TẾ<br/>-------", ["UBND TỈNH TRƯỜNG LĨNH", "SỞ Y TẾ", "-------"]),
    ("UBND THÀNH PHỐ HẢI PHÒNG SỞ Y TẾ", ["UBND THÀNH PHỐ HẢI PHÒNG", "SỞ Y TẾ"]),
    ("BỘ QUỐC PHÒNG TỔNG CỤC HẬU CẦN", ["BỘ QUỐC PHÒNG", "TỔNG CỤC HẬU CẦN"]),
    ("BỘ Y TẾ -------", ["BỘ Y TẾ", "-------"]),
    (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------",
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "--------"],
    ),
    (
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Mẫu",
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"],
    ),
    ("T/M BAN THƯỜNG VỤ *(Đã ký)* Rơ Châm Y Lan", ["T/M BAN THƯỜNG VỤ", "(Đã ký)*", "Rơ Châm Y Lan"]),
    ("CHỦ TỊCH Trần Văn Mẫu", ["CHỦ TỊCH", "Trần Văn Mẫu"]),
    (
        "TL. BỘ TRƯỞNG VỤ TRƯỞNG VỤ KẾ HOẠCH - TÀI CHÍNH Lò Văn Phong",
        ["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ KẾ HOẠCH - TÀI CHÍNH", "Lò Văn Phong"],
    ),
    ("KT. BỘ TRƯỞNG THỨ TRƯỞNG Lò Văn Phong", ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lò Văn Phong"]),
    ("Kính gửi: - Sở Y tế; - Sở Xây dựng.", ["Kính gửi:", "- Sở Y tế;", "- Sở Xây dựng."]),
    (
        "Nơi nhận: - Như Điều 2; - Sở Y tế; (báo cáo) - Lưu: VT.",
        ["Nơi nhận:", "- Như Điều 2;", "- Sở Y tế; (báo cáo)", "- Lưu: VT."],
    ),
    ("Nơi nhận: TL. CHỦ TỊCH", ["Nơi nhận:", "TL. CHỦ TỊCH"]),
    ("- Các sở, ban, ngành; PHÓ CHÁNH VĂN PHÒNG", ["- Các sở, ban, ngành;", "PHÓ CHÁNH VĂN PHÒNG"]),
    ("- Trang tin của tỉnh; (Đã ký)", ["- Trang tin của tỉnh;", "(Đã ký)"]),
    ("- Lưu: VT, TH2. Trần Văn Mẫu", ["- Lưu: VT, TH2.", "Trần Văn Mẫu"]),
]
WHOLE = [
    "Sở Y tế - Sở Tài chính",
    "KT. CHỦ TỊCH",
    "TM. ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH",
    "Chủ tịch Ủy ban nhân dân xã: Trần Văn Mẫu",
    "Các nội dung: - rà soát; - báo cáo.",
    "TL. 5 đồng chí trong tổ Trần Văn Mẫu",
    "- Lưu: VT, QLĐĐ, KT.",
    "- Giao Sở Y tế; Sở Nội vụ.",
]


@pytest.mark.parametrize(("cell", "lines"), JOINED)
def test_the_lines_of_a_cell_are_told_apart(cell, lines):
    assert [line.strip(" ") for _, line in printed_lines(cell)] == lines


@pytest.mark.parametrize(("cell", "lines"), JOINED)
def test_decomposed_letters_make_no_difference(cell, lines):
    found = [line for _, line in printed_lines(unicodedata.normalize("NFD", cell))]
    assert [unicodedata.normalize("NFC", line).strip(" ") for line in found] == lines


@pytest.mark.parametrize("cell", WHOLE)
def test_other_cells_stay_whole(cell):
    assert list(printed_lines(cell)) == [(0, cell)]


@given(st.text("A\u0302\u0301Bc .;:-*|<br>ỦKTVIỆTNAMĐộclậpNơinhận", max_size=80))
def test_every_line_slices_out_of_its_cell_in_order(text):
    at = 0
    for place, line in printed_lines(text):
        assert place >= at
        assert text[place : place + len(line)] == line
        at = place + len(line)


MARKDOWN = """\
*Nguồn: https://vanban.example/quyet-dinh-12.aspx*

# Về việc mở trạm y tế

| UBND TỈNH TRƯỜNG LĨNH SỞ Y TẾ ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- |
|---|---|
| Số: 12/QĐ-SYT | Trường Lĩnh, ngày 05 tháng 3 năm 2031 |

QUYẾT ĐỊNH

Về việc mở trạm y tế

GIÁM ĐỐC SỞ Y TẾ

Căn cứ Luật Khám bệnh, chữa bệnh;

QUYẾT ĐỊNH:

Điều 1. Mở trạm y tế xã.

Điều 2. Chánh Văn phòng Sở chịu trách nhiệm thi hành./.

| Nơi nhận: - Như Điều 2; - Lưu: VT. | KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lò Thị Mẫu |
|---|---|
"""


def test_the_header_and_signature_of_a_markdown_copy_are_read():
    document = read_document(read_text("sao.md", MARKDOWN))
    assert (document.type, document.number, document.date) == ("Quyết định", "12/QĐ-SYT", "2031-03-05")
    assert document.issuer == "Sở Y tế tỉnh Trường Lĩnh"
    assert document.signer is not None
    assert (document.signer.name, document.signer.position) == ("Lò Thị Mẫu", "Phó Giám đốc")
    assert document.recipients == ("Như Điều 2;", "Lưu: VT.")
    assert (len(JOINED), len(WHOLE)) == (16, 8)
