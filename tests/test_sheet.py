"""The lineage sheet: what it says, and that hostile text stays text in Markdown, HTML and DOCX."""

from __future__ import annotations

import html
import io
import re
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from markdown_it import MarkdownIt
from story import LETTER, MARKET, PROGRAMME, RESOLUTION, Graph, graph_name, pl, story
from typer.testing import CliRunner, Result

from kg.links import Shares
from kg.store import EmbeddedStore, open_store
from policylineage.cli import app
from policylineage.exits import NOTHING, OK, SEVERAL, USAGE
from policylineage.lineage_sheet import SUFFIXES, Made, compose, per_cent
from policylineage.messages import Lang, Say
from queries.reader import Reader
from queries.trace import trace
from viz.plain import markdown, one_line, plain
from viz.sheet import Sheet, Step, Words, to_html, to_markdown
from viz.sheet_docx import to_docx

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</td></tr></table><h1>chen vào</h1>",
    "{{ 7 * 7 }} {% raw %} ${x}",
    "| cột | thừa |\n\n# Đề mục\n- gạch đầu dòng",
    "[bấm](javascript:alert(1)) ![ảnh](http://example.org/x.png) <http://example.org>",
    "http://example.org www.example.org ai-do@example.org",
    "**đậm** _nghiêng_ `mã` ~~xóa~~ \\ &lt;b&gt; &amp;",
    "1. một",
    "- hai",
    "=====",
    "> trích",
    "đảo \u202e chiều \x00 \x0b \ud800",
    "' onmouseover='x' \" onclick=\"y",
]
MARKDOWN = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def hostile(text: str) -> Sheet:
    """A sheet with ``text`` in every place."""
    words = Words(text, text)
    step = Step(text, text, (text,), ((words, None), (None, words)), (50, 20, 30), text)
    return Sheet(
        lang="vi",
        title=text,
        facts=((text, text),),
        text=(text, words),
        steps_heading=text,
        sides=(text, text),
        steps=(step,),
        lists=((text, (text,)), (text, ())),
        foot=(text,),
        empty="—",
    )


TAGS = re.compile(r"<\s*/?\s*([a-zA-Z!][\w-]*)([^>]*)>")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_characters_and_nothing_else(text: str) -> None:
    made = MARKDOWN.render(markdown(text))
    assert made.startswith("<p>")
    assert html.unescape(made.strip().removeprefix("<p>").removesuffix("</p>")) == one_line(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_sheet_in_markdown_has_the_structure_of_a_harmless_one(text: str) -> None:
    found, expected = (MARKDOWN.render(to_markdown(hostile(words))) for words in (text, "lành"))
    assert [tag for tag, _ in TAGS.findall(found)] == [tag for tag, _ in TAGS.findall(expected)]
    assert "href" not in found
    assert html.unescape(found).count(one_line(text)) == expected.count("lành")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_sheet_in_html_has_the_structure_of_a_harmless_one(text: str) -> None:
    found, expected = (to_html(hostile(words)) for words in (text, "lành"))
    assert TAGS.findall(found) == TAGS.findall(expected)
    assert html.unescape(found).count(one_line(text)) == expected.count("lành")
    assert "{{" not in found or "{{ 7 * 7 }}" in text


def test_html_needs_nothing_from_elsewhere_and_prints_on_a4() -> None:
    page = to_html(hostile("lành"))
    assert not re.search(r"(?:src|href)\s*=|url\(|@import|https?:", page)
    assert "default-src 'none'" in page
    assert "@page { size: A4; margin: 20mm 15mm 20mm 30mm; }" in page
    assert '13pt/1.15 "Times New Roman"' in page


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_sheet_in_docx_is_read_back_as_text(text: str) -> None:
    found, expected = (Document(io.BytesIO(to_docx(hostile(words)))) for words in (text, "lành"))
    assert len(found.paragraphs) == len(expected.paragraphs)
    assert [len(table.rows) for table in found.tables] == [4]
    shown = "\n".join(paragraph.text for paragraph in found.paragraphs)
    assert f"«{one_line(text)}» [{one_line(text)}]" in shown
    assert f"«{one_line(text)}»" in found.tables[0].rows[2].cells[0].text
    assert found.tables[0].rows[2].cells[1].text == "—"


def test_docx_is_a4_in_times_new_roman_13() -> None:
    made = Document(io.BytesIO(to_docx(hostile("lành"))))
    section = made.sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(1)
    assert abs(section.page_height - Mm(297)) < Mm(1)
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    limits = [(20, 25), (20, 25), (30, 35), (15, 20)]
    assert all(Mm(low) - 700 <= margin <= Mm(high) + 700 for margin, (low, high) in zip(margins, limits, strict=True))
    normal = made.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(13))
    for style in ("Title", "Heading 1", "List Bullet"):
        fonts = made.styles[style].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{part}")) for part in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None
    assert section.different_first_page_header_footer
    assert 'w:instr="PAGE"' in section.header._element.xml


