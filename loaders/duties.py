"""Who must act and with whom, as one item or heading says it.

Reads clean text of ONE unit (printed marker stripped, NFC, lines joined); writes the bodies told to lead, the posts
by which they were addressed, the bodies they work with. How such documents are written: the addressee opens the item
("Sở A chủ trì, phối hợp với Sở B …", "Giao Sở A …", "Sở A: …"), or the heading above names it (then the caller
inherits: ``own`` is false); partners follow "phối hợp với". A body that is advised, reported to or guided is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from loaders.addressees import addressees, listed_later, ordered_later
from loaders.bodylist import BodyList, Named, read_general, read_list
from loaders.bodynames import starts_body
from loaders.bodywords import grammar, group_at, head_at, noun_at, work_at
from loaders.cues import SENTENCE_ENDS, Role, cues
from loaders.words import Words, key, split_words

_OPENING_LENGTH = 2_000
"""Characters that hold the addressees of a text without later orders and partners."""
_LATER = re.compile(r"[Gg]iao|[Hh]ợp|[Cc]ùng|GIAO|HỢP|CÙNG")
_LATER_LENGTH = 8_000
"""Characters within which a later clause is looked for: longer units are no items."""
_NOT_TOLD = frozenset({(), (":",), (".",)})
"""What follows a body of a later clause that is not told to act: nothing, the end, or what it is."""
_LABEL = 80
"""Characters within which the colon of a responsibility line stands."""
_TERM_LINE = re.compile(
    r"\s*(?P<label>Thời (?:hạn|gian)(?: hoàn thành| thực hiện| báo cáo)?) "
    r"(?=(?:(?:là|chỉ) )?(?:(?:chậm|muộn) nhất|không (?:quá|chậm|muộn)|trước|trong) )"
)
_TERM_LENGTH = 160
"""Characters of a line that is nothing but a term."""
_ONLY_ROLES = frozenset({("chủ", "trì"), ("phối", "hợp"), ("thực", "hiện"), ("chịu", "trách")})
"""What a body may be told in a responsibility line."""
_LEADS_AND = frozenset({("chủ", "trì", ","), ("chủ", "trì", "và")})
_OPENS_REQUEST = frozenset({",", ".", ";", ":", "vậy", "đó"})
"""What stands before a request that opens a clause ("…; do vậy đề nghị …")."""
_GROUP = 8
"""Words of a group of partners."""
_CLAUSE = 60
"""Words of a clause that says who joins."""
_CIRCUMSTANCE = 16
"""Words that may stand between the bodies of a responsibility line."""


class Duties(NamedTuple):
    """What one text says about who acts.

    ``lead``, ``coordinate``: names in full form, in order, no name twice; whoever opens a later clause leads too
    ("Sở A định hướng nội dung; Sở B mở chuyên mục"). ``lead_post``: one per leader ("" where the
    body itself is addressed), or empty where no leader is addressed by a post. ``own``: the text names its addressee.
    ``later``, ``later_post``: where it opens with none, whom its first later clause with an addressee tells to act;
    they lead only where no heading and no "Kính gửi" says who does. ``asked``: where it opens with none, whom a later
    clause asks in so many words ("…, do vậy đề nghị Sở A …"); they lead before those of "Kính gửi".
    """

    lead: tuple[str, ...] = ()
    lead_post: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    own: bool = False
    later: tuple[str, ...] = ()
    later_post: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


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


@lru_cache(maxsize=1024)  # the kind of an item and its duties ask for the same text
def read_duties(text: str) -> Duties:
    """The duties that ``text``, one item or heading, states. Any text is accepted; nothing found is ``Duties()``."""
    words = split_words(text if _LATER.search(text) else text[:_OPENING_LENGTH])
    first = next((i for i in range(len(words.keys)) if words.is_word(i)), len(words.keys))
    leaders = addressees(words, first)
    if not leaders.bodies or cues().orders.at(words, first):
        given = ordered_later(words, max(leaders.end, first + 1))
        asked = _asked(words, first) if given and not leaders.bodies else ()  # "X yêu cầu các sở …; giao Sở A …"
        leaders = BodyList(leaders.bodies + asked + given, leaders.end)
    if leaders.bodies and words.keys[leaders.end : leaders.end + 1] == (":",):
        leaders = leaders._replace(bodies=leaders.bodies + listed_later(words, leaders.end + 1))
    lead = _unique(leaders.bodies)
    taken = {body.name.casefold() for body in lead}
    partners = [body for body in _partners(words, leaders.end) if body.name.casefold() not in taken]
    if lead:
        lead = _unique(lead + _later(words, leaders.end, {body.name.casefold() for body in partners}))
    named = {body.name.casefold() for body in partners}
    later = () if lead else _unique(_later(words, first, named) or _who_cooperates(words, named))
    return Duties(
        lead=tuple(body.name for body in lead),
        lead_post=_posts(lead),
        coordinate=tuple(body.name for body in _unique(tuple(partners))),
        own=bool(lead),
        later=tuple(body.name for body in later),
        later_post=_posts(later),
        asked=() if lead else tuple(body.name for body in _unique(_asked(words, first))),
    )


def work_told(text: str) -> str:
    """What the bodies that open ``text`` are told ("tiếp nhận hồ sơ …"); empty where none opens it."""
    words = split_words(text[:_OPENING_LENGTH])
    first = next((i for i in range(len(words.keys)) if words.is_word(i)), len(words.keys))
    told = addressees(words, first)
    return text[words.starts[told.end] :] if told.bodies and told.end < len(words.keys) else ""


def responsibility_line(text: str) -> Responsibility | None:
    """What a line such as "Cơ quan phối hợp: Sở A, Sở B" adds to the task above; ``None`` for any other text.

    A second line may stand behind the first ("Cơ quan chủ trì: Sở A; cơ quan phối hợp: Sở B").
    """
    if text.find(":", 0, _LABEL) < 0:
        return _term_line(text)
    end = text.find(";")
    first = _one_line(text[:end]) if end >= 0 else None
    second = _one_line(text[end + 1 :]) if first and first.role in ("lead", "coordinate") else None
    if first is None or second is None:
        return _one_line(text)
    return first._replace(lead=first.lead + second.lead, coordinate=first.coordinate + second.coordinate)


def names_only_bodies(text: str) -> bool:
    """Whether ``text`` says who acts and nothing of the work ("Sở A chủ trì, phối hợp …"; not "Sở A in sổ tay")."""
    words, found = _opening_list(text[:_OPENING_LENGTH])
    follows = words.keys[found.end : found.end + 2]
    return bool(found.bodies) and (follows in _ONLY_ROLES or not follows or not words.is_word(found.end))


def is_body_name(text: str, longest: int = _LABEL) -> bool:
    """Whether ``text``, of at most ``longest`` characters, is nothing but a body's name or a list of them ("4. Chi cục
    Quản lý thị trường.")."""
    words, found = _opening_list(text[:longest])
    whole = len(text) <= longest and not any(words.is_word(i) for i in range(found.end, len(words.keys)))
    return bool(found.bodies) and whole


