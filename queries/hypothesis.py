"""What would a draft, or a new act, touch if it came into force? Asked of the store without storing it."""

from __future__ import annotations

import msgspec

from kg.compare import clause_diff
from kg.comparefacts import text_facts
from kg.hypothesis import Act, Draft
from loaders.records import EventKind, Loaded, surface
from ontology.identifiers import unit_iri
from queries.impact import bodies_of, documents_of, impact, tasks_below
from queries.reader import Reader
from queries.rows import AffectedBody, AffectedDocument, AffectedTask, DocumentRow, Passage, Place, Quote
from queries.worklist import Because, WorkItem, items


class Touch(msgspec.Struct, frozen=True):
    """One change that the draft makes, and what is known of the place.

    ``reach`` says what depends on it: ``clause`` (the part is found in the store), ``act`` (the act as a whole is
    acted on), ``new`` (a part is added, nothing depends on it yet), ``unknown`` (the part is not found: the text is not
    in the store, or has no such part), ``unnamed`` (parts without numbers; ``tasks`` is 0 for the last three).
    ``read`` is ``event`` or ``citation`` (:class:`kg.hypothesis.Act`).
    """

    act: DocumentRow
    because: Because
    reach: str
    new_text: str | None
    in_force: str | None
    read: str
    tasks: int


class Hypothesis(msgspec.Struct, frozen=True):
    """What the draft in ``file`` would do to ``act`` (``None``: to all acts that it acts on). ``named``: whether the
    draft names the act at all."""

    file: str
    kind: str | None
    number: str | None
    date: str | None
    subject: str | None
    act: DocumentRow | None
    named: bool
    touches: tuple[Touch, ...]
    work: tuple[WorkItem, ...]
    documents: tuple[AffectedDocument, ...]
    bodies: tuple[AffectedBody, ...]


def hypothesis(reader: Reader, draft: Loaded, act: DocumentRow | None = None) -> Hypothesis:
    """Read ``draft`` beside the store. Raises :class:`kg.errors.StoreError`."""
    beside = Draft(reader.store, draft)
    made = [one for one in beside.acts() if act is None or one.iri == act.iri]
    precise = {one.iri for one in made if one.provision}
    touches: list[Touch] = []
    work: list[WorkItem] = []
    documents: dict[str, AffectedDocument] = {}
    for one in made:
        found = _Touched(reader, beside, one, unnamed_matters=one.iri not in precise)
        touches.append(found.touch)
        work += found.work
        for row in found.documents:
            documents.setdefault(row.document.iri, row)
    tasks = list({item.task.place.iri: item.task for item in reversed(work)}.values())
    if act is not None:
        for row in documents_of(act, tasks):
            documents.setdefault(row.document.iri, row)
    about = beside.draft.record.document
    return Hypothesis(
        file=draft.record.file,
        kind=about.type,
        number=about.number,
        date=about.date,
        subject=about.subject,
        act=act,
        named=bool(touches) or act is None or act.iri in beside.names(),
        touches=tuple(touches),
        work=tuple(work),
        documents=tuple(sorted(documents.values(), key=lambda row: (row.distance, row.document.id))),
        bodies=tuple(bodies_of(tasks)),
    )


class _Touched:
    """One change with all that follows from it."""

    def __init__(self, reader: Reader, beside: Draft, made: Act, *, unnamed_matters: bool) -> None:
        self.reader, self.beside, self.made = reader, beside, made
        self.act = reader.document(made.iri)
        raw, file = beside.draft.raw, beside.draft.record.file
        self.new = surface(raw, made.new_text.start, made.new_text.end) if made.new_text else None
        words = Quote(file, made.start, made.end, surface(raw, made.start, made.end))
        clause = reader.place(unit_iri(made.iri, made.unit)) if made.unit else None
        self.because = self._because(clause, words)
        self.documents: list[AffectedDocument] = []
        self.reach = _reach(made.kind, made, clause)
        tasks: list[AffectedTask] = []
        if clause:
            tasks = tasks_below(reader, made.iri, [clause.iri])
        if made.provision and self.reach != "new":
            tasks += self._pointing(made.provision, {task.place.iri for task in tasks})
        elif self.reach == "act" or (self.reach == "unnamed" and unnamed_matters):
            whole = impact(reader, self.act)
            tasks, self.documents = list(whole.tasks), list(whole.documents)
        self.work = items(tasks, self.because, "" if made.kind == "repeal" else self.new)
        parts = (self.reach, self.new, made.in_force, made.read, len({item.task.place.iri for item in self.work}))
        self.touch = Touch(self.act, self.because, *parts)

    def _because(self, clause: Place | None, words: Quote) -> Because:
        made, unit = self.made, clause.unit if clause else None
        if unit is None or unit.quote is None or self.new is None or made.kind == "supplement":
            return Because(made.kind, clause, made.provision, words)
        held = self.beside.unit(made.iri, made.unit or "")
        kind = held[1].kind if held else "statement"
        diff, facts = clause_diff(unit.quote.text, self.new), text_facts(unit.quote.text, self.new, kind)
        return Because(made.kind, clause, made.provision, words, diff.parts, facts)

    def _pointing(self, provision: str, known: set[str]) -> list[AffectedTask]:
        """Units that name the very part: they need no words of it to depend on it."""
        found = []
        for pointer in self.beside.pointers(self.made.iri, provision):
            place = self.reader.place(unit_iri(self.beside.iris[pointer.file], pointer.unit))
            if place is None or place.unit is None or place.iri in known or place.unit.kind not in ("task", "target"):
                continue
            known.add(place.iri)
            raw = self.beside.loaded[pointer.file].raw
            words = Quote(pointer.file, pointer.start, pointer.end, surface(raw, pointer.start, pointer.end))
            above = self.because.clause or Place(self.act)
            reason = f"nêu đúng {pointer.provision}"
            found.append(AffectedTask(place, "cited", None, 1, above, (Passage(words, None),), reason))
        return found


def _reach(kind: EventKind, made: Act, clause: Place | None) -> str:
    if clause:
        return "clause"
    if made.provision:
        return "new" if kind == "supplement" else "unknown"
    return "unnamed" if made.partial else "act"
