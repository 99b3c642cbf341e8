"""How fast one core reads: the whole record of our documents against eyecite's citations in its own kind of text.

    .venv/bin/uv sync --group bench --inexact        (once; UV_PROJECT_ENVIRONMENT=.venv)
    .venv/bin/python -m benchmarks.extract_speed [--megabytes 2] [--rounds 3]

Ours (`lineage extract`): identity, citations, units, duties, deadlines and figures, of the fictional samples and, where
``../shared`` or ``LINEAGE_CORPUS`` is present, of the real documents. eyecite: ``get_citations`` with its default
tokenizer over court opinions made up here. All in this process, one thread, processor time, the best of the rounds;
megabytes are those of the UTF-8 files. Without eyecite only ours is measured.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from loaders.duties import read_duties
from loaders.landmarks import landmarks
from loaders.read import read_record
from loaders.relations import relation_of
from loaders.text import read_text

SAMPLES = Path(__file__).resolve().parent.parent / "policylineage" / "demo"
CACHES = (landmarks, read_duties, relation_of)
"""What remembers whole sentences: emptied before each document, so that repeated samples cost what new ones do."""
PARTIES = (
    "Harlow", "Brenner Mills", "Tidewater Ferry Co.", "Quillan", "Marsh", "Oakhurst School District", "Vane", "Pellam",
    "Copperline Railway", "Dunmore", "Estate of Lasker", "Northgate Granary, Inc.", "Sorrel", "Whitlock Bros.",
)  # fmt: skip
PROSE = (
    "The tenant repaired the north wall in the spring and asked that the cost be set off against the rent then due.",
    "Nothing in the record suggests that the notice was read aloud, and its clerk did not recall the day.",
    "We agree with the trial judge that the two instruments must be read together, for neither makes sense alone.",
    "The dissent would have us weigh the inconvenience to the ferry against the promise that its owners freely made.",
    "Whatever the merits of that reading, it was not pressed below, and we decline to consider it here.",
    "The jury heard nine witnesses over three days and returned its verdict before noon on the fourth.",
    "A promise of this kind binds whoever takes the land with knowledge of it, as every purchaser of the orchard did.",
    "Counsel conceded at argument that the survey was wrong by eleven feet along the western boundary.",
)
CITING = (
    "The rule is settled. {a} v. {b}, {v} U.S. {p}, {q} ({y}).",
    "See {a} v. {b}, {v} F.3d {p}, {q} (9th Cir. {y}) (declining to extend the rule to ferries).",
    "But see {a} v. {b}, {v} F. Supp. 2d {p} (D. Mass. {y}).",
    "Id. at {q}.",
    "The statute reaches only such conduct. {t} U.S.C. § {p}.",
    "{a}, {v} U.S. at {q}, is not to the contrary.",
)


class Measured(NamedTuple):
    """One row: who read what, how much of it, how long one core took, and what it found."""

    reader: str
    material: str
    megabytes: float
    seconds: float
    found: str

    @property
    def speed(self) -> float:
        """Megabytes a second."""
        return self.megabytes / self.seconds


def opinion(size: int, chance: random.Random) -> str:
    """A court opinion of about ``size`` characters: prose, and a citation in about every third sentence."""
    paragraphs: list[str] = []
    written = 0
    while written < size:
        sentences = [_citing(chance) if chance.random() < 0.35 else chance.choice(PROSE) for _ in range(8)]
        paragraphs.append(" ".join(sentences))
        written += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


def _citing(chance: random.Random) -> str:
    first, second = chance.sample(PARTIES, 2)
    numbers = {"v": chance.randint(20, 580), "p": chance.randint(1, 900), "y": chance.randint(1950, 2020)}
    page = numbers["p"] + chance.randint(1, 20)
    return chance.choice(CITING).format(a=first, b=second, q=page, t=chance.randint(5, 49), **numbers)


def samples(size: int) -> list[str]:
    """The fictional samples, as often as makes ``size`` bytes."""
    texts = [path.read_bytes().decode("utf-8") for path in sorted(SAMPLES.glob("[0-9]*"))]
    made: list[str] = []
    written = 0
    while written < size:
        made.append(texts[len(made) % len(texts)])
        written += len(made[-1].encode("utf-8"))
    return made


def real() -> list[str]:
    """The real documents, none where they are not here."""
    shared = Path(os.environ.get("LINEAGE_CORPUS") or SAMPLES.parents[2] / "shared")
    paths = [*sorted((shared / "real" / "docs").glob("*.md")), *sorted((shared / "corpus").glob("*.txt"))]
    return [path.read_bytes().decode("utf-8") for path in paths]


def ours(texts: Sequence[str]) -> str:
    """Read the whole record of each text."""
    records = []
    for index, raw in enumerate(texts):
        for cache in CACHES:
            cache.cache_clear()
        records.append(read_record(read_text(f"{index}.txt", raw)))
    units, citations = sum(len(r.units) for r in records), sum(len(r.citations) for r in records)
    return f"{units} units, {citations} citations"


def eyecites(texts: Sequence[str]) -> str:
    """Find eyecite's citations in each text."""
    from eyecite import get_citations  # only in the group "bench": not needed to measure ours

    return f"{sum(len(get_citations(text)) for text in texts)} citations"


def measured(
    reader: str, material: str, read: Callable[[Sequence[str]], str], texts: Sequence[str], rounds: int
) -> Measured:
    """The best of ``rounds`` rounds, after a warm-up that loads tables and compiles patterns."""
    read([texts[0][:2_000]])
    best, found = float("inf"), ""
    for _ in range(rounds):
        began = time.process_time()
        found = read(texts)
        best = min(best, time.process_time() - began)
    return Measured(reader, material, sum(len(text.encode("utf-8")) for text in texts) / 1e6, best, found)


def table(rows: Sequence[Measured]) -> str:
    """The rows with the ratio of each speed to the last row's."""
    lines = [f"{'reader':<8} {'material':<34} {'MB':>6} {'s':>7} {'MB/s':>7} {'ratio':>6}  found"]
    lines += [
        f"{r.reader:<8} {r.material:<34} {r.megabytes:6.2f} {r.seconds:7.2f} {r.speed:7.3f}"
        f" {r.speed / rows[-1].speed:6.1f}  {r.found}"
        for r in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure both readers and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=float, default=2.0, help="of our documents; eyecite gets a tenth of it")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    size, chance = int(arguments.megabytes * 1e6), random.Random(7)
    documents, corpus, rounds = samples(size), real(), arguments.rounds
    rows = [measured("lineage", f"{len(documents)} samples, whole record", ours, documents, rounds)]
    if corpus:
        rows.append(measured("lineage", f"{len(corpus)} real documents, whole record", ours, corpus, rounds))
    if find_spec("eyecite"):
        logging.getLogger("eyecite").setLevel(logging.ERROR)  # it tells of overlaps one by one
        opinions = [opinion(20_000, chance) for _ in range(max(1, size // 200_000))]
        rows.append(measured("eyecite", f"{len(opinions)} opinions, get_citations", eyecites, opinions, rounds))
    print(table(rows))


if __name__ == "__main__":
    main()
