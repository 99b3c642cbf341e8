"""Who is told to act at a place of a text: the words that address, and the bodies read behind them.

Reads the words of one unit from a given place; writes the bodies addressed there. How such documents are written: the
addressee opens the item or clause ("Sở A chủ trì …", "Giao Sở A …", "Sở A: …"), after an opening circumstance
("Căn cứ …, Sở A …") or a topic ("Đối với Sở A: …", "Về công tác X: Sở A …"). Who informs, or foretells, is not told.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from loaders.bodylist import BodyList, Named, read_list, skip_parenthesis
from loaders.bodynames import full_name, starts_body
from loaders.bodywords import grammar, group_at, head_at, work_at
from loaders.words import Phrases, Words, key, split_words, table

Role = Literal["lead", "coordinate", "deadline", "product"]
SENTENCE_ENDS = frozenset({".", ";", ":"})
_NOBODY = frozenset({"cơ quan", "đơn vị"})
_OBLIGED = frozenset({("có", "trách", "nhiệm"), ("chịu", "trách", "nhiệm")})
_OBJECTS = frozenset({"của", "những", "theo", "và", "với"})
"""What goes on with the object of a verb ("Tổ chức thực hiện và chịu trách nhiệm …"), not with a subject."""
_SUBJECT = 16
"""Words of a general subject."""
_OPENING = 90
"""Words within which an opening circumstance gives way to the addressee."""


class Cues(NamedTuple):
    """The phrases of ``duties.toml`` that tell who is told to act, and the labels of responsibility lines."""

    orders: Phrases
    informs: Phrases
    issues: Phrases
    openings: Phrases
    responsibility: Phrases
    partner_adverbs: Phrases
    causative: Phrases
    concerned: Phrases
    troubles: Phrases
    together: Phrases
    leads: Phrases
    labels: dict[tuple[str, ...], Role]


@cache
def cues() -> Cues:
    """The cues of the table, read once."""
    rows: dict[str, Any] = table("duties.toml")
    work = rows["work"]
    labels: dict[tuple[str, ...], Role] = {}
    role: Role
    for role in ("lead", "coordinate", "deadline", "product"):
        labels |= {tuple(map(key, label.split())): role for label in rows["labels"][role]}
    return Cues(
        orders=Phrases(work["orders"]),
        informs=Phrases(work["informs"]),
        issues=Phrases(work["issues"]),
        openings=Phrases(work["openings"]),
        responsibility=Phrases(work["responsibility"]),
        partner_adverbs=Phrases(work["partner_adverbs"]),
        causative=Phrases(work["causative"]),
        concerned=Phrases(work["concerned"]),
        troubles=Phrases(work["troubles"]),
        together=Phrases(("phối hợp", "chủ trì cùng")),
        leads=Phrases(("chủ trì", "chủ trì thực hiện")),
        labels=labels,
    )


def addressees(words: Words, first: int) -> BodyList:
    """The addressees that open the text; empty, ending at ``first``, where it opens with none."""
    titled = cues().responsibility.at(words, first) > 0
    for place in _openings(words, first):
        found = _addressed(words, place, opening=titled or place == first)
        if found is not None:
            return found
    return _obliged(words, first)


def _obliged(words: Words, first: int) -> BodyList:
    """A general subject that "has the responsibility" ("Tổ chức kiểm định xe cơ giới có trách nhiệm …"), whatever words
    tell which; none where a mark stands between."""
    if not grammar().nouns.at(words, first):
        return BodyList((), first)
    for place in range(first + 1, min(len(words.keys), first + _SUBJECT)):
        if not words.is_word(place) or words.keys[place] in _OBJECTS:
            break
        if words.keys[place : place + 3] in _OBLIGED:
            return BodyList((Named(full_name(words, first, place), ""),), place)
    return BodyList((), first)


def _openings(words: Words, first: int) -> list[int]:
    """Where the addressee may stand: first, after "Trách nhiệm của", or at a comma after an opening circumstance."""
    if length := cues().responsibility.at(words, first):
        return [first + length]
    places = [first, *_after_topic(words, first)]
    if not cues().openings.at(words, first):
        return places
    at, limit, worked = first, min(len(words.keys), first + _OPENING), False
    while at < limit and words.keys[at] not in SENTENCE_ENDS:
        if words.keys[at] == ",":
            worked = worked or (work_at(words, at + 1) and not cues().orders.at(words, at + 1))
            if not worked or (words.capital(at + 1) and head_at(words, at + 1)):
                places.append(at + 1)
        elif cues().troubles.before(words, at) and (group_at(words, at) or head_at(words, at)):
            places.append(at)  # "nếu có vướng mắc các đơn vị phản ánh …": the comma is often left out
        elif worked and words.keys[at - 1] != "," and starts_body(words, at):
            at = max(at, read_list(words, at).end - 1)  # whom that work concerns, not who does the next
        at += 1
    return places


def _after_topic(words: Words, first: int) -> list[int]:
    """Where bodies stand after "Đối với" ("Đối với Sở A: …") or a topic's colon ("Về công tác X: Sở A …")."""
    places = []
    start = first + 2
    if words.keys[first:start] == ("đối", "với"):
        group = group_at(words, start) and cues().concerned.at(words, start + grammar().plural.at(words, start))
        end = read_list(words, start).end if group else start
        if head_at(words, start) or (group and words.keys[end : end + 1] in {(), (":",)}):
            places.append(start)
    if words.keys[first : first + 1] in {("đối",), ("về",)}:
        colon = next((i for i in range(first, min(len(words.keys), first + _OPENING)) if words.keys[i] == ":"), None)
        if colon is not None and head_at(words, colon + 1):
            places.append(colon + 1)
    return places


