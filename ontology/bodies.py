"""Bodies of the Party and the State, from ``bodies.toml``: found by printed name, by post, by the suffix of a number.

Local rows are templates: "Sở Tài chính" is that of any province, and a name that ends in "tỉnh" also stands for the
city's ("Thanh tra thành phố"). Which one is meant is the province that goes along, by its short name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ontology.body_table import LEVELS, Body, bodies, by_abbreviation, by_name, spellings
from ontology.folding import canonical, same
from ontology.places import Province, find_province, is_city, province_on, provinces, short_name
from ontology.spelling import split_post, write_out
from ontology.suffixes import issuers_of_suffix

_PROPER = r"[A-ZÀ-ỸĐ][\w'’]*"
_PLACE_NAME = rf"{_PROPER}(?:[ -]+{_PROPER}){{0,5}}"
_TAIL = re.compile(
    rf"(?:(?i:của ))?(?:(?i:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?: {_PLACE_NAME}| \d+)?"
    rf"|{_PLACE_NAME}|(?i:khu vực) [IVX\d]+)?"
)
_HYPHEN = re.compile(r"\s[-–]\s")
_TERM = re.compile(r"(,?\s+(?:khóa|khoá|nhiệm kỳ)\s.*)$", re.IGNORECASE)


class _Entry(NamedTuple):
    spelling: str
    body: Body


__all__ = [
    "LEVELS",
    "PROVINCES",
    "Body",
    "bodies",
    "body_of_suffix",
    "by_abbreviation",
    "by_name",
    "expand",
    "find_body",
    "full_name",
    "owner_on",
    "post_body",
    "spellings",
    "successor",
]

PROVINCES: dict[str, Province] = {p.name: p for p in provinces()}


@lru_cache(maxsize=8192)
def find_body(name: str, province: str | None = None) -> Body | None:
    """The body of a printed name, short forms and place names allowed; ``None`` for groups and unknown names.

    ``province`` decides between the centre's and the local body of one name ("Cục Thuế"), and between the city and its
    district ("Ủy ban nhân dân thành phố").
    """
    found = _match(write_out(name), province)
    return found[0].body if found else _by_abbreviation().get(canonical(name))


@lru_cache(maxsize=8192)
def expand(name: str) -> str:
    """The full name in the table's spelling: "UBND tỉnh" → "Ủy ban nhân dân tỉnh", "Sở nội vụ" → "Sở Nội vụ".

    Groups and unknown names are written out only. Place names stay as printed, capitals put right.
    """
    full = write_out(name)
    found = _match(full, None)
    if found:
        spelled = f"{found[0].spelling} {_settle(found[1])}".strip()
        return full if _joined_otherwise(spelled, full) else spelled
    body = _by_abbreviation().get(canonical(name))
    return body.name if body else full


def _joined_otherwise(spelled: str, printed: str) -> bool:
    """Whether the printed name has "và" where the table has a hyphen ("Phát thanh và Truyền hình"), the rest alike."""
    return same(_HYPHEN.sub(" và ", spelled)) == same(printed) != same(spelled)


def full_name(name: str, province: str | None) -> str:
    """The canonical full name with the province supplied: "Thanh tra tỉnh", "Kon Tum" → "Thanh tra tỉnh Kon Tum".

    Central bodies, those below the province, and names that name a place already stay as :func:`expand` has them.
    """
    found = _match(write_out(name), province)
    text = expand(name)
    if found is None:
        body = _by_abbreviation().get(canonical(name))
        return _of_place(text, body, province) if body else text
    place = _TERM.sub("", f" {found[1]}").strip(" ,")
    return text if place else _of_place(text, found[0].body, province)


def body_of_suffix(suffix: str, province: str | None = None) -> str | None:
    """The issuer that the symbol of a number shows, a whole number too; ``None`` where it is unknown.

    "NQ-CP" → "Chính phủ", "TTg-QHĐP" → "Thủ tướng Chính phủ", "QH15" → "Quốc hội", "-NQ/TU" → "Tỉnh ủy" (with a
    province "Tỉnh ủy Kon Tum", "Thành ủy Đà Nẵng"); joint circulars name every issuer, joined by ", ".
    """
    return ", ".join(_of_place(b.name, b, province) for b in issuers_of_suffix(suffix, province)) or None


def post_body(text: str) -> tuple[str, str] | None:
    """Post and full name of the body it stands for: "Giám đốc Sở KH&ĐT" → ("Giám đốc", "Sở Kế hoạch và Đầu tư")."""
    found = split_post(text)
    return (found[0], expand(found[1])) if found else None


def successor(body: Body, day: str) -> Body:
    """Who holds the body's work on an ISO day: the last of its successors that had begun; itself where none had."""
    while body.valid_to and body.valid_to < day and body.successor:
        heir = by_name(body.successor)
        if heir is None:
            break
        body = heir
    return body


