"""The words by which figures are understood: what is measured, share of what, set by whom, for which time.

Reads short stretches of text around a figure; writes words, roles, givers and periods. The phrases stand in
``measures.toml`` with examples. Names are compared on folded words, so that a scanner's slips do not part them; joining
words are told apart with their diacritics first ("trong" joins, "trồng" plants).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from kg.vocabulary import joining
from ontology.folding import fold, same
from ontology.tables import table

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(
    r"(?<![/\d-])\b(?:năm|năm học|niên vụ|vụ mùa)\s+(?P<year>(?:19|20)\d\d)(?:\s*[-–]\s*(?P<to>(?:19|20)\d\d))?"
)
_STAGE = re.compile(r"giai đoạn\s+(?P<year>(?:19|20)\d\d)\s*[-–]\s*(?P<to>(?:19|20)\d\d)")
_UNTIL = re.compile(r"đến\s+(?:hết\s+|cuối\s+)?$")
_COMPARED = re.compile(r"so với[^,;.:()]*")
_PERIODS = (
    (re.compile(r"(?P<n>\d{1,2})\s+tháng\s+cuối\s+năm"), "{n} tháng cuối năm"),
    (re.compile(r"(?<!ngày )(?<![\d/])(?P<n>\d{1,2})\s+tháng(?!\s+\d)(?:\s+đầu)?(?:\s+năm)?"), "{n} tháng đầu năm"),
    (re.compile(r"quý\s+(?P<n>[1-4ivIV]+)"), "quý {n}"),
    (re.compile(r"(?<!ngày \d )(?<!ngày \d\d )tháng\s+(?P<n>\d{1,2})"), "tháng {n}"),
    (re.compile(r"trong (?P<n>tháng|quý)(?!\s+[\divx])"), "trong {n}"),
    (re.compile(r"(?P<n>cả năm|trong năm nay|năm nay)"), "năm"),
)
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_PER_NAME = re.compile(
    r"\s*(?:/|trên)\s*(?:một|1|mười|10)?\s*(?P<what>vạn|nghìn|ngàn|triệu|10\.000|1\.000)\s+(?:người\s+)?(?:dân|người)"
)


class When(NamedTuple):
    """The time that words name: years ``first`` to ``last`` (``first`` 0: up to it), and the part of the year ("năm":
    all of it)."""

    first: int
    last: int
    period: str | None


class Scaled(NamedTuple):
    """A unit without its scale: ``factor`` of the printed value, folded name of the base unit."""

    factor: float
    base: str


def rules() -> dict[str, Any]:
    """The table ``measures.toml``."""
    return table("measures.toml", "kg")


@cache
def _any(section: str, key: str) -> re.Pattern[str]:
    phrases = sorted(rules()[section][key], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Lower case, one spelling of tones, single blanks, without the marks of Markdown."""
    return same(re.sub(r"[*_|]+", "", text))


@lru_cache(maxsize=50_000)
def specific(name: str) -> str:
    """What of a name tells what is measured; empty where the name is only generic."""
    text = plain(name)
    for _ in range(3):  # taking one phrase out may bring two parts of another together
        text = " ".join(_any("generic", "phrases").sub(" ", text).split()).strip(" ,;:-–.")
    return text


@lru_cache(maxsize=50_000)
def content(name: str) -> frozenset[str]:
    """The folded content words of a name."""
    found = _WORD.findall(specific(name))
    return frozenset(fold(w) for w in found if w not in joining())


@lru_cache(maxsize=50_000)
def core(words: frozenset[str], base: str) -> frozenset[str]:
    """The words that two texts on one thing share: without those that stand before it in one and not the other."""
    neutral = {fold(w) for w in rules()["neutral"]["words"]} | {
        fold(w) for w in rules()["neutral"]["of_unit"].get(base, ())
    }
    return words - neutral - set(base.split())


