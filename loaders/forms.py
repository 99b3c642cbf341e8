"""Kind and date of a document from its form, where the header does not print them.

Reads the body between the landmarks with the ``form`` and ``adoption`` rows of ``header.toml``; gives what it found
with the words that prove it, or ``None``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from loaders.formal import kind_alternatives, kind_names, phrases
from loaders.landmarks import Landmarks, addresses
from loaders.letterhead import DATE, Found, iso_date
from loaders.text import SourceText
from ontology.folding import same

_EDGE = 6
"""Paragraphs. Opening and closing formulas stand in the first and last so many of the body."""
_CUE = 60
_LONGEST = 3_000_000
"""Characters. A document calls itself by its kind long before that."""


_ARTICLE = re.compile(r"\nĐiều 1\b")


class Inferred(NamedTuple):
    """A value, the clean offsets of the words that prove it, and a sentence that says how."""

    value: str
    start: int
    end: int
    why: str


class _Form(NamedTuple):
    name: str
    where: str
    pattern: re.Pattern[str]
    skip: re.Pattern[str] | None
    cue_before: re.Pattern[str] | None
    cue_after: re.Pattern[str] | None
    why: str


@cache
def forms() -> tuple[_Form, ...]:
    """The rows of the table, compiled, in their order."""
    found = []
    for row in phrases()["form"]:
        kinds = f"(?i:{kind_alternatives()})" if row.get("ignore_case") else kind_alternatives()
        pattern = re.compile(f"{row['before']}(?P<kind>{kinds})(?!\\w){row['after']}")
        skip, before, after = (
            re.compile(row[key]) if key in row else None for key in ("skip", "cue_before", "cue_after")
        )
        found.append(_Form(row["name"], row["where"], pattern, skip, before, after, row["why"]))
    return tuple(found)


def form_matches(form: _Form, text: str, first: int = 0, last: int | None = None) -> list[Found]:
    """What one row finds in ``text[first:last]``: the kinds' names with the offsets of the whole match."""
    matches = form.pattern.finditer(text, first, len(text) if last is None else last)
    return [Found(kind_names()[same(m["kind"])], m.start(), m.end()) for m in matches if _holds(form, text, m)]


def _holds(form: _Form, text: str, match: re.Match[str]) -> bool:
    """Whether what stands around a match bears it out."""
    if text[match.start() - 1 : match.start()].isalnum() or (form.skip and form.skip.match(text, match.end())):
        return False
    if form.cue_before is None or form.cue_after is None:
        return True
    before = text[max(match.start() - _CUE, 0) : match.start()]
    return bool(form.cue_before.search(before) or form.cue_after.match(text, match.end()))


def opening_and_closing(text: SourceText, marks: Landmarks) -> tuple[tuple[int, int], tuple[int, int]]:
    """Clean ranges of the body's first and last paragraphs."""
    if marks.body >= marks.closing:
        return (0, 0), (0, 0)
    first = text.paragraph_at(text.lines[marks.body].start)
    last = text.paragraph_at(text.lines[marks.closing - 1].start)
    start, end = text.lines[marks.body].start, text.lines[marks.closing - 1].end
    opening = min(text.paragraphs[min(first + _EDGE, last)].end, end, start + 20_000)
    closing = max(text.paragraphs[max(last - _EDGE, first)].start, start, end - 20_000)
    return (start, opening), (closing, end)


def infer_kind(text: SourceText, marks: Landmarks) -> Inferred | None:
    """The kind from the form: what the text calls itself, its formulas; but an addressed document is a letter
    unless it calls itself one of the few other addressed kinds (NĐ 30/2020/NĐ-CP, appendix I: only the letter
    prints no name of its kind)."""
    opening, closing = opening_and_closing(text, marks)
    whole = (opening[0], min(closing[1], opening[0] + _LONGEST))
    ranges = {"anywhere": whole, "opening": opening, "closing": closing}
    addressed = next((i for i in range(marks.head, marks.body) if addresses(text, i)), None)
    rule = phrases()["kind_rules"]
    articles = _ARTICLE.search(text.clean, *whole) is not None
    for form in forms():
        found = form_matches(form, text.clean, *ranges[form.where])
        if addressed is not None:
            found = [f for f in found if f.value in rule["addressed"] and form.where == "anywhere"]
        if not articles:
            found = [f for f in found if f.value not in rule["in_articles"]]
        if found:
            best = _best(found)
            return Inferred(best.value, best.start, best.end, form.why)
    if addressed is None:
        return None
    line = text.lines[addressed]
    return Inferred("Công văn", line.start, line.end, rule["letter_why"])


def _best(found: list[Found]) -> Found:
    """The most frequent kind; a longer name that contains it is the same kind said in full."""
    counts = Counter(f.value for f in found)
    name = max(counts, key=lambda k: (counts[k], len(k)))
    longer = [k for k in counts if k.startswith(f"{name} ") and counts[k] >= counts[name] / 2]
    name = max([name, *longer], key=len)
    return next(f for f in found if f.value == name)


@cache
def adoptions() -> tuple[tuple[frozenset[str], re.Pattern[str], str], ...]:
    """The ``adoption`` rows: kinds, pattern and reason."""
    return tuple(
        (frozenset(row["kinds"]), re.compile(row["pattern"].replace("{day}", DATE.pattern)), row["why"])
        for row in phrases()["adoption"]
    )


def infer_adoption(text: SourceText, marks: Landmarks, kind: str | None) -> Inferred | None:
    """The day on which a session adopted a resolution without a date line, from its first or last paragraphs."""
    opening, closing = opening_and_closing(text, marks)
    for kinds, pattern, why in adoptions():
        for start, end in (closing, opening) if kind in kinds else ():
            for match in pattern.finditer(text.clean, start, end):
                if value := iso_date(match):
                    return Inferred(value, match.start(), match.end(), why)
    return None
