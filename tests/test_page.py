"""The page: works from file:// with the network off, document text stays text, the legend is what is drawn."""

from __future__ import annotations

import re

import pytest
from browsing import opened_page

from queries.neighbourhood import Edge, Neighbourhood
from queries.rows import DocumentRow, Passage, Place, Quote, UnitRow
from viz.graph_page import legend, render, write_page
from viz.layout import COLUMN_WIDTH, place_nodes
from viz.style import EDGES, NODES, node_kind

HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=2'>"


def sample(words: str = "Rà soát các cụm công nghiệp ven sông") -> Neighbourhood:
    act = DocumentRow(
        "d:act",
        "09-NQ/TU",
        "a.txt",
        "Nghị quyết",
        "09-NQ/TU",
        f"Về rừng gỗ lớn {words}",
        "Tỉnh ủy",
        "2031-03-03",
        "province",
    )
    letter = DocumentRow(
        "d:letter", "4/UBND-NL", "b.txt", "Công văn", "4/UBND-NL", "Thực hiện", "UBND", "2031-04-03", "province"
    )
    stub = DocumentRow(
        "d:stub", "1-NQ/TW", None, "Nghị quyết", "1-NQ/TW", "Về lâm nghiệp", "Bộ Chính trị", "2030-01-01", "centre"
    )
    clause = Place(act, UnitRow("d:act#u1", "a#u001", "task", "II.1", Quote("a.txt", 5, 40, words)))
    task = Place(
        letter, UnitRow("d:letter#u1", "b#u001", "task", "3.-1", Quote("b.txt", 5, 45, words), ("Sở Công Thương",))
    )
    proof = Passage(Quote("b.txt", 5, 15, words), Quote("a.txt", 7, 17, words))
    edges = (
        Edge("d:letter", "d:act", "implements", passages=(Passage(Quote("b.txt", 1, 4, words), None),)),
        Edge("d:act", "d:stub", "implements"),
        Edge("d:letter#u1", "d:act#u1", "derived", "copied", (proof,)),
        Edge("d:act#u1", "d:act", "part"),
        Edge("d:letter#u1", "d:letter", "part"),
        Edge("body:ct", "d:letter#u1", "lead"),
    )
    return Neighbourhood((act, letter, stub), (clause, task), {"body:ct": "Sở Công Thương"}, edges, left_out=3)


def test_the_page_names_no_address_to_fetch():
    page = render(sample())
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']https?:", page)
    assert "default-src 'none'" in page


def test_hostile_words_stay_words():
    page = render(sample(HOSTILE))
    assert "<img src=x" not in page
    assert "<script>window.hacked" not in page


def test_the_legend_is_made_of_what_can_be_drawn():
    for lang in ("vi", "en"):
        shown = legend(lang)
        for style in [*NODES.values(), *EDGES.values()]:
            assert (style.vi if lang == "vi" else style.en) in shown
    assert len({style.fill for style in NODES.values()}) == len(NODES) >= 9


def test_levels_stand_in_columns():
    columns = {"centre": 0, "province": 1, "task": 4, "other": 4}
    places = place_nodes(columns, [Edge("province", "centre", "implements")])
    assert {node: x // COLUMN_WIDTH for node, (x, _) in places.items()} == columns
    assert places["task"][1] != places["other"][1]


def test_the_kind_of_a_document_is_its_level():
    assert node_kind("province", in_corpus=True) == "province"
    assert node_kind("department", in_corpus=True) == "local"
    assert node_kind(None, in_corpus=True) == "unknown"
    assert node_kind("centre", in_corpus=False) == "stub"


def test_writing_replaces_the_page_as_a_whole(tmp_path):
    out = tmp_path / "trang.html"
    out.write_text("cũ", encoding="utf-8")
    write_page(sample(), out)
    assert "Đường đi của chính sách" in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["trang.html"]
    with pytest.raises(OSError, match="khong-co"):
        write_page(sample(), tmp_path / "khong-co" / "trang.html")


def test_the_page_works_without_a_network(browser, tmp_path):
    out = tmp_path / "trang.html"
    write_page(sample(HOSTILE), out)
    page = opened_page(browser, out)
    assert page.evaluate("nodes.length") == 6
    assert page.evaluate("edges.length") == 6
    assert not page.errors
    assert not [url for url in page.asked if not url.startswith(("file:", "data:"))]
    assert page.evaluate("typeof window.hacked") == "undefined"


def test_search_needs_no_diacritics_and_shows_the_words(browser, tmp_path):
    out = tmp_path / "trang.html"
    write_page(sample(), out)
    page = opened_page(browser, out)
    page.fill("#find", "cum cong nghiep VEN song")
    shown = page.inner_text("#words")
    assert "“Rà soát các cụm công nghiệp ven sông” (a.txt, 5–40)" in shown
    page.fill("#find", "khong co gi nhu the")
    assert page.inner_text("#words") == "Không tìm thấy."
