"""When a unit is due: the terms it states, each as printed, as a last day, or as a rule of recurrence.

Reads clean text of ONE unit; writes one :class:`Term` per occurrence, from its preposition, in order. How such
documents are written: "trước ngày 10 tháng 12 năm 2021", "trong quý II/2020", "đến cuối năm 2023 có thêm …", "trước
ngày 18 hằng tháng", "Thời gian thực hiện: …". A period in a name or title ("giai đoạn 2021-2025", "tầm nhìn đến năm
2050"), a start ("từ ngày …"), a cut-off of figures ("tính đến ngày …"), the year of a budget, and the adverb of
"thường xuyên theo dõi" are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort

from loaders.termcontexts import context, is_term
from loaders.whens import (
    BARE,
    BEFORE,
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    EACH,
    EVERY,
    HANDLED,
    LASTING,
    LASTS,
    ONCE_EACH,
    OPENING_EACH,
    PERIODS,
    PLAIN_WHEN,
    RECURS,
    REPORTED_EACH,
    SEASON,
    SHORT,
    SPANNING,
    TAKES_EFFECT,
    UNTIL,
    WITHIN,
    YEAR,
    Term,
    in_calendar,
    pattern,
    read_term,
)

_SEASON_WORDS = (
    *("cuối năm", "khai giảng", "kỳ họp", "mùa", "nghỉ hè", "nguyên đán", "nhiệm kỳ", "năm học", "phiên họp"),
    *("trước vụ", "vào dịp"),
)
_NEEDED: tuple[tuple[re.Pattern[str], tuple[str, ...], bool], ...] = (
    (RECURS, ("hằng", "hàng", "mỗi", "trong", "quý", "của tháng"), False),
    (LASTS, ("từ ", "nhiệm kỳ"), True),
    (BEFORE, ("trước", "nhất", "hơn", "thời hạn là"), True),
    (DAY_OF_MONTH, ("trước", "nhất", "hơn"), True),
    (DAY_OF_WEEK, ("thứ", "chủ nhật"), False),
    (WITHIN, ("trong", "vào", "xong"), True),
    (UNTIL, ("đến", "tới"), True),
    (EACH, ("định",), False),
    (OPENING_EACH, ("hằng", "hàng", "mỗi"), False),
    (ONCE_EACH, (" lần",), False),
    (LASTING, ("trong", "nhất", "quá", "tối đa", "trước"), False),
    (HANDLED, ("không quá", "tối đa"), True),
    (SEASON, _SEASON_WORDS, False),
    (TAKES_EFFECT, ("ngay",), False),
    (REPORTED_EACH, (", h", "; h", ", mỗi", "cập nhật", "6 tháng"), False),
    (BARE, ("năm", "tháng", "quý"), True),
)
"""The shapes in the order in which they are tried (a term taken by one is not read again by a weaker one), words one of
which each needs, and whether it needs a digit."""
_DIGIT = re.compile(r"\d")
_LABEL_END = re.compile(r"[;.](?=\s|$)|\./|$")
_CLOSED_LABEL_END = re.compile(r"[;.](?=\s|$)|\)|$")
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"")
_YEARS = re.compile(rf"(?<!năm\shọc\s)\b{YEAR}\s*[-–]\s*(?P<last>{YEAR})\b")
_FROM = re.compile(r"\btừ\s+$", re.IGNORECASE)  # a start is no last day
_ALWAYS = pattern(r"\bthường\s+xuyên\b")
_EVERY_PERIOD = pattern(rf"\b{EVERY}\s+(?P<every>ngày|tuần|tháng|quý|năm)\b")
# A text that is nothing but a term: the content of a line "Thời gian thực hiện: …" whose label was cut off.
_NOTHING_ELSE = pattern(
    rf"[\s*]*(?:thường\s+xuyên|(?:định\s+kỳ\s+)?{EVERY}\s+(?:ngày|tuần|tháng|quý|năm)(?:\s*(?:,|và)\s*(?:{EVERY}\s+)?"
    rf"(?:tháng|quý|năm))*|(?:từ\s+)?{PLAIN_WHEN}(?:\s*(?:-|–|đến|và|,)\s*{PLAIN_WHEN})*"
    rf"(?:\s+(?:và\s+)?(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau))?|giai\s+đoạn\s+{YEAR}\s*[-–]\s*{YEAR})[\s.;/*]*"
)
_PARTED = (
    r"(?:(?:trong|xong|hoàn\s+thành|trước|từ)\s+)*"
    rf"(?:thường\s+xuyên|{EVERY}\s+(?:tháng|quý|năm)|{PLAIN_WHEN}(?:\s+đến\s+(?:hết\s+)?{PLAIN_WHEN})?)"
)
_CLOSING_PARENTHESIS = pattern(
    rf"\((?!(?:năm|ngày)\s[^,;()]*\))({_PARTED}(?:\s*(?:,|;|và)\s*{_PARTED})*)\)(?=\s*[.;,]|[\s./*]*$)"
)
_PERIOD_BEFORE = re.compile(r"\b(?:năm|năm trước|liền kề|liền trước|kỳ báo cáo|quý)\s*$")
"""What a parenthesis spells out, where no work is due: "năm trước (từ 01/01 đến 31/12)"."""
_NEAR = 40
"""Characters before a parenthesis in which that stands."""
_PART = pattern(rf"\b(?!hoàn\b|thành\b){_PARTED}")


def find_deadlines(text: str, offset: int = 0, default_year: int | None = None) -> list[Term]:
    """The terms that ``text``, one unit, states, in order, none overlapping another; spans are moved by ``offset``.

    ``default_year`` completes dates printed without their year. Any text is accepted.
    """
    whole = stated_term(text, offset, default_year) if _NOTHING_ELSE.fullmatch(text) else None
    if whole:
        return [whole]
    found = _labelled(text, default_year) or _set_apart(text, default_year)
    taken = sorted([(term.start, term.end) for term in found] + [match.span() for match in _QUOTED.finditer(text)])
    for term in _spanned(text, default_year):
        if not _overlaps(taken, term.start, term.end):
            found.append(term)
            insort(taken, (term.start, term.end))
    for shape in _possible(text):
        for match in shape.finditer(text):
            if not _overlaps(taken, *match.span()) and is_term(text, match, default_year):
                found.append(read_term(match, default_year))
                insort(taken, match.span())
    return [t._replace(start=t.start + offset, end=t.end + offset) for t in sorted(found)]


def _set_apart(text: str, default_year: int | None) -> list[Term]:
    """The terms of a parenthesis that ends a clause and holds nothing else: "(trong quý IV/2031)", "(Quý IV/2031, quý
    I/2032 và thường xuyên)". A year or a day alone is none: it tells when an act or
    an event is from."""
    closings = [
        closing
        for closing in _CLOSING_PARENTHESIS.finditer(text)
        if closing[1].lower().startswith("từ") or not text.startswith(",", closing.end())
    ]
    terms = [
        stated_term(part.group(), closing.start(1) + part.start(), default_year)
        for closing in closings
        if not _PERIOD_BEFORE.search(text, max(0, closing.start() - _NEAR), closing.start())
        for part in _PART.finditer(closing[1])
    ]
    return [term for term in terms if term]


def stated_term(content: str, offset: int = 0, default_year: int | None = None) -> Term | None:
    """The term that the content of a line "Thời gian thực hiện: …" is, whatever its words; ``None`` where it is empty.

    The whole content is one term ("thường xuyên", "Năm 2025 và các năm tiếp theo"), its date that of its last words.
    """
    start = len(content) - len(content.lstrip(" \t*"))
    end = start + len(content[start:].rstrip(" \t.;,*/"))
    if start >= end:
        return None
    read = _last_words(content, start, end, default_year)
    recurrence = read.recurrence
    if recurrence is None and read.date is None:
        every = _EVERY_PERIOD.search(content, start, end)
        recurrence = "continuous" if _ALWAYS.search(content, start, end) else every and PERIODS[every["every"].lower()]
    return Term(start + offset, end + offset, read.date, recurrence)


def _last_words(content: str, start: int, end: int, default_year: int | None) -> Term:
    """What the last words of a term fix: one of its shapes, the end of a span of years, or a cell's "6/2025"; a start
    ("Từ năm 2026") fixes nothing."""
    nothing = Term(start, end, None, None)
    shapes = (RECURS, BEFORE, WITHIN, UNTIL, BARE)
    inner = [match for shape in shapes for match in shape.finditer(content, start, end) if in_calendar(match)]
    last = max(inner, key=lambda m: (m.end(), -m.start()), default=None)
    begins = last is not None and not last["day"] and _FROM.search(content, start, last.start())
    read = nothing if last is None or begins else read_term(last, default_year)
    if read.date is None and (span := _YEARS.search(content, start, end)):
        return read._replace(date=f"{span['last']}-12-31")
    short = None if begins or read.date or read.recurrence else SHORT.search(content, start, end)
    return read_term(short, default_year) if short and in_calendar(short) else read


def _labelled(text: str, default_year: int | None) -> list[Term]:
    """The terms after "Thời gian thực hiện:" within the text."""
    found = []
    for match in context().label.finditer(text):
        ends = _CLOSED_LABEL_END if text[match.start() - 1 : match.start()] == "(" else _LABEL_END
        end = ends.search(text, match.end())
        term = stated_term(text[match.end() : end.start() if end else len(text)], match.end(), default_year)
        if term:
            found.append(term)
    return found


def _spanned(text: str, default_year: int | None) -> list[Term]:
    """The terms after a "thời gian" that opens a clause without a colon: "thời gian lấy mẫu từ tháng 3 đến tháng 5"."""
    spans = SPANNING.finditer(text) if "gian" in text and _DIGIT.search(text) else ()
    return [t for m in spans if (t := stated_term(m["term"], m.start("term"), default_year))]


def _possible(text: str) -> list[re.Pattern[str]]:
    """The shapes that a text can hold, by words that they need: most texts are spared most of the search."""
    lower = text.lower()
    numbered = bool(_DIGIT.search(text))
    return [
        shape for shape, needed, digits in _NEEDED if (numbered or not digits) and any(word in lower for word in needed)
    ]


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(taken, (start, start))
    return (at < len(taken) and taken[at][0] < end) or (at > 0 and taken[at - 1][1] > start)
