"""What a file says of its act outside the act's header: a portal's summary, the lines "(Kèm theo …)" of its
annexes.

A summary names the act that the file is about ("Ngày …, Sở … ban hành Công văn 12/…"); the title of an annex names
the act that it belongs to (NĐ 30/2020/NĐ-CP, appendix I, part I, section III, item 1). Either proves number, date
and issuer where the header is lost.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from loaders.formal import compiled, is_post, kind_alternatives, kind_names
from loaders.landmarks import Landmarks
from loaders.letterhead import DATE, NUMBER, iso_date
from loaders.naming import normal_case
from loaders.text import SourceText
from ontology.folding import same
from ontology.numbers import squeeze

_WINDOW = 6_000
"""Characters of a summary, or from the start of the annexes, that are looked at."""


class SelfNaming(NamedTuple):
    """An act named from outside its header, and the clean offsets of the words that name it."""

    kind: str
    number: str
    date: str | None
    issuer: str | None
    start: int
    end: int
    why: str


@cache
def _promulgates() -> re.Pattern[str]:
    verbs = r"(?:vừa\s+)?(?:đã\s+)?(?:ký\s+)?(?:ban\s+hành|có|ký|phê\s+duyệt|thông\s+qua)"
    return compiled(
        rf"Ngày\s+(?P<day>[^,]{{8,30}}),\s*(?P<issuer>[A-ZÀ-ỸĐ][^,.;:]{{2,120}}?)"
        rf"\s+{verbs}\s+(?P<kind>{kind_alternatives()})\s+(?:số\s*:?\s*)?(?P<number>{NUMBER.pattern})"
    )


@cache
def _issued_with() -> re.Pattern[str]:
    return compiled(
        rf"[Kk]èm\s+theo\s+(?P<kind>{kind_alternatives()})\s+(?:số\s*:?\s*)(?P<number>{NUMBER.pattern})"
        rf"(?:\s*,?\s*(?P<day>ngày\s[^)]{{6,40}}?)\s+của\s+(?P<issuer>[^)\n]{{3,140}}))?"
    )


@cache
def _titled() -> re.Pattern[str]:
    return compiled(
        rf"(?:^|(?<=\n))\W{{0,3}}(?P<kind>(?i:{kind_alternatives()}))\s+(?i:số)\s*:?\s*(?P<number>{NUMBER.pattern})"
        rf"(?:\s*,?\s*(?P<day>ngày\s[\d/. -]{{6,12}}|ngày\s\d[^,;\n]{{6,24}}\d{{4}}))?"
        rf"(?:\s*,?\s*của\s+(?P<issuer>[^,;\n]{{3,80}}?)(?=\s+(?:về|Về)\s|\s*(?:,|\n|$)))?"
    )


def read_summary(text: SourceText, marks: Landmarks) -> SelfNaming | None:
    """The act that a portal's summary is about, ``None`` where there is no summary or it names none."""
    if not marks.head or marks.head > len(text.lines):
        return None
    end = min(text.lines[marks.head - 1].end, _WINDOW)
    match = _promulgates().search(text.clean, 0, end)
    if match:
        return _naming(match, "phần giới thiệu của trang tin nêu văn bản này")
    titles = list(_titled().finditer(text.clean, 0, end))
    named = next((match for match in titles if match["day"]), titles[0] if titles else None)
    return _naming(named, "tiêu đề do người chép đặt nêu văn bản này") if named else None


def read_issued_with(text: SourceText, marks: Landmarks) -> SelfNaming | None:
    """The act that the annexes name as theirs."""
    if marks.annex >= len(text.lines):
        return None
    start = text.lines[marks.annex].start
    match = _issued_with().search(text.clean, start, start + _WINDOW)
    return _naming(match, "tiêu đề phụ lục nêu văn bản mà nó kèm theo") if match else None


def read_issuing_act(text: SourceText, marks: Landmarks) -> SelfNaming | None:
    """The act that promulgates this one, from "(Ban hành kèm theo …)" below its own title."""
    if marks.head >= marks.body:
        return None
    match = _issued_with().search(text.clean, text.lines[marks.head].start, text.lines[marks.body - 1].end)
    return _naming(match, "ban hành kèm theo văn bản mang số này") if match else None


def _naming(match: re.Match[str], why: str) -> SelfNaming:
    day = DATE.search(f"ngày {match['day'] or ''}".replace("ngày ngày", "ngày"))
    issuer = match["issuer"]
    return SelfNaming(
        kind_names()[same(match["kind"])],
        squeeze(match["number"]),
        iso_date(day) if day else None,
        without_post(" ".join(issuer.split())) if issuer else None,
        match.start(),
        match.end(),
        why,
    )


def without_post(name: str) -> str:
    """The body whose head is named: "Bộ trưởng Bộ Xây dựng" → "Bộ Xây dựng"; heads that are issuers themselves stay."""
    name = normal_case(name)
    if is_post(name) and not same(name).startswith(("thủ tướng", "chủ tịch nước")):
        body = re.search(
            r"\s(?=(?:Bộ|Sở|Cục|Chi cục|Tổng cục|Ủy ban|Hội đồng|Ban|Văn phòng|Thanh tra|UBND|HĐND)\s)", name
        )
        return name[body.end() :] if body else name
    return name
