"""The words that names of bodies are made of, and what of them stands at a place in a text.

Reads ``duties.toml`` and the names of ``ontology/bodies.toml``; the predicates answer with the number of words that
match at a place, 0 where nothing does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from loaders.words import Phrases, Words
from ontology.bodies import bodies
from ontology.spelling import is_short_field
from ontology.tables import table

_SHORT_FIELD = 8
"""Words and marks that a field in short form may have."""
_JOINERS = frozenset({("&",), ("-",), (",",), ("và",)})


class Grammar(NamedTuple):
    """The phrases of ``duties.toml`` that names are read with."""

    posts: Phrases
    village_posts: Phrases
    post_keeps: dict[str, str]
    post_alone: dict[str, str]
    heads: Phrases
    name_heads: Phrases
    name_words: Phrases
    known: Phrases
    short: Phrases
    not_heads: Phrases
    nouns: Phrases
    bare: Phrases
    bare_first: Phrases
    organisation_after: Phrases
    plural: Phrases
    closing: Phrases
    places: Phrases
    after_places: Phrases
    separate: Phrases
    after_closing: Phrases
    compounds: Phrases
    inner: Phrases
    inner_after: Phrases
    fields: Phrases
    noun_verbs: Phrases
    trades: Phrases
    enterprises: Phrases
    describing: Phrases
    relative: Phrases
    chosen: Phrases
    references: Phrases
    provisions: Phrases
    named: frozenset[str]
    verbs: Phrases
    capital: Phrases
    ends: Phrases
    circumstance: Phrases
    address: Phrases


@cache
def grammar() -> Grammar:
    """The grammar of the table, read once."""
    rows: dict[str, Any] = table("duties.toml", "loaders")
    nouns, work, heads = rows["nouns"], rows["work"], rows["heads"]
    return Grammar(
        posts=Phrases(rows["posts"]),
        village_posts=Phrases(nouns["village_posts"]),
        post_keeps=rows["posts"],
        post_alone=rows["posts_alone"],
        heads=Phrases(heads["any"]),
        name_heads=Phrases(heads["name"]),
        name_words=Phrases(heads["name_words"]),
        known=Phrases(_spread(name) for body in bodies() for name in (body.name, *body.aliases) if " " in name),
        short=Phrases(name.lower() for body in bodies() for name in body.abbreviations if len(name) > 2),
        not_heads=Phrases(heads["not_heads"]),
        nouns=Phrases(nouns["words"]),
        bare=Phrases(nouns["bare"]),
        bare_first=Phrases(nouns["bare_first"]),
        organisation_after=Phrases(nouns["organisation_after"]),
        plural=Phrases(nouns["plural"]),
        closing=Phrases(nouns["closing"]),
        places=Phrases(nouns["places"]),
        after_places=Phrases(nouns["after_places"]),
        separate=Phrases(nouns["separate"]),
        after_closing=Phrases(nouns["after_closing"]),
        compounds=Phrases(nouns["compounds"]),
        inner=Phrases(nouns["inner"]),
        inner_after=Phrases(nouns["inner_after"]),
        fields=Phrases(_fields(rows["fields"]["named"], rows["fields"]["words"])),
        noun_verbs=Phrases(nouns["noun_verbs"]),
        trades=Phrases(nouns["trades"]),
        enterprises=Phrases(nouns["enterprises"]),
        describing=Phrases(nouns["describing"]),
        relative=Phrases(nouns["relative"]),
        chosen=Phrases(nouns["chosen"]),
        references=Phrases(nouns["references"]),
        provisions=Phrases(nouns["provisions"]),
        named=frozenset(rows["fields"]["named"]),
        verbs=Phrases(work["verbs"]),
        capital=Phrases(work["capital"]),
        ends=Phrases(work["ends"]),
        circumstance=Phrases(work["circumstance"]),
        address=Phrases(work["address"]),
    )


def _fields(heads: list[str], more: list[str]) -> set[str]:
    """What the bodies with one of these heads are named after, each spelled with its hyphen, a comma, and neither."""
    fields = set(more)
    for body in bodies():
        for name in (body.name, *body.aliases):
            head, _, field = name.partition(" ")
            if field and head.lower() in heads:
                spread = _spread(field)
                fields |= {spread, spread.replace(" - ", " , "), spread.replace(" - ", " ")}
    return fields


def _spread(name: str) -> str:
    """The words and marks of a name parted by blanks, as phrases are written."""
    return " ".join(re.findall(r"\w+|[^\w\s]", name))


def head_at(words: Words, at: int) -> int:
    """How many words of a body's own head begin here ("Sở", "Ủy ban nhân dân"); 0 where none does."""
    g = grammar()
    if g.not_heads.at(words, at):
        return 0
    if (length := g.short.at(words, at)) and words.slice(at, at + length).isupper():
        return length
    if length := g.heads.at(words, at):
        return length if length > 1 or words.is_word(at + length) else 0
    length = g.name_heads.at(words, at)
    room = words.keys[at : at + 1] == ("phòng",) and words.capital(at + 1)  # "phòng Quản lý công nghiệp"
    if not length or not (words.capital(at) or room):
        return 0
    following = words.keys[at + length : at + length + 1]
    numbered = bool(following) and following[0].isdigit()  # "Quân khu 5"
    named = numbered or words.capital(at + length) or g.name_words.at(words, at + length)
    named = named or g.known.at(words, at) > length
    return length if named else 0


def noun_at(words: Words, at: int) -> int:
    """How many words of a general noun for bodies begin here ("đơn vị", "ban ngành")."""
    g = grammar()
    length = g.nouns.at(words, at)
    if length and words.keys[at : at + length] == ("tổ", "chức"):
        after = at + length
        return length if after >= len(words.keys) or g.organisation_after.at(words, after) else 0
    return 0 if g.not_heads.at(words, at) > length else length


def group_at(words: Words, at: int) -> int:
    """How many words of "các" and its noun begin here."""
    plural = grammar().plural.at(words, at)
    if not plural:
        return 0
    noun = noun_at(words, at + plural) or head_at(words, at + plural)
    return plural + noun if noun else 0


def field_at(words: Words, at: int) -> int:
    """How many words of a field's name begin here, in full ("Tài chính") or in short ("KH&ĐT", "LĐ, TB&XH")."""
    if length := grammar().fields.at(words, at):
        return length
    end = at
    while words.is_word(end) and words.printed[end].isupper() and end < at + _SHORT_FIELD:
        end += 1 + (words.keys[end + 1 : end + 2] in _JOINERS)
    return next((i - at for i in range(end, at, -1) if words.is_word(i - 1) and is_short_field(words.slice(at, i))), 0)


def work_at(words: Words, at: int) -> bool:
    """Whether the work begins here: a verb or adverb in lower case, or one of those that are read with a capital."""
    g = grammar()
    if words.capital(at):
        return bool(g.capital.at(words, at)) and not words.capital(at + 1)
    return bool(g.verbs.at(words, at))
