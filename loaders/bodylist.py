"""A list of bodies in running text: "Giám đốc Sở A, Ủy ban nhân dân các huyện, thành phố và các đơn vị liên quan".

Reads the words of one unit from a given place; writes the names in full form, the posts that stood before them, and
where the list ends. A name ends where the work begins (a verb or adverb of ``duties.toml``), at a phrase that cannot
belong to it, or where the next name of the list begins. A group with a shared head stays one name.
"""

from __future__ import annotations

from typing import NamedTuple

from loaders.bodynames import (
    LONGEST,
    after_posts,
    after_separator,
    ends_name,
    full_name,
    name_end,
    slash_parts,
    starts_body,
)
from loaders.bodywords import field_at, grammar, group_at, head_at, noun_at, work_at
from loaders.words import Words
from ontology.bodies import expand

_LETTERS = frozenset("abcdđeghiklmnop")
"""How the points of a clause are lettered."""


class Named(NamedTuple):
    """One body of a list: its name in full form, and the post by which it was addressed ("" where by itself)."""

    name: str
    post: str


class BodyList(NamedTuple):
    """The bodies read, and the place (word index) after them."""

    bodies: tuple[Named, ...]
    end: int


def read_list(words: Words, at: int) -> BodyList:
    """The bodies listed from ``at``; empty, ending at ``at``, where none begins there."""
    bodies: list[Named] = []
    end = at
    while starts_body(words, at):
        found = _read_item(words, at)
        if found.end <= at:
            break
        bodies += found.bodies
        end = skip_reference(words, _skip_parent(words, skip_parenthesis(words, found.end)))
        after = end if _follows_unparted(words, end) else after_separator(words, end)
        after = end + 1 if slash_parts(words, end) else after
        if after is None:
            break
        at = after
    return BodyList(tuple(bodies), end)


def skip_reference(words: Words, at: int) -> int:
    """The place after "nêu tại Điều 1", "quy định tại điểm b, điểm c khoản này" behind a name, else ``at``."""
    g = grammar()
    place = at + g.references.at(words, at)
    while place > at and place < len(words.keys):
        joined = words.keys[place] in {",", "và"} and g.provisions.at(words, place + 1) > 0
        short = words.keys[place].isdigit() or words.keys[place] in _LETTERS
        length = joined or short or g.provisions.at(words, place)
        if not length:
            break
        place += length
    return place


def _skip_parent(words: Words, at: int) -> int:
    """The place after the body that a unit is said to belong to ("Phòng X (PX01) - Công an tỉnh Y"), else ``at``."""
    if words.keys[at : at + 1] not in {("-",), ("–",)} or not head_at(words, at + 1):
        return at
    return name_end(words, at + 1, at + 1 + head_at(words, at + 1), group=False)


def _follows_unparted(words: Words, at: int) -> bool:
    """Whether another body's own head begins where a name ended: cells print names in lines without a comma."""
    return words.capital(at) and head_at(words, at) > 0 and not work_at(words, at)


def read_general(words: Words, at: int) -> BodyList:
    """One name at ``at`` that begins with no word of the table ("nhân dân"), then the list that follows it."""
    end = name_end(words, at, at + 1, group=True)
    after = after_separator(words, end)
    rest = read_list(words, after) if after is not None else BodyList((), end)
    return BodyList((Named(full_name(words, at, end), ""), *rest.bodies), rest.end if rest.bodies else end)


def skip_parenthesis(words: Words, at: int) -> int:
    """The place after a parenthesis that opens at ``at``, else ``at``."""
    if at < len(words.keys) and words.keys[at] == "(":
        for place in range(at + 1, min(len(words.keys), at + LONGEST)):
            if words.keys[place] == ")":
                return place + 1
    return at


def _read_item(words: Words, at: int) -> BodyList:
    g = grammar()
    start, post, many = after_posts(words, at)
    last = post.rsplit(", ", 1)[-1].casefold() if post else ""
    prefix = g.post_keeps.get(last, "")
    if prefix and words.keys[start : start + 1] != (prefix.casefold(),):
        named = g.fields.at(words, start) if prefix.casefold() in g.named else 0
        printed = len(prefix.split())  # "Chánh Văn phòng HĐND và UBND tỉnh": the office of both
        whole = words.keys[start - printed : start] == tuple(prefix.casefold().split())
        end = name_end(words, start - printed if whole else start, start + named, group=False)
        name = full_name(words, start, end)
        return BodyList((Named(f"{prefix} {name}", post),), end) if name else BodyList((), at)
    length = head_at(words, start)
    group = 0 if length else group_at(words, start) or noun_at(words, start)
    if not length and not group:
        return _without_body(words, at, start, post)
    end = name_end(words, start, start + (length or group), group=bool(group))
    listed = _after_colon(words, start, end, post) if group or words.keys[end : end + 1] == (":",) else None
    if listed is not None:
        return listed
    name = full_name(words, start, end)
    plural = g.plural.at(words, start) or " các " in name  # "các Chủ tịch Ủy ban nhân dân các xã"
    several = many and not plural and not last.startswith("phó ")  # one body has several deputies
    return BodyList((Named(f"các {name}" if several else name, post),), end)


