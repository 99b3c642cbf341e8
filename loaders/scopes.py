"""Whether a citation speaks for the whole document, for one task, or gives background.

The grounds and the opening sentence speak for the document (NĐ 30/2020/NĐ-CP, appendix I, part II, item 6.a–b: "căn cứ
ban hành văn bản"), and so does its title. Afterwards the units tell tasks from background; without units every later
citation counts as a task's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from loaders.text import SourceText

Scope = Literal["document", "task", "background"]

_GROUND = re.compile(
    r"[“\"(*\s-]*(?:[Cc]ăn cứ|Thực hiện|Triển khai|Tiếp tục (?:thực hiện|triển khai)|Để|Xét|Theo|Nhằm|Trên cơ sở"
    r"|Trả lời|Phúc đáp|Tiếp theo|Số:|V/v|Về việc|QUYẾT|[A-ZĐ ,]{12})"
)
_FIRST_ITEM = re.compile(
    r"(?:Điều 1\s?[.:]|ĐIỀU 1|[IA]\s?[.:/-]|1\s?[.)/]|a\)|QUYẾT ĐỊNH:|QUYẾT NGHỊ|Phần (?:I|thứ nhất)|Chương I)(?:\W|$)"
)


class Scopes:
    """The scopes of one text; see the module's docstring."""

    def __init__(self, text: SourceText, units: Sequence[tuple[int, int, str]] | None) -> None:
        """``units`` are ``(raw start, raw end, kind)``."""
        self._text = text
        self._units = sorted(units) if units is not None else None
        self._starts = [u[0] for u in self._units] if self._units else []
        firsts = (p.start for p in text.paragraphs if _FIRST_ITEM.match(text.clean, p.start, p.end))
        self._body = next(firsts, len(text.clean))

    def scope(self, clean_start: int, raw_start: int) -> Scope:
        """The scope of a citation that begins at these offsets."""
        paragraph = self._text.paragraphs[self._text.paragraph_at(clean_start)]
        if paragraph.start < self._body and _GROUND.match(self._text.clean, paragraph.start, paragraph.end):
            return "document"
        if self._starts and raw_start < self._starts[0]:
            return "document"
        if self._units is None:
            return "task" if clean_start >= self._body else "background"
        index = bisect_right(self._starts, raw_start) - 1
        while index >= 0 and self._units[index][1] <= raw_start:
            index -= 1
        return "task" if index >= 0 and self._units[index][2] in ("task", "target") else "background"
