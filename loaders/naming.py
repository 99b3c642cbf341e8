"""Names of bodies and posts from capitals to normal case (NĐ 30/2020/NĐ-CP, appendix II: how names take capitals).

"SỞ KHOA HỌC VÀ CÔNG NGHỆ" becomes "Sở Khoa học và Công nghệ", "PHÓ CHỦ TỊCH" "Phó Chủ tịch"; text that is no
capitals is left as it is printed, only its abbreviations are written out.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from loaders.formal import phrases
from loaders.words import either
from ontology.bodies import bodies, expand
from ontology.folding import canonical, same
from ontology.places import provinces
from ontology.spelling import write_out

_ABBREVIATIONS = (
    (re.compile(r"\bUBND\b"), "Ủy ban nhân dân"),
    (re.compile(r"\bHĐND\b"), "Hội đồng nhân dân"),
    (re.compile(r"\bTP\.?\s+(?=[A-ZĐ])"), "thành phố "),
    (re.compile(r"\bUỷ\b"), "Ủy"),
    (re.compile(r"\buỷ\b"), "ủy"),
    (re.compile(r"\bUỶ\b"), "ỦY"),
)
_TERM = re.compile(r"\b(khóa|khoá)\s+([ivxlc]+)\b", re.IGNORECASE)
_FIELD_HEADS = re.compile(
    r"(?<!\w)(trưởng ban|trưởng phòng|tổng cục|chi cục|tổng công ty|trung tâm|thanh tra|liên đoàn|trường|phòng|viện|cục"
    r"|sở|vụ|(?<!đảng )bộ(?! trưởng| chính trị| chỉ huy| đội)|ban(?! thường| bí| chấp| chỉ)|hội(?! đồng)"
    r"|ủy ban(?! nhân| kiểm| thường))(?!\w)\s+(.+)$",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"\b((?:tỉnh|thành|huyện|quận|thị|đảng) ủy|tỉnh đoàn)\s+(.+)$", re.IGNORECASE)
_LEVELS = re.compile(r"(?:tỉnh|thành phố|xã|phường|các|bộ|sở|ban|khối|công an|quân sự|cơ quan)\b", re.IGNORECASE)

_LOOSE = re.compile(r"(?<!\S)(?!Y\b)[^\W\d_](?=\s[^\W\d_])", re.IGNORECASE)
"""A letter that stands alone before others; "Y" is a word ("Y tế")."""


@cache
def _cased() -> tuple[re.Pattern[str], dict[str, str]]:
    names = phrases()["cased"]
    return re.compile(rf"(?<!\w){either(names)}(?!\w)", re.IGNORECASE), {same(n): n for n in names}


@cache
def _places() -> re.Pattern[str]:
    stop = r"(?=,|;|\(|\s+(?:khóa|khoá|về|và|cấp)\b|$)"
    return re.compile(rf"(?<!\w)({either(phrases()['places'])})\s+(?!ủy\b|đoàn\b)([^,;(]+?){stop}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def full_name(text: str) -> str:
    """A body's name with its abbreviations written out and one tone placement ("UBND TỈNH" → "ỦY BAN NHÂN DÂN
    TỈNH")."""
    text = canonical(text).strip(" *.,;:-–")
    text = write_out(text).upper() if text.isupper() else text
    for pattern, name in _ABBREVIATIONS:
        text = pattern.sub(name.upper() if text.isupper() else name, text)
    return text


def normal_case(text: str) -> str:
    """A name printed in capitals in normal case; a name in mixed case comes back with its abbreviations written out."""
    if (text.isupper() or _LOOSE.search(text)) and (known := _by_letters().get(_letters(text))):
        return known
    text = full_name(text)
    if not text.isupper():
        return text[:1].upper() + text[1:]
    name = text.lower()
    if committee := _COMMITTEE.search(name):
        rest = committee.group(2)
        name = name[: committee.start(2)] + (rest if _LEVELS.match(rest) else _title(rest))
    name = _places().sub(lambda m: f"{m.group(1).lower()} {_title(m.group(2))}", name)
    name = _FIELD_HEADS.sub(_field_name, name)
    pattern, cased = _cased()
    name = pattern.sub(lambda m: cased[same(m.group())], name)
    name = _TERM.sub(lambda m: f"khóa {m.group(2).upper()}", name)
    name = name[:1].upper() + name[1:]
    known = expand(name)  # "Sở Công Thương": capitals that no rule gives
    return known if same(known) == same(name) else name


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, same(text)))


@cache
def _by_letters() -> dict[str, str]:
    """The bodies of the table, and the councils and committees of every province, by their letters alone: portals copy
    capitals with blanks inside ("B Ộ TÀI CH ÍNH"), and hyphens vary."""
    councils = ("Ủy ban nhân dân", "Hội đồng nhân dân")
    local = [f"{head} {'thành phố' if p.city else 'tỉnh'} {p.name}" for head in councils for p in provinces()]
    return {_letters(name): name for name in (*local, *(body.name for body in bodies()))}


def _field_name(match: re.Match[str]) -> str:
    head = match.group(1)
    kept = head if head.startswith("trưởng") else head[:1].upper() + head[1:]
    field = match.group(2)
    return f"{kept} {field if _LEVELS.match(field) else _field(field)}"


def person_name(text: str) -> str:
    """A person's name in normal case: every word takes a capital."""
    text = canonical(text).strip(" .,;:")
    return _title(text) if text.isupper() else text


def _title(text: str) -> str:
    return re.sub(r"[^\s\-'’]+", lambda m: m.group()[:1].upper() + m.group()[1:].lower(), text)


def _field(text: str) -> str:
    """The field of a department: its first word and the first after "và", a comma or a hyphen take capitals."""
    capital = re.compile(r"(^|,\s+|\s+và\s+|\s+[-–]\s+)(\w)")
    return capital.sub(lambda m: m.group(1) + m.group(2).upper(), text)
