"""A unit in segments of weighted words: what can match between two texts, and how much each word of it proves.

Reads one unit of a loaded document; writes segments. A segment is a sentence, or a clause closed by ';' or ':'. Two
words match where they stand next to each other (or with one word between) in both segments, whatever the order of such
pairs: dropped, added and moved words break only their neighbourhood. One of two neighbours may differ in its
diacritics, the commonest slip of a scanner.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from kg.vocabulary import Vocabulary, Word, forms, joining, weights, words
from loaders.records import Citation, Loaded, Unit
from ontology.identifiers import number_key

ACT_MARK = "§"
"""First character of the one word that stands for a cited act, its number and title."""
_BREAK = re.compile(r"(?:[.;:!?…]|\.{3})(?=[\s*”\"_|]|$)")
_TOPIC = re.compile(r"[\s*_#\d.)a-zđ+-]{0,12}(?:Về|Lĩnh vực)\s")  # "1.3. Về giáo dục:" is a topic, no head of a list
_TITLE_PART = re.compile(r"\s*;\s+(?=[^\W\d_a-zà-ỹđ])(?:[^.;:]{4,300}\bnăm\s+\d{4}\b|[^,.;:]{4,300})")
_LONGEST_ADDRESS = 16  # words of a heading such as "4. Sở X, Sở Y:" before the task itself
_LARGEST_REST = 5.0  # nats: a rare word of local detail says no more against a link than any other word
_SMALL_GAP = 2  # words put in or left out inside one phrase
_ITEM = 0.4  # an item of a target's list against its head
_Pairs = frozenset[tuple[str, str]]


class Run(NamedTuple):
    """An unbroken match: the positions ``[first, end)`` of a segment's words."""

    first: int
    end: int


class Segment:
    """One sentence or clause: its words without joining ones, their weights and their information in nats."""

    def __init__(self, text: Sequence[Word], parts: Sequence[float], vocabulary: Vocabulary) -> None:
        """``parts`` are :func:`kg.vocabulary.weights`."""
        self.words = tuple(text)
        self.forms = tuple(w.form for w in text)
        self.parts = tuple(parts)
        self._alone = tuple(vocabulary.alone(f) * p for f, p in zip(self.forms, parts, strict=True))
        self._after = (
            *self._alone[:1],
            *(vocabulary.after(b, f) * p for b, f, p in zip(self.forms, self.forms[1:], self.parts[1:], strict=False)),
        )
        self._rest = tuple(
            0.0 if f[0].isdigit() else min(i, _LARGEST_REST)  # figures count only where they match
            for f, i in zip(self.forms, self._after, strict=True)
        )

    @property
    def start(self) -> int:
        """Raw offset of the first word."""
        return self.words[0].start

    @cached_property
    def is_marked(self) -> bool:
        """Whether an act is cited in it."""
        return any(f.startswith(ACT_MARK) for f in self.forms)

    @cached_property
    def pairs(self) -> _Pairs:
        """Neighbouring words, those with one word between, and the marks of cited acts."""
        near = zip(self.forms, self.forms[1:], strict=False)
        over = zip(self.forms, self.forms[2:], strict=False)
        return frozenset((*near, *over, *((f, f) for f in self.forms if f.startswith(ACT_MARK))))

    @cached_property
    def loose(self) -> _Pairs:
        """Neighbours with the diacritics of one of them gone."""
        near = list(zip(self.words, self.words[1:], strict=False))
        return frozenset((*((a.form, b.folded) for a, b in near), *((a.folded, b.form) for a, b in near)))

    @cached_property
    def keys(self) -> _Pairs:
        """The pairs that find candidates: neither word is stock."""
        rare = {f for f, p in zip(self.forms, self.parts, strict=True) if p >= 1.0}
        return frozenset(p for p in self.pairs if p[0] in rare and p[1] in rare)

    def hits(self, other: Segment) -> list[bool]:
        """For each word whether it stands in a pair that the other segment has too."""
        found = [f.startswith(ACT_MARK) and (f, f) in other.pairs for f in self.forms]
        for at, (a, b) in enumerate(zip(self.words, self.words[1:], strict=False)):
            near = (a.form, b.form) in other.pairs
            if near or (a.form, b.folded) in other.loose or (a.folded, b.form) in other.loose:
                found[at] = found[at + 1] = True
            if at + 2 < len(self.words) and (a.form, self.forms[at + 2]) in other.pairs:
                found[at] = found[at + 2] = True
        return found

    def mass(self, hits: Sequence[bool]) -> float:
        """Information of the matched words: each after the one before it where that matches too."""
        return sum(
            self._after[at] if at and hits[at - 1] else self._alone[at] for at in range(len(self.words)) if hits[at]
        )

    def runs(self, hits: Sequence[bool]) -> Iterator[Run]:
        """The unbroken matches, in order."""
        first = 0
        for at, hit in enumerate((*hits, False)):
            if not hit:
                if at > first:
                    yield Run(first, at)
                first = at + 1

    def information(self, run: Run) -> float:
        """Information of the words of one unbroken match."""
        return self._alone[run.first] + sum(self._after[run.first + 1 : run.end])

    def rest(self, hits: Sequence[bool]) -> float:
        """Information of the words that do not match, single rare words capped."""
        return sum(rest for rest, hit in zip(self._rest, hits, strict=True) if not hit)

    def weight(self, at: int) -> float:
        """Information of the word at this position, capped."""
        return self._rest[at]

    def name(self, hits: Sequence[bool], fewest: int) -> float:
        """Information of the weightiest unbroken match in which ``fewest`` words name something, else 0.

        Stock words go through it, uncounted as names. The mark of a cited act is a name by itself.
        """
        best = run = 0.0
        named = 0
        for at, hit in enumerate(hits):
            if hit and self.forms[at].startswith(ACT_MARK):
                return math.inf
            begun = bool(at and hits[at - 1])
            run, named = (run * begun + (self._after[at] if begun else self._alone[at]), named) if hit else (0.0, 0)
            named += hit and self.parts[at] >= 1.0
            best = max(best, run if named >= fewest else 0.0)
        return best

    def phrase(self, hits: Sequence[bool]) -> int:
        """Matched words of the longest match over small gaps in which at least two words name something, else 0."""
        best = run = named = gap = 0
        for hit, part in zip(hits, self.parts, strict=True):
            gap = 0 if hit else gap + 1
            if gap > _SMALL_GAP:
                run = named = 0
            run, named = run + hit, named + (hit and part >= 1.0)
            best = max(best, run if named >= 2 else 0)
        return best


