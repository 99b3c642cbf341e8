"""RapidFuzz over everything: how fast and how well without an index.

Needs the ``bench`` group (``uv sync --group bench``).
"""

from __future__ import annotations

import time
from typing import NamedTuple

from rapidfuzz import fuzz, process

from benchmarks.baselines import Pairs, Scores, units
from loaders.records import Loaded

_KINDS = ("task", "target", "statement")


class Timed(NamedTuple):
    """Scores and what they cost."""

    scores: Scores
    compared: int
    """Pairs of sentences."""
    seconds: float
    """Of processor time: what other programs do meanwhile does not count."""


def brute_force(pairs: Pairs) -> Timed:
    """``token_set_ratio`` of every sentence of a letter with every one of its resolution, the best per pair of units.

    One core, like ours; the inner loop is RapidFuzz's own.
    """
    ready = {d.record.file: _sentences(d) for pair in pairs for d in pair}
    out: Scores = {}
    compared = 0
    begun = time.process_time()
    for task, source in pairs:
        ours, theirs = ready[task.record.file], ready[source.record.file]
        sentences = [text for _, text in theirs]
        compared += len(ours) * len(theirs)
        for unit, text in ours:
            for _, ratio, at in process.extract_iter(text, sentences, scorer=fuzz.token_set_ratio):
                key = task.record.file, unit, source.record.file, theirs[at][0]
                out[key] = max(out.get(key, 0.0), ratio / 100)
    return Timed(out, compared, time.process_time() - begun)


def _sentences(loaded: Loaded) -> list[tuple[str, str]]:
    return [(u.unit.id, " ".join(text)) for u in units(loaded, _KINDS) for text in u.texts]
