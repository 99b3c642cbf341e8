"""Acts named without a number: laws by title, Party and State acts by congress, plenum, session, or issuer and title."""

from __future__ import annotations

import pytest

from loaders.citations import read_citations
from loaders.records import Citation
from loaders.text import read_text
from loaders.titles import title_end


def cite(text: str) -> list[Citation]:
    return read_citations(read_text("x.txt", text))


def surfaces(text: str) -> list[str]:
    return [c.surface for c in cite(text)]


TITLES = [
    ("vi phạm Luật Lâm nghiệp, khai thác khoáng sản", "Luật Lâm nghiệp"),
    ("theo Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", "Luật Tổ chức chính quyền địa phương"),
    ("sau khi Luật Giao dịch điện tử (năm 2023) được thông qua", "Luật Giao dịch điện tử (năm 2023)"),
    ("quy định của Luật Ngân sách nhà nước năm 2015.", "Luật Ngân sách nhà nước năm 2015"),
    ("Luật Đầu tư theo phương thức đối tác công tư quy định", "Luật Đầu tư theo phương thức đối tác công tư"),
    ("thực hiện Luật Tín ngưỡng, tôn giáo; làm tốt", "Luật Tín ngưỡng, tôn giáo"),
    ("tuyên truyền Luật Trật tự, an toàn giao thông trên mạng", "Luật Trật tự, an toàn giao thông"),
    ("theo Luật xử lý vi phạm hành chính và quy định khác", "Luật xử lý vi phạm hành chính"),
    ("đăng ký theo luật Đất đai hiện hành", "luật Đất đai"),
    ("Luật Đất đai (sửa đổi) có hiệu lực", "Luật Đất đai (sửa đổi)"),
    ("theo Luật PCCC và các quy định", "Luật PCCC"),
    ("chấp hành nghiêm túc Luật Bảo vệ BMNN và các", "Luật Bảo vệ BMNN"),
    ("kinh phí thực hiện Pháp lệnh ưu đãi NCC với cách mạng năm 2031", "Pháp lệnh ưu đãi NCC với cách mạng năm 2031"),
    (
        "về Luật Phòng cháy, chữa cháy (PCCC) và cứu nạn, cứu hộ (CNCH);",
        "Luật Phòng cháy, chữa cháy (PCCC) và cứu nạn, cứu hộ",
    ),
    ("Luật Kinh tế xanh được Quốc hội thông qua", "Luật Kinh tế xanh"),
    ("thi hành Bộ luật Lao động năm 2019 trong doanh nghiệp", "Bộ luật Lao động năm 2019"),
    ("Pháp lệnh Ưu đãi người có công với cách mạng và các", "Pháp lệnh Ưu đãi người có công với cách mạng"),
    ("quy định tại Hiến pháp năm 2013 về quyền", "Hiến pháp năm 2013"),
    ("TRIỂN KHAI THI HÀNH LUẬT VIỆC LÀM TRÊN ĐỊA BÀN TỈNH", "LUẬT VIỆC LÀM"),
]
PARTY = [
    "Nghị quyết Đại hội XIII của Đảng",
    "Nghị quyết Đại hội XVI Đảng bộ tỉnh",
    "Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII",
    "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
    "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Trường Lĩnh lần thứ XVI, nhiệm kỳ 2020 - 2025",
    "Nghị quyết Đại hội Đảng bộ huyện Sơn Thạch nhiệm kỳ 2020-2025",
    "Nghị quyết Trung ương 6 (khóa XI)",
    "Nghị quyết Trung ương 4 (khóa XI, XII)",
    "Nghị quyết Hội nghị Trung ương 5 khóa XI",
    "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII",
    "Kết luận Hội nghị Trung ương 4 khóa XIII",
    "Nghị quyết của Quốc hội, kỳ họp thứ 5, khóa XV",
    "Nghị quyết kỳ họp thứ 6 Hội đồng nhân dân tỉnh khóa XII",
    "Nghị quyết của Tỉnh ủy về phát triển du lịch đến năm 2025, định hướng đến năm 2030",
    "Chỉ thị của Ban Bí thư về công tác dạy nghề",
    "Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh khóa XVI",
    "Điều lệ Đảng Cộng sản Việt Nam",
    "Cương lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội (bổ sung, phát triển năm 2011)",
]
GENERIC = [
    "Thực hiện các Nghị quyết của Chính phủ, Tỉnh ủy, Hội đồng nhân dân tỉnh về kinh tế - xã hội.",
    "Tích cực triển khai các Nghị quyết Trung ương về cải cách tiền lương.",
    "Thực hiện nghiêm các kết luận của Ban Chỉ đạo Trung ương.",
    "Theo quy định của pháp luật về đất đai, luật pháp quốc tế; phổ biến các Luật, văn bản mới.",
    "Đoàn Luật sư, Hội Luật gia, Trường Đại học Luật và khoa Luật Kinh tế.",
    "Thẩm tra dự thảo Luật Đất đai (sửa đổi); góp ý dự án Luật Việc làm.",
    "Trình Hội đồng nhân dân tỉnh ban hành Nghị quyết của Hội đồng nhân dân tỉnh về học phí.",
    "Triển khai Quy hoạch tỉnh Trường Lĩnh thời kỳ 2021 - 2030 và Kế hoạch phát triển kinh tế - xã hội năm 2024.",
    "Nghị quyết này, Chỉ thị này và Kế hoạch nêu trên; tuân thủ Hiến pháp và pháp luật; vốn điều lệ.",
    "Nghị quyết Đại hội Đảng bộ các cấp; sự lãnh đạo của Đảng.",
    "Quyết định công nhận kết quả đấu giá quyền sử dụng đất; ý kiến kết luận tại kỳ họp.",
]


