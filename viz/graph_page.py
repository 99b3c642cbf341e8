"""A neighbourhood becomes a page that opens from ``file://`` with the network off (pyvis, vis-network).

No mode of pyvis 0.3.2 is offline as it is: the in-line page still names two addresses, which are taken out here, and a
content security policy forbids any other. Text of documents reaches the page as JSON strings and as plain tooltips,
never as HTML.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
import tomllib
from functools import cache
from pathlib import Path

from pyvis.network import Network

from kg.export import write_atomically
from ontology.identifiers import fold
from queries.neighbourhood import Edge, Neighbourhood
from queries.rows import DocumentRow, Place, Quote
from viz.layout import place_nodes
from viz.style import EDGES, NODES, EdgeStyle, NodeStyle, node_kind

_REMOTE = re.compile(
    r"<script[^>]*\ssrc=[\"']https?:[^>]*>\s*</script>|<link[^>]*\shref=[\"']https?:[^>]*/?>", re.IGNORECASE
)
_MARKS = re.compile(r"[*#|]+|^\s*-\s")
_EMPTY_HEADING = re.compile(r"<center>\s*<h1></h1>\s*</center>")
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:\">"
)
LABEL_WIDTH, LABEL_LINES, QUOTE_WIDTH = 36, 2, 90


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def write_page(graph: Neighbourhood, out: Path, lang: str = "vi") -> None:
    """Write the page of ``graph`` to ``out`` (UTF-8), whole or not at all. Raises :class:`OSError`."""
    write_atomically(out, render(graph, lang).encode("utf-8"))


def render(graph: Neighbourhood, lang: str = "vi") -> str:
    """The page as one string of HTML that needs nothing else."""
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    _add_nodes(network, graph, lang)
    for edge in graph.edges:
        _add_edge(network, edge, lang)
    network.options.interaction.hover = True
    page = _REMOTE.sub("", network.generate_html(notebook=False))
    page = _EMPTY_HEADING.sub("", page)
    page = page.replace("<head>", f"<head>{_POLICY}{_head(lang)}", 1)
    before, _, after = page.rpartition("</body>")
    return f"{before}{_panel(graph, lang)}</body>{after}"


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
        label = " ".join(part for part in (row.kind, row.number or row.title or row.id) if part)
        _add_node(network, row.iri, label, _document_words(row, lang), kinds[row.iri], places[row.iri])
    for place in graph.units:
        _add_node(network, place.iri, _unit_label(place), _unit_words(place, lang), kinds[place.iri], places[place.iri])
    for iri, name in graph.bodies.items():
        _add_node(network, iri, name, name, "body", places[iri])


def _unit_kind(place: Place, is_source: bool) -> str:
    if place.unit and place.unit.kind == "target":
        return "target"
    return "clause" if is_source else "task"


def _add_node(network: Network, iri: str, label: str, words: str, kind: str, at: tuple[int, int]) -> None:
    style = NODES[kind]
    short = textwrap.shorten(label, LABEL_WIDTH * LABEL_LINES - 6, placeholder="…")
    network.add_node(
        iri,
        label="\n".join(textwrap.wrap(short, LABEL_WIDTH)) or iri,
        title=words,
        shape=style.shape,
        color={"background": style.fill, "border": "#4d4d4d"},
        font={"color": style.ink if style.shape == "box" else "#1b1b1b"},
        size=14,
        x=at[0],
        y=at[1],
        search=fold(f"{label} {words}"),
    )


def _add_edge(network: Network, edge: Edge, lang: str) -> None:
    style = EDGES[edge.grade or edge.relation]
    lines = [_label(style, lang)]
    for passage in edge.passages:
        for side, quote in (("lower", passage.lower), ("upper", passage.upper)):
            if quote:
                lines.append(f"{_texts()[side][lang]}: {_quoted(quote)}")
    if edge.relation == "derived" and not edge.passages:
        lines.append(_texts()["unproved"][lang])
    network.add_edge(
        edge.source, edge.target, title="\n".join(lines), color=style.colour, width=style.width, dashes=style.dashed
    )


def _quoted(quote: Quote) -> str:
    """The words with file and offsets, wrapped for a tooltip."""
    return "\n".join(textwrap.wrap(f"“{quote.text}” ({quote.file}, {quote.start}–{quote.end})", QUOTE_WIDTH))


def _document_words(row: DocumentRow, lang: str) -> str:
    facts = [row.kind, row.number, row.issuer, row.date, row.title, row.file]
    lines = textwrap.wrap(" · ".join(fact for fact in facts if fact), QUOTE_WIDTH)
    if not row.in_corpus:
        lines.append(_texts()["absent"][lang])
    if row.identity:
        lines += [
            _texts()["because"][lang],
            *(line for why in row.identity for line in textwrap.wrap(why, QUOTE_WIDTH)),
        ]
        lines += [_quoted(quote) for quote in row.identity_quotes]
    return "\n".join(lines)


def _unit_label(place: Place) -> str:
    if place.unit is None:
        return place.document.label
    words = _MARKS.sub("", place.unit.quote.text) if place.unit.quote else ""
    return f"{place.unit.path} · {words}"


def _unit_words(place: Place, lang: str) -> str:
    lines = [place.document.label]
    if place.unit and place.unit.quote:
        lines.append(_quoted(place.unit.quote))
    if place.unit and place.unit.lead:
        lines.append(f"{_label(EDGES['lead'], lang)}: {'; '.join(place.unit.lead)}")
    return "\n".join(lines)


def _head(lang: str) -> str:
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return f"<title>{html.escape(_texts()['title'][lang])}</title><style>{style}</style>"


def _panel(graph: Neighbourhood, lang: str) -> str:
    """Search, legend and the place where quotations are read; the script takes its texts from a JSON constant."""
    say = {key: html.escape(text[lang]) for key, text in _texts().items()}
    left_out = say["left_out"].format(count=graph.left_out) if graph.left_out else ""
    script = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
    texts = json.dumps({key: _texts()[key][lang] for key in ("none", "hint")}, ensure_ascii=False)
    return (
        f'<aside id="side"><h1>{say["title"]}</h1>'
        f'<input id="find" type="search" placeholder="{say["find"]}" aria-label="{say["find"]}">'
        f'<pre id="words" aria-live="polite">{say["hint"]}</pre>'
        f"<p>{left_out}</p><h2>{say['legend']}</h2>{legend(lang)}</aside>"
        f"<script>const TEXTS = {texts};\n{script}</script>"
    )


def legend(lang: str) -> str:
    """The legend as HTML, made from the style tables: what is drawn and what is explained cannot differ."""
    nodes = "".join(_legend_row("node", f"background:{style.fill}", style, lang) for style in NODES.values())
    edges = "".join(_legend_row("edge", _line(style), style, lang) for style in EDGES.values())
    return f'<ul class="legend">{nodes}</ul><ul class="legend">{edges}</ul>'


def _line(style: EdgeStyle) -> str:
    return f"border-top:{style.width}px {'dashed' if style.dashed else 'solid'} {style.colour}"


def _legend_row(kind: str, css: str, style: NodeStyle | EdgeStyle, lang: str) -> str:
    return f'<li><span class="{kind}" style="{css}"></span>{html.escape(_label(style, lang))}</li>'


def _label(style: NodeStyle | EdgeStyle, lang: str) -> str:
    return style.vi if lang == "vi" else style.en
