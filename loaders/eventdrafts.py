"""Events on their way into the record: completed by what the whole document says, and put into raw offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from loaders.eventdates import day_after
from loaders.eventobjects import Part
from loaders.eventtext import Quotes
from loaders.eventwords import may_change
from loaders.provisions import printed
from loaders.records import Citation, Document, Event, EventKind, Span, Unit
from loaders.text import SourceText

_LONGEST = 4000
"""Characters of the words that tell of an event; a longer sentence is quoted from its beginning."""
_TRAILING = " \t\n:;.,/|*"


@dataclass(frozen=True)
class Draft:
    """One event in clean offsets. ``act`` is a citation's index; ``own``: it is said of this very document."""

    kind: EventKind
    start: int
    end: int
    unit: Unit | None
    act: int | None
    part: Part = field(default=Part((), partial=False))
    in_force: str | None = None
    since: int | None = None
    until: str | None = None
    ends: str | None = None
    by: int | None = None
    by_provision: str | None = None
    aside: bool = False
    own: bool = False
    clause: str = ""
    raw: Span | None = None
    """The span where it is known in raw offsets only."""

    def told(self) -> Draft:
        """The same, told of others."""
        return replace(self, aside=True)


def finish(
    drafts: Sequence[Draft],
    text: SourceText,
    units: Sequence[Unit],
    citations: Sequence[Citation],
    document: Document,
) -> list[Event]:
    """The events in the order of the text: heads of lists of changes give way to the changes, repeats are dropped."""
    named = [draft for draft in drafts if _names_an_act(draft, citations, document)]
    told_below = _told_below(named, units)
    kept = [draft for draft in named if not _is_head(draft, told_below)]
    quotes = Quotes(text)
    events = [_event(draft, text, quotes, citations) for draft in _without_repeats(kept, citations)]
    events.sort(key=lambda event: (event.start, event.end))
    return list(_dated(events, document))


def _names_an_act(draft: Draft, citations: Sequence[Citation], document: Document) -> bool:
    """An event on another act needs its citation; a document changes neither itself nor what it has no power over."""
    if draft.own:
        return True
    if draft.act is None:
        return False
    cited = citations[draft.act]
    return draft.aside or (not cited.is_self and may_change(document, cited))


def _is_head(draft: Draft, told_below: set[str]) -> bool:
    """Whether an unnamed part, or a provision as a whole, is told in detail by the units below."""
    if draft.aside or draft.own or draft.unit is None or not draft.part.partial:
        return False
    return draft.unit.id in told_below


def _told_below(drafts: Iterable[Draft], units: Sequence[Unit]) -> set[str]:
    """The units with a change told by a unit below them."""
    parents = {unit.id: unit.parent for unit in units}
    found: set[str] = set()
    for draft in drafts:
        above = draft.unit.parent if draft.unit and not draft.aside and not draft.own else None
        while above is not None and above not in found:
            found.add(above)
            above = parents.get(above)
    return found


def _without_repeats(drafts: Iterable[Draft], citations: Sequence[Citation]) -> Iterator[Draft]:
    """Asides say one thing many times: the first is kept, and those that name other days."""
    said: set[tuple[object, ...]] = set()
    for draft in drafts:
        if draft.aside:
            act, by = (_name(citations, at) for at in (draft.act, draft.by))
            days = (draft.in_force, draft.until, draft.ends)
            key = (draft.kind, act, by, draft.part.chains, draft.by_provision, days)
            if key in said:
                continue
            said.add(key)
        yield draft


def _name(citations: Sequence[Citation], index: int | None) -> tuple[str | None, ...] | None:
    if index is None:
        return None
    cited = citations[index]
    return (cited.symbol or cited.surface, cited.type)


def _event(draft: Draft, text: SourceText, quotes: Quotes, citations: Sequence[Citation]) -> Event:
    span, new = draft.raw, None
    if span is None:
        end = _end(draft, text, quotes)
        span = text.span(draft.start, end)
        new = _new_text(draft, text, quotes, end)
    act = None if draft.act is None or citations[draft.act].is_self else draft.act
    return Event(
        kind=draft.kind,
        start=span.start,
        end=span.end,
        surface=" ".join(text.raw[span.start : span.end].split()),
        unit=draft.unit.id if draft.unit else None,
        act=act,
        provision=printed(draft.part.chains[0]) if draft.part.chains else None,
        partial=draft.part.partial or draft.kind in ("amend", "supplement", "correct"),
        by=draft.by,
        by_provision=draft.by_provision,
        aside=draft.aside,
        in_force=draft.in_force,
        days_after_signing=draft.since,
        until=draft.until,
        ends=draft.ends,
        new_text=new,
    )


def _end(draft: Draft, text: SourceText, quotes: Quotes) -> int:
    """Up to the new wording where one follows, the marks at the end left out."""
    end = min(draft.end, draft.start + _LONGEST)
    quote = quotes.first(draft.start, end) if draft.kind in ("amend", "supplement") else None
    if quote and text.clean[draft.start : quote[0]].rstrip().endswith((":", "như sau")):
        end = quote[0]
    while end > draft.start and text.clean[end - 1] in _TRAILING:
        end -= 1
    return end


def _new_text(draft: Draft, text: SourceText, quotes: Quotes, end: int) -> Span | None:
    """The quotation that directly follows the words of an amendment, its marks left out."""
    if draft.kind not in ("amend", "supplement") or draft.aside:
        return None
    quote = quotes.first(end, min(len(text.clean), end + 12))
    if quote is None or text.clean[end : quote[0]].strip(_TRAILING):
        return None
    closed = text.clean[quote[1] - 1] in '”"'
    return text.span(quote[0] + 1, quote[1] - closed)


def _dated(events: Sequence[Event], document: Document) -> Iterator[Event]:
    """The days that the document's own clause on its force fixes for all that it changes."""
    first = next(
        (e for e in events if e.kind == "commence" and e.act is None and not e.aside and not e.provision), None
    )
    for event in events:
        in_force, since = event.in_force, event.days_after_signing
        if first is not None and not event.aside and in_force is None and since is None:
            in_force, since = first.in_force, first.days_after_signing
        if in_force is None and since is not None and document.date:
            in_force = day_after(document.date, since)
        ends = event.ends
        if event.kind == "expire" and ends is None and not event.aside:
            ends = in_force
        yield _with(event, in_force, since, ends)


def _with(event: Event, in_force: str | None, since: int | None, ends: str | None) -> Event:
    return msgspec.structs.replace(event, in_force=in_force, days_after_signing=since, ends=ends)
