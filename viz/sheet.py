"""The lineage sheet (phiếu truy nguồn nhiệm vụ): one page on where a task comes from, as Markdown or HTML.

The sheet comes with all its words in the reader's language; here they get their form. Text from documents is hostile:
every value that a template prints goes through the escape of its format, by default and not by remembering to
(Jinja's ``finalize`` for Markdown, autoescape for HTML). DOCX is in :mod:`viz.sheet_docx`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from viz.plain import markdown, one_line


class Words(NamedTuple):
    """Quoted words, and where they stand: file and offsets. ``where`` is empty for words of our own."""

    text: str
    where: str = ""


class Step(NamedTuple):
    """One hop upwards: what leads to what, how sure, the words on both sides, how it was found.

    ``shares`` are per cent of the task's words (copied, adapted, new), ``None`` where they were not measured.
    """

    heading: str
    grade: str
    facts: tuple[str, ...]
    pairs: tuple[tuple[Words | None, Words | None], ...]
    shares: tuple[int, int, int] | None = None
    found: str = ""


class Sheet(NamedTuple):
    """The whole sheet. ``facts`` are labels and values; ``lists`` are headings and lines, empty lists left out."""

    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    text: tuple[str, Words]
    """Label and words of the task."""
    steps_heading: str
    sides: tuple[str, str]
    steps: tuple[Step, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    foot: tuple[str, ...]
    empty: str
    """What stands where there are no words, or no step."""


def to_markdown(sheet: Sheet) -> str:
    """The sheet as Markdown (CommonMark with tables)."""
    made = _environment("markdown").get_template("sheet.md.jinja").render(sheet=sheet)
    return made.strip() + "\n"


def to_html(sheet: Sheet) -> str:
    """The sheet as one page of HTML that needs nothing else and prints on A4."""
    return _environment("html").get_template("sheet.html.jinja").render(sheet=sheet) + "\n"


@cache
def _environment(form: str) -> Environment:
    escape = _markdown if form == "markdown" else _plain
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=form == "html",  # noqa: S701 - Markdown has an escape of its own, applied to every value
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _markdown(value: object) -> object:
    return markdown(value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    """What a macro made is escaped already and passes."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
