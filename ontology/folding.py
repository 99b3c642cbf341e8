"""How Vietnamese text is brought to one form: canonical for identity, folded for search.

Reads any text; writes NFC text (:func:`canonical`), a tone-placement key (:func:`same`) or ASCII (:func:`fold`,
:func:`slug`). Legal symbols are compared on the first two only: folding diacritics would make Đ and D one letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "\u00a0": " ", "\u00ad": "", "\u200b": "", "\ufeff": ""})
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
# "hoà" and "hòa", "uỷ" and "ủy" are two accepted spellings: the tone on the second vowel moves to the first.
_TONE_ON_GLIDE = re.compile(f"([ou])([aey])([{_TONE_MARKS}])(?![a-z\u0302\u0306\u031b])")
_AFTER_Q = re.compile(f"(?<=q)u([{_TONE_MARKS}])y")


def canonical(text: str) -> str:
    """NFC, look-alike Ð (U+00D0) as Đ (U+0110), invisible characters gone, white space folded to single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_LOOKALIKES).split())


def same(text: str) -> str:
    """Comparison key for names: canonical, case folded, one spelling of tone placement; every diacritic still counts.

    ``same("Uỷ ban") == same("ỦY BAN")`` but ``same("Đ") != same("D")``.
    """
    return _key_of_name(text) if len(text) <= _NAME else _key(text)


def _key(text: str) -> str:
    spread = unicodedata.normalize("NFD", canonical(text).casefold())
    moved = _TONE_ON_GLIDE.sub(r"\1\3\2", spread)
    return unicodedata.normalize("NFC", _AFTER_Q.sub(r"uy\1", moved))


_NAME = 100
"""Characters. Names and words come again and again, longer texts do not."""
_key_of_name = lru_cache(maxsize=1 << 14)(_key)


def fold(text: str) -> str:
    """Search key: case folded, diacritics removed, đ→d, white space folded. For search only, never for identity."""
    spread = unicodedata.normalize("NFKD", canonical(text).casefold().replace("đ", "d"))
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).split())


def slug(text: str) -> str:
    """ASCII path segment ``[a-z0-9-]+``: folded words joined by hyphens; "khong-ten" where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "khong-ten"
