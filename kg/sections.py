"""Which headings of an act the headings of a document take over.

Reads a loaded document; writes the heading that each unit stands under. A programme mostly keeps the headings of the
act that it carries out, and the clauses under them; a letter ordered by departments has headings of its own, and then
this says nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.passages import Demand, compare
from kg.segments import Segment, unit_segments
from kg.vocabulary import Vocabulary
from loaders.records import Loaded, Unit

_DEMAND = Demand(fewest=2, rarity=2.0, many=8, shrink=0.0)
_SAME = 0.5  # of the shorter heading's words
_NEARLY_BEST = 0.8


class Sections(NamedTuple):
    """The headings of one document."""

    above: dict[str, str]
    """The nearest heading over a unit, both by id; units without one, or with one that names nothing, are absent."""
    words: dict[str, list[Segment]]
    """The segments of each heading."""


def sections_of(loaded: Loaded, vocabulary: Vocabulary) -> Sections:
    """The headings of a document by the paths of its units."""
    heads: list[Unit] = []
    words: dict[str, list[Segment]] = {}
    above = {}
    for unit in loaded.record.units:
        if unit.kind == "heading":
            heads.append(unit)
            words[unit.id] = unit_segments(loaded, unit, vocabulary)
            continue
        over = next((h for h in reversed(heads) if unit.path.startswith(f"{h.path}.")), None)
        if over is not None and words[over.id]:
            above[unit.id] = over.id
    return Sections(above, words)


def answering(heading: list[Segment], source: Sections) -> frozenset[str]:
    """The headings of the source that say what this one says: the most alike, and those nearly as much."""
    alike: dict[str, float] = {}
    for name, theirs in source.words.items():
        pairs = [compare(one, other, _DEMAND) for one in heading for other in theirs]
        alike[name] = max((p.share for p in pairs if p), default=0.0)
    best = max(alike.values(), default=0.0)
    return frozenset(name for name, share in alike.items() if share >= max(_SAME, _NEARLY_BEST * best))
