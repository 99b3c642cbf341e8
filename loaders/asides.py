"""What a document tells of the life of other acts: "(đã được sửa đổi, bổ sung tại Nghị quyết số …)".

Two sources: the relations between two cited acts that :mod:`loaders.ties` read, and words that only concern force
("… có hiệu lực từ ngày …", "đã được kéo dài thời gian thực hiện tại …").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from loaders.eventdates import day_after, first_day, last_day
from loaders.eventdrafts import Draft
from loaders.eventobjects import Part
from loaders.eventtext import Masked, Quotes
from loaders.eventwords import cues, may_change
from loaders.provisions import PROVISIONS, Chain, printed, provisions
from loaders.records import Citation, EventKind, Span, Unit
from loaders.text import SourceText

_CHANGED = r"[\s,(]*(?:và\s)?(?:(?:đã|vừa|mới)\s)?(?:được|bị)\s"
_BY = rf"\s?(?:tại|bởi|bằng|theo|ở)\s(?P<part>{PROVISIONS})?\s?(?:của\s|các\s)?"
_IN_FORCE = re.compile(r"\s?[(,]?\s?(?:đã |sẽ |mới )?có hiệu lực(?: thi hành)?,?\s(?P<clause>(?:kể )?từ [^§;.)]{0,70})")
_ACTING: dict[str, EventKind] = {"amends": "amend", "replaces": "replace", "repeals": "repeal"}
_CLAUSE = 2_000
"""Characters after two acts in which the last day is looked for."""
_LONGEST = 900
"""Characters. Words that tie two acts and are longer are quoted from the act that tells."""


def told(view: Masked, unit: Unit | None) -> Iterator[Draft]:
    """What one paragraph tells of the force of acts."""
    for act in view.acts:
        found = _IN_FORCE.match(view.text, act.end - view.start)
        day = first_day(found["clause"]) if found else None
        if found and day:
            span = (act.start, view.start + found.end())
            yield Draft("commence", *span, unit, act.citation, in_force=day, aside=True)
            if last := last_day(found["clause"]):
                yield Draft("expire", *span, unit, act.citation, ends=day_after(last), aside=True)
    for first, second in zip(view.acts, view.acts[1:], strict=False):
        between = view.slice(first.end, second.start)
        for cue in cues("told"):
            tie = re.fullmatch(f"{_CHANGED}{cue.pattern.pattern}{_BY}", between)
            if tie:
                parts = provisions(tie["part"]) if tie["part"] else []
                yield Draft(
                    cue.kind,
                    first.start,
                    second.end,
                    unit,
                    first.citation,
                    until=None if cue.kind == "correct" else last_day(view.slice(second.end, second.end + _CLAUSE)),
                    by=second.citation,
                    by_provision=_printed(parts),
                    aside=True,
                )


def told_by_citations(
    text: SourceText, citations: Sequence[Citation], quotes: Quotes, unit_at: Callable[[int], Unit | None]
) -> Iterator[Draft]:
    """What the relations between two cited acts say, each with the words that hold both."""
    if not any(citation.relations_also for citation in citations):
        return
    quoted = sorted(text.span(*span) for span in quotes.spans)
    starts = [span.start for span in quoted]
    reached = [0, *accumulate((span.end for span in quoted), max)]
    for index, citation in enumerate(citations):
        if reached[bisect_left(starts, citation.start)] > citation.start:
            continue
        for also in citation.relations_also:
            other = citations[also.target]
            first, last = sorted((citation, other), key=lambda c: c.start)
            span = Span(first.start, max(first.end, last.end))
            if also.relation == "amended-by":
                between = _nfc(text.raw[citation.end : other.start])
                kind: EventKind = "supplement" if "bổ sung" in between and "sửa đổi" not in between else "amend"
                act, by = index, also.target
            elif also.relation in _ACTING:
                kind, act, by = _ACTING[also.relation], also.target, index
            else:
                continue
            if citations[by].is_self or citations[by].short_form or not may_change(citations[by], citations[act]):
                continue
            yield from _tie(kind, act, by, citations, unit_at(span.start), span)


def _tie(
    kind: EventKind, act: int, by: int, citations: Sequence[Citation], unit: Unit | None, span: Span
) -> Iterator[Draft]:
    """One relation as an event: the provision printed before the act is acted on, that before the other acts."""
    if span.end - span.start > _LONGEST:
        span = Span(citations[by].start, citations[by].end)
    chains = provisions(citations[act].provision or "") if act > by else []
    acting = provisions(citations[by].provision or "") if by > act else []
    parts = [Part((chain,), partial=True) for chain in chains]
    for part in parts or [Part((), partial=kind in ("amend", "supplement"))]:
        yield Draft(kind, 0, 0, unit, act, part, by=by, by_provision=_printed(acting), aside=True, raw=span)


def _nfc(words: str) -> str:
    """Composed, white space folded: raw text for comparison."""
    return unicodedata.normalize("NFC", " ".join(words.split()))


def _printed(chains: Sequence[Chain]) -> str | None:
    return ", ".join(map(printed, chains)) or None
