"""Which act a citation means: agreement on more than the number, the context of the citing document, and doubt said."""

from __future__ import annotations

from typing import Any

import pytest
from linking import document

from kg.links import Resolution
from kg.resolve import resolve
from loaders.records import Loaded

RESOLUTION = document(
    "nq.txt", "Nạo vét luồng lạch sông Vân.",
    type="Nghị quyết", issuer="Tỉnh ủy Trường Lĩnh", number="08-NQ/TU", date="2023-02-14",
    subject="về phát triển du lịch sông nước đến năm 2030",
)  # fmt: skip


def letter(cites: dict[str, Any], surface: str = "Nghị quyết số 08-NQ/TU", **about: Any) -> Loaded:
    known = {"type": "Công văn", "issuer": "Ủy ban nhân dân tỉnh Trường Lĩnh", "date": "2023-06-20", **about}
    return document("cv.txt", f"Thực hiện [[{surface}]], yêu cầu nạo vét.", (cites,), **known)


def only(loaded: list[Loaded], file: str = "cv.txt") -> Resolution:
    found = [r for r in resolve(loaded) if r.file == file]
    assert len(found) == 1
    return found[0]


def test_number_issuer_and_day_lead_to_the_document_with_reasons():
    found = only([RESOLUTION, letter({"symbol": "08-NQ/TU", "date": "2023-02-14", "issuer": "Tỉnh ủy"})])
    assert found.status == "resolved"
    assert found.act is not None
    assert found.act.file == "nq.txt"
    assert {"số 08-NQ/TU", "ngày 2023-02-14"} <= set(found.reasons)


def test_the_committee_and_its_party_committee_number_in_one_series():
    cited = {"symbol": "08-NQ/TU", "date": "2023-02-14", "issuer": "Ban Chấp hành Đảng bộ tỉnh khóa XVII"}
    assert only([RESOLUTION, letter(cited)]).status == "resolved"


@pytest.mark.parametrize(
    ("why", "cited"),
    [
        ("another day", {"symbol": "08-NQ/TU", "date": "2018-03-01", "issuer": "Tỉnh ủy"}),
        ("another series of the same serial", {"symbol": "08/NQ-HĐND", "date": "2023-02-14", "issuer": "Hội đồng nhân dân tỉnh"}),
        ("the centre, one letter apart", {"symbol": "08-NQ/TW", "date": "2023-02-14", "issuer": "Bộ Chính trị"}),
        ("another province", {"symbol": "08-NQ/TU", "issuer": "Tỉnh ủy Gia Lai", "date": "2023-02-14"}),
    ],
)  # fmt: skip
def test_the_number_alone_never_decides(why: str, cited: dict[str, Any]):
    found = only([RESOLUTION, letter(cited)])
    assert found.status == "stub", why
    assert found.act is not None
    assert found.act.file is None
    assert found.act.number == cited["symbol"]


def test_two_terms_are_two_acts_even_without_a_day():
    old = document(
        "cu.txt", "Trồng quế.", type="Nghị quyết", number="08-NQ/TU", issuer="Ban Chấp hành Đảng bộ tỉnh khóa XV"
    )
    cited = {"symbol": "08-NQ/TU", "issuer": "Ban Chấp hành Đảng bộ tỉnh khóa XVI", "date": "2023-02-14"}
    assert only([old, letter(cited)]).status == "stub"


def test_the_citing_document_supplies_the_province():
    elsewhere = letter({"symbol": "08-NQ/TU", "date": "2023-02-14", "issuer": "Tỉnh ủy"}, province="Gia Lai")
    found = only([RESOLUTION, elsewhere])
    assert found.status == "stub"
    assert found.act is not None
    assert found.act.province == "Gia Lai"


def test_a_number_without_a_day_means_the_only_act_known_that_is_not_younger():
    assert only([RESOLUTION, letter({"symbol": "08-NQ/TU"})]).status == "resolved"
    assert only([RESOLUTION, letter({"symbol": "08-NQ/TU"}, date="2022-01-01")]).status == "stub"


def test_a_number_without_a_day_that_two_acts_bear_is_ambiguous_and_lists_them():
    older = document(
        "cu.txt", "Trồng quế.", type="Nghị quyết", issuer="Tỉnh ủy Trường Lĩnh", number="08-NQ/TU", date="2018-03-01"
    )
    found = only([RESOLUTION, older, letter({"symbol": "08-NQ/TU"})])
    assert found.status == "ambiguous"
    assert found.act is None
    assert {c.act.date for c in found.candidates} == {"2018-03-01", "2023-02-14"}
    assert found.reasons


def test_the_day_that_the_same_document_gives_settles_its_short_mentions():
    older = document(
        "cu.txt", "Trồng quế.", type="Nghị quyết", issuer="Tỉnh ủy Trường Lĩnh", number="08-NQ/TU", date="2018-03-01"
    )
    both = document(
        "cv.txt", "Thực hiện [[Nghị quyết số 08-NQ/TU]] ngày 14/02/2023.\n\nTiếp tục [[Nghị quyết số 08-NQ/TU]].",
        ({"symbol": "08-NQ/TU", "date": "2023-02-14"}, {"symbol": "08-NQ/TU"}),
        type="Công văn", issuer="Ủy ban nhân dân tỉnh Trường Lĩnh", date="2023-06-20",
    )  # fmt: skip
    acts = [r.act.file for r in resolve([RESOLUTION, older, both]) if r.act]
    assert acts == ["nq.txt", "nq.txt"]


