"""What is known of one figure: the value in its base unit, what it measures, for which time, in which role.

Frozen values; nothing here reads a document.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from kg.measurewords import When

Role = Literal["target", "result", "percent", "growth", "other"]
"""``percent``: of a plan; ``growth``: against an earlier time; ``other``: a rate or a norm, neither plan nor result."""


class Measure(msgspec.Struct, frozen=True):
    """One figure understood. ``low``…``high`` are in the base unit ("2 tỷ đồng" is 2·10⁹ "dong"), bounds infinite."""

    file: str
    unit: str
    index: int
    """Position in the unit's quantities; below 0 for figures of the new words of an amendment."""
    name: str
    words: frozenset[str]
    """Folded content words of the name, or of the name it goes on about; empty where nobody can tell."""
    low: float
    high: float
    value: float
    step: float
    """Half of the last printed digit, in the base unit: how exactly the value is known."""
    base: str
    role: Role
    start: int
    end: int
    text: str
    """The number as printed, with its unit."""
    time: When | None = None
    says_time: bool = False
    """Whether the figure's own sentence names the year."""
    about: bool = False
    """Whether it is only about so much ("khoảng")."""
    change: str = ""
    """``tăng`` or ``giảm``: the figure is a difference, not a level."""
    giver: str | None = None
    basis: str | None = None
    of: int | None = None
    """For a per cent: ``index`` of the figure that it is said of."""
    is_level: bool = False
    """Whether it is a state (a rate, a stock) that may be compared at any time, not a sum over a period."""
    order: int = 0
    """Position of the unit in the document."""
    lead: tuple[str, ...] = ()


class Around(NamedTuple):
    """The text around one figure: the sentence before it, and what follows its unit."""

    before: str
    after: str
    number: str
