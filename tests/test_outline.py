"""The outline: levels by printed markers, paths as printed, every paragraph in exactly one item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.markers import read_marker
from loaders.outline import read_outline
from loaders.text import read_file, read_text

MARKERS = [
    ("Điều 12. Hiệu lực", "article", "Điều 12"),
    ("Chương II", "part", "Chương II"),
    ("PHỤ LỤC I", "annex", "PHỤ LỤC I"),
    ("IV. NHIỆM VỤ", "roman", "IV"),
    ("IV- NHIỆM VỤ", "roman", "IV"),
    ("1- Quan điểm", "number", "1"),
    ("1.2- Mục tiêu", "composite2", "1.2"),
    ("3. Sở Y tế:", "number", "3"),
    ("3/ Sở Y tế", "number", "3"),
    ("3.2. Về văn hóa", "composite2", "3.2"),
    ("3.2 Về văn hóa", "composite2", "3.2"),
    ("1.2.10. Về thu", "composite3", "1.2.10"),
    ("a) Rà soát", "letter", "a"),
    ("đ) Rà soát", "letter", "đ"),
    ("a/ Rà soát", "letter", "a"),
    ("- Rà soát", "dash", "-"),
    ("+ Rà soát", "plus", "+"),
    ("* Rà soát", "star", "*"),
    ("(2) Rà soát", "bracketed", "2"),
    ("(ii) Ưu tiên bố trí vốn", "bracketed", "ii"),
    ("QUYẾT ĐỊNH:", "enacting", "QUYẾT ĐỊNH"),
]
NO_MARKERS = [
    "2.000 ha cây ăn quả",
    "10 - 12 độ C vào ban đêm",
    "163/2031/QH15 của Quốc hội",
    "12,5% số xã",
    "Điều 5 Nghị định này",
    "su) đạt trên 60%",
    "Các cơ quan liên quan",
    "2031 là năm bản lề",
    "t/h nhiệm vụ",
]


@pytest.mark.parametrize(("text", "style", "label"), MARKERS)
def test_markers(text, style, label):
    marker = read_marker(text)
    assert marker is not None
    assert (marker.style, marker.label) == (style, label)


@pytest.mark.parametrize("text", NO_MARKERS)
def test_what_only_looks_like_a_marker(text):
    assert read_marker(text) is None


def test_the_marker_cases_were_all_collected():
    assert (len(MARKERS), len(NO_MARKERS)) == (21, 9)


LETTER = """Kính gửi:
- Các sở, ban, ngành;
- Ủy ban nhân dân các huyện.

Thực hiện Nghị quyết số 09-NQ/TU ngày 03 tháng 3 năm 2031 của Tỉnh ủy, Ủy ban nhân dân tỉnh có ý kiến như sau:

1. Sở Tài chính:
- Rà soát các khoản thu trên địa bàn tỉnh.
- Cân đối ngân sách; cụ thể:
+ Bố trí vốn đối ứng.
+ Hoàn trả tạm ứng.
2. Sở Y tế:
Chủ trì rà soát trạm y tế xã.
3. Sở Nội vụ
3.1. Rà soát biên chế.
3.2. Báo cáo kết quả.

Ủy ban nhân dân tỉnh báo để các đơn vị biết, thực hiện./.

Nơi nhận:
- Như trên;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""


def test_paths_are_as_printed():
    paths = [item.path for item in read_outline(read_text("a.txt", LETTER))]
    assert paths == ["preamble", "1", "1.-1", "1.-2", "1.-2.+1", "1.-2.+2", "2", "3", "3.1", "3.2", "closing"]


def test_one_paragraph_below_a_body_is_one_item_with_it():
    item = next(i for i in read_outline(read_text("a.txt", LETTER)) if i.path == "2")
    assert item.text == "Sở Y tế: Chủ trì rà soát trạm y tế xã."


def test_articles_stand_beside_the_enacting_line():
    raw = "QUYẾT ĐỊNH\nCăn cứ Luật X;\nQUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ.\n1. Tổ trưởng.\na) Một người.\nĐiều 2. Hiệu lực.\n"
    paths = [item.path for item in read_outline(read_text("a.txt", raw))]
    assert paths[-4:] == ["Điều 1", "Điều 1.1", "Điều 1.1.a", "Điều 2"]


def test_a_roman_section_in_capitals_is_a_heading_even_above_one_paragraph():
    raw = "KẾ HOẠCH\nMở chợ phiên năm 2031\n\nI. MỤC ĐÍCH\n\nPhục vụ khách đến bản Vân Khê.\n\nII. NỘI DUNG\n\n1. Mở chợ.\n2. Dựng cổng.\n"
    items = {item.path: item.text for item in read_outline(read_text("a.txt", raw))}
    assert list(items) == ["I", "I.¶1", "II", "II.1", "II.2"]
    assert (items["I"], items["I.¶1"]) == ("MỤC ĐÍCH", "Phục vụ khách đến bản Vân Khê.")