class _Mask(NamedTuple):
    """A cited act in the text, title included: ``[start, end)`` of the raw text."""

    start: int
    end: int
    mark: str


def unit_segments(loaded: Loaded, unit: Unit, vocabulary: Vocabulary) -> list[Segment]:
    """The segments of a unit, in order.

    Who acts and the province count as stock. The words of a cited act and its title give way to one mark. A target is
    cut at ';' only; with a head ("Diện tích trồng mới: keo 30 ha; quế 20 ha") it stays whole, because its items share
    the head, and the items count less than the head.
    """
    record, raw, target = loaded.record, loaded.raw, unit.kind == "target"
    names = [forms(n) for n in (*unit.lead, *unit.coordinate, record.document.province or "")]
    masks = [_mask(raw, c) for c in record.citations if unit.start <= c.start < unit.end]
    items = _items_from(raw, unit) if target else unit.end
    out = []
    for start, end in _cut_target(raw, unit, items) if target else _cut_task(raw, unit):
        kept = [w for w in _masked(words(raw, start, end), masks) if w.form not in joining()]
        if not kept or (len(kept) < 2 and not kept[0].form.startswith(ACT_MARK)):
            continue
        parts = weights([w.form for w in kept], names)
        parts = [p * _ITEM if w.start >= items else p for w, p in zip(kept, parts, strict=True)]
        out.append(Segment(kept, parts, vocabulary))
    return out


def sentences(loaded: Loaded, unit: Unit) -> Iterator[tuple[str, ...]]:
    """The forms of each sentence or clause of a unit, joining words left out."""
    for start, end in _cut(loaded.raw, unit):
        yield forms(loaded.raw[start:end])


def _cut(raw: str, unit: Unit) -> Iterator[tuple[int, int]]:
    last = unit.start
    for m in _BREAK.finditer(raw, unit.start, unit.end):
        yield last, m.end()
        last = m.end()
    if last < unit.end:
        yield last, unit.end


def _cut_task(raw: str, unit: Unit) -> Iterator[tuple[int, int]]:
    """Sentences and clauses; a first one that only says who acts ("4. Sở X, Sở Y:") is left out."""
    begun = not unit.lead
    for start, end in _cut(raw, unit):
        size = 0 if begun else len(words(raw, start, end))
        if begun or not raw[start:end].endswith(":") or size > _LONGEST_ADDRESS:
            yield start, end
        begun = begun or size > 1  # the printed number alone begins nothing


def _cut_target(raw: str, unit: Unit, items: int) -> Iterator[tuple[int, int]]:
    if items < unit.end:
        yield unit.start, unit.end
        return
    for part in re.finditer(r"[^;]+", raw[unit.start : unit.end]):
        yield unit.start + part.start(), unit.start + part.end()


def _items_from(raw: str, unit: Unit) -> int:
    """Where the items of a target's list begin: after a colon with a list behind it. The unit's end where none is."""
    colon = raw.find(":", unit.start, unit.end)
    listed = colon >= 0 and ";" in raw[colon : unit.end] and not _TOPIC.match(raw, unit.start)
    return colon + 1 if listed else unit.end


def _mask(raw: str, citation: Citation) -> _Mask:
    mark = ACT_MARK + number_key(citation.symbol) if citation.symbol and not citation.is_self else ""
    return _Mask(citation.start, _end_of_title(raw, citation), mark)


def _end_of_title(raw: str, citation: Citation) -> int:
    """Where the title printed after a citation ends: its words are the act's, not the task's."""
    title = [w.form for w in words(citation.subject or "")]
    if not title:
        return citation.end
    after = words(raw, citation.end, citation.end + 2 * len(citation.subject or "") + 200)
    printed = [w.form for w in after]
    head = title[:3]
    for at in range(len(printed) - len(head) + 1):
        if printed[at : at + len(head)] == head:
            return _whole_title(raw, after[min(at + len(title), len(after)) - 1].end)
    return citation.end


def _whole_title(raw: str, end: int) -> int:
    """A title of several parts goes on after ';' with a capital ("về Kế hoạch năm 2024; Dự toán ngân sách năm 2024").

    A part ends with its year, else at the next mark. Where an order or a body begins there is none.
    """
    while part := _TITLE_PART.match(raw, end):
        found = [w.form for w in words(part.group()) if w.form not in joining()]
        if not found or weights(found)[0] < 1.0:
            break
        end = part.end()
    return end


def _masked(found: Sequence[Word], masks: Sequence[_Mask]) -> Iterator[Word]:
    marked: set[int] = set()
    for w in found:
        at = next((i for i, m in enumerate(masks) if m.start <= w.start < m.end), None)
        if at is None:
            yield w
        elif at not in marked and masks[at].mark:
            marked.add(at)
            yield Word(masks[at].mark, masks[at].mark, w.start, w.end)
