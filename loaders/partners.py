"""With whom work is done: the bodies behind "phối hợp với", and those that join whoever leads.

Reads the words of one unit and where its addressees end; a partner of a body that is only advised or guided is none.
"""

from __future__ import annotations

from loaders.bodylist import Named, read_general, read_list
from loaders.bodynames import starts_body
from loaders.bodywords import grammar, group_at, head_at, noun_at, work_at
from loaders.cues import SENTENCE_ENDS, cues
from loaders.words import Words

_LEADS_AND = frozenset({("chủ", "trì", ","), ("chủ", "trì", "và")})
_GROUP = 8
"""Words of a group of partners."""
_CLAUSE = 60
"""Words of a clause that says who joins."""


def partners(words: Words, addressed_end: int) -> list[Named]:
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
    if at < _CLAUSE and words.keys[:2] == ("chỉ", "đạo") and SENTENCE_ENDS.isdisjoint(words.keys[:at]):
        return True  # whoever stands above directs
    g = grammar()
    back = at
    while length := g.verbs.before(words, back):
        back -= length
    if back < at:
        return back <= addressed_end or not _named_before(words, back)
    if body_opening_clause(words, at) is not None:
        return True
    if cues().often.before(words, at):
        return True  # "…. Hằng quý phối hợp với Sở A công bố giá"
    return words.keys[at - 1] in {"và", "giao", "thì", "vụ", "năng", "quyền"}


def _directs(words: Words, addressed_end: int, at: int) -> bool:
    """Whether the addressee leads and has its own units cooperate ("X chủ trì, chỉ đạo các đơn vị phối hợp …")."""
    place = addressed_end + 3
    leads = words.keys[addressed_end:place] in _LEADS_AND and words.keys[place : place + 2] == ("chỉ", "đạo")
    return bool(addressed_end and leads) and SENTENCE_ENDS.isdisjoint(words.keys[place : min(at, place + _CLAUSE)])


def body_opening_clause(words: Words, at: int) -> int | None:
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
