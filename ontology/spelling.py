"""Short spellings of names written out, and posts split from the bodies they stand for, from ``names.toml``."""

from __future__ import annotations

import re
from functools import cache

from ontology.folding import canonical, same
from ontology.tables import table

_FIELD = re.compile(
    r"(?<!\w)((?:Sở|Bộ|Phòng|Ban|ngành|SỞ|BỘ|PHÒNG|BAN) )([A-ZĐ]+(?:(?:\s?[&,-]\s?|\svà\s)[A-ZĐ]+)*)(?!\w)"
)
_JOINERS = re.compile(r"[\s&,-]|và")
_GROUP = re.compile(r"(?:[Cc]ác|những|toàn thể|cơ quan|đơn vị|địa phương|chủ đầu tư|doanh nghiệp|tổ chức)\b")


def write_out(text: str) -> str:
    """Every short word and field written out: "UBND TP." → "Ủy ban nhân dân thành phố", "Sở KH&ĐT" likewise."""
    fields = _FIELD.sub(_field, canonical(text))
    return " ".join(_words_pattern().sub(_word, fields).split())


def is_short_field(text: str) -> bool:
    """Whether ``text`` is a field in short form: "KH&ĐT", "LĐ-TB và XH" (as behind "các Sở: …")."""
    return _JOINERS.sub("", text) in table("names.toml")["fields"]


def split_post(text: str) -> tuple[str, str] | None:
    """Post and body of a text that begins with a post, ``None`` for others and for a post alone.

    "Giám đốc Sở Tài chính" → ("Giám đốc", "Sở Tài chính"); "Chánh Thanh tra tỉnh" → ("Chánh Thanh tra", "Thanh tra
    tỉnh"); "Thủ trưởng các sở, ban ngành" → ("Thủ trưởng", "các sở, ban ngành").
    """
    plain = write_out(text).strip(" .;:,")
    found = _posts_pattern().match(plain)
    if found is None:
        return None
    post, rest = found["post"], plain[found.end() :].strip()
    head = _heads().get(same(found["title"]))
    if head and not same(rest).startswith(same(head) + " ") and rest and not _GROUP.match(rest):
        rest = f"{head} {rest}"
    names_body = bool(rest) and (rest[0].isupper() or bool(_GROUP.match(rest)))
    return (post, rest) if names_body else None


def _field(found: re.Match[str]) -> str:
    name = table("names.toml")["fields"].get(_JOINERS.sub("", found[2]))
    return found[1] + (name or found[2])


def _word(found: re.Match[str]) -> str:
    return _words()[found[1]] + (" " if found[2] else "")


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = table("names.toml")["words"]
    return words


@cache
def _words_pattern() -> re.Pattern[str]:
    longest_first = sorted(_words(), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])({'|'.join(map(re.escape, longest_first))})(?![\w/-])(\.?)(?=\s|$|[,;:)]|\w)")


@cache
def _heads() -> dict[str, str]:
    return {same(title): head for title, head in table("names.toml")["posts"]["heads"].items()}


@cache
def _posts_pattern() -> re.Pattern[str]:
    posts = table("names.toml")["posts"]

    def either(rows: list[str]) -> str:
        return "|".join(re.escape(row) for row in sorted(rows, key=len, reverse=True))

    return re.compile(
        rf"(?:(?:{either(posts['salutations'])})\s+)?"
        rf"(?P<post>(?:(?:{either(posts['ranks'])})\s+)?(?P<title>{either(posts['titles'])}))(?!\w)",
        re.IGNORECASE,
    )
