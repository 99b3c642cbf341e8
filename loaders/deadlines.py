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
from functools import cache
from typing import Any, NamedTuple

from loaders.whens import (
    BARE,
    BEFORE,
    EACH,
    EVERY,
    LASTING,
    ONCE_EACH,
    OPENING_EACH,
    PERIODS,
    PLAIN_WHEN,
    RECURS,
    SEASON,
    SHORT,
    SPANNING,
    UNTIL,
    WITHIN,
    YEAR,
    Term,
    in_calendar,
    pattern,
    read_term,
)
from loaders.words import either
from ontology.tables import table

_NEEDED: tuple[tuple[re.Pattern[str], tuple[str, ...], bool], ...] = (
    (RECURS, ("hằng", "hàng", "mỗi", "trong", "quý"), False),
    (BEFORE, ("trước", "nhất", "hơn"), True),
    (WITHIN, ("trong", "vào", "xong"), True),
    (UNTIL, ("đến", "tới"), True),
    (EACH, ("định",), False),
    (OPENING_EACH, ("hằng", "hàng", "mỗi"), False),
    (ONCE_EACH, (" lần",), False),
    (LASTING, ("trong", "nhất"), True),
    (SEASON, ("mùa", "kỳ họp", "nguyên đán"), False),
    (BARE, ("năm", "tháng", "quý"), True),
)
"""The shapes in the order in which they are tried (a term taken by one is not read again by a weaker one), words one of
which each needs, and whether it needs a digit."""
_DIGIT = re.compile(r"\d")
_WINDOW = 70
"""Characters before and behind a term in which its context is read."""
_LONG_WINDOW = 240
"""Characters in which a level reached "vào năm …" may stand."""
_LAST_CLAUSE = re.compile(r"(?:[^.;:]|[.:](?=\S))*$")
_LABEL_END = re.compile(r"[;.](?=\s|$)|\./|$")
_CLOSED_LABEL_END = re.compile(r"[;.](?=\s|$)|\)|$")
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"")
_FINISHED = re.compile(r"(?:hoàn\s+thành|xong)\s*$", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"\s*(?:[.;,)/]|để\s+(?:tổng\s+hợp|báo\s+cáo|theo\s+dõi|xem\s+xét)\b|$)")
_HANDED_IN = re.compile(r"\b(?:nộp|gửi)\s+$")  # "được lập và nộp trước ngày …": what must be done
_REPORTS = re.compile(r"\b(?:báo\s+cáo|sơ\s+kết|tổng\s+kết)\b")
_SENT_TO = re.compile(
    r"\b[Bb]áo\s+cáo\s.*\b(?:về|tới|đến|cho|gửi|qua)\s+[A-ZĐÀ-Ỹ]"
)  # the report is due, whatever it tells
_CLAUSE_OPENS = re.compile(r"(?:^|[.;:])\s*$")
_COMMA = re.compile(r",\s*$")
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


class _Context(NamedTuple):
    """What stands before and behind a term, from ``deadlines.toml``."""

    label: re.Pattern[str]
    opens: re.Pattern[str]
    at_once: re.Pattern[str]
    lasting: re.Pattern[str]
    finishes: re.Pattern[str]
    done: re.Pattern[str]
    none: re.Pattern[str]
    past: re.Pattern[str]
    habit: re.Pattern[str]
    regime: re.Pattern[str]
    reports: re.Pattern[str]
    result: re.Pattern[str]
    level: re.Pattern[str]
    work: re.Pattern[str]
    next_work: re.Pattern[str]
    ordered: re.Pattern[str]
    ends_work: re.Pattern[str]
    described: re.Pattern[str]
    standard: re.Pattern[str]
    reach: re.Pattern[str]
    reached: re.Pattern[str]
    measure: re.Pattern[str]


