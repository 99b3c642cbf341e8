"""How a question is asked: the file of that name is read, values are bound, rows come back.

SPARQL text stands in the ``.rq`` files of this folder and nowhere else. Line 1 of each is the question; values are
bound by :meth:`kg.store.Store.select`, never pasted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.sparql import Term
from kg.store import Store

FOLDER = Path(__file__).parent
Row = dict[str, str]


def names() -> list[str]:
    """The questions that can be asked, sorted; the name of a file is the name of its question."""
    return sorted(path.stem for path in FOLDER.glob("*.rq"))


@cache
def text(name: str) -> str:
    """The SPARQL of the question ``name``. Raises :class:`FileNotFoundError` for a name that is no question."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def ask(store: Store, name: str, /, **values: Term | str) -> Iterator[Row]:
    """The rows of the question ``name``, each value as text, unbound variables left out.

    ``values`` are bound by variable name; a ``str`` is bound as an IRI, text is bound as :class:`pyoxigraph.Literal`.
    Raises :class:`kg.errors.StoreError`.
    """
    bindings = {key: NamedNode(value) if isinstance(value, str) else value for key, value in values.items()}
    for row in store.select(text(name), bindings):
        yield {key: term.value for key, term in row.items()}


def words(value: str) -> Literal:
    """Text to bind, as opposed to an IRI."""
    return Literal(value)
