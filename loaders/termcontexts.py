"""Whether what stands around a day, month, quarter or year makes it a term of the unit.

Reads a match of one of the shapes of :mod:`loaders.whens` and the words around it; the words that decide stand in
``deadlines.toml``. A period in a name, a start, a cut-off of figures and what was done in a period are no terms.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from loaders.whens import (
    BARE,
    BEFORE,
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    EACH,
    HANDLED,
    LASTING,
    LASTS,
    ONCE_EACH,
    OPENING_EACH,
    RECURS,
    REPORTED_EACH,
    SEASON,
    TAKES_EFFECT,
    UNTIL,
    WITHIN,
    in_calendar,
    pattern,
)
from loaders.words import either
from ontology.tables import table

_WINDOW = 70
"""Characters before and behind a term in which its context is read."""
_LONG_WINDOW = 240
"""Characters in which a level reached "vào năm …" may stand."""
_HAPPENED = re.compile(r"\b(?:được|đã|xảy ra|phát sinh|diễn ra)\b")
"""What was done or happened, in a clause that brings something to its end."""
_DONE = re.compile(r"\s*,?\s*(?:[^\s.;:]+\s+){0,4}?(?:đã|ước)\b")
_LAST_CLAUSE = re.compile(r"(?:[^.;:]|[.:](?=\S))*$")
_FINISHED = re.compile(r"(?:hoàn\s+thành|xong)\s*$", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"\s*(?:[.;,()/]|để\b|$)")
_HANDED_IN = re.compile(r"\b(?:nộp|gửi)\s+$")  # "được lập và nộp trước ngày …": what must be done
_REPORTS = re.compile(r"\b(?:báo\s+cáo|sơ\s+kết|tổng\s+kết)\b")
_SENT_TO = re.compile(
    r"\b[Bb]áo\s+cáo\s.*\b(?:về|tới|đến|cho|gửi|qua)\s+[A-ZĐÀ-Ỹ]"
)  # the report is due, whatever it tells
_LEVEL = re.compile(r"\b(?:ít nhất|khoảng|tối thiểu|trên|đạt)\s+\d")
_LEVELLED = re.compile(r"(?:vào|trước) cuối|trong nhiệm kỳ", re.IGNORECASE)
_AIMED = re.compile(r"\s*(?:phấn đấu|bảo đảm|đảm bảo)\b", re.IGNORECASE)
_OUTLOOK = re.compile(r"\W*tầm nhìn\s*", re.IGNORECASE)
_REVIEWS = re.compile(r"\b(?P<what>sơ|tổng) kết\s+$", re.IGNORECASE)  # "sơ kết năm 2027, tổng kết năm 2030"
_AT_LEAST = re.compile(r"\b(?:ít nhất|khoảng|tối thiểu)\s+\d|^\s*trước mắt\s+hoàn thành\s+\d")
_WEEKDAY = re.compile(r"\b(?:thứ|chủ nhật)\b", re.IGNORECASE)
_CLAUSE_OPENS = re.compile(r"(?:^|[.;:])\s*$")
_COMMA = re.compile(r",\s*$")
_COMMA_NEXT = re.compile(r",\s(?!(?:\w+\s){1,8}?(?:đã|được|có)\b)")  # "Trong năm 2026, các xã phải thực hiện xong …"


class Context(NamedTuple):
    """What stands before and behind a term, from ``deadlines.toml``."""

    label: re.Pattern[str]
    handles: re.Pattern[str]
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
    brings_end: re.Pattern[str]
    ends_work: re.Pattern[str]
    described: re.Pattern[str]
    standard: re.Pattern[str]
    reach: re.Pattern[str]
    reached: re.Pattern[str]
    measure: re.Pattern[str]


@cache
def context() -> Context:
    """The patterns of the table, compiled."""
    rows: dict[str, Any] = table("deadlines.toml", "loaders")
    before, behind = rows["before"], rows["behind"]
    labels = either(label.replace(" ,", ",") for label in table("duties.toml", "loaders")["labels"]["deadline"])
    verbs = either(table("duties.toml", "loaders")["work"]["verbs"])
    return Context(
        label=pattern(rf"(?:(?<=[.;,(])\s*|^[\s+•*-]*)(?:{labels})\s*:\s*(?=\S)"),
        handles=pattern(rf"\b{either(before['handles'])}\b[^.;:,]*$"),
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
        level=pattern(rf"\s*[,:]?\s*(?:{either(behind['level'])}|\d)"),
        work=pattern(rf"\s*[,:]?\s*(?:{verbs})\b"),
        next_work=pattern(rf"\s+và\s+(?:{verbs})\b"),
        ordered=pattern(rf"(?:^|[\s,])(?:{verbs}|giao|gửi)\b"),
        brings_end=pattern(rf"(?:^\s*(?:[^\W\d_]+\s+){{0,4}}?|\bvà\s+){either([*before['ends_work'], 'công bố'])}\b"),
        ends_work=pattern(rf"(?:^\s*|\bvà\s+){either(before['ends_work'])}\b"),
        described=pattern(rf"(?<!\w){either(before['past_or_result'])}(?!\w)"),
        standard=pattern(
            rf"(?<!\w)(?<!bên\s)(?<!nhận\s)(?<!sản\s)(?<!đồng\s)(?<!dịch\s){either(before['purpose'])}(?!\w)[^.;:]*$"
        ),
        reach=pattern(rf"\s*,?\s*{either(behind['reach'])}(?:\s+{either(behind['bound'])}){{0,2}}\s*[\d≥≤><~]"),
        reached=pattern(rf"\b{either(before['reached'])}\b[^.;:]{{0,60}}$"),
        measure=pattern(rf"{either(before['measure'])}|\d"),
    )


def is_term(text: str, match: re.Match[str], default_year: int | None) -> bool:
    """Whether the context makes a stated term of what looks like one."""
    start = match.start()
    before = text[max(0, start - _WINDOW) : start]
    before = before if start <= _WINDOW else "…" + before
    after = text[match.end() : match.end() + _WINDOW]
    if not in_calendar(match):
        return False
    if match.re is EACH and match.group().lower().startswith("theo"):
        return not context().regime.search(before)  # "theo định kỳ hằng năm hoặc đột xuất" says when
    if match.re is EACH and match["every"].lower() == "năm":
        if context().opens.search(before):
            return True
        return bool(context().reports.search(before)) and not context().habit.search(before)
    if match.re is LASTING and context().standard.search(text, max(0, start - _LONG_WINDOW), start):
        return False
    if match.re is OPENING_EACH:
        return match["every"].lower() != "năm" or bool(_REPORTS.search(after.partition(".")[0]))
    if match.re is LASTS:
        if match["day"] and not _campaign(before, after):
            return False
        return not (context().none.search(before) or context().past.search(before))
    if match.re is HANDLED:
        return bool(context().handles.search(before))
    if match.re is RECURS and _WEEKDAY.search(match.group()):
        return True  # "báo cáo kết quả vào thứ Sáu hằng tuần"
    if match.re is SEASON:  # "báo cáo kết quả tại kỳ họp cuối năm"; "đạt 50% vào cuối năm" only with a level
        return not _LEVELLED.match(match.group()) or bool(_LEVEL.search(before.rpartition(";")[2]))
    if match.re in (RECURS, EACH, ONCE_EACH, LASTING, TAKES_EFFECT, REPORTED_EACH):
        return not context().habit.search(before)
    if match.re in (BEFORE, DAY_OF_MONTH, DAY_OF_WEEK):
        return not context().past.search(before) or bool(_HANDED_IN.search(before))
    if match.re in (UNTIL, WITHIN) and _reaches(match, before, after, default_year):
        return True
    if match.re is UNTIL and _OUTLOOK.fullmatch(before) and after.lstrip("* ").startswith(":"):
        return True  # "Tầm nhìn đến năm 2045: thu hút …"
    if match.re is BARE and match["y5"] and _reviewed(text, match, before):
        return True
    if context().none.search(before):
        return False
    opens = bool(_CLAUSE_OPENS.search(before)) and _ahead(match, default_year)
    if match.re is BARE:
        return _bare(match, before, after) or (opens and after.startswith(":") and bool(context().work.match(after)))
    found = _LAST_CLAUSE.search(text[max(0, start - _LONG_WINDOW) : start])
    clause = found.group() if found else before
    if match.re is UNTIL:
        aims = opens or (_ahead(match, default_year) and context().opens.search(before))
        built = aims and _result(after) and not _DONE.match(after)  # "Đến năm 2030 xây dựng được 02 trạm"
        return bool(built) or _ends_then(match, after, clause) or _until(match, before, after)
    ordered = _COMMA_NEXT.match(after) or context().work.match(after)
    return bool(opens and ordered and not _result(after)) or _within(match, before, after, clause)


def _campaign(before: str, after: str) -> bool:
    """Whether work is ordered for a span of days ("ra quân từ ngày 10/3 đến ngày 30/4"), not figures of that time or
    weather told."""
    c, phrase = context(), before.rpartition(",")[2]
    ordered = c.ordered.search(before) or c.work.match(after) or _COMMA_NEXT.match(after)
    return bool(ordered) and not c.described.search(phrase)


def _reviewed(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a year says when the work is reviewed, halfway or at its end: the other review is told beside it."""
    review = _REVIEWS.search(before)
    near = text[max(0, match.start() - _LONG_WINDOW) : match.end() + _LONG_WINDOW].lower()
    return review is not None and ("tổng kết" if review["what"].lower() == "sơ" else "sơ kết") in near


