"""The table of bodies is canonical text; names, posts and suffixes lead to the body that is meant, or to none."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import bodies as b
from ontology.folding import fold, same
from ontology.kinds import kinds
from ontology.places import districts, find_province, is_city, province_on, provinces, short_name
from ontology.spelling import write_out
from ontology.tables import asset, table

BRANCHES = ("state", "party", "front")


def test_the_table_holds_what_it_should() -> None:
    assert Counter(x.level for x in b.bodies()) == {
        "centre": 96,
        "province": 14,
        "department": 109,
        "district": 21,
        "commune": 10,
    }
    assert len(provinces()) == 64
    assert len(districts()) == 10


@pytest.mark.parametrize("name", ["bodies.toml", "provinces.toml", "names.toml"])
def test_tables_are_canonical_text(name: str) -> None:
    text = asset(name)
    assert unicodedata.is_normalized("NFC", text)
    assert not set("\u00d0\u00a0\r\t") & set(text)


def test_rows_stand_in_the_stated_order() -> None:
    order = [(b.LEVELS.index(x.level), BRANCHES.index(x.branch), fold(x.name)) for x in b.bodies()]
    assert order == sorted(order)
    assert [p.name for p in provinces()] == sorted((p.name for p in provinces()), key=fold)
    for part in ("words", "fields"):
        keys = [fold(k) for k in table("names.toml")[part]]
        assert len(keys) > 20
        assert keys == sorted(keys)


def test_no_name_stands_twice_and_no_abbreviation_is_two_bodies() -> None:
    assert not [n for n, times in Counter(same(x.name) for x in b.bodies()).items() if times > 1]
    assert not [s for s, times in Counter(s.upper() for x in b.bodies() for s in x.abbreviations).items() if times > 1]


def test_parents_series_and_successors_are_bodies_of_the_table() -> None:
    named = [n for x in b.bodies() for n in (x.parent, x.series, x.successor) if n]
    assert len(named) > 150
    assert not [n for n in named if b.by_name(n) is None]


def test_one_abbreviation_only_is_a_kind_and_a_body() -> None:
    symbols = {s.upper() for k in kinds() for s in (*k.symbols, *k.party_symbols)}
    assert symbols & {s.upper() for x in b.bodies() for s in x.abbreviations} == {"CT"}


def test_every_name_of_the_table_finds_its_row() -> None:
    cases = [(name, x) for x in b.bodies() for name in (x.name, x.name.upper(), *x.aliases)]
    assert len(cases) > 500
    wrong = [(name, x.name) for name, x in cases if (f := b.find_body(name)) is None or f.local != x.local]
    assert not wrong
    assert not [x.name for x in b.bodies() if b.find_body(x.name) != x]
    assert not [x.name for x in b.bodies() if b.expand(x.name.upper()) != x.name]


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        ("ỦY BAN NHÂN DÂN TỈNH KON TUM", "Ủy ban nhân dân tỉnh Kon Tum"),
        ("UBND TP. Vân Khê", "Ủy ban nhân dân thành phố Vân Khê"),
        ("UBND các huyện, TP", "Ủy ban nhân dân các huyện, thành phố"),
        ("HĐND tỉnh", "Hội đồng nhân dân tỉnh"),
        ("SKHĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở NN và PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở Lao động, Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở TP", "Sở Tư pháp"),
        ("Sở nội vụ", "Sở Nội vụ"),
        ("Ban quản lý Khu Kinh tế tỉnh", "Ban Quản lý Khu kinh tế tỉnh"),
        ("UBMTTQ Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("VPCP", "Văn phòng Chính phủ"),
        ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH KHÓA IX", "Ban Chấp hành Đảng bộ tỉnh khóa IX"),
        ("các PCT UBND tỉnh", "các Phó Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Các sở, ban ngành, đơn vị thuộc tỉnh", "Các sở, ban ngành, đơn vị thuộc tỉnh"),
        ("Hợp tác xã Đông Lăng", "Hợp tác xã Đông Lăng"),
    ],
)
def test_short_spellings_are_written_out(printed: str, full: str) -> None:
    assert b.expand(printed) == full
    assert b.expand(full) == full


@pytest.mark.parametrize(
    "text",
    [
        "",
        "các sở, ban ngành",
        "Sở Tài chính chủ trì",
        "UBND các huyện, thành phố",
        "Sở Tài chính, Sở Y tế",
        "Sở",
        "đồng chí",
    ],
)
def test_groups_sentences_and_fragments_are_no_body(text: str) -> None:
    assert b.find_body(text) is None


@pytest.mark.parametrize(
    ("name", "province", "row"),
    [
        ("Cục Thuế", None, "Cục Thuế"),
        ("Cục Thuế", "Trường Lĩnh", "Cục Thuế tỉnh"),
        ("Ngân hàng Nhà nước", "Trường Lĩnh", "Ngân hàng Nhà nước Việt Nam"),
        ("Ngân hàng Nhà nước chi nhánh tỉnh Trường Lĩnh", None, "Ngân hàng Nhà nước chi nhánh tỉnh"),
        ("UBND thành phố", "Trường Lĩnh", "Ủy ban nhân dân huyện"),
        ("UBND thành phố", "Đà Nẵng", "Ủy ban nhân dân tỉnh"),
        ("UBND thành phố Hà Nội", None, "Ủy ban nhân dân tỉnh"),
        ("UBND thành phố Vân Khê", "Trường Lĩnh", "Ủy ban nhân dân huyện"),
        ("UBND xã Ia Rưm", "Trường Lĩnh", "Ủy ban nhân dân xã"),
        ("Thành ủy Cần Thơ", None, "Tỉnh ủy"),
        ("Thành ủy Vân Khê", None, "Huyện ủy"),
        ("Thanh tra thành phố", "Hải Phòng", "Thanh tra tỉnh"),
        ("Chi cục Thuế khu vực XIV", None, "Chi cục Thuế khu vực"),
    ],
)
def test_the_place_decides_between_bodies_of_one_name(name: str, province: str | None, row: str) -> None:
    found = b.find_body(name, province)
    assert found is not None
    assert found.name == row


@pytest.mark.parametrize(
    ("name", "province", "full"),
    [
        ("UBND tỉnh", "Trường Lĩnh", "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("Tỉnh uỷ", "tỉnh Trường Lĩnh", "Tỉnh ủy Trường Lĩnh"),
        ("Tỉnh ủy", "Đà Nẵng", "Thành ủy Đà Nẵng"),
        ("HĐND tỉnh", "Hà Nội", "Hội đồng nhân dân thành phố Hà Nội"),
        ("Sở Tài chính", "Trường Lĩnh", "Sở Tài chính tỉnh Trường Lĩnh"),
        ("Ban Tuyên giáo Tỉnh ủy", "Trường Lĩnh", "Ban Tuyên giáo Tỉnh ủy Trường Lĩnh"),
        ("Ban Chấp hành Đảng bộ tỉnh khóa IX", "Trường Lĩnh", "Ban Chấp hành Đảng bộ tỉnh Trường Lĩnh khóa IX"),
        ("Sở Tài chính tỉnh Trường Lĩnh", "Trường Lĩnh", "Sở Tài chính tỉnh Trường Lĩnh"),
        ("Bộ Tài chính", "Trường Lĩnh", "Bộ Tài chính"),
        ("UBND xã Ia Rưm", "Trường Lĩnh", "Ủy ban nhân dân xã Ia Rưm"),
        ("các sở, ban ngành", "Trường Lĩnh", "các sở, ban ngành"),
        ("Sở Tài chính", None, "Sở Tài chính"),
    ],
)
def test_the_province_is_supplied_once_and_only_where_it_belongs(name: str, province: str | None, full: str) -> None:
    assert b.full_name(name, province) == full
    assert b.full_name(full, province) == full


@pytest.mark.parametrize(
    ("suffix", "province", "issuer"),
    [
        ("NQ-CP", None, "Chính phủ"),
        ("TTg-QHĐP", None, "Thủ tướng Chính phủ"),
        ("QĐ-TTG", None, "Thủ tướng Chính phủ"),
        ("UBND-KTTH", "Trường Lĩnh", "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("CT-UBND", None, "Ủy ban nhân dân tỉnh"),
        ("-NQ/TU", None, "Tỉnh ủy"),
        ("-NQ/TU", "Trường Lĩnh", "Tỉnh ủy Trường Lĩnh"),
        ("-NQ/TU", "Đà Nẵng", "Thành ủy Đà Nẵng"),
        ("-NQ/TW", "Trường Lĩnh", "Ban Chấp hành Trung ương"),
        ("NQ-HĐND", "Trường Lĩnh", "Hội đồng nhân dân tỉnh Trường Lĩnh"),
        ("/QH15", None, "Quốc hội"),
        ("NQ-UBTVQH15", None, "Ủy ban Thường vụ Quốc hội"),
        ("TT-BTC", None, "Bộ Tài chính"),
        ("BTC-CST", None, "Bộ Tài chính"),
        ("CT-CS", None, "Cục Thuế"),
        ("CT-CS", "Trường Lĩnh", "Cục Thuế"),
        ("QĐ-CT", "Trường Lĩnh", "Chủ tịch Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("CHQ-GSQL", None, "Cục Hải quan"),
        ("TB-VPCP", None, "Văn phòng Chính phủ"),
        ("45-HD/BTCTW", None, "Ban Tổ chức Trung ương"),
        ("12-NQ/HU", None, "Huyện ủy"),
        ("01/2020/TTLT-BNV-BTC", None, "Bộ Nội vụ, Bộ Tài chính"),
        ("32/2019/CP", None, "Chính phủ"),
        ("QĐ-BNN-TT", None, "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("XX-YY", None, None),
        ("01/2020/TTLT-BNV-XYZ", None, None),
        ("", None, None),
    ],
)
def test_the_suffix_of_a_number_shows_the_issuer(suffix: str, province: str | None, issuer: str | None) -> None:
    assert b.body_of_suffix(suffix, province) == issuer


@pytest.mark.parametrize(
    ("text", "post", "body"),
    [
        ("Giám đốc Sở KH&ĐT", "Giám đốc", "Sở Kế hoạch và Đầu tư"),
        ("Các đồng chí Giám đốc Sở Y tế", "Giám đốc", "Sở Y tế"),
        ("Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh"),
        ("Chánh Văn phòng UBND tỉnh", "Chánh Văn phòng", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Chánh Thanh tra tỉnh", "Chánh Thanh tra", "Thanh tra tỉnh"),
        ("Tổng Thanh tra Chính phủ", "Tổng Thanh tra", "Thanh tra Chính phủ"),
        ("Thủ trưởng các sở, ban ngành", "Thủ trưởng", "các sở, ban ngành"),
        ("Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh", "Chỉ huy trưởng", "Bộ Chỉ huy Quân sự tỉnh"),
        ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", "Bộ trưởng, Chủ nhiệm", "Văn phòng Chính phủ"),
        ("Thống đốc NHNN Việt Nam", "Thống đốc", "Ngân hàng Nhà nước Việt Nam"),
        ("Tổng Biên tập Báo Trường Lĩnh", "Tổng Biên tập", "Báo Trường Lĩnh"),
        ("Trưởng Ban Dân tộc tỉnh", "Trưởng Ban", "Ban Dân tộc tỉnh"),
        ("Trưởng Ban Quản lý Khu kinh tế tỉnh", "Trưởng Ban", "Ban Quản lý Khu kinh tế tỉnh"),
        ("Cục trưởng Cục Thuế tỉnh", "Cục trưởng", "Cục Thuế tỉnh"),
        ("Viện trưởng VKSND tỉnh", "Viện trưởng", "Viện kiểm sát nhân dân tỉnh"),
        ("Hiệu trưởng Trường Chính trị tỉnh", "Hiệu trưởng", "Trường Chính trị tỉnh"),
        ("Chủ tịch UBND các huyện, thành phố", "Chủ tịch", "Ủy ban nhân dân các huyện, thành phố"),
    ],
)
def test_a_post_leads_to_its_body(text: str, post: str, body: str) -> None:
    assert b.post_body(text) == (post, body)


@pytest.mark.parametrize(
    "text", ["Giám đốc", "Sở Tài chính", "Chủ tịch nước", "Thủ tướng Chính phủ", "Trưởng thôn", "Giám đốc điều hành"]
)
def test_a_post_alone_a_body_and_other_titles_are_no_post_of_a_body(text: str) -> None:
    assert b.post_body(text) is None


def test_every_post_of_the_table_leads_back_to_its_body() -> None:
    cases = [(p, x) for x in b.bodies() for p in x.posts if x.name.split(" ")[0] not in ("Chủ", "Tổng")]
    assert len(cases) > 150
    swallowed = table("names.toml")["posts"]["heads"]
    wrong = []
    for post, body in cases:
        head = swallowed.get(post, "")
        rest = body.name.removeprefix(head).strip() if body.name.startswith(head) else body.name
        found = b.post_body(f"{post} {rest}")
        if found is None or found[1] != body.name:
            wrong.append((post, body.name, found))
    assert not wrong


def test_the_heir_of_a_body_is_found_by_day() -> None:
    old = b.by_name("Sở Kế hoạch và Đầu tư")
    tax = b.by_name("Cục Thuế tỉnh")
    assert old is not None
    assert tax is not None
    assert b.successor(old, "2023-06-30") == old
    assert b.successor(old, "2025-03-01").name == "Sở Tài chính"
    assert [b.successor(tax, d).name for d in ("2025-02-28", "2025-03-01", "2025-07-01")] == [
        "Cục Thuế tỉnh",
        "Chi cục Thuế khu vực",
        "Thuế tỉnh",
    ]


def test_provinces_are_found_and_followed_over_the_merger() -> None:
    assert province_on("tỉnh Kon Tum", "2023-06-30") == "Kon Tum"
    assert province_on("Kon Tum", "2025-07-01") == "Quảng Ngãi"
    assert province_on("Trường Lĩnh", "2025-07-01") is None
    found = find_province("TP. Hồ Chí Minh")
    assert found is not None
    assert found.full_name == "Thành phố Hồ Chí Minh"
    assert (is_city("Huế"), is_city("Thừa Thiên Huế"), is_city("thành phố Nam Vân")) == (True, False, True)
    assert short_name("tỉnh Trường Lĩnh") == "Trường Lĩnh"
    assert len(b.PROVINCES) == 64


def test_the_merger_table_agrees_with_the_official_one(shared: Path) -> None:
    with (shared / "facts" / "provinces_merge_2025.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 63
    for row in rows:
        old, new = find_province(row["old_name"]), find_province(row["new_name"])
        assert old is not None
        assert new is not None
        assert province_on(old.name, "2025-07-01") == new.name
        assert old == new or old.name in new.merged


def test_the_departments_of_the_official_list_are_here_with_their_time(shared: Path) -> None:
    with (shared / "facts" / "so_nganh_cap_tinh.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 27
    for row in rows:
        body = b.find_body(row["name"], "Kon Tum")
        assert body is not None, row["name"]
        assert (body.valid_to == "2025-02-28") == row["period"].startswith("to 02/2025"), row["name"]
        assert (body.valid_from == "2025-03-01") == row["period"].startswith("from"), row["name"]


@given(st.text(alphabet="UBNDTPSởKH&ĐTtỉnh ., ", max_size=25))
def test_writing_out_and_expanding_never_fail_and_are_stable(text: str) -> None:
    assert write_out(write_out(text)) == write_out(text)
    assert b.expand(b.expand(text)) == b.expand(text)