def test_a_plan_issued_with_an_act_is_an_annex_though_no_name_of_a_signer_is_legible():
    raw = (
        "QUYẾT ĐỊNH\nVề việc mở chợ\n\nCăn cứ Luật Thương mại;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Kế hoạch mở chợ.\n\nNơi nhận:\n- Như Điều 2;\nKT. CHỦ TỊ CH Ngu y ễn V ăn A\n\n"
        "KẾ HOẠCH\n\nMỞ CHỢ PHIÊN NĂM 2031 (Ban hành kèm theo Quyết định số 5/QĐ-UBND)\n\nI. MỤC ĐÍCH\n\n1. Phục vụ khách.\n"
    )
    paths = [item.path for item in read_outline(read_text("a.txt", raw))]
    assert paths[-2:] == ["PL.I", "PL.I.1"]


def paths_of(raw: str) -> dict[str, str]:
    return {item.path: item.text for item in read_outline(read_text("a.txt", raw))}


def test_what_an_amendment_sets_in_is_apart_from_the_line_that_says_so():
    raw = (
        "Điều 1. Sửa đổi Quy định mở chợ\n\n1. Sửa đổi khoản 2 Điều 4 như sau:\n\n“2. Chợ mở lúc 5 giờ.”\n\n"
        "2. Sửa đổi Điều 5 như sau:\n\n“Chợ đóng lúc 18 giờ.”\n\nĐiều 2. Hiệu lực\n"
    )
    found = paths_of(raw)
    assert found["Điều 1.1"] == "Sửa đổi khoản 2 Điều 4 như sau:"
    assert found["Điều 1.1.¶1"] == "“2. Chợ mở lúc 5 giờ.”"
    assert found["Điều 1.2"].endswith("như sau: “Chợ đóng lúc 18 giờ.”")


def test_a_full_stop_ends_no_title_among_titles():
    lists = "".join(
        f"{letter}) Sửa {place}.\n\n- Thay mái.\n\n- Quét vôi.\n\n"
        for letter, place in zip("abc", ("chợ", "bến", "đình"), strict=True)
    )
    raw = f"I. NỘI DUNG\n\n1. Sửa chữa\n\n{lists}d) Sửa đường.\n\nRải đá đoạn qua bản Vân Khê.\n"
    assert paths_of(raw)["I.1.d"] == "Sửa đường. Rải đá đoạn qua bản Vân Khê."
    assert paths_of("1. Sửa đường.\n\nRải đá đoạn qua bản Vân Khê.\n")["1"] == "Sửa đường."


def test_the_last_words_of_an_annex_stand_under_none_of_its_items():
    raw = (
        "QUYẾT ĐỊNH\nVề việc mở chợ\n\nĐiều 1. Ban hành Kế hoạch mở chợ.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n\n"
        "PHỤ LỤC\n\n1. Sở Y tế.\n\nMở trạm cấp cứu.\n\nHằng năm, các xã báo cáo kết quả về Sở Y tế để tổng hợp./.\n"
    )
    found = paths_of(raw)
    assert found["PL.1"] == "Sở Y tế. Mở trạm cấp cứu."
    assert found["PL.closing"].startswith("Hằng năm")


def check_outline(source) -> None:
    items = read_outline(source)
    paths = [item.path for item in items]
    assert len(paths) == len(set(paths))
    seen = [p.start for item in items for p in item.paragraphs]
    assert len(seen) == len(set(seen))
    order = {id(item): n for n, item in enumerate(items)}
    for item in items:
        assert item.parent is None or order[id(item.parent)] < order[id(item)]
        assert item.start <= item.text_start <= item.end


@given(
    st.lists(
        st.sampled_from([*(m[0] for m in MARKERS), *NO_MARKERS, "Kính gửi: Sở X", "Nơi nhận:", "|", "1.1. Mục"]),
        max_size=25,
    )
)
def test_any_order_of_markers_gives_an_outline(lines):
    check_outline(read_text("a.txt", "\n\n".join(lines)))


def test_the_real_documents_have_an_outline(shared):
    files = sorted([*(shared / "corpus").glob("*.txt"), *(shared / "real" / "docs").glob("*.md")])
    assert len(files) >= 82
    for path in files:
        check_outline(read_file(path))


def test_a_label_of_who_acts_opens_a_paragraph_though_the_line_above_is_full():
    full = "1. Xử lý các điểm đen về tai nạn giao thông trên các tuyến đường của huyện Sơn Thạch."
    text = read_text("kh.md", f"KẾ HOẠCH\nAn toàn giao thông\n\nI. NHIỆM VỤ\n{full}\nĐơn vị chủ trì: Sở Xây dựng.\n")
    assert [item.text for item in read_outline(text)][-1] == "Đơn vị chủ trì: Sở Xây dựng."
