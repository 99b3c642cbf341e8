"""The tables of this package as plain values, found through :mod:`importlib.resources` so that a wheel works too."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed TOML table of this name ("kinds.toml"). Raises :class:`FileNotFoundError` where there is none."""
    return tomllib.loads(asset(name))


def asset(name: str) -> str:
    """The text of a file shipped with this package ("shapes.ttl")."""
    return files("ontology").joinpath(name).read_text(encoding="utf-8")
