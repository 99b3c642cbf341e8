"""The store protocol over any SPARQL 1.1 endpoint, through SPARQLWrapper (this is its border module).

Addresses: ``http://host:7878`` means ``/query`` and ``/update`` there (Oxigraph); ``…/query`` has its ``…/update``
beside it (Fuseki, Oxigraph); any other path is one address for both (Virtuoso and most ``/sparql`` endpoints).

Requests follow the SPARQL 1.1 Protocol, sections 2.1.3 and 2.2.2: the text is posted directly, never put into an
address. Answers are read row by row by pyoxigraph, so that the terms are those of the embedded store and the row cap
holds while the answer is still coming.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPException
from types import TracebackType
from typing import IO, NamedTuple, Self
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit

from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, Triple, parse_query_results
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, SPARQLWrapperException

from kg import sparql
from kg.errors import QueryError, StoreError, StoreUnreachable
from kg.sparql import Term
from kg.store import ROW_CAP, rows

TIMEOUT = 30
"""Seconds to wait for the endpoint, for connecting and for each part of an answer."""
_ALL = 10**12  # a pattern's answer is streamed: it needs no cap
_UNION_PROBE = (
    "SELECT ?g ?seen WHERE { { SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1 } "
    "OPTIONAL { ?s ?p ?o BIND(true AS ?seen) } } LIMIT 1"
)


class Endpoint(NamedTuple):
    """The two addresses of a SPARQL 1.1 service."""

    query: str
    update: str


def endpoint(location: str) -> Endpoint:
    """The addresses meant by ``location``; raises :class:`~kg.errors.StoreError` (``address``) for no usable one."""
    try:
        parts = urlsplit(location)
    except ValueError as error:
        raise StoreError(location, "address") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise StoreError(location, "address")
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~").rstrip("/")
    if not path or path.endswith("/query"):
        folder = path.removesuffix("/query")
        query, update = f"{folder}/query", f"{folder}/update"
    else:
        query = update = path
    return Endpoint(*(urlunsplit((parts.scheme, parts.netloc, p, parts.query, "")) for p in (query, update)))


class RemoteStore:
    """A :class:`kg.store.Store` over an endpoint whose default graph is the union of its named graphs.

    Whether it is, is asked before the first SELECT: one that is not would answer "nothing" to every question.
    :meth:`replace` is one update request; it is as atomic as the endpoint's requests are (SPARQL 1.1 Update, section
    2.2: they should be; in Oxigraph and Fuseki they are).
    """

    def __init__(self, location: str, *, read_only: bool = False, timeout: int = TIMEOUT) -> None:
        """Use the endpoint at ``location``; asks it one question, so that a wrong address is told at once."""
        self.location = location
        self.read_only = read_only
        self._endpoint = endpoint(location)
        self._timeout = timeout
        self._is_union = False
        self._open = True
        list(self._ask("SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1", _ALL))

    def replace(self, graphs: Mapping[str, Iterable[Triple]], *, drop: Iterable[str] = ()) -> None:
        """See :meth:`kg.store.Store.replace`."""
        if self.read_only:
            raise StoreError(self.location, "read-only")
        if text := sparql.update_text(graphs, drop, self.location):
            self._send(text, update=True).close()

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Term | None = None,
        graph: NamedNode | str | None = None,
    ) -> Iterator[Quad]:
        """See :meth:`kg.store.Store.quads`."""
        name = NamedNode(graph) if isinstance(graph, str) else graph
        for row in self._ask(sparql.pattern_text(s, p, o, name, self.location), _ALL):
            subject, predicate, object_, in_graph = row.get("s"), row.get("p"), row.get("o"), row.get("g")
            if (
                not isinstance(subject, NamedNode)
                or not isinstance(predicate, NamedNode)
                or object_ is None
                or not isinstance(in_graph, NamedNode)
            ):
                raise StoreError(self.location, "rejected", str(row))
            yield Quad(subject, predicate, object_, in_graph)

    def select(
        self, query: str, bindings: Mapping[str, Term] | None = None, *, limit_rows: int = ROW_CAP
    ) -> Iterator[dict[str, Term]]:
        """See :meth:`kg.store.Store.select`."""
        text = sparql.bind(query, bindings or {}, self.location)
        self._check_union()
        return self._ask(text, limit_rows)

    def close(self) -> None:
        """See :meth:`kg.store.Store.close`; each request has its own connection, so there is nothing else to free."""
        self._open = False

    def __enter__(self) -> Self:
        """Give the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def _check_union(self) -> None:
        if self._is_union:
            return
        for row in self._ask(_UNION_PROBE, 1):  # no row: the endpoint is empty, and the question stays open
            if "seen" not in row:
                raise StoreError(self.location, "no-union")
            self._is_union = True

    def _ask(self, text: str, limit: int) -> Iterator[dict[str, Term]]:
        """Send a SELECT now; read its answer row by row."""
        response = self._send(text, update=False)
        try:
            solutions = parse_query_results(response, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(self.location, "rejected", f"no SPARQL JSON: {error}") from error
        if not isinstance(solutions, QuerySolutions):
            raise QueryError(self.location, "refused", "only SELECT gives rows")
        return self._reading(solutions, limit, response)

    def _reading(self, solutions: QuerySolutions, limit: int, response: IO[bytes]) -> Iterator[dict[str, Term]]:
        with response:
            try:
                yield from rows(solutions, limit, self.location)
            except StoreError:
                raise
            except (OSError, HTTPException, SyntaxError) as error:
                raise StoreUnreachable(self.location, "unreachable", str(error)) from error

    def _send(self, text: str, *, update: bool) -> IO[bytes]:
        if not self._open:
            raise StoreError(self.location, "closed")
        address = self._endpoint.update if update else self._endpoint.query
        wrapper = SPARQLWrapper(address, returnFormat=JSON)
        wrapper.setTimeout(self._timeout)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.setQuery(text)
        wrapper.setOnlyConneg(True)  # no `format=` parameters: strict endpoints refuse what they do not know
        if not update:
            wrapper.addParameter("union-default-graph", "true")  # Oxigraph's; without meaning elsewhere
        try:
            response: IO[bytes] = wrapper.query().response
        except QueryBadFormed as error:
            raise QueryError(self.location, "syntax", _first_line(error)) from error
        except (EndPointInternalError, URLError, HTTPException, TimeoutError, ConnectionError) as error:
            code = "rejected" if isinstance(error, HTTPError | EndPointInternalError) else "unreachable"
            raise StoreUnreachable(self.location, code, f"{address}: {_first_line(error)}") from error
        except SPARQLWrapperException as error:
            raise StoreError(self.location, "rejected", f"{address}: {_first_line(error)}") from error
        return response


def _first_line(error: BaseException) -> str:
    """What the endpoint said, without the page of HTML or the query that some send along."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)[:300]
