"""``lineage life`` and ``lineage event``: what became of an act, is it in force on a day, and what people know of it.

Imports inside the functions: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption
from policylineage.commands.owner import day, today
from policylineage.exits import NOTHING, USAGE, Failure
from policylineage.labels import act_label, quoted
from policylineage.messages import Codes, Lang, Say
from policylineage.options import (
    DEFAULT_STORE,
    HELP,
    Format,
    FormatOption,
    LangOption,
    StoreOption,
    WhoOption,
    person,
    reading,
    voice,
)

if TYPE_CHECKING:
    from kg.handevents import HandEvent
    from loaders.records import EventKind
    from policylineage.output import Cell, Table
    from queries.life import ChangeRow, Life
    from queries.reader import Reader

COLUMNS = (
    *("day", "change", "act", "provision", "by", "by_provision", "issued", "until", "at_work", "applied", "said_by"),
    *("words", "file", "start", "end", "unit", "note", "id"),
)
_HIDDEN = frozenset({"by_provision", "unit", "act", "id"})


class Action(StrEnum):
    """What ``lineage event`` does."""

    add = "add"
    list = "list"
    drop = "drop"


def run(
    number: Annotated[list[str], typer.Argument(help=HELP("help.number"))],
    as_of: AsOfOption = None,
    clause: Annotated[str | None, typer.Option("--provision", help=HELP("help.provision"))] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.html", help=HELP("help.life-out"))] = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print the state of an act on a day and all that changed it, with the words."""
    from policylineage.commands.finding import one_document
    from policylineage.output import emit
    from queries.life import life

    say = voice(lang, form)
    when = day(as_of) or today()
    with reading(store) as reader:
        act = one_document(reader, say, form, " ".join(number))
        found = life(reader, act, when, clause)
        if out is not None:
            _write_line(Say(lang), reader, found, out)
    if form is Format.table:
        _print_state(say, found)
    emit(say, form, found, [_table(say, "life.changes", found.changes), *_made(say, found)])
    if form is Format.table:
        _print_limits(say)


def _write_line(say: Say, reader: Reader, found: Life, out: Path) -> None:
    from policylineage.timeline_words import timeline
    from queries.timeline import course
    from viz.timeline_page import write_timeline

    write_timeline(timeline(say, course(reader, found.act, found.day)), out)
    typer.echo(say("browse.done", file=out), err=True)


