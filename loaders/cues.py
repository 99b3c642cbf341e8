"""The words by which documents say who must act, who joins and by when: the cues of ``duties.toml``, read once."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from loaders.words import Phrases, key
from ontology.tables import table

Role = Literal["lead", "coordinate", "deadline", "product"]
SENTENCE_ENDS = frozenset({".", ";", ":"})
"""Marks that end a clause of an order."""


class Cues(NamedTuple):
    """The phrases of ``duties.toml`` that tell who is told to act, and the labels of responsibility lines."""

    orders: Phrases
    asks: Phrases
    informs: Phrases
    issues: Phrases
    openings: Phrases
    often: Phrases
    responsibility: Phrases
    partner_adverbs: Phrases
    causative: Phrases
    concerned: Phrases
    troubles: Phrases
    together: Phrases
    leads: Phrases
    labels: dict[tuple[str, ...], Role]


@cache
def cues() -> Cues:
    """The cues of the table, read once."""
    rows: dict[str, Any] = table("duties.toml", "loaders")
    work = rows["work"]
    return Cues(
        orders=Phrases(work["orders"]),
        asks=Phrases(phrase for phrase in work["orders"] if phrase.split()[-1] in {"nghị", "cầu"}),
        informs=Phrases(work["informs"]),
        issues=Phrases(work["issues"]),
        openings=Phrases(work["openings"]),
        often=Phrases(work["often"]),
        responsibility=Phrases(work["responsibility"]),
        partner_adverbs=Phrases(work["partner_adverbs"]),
        causative=Phrases(work["causative"]),
        concerned=Phrases(work["concerned"]),
        troubles=Phrases(work["troubles"]),
        together=Phrases(("phối hợp", "chủ trì cùng", "chủ trì họp", "chủ trì họp giao ban")),
        leads=Phrases(("chủ trì", "chủ trì thực hiện")),
        labels=_labels(rows["labels"]),
    )


def _labels(rows: dict[str, list[str]]) -> dict[tuple[str, ...], Role]:
    """Every label of a responsibility line, in the keys of its words."""
    labels: dict[tuple[str, ...], Role] = {}
    role: Role
    for role in ("lead", "coordinate", "deadline", "product"):
        of_bodies = [f"{who} {does}" for who in rows["who"] for does in rows.get(f"{role}_does", ())]
        labels |= {tuple(map(key, label.split())): role for label in (*rows[role], *of_bodies)}
    return labels
