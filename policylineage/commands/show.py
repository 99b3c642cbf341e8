"""``lineage show``: all that the store knows of one document or one unit.

Imports inside the function: the store's engine and the questions are loaded only by the command that needs them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from policylineage.commands.asof import AsOfOption, emit_as_of, states_of
from policylineage.commands.owner import day
from policylineage.labels import status_label
from policylineage.messages import Lang, Say
from policylineage.options import DEFAULT_STORE, HELP, Format, FormatOption, LangOption, StoreOption, reading, voice

if TYPE_CHECKING:
    from policylineage.output import Table
    from queries.rows import CitationRow, DocumentRow, DocumentView, Hop, UnitView


def run(
    name: Annotated[list[str], typer.Argument(metavar="ID", help=HELP("help.id"))],
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Print everything known of a document or unit."""
    from policylineage.commands.finding import one_place
    from queries.rows import DocumentView
    from queries.show import show

    say = voice(lang, form)
    when = day(as_of)
    with reading(store, when) as reader:
        found = show(reader, one_place(reader, say, form, " ".join(name)))
        states = states_of(reader, _acts(found))
    tables = _document(say, found) if isinstance(found, DocumentView) else _unit(say, found)
    emit_as_of(say, form, found, tables, states, when)


def _acts(found: DocumentView | UnitView) -> list[DocumentRow]:
    """The acts that a view names: itself, those cited and citing, those above and below."""
    from queries.rows import UnitView

    if isinstance(found, UnitView):
        above, below = (hop.upper.document for hop in found.sources), (hop.lower.document for hop in found.uses)
        return [found.place.document, *above, *below]
    return [found.document, *(row.act for row in (*found.citations, *found.cited_by) if row.act)]


def _document(say: Say, view: DocumentView) -> list[Table]:
    from policylineage.output import Table

    row = view.document
    facts = {
        say("column.kind"): row.kind,
        say("column.number"): row.number,
        say("column.date"): row.date,
        say("column.issuer"): row.issuer,
        say("column.title"): row.title,
        say("column.file"): row.file or say("trace.absent"),
        say("show.signer"): ", ".join(part for part in (view.signer, view.signer_post) if part),
        say("show.recipients"): "; ".join(name.rstrip(" ;.,") for name in view.recipients),
        say("show.units"): ", ".join(
            f"{say.known(f'kind.{kind}', kind)} {count}" for kind, count in view.units.items()
        ),
        say("show.identity"): "; ".join(row.identity),
        say("column.iri"): row.iri,
    }
    outline = [
        [unit.path, say.known(f"kind.{unit.kind}", unit.kind), unit.id, unit.quote.text if unit.quote else None]
        for unit in view.outline
    ]
    return [
        Table(row.label, ("field", "value"), [[key, value] for key, value in facts.items() if value]),
        *_citations(say, say("show.cites"), view.citations),
        *_citations(say, say("show.cited-by"), view.cited_by),
        *([Table(say("show.outline"), ("path", "kind", "id", "text"), outline)] if outline else []),
    ]


def _unit(say: Say, view: UnitView) -> list[Table]:
    from policylineage.output import Table

    unit, document = view.place.unit, view.place.document
    if unit is None:
        return []
    quote = unit.quote
    facts = {
        say("column.document"): document.label,
        say("column.path"): unit.path,
        say("column.kind"): say.known(f"kind.{unit.kind}", unit.kind),
        say("column.text"): quote.text if quote else None,
        say("column.file"): f"{quote.file} {quote.start}–{quote.end}" if quote else None,
        say("column.lead"): ", ".join(unit.lead),
        say("column.coordinate"): ", ".join(unit.coordinate),
        say("column.deadline"): "; ".join(
            " → ".join(part for part in (row.text, row.date or row.recurrence) if part) for row in view.deadlines
        ),
        say("show.quantities"): "; ".join(f"{q.name} {q.comparator} {q.value} {q.unit}" for q in view.quantities),
        say("column.iri"): unit.iri,
    }
    return [
        Table(unit.id, ("field", "value"), [[key, value] for key, value in facts.items() if value]),
        *_hops(say, say("show.sources"), view.sources, upwards=True),
        *_hops(say, say("show.uses"), view.uses, upwards=False),
        *_recurs(say, view),
    ]


def _recurs(say: Say, view: UnitView) -> list[Table]:
    """The same task in other years, apart from its sources."""
    from policylineage.output import Table

    rows = [
        [
            say(f"recurs.{found.direction}"),
            found.place.id,
            found.place.document.label,
            found.place.unit.path if found.place.unit else None,
            found.share,
            " … ".join(quote.text for quote in found.there),
        ]
        for found in view.recurs
    ]
    return [Table(say("show.recurs"), ("recurs", "id", "act", "path", "share", "words"), rows)] if rows else []


def _citations(say: Say, title: str, citations: Iterable[CitationRow]) -> list[Table]:
    from policylineage.output import Table

    rows = [
        [
            say.known(f"relation.{row.relation}", row.relation),
            row.act.label if row.act else None,
            (row.act.file or say("trace.absent")) if row.act else None,
            *((row.words.text, row.words.file, row.words.start, row.words.end) if row.words else (None,) * 4),
        ]
        for row in citations
    ]
    return [Table(title, ("relation", "act", "corpus", "words", "file", "start", "end"), rows)] if rows else []


def _hops(say: Say, title: str, hops: Iterable[Hop], *, upwards: bool) -> list[Table]:
    from policylineage.output import Table

    rows = []
    for hop in hops:
        other = hop.upper if upwards else hop.lower
        pairs = [pair.upper if upwards else pair.lower for pair in hop.passages]
        words = " … ".join(quote.text for quote in pairs if quote)
        place = [other.id, other.document.id, other.unit.path if other.unit else None]
        rows.append(
            [say.known(f"grade.{hop.grade}", hop.grade), hop.score, *place, words, status_label(say, hop.status)]
        )
    return [Table(title, ("grade", "score", "id", "act", "path", "words", "status"), rows)] if rows else []