def _reaches(match: re.Match[str], before: str, after: str, default_year: int | None) -> bool:
    """ "nâng tỷ lệ … đến năm 2026 đạt 91%": a year before a level to reach is its term, not before one reached."""
    past = bool(match["y5"] and default_year and int(match["y5"]) < default_year)
    return bool(match["y5"] and not past and context().reach.match(after)) and not context().reached.search(before)


def _ahead(match: re.Match[str], default_year: int | None) -> bool:
    """Whether a term names the year of its document or a later one."""
    return bool(match["y5"] and default_year and int(match["y5"]) >= default_year)


def _ends_then(match: re.Match[str], after: str, clause: str) -> bool:
    """Whether an order ends with the day up to which it holds: "duy trì trực ban cho đến hết năm 2026", "hoàn thành …
    đến hết tháng 5", "với quy mô khoảng 300 ha đến năm 2030"."""
    c = context()
    if not _CLAUSE_ENDS.match(after):
        return False
    if match["through"] and c.ends_work.match(clause):
        return True
    if match.group().lower().startswith("cho") and c.ordered.search(clause):
        return True
    return bool(_LEVEL.search(clause)) and not c.described.search(clause)


def _until(match: re.Match[str], before: str, after: str) -> bool:
    """ "đến cuối năm 2023 có thêm …" is a term; "về phát triển … đến năm 2030", "đến ngày 20 đã giải ngân" are none."""
    if _result(after):
        return False
    if match["y1"] and _CLAUSE_ENDS.match(after) and context().lasting.search(before):
        return True
    opened = bool(context().opens.search(before)) or bool(_COMMA.search(before) and context().level.match(after))
    return opened or bool(context().done.search(before)) or bool(match["through"] and not match["y5"])


