"""The command line as a process: exit codes, UTF-8 whatever the console, no traceback, nothing heavy loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from story import fill

ROOT = Path(__file__).parent.parent
HEAVY = (
    "rdflib",
    "pyvis",
    "networkx",
    "owlready2",
    "pyshacl",
    "SPARQLWrapper",
    "kg.build",
    "loaders.read",
    "rich.table",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("process") / "store")


def lineage(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINEAGE_LANG")}
    command = [sys.executable, "-m", "policylineage", *words]
    return subprocess.run(command, cwd=ROOT, env=env | environment, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["trace", "cho noi"], 0),
        (["check"], 1),
        (["trace"], 2),
        (["trace", "x", "--store", "http://not an address"], 5),
        (["trace", "21/QĐ-UBND"], 3),
        (["trace", "khong co gi"], 4),
        (["trace", "x", "--store", "tests"], 5),
    ],
)
def test_exit_codes(store: Path, words: list[str], code: int) -> None:
    done = lineage(*words, LINEAGE_STORE=str(store))
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_utf8_on_a_console_of_another_code_page(store: Path) -> None:
    done = lineage("trace", "cho noi", LINEAGE_STORE=str(store), PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert "Độ mạnh của chuỗi" in done.stdout.decode("utf-8")


def test_trace_loads_nothing_that_it_does_not_need(store: Path) -> None:
    code = (
        "import sys, json; sys.argv = ['lineage', 'trace', 'cho noi'];\n"
        "from policylineage.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    env = os.environ | {"LINEAGE_STORE": str(store)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True)
    loaded = set(json.loads(done.stderr.decode().splitlines()[-1]))
    assert "kg.store" in loaded
    assert loaded & set(HEAVY) == set()


def test_a_reader_that_stops_early_is_no_failure(store: Path) -> None:
    command = f"{sys.executable} -m policylineage tasks | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=ROOT,
        env=os.environ | {"LINEAGE_STORE": str(store)},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.stdout.decode().startswith("6 nhiệm vụ")


def test_a_query_that_does_not_end_is_stopped_and_says_so(store: Path, tmp_path: Path) -> None:
    endless = tmp_path / "endless.rq"
    joins = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
    endless.write_text(f"SELECT (COUNT(*) AS ?n) WHERE {{ {joins} }}", encoding="utf-8")
    done = lineage("query", str(endless), "--seconds", "0.5", LINEAGE_STORE=str(store))
    assert done.returncode == 2
    assert "0.5 giây" in done.stderr.decode()
    assert done.stdout == b""
