"""Lines that belong together become paragraphs, over page breaks, blank lines and footnotes.

Converted documents break lines anywhere, often with a blank line between any two of them. What tells a new paragraph: a
printed marker ("1.", "a)", "-", "Điều 2."; NĐ 30/2020/NĐ-CP, appendix I, part II, item 6), a line that stopped although
the next word would have fitted, a full stop at such a line's end. What tells that a line goes on: a lower-case start, a
comma, an open word ("của", "và").
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from statistics import median, quantiles
from typing import NamedTuple

from loaders.lines import RawLine
from loaders.markers import is_enacting
from loaders.tables import mark_rows
from loaders.words import either
from ontology.tables import table

UNWRAPPED = 200
"""Characters. A longer line was never wrapped: it is a whole paragraph."""
_NEIGHBOURS = 15
_FULL, _FULL_SENTENCE, _FULL_CAPITALS = (
    0.82,
    0.9,
    0.66,
)  # capitals are wider: a full line of them holds fewer characters

_PART = r"(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC)"
_ORDINAL = r"\s+(?:thứ\s+|THỨ\s+)?(?:[IVXLC]+|\d+|[A-ZĐ]|nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM)"
MARKER = re.compile(
    r"(?:Điều\s+\d+[a-zđ]?\s*[.:]"
    rf"|(?:{_PART}|Tiểu mục){_ORDINAL}\b"
    r"|(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?[\dIVX]+[A-Za-z]?)?\s*(?:[:.]|$)"
    r"|[IVXLC]{1,7}\s*(?:[.)]|[/–-](?!\s?\d{4}))\s*(?=\S)|\d{1,2}(?:\.\d{1,2})*\s?[-–]\s+(?=[A-ZĐÀ-Ỹ])"
    r"|[A-HĐ][.)]\s+(?=\S)"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?(?:\s+|(?=[^\W\d_]))(?=\D)"
    r"|\d{1,3}(?:[.)](?:\s+|(?=[^\W\d_]))|/\s+)(?=\S)"
    r"|\((?:\d{1,2}|[ivx]{1,4})\)\s*(?=\S)"
    r"|[a-zđ](?:[.)]|/(?=\s))\s+(?=\S)|[a-zđ]\)(?=\S)"
    r"|[-–—+*•·●○▪■♦✓➢]\s*(?=[^\s\d]|\d{1,3}\b)|o\s+(?=[^\W\d_a-zà-ỹ]))"
)
_BARE_MARKER = re.compile(r"(?:Điều\s+)?(?:\d{1,2}(?:\.\d{1,2})*[a-zđ]?|[IVXLC]{1,6})[.):]|[a-zđ]\)|[-–+•]")
_BARE_PART = re.compile(rf"{_PART}{_ORDINAL}[.:]?")
_DASH = re.compile(r"[-–—]\s*")
_NOTE = re.compile(r"\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]?\s")
_TERMINAL = re.compile(r"[.;:!?…][\"”’')\]]*$")
_SENTENCE_END = re.compile(r"[.:!?…][\"”’')\]]*$")
_LIST_END = re.compile(r"[.;:,!?…/][\"”’')\]]*$")
_GROUND = re.compile(
    r"(?:Căn cứ|Theo|Xét)\b"
)  # each ground of a decision is a paragraph (appendix I, part II, item 6.b)
_ANSWER = re.compile(
    r"[A-ZĐÀ-Ỹ][^.;:,]{3,60}\s(?:trả lời|thông báo|có ý kiến|trân trọng)\b"
)  # the closing formula of a letter
_EXECUTORS = re.compile(r"Điều\s+\d+[.:].*;$")  # "Điều 3. Chánh Văn phòng;": the list of who is charged goes on below
_WORD = re.compile(r"\S+")
_ASIDE = re.compile(r"\([A-ZĐÀ-Ỹ]")  # "(Chi tiết tại Phụ lục kèm theo)" below a sentence
_LONG = 80
"""Characters of a line that is long enough to have been wrapped."""
_INDENT = 3
"""Blanks by which the first line of a paragraph stands further in than the others, at least."""


class Block(NamedTuple):
    """Lines of one paragraph and its role, see :class:`loaders.text.Paragraph`."""

    lines: tuple[RawLine, ...]
    role: str


class _Layout(NamedTuple):
    open_words: frozenset[str]
    counted_words: frozenset[str]
    hyphenated: tuple[tuple[str, str], ...]
    openers: tuple[str, ...]
    labels: re.Pattern[str]
    ends: tuple[str, ...]


@cache
def _layout() -> _Layout:
    rows = table("layout.toml", "loaders")
    pairs = tuple((left, right) for left, right in rows["hyphenated"])
    labels = table("duties.toml", "loaders")["labels"]
    return _Layout(
        open_words=frozenset(rows["open_words"]),
        counted_words=frozenset(rows["counted_words"]),
        hyphenated=pairs,
        openers=tuple(rows["paragraph_openers"]),
        labels=re.compile(
            rf"(?:{either(labels['who'])}) (?:{either([*labels['lead_does'], *labels['coordinate_does']])})\s*:",
            re.IGNORECASE,
        ),
        ends=tuple(rows["paragraph_ends"]),
    )


def join_lines(lines: list[RawLine]) -> list[Block]:
    """The paragraphs in order; a footnote comes after the paragraph that its page break interrupts."""
    lines = mark_rows(lines)
    body = [line for line in lines if not line.footnote]
    notes = [line for line in lines if line.footnote]
    blocks = [Block(tuple(group), "cell" if group[0].row else "body") for group in _group(body)]
    if not notes:
        return blocks
    blocks += [Block(tuple(group), "footnote") for group in _group_notes(notes)]
    return sorted(blocks, key=lambda block: block.lines[0].raw_start)


def _group_notes(lines: list[RawLine]) -> list[list[RawLine]]:
    """Footnotes: each starts with its number."""
    groups: list[list[RawLine]] = []
    for line in lines:
        if groups and not _NOTE.match(line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


class _Habits(NamedTuple):
    """How this file breaks its lines."""

    gaps_tell: bool
    """Blank lines stand between paragraphs only."""
    gaps_separate: bool
    """They stand between all of them: lines without one between belong together."""
    usual_gap: int
    """Blank lines before a line that surely goes on, as a rule: two more than that are a gap in any file."""
    first_line: float
    """Usual length of a paragraph's first line where converters break it early, in characters; 0 where they do not."""
    marked: bool
    """Emphasis is marked, so a line without marks at its border goes on in the same run of text."""
    unwrapped: bool
    """Every line is a paragraph: none of them goes on below."""
    indent: int
    """Blanks from which on a line's indent says that it is a paragraph's first; 0 where the file shows no indents."""


