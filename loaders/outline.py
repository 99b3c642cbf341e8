"""The outline of a document: every paragraph of its body as an item at its level, with its printed path.

Reads paragraphs and their markers; gives :class:`Item` rows in order. Afterwards holds: each body paragraph is in
exactly one item; an item's parent comes before it; paths are unique.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.items import Item
from loaders.joining import CLOSING, detach_closing, join_single_paragraphs
from loaders.landmarks import landmarks
from loaders.markers import BULLETS, Marker, read_marker
from loaders.regions import Region, issued_kind, regions
from loaders.text import Paragraph, SourceText

_RUNNING_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}")
_GROUND = re.compile(r"(?:Căn cứ|Theo|Xét)\s(?!(?:các )?quy định (?:nêu )?trên)")


@dataclass
class _Builder:
    text: SourceText
    items: list[Item] = field(default_factory=list)
    stack: list[Item] = field(default_factory=list)
    bullets: dict[tuple[int, str], int] = field(default_factory=dict)
    plain: dict[int, int] = field(default_factory=dict)
    paths: dict[str, int] = field(default_factory=dict)
    prefix: str = ""
    issued: str | None = None
    title: str = ""
    seen_marker: bool = False


def read_outline(text: SourceText) -> list[Item]:
    """The items of body and annexes, in document order."""
    builder = _Builder(text)
    annexes = 0
    above: Region | None = None
    for region in regions(text):
        if region.role == "annex":
            annexes += 1
            builder.stack = []
            builder.prefix = "PL." if annexes == 1 else f"PL{annexes}."
            builder.issued = issued_kind(text, region)
            builder.title = _title(text, above)
        if region.role in ("body", "annex"):
            first = len(builder.items)
            _read_region(builder, _body(text) if region.role == "body" else _of(text, region))
            detach_closing(builder.items[first:], builder.prefix, builder.paths)
            builder.items = join_single_paragraphs(builder.items, first, text.clean)
        above = region
    _number_preamble(builder.items)
    return builder.items


def _title(text: SourceText, above: Region | None) -> str:
    """The title lines above an annex."""
    return " ".join(text.text_of(p) for p in _of(text, above)) if above and above.role == "header" else ""


def _number_preamble(items: list[Item]) -> None:
    """One paragraph before the first marker is "preamble", several are "preamble.¶1" and so on."""
    if not any(item.marker or item.row for item in items):
        _name_unmarked(items)
    opening = [item for item in items if item.path.startswith("preamble")]
    for number, item in enumerate(opening, 1):
        item.path = "preamble" if len(opening) == 1 else f"preamble.¶{number}"


def _name_unmarked(items: list[Item]) -> None:
    """A letter without any marker: its first paragraph and the grounds below are the preamble, what follows is "¶1" and
    so on, a formula at the end the closing."""
    opening = True
    for index, item in enumerate(items):
        opening = opening and (index == 0 or bool(_GROUND.match(item.text)))
        if index and item is items[-1] and CLOSING.match(item.text):
            item.path = "closing"
        elif not opening:
            item.path = f"¶{sum(above.path.startswith('¶') for above in items[:index]) + 1}"


def _of(text: SourceText, region: Region) -> list[Paragraph]:
    return list(text.paragraphs[region.first : region.last])


def _body(text: SourceText) -> list[Paragraph]:
    """The body's paragraphs, cut where a line of the header or of the closing was joined to one of them."""
    marks = landmarks(text)
    start, end = (
        text.lines[at].start if at < len(text.lines) else len(text.clean) for at in (marks.body, marks.closing)
    )
    if start >= end:
        return []
    found = []
    for paragraph in text.paragraphs[text.paragraph_at(start) :]:
        if paragraph.start >= end:
            break
        found.append(_cut(text, paragraph, max(start, paragraph.start), min(end, paragraph.end)))
    return found


