"""Exports: complete, readable by other programs, private parts left out, whole files, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from fictional import PROVINCE, letter, resolution
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import Dataset, Graph

import kg.export
from kg.export import FORMATS, ExportError, export, exported, write_atomically
from kg.store import EmbeddedStore, Store
from kg.terms import PL
from kg.triples import document_quads, links_graph, records_graph
from ontology.identifiers import graph_iri

E = "https://example.org/"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "kho") as opened:
        for loaded, name in ((letter(), "cv"), (resolution(), "nq")):
            file = loaded.record.file
            graph = NamedNode(graph_iri(file))
            opened.replace(
                {
                    graph.value: document_quads(loaded, E + name),
                    links_graph(file): [Triple(NamedNode(E + "cv"), PL.implementsPolicy, NamedNode(E + "nq"))],
                    records_graph(file): [Triple(graph, PL.record, Literal('{"source": "/home/thu-ky/mật"}'))],
                }
            )
        yield opened


def test_every_format_is_tried() -> None:
    assert set(READERS) == set(FORMATS) - {"graphml"}


READERS = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "trig": (RdfFormat.TRIG, "trig"),
    "nquads": (RdfFormat.N_QUADS, "nquads"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}


@pytest.mark.parametrize("format", sorted(READERS))
def test_what_is_read_back_is_what_was_there(store: Store, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"ra{FORMATS[format]}"
    count = export(store, path)
    data = path.read_bytes()
    back = {str(quad.triple) for quad in parse(data, format=READERS[format][0])}
    assert back == {str(quad.triple) for quad in exported(store)}
    with_graphs = {str(quad) for quad in exported(store)}
    assert count == (len(back) if format == "turtle" else len(with_graphs))
    if format != "turtle":
        assert {str(quad) for quad in parse(data, format=READERS[format][0])} == with_graphs


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own parsers use what rdflib has deprecated
@pytest.mark.parametrize("format", sorted(READERS))
def test_rdflib_reads_it_too(store: Store, tmp_path: Path, format: str) -> None:
    path = tmp_path / "ra"
    count = export(store, path, format)
    graph = Graph() if format == "turtle" else Dataset()
    graph.parse(data=path.read_text(encoding="utf-8"), format=READERS[format][1])
    assert sum(1 for _ in (graph.quads() if isinstance(graph, Dataset) else graph)) == count


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_records_and_places_of_files_stay_in_the_store(store: Store, tmp_path: Path, format: str) -> None:
    path = tmp_path / "ra"
    export(store, path, format)
    text = path.read_text(encoding="utf-8")
    assert "thu-ky" not in text
    assert "/graph/records/" not in text
    assert PROVINCE in text or format == "graphml"


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_the_same_store_gives_the_same_bytes(store: Store, tmp_path: Path, format: str) -> None:
    export(store, tmp_path / "một", format)
    graphs: dict[str, list[Triple]] = {}
    for quad in store.quads():
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    with EmbeddedStore(tmp_path / "kho khác") as other:
        for name in sorted(graphs, reverse=True):
            other.replace({name: reversed(graphs[name])})
        export(other, tmp_path / "hai", format)
    assert (tmp_path / "một").read_bytes() == (tmp_path / "hai").read_bytes()


def test_graphml_opens_and_keeps_vietnamese(store: Store, tmp_path: Path) -> None:
    graph = NamedNode(E + "g")
    hard = Literal("có \x01 & < \ufffe ký tự lạ")
    store.replace({graph.value: [Triple(NamedNode(E + "nq"), PL.kindName, hard)]})
    count = export(store, tmp_path / "ra.graphml")
    view = nx.read_graphml(tmp_path / "ra.graphml")
    assert count == len(view) + view.number_of_edges() > 10
    assert view.nodes[E + "nq"]["number"] == "14-NQ/TU"
    assert view.edges[E + "cv", E + "nq"]["relations"] == "implementsPolicy"
    assert "Sở Y tế" in {about.get("label") for _, about in view.nodes(data=True)}


def test_jsonld_is_json(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "ra.jsonld")
    assert isinstance(json.loads((tmp_path / "ra.jsonld").read_text(encoding="utf-8")), list)


@pytest.mark.parametrize(("name", "format"), [("ra.xlsx", None), ("ra", None), ("ra.ttl", "rdfxml")])
def test_an_unknown_format_is_refused_by_name(store: Store, tmp_path: Path, name: str, format: str | None) -> None:
    with pytest.raises(ExportError, match="turtle, trig, nquads, jsonld, graphml"):
        export(store, tmp_path / name, format)
    assert not (tmp_path / name).exists()


def test_an_empty_store_exports_an_empty_graph(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "kho") as empty:
        for format, suffix in FORMATS.items():
            assert export(empty, tmp_path / f"ra{suffix}", format) == 0
    assert len(nx.read_graphml(tmp_path / "ra.graphml")) == 0
    assert json.loads((tmp_path / "ra.jsonld").read_text(encoding="utf-8")) == []


def test_a_failed_write_leaves_the_old_file_and_no_draft(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    (folder / "a.ttl").write_text("cũ", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kg.export.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        export(store, folder / "a.ttl")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in folder.iterdir()] == [("a.ttl", "cũ")]


def test_written_files_are_as_readable_as_others(tmp_path: Path) -> None:
    (tmp_path / "thường").write_bytes(b"x")
    write_atomically(tmp_path / "xuất", b"x")
    assert (tmp_path / "xuất").stat().st_mode == (tmp_path / "thường").stat().st_mode


def test_a_missing_folder_is_an_error(store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        export(store, tmp_path / "không có" / "a.ttl")