@pytest.mark.parametrize(("text", "surface"), TITLES)
def test_where_a_law_is_named_and_its_title_ends(text: str, surface: str) -> None:
    (found,) = cite(text)
    assert (found.surface, found.kind, found.symbol) == (surface, "named", None)


@pytest.mark.parametrize("surface", PARTY)
@pytest.mark.parametrize("verb", ["Thực hiện", "Tiếp tục triển khai"])
def test_acts_named_by_what_identifies_them(surface: str, verb: str) -> None:
    (found,) = cite(f"{verb} {surface}; các cấp ủy chỉ đạo kịp thời.")
    assert (found.surface, found.kind, found.relation) == (surface, "named", "implements")


@pytest.mark.parametrize("text", GENERIC)
def test_generic_words_name_no_act(text: str) -> None:
    assert surfaces(text) == []


def test_the_cases_are_all_there() -> None:
    assert (len(TITLES), len(PARTY), len(GENERIC)) == (19, 18, 11)


def test_lists_of_laws() -> None:
    assert surfaces("Theo Luật Đất đai, Luật Nhà ở và Luật Kinh doanh bất động sản.") == [
        "Luật Đất đai",
        "Luật Nhà ở",
        "Luật Kinh doanh bất động sản",
    ]
    assert surfaces("Rà soát các Luật Đất đai, Nhà ở và Kinh doanh bất động sản.") == [
        "Luật Đất đai",
        "Nhà ở",
        "Kinh doanh bất động sản",
    ]


def test_an_amending_law_holds_the_laws_that_it_amends() -> None:
    text = (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày "
        "22 tháng 11 năm 2019;"
    )
    outer, first, second = cite(text)
    assert outer.surface.startswith("Luật sửa đổi")
    assert outer.surface.endswith("Luật Tổ chức chính quyền địa phương")
    assert (outer.date, first.date, second.date) == ("2019-11-22", None, None)
    assert (outer.relation, first.relation, second.relation) == ("legal-basis", "mentions", "mentions")
    assert [(r.relation, r.target) for r in outer.relations_also] == [("amends", 1), ("amends", 2)]


def test_the_number_after_an_amending_law_is_its_own() -> None:
    text = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch và Luật Đấu thầu số 57/2024/QH15;"
    outer, *inner = cite(text)
    assert (outer.kind, outer.symbol) == ("numbered", "57/2024/QH15")
    assert [(c.kind, c.surface) for c in inner] == [("named", "Luật Quy hoạch"), ("named", "Luật Đấu thầu")]


def test_a_title_ends_where_the_sentence_resumes() -> None:
    text = "tiếp tục triển khai Nghị quyết của Tỉnh ủy về phát triển đô thị đến năm 2030, phấn đấu nâng hạng."
    assert surfaces(text) == ["Nghị quyết của Tỉnh ủy về phát triển đô thị đến năm 2030"]


def test_listed_titles_are_matched_whatever_their_case_and_commas() -> None:
    for printed in ("Phòng, chống ma túy", "PHÒNG, CHỐNG MA TÚY", "Phòng chống ma tuý"):
        assert title_end(printed, 0, len(printed), "Luật") == len(printed)
    assert title_end("Kinh tế xanh", 0, 12, "Luật") is None