def event(
    action: Annotated[Action, typer.Argument(help=HELP("help.event-action"))],
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND NUMBER | ID]", help=HELP("help.event-what"))
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help=HELP("help.event-by"))] = None,
    provision: Annotated[str | None, typer.Option("--provision", help=HELP("help.provision"))] = None,
    in_force: Annotated[str | None, typer.Option("--date", metavar="DATE", help=HELP("help.event-date"))] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help=HELP("help.event-until"))] = None,
    who: WhoOption = "",
    note: Annotated[str | None, typer.Option("--note", help=HELP("help.note"))] = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Enter a change that no document of the store tells, list those entered, or take one out."""
    say = voice(lang, form)
    words = what or []
    if action is Action.list:
        _list(say, form, store)
    elif action is Action.drop:
        _drop(say, words, store)
    else:
        _add(say, form, words, (by, provision, day(in_force), day(until)), (who, note), store)


def _add(
    say: Say,
    form: Format,
    words: list[str],
    said: tuple[str | None, str | None, str | None, str | None],
    by_whom: tuple[str, str | None],
    store: str,
) -> None:
    from kg.decisions import now
    from kg.handevents import HandEvent, keep_event
    from kg.store import open_store
    from policylineage.commands.finding import one_document
    from queries.find import documents
    from queries.reader import Reader

    by, provision, in_force, until = said
    if len(words) < 2 or words[0] not in _kinds():
        raise Failure(USAGE, "event.usage", kinds=", ".join(_kinds()))
    with open_store(store) as opened:
        reader = Reader(opened)
        act = one_document(reader, say, form, " ".join(words[1:]))
        acting = documents(reader, by) if by else []
        known = acting[0].iri if len(acting) == 1 else None
        own = by is None and words[0] in ("commence", "expire")
        made = HandEvent(
            kind=_kinds()[words[0]],
            act=act.iri,
            who=person(by_whom[0]),
            when=now(),
            number=act.number,
            provision=provision,
            by=act.iri if own else known,
            by_text=by if known is None else None,
            in_force=in_force,
            until=until,
            ends=in_force if words[0] == "expire" else None,
            note=by_whom[1],
        )
        keep_event(opened, made)
    _tell_added(say, made, act.label)


def _tell_added(say: Say, made: HandEvent, act: str) -> None:
    kind = say.known(f"change.{made.kind}", made.kind)
    typer.echo(say("event.added", kind=kind, act=act, who=made.who, id=made.iri.rpartition("/")[2]))


def _list(say: Say, form: Format, store: str) -> None:
    from policylineage.output import emit
    from queries.life import entered

    with reading(store) as reader:
        found = entered(reader, today())
    table = _table(say, "event.title", found)
    emit(
        say, form, found, [table._replace(hidden=frozenset({"words", "file", "start", "end", "unit", "by_provision"}))]
    )


def _drop(say: Say, words: list[str], store: str) -> None:
    from kg.handevents import drop_event
    from kg.store import open_store

    if len(words) != 1:
        raise Failure(USAGE, "event.drop-usage")
    with open_store(store) as opened:
        if not drop_event(opened, words[0]):
            raise Failure(NOTHING, "none.event", id=words[0])
    typer.echo(say("event.dropped", id=words[0]))


def _kinds() -> dict[str, EventKind]:
    from loaders.records import EVENT_KINDS

    return {kind: kind for kind in EVENT_KINDS}


def _print_state(say: Say, found: Life) -> None:
    """The state, why, and what contradicts what."""
    from policylineage.output import lines

    lines(act_label(found.act))
    state = say.known(f"life.{found.state}", found.state)
    where = say("life.provision", provision=found.provision) if found.provision else ""
    lines(say("life.on", day=found.day, where=where, state=state, reason=say(f"why.{found.reason}")), 2)
    by_iri = {change.iri: change for change in found.changes}
    for proof in found.proof:
        if (change := by_iri.get(proof)) and change.words:
            lines(quoted(change.words), 6, "· ")
    for group in found.disputes:
        told = "; ".join(_dispute(say, by_iri[iri]) for iri in group if iri in by_iri)
        lines(say("life.dispute", told=told), 2)


def _dispute(say: Say, change: ChangeRow) -> str:
    said_by = (
        change.said_by.id if change.said_by else say("life.person", who=change.who or "", day=(change.when or "")[:10])
    )
    return f"{said_by}: {say.known(f'change.{change.kind}', change.kind)} {_first_day(change) or '?'}"


def _print_limits(say: Say) -> None:
    from policylineage.output import lines

    lines(say("life.limits"))


def _table(say: Say, title: str, changes: Sequence[ChangeRow]) -> Table:
    from policylineage.output import Table

    return Table(say(title, count=len(changes)), COLUMNS, [_cells(say, change) for change in changes], _HIDDEN)


def _made(say: Say, found: Life) -> list[Table]:
    if not found.made:
        return []
    return [_table(say, "life.made", found.made)._replace(hidden=_HIDDEN - {"act"} | {"by", "said_by"})]


def _first_day(change: ChangeRow) -> str | None:
    return (change.ends if change.kind == "expire" else None) or change.in_force


def _cells(say: Say, change: ChangeRow) -> list[Cell]:
    words = change.words
    told = change.aside or isinstance(say, Codes)  # people need not read twice that an act speaks for itself
    said_by = change.said_by.id if change.said_by and told else None
    if change.who:
        said_by = (
            change.who if isinstance(say, Codes) else say("life.person", who=change.who, day=(change.when or "")[:10])
        )
    provision = change.provision or (say.known("life.part", "~") if change.partial else None)
    return [
        *(_first_day(change), say.known(f"change.{change.kind}", change.kind), change.act.id, provision),
        *(_by(say, change), change.by_provision, change.issued, change.until),
        *(_yes(say, change.at_work), _yes(say, change.applied) if change.applied is not None else None, said_by),
        *((words.text, words.file, words.start, words.end) if words else (None,) * 4),
        *(change.unit, change.note, change.iri.rpartition("/")[2]),
    ]


def _by(say: Say, change: ChangeRow) -> str | None:
    """The acting act; for people with the provision that acts before it."""
    name = change.by.id if change.by else change.by_name
    if isinstance(say, Codes) or not change.by_provision:
        return name
    return f"{change.by_provision}, {name}" if name else change.by_provision


def _yes(say: Say, value: bool | None) -> str:
    code = {True: "yes", False: "no", None: "unknown"}[value]
    return say.known(f"yes.{code}", code)