@cache
def _context() -> _Context:
    rows: dict[str, Any] = table("deadlines.toml", "loaders")
    before, behind = rows["before"], rows["behind"]
    labels = either(label.replace(" ,", ",") for label in table("duties.toml", "loaders")["labels"]["deadline"])
    verbs = either(table("duties.toml", "loaders")["work"]["verbs"])
    return _Context(
        label=pattern(rf"(?:(?<=[.;,(])\s*|^[\s+•*-]*)(?:{labels})\s*:\s*(?=\S)"),
        opens=pattern(rf"(?:^|[.;:(]|(?<!\w){either(before['opens'])},?)\s*$"),
        at_once=pattern(rf"\b{either(before['at_once'])}\s*$"),
        lasting=pattern(rf"\b{either(before['lasting'])}\s*$"),
        finishes=pattern(rf"\b{either(before['finishes'])}\b(?:(?!\bđược\b)[^,.;:()]){{0,50}}$"),
        done=pattern(
            rf"\b{either(before['done'])}(?:[^,.;:()]{{0,40}}?\b{either(before['done_objects'])})?(?:\s*\([^()]{{0,40}}\))?,?\s*$"
        ),
        none=pattern(
            rf"(?:\b{either(before['none'])}|\b{either(before['described'])}(?:\s+\w+){{0,2}}\s+hoàn\s+thành"
            r"|\btừ\s+(?:ngày|tháng|năm|đầu|quý|\d)[^.;:,]{0,40})[\s,]*$"
        ),
        past=pattern(rf"\b{either(before['past'])}\b[^.;:,]{{0,40}}$"),
        habit=pattern(rf"\b{either(before['habit'])}\s*$"),
        regime=pattern(r"\bchế\s+độ\b[^.;:,]*$"),
        reports=pattern(rf"(?<!chế\ độ\ )\b{either(before['reports'])}\b[^.;:]*$"),
        result=pattern(rf"\s*,?\s*(?:[^\s.;:]+\s+){{0,4}}?{either(behind['result'])}\b"),
        level=pattern(rf"\s*,?\s*(?:{either(behind['level'])}|\d)"),
        work=pattern(rf"\s*[,:]?\s*(?:{verbs})\b"),
        next_work=pattern(rf"\s+và\s+(?:{verbs})\b"),
        ordered=pattern(rf"(?:^|[\s,])(?:{verbs}|giao|gửi)\b"),
        ends_work=pattern(rf"(?:^\s*|\bvà\s+){either(before['ends_work'])}\b"),
        described=pattern(rf"(?<!\w){either(before['past_or_result'])}(?!\w)"),
        standard=pattern(
            rf"(?<!\w)(?<!bên\s)(?<!nhận\s)(?<!sản\s)(?<!đồng\s)(?<!dịch\s){either(before['purpose'])}(?!\w)[^.;:]*$"
        ),
        reach=pattern(rf"\s*,?\s*{either(behind['reach'])}(?:\s+{either(behind['bound'])}){{0,2}}\s*[\d≥≤><~]"),
        reached=pattern(rf"\b{either(before['reached'])}\b[^.;:]{{0,60}}$"),
        measure=pattern(rf"{either(before['measure'])}|\d"),
    )


def find_deadlines(text: str, offset: int = 0, default_year: int | None = None) -> list[Term]:
    """The terms that ``text``, one unit, states, in order, none overlapping another; spans are moved by ``offset``.

    ``default_year`` completes dates printed without their year. Any text is accepted.
    """
    whole = stated_term(text, offset, default_year) if _NOTHING_ELSE.fullmatch(text) else None
    if whole:
        return [whole]
    found = _labelled(text, default_year)
    taken = sorted([(term.start, term.end) for term in found] + [match.span() for match in _QUOTED.finditer(text)])
    for term in _spanned(text, default_year):
        if not _overlaps(taken, term.start, term.end):
            found.append(term)
            insort(taken, (term.start, term.end))
    for shape in _possible(text):
        for match in shape.finditer(text):
            if not _overlaps(taken, *match.span()) and _is_term(text, match, default_year):
                found.append(read_term(match, default_year))
                insort(taken, match.span())
    return [t._replace(start=t.start + offset, end=t.end + offset) for t in sorted(found)]


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
    for match in _context().label.finditer(text):
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


def _is_term(text: str, match: re.Match[str], default_year: int | None) -> bool:
    """Whether the context makes a stated term of what looks like one."""
    start = match.start()
    before = text[max(0, start - _WINDOW) : start]
    before = before if start <= _WINDOW else "…" + before
    after = text[match.end() : match.end() + _WINDOW]
    if not in_calendar(match):
        return False
    if match.re is EACH and match.group().lower().startswith("theo"):
        return not _context().regime.search(before)  # "theo định kỳ hằng năm hoặc đột xuất" says when
    if match.re is EACH and match["every"].lower() == "năm":
        if _context().opens.search(before):
            return True
        return bool(_context().reports.search(before)) and not _context().habit.search(before)
    if match.re is LASTING and _context().standard.search(text, max(0, start - _LONG_WINDOW), start):
        return False
    if match.re is OPENING_EACH:
        return bool(_REPORTS.search(after.partition(".")[0]))
    if match.re in (RECURS, EACH, ONCE_EACH, LASTING, SEASON):
        return not _context().habit.search(before)
    if match.re is BEFORE:
        return not _context().past.search(before) or bool(_HANDED_IN.search(before))
    if match.re in (UNTIL, WITHIN) and _reaches(match, before, after, default_year):
        return True
    if _context().none.search(before):
        return False
    if match.re is UNTIL:
        return _until(match, before, after)
    if match.re is BARE:
        return _bare(match, before, after)
    clause = _LAST_CLAUSE.search(text[max(0, start - _LONG_WINDOW) : start])
    return _within(match, before, after, clause.group() if clause else before)


