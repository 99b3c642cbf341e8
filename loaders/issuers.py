"""The issuer's canonical full name with its province, also where the header does not print it.

Reads letterhead, signature and the formulas in which the issuer speaks; the province comes from the issuer's own
name, the place of the date line, the signature or the place that the text names most. A body of the centre has
none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from loaders.cells import cells
from loaders.formal import compiled, is_authority, is_body_head, kind_alternatives, phrases
from loaders.forms import Inferred, opening_and_closing
from loaders.landmarks import Landmarks
from loaders.letterhead import Letterhead
from loaders.naming import full_name, normal_case
from loaders.records import Signer
from loaders.selfnaming import without_post
from loaders.text import SourceText
from loaders.words import either
from ontology.folding import same
from ontology.tables import table

_WINDOW = 300_000
"""Characters in which the province is looked for."""
_LOOKBACK = 300
"""Characters before a formula's verb in which its subject stands."""
_NAME = r"[A-ZÀ-ỸĐ][\w’']*(?:\s*-\s*[A-ZÀ-ỸĐ]\w*|\s+[A-ZÀ-ỸĐ][\w’']*){0,4}"
_OF_PLACE = compiled(rf"\b([Tt]ỉnh|[Tt]hành phố|TP\.?)\s+({_NAME})")
_OF_PLACE_IN_CAPITALS = compiled(r"\b(TỈNH|THÀNH PHỐ)\s+([A-ZÀ-ỸĐ]+(?:\s+[A-ZÀ-ỸĐ]+){0,3})")
_PROMULGATES = re.compile(rf"ban\s+hành\s+(?:{kind_alternatives()})(?!\w)")
_COMMITTEE = compiled(rf"\b(?:Tỉnh|Thành) (?:ủy|uỷ|đoàn)\s+({_NAME})")
_BARE_LEVEL = re.compile(r"\b(tỉnh|thành phố)(?=\s*(?:,|$)|\s+kh(?:óa|oá)\b)", re.IGNORECASE)
_BARE_COMMITTEE = re.compile(r"\b((?:Tỉnh|Thành) (?:ủy|đoàn))(?=\s*(?:,|$)|\s+kh(?:óa|oá)\b)")
_LOWER_LEVEL = re.compile(r"\b(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b|\b(?:Huyện|Quận|Thị) ủy\b")
_DEFINED = re.compile(r"\(\s*sau\s+đây\s+(?:gọi|viết)\s*(?:tắt|chung)?\s*(?:là)?:?\s*([^)]{3,80})\)\s*$")
_SENTENCE = re.compile(r"[.;:]\s+|\n")


@cache
def provinces() -> dict[str, tuple[str, bool]]:
    """Short names of provinces, past and present, by comparison key: the name as the table writes it, and whether
    it is a city."""
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
    bare = _BARE_LEVEL.search(issuer or "")
    return most_named(text.clean[:_WINDOW], bare.group(1).lower() if bare else None)


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


def most_named(text: str, level: str | None = None) -> str | None:
    """The province that a text names most often with its level ("tỉnh Trường Lĩnh"), twice at least where no table
    knows it; "trên địa bàn …" and titles in capitals count threefold. ``level``: only such provinces ("thành phố":
    cities under the centre)."""
    counts: Counter[str] = Counter()
    for match in (*_OF_PLACE.finditer(text), *_OF_PLACE_IN_CAPITALS.finditer(text)):
        printed, name = match.groups()
        weight = 3 if printed.isupper() or text[max(match.start() - 14, 0) : match.start()].endswith("địa bàn ") else 1
        if known := _longest_known(name):
            counts[known] += weight
        elif same(printed) == "tỉnh" and not printed.isupper():
            counts[" ".join(name.split()[:3])] += weight
    for name, count in counts.most_common():
        city = provinces().get(same(name), (name, False))[1]
        if (level is None or city == (level == "thành phố")) and (count >= 2 or known_province(name)):
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
    """A local body's full name: "Ủy ban nhân dân tỉnh" → "Ủy ban nhân dân tỉnh Trường Lĩnh", "Sở Tài chính" → "Sở
    Tài chính tỉnh Trường Lĩnh"."""
    local = superior is not None and _named_in(superior) is not None
    if province is None or (is_central(name) and not local):
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
    """The issuer that the header prints, with what the superior body's name lends it ("Ban Tổ chức" → "… Trung
    ương")."""
    if head.issuer is None:
        return None
    name, superior = head.issuer.value, head.names[-2] if len(head.names) > 1 else ""
    if "Trung ương" in superior and "Trung ương" not in name and not is_central(name):
        return f"{name} Trung ương"
    committee = re.search(r"((?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy\b.*)$", superior)
    if committee and " ủy" not in name:
        return f"{name} {committee.group(1)}"
    if name in ("Văn phòng", "Thanh tra") and superior:
        return f"{name} {superior}"
    return name


