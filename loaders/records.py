"""The frozen types every layer speaks, and the JSON that `lineage extract` prints.

The JSON names are the contract that people script against; :func:`schema` gives its JSON Schema. Unknown values are
``None`` and are printed as ``null``, never left out. A span is ``[start, end)`` in characters of the source text
exactly as read (UTF-8, ``newline=""``, nothing normalised), and ``surface`` is ``" ".join(raw[start:end].split())``.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

Relation = Literal[
    "implements", "legal-basis", "amends", "amended-by", "replaces", "repeals", "guides", "reports-on", "mentions"
]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
UnitKind = Literal["task", "target", "statement", "heading"]
EventKind = Literal["commence", "amend", "supplement", "replace", "repeal", "correct", "suspend", "extend", "expire"]
"""``commence``: the act, or a provision of it, comes into force. Luật 64/2025/QH15, Điều 53–56 (hiệu lực văn bản)."""
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]


class Span(msgspec.Struct, frozen=True, order=True):
    """``[start, end)`` in characters of the raw source text."""

    start: int
    end: int


class Evidence(msgspec.Struct, frozen=True):
    """The words that prove a fact: file, offsets, quotation, and a sentence that says how they prove it."""

    file: str
    start: int
    end: int
    surface: str
    why: str


class Signer(msgspec.Struct, frozen=True, rename={"on_behalf_of": "for"}):
    """Who signed (NĐ 30/2020/NĐ-CP, appendix I, part II, item 7).

    ``on_behalf_of`` is the printed authority line ("TM. ỦY BAN NHÂN DÂN"), ``acting`` the printed delegation
    ("KT. CHỦ TỊCH", "TL.", "TUQ.", "Q.") or ``None``.
    """

    name: str
    position: str | None = None
    on_behalf_of: str | None = None
    acting: str | None = None


class Document(msgspec.Struct, frozen=True):
    """What the document is. ``number`` and ``date`` may be inferred: then the ``…_evidence`` says from which words."""

    type: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    subject: str | None = None
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    province: str | None = None
    """The province of a local issuer by its short name ("Kon Tum"), ``None`` for central bodies or where unknown."""
    type_evidence: Evidence | None = None
    issuer_evidence: Evidence | None = None
    number_evidence: Evidence | None = None
    date_evidence: Evidence | None = None


class ActRelation(msgspec.Struct, frozen=True):
    """A relation between two cited acts: the citation that holds this, to citation ``target`` (an index)."""

    relation: Relation
    target: int


class Citation(msgspec.Struct, frozen=True, rename={"is_self": "self"}):
    """One mention of a specific other act. ``symbol`` is as printed; ``symbol_normalised`` the probable form."""

    start: int
    end: int
    surface: str
    kind: Literal["numbered", "named"]
    type: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    relation: Relation = "mentions"
    relations_also: tuple[ActRelation, ...] = ()
    scope: Literal["document", "task", "background"] = "task"
    symbol_normalised: str | None = None
    provision: str | None = None
    """The provision pointed to, as printed ("khoản 2 Điều 5")."""
    short_form: bool = False
    is_self: bool = False


class Quantity(msgspec.Struct, frozen=True):
    """A figure to reach or reached: ``value`` in the printed unit, Vietnamese decimals read."""

    name: str
    comparator: Comparator
    value: float
    unit: str
    surface: str
    start: int
    end: int


class Deadline(msgspec.Struct, frozen=True):
    """When a unit is due. ``date`` is the last day (ISO) where the words fix one, ``recurrence`` a rule where they
    state one ("monthly day 18"), both ``None`` where they fix neither."""

    surface: str
    start: int
    end: int
    date: str | None = None
    recurrence: str | None = None


class Unit(msgspec.Struct, frozen=True):
    """One addressable text unit: a heading, a task, a target or a statement."""

    id: str
    path: str
    kind: UnitKind
    start: int
    end: int
    lead: tuple[str, ...] = ()
    lead_post: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    cites: tuple[int, ...] = ()
    parent: str | None = None
    """Id of the unit this one stands under, ``None`` at the top."""
    deadline_spans: tuple[Deadline, ...] = ()
    product: str | None = None
    """The expected product where the text states one ("Sản phẩm: Báo cáo …")."""


class Event(msgspec.Struct, frozen=True):
    """One change in the life of an act, in the words that say so (:data:`EventKind`).

    ``act`` is the index of the citation of the act acted on, ``by`` that of the act that acts; ``None`` means this
    document itself, except for ``by`` of an ``aside``: a statement about other acts, which may leave open who acted.
    """

    kind: EventKind
    start: int
    end: int
    surface: str
    unit: str | None = None
    """Id of the unit that the words stand in."""
    act: int | None = None
    provision: str | None = None
    """The part acted on ("điểm a khoản 1 Điều 3"); ``None``: the act, or parts of it without a number."""
    partial: bool = False
    """Whether only a part of the act is acted on."""
    by: int | None = None
    by_provision: str | None = None
    aside: bool = False
    in_force: str | None = None
    """The first day on which the words hold, where they or the document's own clause on its force fix it."""
    days_after_signing: int | None = None
    """Where the clause counts from the day of signing ("từ ngày ký": 0); then ``in_force`` follows from that day."""
    until: str | None = None
    """The last day of a suspension, or that an extension moves the end to."""
    ends: str | None = None
    """Of ``expire``: the first day without force."""
    new_text: Span | None = None
    """The quoted words that take the place of the old ones."""


class Record(msgspec.Struct, frozen=True):
    """Everything read from one file. ``text`` is set for formats whose offsets count in extracted text."""

    file: str
    document: Document
    citations: tuple[Citation, ...] = ()
    units: tuple[Unit, ...] = ()
    sha256: str = ""
    """Of the file's bytes."""
    text: str | None = None
    events: tuple[Event, ...] = ()
    """Changes in the life of acts that the text makes or tells of, in its order."""


class Loaded(msgspec.Struct, frozen=True):
    """A record together with the raw text that its spans slice."""

    record: Record
    raw: str


def surface(raw: str, start: int, end: int) -> str:
    """The quotation of ``raw[start:end]``: white space folded to single blanks, nothing else changed."""
    return " ".join(raw[start:end].split())


def to_json(records: list[Record]) -> str:
    """The contract's JSON array, two-space indented, UTF-8 characters unescaped."""
    return msgspec.json.format(msgspec.json.encode(records), indent=2).decode("utf-8")


def from_json(text: str | bytes) -> list[Record]:
    """Records from the contract's JSON. Raises :class:`msgspec.ValidationError` naming the place."""
    return msgspec.json.decode(text, type=list[Record])


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what ``lineage extract`` prints."""
    return msgspec.json.schema(list[Record])
