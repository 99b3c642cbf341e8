"""How well and how fast tasks find their clauses, against TF-IDF, BM25 and RapidFuzz on everything.

    .venv/bin/python -m benchmarks.align [--documents 100] [--largest 10000]     (needs `uv sync --group bench`)

Quality: the baselines choose their threshold on one seed of the generator and are measured on another; ours has one
fixed threshold. "best" is what a baseline would reach if it knew the answers. With ``../shared`` present (or
``LINEAGE_CORPUS``) the annotated letter and resolution are measured too, with the same thresholds.
Rate: pairs of sentences a second of processor time. Growth: time from records to links, from one document of the
generator upwards.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.baselines import Pairs, Scores, bm25, tfidf
from benchmarks.fuzzy import brute_force
from benchmarks.generate import Corpus, corpus
from kg.align import align
from kg.resolve import infer_identities, resolve
from loaders.records import Citation, Document, Loaded, Record, Unit

Key = tuple[str, str, str, str]
BASELINES = {"tfidf 2-5": tfidf, "bm25": bm25}


class Truth(NamedTuple):
    """What must be found, and what may be."""

    required: set[Key]
    optional: set[Key]


def measured(found: Iterable[Key], truth: Truth) -> tuple[float, float, float]:
    """F1, precision and recall; optional links cost nothing either way."""
    judged = set(found) - truth.optional
    hits = len(judged & truth.required)
    precision = hits / len(judged) if judged else 0.0
    recall = hits / len(truth.required) if truth.required else 1.0
    return 2 * precision * recall / (precision + recall) if hits else 0.0, precision, recall


def best_threshold(scores: Scores, truth: Truth) -> float:
    """The threshold with the highest F1."""
    levels = sorted({round(v * 200) / 200 for v in scores.values()})
    return max(levels, key=lambda level: measured(_over(scores, level), truth)[0], default=0.0)


def _over(scores: Mapping[Key, float], level: float) -> set[Key]:
    return {key for key, value in scores.items() if value >= level}


def ours(loaded: list[Loaded]) -> set[Key]:
    """Our links to clauses."""
    return {
        (link.task.file or "", link.task.unit or "", link.source.file or "", link.source.unit)
        for link in align(loaded, resolve(loaded))
        if link.source.unit
    }


def letters(made: Corpus) -> Pairs:
    """Each letter of a generated corpus with its resolution."""
    by_file = {d.record.file: d for d in made.loaded}
    return [(d, by_file[f"nq-{f.split('-')[1]}.txt"]) for f, d in by_file.items() if f.startswith("cv-")]


def quality(documents: int) -> dict[str, float]:
    """Print the figures on generated pairs; the thresholds that the baselines chose."""
    dev, test = corpus(documents, seed=1), corpus(documents, seed=2)
    truths = [Truth(c.truth, c.optional) for c in (dev, test)]
    print(f"generated: {documents} documents, {len(test.truth)} true links")
    _row("ours", measured(ours(test.loaded), truths[1]))
    chosen = {}
    for name, method in BASELINES.items():
        chosen[name] = best_threshold(method(letters(dev)), truths[0])
        scores = method(letters(test))
        _row(name, measured(_over(scores, chosen[name]), truths[1]))
        _row(f"{name} best", measured(_over(scores, best_threshold(scores, truths[1])), truths[1]))
    return chosen


def _row(name: str, figures: tuple[float, float, float]) -> None:
    print("  {:<16} f1 {:.4f}  precision {:.4f}  recall {:.4f}".format(name, *figures))


def shown_pair(shared: Path, chosen: Mapping[str, float]) -> None:
    """The same on the annotated letter and resolution."""
    loaded = infer_identities([annotated(shared, "000"), annotated(shared, "002")])
    files = [d.record.file for d in loaded]
    rows = json.loads((shared / "gold/align_000_002.json").read_text(encoding="utf-8"))
    truth = Truth(set(), set())
    for row in rows:
        for s in row["sources"]:
            side = truth.required if s["strength"] == "strong" else truth.optional
            side.add((files[0], row["task"], files[1], s["clause"]))
    print(f"letter 000 against resolution 002: {len(truth.required)} links")
    _row("ours", measured(ours(loaded), truth))
    for name, method in BASELINES.items():
        scores = method([(loaded[0], loaded[1])])
        _row(name, measured(_over(scores, chosen[name]), truth))
        _row(f"{name} best", measured(_over(scores, best_threshold(scores, truth)), truth))


def annotated(shared: Path, name: str) -> Loaded:
    """An annotated document as loaders would give it."""
    gold = json.loads((shared / f"gold/{name}.json").read_text(encoding="utf-8"))
    about = gold["document"]
    for citation in gold["citations"]:
        citation["issuer"] = (citation["issuer"] or "").removeprefix("~") or None
    known = Document(
        type=about["type"], issuer=about["issuer"], number=about["number"], date=about["date"],
        subject=about["subject"], province="Kon Tum",
    )  # fmt: skip
    units = [{k: v for k, v in u.items() if k != "quantities"} for u in gold["units"]]
    record = Record(
        gold["file"],
        known,
        tuple(msgspec.convert(gold["citations"], list[Citation])),
        tuple(msgspec.convert(units, list[Unit])),
    )
    return Loaded(record, (shared / "corpus" / gold["file"]).read_bytes().decode("utf-8"))


def growth(largest: int) -> None:
    """Time from records to links, from small corpora to large ones."""
    print("growth: documents, tasks, links, processor seconds, milliseconds a document")
    size = 1
    while size <= largest:
        made = corpus(size, seed=4)
        begun = time.process_time()
        links = align(made.loaded, resolve(made.loaded))
        took = time.process_time() - begun
        print(f"  {size:>6} {len(made.operations):>7} {len(links):>7} {took:8.2f} {1000 * took / size:8.2f}")
        size = size * 10 if size * 10 <= largest or size == largest else largest


def rate(documents: int) -> None:
    """Pairs of sentences a second: RapidFuzz on all of them, and ours, which looks only at those that the index finds.

    Both read the same letters with their resolutions on one core; ours with cutting, weighing, indexing and linking.
    """
    made = corpus(documents, seed=4)
    pairs, truth = letters(made), Truth(made.truth, made.optional)
    brute = brute_force(pairs)
    begun = time.process_time()
    found = ours(made.loaded)
    took = time.process_time() - begun
    tasks = {key[:2] for key in made.truth} | set(made.operations)
    scores = {key: value for key, value in brute.scores.items() if key[:2] in tasks}
    best = measured(_over(scores, best_threshold(scores, truth)), truth)
    print(f"rate: {len(pairs)} letters with their resolutions, {brute.compared:,} pairs of sentences")
    for name, seconds, f1 in (
        ("rapidfuzz, all", brute.seconds, best[0]),
        ("ours, indexed", took, measured(found, truth)[0]),
    ):
        print(f"  {name:<16} {seconds:7.2f} s {brute.compared / seconds:12,.0f} pairs/s   f1 {f1:.4f}")


def main() -> None:
    """Print quality, growth and rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100, help="size of the generated corpora for quality")
    parser.add_argument("--largest", type=int, default=10_000, help="largest corpus for growth")
    args = parser.parse_args()
    chosen = quality(args.documents)
    shared = Path(os.environ.get("LINEAGE_CORPUS") or Path(__file__).resolve().parents[2] / "shared")
    if (shared / "gold").is_dir():
        shown_pair(shared, chosen)
    rate(args.documents)
    growth(args.largest)


if __name__ == "__main__":
    main()