def _addressed(words: Words, at: int, *, opening: bool) -> BodyList | None:
    """The bodies told to act from ``at``, directly or after "giao", "đề nghị"; ``None`` where none is."""
    if length := cues().orders.at(words, at):
        return _after_order(words, at + length)
    plain = starts_body(words, at, first=True)
    if not plain or (not opening and not words.capital(at) and not group_at(words, at)):
        return None
    found = read_list(words, at)
    if not found.bodies or cues().informs.at(words, found.end) or found.bodies[0].name.casefold() in _NOBODY:
        return None
    several = len(found.bodies) > 1 or group_at(words, at) > 0
    if words.keys[found.end : found.end + 1] == ("sẽ",) or (cues().issues.at(words, found.end) and not several):
        return None
    if length := cues().orders.at(words, found.end):
        told = _after_order(words, found.end + length)
        if told is not None:
            return told
    return found if _work_follows(words, found.end) or _settled(words, found) else None


def _after_order(words: Words, at: int) -> BodyList | None:
    at += words.keys[at : at + 1] == ("cho",)
    found = read_list(words, at + (words.keys[at : at + 1] == (":",)))
    return found if found.bodies else None


def _work_follows(words: Words, at: int) -> bool:
    """Whether what stands at ``at`` makes the bodies before it addressees: the end, a colon, a verb of work."""
    g = grammar()
    if at >= len(words.keys) or words.keys[at] == ":":
        return True
    if words.keys[at] in {".", ";"}:
        return at == len(words.keys) - 1
    if words.keys[at : at + 3] == (",", "trong", "đó") and words.keys[-1] == ":":
        return True
    if words.keys[at] in {",", "("}:
        at = skip_parenthesis(words, at + (words.keys[at] == ","))
    if work_at(words, at) or g.circumstance.at(words, at):
        return True
    return words.keys[at : at + 1] in {("đã",), ("được",)} and _held_responsible(words, at)


def _settled(words: Words, found: BodyList) -> bool:
    """Whether the last body is one with a name of its own, and a small word follows that can only be the work."""
    g, at = grammar(), found.end
    named = found.bodies[-1].name[:1].isupper() and not g.plural.at(split_words(found.bodies[-1].name), 0)
    small = words.is_word(at) and not words.capital(at) and words.is_word(at - 1)
    return named and small and not (g.ends.at(words, at) or g.closing.at(words, at))


def _held_responsible(words: Words, at: int) -> bool:
    """Whether "có trách nhiệm" follows in the sentence ("Các đơn vị được giao … có trách nhiệm …")."""
    for place in range(at, min(len(words.keys), at + _OPENING)):
        if words.keys[place] == ".":
            return False
        if words.keys[place : place + 3] in _OBLIGED:
            return True
    return False


def ordered_later(words: Words, at: int) -> tuple[Named, ...]:
    """The bodies after every later "giao" that opens a clause ("(1) Giao Bộ A …; (2) Giao Bộ B …")."""
    found: list[Named] = []
    if "giao" not in words.keys:
        return ()
    for place in range(at, len(words.keys)):
        if words.keys[place] == "giao" and not words.is_word(place - 1) and starts_body(words, place + 1):
            found += read_list(words, place + 1).bodies
    return tuple(found)