def test_a_programme_is_found_though_its_kind_is_called_shorter():
    programme = document(
        "ctr.txt", "Nạo vét.", type="Chương trình hành động", issuer="Ủy ban nhân dân tỉnh Trường Lĩnh",
        number="45/CTr-UBND", date="2023-05-30",
    )  # fmt: skip
    cited = {"symbol": "45/CTr-UBND", "type": "Chương trình", "date": "2023-05-30", "issuer": "Ủy ban nhân dân tỉnh"}
    assert only([programme, letter(cited, "Chương trình số 45/CTr-UBND")]).status == "resolved"


def test_an_act_without_a_number_is_found_by_issuer_kind_and_subject():
    cited = {"issuer": "Tỉnh ủy", "subject": "về phát triển du lịch sông nước đến năm 2030"}
    found = only([RESOLUTION, letter(cited, "Nghị quyết của Tỉnh ủy về phát triển du lịch sông nước đến năm 2030")])
    assert found.status == "resolved"
    assert "trích yếu" in found.reasons


@pytest.mark.parametrize(
    "subject",
    ["về phát triển du lịch sông nước đến năm 2025", "về phát triển chăn nuôi đại gia súc đến năm 2030", None],
)
def test_another_year_or_topic_is_another_act(subject: str | None):
    surface = f"Nghị quyết của Tỉnh ủy {subject or ''}".strip()
    assert only([RESOLUTION, letter({"issuer": "Tỉnh ủy", "subject": subject}, surface)]).status == "stub"


LAWS = ("Luật Đầu tư công", "Luật Đầu tư", "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công", "Luật Đầu tư công")


def test_laws_are_told_by_their_whole_title():
    cites = tuple({"type": "Luật", "relation": "legal-basis"} for _ in LAWS)
    text = "\n\n".join(f"= Căn cứ [[{law}]];" for law in LAWS)
    acts = [r.act.iri for r in resolve([document("qd.txt", text, cites, type="Quyết định")]) if r.act]
    assert len(acts) == 4
    assert len(set(acts)) == 3
    assert acts[0] == acts[3]


def test_of_two_laws_of_one_title_the_one_that_the_document_names_is_meant():
    text = "= Căn cứ [[Luật Đất đai năm 2024]];\n\nTheo [[Luật Đất đai]], thu hồi đất."
    law = {"type": "Luật", "relation": "legal-basis"}
    older = document("cu.txt", "= Căn cứ [[Luật Đất đai năm 2013]];", (law,), type="Quyết định")
    here = document("moi.txt", text, (law, law), type="Quyết định")
    other, full, short = resolve([older, here])
    assert full.act == short.act != other.act
    silent = document("cv.txt", "Theo [[Luật Đất đai]], thu hồi đất.", (law,), type="Công văn")
    assert resolve([older, here, silent])[-1].status == "ambiguous"


def test_stubs_of_one_act_are_one_and_gather_what_is_known():
    bare = letter({"symbol": "97/NQ-CP", "date": "2023-07-08"}, "Nghị quyết số 97/NQ-CP", date="2023-08-01")
    full = document(
        "kh.txt", "Thực hiện [[Nghị quyết số 97/NQ-CP]] của Chính phủ.",
        ({"symbol": "97/NQ-CP", "date": "2023-07-08", "issuer": "Chính phủ", "subject": "về phiên họp thường kỳ"},),
        type="Kế hoạch", issuer="Ủy ban nhân dân huyện Sơn Thạch", date="2023-08-09",
    )  # fmt: skip
    first, second = resolve([bare, full])
    assert first.act == second.act
    assert first.act is not None
    assert (first.act.issuer, first.act.subject) == ("Chính phủ", "về phiên họp thường kỳ")


def test_undated_numbers_of_two_documents_are_not_thrown_together():
    one = letter({"symbol": "97/NQ-CP"}, "Nghị quyết số 97/NQ-CP")
    other = document(
        "kh.txt", "Thực hiện [[Nghị quyết số 97/NQ-CP]].", ({"symbol": "97/NQ-CP", "issuer": None},),
        type="Kế hoạch", issuer="Ủy ban nhân dân huyện Sơn Thạch", date="2019-08-09",
    )  # fmt: skip
    found = resolve([one, other])
    assert [r.status for r in found] == ["stub", "stub"]
    assert len({r.act.iri for r in found if r.act}) == 2


def test_a_document_that_cites_itself_is_meant_itself():
    itself = letter({"symbol": "12/UBND-TH", "is_self": True}, "Công văn số 12/UBND-TH", number="12/UBND-TH")
    found = only([itself])
    assert found.act is not None
    assert found.act.file == "cv.txt"


def test_a_short_form_means_the_act_named_in_full_before():
    text = "Thực hiện [[Nghị quyết số 57-NQ/TW]] ngày 22/12/2024.\n\nTiếp tục [[Nghị quyết 57]]."
    short = {"short_form": True}
    both = document(
        "cv.txt", text, ({"symbol": "57-NQ/TW", "date": "2024-12-22"}, short), type="Công văn", date="2025-03-01"
    )
    acts = {r.act.iri for r in resolve([both]) if r.act}
    assert len(acts) == 1


def test_every_citation_is_answered_in_order():
    cites = tuple({"symbol": f"{n}/NQ-CP", "date": f"2023-01-{n:02d}"} for n in range(1, 9))
    text = "\n\n".join(f"Thực hiện [[Nghị quyết số {n}/NQ-CP]]." for n in range(1, 9))
    found = resolve([document("cv.txt", text, cites, type="Công văn")])
    assert [r.citation for r in found] == list(range(8))
    assert len({r.act.iri for r in found if r.act}) == 8
