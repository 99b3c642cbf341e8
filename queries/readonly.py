"""A query that somebody else wrote: SELECT, ASK or CONSTRUCT, never anything that writes or leaves this machine.

The store takes SELECT only and refuses SERVICE, FROM and every update by name. ASK is asked as a SELECT of one row.
CONSTRUCT is a SELECT of the variables in its template, whose rows then fill the template in a store of their own in
memory (SPARQL 1.1, section 16.2: each solution is substituted into the template).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import QueryError
from kg.store import Store

_OPAQUE = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*\''''
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\n\r]*|[?$]\w+|[\w.-]*:[\w.:-]*',
    re.DOTALL,
)
_FORM = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b", re.I)
_VARIABLE = re.compile(r"[?$](\w+)")


Value = NamedNode | Literal | BlankNode
"""What a row can hold: a template may make blank nodes, the store itself has none."""


class Result(NamedTuple):
    """``columns`` in the order of the query; ``truth`` only for ASK."""

    form: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]
    truth: bool | None = None


def run(store: Store, query: str) -> Result:
    """The answer to ``query``. Raises :class:`kg.errors.QueryError` for what is refused or wrong."""
    masked = _masked(query)
    found = _FORM.search(masked)
    form = found.group().upper() if found else ""
    if found is None or form not in ("SELECT", "ASK", "CONSTRUCT"):
        raise QueryError(store.location, "refused", form or "SELECT, ASK, CONSTRUCT")
    start, end = found.span()
    if form == "ASK":
        solutions = store.select(f"{query[:start]}SELECT *{query[end:]}")
        return Result(form, (), (), truth=next(solutions, None) is not None)
    if form == "CONSTRUCT":
        triples = tuple(_construct(store, query, masked, start, end))
        return Result(form, ("subject", "predicate", "object"), triples)
    rows = tuple(store.select(query))
    return Result(form, _columns(query, masked, end, rows), rows)


def _masked(query: str) -> str:
    """The query with strings, IRIs, comments, variables and prefixed names blanked: what remains is keywords."""
    return _OPAQUE.sub(lambda match: " " * len(match.group()), query)


def _columns(query: str, masked: str, start: int, rows: tuple[Mapping[str, Value], ...]) -> tuple[str, ...]:
    """The variables in the order of the projection; ``SELECT *`` in the order in which they are bound."""
    head = query[start : masked.find("{", start)]
    named = [name for name in _VARIABLE.findall(head) if any(name in row for row in rows)]
    return tuple(dict.fromkeys([*named, *(name for row in rows for name in row)]))


def _construct(store: Store, query: str, masked: str, start: int, end: int) -> Iterator[Mapping[str, Value]]:
    template, rest = _template(store, query, masked, end)
    names = tuple(dict.fromkeys(_VARIABLE.findall(template)))
    wanted = " ".join(f"?{name}" for name in names) or "*"
    rows = list(store.select(f"{query[:start]}SELECT {wanted} {rest}"))
    heading = " ".join(f"?{name}" for name in names)
    values = "\n".join(f"({' '.join(str(row.get(name, 'UNDEF')) for name in names)})" for row in rows)
    filled = f"{query[:start]}CONSTRUCT {{{template}}} WHERE {{ VALUES ({heading}) {{\n{values}\n}} }}"
    try:
        triples = pyoxigraph.Store().query(filled)
    except SyntaxError as error:
        raise QueryError(store.location, "syntax", str(error)) from error
    if isinstance(triples, pyoxigraph.QueryTriples):
        for triple in triples:
            yield {"subject": triple.subject, "predicate": triple.predicate, "object": triple.object}


def _template(store: Store, query: str, masked: str, end: int) -> tuple[str, str]:
    """The template and what follows it; the short form ``CONSTRUCT WHERE { … }`` has its pattern as template."""
    opening = masked.find("{", end)
    closing = masked.find("}", opening)
    if opening < 0 or closing < 0:
        raise QueryError(store.location, "syntax", "CONSTRUCT { … } WHERE { … }")
    template = query[opening + 1 : closing]
    return template, query[end:] if masked[end:opening].strip() else query[closing + 1 :]
