"""Word diffs: print told apart from words, one-letter slips from words of the language, figures by value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare import clause_diff
from kg.worddiff import Attested, Wording, diff, holds

CLAUSE = "2. Phấn đấu trồng mới 9.500 ha rừng gỗ lớn, trong đó năm 2031 trồng 2.800 ha."


@pytest.mark.parametrize(
    ("new", "prints"),
    [
        ("2. Phấn đấu trồng mới 9.500 ha rừng gỗ lớn trong đó, năm 2031 trồng 2.800 ha", ("punctuation",)),
        ("2. PHẤN ĐẤU trồng mới 9.500 ha rừng gỗ lớn, trong đó năm 2031 trồng 2.800 ha.", ("case",)),
        ("5. Phấn đấu trồng mới 9.500 ha rừng gỗ lớn, trong đó năm 2031 trồng 2.800 ha.", ("numbering",)),
        ("- Phấn đấu trồng mới 9.500 ha rừng gỗ lớn, trong đó năm 2031 trồng 2.800 ha.", ("numbering",)),
        ("**2.** Phấn đấu trồng mới 9500 ha rừng gỗ lớn, trong đó năm 2031 trồng 2.800 ha.", ("figures",)),
        ("2. Phấn đấu trồngmới 9.500 ha rừng gỗ lớn, trong đó năm 2031 trồng 2.800 ha.", ("spacing",)),
    ],
)
def test_print_alone_is_cosmetic(new: str, prints: tuple[str, ...]) -> None:
    found = clause_diff(CLAUSE, new)
    assert found.weight == "cosmetic"
    assert set(prints) <= set(found.prints)
    assert not found.slips


def test_tone_placement_is_spelling() -> None:
    found = clause_diff("Số hóa hồ sơ", "Số hoá hồ sơ")
    assert (found.weight, found.prints) == ("cosmetic", ("spelling",))


def test_equal_texts_differ_in_nothing() -> None:
    found = clause_diff(CLAUSE, CLAUSE)
    assert (found.weight, found.prints) == (None, ())
    assert [part.op for part in found.parts] == ["same"]


def test_one_letter_is_a_slip_that_both_words_are_shown_of() -> None:
    found = clause_diff(CLAUSE, CLAUSE.replace("Phấn", "Phân"))
    assert (found.weight, found.slips) == ("slip", (("Phấn", "Phân"),))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trồng 2.800 ha", "trồng 2.600 ha"),
        ("đạt ít nhất 12,28%", "đạt ít nhất 12,5%"),
        ("giao Sở Tài chính", "giao Sở Công Thương"),
        ("được hỗ trợ", "không được hỗ trợ"),
        ("trong hai năm", "trong hài năm"),
        ("từ 65% trở lên", "từ 65‰ trở lên"),
        ("hoàn thành năm 2031", "hoàn thành năm 2032"),
        ("1.234.567 đồng", "1.234.568 đồng"),
        ("rộng 100 m²", "rộng 100 m³"),
        ("mục 1.2.3", "mục 1.2.4"),
    ],
)
def test_words_and_figures_matter(old: str, new: str) -> None:
    assert clause_diff(old, new).weight == "substantive"


def test_two_words_of_the_language_are_no_slip() -> None:
    old, new = Wording("Miễn tiền thuế đất cho hợp tác xã"), Wording("Miễn tiền thuê đất cho hợp tác xã")
    others = [Wording("Thu thuế đất theo luật"), Wording("Hồ sơ xin thuê đất")]
    assert diff(old, new, Attested([old, new])).weight == "slip"
    assert diff(old, new, Attested([old, new, *others])).weight == "substantive"


def test_parts_read_in_order_give_both_texts() -> None:
    found = clause_diff("Trồng mới 9.500 ha rừng gỗ lớn", "Trồng 7.800 ha rừng gỗ lớn và quế")
    old = " ".join(part.text for part in found.parts if part.op != "added")
    new = " ".join(part.text for part in found.parts if part.op != "removed")
    assert (old, new) == ("Trồng mới 9.500 ha rừng gỗ lớn", "Trồng 7.800 ha rừng gỗ lớn và quế")


def test_words_held_unbroken() -> None:
    clause = Wording(CLAUSE)
    assert holds(clause, Wording("trồng mới 9500 ha, RỪNG gỗ lớn"))
    assert not holds(clause, Wording("trồng mới rừng gỗ lớn"))


@given(st.text(alphabet="0123456789.,/ -ađấ%*\n", max_size=40), st.text(max_size=60))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    for old, new in ((one, other), (other, one), (one, one)):
        found = clause_diff(old, new)
        says_the_same = Wording(old).keys == Wording(new).keys
        if says_the_same:
            assert found.weight in (None, "cosmetic")
        if found.weight is None:
            assert says_the_same
        added = " ".join(part.text for part in found.parts if part.op != "removed")
        assert Wording(f"§ {added}").keys == Wording(new).keys
    assert clause_diff(one, one).weight is None
