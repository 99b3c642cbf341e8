"""The project's own evaluation: perfect on the gold itself, and of one mind with the scorer beside the project."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from loaders.evaluation import ACCURACIES, TALLIES, evaluate, read_gold
from loaders.read import load
from loaders.records import Citation, Document, Record, Unit, to_json

GOLD = {
    "file": "a.txt",
    "document": {
        "type": "Công văn",
        "issuer": "Ủy ban nhân dân tỉnh Trường Lĩnh",
        "number": "4/UBND",
        "date": "2031-02-01",
        "signer": None,
    },
    "citations": [
        {
            "surface": "Nghị quyết số 9-NQ/TU",
            "start": 10,
            "end": 31,
            "kind": "numbered",
            "type": "Nghị quyết",
            "symbol": "9-NQ/TU",
            "date": "2031-01-01",
            "relation": "implements",
        },
        {
            "surface": "Luật Đất đai",
            "start": 40,
            "end": 52,
            "kind": "named",
            "type": "Luật",
            "symbol": None,
            "date": None,
            "relation": "mentions",
            "optional": True,
        },
    ],
    "units": [
        {
            "id": "u1",
            "path": "1.",
            "kind": "task",
            "start": 0,
            "end": 100,
            "lead": ["Sở A", "Sở B"],
            "coordinate": [],
            "deadlines": ["trước ngày 10"],
            "quantities": [{"value": 5, "unit": "%", "comparator": "="}],
            "cites": [],
        },
        {"id": "u2", "path": "2.", "kind": "statement", "kind_alt": "task", "start": 100, "end": 200, "lead": []},
    ],
}


def record(**changes) -> Record:
    base = Record(
        "a.txt",
        Document(type="Công văn", issuer="UBND tỉnh Trường Lĩnh", number="4/UBND", date="2031-02-01"),
        (
            Citation(
                10,
                31,
                "Nghị quyết số 9-NQ/TU",
                "numbered",
                "Nghị quyết",
                "9-NQ/TU",
                "2031-01-01",
                relation="implements",
            ),
        ),
        (
            Unit("u001", "1", "task", 0, 100, ("Sở A", "Sở B"), deadlines=("trước ngày 10",)),
            Unit("u002", "2", "task", 100, 200),
        ),
    )
    return msgspec.structs.replace(base, **changes)


def figures(gold, predicted) -> dict[str, float]:
    return {row.name: row.f1 for row in evaluate([(gold, predicted)]).rows()}


def test_right_answers_and_allowed_ones_cost_nothing():
    found = figures(GOLD, record())
    assert found.pop("quantities") == 0
    assert set(found) == {*TALLIES, *ACCURACIES} - {"quantities"}
    assert set(found.values()) == {1.0}


@pytest.mark.parametrize(
    ("changes", "figure", "value"),
    [
        ({"citations": ()}, "numbered", 0.0),
        ({"units": ()}, "units", 0.0),
        ({"document": Document(type="Công văn")}, "identity", 0.4),
        ({"units": (Unit("u001", "1", "task", 0, 100, ("Sở A",)),)}, "lead", 2 / 3),
        ({"units": (Unit("u001", "9", "target", 0, 100),)}, "tasks", 0.0),
    ],
)
def test_wrong_answers_cost(changes, figure, value):
    assert figures(GOLD, record(**changes))[figure] == pytest.approx(value)


def test_a_file_that_is_no_annotation_is_named(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.json"):
        read_gold(path)


def test_it_agrees_with_the_scorer_beside_the_project(shared, tmp_path):
    paths = [shared / "gold" / "000.json", shared / "gold" / "002.json"]
    golds = [read_gold(path) for path in paths]
    records = [load(shared / "corpus" / gold["file"]).record for gold in golds]
    (tmp_path / "out.json").write_text(to_json(records), encoding="utf-8")
    command = [sys.executable, shared / "score" / "score.py", "records", *paths, "--pred", tmp_path / "out.json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    theirs = {line.split()[0].rsplit("_", 1)[0]: float(line.split()[1]) for line in printed.splitlines() if line}
    ours = {row.name: round(row.f1, 4) for row in evaluate(zip(golds, records, strict=True)).rows()}
    assert ours == theirs
    assert len(ours) == 15
