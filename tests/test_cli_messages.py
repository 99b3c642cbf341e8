"""The table of messages: both languages, the same names to fill in, nothing missing and nothing unused."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from kg.decisions import VERDICTS
from kg.links import GRADES, LinkStatus
from loaders.records import RELATIONS
from policylineage import decision_sheet, messages
from policylineage.commands import decide, files, finding, tasks, trace
from policylineage.messages import Codes, Lang, Say

TABLE = messages.messages()
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(messages.__file__).parent.rglob("*.py")))


def test_the_table_is_read() -> None:
    assert len(TABLE) > 150


@pytest.mark.parametrize("key", TABLE)
def test_both_languages_with_the_same_names(key: str) -> None:
    row = TABLE[key]
    assert set(row) == {"vi", "en"}
    names = [set(re.findall(r"\{(\w+)\}", text)) for text in row.values()]
    assert names[0] == names[1]
    assert all(text == unicodedata.normalize("NFC", text) and text.strip() for text in row.values())


def test_every_key_that_the_code_names_is_in_the_table() -> None:
    named = set(re.findall(r'(?:say|HELP|_heading)\(\s*"([a-z]+\.[a-z.-]+)"', SOURCES))
    failures = set(re.findall(r'Failure\(\w+, "([a-z.-]+)"', SOURCES))
    assert len(named) > 60
    assert len(failures) >= 4
    assert (named | failures) - set(TABLE) == set()


def test_every_message_is_used() -> None:
    families = (
        "column",
        "figure",
        "outcome",
        "recurs",
        "event",
        "standing",
        "disposal",
        "status",
        "verdict",
        "grade",
        "relation",
        "kind",
        "help",
        "build.file",
        "build.step",
        "change",
        "life",
        "why",
        "yes",
        "because",
        "compare.known-by",
        "draft",
        "fact",
        "header",
        "how",
        "kept",
        "line",
        "print",
        "reach",
        "way",
        "weight",
    )
    quoted = set(re.findall(r"""["']([a-z.-]+)["']""", SOURCES))
    assert [key for key in TABLE if not key.startswith(families) and key not in quoted] == []


def test_the_words_of_the_model_are_all_there() -> None:
    wanted = {f"grade.{grade}" for grade in GRADES} | {f"relation.{relation}" for relation in (*RELATIONS, "derived")}
    wanted |= {f"kind.{kind}" for kind in ("task", "target", "statement", "heading", "document")}
    columns = {
        *decide.COLUMNS,
        *decide.PROBLEMS,
        *decision_sheet.COLUMNS,
        *trace.COLUMNS,
        *tasks.COLUMNS,
        *files.RECORDS,
        *files.LINKS,
        *finding.ACTS,
        *finding.UNITS,
    }
    wanted |= {f"column.{name}" for name in columns}
    assert wanted - set(TABLE) == set()


def test_statuses_and_verdicts_are_said_in_words() -> None:
    statuses = (*get_args(LinkStatus), "rejected", "superseded")
    assert len(statuses) == 6
    assert {f"status.{status}" for status in statuses} | {f"verdict.{verdict}" for verdict in VERDICTS} <= set(TABLE)


def test_words_for_people_and_codes_for_scripts() -> None:
    assert Say(Lang.vi).known("grade.copied", "copied") == "sao chép"
    assert Say(Lang.en).known("grade.copied", "copied") == "copied"
    assert Codes(Lang.vi).known("grade.copied", "copied") == "copied"
    assert Say(Lang.vi).known("grade.unheard", "unheard") == "unheard"


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["--lang", "en"], Lang.en),
        (["--lang=en", "x"], Lang.en),
        (["--lang", "vi"], Lang.vi),
        (["x", "--lang"], Lang.vi),
    ],
)
def test_the_language_of_help_and_failures_comes_from_the_call(
    words: list[str], lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINEAGE_LANG", raising=False)
    assert messages.help_lang(words) is lang
    monkeypatch.setenv("LINEAGE_LANG", "en")
    assert messages.help_lang([]) is Lang.en
