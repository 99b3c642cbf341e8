"""The text with its map: every clean offset leads back to the raw words, whatever the file looks like."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.text import LoadError, SourceText, read_file, read_text

VIETNAMESE = st.text(
    alphabet=st.sampled_from(
        list(
            "aăâbcdđeêghiklmnoôơpqrstuưvxyẢẾỘỬÐÁ  \n\n\r\t.,;:-+*_#|()[]“”0123456789/\u00a0\u200b\ufeff\u0301\u0323\f<>&`~"
        )
    ),
    max_size=400,
)


def texts(source: SourceText) -> list[str]:
    return [source.text_of(p) for p in source.paragraphs]


def check_map(source: SourceText) -> None:
    """What holds for any text: spans stay inside the raw text, in order, and quote what the clean text says."""
    for paragraph in source.paragraphs:
        span = source.span(paragraph.start, paragraph.end)
        assert 0 <= paragraph.raw_start <= span.start <= span.end <= paragraph.raw_end <= len(source.raw)
    for line in source.lines:
        assert line.start < line.end
        assert source.surface(line.start, line.end) == " ".join(
            source.raw[slice(*astuple(source.span(line.start, line.end)))].split()
        )
    assert unicodedata.is_normalized("NFC", source.clean) or "\u0344" in source.raw


def astuple(span) -> tuple[int, int]:
    return span.start, span.end


@given(VIETNAMESE)
@example("a\u0323\u0302b")
@example("0\u0301\u0323")
@example("* \u0301x*")
@example("| a | b |\n|---|---|\n|1|2|")
def test_any_text_has_a_map(raw):
    check_map(read_text("x.txt", raw))


@given(st.text(max_size=300))
def test_any_characters_at_all(raw):
    source = read_text("x.txt", raw)
    for paragraph in source.paragraphs:
        assert 0 <= paragraph.raw_start <= paragraph.raw_end <= len(raw)


def test_decomposed_text_reads_as_composed_and_maps_back():
    raw = unicodedata.normalize("NFD", "Giao Sở Tài chính Trường Lĩnh rà soát.")
    source = read_text("x.txt", raw)
    assert source.clean.strip() == "Giao Sở Tài chính Trường Lĩnh rà soát."
    start = source.clean.index("Tài")
    span = source.span(start, start + len("Tài chính"))
    assert unicodedata.normalize("NFC", raw[span.start : span.end]) == "Tài chính"


def test_look_alikes_and_blanks_are_mapped():
    source = read_text("x.txt", "QÐ-UBND\u00a0tỉnh\u200b Ðông Lăng")
    assert source.clean == "QĐ-UBND tỉnh Đông Lăng\n"


def test_marks_go_and_the_paragraph_keeps_them_in_its_extent():
    raw = "## **II. NHIỆM VỤ**\n\n- Trồng mới **120 ha** rừng."
    source = read_text("x.md", raw)
    assert texts(source) == ["II. NHIỆM VỤ", "- Trồng mới 120 ha rừng."]
    first, second = source.paragraphs
    assert raw[first.raw_start : first.raw_end] == "## **II. NHIỆM VỤ**"
    assert source.surface(second.start, second.end) == "- Trồng mới **120 ha** rừng."


JOINING = [
    (
        "a page number cuts a sentence",
        "Sở Y tế rà soát các trạm y tế xã trên địa \n\n\n\n12\n\n bàn tỉnh, báo cáo kết quả.",
        1,
    ),
    (
        "blank lines between all lines",
        "- Rà soát quy hoạch các khu dân cư ven sông Rưm, \n\nđề xuất phương án di dời trước mùa mưa lũ năm nay. \n\n- Khảo sát.",
        2,
    ),
    (
        "a hyphenated name over two lines",
        "Giao Sở Lao động, người có công của tỉnh Trường Lĩnh, nay là Sở Lao động\n- Thương binh và Xã hội thực hiện.",
        1,
    ),
    ("a heading without a full stop", "8. Sở Giáo dục và Đào tạo\n- Tổ chức thi.\n- Báo cáo kết quả.", 3),
    ("grounds of a decision", "Căn cứ Luật Đất đai;\nCăn cứ Nghị định của Chính phủ;", 2),
    ("a marker on its own line", "Điều 2.\nGiao Văn phòng theo dõi.", 1),
    ("a label broken from its number", "**Điều**\n**3.** Quyết định này có hiệu lực.\n**Điều 4.** Giao Sở A.", 2),
    ("a date at the line's start", "Căn cứ Luật Lưu trữ ngày\n21 tháng 6 năm 2024;", 1),
    (
        "a number that belongs to the word before",
        "Báo cáo tình hình kinh tế - xã hội của tỉnh trong tháng\n10. Trong đó nêu rõ.",
        1,
    ),
    (
        "capitals over two lines",
        "II. TÌNH HÌNH KINH TẾ - XÃ HỘI VÀ CÔNG TÁC CHỈ ĐẠO\nĐIỀU HÀNH NĂM 2031\nTrong năm, tỉnh đã hoàn thành.",
        2,
    ),
    ("an address", "Xem tại\nhttps://vidu.invalid/abc\ncổng thông tin.", 1),
    (
        "the stamp of an electronic signature at a page's foot",
        "Sở Y tế rà soát các trạm y tế xã trên địa\n1734\n21\n\nbàn tỉnh, báo cáo kết quả.",
        1,
    ),
    ("a stamp and the number of its page", "Sở Y tế rà soát các trạm y tế trên địa\n96\n15\n5\n\n2\nbàn tỉnh.", 1),
    ("an aside below a sentence", "Ủy quyền cho Sở Y tế cấp phép.\n(Chi tiết tại Phụ lục kèm theo)", 2),
    ("a word in brackets within a sentence", "Ủy quyền cho Sở Y tế cấp phép hành nghề y\n(Theo quy định)", 1),
]


@pytest.mark.parametrize(("raw", "paragraphs"), [case[1:] for case in JOINING], ids=[case[0] for case in JOINING])
def test_lines_are_joined_as_a_reader_would(raw, paragraphs):
    assert len(texts(read_text("x.txt", raw))) == paragraphs, texts(read_text("x.txt", raw))


def test_the_joining_cases_were_all_collected():
    assert len(JOINING) == 15


def test_figures_of_a_list_are_no_stamp():
    assert "17 45" in read_text("x.txt", "Số trạm y tế của hai xã năm nay:\n17\n45\n\nHết.").clean


INDENTED = """      1. Sở Y tế rà soát các trạm y tế xã trên địa bàn, lập kế hoạch sửa chữa.
Kinh phí lấy từ ngân sách tỉnh và các nguồn hợp pháp khác theo phân cấp của
Trung ương.
      Các trạm xuống cấp được sửa trước mùa mưa.
      2. Sở Xây dựng kiểm tra hồ sơ thiết kế của các trạm y tế xã đã duyệt và