def test_plain_text_keeps_lines_and_letters() -> None:
    assert plain("Đề án\nchợ nổi – «Vân Khê» 🙂") == "Đề án\nchợ nổi – «Vân Khê» 🙂"


@pytest.mark.parametrize("text", ["2023-12-31", "12,5% (3.580 ha)", "Sở Công Thương; Sở Y tế: «nghề dệt»", "12-NQ/TU!"])
def test_markdown_leaves_ordinary_text_readable(text: str) -> None:
    assert markdown(text) == text


# --- what the sheet says ---------------------------------------------------------------------------------------------


Change = Callable[[dict[str, Graph]], None]
DAY = date(2026, 11, 24)


def told(folder: Path, iri: str, lang: Lang = Lang.vi, change: Change | None = None) -> Sheet:
    graphs = story()
    if change:
        change(graphs)
    with EmbeddedStore(folder) as store:
        store.replace({graph_name(key): graph.triples for key, graph in graphs.items()})
    with open_store(folder, read_only=True) as store:
        reader = Reader(store)
        return compose(reader, Say(lang), trace(reader, reader.anywhere(iri)), Made("lineage trace x", DAY))


def measured(graphs: dict[str, Graph]) -> None:
    """The link of the letter with measured shares, as linking stores them."""
    for name, value in (("shareCopied", 0.72), ("shareAdapted", 0.1), ("status", "suspect")):
        graphs["links/cv"].add("https://w3id.org/policy-lineage/lineage/cv-u002-a", pl(name), value)


def test_the_task_with_its_document_bodies_and_deadline(tmp_path: Path) -> None:
    sheet = told(tmp_path / "s", f"{LETTER}#u002")
    facts = dict(sheet.facts)
    assert sheet.title == "Phiếu truy nguồn nhiệm vụ"
    assert facts["Nhiệm vụ"].startswith("cv_truong_linh#u002 (mục ")
    assert facts["Văn bản"].startswith("Công văn 310/UBND-KTN (2023-06-01")
    assert facts["Chủ trì"] == "Sở Công Thương"
    assert facts["Phối hợp"] == "Sở Tài chính"
    assert facts["Thời hạn"]
    assert MARKET in sheet.text[1].text
    assert sheet.text[1].where.startswith("cv_truong_linh.txt ")


def test_each_hop_up_to_the_top_with_words_side_by_side_grade_status_and_shares(tmp_path: Path) -> None:
    steps = told(tmp_path / "s", f"{LETTER}#u002", change=measured).steps
    assert [step.heading.split(" (")[0] for step in steps] == [
        "Bước 1: lấy từ Chương trình 45/CTr-UBND",
        "Bước 2: lấy từ Nghị quyết 12-NQ/TU",
        "Bước 3: thực hiện Nghị quyết 05-NQ/TW",
    ]
    first = steps[0]
    assert (first.grade, first.shares) == ("Mức: sao chép", (72, 10, 18))
    assert "lời của nhiệm vụ: 72% chép lại, 10% diễn đạt lại, 18% mới" in first.facts
    assert "tình trạng: cần xem lại" in first.facts
    ((lower, upper),) = first.pairs
    assert lower == Words(MARKET, f"cv_truong_linh.txt 2027–{2027 + len(MARKET)}")
    assert upper == Words(MARKET, f"ctr_truong_linh.txt 2016–{2016 + len(MARKET)}")
    assert steps[1].shares is None
    assert (steps[2].pairs, "chưa có trong kho" in steps[2].facts) == ((), True)
    assert any(fact.startswith("«Nghị quyết số 05-NQ/TW» [nq_truong_linh.txt ") for fact in steps[2].facts)


