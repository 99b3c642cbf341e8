"""Cues: every row of phrases.toml does what its examples say, and not what its counter-examples say."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import pytest

from loaders.citations import read_citations
from loaders.read import read_record
from loaders.records import RELATIONS, Citation
from loaders.relations import cues, joining_relation, left_context, relation_of, sentence_starts
from loaders.text import read_text


class Row(NamedTuple):
    """One sentence of the table: the row's number, what it should say, and whether it should say it."""

    row: int
    relation: str
    normative: str | None
    text: str
    holds: bool


ROWS = [
    Row(i, cue.relation, cue.normative, text, holds)
    for i, cue in enumerate(cues())
    for holds, texts in ((True, cue.examples), (False, cue.counter_examples))
    for text in texts
]


def cite(text: str) -> list[Citation]:
    return read_citations(read_text("x.txt", text))


def by_surface(text: str) -> dict[str, str]:
    return {c.surface: c.relation for c in cite(text)}


def test_the_table_is_read_whole() -> None:
    assert len(cues()) == 16
    assert len(ROWS) >= 35
    assert {cue.relation for cue in cues()} == set(RELATIONS)
    assert all(cue.examples and cue.counter_examples for cue in cues())
    assert all(unicodedata.is_normalized("NFC", row.text) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.row}-{r.relation}-{'yes' if r.holds else 'no'}-{r.text[:30]}")
def test_each_row_does_what_it_says(row: Row) -> None:
    first = cite(row.text)[0]
    # "Quyết định này được sửa đổi bởi …": the amending act is the one that is cited.
    assert (first.relation == row.relation) is row.holds, (first.surface, first.relation)


def test_acts_of_one_list_share_the_cue_before_it() -> None:
    text = (
        "Thực hiện Nghị quyết số 10-NQ/TU ngày 02-3-2023 của Tỉnh ủy về thu hút đầu tư; Kế hoạch số 45/KH-UBND ngày "
        "05 tháng 4 năm 2023 của Ủy ban nhân dân tỉnh; Công văn số 77/UBND-KT, Ủy ban nhân dân huyện Sơn Thạch báo cáo."
    )
    assert by_surface(text) == {
        "Nghị quyết số 10-NQ/TU": "implements",
        "Kế hoạch số 45/KH-UBND": "implements",
        "Công văn số 77/UBND-KT": "implements",
    }


def test_a_list_has_one_relation_whatever_the_kinds_of_its_acts() -> None:
    text = "Đổi mới cơ chế đặt hàng theo Kế hoạch số 36/KH-UBND của Ủy ban nhân dân tỉnh, Nghị định số 3/2019/NĐ-CP."
    assert set(by_surface(text).values()) == {"implements"}


@pytest.mark.parametrize(
    "asked", ["Kiến nghị cấp trên xem xét sửa đổi", "Thống nhất dự thảo Nghị quyết sửa đổi, bổ sung"]
)
def test_a_change_only_asked_for_is_none(asked: str) -> None:
    assert cite(f"{asked} Nghị quyết số 12/2020/NQ-HĐND.")[0].relation == "mentions"


def test_a_title_never_speaks_for_the_document() -> None:
    text = "Căn cứ Quyết định số 5/QĐ-UBND về việc bãi bỏ Quyết định số 4/QĐ-UBND; Nghị định số 3/2024/NĐ-CP."
    first, inner, last = cite(text)
    assert (first.relation, inner.relation, last.relation) == ("legal-basis", "mentions", "legal-basis")
    assert [(r.relation, r.target) for r in first.relations_also] == [("repeals", 1)]


def test_what_an_act_guides_is_said_of_the_act() -> None:
    text = "Tổ chức thực hiện Nghị định số 8/2024/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Thanh tra."
    decree, law = cite(text)
    assert (decree.relation, law.relation) == ("implements", "mentions")
    assert [(r.relation, r.target) for r in decree.relations_also] == [("guides", 1)]


