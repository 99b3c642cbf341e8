"""Documents without number or day, told by how others cite them; silence where that proves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from linking import document

from kg.identity import infer_identities
from loaders.records import Document, Loaded

SUBJECT = "lãnh đạo nhiệm vụ phát triển kinh tế đêm và du lịch sông nước năm 2023"
OPENING = "= Hội nghị lần thứ 9 Ban Chấp hành Đảng bộ tỉnh khóa XVII họp ngày 14-02-2023 tại thành phố Vân Khê."


def lost(file: str = "mat.txt", text: str = OPENING, **about: Any) -> Loaded:
    known = {"type": "Nghị quyết", "issuer": "Ban Chấp hành Đảng bộ tỉnh Trường Lĩnh khóa XVII", "subject": SUBJECT}
    return document(file, f"{text}\n\nMở chợ nổi.", **(known | about))


def citing(file: str = "cv.txt", **cited: Any) -> Loaded:
    known = {
        "symbol": "08-NQ/TU", "date": "2023-02-14", "issuer": "Ban Chấp hành Đảng bộ tỉnh khóa XVII",
        "subject": f"về {SUBJECT}",
    }  # fmt: skip
    text = "= Thực hiện [[Nghị quyết số 08-NQ/TU]] ngày 14 tháng 02 năm 2023 của Ban Chấp hành Đảng bộ tỉnh khóa XVII."
    return document(file, text, (known | cited,), type="Công văn", issuer="Ủy ban nhân dân tỉnh Trường Lĩnh")


def identity(loaded: list[Loaded], file: str = "mat.txt") -> Document:
    return next(d.record.document for d in infer_identities(loaded) if d.record.file == file)


def test_a_document_is_what_the_others_cite_under_its_issuer_subject_term_and_day():
    about = identity([citing(), lost()])
    assert (about.number, about.date) == ("08-NQ/TU", "2023-02-14")


def test_the_evidence_names_the_citing_file_and_the_offsets_of_its_words():
    letter = citing()
    about = identity([letter, lost()])
    for evidence, words in (
        (about.number_evidence, "Nghị quyết số 08-NQ/TU"),
        (about.date_evidence, "ngày 14 tháng 02 năm 2023"),
    ):
        assert evidence is not None
        assert evidence.file == "cv.txt"
        assert letter.raw[evidence.start : evidence.end] == words == evidence.surface
        assert "cùng trích yếu" in evidence.why
        assert "2023-02-14" in evidence.why


def test_what_the_document_states_itself_is_kept_with_its_own_evidence():
    about = identity([citing(), lost(date="2023-02-14")])
    assert about.number == "08-NQ/TU"
    assert about.date_evidence is None


@pytest.mark.parametrize(
    ("why", "cited"),
    [
        ("another subject", {"subject": "về trồng rừng gỗ lớn và bảo vệ rừng phòng hộ năm 2023"}),
        ("another year in the subject", {"subject": f"về {SUBJECT.replace('2023', '2022')}", "date": "2022-02-14"}),
        ("another kind", {"type": "Chỉ thị", "symbol": "08-CT/TU"}),
        ("another issuer", {"issuer": "Hội đồng nhân dân tỉnh", "symbol": "08/NQ-HĐND"}),
        ("another province", {"issuer": "Tỉnh ủy Gia Lai"}),
        ("another term", {"issuer": "Ban Chấp hành Đảng bộ tỉnh khóa XV"}),
        ("no subject at all", {"subject": None}),
    ],
)
def test_the_number_alone_identifies_nothing(why: str, cited: dict[str, Any]):
    about = identity([citing(**cited), lost()])
    assert (about.number, about.date) == (None, None), why


def test_another_day_than_the_document_states_is_another_document():
    assert identity([citing(), lost(date="2023-05-01")]).number is None


def test_two_acts_that_fit_one_document_equally_leave_it_unknown():
    text = "= Ban Chấp hành Đảng bộ tỉnh khóa XVII họp tại Vân Khê."
    two = [citing(), citing("kh.txt", symbol="09-NQ/TU", date="2023-03-20")]
    assert identity([*two, lost(text=text)]).number is None


def test_the_day_in_the_text_decides_between_two_acts():
    two = [citing(), citing("kh.txt", symbol="09-NQ/TU", date="2023-03-20")]
    assert identity([*two, lost()]).number == "08-NQ/TU"


def test_two_documents_that_fit_one_act_equally_stay_unknown():
    found = infer_identities([citing(), lost("a.txt"), lost("b.txt")])
    assert [d.record.document.number for d in found[1:]] == [None, None]


def test_an_act_that_another_document_states_to_be_is_not_given_away():
    stated = document(
        "nq.txt", "Mở chợ nổi.", type="Nghị quyết", issuer="Tỉnh ủy Trường Lĩnh", number="08-NQ/TU", date="2023-02-14"
    )
    assert identity([citing(), stated, lost()]).number is None


def test_without_a_subject_the_opening_words_must_hold_that_of_the_citation():
    told = f"{OPENING} Bàn việc {SUBJECT}."
    assert identity([citing(), lost(text=told, subject=None)]).number == "08-NQ/TU"
    assert identity([citing(), lost(subject=None)]).number is None


def test_order_and_everything_else_stay_as_they_were():
    before = [citing(), lost(), citing("kh.txt")]
    after = infer_identities(before)
    assert [d.record.file for d in after] == ["cv.txt", "mat.txt", "kh.txt"]
    assert after[0] is before[0]
    assert after[1].record.units == before[1].record.units


def test_nothing_lost_nothing_changed():
    loaded = [lost(number="08-NQ/TU", date="2023-02-14")]
    assert infer_identities(loaded) is loaded
