"""The page of an act's life: states over time, marks in their lanes, offline, document text as text."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from browsing import opened_page
from typer.testing import CliRunner

from kg.build import build
from kg.life import State
from kg.store import open_store
from loaders.records import EVENT_KINDS
from policylineage.cli import app
from policylineage.exits import OK
from queries import find
from queries.reader import Reader
from queries.timeline import course
from viz.style import CHANGES, STATES
from viz.timeline_page import Bar, Lane, Mark, Timeline, render_timeline, write_timeline

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
HOSTILE = "</title></svg><script>window.hacked=1</script><img src=x onerror='window.hacked=2'>"
READY = "document.querySelector('svg') !== null"


def line(words: str = "Sửa đổi khoản 2 Điều 2", marks: int = 3) -> Timeline:
    dated = tuple(
        Mark(f"20{23 + at % 8}-05-{1 + at % 28:02}", "amend", f"sửa {at} {words}", words, "a.txt 1–9")
        for at in range(marks)
    )
    lanes = (
        Lane("Cả văn bản", dated),
        Lane("Từng phần", (Mark(None, "repeal", f"bãi bỏ {words}"),)),
        Lane("Trống", ()),
    )
    bars = (Bar("2023-01-01", "2025-01-01", "in force", "còn"), Bar("2025-01-01", None, "no longer", "hết"))
    columns = ("Ngày", "Thay đổi", "Từ ngữ")
    return Timeline(
        "vi",
        f"Vòng đời {words}",
        (words,),
        ("2025-06-01", "hôm nay"),
        "Hiệu lực",
        bars,
        lanes,
        columns,
        "chưa rõ",
        ("x",),
    )


def test_every_state_and_every_kind_of_change_has_its_look() -> None:
    assert set(STATES) == set(get_args(State))
    assert set(CHANGES) == {*EVENT_KINDS, "issued", "below"}
    assert len({style.fill for style in STATES.values()}) == len(STATES)
    assert len({style.fill for style in CHANGES.values()}) == len(CHANGES)


def test_marks_are_drawn_by_day_and_undated_ones_are_listed() -> None:
    text = render_timeline(line())
    assert text.count('class="mark"') == 3
    assert text.count('class="state"') == 2
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', text)]
    assert places == sorted(places)
    assert len(set(places)) == 3
    assert "chưa rõ" in text
    assert "Trống" not in text


def test_labels_do_not_meet() -> None:
    """Any two labels of one lane on one height have room between them."""
    text = render_timeline(line("rất dài " * 6, marks=40))
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]+)</text></g>', text)
    assert len(found) == 40
    rows: dict[str, list[tuple[float, float]]] = {}
    for x, y, anchor, label in found:
        size = 6 * len(label)
        rows.setdefault(y, []).append((float(x), float(x) + size) if anchor == "start" else (float(x) - size, float(x)))
    for spans in rows.values():
        spans.sort()
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_hostile_words_stay_words(browser: Any, tmp_path: Path) -> None:
    out = tmp_path / "doi.html"
    write_timeline(line(HOSTILE), out)
    text = out.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img" not in text
    page = opened_page(browser, out, READY)
    assert page.evaluate("typeof window.hacked") == "undefined"
    assert page.evaluate("document.querySelectorAll('g.mark').length") == 3
    assert not [url for url in page.asked if not url.startswith(("file:", "data:"))]


def test_the_states_of_a_sample_over_time(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        build(store, [SAMPLES])
        reader = Reader(store)
        act = find.documents(reader, "08/2023/NQ-HĐND")[0]
        found = course(reader, act, "2025-08-01")
    assert [(span.start, span.state) for span in found.spans] == [
        ("2023-04-28", "not yet"),
        ("2023-05-10", "in force"),
        ("2025-01-01", "partly"),
        ("2027-01-01", "no longer"),
    ]
    assert [span.end for span in found.spans] == ["2023-05-10", "2025-01-01", "2027-01-01", None]
    dates = [row.document.date for row in found.uptakes]
    assert dates == sorted(dates, key=str)
    assert len(dates) >= 3
    assert all(row.words for row in found.uptakes)


def test_the_command_writes_the_page(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINEAGE_STORE", str(tmp_path / "store"))
    with open_store(tmp_path / "store") as store:
        build(store, [SAMPLES])
    out = tmp_path / "doi.html"
    for lang, said in (("vi", "kéo dài"), ("en", "prolonged")):
        done = CliRunner().invoke(app, ["life", "08/2023/NQ-HĐND", "--out", str(out), "--lang", lang])
        assert done.exit_code == OK
        page = opened_page(browser, out, READY)
        assert said in page.inner_text("table").casefold()
        assert page.evaluate("document.querySelectorAll('g.mark').length") >= 10
        assert page.evaluate("document.querySelectorAll('g.state').length") == 4
