"""What linking concludes of all documents of a store, decisions of people and earlier builds taken into account.

Reads records, aliases and decisions; gives links, and what is to be kept of them. Nothing is written here. The order:
aliases are put into the citations, identities inferred, references resolved, tasks aligned with clauses
(:mod:`kg.resolve`, :mod:`kg.align`: the machine); then the word of people over it (:mod:`kg.rulings`), and what has
changed since links were made (:mod:`kg.wave`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from pyoxigraph import Triple

from kg.acts import document_facts
from kg.acts import iri as name
from kg.aliases import Aliases, stored_aliases
from kg.align import align
from kg.decisions import stored_decisions
from kg.figures import figure_links
from kg.figuretriples import Concluded, concluded
from kg.links import Link, Resolution
from kg.linktriples import Corpus
from kg.marks import Units
from kg.recurrence import recurrences
from kg.resolve import infer_identities, resolve
from kg.rulings import decide, needs_a_person, rulings, standings
from kg.sources import Stored
from kg.store import Store
from kg.wave import Made, wave
from loaders.records import Loaded, Record
from ontology.identifiers import graph_iri


class Pair(NamedTuple):
    """Two files that are one: ``file`` was left out or set apart because of ``other``."""

    file: str
    other: str


class Linked(NamedTuple):
    """What linking concluded. ``open`` counts the links and decisions that a person should look at again."""

    known: list[Loaded]
    pairs: tuple[Pair, ...]
    corpus: Corpus
    resolutions: list[Resolution]
    links: list[Link]
    made: dict[str, tuple[Made, ...]]
    """What later builds are to remember of the links, by file of the task."""
    standings: list[Triple]
    open: int
    figures: Concluded


def link(store: Store, entries: Sequence[Stored]) -> Linked:
    """Conclude who is who and what comes from what; ``entries`` are sorted by file. Raises :class:`StoreError`."""
    aliases = Aliases(stored_aliases(store))
    cited = infer_identities([aliases.put(entry.loaded()) for entry in entries])
    known = [_as_printed(item, entry) for item, entry in zip(cited, entries, strict=True)]
    by_file = {item.record.file: item for item in known}
    resolutions = [aliases.tell(by_file[found.file], found) for found in resolve(cited)]
    iris, pairs = document_names(item.record for item in known)
    corpus = Corpus(by_file, iris)
    units = Units(by_file, iris)
    ruled = rulings(stored_decisions(store), units)
    decided = decide(align(cited, resolutions), ruled, corpus, resolutions)
    links, made = wave(decided, [made for entry in entries for made in entry.made], ruled, corpus, units)
    waiting = sum(link.status != "current" and link.grade != "confirmed" for link in links)
    return Linked(
        known=known,
        pairs=pairs,
        corpus=corpus,
        resolutions=resolutions,
        links=links,
        made=made,
        standings=list(standings(ruled)),
        open=waiting + sum(map(needs_a_person, ruled.values())),
        figures=concluded(figure_links(known, resolutions), recurrences(known, resolutions, links)),
    )


def _as_printed(item: Loaded, entry: Stored) -> Loaded:
    """The document as it was identified, with its citations as they are printed."""
    return Loaded(msgspec.structs.replace(item.record, citations=entry.record.citations), item.raw)


def document_names(records: Iterable[Record]) -> tuple[dict[str, str], tuple[Pair, ...]]:
    """The IRI of each file's document.

    Two files that claim one identity are two documents: the first by name has the plain IRI, the others theirs with the
    file's name added, and the pairs are told.
    """
    names: dict[str, str] = {}
    first: dict[str, str] = {}
    pairs = []
    for record in sorted(records, key=lambda record: record.file):
        iri = name(document_facts(record), record.file)
        other = first.setdefault(iri, record.file)
        if other != record.file:
            pairs.append(Pair(record.file, other))
            iri = f"{iri}~{graph_iri(record.file).rpartition('/')[2]}"
        names[record.file] = iri
    return names, tuple(pairs)
