"""What the symbol of a document number says about its issuer (NĐ 30/2020/NĐ-CP appendix I part II item 3)."""

from __future__ import annotations

import re

from ontology.body_table import Body, by_abbreviation
from ontology.numbers import parse_number, squeeze

_TERM_DIGITS = re.compile(r"(?<=QH)[0-9IVXK]+$")
_JOINT = frozenset({"TTLT", "NQLT", "KHPH", "QCPH"})


def issuers_of_suffix(suffix: str, province: str | None = None) -> tuple[Body, ...]:
    """The issuers that a symbol or a whole number shows, empty where unknown."""
    text = squeeze(suffix)
    number = parse_number(text) or parse_number(f"1{text}") or parse_number(f"1/{text}")
    if number is None:
        return ()
    segments = [_TERM_DIGITS.sub("", s) for s in re.split(r"[-/]", number.body)]
    if number.kind in _JOINT:
        found = [by_abbreviation(s) for s in segments]
        return tuple(b for b in found if b) if all(found) else ()
    body = _chairman(number.kind, segments, province) or _head(segments)
    return (body,) if body else ()


def _head(segments: list[str]) -> Body | None:
    """The body of the first segment; for "BNN&PTNT" both spellings are in the table."""
    return by_abbreviation(segments[0])


def _chairman(kind: str | None, segments: list[str], province: str | None) -> Body | None:
    """ "QĐ-CT" is the Chairman's in a province's paper, the Tax Department's elsewhere."""
    return by_abbreviation("CTUBND") if kind and province and segments == ["CT"] else None
