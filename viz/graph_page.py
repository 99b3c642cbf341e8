"""A neighbourhood becomes a page that opens from ``file://`` with the network off (pyvis, vis-network).

What every page shares stands in :mod:`viz.page_shell`.
"""

from __future__ import annotations

from pathlib import Path

from pyvis.network import Network

from kg.export import write_atomically
from queries.neighbourhood import Edge, Neighbourhood
from queries.rows import Place
from viz.layout import place_nodes
from viz.page_shell import (
    add_edge,
    add_node,
    document_label,
    document_words,
    legend_list,
    new_network,
    page,
    quoted,
    style_label,
    texts,
    unit_label,
    unit_words,
)
from viz.style import EDGES, NODES, node_kind


def write_page(graph: Neighbourhood, out: Path, lang: str = "vi") -> None:
    """Write the page of ``graph`` to ``out`` (UTF-8), whole or not at all. Raises :class:`OSError`."""
    write_atomically(out, render(graph, lang).encode("utf-8"))


def render(graph: Neighbourhood, lang: str = "vi") -> str:
    """The page as one string of HTML that needs nothing else."""
    network = new_network()
    _add_nodes(network, graph, lang)
    for edge in graph.edges:
        add_edge(network, edge.source, edge.target, _edge_words(edge, lang), EDGES[edge.grade or edge.relation])
    notes = [texts()["left_out"][lang].format(count=graph.left_out)] if graph.left_out else []
    return page(network, lang, texts()["title"][lang], legend(lang), notes)


def legend(lang: str) -> str:
    """The legend as HTML, made from the style tables."""
    return legend_list(NODES.values(), lang) + legend_list(EDGES.values(), lang)


def _add_nodes(network: Network, graph: Neighbourhood, lang: str) -> None:
    kinds = {row.iri: node_kind(row.level, in_corpus=row.in_corpus) for row in graph.documents}
    sources = {edge.target for edge in graph.edges if edge.relation == "derived"}
    for place in graph.units:
        kinds[place.iri] = _unit_kind(place, place.iri in sources)
    kinds |= dict.fromkeys(graph.bodies, "body")
    columns = {iri: NODES[kind].column for iri, kind in kinds.items()}
    columns |= {row.iri: NODES[node_kind(row.level, in_corpus=True)].column for row in graph.documents}
    places = place_nodes(columns, graph.edges)
    for row in graph.documents:
        style = NODES[kinds[row.iri]]
        add_node(network, row.iri, document_label(row), document_words(row, lang), style, places[row.iri])
    for place in graph.units:
        style = NODES[kinds[place.iri]]
        add_node(network, place.iri, unit_label(place), unit_words(place, lang), style, places[place.iri])
    for iri, name in graph.bodies.items():
        add_node(network, iri, name, name, NODES["body"], places[iri])


def _unit_kind(place: Place, is_source: bool) -> str:
    if place.unit and place.unit.kind == "target":
        return "target"
    return "clause" if is_source else "task"


def _edge_words(edge: Edge, lang: str) -> str:
    lines = [style_label(EDGES[edge.grade or edge.relation], lang)]
    for passage in edge.passages:
        for side, quote in (("lower", passage.lower), ("upper", passage.upper)):
            if quote:
                lines.append(f"{texts()[side][lang]}: {quoted(quote)}")
    if edge.relation == "derived" and not edge.passages:
        lines.append(texts()["unproved"][lang])
    return "\n".join(lines)
