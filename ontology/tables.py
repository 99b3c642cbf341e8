"""The tables of the packages as plain values, found through :mod:`importlib.resources` so that a wheel works too."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str, package: str = "ontology") -> dict[str, Any]:
    """The parsed TOML table of this name ("kinds.toml"), read once and shared: callers change nothing in it.

    Raises :class:`FileNotFoundError` where the package has none.
    """
    return tomllib.loads(asset(name, package))


def asset(name: str, package: str = "ontology") -> str:
    """The text of a file shipped with a package ("shapes.ttl")."""
    return files(package).joinpath(name).read_text(encoding="utf-8")
