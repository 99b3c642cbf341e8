"""The life of an act over time: its state from day to day, and who carried it out when."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from kg.life import State
from queries.impact import CARRIES
from queries.life import Life, life
from queries.reader import Reader
from queries.rows import DocumentRow, Quote


class StateSpan(msgspec.Struct, frozen=True):
    """The state from ``start`` up to the day before ``end`` (``None``: from then on)."""

    start: str
    end: str | None
    state: State


class Uptake(msgspec.Struct, frozen=True):
    """A document that implements, rests on or guides the act, in its own ``words``."""

    document: DocumentRow
    relation: str
    words: Quote | None


class Course(msgspec.Struct, frozen=True):
    """The life of an act with its states over time and those who carried it out, by date."""

    life: Life
    spans: tuple[StateSpan, ...]
    uptakes: tuple[Uptake, ...]


def course(reader: Reader, act: DocumentRow, day: str) -> Course:
    """The life of ``act`` seen from ``day``. Raises :class:`kg.errors.StoreError`."""
    whole = life(reader, act, day)
    return Course(whole, _spans(reader, whole), tuple(_uptakes(reader, act)))


def _spans(reader: Reader, whole: Life) -> tuple[StateSpan, ...]:
    """The state on every day on which something may change, equal neighbours joined."""
    days = {whole.act.date, whole.day}
    for change in whole.changes:
        days |= {change.in_force, change.ends, change.issued, _after(change.until)}
    turns = sorted(found for found in days if found)
    states = [(turn, life(reader, whole.act, turn).state) for turn in turns]
    kept = [pair for at, pair in enumerate(states) if not at or pair[1] != states[at - 1][1]]
    ends = [turn for turn, _ in kept[1:]] + [None]
    return tuple(StateSpan(turn, end, state) for (turn, state), end in zip(kept, ends, strict=True))


def _after(day: str | None) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day else None


def _uptakes(reader: Reader, act: DocumentRow) -> list[Uptake]:
    found: dict[str, Uptake] = {}
    for relation in CARRIES:
        for row in reader.rows("documents_below", act=act.iri):
            if row["relation"] == relation and row["document"] not in found and row["document"] != act.iri:
                words = reader.citing_words(row["document"], act.iri, relation)
                found[row["document"]] = Uptake(reader.document(row["document"]), relation, words)
    return sorted(found.values(), key=lambda row: (row.document.date or "9999", row.document.id))
