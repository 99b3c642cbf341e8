"""Parts of an act as they are pointed to: "điểm a, b khoản 1 Điều 3 và khoản 2 Điều 4" becomes three provisions.

Levels and their order are those of NĐ 78/2025/NĐ-CP and NĐ 34/2016/NĐ-CP (bố cục văn bản: phần, chương, mục, tiểu mục,
điều, khoản, điểm), read from the inner to the outer as they are printed; Party documents and annexes use the same
words. Works on clean text; nothing is guessed: what does not name a level and a number is no provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_RANKS = {
    "tiết": 0,
    "điểm": 1,
    "khoản": 2,
    "điều": 3,
    "tiểu mục": 4,
    "mục": 5,
    "chương": 6,
    "phần": 7,
    "phụ lục": 8,
    "mẫu": 8,
    "biểu": 8,
}
_PRINTED = {"điều": "Điều", "mục": "Mục", "chương": "Chương", "phần": "Phần", "phụ lục": "Phụ lục", "mẫu": "Mẫu"}
_LEVEL = r"(?:tiểu mục|tiết|điểm|khoản|điều|mục|chương|phần|phụ lục|mẫu|biểu)"
_NUMBER = r"(?:\d{1,3}[a-zđ]{0,2}|[ivxlc]{1,6}|[a-zđ]{1,2}\d?)(?:\.\d{1,2}){0,3}(?!\w)"
_MORE = rf"(?:\s?(?:,|;|và|đến)\s?(?!(?:{_LEVEL})\s){_NUMBER})"
_ONE = rf"{_LEVEL}\s(?:thứ\s|số\s)?{_NUMBER}{_MORE}{{0,20}}"
PROVISIONS = (
    rf"(?>(?:(?:các|những)\s)?(?:từ\s)?{_ONE}"
    rf"(?:\s?(?:,|;)?\s?(?:và\s|đến\s|của\s|thuộc\s|tại\s)?(?:các\s)?{_ONE}){{0,30}})"
)
"""A pattern over lower-cased text: provisions in a row, with the words that join them; never tried another way."""
_TOKEN = re.compile(rf"(?P<to>đến\s)?(?:(?P<level>{_LEVEL})\s(?:thứ\s|số\s)?)?(?<!\w)(?P<number>{_NUMBER})")
_FIND = re.compile(rf"(?<!\w){PROVISIONS}")
_LONGEST_RANGE = 30
_ROMAN = re.compile(r"[ivxlc]+")

Chain = tuple[tuple[str, str], ...]
"""A provision from the outermost level to the innermost: ``(("điều", "3"), ("khoản", "1"))``."""


def find_provisions(text: str) -> tuple[int, int] | None:
    """Where the first row of provisions stands."""
    return next(every_row(text), None)


def every_row(text: str) -> Iterator[tuple[int, int]]:
    """Where each row of provisions stands."""
    return (found.span() for found in _FIND.finditer(text.lower()))


def provisions(text: str, outer: Chain = ()) -> list[Chain]:
    """The provisions that a row names, in order; ``outer`` completes those that leave out the levels above."""
    chains: list[Chain] = []
    chain: list[tuple[str, str]] = []
    for level, number in reversed(_tokens(text)):
        if chain and _RANKS[level] >= _RANKS[chain[-1][0]]:
            chains.append(tuple(chain))
            while chain and _RANKS[chain[-1][0]] <= _RANKS[level]:
                chain.pop()
        chain.append((level, number))
    if chain:
        chains.append(tuple(chain))
    return [_completed(found, outer) for found in reversed(chains)]


def printed(chain: Chain) -> str:
    """As drafting rules print it: from the inner level to the outer ("điểm a khoản 1 Điều 3")."""
    return " ".join(f"{_PRINTED.get(level, level)} {_numeral(level, number)}" for level, number in reversed(chain))


def _numeral(level: str, number: str) -> str:
    """Roman numerals in capitals, whatever case they were read in."""
    return number.upper() if _RANKS[level] >= _RANKS["mục"] and _ROMAN.fullmatch(number) else number


def path_key(chain: Chain) -> tuple[str, ...]:
    """The numbers from the outermost level to the innermost, for comparison with :func:`unit_key`."""
    return tuple(number.casefold() for _, number in chain)


def unit_key(path: str) -> tuple[str, ...]:
    """The numbers of a unit's path ("Điều 3.1.a" → 3, 1, a), words of levels left out."""
    parts = re.split(r"[.\s]+", path.casefold())
    words = {"điều", "chương", "mục", "phần", "khoản", "điểm", "tiểu", "phụ", "lục", "thứ"}
    return tuple(part for part in parts if part and part not in words)


def _completed(chain: Chain, outer: Chain) -> Chain:
    above = tuple(part for part in outer if _RANKS[part[0]] > _RANKS[chain[0][0]])
    return above + chain


def _tokens(text: str) -> list[tuple[str, str]]:
    """Level and number of each part; a number without a level takes that of the one before, ranges are counted out."""
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(text.lower()):
        level = found["level"] or (tokens[-1][0] if tokens else None)
        if level is None or (found["level"] is None and not _joined(text, found.start())):
            continue
        if found["to"] and tokens and tokens[-1][0] == level:
            tokens += [(level, number) for number in _between(tokens[-1][1], found["number"])]
        tokens.append((level, _case(text[found.start("number") : found.end("number")])))
    return tokens


def _joined(text: str, at: int) -> bool:
    """Whether a number without a level goes on a list: a comma, "và" or "đến" stands before it."""
    return text[:at].rstrip().endswith((",", ";", "và", "đến")) or text.startswith("đến", at)


def _case(number: str) -> str:
    return number.upper() if re.fullmatch(r"[ivxlcIVXLC]{2,}", number) else number


def _between(first: str, last: str) -> Sequence[str]:
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _LONGEST_RANGE:
        return [str(number) for number in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1 and first.isascii() and last.isascii() and first.isalpha() and first < last:
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return ()
