"""``lineage tasks``: who must do what by when, and where it comes from.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import OnOption, TodayOption, day, tell, today
from policylineage.exits import USAGE, Failure
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading, voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policylineage.output import Cell
    from queries.owners import Answer, OwnedTask
    from queries.rows import TaskRow

COLUMNS = ("task", "act", "path", "lead", "coordinate", "deadline", "due", "sources", "text", "file", "start", "end")
NOW = ("owner", "owner_parts", "legal_basis", "doubt")
"""Columns that ``--today`` and ``--on`` add: who answers for the leading body, who took over parts, by which acts."""
_HIDDEN = frozenset({"file", "start", "end", "act"})
_DUE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?|any")


def run(
    body: Annotated[str | None, typer.Option("--body", help=HELP("help.body"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=HELP("help.source"))] = None,
    due: Annotated[str | None, typer.Option("--due", help=HELP("help.due"))] = None,
    now: TodayOption = False,
    on: OnOption = None,
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the tasks that meet all conditions given."""
    from policylineage.commands.finding import bodies_named, one_document
    from policylineage.output import Table
    from queries.tasks import tasks

    if due and not _DUE.fullmatch(due):
        raise Failure(USAGE, "failure.due", text=due)
    say = voice(lang, form)
    then = day(as_of)
    with reading(store, then) as reader:
        act = one_document(reader, say, form, source) if source else None
        bodies = bodies_named(reader, body) if body else {}
        found = tasks(reader, bodies=set(bodies) if body else None, act=act, due=due)
        states = states_of(reader, [*([act] if act else []), *(row.place.document for row in found)])
    title = say("tasks.title", count=len(found))
    if (when := day(on) or (today() if now else None)) is None:
        table = Table(title, COLUMNS, [_cells(say, row) for row in found], _HIDDEN)
        emit_as_of(say, form, found, [table], states, then)
    else:
        _emit_owned(say, form, found, when, set(bodies.values()))


def _emit_owned(say: Say, form: Format, found: Sequence[TaskRow], when: str, bodies: set[str]) -> None:
    """The tasks with who answers for them on a day; before the table, the chain of each body that was asked for."""
    from policylineage.output import Table, emit
    from queries.owners import answer, with_owners

    owned = with_owners(found, when)
    if form is Format.table:
        of_province = {(name, row.place.document.province) for row in found for name in bodies & _named(row)}
        for name, province in sorted(of_province, key=str):
            tell(say, answer(name, province, when))
    rows = [[*_cells(say, row), *_now(say, row)] for row in owned]
    told = frozenset({"owner_parts", "legal_basis", "sources"} if bodies else ())
    emit(say, form, owned, [Table(say("tasks.title", count=len(owned)), (*COLUMNS, *NOW), rows, _HIDDEN | told)])


def _named(row: TaskRow) -> set[str]:
    unit = row.place.unit
    return {*unit.lead, *unit.coordinate} if unit else set()


def _now(say: Say, row: OwnedTask) -> list[Cell]:
    answers = row.lead_now
    parts = [f"{owner.name}: {owner.what}" for answer in answers for owner in answer.owners if owner.what]
    doubts = [owner.doubt for answer in answers for owner in answer.owners if owner.doubt]
    if any(answer.unchecked for answer in answers):
        doubts.append(say("owner.unchecked"))
    acts = (act for answer in answers for act in answer.basis)
    return [_once(_main(say, answers)), _once(parts), _once(acts), _once(doubts)]


def _main(say: Say, answers: Iterable[Answer]) -> list[str]:
    return [owner.name or say("owner.unknown") for answer in answers for owner in answer.main]


def _once(texts: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(texts)) or None


def _cells(say: Say, row: TaskRow) -> list[Cell]:
    unit, document = row.place.unit, row.place.document
    quote = unit.quote if unit else None
    sources = "; ".join(f"{source.id} ({say.known(f'grade.{source.grade}', source.grade)})" for source in row.sources)
    return [
        *(row.place.id, document.id, unit.path if unit else None),
        *(", ".join(unit.lead) if unit else None, ", ".join(unit.coordinate) if unit else None),
        "; ".join(deadline.text for deadline in row.deadlines),
        "; ".join(deadline.date or deadline.recurrence or "" for deadline in row.deadlines).strip("; "),
        sources,
        *((quote.text, quote.file, quote.start, quote.end) if quote else (None,) * 4),
    ]
