"""Document numbers ("21-NQ/TU", "43/2023/NĐ-CP", "88/2014/QH13"): read, compared, and put into a path and back.

Grammar, from Nghị định 30/2020/NĐ-CP appendix I part II item 3 (State: ``số/[năm/]KIND-BODY``; a letter has no kind:
``số/BODY-UNIT``), Hướng dẫn 36-HD/VPTW part II item 3 (Party: ``số-KIND/BODY``), and Nghị định 78/2025/NĐ-CP
article 56 (acts of the National Assembly: ``số/năm/QH`` + term)::

    number   = serial "-" kind "/" body            party
             | serial ["/" year] "/" symbol        state
             | serial "/" year "/" assembly        assembly
    serial   = digits ["." digits] [letter]        "21", "36a", "66.8", "0125"
    symbol   = segment {("-" | "/" | "&") segment}
    assembly = ("QH" | "UBTVQH") term
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from ontology.folding import canonical
from ontology.tables import table

Style = Literal["party", "state", "assembly"]

_SERIAL = r"(?P<serial>\d{1,6}(?:\.\d{1,4})?[a-zđA-ZĐ]?)"
_CAPITAL = "A-ZĐƯƠÔÂĂÊ"
_SEGMENT = rf"[{_CAPITAL}](?:[{_CAPITAL}0-9]|[a-z]{{1,2}}(?![a-z]))*"
_SYMBOL = rf"{_SEGMENT}(?:[-/&]{_SEGMENT})*"
PARTY_PATTERN = rf"{_SERIAL}-(?P<kind>{_SEGMENT})/(?P<body>{_SYMBOL})"
STATE_PATTERN = rf"{_SERIAL}(?:/(?P<year>(?:19|20)\d\d))?/(?P<symbol>{_SYMBOL})"
_PARTY = re.compile(PARTY_PATTERN)
_STATE = re.compile(STATE_PATTERN)
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH)[0-9IVXK]{0,5}")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_LEADING_SERIAL = re.compile(r"\d+(?:\.\d+)*[A-Za-z]?(?=[-/]|$)")
_LEADING_SLUG = re.compile(r"\d+(?:\.\d+)*[a-z]?(?=[-_]|$)")
_SLUG_TOKEN = re.compile(r"~0([0-9a-f]+)~|~([a-z])|(dd)|(_)|([a-z])|([-.0-9])")


class Number(NamedTuple):
    """A document number in its parts. ``printed`` is the canonical spelling: NFC, no blanks, plain hyphens."""

    printed: str
    serial: str
    year: str | None
    kind: str | None
    body: str
    style: Style


def parse_number(text: str) -> Number | None:
    """The parts of a number, ``None`` where the whole text is none ("30/6/2023", "5/ha").

    ``style`` is how the number is printed. ``kind`` is the abbreviation as the table of kinds writes it ("ND-CP" has
    kind "NĐ"), ``None`` for letters ("4179/UBND-KTTH") and acts of the Assembly.
    """
    printed = squeeze(text)
    if party := _PARTY.fullmatch(printed):
        kind = kind_symbol(party["kind"]) or party["kind"]
        return Number(printed, party["serial"], None, kind, party["body"], "party")
    state = _STATE.fullmatch(printed)
    if state is None or sum(c.isupper() for c in state["symbol"]) < 2:
        return None
    if _ASSEMBLY.fullmatch(state["symbol"]):
        return Number(printed, state["serial"], state["year"], None, state["symbol"], "assembly")
    found, body = split_symbol(state["symbol"])
    return Number(printed, state["serial"], state["year"], found, body, "state")


def split_symbol(symbol: str) -> tuple[str | None, str]:
    """Kind and body of a State symbol: "NQ-HĐND" → ("NQ", "HĐND"), "TTg-QHĐP" → (None, "TTg-QHĐP").

    An abbreviation that is a kind and a body at once ("CT": Chỉ thị, Cục Thuế) is the kind only before a body:
    "CT-UBND" is a directive, "CT-CS" a letter of the Tax Department.
    """
    head, separator, rest = _halves(symbol)
    kind = kind_symbol(head)
    if kind is None:
        return None, symbol
    if head.upper() in _issuing_symbols() and separator and not _names_body(rest):
        return None, symbol
    return kind, rest


def kind_symbol(text: str) -> str | None:
    """The abbreviation as the table of kinds writes it, ``None`` for no kind; "QD" is read as "QĐ" (lost bar)."""
    symbols = _kind_symbols()
    return symbols.get(text.upper()) or symbols.get(text.upper().replace("D", "Đ"))


def squeeze(text: str) -> str:
    """Canonical spelling of a number: NFC, Đ, every dash a hyphen, no blanks around "/", "-" and "&"."""
    return re.sub(r" ?([-/&]) ?", r"\1", _DASHES.sub("-", canonical(text)))


def number_key(text: str) -> str:
    """Comparison key: canonical, upper case, leading zeros of the serial dropped. "08-nq/tu" → "8-NQ/TU"."""
    return squeeze(text).replace(" ", "").upper().lstrip("0")


def number_slug(number: str) -> str:
    """ASCII path segment of a number, undone by :func:`number_from_slug`: "21-NQ/TU" → "21-nq_tu".

    Letters become lower case, "/" → "_", "Đ" → "dd"; a lower-case letter outside the leading serial → "~x"
    ("TTg" → "tt~g"); whatever else could be misread → "~0" + hexadecimal code + "~". Lossless for every text.
    """
    lead = _LEADING_SERIAL.match(number)
    head = lead.group() if lead else ""
    kept = head[:-1] + (_escape(head[-1]) if head[-1:].isupper() else head[-1:])
    rest = number[len(head) :]
    return kept + "".join(_encode(rest, i) for i in range(len(rest)))


def number_from_slug(slug: str) -> str:
    """The number that :func:`number_slug` wrote. Raises :class:`ValueError` for a text that it never writes."""
    lead = _LEADING_SLUG.match(slug)
    at = lead.end() if lead else 0
    out = [slug[:at]]
    while at < len(slug):
        token = _SLUG_TOKEN.match(slug, at)
        if token is None:
            raise ValueError(f"not the slug of a document number: {slug!r} (at {at})")
        code, lower, bar, slash, letter, plain = token.groups()
        out.append(chr(int(code, 16)) if code else lower or (bar and "Đ") or (slash and "/") or plain or letter.upper())
        at = token.end()
    return "".join(out)


def _encode(text: str, i: int) -> str:
    char = text[i]
    if char == "Đ":
        return "dd"
    if char == "D" and (text[i + 1 : i + 2] in ("D", "Đ") or text[max(i - 1, 0) : i] in ("D", "Đ")):
        return _escape(char)  # "dd" is Đ
    if not char.isascii():
        return _escape(char)
    if char.isupper():
        return char.lower()
    if char.islower():
        return f"~{char}"
    return {"/": "_"}.get(char, char if char.isdigit() or char in "-." else _escape(char))


def _escape(char: str) -> str:
    return f"~0{ord(char):x}~"


def _halves(symbol: str) -> tuple[str, str, str]:
    cut = re.search(r"[-/]", symbol)
    return (symbol[: cut.start()], cut.group(), symbol[cut.end() :]) if cut else (symbol, "", "")


@cache
def _kind_symbols() -> dict[str, str]:
    return {s.upper(): s for row in table("kinds.toml")["kind"] for s in row.get("state", []) + row.get("party", [])}


@cache
def _issuing_symbols() -> frozenset[str]:
    """The abbreviations of bodies that the table gives, upper case."""
    rows = table("bodies.toml")["body"]
    return frozenset(s.upper() for row in rows for s in row.get("symbols", []))


def _names_body(rest: str) -> bool:
    return _halves(rest)[0].upper() in _issuing_symbols() or rest.startswith(("QH", "UBTVQH"))