def _cut(text: SourceText, paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """The paragraph between two clean offsets; marks at an end that stays belong to it still."""
    end = start + len(text.clean[start:end].rstrip())
    span = text.span(start, end)
    return paragraph._replace(
        start=start,
        end=end,
        raw_start=span.start if start > paragraph.start else paragraph.raw_start,
        raw_end=span.end if end < paragraph.end else paragraph.raw_end,
    )


def _read_region(builder: _Builder, paragraphs: list[Paragraph]) -> None:
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        if paragraph.role == "footnote":
            index += 1
            continue
        group = [paragraph]
        while paragraph.row and index + 1 < len(paragraphs) and paragraphs[index + 1].row == paragraph.row:
            index += 1
            group.append(paragraphs[index])
        _add(builder, group)
        index += 1


def _add(builder: _Builder, group: list[Paragraph]) -> None:
    """One item more, at the level that its marker says."""
    clean = builder.text.clean[group[0].start : group[-1].end]
    marker = None if group[0].row else read_marker(clean)
    at = marker.end if marker else 0
    parent = _parent(builder, marker)
    first = builder.text.text_of(group[0])
    path = _path(builder, marker, parent, _row_label(first, group[0].row) if group[0].row else None)
    item = Item(group, marker, clean[at:].replace("\n", " "), group[0].start + at, path, parent, group[0].row)
    item.issued, item.annex = builder.issued, builder.title
    if item.row:
        item.cells = _cells(builder.text, group)
    if parent:
        parent.children.append(item)
    builder.items.append(item)
    if marker:
        builder.stack.append(item)
        builder.seen_marker = True


def _cells(text: SourceText, group: list[Paragraph]) -> tuple[tuple[int, int, str], ...]:
    """The paragraphs of a row put together by column; what stands between two lines of a cell in other columns is
    blank in it, so that its places remain those of the text."""
    columns: dict[int, tuple[int, str]] = {}
    for paragraph in group:
        start, content = columns.get(paragraph.cell, (paragraph.start, ""))
        gap = " " * (paragraph.start - start - len(content))
        columns[paragraph.cell] = (start, content + gap + text.clean[paragraph.start : paragraph.end])
    return tuple((at, start, content.replace("\n", " ")) for at, (start, content) in columns.items())


def _parent(builder: _Builder, marker: Marker | None) -> Item | None:
    """The item above; afterwards the stack ends with it."""
    stack = builder.stack
    if marker is None:
        while stack and stack[-1].marker and stack[-1].marker.style in BULLETS:
            stack.pop()
        return stack[-1] if stack else None
    if stack and stack[0].marker and stack[0].marker.style == "enacting":
        stack.clear()
    if marker.style == "dash":  # never below "+" or "*": these are its own lower bullets
        while stack and stack[-1].marker and stack[-1].marker.style in ("plus", "star", "circle"):
            stack.pop()
    if marker.style in ("enacting", "annex"):
        stack.clear()
        return None
    if marker.style.startswith("composite"):
        _pop_to_composite(stack, marker)
        return stack[-1] if stack else None
    for index, open_item in enumerate(stack):
        if open_item.marker and open_item.marker.style == marker.style:
            del stack[index:]
            break
    below = _NEVER_ABOVE.get(marker.style, frozenset())
    while stack and stack[-1].marker and stack[-1].marker.style in below:
        stack.pop()
    return stack[-1] if stack else None


def _pop_to_composite(stack: list[Item], marker: Marker) -> None:
    """ "2.1" goes below "2" where that is open, else to the level of its like."""
    above = marker.label.rpartition(".")[0]
    for index in range(len(stack) - 1, -1, -1):
        open_marker = stack[index].marker
        if open_marker and open_marker.label == above:
            del stack[index + 1 :]
            return
    for index, open_item in enumerate(stack):
        if open_item.marker and (open_item.marker.style == marker.style or open_item.marker.style in BULLETS):
            del stack[index:]
            return


def _path(builder: _Builder, marker: Marker | None, parent: Item | None, row: str | None) -> str:
    """The printed path, made unique where a document repeats a number."""
    apart = parent is None or (marker is not None and marker.style == "article")  # articles are numbered through
    above = "" if apart or parent is None else f"{parent.path}."
    if marker is None:
        label = row or _plain_label(builder, parent)
    elif marker.style in BULLETS:
        key = (id(parent), marker.style)
        builder.bullets[key] = builder.bullets.get(key, 0) + 1
        label = f"{marker.label}{builder.bullets[key]}"
    elif parent and parent.marker:
        label = marker.label.removeprefix(f"{parent.marker.label}.")  # "1.2" below "1" is called once
    else:
        label = marker.label
    prefix = builder.prefix if apart and not label.startswith(("PHỤ", "Phụ")) else ""
    path = f"{prefix}{above}{label}"
    count = builder.paths.get(path, 0) + 1
    builder.paths[path] = count
    return path if count == 1 else f"{path}~{count}"


def _row_label(first_cell: str, row: int) -> str:
    """A table row is called by its printed running number, else by its place."""
    return first_cell if _RUNNING_NUMBER.fullmatch(first_cell) else f"hàng {row}"


def _plain_label(builder: _Builder, parent: Item | None) -> str:
    if parent is None and not builder.seen_marker:
        return "preamble"
    key = id(parent)
    builder.plain[key] = builder.plain.get(key, 0) + 1
    return f"¶{builder.plain[key]}"


_NEVER_ABOVE = {
    "roman": frozenset({"number", "letter", "bracketed", "composite2", "composite3", *BULLETS}),
    "number": BULLETS,
    **dict.fromkeys(("part", "chapter", "section", "subsection", "article"), BULLETS),
}
"""Levels that a marker never stands below, even where its own level has not been opened: what opened it was lost."""
