"""Who must act and with whom, as one item or heading says it.

Reads clean text of ONE unit (printed marker stripped, NFC, lines joined); writes the bodies told to lead, the posts
by which they were addressed, the bodies they work with. How such documents are written: the addressee opens the item
("Sở A chủ trì, phối hợp với Sở B …", "Giao Sở A …", "Sở A: …"), or the heading above names it (then the caller
inherits: ``own`` is false); partners follow "phối hợp với". A body that is advised, reported to or guided is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Any, Literal, NamedTuple

from loaders.bodylist import BodyList, Named, read_general, read_list, skip_parenthesis, starts_body
from loaders.bodywords import grammar, group_at, head_at, noun_at, work_at
from loaders.words import Phrases, Words, key, split_words, table

Role = Literal["lead", "coordinate", "deadline", "product"]
_SENTENCE_ENDS = frozenset({".", ";", ":"})
_OPENING_LENGTH = 2_000
"""Characters that hold the addressees of a text without later orders and partners."""
_LATER = re.compile(r"[Gg]iao|[Hh]ợp|[Cc]ùng|GIAO|HỢP|CÙNG")
_LATER_LENGTH = 8_000
"""Characters within which a later clause is looked for: longer units are no items."""
_NOT_TOLD = frozenset({(), (":",)})
"""What follows a body of a later clause that is not told to act: nothing, or what it is."""
_NOBODY = frozenset({"cơ quan", "đơn vị"})
_CIRCUMSTANCE = 16
"""Words that may stand between the bodies of a responsibility line."""
_OPENING = 90
"""Words within which an opening circumstance gives way to the addressee."""


class Duties(NamedTuple):
    """What one text says about who acts.

    ``lead``, ``coordinate``: names in full form, in order, no name twice. ``lead_post``: one per leader ("" where the
    body itself is addressed), or empty where no leader is addressed by a post. ``own``: the text names its addressee.
    ``later``, ``later_post``: where it opens with none, whom its first later clause with an addressee tells to act;
    they lead only where no heading and no "Kính gửi" says who does.
    """

    lead: tuple[str, ...] = ()
    lead_post: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    own: bool = False
    later: tuple[str, ...] = ()
    later_post: tuple[str, ...] = ()


class Responsibility(NamedTuple):
    """A line under a task that says who, with whom, by when or with what result ("Cơ quan chủ trì: Sở A").

    ``content`` is the text after the colon and ``offset`` where it begins; ``lead`` and ``coordinate`` the bodies it
    names (a line of one role may name the other: "Cơ quan thực hiện: Sở A chủ trì, phối hợp với Sở B").
    """

    role: Role
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    content: str
    offset: int


class _Cues(NamedTuple):
    orders: Phrases
    informs: Phrases
    openings: Phrases
    partner_adverbs: Phrases
    causative: Phrases
    concerned: Phrases
    troubles: Phrases
    together: Phrases
    labels: dict[tuple[str, ...], Role]


@cache
def _cues() -> _Cues:
    rows: dict[str, Any] = table("duties.toml")
    work = rows["work"]
    labels: dict[tuple[str, ...], Role] = {}
    role: Role
    for role in ("lead", "coordinate", "deadline", "product"):
        labels |= {tuple(map(key, label.split())): role for label in rows["labels"][role]}
    return _Cues(
        orders=Phrases(work["orders"]),
        informs=Phrases(work["informs"]),
        openings=Phrases(work["openings"]),
        partner_adverbs=Phrases(work["partner_adverbs"]),
        causative=Phrases(work["causative"]),
        concerned=Phrases(work["concerned"]),
        troubles=Phrases(work["troubles"]),
        together=Phrases(("phối hợp", "chủ trì cùng")),
        labels=labels,
    )


def read_duties(text: str) -> Duties:
    """The duties that ``text``, one item or heading, states. Any text is accepted; nothing found is ``Duties()``."""
    words = split_words(text if _LATER.search(text) else text[:_OPENING_LENGTH])
    first = next((i for i in range(len(words.keys)) if words.is_word(i)), len(words.keys))
    leaders = _leaders(words, first)
    if not leaders.bodies or _cues().orders.at(words, first):
        leaders = BodyList(leaders.bodies + _ordered_later(words, max(leaders.end, first + 1)), leaders.end)
    lead = _unique(leaders.bodies)
    taken = {body.name.casefold() for body in lead}
    partners = [body for body in _partners(words, leaders.end) if body.name.casefold() not in taken]
    later = () if lead else _unique(_later(words, first, {body.name.casefold() for body in partners}))
    return Duties(
        lead=tuple(body.name for body in lead),
        lead_post=_posts(lead),
        coordinate=tuple(body.name for body in _unique(tuple(partners))),
        own=bool(lead),
        later=tuple(body.name for body in later),
        later_post=_posts(later),
    )


def responsibility_line(text: str) -> Responsibility | None:
    """What a line such as "Cơ quan phối hợp: Sở A, Sở B" adds to the task above; ``None`` for any other text."""
    colon = text.find(":", 0, 80)
    if colon < 0:
        return None
    label = split_words(text[:colon])
    role = _cues().labels.get(tuple(k for i, k in enumerate(label.keys) if label.is_word(i) or k == ","))
    if role is None:
        return None
    content = text[colon + 1 :].strip()
    offset = colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())
    if role in ("deadline", "product"):
        return Responsibility(role, (), (), content.rstrip(" ;."), offset)
    words = split_words(content)
    listed = tuple(body.name for body in _unique(_listed(words)))
    partners = tuple(body.name for body in _unique(tuple(_partners(words, len(words.keys)))) if body.name not in listed)
    if role == "coordinate":
        return Responsibility(role, (), listed + partners, content, offset)
    return Responsibility(role, listed, partners, content, offset)


def _listed(words: Words) -> tuple[Named, ...]:
    """The bodies of a responsibility line; the list goes on behind "trong phạm vi nhiệm vụ của mình và các …"."""
    found = read_list(words, 0)
    if not found.bodies or not grammar().circumstance.at(words, found.end):
        return found.bodies
    for at in range(found.end, min(len(words.keys), found.end + _CIRCUMSTANCE)):
        if work_at(words, at) or _cues().together.at(words, at):
            break
        if words.keys[at] in {"và", ";"} and (group_at(words, at + 1) or head_at(words, at + 1)):
            return found.bodies + read_list(words, at + 1).bodies
    return found.bodies


def _posts(bodies: tuple[Named, ...]) -> tuple[str, ...]:
    """One post per body, or none where no body is addressed by one."""
    posts = tuple(body.post for body in bodies)
    return posts if any(posts) else ()


def _unique(bodies: tuple[Named, ...]) -> tuple[Named, ...]:
    first: dict[str, Named] = {}
    for body in bodies:
        if body.name:
            first.setdefault(body.name.casefold(), body)
    return tuple(first.values())


def _leaders(words: Words, first: int) -> BodyList:
    """The addressees that open the text; empty, ending at ``first``, where it opens with none."""
    for place in _openings(words, first):
        found = _addressed(words, place, opening=place == first)
        if found is not None:
            return found
    return BodyList((), first)


def _openings(words: Words, first: int) -> list[int]:
    """Where the addressee may stand: first, after "Trách nhiệm của", or at a comma after an opening circumstance."""
    if words.keys[first : first + 3] == ("trách", "nhiệm", "của"):
        return [first + 3]
    places = [first, *_after_topic(words, first)]
    if not _cues().openings.at(words, first):
        return places
    at, limit, worked = first, min(len(words.keys), first + _OPENING), False
    while at < limit and words.keys[at] not in _SENTENCE_ENDS:
        if words.keys[at] == ",":
            worked = worked or (work_at(words, at + 1) and not _cues().orders.at(words, at + 1))
            if not worked or (words.capital(at + 1) and head_at(words, at + 1)):
                places.append(at + 1)
        elif _cues().troubles.before(words, at) and (group_at(words, at) or head_at(words, at)):
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
        group = group_at(words, start) and _cues().concerned.at(words, start + grammar().plural.at(words, start))
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
    if length := _cues().orders.at(words, at):
        return _after_order(words, at + length)
    plain = starts_body(words, at, first=True)
    if not plain or (not opening and not words.capital(at) and not group_at(words, at)):
        return None
    found = read_list(words, at)
    if not found.bodies or _cues().informs.at(words, found.end) or found.bodies[0].name.casefold() in _NOBODY:
        return None
    if words.keys[found.end : found.end + 1] == ("sẽ",):
        return None
    if length := _cues().orders.at(words, found.end):
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
        if words.keys[place : place + 3] in {("có", "trách", "nhiệm"), ("chịu", "trách", "nhiệm")}:
            return True
    return False


def _ordered_later(words: Words, at: int) -> tuple[Named, ...]:
    """The bodies after every later "giao" that opens a clause ("(1) Giao Bộ A …; (2) Giao Bộ B …")."""
    found: list[Named] = []
    if "giao" not in words.keys:
        return ()
    for place in range(at, len(words.keys)):
        if words.keys[place] == "giao" and not words.is_word(place - 1) and starts_body(words, place + 1):
            found += read_list(words, place + 1).bodies
    return tuple(found)


def _later(words: Words, first: int, partners: set[str]) -> tuple[Named, ...]:
    """The addressees that open the first later sentence or clause which tells somebody to act, none of the partners."""
    limit = bisect_right(words.starts, _LATER_LENGTH)
    for at in range(first + 1, limit):
        if words.keys[at - 1] in {".", ";"} and words.is_word(at):
            found = _leaders(words, at)
            told = tuple(body for body in found.bodies if body.name.casefold() not in partners)
            if told and words.keys[found.end : found.end + 1] not in _NOT_TOLD:
                return told
    return _who_cooperates(words, partners)


def _who_cooperates(words: Words, partners: set[str]) -> tuple[Named, ...]:
    """The body that opens a clause and works with one of the partners: the one who has a partner acts."""
    for place in _cues().together.places(words) if partners else ():
        opening = _body_opening_clause(words, place)
        if opening is not None:
            return tuple(body for body in read_list(words, opening).bodies if body.name.casefold() not in partners)
    return ()


def _partners(words: Words, addressed_end: int) -> list[Named]:
    """The bodies worked with, after every "phối hợp với" whose subject is the addressee."""
    found: list[Named] = []
    for place in _cues().together.places(words):
        if not _of_addressee(words, place, addressed_end):
            continue
        at = place + _cues().together.at(words, place)
        linked = words.keys[at - 1] == "cùng"
        while length := _cues().partner_adverbs.at(words, at):
            linked = linked or words.keys[at + length - 1] in {"với", "cùng"}
            at += length
        if starts_body(words, at):
            found += read_list(words, at).bodies
        elif linked and words.is_word(at) and not work_at(words, at):
            found += read_general(words, at).bodies
    return found


def _of_addressee(words: Words, at: int, addressed_end: int) -> bool:
    """Whether the one who cooperates at ``at`` is the addressee, not a body that it guides or advises."""
    if at <= addressed_end or not words.is_word(at - 1):
        return True
    g = grammar()
    back = at
    while length := g.verbs.before(words, back):
        back -= length
    if back < at:
        return back <= addressed_end or not _named_before(words, back)
    if _body_opening_clause(words, at) is not None:
        return True
    return words.keys[at - 1] in {"và", "giao", "vụ", "năng", "quyền"}


def _body_opening_clause(words: Words, at: int) -> int | None:
    """Where the body stands that opens the clause going on at ``at``, and so acts itself ("…, Sở A phối hợp …")."""
    for place in range(at - 1, max(-1, at - 25), -1):
        if place == 0 or words.keys[place - 1] in _SENTENCE_ENDS:
            return place if starts_body(words, place) else None
        if words.keys[place - 1] == ",":
            return place if head_at(words, place) and words.capital(place) else None
    return None


def _named_before(words: Words, at: int) -> bool:
    """Whether a body stands just before ``at``, told by another to act ("chỉ đạo các đơn vị …")."""
    for place in range(at - 1, max(-1, at - 25), -1):
        if words.keys[place] in _SENTENCE_ENDS or words.keys[place] == ",":
            return False
        if group_at(words, place) or (place < at - 1 and noun_at(words, place)):
            return _cues().causative.before(words, place) > 0
    return False
