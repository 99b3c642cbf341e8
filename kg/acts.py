"""What is known of an act, from its own header or from the words of who cites it, in a form that can be compared.

Reads records; writes :class:`Facts`. Two facts may name one act only where number, issuing body, kind, place, day and
term do not contradict one another: the number alone never says which act is meant (Party numbers restart every term,
State numbers every year, and every province has its own).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kg.links import Act
from kg.vocabulary import forms
from loaders.records import Citation, Record
from ontology.bodies import body_of_suffix, find_body, full_name
from ontology.folding import same, slug
from ontology.identifiers import BASE, UNKNOWN_PLACE, document_iri, number_key, parse_number
from ontology.kinds import kind_by_number
from ontology.places import find_province, provinces

UNKNOWN = "không rõ"
_TERM = re.compile(r"(?:khóa|khoá|nhiệm kỳ)\s+(?:thứ\s+)?([IVXLC]+|\d{1,2})\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d+|[ivxlc]{2,}")
_YEAR_IN_NAME = re.compile(r"\(?\bnăm\s+((?:19|20)\d\d)\)?")
_LONGEST_TITLE = 60
_AMENDING = ("sửa", "đổi")
_NORMATIVE = ("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh")


class Series(NamedTuple):
    """Whose numbers count on: path segments of place, issuer and kind as names are minted."""

    place: str
    issuer: str
    kind: str


class Facts(NamedTuple):
    """What is known of one act. ``key`` compares numbers; ``words`` are the subject's, joining words left out."""

    series: Series
    kind: str | None
    number: str | None
    key: str | None
    issuer: str | None
    province: str | None
    date: str | None
    year: str | None
    term: str | None
    subject: str | None
    words: tuple[str, ...]

    @property
    def figures(self) -> frozenset[str]:
        """Years, ordinals and other figures of the subject: they tell this year's act from last year's."""
        return frozenset(w for w in self.words if _FIGURE.fullmatch(w))


def document_facts(record: Record) -> Facts:
    """What a document says it is."""
    about = record.document
    return _facts(about.type, about.number, about.issuer, about.province, about.date, about.subject)


def citation_facts(record: Record, citation: Citation) -> Facts:
    """What the citing words say of the act; the citing document supplies its province to bodies that every one has.

    The number's symbol supplies an issuer that is not printed. The title of a law stands in its name.
    """
    number = citation.symbol_normalised or citation.symbol
    kind = citation.type or _kind_of(number)
    here = record.document.province
    issuer = citation.issuer or (body_of_suffix(number, here) if number else None)
    if issuer is None and kind in _NORMATIVE:
        issuer = "Quốc hội"
    subject = citation.subject
    if kind in _NORMATIVE:  # "Luật Thú y số 79/2015/QH13": the name is the title
        subject = citation.surface.partition(" số ")[0] if number else citation.surface
    elif number is None and subject is None:
        subject = citation.surface
    return _facts(kind, number, issuer, here, citation.date, subject)


def _kind_of(number: str | None) -> str | None:
    found = kind_by_number(number) if number else None
    return found.name if found else None


def _facts(
    kind: str | None, number: str | None, issuer: str | None, here: str | None, date: str | None, subject: str | None
) -> Facts:
    province = _home(issuer, here) if issuer else here
    full = full_name(issuer, province) if issuer else None
    parsed = parse_number(number) if number else None
    named_year = _YEAR_IN_NAME.search(subject or "") if kind in _NORMATIVE else None
    term = _TERM.search(issuer or "")
    return Facts(
        series=series(kind, full, province),
        kind=kind,
        number=number,
        key=number_key(number) if number else None,
        issuer=full,
        province=province,
        date=date,
        year=(parsed.year if parsed else None) or (date or "")[:4] or (named_year.group(1) if named_year else None),
        term=term.group(1).upper() if term else None,
        subject=subject,
        words=forms(subject or ""),
    )


@lru_cache(maxsize=4096)
def series(kind: str | None, issuer: str | None, province: str | None) -> Series:
    """The series that acts of this kind, issuer and province are numbered in."""
    iri = document_iri(
        province=province, issuer=issuer or UNKNOWN, kind=kind or UNKNOWN, date=None, number=None, file="x"
    )
    return Series(*iri.removeprefix(f"{BASE}vn/").split("/")[:3])


@lru_cache(maxsize=4096)
def _home(issuer: str, here: str | None) -> str | None:
    """The province of an issuer: the one that its name ends with, else the citing document's; none for the centre."""
    for province in provinces():
        if same(issuer).endswith(f" {same(province.name)}"):
            return province.name
    body = find_body(issuer, here)
    if body is None:
        return here if find_province(issuer.rpartition("tỉnh ")[2]) or issuer.endswith(("tỉnh", "Tỉnh ủy")) else None
    return here if body.local else None


