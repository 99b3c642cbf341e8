"""Results and the plans that they report on, with the per cent checked by arithmetic.

Reads the figures of documents; writes links. A result is held against a plan of the same measure, place and year; a
report's own plan first. The per cent that the report states must come out of the two figures within the exactness of
what is printed; where it says whose plan it means ("dự toán Hội đồng nhân dân tỉnh giao"), only that giver's plan
counts. Names that are only near count where the report names the plan's document as what it reports on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.figurebooks import Book, Books, Key, Near, grouped, key, same_giver, side
from kg.figurelinks import FigureLink, Outcome, Share
from kg.measuretypes import Measure
from kg.measurewords import core

_ABOUT = 0.5  # points that "khoảng 46 %" may be off
_LONG = 6  # words of a name that is no other one's by chance


Plans = Mapping[str, Mapping[Key, list[Measure]]]
"""The plans of each place by key."""
Replaced = Mapping[tuple[str, str, int], str]
"""The day from which a figure (file, unit, index) no longer holds."""


def reports(books: Books, plans: Plans, replaced: Replaced) -> Iterator[FigureLink]:
    """The links of all reports."""
    for book in books:
        done = set()
        for link in own_plans(book):
            done.add((link.here.unit, link.here.start))
            yield link
        if book.scope:
            yield from _on_others(books, book, plans.get(book.scope, {}), replaced, done)


def _on_others(
    books: Books,
    book: Book,
    plans: Mapping[Key, list[Measure]],
    replaced: Replaced,
    done: set[tuple[str | None, int | None]],
) -> Iterator[FigureLink]:
    """The results of one report against the plans of other documents."""
    shares = _shares(book.measures)
    acts = [books.by_file[file] for file in sorted(books.above.get(book.file, ()))]
    near = [Near(act.of("target")) for act in acts if act.scope == book.scope]
    for result in book.of("result"):
        mine = shares[result.unit, result.index]
        same = plans.get(key(result) or ("", "", frozenset()), ())
        found = [t for t in same if _may_report(books, result, t, replaced)]
        yield from _held(books, result, mine, _first_of_each(found), with_own=(result.unit, result.start) in done)
        for index in near if not found else ():
            there = [t for t in index.to(result) if _may_report(books, result, t, replaced)]
            if len(there) == 1:
                yield _near(result, mine, there[0])


def own_plans(book: Book) -> Iterator[FigureLink]:
    """Results and the plan that the same unit states before them."""
    by_unit: dict[str, list[Measure]] = {}
    for m in book.measures:
        by_unit.setdefault(m.unit, []).append(m)
    shares = _shares(book.measures)
    for found in by_unit.values():
        for result in (m for m in found if m.role == "result" and key(m)):
            plans = [t for t in found if t.role == "target" and t.start < result.start and key(t) == key(result)]
            for share in shares[result.unit, result.index]:
                fitting = [t for t in plans if same_giver(share, t)]
                if len(fitting) == 1:
                    yield _link(result, fitting[0], share, sure=True)


def _held(
    books: Books, result: Measure, shares: Sequence[Measure], plans: Sequence[Measure], *, with_own: bool
) -> Iterator[FigureLink]:
    """A result against the plans of other documents."""
    for plan in plans:
        fitting = [s for s in shares if same_giver(s, plan)]
        named = [s for s in fitting if s.giver and s.giver == plan.giver]
        chosen = named or fitting
        if shares and len(chosen) != 1:
            continue  # every per cent is of somebody else's plan, or nobody can tell of which
        others = [p for p in plans if p.value != plan.value and same_giver(p, plan)]
        sure = bool(named) or with_own or (books.carries_out(result.file, plan.file) and not others)
        yield _link(result, plan, chosen[0] if chosen else None, sure=sure)


def _near(result: Measure, shares: Sequence[Measure], plan: Measure) -> FigureLink:
    """A result against the one plan of a near name in a document that the report names: where the per cent comes out,
    or the report only shortens a long name, it is that plan."""
    share = next((s for s in shares if same_giver(s, plan)), None)
    ours, theirs = core(result.words, result.base), core(plan.words, plan.base)
    if (share is not None and _fits(result, plan, share)) or (not shares and len(ours) >= _LONG and ours <= theirs):
        return _link(result, plan, share, sure=True)
    why = f"tên gọi gần giống («{result.name}» / «{plan.name}»), chưa đủ căn cứ để kết luận"
    return FigureLink("reports", "undecided", side(result), side(plan), plan.name, why, "the names are only near")


def _may_report(books: Books, result: Measure, plan: Measure, replaced: Mapping[tuple[str, str, int], str]) -> bool:
    """Same year (or within the years of the plan), the plan's part of the year no other one, the plan not replaced."""
    day = books.by_file[result.file].about.date
    ended = replaced.get((plan.file, plan.unit, plan.index))
    if plan.file == result.file or result.time is None or plan.time is None or (ended and day and ended <= day):
        return False
    made = books.by_file[plan.file].about.date
    if made and day and made > day:
        return False
    part = plan.time.period
    return plan.time.first <= result.time.last <= plan.time.last and part in (None, "năm", result.time.period)


