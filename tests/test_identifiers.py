"""Document numbers are read in every shape, survive the path segment, and name one thing each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import identifiers as ids
from ontology.folding import same

SHAPES = {
    "97/NQ-CP": ("97", None, "NQ", "CP", "state"),
    "43/2023/NĐ-CP": ("43", "2023", "NĐ", "CP", "state"),
    "627/TTg-QHĐP": ("627", None, None, "TTg-QHĐP", "state"),
    "4179/UBND-KTTH": ("4179", None, None, "UBND-KTTH", "state"),
    "428/BGDĐT-CSVC": ("428", None, None, "BGDĐT-CSVC", "state"),
    "88/2014/QH13": ("88", "2014", None, "QH13", "assembly"),
    "72/2018/UBTVQH14": ("72", "2018", None, "UBTVQH14", "assembly"),
    "36a/NQ-CP": ("36a", None, "NQ", "CP", "state"),
    "66.8/2025/NQ-CP": ("66.8", "2025", "NQ", "CP", "state"),
    "166-KH/TU": ("166", None, "KH", "TU", "party"),
    "07-KL/VPTW": ("07", None, "KL", "VPTW", "party"),
    "1410-QĐ/UBKTTW": ("1410", None, "QĐ", "UBKTTW", "party"),
    "0125/KH-UBND": ("0125", None, "KH", "UBND", "state"),
    "45-HD/BTCTW": ("45", None, "HD", "BTCTW", "party"),
    "25-CTr/TU": ("25", None, "CTr", "TU", "party"),
    "01/2020/TTLT-BNV-BTC": ("01", "2020", "TTLT", "BNV-BTC", "state"),
    "07/2016/TTLT-BKHĐT-BNN&PTNT": ("07", "2016", "TTLT", "BKHĐT-BNN&PTNT", "state"),
    "403/2017/NQLT/UBTVQH14-CP": ("403", "2017", "NQLT", "UBTVQH14-CP", "state"),
    "10/VBHN-VPQH": ("10", None, "VBHN", "VPQH", "state"),
    "52/NĐ-CP": ("52", None, "NĐ", "CP", "state"),
    "32/2019/CP": ("32", "2019", None, "CP", "state"),
    "06/CT-UBND": ("06", None, "CT", "UBND", "state"),
    "5467/CT-CS": ("5467", None, None, "CT-CS", "state"),
    "12/L-CTN": ("12", None, "L", "CTN", "state"),
    "120/QĐ-UBND-HC": ("120", None, "QĐ", "UBND-HC", "state"),
    "95/QĐ": ("95", None, "QĐ", "", "state"),
}
NOT_NUMBERS = (
    "",
    "2021/2022",
    "30/6/2023",
    "6/2023",
    "15/ha",
    "3/Ha",
    "24/7",
    "NQ/TU",
    "21-NQ",
    "Điều 5",
    "21/NQ-CP ngày",
)

numbers = st.builds(
    lambda serial, letter, year, symbol: f"{serial}{letter}{'/' + str(year) if year else ''}{symbol}",
    st.integers(0, 99999),
    st.sampled_from(["", "a", "b", "A"]),
    st.one_of(st.none(), st.integers(1990, 2030)),
    st.sampled_from(
        ["/NQ-CP", "-NQ/TU", "/TTg-QHĐP", "/QH15", "-CTr/TU", "/TTLT-BCA-BNN&PTNT", "/QyĐ-UBND", "/DD-ĐD", "/QĐ-DĐ"]
    ),
)


@pytest.mark.parametrize(("text", "parts"), SHAPES.items())
def test_every_shape_of_number_is_read_into_its_parts(text: str, parts: tuple[str, ...]) -> None:
    assert ids.parse_number(text) == (text, *parts)


def test_all_shapes_were_collected() -> None:
    assert (len(SHAPES), len(NOT_NUMBERS)) == (26, 11)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_dates_and_quantities_are_no_numbers(text: str) -> None:
    assert ids.parse_number(text) is None


def test_a_number_is_read_from_decomposed_text_with_blanks_look_alikes_and_long_dashes() -> None:
    number = ids.parse_number("43/2023/ N\u00d0 \u2013 CP")
    assert number is not None
    assert (number.printed, number.kind, number.body) == ("43/2023/NĐ-CP", "NĐ", "CP")
    lost_bar = ids.parse_number("43/2023/ND-CP")
    assert lost_bar is not None
    assert (lost_bar.printed, lost_bar.kind) == ("43/2023/ND-CP", "NĐ")


@given(st.one_of(st.text(), numbers, st.text(alphabet="dDđĐ~_/-.aA0129&", max_size=12)))
def test_the_slug_of_a_number_leads_back_to_it(text: str) -> None:
    slug = ids.number_slug(text)
    assert ids.number_from_slug(slug) == text
    assert slug.isascii()
    assert not set(slug) & set("/?#% ")


@given(numbers, numbers)
def test_different_numbers_have_different_slugs(one: str, other: str) -> None:
    assert (ids.number_slug(one) == ids.number_slug(other)) == (one == other)


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        ("21-NQ/TU", "21-nq_tu"),
        ("21/NQ-TU", "21_nq-tu"),
        ("43/2023/NĐ-CP", "43_2023_ndd-cp"),
        ("627/TTg-QHĐP", "627_tt~g-qhddp"),
        ("36a/NQ-CP", "36a_nq-cp"),
        ("36A/NQ-CP", "36~041~_nq-cp"),
        ("66.8/2025/NQ-CP", "66.8_2025_nq-cp"),
    ],
)
def test_slugs_are_written_as_stated(number: str, slug: str) -> None:
    assert ids.number_slug(number) == slug


@pytest.mark.parametrize("slug", ["21-NQ_tu", "21 nq", "~", "é", "21/nq"])
def test_a_text_that_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="not the slug of a document number"):
        ids.number_from_slug(slug)


def test_numbers_that_differ_by_a_letter_or_a_mark_never_meet() -> None:
    alike = ["23-NQ/TU", "23-NQ/TW", "23/NQ-TU", "23/NQ-HĐND", "23/2023/NQ-HĐND", "23-NQ/ĐU", "23-NQ/DU", "23-NQ/HU"]
    assert len({ids.number_slug(n) for n in alike}) == len(alike)
    assert len({ids.number_key(n) for n in alike}) == len(alike)


def test_the_comparison_key_forgets_case_blanks_and_leading_zeros_only() -> None:
    assert ids.number_key("08 -nq/tu") == ids.number_key("8-NQ/TU") == "8-NQ/TU"
    assert ids.number_key("N\u00d0-CP") == ids.number_key("NĐ-CP") != ids.number_key("ND-CP")


def _document(**changed: str | None) -> str:
    known: dict[str, str | None] = {
        "province": "Trường Lĩnh",
        "issuer": "Tỉnh ủy",
        "kind": "Nghị quyết",
        "date": "2023-06-30",
        "number": "21-NQ/TU",
        "file": None,
    }
    return ids.document_iri(**(known | changed))  # type: ignore[arg-type]


def test_a_document_is_named_by_place_issuer_kind_date_and_number() -> None:
    assert _document() == f"{ids.BASE}vn/truong-linh/tinh-uy/nq/2023-06-30/21-nq_tu"


@pytest.mark.parametrize(
    "issuer",
    [
        "Tỉnh uỷ",
        "Tỉnh ủy Trường Lĩnh",
        "Ban Chấp hành Đảng bộ tỉnh",
        "Ban Chấp hành Đảng bộ tỉnh Trường Lĩnh khóa IX",
        "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH, KHÓA IX",
    ],
)
def test_one_series_has_one_issuer_however_it_is_printed(issuer: str) -> None:
    assert _document(issuer=issuer) == _document()


def test_other_years_terms_places_kinds_and_numbers_are_other_documents() -> None:
    others = [
        _document(),
        _document(date="2021-06-30"),
        _document(date=None),
        _document(date=None, series_year="2023"),
        _document(province="Sơn Vân"),
        _document(province=None, issuer="Ban Chấp hành Trung ương", number="21-NQ/TW"),
        _document(kind="Chỉ thị"),
        _document(number="21/NQ-TU"),
        _document(issuer="Hội đồng nhân dân tỉnh", number="21/NQ-HĐND"),
        _document(issuer="Thành ủy Trường Lĩnh"),
    ]
    assert len(set(others)) == len(others)


def test_what_is_unknown_is_said_in_the_name() -> None:
    assert _document(date=None).endswith("/nq/khong-ro/21-nq_tu")
    assert _document(date=None, number="21/2023/NQ-HĐND").endswith("/2023/21_2023_nq-hddnd")
    assert "/vn/khong-ro/uy-ban-nhan-dan/nq/" in _document(province=None, issuer="Ủy ban nhân dân tỉnh")
    assert _document(number=None, file="000_c2.txt").endswith("/2023-06-30/tep-000_c2.txt")
    with pytest.raises(ValueError, match="needs a number or a file"):
        _document(number=None)


def test_files_of_different_names_have_different_graphs() -> None:
    names = ["a b.txt", "a-b.txt", "a_b.txt", "a-b.md", "Nghị quyết.txt", "Nghi quyet.txt", "x/a-b.txt"]
    iris = {ids.graph_iri(n) for n in names}
    assert len(iris) == len(names)
    assert all(i.isascii() and " " not in i for i in iris)
    assert ids.graph_iri("002_fd45.txt") == f"{ids.BASE}graph/002_fd45.txt"


def test_parts_of_a_document_are_fragments_of_it() -> None:
    doc = _document()
    assert ids.unit_iri(doc, "u015") == f"{doc}#u015"
    assert ids.citation_iri(doc, 3) == f"{doc}#c003"
    assert ids.span_iri(doc, 1027, 1109) == f"{doc}#char=1027,1109"


@pytest.mark.parametrize(
    ("name", "province", "path"),
    [
        ("Sở Tài chính", "Trường Lĩnh", "truong-linh/so-tai-chinh"),
        ("Sở Tài chính tỉnh Trường Lĩnh", "tỉnh Trường Lĩnh", "truong-linh/so-tai-chinh"),
        ("Thanh tra tỉnh", "Trường Lĩnh", "truong-linh/thanh-tra"),
        ("Ủy ban nhân dân thành phố Trường Lĩnh", "Trường Lĩnh", "truong-linh/uy-ban-nhan-dan-thanh-pho-truong-linh"),
        ("Ủy ban nhân dân thành phố Đà Nẵng", "Đà Nẵng", "da-nang/uy-ban-nhan-dan"),
        ("Bộ Tài chính", None, "trung-uong/bo-tai-chinh"),
    ],
)
def test_a_body_is_named_within_its_province(name: str, province: str | None, path: str) -> None:
    assert ids.body_iri(name, province) == f"{ids.BASE}vn/{path}"


def test_search_folding_drops_diacritics_and_comparison_does_not() -> None:
    assert ids.fold("  Đẩy  mạnh\u00a0HOÀ giải ") == "day manh hoa giai"
    assert ids.slug("Ủy ban nhân dân – tỉnh") == "uy-ban-nhan-dan-tinh"
    assert same("HOÀ, Uỷ quyền, quý, thuế") == same("Hòa, ủy quyền, quý, thuế")
    assert same("Đa") != same("Da")
    assert same("quý") != same("quỷ")


@given(st.text(alphabet="aáàạâấoòóuúùyýỷềêđhqtnc HOÀUỶ", max_size=20))
def test_folding_keys_are_stable(text: str) -> None:
    assert same(same(text)) == same(text)
    assert ids.fold(ids.fold(text)) == ids.fold(text) == ids.fold(same(text))