def iri(facts: Facts, file: str | None = None, *, apart: str | None = None) -> str:
    """The name of an act: of ``file`` where it is a document of the corpus, else of a stub.

    ``apart`` keeps stubs of one number and unknown date that nothing proves to be one act from falling together.
    """
    title = None if facts.number or file else _title_segment(facts)
    return document_iri(
        province=facts.province,
        issuer=facts.issuer or UNKNOWN,
        kind=facts.kind or UNKNOWN,
        date=facts.date,
        number=facts.number,
        file=file or title,
        series_year=None if file else facts.year or apart,
    )


def _title_segment(facts: Facts) -> str:
    whole = slug(facts.subject or UNKNOWN)
    return whole if len(whole) <= _LONGEST_TITLE else f"{whole[:_LONGEST_TITLE].rstrip('-')}-{len(whole)}"


def act(facts: Facts, file: str | None = None, *, apart: str | None = None) -> Act:
    """The act as linking gives it."""
    return Act(
        iri=iri(facts, file, apart=apart),
        kind=facts.kind,
        number=facts.number,
        issuer=facts.issuer,
        date=facts.date,
        year=facts.year,
        term=facts.term,
        subject=facts.subject,
        province=facts.province,
        file=file,
    )


def contradiction(one: Facts, other: Facts) -> str | None:
    """Why two facts cannot name one act, in Vietnamese; ``None`` where they may.

    What one of them leaves out contradicts nothing. One symbol ("CTr") stands for one kind, whatever the words call it
    ("Chương trình", "Chương trình hành động"). Another body on the same day under the same number is no
    contradiction: "của Chủ tịch" and "của Ủy ban nhân dân" stand for one another in citations.
    """
    a, b = one.series, other.series
    same_day = one.date is not None and one.date == other.date
    if one.key and other.key and one.key != other.key:
        return f"số khác: {one.number} ≠ {other.number}"
    shown = one.key is not None and one.key == other.key and _kind_of(one.number) is not None
    if one.kind and other.kind and a.kind != b.kind and not shown:
        return f"loại khác: {one.kind} ≠ {other.kind}"
    if one.issuer and other.issuer and a.place != b.place and UNKNOWN_PLACE not in (a.place, b.place):
        return f"nơi ban hành khác: {one.issuer} ≠ {other.issuer}"
    if one.issuer and other.issuer and a.issuer != b.issuer and not same_day:
        return f"cơ quan ban hành khác: {one.issuer} ≠ {other.issuer}"
    return _other_time(one, other)


def _other_time(one: Facts, other: Facts) -> str | None:
    year_in_number = bool(one.key and one.key == other.key and (parsed := parse_number(one.key)) and parsed.year)
    if one.date and other.date and one.date != other.date and not year_in_number:
        return f"ngày khác: {one.date} ≠ {other.date}"
    if one.year and other.year and one.year != other.year:
        return f"năm khác: {one.year} ≠ {other.year}"
    if one.term and other.term and one.term != other.term:
        return f"khóa khác: {one.term} ≠ {other.term}"
    return None


def likeness(one: Facts, other: Facts) -> float:
    """How far two subjects are one, 0..1: words in common against the shorter. 0 where their figures contradict.

    Titles of laws are one or they are not: "Luật Đầu tư" is not "Luật Đầu tư công", nor is the law that amends it.
    """
    if one.kind in _NORMATIVE or other.kind in _NORMATIVE:
        return 1.0 if one.words and _title(one) == _title(other) else 0.0
    if (one.words[:2] == _AMENDING) != (other.words[:2] == _AMENDING):
        return 0.0
    if min(len(one.words), len(other.words)) < 3:
        return 1.0 if one.words and one.words == other.words else 0.0
    ours, theirs = one.figures, other.figures
    if not (ours <= theirs or theirs <= ours):
        return 0.0
    return overlap(one.words, other.words)


def _title(facts: Facts) -> tuple[str, ...]:
    """The words of a law's title without its year."""
    return tuple(w for w in facts.words if w != "năm" and not w.isdigit())


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Words in common, as a part of the fewer."""
    a, b = set(one), set(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def agreement(one: Facts, other: Facts) -> tuple[str, ...]:
    """What the two say alike, in Vietnamese, strongest first."""
    said = []
    if one.key and one.key == other.key:
        said.append(f"số {other.number}")
    if one.issuer and other.issuer and one.series[:2] == other.series[:2]:
        said.append(f"cơ quan ban hành {other.issuer}")
    if one.kind and other.kind and one.series.kind == other.series.kind:
        said.append(f"loại {other.kind}")
    if one.date and one.date == other.date:
        said.append(f"ngày {other.date}")
    elif one.year and one.year == other.year:
        said.append(f"năm {other.year}")
    if one.term and one.term == other.term:
        said.append(f"khóa {other.term}")
    if likeness(one, other) >= 0.7:
        said.append("trích yếu")
    return tuple(said)
