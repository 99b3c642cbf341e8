"""``lineage trace``: from a task up to the top, hop by hop, with the words on both sides.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, state_table, states_of
from policylineage.commands.owner import day
from policylineage.labels import act_label, grade_label, quoted
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading

if TYPE_CHECKING:
    from queries.rows import DocumentRow, Hop, Place, Quote, Trace

SHOWN = 3
"""Sources of one unit that are printed for people; JSON and CSV give all."""


def run(
    words: Annotated[list[str], typer.Argument(help=HELP("help.words"))],
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
    as_of: AsOfOption = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=HELP("help.out-sheet"))] = None,
) -> None:
    """Print where a task, a clause or a document comes from, or write it to a file as a one-page sheet."""
    from policylineage.commands.finding import one_place
    from policylineage.output import Table, show
    from queries.trace import trace

    say = Say(lang)
    when = day(as_of)
    with reading(store, when) as reader:
        found = trace(reader, one_place(reader, say, form, " ".join(words)))
        if out is not None:
            from policylineage.lineage_sheet import write_sheet

            write_sheet(reader, say, found, out, " ".join(words))
            typer.echo(say("file.done", file=out), err=True)
            return
        states = states_of(reader, [found.start.document, *(hop.upper.document for hop in found.hops)])
    if form is not Format.table:
        rows = [row for hop in found.hops for row in _rows(hop)]
        emit_as_of(say, form, found, [Table("", COLUMNS, rows)], states, when)
        return
    print_trace(say, found)
    if when:
        show(say, state_table(say, states, when))


def print_trace(say: Say, found: Trace) -> None:
    """The trace for people: the start, each hop with its words, what is not known."""
    from policylineage.output import lines

    _print_start(say, found.start)
    shown, left_out = strongest(found.hops)
    for hop in shown:
        _print_hop(say, hop)
    typer.echo()
    if left_out:
        lines(say("trace.weaker", count=left_out))
    for sentence in closing(say, found):
        lines(sentence)
    for again in found.recurs:
        direction = say(f"recurs.{again.direction}")
        lines(say("trace.recurs", direction=direction, id=again.place.id, share=round(100 * again.share)))


def strongest(hops: Sequence[Hop]) -> tuple[list[Hop], int]:
    """The first ``SHOWN`` sources of each unit with what is above them, and how many sources were left out."""
    shown: list[Hop] = []
    siblings: Counter[int] = Counter()
    left_out, beneath = 0, 0
    for hop in hops:
        if beneath and hop.depth > beneath:
            continue
        beneath = 0
        siblings[hop.depth] += hop.relation == "derived"
        for deeper in [depth for depth in siblings if depth > hop.depth]:
            del siblings[deeper]
        if hop.relation == "derived" and siblings[hop.depth] > SHOWN:
            left_out, beneath = left_out + 1, hop.depth
        else:
            shown.append(hop)
    return shown, left_out


def closing(say: Say, found: Trace) -> list[str]:
    """What holds of the whole chain, and what it does not cover."""
    said = []
    unit = found.start.unit
    if unit and not any(hop.depth == 1 and hop.upper.unit for hop in found.hops):
        kind = say.known(f"kind.{unit.kind}", unit.kind)
        gaps = [say("trace.gap", kind=kind, reason=reason) for reason in found.gaps]
        said += gaps or [say("trace.no-clause", kind=kind)]
    if found.strength:
        said.append(say("trace.strength", grade=grade_label(say, found.strength)))
    if found.absent:
        said.append(say("trace.missing", acts="; ".join(act_label(row) for row in found.absent)))
    for choice in found.ambiguous:
        words = choice.words.text if choice.words else ""
        said.append(say("trace.ambiguous", words=words, acts="; ".join(act_label(row) for row in choice.candidates)))
    return said + [say("trace.top", document=act_label(top)) for top in _tops(found)]


def _tops(found: Trace) -> list[DocumentRow]:
    """Documents of the corpus from which no step leads up."""
    below = {hop.lower.document.iri for hop in found.hops}
    reached = dict.fromkeys([found.start.document, *(hop.upper.document for hop in found.hops)])
    undecided = bool(found.ambiguous)
    return [row for row in reached if row.in_corpus and row.iri not in below and not undecided]


def _print_start(say: Say, start: Place) -> None:
    from policylineage.output import lines

    unit, document = start.unit, start.document
    if unit is None:
        lines(f"{say('kind.document').capitalize()} {act_label(document)}")
    else:
        lines(
            f"{say.known(f'kind.{unit.kind}', unit.kind).capitalize()} {unit.id} ({say('trace.path', path=unit.path)})"
        )
        if unit.quote:
            lines(quoted(unit.quote), 2)
        for key, names in (("trace.lead", unit.lead), ("trace.coordinate", unit.coordinate)):
            if names:
                lines(say(key, names=", ".join(names)), 2)
        lines(say("trace.in", document=act_label(document)), 2)
    _print_identity(say, document, 2)


def _print_hop(say: Say, hop: Hop) -> None:
    from policylineage.output import lines

    indent = 2 * hop.depth
    score = f", {say('trace.score', score=f'{hop.score:.2f}')}" if hop.score is not None else ""
    grades = " + ".join(grade_label(say, grade) for grade in hop.grades) or grade_label(say, hop.grade)
    status = f" ({say(f'status.{hop.status}')})" if hop.status != "current" else ""
    unit = hop.upper.unit
    where = f"{say('trace.path', path=unit.path)} · {unit.id}" if unit else ""
    typer.echo()
    lines(
        f"{say.known(f'relation.{hop.relation}', hop.relation)} [{grades}{score}]{status} "
        + " · ".join(part for part in (act_label(hop.upper.document), where) if part)
        + ("" if hop.upper.document.in_corpus else f" ({say('trace.absent')})"),
        indent + 2,
        "↑ ",
    )
    _print_words(say, hop, indent + 4)
    _print_identity(say, hop.upper.document, indent + 4)


def _print_words(say: Say, hop: Hop, indent: int) -> None:
    from policylineage.output import lines

    for passage in hop.passages:
        for side, quote in (("trace.lower", passage.lower), ("trace.upper", passage.upper)):
            if quote:
                lines(f"{say(side)}: {quoted(quote)}", indent)
    if hop.upper.unit is None and hop.upper.document.title:
        lines(f"{say('trace.title')}: {hop.upper.document.title}", indent)
    if hop.reason:
        lines(say("trace.reason", reason=hop.reason), indent)
    elif not hop.passages:
        lines(say("trace.no-words"), indent)


def _print_identity(say: Say, document: DocumentRow, indent: int) -> None:
    from policylineage.output import lines

    if not document.identity and not document.identity_quotes:
        return
    lines(say("trace.identity", file=document.file or document.id), indent)
    for reason in document.identity:
        lines(reason, indent + 2)
    for quote in document.identity_quotes:
        lines(quoted(quote), indent + 2)


COLUMNS = (
    *("depth", "relation", "grade", "score", "lower", "lower_path", "lower_file", "lower_start", "lower_end"),
    *("lower_words", "upper", "upper_document", "upper_path", "upper_file", "upper_start", "upper_end", "upper_words"),
    "status",
)


def _rows(hop: Hop) -> list[list[str | int | float | None]]:
    """One row for each pair of quotations, one where there is none."""
    pairs = [(passage.lower, passage.upper) for passage in hop.passages] or [(None, None)]
    low, up = hop.lower.unit, hop.upper.unit
    return [
        [
            *(hop.depth, hop.relation, hop.grade, hop.score, hop.lower.id, low.path if low else None, *_cells(lower)),
            *(hop.upper.id, hop.upper.document.id, up.path if up else None, *_cells(upper)),
            hop.status,
        ]
        for lower, upper in pairs
    ]


def _cells(quote: Quote | None) -> tuple[str | int | None, ...]:
    return (quote.file, quote.start, quote.end, quote.text) if quote else (None, None, None, None)
