"""The graph as a networkx view: documents, tasks and bodies as nodes, what ties them as directed edges.

Read from the store by quad pattern. A node has ``type`` (``document``, ``task``, ``body``, or ``clause`` for what a
task comes from and is no task itself), ``label`` and what is known of it (``level``, ``kind``, ``number``, ``date``,
``path``, ``stub``); an edge has ``relations``, the sorted names of the properties between the two. Edges point the way
the words do: from the letter to the resolution that it implements, from a task to its document, to the clause that it
comes from and to the body that leads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import networkx as nx
from pyoxigraph import Literal, NamedNode

from kg.closure import Closure, hops
from kg.linktriples import EDGES
from kg.store import Store
from kg.terms import ELI, ORG, PL, PROV, RDF, RDFS
from ontology.bodies import LEVELS

DOWNWARD = frozenset(("implementsPolicy", "basedOn", "guides", "amends"))
"""Relations by which a lower document hangs on a higher one."""
_TASK_EDGES = (PL.partOf, PL.leadBody, PL.coordinatingBody, PROV.wasDerivedFrom)
_FACTS = {PL.level: "level", PL.kindName: "kind", ELI.id_local: "number", ELI.date_document: "date", PL.path: "path"}


class Hop(NamedTuple):
    """A document on the way up or down: how many edges away, and by which relations it was reached."""

    document: str
    hops: int
    relations: tuple[str, ...]


def network(store: Store, *, tasks: bool = True) -> nx.DiGraph:
    """The view of the whole store; ``tasks=False`` leaves only documents."""
    graph = nx.DiGraph()
    _nodes(store, graph, PL.PolicyDocument, "document")
    if tasks:
        _nodes(store, graph, PL.Task, "task")
        _nodes(store, graph, ORG.FormalOrganization, "body")
        clauses = {_name(quad.object) for quad in store.quads(p=PROV.wasDerivedFrom)}
        graph.add_nodes_from((name, {"type": "clause"}) for name in sorted(clauses) if name not in graph)
    for quad in store.quads(p=RDF.type, o=PL.Stub):
        if _name(quad.subject) in graph:
            graph.nodes[_name(quad.subject)]["stub"] = True
    _edges(store, graph, (*EDGES.values(), *(_TASK_EDGES if tasks else ())))
    _label(store, graph)
    return graph


def levels(graph: nx.DiGraph) -> dict[str, list[str]]:
    """Documents by level, from the top down, each level sorted.

    Levels without documents are left out; documents whose level is not known come last, as ``unknown``.
    """
    by_level: dict[str, list[str]] = {}
    for node in documents(graph):
        level = graph.nodes[node].get("level")
        by_level.setdefault(level if level in LEVELS else "unknown", []).append(node)
    return {level: by_level[level] for level in (*LEVELS, "unknown") if level in by_level}


def documents(graph: nx.DiGraph) -> list[str]:
    """The IRIs of the documents, sorted."""
    return sorted(node for node, kind in graph.nodes(data="type") if kind == "document")


def chain_up(graph: nx.DiGraph, node: str, relations: Iterable[str] = DOWNWARD) -> list[Hop]:
    """The documents that ``node`` hangs on, nearest first, each with the fewest hops. Cycles end where they began."""
    return _chain(_selected(graph, relations, reverse=False), graph, node, reverse=False)


def chain_down(graph: nx.DiGraph, node: str, relations: Iterable[str] = DOWNWARD) -> list[Hop]:
    """The documents that hang on ``node``, nearest first, each with the fewest hops."""
    return _chain(_selected(graph, relations, reverse=True), graph, node, reverse=True)


def cycles(graph: nx.DiGraph, relations: Iterable[str] = DOWNWARD) -> list[list[str]]:
    """Groups of documents that hang on one another in a circle: a sign of a misread relation."""
    after = _selected(graph, relations, reverse=False)
    return Closure((node, target) for node, targets in after.items() for target in targets).cycles()


def centrality(graph: nx.DiGraph, relations: Iterable[str] = DOWNWARD) -> dict[str, float]:
    """For each document the part (0 to 1) of the other documents that hang on it, over any number of hops."""
    names = documents(graph)
    after = _selected(graph, relations, reverse=False)
    closed = Closure((node, target) for node, targets in after.items() for target in targets)
    return {name: len(closed.below(name) - {name}) / max(1, len(names) - 1) for name in names}


def _selected(graph: nx.DiGraph, relations: Iterable[str], *, reverse: bool) -> dict[str, list[str]]:
    wanted = frozenset(relations)
    after: dict[str, list[str]] = {}
    for source, target, found in sorted(graph.edges(data="relations")):
        if wanted.intersection(found):
            first, second = (target, source) if reverse else (source, target)
            after.setdefault(first, []).append(second)
    return after


def _chain(after: dict[str, list[str]], graph: nx.DiGraph, node: str, *, reverse: bool) -> list[Hop]:
    found = {name: count for name, count in hops(after, node).items() if name != node}
    out = []
    for name, count in sorted(found.items(), key=lambda item: (item[1], item[0])):
        nearer = [
            near for near, rest in after.items() if name in rest and (near == node or found.get(near) == count - 1)
        ]
        edges = (graph.edges[(name, near) if reverse else (near, name)]["relations"] for near in nearer)
        out.append(Hop(name, count, tuple(sorted({relation for names in edges for relation in names}))))
    return out


def _nodes(store: Store, graph: nx.DiGraph, cls: NamedNode, kind: str) -> None:
    for name in sorted({_name(quad.subject) for quad in store.quads(p=RDF.type, o=cls)}):
        graph.add_node(name, type=kind)


def _edges(store: Store, graph: nx.DiGraph, predicates: Iterable[NamedNode]) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for predicate in predicates:
        name = predicate.value.rpartition("#")[2]
        for quad in store.quads(p=predicate):
            ends = (_name(quad.subject), _name(quad.object))
            if all(end in graph for end in ends):
                found.setdefault(ends, set()).add(name)
    graph.add_edges_from((*ends, {"relations": tuple(sorted(names))}) for ends, names in sorted(found.items()))


def _label(store: Store, graph: nx.DiGraph) -> None:
    """Give every node what is known of it; where two graphs differ the first in sorted order is shown."""
    for predicate, key in (*_FACTS.items(), (RDFS.label, "label")):
        for subject, value in sorted({(_name(q.subject), _text(q.object)) for q in store.quads(p=predicate)}):
            if subject in graph:
                graph.nodes[subject].setdefault(key, value)
    for name, about in graph.nodes(data=True):
        parts = (about.get("kind"), about.get("number")) if about["type"] == "document" else (about.get("path"),)
        about.setdefault("label", " ".join(part for part in parts if part) or name.rpartition("/")[2])


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
