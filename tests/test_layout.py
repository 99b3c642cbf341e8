"""The house keeps its shape: one-way imports, five names that are ours, one list of packages."""

from __future__ import annotations

import ast
import importlib
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYERS = ("ontology", "loaders", "kg", "queries", "viz", "policylineage")


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported_layers(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").split(".")[0])
    return found & set(LAYERS)


@pytest.mark.parametrize("package", LAYERS)
def test_imports_run_one_way(package):
    allowed = set(LAYERS[: LAYERS.index(package) + 1])
    paths = modules(package)
    assert paths, f"no module in {package}"
    wrong = {str(path.relative_to(ROOT)): imported_layers(path) - allowed for path in paths}
    assert not {path: names for path, names in wrong.items() if names}


@pytest.mark.parametrize("package", LAYERS)
def test_the_generic_names_are_ours(package):
    module = importlib.import_module(package)
    assert Path(module.__file__ or "").resolve().parent == ROOT / package
    assert package not in sys.stdlib_module_names


def test_the_wheel_holds_exactly_the_packages_of_the_tree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    on_disk = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert set(packages) == on_disk == set(LAYERS)
    assert project["tool"]["mypy"]["packages"] == packages


def test_modules_stay_small():
    sizes = {
        str(p.relative_to(ROOT)): p.read_text(encoding="utf-8").count("\n") for name in LAYERS for p in modules(name)
    }
    assert len(sizes) > 30
    assert not {path: size for path, size in sizes.items() if size > 350}


def test_no_module_is_a_bag_of_things():
    names = {path.name for name in LAYERS for path in modules(name)}
    assert not names & {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start, end = lines.index("dependencies = ["), lines.index("dev = [")
    rows = [line for line in lines[start + 1 : end] if line.strip().startswith('"')]
    assert len(rows) >= 10
    assert all("#" in row for row in rows)
