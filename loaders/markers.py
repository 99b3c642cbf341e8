"""Printed list markers: what level a paragraph stands at and how it is called in a path.

NĐ 30/2020/NĐ-CP, appendix I, part II, item 6.d: Phần, Chương, Mục, Điều, khoản, điểm; Roman numerals, Arabic numerals,
letters; below them the bullets that everybody uses ("-", then "+").
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTS = re.compile(
    r"(?P<part>(?:Phần|PHẦN)\s+(?:thứ\s+|THỨ\s+)?(?:[IVXLC]+|\d+|[A-ZĐ]|nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM)"
    r"|(?:Chương|CHƯƠNG)\s+(?:[IVXLC]+|\d+)|(?:Mục|MỤC|Tiểu mục|TIỂU MỤC)\s+[IVXLC\d]+)\b[.:]?"
    r"|(?P<article>(?:Điều|ĐIỀU)\s+\d+[a-zđ]?)\s*[.:]"
    r"|(?P<annex>(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?[\dIVX]+[A-Za-z]?)?)\s*(?:[:.]|$)"
    r"|(?P<roman>[IVXLC]{1,7})\s*(?:[.)]|[/–-](?!\s?\d{4}))\s*(?=\S)"
    r"|(?P<capital>[A-HĐ])(?:[.)]\s+|\s?[-–]\s+(?=[A-ZĐÀ-Ỹ]{2}))(?=\S)"
    r"|(?P<composite>\d{1,2}(?:\.\d{1,2}){1,4})[.)]?(?:\s+|(?=[^\W\d_]))(?=\D)"
    r"|(?P<number>\d{1,3})(?:[.)](?:\s+|(?=[^\W\d_]))|/\s+)(?=\S)"
    r"|(?P<dashed>\d{1,2}(?:\.\d{1,2})*)\s?[-–]\s+(?=[A-ZĐÀ-Ỹ])"  # the Party's way: "1- Quan điểm"
    r"|\((?P<bracketed>\d{1,2}|[ivx]{1,4})\)\s*(?=\S)"
    r"|(?P<letter>[a-zđ])(?:[.)]\s*|/\s+)(?=\S)"
    r"|(?P<dash>[-–—])\s*(?=\S)"
    r"|(?P<plus>\+)\s*(?=\S)"
    r"|(?P<star>[*•·●○▪■♦✓➢])\s*(?=\S)"
    r"|(?P<circle>o)\s+(?=[^\W\d_a-zà-ỹ])"
)
_ENACTING = re.compile(
    r"(?:NAY\s+)?(?:QUYẾT\s+NGHỊ|QUYẾT\s+ĐỊNH)\s*:?|(?:YÊU\s+CẦU|CHỈ\s+THỊ|KẾT\s+LUẬN|THÔNG\s+BÁO)\s*:"
    r"|(?:Quyết\s+nghị|Quyết\s+định)\s*:"
)


class Marker(NamedTuple):
    """``style`` orders levels ("roman", "number", "dash"), ``label`` is the path's part, ``end`` the text's begin."""

    style: str
    label: str
    end: int


BULLETS = frozenset({"dash", "plus", "star", "circle"})


def is_enacting(text: str) -> bool:
    """Whether a line is the enacting formula alone ("QUYẾT NGHỊ:"; appendix I, part II, item 6.c)."""
    return bool(_ENACTING.fullmatch(text))


def read_marker(text: str) -> Marker | None:
    """The marker that a paragraph's clean text starts with, ``None`` where it has none.

    A bullet's label is its sign: the outline counts it. The enacting line ("QUYẾT NGHỊ") is its own label.
    """
    if is_enacting(text):
        return Marker("enacting", text.rstrip(" :"), len(text))
    match = _PARTS.match(text)
    if not match:
        return None
    style = match.lastgroup or ""
    label = match[style]
    if style == "dashed":
        style = "number" if "." not in label else f"composite{label.count('.') + 1}"
    if style == "roman" and len(label) == 1 and label in "CDL":
        style = "capital"
    if style in ("dash", "plus", "star", "circle"):
        label = {"dash": "-", "plus": "+"}.get(style, "*")
    if style == "composite":
        style = f"composite{label.count('.') + 1}"
    return Marker(style, " ".join(label.split()), match.end())
