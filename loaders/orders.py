"""Whether words order work: the verb that an instruction begins with, after the body that it is addressed to.

An opening circumstance stands before the verb ("Hằng năm, rà soát …", "Căn cứ tình hình thực tế, bố trí …"); the verbs
and openings are those of ``duties.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from loaders.words import either
from ontology.folding import fold
from ontology.tables import table

_ADDRESSEE = re.compile(r"[^.;:]{2,160}:\s+")
_OPENING_LENGTH = 240
"""Characters of an opening circumstance, up to the comma before the verb."""
_LIMIT = 80
"""Characters in which a verb, or the words that open a circumstance, are looked for."""
_GIVES_WAY = re.compile(r"(?:,|\bthì)\s+(?:(?:các\s+)?(?:đơn vị|cơ quan|địa phương|nhà trường)\s+)?")


class _Openings(NamedTuple):
    verb: re.Pattern[str]
    misread: re.Pattern[str]
    title: re.Pattern[str]
    opening: re.Pattern[str]
    direction: re.Pattern[str]


@cache
def _words() -> _Openings:
    """The verbs and openings of ``duties.toml``, longest first, at a word's border."""
    work = table("duties.toml", "loaders")["work"]
    return _Openings(
        verb=re.compile(rf"(?!{either(work['not_orders'])}\b){either(work['verbs'])}\b"),
        misread=re.compile(
            rf"(?!{either(map(fold, work['not_orders']))}\b)"
            rf"{either(fold(verb) for verb in work['verbs'] if ' ' in verb)}\b"
        ),
        title=re.compile(rf"{either(work['describing_titles'])}\b"),
        opening=re.compile(rf"{either(work['order_openings'])}\b"),
        direction=re.compile(rf"{either(work['directions'])}\b"),
    )


def starts_order(text: str) -> bool:
    """Whether a sentence begins with a verb of work ("Rà soát …", "Sở Y tế: Chủ trì …", "Hằng năm, rà soát …"); a
    subject before it is no order. Verbs of two syllables are known with misread diacritics too ("Đây mạnh …")."""
    if _words().verb.match(text[:_LIMIT].casefold()) or _words().misread.match(fold(text[:_LIMIT])):
        return True
    prefix = _ADDRESSEE.match(text)
    if prefix and _words().title.match(text[:_LIMIT].casefold()):
        return False
    if prefix and _words().verb.match(text[prefix.end() : prefix.end() + _LIMIT].casefold()):
        return True
    return _after_circumstance(text)


def _after_circumstance(text: str) -> bool:
    """Whether an opening circumstance gives way, at one of its commas, to a verb that is more than a direction."""
    opening = re.match(r"[^.;:]*", text[:_OPENING_LENGTH])
    circumstance = opening.group().casefold() if opening else ""
    words = _words()
    if not words.opening.match(circumstance):
        return False
    return any(
        words.verb.match(circumstance, comma.end()) and not words.direction.match(circumstance, comma.end())
        for comma in _GIVES_WAY.finditer(circumstance)
    )
