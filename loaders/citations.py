"""Whom a document cites: every mention of a specific other act, with what is printed beside it and what ties the two.

Reads a :class:`~loaders.text.SourceText`; gives :class:`~loaders.records.Citation` values in document order, their
spans in raw offsets. Never refuses: what is not understood is no citation. Holds afterwards: the surface is the
quotation of the span, ``relations_also`` point to citations of the same list, and what is not printed is ``None``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from loaders.details import Details, read_details
from loaders.mentions import Mention
from loaders.named import find_named
from loaders.numbered import find_bare, find_numbered, probable_number
from loaders.records import ActRelation, Citation, Document
from loaders.scopes import Scopes
from loaders.text import SourceText
from loaders.ties import Placed, place
from loaders.titles import find_titled
from ontology.numbers import number_key

_SIGNAL = re.compile(
    r"\d\s{0,2}[-/–]|\d\s?[A-ZĐ]|số \d|[Ll]uật|LUẬT|[Nn]ghị|NGHỊ|[Kk]ết luận|KẾT LUẬN|[Cc]hỉ thị|CHỈ THỊ"
    r"|[Pp]háp lệnh|PHÁP LỆNH|Hiến pháp|HIẾN PHÁP|Quy định|Quyết định|Thông tư|Điều lệ|Cương lĩnh|Quy chế"
)
"""Cheap literals: a paragraph without any of them cites nothing."""

_DONE_BY = re.compile(
    r"(?<!kèm )(?<!tiếp )(?<!lực )(?<!thi hành )(?<!\()\btheo(?: đúng)?"
    r"(?: (?:điểm|khoản|Điều|điều) [^.;:()]{1,40})?[\s*]*$"
)
"""A task is done by this act: it carries the act out; elsewhere such words only name it in passing."""
_BY_REACH = 60
"""Characters before an act in which "theo khoản 2 Điều 5" may stand."""


def read_citations(
    text: SourceText,
    units: Sequence[tuple[int, int, str]] | None = None,
    document: Document | None = None,
) -> list[Citation]:
    """Every mention of a specific act in ``text``, in document order.

    ``units`` are the addressable units as ``(raw start, raw end, kind)``: they tell tasks from background. ``document``
    is the identity: its own number is marked ``self``. Short forms ("Nghị quyết 57") are given, marked ``short_form``.
    """
    placed: list[Placed] = []
    for index, paragraph in enumerate(text.paragraphs):
        if not _SIGNAL.search(text.clean, paragraph.start, paragraph.end):
            continue
        mentions = find_mentions(text.clean, paragraph.start, paragraph.end)
        if mentions:
            placed += place(text, index, mentions, _details(text.clean, mentions, paragraph.end), placed)
    scopes = Scopes(text, units)
    return _in_order([_citation(text, item, scopes, document) for item in placed])


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """The mentions of ``text[start:end]`` (clean text) by start, an outer one before those inside its title."""
    titled = list(find_titled(text, start, end))
    by_end = {m.end: m for m in sorted(titled, key=lambda m: m.start, reverse=True)}
    found: dict[int, Mention] = {}
    gone: set[int] = set()
    for mention, title in find_numbered(text, start, end, by_end):
        found[mention.start] = mention
        if title:
            gone.add(title.start)
    for mention in (*titled, *find_named(text, start, end), *find_bare(text, start, end)):
        if mention.start not in gone:
            found.setdefault(mention.start, mention)
    return sorted(found.values(), key=lambda m: (m.start, -m.end))


def _details(text: str, mentions: Sequence[Mention], limit: int) -> list[Details]:
    """What is printed beside each; what follows an amending law belongs to it, not to the law that ends its title."""
    found: list[Details] = []
    outer_end = -1
    starts = [*(mention.start for mention in mentions), limit]
    for mention in mentions:
        ends_title = mention.end == outer_end
        next_act = starts[min(bisect_left(starts, mention.end), len(mentions))]
        read = None if ends_title else read_details(text, mention.end, limit, next_act)
        found.append(read or Details(mention.end, None, None, None))
        outer_end = max(outer_end, mention.end)
    return found


def _citation(text: SourceText, item: Placed, scopes: Scopes, document: Document | None) -> Citation:
    mention, details = item.mention, item.details
    span = text.span(mention.start, mention.end)
    date = details.date or item.date
    scope = scopes.scope(mention.start, span.start)
    done_by = (
        scope == "task"
        and item.relation == "mentions"
        and _DONE_BY.search(text.clean, max(0, mention.start - _BY_REACH), mention.start)
    )
    probable = probable_number(mention.symbol, mention.type, date[:4] if date else None) if mention.symbol else None
    return Citation(
        start=span.start,
        end=span.end,
        surface=text.surface(mention.start, mention.end),
        kind=mention.kind,
        type=mention.type,
        symbol=mention.symbol,
        date=date,
        issuer=_printed(text.clean, details.issuer),
        subject=_printed(text.clean, details.subject),
        relation="implements" if done_by else item.relation,
        relations_also=tuple(ActRelation(r, t) for r, t in item.also),
        scope=scope,
        symbol_normalised=probable,
        provision=item.provision,
        short_form=mention.short,
        is_self=_is_self((mention.symbol, probable), date, document),
    )


def _printed(text: str, span: tuple[int, int] | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()).rstrip(" ,") or None if span else None


def _is_self(symbols: tuple[str | None, str | None], date: str | None, document: Document | None) -> bool:
    """Whether a number is the document's own: the same number, and no other day printed beside it."""
    if document is None or document.number is None:
        return False
    same_day = date is None or document.date is None or date == document.date
    return same_day and number_key(document.number) in {number_key(s) for s in symbols if s}


def _in_order(citations: list[Citation]) -> list[Citation]:
    """By raw offset (a footnote may stand before the paragraph that it interrupts), targets renumbered."""
    order = sorted(range(len(citations)), key=lambda i: (citations[i].start, -citations[i].end))
    if order == list(range(len(citations))):
        return citations
    position = {old: new for new, old in enumerate(order)}
    return [_renumbered(citations[i], position) for i in order]


def _renumbered(citation: Citation, position: dict[int, int]) -> Citation:
    also = tuple(ActRelation(r.relation, position[r.target]) for r in citation.relations_also)
    return msgspec.structs.replace(citation, relations_also=also)
