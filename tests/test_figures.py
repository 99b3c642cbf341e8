"""Figures understood and linked: measures, shares of plans, plans given, taken over, changed and followed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.build import build
from kg.figurelinks import FigureLink
from kg.figures import figure_links
from kg.identity import infer_identities
from kg.measures import measures
from kg.measuretypes import Measure
from kg.measurewords import basis, content, giver, measuring_head, period, role_of, rules, scaled, specific, when
from kg.resolve import resolve
from kg.store import EmbeddedStore
from loaders.read import load, read_record
from loaders.records import Loaded
from loaders.text import read_text
from queries.checks import findings
from queries.figures import figures
from queries.reader import Reader

DEMO = ROOT / "policylineage" / "demo"
HEAD = """ỦY BAN NHÂN DÂN
TỈNH TRƯỜNG LĨNH

Số: {number}

Vân Khê, ngày {day}

{kind}
{title}

{text}

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Phan Thế Lữ
"""
DIRECTIVE = {"kind": "CHỈ THỊ", "number": "03/CT-UBND", "day": "05 tháng 01 năm 2026"}
REPORT = {"kind": "BÁO CÁO", "number": "91/BC-UBND", "day": "28 tháng 10 năm 2026"}
ESTIMATE = (
    "- Phấn đấu thu phí tham quan hồ Ngọc bảo đảm tiến độ hằng quý để cả năm đạt được dự toán Hội đồng nhân dân tỉnh "
    "giao 40 tỷ đồng (trong đó giao tăng thêm thu từ vé thuyền so với dự toán Trung ương giao 12,4 tỷ đồng)."
)


def document(file: str, text: str, *, title: str = "về công tác năm 2026", **about: str) -> Loaded:
    raw = HEAD.format(text=text, title=title, **about)
    return Loaded(read_record(read_text(file, raw)), raw)


def linked(*documents: Loaded) -> list[FigureLink]:
    known = infer_identities(list(documents))
    return figure_links(known, resolve(known))


def pairs(links: list[FigureLink]) -> set[tuple[str, str, str | None, str | None]]:
    return {(link.relation, link.outcome, link.here.text, link.there.text) for link in links}


def report(text: str) -> Loaded:
    return document("bao-cao.txt", f"I. KẾT QUẢ 9 THÁNG NĂM 2026\n\n{text}", **REPORT)


def by_text(loaded: Loaded) -> dict[str, Measure]:
    return {m.text: m for m in measures(loaded)}


# --- the table ------------------------------------------------------------------------------------------------------


def test_every_example_of_the_table_holds_both_ways() -> None:
    seen = 0
    for section in ("generic", "basis", "role"):
        for row in (*rules()[section]["examples"], *rules()[section]["counter_examples"]):
            if section == "generic":
                assert specific(row["text"]) == row["left"], row
            elif section == "basis":
                found = basis(row["text"].split("%", 1)[1])
                assert (found[0] if found else "") == row["is"], row
            else:
                before = row["text"].rsplit(" ", 3)[0]
                assert (role_of(before) or "") == row["is"], row
            seen += 1
    for text in rules()["head"]["examples"]:
        assert measuring_head(text), text
        seen += 1
    for text in rules()["head"]["counter_examples"]:
        assert not measuring_head(text), text
        seen += 1
    assert seen >= 21


def test_units_are_brought_to_one_base() -> None:
    assert scaled("tỷ đồng", "") == (1e9, "dong")
    assert scaled("nghìn người", "") == (1e3, "nguoi")
    assert scaled("giường/1 vạn dân", "") == scaled("giường", "Số giường bệnh trên một vạn dân") == (1.0, "giuong/van")


def test_times_and_givers() -> None:
    assert when("ước thực hiện 9 tháng đầu năm 2026") == (2026, 2026, "9 tháng đầu năm")
    assert when("giai đoạn 2026 - 2030") == (2026, 2030, None)
    assert when("tăng 3% so với cùng kỳ năm 2025") is None
    assert period("trong 6 tháng cuối năm") == "6 tháng cuối năm"
    assert period("tính đến ngày 20 tháng 10") is None
    assert giver("dự toán Trung ương giao") == "centre"
    assert giver("kế hoạch Hội đồng nhân dân tỉnh giao") == "province"
    assert giver("kế hoạch năm") is None


def test_trong_joins_and_trong_with_a_circumflex_plants() -> None:
    assert "trong" in content("trồng rừng")
    assert "trong" not in content("rừng trong vườn")


# --- measures -------------------------------------------------------------------------------------------------------


def test_a_generic_name_goes_on_about_the_measure_before_it() -> None:
    found = by_text(
        report(
            "- Dự toán thu phí tham quan hồ Ngọc năm 2026 tỉnh giao 40 tỷ đồng; ước thực hiện 9 tháng đầu năm 31,2 tỷ đồng, "
            "đạt 113% dự toán Trung ương giao, đạt 78% dự toán Hội đồng nhân dân tỉnh giao."
        )
    )
    plan, result = found["40 tỷ đồng"], found["31,2 tỷ đồng"]
    assert (plan.role, plan.giver) == ("target", "province")
    assert (result.role, result.words) == ("result", plan.words)
    assert result.time == (2026, 2026, "9 tháng đầu năm")
    assert [(m.role, m.giver, m.of) for m in (found["113%"], found["78%"])] == [
        ("percent", "centre", result.index),
        ("percent", "province", result.index),
    ]
    assert found["78%"].basis == "dự toán hội đồng nhân dân tỉnh giao"


def test_a_growth_is_no_share_of_a_plan() -> None:
    found = by_text(report("- Lượng khách đến hồ Ngọc đạt 120.000 lượt khách, tăng 8,5% so với cùng kỳ năm trước."))
    assert found["8,5%"].role == "growth"


def test_where_no_figure_stands_before_the_sentence_says_what_is_aimed_at() -> None:
    found = by_text(document("chi-thi.txt", ESTIMATE, **DIRECTIVE))
    assert found["40 tỷ đồng"].words == content("thu phí tham quan hồ Ngọc")
    assert found["40 tỷ đồng"].time == (2026, 2026, "năm")
    assert found["12,4 tỷ đồng"].change == "tăng"


def test_a_range_is_one_figure_and_the_thing_may_follow_the_number() -> None:
    made = measures(document("ke-hoach.txt", "- Phấn đấu trồng mới 500 - 600 ha rừng gỗ lớn.", **DIRECTIVE))
    assert [(m.low, m.high, m.words) for m in made] == [(500, 600, content("trồng mới rừng gỗ lớn"))]


# --- reports on plans -----------------------------------------------------------------------------------------------


def test_a_report_is_held_against_the_plan_of_another_document() -> None:
    links = linked(
        document("chi-thi.txt", ESTIMATE, **DIRECTIVE),
        report(
            "- Thu phí tham quan hồ Ngọc ước thực hiện 9 tháng đầu năm 31,2 tỷ đồng, đạt 113% dự toán Trung ương giao, "
            "đạt 78% dự toán Hội đồng nhân dân tỉnh giao."
        ),
    )
    assert ("reports", "consistent", "31,2 tỷ đồng", "40 tỷ đồng") in pairs(links)
    (link,) = [link for link in links if link.relation == "reports"]
    assert link.share is not None
    assert (link.share.text, round(link.share.computed, 2)) == ("78%", 78.0)
    assert link.here.period == "9 tháng đầu năm"


@pytest.mark.parametrize(
    ("share", "outcome"), [("78%", "consistent"), ("78,0%", "consistent"), ("87%", "inconsistent")]
)
def test_the_per_cent_must_come_out(share: str, outcome: str) -> None:
    links = linked(
        report(
            "- Dự toán thu phí tham quan hồ Ngọc năm 2026 tỉnh giao 40 tỷ đồng; ước thực hiện 9 tháng đầu năm 31,2 tỷ đồng, "
            f"đạt {share} dự toán tỉnh giao."
        )
    )
    assert pairs(links) == {("reports", outcome, "31,2 tỷ đồng", "40 tỷ đồng")}


def test_a_per_cent_of_another_givers_plan_is_not_held_against_this_one() -> None:
    links = linked(
        report(
            "- Dự toán thu phí tham quan hồ Ngọc năm 2026 tỉnh giao 40 tỷ đồng; ước thực hiện 9 tháng đầu năm 31,2 tỷ đồng, "
            "đạt 113% dự toán Trung ương giao."
        )
    )
    assert links == []


def test_results_of_another_year_or_place_report_on_nothing() -> None:
    plan = document("chi-thi.txt", "- Phấn đấu năm 2025 trồng mới 500 ha rừng gỗ lớn.", **DIRECTIVE)
    assert linked(plan, report("- Trồng mới 310 ha rừng gỗ lớn, đạt 62% kế hoạch.")) == []


# --- near figures that are none, and disagreements -------------------------------------------------------------------


def test_near_figures_that_measure_different_things_do_not_disagree() -> None:
    other = document(
        "bao-cao.txt",
        "- Tỉnh giao tăng thêm thu phí tham quan hồ Ngọc 12,9 tỷ đồng so với dự toán Trung ương giao năm 2026.",
        **REPORT,
    )
    links = linked(document("chi-thi.txt", ESTIMATE, **DIRECTIVE), other)
    assert not [link for link in links if link.outcome in ("differs", "inconsistent")]


def test_two_documents_that_plan_one_measure_differently_disagree() -> None:
    one = document("chi-thi.txt", "- Phấn đấu năm 2026 trồng mới 500 ha rừng gỗ lớn.", **DIRECTIVE)
    two = document(
        "ke-hoach.txt",
        "- Phấn đấu năm 2026 trồng mới 550 ha rừng gỗ lớn.",
        kind="KẾ HOẠCH",
        number="17/KH-UBND",
        day="02 tháng 02 năm 2026",
    )
    assert ("disagrees", "differs", "550 ha", "500 ha") in pairs(linked(one, two))


@pytest.mark.parametrize(
    "other",
    [
        "- Phấn đấu năm 2026 trồng mới ít nhất 450 ha rừng gỗ lớn.",  # 500 is at least 450
        "- Phấn đấu năm 2026 trồng mới khoảng 510 ha rừng gỗ lớn.",
        "- Phấn đấu 6 tháng đầu năm 2026 trồng mới 200 ha rừng gỗ lớn.",
        "- Phấn đấu năm 2026 trồng mới 200 ha rừng gỗ lớn ở huyện Sơn Thạch.",
        "- Phấn đấu năm 2027 trồng mới 550 ha rừng gỗ lớn.",
    ],
)
def test_what_fits_or_is_for_another_time_or_part_does_not_disagree(other: str) -> None:
    one = document("chi-thi.txt", "- Phấn đấu năm 2026 trồng mới 500 ha rừng gỗ lớn.", **DIRECTIVE)
    about = {"kind": "KẾ HOẠCH", "number": "17/KH-UBND", "day": "02 tháng 02 năm 2026"}
    found = linked(one, document("ke-hoach.txt", other, **about))
    assert not [link for link in found if link.relation == "disagrees"]


def test_an_attribute_of_several_things_is_no_measure() -> None:
    rows = "\n\n".join(f"- Số lượng mẫu quan trắc năm 2026: {count} mẫu/năm." for count in (24, 30, 36))
    assert linked(document("ke-hoach.txt", rows, **DIRECTIVE)) == []


def test_another_year_is_followed_and_half_a_year_is_not_compared() -> None:
    last = {"kind": "CHỈ THỊ", "number": "02/CT-UBND", "day": "06 tháng 01 năm 2025"}
    text = "- Phấn đấu {time} trồng mới {count} ha rừng gỗ lớn."
    one = document("a.txt", text.format(time="năm 2025", count=450), title="về công tác năm 2025", **last)
    two = document("b.txt", text.format(time="năm 2026", count=500), **DIRECTIVE)
    half = document("b.txt", text.format(time="6 tháng cuối năm 2026", count=200), **DIRECTIVE)
    assert pairs(linked(one, two)) == {("follows", "raised", "500 ha", "450 ha")}
    assert pairs(linked(one, half)) == {("follows", "undecided", "200 ha", "450 ha")}


# --- the sample documents -------------------------------------------------------------------------------------------


@cache
def demo() -> list[FigureLink]:
    return linked(*(load(path) for path in sorted(DEMO.iterdir()) if path.name[0].isdigit()))


def told(relation: str) -> set[tuple[str, str, str, str | None, str | None]]:
    found = [link for link in demo() if link.relation == relation]
    return {(link.here.file[:2], link.there.file[:2], link.outcome, link.here.text, link.there.text) for link in found}


def test_the_report_is_held_against_both_resolutions() -> None:
    assert {
        ("07", "01", "consistent", "4.310 ha", "9.500 ha"),
        ("07", "02", "consistent", "4.310 ha", "9.500 ha"),
        ("07", "01", "stated", "51,2%", "65%"),
    } <= told("reports")


def test_what_the_amendment_did_to_the_figures() -> None:
    assert {
        ("08", "02", "lowered", "7.800 ha", "9.500 ha"),
        ("08", "02", "raised", "8 triệu đồng/ha", "6 triệu đồng/ha"),
        ("08", "02", "dropped", None, "30%"),
    } == told("amends")


def test_targets_down_the_chain_and_a_part_of_them() -> None:
    taken = told("takes-over")
    assert ("02", "01", "kept", "9.500 ha", "9.500 ha") in taken
    assert ("03", "02", "kept", "2.800 ha", "2.800 ha") in taken
    assert ("03", "01", "undecided", "2.800 ha", "9.500 ha") in taken


def test_the_sample_documents_do_not_disagree() -> None:
    assert not [link for link in demo() if link.outcome in ("differs", "inconsistent")]


def test_the_store_keeps_them_and_a_second_build_changes_nothing(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        build(store, [DEMO])
        rows = figures(Reader(store))
        assert build(store, [DEMO]).written == 0
    assert len(rows) == len(demo())
    for side in (side for row in rows for side in (row.here, row.there) if side.quote and side.figure):
        assert side.figure.split()[0].rstrip("%") in side.quote.text
    lowered = [row for row in rows if row.outcome == "lowered"]
    assert [(row.here.figure, row.there.figure) for row in lowered] == [("7.800 ha", "9.500 ha")]


def test_findings_are_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    wrong = report(
        "- Dự toán thu phí tham quan hồ Ngọc năm 2026 tỉnh giao 40 tỷ đồng; ước thực hiện 9 tháng đầu năm 31,2 tỷ đồng, "
        "đạt 87% dự toán tỉnh giao."
    )
    (tmp_path / "in" / "bao-cao.txt").write_text(wrong.raw, encoding="utf-8")
    with EmbeddedStore(tmp_path / "store") as store:
        build(store, [tmp_path / "in"])
        said = [row.message for row in findings(store, "vi") if row.check == "figure-arithmetic"]
    assert len(said) == 1
    assert "87%" in said[0]
    assert "là 78%" in said[0]


# --- the real documents ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared: Path) -> list[FigureLink]:
    return linked(*(load(path) for path in sorted((shared / "corpus").glob("*.txt"))))


def of(real: list[FigureLink], here: str, there: str, relation: str) -> list[FigureLink]:
    return [k for k in real if k.here.file[:3] == here and k.there.file[:3] == there and k.relation == relation]


def test_the_budget_is_reported_on_across_documents(real: list[FigureLink]) -> None:
    found = [link for link in of(real, "003", "004", "reports") if link.here.text == "2.627 tỷ đồng"]
    assert [(link.outcome, link.there.text) for link in found] == [("consistent", "4.600 tỷ đồng")]
    assert found[0].share is not None
    assert (found[0].share.text, round(found[0].share.computed, 1)) == ("57,1%", 57.1)
    assert found[0].here.period == "10 tháng đầu năm"


def test_near_figures_of_the_real_documents_are_no_finding(real: list[FigureLink]) -> None:
    wrong = [link for link in real if link.outcome in ("differs", "inconsistent")]
    assert not [k for k in wrong if "1.345,6" in (k.here.text or "") or "1.345,6" in (k.there.text or "")]
    assert {(k.here.file[:3], k.there.file[:3]) for k in wrong} == {("001", "001")}


def test_assignments_of_targets_are_found(real: list[FigureLink], shared: Path) -> None:
    loaded = load(next((shared / "corpus").glob("001*")))
    given = [m for m in measures(loaded) if m.lead and m.role == "target"]
    units = {u.id for u in loaded.record.units if u.path.startswith("II.1.")}
    wanted = {(m.unit, m.start) for m in given if m.unit in units}
    found = {(link.here.unit, link.here.start) for link in of(real, "001", "001", "assigns")}
    assert len(wanted) >= 40
    assert len(wanted & found) >= 0.9 * len(wanted)


def test_targets_over_the_years(real: list[FigureLink]) -> None:
    outcomes = [link.outcome for link in of(real, "002", "001", "follows")]
    assert outcomes.count("raised") >= 6
    assert outcomes.count("undecided") >= 8
    kept = of(real, "000", "002", "takes-over")
    assert {(link.outcome, link.here.text) for link in kept} == {("kept", "03 sản phẩm"), ("kept", "25%")}


# --- any text -------------------------------------------------------------------------------------------------------


PIECES = st.sampled_from(
    (
        *("đạt", "7,5%", "dự toán", "Trung ương giao", "40 tỷ đồng", "so với", "kế hoạch", "(", ")", ";", ":", ". "),
        *(
            "\n\n",
            "- ",
            "trồng mới",
            "12 - 15 ha",
            "rừng",
            "năm 2026",
            "**",
            "6 tháng đầu năm",
            "tăng thêm",
            "1/2",
            "%",
        ),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40))
@example(["- ", "40 tỷ đồng"])  # below a title that ends in a year
def test_no_text_breaks_it_and_every_figure_lies_in_its_text(pieces: list[str]) -> None:
    loaded = report(" ".join(pieces))
    for m in measures(loaded):
        assert 0 <= m.start < m.end <= len(loaded.raw)
        assert m.low <= m.high
    for link in linked(loaded):
        assert link.here.file == link.there.file