def scaled(unit: str, name: str) -> Scaled:
    """The unit as base and factor: "tỷ đồng" is 10⁹ of "dong"; a rate per so many keeps that ("giuong/van")."""
    text = plain(unit)
    rate = _PER_NAME.search(text) or _PER_NAME.search(plain(name))
    text = _PER_NAME.sub("", text).strip()
    factor, words = 1.0, text.split()
    while len(words) > 1 and words[0] in _SCALES:
        factor *= _SCALES[words.pop(0)]
    base = fold(" ".join(words)) or "%"
    return Scaled(factor, f"{base}/{fold(rate['what'])}" if rate else base)


def without_rate(name: str) -> str:
    """A name without "trên một vạn dân": that belongs to the unit."""
    return _PER_NAME.sub("", plain(name))


@cache
def _givers() -> list[tuple[str, re.Pattern[str]]]:
    levels = ("centre", "province", "district")
    return [
        (level, re.compile(rf"(?<!\w)(?:{'|'.join(rules()['giver'][level])})\s+(?:đã\s+)?(?:giao|quyết định|phân bổ)"))
        for level in levels
    ]


@lru_cache(maxsize=20_000)
def giver(text: str) -> str | None:
    """Who sets the plan that the words speak of: ``centre``, ``province``, ``district``; the last one named."""
    said = plain(text)
    named = [(match.end(), level) for level, pattern in _givers() for match in pattern.finditer(said)]
    return max(named)[1] if named else None


def basis(after: str, before: str = "") -> tuple[str, str] | None:
    """What a per cent is a share of: ("plan" or "past", the words); behind the figure, else before it ("so với …")."""
    plan, past = _any("basis", "plan").pattern, _any("basis", "past").pattern
    start = rf"\s*(?:so\s+(?:với\s+)?|trên\s+|của\s+)?(?P<words>(?:tổng\s+)?(?:(?P<plan>{plan})|(?P<past>{past}))"
    stop = r"(?:(?!\s(?:và|đạt|bằng|tăng|giảm|thì)\s)[^,;.:()\d\n]|\d(?![\d.,]*\s?%)){0,90})"
    match = re.match(start + stop, plain(after)) or re.search(
        rf"so\s+(?:với\s+)?(?P<words>(?:(?P<plan>{plan})|(?P<past>{past}))[^,;:()]{{0,60}}?)\s+(?:thì\s+)?(?:đạt|bằng|tăng|giảm|vượt)\s*$",
        plain(before),
    )
    return ("plan" if match["plan"] else "past", " ".join(match["words"].split())) if match else None


def role_of(before: str) -> str | None:
    """``target`` or ``result`` where the words right before a figure say so."""
    text = re.split(r"[;:(]", plain(before))[-1]
    assigned = re.search(
        rf"{_any('role', 'assigned').pattern}\s*(?:là|:)?\s*$", re.sub(r"[\d.,]+[^\d]*$", "", text).strip()
    )
    if assigned:
        return "target"
    if _any("role", "done").search(text):
        return "result"
    return "target" if _any("role", "plan").search(_COMPARED.sub(" ", text).rsplit(",", 1)[-1]) else None


def measuring_head(text: str) -> str:
    """The words before a colon where they name what the items behind it measure; else nothing."""
    said = re.split(r"[;(]", plain(text))[-1].strip(" -–+*")
    opens = re.match(_any("head", "opens").pattern, said)
    named = opens or _any("head", "holds").search(said)
    return said if named and not re.search(r"\d|^về\s|^lĩnh vực\s", said) else ""


@lru_cache(maxsize=20_000)
def when(text: str) -> When | None:
    """The last year or stage that the words name, comparisons with other times left out."""
    said = _COMPARED.sub(" ", plain(text))
    years = [*_STAGE.finditer(said), *_YEAR.finditer(said)]
    if not years:
        return None
    match = max(years, key=lambda m: (m.start(), m.end()))
    first, last = int(match["year"]), int(match["to"] or match["year"])
    until = first == last and _UNTIL.search(said, 0, match.start())
    return When(0 if until else first, last, period(said))


@lru_cache(maxsize=20_000)
def period(text: str) -> str | None:
    """The part of a year that the words name last."""
    said = _COMPARED.sub(" ", plain(text))
    found = [
        (m.start(), -order, form.format(n=m["n"])) for order, (p, form) in enumerate(_PERIODS) for m in p.finditer(said)
    ]
    return max(found)[2] if found else None