def _first_of_each(plans: Sequence[Measure]) -> list[Measure]:
    """One plan of each document: the first, a text's later parts repeat it; of several years the last."""
    best: dict[str, Measure] = {}
    for plan in plans:
        known = best.get(plan.file)
        if known is None or (plan.time and known.time and plan.time.last > known.time.last):
            best[plan.file] = plan
    return list(best.values())


def _shares(found: Iterable[Measure]) -> dict[tuple[str, int | None], list[Measure]]:
    """The per cents of plans by unit and index of the result that they are said of."""
    shares: dict[tuple[str, int | None], list[Measure]] = defaultdict(list)
    for m in found:
        if m.role == "percent":
            shares[m.unit, m.of].append(m)
    return shares


def computed(result: Measure, plan: Measure) -> float:
    """What per cent of the plan the result is."""
    return 100 * result.value / plan.value if plan.value else 0.0


def _fits(result: Measure, plan: Measure, share: Measure) -> bool:
    """Whether the stated per cent comes out of the two figures, within the exactness of all three."""
    found = computed(result, plan)
    slack = share.step + (100 * result.step + found * plan.step) / plan.value + 1e-6 if plan.value else 0.0
    slack += _ABOUT if share.about or result.about or plan.about else 0.0
    stated = {"": share.low, "tăng": 100 + share.low, "giảm": 100 - share.low}[share.change]
    if share.low != share.high:
        return share.low - slack <= found <= share.high + slack
    return abs(found - stated) <= slack


def _link(result: Measure, plan: Measure, share: Measure | None, *, sure: bool) -> FigureLink:
    found = computed(result, plan)
    outcome: Outcome = "stated"
    said = "báo cáo không nêu tỷ lệ"
    said_en = "the report states no per cent"
    if share is not None:
        fits = _fits(result, plan, share)
        outcome = "consistent" if fits else "inconsistent" if sure else "undecided"
        basis = f" {share.basis}" if share.basis else ""
        said = f"báo cáo ghi {share.text}{basis}" + (
            "" if fits else ": không khớp" if sure else ": có thể là kế hoạch khác"
        )
        said_en = f"the report states {share.text}" + (
            "" if fits else ": does not agree" if sure else ": perhaps of another plan"
        )
    sums = result.base != "%"
    return FigureLink(
        "reports",
        outcome,
        side(result),
        side(plan),
        plan.name,
        f"{result.text} / {plan.text} = {_printed(found)}%; {said}"
        if sums
        else f"kết quả {result.text}, chỉ tiêu {plan.text}",
        f"{result.text} / {plan.text} = {found:.2f}%; {said_en}"
        if sums
        else f"result {result.text}, target {plan.text}",
        Share(share.text, share.start, share.end, share.basis, round(found, 4)) if share is not None else None,
    )


def _printed(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def by_place(books: Books) -> Plans:
    """The plans of all documents, by place and key."""
    places: dict[str, list[Measure]] = {}
    for book in books:
        if book.scope:
            places.setdefault(book.scope, []).extend(book.of("target"))
    return {scope: grouped(found) for scope, found in places.items()}
