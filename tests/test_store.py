"""One behaviour suite, run against every backend; then what only one of them can get wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint import address, answering, free_port  # noqa: F401 - the first is a fixture
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import NotAStore, QueryError, StoreError, StoreLocked, StoreUnreachable, TooManyRows
from kg.remote import endpoint
from kg.store import EmbeddedStore, Store, open_store

ROOT = Path(__file__).resolve().parent.parent
E = "https://example.org/"
BACKENDS = ("embedded", "remote")


def node(name: str) -> NamedNode:
    return NamedNode(E + name)


def triple(s: str, p: str, o: str | Literal) -> Triple:
    return Triple(node(s), node(p), o if isinstance(o, Literal) else node(o))


def content(store: Store) -> set[tuple[str, str, str, str]]:
    return {(str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)) for q in store.quads()}


@pytest.fixture(params=BACKENDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each backend in turn."""
    where = request.getfixturevalue("address") if request.param == "remote" else tmp_path / "kho"
    with open_store(where) as opened:
        opened.replace({}, drop={str(q.graph_name.value) for q in opened.quads()})
        yield opened


# --- the behaviour every backend has


def test_both_backends_are_collected(request: pytest.FixtureRequest) -> None:
    ids = {item.name for item in request.session.items if item.name.startswith("test_replace_puts_new_for_old")}
    if not ids:
        pytest.skip("run alone: there is nothing to count")
    assert ids == {"test_replace_puts_new_for_old[embedded]", "test_replace_puts_new_for_old[remote]"}


def test_replace_puts_new_for_old(store: Store) -> None:
    store.replace({E + "g1": [triple("a", "p", "b")], E + "g2": [triple("c", "p", "d")]})
    store.replace({E + "g1": [triple("a", "p", "new")]})
    assert content(store) == {
        (f"<{E}g1>", f"<{E}a>", f"<{E}p>", f"<{E}new>"),
        (f"<{E}g2>", f"<{E}c>", f"<{E}p>", f"<{E}d>"),
    }


def test_replace_of_several_graphs_and_drop_is_one_step(store: Store) -> None:
    store.replace({E + "old": [triple("a", "p", "b")]})
    store.replace({E + "g1": [triple("a", "p", "c")], E + "g2": []}, drop=[E + "old", E + "never-there"])
    assert {graph for graph, *_ in content(store)} == {f"<{E}g1>"}


def test_replace_with_nothing_empties_a_graph(store: Store) -> None:
    store.replace({E + "g": [triple("a", "p", "b")]})
    store.replace({E + "g": []})
    assert content(store) == set()


def test_replace_twice_is_the_same_as_once(store: Store) -> None:
    graphs = {E + "g": [triple("a", "p", "b"), triple("a", "p", "b"), triple("a", "p", Literal("á", language="vi"))]}
    store.replace(graphs)
    once = content(store)
    store.replace(graphs)
    assert content(store) == once
    assert len(once) == 2


def test_a_failing_generator_changes_nothing(store: Store) -> None:
    store.replace({E + "g": [triple("a", "p", "b")]})
    before = content(store)

    def broken() -> Iterator[Triple]:
        yield triple("x", "p", "y")
        raise RuntimeError("the reader failed half way")

    with pytest.raises(RuntimeError, match="half way"):
        store.replace({E + "g": broken(), E + "h": [triple("x", "p", "y")]})
    assert content(store) == before


def test_blank_nodes_and_bad_graph_names_are_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.replace({E + "g": [triple("a", "p", "b"), Triple(BlankNode("x"), node("p"), node("b"))]})
    assert caught.value.code == "blank"
    with pytest.raises(ValueError, match="IRI"):
        store.replace({"no iri> { } ; DROP ALL #": [triple("a", "p", "b")]})
    assert content(store) == set()