def test_what_is_unknown_and_how_it_was_found(tmp_path: Path) -> None:
    sheet = told(tmp_path / "s", f"{LETTER}#u002")
    (_, unknown), (_, method) = sheet.lists
    assert any("mắt xích yếu nhất" in line for line in unknown)
    assert any("05-NQ/TW" in line and "chưa có trong kho" in line for line in unknown)
    assert any("21/QĐ-UBND" in line for line in unknown)
    assert any("viện dẫn cùng tên gọi và ngày" in line for line in method)
    assert "Sao chép: " in method[-1]
    assert "Phỏng theo: " not in method[-1]
    assert sheet.foot == ("Ngày lập phiếu: 24/11/2026", "Lệnh lập phiếu: lineage trace x")


def test_a_task_without_clause_is_told_why(tmp_path: Path) -> None:
    sheet = told(tmp_path / "s", f"{PROGRAMME}#u004")
    assert any("chưa rõ lý do" in line for line in sheet.lists[0][1])
    assert sheet.steps[0].heading.startswith("Bước 1: thực hiện Nghị quyết 12-NQ/TU (")
    assert dict(sheet.facts)["Thời hạn"] == "văn bản không nêu"


def test_the_sheet_of_a_document(tmp_path: Path) -> None:
    sheet = told(tmp_path / "s", RESOLUTION)
    assert "Nhiệm vụ" not in dict(sheet.facts)
    assert sheet.text[1] == Words("phát triển chợ nổi và làng nghề")


def test_in_english(tmp_path: Path) -> None:
    sheet = told(tmp_path / "s", f"{LETTER}#u002", Lang.en, measured)
    assert (sheet.lang, sheet.title) == ("en", "Lineage sheet of a task")
    assert sheet.steps[0].heading.startswith("Step 1: comes from Chương trình 45/CTr-UBND")
    assert "words of the task: 72% copied, 10% adapted, 18% new" in sheet.steps[0].facts
    assert sheet.foot[0] == "Made on 2026-11-24"


@pytest.mark.parametrize(
    ("shares", "expected"), [((0.914, 0.0), (91, 0, 9)), ((0.335, 0.665), (34, 66, 0)), ((0.0, 0.0), (0, 0, 100))]
)
def test_per_cents_make_up_a_hundred(shares: tuple[float, float], expected: tuple[int, int, int]) -> None:
    assert per_cent(Shares(*shares, 0.0)) == expected


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    with EmbeddedStore(tmp_path / "store") as store:
        store.replace({graph_name(key): graph.triples for key, graph in story().items()})
    monkeypatch.setenv("LINEAGE_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("LINEAGE_LANG", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_trace_writes_the_sheet_instead_of_printing(call: Any, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"phiếu truy nguồn{suffix}"
    done = call("trace", "de an", "cho noi", "--out", str(target))
    assert (done.exit_code, done.stdout) == (OK, "")
    assert target.name in done.stderr
    if suffix == ".docx":
        made = Document(str(target))
        text = "\n".join(p.text for p in made.paragraphs) + "\n".join(c.text for c in made.tables[0]._cells)
    else:
        text = target.read_text(encoding="utf-8")
    assert MARKET in text
    assert "05-NQ/TW" in text


def test_the_command_on_the_sheet_makes_it_again(call: Any, tmp_path: Path) -> None:
    target = tmp_path / "phieu.html"
    assert call("trace", "de an cho noi", "--lang", "en", "--out", str(target)).exit_code == OK
    first = target.read_text(encoding="utf-8")
    command = html.unescape(re.findall(r"Made by: (.+?)</div>", first)[0])
    target.unlink()
    assert call(*shlex.split(command)[1:]).exit_code == OK
    assert target.read_text(encoding="utf-8") == first


def test_other_formats_several_and_none_write_nothing(call: Any, tmp_path: Path) -> None:
    refused = call("trace", "cho noi", "--out", str(tmp_path / "x.pdf"))
    assert (refused.exit_code, ".docx" in refused.stderr) == (USAGE, True)
    assert call("trace", "nghe", "--out", str(tmp_path / "x.md")).exit_code == SEVERAL
    assert call("trace", "khong co gi", "--out", str(tmp_path / "x.md")).exit_code == NOTHING
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