trả lời trong thời hạn mười ngày làm việc kể từ ngày nhận được
hồ sơ hợp lệ.
      3. Sở Tài chính bố trí vốn cho các trạm y tế xã vùng cao, vùng biên theo
quy định của Hội đồng nhân dân tỉnh về phân bổ ngân sách năm nay và
các năm sau.
      4. Ủy ban nhân dân các xã giao mặt bằng.
      5. Văn phòng theo dõi, báo cáo kết quả thực hiện hằng tháng với Ủy ban nhân
dân tỉnh.
"""


def test_first_lines_that_stand_in_tell_the_paragraphs():
    found = texts(read_text("x.txt", INDENTED))
    assert [text[:9] for text in found] == [
        "1. Sở Y t",
        "Các trạm ",
        "2. Sở Xây",
        "3. Sở Tài",
        "4. Ủy ban",
        "5. Văn ph",
    ]
    assert "sửa chữa. Kinh phí" in found[0].replace("\n", " ")


def test_each_line_of_a_word_processor_is_a_paragraph():
    lines = [
        f"Xã thứ {number} đã hoàn thành việc rà soát các hộ nghèo và lập danh sách gửi về huyện Sơn Thạch."
        for number in range(8)
    ]
    assert len(texts(read_text("x.txt", "\n".join(lines)))) == 8


def test_page_numbers_in_sequence_need_no_blank_lines():
    page = ["Dòng này của trang nói về việc rà soát các trạm y tế xã, và"] * 24
    raw = "\n".join(["Mở đầu việc rà soát, và", "", "2", "", *page, "3", *page, "44", *page])
    lines = {read_text("x.txt", raw).clean[line.start : line.end] for line in read_text("x.txt", raw).lines}
    assert lines & {"2", "3", "44"} == {"44"}  # no number that follows


def test_the_first_number_of_a_page_breaks_a_sentence_or_stands_between_lines_of_text():
    page = ["Dòng này của trang nói về việc rà soát các trạm y tế xã; cũng như"] * 30
    broken = read_text("x.txt", "\n".join([*page, "", "2", "", "việc sửa chữa các trạm ấy.", *page]))
    assert "2" not in {broken.clean[line.start : line.end] for line in broken.lines}
    row = read_text("x.txt", "\n".join(["Số trạm", "2", "Số xã", "3"]))
    assert {"2", "3"} <= {row.clean[line.start : line.end] for line in row.lines}


def test_a_footnote_does_not_cut_the_sentence():
    rule = " " * 43
    raw = f"Thu ngân sách của tỉnh năm 2031 đạt 900 tỷ đồng1 và các khoản \n{rule}\n1 Không kể số thu hộ.\n\n\f thu khác theo quy định.\n"
    source = read_text("x.txt", raw)
    assert [p.role for p in source.paragraphs] == ["body", "footnote"]
    assert texts(source)[0].endswith("và các khoản thu khác theo quy định.")
    assert texts(source)[1] == "1 Không kể số thu hộ."


def test_table_cells_know_their_row():
    raw = "\n|\nSTT\n|\nNhiệm vụ\n|\n|\n1\n|\nKhảo sát\n|\n|\n2\n|\nLập đề án\n|\n|\n3\n|\nBáo cáo\n|\n"
    source = read_text("x.md", raw)
    assert [(source.text_of(p), p.row) for p in source.paragraphs if p.role == "cell"][-2:] == [
        ("3", 4),
        ("Báo cáo", 4),
    ]


def test_a_file_that_is_no_utf8_names_the_place(tmp_path):
    path = tmp_path / "hong.txt"
    path.write_bytes("Dòng một\nDòng ".encode() + b"\xff\xfe hai")
    with pytest.raises(LoadError) as caught:
        read_file(path)
    assert "dòng 2" in caught.value.place
    assert "hong.txt" in str(caught.value)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_formats_to_come_are_refused_by_name(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"x")
    with pytest.raises(LoadError, match="chưa hỗ trợ"):
        read_file(path)


def test_a_missing_file_is_an_error_of_ours(tmp_path):
    with pytest.raises(LoadError, match="không mở được"):
        read_file(tmp_path / "khong-co.txt")


def test_crlf_and_byte_order_mark_count_as_characters(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffĐiều 1. Giao Sở X.\r\nĐiều 2. Hiệu lực.\r\n".encode())
    source = read_file(path)
    assert texts(source) == ["Điều 1. Giao Sở X.", "Điều 2. Hiệu lực."]
    second = source.paragraphs[1]
    assert source.raw[second.raw_start : second.raw_end] == "Điều 2. Hiệu lực."


def test_long_single_lines_are_read():
    source = read_text("x.txt", "Giao Sở X. " * 50_000)
    assert len(source.paragraphs) == 1
    check_map(source)


def test_the_real_documents_map_back(shared):
    files = sorted([*(shared / "corpus").glob("*.txt"), *(shared / "real" / "docs").glob("*.md")])
    assert len(files) >= 82
    for path in files:
        check_map(read_file(path))


def test_the_list_of_those_charged_goes_on_below_a_short_first_line():
    raw = (
        "Điều 3. Chánh Văn phòng UBND tỉnh;\nThủ trưởng các sở, ban, ngành, đơn vị trực thuộc UBND tỉnh; Chủ tịch UBND các\n"
        "huyện, thị xã và Thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này.\n"
    )
    source = read_text("a.md", raw)
    assert len(source.paragraphs) == 1
    apart = read_text("a.md", raw.replace("Điều 3. ", ""))
    assert len(apart.paragraphs) == 2