HARD_LITERALS = (
    'ngoặc " kép, \\ chéo, \n dòng \r mới, \t tab',
    '" } } ; DROP ALL ; INSERT DATA { GRAPH <https://example.org/x> { <https://example.org/a> <a:b> "',
    "\\u0022 \\n chữ, không phải dấu thoát",
    "''' \"\"\" ''",
    "\x01 \x08 \x0c \x7f \x85 \u2028 \ufeff",
    "Đề nghị Sở Tài chính tỉnh Trường Lĩnh",
    "de\u0323 NFD",
    "🏛 ngoài BMP",
    "",
    "?act $act {} # chú thích",
)


@pytest.mark.parametrize("text", HARD_LITERALS, ids=range(len(HARD_LITERALS)))
def test_text_comes_back_as_it_went_in(store: Store, text: str) -> None:
    store.replace({E + "g": [triple("a", "p", Literal(text)), triple("a", "q", Literal(text, language="vi"))]})
    assert [q.object for q in store.quads(p=node("p"))] == [Literal(text)]
    assert [q.object for q in store.quads(o=Literal(text, language="vi"))] == [Literal(text, language="vi")]
    rows = store.select(f"SELECT ?s ?x WHERE {{ ?s <{E}p> ?x }}", {"x": Literal(text)})
    assert list(rows) == [{"s": node("a"), "x": Literal(text)}]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_comes_back(store: Store, text: str) -> None:
    store.replace({E + "g": [triple("a", "p", Literal(text))]})
    assert [q.object for q in store.quads()] == [Literal(text)]


