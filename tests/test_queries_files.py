"""The questions as files: named by what they ask, one question in line 1, nothing that writes or leaves the store."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store
from story import LETTER, PROGRAMME, RESOLUTION, TRADE, fill

from kg.sparql import bind
from kg.store import open_store
from queries import checks, run

FILES = sorted(run.FOLDER.rglob("*.rq"))
BINDINGS = {
    "document": RESOLUTION,
    "act": RESOLUTION,
    "unit": f"{PROGRAMME}#u002",
    "task": f"{PROGRAMME}#u002",
    "source": f"{RESOLUTION}#u003",
    "body": TRADE,
}


def test_all_files_are_collected() -> None:
    assert len(FILES) == len(run.names()) + len(checks.names())
    assert len(run.names()) >= 27
    assert len(checks.names()) >= 10


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_line_one_is_the_question(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(r"# [A-Z].*\?.*", first), first


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_sparql_that_the_store_takes(file: Path) -> None:
    """``bind`` refuses SERVICE, FROM and all that writes."""
    query = file.read_text(encoding="utf-8")
    Store().query(bind(query, {}, "test"), use_default_graph_as_union=True)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_path_and_no_class_beside_a_bound_value(file: Path) -> None:
    """Paths are closed hop by hop in Python; a class pattern beside a bound value is read for the whole store."""
    body = re.sub(r"<[^>]*>|#.*|\"[^\"]*\"", "", file.read_text(encoding="utf-8"))
    assert re.search(r"\w[+*/^]|\^\w", body) is None
    if re.search(r"\ba pl:", body):
        assert file.stem in {"numbers", "files", "tasks", "documents_with_word", "documents_local"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_required_patterns_stand_before_optional_ones(file: Path) -> None:
    body = re.sub(r"<[^>]*>|#.*", "", file.read_text(encoding="utf-8"))
    depth, seen = 0, False
    for piece in re.findall(r"OPTIONAL|FILTER|[{}]|[?]\w+ (?:a |[\w-]+:)", body):
        if piece == "OPTIONAL":
            seen, depth = True, 0
        elif piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
        elif seen and piece.startswith("?"):
            assert depth > 0, f"{file.name}: {piece} after OPTIONAL"


def test_no_sparql_outside_the_folder() -> None:
    """Layer rule: query text stands in queries/*.rq; kg reads by quad pattern and writes updates."""
    sources = [
        path
        for folder in ("queries", "policylineage", "viz", "loaders", "ontology")
        for path in (run.FOLDER.parent / folder).rglob("*.py")
    ]
    found = [path for path in sources if re.search(r"\bSELECT\s+(?:DISTINCT\s+)?[?]", path.read_text(encoding="utf-8"))]
    assert len(sources) > 20
    assert found == []


def test_values_are_bound_not_pasted(tmp_path: Path) -> None:
    with open_store(fill(tmp_path / "store"), read_only=True) as store:
        evil = Literal('x" } ; DROP ALL ; #')
        assert list(run.ask(store, "units_with_word", word=evil)) == []
        assert list(run.ask(store, "body", body=TRADE)) == [{"body": TRADE, "label": "Sở Công Thương"}]


def test_every_question_answers_in_a_filled_store(tmp_path: Path) -> None:
    """Each question gives rows for some thing of the story: none asks for terms that nobody writes."""
    words = {"units_with_word": "cho noi", "documents_with_word": "lang nghe"}
    other = {
        "span": {"span": f"{LETTER}#char=50,74"},
        "deadline": {"deadline": f"{LETTER}#u002-d1"},
        "passages": {"lineage": "https://w3id.org/policy-lineage/lineage/cv-u002-a"},
        "citation": {"citation": f"{LETTER}#c000"},
        "citing_words": {"document": PROGRAMME, "act": RESOLUTION},
        "lineage_of_act": {"sourceDocument": RESOLUTION},
        "ambiguous": {"document": LETTER},
        "lineage_in_document": {"document": PROGRAMME},
        "quantities": {"unit": f"{RESOLUTION}#u005"},
        "figures": {"there": f"{RESOLUTION}#u005"},
        "recurs_words": {"node": "https://w3id.org/policy-lineage/recurrence/0"},
    }
    answered = 0
    with open_store(fill(tmp_path / "store"), read_only=True) as store:
        for name in run.names():
            query = run.text(name)
            values: dict[str, NamedNode | Literal]
            if name in words:
                values = {"word": Literal(words[name])}
            elif name == "units_at_path":
                values = {"path": Literal("II.1")}
            elif name == "spans_in_file":
                values = {"file": Literal("cv_truong_linh.txt")}
            else:
                first = re.search(r"^# .*?[?](\w+)", query)
                pairs = other.get(name) or ({first[1]: BINDINGS[first[1]]} if first and first[1] in BINDINGS else {})
                values = {key: NamedNode(iri) for key, iri in pairs.items()}
            rows = list(run.ask(store, name, **values))
            assert rows, name
            answered += 1
    assert answered == len(run.names())
