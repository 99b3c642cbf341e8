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
from loaders.bodylist import BodyList, Named, read_list, unique
from loaders.bodywords import grammar, head_at
from loaders.brackets import told_in_brackets
from loaders.cues import SENTENCE_ENDS, cues
from loaders.partners import body_opening_clause, partners
from loaders.words import Words, split_words

_OPENING_LENGTH = 2_000
"""Characters that hold the addressees of a text without later orders and partners."""
_LATER = re.compile(r"[Gg]iao|[Hh]ợp|[Cc]ùng|GIAO|HỢP|CÙNG")
_LATER_LENGTH = 8_000
"""Characters within which a later clause is looked for: longer units are no items."""
_NOT_TOLD = frozenset({(), (":",), (".",)})
"""What follows a body of a later clause that is not told to act: nothing, the end, or what it is."""
_ONLY_ROLES = frozenset({("chủ", "trì"), ("phối", "hợp"), ("thực", "hiện"), ("chịu", "trách")})
"""What a body may be told in a responsibility line."""
_OPENS_REQUEST = frozenset({",", ".", ";", ":", "vậy", "đó"})
"""What stands before a request that opens a clause ("…; do vậy đề nghị …")."""


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
    bracketed = () if leaders.bodies else told_in_brackets(words)
    leaders = leaders._replace(bodies=leaders.bodies + bracketed)
    if leaders.bodies and words.keys[leaders.end : leaders.end + 1] == (":",):
        leaders = leaders._replace(bodies=leaders.bodies + listed_later(words, leaders.end + 1))
    lead = unique(leaders.bodies)
    taken = {body.name.casefold() for body in lead}
    joined = [body for body in partners(words, leaders.end) if body.name.casefold() not in taken]
    if lead and not bracketed:
        own = not cues().orders.at(words, first)
        lead = unique(lead + _later(words, leaders.end, {body.name.casefold() for body in joined}, own=own))
    named = {body.name.casefold() for body in joined}
    later = () if lead else unique(_later(words, first, named) or _who_cooperates(words, named))
    return Duties(
        lead=tuple(body.name for body in lead),
        lead_post=_posts(lead),
        coordinate=tuple(body.name for body in unique(tuple(joined))),
        own=bool(lead),
        later=tuple(body.name for body in later),
        later_post=_posts(later),
        asked=() if lead else tuple(body.name for body in unique(_asked(words, first))),
    )


def work_told(text: str) -> str:
    """What the bodies that open ``text`` are told ("tiếp nhận hồ sơ …"); empty where none opens it."""
    words = split_words(text[:_OPENING_LENGTH])
    first = next((i for i in range(len(words.keys)) if words.is_word(i)), len(words.keys))
    told = addressees(words, first)
    return text[words.starts[told.end] :] if told.bodies and told.end < len(words.keys) else ""


def names_only_bodies(text: str) -> bool:
    """Whether ``text`` says who acts and nothing of the work ("Sở A chủ trì, phối hợp …"; not "Sở A in sổ tay")."""
    words, found = _opening_list(text[:_OPENING_LENGTH])
    follows = words.keys[found.end : found.end + 2]
    return bool(found.bodies) and (follows in _ONLY_ROLES or not follows or not words.is_word(found.end))


def is_body_name(text: str, longest: int = 80) -> bool:
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


def _posts(bodies: tuple[Named, ...]) -> tuple[str, ...]:
    """One post per body, or none where no body is addressed by one."""
    posts = tuple(body.post for body in bodies)
    return posts if any(posts) else ()


def _asked(words: Words, first: int) -> tuple[Named, ...]:
    """The bodies behind the first "đề nghị", "yêu cầu" that opens a later clause."""
    for place in cues().asks.places(words):
        opens = words.keys[place - 1] in _OPENS_REQUEST and not _goes_on_with_work(words, place)
        opens = opens or cues().troubles.before(words, place) > 0 or body_opening_clause(words, place) is not None
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


def _later(words: Words, first: int, partners: set[str], *, own: bool = False) -> tuple[Named, ...]:
    """The addressees that open the first later sentence or clause which tells somebody to act, and those that further
    ones order ("Yêu cầu các Bộ …"); none of the partners. ``own``: a body acts in the first clause already."""
    heard: tuple[Named, ...] = ()
    limit = bisect_right(words.starts, _LATER_LENGTH)
    for at in range(first + 1, limit):
        if words.keys[at - 1] in {".", ";"} and words.is_word(at):
            if heard and not (cues().orders.at(words, at) or head_at(words, at) or grammar().posts.at(words, at)):
                continue
            found = addressees(words, at)
            if own and ((words.keys[at - 1] == ";" and cues().asks.at(words, at)) or _assigns_own(words, at)):
                continue  # "Sở A rà soát …; yêu cầu chủ đầu tư …": that is the work of Sở A
            told = tuple(body for body in found.bodies if body.name.casefold() not in partners)
            if words.keys[found.end : found.end + 2] == ("không", "được") or any(" nào " in b.name for b in told):
                continue  # "nhà thầu vi phạm … không được tham gia": nobody is told to act
            joins = words.keys[found.end : found.end + 2] == ("phối", "hợp") and not words.is_word(found.end + 2)
            if told and words.keys[found.end : found.end + 1] not in _NOT_TOLD and not joins:
                heard += told
    return heard


def _assigns_own(words: Words, at: int) -> bool:
    """Whether a body assigns people of its own at ``at`` ("Phân công cấp ủy viên dự …"), and no other body."""
    return words.keys[at : at + 2] == ("phân", "công") and not words.capital(at + 2)


def _who_cooperates(words: Words, partners: set[str]) -> tuple[Named, ...]:
    """The body that opens a clause and works with one of the partners: the one who has a partner acts."""
    for place in cues().together.places(words) if partners else ():
        opening = body_opening_clause(words, place)
        if opening is not None:
            return tuple(body for body in read_list(words, opening).bodies if body.name.casefold() not in partners)
    return ()
