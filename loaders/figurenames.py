"""What a figure measures, in the words around it.

Reads the words of one clause before a number and behind its unit; writes where the noun phrase stands that is measured.
How such documents are written: the phrase opens with a word of measure ("tỷ lệ", "tổng", "diện tích") behind a comma,
an aim ("phấn đấu") or a verb of movement ("nâng tỷ lệ … lên 30%"), or it follows the unit ("100% xã đạt chuẩn"). The
words stand in ``units_of_measure.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from loaders.words import either
from ontology.tables import table

_TIME = re.compile(
    r"(?:^|(?<!tháng)(?<!đầu)(?<!cuối)[\s,])(?:(?:đến|trong|vào|của|tới|sang)\s+)?(?:(?:hết|cuối|đầu)\s+)?năm\s+\d{4}$"
    r"|\bđến nay$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r",\s*(?P<first>\w)")
_SHORT = 14
"""Words of a phrase that is kept whole, whatever word of measure it holds."""
_AGAINST_WORDS = 5
_WINDOW = 40
"""Characters at an end of a phrase in which its last words are read."""


class _Words(NamedTuple):
    head: re.Pattern[str]
    aim: re.Pattern[str]
    moves: re.Pattern[str]
    open_end: re.Pattern[str]
    verb_end: re.Pattern[str]
    next_figure: re.Pattern[str]
    against: re.Pattern[str]


@cache
def _words() -> _Words:
    rows: dict[str, Any] = table("units_of_measure.toml", "loaders")["name"]
    verbs = either(table("duties.toml", "loaders")["work"]["verbs"])
    heads, aims, moves = (
        either(rows["heads"]),
        either(rows["aims"]),
        rf"{either(rows['moves'])}(?!\s+(?:trưởng|cường))",
    )
    return _Words(
        head=re.compile(rf"(?:^|,|\b(?:{moves}|{aims}|với)(?=\s))\s*(?P<head>(?:{heads})(?!\w))", re.IGNORECASE),
        aim=re.compile(rf"(?<!\w)(?:{aims})(?!\w)[\s,:]*", re.IGNORECASE),
        moves=re.compile(rf"(?:(?:{moves})\s+)+", re.IGNORECASE),
        open_end=re.compile(rf"(?:^|(?<=\s)){either(rows['open_ends'])}$", re.IGNORECASE),
        verb_end=re.compile(rf"(?:^|(?<=\s))(?:{either(rows['open_ends'])}|{verbs})$", re.IGNORECASE),
        next_figure=re.compile(
            rf",\s*(?:{heads}|{moves}|{either(rows['goes_on'])})(?!\w)|\s+với\s+(?:{heads})(?!\w)"
            r"|\s+so\s+với(?!\w)|\s+(?:trước|đến|vào|trong)\s+(?:hết\s+|cuối\s+)?(?:ngày|tháng|quý|năm)(?!\w)",
            re.IGNORECASE,
        ),
        against=re.compile(rf"\s*(?:so\s+với\s+)?(?P<what>{either(rows['against'])})(?!\w)", re.IGNORECASE),
    )


def phrase_before(text: str, *, share: bool) -> tuple[int, int]:
    """The place in ``text``, the words before a figure, of the phrase that it measures; empty where they only aim at
    what follows ("phấn đấu", "bảo đảm cho", for a ``share`` also "xây dựng" of "xây dựng 20% xã")."""
    words = _words()
    start = max((match.end() for match in words.aim.finditer(text)), default=0)
    heads = [match.start("head") for match in words.head.finditer(text, start)]
    whole = start in heads or ("," not in text[start:] and len(text[start:].split()) <= _SHORT)
    start = start if whole else max(heads, default=start)
    moves = words.moves.match(text, start)
    start = moves.end() if moves else start
    end = len(text)
    time = _TIME.search(text, max(start, end - _WINDOW))
    end = time.start() if time else end
    open_end = words.verb_end if share and not heads else words.open_end
    if open_end.search(text, max(start, end - _WINDOW), end):
        return end, end
    return start, max(start, end)


def phrase_behind(text: str) -> str:
    """What of ``text``, the words behind a unit, belongs to this figure: up to the next one, or a new name."""
    stop = _words().next_figure.search(text)
    text = text[: stop.start()] if stop else text
    capital = next((match for match in _CAPITAL.finditer(text) if match["first"].isupper()), None)
    return text[: capital.start()] if capital else text


def only_against(text: str) -> bool:
    """Whether ``text`` tells nothing but what the figure is a share of ("so với kế hoạch năm")."""
    return len(text.split()) <= _AGAINST_WORDS and measured_against(text) is not None


def measured_against(text: str) -> str | None:
    """What the figure is a share of, where that is no noun of its own: "kế hoạch" of "đạt 97% kế hoạch"."""
    found = _words().against.match(text)
    return " ".join(found["what"].split()).lower() if found else None
