"""The figures a unit states: what is measured, how it compares, how much, in which unit.

Reads clean text of ONE unit; writes one :class:`Figure` per figure, in order. How such documents are written: decimals
with a comma and thousands with a point ("14.560,5"), bounds before or after the number ("từ 90% trở lên", "ít nhất",
"dưới"), a range as two bounds, an increase and the level it leads to as two figures. The unit is "%" or the counted
noun, its scale kept ("130 triệu USD"). Dates, numbers of documents, items and places, and counts that only name an
object ("03 Chương trình mục tiêu quốc gia") are none. The words stand in ``units_of_measure.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from loaders.figureclasses import names_class, names_low_share
from loaders.figurecounts import Figure as Figure
from loaders.figurecounts import counts_names, spelled_counts, unit_before
from loaders.figurenames import measured_against, only_against, phrase_before, phrase_behind
from loaders.records import Comparator
from loaders.words import either
from ontology.tables import table

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+\.\d{1,2}(?![\d.])|\d+)"
"""A number printed the Vietnamese way, and "1.5"."""
_FIGURE = re.compile(
    rf"(?<![\w/.,])(?<!\w[-–])(?P<a>{NUMBER})"
    rf"(?P<ua>[^\S\n]*%)?(?:\s*(?:[-–]|đến|tới)\s*(?P<b>{NUMBER})(?![\d/]))?(?![\d])"
)
_DIGITS = re.compile(r"\d+")
_YEARS = range(1900, 2101)
_CLAUSE_END = re.compile(r"[;.:()](?=\s|$)|[()]")
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"")
_ABOVE = re.compile(r"[^;.\d()]{0,90}?\btrở\s+(?P<way>lên|xuống)\b")
_BY_YEAR = r"(?:\s+(?:vào|đến|trong)\s+(?:(?:hết|cuối)\s+)?năm\s+\d{4}(?:\s+đạt)?)?"
_CAPITAL_OF = re.compile(r"\s*vốn\s+(?:nhà\s+nước|nước\s+ngoài|điều\s+lệ)", re.IGNORECASE)
_ROUND = r"10{0,2}(?:\.000)*(?![\d.,])"
_WHOM = r"(?:phụ\s+nữ|bé\s+gái|trẻ\s+sơ\s+sinh(?:\s+gái)?|[^\W\d_]+)(?!\w)"
_PER = re.compile(
    rf"(?:(?:\s+[^\W\d_]+){{0,3}}\s?/\s?{_ROUND}\s*(?:(?:nghìn|ngàn|vạn|triệu)\s+)?|\s?/\s?(?=[^\W\d_])){_WHOM}"
    rf"|\s+trên\s+{_ROUND}\s+(?:vạn\s+)?(?:người\s+)?dân(?!\w)"
)
_RATE = re.compile(r"\s?/\s?(?:giờ|ngày|đêm|tuần|tháng|quý|năm)(?!\w)", re.IGNORECASE)
_OF = re.compile(r"/\d{1,4}(?=\s+[^\W\d_])")
_ON_ONE = re.compile(r"(?<=trên )0?1$")
_HECTARE = re.compile(r"\s*(?:ha|héc ta)\b")
_ONLY_PER = re.compile(rf"\s?/\s?(?:100|1\.000|10\.000|100\.000)\s+{_WHOM}")
_CHAINED = re.compile(r"(?:\bvà|,)\s*$")
_LEAD_IN = re.compile(
    r"[\s,]*(?:\b(?:đạt|từ|là|được|ước|thêm|(?<!trở\s)lên|(?<!trở\s)xuống|còn|ở mức"
    r"|mức|với|cho|khoảng|trên|dưới|ít nhất|tối thiểu|hơn|tăng"
    r"|giảm|có|bằng|không quá|tối đa)\b\s*)*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\s*/\s*(?:năm|tháng|quý|người)\b)*[\s,–-]*(?:(?:(?:đến|trước)\s+(?:hết\s+)?(?:ngày\s+)?\d{1,2}(?:\s+tháng\s+|/)\d{1,2}(?:\s+năm\s+|/)\d{4}[\s,]*)"
    r"|(?:và|với|trong đó|đồng thời|phấn đấu|duy trì|bảo đảm|đảm bảo)\b[\s,:]*"
    r"|(?:đến|trong|từ|tới|vào)?\s*(?:(?:hết|cuối|đầu)\s+)?năm\s+\d{4}(?:\s+trở\s+đi)?[\s,]*)*",
    re.IGNORECASE,
)
_PRECEDING = re.compile(r"(?<![^;.:()])[^;.:()]++(?=(?:\([^()]*\)|:)\s*$)")  # one try for each run: linear
_MEASURED = re.compile(
    r"(?:tổng|số|tỷ|tỉ|diện|sản|dân|đàn|giá|thu|chi|doanh|khách|mức|chỉ|bình|quy mô|năng)", re.IGNORECASE
)
_FOLLOWING = re.compile(r"(?:[^\W\d_]|[ ,/-]){0,140}")
_TRAILING = re.compile(
    r"(?:[\s,/-]|\b(?:và|trên|dưới|đạt|tăng|giảm|có|từ|khoảng|ít nhất|tối thiểu|với|trong đó|là|bằng)\b)+$", re.I
)
_BOUND = re.compile(r"\btrở (?:lên|xuống)\b")
_AGAINST = re.compile(r", so với .*$")
_LEVEL_OF = re.compile(r", (?:tăng|giảm)(?: thêm)?$")
_CHANGE = re.compile(
    r"\b(?P<way>(?:tăng|giảm)(?:\s+thêm)?)\s*(?:(?:ít nhất|tối thiểu|khoảng|trên|bình quân)\s*)?$", re.IGNORECASE
)
_AIM_WORDS = 6
_BEFORE = 60
"""Characters before a number in which its context is read."""
_LEADING_IN = 200
"""Characters before a number in which the words that lead in to it are looked for."""


class _Grammar(NamedTuple):
    unit: re.Pattern[str]
    never: re.Pattern[str]
    verbs: re.Pattern[str]
    names: re.Pattern[str]
    substances: re.Pattern[str]
    counted: re.Pattern[str]
    taken: re.Pattern[str]
    reach: re.Pattern[str]
    comparators: tuple[tuple[Comparator, re.Pattern[str]], ...]


@cache
def _grammar() -> _Grammar:
    rows: dict[str, Any] = table("units_of_measure.toml", "loaders")
    number, figure = rows["number"], rows["figure"]
    scale = rf"(?:(?P<scale>{either(number['scales'])})\b\s*)?"
    gap = rf"(?:\s+[^\s\d,;.:]+){{0,{figure['reach_words']}}}"
    order: tuple[Comparator, ...] = (">=", "<=", ">", "<", "~")
    return _Grammar(
        unit=re.compile(
            rf"[^\S\n]*(?:(?P<percent>%)|{scale}(?:(?P<measure>{either(number['measures'])}(?!\w)(?!\s+chí\b))"
            rf"|(?<=\s)(?P<counted>{either(number['counted'])}(?!\w))|(?<=\s)(?P<noun>[^\W\d_]+))?)",
            re.IGNORECASE,
        ),
        never=re.compile(rf"{either(number['never'])}(?!\w)", re.IGNORECASE),
        verbs=re.compile(rf"{either(table('duties.toml', 'loaders')['work']['verbs'])}(?!\w)", re.IGNORECASE),
        names=re.compile(rf"(?:^|(?<=[\s(“\"])){either(number['names'])}\s*$", re.IGNORECASE),
        substances=re.compile(rf"(?:^|(?<=[\s(])){either(number['substances'])}\s*$", re.IGNORECASE),
        counted=re.compile(rf"{either(number['counted'])}(?!\w)", re.IGNORECASE),
        taken=re.compile(rf"(?:^|(?<=[\s(“\"])){either(number['taken'])}\s+\w+\s*$", re.IGNORECASE),
        reach=re.compile(rf"\b{either(figure['reach'])}{gap}\s*$", re.IGNORECASE),
        comparators=tuple(
            (
                sign,
                re.compile(
                    rf"(?:^|(?<=[\s(])){either(rows['comparators'][sign])}(?:\s+là)?{_BY_YEAR}\s*$", re.IGNORECASE
                ),
            )
            for sign in order
        ),
    )


def find_quantities(text: str, is_target: bool, *, is_report: bool = False) -> list[Figure]:
    """The figures that ``text`` states, in order. Percentages and measured amounts always are, in a target every count;
    in a task a count is one only where it is aimed at ("có thêm 03 sản phẩm"), in a report (``is_report``) also
    where its noun is one that is counted ("57 thửa đất"). Any text is accepted."""
    found: list[Figure] = []
    counts = frozenset({"counted", "noun"} if is_target else {"counted"} if is_report else ())
    quoted = [] if is_target else [match.span() for match in _QUOTED.finditer(text)]
    bounds = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text) + 1]
    quote = clause = 0
    for match in _figures(text):
        while bounds[clause + 1] <= match.start():
            clause += 1
        while quote < len(quoted) and quoted[quote][1] <= match.start():
            quote += 1
        if (quote < len(quoted) and quoted[quote][0] <= match.start()) or (found and match.start() < found[-1].end):
            continue
        found += _read(text, match, bounds[clause], bounds[clause + 1], counts, found)
    found += spelled_counts(text, is_target)
    return sorted(found, key=lambda figure: (figure.start, figure.end))


def _figures(text: str) -> Iterator[re.Match[str]]:
    """What has the shape of a figure, in order; one begins where digits do: the rest is passed over fast."""
    end = 0
    for digits in _DIGITS.finditer(text):
        match = _FIGURE.match(text, digits.start()) if digits.start() >= end else None
        if match:
            end = match.end()
            yield match


def read_number(printed: str) -> float:
    """The value of a number printed the Vietnamese way ("14.560,5" is 14560.5, "1.5" is 1.5)."""
    if "," in printed or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", printed):
        printed = printed.replace(".", "").replace(",", ".")
    return float(printed)


class _Unit(NamedTuple):
    text: str
    kind: str
    end: int


def _read(
    text: str, match: re.Match[str], clause: int, clause_end: int, counts: frozenset[str], found: list[Figure]
) -> list[Figure]:
    """The figures that one number, or one range, of the text states: none, one or two. ``counts``: the kinds of counts
    that are figures wherever they stand."""
    before = text[max(clause, match.start() - _BEFORE) : match.start()]
    unit = _unit(text, match) or _headed(text, match, clause, counts)
    first, second = read_number(match["a"]), read_number(match["b"]) if match["b"] else None
    if unit is None or _is_name(match, unit, before, first, second):
        return []
    if unit.kind in ("counted", "noun") and counts_names(text, first, unit.end):
        return []
    above = _ABOVE.match(text, unit.end, clause_end)
    sign = _comparator(before, above)
    if not counts and _tells_which(text, match, unit, sign, clause, bounded=above is not None):
        return []
    chained = bool(found) and found[-1].end > clause and bool(_CHAINED.search(before))
    if unit.kind in ("counted", "noun") and not (unit.kind in counts or sign != "=" or chained or _aimed(before, unit)):
        return []
    floor = max(clause, found[-1].end if found else 0)
    last_name = found[-1].name if found else ""
    name, start, end = _name(text, match, unit, floor, above.end() if above else unit.end, clause_end, last_name)
    if second is None:
        return [Figure(name, sign, first, unit.text, start, end)]
    if second < first:  # "… năm 2026 - 40 tỷ đồng": no range falls
        return [Figure(name, sign, second, unit.text, max(start, match.start("b")), end)]
    return [Figure(name, ">=", first, unit.text, start, end), Figure(name, "<=", second, unit.text, start, end)]


def _tells_which(text: str, match: re.Match[str], unit: _Unit, sign: Comparator, clause: int, *, bounded: bool) -> bool:
    """Whether a number of a task only tells which things are meant."""
    before = text[max(clause, match.start() - _LEADING_IN) : match.start()]
    if unit.kind == "measure" and not match["b"]:
        return names_class(before, text[unit.end : unit.end + 4], bounded=bounded)
    return unit.kind == "percent" and sign == "<" and names_low_share(before)


def _unit(text: str, match: re.Match[str]) -> _Unit | None:
    """The unit behind a number and where it ends; ``None`` where what follows makes it no figure."""
    if match["ua"] and not match["b"]:
        return None if _CAPITAL_OF.match(text, match.end()) else _Unit("%", "percent", match.end())
    if _ON_ONE.search(text, max(0, match.start() - _BEFORE), match.end()) and _HECTARE.match(text, match.end()):
        return None  # "giá trị sản xuất trên 01 ha đất": for each
    if only := _ONLY_PER.match(text, match.end()):
        return _Unit(" ".join(only.group().split()), "measure", only.end())
    whole = _OF.match(text, match.end())
    unit = _grammar().unit.match(text, whole.end() if whole else match.end())
    if unit is None or unit.end() == match.end() or (whole and not unit["counted"]):
        return None
    if unit["percent"]:
        return None if _CAPITAL_OF.match(text, unit.end()) else _Unit("%", "percent", unit.end())
    word = unit["measure"] or unit["counted"] or unit["noun"]
    if not word and not unit["scale"]:
        return None
    kind = "measure" if unit["measure"] or unit["scale"] else "counted" if unit["counted"] else "noun"
    begins = unit.end() - len(word or "")
    short = kind == "counted" and word.isupper()  # "50 HTX"
    if word and (_grammar().never.match(text, begins) or (kind != "measure" and word[0].isupper() and not short)):
        return None
    if kind == "noun" and _grammar().verbs.match(text, begins):
        return None
    if kind == "measure" and word in ("G", "M") and not unit["scale"]:
        return None
    rate = _RATE.match(text, unit.end())
    kind = "measure" if rate and kind == "counted" else kind
    per = rate or _PER.match(text, unit.end())
    end = per.end() if per else unit.end()
    return _Unit(" ".join(text[whole.end() if whole else match.end() : end].split()), kind, end)


def is_measure(words: str) -> bool:
    """Whether words name what a figure is counted in ("ha", "nghìn lượt khách", "%"), not a noun of any kind."""
    found = _grammar().unit.match(f" {words}")
    return found is not None and any(found[name] for name in ("percent", "scale", "measure", "counted"))


def _headed(text: str, match: re.Match[str], clause: int, counts: frozenset[str]) -> _Unit | None:
    """The unit of a number that ends its clause, where "số …" named it before and counts are figures."""
    named = None if match["ua"] or "counted" not in counts else unit_before(text, match.start(), match.end(), clause)
    return _Unit(named, "counted", match.end()) if named else None


def _is_name(match: re.Match[str], unit: _Unit, before: str, first: float, second: float | None) -> bool:
    """Whether the number only names something: a year, an item, a part of a date, the number in a name."""
    if unit.kind == "percent":
        return bool(_grammar().substances.search(before))
    if unit.kind == "measure":
        return False
    naming = _grammar().names.search(before)
    if naming and not (_grammar().taken.search(before) and _grammar().counted.match(naming.group())):
        return True
    years = [value for value in (first, second) if value is not None and value in _YEARS and value.is_integer()]
    return bool(years) and unit.kind == "noun" and "." not in match["a"]


def _comparator(before: str, above: re.Match[str] | None) -> Comparator:
    if above:
        return ">=" if above["way"].lower() == "lên" else "<="
    return comparator_before(before)


def comparator_before(before: str) -> Comparator:
    """How a number compares by the words that stand before it ("không quá"), "=" where none does."""
    return next((sign for sign, pattern in _grammar().comparators if pattern.search(before)), "=")


def _aimed(before: str, unit: _Unit) -> bool:
    """Whether a count is aimed at; "cả 03 tiêu chí" says that every criterion is."""
    every = unit.text.startswith("tiêu chí") and before.rstrip().lower().endswith("cả")
    return every or bool(_grammar().reach.search(before))


def _name(
    text: str, match: re.Match[str], unit: _Unit, floor: int, end: int, clause_end: int, last_name: str
) -> tuple[str, int, int]:
    """What is measured, and the span of the words that state the figure.

    Named before the number, else behind it, else before the colon or parenthesis that it follows, else as the figure
    before it ("… tăng thêm 1,2% (cuối năm 2026 đạt 94%)").
    """
    leading = _LEADING.match(text, floor, match.start())
    start = leading.end() if leading else floor
    before = text[start : match.start()]
    lead = _LEAD_IN.search(before, max(0, len(before) - _LEADING_IN))
    bare = (before[: lead.start()] if lead else before).strip()
    counted = unit.kind in ("counted", "noun")
    percent = unit.kind == "percent"
    a, b = phrase_before(bare, share=percent)
    against = measured_against(text[unit.end : unit.end + _BEFORE]) if percent else None
    if b - a > 1 and not only_against(bare[a:b]) and (not counted or _MEASURED.match(bare, a)):
        return _with_change(bare[a:b], before), start + before.index(bare) + a, end
    if against and (last_name or bare):
        base = last_name if not bare or only_against(bare) else bare
        return f"{_AGAINST.sub('', _LEVEL_OF.sub('', base))}, so với {against}", start, end
    following = _FOLLOWING.match(text, unit.end, max(unit.end, min(clause_end, len(text))))
    behind = _TRAILING.sub("", phrase_behind(following.group() if following else ""))
    behind = "" if percent and behind.lstrip().startswith(",") else behind
    if percent and bare and not behind.split():
        return _with_change(bare, before), start, end
    last = max(end, unit.end + len(behind))
    if len(behind.split()) > (unit.kind == "percent") or (counted and bare):
        named = text[match.end() : unit.end] + behind if counted else behind
        aim = bare if counted and len(bare.split()) <= _AIM_WORDS else ""
        return " ".join(_BOUND.sub(" ", f"{named} ({aim})" if aim else named).split()), start, last
    earlier = _PRECEDING.search(text[max(0, start - 300) : start])
    above = earlier.group().strip() if earlier else ""
    above = above.rsplit(",", 1)[-1].strip() if _DIGITS.search(above) else above
    level = _LEVEL_OF.sub("", last_name)
    named = (
        level if level and (not counted or unit.text == "lần") and (not above or _CHANGE.search(last_name)) else above
    )
    return " ".join((named or behind or unit.text).split()), start, end


def _with_change(name: str, before: str) -> str:
    """An increase is named apart from the level it leads to."""
    change = _CHANGE.search(before)
    return " ".join(f"{name}, {change['way']}".split()) if change else " ".join(name.split())
