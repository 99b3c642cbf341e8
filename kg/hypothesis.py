"""A draft beside the store: what its citations mean there, and which units it acts on. Nothing is written.

Reads the records of the store and one more; concludes as a build would (aliases, identities, references), without
aligning tasks. A file of the store with the draft's own content makes way for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from kg.aliases import Aliases, stored_aliases
from kg.build import stored_records
from kg.eventtriples import find_unit
from kg.linking import document_names
from kg.resolve import infer_identities, resolve
from kg.sources import content_hash
from kg.store import Store
from loaders.provisions import path_key, provisions
from loaders.records import Citation, EventKind, Loaded, Relation, Span, Unit

_AS_EVENTS: dict[Relation, EventKind] = {"amends": "amend", "replaces": "replace", "repeals": "repeal"}


class Act(NamedTuple):
    """One thing that the draft does: to the document ``iri``, or (``provision``) to a part of it.

    ``unit`` is the id of that part where the store has the text and the part can be told; ``[start, end)`` are the
    words of the draft, ``new_text`` the wording that it gives. ``read`` tells whether the words were read as a change
    (``event``) or only as a reference (``citation``).
    """

    iri: str
    kind: EventKind
    provision: str | None
    partial: bool
    unit: str | None
    start: int
    end: int
    new_text: Span | None
    in_force: str | None
    read: str


class Pointer(NamedTuple):
    """A unit of a document of the store that names a part of an act, in the words ``[start, end)`` of ``file``."""

    file: str
    unit: str
    provision: str
    start: int
    end: int


class Draft:
    """A draft read beside the store."""

    def __init__(self, store: Store, draft: Loaded) -> None:
        """Resolve the citations of ``draft`` among the documents of ``store``. Raises :class:`StoreError`."""
        content = content_hash(draft.raw)
        entries = [entry.loaded() for entry in stored_records(store) if content_hash(entry.raw) != content]
        taken = {entry.record.file for entry in entries}
        name = draft.record.file
        while name in taken:
            name = f"~{name}"
        own = Loaded(msgspec.structs.replace(draft.record, file=name), draft.raw)
        aliases = Aliases(stored_aliases(store))
        known = infer_identities([aliases.put(item) for item in [*entries, own]])
        self.loaded = {item.record.file: item for item in known}
        self.iris, _ = document_names(item.record for item in known)
        self.own = name
        self._acts: dict[str, dict[int, str]] = {}
        for found in resolve(known):
            if found.act is not None:
                iri = self.iris.get(found.act.file or "", found.act.iri)
                self._acts.setdefault(found.file, {})[found.citation] = iri

    @property
    def draft(self) -> Loaded:
        """The draft's record."""
        return self.loaded[self.own]

    def acts(self) -> Iterator[Act]:
        """What the draft does to other acts, in its order; a mere reference counts where no event names its act."""
        record = self.draft.record
        means = self._acts.get(self.own, {})
        told: set[str] = set()
        for event in record.events:
            iri = means.get(event.act) if event.act is not None else None
            if event.aside or event.kind == "commence" or iri is None:
                continue
            told.add(iri)
            unit = self._unit(iri, event.provision)
            part = (event.provision, event.partial, unit, event.start, event.end, event.new_text, event.in_force)
            yield Act(iri, event.kind, *part, "event")
        for index, citation in enumerate(record.citations):
            iri, kind = means.get(index), _AS_EVENTS.get(citation.relation)
            if iri is None or kind is None or iri in told:
                continue
            unit = self._unit(iri, citation.provision)
            words = (citation.start, citation.end, None, None)
            yield Act(iri, kind, citation.provision, citation.provision is not None, unit, *words, "citation")

    def names(self) -> set[str]:
        """The IRIs of all acts that the draft names."""
        return set(self._acts.get(self.own, {}).values())

    def pointers(self, iri: str, provision: str) -> Iterator[Pointer]:
        """Units of the store that name the part ``provision`` of the act ``iri``, or what is in it or around it."""
        wanted = [path_key(chain) for chain in provisions(provision)]
        for file, means in self._acts.items():
            if file == self.own or self.iris[file] == iri:
                continue
            record = self.loaded[file].record
            for index, citation in enumerate(record.citations):
                if means.get(index) == iri and citation.provision and _overlap(citation, wanted):
                    yield from (
                        Pointer(file, unit.id, citation.provision, citation.start, citation.end)
                        for unit in record.units
                        if index in unit.cites
                    )

    def unit(self, iri: str, unit: str) -> tuple[Loaded, Unit] | None:
        """The unit of a document of the store, with its document."""
        held = next((self.loaded[file] for file, name in self.iris.items() if name == iri and file != self.own), None)
        found = next((one for one in held.record.units if one.id == unit), None) if held else None
        return (held, found) if held and found else None

    def _unit(self, iri: str, provision: str | None) -> str | None:
        held = next((self.loaded[file] for file, name in self.iris.items() if name == iri and file != self.own), None)
        found = find_unit(held.record.units, provision) if held and provision else None
        return found.id if found else None


def _overlap(citation: Citation, wanted: list[tuple[str, ...]]) -> bool:
    """Whether one of two provisions is the other, or a part of it."""
    named = [path_key(chain) for chain in provisions(citation.provision or "")]
    return any(
        one[: min(len(one), len(other))] == other[: min(len(one), len(other))] for one in named for other in wanted
    )
