"""The figures of many documents, ready to be held against each other: whose they are, and what is the same measure.

Reads documents and their measures; writes groups. Two figures are of one measure where unit, direction of change and
content words are the same and the documents speak of the same place. A document whose place is unknown is compared
with none. Groups are hash tables, near names are found over their rarest words: never all pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.figurelinks import Side
from kg.links import Resolution
from kg.measures import measures
from kg.measuretypes import Measure
from kg.measurewords import When, core, plain
from kg.triples import body_level
from loaders.records import Document, Loaded

_LOCAL = re.compile(
    r"(?<!\w)(?:huyện|thành phố|thị xã|xã|phường|thị trấn|huyện ủy|thành ủy|thị ủy|đặc khu)\s+(?P<name>.+)$"
)
_NEAR = 0.72  # of all words of both names: a name with one thing more in it is still that name
_RARE = 5  # words of a name by which near names are looked up
_FEWEST = 2  # words without which nobody can tell what is measured
_MOST_VALUES = 2
_WITHIN = 4  # words of a shorter name that stands wholly in a longer one
_CARRIES_OUT = ("implements", "legal-basis", "reports-on", "amends")

Key = tuple[str, str, frozenset[str]]
"""Unit of measure, direction of change, content words."""


class Book(NamedTuple):
    """One document with its figures. ``scope`` is the place that it speaks for, ``None`` where unknown."""

    loaded: Loaded
    scope: str | None
    measures: list[Measure]
    clear: Mapping[str, list[Measure]]
    """By role the figures that say what is measured."""

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.loaded.record.file

    @property
    def about(self) -> Document:
        """What the document is."""
        return self.loaded.record.document

    def of(self, role: str) -> list[Measure]:
        """Its figures of one role that say what is measured, in order."""
        return self.clear.get(role, [])


class Books:
    """All documents by file, and which of them carries out which (``above``: file → files of the acts named)."""

    def __init__(self, loaded: Iterable[Loaded], resolutions: Iterable[Resolution]) -> None:
        """Reads the figures of every document."""
        self.by_file = {d.record.file: _book(d) for d in loaded}
        self.above: dict[str, set[str]] = defaultdict(set)
        self.acts: dict[tuple[str, int], str] = {}
        for r in resolutions:
            file = r.act.file if r.act else None
            if file not in self.by_file or file == r.file:
                continue
            self.acts[r.file, r.citation] = file
            if self.by_file[r.file].loaded.record.citations[r.citation].relation in _CARRIES_OUT:
                self.above[r.file].add(file)

    def __iter__(self) -> Iterator[Book]:
        """The documents, by file."""
        return iter(self.by_file[file] for file in sorted(self.by_file))

    def label(self, file: str) -> str:
        """Kind and number of a document for people, else its file."""
        about = self.by_file[file].about
        return f"{about.type} {about.number}" if about.type and about.number else file

    def carries_out(self, lower: str, upper: str) -> bool:
        """Whether one document names the other as an act that it carries out or reports on, directly or through one."""
        near = self.above.get(lower, set())
        return upper in near or any(upper in self.above.get(act, ()) for act in near)

    def age(self, measure: Measure) -> tuple[int, str, str]:
        """What figures are put in order of time by: their year, the day of their document, the file."""
        return (measure.time.last if measure.time else 0, self.by_file[measure.file].about.date or "", measure.file)


def _book(loaded: Loaded) -> Book:
    found = measures(loaded)
    return Book(loaded, scope_of(loaded.record.document), found, _clear(found))


def _clear(found: Iterable[Measure]) -> Mapping[str, list[Measure]]:
    """The figures that say what is measured, by role.

    A name that a document gives more than two values for one time names an attribute of several things ("số lượng mẫu"
    of each river), not one measure: those are left out.
    """
    named = [(m, key(m)) for m in found if key(m)]
    values: dict[tuple[str, Key | None, When | None], set[tuple[float, float]]] = defaultdict(set)
    for m, at in named:
        values[m.role, at, m.time].add((m.low, m.high))
    clear: dict[str, list[Measure]] = defaultdict(list)
    for m, at in named:
        if len(values[m.role, at, m.time]) <= _MOST_VALUES:
            clear[m.role].append(m)
    return clear


def scope_of(document: Document) -> str | None:
    """The place a document speaks for: the centre, a province, or a place within one by the name of its issuer."""
    if not document.issuer:
        return None
    level = body_level(document.issuer, document.province)
    if level == "centre":
        return "centre"
    if not document.province:
        return None
    local = _LOCAL.search(plain(document.issuer)) if level in ("district", "commune") else None
    return plain(f"{document.province}/{local['name']}" if local else document.province)


def key(measure: Measure) -> Key | None:
    """What figures of one measure share; ``None`` where nobody can tell what is measured."""
    words = core(measure.words, measure.base)
    return (measure.base, measure.change, words) if len(words) >= _FEWEST else None


def near(one: Measure, other: Measure) -> bool:
    """Whether two names may mean one measure: most words in common, or the shorter name wholly in the longer."""
    a, b = core(one.words, one.base), core(other.words, other.base)
    if one.base != other.base or one.change != other.change or min(len(a), len(b)) < _FEWEST:
        return False
    common = len(a & b)
    return common >= _NEAR * len(a | b) or (common == min(len(a), len(b)) >= _WITHIN)


class Near:
    """Measures found by names near to one: an index over their words, asked with the rarest ones."""

    def __init__(self, found: Iterable[Measure]) -> None:
        """Index ``found``."""
        self._by_word: dict[tuple[str, str], list[Measure]] = defaultdict(list)
        for m in found:
            for word in core(m.words, m.base):
                self._by_word[m.base, word].append(m)

    def to(self, measure: Measure, alike: Callable[[Measure, Measure], bool] = near) -> list[Measure]:
        """The measures alike to one, in their order; itself left out."""
        words = core(measure.words, measure.base)
        rare = sorted(words, key=lambda w: (len(self._by_word.get((measure.base, w), ())) or 10**9, w))[:_RARE]
        seen = {id(m): m for w in rare for m in self._by_word.get((measure.base, w), ())}
        return sorted(
            (m for m in seen.values() if m is not measure and alike(measure, m)),
            key=lambda m: (m.file, m.start, m.index),
        )


def grouped(found: Iterable[Measure]) -> Mapping[Key, list[Measure]]:
    """The measures of each key, in the order given."""
    groups: dict[Key, list[Measure]] = defaultdict(list)
    for m in found:
        at = key(m)
        if at is not None:
            groups[at].append(m)
    return groups


def side(measure: Measure) -> Side:
    """The figure as one side of a link."""
    time = measure.time
    return Side(
        measure.file,
        measure.unit,
        measure.start,
        measure.end,
        measure.text,
        time.last if time else None,
        time.period if time else None,
    )


def conflict(one: Measure, other: Measure) -> bool:
    """Whether no value fits both: bounds are bounds, "khoảng" gives a twentieth either way."""
    slack = 0.05 * max(abs(one.value), abs(other.value)) if one.about or other.about else 1e-9 * abs(one.value)
    return one.low - slack > other.high or other.low - slack > one.high


def same_period(one: Measure, other: Measure) -> bool:
    """Whether two figures are of one year and one part of it ("cả năm" where nothing is said)."""
    if one.time is None or other.time is None or one.time.last != other.time.last:
        return False
    return (one.time.period or "năm") == (other.time.period or "năm")


def same_giver(one: Measure, other: Measure) -> bool:
    """Whether two plans may be of one giver: plans of the centre and of the province are two plans."""
    return one.giver is None or other.giver is None or one.giver == other.giver
