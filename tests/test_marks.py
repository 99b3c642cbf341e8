"""A unit is found again by its words, then by likeness, then by path; what cannot be told apart is ambiguous."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from deciding import ACT, HERBS, MARKET, PLAN, SCHOOL, read, write

from kg.linking import document_names
from kg.marks import Found, Mark, Units

CHANGED = HERBS.replace("Sơn Thạch", "Vân Khê")
OTHER_ACT = ACT.replace("14-NQ/TU", "15-NQ/TU")


def units(folder: Path, **files: tuple[str, ...]) -> Units:
    loaded = {f"{name}.txt": read(write(folder / f"{name}.txt", *lines)) for name, lines in files.items()}
    return Units(loaded, document_names(item.record for item in loaded.values())[0])


@pytest.fixture
def mark(tmp_path: Path) -> Mark:
    """The first clause of an act, as it was."""
    return units(tmp_path / "trước", nq=(ACT, f"I.1 {HERBS}", f"I.2 {MARKET}")).mark("nq.txt", "u001")


def test_a_mark_holds_what_finds_the_unit_again(mark: Mark) -> None:
    assert (mark.file, mark.unit, mark.path, mark.text) == ("nq.txt", "u001", "I.1", HERBS)
    assert (mark.iri, mark.id) == (f"{mark.document}#u001", "nq#u001")
    assert len(mark.sha256) == 64


FOUND: list[tuple[str, dict[str, tuple[str, ...]], str, str | None]] = [
    ("as it was", {"nq": (ACT, f"I.1 {HERBS}", f"I.2 {MARKET}")}, "same", "u001"),
    ("other signs and capitals", {"nq": (ACT, f"I.1 {HERBS.upper()};", f"I.2 {MARKET}")}, "same", "u001"),
    ("moved", {"nq": (ACT, f"I.1 {MARKET}", f"II.7 {HERBS}")}, "same", "u002"),
    ("edited", {"nq": (ACT, f"I.1 {CHANGED}", f"I.2 {MARKET}")}, "changed", "u001"),
    ("moved and edited", {"nq": (ACT, f"I.1 {MARKET}", f"I.2 {SCHOOL}", f"I.3 {CHANGED}")}, "changed", "u003"),
    ("of two edited alike the one in place", {"nq": (ACT, f"I.0 {CHANGED}", f"I.1 {CHANGED}")}, "changed", "u002"),
    ("rewritten in place", {"nq": (ACT, "I.1 Rà soát, mở rộng vùng trồng chè tại huyện Đông Lăng")}, "changed", "u001"),
    ("deleted, another moved up", {"nq": (ACT, f"I.1 {MARKET}")}, "gone", None),
    ("twice, one in place", {"nq": (ACT, f"I.1 {HERBS}", f"I.2 {HERBS}")}, "same", "u001"),
    ("twice, none in place", {"nq": (ACT, f"II.1 {MARKET}", f"II.2 {HERBS}", f"II.3 {HERBS}")}, "ambiguous", None),
    ("document gone", {"kh": (PLAN, f"1 {HERBS}")}, "gone", None),
    ("file renamed", {"nghi-quyet": (ACT, f"I.2 {HERBS}")}, "same", "u001"),
    ("file renamed and edited", {"nghi-quyet": (ACT, f"I.1 {CHANGED}")}, "changed", "u001"),
    ("another act in a file of the name, same words", {"nq": (OTHER_ACT, f"I.1 {HERBS}")}, "same", "u001"),
    ("another act in a file of the name, other words", {"nq": (OTHER_ACT, f"I.1 {CHANGED}")}, "gone", None),
]


@pytest.mark.parametrize(("case", "files", "how", "unit"), FOUND)
def test_where_it_is_now(
    tmp_path: Path, mark: Mark, case: str, files: dict[str, tuple[str, ...]], how: str, unit: str | None
) -> None:
    found = units(tmp_path / "sau", **files).find(mark)
    assert (found.how, found.unit.id if found.unit else None) == (how, unit), case
    assert (found.iri is not None) is (unit is not None)


def test_all_cases_were_collected() -> None:
    assert len(FOUND) == 15
    assert {how for _, _, how, _ in FOUND} == {"same", "changed", "ambiguous", "gone"}


def test_units_cut_otherwise_in_the_same_file_have_not_changed(tmp_path: Path, mark: Mark) -> None:
    lines = (ACT, f"I.1 {HERBS}", f"I.2 {MARKET}")
    cut = msgspec.structs.replace(mark, text=f"{HERBS} và", fingerprint="0" * 16)  # read so by an older version
    assert units(tmp_path / "sau", nq=lines).find(cut).how == "same"


def test_an_act_as_a_whole_is_found_by_name_or_file_and_never_gone(tmp_path: Path, mark: Mark) -> None:
    here = units(tmp_path / "sau", nq=(ACT, f"I.1 {HERBS}"))
    assert here.find(Mark(mark.document)) == Found("same", mark.document, "nq.txt")
    assert here.find(Mark("https://example.org/old-name", "nq.txt")) == Found("same", mark.document, "nq.txt")
    assert here.find(Mark("https://example.org/act", text="57-NQ/TW")) == Found("same", "https://example.org/act")
    assert here.mark("nq.txt", None).text == "14-NQ/TU"
