"""Subjects that no head or list tells: whoever a sentence, a topic or a title makes responsible, as it is printed.

How such documents are written: "Tổ chức kiểm định có trách nhiệm …", "Đối với đơn vị được kiểm tra: …", "Quyền và trách
nhiệm của X". Reads the words of one unit; writes the bodies found and where they end.
"""

from __future__ import annotations

from loaders.bodylist import BodyList, Named, skip_reference
from loaders.bodynames import after_separator, full_name
from loaders.bodywords import grammar, head_at, work_at
from loaders.cues import SENTENCE_ENDS, cues
from loaders.words import Words

OBLIGED = frozenset({("có", "trách", "nhiệm"), ("chịu", "trách", "nhiệm")})
_OBJECTS = frozenset({"của", "những", "theo", "và", "với"})
"""What goes on with the object of a verb ("Tổ chức thực hiện và chịu trách nhiệm …"), not with a subject."""
_CHOSEN = frozenset({"công", "do", "giao", "là", "nhiệm", "quan", "vị", "được"})
"""What makes "chủ trì" behind it tell which body is meant."""
_GENERAL = frozenset({("cơ", "quan"), ("đơn", "vị")})
_TITLE_ENDS = frozenset({*SENTENCE_ENDS, "(", "khi", "trong", "về", "đối"})
_STATES = frozenset({"chưa", "còn", "có", "là", "phải", "sẽ", "đã", "được"})
"""What makes a sentence of what could be a title."""
_TITLE = 40
"""Words of a title that names bodies."""
SUBJECT = 24
"""Words of a general subject."""


def concerned(words: Words, first: int) -> BodyList | None:
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
    return BodyList((Named(full_name(words, start, end), ""),), end) if ends and end <= start + SUBJECT else None


def described(words: Words, first: int) -> BodyList | None:
    """A heading that is nothing but a group and what tells which ("Các doanh nghiệp hoạt động trong lĩnh vực X")."""
    g = grammar()
    noun = first + g.plural.at(words, first)
    if noun == first or not g.nouns.at(words, noun) or len(words.keys) > noun + SUBJECT:
        return None
    place = noun + g.nouns.at(words, noun)
    while place < len(words.keys):
        kept = g.compounds.at(words, place) or g.describing.at(words, place) or g.nouns.at(words, place)
        if not kept and (g.verbs.at(words, place) or (words.keys[place] not in {","} and not words.is_word(place))):
            return None
        place += kept or 1
    return BodyList((Named(full_name(words, first, place), ""),), place)


def described_obliged(words: Words, first: int, end: int) -> int:
    """Where the description of a group goes on to "có trách nhiệm" behind ``end``, where its known words end ("Các tổ
    chức được cấp giấy phép thăm dò, khai thác khoáng sản có trách nhiệm …"); ``end`` where it does not."""
    for place in range(end, min(len(words.keys), first + SUBJECT)):
        if words.keys[place : place + 3] in OBLIGED:
            return end if words.keys[place - 1] == "," else place
        if words.keys[place] in _OBJECTS or (not words.is_word(place) and words.keys[place] != ","):
            break
    return end


def _goes_on(words: Words, at: int) -> bool:
    """Whether a description goes on behind a comma with another noun or verb in small letters."""
    return not words.capital(at) and bool(grammar().nouns.at(words, at) or grammar().verbs.at(words, at))


def obliged(words: Words, first: int) -> BodyList:
    """A subject that "has the responsibility" or leads, whatever its head and the words that tell which ("Tổ chức kiểm
    định xe cơ giới có trách nhiệm …", "Quỹ quy định tại điểm b khoản này chịu trách nhiệm …"); none where a mark stands
    between."""
    nothing = BodyList((), first)
    if not grammar().nouns.at(words, first) and not _may_be_subject(words, first):
        return nothing
    general = grammar().bare.at(words, first)
    place = first + max(1, general)
    while place < min(len(words.keys), first + SUBJECT):
        place = skip_reference(words, place)
        must = words.keys[place : place + 1] == ("phải",) and general
        if must or words.keys[place : place + 3] in OBLIGED or _leads(words, place):
            return BodyList((Named(full_name(words, first, place), ""),), place)
        if words.keys[first : first + 2] in _GENERAL and _carries_out(words, place):
            return BodyList((Named(full_name(words, first, place), ""),), place)
        goes_on = grammar().verbs.at(words, place + 1) or words.keys[place + 1 : place + 3] in _GENERAL
        described = words.keys[place] == "," and general and goes_on
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


def _carries_out(words: Words, at: int) -> bool:
    """Whether "thực hiện" at ``at`` is what the subject does ("đơn vị dự toán cấp I thực hiện phân bổ …")."""
    return words.keys[at : at + 2] == ("thực", "hiện") and words.keys[at - 1] not in _CHOSEN and work_at(words, at + 2)


def titled_body(words: Words, at: int) -> BodyList:
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
