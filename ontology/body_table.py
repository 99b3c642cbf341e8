"""The rows of ``bodies.toml``: the bodies, and their plain indexes by name and by the abbreviation of numbers."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ontology.tables import table

LEVELS = ("centre", "province", "department", "district", "commune")
_PLACES = {
    " tỉnh": ("", " thành phố"),
    " huyện": (" thị xã", " quận", " thành phố"),
    " xã": (" phường", " thị trấn", " đặc khu"),
}
_COMMITTEES = {"Tỉnh ủy": ("Thành ủy",), "Huyện ủy": ("Thị ủy", "Quận ủy", "Thành ủy")}


class Body(NamedTuple):
    """One row of the table. Dates are ISO, the last day included; ``None`` where open or unknown.

    ``some``: only some provinces have one.
    """

    name: str
    level: str
    branch: str
    province: str | None
    parent: str | None
    abbreviations: tuple[str, ...]
    aliases: tuple[str, ...]
    posts: tuple[str, ...]
    series: str | None
    valid_from: str | None
    valid_to: str | None
    successor: str | None
    source: str
    some: bool

    @property
    def local(self) -> bool:
        """Whether every province has one of these."""
        return self.level != "centre"


@cache
def bodies() -> tuple[Body, ...]:
    """Every body, in the order of the table: level, branch, name."""
    sources = table("bodies.toml")["sources"]
    return tuple(
        Body(
            row["name"],
            row["level"],
            row.get("branch", "state"),
            row.get("province"),
            row.get("parent"),
            tuple(row.get("symbols", ())),
            tuple(row.get("aliases", ())),
            tuple(row.get("posts", ())),
            row.get("series"),
            row.get("valid_from"),
            row.get("valid_to"),
            row.get("successor"),
            sources[row["source"]],
            row.get("some", False),
        )
        for row in table("bodies.toml")["body"]
    )


def by_name(name: str) -> Body | None:
    """The body of exactly this name of the table."""
    return _by_name().get(name)


def by_abbreviation(symbol: str) -> Body | None:
    """The body of an abbreviation of document numbers, in any case: "BTC" → Bộ Tài chính."""
    return _by_symbol().get(symbol.upper())


def spellings(name: str) -> tuple[str, ...]:
    """A row's name as provinces, cities, districts and communes of each type write it."""
    for word, others in _PLACES.items():
        if name.endswith(word):
            return (name, *(name[: -len(word)] + other for other in others))
    for word, others in _COMMITTEES.items():
        if word in name:
            return (name, *(name.replace(word, other) for other in others))
    return (name,)


@cache
def _by_name() -> dict[str, Body]:
    return {body.name: body for body in bodies()}


@cache
def _by_symbol() -> dict[str, Body]:
    return {symbol.upper(): body for body in bodies() for symbol in body.abbreviations}
