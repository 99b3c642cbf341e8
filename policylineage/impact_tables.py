"""What is touched, as tables and in sentences: by an act, by two versions compared, by an amending draft."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policylineage.labels import act_label, status_label
from policylineage.messages import Codes, Say
from policylineage.output import Cell, Table, lines

if TYPE_CHECKING:
    from kg.compare import ClauseChange
    from kg.comparefacts import Fact
    from kg.worddiff import Part
    from queries.compare import Compared
    from queries.hypothesis import Hypothesis, Touch
    from queries.rows import AffectedBody, AffectedDocument, Impact
    from queries.worklist import WorkItem

CHANGES = ("change", "weight", "old_path", "new_path", "diff", "facts", "takers", "old_text", "new_text", "old_start")
TOUCHES = ("change", "act", "provision", "path", "reach", "diff", "facts", "in_force", "tasks", "words", "file")
TOUCH_SPAN = ("start", "end", "read")
WORK = (
    *("distance", "grade", "score", "task", "path", "lead", "coordinate", "text", "source", "source_path"),
    *("because", "kept", "source_text", "file", "start", "end"),
)
_SHORT = 44
"""Characters of an unchanged stretch that a table shows at either end of a change."""


def print_impact(say: Say, found: Impact) -> None:
    """What was asked, and the counts."""
    counts = found.counts
    lines(say("impact.title", document=act_label(found.act)))
    if not found.act.in_corpus:
        lines(say("impact.absent", document=found.act.label), 2)
    for place in found.clauses:
        unit = place.unit
        lines(say("impact.clauses", paths=f"{unit.path} «{unit.quote.text if unit.quote else ''}»" if unit else ""), 2)
    if not counts.documents and not counts.tasks:
        lines(say("impact.nothing", document=found.act.label), 2)
        return
    lines(say("impact.counts", documents=counts.documents, tasks=counts.tasks, bodies=counts.bodies), 2)
    lines(say("impact.by-relation", counts=_counts(say, "relation", counts.documents_by_relation)), 2)
    lines(say("impact.by-grade", counts=_counts(say, "grade", counts.tasks_by_grade)), 2)
    lines(say("impact.by-distance", counts=_counts(say, "distance", counts.tasks_by_distance)), 2)
    if found.untied:
        lines(say("impact.untied", count=found.untied), 2)


def documents_table(say: Say, found: Sequence[AffectedDocument]) -> Table:
    """The documents touched, with the words in which they say so."""
    columns = (
        "distance",
        "relation",
        "document",
        "kind",
        "date",
        "issuer",
        "via",
        "words",
        "file",
        "start",
        "end",
        "tasks",
    )
    rows = [
        [
            *(row.distance, say.known(f"relation.{row.relation}", row.relation), row.document.id, row.document.kind),
            *(row.document.date, row.document.issuer, row.via.id),
            *((row.words.text, row.words.file, row.words.start, row.words.end) if row.words else (None,) * 4),
            row.tasks,
        ]
        for row in found
    ]
    return Table(say("impact.documents"), columns, rows, frozenset({"kind", "issuer", "date"}))


def tasks_table(say: Say, found: Impact) -> Table:
    """The tasks below an act."""
    columns = (
        "distance",
        "grade",
        "score",
        "task",
        "path",
        "lead",
        "coordinate",
        "text",
        "source",
        "source_path",
        "status",
    )
    rows: list[list[Cell]] = [
        [
            *(task.distance, say.known(f"grade.{task.grade}", task.grade), task.score),
            *(task.place.id, unit.path),
            *(", ".join(unit.lead), ", ".join(unit.coordinate), unit.quote.text if unit.quote else None),
            *(task.source.id, task.source.unit.path if task.source.unit else None, status_label(say, task.status)),
        ]
        for task in found.tasks
        if (unit := task.place.unit)
    ]
    return Table(say("impact.tasks"), columns, rows)


def bodies_table(say: Say, found: Sequence[AffectedBody]) -> Table:
    """The bodies that lead or coordinate tasks touched."""
    rows: list[list[Cell]] = [
        [row.name, row.lead, row.coordinate, row.nearest, say.known(f"grade.{row.strongest}", row.strongest)]
        for row in found
    ]
    return Table(say("impact.bodies"), ("body", "leads", "coordinates", "nearest", "strongest"), rows)


def print_compared(say: Say, found: Compared) -> None:
    """What was compared, whether the store has the old version, and the counts."""
    lines(say("compare.title", old=found.old, new=found.new))
    for field, (old, new) in found.header.items():
        name = say.known(f"column.{field}", say.known(f"header.{field}", field))
        lines(say("compare.header", field=name, old=old or "—", new=new or "—"), 2)
    if not found.changes:
        lines(say("compare.same", count=found.unchanged), 2)
    else:
        lines(say("compare.counts", counts=_counts(say, "how", found.by_how), unchanged=found.unchanged), 2)
        lines(say("compare.weights", counts=_counts(say, "weight", found.by_weight)), 2)
    if found.act is None:
        lines(say("compare.not-stored", old=found.old), 2)
    else:
        lines(say(f"compare.known-by-{found.known_by}", act=found.act.label), 2)
        tasks = {item.task.place.iri for item in found.work}
        direct = {item.task.place.iri for item in found.work if item.task.distance == 1}
        lines(say("compare.work", tasks=len(tasks), direct=len(direct), bodies=len(found.bodies)), 2)
    if found.lost:
        lines(say("compare.lost", paths="; ".join(side.path for side in found.lost)), 2)


def print_hypothesis(say: Say, found: Hypothesis) -> None:
    """Which draft, what it was read to do, and what cannot be told."""
    draft = " ".join(part for part in (found.kind, found.number) if part) or found.file
    lines(say("draft.title", draft=draft, subject=found.subject or "—", file=found.file))
    if not found.touches:
        key = "draft.no-change" if found.named else "draft.not-named"
        lines(say(key, act=found.act.label if found.act else ""), 2)
        return
    tasks = {item.task.place.iri for item in found.work}
    lines(say("draft.counts", touches=len(found.touches), tasks=len(tasks), bodies=len(found.bodies)), 2)
    for reach in ("unknown", "unnamed"):
        which = [touch for touch in found.touches if touch.reach == reach]
        if which:
            named = "; ".join(f"{touch.because.provision or touch.act.id}" for touch in which)
            lines(say(f"draft.{reach}", provisions=named), 2)
    if any(touch.read == "citation" for touch in found.touches):
        lines(say("draft.by-citation"), 2)


def changes_table(say: Say, found: Compared) -> Table:
    """One row for each change; people do not see the whole texts."""
    pairs = zip(found.changes, found.takers, strict=True)
    rows = [_change(say, change, takers if found.act else None) for change, takers in pairs]
    return Table(say("compare.changes"), CHANGES, rows, frozenset({"old_text", "new_text", "old_start"}))


def touches_table(say: Say, found: Hypothesis) -> Table:
    """One row for each change that the draft makes."""
    hidden = frozenset({"read", "file", "start", "end"})
    return Table(say("draft.touches"), (*TOUCHES, *TOUCH_SPAN), [_touch(say, touch) for touch in found.touches], hidden)


def work_table(say: Say, work: Sequence[WorkItem]) -> Table:
    """One row for each task and reason."""
    hidden = frozenset({"source_text", "file", "start", "end"})
    return Table(say("compare.tasks"), WORK, [work_row(say, item) for item in work], hidden)


def work_row(say: Say, item: WorkItem) -> list[Cell]:
    """A work item under :data:`WORK`."""
    task = item.task
    unit, source = task.place.unit, task.source.unit
    quote = unit.quote if unit else None
    return [
        *(task.distance, say.known(f"grade.{task.grade}", task.grade), task.score, task.place.id),
        *(unit.path if unit else None, ", ".join(unit.lead) if unit else None),
        *(", ".join(unit.coordinate) if unit else None, quote.text if quote else None),
        *(task.source.id, source.path if source else None, because(say, item), kept(say, item)),
        source.quote.text if source and source.quote else None,
        *((quote.file, quote.start, quote.end) if quote else (None, None, None)),
    ]


def because(say: Say, item: WorkItem) -> str:
    """Why a task is on the list, in one sentence."""
    why, task = item.because, item.task
    kind = say.known(f"how.{why.how}", say.known(f"change.{why.how}", why.how))
    place = why.provision or (why.clause.unit.path if why.clause and why.clause.unit else None)
    said = say("because.clause", what=kind, place=place) if place else say("because.act", what=kind)
    if why.how == "asked":
        said = say(f"because.{task.grade}", source=task.source.id)
    if why.facts:
        said = f"{said}: {'; '.join(fact(say, one) for one in why.facts)}"
    if task.distance > 1:
        return say("because.chain", why=said, via=task.source.id)
    is_open = task.status != "current" or task.score is None
    return say("because.names", why=said, reason=task.reason) if is_open and task.reason else said


def kept(say: Say, item: WorkItem) -> str | None:
    """Whether the words that were taken still stand in the clause."""
    code = {True: "yes", False: "no", None: "unknown"}[item.kept]
    return say.known(f"kept.{code}", code) if item.kept is not None or isinstance(say, Codes) else None


def fact(say: Say, found: Fact) -> str:
    """A fact that is another now: "Trồng mới: 9.500 ha → 7.800 ha (giảm)"."""
    way = say.known(f"way.{found.way}", found.way)
    name = found.name or say.known(f"fact.{found.kind}", found.kind)
    return f"{name}: {found.old or '—'} → {found.new or '—'} ({way})"


def diff_text(parts: Sequence[Part], *, whole: bool = False) -> str:
    """The word diff in one line, as ``git diff --word-diff`` marks it: ``[-old-]{+new+}``."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(marks[part.op].format(part.text if whole else _short(part)) for part in parts)


