"""An impact becomes a page: what changes in the middle, around it what depends on it, ring by ring.

Every distance has two rings, documents within and their tasks without; the bodies that must act stand outside all.
Tasks are coloured by grade, their rims tell the status. Opens from ``file://`` with the network off
(:mod:`viz.page_shell`).
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from pyvis.network import Network

from kg.export import write_atomically
from queries.rows import AffectedDocument, DocumentRow, Place
from queries.worklist import WorkItem
from viz.layout import place_rings
from viz.page_shell import (
    QUOTE_WIDTH,
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
from viz.style import BORDERS, EDGES, GRADES, NODES, BorderStyle, node_kind

_RINGS = """network.on("beforeDrawing", (context) => {
  context.lineWidth = 2; context.strokeStyle = "#d0d0d0"; context.fillStyle = "#767676";
  context.font = "22px sans-serif";
  for (const [radius, label] of RINGS) {
    context.beginPath(); context.arc(0, 0, radius, 0, 2 * Math.PI); context.stroke();
    context.fillText(label, 8, -radius - 8);
  }
});
"""


class ImpactView(NamedTuple):
    """What a page of impact shows. ``acts`` are those that change, wholly or in part."""

    title: str
    acts: Sequence[DocumentRow]
    documents: Sequence[AffectedDocument]
    work: Sequence[WorkItem]
    why: Callable[[WorkItem], str]
    """Why a task is on the page, in the reader's language."""


def write_impact_page(view: ImpactView, out: Path, lang: str = "vi") -> None:
    """Write the page to ``out`` (UTF-8), whole or not at all. Raises :class:`OSError`."""
    write_atomically(out, render_impact(view, lang).encode("utf-8"))