def test_typed_values_keep_their_type(store: Store) -> None:
    date = Literal("2023-06-30", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    values = [Literal(12.28), Literal(3), Literal(True), date, Literal("chữ")]
    store.replace({E + "g": [triple("a", "p", value) for value in values]})
    assert {(q.object.value, str(q.object.datatype)) for q in store.quads() if isinstance(q.object, Literal)} == {
        (value.value, str(value.datatype)) for value in values
    }


@pytest.fixture
def chain(store: Store) -> Store:
    """letter implements resolution implements plan, in three graphs; two tasks in the letter's."""
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.replace(
        {
            E + "g1": [triple("resolution", "implements", "plan"), triple("plan", "number", Literal("9-NQ/TW"))],
            E + "g2": [
                triple("letter", "implements", "resolution"),
                *(triple(f"task{i}", "partOf", "letter") for i in (1, 2)),
                *(Triple(node(f"task{i}"), rdf_type, node("Task")) for i in (1, 2)),
                triple("task1", "text", Literal("quy hoach tinh")),
            ],
            E + "g3": [triple("other", "number", Literal("9-NQ/TU"))],
        }
    )
    return store


def names(rows: Iterator[dict[str, NamedNode | Literal]], variable: str) -> list[str]:
    return sorted(row[variable].value.removeprefix(E) for row in rows)


def test_quads_by_pattern(chain: Store) -> None:
    assert len(list(chain.quads())) == 9
    assert {q.subject for q in chain.quads(p=node("implements"))} == {node("letter"), node("resolution")}
    assert {q.graph_name for q in chain.quads(s=node("resolution"))} == {node("g1")}
    assert len(list(chain.quads(graph=E + "g2"))) == len(list(chain.quads(graph=node("g2")))) == 6
    assert list(chain.quads(s=node("letter"), graph=E + "g1")) == []
    assert len(list(chain.quads(s=node("letter"), p=node("implements"), o=node("resolution"), graph=E + "g2"))) == 1


def test_a_path_crosses_graphs(chain: Store) -> None:
    query = f"SELECT ?act ?t WHERE {{ ?act (^<{E}implements>)+/^<{E}partOf> ?t }}"
    assert names(chain.select(query, {"act": node("plan")}), "t") == ["task1", "task2"]
    assert names(chain.select(query, {"act": node("other")}), "t") == []


@pytest.mark.parametrize(
    ("query", "bindings", "expected"),
    [
        ("SELECT ?s WHERE { ?s <{E}number> ?n }", {"n": Literal("9-NQ/TU")}, ["other"]),
        ("SELECT ?s WHERE { ?s <{E}number> ?x FILTER(?x = ?n) }", {"n": Literal("9-NQ/TU")}, ["other"]),
        (
            "SELECT ?s WHERE { { ?s <{E}number> ?x FILTER(?x = ?n) } UNION "
            "{ ?s <{E}text> ?x FILTER(CONTAINS(?x, ?n)) } }",
            {"n": Literal("hoach")},
            ["task1"],
        ),
        (
            "SELECT ?s WHERE { { SELECT DISTINCT ?s WHERE { ?s <{E}implements>+ ?end } } }",
            {"end": node("plan")},
            ["letter", "resolution"],
        ),
        (
            "SELECT ?s WHERE { ?s <{E}implements> ?x OPTIONAL { ?s <{E}text> ?t FILTER(?t = ?n) } FILTER(!BOUND(?t)) }",
            {"n": Literal("?")},
            ["letter", "resolution"],
        ),
        (
            "SELECT ?s WHERE { ?s <{E}partOf> ?d FILTER NOT EXISTS { ?s <{E}text> ?t FILTER(CONTAINS(?t, ?n)) } }",
            {"n": Literal("quy")},
            ["task2"],
        ),
        (
            "SELECT ?s WHERE { VALUES (?s ?n) { (<{E}task1> 'x') (<{E}task2> 'y') } # { ?n }\n ?s <{E}partOf> ?d }",
            {"n": Literal("y")},
            ["task2"],
        ),
        ("SELECT ?s WHERE { ?s ?p ?o FILTER(STR(?o) = '} ?q {') } ", {}, []),
        ("SELECT ?s { ?s <{E}partOf> $d } ORDER BY ?s", {"d": node("letter")}, ["task1", "task2"]),
        (
            "SELECT (COUNT(?t) AS ?k) (<{E}n> AS ?s) WHERE { ?t <{E}partOf> ?d }",
            {"d": node("letter")},
            ["n"],
        ),
        ("SELECT ?s WHERE { ?s ?p ?o . ?s a <{E}Task> ; <{E}text> ?service }", {"service": Literal("x")}, []),
    ],
)
def test_bound_values_reach_every_group(
    chain: Store, query: str, bindings: dict[str, NamedNode | Literal], expected: list[str]
) -> None:
    assert names(chain.select(query.replace("{E}", E), bindings), "s") == expected


def test_a_bound_value_is_data_never_syntax(chain: Store) -> None:
    hostile = Literal('x" } ?s ?p ?o } #')
    assert list(chain.select(f"SELECT ?s WHERE {{ ?s <{E}number> ?n }}", {"n": hostile})) == []


def test_unbound_variables_are_left_out_of_a_row(chain: Store) -> None:
    query = f"SELECT ?s ?t WHERE {{ ?s <{E}partOf> ?d OPTIONAL {{ ?s <{E}text> ?t }} }} ORDER BY ?s"
    assert [sorted(row) for row in chain.select(query)] == [["s", "t"], ["s"]]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "syntax"),
        ("SELECT ?s", "syntax"),
        ("nothing at all", "syntax"),
        ("ASK { ?s ?p ?o }", "refused"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "refused"),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", "refused"),
        ("SELECT ?s WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "refused"),
        ("SELECT ?s WHERE { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }", "refused"),
        (r"SELECT ?s WHERE { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "refused"),
        ("SELECT ?s FROM <http://127.0.0.1:1/> WHERE { ?s ?p ?o }", "refused"),
        ("DROP ALL ; INSERT DATA { <a:a> <a:b> <a:c> }", "refused"),
    ],
)
def test_wrong_and_refused_queries_are_named_at_the_call(chain: Store, query: str, code: str) -> None:
    before = content(chain)
    with pytest.raises(QueryError) as caught:
        chain.select(query)
    assert caught.value.code == code
    assert chain.location in str(caught.value)
    assert content(chain) == before


