"""The graph as files that other programs read: Turtle, TriG, N-Quads, JSON-LD and GraphML.

Only what is said about documents leaves the store: the graphs that keep records (whole texts, places of files) stay.
A file appears whole or not at all (written beside its place, then renamed), in UTF-8, in a stable order: the same store
gives the same bytes.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.store import Store
from kg.triples import records_graph
from ontology import namespaces
from ontology.identifiers import BASE, graph_iri

FORMATS = {
    "turtle": ".ttl",
    "trig": ".trig",
    "nquads": ".nq",
    "jsonld": ".jsonld",
    "graphml": ".graphml",
}
"""Names of formats and the suffix that means them. Turtle and GraphML leave out which graph says what."""
_RDF = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
_RECORDS = records_graph("x").removesuffix(graph_iri("x").rpartition("/")[2])
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2 Char


class ExportError(ValueError):
    """A format that is not written: ``format`` as asked for; the message names those that are."""

    def __init__(self, asked: str) -> None:
        """Say which formats there are instead of ``asked``."""
        self.format = asked
        super().__init__(f"không xuất được định dạng “{asked}”; có: {', '.join(FORMATS)}")


def export(store: Store, path: Path, format: str | None = None) -> int:
    """Write the store to ``path`` in ``format`` (by the suffix where it is not named).

    Gives the number of triples or quads written, of nodes and edges for GraphML. Raises :class:`ExportError` and
    :class:`OSError`; ``path`` is then as it was.
    """
    name = format or next((name for name, suffix in FORMATS.items() if suffix == path.suffix.lower()), path.suffix)
    if name not in FORMATS:
        raise ExportError(name)
    content, count = _graphml(store) if name == "graphml" else _rdf(store, name)
    write_atomically(path, content)
    return count


def exported(store: Store) -> Iterator[Quad]:
    """The quads that exports contain: all but those of the record graphs."""
    for quad in store.quads():
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and not graph.value.startswith(_RECORDS):
            yield quad


def write_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step; a reader sees the old file or the whole new one."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(draft).chmod(0o666 & ~umask)  # mkstemp makes files that only their owner reads
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _rdf(store: Store, name: str) -> tuple[bytes, int]:
    prefixes = {
        "pl": str(namespaces.PL),
        "eli": str(namespaces.ELI),
        "org": str(namespaces.ORG),
        "prov": str(namespaces.PROV),
        "oa": str(namespaces.OA),
        "rdfs": str(namespaces.RDFS),
        "xsd": str(namespaces.XSD),
        "plr": BASE,
    }
    found: list[Quad] | list[Triple]
    if name == "turtle":
        found = sorted({quad.triple for quad in exported(store)}, key=str)
    else:
        found = sorted(exported(store), key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    # pyoxigraph's JSON-LD and N-Quads have no prefixes and refuse none
    return serialize(found, format=_RDF[name], prefixes=prefixes) or b"", len(found)


def _graphml(store: Store) -> tuple[bytes, int]:
    import networkx as nx  # here: RDF exports, and pages that are only written atomically, start without it

    from kg.network import network

    view = network(store)
    plain = nx.DiGraph()
    for node, about in sorted(view.nodes(data=True)):
        plain.add_node(node, **{key: _xml(value) for key, value in sorted(about.items())})
    for source, target, relations in sorted(view.edges(data="relations")):
        plain.add_edge(source, target, relations=" ".join(relations))
    out = BytesIO()
    nx.write_graphml_xml(plain, out, encoding="utf-8", prettyprint=True)  # the standard library's writer: always there
    return out.getvalue(), len(plain) + plain.number_of_edges()


def _xml(value: object) -> object:
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
