"""One plan in several places: given to a body, taken over below, changed by an amendment, followed over the years.

Reads the plans of documents; writes links. Levels (a rate at a point in time, a stock) are compared over years as they
are; sums only over the same part of the year. Bounds are bounds: "≥ 12" and "= 12,5" do not disagree. Where two
documents of one place plan one measure for one time differently, that is a finding, unless one of them amends the
other or the givers differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kg.eventtriples import find_unit, first_day
from kg.figurebooks import Book, Books, Key, Near, conflict, grouped, key, same_giver, same_period, side
from kg.figurelinks import FigureLink, Outcome, Relation, Side
from kg.measuretypes import Measure
from loaders.records import Event

_SERIES = 5  # plans in common that make one list the next year's of another
Replaced = dict[tuple[str, str, int], str]
"""The day from which a figure (file, unit, index) no longer holds."""


def assignments(book: Book) -> Iterator[FigureLink]:
    """Plans that a later unit of the same document gives to a body: same measure, value and time."""
    plans = book.of("target")
    groups, index = grouped(plans), Near([m for m in plans if not m.lead])
    for m in plans:
        if not m.lead:
            continue
        earlier = [t for t in groups[key(m) or ("", "", frozenset())] if _gives(t, m)]
        earlier = earlier or [t for t in index.to(m) if _gives(t, m)]
        if earlier:
            whom = ", ".join(m.lead)
            yield FigureLink(
                "assigns",
                "kept",
                side(m),
                side(earlier[0]),
                m.name,
                f"giao cho {whom}",
                f"given to {whom}",
                lead=m.lead,
            )


def _gives(plan: Measure, given: Measure) -> bool:
    same = (plan.low, plan.high) == (given.low, given.high) and plan.time and given.time
    return bool(same) and not plan.lead and plan.start < given.start and plan.time.last == given.time.last  # type: ignore[union-attr]


def contradictions(book: Book) -> Iterator[FigureLink]:
    """Plans of one measure and time that one document states in two values, for one body or for all."""
    plans = [m for m in book.of("target") if m.index >= 0]
    index = Near(plans)
    for same in grouped(plans).values():
        found = list({(m.lead, m.low, m.high, m.time): m for m in reversed(same)}.values())[::-1]
        for later_at, later in enumerate(found):
            for earlier in found[:later_at]:
                alike = set(later.lead) & set(earlier.lead) or (_is_plain(later) and _is_plain(earlier))
                if alike and earlier.unit != later.unit and _disagree(earlier, later):
                    yield _differs(later, earlier)
                    break
    for later in plans:
        for earlier in index.to(later):
            misprint = (
                _digits(earlier) == _digits(later)
                and earlier.value != later.value
                and set(later.lead) & set(earlier.lead)
            )
            if misprint and earlier.start < later.start and key(earlier) != key(later) and same_period(earlier, later):
                yield _differs(later, earlier)
                break


def _is_plain(measure: Measure) -> bool:
    """Whether a plan is given to nobody and says itself for which year it is."""
    return not measure.lead and measure.says_time


def _digits(measure: Measure) -> str:
    return measure.text.split()[0]


def amendments(books: Books) -> tuple[list[FigureLink], Replaced]:
    """What amendments and repeals do to figures, and from when the old figures no longer hold."""
    links: list[FigureLink] = []
    replaced: Replaced = {}
    for book in books:
        for event in book.loaded.record.events:
            file = books.acts.get((book.file, event.act)) if event.act is not None and not event.aside else None
            if file is None or event.provision is None:
                continue
            held = books.by_file[file]
            unit = find_unit(held.loaded.record.units, event.provision)
            if unit is None:
                continue
            old = [m for m in held.measures if m.unit == unit.id and m.role in ("target", "other")]
            day = first_day(event, book.about.date) or book.about.date or ""
            for link, gone in _amended(book, event, old):
                links.append(link)
                replaced[file, gone.unit, gone.index] = day
    return links, replaced


def _amended(book: Book, event: Event, old: Sequence[Measure]) -> Iterator[tuple[FigureLink, Measure]]:
    """The old figures of one provision, each with what became of it."""
    if event.kind == "repeal":
        for m in old:
            here = Side(book.file, event.unit, event.start, event.end, None)
            yield (
                FigureLink(
                    "amends", "dropped", here, side(m), m.name, "điểm này bị bãi bỏ", "the provision is repealed"
                ),
                m,
            )
        return
    if event.kind not in ("amend", "replace") or event.new_text is None:
        return
    new = [m for m in book.measures if event.new_text.start <= m.start < event.new_text.end]
    left = list(new)
    for m in old:
        fitting = [n for n in left if key(n) and key(n) == key(m) and _one_time(n, m)]
        if fitting:
            left.remove(fitting[0])
            of_its_time = fitting[0] if fitting[0].says_time else msgspec.structs.replace(fitting[0], time=m.time)
            yield _compared("amends", of_its_time, m), m
        elif not any(key(n) == key(m) for n in new):
            here = Side(book.file, event.unit, event.new_text.start, event.new_text.end, None)
            yield (
                FigureLink(
                    "amends", "dropped", here, side(m), m.name, "lời mới không còn số này", "the new words lack it"
                ),
                m,
            )


def _one_time(new: Measure, old: Measure) -> bool:
    """New words without a year keep that of the provision."""
    return not new.says_time or not old.says_time or (new.time and new.time.last) == (old.time and old.time.last)


def followed(
    books: Books, plans: Mapping[str, Mapping[Key, list[Measure]]], replaced: Replaced
) -> Iterator[FigureLink]:
    """Each plan against that of the document before it: same year first, then the year before; and what was dropped."""
    for groups in plans.values():
        matched: dict[tuple[str, str], int] = {}
        for found in groups.values():
            chain = sorted(_one_each([m for m in found if m.index >= 0]), key=books.age)
            for at, m in enumerate(chain):
                for earlier in _before(chain[:at], m):
                    matched[earlier.file, m.file] = matched.get((earlier.file, m.file), 0) + 1
                    yield from _pair(books, earlier, m, replaced)
        yield from _dropped(books, matched)


def _one_each(found: Sequence[Measure]) -> list[Measure]:
    """Of each document the first mention for each time."""
    first: dict[tuple[str, int | None, str | None], Measure] = {}
    for m in found:
        first.setdefault((m.file, m.time.last if m.time else None, m.time.period if m.time else None), m)
    return list(first.values())


def _before(earlier: Sequence[Measure], m: Measure) -> list[Measure]:
    """What a plan is held against: the last one of another document for the same year, the last of an earlier year,
    and, where that is of another part of the year, the last that can be compared."""
    others = [e for e in earlier if e.file != m.file and e.time and m.time]
    same = [e for e in others if e.time and m.time and e.time.last == m.time.last]
    past = [e for e in others if e.time and m.time and e.time.last < m.time.last]
    chosen = same[-1:] + past[-1:]
    comparable = [e for e in past if _comparable(e, m)]
    if past and comparable and not _comparable(past[-1], m):
        chosen += comparable[-1:]
    return chosen


def _part(measure: Measure) -> str:
    """The stretch of time that a sum is for: a stage of several years, a part of the year, or all of it."""
    if measure.time and measure.time.first < measure.time.last:
        return f"{measure.time.first}–{measure.time.last}"
    return (measure.time.period if measure.time else None) or "năm"


def _comparable(one: Measure, other: Measure) -> bool:
    """Levels at any time; sums only over the same part of the year, or for the same stage."""
    return (one.is_level and other.is_level) or _part(one) == _part(other)


def _pair(books: Books, earlier: Measure, later: Measure, replaced: Replaced) -> Iterator[FigureLink]:
    lower, upper = later, earlier
    if books.carries_out(earlier.file, later.file) and not books.carries_out(later.file, earlier.file):
        lower, upper = earlier, later
    relation: Relation = "takes-over" if books.carries_out(lower.file, upper.file) else "follows"
    if not same_giver(lower, upper):
        return
    same_time = same_period(lower, upper)
    if (
        same_time
        and lower.value != upper.value
        and _disagree(upper, lower)
        and not _is_replaced(replaced, lower, upper)
    ):
        yield _differs(lower, upper)
    one_year = lower.time and upper.time and lower.time.last == upper.time.last
    if _comparable(lower, upper) or (one_year and lower.value == upper.value):
        yield _compared(relation, lower, upper)
    else:
        parts = ["cả năm" if part == "năm" else part for part in (_part(upper), _part(lower))]
        why = f"hai kỳ khác nhau ({parts[0]} / {parts[1]}): không so sánh được"
        yield FigureLink(
            relation,
            "undecided",
            side(lower),
            side(upper),
            lower.name,
            why,
            "different parts of the year: not comparable",
        )


def _is_replaced(replaced: Replaced, *found: Measure) -> bool:
    return any((m.file, m.unit, m.index) in replaced for m in found)


def _disagree(one: Measure, other: Measure) -> bool:
    return same_period(one, other) and same_giver(one, other) and conflict(one, other)


def _compared(relation: Relation, later: Measure, earlier: Measure) -> FigureLink:
    outcome: Outcome = "kept"
    if later.value != earlier.value and (later.low, later.high) != (earlier.low, earlier.high):
        outcome = "raised" if later.value > earlier.value else "lowered"
    words = {"kept": ("giữ nguyên", "kept"), "raised": ("tăng", "raised"), "lowered": ("giảm", "lowered")}[outcome]
    years = [str(m.time.last) if m.time else "?" for m in (earlier, later)]
    spans = f" ({years[0]} → {years[1]})" if years[0] != years[1] else ""
    return FigureLink(
        relation,
        outcome,
        side(later),
        side(earlier),
        later.name,
        f"{earlier.text} → {later.text}{spans}: {words[0]}",
        f"{earlier.text} → {later.text}{spans}: {words[1]}",
    )


def _differs(later: Measure, earlier: Measure) -> FigureLink:
    why = f"cùng chỉ tiêu, cùng kỳ, hai số: {earlier.text} và {later.text}"
    english = f"one measure, one time, two figures: {earlier.text} and {later.text}"
    return FigureLink("disagrees", "differs", side(later), side(earlier), later.name, why, english)


def _dropped(books: Books, matched: Mapping[tuple[str, str], int]) -> Iterator[FigureLink]:
    """Plans of one list that the next year's list, which takes up many others of it, does not have."""
    for (earlier, later), count in sorted(matched.items()):
        old, new = books.by_file[earlier], books.by_file[later]
        if count < _SERIES or not _is_next_list(old, new):
            continue
        index = Near(new.of("target"))
        for m in old.of("target"):
            if m.lead or m.index < 0 or index.to(m, _touches):
                continue
            why, english = "danh mục chỉ tiêu sau không còn chỉ tiêu này", "the later list has no such target"
            yield FigureLink("follows", "dropped", Side(later), side(m), m.name, why, english)


def _is_next_list(old: Book, new: Book) -> bool:
    years = [max((m.time.last for m in book.of("target") if m.time), default=0) for book in (old, new)]
    return years[0] < years[1]


def _touches(one: Measure, other: Measure) -> bool:
    """Whether two names share so many words that a reader may take them for one."""
    a, b = key(one), key(other)
    if a is None or b is None or a[0] != b[0]:
        return False
    common = len(a[2] & b[2])
    return common >= 2 and 2 * common >= min(len(a[2]), len(b[2]))