def _short(part: Part) -> str:
    if part.op != "same" or len(part.text) <= 2 * _SHORT:
        return part.text
    end = textwrap.shorten(part.text[::-1], _SHORT, placeholder="")[::-1]
    return f"{textwrap.shorten(part.text, _SHORT, placeholder='')} … {end}"


def _change(say: Say, change: ClauseChange, takers: int | None) -> list[Cell]:
    notes = [fact(say, one) for one in change.facts]
    notes += [say("compare.slip", old=old, new=new) for old, new in change.slips]
    notes += [say.known(f"print.{code}", code) for code in change.prints]
    notes += [say("compare.moved")] if change.moved and change.how != "moved" else []
    old, new = change.old, change.new
    return [
        *(say.known(f"how.{change.how}", change.how), say.known(f"weight.{change.weight}", change.weight)),
        *(old.path if old else None, new.path if new else None),
        *(diff_text(change.parts, whole=isinstance(say, Codes)), "; ".join(notes) or None, takers),
        *(old.text if old else None, new.text if new else None, old.start if old else None),
    ]


def _touch(say: Say, touch: Touch) -> list[Cell]:
    why = touch.because
    unit = why.clause.unit if why.clause else None
    shown = diff_text(why.parts, whole=isinstance(say, Codes)) or touch.new_text
    return [
        *(say.known(f"change.{why.how}", why.how), touch.act.id, why.provision, unit.path if unit else None),
        *(say.known(f"reach.{touch.reach}", touch.reach), shown),
        *("; ".join(fact(say, one) for one in why.facts) or None, touch.in_force, touch.tasks),
        *((why.words.text, why.words.file, why.words.start, why.words.end) if why.words else (None,) * 4),
        touch.read,
    ]


def _counts(say: Say, kind: str, counts: dict[str, int]) -> str:
    return " · ".join(f"{say.known(f'{kind}.{key}', key)}: {number}" for key, number in counts.items())