def _within(match: re.Match[str], before: str, after: str, clause: str) -> bool:
    """ "hoàn thành trong quý II/2020", "đạt 90% vào năm 2025"; not "nhiệm vụ được giao trong năm 2025"."""
    if match.group().lower().startswith("xong") or context().done.search(before) or context().at_once.search(before):
        return True
    if _closes_order(match, after, clause):
        return True
    if match.group().lower().startswith("vào"):
        due = match["y5"] and (context().measure.search(clause) or _ends_clause_of_order(after, clause))
        return bool(due) and not context().past.search(before)
    dated = not match["y5"] and any(match[name] for name in ("y1", "y2", "y3", "y4"))
    if dated and context().finishes.search(before):
        return True
    opened = context().opens.search(before)
    if not dated or _COMMA.search(before):
        opened = context().level.match(after) and (opened or _COMMA.search(before))
    return bool(opened) and not _result(after)


def _closes_order(match: re.Match[str], after: str, clause: str) -> bool:
    """Whether a day, month or quarter ends the clause of an order ("gửi Sở A trong tháng 9/2026"), or a year one that
    brings something to its end ("trình Hội đồng nhân dân tỉnh sửa đổi Nghị quyết trong năm 2026"): not the time of what
    was done or is only described ("kết quả thực hiện trong quý II/2026", "các vụ cháy xảy ra trong tháng 4/2026")."""
    c, phrase = context(), clause.rpartition(",")[2]
    if not _ends_clause_of_order(after, clause):
        return False
    return not match["y5"] or (not match["part"] and bool(c.ends_work.search(phrase) or _AT_LEAST.search(phrase)))


def _ends_clause_of_order(after: str, clause: str) -> bool:
    """Whether a clause that orders work, and tells of none that was done, ends or goes on to the next work."""
    c, phrase = context(), clause.rpartition("(")[2].rpartition(",")[2]
    if not (_CLAUSE_ENDS.match(after) or c.next_work.match(after)):
        return False
    told = _HAPPENED if c.brings_end.match(phrase) else c.described  # "phê duyệt kết quả toàn tỉnh trong tháng 12/2031"
    if told.search(phrase) and not _SENT_TO.search(phrase) and not _AIMED.match(phrase):
        return False
    return bool(c.ordered.search(clause) or c.ordered.search(phrase))


def _bare(match: re.Match[str], before: str, after: str) -> bool:
    """ "(cuối năm 2023 đạt 25%)", "phấn đấu năm 2025 đạt …", "hoàn thành quý II/2020"."""
    if _CLAUSE_OPENS.search(before) and after.startswith(":"):
        return match.group().lower().startswith(("cuối", "hết"))  # "Hết tháng 11/2026: 95% hồ sơ …"
    if match["day"] or match["only_month"] or match["quarter"]:
        named = match.group().lower().startswith(("ngày", "tháng", "quý", "cuối", "hết", "đầu"))
        if match["y2"] or match["y3"]:
            return named and bool(_FINISHED.search(before) or _ordered(before, after))
        return named and bool(_FINISHED.search(before))
    if (match["part"] or "").lower() in ("cuối", "hết") and _ordered(before, after):
        return True
    return bool(context().opens.search(before) and context().level.match(after)) and not _result(after)


def _ordered(before: str, after: str) -> bool:
    """Whether a period opens a clause and the work follows it: "Quý II/2026, trình …", "Cuối năm 2026 tổng kết …"."""
    return bool(_CLAUSE_OPENS.search(before) and context().work.match(after)) and not _result(after)


def _result(after: str) -> bool:
    """Whether what follows a period was reached in it ("đến ngày 20 đã giải ngân"), not a level to reach."""
    return bool(context().result.match(after)) and not context().reach.match(after)
