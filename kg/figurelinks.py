"""What linking concludes of figures: which result reports on which plan, which plan took over or changed which.

The types are frozen values; nothing here reads a document. A link has two sides, each a quotation: ``here`` is the
lower or the later one, ``there`` the one that it is held against.
"""

from __future__ import annotations

from typing import Literal

import msgspec

RELATIONS = ("reports", "assigns", "takes-over", "follows", "amends", "disagrees")
Relation = Literal["reports", "assigns", "takes-over", "follows", "amends", "disagrees"]
"""``reports``: a result on a plan; ``assigns``: a body is given a plan of the same document; ``takes-over``: the plan
of an act in a document that carries it out; ``follows``: of another year or document; ``amends``: by new words."""
OUTCOMES = ("consistent", "inconsistent", "stated", "kept", "raised", "lowered", "dropped", "differs", "undecided")
Outcome = Literal[
    "consistent", "inconsistent", "stated", "kept", "raised", "lowered", "dropped", "differs", "undecided"
]
"""``consistent`` and ``inconsistent``: the per cent that a report states against the arithmetic; ``stated``: it states
none; ``differs``: two documents give one figure differently; ``undecided``: nobody can tell from the words."""


class Side(msgspec.Struct, frozen=True, order=True):
    """A figure where it stands: ``[start, end)`` in the raw text of ``file``; ``unit`` is ``None`` for "not there"."""

    file: str
    unit: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    """The number as printed, with its unit of measure."""
    year: int | None = None
    period: str | None = None
    """The part of the year ("10 tháng đầu năm"); ``None``: not said."""


class Share(msgspec.Struct, frozen=True):
    """The per cent of the plan that a report states: as printed, of which plan, and what the two figures give."""

    text: str
    start: int
    end: int
    basis: str | None
    computed: float


class FigureLink(msgspec.Struct, frozen=True):
    """One conclusion. ``reason`` is Vietnamese, ``reason_en`` the same in English; ``name`` is what is measured."""

    relation: Relation
    outcome: Outcome
    here: Side
    there: Side
    name: str
    reason: str
    reason_en: str
    share: Share | None = None
    lead: tuple[str, ...] = ()
    """For ``assigns``: the bodies that the figure is given to."""
