"""The workbook of an impact: decisions to take, work by body, what changed, documents.

The first sheet is the one that ``lineage decide FILE`` takes back: a row for each task and source that a person should
look at, with the changed words beside those that were taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policylineage import decision_sheet
from policylineage.impact_tables import because, diff_text, kept
from policylineage.messages import Say
from policylineage.output import Cell, Table
from policylineage.spreadsheet import Sheet, sheet_of
from queries.decisions import last_said, side
from queries.reader import Reader
from queries.worklist import BodyWork, WorkItem, by_body

DECISIONS = (
    *("lead", "task", "task_path", "task_text", "deadline", "because", "diff", "source", "source_path", "source_text"),
    *("kept", "grade", "score", "status", "decided", "decision", "new_source", "note", "who"),
)
WORK_BY_BODY = ("body", "role", "task", "path", "text", "deadline", "because", "kept", "source", "source_path")


def book(say: Say, reader: Reader | None, title: str, work: Sequence[WorkItem], tables: Iterable[Table]) -> list[Sheet]:
    """The sheets; ``tables`` come behind those of the work, which need a store. Raises :class:`StoreError`."""
    found = [] if reader is None else _work_sheets(say, reader, title, work)
    shown = [(table, table.title.partition(" (")[0]) for table in tables if table.rows or not found]
    return [*found, *(sheet_of(say, table, name, notes=(table.title,)) for table, name in shown)]


def _work_sheets(say: Say, reader: Reader, title: str, work: Sequence[WorkItem]) -> list[Sheet]:
    return [
        decision_sheet.sheet(say, DECISIONS, _decisions(say, reader, work), (title, say("book.how"))),
        Sheet(
            say("book.bodies"),
            [say(f"column.{key}") for key in WORK_BY_BODY],
            [row for body in by_body(work) for row in _of_body(say, reader, body)],
            (say("book.bodies"),),
            fixed=1,
        ),
    ]


def _decisions(say: Say, reader: Reader, work: Iterable[WorkItem]) -> list[list[Cell]]:
    """One row for each pair of a task and a source, whatever the number of reasons."""
    last = last_said(reader)
    pairs: dict[tuple[str, str], list[WorkItem]] = {}
    for item in work:
        pairs.setdefault((item.task.place.iri, item.task.source.iri), []).append(item)
    return [_decision(say, reader, items, last.get(pair)) for pair, items in pairs.items()]


def _decision(say: Say, reader: Reader, items: Sequence[WorkItem], decided: str | None) -> list[Cell]:
    task = items[0].task
    unit = task.place.unit
    return [
        "; ".join(unit.lead) if unit else None,
        *side(task.place),
        _due(reader, task.place.iri),
        "\n".join(dict.fromkeys(because(say, item) for item in items)),
        "\n".join(dict.fromkeys(diff_text(item.because.parts, whole=True) for item in items)) or None,
        *side(task.source),
        "; ".join(dict.fromkeys(word for item in items if (word := kept(say, item)))) or None,
        *(task.grade, task.score, task.status, decided, None, None, None, None),
    ]


def _of_body(say: Say, reader: Reader, body: BodyWork) -> Iterable[list[Cell]]:
    name = body.name or say("book.nobody")
    for role, items in (("lead", body.lead), ("coordinate", body.coordinate)):
        for item in items:
            task, unit, source = item.task, item.task.place.unit, item.task.source
            yield [
                *(name, say(f"column.{role}") if body.name else None, task.place.id, unit.path if unit else None),
                *(unit.quote.text if unit and unit.quote else None, _due(reader, task.place.iri), because(say, item)),
                *(kept(say, item), source.id, source.unit.path if source.unit else None),
            ]


def _due(reader: Reader, task: str) -> str | None:
    return "; ".join(deadline.text for deadline in reader.deadlines(task)) or None