def test_the_title_of_a_joint_act_begins_behind_all_its_issuers() -> None:
    text = (
        "Áp dụng Thông tư liên tịch số 25/2030/TTLT-BTC-BYT ngày 11/9/2030 của Liên Bộ: Tài chính, Xây dựng, Y tế về việc "
        "sửa đổi, bổ sung Thông tư liên tịch số 17/2026/TTLT-BTC-BYT ngày 21/11/2026 và thay thế Thông tư liên tịch số "
        "06/2027/TTLT-BTC-BYT."
    )
    joint, amended, replaced = cite(text)
    assert joint.issuer == "Liên Bộ: Tài chính, Xây dựng, Y tế"
    assert (amended.relation, replaced.relation) == ("mentions", "mentions")
    assert {(r.relation, r.target) for r in joint.relations_also} == {("amends", 1), ("replaces", 2)}


def test_amending_acts_are_tied_to_the_amended_one() -> None:
    text = (
        "Theo quy định tại Nghị quyết số 58/2021/NQ-HĐND ngày 09 tháng 12 năm 2021 (đã được sửa đổi, bổ sung tại Nghị "
        "quyết số 22/2023/NQ-HĐND và Nghị quyết số 3/2024/NQ-HĐND), các sở phân bổ dự toán."
    )
    amended, first, second = cite(text)
    assert amended.relation == "mentions"
    assert {(r.relation, r.target) for r in amended.relations_also} == {("amended-by", 1), ("amended-by", 2)}
    assert (first.relation, second.relation) == ("mentions", "mentions")


def test_a_decree_is_amended_by_a_decree_and_not_its_law() -> None:
    text = (
        "Căn cứ Nghị định số 72/2020/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Dân quân tự vệ được sửa "
        "đổi, bổ sung bởi Nghị định số 16/2025/NĐ-CP;"
    )
    decree, law, _ = cite(text)
    assert ("amended-by", 2) in {(r.relation, r.target) for r in decree.relations_also}
    assert law.relations_also == ()


def test_a_review_reports_on_what_was_carried_out() -> None:
    done = "Các cấp đã triển khai thực hiện Nghị quyết số 18-NQ/TU ngày 02-12-2022 và đạt được những kết quả tích cực."
    duty = "Các cấp triển khai thực hiện Nghị quyết số 18-NQ/TU ngày 02-12-2022 đạt kết quả cao nhất."
    assert cite(done)[0].relation == "reports-on"
    assert cite(duty)[0].relation == "implements"


def test_what_follows_a_list_is_said_of_each_act() -> None:
    text = (
        "Quyết định số 12/2020/QĐ-UBND ngày 3/4/2020 của Ủy ban nhân dân tỉnh quy định mức hỗ trợ và Quyết định số "
        "13/2020/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực."
    )
    assert set(by_surface(text).values()) == {"repeals"}


def test_the_head_of_a_list_speaks_for_its_items() -> None:
    text = (
        "Điều 2. Bãi bỏ các Nghị quyết sau:\n\na) Nghị quyết số 1/2020/NQ-HĐND.\n\nb) Nghị quyết số 2/2021/NQ-HĐND.\n"
    )
    assert by_surface(text) == {"Nghị quyết số 1/2020/NQ-HĐND": "repeals", "Nghị quyết số 2/2021/NQ-HĐND": "repeals"}


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Bãi bỏ thủ tục số 8, 9 tại Quyết định số 1/QĐ-UBND ngày 6/5/2025 của Ủy ban nhân dân tỉnh và thủ tục số 1 "
            "tại Quyết định số 2/QĐ-UBND ngày 1/10/2024.",
            ["repeals", "repeals"],
        ),
        ("Bãi bỏ mục A.2, A.3 tại Danh mục phí đò ban hành kèm theo Quyết định số 1/QĐ-UBND.", ["repeals"]),
        (
            "Sửa đổi, bổ sung phí đò đã được công bố tại các Quyết định của Ủy ban nhân dân tỉnh: số 1/QĐ-UBND ngày "
            "5/5/2025 (cũ); số 2/QĐ-UBND ngày 6/6/2025.",
            ["amends", "amends"],
        ),
        ("Điều 1. Bổ sung bến đò Ia Rưm vào danh sách bến đò nêu tại Điều 2 Nghị quyết số 1/NQ-CP.", ["amends"]),
        ("Báo nêu: tỉnh đã bổ sung bến đò vào danh sách nêu tại Điều 2 Nghị quyết số 1/NQ-CP.", ["mentions"]),
        ("Sửa đổi mức phí đò theo Nghị quyết số 1/NQ-HĐND.", ["implements"]),
        ("Bổ sung kinh phí thực hiện nhiệm vụ tại Quyết định số 1/QĐ-UBND.", ["implements"]),
        ("Vốn đóng đò được bổ sung theo Nghị quyết số 1/NQ-HĐND.", ["mentions"]),
        ("HƯỚNG DẪN\n\nMỘT SỐ NỘI DUNG QUY ĐỊNH SỐ 1-QĐ/TW VỀ ĐÒ NGANG", ["guides"]),
        ("BÁO CÁO\n\nMỘT SỐ NỘI DUNG QUY ĐỊNH SỐ 1-QĐ/TW VỀ ĐÒ NGANG", ["mentions"]),
    ],
)
def test_a_sentence_that_opens_with_a_change(text: str, relations: list[str]) -> None:
    assert [c.relation for c in cite(text)] == relations


