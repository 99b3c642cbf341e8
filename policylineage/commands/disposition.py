"""``lineage disposition``: the list of documents that an office takes over, out as XLSX and back in.

Imports inside the functions: the store's engine, the questions and the spreadsheet are loaded only where needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.folding import fold
from policylineage.commands.owner import OnOption, day, today
from policylineage.exits import FINDINGS, USAGE, Failure
from policylineage.labels import owner_label, quoted
from policylineage.messages import Lang, Say, messages
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
    from kg.dispositions import Disposal, Disposition
    from policylineage.output import Cell
    from queries.disposition import InheritedRow
    from queries.life import ChangeRow
    from queries.owners import Answer
    from queries.reader import Reader

COLUMNS = (
    *("kind", "number", "date", "title", "issuer_then", "issuer_now", "legal_basis", "bodies_now", "doubt"),
    *("standing", "standing_words", "disposal", "note", "who", "decided_when", "file", "iri"),
)
WORDS: dict[str, Disposal] = {
    **dict.fromkeys(("giu", "giu nguyen", "tiep tuc", "tiep tuc ap dung", "keep"), "keep"),
    **dict.fromkeys(("sua", "sua doi", "sua doi, bo sung", "bo sung", "thay the", "amend", "change"), "amend"),
    **dict.fromkeys(("bo", "bai bo", "huy", "huy bo", "drop", "repeal"), "drop"),
}
"""What may stand in the column for the decision, diacritics and capitals aside."""
PROBLEMS = ("row", "message")
_WIDTHS = {"title": 44, "issuer_then": 24, "issuer_now": 26, "legal_basis": 36, "bodies_now": 50, "standing_words": 50}
_HIDDEN = frozenset({"legal_basis", "bodies_now", "doubt", "iri", "title", "decided_when"})


def run(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=HELP("help.disposition-out"))] = None,
    back: Annotated[Path | None, typer.Option("--in", metavar="FILE", help=HELP("help.disposition-in"))] = None,
    province: Annotated[str | None, typer.Option("--province", help=HELP("help.disposition-province"))] = None,
    on: OnOption = None,
    who: WhoOption = "",
    store: StoreOption = DEFAULT_STORE,
    lang: LangOption = Lang.vi,
    form: FormatOption = Format.table,
) -> None:
    """Write the list to decide on, take it back filled in, or (neither) print it."""
    if out is not None and back is not None:
        raise Failure(USAGE, "disposition.both")
    for path in (out, back):
        if path is not None and path.suffix.lower() != ".xlsx":
            raise Failure(USAGE, "disposition.suffix", file=path)
    say = voice(lang, form)
    if back is not None:
        _take(back, person(who), store, say, form)
    else:
        _give(out, province, day(on) or today(), store, say, form)


def _give(out: Path | None, province: str | None, when: str, store: str, say: Say, form: Format) -> None:
    from kg.export import write_atomically
    from policylineage.output import Table, emit
    from queries.disposition import inherited

    with reading(store) as reader:
        found = inherited(reader, when, province)
    rows = [_cells(say, row) for row in found]
    if out is None:
        emit(say, form, found, [Table(say("disposition.title", count=len(rows), day=when), COLUMNS, rows, _HIDDEN)])
        return
    write_atomically(out, _sheet(Say(say.lang), [_cells(Say(say.lang), row) for row in found]))
    typer.echo(say("disposition.written", file=out, count=len(rows)))


def _sheet(say: Say, rows: Sequence[Sequence[Cell]]) -> bytes:
    from kg.dispositions import DISPOSALS
    from policylineage.spreadsheet import Sheet, workbook

    choices = {COLUMNS.index("disposal"): [say(f"disposal.{code}") for code in DISPOSALS]}
    headings = [say(f"column.{key}") for key in COLUMNS]
    widths = {COLUMNS.index(key): width for key, width in _WIDTHS.items()}
    hidden = frozenset({COLUMNS.index("iri")})
    made = Sheet(say("disposition.sheet"), headings, rows, choices=choices, widths=widths, hidden=hidden)
    return workbook([made])


def _cells(say: Say, row: InheritedRow) -> list[Cell]:
    document, decided = row.document, row.disposition
    answers = [row.issuer, *row.bodies] if row.issuer else [*row.bodies]
    acts = dict.fromkeys(act for answer in answers for act in answer.basis)
    doubts = [f"{answer.body}: {owner.doubt}" for answer in answers for owner in answer.owners if owner.doubt]
    doubts += [say("disposition.unchecked", body=answer.body) for answer in answers if answer.unchecked]
    return [
        *(document.kind, document.number or document.id, document.date, document.title, document.issuer),
        _now(say, row.issuer) if row.issuer else None,
        "; ".join(acts) or None,
        "\n".join(f"{answer.body} → {_now(say, answer)}" for answer in row.bodies) or None,
        "\n".join(doubts) or None,
        say.known(f"standing.{row.status}", row.status),
        "\n".join(_proof(say, change) for change in row.changes) or None,
        say.known(f"disposal.{decided.disposal}", decided.disposal) if decided else None,
        *((decided.note, decided.who, decided.when[:10]) if decided else (None, None, None)),
        *(document.file, document.iri),
    ]


def _now(say: Say, answer: Answer) -> str:
    """Who answers now, those who took over parts behind."""
    return "; ".join(owner_label(say, owner) for owner in answer.owners)


def _proof(say: Say, change: ChangeRow) -> str:
    """One change: kind, acting act, provision; the words with file and offsets, or who entered it."""
    told = ", ".join(part for part in (change.by_name, change.provision) if part)
    head = say.known(f"change.{change.kind}", change.kind) + (f" ({told})" if told else "")
    if change.words is None:
        return f"{head}: {change.who}" if change.who else head
    return f"{head}: {quoted(change.words)}"


def _take(path: Path, who: str, store: str, say: Say, form: Format) -> None:
    """Keep what the good rows say, in one step; tell the bad ones by their number and exit with 1."""
    from kg.dispositions import holding, keep_dispositions
    from kg.store import open_store
    from policylineage.output import Table, emit, lines
    from queries.reader import Reader

    rows = list(_filled(path))
    with open_store(store) as opened:
        before = holding(opened)
        made, problems = _read(Reader(opened), say, rows, who, before)
        keep_dispositions(opened, made)
    known = len(rows) - len(made) - len(problems)
    told = [dict(zip(PROBLEMS, problem, strict=True)) for problem in problems]
    if problems or form is not Format.table:
        data = {"decided": len(made), "known": known, "problems": told}
        emit(say, form, data, [Table(say("disposition.problems", count=len(problems)), PROBLEMS, problems)])
    if form is Format.table:
        lines(say("disposition.taken", count=len(made), known=known))
    if problems:
        raise typer.Exit(FINDINGS)


def _filled(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a sheet in which something is decided; columns are known by key or heading in either language."""
    from policylineage.filled import filled

    known = {fold(text): key for key in COLUMNS for text in (key, *messages()[f"column.{key}"].values())}
    for number, values in filled(path, known, frozenset({"iri", "disposal"})):
        if values.get("disposal"):
            yield number, values


def _read(
    reader: Reader, say: Say, rows: Sequence[tuple[int, dict[str, str]]], who: str, before: Mapping[str, Disposition]
) -> tuple[list[Disposition], list[list[Cell]]]:
    """New dispositions, and what is wrong with rows; what holds already is neither."""
    from kg.decisions import now
    from kg.dispositions import Disposition

    made: list[Disposition] = []
    problems: list[list[Cell]] = []
    for place, (number, values) in enumerate(rows):
        iri, word, note = values.get("iri", ""), values["disposal"], values.get("note") or None
        disposal = WORDS.get(fold(word))
        old = before.get(iri)
        if disposal is None:
            problems.append([number, say("disposition.bad-word", text=word)])
        elif not reader.document_fields(iri):
            problems.append([number, say("disposition.no-document", text=values.get("number") or iri)])
        elif old is None or (old.disposal, old.note) != (disposal, note):
            made.append(Disposition(iri, disposal, _decider(values, old, who), now(place), note))
    return made, problems


def _decider(values: Mapping[str, str], old: Disposition | None, who: str) -> str:
    """Who is written in the row, unless that is only who decided before: then it is who reads the sheet in."""
    named = values.get("who")
    return named if named and (old is None or named != old.who) else who
