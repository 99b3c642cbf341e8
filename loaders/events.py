"""Changes in the life of acts: what a document amends, ends, suspends and prolongs, when it comes into force itself.

Reads a text with its units and citations; gives :class:`~loaders.records.Event` rows in the order of the text, their
spans in raw offsets. Three voices are told apart: the document orders (an article in the imperative, NĐ 78/2025/NĐ-CP),
it speaks of itself ("Quyết định này có hiệu lực … và thay thế …"), or it tells of other acts (:mod:`loaders.asides`).
New wording in quotation marks and the titles of acts say nothing. What is asked of others ("đề xuất bãi bỏ …") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.asides import told, told_by_citations
from loaders.eventdates import day_after, days_after_signing, end_day, first_day, last_day
from loaders.eventdrafts import Draft, finish
from loaders.eventobjects import Part, Target, names_part, part_of, targets
from loaders.eventscopes import Scopes
from loaders.eventtext import Masked, Quotes, masked
from loaders.eventwords import Cue, cues, is_acting, own_name
from loaders.provisions import PROVISIONS, provisions
from loaders.records import Citation, Document, Event, EventKind, Unit
from loaders.text import SourceText

_SIGNALS = (
    *("sửa đổi", "bổ sung", "điều chỉnh", "thay thế", "bãi bỏ", "hủy bỏ", "huỷ bỏ", "bỏ từ", "bỏ cụm từ", "đính chính"),
    *("hiệu lực", "kéo dài", "gia hạn", "ngưng", "ngừng", "dừng", "đình chỉ", "đến hết"),
)
"""Cheap literals: a paragraph without any of them changes nothing, unless it is an item of a list of acts."""
_MARKER = re.compile(
    r"(?:[-–—+*•]\s*|điều \d{1,3}[a-zđ]?\s?[.:]\s*|\d{1,3}(?:\.\d{1,3}){0,3}\s?[.)]\s*|[a-zđ]{1,2}\)\s*"
    r"|khoản \d{1,2}\.\s*|(?:hiệu lực thi hành|điều khoản thi hành)\s?[.:]?\s*|nay\s)*"
)
_ITEM = re.compile(
    rf"(?:[-–—+*•]\s*|\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}\s?[.)]\s*|[a-zđ]{{1,2}}\)\s*)(?:các |toàn bộ )*(?={PROVISIONS}|§)"
)
_IN_FORCE = re.compile(r"(?:(?!hết hiệu lực|§|;).)*?(?<!\w)có hiệu lực(?: thi hành)?")
_OWN_END = re.compile(
    r"(?:(?!§).)*?(?<!\w)(?:hết hiệu lực(?: thi hành)?"
    r"|(?:được )?(?:áp dụng|thực hiện|thi hành)(?=[^§;.]*đến (?:hết )?ngày|[^§;.]*đến hết))"
)
_BEFORE_VERB = re.compile(r"(?:này|,|;|:|và|đồng thời)\s*$")
_LIST_HEAD = re.compile(r"(?<!\w)(?:các|những|sau|sau đây|dưới đây)(?!\w)")
_ANY_ACTS = re.compile(
    r"\s*(?:các |những )?(?:văn bản|nghị quyết|quyết định|chỉ thị|thông tư|nghị định|quy định)[^§;]{0,80}$"
)
_UNNAMED = re.compile(r"(?<!\w)(?:một số|nội dung|danh mục|đối tượng|phụ lục|quy định|biểu|mức|tên)(?!\w)")
_LONGEST = 20_000
"""Characters of a sentence in which a document says what it does to others, change by change."""
_AFTER_SUBJECT = re.compile(r"[\s,)]*(?:(?!nếu|khi |đến |trước)[^;.§]){0,60}")


def read_events(
    text: SourceText, units: Sequence[Unit], citations: Sequence[Citation], document: Document
) -> list[Event]:
    """The events of a text. ``units`` and ``citations`` are those read from it. Never refuses a text."""
    if not _signals(text.clean):
        return []
    reader = _Reader(text, units, citations, document)
    reader.read()
    return finish(reader.drafts, text, units, citations, document)


class _Reader:
    """One text while its events are read."""

    def __init__(
        self, text: SourceText, units: Sequence[Unit], citations: Sequence[Citation], document: Document
    ) -> None:
        self.text, self.citations, self.document = text, citations, document
        self.quotes = Quotes(text)
        self.index = {citation.start: i for i, citation in reversed(list(enumerate(citations)))}
        self.scopes = Scopes(units, citations, document)
        self.own = own_name(document.type)
        self.drafts: list[Draft] = []
        self.pending: Draft | None = None
        """The head of a list of acts that the next paragraphs are items of."""

    def read(self) -> None:
        for paragraph in self.text.paragraphs:
            signal = _signals(self.text.text_of(paragraph))
            if not signal and self.pending is None:
                continue
            view = masked(self.text, paragraph, self.quotes, self.index)
            unit = self.scopes.unit_at(paragraph.raw_start)
            if self._item(view, unit) or not signal:
                continue
            if paragraph.role != "footnote":
                self._paragraph(view, unit)
            self.drafts += told(view, unit)
        self.drafts += told_by_citations(self.text, self.citations, self.quotes, self.scopes.unit_at)

    def _paragraph(self, view: Masked, unit: Unit | None) -> None:
        for start, end in view.sentences:
            if self.quotes.holds(start) or view.text[start - view.start :].startswith("¤"):
                continue
            self._sentence(view, start, end, unit)

    def _sentence(self, view: Masked, start: int, end: int, unit: Unit | None) -> None:
        marker = _MARKER.match(view.text, start - view.start, end - view.start)
        at = view.start + (marker.end() if marker else start - view.start)
        own = self.own.match(view.text, at - view.start)
        if own:
            self._own(view, at, view.start + own.end(), end, unit)
            return
        ordered = self.scopes.is_article(unit) and is_acting(self.document.type)
        if self._part_in_force(view, at, end, unit) or (ordered and self._order(view, at, end, unit)):
            return
        self._state(view, at, end, unit, ordered=ordered)

    def _own(self, view: Masked, at: int, after: int, end: int, unit: Unit | None) -> None:
        """What follows "Quyết định này": its own force and end, and what it does to others."""
        rest = view.slice(after, end)
        begins = _IN_FORCE.match(rest)
        if begins:
            clause = re.split(r"hết hiệu lực|§|;|\svà\s", rest[begins.end() :])[0]
            self._commence((at, end), clause, unit)
        ends = _OWN_END.match(rest)
        clause = rest[ends.end() :] if ends else ""
        if ends and (day := end_day(clause.split(";")[0])):
            self.drafts.append(Draft("expire", at, end, unit, None, ends=day, own=True))
        end = min(end, at + _LONGEST)
        for cue in cues("order"):
            for verb in cue.pattern.finditer(view.text, after - view.start, end - view.start):
                if _BEFORE_VERB.search(view.text, max(0, verb.start() - 12), verb.start()):
                    self._act_on(view, (at, view.start + verb.end(), end), cue.kind, unit)

    def _commence(self, span: tuple[int, int], clause: str, unit: Unit | None) -> None:
        since, day = days_after_signing(clause), first_day(clause)
        if since is None and day is None:
            return
        day = None if since is not None else day
        self.drafts.append(Draft("commence", *span, unit, None, in_force=day, since=since, own=True))
        if last := last_day(clause):
            self.drafts.append(Draft("expire", *span, unit, None, ends=day_after(last), own=True))

    def _part_in_force(self, view: Masked, at: int, end: int, unit: Unit | None) -> bool:
        """ "Khoản 2 Điều 5 Quyết định này có hiệu lực từ ngày …": a part comes into force on a day of its own."""
        found = re.compile(rf"(?:riêng )?(?P<part>{PROVISIONS})\s(?:của\s)?").match(view.text, at - view.start)
        own = self.own.match(view.text, found.end()) if found else None
        begins = _IN_FORCE.match(view.text, own.end(), end - view.start) if own else None
        day = first_day(view.text[begins.end() : end - view.start]) if begins else None
        if found is None or day is None:
            return False
        for chain in provisions(found["part"]):
            self.drafts.append(Draft("commence", at, end, unit, None, Part((chain,), True), in_force=day, own=True))
        return True

    def _order(self, view: Masked, at: int, end: int, unit: Unit | None) -> bool:
        """An article in the imperative."""
        found = [(m.end(), cue) for cue in cues("order") if (m := cue.pattern.match(view.text, at - view.start))]
        if not found:
            return False
        after, cue = max(found, key=lambda pair: pair[0])
        return self._act_on(view, (at, view.start + after, end), cue.kind, unit)

    def _act_on(self, view: Masked, span: tuple[int, int, int], kind: EventKind, unit: Unit | None) -> bool:
        """What the words ``span`` (start, after the word of change, end) act on; false where they act on nothing."""
        start, after, end = span
        above = self.scopes.context(unit)
        found = targets(view, after, end)
        if not found and above and (gap := _gap(view, after, end)) and names_part(gap):
            found = [Target(None, after, above.citation, part_of(gap, above.outer))]
        if not found:
            return self._list_head(view, span, kind, unit)
        clause = view.slice(found[-1].end, end)
        words = view.slice(after, found[0].start) if found[0].start else view.slice(after, end)
        made = [draft for target in found for draft in _drafts(kind, words, target, (start, end), unit, clause)]
        self.drafts += made
        if len(found) == 1 and len(made) == 1 and found[0].citation is not None:
            self.scopes.put(unit, found[0].citation, found[0].part, made[0])
        return bool(made)

    def _list_head(self, view: Masked, span: tuple[int, int, int], kind: EventKind, unit: Unit | None) -> bool:
        start, after, end = span
        words = view.slice(after, end).rstrip()
        if not words.endswith(":") or not _LIST_HEAD.search(words) or "§" in words:
            return False
        self.pending = Draft(kind, start, end, unit, None, clause=words)
        return True

    def _item(self, view: Masked, unit: Unit | None) -> bool:
        """An item of a list of acts, as long as the paragraphs go on to name acts."""
        head = self.pending
        item = _ITEM.match(view.text) if head else None
        if head is None or item is None:
            self.pending = None
            return False
        found = targets(view, view.start + item.end(), view.start + len(view.text))
        for target in found:
            span = (view.start + item.end(), target.end)
            self.drafts += _drafts(head.kind, "", target, span, unit, head.clause)
        return bool(found)

    def _state(self, view: Masked, at: int, end: int, unit: Unit | None, *, ordered: bool) -> None:
        """Acts or provisions, and after them what becomes of them ("… hết hiệu lực")."""
        for cue in cues("state"):
            found = cue.pattern.search(view.text, at - view.start, end - view.start)
            if found is None:
                continue
            places = (at, view.start + found.start(), view.start + found.end(), end)
            if self._said_of(view, cue, places, unit, ordered=ordered):
                return

    def _said_of(
        self, view: Masked, cue: Cue, span: tuple[int, int, int, int], unit: Unit | None, *, ordered: bool
    ) -> bool:
        at, before, after, end = span
        subject, clause = view.slice(at, before), view.slice(after, end)
        first = subject.find("§")
        lead = re.sub(r"^(?:riêng|nay|kể từ ngày này,)\s", "", subject[:first] if first >= 0 else subject)
        part = part_of(lead)
        found = targets(view, at, before) if first >= 0 and (not part.partial or names_part(lead)) else []
        if found and not _AFTER_SUBJECT.fullmatch(view.slice(found[-1].end, before)):
            return False
        above = self.scopes.context(unit)
        if first < 0 and ordered and above and names_part(lead):
            found = [Target(None, after, above.citation, part_of(lead, above.outer))]
        if first < 0 and not found and ordered and _ANY_ACTS.match(subject) and clause.rstrip().endswith(":"):
            self.pending = Draft(cue.kind, at, end, unit, None, clause=clause)
            return True
        by_self = ordered or bool(self.own.search(clause))
        if not by_self and not (end_day(clause) if cue.kind == "expire" else first_day(clause)):
            return False
        made = [draft for target in found for draft in _drafts(cue.kind, "", target, (at, end), unit, clause)]
        self.drafts += made if by_self else [draft.told() for draft in made]
        return bool(made)


def _signals(text: str) -> bool:
    lowered = text.lower()
    return any(words in lowered for words in _SIGNALS)


def _gap(view: Masked, after: int, end: int) -> str:
    """The words after a word of change that name no act, up to where new wording follows."""
    return re.split(r"(?: như sau)?\s?:|như sau|(?<!\d)\.(?!\d)", view.slice(after, end))[0]


def _drafts(
    kind: EventKind, words: str, target: Target, span: tuple[int, int], unit: Unit | None, clause: str
) -> Iterator[Draft]:
    """One draft for each part of an act."""
    part = target.part
    if kind in ("replace", "repeal", "supplement") and re.match(
        r"\s*(?:các |một số )?(?:cụm từ|từ ngữ|từ|tên)(?!\w)", words
    ):
        kind = "amend"
    if kind == "supplement" and not part.chains and not _UNNAMED.search(words):
        return
    if kind == "extend":
        part = Part(part.chains, partial=bool(part.chains) or "một số" in words or "một phần" in words)
    until = last_day(clause) if kind in ("extend", "suspend") else None
    ends = end_day(clause) if kind == "expire" else None
    start_day = None if kind == "expire" else first_day(clause)
    for chain in part.chains or (None,):
        one = Part((chain,), True) if chain else part
        yield Draft(kind, *span, unit, target.citation, one, in_force=start_day, until=until, ends=ends, clause=clause)