def _group(lines: list[RawLine]) -> list[list[RawLine]]:
    widths = _widths(lines)
    habits = _habits(lines)
    groups: list[list[RawLine]] = []
    for index, line in enumerate(lines):
        if groups and not _starts(groups[-1][-1], line, widths[index - 1], habits):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _widths(lines: list[RawLine]) -> list[float]:
    """For each line how long a full line is around it (85th percentile of the wrapped neighbours), in characters."""
    lengths = [len(line.text) for line in lines]
    widths: list[float] = []
    for block in range(0, len(lines), _NEIGHBOURS):
        around = [n for n in lengths[max(0, block - _NEIGHBOURS) : block + 2 * _NEIGHBOURS] if n <= UNWRAPPED]
        width = quantiles(around, n=20, method="inclusive")[16] if len(around) > 1 else float(sum(around))
        widths += [width] * min(_NEIGHBOURS, len(lines) - block)
    return widths


def _habits(lines: list[RawLine]) -> _Habits:
    """Seen from the lines that surely go on (a lower-case start after a letter): do blank lines stand before them?"""
    gaps = sum(line.gap > 0 and not line.bars for line in lines)
    within = sorted(
        line.gap
        for before, line in pairwise(lines)
        if line.text[:1].islower() and before.text[-1:].isalpha() and not line.page_break and not line.bars
    )
    tell = sum(gap > 0 for gap in within) <= 0.15 * gaps
    return _Habits(
        gaps_tell=tell,
        gaps_separate=tell and gaps >= 0.15 * len(lines),
        usual_gap=within[len(within) * 9 // 10] if within else 0,
        first_line=_first_line(lines),
        marked=sum(any(line.emphasis) for line in lines) >= 5,
        unwrapped=_unwrapped(lines),
        indent=_first_line_indent(lines),
    )


def _unwrapped(lines: list[RawLine]) -> bool:
    """Whether a word processor wrote one line a paragraph: there are long lines, in a short letter two that no page
    could hold, and hardly any goes on below with a small letter (in wrapped texts every tenth does, in unwrapped ones
    the lines of a title)."""
    text = [(before, line) for before, line in pairwise(lines) if not line.bars]
    going_on = sum(line.text[:1].islower() and before.text[-1:].isalpha() for before, line in text)
    long = sum(len(line.text) > _LONG for line in lines) >= 6 or sum(len(line.text) > UNWRAPPED for line in lines) >= 2
    return long and going_on <= 0.05 * len(text)


def _first_line_indent(lines: list[RawLine]) -> int:
    """From which indent on a line is a paragraph's first, seen from the lines that surely go on and those with a
    printed marker (NĐ 30/2020/NĐ-CP, appendix I, part II, item 6.d: the first line stands 1 cm or 1,27 cm in)."""
    within = [line.indent for before, line in pairwise(lines) if line.text[:1].islower() and before.text[-1:].isalpha()]
    marked = [line.indent for line in lines if MARKER.match(line.text) and not line.bars and not line.row]
    if len(within) < 5 or len(marked) < 5:
        return 0
    limit = int(quantiles(within, n=10, method="inclusive")[8]) + _INDENT
    return limit if sum(indent >= limit for indent in marked) >= 0.8 * len(marked) else 0


def _starts(last: RawLine, line: RawLine, width: float, habits: _Habits) -> bool:
    """Whether ``line`` starts a new paragraph after ``last``."""
    if line.bars or line.row != last.row or line.own_row != last.own_row:
        return True
    if last.text.casefold() in _layout().counted_words:
        return False  # "Điều" alone on its line: its number stands on the next
    numbered_capitals = _capitals(last.text) and bool(MARKER.match(last.text))
    if is_enacting(line.text) and not numbered_capitals:
        return True
    if _BARE_MARKER.fullmatch(line.text) and (line.gap or line.emphasis[0]):
        return True
    ends = bool(_TERMINAL.search(last.text))
    full = _is_full(last, line, width)
    marker = MARKER.match(line.text)
    if marker:
        return _is_marker(marker.group(), last, line, full)
    if _BARE_PART.fullmatch(last.text):
        return False  # its title stands on the next line (appendix I, part II, item 6.c)
    if _BARE_MARKER.fullmatch(last.text):
        return False
    if _surely_goes_on(last, line, ends) or _EXECUTORS.match(last.text):
        return False
    if _capitals(last.text) and not ends:
        if line.text.isupper() and numbered_capitals:
            return False  # a short last line of a numbered heading ("… VÀ 10 THÁNG ⏎ NĂM 2031")
        return not _capitals(line.text) or (line.gap > 0 and habits.gaps_tell and not full)
    stands_out = not habits.indent or line.indent >= habits.indent or last.text.endswith(_layout().ends)
    if (ends and last.emphasis[1] and line.emphasis[0]) or (stands_out and _opens_by_its_words(last, line, width)):
        return True
    if line.gap and not line.page_break and (habits.gaps_tell or line.gap >= habits.usual_gap + 2):
        return True
    if habits.unwrapped or _opens_short(last, line, habits):
        return True
    if habits.indent:
        return line.indent >= habits.indent
    if not ends:
        same_run = habits.marked and not last.emphasis[1] and not line.emphasis[0]
        return not (full or habits.gaps_separate or same_run)
    return not full or last.text.endswith("./.") or bool(_GROUND.match(line.text) and last.text.endswith(";"))


def _first_line(lines: list[RawLine]) -> float:
    """Converted pages break the first line of each paragraph early; seen from the lines with a printed marker."""
    first = [len(line.text) for line in lines if MARKER.match(line.text) and not _LIST_END.search(line.text)]
    whole = [len(line.text) for line in lines if len(line.text) <= UNWRAPPED]
    if len(first) < 5 or len(whole) < 20:
        return 0.0
    full = quantiles(whole, n=20, method="inclusive")[16]
    usual = median(first)
    return usual if usual < 0.7 * full else 0.0


def _opens_short(last: RawLine, line: RawLine, habits: _Habits) -> bool:
    """Whether a line that breaks off early after a full sentence is a paragraph's first, as they are in this file."""
    if not habits.first_line or not _SENTENCE_END.search(last.text) or not line.text[0].isupper():
        return False
    return len(line.text) <= 1.2 * habits.first_line and not _LIST_END.search(line.text)


def _opens_by_its_words(last: RawLine, line: RawLine, width: float) -> bool:
    """Whether the words at the border tell: a list announced above, or what opens a paragraph after a sentence's end or
    a line that stopped before its middle."""
    if last.text.endswith(_layout().ends):
        return True
    ended = _SENTENCE_END.search(last.text)
    if not ended and len(last.text) >= width / 2 and not MARKER.match(last.text):
        return False
    aside = bool(ended and _ASIDE.match(line.text))
    labelled = bool(ended and _layout().labels.match(line.text))  # "Đơn vị chủ trì: …" below a task
    return aside or labelled or line.text.startswith(_layout().openers) or bool(_ANSWER.match(line.text))


def _surely_goes_on(last: RawLine, line: RawLine, ends: bool) -> bool:
    """A lower-case or a figure's start, a comma or an open word before: no paragraph starts or stops like this."""
    if line.text[0].islower() and not last.text.endswith((":", "./.")):
        return True
    if line.text[0].isdigit() and not ends:
        return True
    if last.text.rfind("(") > last.text.rfind(")") or (line.page_break and not ends and line.text.startswith("(")):
        return True
    return last.text.endswith((",", "(", "“")) or _last_word(last.text) in _layout().open_words


def _is_full(last: RawLine, line: RawLine, width: float) -> bool:
    """Whether the break after ``last`` was forced: the next word would not have fitted any more.

    Where a sentence ends and the next line starts another, chance and a new paragraph look alike: more is asked.
    """
    if len(last.text) > UNWRAPPED:
        return False
    share = _FULL
    if _capitals(last.text):
        share = _FULL_CAPITALS
    elif _SENTENCE_END.search(last.text) and line.text[0].isupper():
        share = _FULL_SENTENCE
    word = _WORD.match(line.text)
    return len(last.text) + 1 + (word.end() if word else 0) >= share * width


@lru_cache(maxsize=16)  # a line is looked at from both sides
def _capitals(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return capitals > 3 and capitals >= 0.85 * sum(map(str.isalpha, text))


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1].casefold() if text.split() else ""


def _is_marker(marker: str, last: RawLine, line: RawLine, full: bool) -> bool:
    """Whether what looks like a list marker at the line's start is one, seen from the line before."""
    if _LIST_END.search(last.text):
        return True
    rest = line.text[len(marker) :]
    if _DASH.fullmatch(marker):
        return not full or not (rest[:1].islower() or rest[:1].isdigit() or _hyphenated(last.text, rest))
    if marker[0].isdigit() or marker[0] == "(":
        return not (full and (_last_word(last.text) in _layout().counted_words or rest[:1].islower()))
    if marker[0].islower():
        return not full or marker.endswith(") ")
    return True


def _hyphenated(before: str, after: str) -> bool:
    """Whether "before ⏎ - after" is a name written with a hyphen ("Lao động - Thương binh")."""
    left, right = before.casefold(), after.casefold()
    return any(left.endswith(a) and right.startswith(b) for a, b in _layout().hyphenated)
