"""What the lineage sheet says: a trace in the reader's language, ready for :mod:`viz.sheet` to give it a form."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kg.export import write_atomically
from kg.links import Shares
from policylineage.commands.trace import closing, strongest
from policylineage.coverage_tables import reason
from policylineage.exits import USAGE, Failure
from policylineage.labels import act_label, grade_label
from policylineage.messages import Say
from queries.gaps import gaps
from queries.reader import Reader
from queries.rows import DeadlineRow, DocumentRow, Hop, Place, Quote, Trace
from viz.sheet import Sheet, Step, Words, to_html, to_markdown
from viz.sheet_docx import to_docx

SUFFIXES = (".md", ".html", ".docx")
GRADE_KEYS = ("slip.confirmed", "slip.cited", "slip.copied", "slip.adapted", "slip.inherited")


class Made(NamedTuple):
    """How and when a sheet was made: the command that makes it again, and the day."""

    command: str
    day: date


def write_sheet(reader: Reader, say: Say, found: Trace, out: Path, words: str) -> None:
    """Write the sheet of a trace to ``out``, whole or not at all; the suffix decides the format.

    ``words`` are what was asked for. Raises :class:`Failure` for another suffix and :class:`OSError`.
    """
    suffix = check_suffix(out)
    command = ["lineage", "trace", words, "--store", str(reader.store.location), "--out", str(out)]
    command += [] if say.lang.value == "vi" else ["--lang", say.lang.value]
    sheet = compose(reader, say, found, Made(shlex.join(command), date.today()))
    if suffix == ".docx":
        write_atomically(out, to_docx(sheet))
    else:
        write_atomically(out, (to_html if suffix == ".html" else to_markdown)(sheet).encode("utf-8"))


def check_suffix(out: Path) -> str:
    """The suffix in lower case. Raises :class:`Failure` for one that is not written."""
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise Failure(USAGE, "slip.format", suffix=out.suffix)
    return suffix


def compose(reader: Reader, say: Say, found: Trace, made: Made) -> Sheet:
    """The words of the sheet of ``found``, in the language of ``say``."""
    shown, left_out = strongest(found.hops)
    start = found.start
    unknown = [*closing(say, found), *_unlinked(reader, say, found)]
    if left_out:
        unknown.append(say("trace.weaker", count=left_out))
    used = {grade for hop in shown for grade in (hop.grades or (hop.grade,))}
    grades = ". ".join(say(key) for key in GRADE_KEYS if key.partition(".")[2] in used)
    legend = (grades,) if grades else ()
    return Sheet(
        lang=say.lang.value,
        title=say("slip.title"),
        facts=tuple(_facts(reader, say, start)),
        text=(say("column.text"), _start_words(start)),
        steps_heading=say("slip.steps"),
        sides=(say("slip.lower"), say("slip.upper")),
        steps=tuple(_step(say, hop) for hop in shown),
        lists=(
            (say("slip.unknown"), tuple(unknown)),
            (say("slip.method"), (*_identities(say, found, shown), say("slip.how"), *legend)),
        ),
        foot=(
            say("slip.made", day=f"{made.day:%d/%m/%Y}" if say.lang.value == "vi" else made.day.isoformat()),
            say("slip.command", command=made.command),
        ),
        empty="—",
    )


def _facts(reader: Reader, say: Say, start: Place) -> Iterable[tuple[str, str]]:
    unit, document = start.unit, start.document
    if unit:
        kind = say.known(f"kind.{unit.kind}", unit.kind).capitalize()
        yield kind, f"{unit.id} ({say('trace.path', path=unit.path)})"
    yield say("column.document"), act_label(document)
    if document.title and document.title not in act_label(document):
        yield say("column.title"), document.title
    if unit:
        yield say("column.lead"), "; ".join(unit.lead) or say("slip.not-said")
        yield say("column.coordinate"), "; ".join(unit.coordinate) or say("slip.not-said")
        due = "; ".join(map(_due, reader.deadlines(unit.iri)))
        yield say("column.deadline"), due or say("slip.not-said")


def _due(deadline: DeadlineRow) -> str:
    more = deadline.date or deadline.recurrence
    return f"{deadline.text} ({more})" if more else deadline.text


def _start_words(start: Place) -> Words:
    quote = start.unit.quote if start.unit else None
    return _words(quote) if quote else Words(start.document.title or start.document.label)


def _words(quote: Quote) -> Words:
    return Words(quote.text, _place(quote))


def _place(quote: Quote) -> str:
    return f"{quote.file} {quote.start}–{quote.end}"


def _step(say: Say, hop: Hop) -> Step:
    unit, document = hop.upper.unit, hop.upper.document
    where = f", {say('trace.path', path=unit.path)} ({unit.id})" if unit else ""
    heading = say(
        "slip.step",
        number=hop.depth,
        relation=say.known(f"relation.{hop.relation}", hop.relation),
        source=act_label(document) + where,
    )
    derived = hop.relation == "derived"
    facts = [say("slip.status", status=say.known(f"status.{hop.status}", hop.status))] if derived else []
    if hop.score is not None:
        facts.append(say("trace.score", score=f"{hop.score:.2f}"))
    parts = per_cent(hop.shares) if hop.shares else None
    if parts:
        facts.append(say("slip.shares", copied=parts[0], adapted=parts[1], new=parts[2]))
    if not document.in_corpus:
        facts.append(say("trace.absent"))
    grades = " + ".join(grade_label(say, grade) for grade in hop.grades or (hop.grade,))
    if unit is None:
        facts += _named(say, hop)
    found = say("trace.reason", reason=hop.reason) if hop.reason else ""
    return Step(heading, say("slip.grade", grade=grades), tuple(facts), _pairs(hop), parts, found)


def per_cent(shares: Shares) -> tuple[int, int, int]:
    """The parts as whole per cents that add up to 100."""
    copied, adapted = round(100 * shares.copied), round(100 * shares.adapted)
    return copied, adapted, max(0, 100 - copied - adapted)


def _pairs(hop: Hop) -> tuple[tuple[Words | None, Words | None], ...]:
    """The words of both sides; a whole act has none to stand beside those that name it (:func:`_named`)."""
    if hop.upper.unit is None:
        return ()
    return tuple(
        (_words(pair.lower) if pair.lower else None, _words(pair.upper) if pair.upper else None)
        for pair in hop.passages
    )


def _named(say: Say, hop: Hop) -> list[str]:
    """The words that name a whole act, and what it is about: one line, so that the sheet stays one page."""
    quotes = [f"«{pair.lower.text}» [{_place(pair.lower)}]" for pair in hop.passages if pair.lower]
    title = hop.upper.document.title
    about = [f"{say('trace.title')}: {title}"] if title and title not in act_label(hop.upper.document) else []
    return [*(quotes or [say("trace.no-words")]), *about]


def _unlinked(reader: Reader, say: Say, found: Trace) -> list[str]:
    """Why a task without any link has none: linking keeps no node for it."""
    unit = found.start.unit
    if unit is None or unit.kind != "task" or found.gaps:
        return []
    missing = gaps(reader, found.start.document, [unit.iri])
    return [say("trace.gap", kind=say("kind.task"), reason=reason(say, gap)) for gap in missing]


def _identities(say: Say, found: Trace, shown: Sequence[Hop]) -> list[str]:
    """How documents without a full header are known to be what they are."""
    documents: dict[str, DocumentRow] = {}
    for row in (found.start.document, *(hop.upper.document for hop in shown)):
        documents.setdefault(row.iri, row)
    return [
        f"{say('trace.identity', file=row.file or row.id)} {'; '.join(row.identity)}"
        for row in documents.values()
        if row.identity
    ]
