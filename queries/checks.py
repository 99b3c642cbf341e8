"""The check queries: every row of ``checks/*.rq`` is a finding.

Line 1 of a check is its question; a line ``# vi: …`` and a line ``# en: …`` say what a row means, with ``{variables}``
of the row filled in: an IRI as the short name of the thing, a literal as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal

from kg.store import Store
from queries.reader import Reader
from queries.rows import Finding

FOLDER = Path(__file__).parent / "checks"
_MESSAGE = re.compile(r"^# (vi|en): (.+)$", re.MULTILINE)


def names() -> list[str]:
    """The checks, sorted; the name of a file is the name of its check."""
    return sorted(path.stem for path in FOLDER.glob("*.rq"))


def text(name: str) -> str:
    """The SPARQL of a check."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def messages(query: str) -> dict[str, str]:
    """Language → what a row of this check means."""
    return {match[1]: match[2] for match in _MESSAGE.finditer(query)}


def findings(store: Store, lang: str) -> Iterator[Finding]:
    """All findings, check by check; the first variable of a check is the thing that it finds fault with.

    Raises :class:`kg.errors.StoreError`.
    """
    reader = Reader(store)
    for name in names():
        query = text(name)
        message = messages(query)[lang]
        for row in sorted({tuple(row.items()) for row in store.select(query)}, key=str):
            said = {key: _label(reader, term) for key, term in row}
            place = reader.anywhere(row[0][1].value)
            yield Finding(name, next(iter(said.values())), message.format(**said), place.document.file)


def _label(reader: Reader, term: object) -> str:
    """A literal as it is; an IRI as the short name of the document or unit, else its end."""
    iri = getattr(term, "value", str(term))
    if isinstance(term, Literal):
        return str(iri)
    place = reader.place(iri)
    return place.id if place else reader.document(iri).id
