"""The documents for people say what is true: sessions run as printed, commands and figures are those of the program.

``UPDATE_README=1 pytest tests/test_readme.py`` writes what the commands print into README.md and README.vi.md.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.accuracy import put, table
from policylineage.cli import COMMANDS
from tests.conftest import ROOT

READMES = ("README.md", "README.vi.md")
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)
WIDTH = 100


def run(command: str, folder: Path) -> str:
    """What a reader sees who types the command in the checkout, error stream included."""
    program = str(Path(sys.executable).with_name("lineage"))
    environment = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}
    environment.pop("LINEAGE_STORE", None)
    environment.pop("LINEAGE_LANG", None)
    words = shlex.split(command)
    assert words[0] == "lineage", command
    done = subprocess.run(
        [program, *words[1:]], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1), f"{command}: {done.stderr}"
    return (done.stdout + done.stderr).replace("\ufeff", "").rstrip() + "\n"


def replay(session: str, folder: Path) -> str:
    """The session with what its commands print now; an output is cut where the printed one ends with "…"."""
    said = []
    for block in re.split(r"^(?=\$ )", session, flags=re.MULTILINE):
        if not block.strip():
            continue
        command, _, printed = block.partition("\n")
        lines = run(command.removeprefix("$ "), folder).splitlines()
        kept = printed.rstrip().splitlines()
        if kept and kept[-1] == "…":
            lines = [*lines[: len(kept) - 1], "…"]
        said.append("\n".join([command, *(line.rstrip() for line in lines)]) + "\n")
    return "".join(said)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A checkout's samples in a folder of their own, so that sessions start without a store."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "policylineage" / "demo", place / "policylineage" / "demo")
    return place


@pytest.mark.parametrize("name", READMES)
def test_sessions_run_as_printed(name, folder):
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    sessions = SESSION.findall(text)
    assert sessions, f"{name} shows no session"
    shutil.rmtree(folder / ".lineage", ignore_errors=True)
    played = {session: replay(session, folder) for session in sessions}
    if os.environ.get("UPDATE_README"):
        for session, now in played.items():
            text = text.replace(session, now)
        path.write_text(text, encoding="utf-8")
    assert played == {session: session for session in sessions}


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    missing = [command for command in COMMANDS if f"lineage {command}" not in text]
    assert not missing


@pytest.mark.parametrize("name", READMES)
def test_links_and_pictures_are_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if not t.startswith("http")]
    assert len(targets) >= 4
    assert not [target for target in targets if not (ROOT / target).exists()]


def test_the_accuracy_table_is_what_is_measured():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert put(text, table()) == text, "run `make accuracy`"


def test_make_has_the_targets_that_the_documents_name():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"demo", "test", "check", "help", "accuracy"} <= targets
    named = set()
    for name in (*READMES, "CONTRIBUTING.md"):
        named |= set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
    assert named - targets <= set()
