"""Who is told to act at a place of a text: the words that address, and the bodies read behind them.

Reads the words of one unit from a given place; writes the bodies addressed there. How such documents are written: the
addressee opens the item or clause ("Sở A chủ trì …", "Giao Sở A …", "Sở A: …"), after an opening circumstance
("Căn cứ …, Sở A …") or a topic ("Đối với Sở A: …", "Về công tác X: Sở A …"). Who informs, or foretells, is not told.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from loaders.bodylist import BodyList, Named, read_list, skip_parenthesis, skip_reference
from loaders.bodynames import SEPARATORS, after_posts, after_separator, full_name, starts_body
from loaders.bodywords import grammar, group_at, head_at, work_at
from loaders.words import Phrases, Words, key, split_words
from ontology.tables import table

Role = Literal["lead", "coordinate", "deadline", "product"]
SENTENCE_ENDS = frozenset({".", ";", ":"})
_NOBODY = frozenset({"cơ quan", "đơn vị"})
_OBLIGED = frozenset({("có", "trách", "nhiệm"), ("chịu", "trách", "nhiệm")})
_OBJECTS = frozenset({"của", "những", "theo", "và", "với"})
"""What goes on with the object of a verb ("Tổ chức thực hiện và chịu trách nhiệm …"), not with a subject."""
_CHOSEN = frozenset({"công", "do", "giao", "là", "nhiệm", "quan", "vị", "được"})
"""What makes "chủ trì" behind it tell which body is meant."""
_CUT = frozenset({(",",), (";",), ("và",)})
_EXECUTES = frozenset({("thi", "hành"), ("thực", "hiện"), ("tổ", "chức")})
_TITLE_ENDS = frozenset({*SENTENCE_ENDS, "(", "khi", "trong", "về", "đối"})
_STATES = frozenset({"chưa", "còn", "có", "là", "phải", "sẽ", "đã", "được"})
"""What makes a sentence of what could be a title."""
_TITLE = 40
"""Words of a title that names bodies."""
_SUBJECT = 24
"""Words of a general subject."""
_OPENING = 90
"""Words within which an opening circumstance gives way to the addressee."""


class Cues(NamedTuple):
    """The phrases of ``duties.toml`` that tell who is told to act, and the labels of responsibility lines."""

    orders: Phrases
    asks: Phrases
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
    rows: dict[str, Any] = table("duties.toml", "loaders")
    work = rows["work"]
    labels: dict[tuple[str, ...], Role] = {}
    role: Role
    for role in ("lead", "coordinate", "deadline", "product"):
        labels |= {tuple(map(key, label.split())): role for label in rows["labels"][role]}
    return Cues(
        orders=Phrases(work["orders"]),
        asks=Phrases(phrase for phrase in work["orders"] if phrase.split()[-1] in {"nghị", "cầu"}),
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
    about = _concerned(words, first)
    if about is not None:
        return about
    for place in _openings(words, first):
        found = _addressed(words, place, opening=titled or place == first)
        if found is not None:
            return found
    if titled and "trách" in words.keys[first : first + cues().responsibility.at(words, first)]:
        return _titled(words, first + cues().responsibility.at(words, first))
    return _obliged(words, first)


def _concerned(words: Words, first: int) -> BodyList | None:
    """Whom "Đối với X:" or the heading "Yêu cầu đối với X" addresses, where X is a general noun with what tells which
    ("Đối với đơn vị được kiểm tra:")."""
    g, place = grammar(), first + cues().asks.at(words, first)
    start = place if words.keys[place - 2 : place] == ("đối", "với") else place + 2
    if words.keys[start - 2 : start] != ("đối", "với"):
        return None
    noun = start + g.plural.at(words, start)
    asked = place > first and g.bare.at(words, noun)
    if not (asked or cues().concerned.at(words, noun) or words.keys[noun : noun + 1] in {("chủ",), ("nhà",)}):
        return None
    end = noun
    while words.is_word(end) or (words.keys[end : end + 1] == (",",) and _goes_on(words, end + 1)):
        end += 1
    ends = words.keys[end : end + 1] == (":",) or (place > first and end >= len(words.keys) - 1)
    return BodyList((Named(full_name(words, start, end), ""),), end) if ends and end <= start + _SUBJECT else None


def _goes_on(words: Words, at: int) -> bool:
    """Whether a description goes on behind a comma with another noun or verb in small letters."""
    return not words.capital(at) and bool(grammar().nouns.at(words, at) or grammar().verbs.at(words, at))


def _obliged(words: Words, first: int) -> BodyList:
    """A subject that "has the responsibility" or leads, whatever its head and the words that tell which ("Tổ chức kiểm
    định xe cơ giới có trách nhiệm …", "Quỹ quy định tại điểm b khoản này chịu trách nhiệm …"); none where a mark stands
    between."""
    nothing = BodyList((), first)
    if not grammar().nouns.at(words, first) and not _may_be_subject(words, first):
        return nothing
    general = grammar().bare.at(words, first)
    place = first + max(1, general)
    while place < min(len(words.keys), first + _SUBJECT):
        place = skip_reference(words, place)
        must = words.keys[place : place + 1] == ("phải",) and general
        if must or words.keys[place : place + 3] in _OBLIGED or _leads(words, place):
            return BodyList((Named(full_name(words, first, place), ""),), place)
        described = words.keys[place] == "," and general and grammar().verbs.at(words, place + 1)
        if (not words.is_word(place) and not described) or words.keys[place] in _OBJECTS:
            break
        place += 1
    return nothing


def _may_be_subject(words: Words, first: int) -> bool:
    """Whether a sentence can open with a subject here: neither with its work, a circumstance, an order nor a person."""
    g, c = grammar(), cues()
    others = (g.verbs, g.ends, g.circumstance, g.address, g.not_heads, c.orders, c.openings, c.responsibility)
    return words.capital(first) and not any(phrases.at(words, first) for phrases in others)


def _leads(words: Words, at: int) -> bool:
    """Whether "chủ trì" at ``at`` is what the subject does, not which one it is ("cơ quan chủ trì", "được giao …")."""
    if words.keys[at : at + 2] != ("chủ", "trì") or words.keys[at - 1] in _CHOSEN:
        return False
    return words.keys[at + 2 : at + 3] == (",",) or work_at(words, at + 2)


def _titled(words: Words, at: int) -> BodyList:
    """Whoever a title "Quyền và trách nhiệm của X" names, whatever the head, where nothing but that is printed."""
    end = next((i for i in range(at, len(words.keys)) if words.keys[i] in _TITLE_ENDS), len(words.keys))
    whole = end >= len(words.keys) - 1 or words.is_word(end)
    if not whole or not at < end <= at + _TITLE or _STATES.intersection(words.keys[at:end]):
        return BodyList((), at)
    bodies: list[Named] = []
    start = at
    for place in range(at, end + 1):
        after = end if place == end else after_separator(words, place)
        if after is None or after > end or place < start or (place < end and not _parts(words, start, place, after)):
            continue
        bodies.append(Named(full_name(words, start, place), ""))
        start = after
    return BodyList(tuple(bodies), end)


def _parts(words: Words, start: int, at: int, after: int) -> bool:
    """Whether the separator at ``at`` ends a name: another noun for a body follows, and the one before is not bare
    ("tổ chức, cá nhân" is one)."""
    g = grammar()
    follows = g.nouns.at(words, after) or head_at(words, after) or g.plural.at(words, after) or g.posts.at(words, after)
    return bool(follows) and g.nouns.at(words, start) != at - start


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
            opens = cues().orders.at(words, at + 1) or cues().openings.at(words, at + 1)
            worked = worked or (work_at(words, at + 1) and not opens)
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
        if colon is not None and cues().orders.at(words, colon + 1):
            places.append(colon + 1)
        elif colon is not None and head_at(words, colon + 1):
            found = read_list(words, colon + 1)
            listed = words.keys[first] == "đối" and found.end >= len(words.keys) - 1  # whom it concerns, not who acts
            places += [] if listed else [colon + 1]
    return places


def _addressed(words: Words, at: int, *, opening: bool) -> BodyList | None:
    """The bodies told to act from ``at``, directly or after "giao", "đề nghị"; ``None`` where none is."""
    if length := cues().orders.at(words, at):
        return _after_order(words, at + length)
    plain = starts_body(words, at, first=True)
    owner = words.keys[at : at + 1] in {("chủ",), ("nhà",)}  # "chủ đầu tư", "nhà thầu": no part of another's name
    named = words.capital(at) or group_at(words, at) or owner
    if not plain or not (opening or named):
        return None
    found = _executing(words, at, read_list(words, at))
    orders = cues().orders.at(words, found.end)
    if (
        not found.bodies
        or (cues().informs.at(words, found.end) and not orders)
        or found.bodies[0].name.casefold() in _NOBODY
    ):
        return None
    several = len(found.bodies) > 1 or group_at(words, at) > 0
    if words.keys[found.end : found.end + 1] == ("sẽ",) or (cues().issues.at(words, found.end) and not several):
        return None
    if orders:
        told = _after_order(words, found.end + orders)
        if told is not None:
            return told
    return found if _work_follows(words, found.end) or _settled(words, found) else None


def _executing(words: Words, at: int, found: BodyList) -> BodyList:
    """The list of those who "are responsible for execution", read on behind a member that the table does not know; one
    with a post is named as it is printed ("Trưởng thuế thành phố Vân Khê")."""
    place = found.end
    cut = words.keys[place : place + 1] in _CUT if found.bodies else bool(grammar().posts.at(words, at))
    close = _execution(words, place) if cut else None
    if close is None:
        return found
    bodies, after = list(found.bodies), None if found.bodies else at
    while place < close:
        after = after_separator(words, place) if after is None else after
        if after is None:
            place += 1  # the rest of an unknown member
            continue
        more = read_list(words, after)
        start, post, _ = after_posts(words, after)
        place = more.end if more.bodies else max(start, after)
        bodies += more.bodies
        if post and not more.bodies and start < close:
            place = next((i for i in range(start, close) if words.keys[i] in SEPARATORS), close)
            name = full_name(words, start, place)
            bodies.append(Named(name[:1].upper() + name[1:], post))
        after = None
    return BodyList(tuple(bodies), max(close, place))


def _execution(words: Words, at: int) -> int | None:
    """Where "chịu trách nhiệm thi hành" ends the list that goes on at ``at``; ``None`` where the sentence says no such
    thing."""
    for place in range(at, min(len(words.keys), at + 2 * _OPENING)):
        if words.keys[place] in {".", ":"}:
            return None
        if words.keys[place : place + 3] == ("chịu", "trách", "nhiệm"):
            return place if words.keys[place + 3 : place + 5] in _EXECUTES else None
    return None


def _after_order(words: Words, at: int) -> BodyList | None:
    at += words.keys[at : at + 1] == ("cho",)
    found = read_list(words, at + (words.keys[at : at + 1] == (":",)))
    return found if found.bodies else None


def _work_follows(words: Words, at: int) -> bool:
    """Whether what stands at ``at`` makes the bodies before it addressees: the end, a colon, a verb of work."""
    g = grammar()
    if at >= len(words.keys) or words.keys[at] == ":":
        return not g.address.at(words, at + 1)  # "Chủ tịch Hội: Ông A" says who holds the post
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
