"""The issuer's canonical full name with its province, also where the header does not print it.

Reads letterhead, signature and the formulas in which the issuer speaks; the province comes from the issuer's own name, the place of
the date line, the signature or the place that the text names most. A body of the centre has no province.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from loaders.formal import alternatives, is_body_head, phrases
from loaders.forms import Inferred, opening_and_closing
from loaders.letterhead import Letterhead
from loaders.naming import full_name, normal_case
from loaders.records import Signer
from loaders.regions import Landmarks
from loaders.text import SourceText
from ontology.folding import same
from ontology.tables import table

_WINDOW = 300_000
"""Characters in which the province is looked for."""
_LOOKBACK = 300
"""Characters before a formula's verb in which its subject stands."""
_NAME = r"[A-ZĐ][\w’']*(?:\s*-\s*[A-ZĐ]\w*|\s+[A-ZĐ][\w’']*){0,4}"
_OF_PLACE = re.compile(rf"\b([Tt]ỉnh|[Tt]hành phố|TP\.?)\s+({_NAME})")
_COMMITTEE = re.compile(rf"\b(?:Tỉnh|Thành) (?:ủy|uỷ|đoàn)\s+({_NAME})")
_BARE_LEVEL = re.compile(r"\b(tỉnh|thành phố)(?=\s*(?:,|$)|\s+kh(?:óa|oá)\b)", re.IGNORECASE)
_BARE_COMMITTEE = re.compile(r"\b((?:Tỉnh|Thành) (?:ủy|đoàn))(?=\s*(?:,|$)|\s+kh(?:óa|oá)\b)")
_LOWER_LEVEL = re.compile(r"\b(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b|\b(?:Huyện|Quận|Thị) ủy\b")
_DEFINED = re.compile(r"\(\s*sau\s+đây\s+(?:gọi|viết)\s*(?:tắt|chung)?\s*(?:là)?:?\s*([^)]{3,80})\)\s*$")
_BREAK = re.compile(r"[;:.]|\b(?:về|của|theo|tại|ngày|số|cho|với|để|do|và các)\b")


@cache
def provinces() -> dict[str, tuple[str, bool]]:
    """Short names of provinces, past and present, by comparison key: the name as the table writes it, and whether it is a city."""
    rows = table("provinces.toml")["province"]
    return {
        same(name): (row["name"], bool(row.get("city")))
        for row in rows
        for name in (row["name"], *row.get("aliases", []))
    }


def known_province(name: str) -> str | None:
    """The short name of a province of the table, whatever level word stands before it."""
    bare = re.sub(r"^(?:tỉnh|thành phố|tp\.?)\s+", "", " ".join(name.split()), flags=re.IGNORECASE)
    found = provinces().get(same(bare))
    return found[0] if found else None


def is_central(name: str) -> bool:
    """Whether a body is one of the centre: its name begins like one and names no place."""
    heads = tuple(same(h) for h in phrases()["central"])
    return same(name).startswith(heads) and not _OF_PLACE.search(name) and not _BARE_LEVEL.search(name)


def read_province(text: SourceText, head: Letterhead, issuer: str | None, signer: Signer | None) -> str | None:
    """The province of a local issuer, by its short name; ``None`` for the centre and where the text does not tell."""
    for name in (*reversed(head.names), issuer or ""):
        if named := _named_in(name):
            return named
    superior = head.names[0] if head.names else issuer
    if superior is None or is_central(superior) or (issuer and is_central(issuer)):
        return None
    if head.place and (place := known_province(head.place)):
        return place
    if named := _named_in(signed_for(signer) or ""):
        return named
    return most_named(text.clean[:_WINDOW])


def _named_in(name: str) -> str | None:
    """The province in a body's own name; a town within a province is none."""
    if committee := _COMMITTEE.search(name):
        return known_province(committee.group(1)) or committee.group(1)
    for match in _OF_PLACE.finditer(name):
        place = _trimmed(match.group(2))
        if known_province(place):
            return known_province(place)
        if same(match.group(1)) == "tỉnh":
            return place
    return None


def _trimmed(place: str) -> str:
    return re.sub(r"\s+(?:Khóa|Khoá|Về|Và)\b.*$", "", place)


def most_named(text: str) -> str | None:
    """The province that a text names most often with its level ("tỉnh Trường Lĩnh"), twice at least where no table knows it."""
    counts: Counter[str] = Counter()
    for level, name in _OF_PLACE.findall(text):
        known = _longest_known(name)
        if known:
            counts[known] += 1
        elif same(level) == "tỉnh":
            counts[" ".join(name.split()[:3])] += 1
    for name, count in counts.most_common():
        if count >= 2 or known_province(name):
            return name
    return None


def _longest_known(name: str) -> str | None:
    """The longest beginning of a run of capitalised words that is a province: a sentence may go on in capitals."""
    words = name.split()
    for length in range(len(words), 0, -1):
        if known := known_province(" ".join(words[:length])):
            return known
    return None


