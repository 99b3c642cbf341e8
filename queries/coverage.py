"""Which clauses of an act are taken up, by which tasks and bodies, and which by none? Which tasks have no clause?

Words of OpenFastTrace: a clause is ``covered`` or ``uncovered``. Clauses to cover are tasks and targets; headings never
are, statements only where something comes from them. A clause over other clauses is covered through these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from queries.gaps import Gap, gaps
from queries.reader import Reader
from queries.rows import DocumentRow, Place, count, strength
from queries.run import Row

COVERED, UNCOVERED = "covered", "uncovered"
TO_COVER = ("task", "target")
"""Kinds of units that somebody must take up."""


class Uptake(msgspec.Struct, frozen=True):
    """A task (or clause) that takes a clause up, ``distance`` steps below; ``grade`` is the weakest on the way."""

    place: Place
    grade: str
    score: float | None
    distance: int
    status: str = "current"


class Clause(msgspec.Struct, frozen=True):
    """A clause of the act. ``bodies`` lead or coordinate what takes it up; ``through`` counts covered ones below it."""

    place: Place
    status: str
    uptakes: tuple[Uptake, ...] = ()
    bodies: tuple[str, ...] = ()
    through: int = 0


class Share(msgspec.Struct, frozen=True):
    """One field of the matrix: how many tasks from ``clause`` the body leads and coordinates.

    ``body`` is ``None`` for tasks that name nobody to lead; ``clause`` is the unit's short name, ``path`` its place.
    """

    body: str | None
    clause: str
    path: str
    lead: int
    coordinate: int


class Taker(msgspec.Struct, frozen=True):
    """A document below the act: ``relation`` is ``implements``, or ``task`` where only tasks of it come from the act.

    Of its ``tasks``, ``here`` come from clauses of the act, ``elsewhere`` from clauses of other acts only.
    """

    document: DocumentRow
    relation: str
    distance: int
    tasks: int
    here: int
    elsewhere: int
    without: int


class Summary(msgspec.Struct, frozen=True):
    """The counts; ``kinds`` gives covered and uncovered clauses by kind. ``suspect``: covered by suspect links only."""

    clauses: int
    covered: int
    uncovered: int
    suspect: int
    kinds: dict[str, dict[str, int]]
    documents: int
    tasks: int
    here: int
    elsewhere: int
    without: int
    bodies: int


class Coverage(msgspec.Struct, frozen=True):
    """The answer. ``clauses`` in document order, empty where the text of the act is not in the corpus."""

    act: DocumentRow
    summary: Summary
    clauses: tuple[Clause, ...]
    documents: tuple[Taker, ...]
    without_source: tuple[Gap, ...]
    matrix: tuple[Share, ...]


def coverage(reader: Reader, act: DocumentRow) -> Coverage:
    """The coverage of ``act``, on the reader's day where it has one. Raises :class:`kg.errors.StoreError`."""
    uptakes = _uptakes(reader, act)
    clauses = _clauses(reader, act, uptakes)
    takers, without = [], []
    for document, (relation, distance) in _documents(reader, act, uptakes).items():
        tasks = [row["task"] for row in reader.rows("tasks_of_document", document=document)]
        missing = gaps(reader, reader.document(document), tasks)
        here = {up.place.iri for found in uptakes.values() for up in found} & set(tasks)
        elsewhere = len(tasks) - len(missing) - len(here)
        takers.append(
            Taker(reader.document(document), relation, distance, len(tasks), len(here), elsewhere, len(missing))
        )
        without += missing if relation == "implements" else []
    takers.sort(key=lambda row: (row.distance, row.document.file or row.document.id))
    without.sort(key=_gap_order)
    matrix = tuple(_matrix(clauses))
    return Coverage(act, _summary(clauses, takers, matrix), tuple(clauses), tuple(takers), tuple(without), matrix)


def _uptakes(reader: Reader, act: DocumentRow) -> dict[str, list[Uptake]]:
    """What takes up each unit of the act: strongest first at its shortest distance."""
    links = [link for link in reader.lineage("lineage_of_act", sourceDocument=act.iri) if link.source]
    above: dict[str, dict[str, Uptake | None]] = {link.source: {link.source: None} for link in links if link.source}
    found: dict[str, dict[str, Uptake]] = defaultdict(dict)
    distance = 1
    while links:
        below: dict[str, dict[str, Uptake | None]] = defaultdict(dict)
        reader.ready(link.task for link in links)
        for link in links:
            place = None if reader.is_later(link.task) else reader.place(link.task)
            for clause, via in above.get(link.source or "", {}).items():
                if place is None or link.task in found[clause] or link.task == clause:
                    continue
                grade = max(link.grade, via.grade, key=strength) if via else link.grade
                status = via.status if via and link.status == "current" else link.status
                found[clause][link.task] = Uptake(place, grade, link.score, distance, status)
                below[link.task][clause] = found[clause][link.task]
        above = below
        links = reader.links_to(above)
        distance += 1
    return {clause: sorted(takers.values(), key=_uptake_order) for clause, takers in found.items()}


