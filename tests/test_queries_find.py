"""What people type leads to the thing they mean, to all that fit, or to nothing: never to one picked silently."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from story import DECISION_22, DECISION_23, LETTER, PROGRAMME, RESOLUTION, fill

from kg.store import open_store
from queries import find
from queries.reader import Reader


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with open_store(fill(tmp_path_factory.mktemp("find") / "store"), read_only=True) as store:
        yield Reader(store)


CASES = {
    # words: the letter's task comes from the programme's, which comes from the resolution's: one chain, its lower end
    "cho noi Van Khe": [f"{LETTER}#u002"],
    "đề án chợ nổi vân khê trình cấp": [f"{LETTER}#u002"],
    "nghề dệt lá cọ": [f"{PROGRAMME}#u003"],
    "noi cho van": [f"{LETTER}#u002"],  # any order, where no unit has the phrase
    "ben do": [f"{RESOLUTION}#u003"],
    "nhiem vu giai phap": [f"{RESOLUTION}#u002"],  # a heading, since nothing else has the words
    "ben d": [],  # half a word is no word
    # names
    f"{PROGRAMME}#u003": [f"{PROGRAMME}#u003"],
    RESOLUTION: [RESOLUTION],
    "nq_truong#u004": [f"{RESOLUTION}#u004"],
    "nq_truong_linh.txt#II.2": [f"{RESOLUTION}#u004"],
    "12-NQ/TU#II2": [f"{RESOLUTION}#u004"],  # dots do not count where the path is one all the same
    "12-NQ/TU II.2": [f"{RESOLUTION}#u004"],
    "III.-1": [f"{RESOLUTION}#u005"],
    "folder/nq_truong_linh.txt": [RESOLUTION],
    # numbers
    "12-nq/tu": [RESOLUTION],
    "012-NQ/TU": [RESOLUTION],
    "Nghị quyết số 12-NQ/TU ngày 10 tháng 3 năm 2023": [RESOLUTION],
    "12-NQ/TW": [],
    "21/QĐ-UBND": [DECISION_22, DECISION_23],
    "21/QD-UBND": [DECISION_22, DECISION_23],  # typed without diacritics
    "21/QĐ-UBND 2022": [DECISION_22],
    "Chỉ thị 12-NQ/TU": [],  # another kind is another act
    "lang nghe": [f"{RESOLUTION}#u005"],
    "hành động về chợ nổi": [PROGRAMME],  # only in a title
    "": [],
    "?!": [],
    "http://not a name": [],
}


@pytest.mark.parametrize("text", CASES)
def test_what_is_typed(reader: Reader, text: str) -> None:
    assert [place.iri for place in find.start(reader, text)] == CASES[text]


def test_all_cases_are_collected() -> None:
    assert len(CASES) == 28


def test_two_unrelated_matches_are_both_given(reader: Reader) -> None:
    assert [place.id for place in find.start(reader, "huyện Ia Rưm")] == ["ctr_truong_linh#u003"]
    assert [place.id for place in find.start(reader, "thuc hien nghi quyet so")] == [
        "ctr_truong_linh#u001",
        "nq_truong_linh#u001",
    ]


def test_below_gives_the_clause_and_what_stands_under_it(reader: Reader) -> None:
    assert find.below(reader, RESOLUTION, [f"{RESOLUTION}#u002"]) == [f"{RESOLUTION}#u00{n}" for n in (2, 3, 4)]


def test_bodies_by_words_or_in_full(reader: Reader) -> None:
    assert list(find.bodies(reader, "so tai chinh").values()) == ["Sở Tài chính"]
    assert sorted(find.bodies(reader, "sở").values()) == ["Sở Công Thương", "Sở Tài chính"]
    assert find.bodies(reader, "") == {}


def test_a_thing_said_in_several_graphs_reads_the_same_each_time(tmp_path: Path) -> None:
    with open_store(fill(tmp_path / "store"), read_only=True) as store:
        rows = {Reader(store).document(DECISION_22) for _ in range(5)}
    assert len(rows) == 1


@pytest.mark.parametrize("text", ["http://[::1", "http://a:b", "http://[::1#u001"])
def test_what_only_begins_like_an_iri_finds_nothing(reader: Reader, text: str) -> None:
    assert find.start(reader, text) == []
