"""What the questions answer: typed, frozen rows. Their JSON keys are stable, unknown values are ``None`` (``null``).

A :class:`Quote` is the proof: file, offsets ``[start, end)`` in the raw text, and the words that stand there. Every row
that claims a connection carries the quotes it rests on, or says that there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kg.links import GRADES, Shares


def strength(grade: str | None) -> int:
    """0 for the strongest grade; a grade that is not in the table is weaker than all that are."""
    return GRADES.index(grade) if grade in GRADES else len(GRADES)


class Quote(msgspec.Struct, frozen=True, order=True):
    """The words of ``file`` at ``[start, end)``, white space folded."""

    file: str
    start: int
    end: int
    text: str


class DocumentRow(msgspec.Struct, frozen=True):
    """A document of the corpus, or (``file`` is ``None``) an act that is only known from how others cite it."""

    iri: str
    id: str
    """What people type: the number, else the file's stem, else the last segments of the IRI."""
    file: str | None = None
    kind: str | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    level: str | None = None
    province: str | None = None
    identity: tuple[str, ...] = ()
    """Why number or date, lost from the file, are believed to be these; empty where the file states them."""
    identity_quotes: tuple[Quote, ...] = ()

    @property
    def in_corpus(self) -> bool:
        """Whether the text of this document was loaded."""
        return self.file is not None

    @property
    def label(self) -> str:
        """Kind and number, else kind and title, else the id: one line for people."""
        name = self.number or self.title
        if not name:
            return self.id
        return f"{self.kind} {name}" if self.kind and not name.startswith(self.kind) else name


class UnitRow(msgspec.Struct, frozen=True):
    """One addressable unit of a document; ``id`` is ``<file stem>#<unit id>``, which every command takes."""

    iri: str
    id: str
    kind: str
    path: str
    quote: Quote | None
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    order: int = 0


class Place(msgspec.Struct, frozen=True):
    """A document, or a unit of it."""

    document: DocumentRow
    unit: UnitRow | None = None

    @property
    def iri(self) -> str:
        """The name of the unit where there is one, else of the document."""
        return self.unit.iri if self.unit else self.document.iri

    @property
    def id(self) -> str:
        """The short name that every command takes."""
        return self.unit.id if self.unit else self.document.id


class Passage(msgspec.Struct, frozen=True):
    """Words of the lower text beside the words of the upper text that they come from."""

    lower: Quote | None
    upper: Quote | None


class Hop(msgspec.Struct, frozen=True):
    """One step upwards.

    ``relation`` is ``derived`` (a task or clause from a clause, or from an act that the task itself names) or
    ``implements`` (the document as a whole says so). ``depth`` counts the steps from where the trace began, from 1.
    """

    depth: int
    relation: str
    grade: str
    score: float | None
    lower: Place
    upper: Place
    passages: tuple[Passage, ...] = ()
    grades: tuple[str, ...] = ()
    """All grades found for this step, strongest first; ``grade`` is the first of them."""
    reason: str | None = None
    status: str = "current"
    shares: Shares | None = None
    """What part of the task's words the strongest link of this step accounts for; ``None``: not measured."""


class Ambiguous(msgspec.Struct, frozen=True):
    """A citation that fits several acts: never decided silently."""

    words: Quote | None
    candidates: tuple[DocumentRow, ...]


class Recurs(msgspec.Struct, frozen=True):
    """The same task in another year of its issuer: its wording returns, which is no lineage.

    ``direction``: ``earlier`` or ``later`` than the unit asked about; ``share`` of the later one's information stands
    in the earlier one; ``here`` and ``there`` are the words in common.
    """

    direction: str
    place: Place
    share: float
    here: tuple[Quote, ...] = ()
    there: tuple[Quote, ...] = ()


