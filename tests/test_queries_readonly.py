"""Queries that others write: rows, truth or triples come back; what writes or leaves the machine is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from story import LETTER, PROGRAMME, fill

from kg.errors import QueryError
from kg.store import Store, open_store
from queries.readonly import run

P = "PREFIX pl: <https://w3id.org/policy-lineage/ontology#>\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(fill(tmp_path_factory.mktemp("readonly") / "store"), read_only=True) as opened:
        yield opened


def test_select_keeps_the_order_of_its_columns(store: Store) -> None:
    found = run(store, P + "SELECT ?score ?grade WHERE { ?l pl:score ?score ; pl:grade ?grade } ORDER BY DESC(?score)")
    assert found.columns == ("score", "grade")
    assert [row["grade"].value for row in found.rows] == ["copied", "copied", "adapted"]


def test_it_asks_over_all_graphs_and_over_one(store: Store) -> None:
    assert len(run(store, P + "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?l a pl:Lineage } }").rows) == 2


@pytest.mark.parametrize(("text", "truth"), [("copied", True), ("confirmed", False)])
def test_ask(store: Store, text: str, truth: bool) -> None:
    assert run(store, f'# ASK me\n{P}ASK {{ ?l pl:grade "{text}" }}').truth is truth


def test_construct(store: Store) -> None:
    found = run(store, P + "CONSTRUCT { ?t pl:from ?s ; pl:note '{ not ?s }' } WHERE { ?l pl:task ?t ; pl:source ?s }")
    assert found.columns == ("subject", "predicate", "object")
    pairs = {(row["subject"].value, row["object"].value) for row in found.rows}
    assert (f"{LETTER}#u002", f"{PROGRAMME}#u002") in pairs
    assert (f"{LETTER}#u002", "{ not ?s }") in pairs
    assert len(found.rows) == 6


def test_construct_where_and_limit(store: Store) -> None:
    assert len(run(store, P + "CONSTRUCT WHERE { ?l pl:grade ?g } LIMIT 2").rows) == 2


@pytest.mark.parametrize(
    "query",
    [
        "DROP ALL",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "CLEAR ALL",
        "LOAD <http://example.org/x>",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "DESCRIBE <a:a>",
        "",
        "what is this",
        "SELECT ?x WHERE { ?x",
        "CONSTRUCT { ?s ?p",
        "CONSTRUCT { ?s ?p 'x' ; } . } WHERE { ?s ?p ?o }",
    ],
)
def test_what_writes_or_leaves_or_is_no_query_is_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError):
        run(store, query)


def test_a_word_in_a_string_or_comment_is_no_update(store: Store) -> None:
    assert run(store, "# DROP ALL\nSELECT ?o WHERE { ?s ?p ?o FILTER(?o = 'DROP ALL') }").rows == ()
