"""Which act an article without a name of its own amends: the one that the articles above it, or the title, name.

"Điều 1. Sửa đổi, bổ sung một số điều của Nghị quyết số …" holds for "1. Sửa đổi khoản 2 Điều 2 như sau" below it, and
"2. Sửa đổi, bổ sung Điều 5 như sau" for "a) Bãi bỏ khoản 3" (NĐ 78/2025/NĐ-CP: văn bản sửa đổi, bổ sung).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from loaders.eventdrafts import Draft
from loaders.eventobjects import Part
from loaders.provisions import Chain
from loaders.records import Citation, Document, Unit

_CHANGES = re.compile(r"sửa đổi|bổ sung|bãi bỏ|đính chính|điều chỉnh|thay thế|ngưng hiệu lực|kéo dài", re.IGNORECASE)


class Context(NamedTuple):
    """The act that units below mean (a citation's index), and the provision that theirs stand under."""

    citation: int | None
    outer: Chain = ()


class Scopes:
    """The units of one document with the acts that they name for those below."""

    def __init__(self, units: Sequence[Unit], citations: Sequence[Citation], document: Document) -> None:
        """Take the act of the title where it names exactly one that it changes."""
        self._units = sorted(units, key=lambda unit: unit.start)
        self._starts = [unit.start for unit in self._units]
        self._by_id = {unit.id: unit for unit in units}
        self._parents = {unit.id: unit.parent for unit in units}
        self._contexts: dict[str, Context] = {}
        self._title = _of_title(units, citations, document)
        self._citations = citations
        self._only: int | None = None
        self._named: set[str] = set()

    def unit_at(self, offset: int) -> Unit | None:
        """The unit that holds the raw ``offset``."""
        at = bisect_right(self._starts, offset) - 1
        return self._units[at] if at >= 0 and offset < self._units[at].end else None

    def is_article(self, unit: Unit | None) -> bool:
        """Whether a unit is an article or stands under one."""
        while unit is not None:
            if unit.path.casefold().startswith("điều"):
                return True
            unit = self._by_id.get(unit.parent) if unit.parent else None
        return False

    def context(self, unit: Unit | None) -> Context | None:
        """What the nearest unit above names, else the title, else the one act that the articles before amend."""
        at = unit.id if unit else None
        while at is not None:
            if at in self._contexts:
                return self._contexts[at]
            at = self._parents.get(at)
        return self._title or (Context(self._only) if self._only is not None else None)

    def put(self, unit: Unit | None, citation: int, part: Part, draft: Draft) -> None:
        """Remember the act that ``unit`` names for the units below it."""
        if unit is None or draft.kind not in ("amend", "supplement", "repeal", "replace", "correct"):
            return
        self._named.add(self._citations[citation].symbol or self._citations[citation].surface)
        self._only = citation if len(self._named) == 1 else None
        outer = part.chains[0] if len(part.chains) == 1 and draft.kind == "amend" else ()
        self._contexts[unit.id] = Context(citation, outer)


def _of_title(units: Sequence[Unit], citations: Sequence[Citation], document: Document) -> Context | None:
    if not document.subject or not _CHANGES.search(document.subject):
        return None
    body = min((unit.start for unit in units), default=0)
    named = {
        (c.symbol or c.surface): i for i, c in reversed(list(enumerate(citations))) if c.start < body and not c.is_self
    }
    return Context(next(iter(named.values()))) if len(named) == 1 else None
