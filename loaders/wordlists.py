"""Word lists of ``acts.toml`` as parts of regular expressions."""

from __future__ import annotations

from collections.abc import Iterable

from ontology.tables import table


def words(name: str) -> tuple[str, ...]:
    """The list of this name. Raises :class:`KeyError` where ``acts.toml`` has none."""
    return tuple(table("acts.toml", "loaders")[name])


def in_any_case(items: Iterable[str]) -> list[str]:
    """Each item as it is, with a capital at its beginning, and in capitals."""
    return [form for item in items for form in (item, item[:1].upper() + item[1:], item.upper())]