def _reaches(match: re.Match[str], before: str, after: str, default_year: int | None) -> bool:
    """ "nâng tỷ lệ … đến năm 2026 đạt 91%": a year before a level to reach is its term, not before one reached."""
    past = bool(match["y5"] and default_year and int(match["y5"]) < default_year)
    return bool(match["y5"] and not past and _context().reach.match(after)) and not _context().reached.search(before)


def _until(match: re.Match[str], before: str, after: str) -> bool:
    """ "đến cuối năm 2023 có thêm …" is a term; "về phát triển … đến năm 2030", "đến ngày 20 đã giải ngân" are none."""
    if _result(after):
        return False
    if match["y1"] and _CLAUSE_ENDS.match(after) and _context().lasting.search(before):
        return True
    opened = bool(_context().opens.search(before)) or bool(_COMMA.search(before) and _context().level.match(after))
    return opened or bool(_context().done.search(before)) or bool(match["through"] and not match["y5"])


def _within(match: re.Match[str], before: str, after: str, clause: str) -> bool:
    """ "hoàn thành trong quý II/2020", "đạt 90% vào năm 2025"; not "nhiệm vụ được giao trong năm 2025"."""
    if match.group().lower().startswith("xong") or _context().done.search(before) or _context().at_once.search(before):
        return True
    if _closes_order(match, after, clause):
        return True
    if match.group().lower().startswith("vào"):
        return bool(match["y5"] and _context().measure.search(clause)) and not _context().past.search(before)
    dated = not match["y5"] and any(match[name] for name in ("y1", "y2", "y3", "y4"))
    if dated and _context().finishes.search(before):
        return True
    opened = _context().opens.search(before)
    if not dated:
        opened = _context().level.match(after) and (opened or _COMMA.search(before))
    return bool(opened) and not _result(after)


def _closes_order(match: re.Match[str], after: str, clause: str) -> bool:
    """Whether a day, month or quarter ends the clause of an order ("gửi Sở A trong tháng 9/2026"), or a year one that
    brings something to its end ("trình Hội đồng nhân dân tỉnh sửa đổi Nghị quyết trong năm 2026"): not the time of what
    was done or is only described ("kết quả thực hiện trong quý II/2026", "các vụ cháy xảy ra trong tháng 4/2026")."""
    c, phrase = _context(), clause.rpartition(",")[2]
    if not (_CLAUSE_ENDS.match(after) or c.next_work.match(after)):
        return False
    if c.described.search(phrase) and not _SENT_TO.search(phrase):
        return False
    if match["y5"]:
        return not match["part"] and bool(c.ends_work.search(phrase))
    return bool(c.ordered.search(clause))


def _bare(match: re.Match[str], before: str, after: str) -> bool:
    """ "(cuối năm 2023 đạt 25%)", "phấn đấu năm 2025 đạt …", "hoàn thành quý II/2020"."""
    if match["day"] or match["only_month"] or match["quarter"]:
        named = match.group().lower().startswith(("ngày", "tháng", "quý", "cuối", "hết", "đầu"))
        if match["y2"] or match["y3"]:
            return named and bool(_FINISHED.search(before) or _ordered(before, after))
        return named and bool(_FINISHED.search(before))
    if (match["part"] or "").lower() in ("cuối", "hết") and _ordered(before, after):
        return True
    return bool(_context().opens.search(before) and _context().level.match(after)) and not _result(after)


def _ordered(before: str, after: str) -> bool:
    """Whether a period opens a clause and the work follows it: "Quý II/2026, trình …", "Cuối năm 2026 tổng kết …"."""
    return bool(_CLAUSE_OPENS.search(before) and _context().work.match(after)) and not _result(after)


def _result(after: str) -> bool:
    """Whether what follows a period was reached in it ("đến ngày 20 đã giải ngân"), not a level to reach."""
    return bool(_context().result.match(after)) and not _context().reach.match(after)
