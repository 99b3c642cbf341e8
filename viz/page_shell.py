"""What every drawn page shares: it opens from ``file://`` with the network off, can be searched, and reads out proofs.

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
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pyvis.network import Network

from ontology.identifiers import fold
from queries.rows import DocumentRow, Place, Quote
from viz.style import BORDERS, EDGES, BorderStyle, EdgeStyle, NodeStyle

QUOTE_WIDTH = 90
Style = NodeStyle | EdgeStyle | BorderStyle
_REMOTE = re.compile(
    r"<script[^>]*\ssrc=[\"']https?:[^>]*>\s*</script>|<link[^>]*\shref=[\"']https?:[^>]*/?>", re.IGNORECASE
)
_MARKS = re.compile(r"[*#|]+|^\s*-\s")
_EMPTY_HEADING = re.compile(r"<center>\s*<h1></h1>\s*</center>")
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:\">"
)
_LABEL_WIDTH, _LABEL_LINES = 36, 2
_INK = "#1b1b1b"


@cache
def texts() -> dict[str, dict[str, str]]:
    """What pages say: key → language → text."""
    return tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))


def new_network() -> Network:
    """An empty drawing whose nodes stay where they are put."""
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    return network


def add_node(
    network: Network,
    iri: str,
    label: str,
    words: str,
    style: NodeStyle,
    at: tuple[int, int],
    *,
    border: BorderStyle = BORDERS["current"],
) -> None:
    """Draw a node at ``at`` (pixels); ``words`` are its tooltip, and what the search looks into beside the label."""
    short = textwrap.shorten(label, _LABEL_WIDTH * _LABEL_LINES - 6, placeholder="…")
    network.add_node(
        iri,
        label="\n".join(textwrap.wrap(short, _LABEL_WIDTH)) or iri,
        title=words,
        shape=style.shape,
        color={"background": style.fill, "border": border.colour},
        borderWidth=border.width,
        font={"color": style.ink if style.shape == "box" else _INK},
        size=14,
        x=at[0],
        y=at[1],
        search=fold(f"{label} {words}"),
    )


def add_edge(network: Network, source: str, target: str, words: str, style: EdgeStyle) -> None:
    """Draw an edge; ``words`` are its tooltip."""
    network.add_edge(source, target, title=words, color=style.colour, width=style.width, dashes=style.dashed)


def quoted(quote: Quote) -> str:
    """The words with file and offsets, wrapped for a tooltip."""
    return "\n".join(textwrap.wrap(f"“{quote.text}” ({quote.file}, {quote.start}–{quote.end})", QUOTE_WIDTH))


def document_label(row: DocumentRow) -> str:
    """Kind and number, else kind and title."""
    return " ".join(part for part in (row.kind, row.number or row.title or row.id) if part)


def document_words(row: DocumentRow, lang: str) -> str:
    """What is known of a document, and why it is believed to be this one."""
    facts = [row.kind, row.number, row.issuer, row.date, row.title, row.file]
    lines = textwrap.wrap(" · ".join(fact for fact in facts if fact), QUOTE_WIDTH)
    if not row.in_corpus:
        lines.append(texts()["absent"][lang])
    if row.identity:
        reasons = [line for why in row.identity for line in textwrap.wrap(why, QUOTE_WIDTH)]
        lines += [texts()["because"][lang], *reasons, *map(quoted, row.identity_quotes)]
    return "\n".join(lines)


def unit_label(place: Place) -> str:
    """Path and first words."""
    if place.unit is None:
        return place.document.label
    words = _MARKS.sub("", place.unit.quote.text) if place.unit.quote else ""
    return f"{place.unit.path} · {words}"


def unit_words(place: Place, lang: str) -> str:
    """The document, the words with file and offsets, who leads."""
    lines = [place.document.label]
    if place.unit and place.unit.quote:
        lines.append(quoted(place.unit.quote))
    if place.unit and place.unit.lead:
        lines.append(f"{style_label(EDGES['lead'], lang)}: {'; '.join(place.unit.lead)}")
    return "\n".join(lines)


def style_label(style: Style, lang: str) -> str:
    """What a style is called."""
    return style.vi if lang == "vi" else style.en


def legend_list(styles: Iterable[Style], lang: str) -> str:
    """Styles as an HTML list: what is drawn and what is explained come from one table and cannot differ."""
    rows = "".join(
        f'<li><span class="{"edge" if isinstance(style, EdgeStyle) else "node"}" style="{_css(style)}"></span>'
        f"{html.escape(style_label(style, lang))}</li>"
        for style in styles
    )
    return f'<ul class="legend">{rows}</ul>'


def page(network: Network, lang: str, title: str, legend: str, notes: Sequence[str] = (), script: str = "") -> str:
    """The whole page as one string of HTML that needs nothing else.

    ``title`` and ``notes`` are plain text; ``legend`` is HTML; ``script`` runs before the network is fitted.
    """
    network.options.interaction.hover = True
    text = _REMOTE.sub("", network.generate_html(notebook=False))
    text = _EMPTY_HEADING.sub("", text)
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    head = f"<title>{html.escape(title)}</title><style>{style}</style>"
    text = text.replace("<head>", f"<head>{_POLICY}{head}", 1)
    before, _, after = text.rpartition("</body>")
    return f"{before}{_panel(lang, title, legend, notes, script)}</body>{after}"


def _panel(lang: str, title: str, legend: str, notes: Sequence[str], more: str) -> str:
    """Search, legend and the place where quotations are read; the script takes its texts from a JSON constant."""
    say = {key: html.escape(text[lang]) for key, text in texts().items()}
    script = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
    said = json.dumps({key: texts()[key][lang] for key in ("none", "hint")}, ensure_ascii=False)
    told = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
    return (
        f'<aside id="side"><h1>{html.escape(title)}</h1>'
        f'<input id="find" type="search" placeholder="{say["find"]}" aria-label="{say["find"]}">'
        f'<pre id="words" aria-live="polite">{say["hint"]}</pre>'
        f"{told}<h2>{say['legend']}</h2>{legend}</aside>"
        f"<script>const TEXTS = {said};\n{more}{script}</script>"
    )


def _css(style: Style) -> str:
    if isinstance(style, NodeStyle):
        return f"background:{style.fill}"
    if isinstance(style, BorderStyle):
        return f"border:{style.width:g}px solid {style.colour}"
    return f"border-top:{style.width}px {'dashed' if style.dashed else 'solid'} {style.colour}"
