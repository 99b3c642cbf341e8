"""Numbered acts: which words name an act, where the name begins and ends, and what is printed beside it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files

import pytest

from loaders.citations import read_citations
from loaders.numbered import kind_before, probable_number
from loaders.records import Citation, Document
from loaders.text import read_text
from loaders.wordlists import words
from loaders.words import either
from ontology.folding import fold


def cite(text: str, document: Document | None = None) -> list[Citation]:
    return read_citations(read_text("x.txt", text), document=document)


def surfaces(text: str) -> list[str]:
    return [c.surface for c in cite(text)]


# Printed words → kind and number. Each is a sentence's only act.
SHAPES = {
    "Quyết định số 01/1999/QĐ.UB": ("Quyết định", "01/1999/QĐ.UB"),
    "Báo cáo thẩm định (lần 2) số 46/BC-STP": ("Báo cáo", "46/BC-STP"),
    "Nghị quyết số 97/NQ-CP": ("Nghị quyết", "97/NQ-CP"),
    "Nghị định số 43/2023/NĐ-CP": ("Nghị định", "43/2023/NĐ-CP"),
    "Công văn số 627/TTg-QHĐP": ("Công văn", "627/TTg-QHĐP"),
    "công văn số 4179/UBND-KTTH": ("Công văn", "4179/UBND-KTTH"),
    "Công văn số 428/BGDĐT-CSVC": ("Công văn", "428/BGDĐT-CSVC"),
    "Công văn số 324/TLI-KTr2": ("Công văn", "324/TLI-KTr2"),
    "Nghị quyết số 88/2014/QH13": ("Nghị quyết", "88/2014/QH13"),
    "Nghị quyết 36a/NQ-CP": ("Nghị quyết", "36a/NQ-CP"),
    "Nghị quyết số 66.8/2025/NQ-CP": ("Nghị quyết", "66.8/2025/NQ-CP"),
    "Kế hoạch số 166-KH/TU": ("Kế hoạch", "166-KH/TU"),
    "Kế hoạch số 0125/KH-UBND": ("Kế hoạch", "0125/KH-UBND"),
    "Kết luận số 07-KL/VPTW": ("Kết luận", "07-KL/VPTW"),
    "Quyết định số 1410-QĐ/UBKTTW": ("Quyết định", "1410-QĐ/UBKTTW"),
    "Quy chế số 03-QC/TU": ("Quy chế", "03-QC/TU"),
    "Chương trình hành động số 35-CTr/TU": ("Chương trình hành động", "35-CTr/TU"),
    "Thông báo kết luận số 15-TB/VPTU": ("Thông báo kết luận", "15-TB/VPTU"),
    "Báo cáo thẩm tra số 45/BC-BPC": ("Báo cáo", "45/BC-BPC"),
    "Thông tư liên tịch số 03/2015/TTLT-BTP-BNG-TANDTC": ("Thông tư liên tịch", "03/2015/TTLT-BTP-BNG-TANDTC"),
    "Văn bản hợp nhất số 12/VBHN-VPQH": ("Văn bản hợp nhất", "12/VBHN-VPQH"),
    "Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN": (
        "Nghị quyết liên tịch",
        "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
    ),
    "Luật số 59/2020/QH14": ("Luật", "59/2020/QH14"),
    "Luật Doanh nghiệp số 59/2020/QH14": ("Luật", "59/2020/QH14"),
    "Thông tư số 89-TC/TCT": ("Thông tư", "89-TC/TCT"),
    "văn bản số 15/TB-SNV": ("Thông báo", "15/TB-SNV"),
    "Quyết định phê duyệt số 123/QĐ-TTg": ("Quyết định", "123/QĐ-TTg"),
    "QĐ số 12/QĐ-UBND": ("Quyết định", "12/QĐ-UBND"),
    "NGHỊ QUYẾT SỐ 21-NQ/TU": ("Nghị quyết", "21-NQ/TU"),
    "Quyêt định số 12/QĐ-UBND": ("Quyết định", "12/QĐ-UBND"),
    "Kết luận số 132- KL/TW": ("Kết luận", "132-KL/TW"),
    "Nghị quyết số 71/NQ -CP": ("Nghị quyết", "71/NQ-CP"),
    "Thông tư số 02/2017/TT - BTC": ("Thông tư", "02/2017/TT-BTC"),
    "Nghị định 32/2019/CP": ("Nghị định", "32/2019/CP"),
}


@pytest.mark.parametrize(("printed", "kind", "symbol"), [(p, *facts) for p, facts in SHAPES.items()])
def test_numbers_of_every_shape(printed: str, kind: str, symbol: str) -> None:
    (found,) = cite(f"Các cơ quan thực hiện {printed} ngày 02 tháng 3 năm 2024 của cấp trên.")
    assert (found.surface, found.type, found.symbol) == (printed, kind, symbol)
    assert (found.kind, found.date) == ("numbered", "2024-03-02")


def test_the_shapes_are_all_there() -> None:
    assert len(SHAPES) == 34


@pytest.mark.parametrize(
    "text",
    [
        "Theo QCVN 01-1:2018/BYT và TCVN ISO 9001:2015.",
        "Giai đoạn 2021-2025, đạt 12/TX và 5/HA, ngày 27/11/2024, trực 24/7.",
        "Hợp đồng số 01/HĐ-KT; Giấy phép số 12/GP-UBND.",
        "Mẫu số 01/TTS và mẫu số 02/KK-TNCN.",
        "Đề án 06 của Chính phủ; Quyết định 12 dự án.",
    ],
)
def test_other_numbers_name_no_act(text: str) -> None:
    assert surfaces(text) == []


def test_a_header_number_is_no_citation() -> None:
    assert (
        surfaces("ỦY BAN NHÂN DÂN\nTỈNH TRƯỜNG LĨNH\n\nSố: 12/2023/NQ-HĐND\n\nVân Khê, ngày 1 tháng 2 năm 2023\n") == []
    )


def test_several_numbers_behind_one_kind_word() -> None:
    text = "Căn cứ các Nghị định số 01/2020/NĐ-CP, số 02/2021/NĐ-CP và 03/2022/NĐ-CP của Chính phủ;"
    assert surfaces(text) == ["Nghị định số 01/2020/NĐ-CP", "số 02/2021/NĐ-CP", "03/2022/NĐ-CP"]
    assert {c.type for c in cite(text)} == {"Nghị định"}


def test_a_kind_word_before_a_colon_is_shared() -> None:
    text = "được phê duyệt tại các Quyết định: số 36/QĐ-TTg ngày 11/01/2024 về hạ tầng; số 15/QĐ-TTg và số 16/QĐ-TTg."
    assert surfaces(text) == ["số 36/QĐ-TTg", "số 15/QĐ-TTg", "số 16/QĐ-TTg"]


def test_a_symbol_printed_once_serves_both_numbers() -> None:
    first, second = cite("Căn cứ các Kết luận số 187, 188- KL/TW ngày 29/8/2025 của Bộ Chính trị.")
    assert (first.surface, first.symbol) == ("Kết luận số 187", "187-KL/TW")
    assert (second.surface, second.symbol) == ("188- KL/TW", "188-KL/TW")


def test_names_go_on_over_line_and_page_breaks() -> None:
    raw = "Thực hiện Nghị quyết số \n\n02/NQ-CP ngày 08 tháng 01 \n\nnăm 2024 của Chính phủ về nhiệm vụ chủ yếu.\n"
    (found,) = cite(raw)
    assert found.surface == "Nghị quyết số 02/NQ-CP"
    assert " ".join(raw[found.start : found.end].split()) == found.surface
    assert (found.date, found.issuer, found.subject) == ("2024-01-08", "Chính phủ", "về nhiệm vụ chủ yếu")


def test_decomposed_and_look_alike_letters_are_the_same() -> None:
    text = "Thực hiện Nghị định số 43/2023/NÐ-CP và **Quyết định** số 5/QÐ-TTg."
    raw = unicodedata.normalize("NFD", text)
    found = cite(raw)
    assert [c.symbol for c in found] == ["43/2023/NĐ-CP", "5/QĐ-TTg"]
    assert all(" ".join(raw[c.start : c.end].split()) == c.surface for c in found)


def test_what_is_printed_beside_an_act() -> None:
    text = (
        "Thực hiện khoản 2 Điều 5 Nghị quyết số 8-NQ/TU ngày 16-02-2022 của Ban Chấp hành Đảng bộ tỉnh, khóa XVI “về bảo "
        "tồn nghề truyền thống, gắn với du lịch”; theo chỉ đạo của Ủy ban nhân dân tỉnh tại Công văn số 41/UBND-KT."
    )
    resolution, letter = cite(text)
    assert resolution.provision == "khoản 2 Điều 5"
    assert resolution.issuer == "Ban Chấp hành Đảng bộ tỉnh, khóa XVI"
    assert resolution.subject == "về bảo tồn nghề truyền thống, gắn với du lịch"
    assert (letter.issuer, letter.date, letter.subject) == ("Ủy ban nhân dân tỉnh", None, None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Nghị định số 3/2019/NĐ-CP của Chính phủ ngày 10 tháng 4 năm 2019 về đặt hàng.", "2019-04-10"),
        ("Ngày 30/6/2023, Chính phủ đã ban hành Nghị định số 3/2023/NĐ-CP về thanh tra.", "2023-06-30"),
        ("Sở nhận văn bản đề ngày 29 tháng 10 năm 2025 số 16/CV-HHT của Hiệp hội.", "2025-10-29"),
        ("Quyết định số 3/QĐ-BTC, ngày 5/11/2025 của Bộ Tài chính.", "2025-11-05"),
        ("Nghị định số 3/2019/NĐ-CP có hiệu lực từ ngày 01/7/2019.", None),
    ],
)
def test_the_date_of_an_act(text: str, date: str | None) -> None:
    assert [c.date for c in cite(text)] == [date]


@pytest.mark.parametrize(
    ("words_printed", "issuer"),
    [
        ("của Bộ Giao thông vận tải quy định về bến xe", "Bộ Giao thông vận tải"),
        ("của Bộ Văn hóa, Thể thao và Du lịch về lễ hội", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"),
        ("của Chính phủ và Kế hoạch số 2/KH-UBND", "Chính phủ"),
    ],
)
def test_where_an_issuer_ends(words_printed: str, issuer: str) -> None:
    assert cite(f"Thực hiện Thông tư số 1/2024/TT-BXX {words_printed}.")[0].issuer == issuer


def test_slips_keep_their_print_and_get_the_probable_form() -> None:
    slips = {
        ("33/2030QĐ-TTg", "Quyết định", None): "33/2030/QĐ-TTg",
        ("32/2019/CP", "Nghị định", None): "32/2019/NĐ-CP",
        ("52/NĐ-CP", "Nghị định", "2007"): "52/2007/NĐ-CP",
        ("118/2025/NĐCP", "Nghị định", None): "118/2025/NĐ-CP",
        ("43/2023/ND-CP", "Nghị định", None): "43/2023/NĐ-CP",
        ("21/2025/TTBYT", "Thông tư", None): "21/2025/TT-BYT",
        ("22/2023/OH15", "Luật", None): "22/2023/QH15",
        ("18NQ/TW", "Nghị quyết", None): "18-NQ/TW",
        ("05-CT-TW", "Chỉ thị", None): "05-CT/TW",
        ("12/QĐ/UBND", "Quyết định", None): "12/QĐ-UBND",
    }
    assert {slip: probable_number(*slip) for slip in slips} == slips
    well_formed = ("97/NQ-CP", "21-NQ/TU", "88/2014/QH13", "627/TTg-QHĐP", "43/2023/NĐ-CP", "74/CP")
    assert [probable_number(n, "Nghị quyết", "2023") for n in well_formed] == [None] * 6


def test_short_forms_are_marked() -> None:
    text = (
        "Nghị quyết số 57-NQ/TW (sau đây gọi tắt là Nghị quyết số 57-NQ/TW); thực hiện Nghị quyết 57 của Bộ Chính trị."
    )
    assert [(c.surface, c.short_form) for c in cite(text)] == [
        ("Nghị quyết số 57-NQ/TW", False),
        ("Nghị quyết số 57-NQ/TW", True),
        ("Nghị quyết 57", True),
    ]


def test_the_own_number_is_marked() -> None:
    own = Document(number="35/QĐ-UBND", date="2025-11-21")
    text = "(Kèm theo Quyết định số 35 /QĐ -UBND ngày 21/11/2025; thay Quyết định số 35/QĐ-UBND ngày 02/3/2024)"
    assert [c.is_self for c in cite(text, own)] == [True, False]


def test_provincial_and_central_numbers_stay_apart() -> None:
    text = "Nghị quyết số 23-NQ/TW; Nghị quyết số 23-NQ/TU; Nghị quyết số 23/NQ-HĐND; Nghị quyết số 23/2023/NQ-HĐND."
    assert [c.symbol for c in cite(text)] == ["23-NQ/TW", "23-NQ/TU", "23/NQ-HĐND", "23/2023/NQ-HĐND"]
    assert [c.symbol_normalised for c in cite(text)] == [None] * 4


def test_scopes_follow_units() -> None:
    raw = (
        "Thực hiện Chỉ thị số 7-CT/TU, Ủy ban nhân dân tỉnh yêu cầu:\n\n1. Tình hình: còn vi phạm Luật Lâm nghiệp.\n\n"
        "2. Sở Nội vụ triển khai Kế hoạch số 8/KH-UBND.\n"
    )
    units = [(raw.index("1."), raw.index("2."), "statement"), (raw.index("2."), len(raw), "task")]
    found = read_citations(read_text("x.txt", raw), units)
    assert [c.scope for c in found] == ["document", "background", "task"]


def test_the_kind_word_directly_before() -> None:
    assert kind_before("theo Thông tư liên tịch ", 0, 24) == (5, "Thông tư liên tịch")
    assert kind_before("theo quy hoạch đất", 0, 18) is None
    assert kind_before("", 0, 0) is None


def test_tables_are_canonical() -> None:
    names = {}
    for table in ("acts.toml", "laws.toml"):
        lists = tomllib.loads(files("loaders").joinpath(table).read_text(encoding="utf-8"))
        names[table] = len(lists)
        for name, items in lists.items():
            assert items == sorted(items, key=lambda s: (fold(s), s)), name
            assert len(set(items)) == len(items), name
            assert all(unicodedata.is_normalized("NFC", item) for item in items), name
    assert names == {"acts.toml": 14, "laws.toml": 4}


def test_word_lists_match_the_longest_word() -> None:
    found = re.match(either(["Ban", "Ban Thường vụ"]), "Ban  Thường\nvụ tỉnh")
    assert found
    assert found.group() == "Ban  Thường\nvụ"
    with pytest.raises(KeyError):
        words("no such list")


def test_an_issuer_ends_where_the_next_act_begins() -> None:
    text = "THỰC HIỆN NGHỊ QUYẾT SỐ 9/NQ-CP CỦA CHÍNH PHỦ VÀ CHƯƠNG TRÌNH HÀNH ĐỘNG SỐ 2-CTR/TU CỦA TỈNH ỦY"
    assert [c.issuer for c in cite(text)] == ["CHÍNH PHỦ", "TỈNH ỦY"]
    text = "Thực hiện Nghị quyết số 9/NQ-CP của Chính phủ Chương trình hành động số 2-CTr/TU của Tỉnh ủy."
    assert [c.issuer for c in cite(text)] == ["Chính phủ", "Tỉnh ủy"]
