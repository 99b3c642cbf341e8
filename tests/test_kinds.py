"""The table of kinds is canonical text, its examples hold, its counter-examples do not."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest

from ontology.folding import fold, same
from ontology.kinds import (
    Kind,
    kind_at,
    kind_by_abbreviation,
    kind_by_name,
    kind_by_number,
    kinds,
    kinds_by_abbreviation,
)
from ontology.tables import asset

EXAMPLES = [(k, text) for k in kinds() for text in k.examples]
COUNTER = [(k, text) for k in kinds() for text in k.counter_examples]
NUMBER = re.compile(r"\d[\w.]*[/-]\S+")


def test_the_table_holds_what_it_should() -> None:
    assert len(kinds()) == 57
    assert len(EXAMPLES) >= len(kinds())
    assert len(COUNTER) >= len(kinds())
    assert sum(k.normative for k in kinds()) == 11
    assert sum(bool(k.party_abbreviation) for k in kinds()) == 28


def test_the_table_is_canonical_text() -> None:
    text = asset("kinds.toml")
    assert unicodedata.is_normalized("NFC", text)
    assert "\u00d0" not in text
    assert "\r" not in text
    order = [(k.rank, fold(k.name)) for k in kinds()]
    assert order == sorted(order)


def test_no_name_and_no_alias_stands_twice() -> None:
    names = [same(n) for k in kinds() for n in k.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("side", ["symbols", "party_symbols"])
def test_one_side_uses_an_abbreviation_once_but_for_the_known_pair(side: str) -> None:
    symbols = [s.upper() for k in kinds() for s in getattr(k, side)]
    twice = {s for s in symbols if symbols.count(s) > 1}
    assert twice == ({"QĐ"} if side == "party_symbols" else set())
    assert [k.name for k in kinds_by_abbreviation("QĐ", party=True)] == ["Quyết định", "Quy định"]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_an_example_begins_with_its_kind_and_its_number_shows_it(kind: Kind, text: str) -> None:
    assert kind_at(text) == kind
    assert kind_at(text.upper()) == kind
    number = NUMBER.search(text)
    shown = kind_by_number(number.group()) if number else None
    if shown is not None and shown != kind:  # "QĐ" is two kinds in Party numbers, "TT" and "KL" lean on the name
        assert kind.name in {"Quy định", "Kết luận thanh tra"}


@pytest.mark.parametrize(("kind", "text"), COUNTER)
def test_a_counter_example_does_not(kind: Kind, text: str) -> None:
    assert kind_at(text) != kind


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("21-NQ/TU", "Nghị quyết"),
        ("01-TT/TU", "Thông tri"),
        ("01/2024/TT-BTC", "Thông tư"),
        ("01/TT-TU", "Thông tri"),
        ("43/2023/ND-CP", "Nghị định"),
        ("12-CV/BCĐ", "Công văn"),
        ("12/CV-BCĐ", "Công văn"),
        ("5467/CT-CS", "Công văn"),
        ("06/CT-UBND", "Chỉ thị"),
        ("30-CTHĐ/TU", "Chương trình hành động"),
        ("88/2014/QH13", None),
        ("32/2019/CP", None),
        ("5/ha", None),
        ("12-XX/TU", None),
    ],
)
def test_a_number_shows_its_kind(number: str, name: str | None) -> None:
    kind = kind_by_number(number)
    assert (kind.name if kind else None) == name


def test_kinds_are_found_by_name_and_abbreviation() -> None:
    found = kind_by_name("GIẤY UỶ QUYỀN")
    assert found is not None
    assert (found.name, found.abbreviation, found.iri.rsplit("/", 1)[1]) == ("Giấy ủy quyền", "GUQ", "giay-uy-quyen")
    assert kind_by_name("Sở") is None
    assert kind_by_abbreviation("XYZ") is None


def test_every_kind_of_the_official_table_is_here(shared: Path) -> None:
    with (shared / "facts" / "loai_van_ban_viet_tat.csv").open(encoding="utf-8") as file:
        rows = [(r["Tên loại văn bản hành chính"], r["Chữ viết tắt"]) for r in csv.DictReader(file)]
    official = [(name.removesuffix(" (cá biệt)"), symbol) for name, symbol in rows if symbol]
    assert len(official) == 30
    for name, symbol in official:
        kind = kind_by_name(name)
        assert kind is not None, name
        assert kind.abbreviation == symbol