def test_an_act_of_another_kind_behind_an_aside_changes_nothing() -> None:
    text = "Căn cứ Nghị định số 1/2010/NĐ-CP được sửa đổi, bổ sung tại Nghị định số 2/2017/NĐ-CP, Thông tư số 3/2017/TT-BXD;"
    decree, _, circular = cite(text)
    assert [(r.relation, r.target) for r in decree.relations_also] == [("amended-by", 1)]
    assert circular.relation == "legal-basis"


def test_sentences_do_not_end_in_abbreviations() -> None:
    text = "Sở làm việc tại TP. Vân Khê theo Điều 5. Căn cứ Luật Đất đai. Xong."
    assert [text[s : s + 7] for s in sentence_starts(text, 0, len(text))] == ["Sở làm ", "Căn cứ ", "Xong."]


def test_the_left_context_cuts_acts_out() -> None:
    assert left_context("theo A của B; C", 0, 14, [(5, 12)]) == "theo §; "


def test_nothing_is_said_where_no_cue_stands() -> None:
    assert relation_of("hồ sơ gồm ", "", "Nghị quyết") is None
    assert joining_relation("về phiên họp ") is None
    assert joining_relation("về triển khai thực hiện ") == "implements"


def test_acts_listed_under_the_title_of_the_grounds_are_a_legal_basis() -> None:
    text = "II. Căn cứ pháp lý để thẩm định\n- Luật Đất đai số 31/2024/QH15;\n- Nghị định số 102/2024/NĐ-CP."
    assert [found.relation for found in cite(text)] == ["legal-basis", "legal-basis"]
    assert cite("II. Hồ sơ trình\n- Luật Đất đai số 31/2024/QH15;")[0].relation == "mentions"


@pytest.mark.parametrize(
    ("line", "relation"),
    [
        (
            "1. Sở Tài chính xác định giá đất theo Nghị định số 71/2024/NĐ-CP, báo cáo trước ngày 15/8/2031.",
            "implements",
        ),
        ("1. Sở Tài chính xác định giá đất theo khoản 2 Điều 5 Nghị định số 71/2024/NĐ-CP.", "implements"),
        ("1. Sở Tài chính thẩm định hồ sơ dự án nhóm B (theo Nghị định số 71/2024/NĐ-CP).", "mentions"),
        ("1. Sở Tài chính thẩm định hồ sơ theo quy định tại Nghị định số 71/2024/NĐ-CP.", "mentions"),
        ("Năm 2030, giá đất đã được xác định theo Nghị định số 71/2024/NĐ-CP.", "mentions"),
    ],
)
def test_what_a_task_is_done_by_is_carried_out(line: str, relation: str) -> None:
    text = read_text("kh.md", f"KẾ HOẠCH\nXác định giá đất\n\nI. NHIỆM VỤ\n{line}\n")
    record = read_record(text)
    assert [citation.relation for citation in record.citations] == [relation]
