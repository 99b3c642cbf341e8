"""Words, their weights, segments and what two of them share: the measures behind alignment."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking import document, text_of

from kg.align import align
from kg.matching import DEMAND, Text, matches
from kg.passages import compare, passages
from kg.resolve import resolve
from kg.segments import sentences, unit_segments
from kg.vocabulary import Vocabulary, forms, weights, words
from loaders.records import Loaded

STOCK = "Tăng cường công tác tuyên truyền, nâng cao nhận thức của cán bộ, đảng viên và Nhân dân"
RARE = "Khơi thông cống hộp dưới chân cầu phao Ngọc Lâm"


def segments_of(loaded: Loaded, vocabulary: Vocabulary):
    return [s for u in loaded.record.units for s in unit_segments(loaded, u, vocabulary)]


def vocabulary_of(*texts: Loaded) -> Vocabulary:
    return Vocabulary(s for d in texts for u in d.record.units for s in sentences(d, u))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_keep_their_raw_offsets_in_every_normal_form(form: str):
    raw = unicodedata.normalize(form, "Uỷ ban rà soát 12,28% hồ Ngọc Lâm.")  # type: ignore[arg-type]
    found = words(raw)
    assert [w.form for w in found] == ["ủy", "ban", "rà", "soát", "12,28", "hồ", "ngọc", "lâm"]
    assert unicodedata.normalize("NFC", raw[found[-1].start : found[-1].end]) == "Lâm"


def test_joining_words_are_left_out_and_the_longest_phrase_wins():
    assert forms("Rà soát các hồ và đập của tỉnh") == ("rà", "soát", "hồ", "đập", "tỉnh")
    assert weights(forms("kinh tế tuần hoàn")) == [1.0] * 4
    assert weights(forms("phát triển kinh tế"))[-2:] == [0.4, 0.4]


def test_names_of_who_acts_count_for_nothing():
    text = forms("Sở Tài nguyên quan trắc nước ngầm")
    assert weights(text, [forms("Sở Tài nguyên")])[:3] == [0.0] * 3
    assert weights(text, [forms("Sở Tài nguyên")])[3:] == [1.0] * 4


def test_a_rare_word_says_more_than_a_common_one_and_a_fixed_pair_less_than_two_words():
    counted = Vocabulary([("rừng", "phòng", "hộ", str(n)) for n in range(40)] + [("cống", "hộp")])
    assert counted.alone("cống") > counted.alone("rừng")
    assert counted.after("phòng", "hộ") < counted.alone("hộ")
    assert counted.after("rừng", "hộ") > counted.after("phòng", "hộ")


def test_a_sentence_that_stands_in_many_documents_is_counted_once():
    once = Vocabulary([("cống", "hộp", "chân", "cầu")])
    often = Vocabulary([("cống", "hộp", "chân", "cầu")] * 50)
    assert once.alone("cống") == often.alone("cống")
    assert once.after("cống", "hộp") == often.after("cống", "hộp")


def test_who_acts_before_the_colon_is_no_segment_but_a_topic_of_a_clause_is():
    task = document("a.txt", f"3. Sở Xây dựng: {RARE}.", lead=("Sở Xây dựng",))
    assert [len(s.forms) for s in segments_of(task, vocabulary_of(task))] == [len(forms(RARE))]
    clause = document("b.txt", f"Về cầu đường bộ: {RARE}.")
    assert len(segments_of(clause, vocabulary_of(clause))) == 2


def test_a_targets_items_weigh_less_than_its_head_and_a_topic_is_no_head():
    listed = document("a.txt", "! Diện tích trồng mới: keo lai 30 ha; quế hữu cơ 20 ha.")
    (whole,) = segments_of(listed, vocabulary_of(listed))
    assert whole.parts[whole.forms.index("trồng")] == 1.0
    assert whole.parts[whole.forms.index("quế")] == pytest.approx(0.4)
    topic = document("b.txt", "! 1.3. Về nông nghiệp: Trồng 30 ha keo lai; nuôi 20 lồng cá tầm.")
    assert len(segments_of(topic, vocabulary_of(topic))) == 2


@pytest.mark.parametrize(
    "other", [RARE, RARE.replace("ố", "o"), f"{RARE.split(' dưới')[0]} rộng 3 m dưới chân cầu phao Ngọc Lâm"]
)
def test_one_name_is_found_whole_scanned_or_with_words_put_in(other: str):
    both = document("a.txt", RARE), document("b.txt", other)
    counted = vocabulary_of(*both)
    (one,), (two,) = (segments_of(d, counted) for d in both)
    pair = compare(one, two, DEMAND)
    assert pair is not None
    assert pair.share > 0.6
    assert 0 < pair.score < 1
    assert passages(one, two, pair)


def test_stock_phrases_alone_are_nothing_in_common():
    both = document("a.txt", STOCK), document("b.txt", f"Tiếp tục {STOCK.lower()}")
    counted = vocabulary_of(*both)
    (one,), (two,) = (segments_of(d, counted) for d in both)
    assert compare(one, two, DEMAND) is None


def test_the_raw_text_may_be_decomposed():
    source = document("nq.txt", f"{RARE}.")
    task = Loaded(document("cv.txt", unicodedata.normalize("NFD", f"{RARE} trước mùa lũ.")).record, "")
    raw = unicodedata.normalize("NFD", f"{RARE} trước mùa lũ.")
    task = Loaded(task.record, raw)
    counted = vocabulary_of(source)
    taking = Text(task, counted)
    (match,) = matches(taking.units[0], taking, Text(source, counted))
    (passage,) = passages(match.found[0].task, match.found[0].source, match.found[0].pair)
    assert unicodedata.normalize("NFC", text_of(task, passage.task)) == RARE == text_of(source, passage.source)


_PIECE = st.sampled_from(
    (
        "Nạo vét",
        "luồng lạch",
        "sông Vân",
        ";",
        ". ",
        ": ",
        ", ",
        "30 ha",
        "**",
        "(",
        "Sở Y tế",
        "\u0300",
        "Ð",
        "…",
        " và ",
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_PIECE, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4))
def test_whatever_the_text_passages_lie_within_their_units(tasks: list[str]):
    cited = {"symbol": "08-NQ/TU", "date": "2023-02-14", "issuer": "Tỉnh ủy"}
    source = document(
        "nq.txt", "Nạo vét luồng lạch sông Vân; trồng 30 ha quế.\n\n! Trồng: keo 30 ha; quế 2 ha.",
        type="Nghị quyết", issuer="Tỉnh ủy Trường Lĩnh", number="08-NQ/TU", date="2023-02-14",
    )  # fmt: skip
    text = "= Thực hiện [[Nghị quyết số 08-NQ/TU]].\n\n" + "\n\n".join(f"a {t.strip()} b" for t in tasks)
    task = document("cv.txt", text, (cited,), type="Công văn", date="2023-06-20")
    loaded = [source, task]
    for link in align(loaded, resolve(loaded)):
        assert 0 <= link.score <= 1
        for p in link.evidence:
            assert (link.task.start or 0) <= p.task[0] < p.task[1] <= (link.task.end or 0)
            assert (link.source.start or 0) <= p.source[0] < p.source[1] <= (link.source.end or 0)
