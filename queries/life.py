"""The life of an act: what changed it, by whose words, and whether it is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import msgspec

from kg.life import Claim, Reason, State, Verdict, holds, verdict
from loaders.records import EVENT_KINDS, EventKind
from ontology.numbers import number_key
from queries.reader import Fields, Reader
from queries.rows import DocumentRow, Quote


class ChangeRow(msgspec.Struct, frozen=True):
    """One change as one document, or one person, tells it.

    ``at_work`` says whether it holds on the day asked about (``None``: not known), ``applied`` whether the text that
    the store holds already shows it. ``said_by`` is the document with the ``words``; ``None`` where a person
    (``who``, ``when``) entered it. ``aside``: told by another document than the acting one.
    """

    iri: str
    kind: EventKind
    act: DocumentRow
    provision: str | None
    partial: bool
    unit: str | None
    by: DocumentRow | None
    by_name: str | None
    by_provision: str | None
    issued: str | None
    in_force: str | None
    until: str | None
    ends: str | None
    at_work: bool | None
    applied: bool | None
    aside: bool
    said_by: DocumentRow | None
    words: Quote | None
    who: str | None = None
    when: str | None = None
    note: str | None = None


class Life(msgspec.Struct, frozen=True):
    """The state of ``act`` (or of ``provision``) on ``day``, why, and which changes prove it (by IRI in ``proof``).

    ``changes`` are all that is told of the act, by day, those issued after ``day`` included (``at_work`` is false);
    ``made`` what the act does to others; ``disputes`` groups of changes that name different days.
    """

    act: DocumentRow
    day: str
    provision: str | None
    state: State
    reason: Reason
    proof: tuple[str, ...]
    disputes: tuple[tuple[str, ...], ...]
    changes: tuple[ChangeRow, ...]
    made: tuple[ChangeRow, ...] = ()


class StateRow(msgspec.Struct, frozen=True):
    """The state of one act of an answer on a day."""

    act: DocumentRow
    day: str
    state: State
    reason: Reason


def life(reader: Reader, act: DocumentRow, day: str, provision: str | None = None) -> Life:
    """The life of ``act`` as told by all documents and people; state on ``day``. Raises :class:`StoreError`."""
    told = _told(reader, act, day)
    found = verdict([claim for claim, _ in told], day, provision, issued=act.date)
    changes = sorted((_put_off(row, found) for _, row in told), key=_order)
    return Life(
        act=act,
        day=day,
        provision=provision,
        state=found.state,
        reason=found.reason,
        proof=found.proof,
        disputes=found.disputes,
        changes=tuple(changes),
        made=tuple(_made(reader, act, day)),
    )


def _put_off(row: ChangeRow, found: Verdict) -> ChangeRow:
    """An act's own end that an extension puts off is not at work."""
    own = row.kind == "expire" and not row.provision and (row.by is None or row.by.iri == row.act.iri)
    return msgspec.structs.replace(row, at_work=False) if own and found.reason != "ended" and row.at_work else row


def state(reader: Reader, act: DocumentRow, day: str) -> StateRow:
    """The state of one act of an answer on ``day``."""
    found = verdict_on(reader, act, day)
    return StateRow(act, day, found.state, found.reason)


def states(reader: Reader, acts: Iterable[DocumentRow], day: str) -> list[StateRow]:
    """The state of each act once, in order of first occurrence."""
    return [state(reader, act, day) for act in {act.iri: act for act in acts}.values()]


def verdict_on(reader: Reader, act: DocumentRow, day: str) -> Verdict:
    """The verdict on an act as a whole."""
    return verdict([claim for claim, _ in _told(reader, act, day)], day, issued=act.date)


def entered(reader: Reader, day: str) -> list[ChangeRow]:
    """The changes that people entered, by day."""
    found = []
    for row in reader.changes_entered:
        fields = _changes(reader, row["act"])[row["change"]]
        found.append(_row(reader, reader.document(row["act"]), row["change"], fields, day)[1])
    return sorted(found, key=_order)