def _opening_list(text: str) -> tuple[Words, BodyList]:
    """The words of ``text`` and the list of bodies at its first word."""
    words = split_words(text)
    first = next((i for i in range(len(words.keys)) if words.is_word(i)), len(words.keys))
    return words, read_list(words, first)


def _term_line(text: str) -> Responsibility | None:
    """A line that is nothing but a term whose label has no colon ("Thời hạn chậm nhất 05 ngày từ khi ban hành.")."""
    found = _TERM_LINE.match(text) if len(text) <= _TERM_LENGTH else None
    if found is None or tuple(map(key, found["label"].split())) not in cues().labels:
        return None
    content = text[found.end() :].rstrip(" ;.")
    return None if ". " in content else Responsibility("deadline", (), (), content, found.end())


def _one_line(text: str) -> Responsibility | None:
    colon = text.find(":", 0, _LABEL)
    if colon < 0:
        return None
    label = split_words(text[:colon])
    role = cues().labels.get(tuple(k for i, k in enumerate(label.keys) if label.is_word(i) or k == ","))
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
        if work_at(words, at) or cues().together.at(words, at):
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


def _asked(words: Words, first: int) -> tuple[Named, ...]:
    """The bodies behind the first "đề nghị", "yêu cầu" that opens a later clause."""
    for place in cues().asks.places(words):
        opens = words.keys[place - 1] in _OPENS_REQUEST and not _goes_on_with_work(words, place)
        opens = opens or cues().troubles.before(words, place) > 0 or _body_opening_clause(words, place) is not None
        if place > first and opens:
            found = read_list(words, place + cues().asks.at(words, place))
            if found.bodies:
                return found.bodies
    return ()


def _goes_on_with_work(words: Words, at: int) -> bool:
    """Whether "yêu cầu" at ``at`` is one more work of whoever acts ("rà soát, đôn đốc, yêu cầu các hộ …"): behind a
    comma after a verb, in a sentence that no circumstance opens."""
    if words.keys[at - 1] != ",":
        return False
    marks = [i for i in range(at - 1) if words.keys[i] == "," or words.keys[i] in SENTENCE_ENDS]
    clause = marks[-1] + 1 if marks else 0
    sentence = next((i + 1 for i in reversed(marks) if words.keys[i] != ","), 0)
    while sentence < clause and not words.is_word(sentence):
        sentence += 1
    adds = words.keys[sentence : sentence + 2] == ("đồng", "thời")
    return grammar().verbs.at(words, clause) > 0 and (adds or not cues().openings.at(words, sentence))


