"""The only place that mints names: documents, units, citations, spans, bodies, kinds and graphs become IRIs.

IRIs follow the path idea of Akoma Ntoso (country / place / issuer / kind / date / number), ASCII, stable between runs.
A document is issuer + kind + number + date. Bodies that number in one series have one issuer segment (the Party
committee of a province and its standing committee), so that "Tỉnh ủy", "Ban Chấp hành Đảng bộ tỉnh" and "Ban Chấp hành
Đảng bộ tỉnh khóa XVI" name one document.

    …/vn/kon-tum/tinh-uy/nq/2023-06-30/21-nq_tu         a document
    …#u015   …#c003   …#char=1027,1109                  its unit, its citation, its span (RFC 5147)
    …/vn/kon-tum/so-tai-chinh                           a body
    …/kind/nghi-quyet   …/graph/002_fd45.txt            a kind, the graph of a file
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import Any

from ontology.folding import canonical, fold, same, slug
from ontology.numbers import Number, number_from_slug, number_key, number_slug, parse_number, squeeze
from ontology.tables import table

__all__ = [
    "BASE",
    "CENTRE",
    "UNKNOWN_DATE",
    "UNKNOWN_PLACE",
    "Number",
    "body_iri",
    "change_iri",
    "citation_iri",
    "document_iri",
    "fold",
    "graph_iri",
    "kind_iri",
    "kind_scheme_iri",
    "local_name",
    "number_from_slug",
    "number_key",
    "number_slug",
    "parse_number",
    "slug",
    "span_iri",
    "unit_iri",
]

BASE = "https://w3id.org/policy-lineage/"
CENTRE = "trung-uong"
UNKNOWN_DATE = "khong-ro"
UNKNOWN_PLACE = "khong-ro"
_SOME_PROVINCE = "—"  # any province that is none of the cities: local names lose their "tỉnh"
_TERM = re.compile(r",?\s+(?:khóa|khoá|nhiệm kỳ|kỳ họp|lần thứ)\s.*$", re.IGNORECASE)
_OTHER_PLACE = re.compile(
    r"(?:^thành ủy|huyện ủy|thị ủy|thành phố|thị xã|huyện|quận|phường|xã|thị trấn)$", re.IGNORECASE
)


def document_iri(
    *,
    province: str | None,
    issuer: str,
    kind: str,
    date: str | None,
    number: str | None,
    file: str | None,
    series_year: str | None = None,
) -> str:
    """The IRI of a document.

    ``province`` is the short name, ``None`` for the centre (a local
    issuer without one stands under "khong-ro"). ``issuer`` and ``kind`` are names as printed or canonical.
    ``date`` is ISO or a prefix of it; without it ``series_year``, else the number's own year, else "khong-ro" stands
    there. Without a number the last segment is the file's; raises :class:`ValueError` where both are missing.
    """
    parsed = parse_number(number) if number else None
    when = date or series_year or (parsed.year if parsed else None) or UNKNOWN_DATE
    if number:
        last = number_slug(squeeze(number))
    elif file:
        last = f"tep-{_file_segment(file)}"
    else:
        raise ValueError(f"a document needs a number or a file: {kind} of {issuer}")
    return (
        f"{BASE}vn/{_place(province, issuer)}/{_issuer_segment(issuer, province)}/{_kind_segment(kind)}/{when}/{last}"
    )


def unit_iri(document: str, unit_id: str) -> str:
    """The IRI of a unit of a document: ``<doc>#u015``."""
    return f"{document}#{unit_id}"


def citation_iri(document: str, index: int) -> str:
    """The IRI of the citation with this index in the document's record: ``<doc>#c003``."""
    return f"{document}#c{index:03d}"


def span_iri(document: str, start: int, end: int) -> str:
    """The IRI of ``[start, end)`` in characters of the raw file: ``<doc>#char=1027,1109`` (RFC 5147 section 2.1.1)."""
    return f"{document}#char={start},{end}"


def body_iri(name: str, province: str | None) -> str:
    """The IRI of a body by its canonical full name: ``…/vn/kon-tum/so-tai-chinh``.

    The province's own name and a closing "tỉnh" are not repeated: "Thanh tra tỉnh Kon Tum" and "Thanh tra tỉnh" are
    one. A local body of an unknown province stands under "khong-ro".
    """
    return f"{BASE}vn/{_place(province, name)}/{slug(_name_within(name, province))}"


def kind_iri(name: str) -> str:
    """The IRI of the SKOS concept of a kind: ``…/kind/nghi-quyet``."""
    return f"{BASE}kind/{slug(name)}"


def kind_scheme_iri() -> str:
    """The IRI of the SKOS scheme of kinds: ``…/kind``."""
    return f"{BASE}kind"


