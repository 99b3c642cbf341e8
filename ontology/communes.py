"""Which communes of today hold the land of a district that ended on 1 July 2025, from ``communes.tsv``."""

from __future__ import annotations

from functools import cache

from ontology.folding import fold
from ontology.places import short_name
from ontology.tables import asset


def communes_of(district: str, province: str) -> tuple[str, ...]:
    """The communes on the land of a district ("huyện Đăk Hà") of a province of before the merger; ``()``: unknown.

    A commune whose land came from two districts is named for both.
    """
    return _table().get((fold(short_name(province)), fold(district)), ())


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    rows = (line.split("\t") for line in asset("communes.tsv").splitlines() if not line.startswith("#"))
    return {(fold(short_name(place)), fold(district)): tuple(names.split(";")) for place, district, names in rows}
