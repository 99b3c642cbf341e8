"""Files become a graph: read, conclude who is who and what comes from what, write each document in one atomic step.

Reads files and the records already in the store; writes, per file, three graphs in one update: what the document says,
what linking concluded about it, and its record with the text. Afterwards holds: the store alone is enough to link again
and to quote; a build that is killed leaves every document as it was or as it becomes; the same files again change
nothing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from kg.aliases import Alias, keep_aliases, stored_aliases
from kg.bodychanges import BODY_CHANGES, bodies_named, change_triples
from kg.eventtriples import event_triples
from kg.figuretriples import figure_triples
from kg.linking import Linked, Pair, document_names, link
from kg.links import Link
from kg.linktriples import link_triples
from kg.rulings import STANDINGS
from kg.scheme import KINDS, scheme_triples
from kg.sources import Found, Shelf, Stored, find_files
from kg.store import Store
from kg.terms import PL
from kg.triples import document_quads, links_graph, records_graph
from loaders.read import load
from loaders.records import Loaded
from loaders.text import LoadError
from ontology.identifiers import graph_iri

__all__ = ["BuildReport", "Pair", "build", "document_names", "stored_record", "stored_records"]

Progress = Callable[[str, int, int], None]
"""Called with the step ("read", "link", "write"), how many are done, and of how many."""


class BuildReport(NamedTuple):
    """What a build did, by file name as the store knows it."""

    loaded: tuple[str, ...]
    """New files, and files whose record is not what it was."""
    skipped: tuple[LoadError, ...]
    unchanged: tuple[str, ...]
    duplicates: tuple[Pair, ...]
    """Files with the very content of another: not stored a second time."""
    removed: tuple[str, ...]
    """Documents taken out because their file is gone from a folder that was given, or now repeats another."""
    same_act: tuple[Pair, ...]
    """Files that claim to be one act with different texts: both are kept, the second under a name of its own."""
    documents: int
    """Documents in the store afterwards."""
    links: int
    """Task-to-source links in the store afterwards."""
    written: int
    """Documents whose graphs were written."""
    open: int = 0
    """Links and decisions that a person should look at again: not ``current``."""


def build(
    store: Store,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    read: Callable[[Path], Loaded] = load,
    aliases: Sequence[Alias] | None = None,
) -> BuildReport:
    """Bring the documents under ``paths`` (files, and folders with all below them) into the store.

    A file that cannot be read is reported in ``skipped`` and the rest goes on; a version of it that the store already
    has stays. Without paths the documents of the store are linked again, as after a decision. ``aliases`` take the
    place of those that the store keeps (``None``: those hold). Raises :class:`~kg.errors.StoreError`.
    """
    if aliases is not None and tuple(aliases) != stored_aliases(store):
        keep_aliases(store, aliases)
    tell = progress or (lambda step, done, total: None)
    shelf = Shelf(stored_records(store))
    found, wrong = find_files(paths)
    shelf.take_missing(paths, found)
    taken = _take(shelf, found, read, tell)
    removed = sorted(set(shelf.before) - set(shelf.entries))
    tell("link", 0, 1)
    linked = link(store, [entry for _, entry in sorted(shelf.entries.items())])
    tell("link", 1, 1)
    written = _write(store, linked, shelf, removed, tell)
    return BuildReport(
        loaded=tuple(taken.loaded),
        skipped=(*wrong, *taken.skipped),
        unchanged=tuple(taken.unchanged),
        duplicates=tuple(taken.duplicates),
        removed=tuple(removed),
        same_act=linked.pairs,
        documents=len(shelf.entries),
        links=len(linked.links),
        written=written,
        open=linked.open,
    )


def stored_records(store: Store) -> list[Stored]:
    """The records that the store keeps, by file name; enough to link, quote and rebuild without the files."""
    texts = (quad.object for quad in store.quads(p=PL.record))
    found = [msgspec.json.decode(text.value, type=Stored) for text in texts if isinstance(text, Literal)]
    return sorted(found, key=lambda stored: stored.record.file)


def stored_record(store: Store, file: str) -> Loaded | None:
    """The record of one file with its text, ``None`` where the store has no such file."""
    texts = (quad.object for quad in store.quads(p=PL.record, graph=records_graph(file)))
    text = next((text for text in texts if isinstance(text, Literal)), None)
    return msgspec.json.decode(text.value, type=Stored).loaded() if text else None


class _Taken(NamedTuple):
    """What became of the files that were found."""

    loaded: list[str]
    skipped: list[LoadError]
    unchanged: list[str]
    duplicates: list[Pair]


def _take(shelf: Shelf, found: Sequence[Found], read: Callable[[Path], Loaded], tell: Progress) -> _Taken:
    """Read each file and put its record on the shelf."""
    taken = _Taken([], [], [], [])
    for done, file in enumerate(found):
        tell("read", done, len(found))
        try:
            placed = shelf.put(file.path, _read(file, read))
        except LoadError as error:
            taken.skipped.append(error)
            continue
        if placed.same_as:
            taken.duplicates.append(Pair(str(file.shown), placed.same_as))
        else:
            (taken.loaded if placed.is_changed else taken.unchanged).append(placed.key)
    tell("read", len(found), len(found))
    return taken


def _read(file: Found, read: Callable[[Path], Loaded]) -> Loaded:
    try:
        return read(file.path)
    except LoadError:
        raise
    except Exception as error:  # one unforeseen document must not cost the clerk the other hundred
        raise LoadError(str(file.shown), "", f"lỗi khi đọc: {type(error).__name__}: {error}") from error


def _write(store: Store, linked: Linked, shelf: Shelf, removed: Sequence[str], tell: Progress) -> int:
    """Write what differs from what stands in the store; give the number of documents written."""
    gone = [graph for file in removed for graph in (graph_iri(file), links_graph(file), records_graph(file))]
    links: dict[str, list[Link]] = defaultdict(list)
    for found in linked.links:
        links[found.task.file or ""].append(found)
    written = 0
    for done, item in enumerate(linked.known):
        tell("write", done, len(linked.known))
        file = item.record.file
        says = list(document_quads(item, linked.corpus.iris[file]))
        concluded = [
            *link_triples(file, linked.corpus, linked.resolutions, links[file]),
            *event_triples(file, linked.corpus, linked.resolutions),
            *figure_triples(file, linked.corpus, linked.figures),
        ]
        made = linked.made.get(file, ())
        entry = msgspec.structs.replace(shelf.entries[file], written=_digest(says, concluded), made=made)
        if entry != shelf.before.get(file):
            kept = Triple(NamedNode(graph_iri(file)), PL.record, Literal(msgspec.json.encode(entry).decode("utf-8")))
            store.replace({graph_iri(file): says, links_graph(file): concluded, records_graph(file): [kept]}, drop=gone)
            gone, written = [], written + 1
    events = tuple(change_triples(bodies_named(item.record for item in linked.known)))
    whole = {STANDINGS: linked.standings, BODY_CHANGES: events, KINDS: tuple(scheme_triples()) if linked.known else ()}
    changed = {graph: says for graph, says in whole.items() if _differs(store, graph, says)}
    if gone or changed:
        store.replace(changed, drop=gone)
    tell("write", len(linked.known), len(linked.known))
    return written


def _differs(store: Store, graph: str, triples: Sequence[Triple]) -> bool:
    """Whether ``graph`` says something else than ``triples``."""
    return {str(quad.triple) for quad in store.quads(graph=graph)} != {str(triple) for triple in triples}


def _digest(*graphs: Iterable[Triple]) -> str:
    """What the graphs say, whatever the order, in 32 hex digits: equal digests need no writing."""
    total = hashlib.sha256()
    for triples in graphs:
        for line in sorted({str(triple) for triple in triples}):
            total.update(line.encode("utf-8"))
            total.update(b"\n")
        total.update(b"\x00")
    return total.hexdigest()[:32]
