"""The lineage sheet as DOCX: A4, Times New Roman 13, margins and page numbers of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Phụ lục I, phần I: A4 (mục 1); margins top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20 (mục 3); Times New
Roman, Unicode, black (mục 4); text 13 to 14; page numbers centred in the top margin, not on the first page (mục 7).
"""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from viz.plain import one_line
from viz.sheet import Sheet, Step, Words

FONT, SIZE, SMALL = "Times New Roman", Pt(13), Pt(10)
_WIDTH, _HEIGHT = Mm(210), Mm(297)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
_SHADE = "EEF3F8"


def to_docx(sheet: Sheet) -> bytes:
    """The content of a DOCX file."""
    made = Document()
    _page(made, sheet)
    _styles(made, sheet.lang)
    heading = made.add_heading(one_line(sheet.title).upper(), 0)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for label, value in sheet.facts:
        _labelled(made.add_paragraph(), label, value)
    _quoted(_labelled(made.add_paragraph(), sheet.text[0], ""), sheet.text[1], sheet.empty)
    made.add_heading(one_line(sheet.steps_heading), 1)
    if sheet.steps:
        _steps(made, sheet)
    else:
        made.add_paragraph(one_line(sheet.empty))
    for title, lines in sheet.lists:
        if lines:
            made.add_heading(one_line(title), 1)
        for line in lines:
            made.add_paragraph(one_line(line), style="List Bullet")
    for line in sheet.foot:
        run = made.add_paragraph().add_run(one_line(line))
        run.italic, run.font.size = True, SMALL
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _page(made: Made, sheet: Sheet) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)  # python-docx has no fields of its own
    made.core_properties.title = one_line(sheet.title)
    made.core_properties.author = "policy-lineage"
    made.core_properties.language = sheet.lang


def _styles(made: Made, lang: str) -> None:
    for name, size in (("Normal", SIZE), ("Title", Pt(14)), ("Heading 1", SIZE), ("List Bullet", SMALL)):
        style = made.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        style.font.name, style.font.size, style.font.color.rgb = FONT, size, RGBColor(0, 0, 0)
        style.font.bold = name in ("Title", "Heading 1")
        style.paragraph_format.space_before = Pt(4 if style.font.bold else 0)
        style.paragraph_format.space_after = Pt(2)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{part}"), None)
        for part in ("eastAsia", "cs"):
            fonts.set(qn(f"w:{part}"), FONT)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "vi-VN" if lang == "vi" else "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(spoken)
    border = made.styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _steps(made: Made, sheet: Sheet) -> None:
    """One table: a shaded row over both columns for each step, then its words side by side."""
    table = made.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    for cell, side in zip(table.rows[0].cells, sheet.sides, strict=True):
        _small(cell, side, bold=True)
    head = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(head)  # repeated on every page; python-docx has no word for it
    for step in sheet.steps:
        _step(table, step)
        for pair in step.pairs:
            for cell, words in zip(_row(table), pair, strict=True):
                _quoted(cell.paragraphs[0], words, sheet.empty, size=SMALL)


def _step(table: Table, step: Step) -> None:
    left, right = _row(table)
    cell = left.merge(right)
    _small(cell, step.heading, bold=True)
    facts = " · ".join((step.grade, *step.facts))
    if step.pairs:
        cell.add_paragraph()
    _small(cell, facts if step.pairs else f" · {facts}")
    if step.found:
        cell.add_paragraph()
        _small(cell, step.found)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # python-docx has no shading


def _row(table: Table) -> tuple[_Cell, ...]:
    return tuple(table.add_row().cells)  # type: ignore[no-untyped-call] # python-docx forgot to annotate it


def _small(cell: _Cell, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[-1].add_run(one_line(text))
    run.font.size, run.bold = SMALL, bold
    cell.paragraphs[-1].paragraph_format.space_after = Pt(0)


def _labelled(paragraph: Paragraph, label: str, value: str) -> Paragraph:
    paragraph.add_run(f"{one_line(label)}: ").bold = True
    paragraph.add_run(one_line(value))
    return paragraph


def _quoted(paragraph: Paragraph, words: Words | None, empty: str, *, size: Pt = SIZE) -> None:
    if words is None:
        paragraph.add_run(one_line(empty)).font.size = size
        return
    text = f"«{one_line(words.text)}»" if words.where else one_line(words.text)
    paragraph.add_run(text).font.size = size
    if words.where:
        paragraph.add_run(f" [{one_line(words.where)}]").font.size = Pt(8)
    paragraph.paragraph_format.space_after = Pt(0)
