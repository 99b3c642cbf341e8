"""Words of one text and phrases matched on them: what the readers of duties stand on.

Reads clean text of one unit; writes syllables and punctuation marks with their offsets, compared in one spelling
(case and tone placement folded, every other diacritic kept). Everything is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ontology.folding import same

_WORD = re.compile(r"\w+|[^\w\s]")


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """What one word or mark is compared by: lower case, one spelling of tone placement."""
    return same(word)


def either(phrases: Iterable[str]) -> str:
    """A group of a regular expression that matches any of ``phrases``, the longest first, blanks of any width."""
    ordered = sorted(dict.fromkeys(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) + ")"


class Words(NamedTuple):
    """The words and marks of ``text``, in order: as printed, as compared, and where they stand."""

    text: str
    printed: tuple[str, ...]
    keys: tuple[str, ...]
    starts: tuple[int, ...]

    def is_word(self, at: int) -> bool:
        """Whether a word, not a mark, stands at ``at``; false past the end."""
        return at < len(self.keys) and self.printed[at][0].isalnum()

    def capital(self, at: int) -> bool:
        """Whether a word with a capital stands at ``at``."""
        return at < len(self.printed) and self.printed[at][0].isupper()

    def slice(self, start: int, end: int) -> str:
        """The text of the words ``start`` to ``end`` (exclusive), white space folded."""
        if start >= end:
            return ""
        last = end - 1
        return " ".join(self.text[self.starts[start] : self.starts[last] + len(self.printed[last])].split())


def split_words(text: str) -> Words:
    """The words of ``text``. Any text is accepted."""
    found = [(match.group(), match.start()) for match in _WORD.finditer(text)]
    printed, starts = zip(*found, strict=True) if found else ((), ())
    return Words(text, printed, tuple(map(key, printed)), starts)


class Phrases:
    """Phrases to be matched at a place in :class:`Words`, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """``phrases`` are words and marks parted by blanks ("có liên quan", "sở , ngành")."""
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in {tuple(key(word) for word in phrase.split()) for phrase in phrases}:
            self._by_first.setdefault(phrase[0], []).append(phrase)
            self._by_last.setdefault(phrase[-1], []).append(phrase)
        for group in (*self._by_first.values(), *self._by_last.values()):
            group.sort(key=len, reverse=True)

    def at(self, words: Words, place: int) -> int:
        """How many words of the longest phrase that begins at ``place`` (0: none)."""
        if place >= len(words.keys):
            return 0
        for phrase in self._by_first.get(words.keys[place], ()):
            if words.keys[place : place + len(phrase)] == phrase:
                return len(phrase)
        return 0

    def before(self, words: Words, place: int) -> int:
        """How many words of the longest phrase that ends just before ``place`` (0: none)."""
        if place <= 0 or place > len(words.keys):
            return 0
        for phrase in self._by_last.get(words.keys[place - 1], ()):
            if place >= len(phrase) and words.keys[place - len(phrase) : place] == phrase:
                return len(phrase)
        return 0

    def places(self, words: Words) -> Iterator[int]:
        """Every place where a phrase begins."""
        firsts = self._by_first
        return (i for i, first in enumerate(words.keys) if first in firsts and self.at(words, i))
