"""What is touched if this act, or this clause of it, changes? Everything downstream, by distance, with the words.

Distance 1 is what names the act itself. Documents hand on what they implement, base themselves on or guide; a mention,
a report or an amendment does not make the document's own readers depend on the act, so those stop at distance 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.links import GRADES
from queries import find
from queries.reader import Reader
from queries.rows import (
    AffectedBody,
    AffectedDocument,
    AffectedTask,
    Counts,
    DocumentRow,
    Impact,
    LineageRow,
    Place,
    count,
    ordered,
    strength,
)

CARRIES = ("implements", "legal-basis", "guides")
"""Relations whose documents pass the change on to those below them, strongest first."""
ORDER = (*CARRIES, "amends", "amended-by", "replaces", "repeals", "reports-on", "mentions", "task")
"""All relations by which a document can be touched; ``task``: only a task of it comes from the act."""


def impact(reader: Reader, act: DocumentRow, clauses: Iterable[Place] = ()) -> Impact:
    """What stands below ``act``; with ``clauses``, only what comes from these and from what stands under them.

    Raises :class:`kg.errors.StoreError`.
    """
    chosen = tuple(clauses)
    if chosen:
        units = find.below(reader, act.iri, [place.iri for place in chosen])
        tied = _Tasks(reader)
        tied.descend({}, units)
        return _answer(act, chosen, {}, tied.found, untied=_untied(reader, act, tied.found))
    documents = _documents_below(reader, act)
    acts = {0: [act.iri]}
    for row in documents.values():
        acts.setdefault(row.distance, []).append(row.document.iri)
    whole = _Tasks(reader)
    whole.descend(acts, [])
    for row in documents.values():
        if row.relation == "implements":
            whole.inherited(row)
    return _answer(act, (), documents, whole.found)


def tasks_below(reader: Reader, act: str, clauses: Iterable[str], *, itself: bool = False) -> list[AffectedTask]:
    """The tasks that come from units of the document ``act``, or (not ``itself``) from what stands under them too.

    Nearest first. Raises :class:`kg.errors.StoreError`.
    """
    tied = _Tasks(reader)
    tied.descend({}, list(clauses) if itself else find.below(reader, act, clauses))
    return sorted(tied.found.values(), key=_task_order)


def documents_of(act: DocumentRow, tasks: list[AffectedTask]) -> list[AffectedDocument]:
    """The documents that ``tasks`` stand in, each with their number and the words of the first."""
    return _with_tasks(act, {}, tasks)


def _documents_below(reader: Reader, act: DocumentRow) -> dict[str, AffectedDocument]:
    """Documents downstream by IRI: breadth first, so that each is reached by its shortest way."""
    found: dict[str, AffectedDocument] = {}
    frontier = [act]
    distance = 0
    while frontier:
        distance += 1
        carriers = []
        for via in frontier:
            for iri, relation in _strongest_relations(reader, via.iri).items():
                if iri == act.iri or iri in found or (distance > 1 and relation not in CARRIES):
                    continue
                words = reader.citing_words(iri, via.iri, relation)
                found[iri] = AffectedDocument(reader.document(iri), relation, distance, via, words, 0)
                if relation in CARRIES:
                    carriers.append(found[iri].document)
        frontier = carriers
    return found


def _strongest_relations(reader: Reader, act: str) -> dict[str, str]:
    rows = [row for row in reader.rows("documents_below", act=act) if not reader.is_later(row["document"])]
    rows.sort(key=lambda row: (ORDER.index(row["relation"]), row["document"]))
    relations: dict[str, str] = {}
    for row in rows:
        relations.setdefault(row["document"], row["relation"])
    return relations


class _Tasks:
    """Tasks downstream by IRI, each with its strongest link at its shortest distance."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.found: dict[str, AffectedTask] = {}

    def descend(self, acts: dict[int, list[str]], units: list[str]) -> None:
        """Add what comes from ``units``, and from the acts at each distance, level by level: shortest way first."""
        distance = 0
        while units or distance <= max(acts, default=-1):
            links = self.reader.links_to(units)
            for act in acts.get(distance, ()):
                links += self.reader.lineage("lineage_of_act", sourceDocument=act)
            distance += 1
            units = self._add(links, distance)

    def inherited(self, row: AffectedDocument) -> None:
        """The tasks of a document that implements the act as a whole, where nothing nearer is known of them."""
        given = [found["task"] for found in self.reader.rows("tasks_of_document", document=row.document.iri)]
        rest = [task for task in given if task not in self.found]
        self.reader.ready(rest)
        for task, links in self.reader.links_of(rest).items():
            place = self.reader.place(task)
            if place is None or any(link.source for link in links) or (task, row.via.iri) in self.reader.rejected:
                continue
            above = Place(row.via)
            self.found[place.iri] = AffectedTask(place, "inherited", None, row.distance, above)

    def _add(self, links: list[LineageRow], distance: int) -> list[str]:
        """Keep the new ones; returns their IRIs."""
        new = []
        fresh = [link for link in links if link.task not in self.found and not self.reader.is_later(link.task)]
        self.reader.ready_passages(fresh)
        for link in sorted(fresh, key=lambda link: (strength(link.grade), -(link.score or 0), link.iri)):
            place, above = self.reader.place(link.task), link.source or link.source_document
            if place is None or above is None or link.task in self.found:
                continue
            source, passages = self.reader.anywhere(above), self.reader.passages(link)
            found = (distance, source, passages, link.reason, link.status)
            self.found[link.task] = AffectedTask(place, link.grade, link.score, *found)
            new.append(link.task)
        return new


