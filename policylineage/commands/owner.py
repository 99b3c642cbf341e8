"""``lineage owner``: who answers now for a body of then, by which acts.

Imports inside the function: help texts need none of the tables.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.exits import NOTHING, USAGE, Failure
from policylineage.labels import owner_label
from policylineage.messages import Lang, Say
from policylineage.options import HELP, Format, FormatOption, LangOption, voice

if TYPE_CHECKING:
    from policylineage.output import Cell
    from queries.owners import Answer, OwnerRow, StepRow

COLUMNS = ("body", "on", "owner", "part", "day", "event", "before", "after", "legal_basis", "checked", "note", "doubt")

OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help=HELP("help.on"))]
TodayOption = Annotated[bool, typer.Option("--today", help=HELP("help.today"))]


def run(
    name: Annotated[list[str], typer.Argument(metavar="BODY", help=HELP("help.owner-body"))],
    province: Annotated[str | None, typer.Option("--province", help=HELP("help.province"))] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help=HELP("help.since"))] = None,
    on: OnOption = None,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print who answers for a body on a day, step by step; needs no store."""
    from policylineage.output import Table, emit
    from queries.owners import answer

    say = voice(lang, form)
    found = answer(" ".join(name), province, day(on) or today(), day(since))
    if form is Format.table:
        tell(say, found)
    else:
        emit(say, form, found, [Table("", COLUMNS, [row for owner in found.owners for row in _cells(found, owner)])])
    if not any(owner.name for owner in found.owners):
        raise Failure(NOTHING, "none.owner", text=found.body)


def today() -> str:
    """The ISO day on which the command runs."""
    return date.today().isoformat()


def day(text: str | None) -> str | None:
    """An ISO day as typed. Raises :class:`Failure` for what is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise Failure(USAGE, "failure.day", text=text) from error


def tell(say: Say, found: Answer) -> None:
    """Print the chains of one body: who answers, then each step with its basis and where it was looked up."""
    from policylineage.output import lines

    lines(say("owner.title", body=found.body, day=found.on))
    for owner in found.owners:
        lines(owner_label(say, owner), indent=4, first="→ ")
        for text in _remarks(say, owner):
            lines(text, indent=6)
        for step in owner.steps:
            _tell_step(say, step)


def _remarks(say: Say, owner: OwnerRow) -> list[str]:
    """What must be known of the answer itself."""
    remarks = [say("owner.members", names=", ".join(owner.members))] if owner.members else []
    remarks += [say("owner.doubt", why=owner.doubt)] if owner.doubt else []
    remarks += [say("owner.proof", where=owner.proof)] if owner.proof else []
    return remarks + ([say("owner.same")] if owner.name and not owner.steps else [])


def _tell_step(say: Say, step: StepRow) -> None:
    from policylineage.output import lines

    kind = say.known(f"event.{step.kind}", step.kind)
    lines(say("owner.step", day=step.day, kind=kind, before=step.before, after=step.after), indent=8, first="• ")
    lines(say("owner.basis", acts="; ".join(step.basis)), indent=10)
    lines(say("owner.checked", where=step.checked) if step.checked else say("owner.unchecked"), indent=10)
    if step.note:
        lines(step.note, indent=10)


def _cells(found: Answer, owner: OwnerRow) -> list[list[Cell]]:
    """A row for each step, one row where there is none."""
    head: list[Cell] = [found.body, found.on, owner.name, owner.what]
    steps: list[list[Cell]] = [
        [step.day, step.kind, step.before, step.after, "; ".join(step.basis), step.checked, step.note]
        for step in owner.steps
    ]
    return [[*head, *cells, owner.doubt] for cells in steps or [[None] * 7]]