def _later(words: Words, first: int, partners: set[str]) -> tuple[Named, ...]:
    """The addressees that open the first later sentence or clause which tells somebody to act, and those that further
    ones order ("Yêu cầu các Bộ …"); none of the partners."""
    heard: tuple[Named, ...] = ()
    limit = bisect_right(words.starts, _LATER_LENGTH)
    for at in range(first + 1, limit):
        if words.keys[at - 1] in {".", ";"} and words.is_word(at):
            if heard and not (cues().orders.at(words, at) or head_at(words, at) or grammar().posts.at(words, at)):
                continue
            found = addressees(words, at)
            told = tuple(body for body in found.bodies if body.name.casefold() not in partners)
            joins = words.keys[found.end : found.end + 2] == ("phối", "hợp") and not words.is_word(found.end + 2)
            if told and words.keys[found.end : found.end + 1] not in _NOT_TOLD and not joins:
                heard += told
    return heard


def _who_cooperates(words: Words, partners: set[str]) -> tuple[Named, ...]:
    """The body that opens a clause and works with one of the partners: the one who has a partner acts."""
    for place in cues().together.places(words) if partners else ():
        opening = _body_opening_clause(words, place)
        if opening is not None:
            return tuple(body for body in read_list(words, opening).bodies if body.name.casefold() not in partners)
    return ()


def _partners(words: Words, addressed_end: int) -> list[Named]:
    """The bodies worked with, after every "phối hợp với" whose subject is the addressee."""
    found: list[Named] = []
    for at in range(len(words.keys)) if "cùng" in words.keys else ():
        beside = at == addressed_end or (not words.is_word(at - 1) and (addressed_end > 0 or at == 0))
        if words.keys[at] == "cùng" and beside:  # "X chủ trì, cùng với Y …"
            found += read_list(words, at + 1 + (words.keys[at + 1 : at + 2] == ("với",))).bodies
    for place in cues().together.places(words):
        if not _of_addressee(words, place, addressed_end):
            found += _who_joins(words, place)
            continue
        at = place + cues().together.at(words, place)
        linked = words.keys[at - 1] == "cùng"
        while length := cues().partner_adverbs.at(words, at):
            linked = linked or words.keys[at + length - 1] in {"với", "cùng"}
            at += length
        if starts_body(words, at):
            listed = read_list(words, at)
            found += listed.bodies + _and_others(words, listed.end)
        elif linked and words.is_word(at) and not work_at(words, at):
            found += read_general(words, at).bodies
        elif not linked:
            found += _who_joins(words, place)
    return found


def _and_others(words: Words, at: int) -> tuple[Named, ...]:
    """A group that no noun of the table heads, at the end of a list of partners ("và các thương nhân đầu mối …")."""
    if words.keys[at : at + 2] != ("và", "các") or not words.is_word(at + 2) or work_at(words, at + 2):
        return ()
    group = read_general(words, at + 1)
    told = group.end < len(words.keys) and work_at(words, group.end) and group.end - at <= _GROUP
    return group.bodies if told else ()


def _who_joins(words: Words, at: int) -> tuple[Named, ...]:
    """The bodies before a "phối hợp" without a partner, where another leads ("Sở A chủ trì; Sở B, Sở C phối hợp", "Sở A
    chủ trì, Sở B phối hợp")."""
    for mark in range(at - 1, max(0, at - _CLAUSE), -1):
        opens = words.keys[mark] == ";" or (words.keys[mark] == "," and cues().leads.before(words, mark))
        if opens and starts_body(words, mark + 1):
            found = read_list(words, mark + 1)
            return found.bodies if found.end == at else ()
        if words.keys[mark] in SENTENCE_ENDS:
            break
    return ()


def _of_addressee(words: Words, at: int, addressed_end: int) -> bool:
    """Whether the one who cooperates at ``at`` is the addressee, not a body that it guides or advises."""
    if at <= addressed_end or not words.is_word(at - 1) or _directs(words, addressed_end, at):
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


def _directs(words: Words, addressed_end: int, at: int) -> bool:
    """Whether the addressee leads and has its own units cooperate ("X chủ trì, chỉ đạo các đơn vị phối hợp …")."""
    place = addressed_end + 3
    leads = words.keys[addressed_end:place] in _LEADS_AND and words.keys[place : place + 2] == ("chỉ", "đạo")
    return bool(addressed_end and leads) and SENTENCE_ENDS.isdisjoint(words.keys[place : min(at, place + _CLAUSE)])


def _body_opening_clause(words: Words, at: int) -> int | None:
    """Where the body stands that opens the clause going on at ``at``, and so acts itself ("…, Sở A phối hợp …")."""
    for place in range(at - 1, max(-1, at - 25), -1):
        if place == 0 or words.keys[place - 1] in SENTENCE_ENDS:
            place += cues().orders.at(words, place)  # "…. Giao Sở A phối hợp với …"
            return place if place < at and starts_body(words, place) else None
        if words.keys[place - 1] == ",":
            return place if head_at(words, place) and words.capital(place) else None
    return None


def _named_before(words: Words, at: int) -> bool:
    """Whether a body stands just before ``at``, told by another to act ("chỉ đạo các đơn vị …")."""
    for place in range(at - 1, max(-1, at - 25), -1):
        if words.keys[place] in SENTENCE_ENDS or words.keys[place] == ",":
            return False
        if group_at(words, place) or (place < at - 1 and noun_at(words, place)):
            return cues().causative.before(words, place) > 0
    return False