def test_a_binding_that_the_query_does_not_use_is_named(chain: Store) -> None:
    with pytest.raises(QueryError, match=r"\?nmber"):
        chain.select(f"SELECT ?s WHERE {{ ?s <{E}number> ?number }}", {"nmber": Literal("9-NQ/TU")})


def test_the_row_cap_holds_and_is_said(chain: Store) -> None:
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    assert len(list(chain.select(query, limit_rows=9))) == 9
    rows = chain.select(query, limit_rows=4)
    assert len([next(rows) for _ in range(4)]) == 4
    with pytest.raises(TooManyRows):
        next(rows)


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    for call in (lambda: list(store.quads()), lambda: list(store.select("SELECT ?s WHERE { ?s ?p ?o }"))):
        with pytest.raises(StoreError) as caught:
            call()
        assert caught.value.code == "closed"


def test_read_only_reads_and_refuses_to_write(chain: Store) -> None:
    before = content(chain)
    location = chain.location
    chain.close()
    with open_store(location, read_only=True) as reader:
        assert content(reader) == before
        with pytest.raises(StoreError) as caught:
            reader.replace({E + "g": []})
        assert caught.value.code == "read-only"


# --- the embedded store


def test_the_default_folder_is_dot_lineage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store().close()
    assert (tmp_path / ".lineage").is_dir()


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    for value in ("một", "hai"):
        with EmbeddedStore(tmp_path / "kho") as store:
            store.replace({E + "g": [triple("a", "p", Literal(value))]})
        with EmbeddedStore(tmp_path / "kho", read_only=True) as store:
            assert [q.object for q in store.quads()] == [Literal(value)]


def test_closing_moves_what_was_written_from_the_log_into_tables(tmp_path: Path) -> None:
    """A reader replays the log at each opening, tables it only opens."""

    def tables() -> int:
        return sum(path.stat().st_size for path in (tmp_path / "kho" / "quads").glob("*.sst"))

    with EmbeddedStore(tmp_path / "kho") as store:
        store.replace({E + "g": [triple(f"a{i}", "p", Literal(f"chữ {i}")) for i in range(500)]})
        before = tables()
    assert tables() > before + 5_000


def test_several_readers_at_once(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path / "kho").close()
    with EmbeddedStore(tmp_path / "kho", read_only=True), EmbeddedStore(tmp_path / "kho", read_only=True, wait=0):
        pass