class Trace(msgspec.Struct, frozen=True):
    """Where a unit or document comes from: ``hops`` in reading order, the strongest chain first.

    ``strength`` is the weakest grade of that first chain, ``None`` where nothing leads up. ``absent`` are the acts
    named on the way whose text is not in the corpus.
    """

    start: Place
    hops: tuple[Hop, ...]
    strength: str | None
    absent: tuple[DocumentRow, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    gaps: tuple[str, ...] = ()
    """Why no clause is known as the source of the unit, as linking said it (Vietnamese)."""
    recurs: tuple[Recurs, ...] = ()
    """The same task in other years: shown apart, never a step."""


class LineageRow(msgspec.Struct, frozen=True):
    """One lineage node: a task and the clause (or only the act) that it was found to come from."""

    iri: str
    grade: str
    score: float | None
    task: str
    source: str | None
    source_document: str | None
    reason: str | None = None
    """How it was found, in Vietnamese; for ``inherited`` why nothing nearer is known."""
    status: str = "current"
    """``current``, ``suspect``, ``orphaned`` or ``ambiguous`` (:data:`kg.links.LinkStatus`)."""
    shares: Shares | None = None


class AffectedDocument(msgspec.Struct, frozen=True):
    """A document downstream, ``distance`` steps below, which says so in ``words`` about ``via``."""

    document: DocumentRow
    relation: str
    distance: int
    via: DocumentRow
    words: Quote | None
    tasks: int


class AffectedTask(msgspec.Struct, frozen=True):
    """A task (or clause) downstream; ``source`` is the clause its words come from, or the act as a whole."""

    place: Place
    grade: str
    score: float | None
    distance: int
    source: Place
    passages: tuple[Passage, ...] = ()
    reason: str | None = None
    status: str = "current"


class AffectedBody(msgspec.Struct, frozen=True):
    """A body that leads or coordinates affected tasks: how many, how near, on what grade at best."""

    name: str
    lead: int
    coordinate: int
    nearest: int
    strongest: str


class Counts(msgspec.Struct, frozen=True):
    """How many are touched; ``tasks_by_distance`` has the distance as text, since JSON keys are text."""

    documents: int
    tasks: int
    bodies: int
    documents_by_distance: dict[str, int]
    documents_by_relation: dict[str, int]
    tasks_by_grade: dict[str, int]
    tasks_by_distance: dict[str, int]


class Impact(msgspec.Struct, frozen=True):
    """What is touched if ``act`` (or only ``clauses`` of it) changes. ``untied`` counts the tasks of documents that
    implement the act as a whole and that nothing ties to these clauses; 0 where the whole act is asked about."""

    act: DocumentRow
    clauses: tuple[Place, ...]
    documents: tuple[AffectedDocument, ...]
    tasks: tuple[AffectedTask, ...]
    bodies: tuple[AffectedBody, ...]
    counts: Counts
    untied: int = 0


class DeadlineRow(msgspec.Struct, frozen=True):
    """When a task is due: the printed words, and the last day or the rule where the words fix one."""

    text: str
    date: str | None = None
    recurrence: str | None = None


class SourceRow(msgspec.Struct, frozen=True):
    """A source of a task in one line: its short name, the number of its act, the grade."""

    id: str
    act: str
    grade: str


class TaskRow(msgspec.Struct, frozen=True):
    """A task with who must act, when, and what it comes from."""

    place: Place
    deadlines: tuple[DeadlineRow, ...]
    sources: tuple[SourceRow, ...]


class CitationRow(msgspec.Struct, frozen=True):
    """What a document says of another act. ``act`` is ``None`` where the citation is ambiguous or unresolved."""

    relation: str
    scope: str | None
    words: Quote | None
    act: DocumentRow | None
    why: str | None = None


class QuantityRow(msgspec.Struct, frozen=True):
    """A figure in the printed unit."""

    name: str
    comparator: str
    value: str
    unit: str


class DocumentView(msgspec.Struct, frozen=True):
    """All that the graph knows of one document."""

    document: DocumentRow
    signer: str | None
    signer_post: str | None
    recipients: tuple[str, ...]
    units: dict[str, int]
    """How many units of each kind."""
    citations: tuple[CitationRow, ...]
    cited_by: tuple[CitationRow, ...]
    outline: tuple[UnitRow, ...] = ()


class UnitView(msgspec.Struct, frozen=True):
    """All that the graph knows of one unit: ``sources`` above it, ``uses`` below it."""

    place: Place
    deadlines: tuple[DeadlineRow, ...]
    quantities: tuple[QuantityRow, ...]
    sources: tuple[Hop, ...]
    uses: tuple[Hop, ...]
    recurs: tuple[Recurs, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """A row of a check: ``check`` names the rule, ``where`` the thing, ``message`` says it in words."""

    check: str
    where: str
    message: str
    file: str | None = None


def count(keys: Iterable[str]) -> dict[str, int]:
    """How often each key occurs, in order of first occurrence."""
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


def ordered(counts: Mapping[str, int], order: Iterable[str]) -> dict[str, int]:
    """The same counts in a stated order; keys outside the order follow it alphabetically."""
    known = [key for key in order if key in counts]
    return {key: counts[key] for key in [*known, *sorted(set(counts) - set(known))]}