def with_province(name: str, province: str | None, superior: str | None = None) -> str:
    """A local body's full name: "Ủy ban nhân dân tỉnh" → "Ủy ban nhân dân tỉnh Trường Lĩnh", "Sở Tài chính" → "Sở Tài chính tỉnh
    Trường Lĩnh"."""
    if province is None or is_central(name):
        return name
    city = provinces().get(same(province), (province, False))[1]
    level = "thành phố" if city else "tỉnh"
    for pattern in (_BARE_LEVEL, _BARE_COMMITTEE):
        if bare := pattern.search(name):
            return f"{name[: bare.end()]} {province}{name[bare.end() :]}"
    if same(province) in same(name) or _LOWER_LEVEL.search(name) or _named_in(name):
        return name
    if superior and _LOWER_LEVEL.search(superior):
        return name
    return f"{name} {level} {province}"


def full_issuer(head: Letterhead) -> str | None:
    """The issuer that the header prints, with what the superior body's name lends it ("Ban Tổ chức" → "… Trung ương")."""
    if head.issuer is None:
        return None
    name, superior = head.issuer.value, head.names[-2] if len(head.names) > 1 else ""
    if "Trung ương" in superior and "Trung ương" not in name:
        return f"{name} Trung ương"
    committee = re.search(r"((?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy\b.*)$", superior)
    if committee and " ủy" not in name:
        return f"{name} {committee.group(1)}"
    if name in ("Văn phòng", "Thanh tra") and superior:
        return f"{name} {superior}"
    return name


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(phrases()['issuer']['verbs'])})(?!\w)")


@cache
def _heads() -> re.Pattern[str]:
    rows = phrases()["issuer"]
    return re.compile(
        rf"(?<!\w)(?:(?:{alternatives(rows['prefixes'])})\s+)?(?:{alternatives(rows['heads'])})(?!\w)(?:\s+(?!ủy\b)[\w,–-]+)*$"
    )


def speaker(before: str) -> str | None:
    """The body that ends right where a formula's verb begins, given the words before the verb. A name that the text shortens there
    ("… (sau đây viết là Ban Chỉ đạo)") is given in full."""
    before = before[-_LOOKBACK:].rstrip(" ,")
    if defined := _DEFINED.search(before):
        full = before[: defined.start()].split(", ")[-1].strip()
        return normal_case(full if is_body_head(full) else defined.group(1))
    breaks = list(_BREAK.finditer(before))
    clause = before[breaks[-1].end() if breaks else 0 :].split(", ")[-1].strip()
    match = _heads().search(clause)
    name = match.group() if match and clause[:1].isupper() else ""
    if not name or len(name.split()) > 16 or _spoken().search(name):
        return None
    return normal_case(full_name(name))


def infer_issuer(text: SourceText, marks: Landmarks, signer: Signer | None) -> Inferred | None:
    """The body that speaks in the opening and closing formulas; it must agree with the signature: with "TM.", with the post."""
    signed = signed_for(signer)
    heads = (signed,) if signed else _heads_by_post(signer)
    found: list[Inferred] = []
    for start, end in opening_and_closing(text, marks):
        for verb in _spoken().finditer(text.clean, start, end):
            name = speaker(text.clean[max(start, verb.start() - _LOOKBACK) : verb.start()])
            if name and same(name).startswith(tuple(same(h) for h in heads) or ""):
                found.append(Inferred(name, max(verb.start() - len(name) - 1, 0), verb.end(), phrases()["issuer"]["why"]))
    if found:
        counts = Counter(f.value for f in found)
        best = max(counts, key=lambda n: (counts[n], len(n)))
        return next(f for f in found if f.value == best)
    if signed is None or marks.closing >= len(text.lines):
        return None
    start, end = text.lines[marks.closing].start, text.lines[min(marks.annex, len(text.lines)) - 1].end
    return Inferred(signed, start, end, "cơ quan mà người ký thay mặt")


def signed_for(signer: Signer | None) -> str | None:
    """The body after "TM." in normal case: "TM. ỦY BAN NHÂN DÂN" → "Ủy ban nhân dân"."""
    if signer is None or not signer.on_behalf_of:
        return None
    return normal_case(re.sub(r"^T\s?[./]?\s?M\s*[./]?\s*", "", signer.on_behalf_of)) or None


def _heads_by_post(signer: Signer | None) -> tuple[str, ...]:
    """Head words of bodies that the signer's post, or the post signed for, belongs to; empty where it tells nothing."""
    if signer is None:
        return ()
    delegated = re.sub(r"^(?:K\s?[./]?\s?T|T\s?[./]?\s?L|TUQ|Q)\s*[./]?\s*", "", signer.acting or "")
    post = same(delegated or signer.position or "").removeprefix("phó ")
    rows = phrases()["issuer"]["posts"]
    return next((tuple(row[1:]) for row in rows if post.startswith(same(row[0]))), ())
