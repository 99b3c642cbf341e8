"""The networkx view and the closure under it."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.closure import Closure, components, hops
from kg.network import centrality, chain_down, chain_up, cycles, documents, levels, network
from kg.store import EmbeddedStore
from kg.terms import ELI, ORG, PL, PROV, RDF, RDFS

E = "https://example.org/"
EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda e: (f"n{e[0]}", f"n{e[1]}")), max_size=40)


@given(EDGES)
def test_the_closure_is_that_of_networkx(edges: list[tuple[str, str]]) -> None:
    closed = Closure(edges)
    graph = nx.DiGraph(edges)
    for node in graph:
        assert closed.above(node) - {node} == nx.descendants(graph, node)
        assert closed.below(node) - {node} == nx.ancestors(graph, node)
        assert (node in closed.above(node)) == any(nx.has_path(graph, after, node) for after in graph[node])
        counted = {k: v for k, v in hops(graph.adj, node).items() if k != node}
        lengths = dict(nx.single_source_shortest_path_length(graph, node))
        assert counted == {k: v for k, v in lengths.items() if k != node}
        assert set(hops(graph.pred, node)) == closed.below(node)


@given(EDGES)
def test_cycles_are_the_components_that_lead_back(edges: list[tuple[str, str]]) -> None:
    graph = nx.DiGraph(edges)
    expected = sorted(
        sorted(group)
        for group in nx.strongly_connected_components(graph)
        if len(group) > 1 or graph.has_edge(min(group), min(group))
    )
    assert Closure(edges).cycles() == expected


@given(EDGES)
def test_components_come_after_all_that_they_lead_to(edges: list[tuple[str, str]]) -> None:
    after: dict[str, list[str]] = {}
    for source, target in edges:
        after.setdefault(source, []).append(target)
        after.setdefault(target, [])
    done: set[str] = set()
    for group in components(after):
        for node in group:
            assert set(after[node]) <= done | set(group)
        done |= set(group)
    assert done == set(after)


def test_a_long_chain_needs_no_recursion() -> None:
    edges = {f"n{i}": [f"n{i + 1}"] for i in range(5000)}
    closed = Closure((source, target) for source, targets in edges.items() for target in targets)
    assert len(closed.above("n0")) == 5000
    assert hops(edges, "n0")["n5000"] == 5000


def test_unknown_nodes_reach_nothing() -> None:
    closed = Closure([("a", "b")])
    assert closed.above("z") == closed.below("z") == frozenset()
    assert hops({}, "z") == hops({"a": ["b"]}, "z") == {}
    assert Closure([]).cycles() == []


def node(name: str) -> NamedNode:
    return NamedNode(E + name)


def document(name: str, level: str, number: str) -> list[Triple]:
    return [
        Triple(node(name), RDF.type, PL.PolicyDocument),
        Triple(node(name), PL.level, Literal(level)),
        Triple(node(name), PL.kindName, Literal("Nghị quyết")),
        Triple(node(name), ELI.id_local, Literal(number)),
    ]


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> nx.DiGraph:
    """plan (centre) ← resolution (province) ← letter (province) ← report; one task with its body and clause."""
    tied = [
        ("letter", PL.implementsPolicy, "resolution"),
        ("resolution", PL.basedOn, "law"),
        ("resolution", PL.implementsPolicy, "plan"),
        ("report", PL.implementsPolicy, "letter"),
        ("report", PL.cites, "plan"),
        ("letter#u2", PL.partOf, "letter"),
        ("letter#u2", PL.leadBody, "so-y-te"),
        ("letter#u2", PROV.wasDerivedFrom, "resolution#u5"),
        ("resolution#u5", PL.partOf, "resolution"),
        ("letter", PL.implementsPolicy, "nowhere"),
    ]
    with EmbeddedStore(tmp_path_factory.mktemp("view") / "kho") as store:
        store.replace(
            {
                E + "g1": [
                    *document("plan", "centre", "9-NQ/TW"),
                    *document("law", "centre", "1/2026/QH16"),
                    *document("resolution", "province", "14-NQ/TU"),
                    *document("letter", "province", "305/UBND"),
                    *document("report", "sao Hỏa", "1/BC"),
                    Triple(node("law"), RDF.type, PL.Stub),
                    Triple(node("letter#u2"), RDF.type, PL.Task),
                    Triple(node("letter#u2"), PL.path, Literal("II.2")),
                    Triple(node("so-y-te"), RDF.type, ORG.FormalOrganization),
                    Triple(node("so-y-te"), RDFS.label, Literal("Sở Y tế", language="vi")),
                ],
                E + "g2": [Triple(node(s), p, node(o)) for s, p, o in tied],
            }
        )
        return network(store)


def test_nodes_and_edges(view: nx.DiGraph) -> None:
    assert {name.removeprefix(E): about["type"] for name, about in view.nodes(data=True)} == {
        **dict.fromkeys(("plan", "law", "resolution", "letter", "report"), "document"),
        "letter#u2": "task",
        "so-y-te": "body",
        "resolution#u5": "clause",
    }
    assert view.nodes[E + "so-y-te"]["label"] == "Sở Y tế"
    assert view.nodes[E + "resolution"]["label"] == "Nghị quyết 14-NQ/TU"
    assert view.nodes[E + "letter#u2"]["label"] == "II.2"
    assert view.nodes[E + "law"]["stub"] is True
    assert "stub" not in view.nodes[E + "plan"]
    assert view.edges[E + "letter#u2", E + "so-y-te"]["relations"] == ("leadBody",)
    assert view.has_edge(E + "letter#u2", E + "resolution#u5")
    assert view.number_of_edges() == 9  # the one that leads nowhere is no edge


def test_levels_from_the_top_down(view: nx.DiGraph) -> None:
    assert levels(view) == {
        "centre": [E + "law", E + "plan"],
        "province": [E + "letter", E + "resolution"],
        "unknown": [E + "report"],
    }
    assert list(levels(view)) == ["centre", "province", "unknown"]
    assert len(documents(view)) == 5


def test_chains_up_and_down_count_hops(view: nx.DiGraph) -> None:
    assert chain_up(view, E + "report") == [
        (E + "letter", 1, ("implementsPolicy",)),
        (E + "resolution", 2, ("implementsPolicy",)),
        (E + "law", 3, ("basedOn",)),
        (E + "plan", 3, ("implementsPolicy",)),
    ]
    assert chain_down(view, E + "plan") == [
        (E + "resolution", 1, ("implementsPolicy",)),
        (E + "letter", 2, ("implementsPolicy",)),
        (E + "report", 3, ("implementsPolicy",)),
    ]
    assert chain_up(view, E + "report", ["cites"]) == [(E + "plan", 1, ("cites",))]
    assert chain_up(view, E + "unknown") == []


def test_cycles_are_found_and_end_chains(view: nx.DiGraph) -> None:
    assert cycles(view) == []
    turned = view.copy()
    turned.add_edge(E + "plan", E + "letter", relations=("implementsPolicy",))
    assert cycles(turned) == [[E + "letter", E + "plan", E + "resolution"]]
    assert [hop.document for hop in chain_up(turned, E + "letter")] == [E + "resolution", E + "law", E + "plan"]


def test_centrality_is_the_part_that_hangs_on_a_document(view: nx.DiGraph) -> None:
    assert {name.removeprefix(E): part for name, part in centrality(view).items()} == {
        "plan": 0.75,
        "law": 0.75,
        "resolution": 0.5,
        "letter": 0.25,
        "report": 0.0,
    }


def test_an_empty_store_gives_an_empty_view(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "kho") as store:
        view = network(store, tasks=False)
    assert len(view) == 0
    assert levels(view) == centrality(view) == {}
