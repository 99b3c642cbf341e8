"""Days on the way down, and tasks overdue that no report mentions."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kg.build import build
from kg.store import open_store
from policylineage.cli import app
from policylineage.commands.delays import COLUMNS
from policylineage.exits import FINDINGS, NOTHING, OK
from queries import find
from queries.delays import delays, overdue
from queries.reader import Reader

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
REPORT = "07-bao-cao-214-bc-ubnd.txt"


@pytest.fixture
def call(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(samples))
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


def test_days_from_the_act_to_those_who_carry_it_out(reader: Reader) -> None:
    found = delays(reader, find.documents(reader, "01-nghi-quyet-08-nq-tu")[0])
    days = {row.document.number: row.days for row in found.rows}
    assert days["08/2023/NQ-HĐND"] == found.days_to_first == 73
    assert days["45/CTr-UBND"] == 105
    assert [row.document.number for row in found.rows if row.first] == ["08/2023/NQ-HĐND"]
    dates = [row.document.date or "9999" for row in found.rows]
    assert dates == sorted(dates)
    assert all(row.words for row in found.rows)


def test_days_left_to_the_first_deadline(reader: Reader) -> None:
    found = delays(reader, find.documents(reader, "01-nghi-quyet-08-nq-tu")[0])
    programme = next(row for row in found.rows if row.document.number == "45/CTr-UBND")
    assert (programme.due_first, programme.days_left) == ("2023-06-30", 31)
    assert programme.due >= 5
    assert found.days_to_due == 136


def test_the_last_day_itself_is_in_time(reader: Reader) -> None:
    late, _ = overdue(reader, "2023-10-30")
    assert "2023-10-30" not in {row.due for row in late}
    later, _ = overdue(reader, "2023-10-31")
    new = {row.place.id for row in later} - {row.place.id for row in late}
    assert {row.late for row in later if row.place.id in new} == {1}
    assert len(new) == 1


def test_what_a_report_names_is_not_listed(reader: Reader, tmp_path: Path) -> None:
    """Without the report the tasks of the documents that it names are on the list."""
    late, reports = overdue(reader, "2026-01-01")
    assert reports == 1
    assert [row.late for row in late] == sorted((row.late for row in late), reverse=True)
    corpus = tmp_path / "vb"
    corpus.mkdir()
    for path in SAMPLES.iterdir():
        if path.name != REPORT:
            (corpus / path.name).write_bytes(path.read_bytes())
    with open_store(tmp_path / "kho") as store:
        build(store, [corpus])
        without, none = overdue(Reader(store), "2026-01-01")
    assert none == 0
    assert {row.place.id for row in late} < {row.place.id for row in without}
    named = {row.place.document.number for row in without} - {row.place.document.number for row in late}
    assert "45/CTr-UBND" in named


def test_the_command_prints_and_gives_codes(call: Any) -> None:
    done = call("delays", "01-nghi-quyet-08-nq-tu")
    assert done.exit_code == OK
    assert "đến văn bản thực hiện đầu tiên: 73 ngày" in done.stdout
    rows = list(
        csv.DictReader(io.StringIO(call("delays", "01-nghi-quyet-08-nq-tu", "--format", "csv").stdout.lstrip("\ufeff")))
    )
    assert tuple(rows[0]) == COLUMNS
    assert {row["relation"] for row in rows} <= {"implements", "legal-basis", "guides"}
    data = json.loads(call("delays", "01-nghi-quyet-08-nq-tu", "--format", "json").stdout)
    assert data["days_to_first"] == 73
    assert call("delays", "99-NQ/TU").exit_code == NOTHING


def test_overdue_tasks_are_findings_when_asked_for(call: Any) -> None:
    plain = json.loads(call("check", "--format", "json").stdout)
    assert "task-overdue" not in {row["check"] for row in plain}
    done = call("check", "--on", "2026-01-01", "--format", "json")
    assert done.exit_code == FINDINGS
    late = [row for row in json.loads(done.stdout) if row["check"] == "task-overdue"]
    assert len(late) >= 5
    assert all("chưa có nghĩa là chưa làm" in row["message"] for row in late)
    assert {row["check"] for row in json.loads(call("check", "--overdue", "--format", "json").stdout)} >= {
        "task-overdue"
    }
