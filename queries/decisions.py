"""What people decided, as rows; and from what they type to a decision on the words that stand there now."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from kg.decisions import Decision, Verdict, file_hash, same_words, stored_decisions
from kg.evidence import fingerprint
from kg.marks import Mark
from kg.rulings import Standing, stored_standings
from queries import find
from queries.reader import Reader
from queries.rows import Place


class DecisionRow(msgspec.Struct, frozen=True):
    """One decision. ``status`` is ``superseded`` where a later one on the same pair holds; ``why`` by language."""

    verdict: str
    task: str
    source: str
    new_source: str | None
    status: str
    who: str
    when: str
    note: str | None
    why: dict[str, str]
    task_text: str
    source_text: str
    iri: str


class Wish(NamedTuple):
    """What a person asks for, as typed: ids as tables show them; ``new`` for ``corrected`` only."""

    verdict: Verdict
    task: str
    source: str
    new: str | None = None
    who: str = ""
    note: str | None = None


class Unclear(ValueError):
    """A side of a wish that is not one unit or act. ``code`` is ``none``, ``several``, ``no-unit`` or ``same``."""

    def __init__(self, code: str, text: str, found: tuple[Place, ...] = ()) -> None:
        """Say what is wrong with ``text``; ``found`` are the places that it fits."""
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.found = found


def listed(reader: Reader) -> list[DecisionRow]:
    """All decisions, the latest first. Raises :class:`kg.errors.StoreError`."""
    standings = stored_standings(reader.store)
    return [_row(made, standings) for made in reversed(stored_decisions(reader.store))]


def to_decide(reader: Reader) -> list[tuple[str | float | None, ...]]:
    """A row for every link and every rejected pair, as the sheet of decisions has them, in the order of the tasks.

    Task, its path and words; source, its path and words; grade, score, status; who decided what; four empty cells to
    fill in. Raises :class:`kg.errors.StoreError`.
    """
    last = last_said(reader)
    links = reader.lineage("lineage_of_task")
    reader.ready(link.task for link in links)
    reader.ready(link.source for link in links if link.source)
    found = {
        (link.task, above): (link.grade, link.score, link.status)
        for link in links
        if (above := link.source or link.source_document)
    }
    rejected = {pair: (None, None, "rejected") for pair in reader.rejected if pair not in found}
    rows = []
    for (task, source), said in {**found, **rejected}.items():
        low, up = reader.place(task), reader.anywhere(source)
        if low and low.unit:
            rows.append(
                (low.document.file or "", low.unit.order, (*side(low), *side(up), *said, last.get((task, source))))
            )
    return [(*cells, None, None, None, None) for _, _, cells in sorted(rows, key=lambda row: row[:2])]


def last_said(reader: Reader) -> dict[tuple[str, str], str]:
    """The last word of people on each pair of a task and a source (IRIs): verdict, who and when."""
    standings = stored_standings(reader.store)
    return {
        (standing.task, standing.source): f"{made.verdict}: {made.who}, {made.when[:10]}"
        for made in stored_decisions(reader.store)
        if (standing := standings.get(made.iri))
    }


def side(place: Place) -> tuple[str, str | None, str | None]:
    """A side of a link as sheets have it: an id that decisions take, path, words."""
    unit = place.unit
    if unit is None:
        return find.unique_id(place.document), None, place.document.title
    return unit.id, unit.path, unit.quote.text if unit.quote else None


def holding(reader: Reader) -> list[Decision]:
    """The decisions that hold: superseded ones left out."""
    standings = stored_standings(reader.store)
    return [made for made in stored_decisions(reader.store) if made.iri in standings]


def decide(reader: Reader, wish: Wish, when: str, before: list[Decision]) -> Decision | None:
    """The decision that ``wish`` means, on the words of now; ``None`` where one of ``before`` says the same already.

    Raises :class:`Unclear`. A source that is gone is taken from the decision on it in ``before``, so that an orphaned
    decision can be rejected or corrected.
    """
    task = mark(reader, _one(reader, wish.task, needs_unit=True))
    source = _source(reader, wish.source, task, before)
    new = mark(reader, _one(reader, wish.new, needs_unit=False)) if wish.new else None
    if task.iri in (source.iri, new.iri if new else None) or (new and new.iri == source.iri):
        raise Unclear("same", wish.new or wish.source)
    made = Decision(wish.verdict, task, source, wish.who, when, new, wish.note)
    known = [old for old in before if same_words(old, made) and (not wish.note or old.note == wish.note)]
    return None if known else made


def mark(reader: Reader, place: Place) -> Mark:
    """The mark of a place as it stands now."""
    document, unit = place.document, place.unit
    if unit is None:
        return Mark(document.iri, document.file, text=document.number or document.title or "")
    text = unit.quote.text if unit.quote else ""
    name = unit.iri.rpartition("#")[2]
    hashed = file_hash(reader.store, document.iri)
    return Mark(document.iri, document.file, name, unit.path, text, fingerprint(text), hashed)


def _one(reader: Reader, text: str, *, needs_unit: bool) -> Place:
    """The place of an id, number, file or IRI; words that a search would find are too little to decide on."""
    if "#" in text or find.looks_like_number(text):
        found = find.start(reader, text)
    else:
        found = [Place(row) for row in find.documents(reader, text)]
    if len(found) != 1:
        raise Unclear("several" if found else "none", text, tuple(found))
    if needs_unit and found[0].unit is None:
        raise Unclear("no-unit", text)
    return found[0]


def _source(reader: Reader, text: str, task: Mark, before: list[Decision]) -> Mark:
    """The source as it is; as it was where a decision on this task remembers it and it is not there any more."""
    try:
        return mark(reader, _one(reader, text, needs_unit=False))
    except Unclear:
        known = [
            side
            for made in before
            if made.task.iri == task.iri or made.task.fingerprint == task.fingerprint
            for side in (made.new_source, made.source)
            if side is not None and text.strip() in (side.id, side.iri)
        ]
        if not known:
            raise
        return known[-1]


def _row(made: Decision, standings: dict[str, Standing]) -> DecisionRow:
    standing = standings.get(made.iri)
    return DecisionRow(
        verdict=made.verdict,
        task=made.task.id,
        source=made.source.id,
        new_source=made.new_source.id if made.new_source else None,
        status=standing.status if standing else "superseded",
        who=made.who,
        when=made.when,
        note=made.note,
        why=standing.why if standing else {},
        task_text=made.task.text,
        source_text=(made.new_source or made.source).text,
        iri=made.iri,
    )
