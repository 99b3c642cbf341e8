"""Two versions of a text: what became of each clause, in figures, days and bodies too."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.compare import ClauseChange, Comparison, compare
from loaders.read import load

SAMPLE = Path(__file__).parent.parent / "policylineage" / "demo" / "02-nghi-quyet-08-2023-nq-hdnd.txt"
TREES = "2. Trồng mới 9.500 ha rừng gỗ lớn, trong đó năm 2023 trồng 2.800 ha.\n\n"
ONLINE = """3. Tỷ lệ hồ sơ thủ tục hành chính về lâm nghiệp, đất đai giải quyết trực tuyến toàn
trình đạt từ 65% trở lên.\n\n"""


def edited(folder: Path, *edits: tuple[str, str]) -> Comparison:
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "moi.txt"
    path.write_text(text, encoding="utf-8")
    return compare(load(SAMPLE), load(path))


def only(found: Comparison) -> ClauseChange:
    assert len(found.changes) == 1, [(change.how, change.old and change.old.path) for change in found.changes]
    return found.changes[0]


def test_the_same_text_has_not_changed() -> None:
    found = compare(load(SAMPLE), load(SAMPLE))
    assert found.changes == ()
    assert found.unchanged == len(load(SAMPLE).record.units) > 25
    assert found.header == {}


def test_a_changed_clause_with_its_figures(tmp_path: Path) -> None:
    change = only(edited(tmp_path, ("Trồng mới 9.500 ha", "Trồng mới 7.800 ha")))
    assert (change.how, change.weight, change.moved) == ("changed", "substantive", False)
    assert [side and side.path for side in (change.old, change.new)] == ["Điều 2.2", "Điều 2.2"]
    assert [(fact.kind, fact.old, fact.new, fact.way) for fact in change.facts] == [
        ("figure", "9.500 ha", "7.800 ha", "lowered")
    ]
    assert [part.text for part in change.parts if part.op != "same"] == ["9.500", "7.800"]


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [("từ 65% trở lên", "từ 65,5% trở lên", "raised"), ("từ 65% trở lên", "từ 60% trở lên", "lowered")],
)
def test_figures_are_compared_as_figures(tmp_path: Path, old: str, new: str, way: str) -> None:
    assert [fact.way for fact in only(edited(tmp_path, (old, new))).facts] == [way]


def test_a_later_day_is_said_to_be_later(tmp_path: Path) -> None:
    dated = "2. Thường trực Hội đồng nhân dân tỉnh và Ban Kinh tế - Ngân sách Hội đồng nhân dân\ntỉnh giám sát,"
    first = tmp_path / "cu.txt"
    text = SAMPLE.read_text(encoding="utf-8")
    task = "2. Sở Tài chính trình phương án phân bổ vốn trước ngày 15 tháng 9 năm 2023; giám sát,"
    assert dated in text
    first.write_text(text.replace(dated, task), encoding="utf-8")
    second = tmp_path / "moi.txt"
    second.write_text(
        first.read_text(encoding="utf-8").replace("15 tháng 9", "30 tháng 10").replace("2. Sở Tài chính", "2. Sở Y tế"),
        encoding="utf-8",
    )
    change = only(compare(load(first), load(second)))
    assert [(fact.kind, fact.way) for fact in change.facts] == [("deadline", "later"), ("lead", "changed")]


def test_added_and_removed_clauses_leave_the_others_alone(tmp_path: Path) -> None:
    added = edited(tmp_path, ("4. Thu hút", "4. Mở 12 điểm sấy măng ở vùng cao.\n\n5. Thu hút"))
    assert [(change.how, change.new and change.new.path) for change in added.changes] == [
        ("added", "Điều 2.4"),
        ("cosmetic", "Điều 2.5"),
    ]
    removed = edited(tmp_path, (ONLINE + "4. Thu", "3. Thu"))
    assert [(change.how, change.old and change.old.path) for change in removed.changes] == [
        ("removed", "Điều 2.3"),
        ("cosmetic", "Điều 2.4"),
    ]
    assert removed.changes[1].prints == ("numbering",)
    assert removed.unchanged + 1 == added.unchanged


def test_a_clause_that_only_moved(tmp_path: Path) -> None:
    found = edited(tmp_path, (TREES + ONLINE, ONLINE.replace("3. ", "2. ") + TREES.replace("2. ", "3. ", 1)))
    assert sorted(change.how for change in found.changes) == ["cosmetic", "moved"]
    assert all(change.prints == ("numbering",) for change in found.changes)
    other = edited(tmp_path, (TREES, ""), ("1. Giao Ủy ban", f"{TREES.replace('2. ', '1. ', 1)}2. Giao Ủy ban"))
    moved = [change for change in other.changes if change.how == "moved"]
    assert [(change.old and change.old.path, change.new and change.new.path) for change in moved] == [
        ("Điều 2.2", "Điều 5.1")
    ]
    assert not [change for change in other.changes if change.how in ("added", "removed", "changed")]


def test_print_and_reflow_are_no_change(tmp_path: Path) -> None:
    reflowed = edited(tmp_path, (ONLINE, " ".join(ONLINE.split()) + "\n\n"))
    assert reflowed.changes == ()
    found = edited(tmp_path, ("Số hóa ranh giới, hiện trạng", "SỐ HOÁ ranh giới - hiện trạng"))
    assert (only(found).how, only(found).weight) == ("cosmetic", "cosmetic")


def test_a_letter_lost_in_the_scanner_is_told_from_a_change(tmp_path: Path) -> None:
    change = only(edited(tmp_path, ("4. Thu hút", "4. Thu hut")))
    assert (change.how, change.weight, change.slips) == ("changed", "slip", (("hút", "hut"),))


def test_the_header_is_compared_too(tmp_path: Path) -> None:
    found = edited(tmp_path, ("Số: 08/2023/NQ-HĐND", "Số: 09/2023/NQ-HĐND"))
    assert found.header == {"number": ("08/2023/NQ-HĐND", "09/2023/NQ-HĐND")}


def test_forwards_and_backwards_are_mirrors(tmp_path: Path) -> None:
    edited(tmp_path, (TREES, ""), ("4. Thu hút", "4. Thu hút, giữ chân"))
    one, other = load(SAMPLE), load(tmp_path / "moi.txt")
    there, back = compare(one, other), compare(other, one)
    turned = {"added": "removed", "removed": "added"}
    assert sorted(turned.get(change.how, change.how) for change in there.changes) == sorted(
        change.how for change in back.changes
    )
    assert there.unchanged == back.unchanged