def _without_body(words: Words, at: int, start: int, post: str) -> BodyList:
    """What a post stands for where no body follows: "Bộ trưởng" for the Bộ, "mỗi lãnh đạo, cán bộ" for themselves."""
    alone = grammar().post_alone.get(post.rsplit(", ", 1)[-1].casefold())
    if alone:
        return BodyList((Named(alone, post),), start)
    group = group_at(words, at)
    end = name_end(words, at, at + group, group=True) if group else at
    return BodyList((Named(full_name(words, at, end), ""),) if group else (), end)


def _after_colon(words: Words, start: int, end: int, post: str) -> BodyList | None:
    """The bodies that name a group ("các đơn vị: …", "các Sở: Tài chính, Nội vụ", "các Bộ, ngành liên quan: Tài
    chính"); ``None`` where none do."""
    g = grammar()
    plural = g.plural.at(words, start)
    colon = words.keys[end : end + 1] == (":",)
    place = end + 1 if colon else start + plural + 1
    first = words.keys[start + plural] if plural or (colon and end == start + 1) else ""
    if first in g.named and words.capital(place) and field_at(words, place):
        listed = _read_fields(words, place, post, first.capitalize())
        if len(listed.bodies) > 1 or colon:
            return listed
        name = f"{words.printed[start]} {listed.bodies[0].name}"  # "các Sở Giao thông vận tải": those of all provinces
        return BodyList((Named(name, post),), listed.end)
    kind = g.places.before(words, end)
    if colon and kind and g.plural.before(words, end - kind) and _opens_series(words, place):
        head = full_name(words, start, end - kind - g.plural.before(words, end - kind))
        return _read_series(words, place, post, head, words.slice(end - kind, end))
    alone = 0 < plural == end - 1 - start and g.name_heads.at(words, end - 1) > 0
    if colon and alone and _opens_series(words, place):
        return _read_series(words, place, post, "", words.keys[end - 1].capitalize())
    if not colon or not head_at(words, place) or work_at(words, place):
        return None
    listed = read_list(words, place)
    return BodyList(tuple(Named(b.name, b.post or post) for b in listed.bodies), listed.end)


def _opens_series(words: Words, at: int) -> bool:
    return words.capital(at) and not head_at(words, at) and not work_at(words, at)


def _opens_place(words: Words, at: int) -> bool:
    """Whether a name with a kind of place of its own goes on with a series ("…, thị xã La Hai")."""
    kind = grammar().places.at(words, at)
    return kind > 0 and not words.capital(at) and words.capital(at + kind)


def _read_series(words: Words, at: int, post: str, head: str, kind: str) -> BodyList:
    """Names of which only the first printed its head ("Các Cục: Đường bộ Việt Nam, Hàng không Việt Nam"): parted at
    commas, and at the last "và". A place of another kind than ``kind`` has it before its name."""
    parts: list[tuple[int, int]] = []
    end = at
    while _opens_series(words, at) or _opens_place(words, at):
        while end < len(words.keys) and words.keys[end] not in {",", ";"}:
            length = grammar().compounds.at(words, end) or grammar().noun_verbs.at(words, end)
            length = length or (grammar().places.at(words, end) if _opens_place(words, end) else 0)
            if not length and end > at and words.keys[end] != "và" and ends_name(words, at, end):
                break
            end += length or 1
        parts.append((at, end))
        follows = _opens_series(words, end + 1) or _opens_place(words, end + 1)
        if words.keys[end : end + 1] != (",",) or not follows:
            break
        at = end = end + 1
    start, last = parts.pop()
    joint = next((i for i in range(last - 1, start, -1) if words.keys[i] == "và"), None)
    if joint is not None and (words.capital(joint + 1) or _opens_place(words, joint + 1)):
        parts += [(start, joint), (joint + 1, last)]
    else:
        parts.append((start, last))
    kinds = ["" if _opens_place(words, a) else kind for a, _ in parts]
    names = (f"{head} {k} {full_name(words, a, b)}" for k, (a, b) in zip(kinds, parts, strict=True))
    return BodyList(tuple(Named(" ".join(name.split()), post) for name in names), end)


def _read_fields(words: Words, at: int, post: str, head: str) -> BodyList:
    bodies: list[Named] = []
    place: int | None = at
    end = at
    while place is not None and (length := field_at(words, place)):
        end = place + length
        bodies.append(Named(expand(f"{head} {words.slice(place, end)}"), post))
        place = after_separator(words, end)
        if place is not None and words.keys[place : place + 1] == (head.casefold(),) and field_at(words, place + 1):
            place += 1
    return BodyList(tuple(bodies), end)


def unique(bodies: tuple[Named, ...]) -> tuple[Named, ...]:
    """The bodies, each once, those without a name left out; one that a group before it counts up is no other."""
    first: dict[str, Named] = {}
    named: set[str] = set()
    for body in bodies:
        key = body.name.casefold().removeprefix("các ")
        if key and key not in named:
            first[key] = body
            named |= {key, *key.split(", ")}
    return tuple(first.values())
