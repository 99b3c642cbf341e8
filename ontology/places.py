"""Provinces and cities under the centre, before and after 1 July 2025, from ``provinces.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ontology.folding import canonical, same
from ontology.tables import table


class Province(NamedTuple):
    """A province by its short name; dates are ISO, the last day included, ``None`` where open."""

    name: str
    city: bool
    aliases: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    successor: str | None
    merged: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """ "Tỉnh Kon Tum", "Thành phố Hà Nội"."""
        return f"{'Thành phố' if self.city else 'Tỉnh'} {self.name}"


class District(NamedTuple):
    """A district-level unit; ``type`` is "huyện", "thị xã", "quận" or "thành phố"."""

    name: str
    type: str
    province: str
    valid_to: str | None


@cache
def provinces() -> tuple[Province, ...]:
    """Every province of both times, by name without diacritics."""
    return tuple(
        Province(
            row["name"],
            row.get("city", False),
            tuple(row.get("aliases", ())),
            row.get("valid_from"),
            row.get("valid_to"),
            row.get("successor"),
            tuple(row.get("merged", ())),
        )
        for row in table("provinces.toml")["province"]
    )


@cache
def districts() -> tuple[District, ...]:
    """The districts of the provinces whose local bodies are listed in full."""
    rows = table("provinces.toml")["district"]
    return tuple(District(row["name"], row["type"], row["province"], row.get("valid_to")) for row in rows)


def find_province(text: str) -> Province | None:
    """The province of this name, short, full or alias ("Kon Tum", "TỈNH KON TUM", "TP. Hồ Chí Minh"), else ``None``."""
    return _by_name().get(same(_type_word().sub("", canonical(text))))


def is_city(province: str) -> bool:
    """Whether it is a city under the centre. Unknown names count as provinces unless they say "thành phố"."""
    known = find_province(province)
    return known.city if known else same(province).startswith("thành phố ")


def short_name(province: str) -> str:
    """ "tỉnh Kon Tum" → "Kon Tum"; the table's spelling where the province is known."""
    known = find_province(province)
    return known.name if known else _type_word().sub("", canonical(province))


def province_on(name: str, day: str) -> str | None:
    """The short name of the province that holds this one's land on an ISO day; ``None`` for unknown provinces."""
    found = find_province(name)
    while found and found.valid_to and found.valid_to < day and found.successor:
        found = find_province(found.successor)
    return found.name if found else None


@cache
def _by_name() -> dict[str, Province]:
    return {same(name): p for p in provinces() for name in (p.name, *p.aliases)}


@cache
def _type_word() -> re.Pattern[str]:
    return re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
