"""How much a word proves: the stock phrases of administrative prose, and how rare words are in the corpus.

Reads the units of the loaded documents; writes counts. The weight of a word is its information in nats: how surprising
it is in a sentence, or after the word before it where that one belongs to the passage too. A copied clause that stands
in many documents must not look like a stock phrase for that, so each sentence counts once; a stock phrase stands in
many different sentences.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from ontology.folding import fold, same
from ontology.tables import table

_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_][\u0300-\u036f]*)+")
_DISCOUNT = 2  # that words stand in the two texts compared says nothing about the others
_BACKOFF = 2.0  # pseudo-counts with which a pair of words falls back on the word alone
_SENTENCE = 14  # words of an ordinary sentence without joining ones: so many places a match may begin at
_LEAST = 0.3
_LARGEST_SAMPLE = 600_000  # words after which frequencies no longer change the weights


class Word(NamedTuple):
    """One word (a Vietnamese syllable or a figure) at ``[start, end)`` of the raw text.

    ``form`` keeps every diacritic (one spelling of tone placement), ``folded`` none of them.
    """

    form: str
    folded: str
    start: int
    end: int


class Group(msgspec.Struct, frozen=True):
    """One group of stock words (``stock.toml``)."""

    name: str
    weight: float
    words: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


class Stock(msgspec.Struct, frozen=True):
    """The table of stock words."""

    kept: tuple[str, ...]
    group: tuple[Group, ...]


@cache
def stock() -> Stock:
    """The parsed table. Raises :class:`msgspec.ValidationError` where it does not fit :class:`Stock`."""
    return msgspec.convert(table("stock.toml", "kg"), Stock)


@cache
def _phrases() -> tuple[dict[tuple[str, ...], float], int]:
    """Weight by phrase, joining words left out of it as they are out of the texts; and the longest phrase."""
    table = {forms(w): g.weight for g in stock().group if g.weight for w in g.words}
    table |= {forms(w): 0.0 for g in stock().group if g.name == "measure" for w in g.words}
    table |= {forms(w): 1.0 for w in stock().kept}
    table.pop((), None)
    return table, max(len(p) for p in table)


@cache
def joining() -> frozenset[str]:
    """The forms of the words that only join."""
    return frozenset(same(w) for g in stock().group if g.name == "joining" for w in g.words if " " not in w)


@lru_cache(maxsize=200_000)
def _spelled(word: str) -> tuple[str, str]:
    return same(word), fold(word)


def words(raw: str, start: int = 0, end: int | None = None) -> list[Word]:
    """All words of ``raw[start:end]``, joining ones too."""
    found = _WORD.finditer(raw, start, len(raw) if end is None else end)
    return [Word(*_spelled(m.group()), m.start(), m.end()) for m in found]


def forms(text: str) -> tuple[str, ...]:
    """The forms of the words of a phrase, joining words left out."""
    return tuple(w.form for w in words(unicodedata.normalize("NFC", text)) if w.form not in joining())


def weights(text: Sequence[str], names: Iterable[tuple[str, ...]] = ()) -> list[float]:
    """For each word of a text without joining words the part of its rarity that it counts: 1, or less in stock phrases.

    The longest phrase wins. ``names`` are further phrases of this text that count for nothing: who acts, and the
    province, are not what is done.
    """
    table, longest = _phrases()
    extra = dict.fromkeys((n for n in names if n), 0.0)
    longest = max([longest, *map(len, extra)])
    out = [1.0] * len(text)
    at = 0
    while at < len(text):
        size = _phrase_at(text, at, longest, table, extra)
        if size:
            phrase = tuple(text[at : at + size])
            out[at : at + size] = [extra.get(phrase, table.get(phrase, 1.0))] * size
        elif _is_year(text[at]):
            out[at] = 0.4
        at += max(size, 1)
    return out


def _phrase_at(
    text: Sequence[str],
    at: int,
    longest: int,
    table: dict[tuple[str, ...], float],
    extra: dict[tuple[str, ...], float],
) -> int:
    for size in range(min(longest, len(text) - at), 0, -1):
        phrase = tuple(text[at : at + size])
        if phrase in extra or phrase in table:
            return size
    return 0


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


class Vocabulary:
    """Counts of words and of neighbours over the corpus, each sentence counted once."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        """Counts the sentences (forms without joining words), up to a sample that no longer changes the weights."""
        self._single: Counter[str] = Counter()
        self._pair: Counter[tuple[str, str]] = Counter()
        self._total = 0
        seen: set[tuple[str, ...]] = set()
        for sentence in sentences:
            key = tuple(sentence)
            if key in seen:
                continue
            seen.add(key)
            self._single.update(key)
            self._pair.update(itertools.pairwise(key))
            self._total += len(key)
            if self._total > _LARGEST_SAMPLE:
                break

    def alone(self, word: str) -> float:
        """Information of a word that begins a passage, in nats: how surprising it is anywhere in a sentence."""
        return max(_LEAST, -math.log(min(1.0, self._chance(word) * _SENTENCE)))

    def after(self, before: str, word: str) -> float:
        """Information of a word that follows another one in the passage: little where the two are one expression."""
        chance = self._chance(word)
        seen = max(self._pair[before, word] - _DISCOUNT, 0) + _BACKOFF * chance
        follows = seen / (max(self._single[before] - _DISCOUNT, 0) + _BACKOFF)
        return -math.log(max(chance, follows))

    def _chance(self, word: str) -> float:
        return min(1.0, (max(self._single[word] - _DISCOUNT, 0) + 0.5) / max(self._total, 1))
