"""Who answers now: the table of changes, the chains through it, the events in the graph, and what the commands say."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode
from rdflib import Graph
from story import fill
from typer.testing import CliRunner, Result

from kg.bodychanges import BODY_CHANGES, bodies_named, change_triples, event_iri
from kg.build import build, stored_records
from kg.resolve import infer_identities
from kg.store import EmbeddedStore
from kg.terms import ORG, PL, PROV, RDF, RDFS
from kg.triples import body_node
from kg.validate import SHAPES, check
from loaders.read import load
from ontology.bodies import bodies, by_name
from ontology.changes import KINDS, Owner, all_steps, changes, owners_on
from ontology.communes import communes_of
from ontology.folding import fold
from ontology.places import districts, provinces, short_name
from ontology.tables import asset, table
from policylineage.cli import app
from policylineage.commands import owner as owner_command
from policylineage.exits import NOTHING, OK, USAGE
from queries.owners import answer

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
BEFORE, SPRING, NOW = "2024-12-31", "2025-04-01", "2026-11-24"


def _main(found: tuple[Owner, ...]) -> list[str | None]:
    return [owner.holder and owner.holder.full for owner in found if owner.what is None]


# --- the table --------------------------------------------------------------------------------------------------


def test_the_table_is_whole_and_canonical() -> None:
    text = asset("changes.toml")
    assert unicodedata.is_normalized("NFC", text)
    assert not set("\u00d0\u00a0\r\t") & set(text)
    assert len(changes()) == len(table("changes.toml")["change"]) >= 45
    assert Counter(change.kind for change in changes()).keys() == set(KINDS)
    for change in changes():
        assert date.fromisoformat(change.day) <= date(2025, 7, 1)
        assert change.origins
        assert change.basis
        assert change.kind == "abolish" or change.heirs
        assert (change.kind == "transfer") == all(heir.what for heir in change.heirs), change


def test_every_act_of_the_table_is_used_and_sorted() -> None:
    rows = table("changes.toml")
    used = {key for row in (*rows["change"], *rows["province"]) for key in row["basis"]}
    assert used == set(rows["acts"])
    assert list(rows["acts"]) == sorted(rows["acts"])


def test_names_are_those_of_the_table_of_bodies() -> None:
    known = {body.name for body in bodies()}
    origins = {name for change in changes() for name in change.origins}
    assert origins - known == {"Bảo hiểm xã hội khu vực"}
    heirs = {heir.body for change in changes() for heir in change.heirs}
    assert heirs - known == {
        "Bảo hiểm xã hội khu vực",
        "Ban Chỉ huy Phòng thủ khu vực",
        "Cục Quản lý và Phát triển thị trường trong nước",
        "Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi",
    }


def test_the_two_tables_agree_on_days_and_successors() -> None:
    ended = [body for body in bodies() if body.valid_to]
    assert len(ended) > 60
    for body in ended:
        events = [change for change in changes() if body.name in change.ends]
        assert len(events) == 1, body.name
        assert date.fromisoformat(events[0].day).toordinal() == date.fromisoformat(body.valid_to or "").toordinal() + 1
        assert body.successor is None or body.successor in {heir.body for heir in events[0].heirs}
    for change in changes():
        for heir in change.heirs:
            found = by_name(heir.body)
            assert found is None or found.valid_from is None or found.valid_from <= change.day, heir


# --- chains -------------------------------------------------------------------------------------------------------


def test_a_chain_goes_over_the_merger_of_departments_and_of_provinces() -> None:
    found = owners_on("Sở Kế hoạch và Đầu tư", "Kon Tum", NOW, "2023-07-20")
    assert _main(found) == ["Sở Tài chính tỉnh Quảng Ngãi"]
    assert [(step.day, step.before.full, step.after.full) for step in found[0].steps] == [
        ("2025-03-01", "Sở Kế hoạch và Đầu tư tỉnh Kon Tum", "Sở Tài chính tỉnh Kon Tum"),
        ("2025-07-01", "Sở Tài chính tỉnh Kon Tum", "Sở Tài chính tỉnh Quảng Ngãi"),
    ]
    assert [step.basis[0].split(" ngày")[0] for step in found[0].steps] == [
        "Nghị định 45/2025/NĐ-CP",
        "Nghị quyết 202/2025/QH15",
    ]
    assert all(step.checked for step in found[0].steps)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (BEFORE, "Sở Kế hoạch và Đầu tư tỉnh Kon Tum"),
        ("2025-02-28", "Sở Kế hoạch và Đầu tư tỉnh Kon Tum"),
        ("2025-03-01", "Sở Tài chính tỉnh Kon Tum"),
        ("2025-06-30", "Sở Tài chính tỉnh Kon Tum"),
        ("2025-07-01", "Sở Tài chính tỉnh Quảng Ngãi"),
    ],
)
def test_the_answer_follows_the_day(day: str, expected: str) -> None:
    assert _main(owners_on("Sở KH&ĐT", "Kon Tum", day)) == [expected]


def test_a_province_that_no_merger_touched_keeps_its_departments() -> None:
    found = owners_on("Sở Kế hoạch và Đầu tư", "Trường Lĩnh", NOW)
    assert _main(found) == ["Sở Tài chính tỉnh Trường Lĩnh"]
    assert len(found[0].steps) == 1
    assert _main(owners_on("Sở Tư pháp", "Trường Lĩnh", NOW)) == ["Sở Tư pháp tỉnh Trường Lĩnh"]
    assert owners_on("Sở Tư pháp", "Trường Lĩnh", NOW)[0].steps == ()


def test_the_province_that_takes_in_others_is_told_too() -> None:
    found = owners_on("Sở Tư pháp", "Quảng Ngãi", NOW)
    assert [step.day for step in found[0].steps] == ["2025-07-01"]
    assert found[0].steps[0].note == "Sắp xếp Quảng Ngãi, Kon Tum thành tỉnh Quảng Ngãi."
    assert _main(owners_on("Sở Tư pháp", "Thừa Thiên Huế", NOW)) == ["Sở Tư pháp thành phố Huế"]


def test_several_successors_are_several() -> None:
    found = owners_on("Sở Lao động - Thương binh và Xã hội", "Kon Tum", NOW)
    parts = {owner.holder.full: owner.what for owner in found if owner.holder and owner.what}
    assert _main(found) == ["Sở Nội vụ tỉnh Quảng Ngãi"]
    assert "bảo trợ xã hội" in (parts["Sở Y tế tỉnh Quảng Ngãi"] or "")
    assert parts["Sở Giáo dục và Đào tạo tỉnh Quảng Ngãi"] == "giáo dục nghề nghiệp"
    assert parts["Sở Nông nghiệp và Môi trường tỉnh Quảng Ngãi"] == "giảm nghèo"
    assert "cai nghiện" in (parts["Công an tỉnh Quảng Ngãi"] or "")
    assert len(found) == 5


def test_a_document_is_not_older_than_itself() -> None:
    before = owners_on("Sở Tài chính", "Trường Lĩnh", NOW, "2024-05-02")
    after = owners_on("Sở Tài chính", "Trường Lĩnh", NOW, "2025-09-10")
    assert ([len(owner.steps) for owner in before], [len(owner.steps) for owner in after]) == ([1], [0])
    late = owners_on("Sở Kế hoạch và Đầu tư", "Trường Lĩnh", NOW, "2025-09-10")
    assert _main(late) == ["Sở Tài chính tỉnh Trường Lĩnh"]  # the body had ended: whoever still names it means its heir


def test_central_bodies_and_bodies_of_the_centre_in_provinces() -> None:
    assert _main(owners_on("Bộ Kế hoạch và Đầu tư", None, NOW)) == ["Bộ Tài chính"]
    assert _main(owners_on("Cục Thuế tỉnh", "Kon Tum", SPRING)) == ["Chi cục Thuế khu vực"]
    tax = owners_on("Cục Thuế tỉnh", "Kon Tum", NOW)
    assert _main(tax) == ["Thuế tỉnh Quảng Ngãi"]
    assert [bool(step.checked) for step in tax[0].steps] == [False, False]
    assert "chưa rõ số văn bản" in tax[0].steps[1].basis
    assert _main(owners_on("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Kon Tum", NOW)) == [
        "Ban Chỉ huy Bộ đội Biên phòng tỉnh Quảng Ngãi"
    ]
    zone = owners_on("Ban quản lý Khu kinh tế tỉnh", "Kon Tum", NOW)
    assert _main(zone) == ["Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi"]
    assert zone[0].steps[0].basis[0].startswith("Quyết định 1499/QĐ-TTg")
    assert _main(owners_on("Ban quản lý Khu kinh tế tỉnh", "Trường Lĩnh", NOW)) == [
        "Ban Quản lý Khu kinh tế tỉnh Trường Lĩnh"
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "Ủy ban nhân dân huyện Sơn Thạch",
            "Ủy ban nhân dân các xã, phường, đặc khu trên địa bàn huyện Sơn Thạch cũ (tỉnh Trường Lĩnh)",
        ),
        (
            "UBND thành phố Vân Khê",
            "Ủy ban nhân dân các xã, phường, đặc khu trên địa bàn thành phố Vân Khê cũ (tỉnh Trường Lĩnh)",
        ),
        (
            "Ủy ban nhân dân các huyện, thành phố",
            "Ủy ban nhân dân các xã, phường, đặc khu trên địa bàn các huyện, thành phố cũ (tỉnh Trường Lĩnh)",
        ),
    ],
)
def test_districts_end_and_their_communes_and_the_province_go_on(name: str, expected: str) -> None:
    assert len(owners_on(name, "Trường Lĩnh", "2025-06-30")[0].steps) == 0
    found = owners_on(name, "Trường Lĩnh", "2025-07-01")
    assert _main(found) == [expected]
    assert [owner.holder.full for owner in found[1:] if owner.holder] == ["Ủy ban nhân dân tỉnh Trường Lĩnh"]
    assert found[0].steps[0].basis[0] == "Luật Tổ chức chính quyền địa phương 72/2025/QH15"


def test_the_communes_of_a_district_are_named_where_two_sources_agree() -> None:
    table_of_communes = [line for line in asset("communes.tsv").splitlines() if not line.startswith("#")]
    assert len(table_of_communes) == 668
    assert unicodedata.is_normalized("NFC", asset("communes.tsv"))
    known = {fold(name) for province in provinces() for name in (province.name, *province.aliases)}
    for line in table_of_communes:
        place, district, names = line.split("\t")
        assert fold(short_name(place)) in known, place
        assert re.match(r"(?:Huyện|Quận|Thị xã|Thành phố) ", district, re.IGNORECASE), district
        assert all(re.match(r"(?:Xã|Phường|Đặc khu) ", name, re.IGNORECASE) for name in names.split(";")), names
    (main, _) = owners_on("Ủy ban nhân dân huyện Đăk Hà", "Kon Tum", NOW)
    assert main.holder is not None
    assert main.holder.members == ("Xã Ngọk Réo", "Xã Đăk Hà", "Xã Đăk Mar", "Xã Đăk Pxi", "Xã Đăk Ui")
    assert communes_of("huyện Sơn Thạch", "Trường Lĩnh") == ()
    for name in districts():
        assert communes_of(f"{name.type} {name.name}", name.province), name


def test_what_is_unknown_is_said() -> None:
    group = owners_on("Các sở, ban ngành, đơn vị thuộc tỉnh", "Kon Tum", NOW)
    assert [(owner.holder, owner.doubt is not None) for owner in group] == [(None, True)]
    kept = owners_on("Sở Ngoại vụ", "Trường Lĩnh", NOW)
    assert "chỉ lập ở một số địa phương" in (kept[0].doubt or "")
    proved = owners_on("Sở Ngoại vụ", "Kon Tum", NOW)
    assert (proved[0].doubt, (proved[0].proof or "")[:14]) == (None, "dantri.com.vn ")
    assert "chỉ lập" in (owners_on("Sở Ngoại vụ", "Kon Tum", SPRING)[0].doubt or "")
    commune = owners_on("Ủy ban nhân dân xã Ia Rưm", "Trường Lĩnh", NOW, "2024-01-01")
    assert "sắp xếp lại" in (commune[0].doubt or "")
    assert owners_on("Ủy ban nhân dân xã Ia Rưm", "Trường Lĩnh", NOW, "2025-09-01")[0].doubt is None


def test_the_departments_of_letter_000_have_a_way_or_an_honest_unknown(shared: Path) -> None:
    record = load(shared / "corpus" / "000_c265c80a8dcfbec6.txt").record
    leaders = sorted({name for unit in record.units for name in unit.lead})
    assert len(leaders) >= 19
    for name in leaders:
        found = owners_on(name, "Kon Tum", NOW, "2023-07-20")
        assert found
        for owner in found:
            assert (owner.holder is not None and owner.steps) or owner.doubt, name
            assert all(step.basis for step in owner.steps)
            assert owner.holder is None or "Kon Tum" not in owner.holder.full.split("cũ (")[0], owner.holder.full
    unknown = [name for name in leaders if owners_on(name, "Kon Tum", NOW)[0].holder is None]
    assert all(re.match(r"(?:Các sở|Ủy ban nhân dân các cấp)", name) for name in unknown), unknown


# --- the graph ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(tmp_path_factory.mktemp("changes") / "store") as store:
        build(store, [SAMPLES])
        yield store


def test_the_bodies_of_the_corpus_get_their_events(demo: EmbeddedStore) -> None:
    events = {quad.subject for quad in demo.quads(p=RDF.type, o=ORG.ChangeEvent, graph=BODY_CHANGES)}
    named = bodies_named(item.record for item in infer_identities([one.loaded() for one in stored_records(demo)]))
    expected = {event_iri(step) for name, province in named for step in all_steps(name, province)}
    assert {str(event) for event in events} == {f"<{iri}>" for iri in expected}
    assert len(expected) >= 8
    nodes = {body_node(name, province) for name, province in named}
    labelled = {quad.subject for quad in demo.quads(p=RDFS.label, graph=BODY_CHANGES)}
    assert labelled
    assert not labelled & nodes  # what documents call a body stays what it is called
    farming = NamedNode("https://w3id.org/policy-lineage/vn/truong-linh/so-nong-nghiep-va-phat-trien-nong-thon")
    (event,) = {quad.subject for quad in demo.quads(p=ORG.originalOrganization, o=farming)}
    assert isinstance(event, NamedNode)
    said = {quad.predicate: quad.object for quad in demo.quads(s=event)}
    assert said[ORG.resultingOrganization] == NamedNode(
        farming.value.rpartition("/")[0] + "/so-nong-nghiep-va-moi-truong"
    )
    assert said[PL.bodyChange] == Literal("merge")
    assert str(said[PROV.atTime]).startswith('"2025-03-01T00:00:00+07:00"')
    assert PL.checkedIn in said


def test_the_events_keep_the_shapes_and_a_second_build_changes_nothing(demo: EmbeddedStore) -> None:
    before = {str(quad.triple) for quad in demo.quads(graph=BODY_CHANGES)}
    rules = Graph().parse(SHAPES)
    assert check(Graph().parse(data=" .\n".join([*before, ""]), format="nt"), rules, "") == []
    wrong = [triple for triple in before if f"{PL.legalBasis}" not in triple]
    assert len(check(Graph().parse(data=" .\n".join([*wrong, ""]), format="nt"), rules, "")) >= 8
    assert build(demo, [SAMPLES]).written == 0
    assert {str(quad.triple) for quad in demo.quads(graph=BODY_CHANGES)} == before


def test_an_event_that_was_not_looked_up_does_not_say_so() -> None:
    triples = list(change_triples([("Cục Thuế tỉnh", "Trường Lĩnh")]))
    assert sum(triple.object == ORG.ChangeEvent for triple in triples) == 2
    assert not [triple for triple in triples if triple.predicate == PL.checkedIn]
    assert len({str(triple.object) for triple in triples if triple.predicate == PL.legalBasis}) == 4


# --- the commands ---------------------------------------------------------------------------------------------------


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(fill(tmp_path / "store")))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINEAGE_LANG", raising=False)
    monkeypatch.setattr(owner_command, "today", lambda: NOW)
    monkeypatch.setattr("policylineage.commands.tasks.today", lambda: NOW)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


def test_owner_prints_the_chain_with_the_basis_of_each_step(call: Any) -> None:
    done = call("owner", "Sở", "KH&ĐT", "--province", "Kon Tum")
    assert done.exit_code == OK
    assert f"ngày {NOW}" in done.stdout
    assert "→ Sở Tài chính tỉnh Quảng Ngãi" in done.stdout
    assert done.stdout.index("Nghị định 45/2025/NĐ-CP") < done.stdout.index("Nghị quyết 202/2025/QH15")
    assert "chưa đối chiếu với nguồn nào" in call("owner", "Cục Thuế tỉnh", "--province", "Kon Tum").stdout
    assert "not checked" in call("owner", "Cục Thuế tỉnh", "--province", "Kon Tum", "--lang", "en").stdout


def test_owner_as_json_csv_and_with_an_unknown_end(call: Any) -> None:
    found = json.loads(call("owner", "Sở Nội vụ", "--on", SPRING, "--province", "Vân Khê", "--format", "json").stdout)
    assert [owner["name"] for owner in found["owners"]] == [
        "Sở Nội vụ tỉnh Vân Khê",
        "Sở Dân tộc và Tôn giáo tỉnh Vân Khê",
    ]
    assert found["owners"][1]["steps"][0]["checked"] is None
    rows = call("owner", "Sở Nội vụ", "--on", SPRING, "--format", "csv").stdout.splitlines()
    assert len(rows) == 3
    assert call("owner", "Các sở, ngành").exit_code == NOTHING
    assert call("owner", "Sở Nội vụ", "--on", "1/3/2025").exit_code == USAGE


def test_tasks_say_who_answers_today_and_on_a_day(call: Any) -> None:
    done = call("tasks", "--body", "Sở Tài chính", "--today")
    assert done.exit_code == OK
    assert "ai chịu trách nhiệm ngày 2026-11-24" in done.stdout
    then = json.loads(call("tasks", "--body", "Sở Công Thương", "--on", BEFORE, "--format", "json").stdout)
    assert {row["on"] for row in then} == {BEFORE}
    assert then[0]["lead_now"][0]["owners"][0]["name"].startswith("Sở Công Thương")
    assert {"place", "deadlines", "sources"} <= set(then[0])
    plain = json.loads(call("tasks", "--body", "Sở Công Thương", "--format", "json").stdout)
    assert "lead_now" not in plain[0]
    assert "owner,owner_parts,legal_basis,doubt" in call("tasks", "--today", "--format", "csv").stdout.splitlines()[0]
    assert call("tasks", "--on", "2025").exit_code == USAGE


def test_a_year_or_a_month_is_a_day_to_begin_with() -> None:
    assert len(answer("Sở Tài chính", "Trường Lĩnh", NOW, "2023").main[0].steps) == 1
    assert len(answer("Sở Tài chính", "Trường Lĩnh", NOW, "2025-03").main[0].steps) == 0