def _of_place(text: str, body: Body, province: str | None) -> str:
    """The name with its province, for a body that every province has."""
    if province is None or body.level not in ("province", "department") or body.province:
        return text
    if text.endswith(" khu vực"):  # a region holds several provinces
        return text
    term = _TERM.search(text)
    head, rest = (text[: term.start()], term.group()) if term else (text, "")
    if is_city(province):
        head = re.sub(r"\btỉnh$", "thành phố", head.replace("Tỉnh ủy", "Thành ủy"))
    return f"{head}{_link(head, province)} {short_name(province)}{rest}"


def owner_on(name: str, province: str | None, day: str) -> str | None:
    """Full name of who holds the work of a body on an ISO day: its heir, in the province that holds the land then.

    ``owner_on("Sở Kế hoạch và Đầu tư", "Kon Tum", "2025-12-01")`` is "Sở Tài chính tỉnh Quảng Ngãi". ``None`` for
    unknown names, groups, and bodies that ended without an heir.
    """
    body = find_body(name, province)
    if body is None:
        return None
    heir = successor(body, day)
    if heir.valid_to and heir.valid_to < day:
        return None
    if heir == body and body.level not in ("province", "department"):
        return full_name(name, province)
    return _of_place(heir.name, heir, province and (province_on(province, day) or province))


def _match(text: str, province: str | None) -> tuple[_Entry, str] | None:
    """The longest beginning of the text that is a name, with what follows; a lone place may follow, nothing else."""
    words = text.split(" ")
    for count in range(min(len(words), 14), 0, -1):
        entries = _index().get(_loose(" ".join(words[:count])))
        tail = " ".join(words[count:])
        term = _TERM.search(f" {tail}")
        place = tail[: max(term.start() - 1, 0)] if term else tail
        if entries and _TAIL.fullmatch(place.strip(" ,")):
            return _choose(entries, place.strip(" ,"), province), tail
    return None


def _choose(entries: tuple[_Entry, ...], tail: str, province: str | None) -> _Entry:
    """Of several bodies of one name: the province's in a city or without a place, the centre's without a province."""
    central = [e for e in entries if not e.body.local]
    local = [e for e in entries if e.body.local]
    if central and (not local or not (province or tail)):
        return central[0]
    place = tail or province
    city = place is not None and is_city(place)
    upper = [e for e in local if e.body.level in ("province", "department")]
    lower = [e for e in local if e not in upper]
    if upper and lower and not city and "thành" in same(local[0].spelling):
        return lower[0]
    return (upper or lower)[0]


def _settle(tail: str) -> str:
    """A place name in capitals as it is written in a sentence: "TỈNH KON TUM" → "tỉnh Kon Tum"."""
    if not tail.isupper():
        return tail
    known = find_province(tail)
    words = tail.lower().split(" ")
    kinds = {
        "tỉnh",
        "thành",
        "phố",
        "huyện",
        "thị",
        "xã",
        "quận",
        "phường",
        "trấn",
        "khóa",
        "nhiệm",
        "kỳ",
        "khu",
        "vực",
    }
    if known and tail.split(" ")[0].lower() in ("tỉnh", "thành"):
        return f"{'thành phố' if known.city else 'tỉnh'} {known.name}"
    if known:
        return known.name
    return " ".join(w if w in kinds else w.upper() if re.fullmatch("[ivxl]+", w) else w.capitalize() for w in words)


def _link(head: str, province: str) -> str:
    """What stands between a local name and its place: nothing after "tỉnh" and "ủy", else the word for the place."""
    if re.search(r"(?:tỉnh|thành phố|ủy|đoàn)$", head, re.IGNORECASE):
        return ""
    return " thành phố" if is_city(province) else " tỉnh"


def _loose(text: str) -> str:
    """Spelling key: hyphens, commas and "và" do not count ("Lao động, Thương binh và" = "Lao động - Thương binh")."""
    return re.sub(r"[\s,–-]+|\bvà\b", "", same(text))


@cache
def _index() -> dict[str, tuple[_Entry, ...]]:
    """Spelling keys to bodies. An alias that loses its "tỉnh" never takes the name of a central body."""
    found: dict[str, tuple[_Entry, ...]] = {}
    for body in bodies():
        for name in (body.name, *body.aliases):
            for spelling in spellings(name):
                key = _loose(spelling)
                known = found.get(key, ())
                if any(e.body == body for e in known) or (name != body.name and any(not e.body.local for e in known)):
                    continue
                found[key] = (*known, _Entry(spelling, body))
    return found


@cache
def _by_abbreviation() -> dict[str, Body]:
    """Abbreviations in their own case, three letters and more: what may stand for a name in running text."""
    return {s: body for body in bodies() for s in body.abbreviations if len(s) > 2}
