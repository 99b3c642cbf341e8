"""How fast records become quads on disk, and how fast one task is traced from them.

    python benchmarks/store_load.py [documents]

Each document is one graph of the letter's shape (80 tasks), written by one atomic update, as `lineage build` writes it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import msgspec
from pyoxigraph import NamedNode, Triple

from kg.store import EmbeddedStore
from kg.terms import PL
from kg.triples import document_quads, links_graph
from loaders.records import Document, Loaded, Record, Unit
from ontology.identifiers import document_iri, graph_iri

TASKS = 80
QUERY = f"SELECT ?act ?task WHERE {{ ?act (^<{PL.implementsPolicy.value}>)+/^<{PL.partOf.value}> ?task }}"


def document(number: int) -> Loaded:
    """A letter of 80 tasks with a body each."""
    lines = [
        f"{n}. Sở Y tế rà soát, bổ sung vùng trồng dược liệu số {number}-{n} của huyện Sơn Thạch" for n in range(TASKS)
    ]
    raw, units, at = "\n".join(lines), [], 0
    for order, line in enumerate(lines, start=1):
        units.append(Unit(f"u{order:03d}", str(order), "task", at, at + len(line), lead=("Sở Y tế",)))
        at += len(line) + 1
    about = Document("Công văn", "Ủy ban nhân dân tỉnh", f"{number}/UBND-KT", "2026-04-10", province="Trường Lĩnh")
    return Loaded(Record(f"{number:06d}.txt", about, units=tuple(units)), raw)


def main(count: int) -> None:
    """Load ``count`` documents into a fresh store, then ask fifty times what hangs on a document."""
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder) / "kho") as store:
        quads, generating, began = 0, 0.0, time.perf_counter()
        names: list[NamedNode] = []
        for number in range(count):
            start = time.perf_counter()
            loaded = document(number)
            iri = document_iri(**_named(loaded.record))
            triples = list(document_quads(loaded, iri))
            tied = [Triple(NamedNode(iri), PL.implementsPolicy, names[number // 3])] if names else []
            generating += time.perf_counter() - start
            file = loaded.record.file
            store.replace({graph_iri(file): triples, links_graph(file): tied})
            names.append(NamedNode(iri))
            quads += len(triples) + len(tied)
        took = time.perf_counter() - began
        print(f"{count} documents, {quads} quads in {took:.1f} s: {quads / took:,.0f} quads/s")
        print(f"of that the store {took - generating:.1f} s: {quads / (took - generating):,.0f} quads/s")
        times = []
        for act in names[count // 3 : count // 3 + 50]:
            start = time.perf_counter()
            list(store.select(QUERY, {"act": act}))
            times.append(time.perf_counter() - start)
        print(f"impact of one document: median {sorted(times)[len(times) // 2] * 1000:.2f} ms")


def _named(record: Record) -> dict[str, str | None]:
    about = msgspec.structs.asdict(record.document)
    return {
        "kind": about["type"],
        **{key: about[key] for key in ("province", "issuer", "date", "number")},
        "file": record.file,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
