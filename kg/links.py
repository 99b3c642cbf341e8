"""What linking concludes: which act a citation means, and which clause a task comes from.

The types are frozen values; nothing here reads a document. :func:`to_json` prints the contract's ``lineage links``: an
array with one row per task-to-source link, listed keys never left out, unknown values ``null``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import msgspec

Grade = Literal["confirmed", "cited", "copied", "adapted", "inherited"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""Grades of lineage, strongest first."""
Status = Literal["resolved", "stub", "ambiguous"]
LinkStatus = Literal["current", "suspect", "orphaned", "ambiguous"]
"""``suspect``: the words it was made on have changed since; ``orphaned``: the clause it was made on is gone."""


class Act(msgspec.Struct, frozen=True):
    """The identity of one act: issuer + kind + number + date (or year, or term), never the number alone.

    ``file`` is the corpus file that *is* this act, ``None`` for a stub (an act known only from how it is cited).
    ``issuer`` is the full name with its province where one is known; ``province`` the short name ("Trường Lĩnh").
    """

    iri: str
    kind: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    year: str | None = None
    term: str | None = None
    """Party term or legislature as printed ("XVI"), where the citing words or the header state it."""
    subject: str | None = None
    province: str | None = None
    file: str | None = None

    @property
    def label(self) -> str:
        """Short Vietnamese name for people: kind and number, else kind, issuer and subject."""
        if self.number:
            return f"{self.kind or 'Văn bản'} {self.number}"
        if self.kind and self.subject and self.subject.startswith(self.kind):
            return self.subject
        words = [self.kind or "Văn bản"]
        if self.issuer:
            words.append(f"của {self.issuer}")
        if self.subject:
            words.append(self.subject)
        return " ".join(words)


class Candidate(msgspec.Struct, frozen=True):
    """One act that a citation may mean: ``score`` in 0..1, ``reasons`` in Vietnamese, each naming what agrees."""

    act: Act
    score: float
    reasons: tuple[str, ...] = ()


class Resolution(msgspec.Struct, frozen=True):
    """What citation number ``citation`` (index into the record's citations) of ``file`` means.

    ``resolved``: ``act`` is a document of the corpus. ``stub``: ``act`` holds what is known of an act outside it.
    ``ambiguous``: ``act`` is ``None`` and ``candidates`` are ranked, best first; never one picked silently.
    """

    file: str
    citation: int
    status: Status
    act: Act | None = None
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


class Place(msgspec.Struct, frozen=True, order=True):
    """A unit of a file; ``start`` and ``end`` are those of the whole unit in the raw text.

    All but ``file`` are ``None`` where only the act is known, ``file`` too where the act is not in the corpus.
    """

    file: str | None = None
    unit: str | None = None
    start: int | None = None
    end: int | None = None


class Passage(msgspec.Struct, frozen=True, order=True):
    """Matching words: ``[start, end)`` in the raw text of the task's file and in that of the source's file."""

    task: tuple[int, int]
    source: tuple[int, int]


class Shares(msgspec.Struct, frozen=True):
    """How much of the task's words this link accounts for: parts of 1, of its weighted content words."""

    copied: float = 0.0
    adapted: float = 0.0
    new: float = 1.0


class Link(msgspec.Struct, frozen=True, omit_defaults=False):
    """One task-to-source link (contract: ``lineage links``); the keys after ``evidence`` are additions to it.

    ``act`` is the IRI of the act that the source belongs to. ``fingerprint`` is :func:`kg.evidence.fingerprint` of
    the source clause's text when the link was made (``None`` without a clause): a link whose clause has another one is
    suspect.
    ``reason`` says in Vietnamese how the link was found; for ``inherited`` why nothing nearer is known.
    """

    task: Place
    source: Place
    grade: Grade
    score: float
    evidence: tuple[Passage, ...] = ()
    act: str | None = None
    fingerprint: str | None = None
    shares: Shares | None = None
    reason: str | None = None
    status: LinkStatus = "current"


def to_json(links: Sequence[Link]) -> str:
    """The contract's JSON array, two-space indented, UTF-8 characters unescaped."""
    return msgspec.json.format(msgspec.json.encode(list(links)), indent=2).decode("utf-8")


def from_json(text: str | bytes) -> list[Link]:
    """Links from the contract's JSON. Raises :class:`msgspec.ValidationError` naming the place."""
    return msgspec.json.decode(text, type=list[Link])


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what ``lineage links`` prints."""
    return msgspec.json.schema(list[Link])
