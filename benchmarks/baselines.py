"""Plain ways to find the clause that a task comes from, to compare ours with: TF-IDF cosine and BM25 over sentences.

Reads loaded documents; writes a score per pair of units: the best over their sentences. Every sentence of the task is
compared with every sentence of the source.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from kg.vocabulary import words
from loaders.records import Loaded, Unit

Scores = dict[tuple[str, str, str, str], float]
"""By task file and unit, source file and unit."""
Pairs = Sequence[tuple[Loaded, Loaded]]
"""Documents to compare: the task's and the source's."""
_T = TypeVar("_T")
_SENTENCE = re.compile(r"[.;:!?…](?=\s|$)")


class _Sentences(NamedTuple):
    unit: Unit
    texts: list[list[str]]


def units(loaded: Loaded, kinds: Sequence[str]) -> list[_Sentences]:
    """The units of these kinds as sentences of words."""
    return [_Sentences(u, list(_cut(loaded.raw[u.start : u.end]))) for u in loaded.record.units if u.kind in kinds]


def _cut(text: str) -> Iterator[list[str]]:
    for sentence in _SENTENCE.split(text):
        found = [w.form for w in words(sentence)]
        if len(found) > 2:
            yield found


def grams(text: Sequence[str], first: int, last: int) -> Counter[tuple[str, ...]]:
    """Word n-grams from ``first`` to ``last`` words, counted."""
    return Counter(tuple(text[i : i + n]) for n in range(first, last + 1) for i in range(len(text) - n + 1))


def tfidf(pairs: Pairs) -> Scores:
    """Cosine of TF-IDF vectors over word 2- to 5-grams."""
    every = [grams(t, 2, 5) for d in _documents(pairs) for u in units(d, _KINDS) for t in u.texts]
    frequency = Counter(g for text in every for g in text)
    total = len(every)

    def vector(text: list[str]) -> dict[tuple[str, ...], float]:
        raw = {g: n * (math.log((1 + total) / (1 + frequency[g])) + 1) for g, n in grams(text, 2, 5).items()}
        norm = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        return {g: v / norm for g, v in raw.items()}

    def cosine(one: dict[tuple[str, ...], float], other: dict[tuple[str, ...], float]) -> float:
        return sum(v * other.get(g, 0.0) for g, v in one.items())

    return _best(pairs, vector, cosine)


def bm25(pairs: Pairs) -> Scores:
    """Okapi BM25 over words (k1 1.2, b 0.75), as a part of what the task's sentence scores against itself."""
    every = [Counter(t) for d in _documents(pairs) for u in units(d, _KINDS) for t in u.texts]
    frequency = Counter(w for text in every for w in text)
    total, mean = len(every), sum(map(sum, (t.values() for t in every))) / max(1, len(every))

    def score(query: Counter[str], text: Counter[str]) -> float:
        length = 1.2 * (0.25 + 0.75 * sum(text.values()) / mean)
        return sum(
            math.log(1 + (total - frequency[w] + 0.5) / (frequency[w] + 0.5)) * text[w] * 2.2 / (text[w] + length)
            for w in query
            if w in text
        )

    return _best(pairs, Counter, lambda q, t: score(q, t) / (score(q, q) or 1.0))


_KINDS = ("task", "target", "statement")


def _documents(pairs: Pairs) -> list[Loaded]:
    seen = {d.record.file: d for pair in pairs for d in pair}
    return list(seen.values())


def _best(pairs: Pairs, read: Callable[[list[str]], _T], score: Callable[[_T, _T], float]) -> Scores:
    out: Scores = {}
    ready = {d.record.file: [(u.unit, [read(t) for t in u.texts]) for u in units(d, _KINDS)] for d in _documents(pairs)}
    for task, source in pairs:
        for t, ours in ready[task.record.file]:
            for s, theirs in ready[source.record.file]:
                best = max((score(a, b) for a in ours for b in theirs), default=0.0)
                if t.kind == "task" and best > 0:
                    out[task.record.file, t.id, source.record.file, s.id] = best
    return out
