"""What the printed trace leaves out, and what it says at the end."""

from __future__ import annotations

from policylineage.commands.trace import SHOWN, closing, strongest
from policylineage.messages import Lang, Say
from queries.rows import DocumentRow, Hop, Place, Trace, UnitRow

TOP = Place(DocumentRow("iri:top", "1-NQ/TW", number="1-NQ/TW"))
LOW = Place(DocumentRow("iri:low", "x", file="x.txt"), UnitRow("iri:low#u001", "x#u001", "task", "1", None))


def hop(depth: int, relation: str = "derived", grade: str = "copied") -> Hop:
    return Hop(depth, relation, grade, 0.5, LOW, TOP)


def test_the_strongest_sources_of_each_unit_are_shown_with_what_is_above_them() -> None:
    hops = [hop(1), hop(2), hop(1), hop(1), hop(1), hop(2), hop(3), hop(1, "implements")]
    shown, left_out = strongest(hops)
    assert SHOWN == 3
    assert [one.depth for one in shown] == [1, 2, 1, 1, 1]
    assert shown[-1].relation == "implements"
    assert left_out == 1


def test_counting_starts_again_beneath_the_next_source() -> None:
    hops = [hop(1), hop(2), hop(2), hop(2), hop(1), hop(2), hop(2)]
    assert strongest(hops) == (hops, 0)


def test_steps_of_whole_documents_are_all_shown() -> None:
    hops = [hop(1, "implements") for _ in range(9)]
    assert strongest(hops) == (hops, 0)


def test_the_end_says_what_is_not_known() -> None:
    said = closing(Say(Lang.vi), Trace(LOW, (), None, gaps=("không có trong 1-NQ/TW",)))
    assert said[0] == "Chưa biết điều khoản nào là nguồn của nhiệm vụ này: không có trong 1-NQ/TW."
    assert closing(Say(Lang.en), Trace(LOW, (), None))[0] == "It is not known which clause this task comes from."
    absent = closing(Say(Lang.vi), Trace(LOW, (hop(1),), "copied", absent=(TOP.document,)))
    assert any("1-NQ/TW" in sentence and "chưa có trong kho" in sentence for sentence in absent)
