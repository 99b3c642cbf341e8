"""From what people typed to the one thing they mean, or to a list of choices (exit code 3), or to nothing (4)."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from ontology.bodies import expand
from policylineage.exits import NOTHING, SEVERAL, Failure
from policylineage.messages import Say
from policylineage.options import Format
from policylineage.output import Table, emit
from queries import find
from queries.reader import Reader
from queries.rows import DocumentRow, Place

SHOWN = 20
"""Choices that a table lists; JSON and CSV list all."""


ACTS = ("id", "number", "kind", "date", "issuer", "title", "iri")
UNITS = ("id", "kind", "act", "path", "text")


def one_place(reader: Reader, say: Say, form: Format, text: str) -> Place:
    """The unit or document that ``text`` means. Exits with 3 after listing several, fails with 4 for none."""
    found = find.start(reader, text)
    if len(found) == 1:
        return found[0]
    if found:
        acts = all(place.unit is None for place in found) and find.looks_like_number(text)
        _list(say, form, text, found, "several.acts" if acts else "several.title")
    if find.looks_like_number(text) and " " not in text.strip() and "#" not in text:
        raise Failure(NOTHING, "none.number", text=text, store=reader.store.location)
    raise Failure(NOTHING, "none.words", text=text, store=reader.store.location, documents=len(reader.files))


def one_document(reader: Reader, say: Say, form: Format, text: str) -> DocumentRow:
    """The document that ``text`` names; exits and fails as :func:`one_place` does."""
    found = find.documents(reader, text)
    if len(found) == 1:
        return found[0]
    if found:
        _list(say, form, text, [Place(row) for row in found], "several.acts")
    raise Failure(NOTHING, "none.number", text=text, store=reader.store.location)


def clauses(reader: Reader, document: DocumentRow, path: str) -> list[Place]:
    """The units of ``document`` at ``path``; fails with 4 where there is none."""
    found = find.units_at(reader, document.iri, path)
    if not found:
        raise Failure(NOTHING, "none.clause", document=document.label, path=path, id=document.id)
    return found


def bodies_named(reader: Reader, text: str) -> dict[str, str]:
    """IRI → name of the bodies of this name, abbreviations written out ("UBND tỉnh"); fails with 4 for none."""
    found = find.bodies(reader, text) or find.bodies(reader, expand(text))
    if not found:
        raise Failure(NOTHING, "none.body", text=text)
    return found


def _list(say: Say, form: Format, text: str, found: Sequence[Place], title: str) -> None:
    """Print the choices and exit with 3."""
    shown = found[:SHOWN] if form is Format.table else found
    heading = say(title, text=text, count=len(found))
    if all(place.unit is None for place in found):
        table = Table(heading, ACTS, [_document(place.document) for place in shown], frozenset({"iri"}))
    else:
        table = Table(heading, UNITS, [_unit(say, place) for place in shown])
    emit(say, form, {"matches": found}, [table])
    if len(shown) < len(found):
        typer.echo(say("several.more", count=len(found) - len(shown)))
    raise typer.Exit(SEVERAL)


def _document(row: DocumentRow) -> list[str | None]:
    return [find.unique_id(row), row.number, row.kind, row.date, row.issuer, row.title, row.iri]


def _unit(say: Say, place: Place) -> list[str | None]:
    unit = place.unit
    if unit is None:
        return [place.id, say("kind.document"), place.document.id, None, place.document.title]
    words = unit.quote.text if unit.quote else None
    return [unit.id, say.known(f"kind.{unit.kind}", unit.kind), place.document.label, unit.path, words]
