"""The page of an impact: what changes in the middle, rings around it, offline, document text as text."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest
from browsing import opened_page
from typer.testing import CliRunner

from kg.build import build
from kg.store import open_store
from kg.worddiff import Part
from policylineage.cli import app
from policylineage.exits import NOTHING, OK
from queries.rows import AffectedDocument, AffectedTask, DocumentRow, Passage, Place, Quote, UnitRow
from queries.worklist import Because, WorkItem
from viz.impact_page import ImpactView, impact_legend, render_impact, write_impact_page
from viz.layout import ARC, RING_STEP, place_rings
from viz.style import BORDERS, GRADES

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
ACT = SAMPLES / "02-nghi-quyet-08-2023-nq-hdnd.txt"
HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=2'>"


def unit(document: DocumentRow, name: str, path: str, words: str, *lead: str) -> Place:
    iri = f"{document.iri}#{name}"
    return Place(document, UnitRow(iri, f"x#{name}", "task", path, Quote("x.txt", 5, 40, words), lead))


def view(words: str = "Rà soát cụm công nghiệp ven sông", *, clauses: int = 1) -> ImpactView:
    act = DocumentRow("d:act", "09-NQ/TU", "a.txt", "Nghị quyết", "09-NQ/TU", f"Về rừng {words}", level="province")
    plan = DocumentRow("d:plan", "4/KH-UBND", "b.txt", "Kế hoạch", "4/KH-UBND", "Thực hiện", level="province")
    letter = DocumentRow("d:cv", "7/UBND-NL", "c.txt", "Công văn", "7/UBND-NL", "Đôn đốc", level="province")
    changed = [unit(act, f"u{at}", f"II.{at}", words) for at in range(1, clauses + 1)]
    near = [unit(plan, f"u{at}", f"{at}", words, "Sở Công Thương") for at in range(1, clauses + 1)]
    far = unit(letter, "u1", "3.-1", words, "Sở Y tế")
    proof = (Passage(near[0].unit.quote if near[0].unit else None, changed[0].unit.quote if changed[0].unit else None),)
    work = [
        WorkItem(
            AffectedTask(task, "copied", 0.9, 1, clause, proof),
            Because("changed", clause, parts=(Part("removed", "12,28%"), Part("added", "12,5%"))),
            kept=False,
        )
        for task, clause in zip(near, changed, strict=True)
    ]
    work.append(WorkItem(AffectedTask(far, "adapted", 0.4, 2, near[0]), work[0].because))
    rows = [
        AffectedDocument(plan, "implements", 1, act, None, 1),
        AffectedDocument(letter, "implements", 2, plan, None, 1),
    ]
    return ImpactView(f"Ảnh hưởng {words}", [act], rows, work, lambda item: f"vì {item.because.how}")


def test_rings_lie_around_the_middle_and_give_room() -> None:
    rings = {"act": 0, **{f"t{at}": 3 for at in range(100)}, "far": 5}
    places, radii = place_rings(rings, {f"t{at}": f"g{at % 4}" for at in range(100)})
    assert places["act"] == (0, 0)
    assert {round(math.hypot(*places[f"t{at}"])) for at in range(100)} <= {radii[3] - 1, radii[3], radii[3] + 1}
    assert radii[3] >= 100 * ARC / math.tau
    assert radii[5] - radii[3] >= RING_STEP
    nearest = min(
        math.dist(places[one], places[other]) for one in places for other in places if one < other and one[0] == "t"
    )
    assert nearest > ARC * 0.9
    assert len(set(places.values())) == len(places)


def test_nodes_of_one_group_stand_together() -> None:
    rings = {"d1": 2, "d2": 2, "a": 3, "b": 3, "c": 3, "d": 3}
    places, _ = place_rings(rings, {"d1": "d1", "d2": "d2", "a": "d1", "b": "d2", "c": "d1", "d": "d2"})
    angle = {node: math.atan2(x, -y) % math.tau for node, (x, y) in places.items()}
    assert max(angle["a"], angle["c"]) < min(angle["b"], angle["d"])


def test_one_changed_clause_is_the_middle(browser: Any, tmp_path: Path) -> None:
    out = tmp_path / "trang.html"
    write_impact_page(view(), out)
    page = opened_page(browser, out)
    assert page.evaluate("[nodes.get('d:act#u1').x, nodes.get('d:act#u1').y]") == [0, 0]
    assert page.evaluate("nodes.get('d:act')") is None
    distance = "Math.hypot(nodes.get('%s').x, nodes.get('%s').y)"
    order = [
        page.evaluate(distance % (node, node)) for node in ("d:plan", "d:plan#u1", "d:cv", "d:cv#u1", "body:Sở Y tế")
    ]
    assert order == sorted(order)
    assert page.evaluate("edges.length") == 7
    assert not page.errors


def test_several_changed_clauses_stand_around_their_act(browser: Any, tmp_path: Path) -> None:
    out = tmp_path / "trang.html"
    write_impact_page(view(clauses=3), out)
    page = opened_page(browser, out)
    assert page.evaluate("[nodes.get('d:act').x, nodes.get('d:act').y]") == [0, 0]
    radii = {
        round(page.evaluate(f"Math.hypot(nodes.get('d:act#u{at}').x, nodes.get('d:act#u{at}').y)")) for at in (1, 2, 3)
    }
    assert max(radii) - min(radii) <= 1


def test_colours_are_grades_and_rims_are_statuses(browser: Any, tmp_path: Path) -> None:
    out = tmp_path / "trang.html"
    write_impact_page(view(), out)
    page = opened_page(browser, out)
    look = "[nodes.get('%s').color.background, nodes.get('%s').color.border, nodes.get('%s').shape]"

    def of(node: str) -> list[str]:
        found: list[str] = page.evaluate(look % (node, node, node))
        return found

    assert of("d:plan#u1") == [GRADES["copied"].fill, BORDERS["gone"].colour, GRADES["copied"].shape]
    assert of("d:cv#u1") == [GRADES["adapted"].fill, BORDERS["current"].colour, GRADES["adapted"].shape]
    assert of("d:act#u1")[1] == BORDERS["changed"].colour


def test_the_legend_is_made_of_what_can_be_drawn() -> None:
    for lang in ("vi", "en"):
        shown = impact_legend(lang)
        for style in [*GRADES.values(), *BORDERS.values()]:
            assert (style.vi if lang == "vi" else style.en) in shown
    assert len({style.shape for style in GRADES.values()}) == len(GRADES)


def test_hostile_words_stay_words(browser: Any, tmp_path: Path) -> None:
    out = tmp_path / "trang.html"
    write_impact_page(view(HOSTILE), out)
    text = out.read_text(encoding="utf-8")
    assert "<img src=x" not in text
    assert "<script>window.hacked" not in text
    page = opened_page(browser, out)
    assert not page.errors
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert not [url for url in page.asked if not url.startswith(("file:", "data:"))]


def test_the_page_names_no_address_to_fetch() -> None:
    text = render_impact(view())
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']https?:", text)
    assert "default-src 'none'" in text


def test_search_reads_out_why(browser: Any, tmp_path: Path) -> None:
    out = tmp_path / "trang.html"
    write_impact_page(view(), out)
    page = opened_page(browser, out)
    page.fill("#find", "7/ubnd-nl")
    shown = page.inner_text("#words")
    assert "Đôn đốc" in shown
    assert "vì changed" in shown
    page.fill("#find", "II.1")
    assert "12,28%" in page.inner_text("#words")


def test_the_command_draws_acts_clauses_comparisons_and_drafts(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINEAGE_STORE", str(tmp_path / "store"))
    with open_store(tmp_path / "store") as store:
        build(store, [SAMPLES])
    new = tmp_path / "moi.txt"
    new.write_text(ACT.read_text(encoding="utf-8").replace("9.500 ha", "7.800 ha"), encoding="utf-8")
    amending = str(SAMPLES / "08-nghi-quyet-19-2024-nq-hdnd-sua-doi.md")
    calls = [
        (("08/2023/NQ-HĐND",), 36),
        (("08/2023/NQ-HĐND", "--clause", "Điều 2.2"), 3),
        (("--compare", str(ACT), str(new)), 3),
        (("--amended-by", amending), 4),
    ]
    for words, tasks in calls:
        out = tmp_path / "trang.html"
        assert CliRunner().invoke(app, ["impact", *words, "--out", str(out)]).exit_code == OK
        page = opened_page(browser, out)
        assert (
            page.evaluate(f"nodes.get({{filter: n => {[s.shape for s in GRADES.values()]}.includes(n.shape)}}).length")
            == tasks
        )
        assert not page.errors
    away = [
        "impact",
        "--compare",
        amending,
        amending,
        "--store",
        str(tmp_path / "none"),
        "--out",
        str(tmp_path / "x.html"),
    ]
    assert CliRunner().invoke(app, away).exit_code == NOTHING
