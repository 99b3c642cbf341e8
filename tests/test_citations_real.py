"""Citations of the real documents: the hand-made answers, and what must hold of every text. Skipped where they are not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from loaders.citations import read_citations
from loaders.records import Citation
from loaders.text import read_file


def listed(value: Any) -> list[str]:
    return [] if value is None else value if isinstance(value, list) else [value]


def close(gold: dict[str, Any], found: Citation) -> bool:
    return bool(gold["kind"] == found.kind and gold["start"] < found.end and found.start < gold["end"])


@pytest.mark.parametrize(("name", "count"), [("000", 12), ("002", 2)])
def test_the_hand_made_answers_are_found(shared: Path, name: str, count: int) -> None:
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    text = read_file(shared / "corpus" / gold["file"])
    found = read_citations(text, [(u["start"], u["end"], u["kind"]) for u in gold["units"]])
    assert len(gold["citations"]) == count == len(found)
    for want, have in zip(gold["citations"], found, strict=True):
        assert close(want, have)
        assert (have.start, have.end, have.symbol, have.date) == (
            want["start"],
            want["end"],
            want["symbol"],
            want["date"],
        )
        assert have.relation in {want["relation"], *listed(want.get("relation_alt"))}
        assert have.scope == want["scope"]


def test_every_span_slices_back_and_every_target_exists(shared: Path) -> None:
    paths = [*sorted((shared / "corpus").glob("*.txt")), *sorted((shared / "real" / "docs").glob("*.md"))]
    assert len(paths) == 82
    total = 0
    for path in paths:
        text = read_file(path)
        found = read_citations(text)
        total += len(found)
        assert [c.start for c in found] == sorted(c.start for c in found)
        for c in found:
            assert " ".join(text.raw[c.start : c.end].split()) == c.surface
            assert all(0 <= r.target < len(found) and found[r.target] is not c for r in c.relations_also)
    assert total > 1000


def test_provincial_and_central_symbols_are_never_confused(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        for c in read_citations(read_file(path)):
            if c.symbol:
                printed = re.sub(r"\s", "", c.surface)
                assert printed.endswith(c.symbol)
                assert c.symbol_normalised is None or c.symbol_normalised[-2:] == c.symbol[-2:]