@pytest.mark.parametrize("read_only", [False, True])
def test_a_foreign_folder_is_refused_and_left_alone(tmp_path: Path, *, read_only: bool) -> None:
    (tmp_path / "bài.txt").write_text("của tôi", encoding="utf-8")
    with pytest.raises(NotAStore) as caught:
        EmbeddedStore(tmp_path, read_only=read_only)
    assert caught.value.code == "foreign"
    assert str(tmp_path) in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["bài.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "bài.txt").write_text("của tôi", encoding="utf-8")
    with pytest.raises(NotAStore):
        EmbeddedStore(tmp_path / "bài.txt")


@pytest.mark.parametrize("made", [False, True])
def test_reading_where_nothing_was_built_says_what_to_do(tmp_path: Path, *, made: bool) -> None:
    folder = tmp_path / "kho"
    if made:
        folder.mkdir()
    with pytest.raises(NotAStore, match="lineage build"):
        EmbeddedStore(folder, read_only=True)
    assert folder.exists() == made


def test_another_version_and_a_damaged_store_are_named(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path / "kho").close()
    marker = tmp_path / "kho" / "lineage.json"
    good = marker.read_text(encoding="utf-8")
    for text, code in (('{"application": "policy-lineage", "format": 99}', "version"), ("không", "damaged")):
        marker.write_text(text, encoding="utf-8")
        with pytest.raises(NotAStore) as caught:
            EmbeddedStore(tmp_path / "kho")
        assert caught.value.code == code
    marker.write_text(good, encoding="utf-8")
    next((tmp_path / "kho" / "quads").glob("MANIFEST-*")).write_bytes(b"broken")
    with pytest.raises(NotAStore) as caught:
        EmbeddedStore(tmp_path / "kho")
    assert caught.value.code == "damaged"


HOLDER = """
import sys
from kg.store import EmbeddedStore
store = EmbeddedStore(sys.argv[1], read_only=sys.argv[2] == "True")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(("holder_reads", "we_read"), [(False, False), (False, True), (True, False)])
def test_a_store_held_by_another_process_is_a_clear_error(tmp_path: Path, *, holder_reads: bool, we_read: bool) -> None:
    EmbeddedStore(tmp_path / "kho").close()
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "kho"), str(holder_reads)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreLocked, match="tiến trình khác"):
            EmbeddedStore(tmp_path / "kho", read_only=we_read, wait=0.1)
        holder.kill()
        holder.wait()
    EmbeddedStore(tmp_path / "kho", read_only=we_read, wait=10).close()  # the lock died with its process


WRITER = """
import sys
from pyoxigraph import Literal, NamedNode, Triple
from kg.store import EmbeddedStore
E = "https://example.org/"
store = EmbeddedStore(sys.argv[1])
version = 0
while True:
    version += 1
    store.replace({E + graph: [Triple(NamedNode(f"{E}s{i}"), NamedNode(E + "version"), Literal(version))
                               for i in range(400)] for graph in ("g1", "g2")})
    print(version, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is POSIX")
@pytest.mark.parametrize("delay", [0.0, 0.003, 0.007, 0.013])
def test_a_killed_writer_leaves_old_or_new_never_half(tmp_path: Path, delay: float) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path / "kho")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        for _ in range(3):
            told = int(writer.stdout.readline())
        time.sleep(delay)  # somewhere inside one of the next writes
        os.kill(writer.pid, signal.SIGKILL)
        told = max([told, *(int(line) for line in writer.stdout if line.endswith(b"\n"))])
        writer.wait()
    for read_only in (True, False):
        with EmbeddedStore(tmp_path / "kho", read_only=read_only, wait=10) as store:
            quads = list(store.quads())
        versions = {q.object.value for q in quads if isinstance(q.object, Literal)}
        assert len(quads) == 800
        assert len(versions) == 1
        assert int(versions.pop()) in (told, told + 1)  # what was reported as written was not lost


# --- the remote store


def test_an_endpoint_that_does_not_answer_is_named() -> None:
    port = free_port()
    with pytest.raises(StoreUnreachable, match=f"127.0.0.1:{port}") as caught:
        open_store(f"http://127.0.0.1:{port}")
    assert isinstance(caught.value, ConnectionError)


def test_an_address_that_is_no_endpoint_is_named(request: pytest.FixtureRequest) -> None:
    with pytest.raises(StoreError, match=r"/không-có: .*SPARQL"):
        open_store(f"{request.getfixturevalue('address')}/không-có")


EMPTY = '{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
NOT_SEEN = """{"head": {"vars": ["g", "seen"]},
    "results": {"bindings": [{"g": {"type": "uri", "value": "https://example.org/g"}}]}}"""
ONE = '{"head": {"vars": ["seen"]}, "results": {"bindings": [{"seen": {"type": "uri", "value": "urn:x"}}]}}'
BLANK = '{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "bnode", "value": "b"}}]}}'


def test_an_endpoint_that_does_not_join_its_graphs_is_refused() -> None:
    with answering((200, EMPTY), (200, NOT_SEEN)) as place, open_store(place) as store:
        with pytest.raises(StoreError) as caught:
            store.select("SELECT ?s WHERE { ?s ?p ?o }")
        assert caught.value.code == "no-union"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, "<html>hello</html>"), "rejected"),
        ((200, '{"head": {}, "boolean": true}'), "refused"),
        ((200, BLANK), "blank"),
        ((200, EMPTY[:-20]), "rejected"),
        ((200, ONE[:-2]), "unreachable"),  # cut off on the way
        ((400, "no such thing"), "syntax"),
        ((401, "who are you"), "rejected"),
        ((500, "broken"), "rejected"),
        ((503, "busy"), "rejected"),
    ],
)
def test_wrong_answers_of_an_endpoint_are_named(answer: tuple[int, str], code: str) -> None:
    with answering((200, EMPTY), answer) as place, open_store(place) as store:
        with pytest.raises(StoreError) as caught:
            list(store.select("SELECT ?s WHERE { ?s ?p ?o }"))
        assert caught.value.code == code
        assert place in str(caught.value)


