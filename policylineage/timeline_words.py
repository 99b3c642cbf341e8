"""The page of an act's life in the reader's words."""

from __future__ import annotations

from policylineage.messages import Say
from queries.life import ChangeRow
from queries.rows import Quote
from queries.timeline import Course, Uptake
from viz.timeline_page import Bar, Lane, Mark, Timeline


def timeline(say: Say, found: Course) -> Timeline:
    """All that the page shows of a life."""
    whole, act = found.life, found.life.act
    issued = Mark(act.date, "issued", say("line.issued", act=act.label))
    state = say.known(f"life.{whole.state}", whole.state)
    lanes = (
        Lane(say("line.act"), (issued, *(_mark(say, change) for change in whole.changes if not _partly(change)))),
        Lane(say("line.parts"), tuple(_mark(say, change) for change in whole.changes if _partly(change))),
        Lane(say("line.below"), tuple(_below(say, uptake) for uptake in found.uptakes)),
    )
    return Timeline(
        lang=say.lang.value,
        title=say("line.title", act=act.label),
        facts=tuple(part for part in (act.title, act.issuer, say("line.state", day=whole.day, state=state)) if part),
        today=(whole.day, say("line.day", day=whole.day)),
        states=say("line.states"),
        bars=tuple(
            Bar(span.start, span.end, span.state, say.known(f"life.{span.state}", span.state)) for span in found.spans
        ),
        lanes=lanes,
        columns=(say("column.day"), say("column.change"), say("column.words")),
        unknown_day=say("line.no-day"),
        foot=(say("life.limits"),),
    )


def _partly(change: ChangeRow) -> bool:
    return bool(change.provision or change.partial)


def _mark(say: Say, change: ChangeRow) -> Mark:
    """A change on the first day on which it holds, else on that of its document."""
    day = (change.ends if change.kind == "expire" else None) or change.in_force or change.issued
    kind = say.known(f"change.{change.kind}", change.kind)
    what = " ".join(part for part in (kind, change.provision) if part)
    by = change.by_name if change.by and change.by.iri != change.act.iri else None
    if change.who:
        by = say("life.person", who=change.who, day=(change.when or "")[:10])
    until = say("line.until", day=change.until) if change.until else ""
    told = say("line.told", by=change.said_by.id) if change.aside and change.said_by else ""
    label = " · ".join(part for part in (f"{what}{f' ({by})' if by else ''}", until, told) if part)
    return Mark(day, change.kind, label, change.words.text if change.words else change.note or "", _where(change.words))


def _below(say: Say, uptake: Uptake) -> Mark:
    relation = say.known(f"relation.{uptake.relation}", uptake.relation)
    words = uptake.words
    label = f"{uptake.document.label} ({relation})"
    return Mark(uptake.document.date, "below", label, words.text if words else "", _where(words))


def _where(words: Quote | None) -> str:
    return f"{words.file} {words.start}–{words.end}" if words else ""