@cache
def _words(name: str) -> re.Pattern[str]:
    """One of the ``issuer`` table's lists as whole words."""
    return re.compile(rf"(?<!\w){either(phrases()['issuer'][name])}(?!\w)")


@cache
def _heads() -> re.Pattern[str]:
    rows = phrases()["issuer"]
    return re.compile(
        rf"(?<!\w)(?:{either(rows['prefixes'])}\s+)?{either(rows['heads'])}(?!\w)(?:\s+(?!ủy\b)[\w,–-]+)*$"
    )


def speaker(before: str) -> str | None:
    """The body that ends right where a formula's verb begins, given the words before the verb. A name that the text
    shortens there ("… (sau đây viết là Ban Chỉ đạo)") is given in full."""
    before = before[-_LOOKBACK:].rstrip(" ,")
    if defined := _DEFINED.search(before):
        full = before[: defined.start()].split(", ")[-1].strip()
        return normal_case(full if is_body_head(full) else defined.group(1))
    sentence = _SENTENCE.split(before)[-1]
    pieces = sentence.split(", ")
    for count in range(1, min(len(pieces), 4) + 1):
        clause = without_post(", ".join(pieces[-count:]).strip())
        if _heads().match(clause):
            return (
                None
                if _words("not_names").search(clause) or len(clause.split()) > 16
                else normal_case(full_name(clause))
            )
    return None


def infer_issuer(text: SourceText, marks: Landmarks, signer: Signer | None) -> Inferred | None:
    """The body that speaks in the opening and closing formulas; it must agree with the signature: with "TM.", with
    the post."""
    signed = signed_for(signer)
    heads = tuple(same(h) for h in ((signed,) if signed else _heads_by_post(signer)))
    found = [f for f in _speakers(text, marks) if same(f.value).startswith(heads or "")]
    if found:
        counts = Counter(f.value for f in found)
        best = max(counts, key=lambda n: (counts[n], len(n)))
        return next(f for f in found if f.value == best)
    if signed is None:
        return None
    level = _levelled(signed, text.clean[:_WINDOW])
    line = next((c for c in cells(text, marks.closing, marks.annex) if is_authority(c.text)), None)
    return Inferred(level, line.start, line.end, "cơ quan mà người ký thay mặt") if line else None


def _speakers(text: SourceText, marks: Landmarks) -> Iterator[Inferred]:
    """Whoever speaks in an opening that ends in ":" or promulgates, and in the last paragraphs."""
    opening, closing = opening_and_closing(text, marks)
    for is_opening, (start, end) in ((True, opening), (False, closing)):
        first, last = text.paragraph_at(start), text.paragraph_at(max(end - 1, 0))
        paragraphs = (
            text.paragraphs[first : last + 1] if is_opening else text.paragraphs[max(first, last - 2) : last + 1]
        )
        for paragraph in paragraphs if end > start else ():
            whole = text.text_of(paragraph)[-_LOOKBACK * 20 :]
            at = paragraph.end - len(whole)
            for verb in _words("verbs" if is_opening else "closing_verbs").finditer(whole):
                if is_opening and not (_introduces(whole, verb.end()) or _PROMULGATES.match(whole, verb.start())):
                    continue
                if name := speaker(whole[max(0, verb.start() - _LOOKBACK) : verb.start()]):
                    begin = at + max(verb.start() - len(name) - 1, 0)
                    yield Inferred(name, begin, at + verb.end(), phrases()["issuer"]["why"])


def _introduces(paragraph: str, at: int) -> bool:
    """Whether the sentence at this place runs to a colon that ends the paragraph."""
    return paragraph.endswith(":") and ". " not in paragraph[at:]


def _levelled(body: str, text: str) -> str:
    """A body signed for without its level, with the level that the text gives it most ("Ủy ban nhân dân" → "…
    tỉnh")."""
    if body not in ("Ủy ban nhân dân", "Hội đồng nhân dân"):
        return body
    short = "".join(word[0].upper() for word in body.split())
    levels = compiled(rf"(?:{body}|{short})\s+(tỉnh|thành phố|huyện\s+{_NAME}|xã\s+{_NAME}|phường\s+{_NAME})(?!\w)")
    counts = Counter(" ".join(level.split()) for level in levels.findall(text))
    return f"{body} {counts.most_common(1)[0][0]}" if counts else body


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