@pytest.mark.parametrize(
    ("location", "query", "update"),
    [
        ("http://127.0.0.1:7878", "http://127.0.0.1:7878/query", "http://127.0.0.1:7878/update"),
        ("http://127.0.0.1:7878/", "http://127.0.0.1:7878/query", "http://127.0.0.1:7878/update"),
        ("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/query", "http://127.0.0.1:7878/update"),
        ("https://kho.example/ds/query", "https://kho.example/ds/query", "https://kho.example/ds/update"),
        ("http://127.0.0.1:8890/sparql", "http://127.0.0.1:8890/sparql", "http://127.0.0.1:8890/sparql"),
    ],
)
def test_the_two_addresses_of_an_endpoint(location: str, query: str, update: str) -> None:
    assert endpoint(location) == (query, update)


@pytest.mark.parametrize("location", ["http://", "http://me:secret@127.0.0.1/", "ftp://kho.example/"])
def test_addresses_that_are_refused(location: str) -> None:
    with pytest.raises(StoreError) as caught:
        endpoint(location)
    assert caught.value.code == "address"


def test_opening_a_folder_loads_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import sys; from kg.store import open_store; open_store(sys.argv[1]).close(); "
        "print(sorted({'rdflib', 'SPARQLWrapper', 'networkx', 'pyshacl', 'owlready2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "kho")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_damage_is_not_taken_for_a_lock(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "kho") as store:
        store.replace({"https://example.org/g": [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("x" * 5000))]})
    for table in (tmp_path / "kho" / "quads").glob("*.sst"):
        table.write_bytes(b"X" * table.stat().st_size)
    with pytest.raises(NotAStore) as caught, EmbeddedStore(tmp_path / "kho") as store:
        list(store.quads())
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(
    ("said", "code"),
    [("Corruption: block checksum mismatch", "damaged"), ("[Errno 13] Permission denied: 'x'", "denied")],
)
def test_a_store_that_may_not_be_written_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(said)

    monkeypatch.setattr("pyoxigraph.Store", fails)
    with pytest.raises(NotAStore) as caught:
        EmbeddedStore(tmp_path / "kho")
    assert caught.value.code == code
    assert not list(tmp_path.glob(".*.tmp"))


@pytest.mark.parametrize("location", ["http://[", "ftp://kho.example", "file:///kho"])
def test_other_addresses_are_no_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, location: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as caught:
        open_store(location)
    assert caught.value.code == "address"
    assert not list(tmp_path.iterdir())


def test_rows_without_the_terms_asked_for_are_named() -> None:
    with answering((200, EMPTY), (200, ONE)) as place, open_store(place) as store:
        with pytest.raises(StoreError) as caught:
            list(store.quads())
        assert caught.value.code == "rejected"


@pytest.mark.parametrize("brackets", ["{}", "()", "[]"])
def test_brackets_without_end_are_refused(store: Store, brackets: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.select(f"SELECT ?s {{ ?s ?p {brackets[0] * 9000} 1 {brackets[1] * 9000} }}")
    assert caught.value.code == "refused"