def render_impact(view: ImpactView, lang: str = "vi") -> str:
    """The page as one string of HTML that needs nothing else."""
    drawn = _Drawn(view)
    places, radii = place_rings(drawn.rings, drawn.groups, {*drawn.documents, *drawn.clauses})
    network = new_network()
    for row in drawn.documents.values():
        style = NODES[node_kind(row.level, in_corpus=row.in_corpus)]
        border = BORDERS["changed"] if row.iri in drawn.changed else BORDERS["current"]
        add_node(
            network, row.iri, document_label(row), document_words(row, lang), style, places[row.iri], border=border
        )
    for place in drawn.clauses.values():
        words = "\n".join([unit_words(place, lang), *drawn.changes(place.iri)])
        at, rim = places[place.iri], drawn.rim(place.iri)
        add_node(network, place.iri, unit_label(place), words, NODES["clause"], at, border=rim)
    for iri, items in drawn.tasks.items():
        _add_task(network, view, items, places[iri], lang)
    for body in drawn.bodies:
        add_node(network, _body(body), body, body, NODES["body"], places[_body(body)])
    _add_edges(network, drawn, lang)
    labels = [
        [radii[ring], texts()["distance"][lang].format(count=ring // 2)] for ring in radii if ring in drawn.outermost
    ]
    script = f"const RINGS = {json.dumps(labels, ensure_ascii=False)};\n{_RINGS}"
    return page(network, lang, view.title, impact_legend(lang), _notes(drawn, lang), script)


def impact_legend(lang: str) -> str:
    """The legend as HTML, made from the style tables."""
    nodes = [NODES[kind] for kind in ("centre", "province", "local", "unknown", "stub", "clause", "body")]
    relations = [EDGES[name] for name in EDGES if name not in GRADES]
    lists = (nodes, GRADES.values(), BORDERS.values(), relations, [EDGES[grade] for grade in GRADES])
    return "".join(legend_list(styles, lang) for styles in lists)


class _Drawn:
    """What is drawn, and on which ring: 0 the middle, 1 the clauses of acts, 2d documents, 2d + 1 their tasks."""

    def __init__(self, view: ImpactView) -> None:
        self.view = view
        self.tasks: dict[str, list[WorkItem]] = {}
        for item in view.work:
            self.tasks.setdefault(item.task.place.iri, []).append(item)
        self.clauses = self._clauses()
        self.changed = {place.iri for place in self._changing()} or {act.iri for act in view.acts}
        alone = len(self.clauses) == 1 and self.changed == set(self.clauses)
        acts = {} if alone else {act.iri: act for act in view.acts}
        below = {row.document.iri: row for row in view.documents if row.document.iri not in acts}
        self.relations = list(below.values())
        self.documents = acts | {iri: row.document for iri, row in below.items()}
        self.bodies = self._bodies(list(below))
        self.rings = dict.fromkeys(acts, 0) | dict.fromkeys(self.clauses, 0 if alone else 1)
        self.rings |= {iri: 2 * row.distance for iri, row in below.items()}
        self.rings |= {iri: 2 * min(i.task.distance for i in items) + 1 for iri, items in self.tasks.items()}
        self.outermost = {ring for iri, ring in self.rings.items() if iri in self.tasks}
        last = max(self.rings.values(), default=0) + 1
        self.rings |= dict.fromkeys(map(_body, self.bodies), last)
        self.groups = {iri: iri for iri in below}
        self.groups |= {iri: items[0].task.place.document.iri for iri, items in self.tasks.items()}
        self.above = self._above(acts)

    def _bodies(self, documents: list[str]) -> list[str]:
        """Who must act, in the order in which their tasks stand around the middle."""
        order = {iri: at for at, iri in enumerate(documents)}
        tasks = [items[0] for items in self.tasks.values()]
        tasks.sort(key=lambda item: order.get(item.task.place.document.iri, len(order)))
        places: dict[str, list[int]] = {}
        for at, item in enumerate(tasks):
            for name in _names(item):
                places.setdefault(name, []).append(at)
        return sorted(places, key=lambda name: (sum(places[name]) / len(places[name]), name))

    def rim(self, iri: str) -> BorderStyle:
        """How the rim of a document or clause is drawn."""
        return BORDERS["changed" if iri in self.changed else "current"]

    def changes(self, clause: str) -> list[str]:
        """What becomes of a clause, word by word, for its tooltip."""
        found = dict.fromkeys(
            " ".join(f"[{part.op[0]}: {part.text}]" if part.op != "same" else part.text for part in item.because.parts)
            for item in self.view.work
            if item.because.clause and item.because.clause.iri == clause and item.because.parts
        )
        return [line for text in found for line in textwrap.wrap(text, QUOTE_WIDTH)]

    def _changing(self) -> list[Place]:
        return [item.because.clause for item in self.view.work if item.because.clause]

    def _clauses(self) -> dict[str, Place]:
        """The clauses that change, and those of the acts that tasks take words from."""
        acts = {act.iri for act in self.view.acts}
        sources = [item.task.source for item in self.view.work if item.task.source.unit]
        near = [place for place in sources if place.document.iri in acts]
        found = {place.iri: place for place in [*self._changing(), *near]}
        return {iri: place for iri, place in found.items() if iri not in self.tasks}

    def _above(self, acts: dict[str, DocumentRow]) -> dict[str, str]:
        """Task → the node that it comes from: its source, else the document of that, else what changes."""
        known = {*self.tasks, *self.clauses, *self.documents}
        first = next(iter(self.clauses or acts), None)
        above = {}
        for iri, items in self.tasks.items():
            source = items[0].task.source
            clause = items[0].because.clause
            wanted = (source.iri, source.document.iri, clause.iri if clause else None, first)
            if target := next((name for name in wanted if name in known), None):
                above[iri] = target
        return above


def _add_task(network: Network, view: ImpactView, items: Sequence[WorkItem], at: tuple[int, int], lang: str) -> None:
    task = items[0].task
    words = [unit_words(task.place, lang), *dict.fromkeys(view.why(item) for item in items)]
    for passage in task.passages:
        for side, quote in (("lower", passage.lower), ("upper", passage.upper)):
            words += [f"{texts()[side][lang]}: {quoted(quote)}"] if quote else []
    status = "gone" if any(item.kept is False for item in items) else task.status
    path = task.place.unit.path if task.place.unit else task.place.id
    style = GRADES.get(task.grade, GRADES["inherited"])
    add_node(network, task.place.iri, path, "\n".join(words), style, at, border=BORDERS.get(status, BORDERS["current"]))


def _add_edges(network: Network, drawn: _Drawn, lang: str) -> None:
    for row in drawn.relations:
        if row.relation in EDGES and row.via.iri in drawn.documents:
            style = EDGES[row.relation]
            words = style_label(style, lang) + (f"\n{quoted(row.words)}" if row.words else "")
            add_edge(network, row.document.iri, row.via.iri, words, style)
    for iri, target in drawn.above.items():
        item = drawn.tasks[iri][0]
        style = EDGES.get(item.task.grade, EDGES["inherited"])
        add_edge(network, iri, target, f"{style_label(style, lang)}\n{drawn.view.why(item)}", style)
        if (document := item.task.place.document.iri) in drawn.documents:
            add_edge(network, iri, document, style_label(EDGES["part"], lang), EDGES["part"])
        unit = item.task.place.unit
        for relation, names in (("lead", unit.lead if unit else ()), ("coordinate", unit.coordinate if unit else ())):
            for name in names:
                add_edge(network, _body(name), iri, style_label(EDGES[relation], lang), EDGES[relation])


def _notes(drawn: _Drawn, lang: str) -> list[str]:
    counts = {"documents": len(drawn.relations), "tasks": len(drawn.tasks), "bodies": len(drawn.bodies)}
    return [texts()["counts"][lang].format(**counts)]


def _names(item: WorkItem) -> tuple[str, ...]:
    unit = item.task.place.unit
    return (*unit.lead, *unit.coordinate) if unit else ()


def _body(name: str) -> str:
    return f"body:{name}"
