"""Which tasks come from no clause, and why? How many tasks of each document have a source, and of which grade?

The reason is the one that linking stored with the link; where a task has no link at all, it is read from what its
document cites. A task without either is ``unexplained``: a fault, which the report shows and a test refuses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kg.links import GRADES
from queries.reader import Reader
from queries.rows import DocumentRow, LineageRow, Place, ordered

WHYS = ("cited", "inherited", "rejected", "unclear", "basis", "no-act", "unexplained")
"""Why a task has no clause.

``cited``: it names an act, no clause of it has its words; ``inherited``: only its document as a whole implements acts;
``rejected``: people rejected what was found; ``unclear``: what the document implements fits no act or several;
``basis``: the document only rests on acts; ``no-act``: it names none that it implements or rests on.
"""


class Gap(msgspec.Struct, frozen=True):
    """A task without source clause. ``reason`` is the stored one (Vietnamese); ``acts`` are those that it speaks of."""

    place: Place
    why: str
    reason: str | None
    acts: tuple[DocumentRow, ...] = ()
    words: tuple[str, ...] = ()
    """For ``unclear``: the words that name what could not be decided."""


class TaskSources(msgspec.Struct, frozen=True):
    """Where the tasks of a document come from: ``clauses`` counts by strongest grade, ``gaps`` by why there is none."""

    document: DocumentRow
    tasks: int
    clauses: dict[str, int]
    gaps: dict[str, int]
    without_source: tuple[Gap, ...]


def sources_of_all(reader: Reader) -> list[TaskSources]:
    """Every document of the store with its tasks, in order of the files. Raises :class:`kg.errors.StoreError`."""
    known = [iri for _, iri in sorted(reader.files.items()) if not reader.is_later(iri)]
    return [_sources_of(reader, reader.document(iri)) for iri in known]


def gaps(reader: Reader, document: DocumentRow, tasks: Sequence[str]) -> list[Gap]:
    """Those of ``tasks`` (units of ``document``) that come from no clause, each with its reason."""
    reader.ready(tasks)
    return _gaps(reader, document, reader.links_of(tasks))


def _sources_of(reader: Reader, document: DocumentRow) -> TaskSources:
    tasks = [row["task"] for row in reader.rows("tasks_of_document", document=document.iri)]
    reader.ready(tasks)
    links = reader.links_of(tasks)
    best = [next(link.grade for link in found if link.source) for found in links.values() if _with_clause(found)]
    missing = sorted(_gaps(reader, document, links), key=lambda gap: gap.place.unit.order if gap.place.unit else 0)
    whys = ordered(Counter(gap.why for gap in missing), WHYS)
    return TaskSources(document, len(tasks), ordered(Counter(best), GRADES), whys, tuple(missing))


def _with_clause(links: Iterable[LineageRow]) -> bool:
    return any(link.source for link in links)


def _gaps(reader: Reader, document: DocumentRow, links: Mapping[str, Sequence[LineageRow]]) -> list[Gap]:
    bare: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None
    refused = {task for task, _ in reader.rejected}
    found = []
    for task, known in links.items():
        place = reader.place(task)
        if place is None or _with_clause(known):
            continue
        if known:
            found.append(_stored(reader, place, known))
        elif task in refused:
            found.append(Gap(place, "rejected", None))
        else:
            bare = bare or _unlinked(reader, document)
            why, acts, words = bare
            found.append(Gap(place, why, None, tuple(map(reader.document, acts)), words))
    return found


def _stored(reader: Reader, place: Place, links: Sequence[LineageRow]) -> Gap:
    """What the links to whole acts say, the strongest first."""
    why = "inherited" if links[0].grade == "inherited" else "cited"
    same = [link for link in links if link.grade == links[0].grade]
    acts = dict.fromkeys(link.source_document for link in same if link.source_document)
    reasons = dict.fromkeys(link.reason for link in same if link.reason)
    return Gap(place, why if reasons else "unexplained", "; ".join(reasons) or None, tuple(map(reader.document, acts)))


def _unlinked(reader: Reader, document: DocumentRow) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Why nothing hands an act down to the tasks of a document: the reason, acts and words it speaks of."""
    rows = reader.rows("citations_of", document=document.iri)
    implementing = [row for row in rows if row["relation"] == "implements" and row.get("scope") == "document"]
    undecided = [row for row in implementing if "act" not in row]
    if undecided:
        quotes = sorted(quote for row in undecided if (quote := reader.quote(row["evidence"])))
        return "unclear", (), tuple(dict.fromkeys(quote.text for quote in quotes))
    if any(row["act"] != document.iri for row in implementing):
        return "unexplained", (), ()
    basis = [row["act"] for row in sorted(rows, key=lambda row: int(row["order"])) if _rests_on(row, document)]
    return ("basis", tuple(dict.fromkeys(basis)), ()) if basis else ("no-act", (), ())


def _rests_on(row: Mapping[str, str], document: DocumentRow) -> bool:
    return row["relation"] == "legal-basis" and row.get("act", document.iri) != document.iri
