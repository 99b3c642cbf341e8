"""Figures without digits before a noun, and counts that only say how many names follow.

Reads clean text of one unit; writes figures. How such documents are written: a bound spells its number ("ít nhất một cơ
sở y tế"), a total names its unit before the number ("số thôn còn khó khăn không quá 15"), and a list of names says how
many they are ("02 vùng nuôi Sơn Thạch và Đông Lăng"): then the number only names its object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from loaders.records import Comparator
from loaders.words import either
from ontology.tables import table


class Figure(NamedTuple):
    """One figure: ``value`` in the printed unit; ``[start, end)`` of the words that state it in the text read."""

    name: str
    comparator: Comparator
    value: float
    unit: str
    start: int
    end: int


_SPELLED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_EVERY = re.compile(r"\bcả\s+(?P<word>hai|ba|bốn)\s+(?P<unit>tiêu\s+chí)", re.IGNORECASE)
_OPENS_LIST = re.compile(r"(?:\s+[^\W\d_]+)+")
_PART = re.compile(r"\s*(?:,|\bvà\b)\s*")
_LIST_LENGTH = 160
"""Characters behind a unit in which the names stand that it counts."""
_AT_END = re.compile(r"\s*(?:[;.](?=\s|$)|$)")
_BEFORE = 120
"""Characters before a number in which "số …" names its unit."""


class _Words(NamedTuple):
    bounded: re.Pattern[str]
    headed: re.Pattern[str]


@cache
def _words() -> _Words:
    rows: dict[str, Any] = table("units_of_measure.toml", "loaders")
    counted = either(rows["number"]["counted"])
    signs: dict[str, list[str]] = rows["comparators"]
    bounds = "|".join(
        f"(?P<s{i}>{either(word for word in signs[sign] if word.isalpha() or ' ' in word)})"
        for i, sign in enumerate(_SIGNS)
    )
    return _Words(
        bounded=re.compile(
            rf"\b(?:{bounds})\s+(?P<word>{'|'.join(_SPELLED)})\s+(?P<unit>(?:{counted})(?!\w))", re.IGNORECASE
        ),
        headed=re.compile(
            rf"(?:^|(?<=[\s,;:]))(?:tổng\s+)?số\s+(?:lượng\s+)?(?P<unit>(?:{counted})(?!\w)(?:,\s+(?:{counted})(?!\w))*)",
            re.IGNORECASE,
        ),
    )


_SIGNS: tuple[Comparator, ...] = (">=", "<=", ">", "<", "~")


def spelled_counts(text: str, is_target: bool) -> Iterator[Figure]:
    """The counts of ``text`` that are spelled: "cả ba tiêu chí" counts as "cả 03 tiêu chí" does, and in a target "ít
    nhất một cơ sở" as "ít nhất 01 cơ sở" does."""
    for match in _EVERY.finditer(text):
        yield _spelled(match, match.start(), "=")
    for match in _words().bounded.finditer(text) if is_target else ():
        sign = next(sign for i, sign in enumerate(_SIGNS) if match[f"s{i}"])
        yield _spelled(match, match.start("word"), sign)


def _spelled(match: re.Match[str], start: int, sign: Comparator) -> Figure:
    unit = " ".join(match["unit"].split())
    value = float(_SPELLED.index(match["word"].lower()) + 1)
    return Figure(" ".join(match.string[start : match.end()].split()), sign, value, unit, start, match.end())


def unit_before(text: str, start: int, end: int, clause: int) -> str | None:
    """The unit of a number at ``[start, end)`` that ends its clause, where a total named it: "thôn" of "số thôn còn khó
    khăn không quá 15"."""
    if not _AT_END.match(text, end):
        return None
    named = [match["unit"] for match in _words().headed.finditer(text, max(clause, start - _BEFORE), start)]
    return " ".join(named[-1].split()) if named else None


def unit_of_total(text: str) -> str:
    """The unit that the first total of a title names: "vườn" of "Chỉ tiêu số vườn cải tạo"; "" where none does."""
    found = _words().headed.search(text)
    return " ".join(found["unit"].split()) if found else ""


def counts_names(text: str, value: float, at: int) -> bool:
    """Whether so many names follow the unit that ends at ``at``: the number says how many are meant, and is none."""
    if value < 2 or not value.is_integer():
        return False
    words = _OPENS_LIST.match(text, at, at + _LIST_LENGTH)
    first = (
        next((m.start() for m in re.finditer(r"\S+", words.group()) if m.group()[0].isupper()), None) if words else None
    )
    if words is None or first is None:
        return False
    listed = re.split(r"[;.:()]| - | – ", text[at + first : at + _LIST_LENGTH], maxsplit=1)[0]
    names = [part for part in _PART.split(listed) if part]
    return len(names) == value and all(name[0].isupper() for name in names)