def _untied(reader: Reader, act: DocumentRow, tied: dict[str, AffectedTask]) -> int:
    """Tasks below the act as a whole that nothing ties to the chosen clauses, or to any."""
    return sum(task.place.iri not in tied and task.source.unit is None for task in impact(reader, act).tasks)


def _answer(
    act: DocumentRow,
    clauses: tuple[Place, ...],
    documents: dict[str, AffectedDocument],
    found: dict[str, AffectedTask],
    *,
    untied: int = 0,
) -> Impact:
    tasks = sorted(found.values(), key=_task_order)
    touched = _with_tasks(act, documents, tasks)
    bodies = bodies_of(tasks)
    counts = Counts(
        documents=len(touched),
        tasks=len(tasks),
        bodies=len(bodies),
        documents_by_distance=dict(sorted(count(str(row.distance) for row in touched).items())),
        documents_by_relation=ordered(count(row.relation for row in touched), ORDER),
        tasks_by_grade=ordered(count(task.grade for task in tasks), GRADES),
        tasks_by_distance=dict(sorted(count(str(task.distance) for task in tasks).items())),
    )
    return Impact(act, clauses, tuple(touched), tuple(tasks), tuple(bodies), counts, untied)


def _with_tasks(
    act: DocumentRow, documents: dict[str, AffectedDocument], tasks: list[AffectedTask]
) -> list[AffectedDocument]:
    """The documents with their number of affected tasks, those that are touched through a task alone included."""
    numbers = count(task.place.document.iri for task in tasks)
    rows = dict(documents)
    for task in tasks:
        iri = task.place.document.iri
        if iri not in rows and iri != act.iri:
            words = task.passages[0].lower if task.passages else None
            rows[iri] = AffectedDocument(task.place.document, "task", task.distance, task.source.document, words, 0)
    counted = [
        AffectedDocument(row.document, row.relation, row.distance, row.via, row.words, numbers.get(iri, 0))
        for iri, row in rows.items()
    ]
    return sorted(counted, key=lambda row: (row.distance, ORDER.index(row.relation), row.document.id))


def bodies_of(tasks: list[AffectedTask]) -> list[AffectedBody]:
    """Who leads and who coordinates the tasks: most tasks led first."""
    leads: dict[str, list[AffectedTask]] = defaultdict(list)
    helps: dict[str, list[AffectedTask]] = defaultdict(list)
    for task in tasks:
        unit = task.place.unit
        for name in unit.lead if unit else ():
            leads[name].append(task)
        for name in unit.coordinate if unit else ():
            helps[name].append(task)
    rows = []
    for name in dict.fromkeys([*leads, *helps]):
        touched = [*leads[name], *helps[name]]
        best = min((task.grade for task in touched), key=strength)
        nearest = min(task.distance for task in touched)
        rows.append(AffectedBody(name, len(leads[name]), len(helps[name]), nearest, best))
    return sorted(rows, key=lambda row: (-row.lead, -row.coordinate, row.name))


def _task_order(task: AffectedTask) -> tuple[int, int, str, int]:
    unit = task.place.unit
    return task.distance, strength(task.grade), task.place.document.id, unit.order if unit else 0
