"""Kinds of documents, from ``kinds.toml``: found by name, by abbreviation, by number, or at the beginning of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ontology.folding import canonical, same
from ontology.identifiers import kind_iri
from ontology.numbers import kind_symbol, parse_number
from ontology.tables import table


class Kind(NamedTuple):
    """One row of the table. ``abbreviation`` is the State's, ``party_abbreviation`` the Party's, ``None`` for none."""

    name: str
    english: str
    abbreviation: str | None
    party_abbreviation: str | None
    symbols: tuple[str, ...]
    party_symbols: tuple[str, ...]
    rank: int
    normative: bool
    aliases: tuple[str, ...]
    unless: tuple[str, ...]
    sources: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The IRI of the SKOS concept."""
        return kind_iri(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of the table: by rank, then by name."""
    sources = table("kinds.toml")["sources"]
    return tuple(
        Kind(
            name=row["name"],
            english=row["en"],
            abbreviation=next(iter(row.get("state", ())), None),
            party_abbreviation=next(iter(row.get("party", ())), None),
            symbols=tuple(row.get("state", ())),
            party_symbols=tuple(row.get("party", ())),
            rank=row["rank"],
            normative=row.get("normative", False),
            aliases=tuple(row.get("aliases", ())),
            unless=tuple(row.get("unless", ())),
            sources=tuple(sources[s] for s in row["sources"]),
            examples=tuple(row["examples"]),
            counter_examples=tuple(row["counter_examples"]),
        )
        for row in table("kinds.toml")["kind"]
    )


def kind_by_name(name: str) -> Kind | None:
    """The kind of this name or alias, in any case and tone placement: "NGHỊ QUYẾT" → Nghị quyết."""
    return _by_name().get(same(name))


def kind_by_abbreviation(symbol: str, party: bool = False) -> Kind | None:
    """The kind of an abbreviation. "TT" is Thông tư in State numbers, Thông tri in Party numbers.

    An abbreviation that only the other side uses is still found ("CV" in a State number). Where a side uses one
    abbreviation for two kinds ("QĐ" in Party numbers: Quyết định, Quy định) it is the kind of higher rank: see
    :func:`kinds_by_abbreviation`.
    """
    return next(iter(kinds_by_abbreviation(symbol, party)), None)


def kinds_by_abbreviation(symbol: str, party: bool = False) -> tuple[Kind, ...]:
    """Every kind that an abbreviation stands for, highest rank first; those of the other side only where none fits."""
    wanted = (kind_symbol(symbol) or symbol).upper()
    own = _by_symbol(party).get(wanted, ())
    return own or _by_symbol(not party).get(wanted, ())


def kind_by_number(number: str) -> Kind | None:
    """The kind that a number shows: by its abbreviation; a State number without one is a Công văn.

    ``None`` for texts that are no number, unknown abbreviations, malformed numbers ("32/2019/CP") and acts of the
    Assembly, which show only the body.
    """
    parts = parse_number(number)
    if parts is None or parts.style == "assembly":
        return None
    if parts.kind is not None:
        return kind_by_abbreviation(parts.kind, parts.style == "party" or parts.body in ("TU", "TW"))
    return kind_by_name("Công văn") if parts.year is None and "-" in parts.body else None


def kind_at(text: str) -> Kind | None:
    """The kind whose name a text begins with, the longest one; ``None`` for look-alikes ("Luật sư", "Báo cáo viên")."""
    found = _names_pattern().match(same(text))
    return _by_name()[found.group(1)] if found else None


@cache
def _by_name() -> dict[str, Kind]:
    return {same(name): kind for kind in kinds() for name in kind.names}


@cache
def _by_symbol(party: bool) -> dict[str, tuple[Kind, ...]]:
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in kinds():
        for symbol in kind.party_symbols if party else kind.symbols:
            found[symbol.upper()] = (*found.get(symbol.upper(), ()), kind)
    return found


@cache
def _names_pattern() -> re.Pattern[str]:
    """Longest name first, each with what may not follow it."""
    rows = sorted(((same(canonical(n)), k) for k in kinds() for n in k.names), key=lambda row: -len(row[0]))
    parts = (re.escape(name) + "".join(rf"(?!\s{re.escape(same(w))}\b)" for w in kind.unless) for name, kind in rows)
    return re.compile(rf"({'|'.join(parts)})(?!\w)")