def _told(reader: Reader, act: DocumentRow, day: str) -> list[tuple[Claim, ChangeRow]]:
    fields = dict(_changes(reader, act.iri))
    for former in _former_names(reader, act):
        entered_of = {change: held for change, held in _changes(reader, former).items() if "who" in held}
        fields |= entered_of
    return [_row(reader, act, change, held, day) for change, held in sorted(fields.items())]


def _former_names(reader: Reader, act: DocumentRow) -> list[str]:
    """Names under which people entered changes of an act of this number, before it was loaded and got its own."""
    if act.number is None or not reader.changes_entered:
        return []
    key = number_key(act.number)
    gone = [
        row["act"]
        for row in reader.changes_entered
        if row["act"] != act.iri and number_key(row.get("number", "")) == key and not reader.document_fields(row["act"])
    ]
    namesakes = {iri for number, iri in reader.numbers if number_key(number) == key}
    return sorted(set(gone)) if len(namesakes) == 1 else []


def _made(reader: Reader, act: DocumentRow, day: str) -> list[ChangeRow]:
    """What an act does to others, by its own words first."""
    found = []
    for row in reader.rows("changes_made", by=act.iri):
        if row["act"] == act.iri:
            continue
        other = reader.document(row["act"])
        rows = [_row(reader, other, change, fields, day)[1] for change, fields in _changes(reader, other.iri).items()]
        mine = [change for change in rows if change.by and change.by.iri == act.iri]
        found += [change for change in mine if not change.aside] or mine
    return sorted(found, key=_order)


def _changes(reader: Reader, act: str) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    for row in reader.rows("changes_of_act", act=act):
        found.setdefault(row["change"], {}).setdefault(row["field"], []).append(row["value"])
    return {change: fields for change, fields in found.items() if fields.get("kind", [""])[0] in EVENT_KINDS}


def _row(reader: Reader, act: DocumentRow, change: str, fields: Fields, day: str) -> tuple[Claim, ChangeRow]:
    first = {field: values[0] for field, values in fields.items()}
    by = reader.document(first["by"]) if "by" in first else None
    said_by = reader.document(first["saidBy"]) if "saidBy" in first else None
    kind = cast("EventKind", first["kind"])
    issued = by.date if by else None
    claim = Claim(
        iri=change,
        kind=kind,
        act=act.iri,
        provision=first.get("provision"),
        partial=first.get("part") == "true",
        by=by.iri if by else None,
        by_text=first.get("byText"),
        issued=issued,
        said_by=said_by.iri if said_by else None,
        said_on=said_by.date if said_by else first.get("when", "")[:10] or None,
        in_force=first.get("inForce"),
        until=first.get("until"),
        ends=first.get("ends"),
    )
    row = ChangeRow(
        iri=change,
        kind=kind,
        act=act,
        provision=claim.provision,
        partial=claim.partial,
        unit=reader.short_name(first["unit"]) if "unit" in first else None,
        by=by,
        by_name=by.label if by else claim.by_text,
        by_provision=first.get("byProvision") or _acting_path(reader, claim, first.get("changingUnit")),
        issued=issued,
        in_force=claim.in_force,
        until=claim.until,
        ends=claim.ends,
        at_work=False if issued and issued > day else holds(claim, day),
        applied={"true": True, "false": False}.get(first.get("applied", "")),
        aside=claim.is_aside,
        said_by=said_by,
        words=reader.quote(first["evidence"]) if "evidence" in first else None,
        who=first.get("who"),
        when=first.get("when"),
        note=first.get("note"),
    )
    return claim, row


def _acting_path(reader: Reader, claim: Claim, unit: str | None) -> str | None:
    """The path of the unit that acts, where the acting document itself says so."""
    place = reader.place(unit) if unit and not claim.is_aside else None
    return place.unit.path if place and place.unit else None


def _order(row: ChangeRow) -> tuple[str, str, int, str]:
    """By the first day on which it holds, else the day of the acting document; unknown days last."""
    first = (row.ends if row.kind == "expire" else None) or row.in_force or row.issued or "9999"
    return first, row.issued or "9999", EVENT_KINDS.index(row.kind), row.iri