def _clauses(reader: Reader, act: DocumentRow, uptakes: Mapping[str, Sequence[Uptake]]) -> list[Clause]:
    """The clauses to cover, in document order."""
    rows = sorted(reader.rows("units_of_document", document=act.iri), key=lambda row: int(row["order"]))
    reader.ready(row["unit"] for row in rows)
    places = {row["unit"]: place for row in rows if (place := reader.place(row["unit"]))}
    wanted = [iri for iri, place in places.items() if _is_clause(place, iri in uptakes)]
    below = _covered_below(rows, [iri for iri in wanted if uptakes.get(iri)])
    return [_clause(places[iri], tuple(uptakes.get(iri, ())), below[iri]) for iri in wanted]


def _is_clause(place: Place, taken: bool) -> bool:
    kind = place.unit.kind if place.unit else ""
    return kind in TO_COVER or (taken and kind == "statement")


def _covered_below(rows: Iterable[Row], covered: Iterable[str]) -> Counter[str]:
    """How many covered clauses stand under each unit."""
    parents = {row["unit"]: row["parent"] for row in rows if "parent" in row}
    found: Counter[str] = Counter()
    for unit in covered:
        passed = {unit}
        while (unit := parents.get(unit, "")) and unit not in passed:
            passed.add(unit)
            found[unit] += 1
    return found


def _clause(place: Place, uptakes: tuple[Uptake, ...], through: int) -> Clause:
    names = [name for up in uptakes if up.place.unit for name in (*up.place.unit.lead, *up.place.unit.coordinate)]
    status = COVERED if uptakes or through else UNCOVERED
    return Clause(place, status, uptakes, tuple(dict.fromkeys(names)), through)


def _documents(reader: Reader, act: DocumentRow, uptakes: Mapping[str, Sequence[Uptake]]) -> dict[str, tuple[str, int]]:
    """The documents that implement the act, at any distance, and those of which only tasks come from it."""
    found: dict[str, tuple[str, int]] = {}
    frontier, distance = [act.iri], 0
    while frontier:
        distance += 1
        rows = [row for above in frontier for row in reader.rows("documents_below", act=above)]
        said = {row["document"] for row in rows if row["relation"] == "implements"} - found.keys() - {act.iri}
        found |= dict.fromkeys(sorted(said), ("implements", distance))
        frontier = sorted(said)
    for up in sorted((up for takers in uptakes.values() for up in takers), key=lambda up: up.distance):
        if up.place.document.iri != act.iri:
            found.setdefault(up.place.document.iri, ("task", up.distance))
    return {iri: row for iri, row in found.items() if reader.document(iri).in_corpus and not reader.is_later(iri)}


def _matrix(clauses: Iterable[Clause]) -> Iterator[Share]:
    """Body by body (who has most clauses first), each clause in document order; nobody named comes last."""
    leads: Counter[tuple[str | None, int]] = Counter()
    helps: Counter[tuple[str | None, int]] = Counter()
    known = list(clauses)
    for at, clause in enumerate(known):
        for unit in (up.place.unit for up in clause.uptakes):
            leads.update((name, at) for name in (unit.lead if unit else ()) or (None,))
            helps.update((name, at) for name in (unit.coordinate if unit else ()))
    fields = {*leads, *helps}
    breadth = Counter(name for name, _ in fields)
    for name, at in sorted(fields, key=lambda key: (key[0] is None, -breadth[key[0]], key[0] or "", key[1])):
        unit = known[at].place.unit
        yield Share(name, known[at].place.id, unit.path if unit else "", leads[name, at], helps[name, at])


def _summary(clauses: Sequence[Clause], takers: Sequence[Taker], matrix: Sequence[Share]) -> Summary:
    kinds: dict[str, dict[str, int]] = {}
    for clause in clauses:
        kind = clause.place.unit.kind if clause.place.unit else ""
        kinds.setdefault(kind, {COVERED: 0, UNCOVERED: 0})[clause.status] += 1
    states = count(clause.status for clause in clauses)
    doubted = [c for c in clauses if c.uptakes and all(up.status != "current" for up in c.uptakes)]
    implementing = [row for row in takers if row.relation == "implements"]
    return Summary(
        clauses=len(clauses),
        covered=states.get(COVERED, 0),
        uncovered=states.get(UNCOVERED, 0),
        suspect=len(doubted),
        kinds=kinds,
        documents=len(takers),
        tasks=sum(row.tasks for row in implementing),
        here=sum(row.here for row in implementing),
        elsewhere=sum(row.elsewhere for row in implementing),
        without=sum(row.without for row in implementing),
        bodies=len({share.body for share in matrix if share.body}),
    )


def _uptake_order(up: Uptake) -> tuple[int, int, float, str, int]:
    order = up.place.unit.order if up.place.unit else 0
    return up.distance, strength(up.grade), -(up.score or 0), up.place.document.file or "", order


def _gap_order(gap: Gap) -> tuple[str, int]:
    return gap.place.document.file or "", gap.place.unit.order if gap.place.unit else 0
