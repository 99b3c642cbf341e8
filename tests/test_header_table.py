"""Every row of ``header.toml`` holds in both directions: its examples are found, its counter-examples are not."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files
from typing import Any

import pytest

from loaders.formal import (
    is_authority,
    is_capitals,
    is_delegation,
    is_kind,
    is_name,
    is_post,
    phrases,
    printed_kinds,
    table,
)
from loaders.forms import adoptions, form_matches, forms
from loaders.issuers import most_named, speaker, with_province
from loaders.naming import normal_case, person_name
from loaders.selfnaming import without_post

LINES = [(row["name"], line, True) for row in phrases()["line"] for line in row["examples"]]
NO_LINES = [(row["name"], line, False) for row in phrases()["line"] for line in row["counter_examples"]]


@pytest.mark.parametrize(("name", "line", "found"), LINES + NO_LINES)
def test_line_patterns_match_their_examples_only(name: str, line: str, found: bool) -> None:
    assert bool(getattr(table(), name).match(line)) is found


def test_every_line_row_is_compiled_and_has_both_directions() -> None:
    rows = phrases()["line"]
    assert [row["name"] for row in rows] == sorted(table()._fields)
    assert all(len(row["examples"]) >= 2 and len(row["counter_examples"]) >= 2 for row in rows)
    assert len(LINES) + len(NO_LINES) >= 55


@pytest.mark.parametrize("row", phrases()["form"], ids=lambda row: row["name"])
def test_forms_match_their_examples_only(row: dict[str, Any]) -> None:
    form = next(f for f in forms() if f.name == row["name"])
    assert [e for e in row["examples"] if not form_matches(form, e)] == []
    assert [e for e in row["counter_examples"] if form_matches(form, e)] == []
    assert len(row["examples"]) >= 2
    assert len(row["counter_examples"]) >= 2


@pytest.mark.parametrize("index", range(len(phrases()["adoption"])))
def test_adoptions_match_their_examples_only(index: int) -> None:
    row, (_, pattern, _) = phrases()["adoption"][index], adoptions()[index]
    assert [e for e in row["examples"] if not pattern.search(e)] == []
    assert [e for e in row["counter_examples"] if pattern.search(e)] == []


def spoken(sentence: str) -> list[str]:
    verbs = re.compile("|".join(map(re.escape, phrases()["issuer"]["verbs"] + phrases()["issuer"]["closing_verbs"])))
    return [name for verb in verbs.finditer(sentence) if (name := speaker(sentence[: verb.start()]))]


def test_speakers_are_the_bodies_before_the_verb() -> None:
    rows = phrases()["issuer"]
    assert [(e, spoken(e)) for e, want in rows["examples"] if want not in spoken(e)] == []
    assert [(e, spoken(e)) for e in rows["counter_examples"] if spoken(e)] == []
    assert len(rows["examples"]) >= 4
    assert len(rows["counter_examples"]) >= 3


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    return [t for v in value for t in texts(v)] if isinstance(value, list) else []


def test_the_table_is_canonical_text() -> None:
    raw = files("loaders").joinpath("header.toml").read_text(encoding="utf-8")
    assert raw == unicodedata.normalize("NFC", raw)
    assert "Ð" not in raw
    lists = [v for v in tomllib.loads(raw).values() if isinstance(v, list) and v and isinstance(v[0], str)]
    assert len(lists) >= 8
    assert all(len(set(v)) == len(v) for v in lists)
    assert len(texts(tomllib.loads(raw))) > 300


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH", "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("UBND TỈNH TRƯỜNG LĨNH", "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("UỶ BAN NHÂN DÂN HUYỆN IA RƯM", "Ủy ban nhân dân huyện Ia Rưm"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("TỈNH ỦY TRƯỜNG LĨNH", "Tỉnh ủy Trường Lĩnh"),
        ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH KHÓA XVI", "Ban Chấp hành Đảng bộ tỉnh khóa XVI"),
        ("BỘ CHỈ HUY QUÂN SỰ TỈNH", "Bộ Chỉ huy Quân sự tỉnh"),
        ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "Phó Trưởng ban Thường trực"),
        ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN", "Đảng ủy Khối các cơ quan"),
        ("GIÁM ĐỐC SỞ TÀI CHÍNH", "Giám đốc Sở Tài chính"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("Văn phòng UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
    ],
)
def test_capitals_become_normal_case(printed: str, normal: str) -> None:
    assert normal_case(printed) == normal


def test_names_of_persons_take_capitals() -> None:
    assert person_name("NGUYỄN THỊ LÀNH") == "Nguyễn Thị Lành"
    assert person_name("Y Blăk Niê") == "Y Blăk Niê"


@pytest.mark.parametrize(
    ("name", "province", "superior", "full"),
    [
        ("Ủy ban nhân dân tỉnh", "Trường Lĩnh", None, "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("Ủy ban nhân dân tỉnh Trường Lĩnh", "Trường Lĩnh", None, "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("Sở Tài chính", "Trường Lĩnh", "Ủy ban nhân dân tỉnh Trường Lĩnh", "Sở Tài chính tỉnh Trường Lĩnh"),
        ("Sở Tài chính", "Đà Nẵng", None, "Sở Tài chính thành phố Đà Nẵng"),
        ("Tỉnh ủy", "Trường Lĩnh", None, "Tỉnh ủy Trường Lĩnh"),
        ("Phòng Nội vụ", "Trường Lĩnh", "Ủy ban nhân dân huyện Ia Rưm", "Phòng Nội vụ"),
        ("Ủy ban nhân dân huyện Ia Rưm", "Trường Lĩnh", None, "Ủy ban nhân dân huyện Ia Rưm"),
        ("Bộ Tài chính", None, None, "Bộ Tài chính"),
        ("Cục Thuế", "Trường Lĩnh", "Bộ Tài chính", "Cục Thuế"),
        ("Ban Chỉ đạo", "Trường Lĩnh", "Ủy ban nhân dân tỉnh Trường Lĩnh", "Ban Chỉ đạo tỉnh Trường Lĩnh"),
    ],
)
def test_local_bodies_are_given_their_province(
    name: str, province: str | None, superior: str | None, full: str
) -> None:
    assert with_province(name, province, superior) == full


def test_the_province_named_most_wins_and_one_unknown_mention_proves_nothing() -> None:
    assert most_named("tỉnh Trường Lĩnh và tỉnh Hà Giang; trên địa bàn tỉnh Trường Lĩnh") == "Trường Lĩnh"
    assert most_named("đoàn công tác của tỉnh Trường Lĩnh") is None
    assert most_named("thành phố Vân Khê, thành phố Đà Nẵng") == "Đà Nẵng"
    assert most_named("tỉnh Hà Giang, thành phố Đà Nẵng, thành phố Đà Nẵng", "tỉnh") == "Hà Giang"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Bộ trưởng Bộ Xây dựng", "Bộ Xây dựng"),
        ("Chủ tịch UBND tỉnh Trường Lĩnh", "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_a_post_stands_for_its_body(name: str, body: str) -> None:
    assert without_post(name) == body


@pytest.mark.parametrize(
    "line",
    [
        "TM. ỦY BAN NHÂN DÂN",
        "T/M TỈNH ỦY",
        "KT. CHỦ TỊCH",
        "K/T BÍ THƯ",
        "KT.BỘ TRƯỞNG",
        "TUQ. GIÁM ĐỐC",
        "Q. CHỦ TỊCH",
    ],
)
def test_authorities(line: str) -> None:  # fmt: skip
    assert is_authority(line)
    assert is_delegation(line) is not line.startswith(("T/M", "TM."))


@pytest.mark.parametrize(
    "line", ["TM. Ủy ban nhân dân", "QUỐC HỘI", "TLĐ LAO ĐỘNG", "Q", "KTXH", "TMDV TRƯỜNG LĨNH", ""]
)
def test_no_authorities(line: str) -> None:
    assert not is_authority(line)


@pytest.mark.parametrize(
    "line",
    [
        "Trần Văn An",
        "Rơ Châm Y Lan",
        "Y Blăk Niê",
        "Đại tá Hoàng Văn Thái",
        "PGS.TS. Lê Thị Hoa",
        "NGUYỄN THỊ LÀNH",
        "H'Len Niê",
        "Đỗ Ánh",
    ],
)
def test_names(line: str) -> None:  # fmt: skip
    assert is_name(line)


@pytest.mark.parametrize(
    "line",
    [
        "Chủ tịch",
        "Sở Tài chính",
        "CHỦ TỊCH",
        "ỦY BAN NHÂN DÂN",
        "Như trên",
        "ánh sáng đô thị",
        "Trần Văn An đã ký",
        "Hà Nội",
        "5",
        "",
    ],
)
def test_no_names(line: str) -> None:  # fmt: skip
    assert not is_name(line)


def test_kinds_are_lines_of_capitals() -> None:
    assert printed_kinds("NGHỊ QUYẾT") == ["Nghị quyết"]
    assert printed_kinds("CHƯƠNG TRÌNH HÀNH ĐỘNG") == ["Chương trình hành động"]
    assert printed_kinds("KẾ HOẠCH TRIỂN KHAI") == ["Kế hoạch"]
    assert printed_kinds("THÔNG BÁO KẾT LUẬN CỦA CHỦ TỊCH") == ["Thông báo kết luận", "Thông báo"]
    assert not any(map(is_kind, ["QUYẾT ĐỊNH:", "Quyết định", "ỦY BAN NHÂN DÂN", "LUẬT SƯ TRẦN VĂN A".lower(), ""]))


def test_posts_and_capitals() -> None:
    assert all(map(is_post, ["CHỦ TỊCH", "PHÓ GIÁM ĐỐC", "CHI CỤC TRƯỞNG", "HẠT TRƯỞNG"]))
    assert not any(map(is_post, ["TRƯỜNG LĨNH", "ỦY BAN", "Chung"]))
    assert is_capitals("HẠ TẦNG 5G, IoT TRONG CÁC KHU CÔNG NGHIỆP")
    assert not any(map(is_capitals, ["Sở Y tế", "2025", "SỞ y tế tỉnh", "A"]))