def change_iri(body: str, day: str) -> str:
    """The IRI of what happened to a body on an ISO day: ``<body>#thay-doi-2025-03-01``."""
    return f"{body}#thay-doi-{day}"


def graph_iri(file: str) -> str:
    """The IRI of the named graph of a source file: its name where that is a plain path segment, else slug and hash.

    Different names give different graphs: "a b.txt" and "a-b.txt" must not replace each other.
    """
    return f"{BASE}graph/{_file_segment(file)}"


@lru_cache(maxsize=4096)
def local_name(name: str, province: str | None) -> str:
    """The name within its province: "Ủy ban nhân dân tỉnh Kon Tum" → "Ủy ban nhân dân".

    Towns that share the province's name keep theirs ("Ủy ban nhân dân thành phố Kon Tum" of tỉnh Kon Tum), and a name
    that is only the place ("Tỉnh Kon Tum") stays whole.
    """
    text = canonical(name)
    if province is None:
        return text
    short, city = _place_name(province)
    own = ("thành phố", "tp", "tp.") if city else ("tỉnh",)
    stem = _without_tail(text, short)
    if stem != text and not (_OTHER_PLACE.search(stem) and not (city and stem.lower().endswith(("thành phố", "ủy")))):
        text = stem
    for word in own:
        text = _without_tail(text, word)
    return text


def _without_tail(text: str, tail: str) -> str:
    cut = len(text) - len(tail)
    if cut > 0 and text[cut - 1] == " " and same(text[cut:]) == same(tail):
        return text[:cut].rstrip(" ,-")
    return text


def _place_name(province: str) -> tuple[str, bool]:
    """Short name, and whether it is a city under the centre."""
    text = canonical(province)
    for head, city in (("thành phố ", True), ("tỉnh ", False)):
        if text.lower().startswith(head):
            return text[len(head) :], city
    return text, same(text) in _cities()


def _place(province: str | None, body: str) -> str:
    if province:
        return slug(_place_name(province)[0])
    return UNKNOWN_PLACE if _is_local(body) else CENTRE


def _is_local(body: str) -> bool:
    return same(local_name(_TERM.sub("", canonical(body)), _SOME_PROVINCE)) in _local_bodies()


def _name_within(body: str, province: str | None) -> str:
    return local_name(body, province or (_SOME_PROVINCE if _is_local(body) else None))


def made_iri(kind: str, said: str | bytes) -> str:
    """The name of what is made of all that it says (``…/lineage/<20 hex digits>``): the same in every build."""
    data = said if isinstance(said, bytes) else said.encode("utf-8")
    return f"{BASE}{kind}/{hashlib.sha256(data).hexdigest()[:20]}"


def _issuer_segment(issuer: str, province: str | None) -> str:
    name = _name_within(_TERM.sub("", canonical(issuer)), province)
    head = _series().get(same(name), name)
    return slug("Thành ủy" if head == "Tỉnh ủy" and province and _place_name(province)[1] else head)


def _kind_segment(kind: str) -> str:
    return _kind_segments().get(same(kind), slug(kind))


def _file_segment(file: str) -> str:
    name = canonical(file)
    if re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name):
        return name
    return f"{slug(name)}~{hashlib.sha256(name.encode()).hexdigest()[:10]}"


@cache
def _cities() -> frozenset[str]:
    return frozenset(same(row["name"]) for row in table("provinces.toml")["province"] if row.get("city"))


@cache
def _series() -> dict[str, str]:
    """Local names of bodies that number in another body's series, to the local name of that body."""
    rows = (row for row in table("bodies.toml")["body"] if "series" in row)
    return {key: local_name(row["series"], _SOME_PROVINCE) for row in rows for key in _local_keys(row)}


@cache
def _local_bodies() -> frozenset[str]:
    """Local names of the bodies that a province has, and the centre has not."""
    rows = table("bodies.toml")["body"]
    central = {
        same(name) for row in rows if row["level"] == "centre" for name in (row["name"], *row.get("aliases", []))
    }
    return frozenset(key for row in rows if row["level"] != "centre" for key in _local_keys(row)) - central


def _local_keys(row: dict[str, Any]) -> list[str]:
    return [same(local_name(name, _SOME_PROVINCE)) for name in (row["name"], *row.get("aliases", []))]


@cache
def _kind_segments() -> dict[str, str]:
    """Names and abbreviations of kinds to path segments.

    The segment is the first abbreviation; where two fold alike ("HD", "HĐ") the later kind of the table has its name.
    """
    out: dict[str, str] = {}
    for row in table("kinds.toml")["kind"]:
        short = [*row.get("state", []), *row.get("party", [])][:1]
        segment = slug(short[0]) if short and slug(short[0]) not in out.values() else slug(row["name"])
        for text in (row["name"], *row.get("aliases", []), *short):
            out.setdefault(same(text), segment)
    return out
