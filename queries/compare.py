"""Two versions of a text, neither stored; and where the old one is a document of the store: who took what changed."""

from __future__ import annotations

import msgspec
from pyoxigraph import Literal, NamedNode

from kg.acts import document_facts
from kg.acts import iri as name
from kg.build import stored_record
from kg.compare import HOWS, ClauseChange, Side, compare
from kg.evidence import fingerprint
from kg.marks import Mark, Units
from kg.terms import PL
from kg.worddiff import WEIGHTS
from loaders.records import Loaded
from queries.impact import bodies_of, documents_of, tasks_below
from queries.reader import Reader
from queries.rows import AffectedBody, AffectedDocument, DocumentRow, count, ordered
from queries.worklist import Because, WorkItem, items


class Compared(msgspec.Struct, frozen=True):
    """What became of ``old`` in ``new`` (files), and the work that follows.

    ``act`` is the document of the store that ``old`` is, ``known_by`` its ``content`` or its ``identity``; both are
    ``None`` where it is none. ``work`` lists the tasks that took words from a clause changed in substance or removed
    (distance 1), and those further down; ``takers`` counts per change the tasks of distance 1, of slips and moves too.
    A clause of ``act`` that cannot be told any more is in ``lost``.
    """

    old: str
    new: str
    act: DocumentRow | None
    known_by: str | None
    changes: tuple[ClauseChange, ...]
    unchanged: int
    header: dict[str, tuple[str | None, str | None]]
    by_how: dict[str, int]
    by_weight: dict[str, int]
    work: tuple[WorkItem, ...] = ()
    takers: tuple[int, ...] = ()
    documents: tuple[AffectedDocument, ...] = ()
    bodies: tuple[AffectedBody, ...] = ()
    lost: tuple[Side, ...] = ()


def compared(reader: Reader | None, old: Loaded, new: Loaded) -> Compared:
    """Compare two texts; ``reader`` reads the store to look the old one up in. Raises :class:`StoreError`."""
    found = compare(old, new)
    answer = Compared(
        old=old.record.file,
        new=new.record.file,
        act=None,
        known_by=None,
        changes=found.changes,
        unchanged=found.unchanged,
        header=found.header,
        by_how=ordered(count(change.how for change in found.changes), HOWS),
        by_weight=ordered(count(change.weight for change in found.changes), reversed(WEIGHTS)),
        takers=(0,) * len(found.changes),
    )
    iri, known_by = _in_store(reader, old) if reader else (None, None)
    return _with_work(reader, old, answer, iri, known_by) if reader and iri else answer


def _in_store(reader: Reader, old: Loaded) -> tuple[str | None, str | None]:
    """The document of the store with this content, else of this identity."""
    digest = Literal(old.record.sha256)
    quads = reader.store.quads(p=PL.sha256, o=digest)
    same = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
    if same:
        return same[0], "content"
    iri = name(document_facts(old.record), old.record.file) if old.record.document.number else None
    held = iri and any(reader.store.quads(NamedNode(iri), PL.inFile))
    return (iri, "identity") if held else (None, None)


def _with_work(reader: Reader, old: Loaded, answer: Compared, iri: str, known_by: str | None) -> Compared:
    act = reader.document(iri)
    stored = stored_record(reader.store, act.file or "")
    if stored is None:
        return answer
    units = Units({stored.record.file: stored}, {stored.record.file: iri})
    work: list[WorkItem] = []
    takers: list[int] = []
    lost: list[Side] = []
    for change in answer.changes:
        unit = _stored_unit(units, old, change, iri, stored.record.file)
        if change.old and unit is None:
            lost.append(change.old)
        found = _work(reader, iri, change, unit) if unit else []
        takers.append(sum(item.task.distance == 1 for item in found))
        if change.how == "removed" or (change.how == "changed" and change.weight == "substantive"):
            work += found
    tasks = list({item.task.place.iri: item.task for item in reversed(work)}.values())
    return msgspec.structs.replace(
        answer,
        act=act,
        known_by=known_by,
        work=tuple(work),
        takers=tuple(takers),
        documents=tuple(documents_of(act, tasks)),
        bodies=tuple(bodies_of(tasks)),
        lost=tuple(lost),
    )


def _stored_unit(units: Units, old: Loaded, change: ClauseChange, iri: str, file: str) -> str | None:
    """The unit of the store that a clause of the old text is."""
    side = change.old
    if side is None:
        return None
    digest = old.record.sha256
    return units.find(Mark(iri, file, side.unit, side.path, side.text, fingerprint(side.text), digest)).iri


def _work(reader: Reader, act: str, change: ClauseChange, unit: str) -> list[WorkItem]:
    """The tasks that come from this very unit; what stands under it has a row of its own if it changed."""
    because = Because(
        change.how, reader.place(unit), change.old.path if change.old else None, None, change.parts, change.facts
    )
    tasks = tasks_below(reader, act, [unit], itself=True)
    return items(tasks, because, change.new.text if change.new else "")
