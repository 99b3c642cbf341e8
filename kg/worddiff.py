"""Two wordings of one clause, word by word: what was taken out, what was put in, and whether it matters.

Reads two texts; gives the parts of both in reading order. Told apart are what the text *says* (words, figures, signs of
measure) and how it is *printed* (marker, capitals, marks, spacing, tone placement, zeros in front): a difference of
print alone is ``cosmetic``. One word that differs in one letter is a ``slip``, the commonest fault of a scanner, unless
both spellings stand beside the same neighbour elsewhere ("thuế đất", "thuê đất": two words of the language). All else
is ``substantive``. A slip is shown with both words, since only a person can be sure of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from loaders.markers import read_marker
from loaders.quantities import read_number
from ontology.folding import same

Weight = Literal["cosmetic", "slip", "substantive"]
WEIGHTS: tuple[Weight, ...] = ("cosmetic", "slip", "substantive")
"""Lightest first."""
PRINTS = ("numbering", "case", "punctuation", "spelling", "figures", "spacing")
"""How two prints of one wording can differ. ``spelling``: tone placement; ``figures``: "06" and "6"."""

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|(?:[^\W\d_][\u0300-\u036f]*)+|[^\w\s]|_")
_FIGURE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?")
_MEASURES = frozenset("%‰<>=≤≥±~")
_BOLD = re.compile(r"\*{2,}|__|(?<!\S)\*(?=\S)|(?<=\S)\*(?!\S)")  # Markdown's emphasis; "* " is a bullet
_LEADING = re.compile(r"[#|\s“”\"'«»]*")
_NUMERALS = frozenset(("không", "chưa", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"))
"""One letter makes another number of these, or takes back a "not"."""
_SHORTEST_SLIP = 3  # letters of a word that a scanner's slip leaves recognisable


class Part(msgspec.Struct, frozen=True):
    """A stretch of the two wordings; ``same`` is quoted from the new one."""

    op: Literal["same", "removed", "added"]
    text: str


class Diff(msgspec.Struct, frozen=True):
    """What became of a wording. ``prints`` are the differences of print (:data:`PRINTS`), ``slips`` old and new word.

    ``weight`` is ``None`` where both are printed alike.
    """

    parts: tuple[Part, ...]
    weight: Weight | None
    prints: tuple[str, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()


class Token(NamedTuple):
    """A word, figure or sign at ``[start, end)``; equal ``key``: the same is said."""

    text: str
    key: str
    start: int
    end: int


class Wording:
    """One text ready to be compared: its printed marker, what it says, and its marks."""

    def __init__(self, text: str) -> None:
        """Read ``text``, white space folded."""
        text = _BOLD.sub("", text)
        begin = _LEADING.match(text)
        at = begin.end() if begin else 0
        marker = read_marker(text[at:])
        first = at + marker.end if marker and marker.end < len(text) - at else 0
        self.text = text
        self.marker = same(text[at:first]).strip(" .)(")
        tokens = [Token(found.group(), "", found.start(), found.end()) for found in _TOKEN.finditer(text, first)]
        self.said = [token._replace(key=_key(token.text)) for token in tokens if _says(token.text)]
        self.marks = [token.text for token in tokens if not _says(token.text)]
        self.keys = tuple(token.key for token in self.said)
        self.words = frozenset(self.keys)

    def cut(self, first: int, end: int) -> str:
        """The text from word ``first`` up to word ``end``."""
        return self.text[self.said[first].start : self.said[end - 1].end] if end > first else ""


class Attested:
    """The neighbours of words in texts: what tells a word of the language from a slip."""

    def __init__(self, texts: Iterable[Wording]) -> None:
        """Count the pairs of ``texts``."""
        self.pairs = Counter(pair for text in texts for pair in pairwise(text.keys))

    def elsewhere(self, word: str, around: tuple[str | None, str | None], here: Iterable[Wording]) -> bool:
        """Whether ``word`` stands beside one of these neighbours outside the texts ``here``."""
        own = Counter(pair for text in here for pair in pairwise(text.keys))
        before, after = around
        beside = [(before, word)] if before else []
        beside += [(word, after)] if after else []
        return any(self.pairs[pair] > own[pair] for pair in beside)


def diff(old: Wording, new: Wording, attested: Attested) -> Diff:
    """What became of ``old``; ``attested`` counts the texts that both stand in."""
    parts: list[Part] = []
    slips: list[tuple[str, str]] = []
    prints = dict.fromkeys(_prints(old, new))
    weight: Weight | None = "cosmetic" if prints else None
    for op, a, b, c, d in SequenceMatcher(None, old.keys, new.keys, autojunk=False).get_opcodes():
        parts += _parts(op, old.cut(a, b), new.cut(c, d))
        if op == "equal":
            continue
        if "".join(old.keys[a:b]) == "".join(new.keys[c:d]):
            prints["spacing"] = None
            found: Weight = "cosmetic"
        elif _is_slip(old, new, (a, b, c, d), attested):
            slips += [(x.text, y.text) for x, y in zip(old.said[a:b], new.said[c:d], strict=True)]
            found = "slip"
        else:
            found = "substantive"
        weight = max(weight or "cosmetic", found, key=WEIGHTS.index)
    return Diff(tuple(parts), weight, tuple(sorted(prints, key=PRINTS.index)), tuple(slips))


def likeness(old: Wording, new: Wording) -> float:
    """Different words in common, as a part of all of both, 0..1."""
    shared = len(old.words & new.words)
    every = len(old.words) + len(new.words) - shared
    return shared / every if every else 1.0


def holds(text: Wording, words: Wording) -> bool:
    """Whether ``text`` says ``words`` somewhere, in this order and unbroken."""
    wanted, size = words.keys, len(words.keys)
    return any(text.keys[at : at + size] == wanted for at in range(len(text.keys) - size + 1))


def figure_value(word: str) -> float | None:
    """The value of a word that is a number as it is printed in Vietnamese; ``None`` for "1.2.3", "²" and words."""
    return read_number(word) if _FIGURE.fullmatch(word) else None


def _says(word: str) -> bool:
    return word[0].isalnum() or word in _MEASURES


def _key(word: str) -> str:
    """Equal for what reads the same: case and tone placement aside, figures by value, dates without zeros in front."""
    if "/" in word:
        return "/".join(part.lstrip("0") for part in word.split("/"))
    value = figure_value(word)
    return same(word) if value is None else repr(value)


def _prints(old: Wording, new: Wording) -> Iterator[str]:
    if old.marker != new.marker:
        yield "numbering"
    if old.keys == new.keys:
        for one, other in zip(old.said, new.said, strict=True):
            if one.text == other.text:
                continue
            if one.text[0].isdigit():
                yield "figures"
            else:
                yield "case" if one.text.casefold() == other.text.casefold() else "spelling"
        if old.marks != new.marks:
            yield "punctuation"
        elif old.text != new.text and "".join(old.text.split()) == "".join(new.text.split()):
            yield "spacing"


def _parts(op: str, old: str, new: str) -> Iterator[Part]:
    if op == "equal":
        yield Part("same", new)
        return
    if old:
        yield Part("removed", old)
    if new:
        yield Part("added", new)


def _is_slip(old: Wording, new: Wording, at: tuple[int, int, int, int], attested: Attested) -> bool:
    """Whether each word of a short replaced stretch differs in one letter, and not both spellings are known."""
    a, b, c, d = at
    if b - a != d - c or b - a > 2:
        return False
    for i, j in zip(range(a, b), range(c, d), strict=True):
        one, other = old.keys[i], new.keys[j]
        if one in _NUMERALS or other in _NUMERALS or not _one_letter(one, other):
            return False
        around = (_at(old.keys, i - 1), _at(old.keys, i + 1))
        if all(attested.elsewhere(word, around, (old, new)) for word in (one, other)):
            return False
    return True


def _at(keys: Sequence[str], index: int) -> str | None:
    return keys[index] if 0 <= index < len(keys) else None


def _one_letter(one: str, other: str) -> bool:
    """One letter put in place of another, left out or put in; digits are no letters."""
    if not (one.isalpha() and other.isalpha()) or max(len(one), len(other)) < _SHORTEST_SLIP:
        return False
    if len(one) == len(other):
        return sum(x != y for x, y in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
