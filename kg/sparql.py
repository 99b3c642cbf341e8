"""SPARQL text, written and guarded in one place for every backend: nothing is ever pasted raw.

Terms are serialised by pyoxigraph (``str(term)``, N-Triples, a subset of SPARQL's term syntax) and by nothing else.

Values are bound by a ``VALUES`` block (SPARQL 1.1, section 10) instead of pyoxigraph's ``substitutions``: the optimiser
sees a block and starts from it, while a substitution comes after planning. Measured on 186,000 quads:
``?act (^implements)+/^partOf ?task`` with ``?act`` bound takes 0.09 ms by ``VALUES``, 195 ms by substitution. The block
is put at the start of the outermost group and of each inner group that mentions the variable itself, because groups are
evaluated bottom-up: a FILTER inside a UNION branch would not see it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import QueryError, StoreError

Term = NamedNode | Literal

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""'''  # STRING_LITERAL_LONG2 …
    r"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'"""  # … LONG1
    r'''|"(?:[^"\\\n\r]|\\.)*"'''  # STRING_LITERAL2
    r"""|'(?:[^'\\\n\r]|\\.)*'"""  # STRING_LITERAL1
    r'|<[^<>"{}|^`\\\x00-\x20]*>'  # IRIREF
    r"|\#[^\n\r]*"  # comment
    r"|[?$]\w+"  # VAR1, VAR2
    r"|@[A-Za-z]+(?:-[A-Za-z0-9]+)*"  # LANGTAG
    r"|[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*"  # prefixed name, before the keywords: `pl:service` is none
    r"|\w+"  # keyword, number, true, false
    r"|[{}()\[\]]",
    re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")  # section 19.2: may stand for any letter of a keyword
_DEEPEST = 100  # pyoxigraph's parser calls itself for each bracket: a few thousand end the process
_REFUSED = frozenset({"SERVICE", "FROM", "LOAD", "CONSTRUCT", "DESCRIBE", "ASK", "INSERT", "DELETE"})


class _Group(NamedTuple):
    """A group graph pattern: where its content starts, and the variables that it mentions itself."""

    start: int
    takes_values: bool  # not the data of a VALUES block, not the bare wrapper of a subselect
    variables: set[str]


def bind(query: str, bindings: Mapping[str, Term], location: str) -> str:
    """``query`` with each variable of ``bindings`` fixed to its value.

    Only SELECT is taken, over the union of the named graphs: SERVICE, FROM and the other forms are refused by name, as
    Oxigraph itself would follow SERVICE to any host. Raises :class:`~kg.errors.QueryError`.
    """
    groups = _groups(query, location)
    unknown = sorted(set(bindings) - set().union(*(g.variables for g in groups)))
    if unknown:
        raise QueryError(location, "unbound", ", ".join(f"?{name}" for name in unknown))
    out, last = [], 0
    for index, group in enumerate(groups):
        names = [n for n in bindings if index == 0 or (group.takes_values and n in group.variables)]
        out += [query[last : group.start], *(f" VALUES ?{n} {{ {term_text(bindings[n], location)} }}" for n in names)]
        last = group.start
    return "".join([*out, query[last:]])


def update_text(graphs: Mapping[str, Iterable[Triple]], drop: Iterable[str], location: str) -> str:
    """One SPARQL 1.1 Update request that replaces ``graphs`` and drops ``drop``: all of it or nothing is applied.

    Triples come out sorted and each once, so that the same graphs give the same text.
    """
    names = {name: str(NamedNode(name)) for name in (*drop, *graphs)}
    parts = [f"DROP SILENT GRAPH {node}" for node in names.values()]
    blocks = []
    for name, triples in graphs.items():
        lines = sorted({_triple_text(triple, location) for triple in triples})
        if lines:
            blocks.append("\n".join((f"GRAPH {names[name]} {{", *lines, "}")))
    if blocks:
        parts.append("INSERT DATA {\n" + "\n".join(blocks) + "\n}")
    return " ;\n".join(parts)


def pattern_text(s: Term | None, p: Term | None, o: Term | None, g: Term | None, location: str) -> str:
    """The SELECT that gives ``?s ?p ?o ?g`` of all quads in named graphs that match the terms given."""
    given = {"s": s, "p": p, "o": o, "g": g}
    values = "".join(
        f"VALUES ?{name} {{ {term_text(term, location)} }} " for name, term in given.items() if term is not None
    )
    return f"SELECT ?s ?p ?o ?g WHERE {{ {values}GRAPH ?g {{ ?s ?p ?o }} }}"


def term_text(term: object, location: str) -> str:
    """The SPARQL text of one term. Raises :class:`~kg.errors.StoreError` for a blank node or what is no term."""
    if isinstance(term, NamedNode | Literal):
        return str(term)
    raise StoreError(location, "blank" if isinstance(term, BlankNode) else "unbound", repr(term))


def _triple_text(triple: Triple, location: str) -> str:
    s, p, o = (term_text(term, location) for term in (triple.subject, triple.predicate, triple.object))
    return f"{s} {p} {o} ."


def _groups(query: str, location: str) -> list[_Group]:
    """The groups of the query in the order of their opening braces, the outermost WHERE first."""
    if _CODEPOINT.search(query):
        raise QueryError(location, "refused", r"\u escapes: write the character itself")
    groups: list[_Group] = []
    open_groups: list[_Group] = []
    depth = 0
    for match in _TOKEN.finditer(query):
        word = match.group()
        if word[0] == "#":
            continue
        if word.upper() in _REFUSED:
            raise QueryError(location, "refused", word)
        depth += (word in "{([") - (word in "})]")
        if depth > _DEEPEST:
            raise QueryError(location, "refused", f"more than {_DEEPEST} nested brackets")
        if word == "{":
            open_groups.append(_open(query, match.end(), is_data=_follows_values(query, match.start())))
            groups.append(open_groups[-1])
        elif word == "}" and open_groups:
            open_groups.pop()
        elif word[0] in "?$" and open_groups:
            open_groups[-1].variables.add(word[1:])
    if not groups:
        raise QueryError(location, "syntax", "no WHERE group")
    return groups


_VALUES_HEAD = re.compile(r"VALUES\s*(?:[?$]\w+|\([^()]*\))\s*\Z", re.IGNORECASE)
_SUBSELECT = re.compile(r"(?:\s|#[^\n\r]*[\n\r])*SELECT\b", re.IGNORECASE)


def _follows_values(query: str, brace: int) -> bool:
    return _VALUES_HEAD.search(query, max(0, brace - 400), brace) is not None


def _open(query: str, start: int, *, is_data: bool) -> _Group:
    return _Group(start, not is_data and _SUBSELECT.match(query, start) is None, set())
