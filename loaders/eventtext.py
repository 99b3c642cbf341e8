"""A paragraph as the reader of events sees it: acts and quotations masked, so that titles and new wording say nothing.

Reads a :class:`~loaders.text.SourceText`; gives :class:`Masked` paragraphs in which every act with its title is one run
of "§" and every quotation one run of "¤", offsets unchanged.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate, islice, takewhile
from typing import NamedTuple

from loaders.citations import find_mentions
from loaders.details import read_details
from loaders.mentions import Mention
from loaders.nesting import nest
from loaders.relations import sentence_starts
from loaders.text import Paragraph, SourceText

_RESUMES = re.compile(
    r"[\s,(]*(?<!\w)(?:(?:sẽ |đều |cùng |cũng )?(?:hết hiệu lực|có hiệu lực|chấm dứt hiệu lực|không còn hiệu lực)"
    r"|(?:bị|được) (?:bãi bỏ|h(?:ủy|uỷ) bỏ)(?=\s(?:kể\s)?từ|\s(?:tại|bởi|bằng|theo)\s|\s?[.;,:)]|$)"
    r"|(?:đã )?(?:bị|được) (?:thay thế|sửa đổi|bổ sung|điều chỉnh|kéo dài|gia hạn|đính chính"
    r"|tạm ngưng|ngưng|tạm dừng)|đến hết (?:ngày|năm|tháng) |kể từ ngày|từ ngày|như sau)"
)
_CURLY = re.compile(r"[“”]")
_LONGEST_QUOTE = 30_000
"""Characters of new wording in one quotation; a mark that is not closed by then quotes its paragraph only."""


class Act(NamedTuple):
    """An act with its title. ``citation`` is its index among the record's, ``None`` where the record has none."""

    start: int
    end: int
    citation: int | None


class Masked(NamedTuple):
    """One paragraph: ``text`` is its masked, lower-cased clean text, ``start`` its offset; offsets are clean ones."""

    start: int
    text: str
    acts: tuple[Act, ...]
    sentences: tuple[tuple[int, int], ...]

    def slice(self, start: int, end: int) -> str:
        """The masked text between two clean offsets."""
        return self.text[start - self.start : end - self.start]

    def acts_within(self, start: int, end: int) -> list[Act]:
        """The acts that begin in ``[start, end)``."""
        first = bisect_left(self.acts, start, key=lambda act: act.start)
        return list(takewhile(lambda act: act.start < end, islice(self.acts, first, None)))


class Quotes:
    """The quotations of a text: curly marks over paragraphs, straight ones within one."""

    def __init__(self, text: SourceText) -> None:
        """Find them all."""
        self.spans = _curly(text) + _straight(text)
        self.spans.sort()
        self._starts = [start for start, _ in self.spans]
        self._reached = list(accumulate((end for _, end in self.spans), max))

    def holds(self, offset: int) -> bool:
        """Whether the clean ``offset`` stands in a quotation."""
        at = bisect_right(self._starts, offset) - 1
        return any(start < offset < end for start, end in self.spans[max(at - 3, 0) : at + 1])

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quotations that overlap ``[start, end)``."""
        first, upto = bisect_right(self._reached, start), bisect_right(self._starts, end)
        return [span for span in self.spans[first:upto] if span[1] > start and span[0] < end]

    def first(self, start: int, end: int) -> tuple[int, int] | None:
        """The first quotation that begins in ``[start, end)``."""
        at = bisect_right(self._starts, start - 1)
        return self.spans[at] if at < len(self.spans) and self.spans[at][0] < end else None


def masked(text: SourceText, paragraph: Paragraph, quotes: Quotes, citations: Mapping[int, int]) -> Masked:
    """The paragraph masked; ``citations`` gives the index of a citation by its raw start."""
    start, end = paragraph.start, paragraph.end
    plain = list(text.clean[start:end])
    for first, last in quotes.within(start, end):
        first, last = max(first, start), min(last, end)
        plain[first - start : last - start] = "¤" * (last - first)
    acts = _acts(text, paragraph, quotes, citations)
    for act in acts:
        plain[act.start - start : act.end - start] = "§" * (act.end - act.start)
    joined = "".join(plain)
    starts = sentence_starts(joined, 0, len(joined))
    sentences = tuple((start + a, start + b) for a, b in zip(starts, [*starts[1:], len(joined)], strict=True))
    lower = joined.lower()
    if len(lower) != len(joined):  # "İ" becomes two characters
        lower = "".join(map(_lower, joined))
    return Masked(start, lower, tuple(acts), sentences)


def _acts(text: SourceText, paragraph: Paragraph, quotes: Quotes, citations: Mapping[int, int]) -> list[Act]:
    mentions = [m for m in find_mentions(text.clean, paragraph.start, paragraph.end) if not quotes.holds(m.start)]
    nesting = nest(
        text.clean, mentions, [read_details(text.clean, m.end, paragraph.end, paragraph.end) for m in mentions]
    )
    found: list[Act] = []
    for mention, parent, end in zip(mentions, nesting.parents, nesting.ends, strict=True):
        if parent is None and (not found or mention.start >= found[-1].end):
            raw = text.span(mention.start, mention.end).start
            found.append(Act(mention.start, _end(text.clean, mention, end), citations.get(raw)))
    return found


def _end(text: str, mention: Mention, end: int) -> int:
    """The end of an act with its title, which stops where the sentence resumes."""
    resumes = _RESUMES.search(text, mention.end, end)
    return resumes.start() if resumes else end


def _lower(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def _curly(text: SourceText) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    closed = _pairs(text.clean)
    at = text.clean.find("“")
    while at >= 0:
        end = _closing(text, at, closed.get(at))
        spans.append((at, end))
        at = text.clean.find("“", end)
    return spans


def _pairs(text: str) -> dict[int, int]:
    """The end of each quotation that is closed, by its start; nested ones inside it."""
    opened: list[int] = []
    closed: dict[int, int] = {}
    for mark in _CURLY.finditer(text):
        if mark.group() == "“":
            opened.append(mark.start())
        elif opened:
            closed[opened.pop()] = mark.end()
    return closed


def _closing(text: SourceText, start: int, closed: int | None) -> int:
    """Where the quotation that opens at ``start`` ends: where it is closed, unless that is too far away."""
    if closed is not None and closed <= start + _LONGEST_QUOTE:
        return closed
    last = text.paragraphs[text.paragraph_at(start)].end
    near = text.clean.find("”", start, last)
    return near + 1 if near >= 0 else last


def _straight(text: SourceText) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for paragraph in text.paragraphs if '"' in text.clean else ():
        marks = [m.start() for m in re.finditer('"', text.clean[paragraph.start : paragraph.end])]
        spans += [(paragraph.start + a, paragraph.start + b + 1) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    return spans
