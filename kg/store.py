"""Where the graph is kept: the protocol every backend keeps, and the embedded store on disk (pyoxigraph).

A folder holds ``lineage.json`` (what this folder is, and its version), ``lock`` and ``quads/`` (RocksDB). One process
writes, or several read: pyoxigraph's ``Store.read_only`` is undefined beside a writer, so both sides hold ``lock``
(the operating system frees it when a process dies). Nothing outside this module opens ``quads/``.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QuerySolutions, Triple

from kg import sparql
from kg.errors import NotAStore, QueryError, StoreError, StoreLocked, TooManyRows
from kg.sparql import Term

try:
    import fcntl
except ImportError:  # Windows: RocksDB's own lock still keeps a second writer out
    fcntl = None  # type: ignore[assignment]

DEFAULT_FOLDER = Path(".lineage")
ROW_CAP = 100_000
"""Rows that :meth:`Store.select` gives before it raises :class:`~kg.errors.TooManyRows`."""
_T = TypeVar("_T")
_MARKER = "lineage.json"
_LOCKED = re.compile(r"\block (?:file|hold)", re.IGNORECASE)  # RocksDB's words; "block checksum mismatch" is damage
_DENIED = re.compile(r"Permission denied|Read-only file system|No space left", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_FORMAT = {"application": "policy-lineage", "format": 1}


class Store(Protocol):
    """A set of named graphs. Every term is a pyoxigraph :class:`NamedNode` or :class:`Literal`; no blank nodes.

    All methods raise :class:`~kg.errors.StoreError`. A store is a context manager that closes itself.
    """

    location: str
    read_only: bool

    def replace(self, graphs: Mapping[str, Iterable[Triple]], *, drop: Iterable[str] = ()) -> None:
        """Put these triples in place of what the named ``graphs`` held and empty those in ``drop``, in one atomic step.

        Whatever happens to the process or the machine, readers find all of it or nothing of it.
        """
        ...

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Term | None = None,
        graph: NamedNode | str | None = None,
    ) -> Iterator[Quad]:
        """The quads of named graphs that match, in no stated order; ``None`` matches anything."""
        ...

    def select(
        self, query: str, bindings: Mapping[str, Term] | None = None, *, limit_rows: int = ROW_CAP
    ) -> Iterator[dict[str, Term]]:
        """The rows of a SELECT over the union of all named graphs; ``bindings`` fix variables to values.

        A row holds the variables that are bound in it. A wrong or refused query raises
        :class:`~kg.errors.QueryError` at the call; the row after the last allowed one raises
        :class:`~kg.errors.TooManyRows`.
        """
        ...

    def close(self) -> None:
        """Free the store; it takes no calls afterwards. Closing twice is allowed."""
        ...

    def __enter__(self) -> Self:
        """Give the store itself."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        ...


def open_store(location: str | Path | None = None, *, read_only: bool = False, wait: float = 5.0) -> Store:
    """The store at ``location``: a folder (default ``.lineage``), or an ``http(s)://`` SPARQL 1.1 endpoint.

    ``wait`` is how many seconds to wait for another process to finish with the folder. Raises
    :class:`~kg.errors.StoreError`.
    """
    if isinstance(location, str) and location.lower().startswith(("http://", "https://")):
        from kg.remote import RemoteStore  # here: SPARQLWrapper brings rdflib, which no local command should pay for

        return RemoteStore(location, read_only=read_only)
    if isinstance(location, str) and _SCHEME.match(location):
        raise StoreError(location, "address")
    return EmbeddedStore(location or DEFAULT_FOLDER, read_only=read_only, wait=wait)


class EmbeddedStore:
    """A :class:`Store` in a folder of this machine.

    Opening for writing makes the folder where it is missing or empty; a folder with other content is refused and left
    as it was. Opening for reading needs a store that was built.
    """

    def __init__(self, folder: str | Path, *, read_only: bool = False, wait: float = 5.0) -> None:
        """Open ``folder``, waiting up to ``wait`` seconds for another process. Raises :class:`StoreError`."""
        self.location = str(folder)
        self.read_only = read_only
        path = Path(folder)
        _check_folder(path, self.location, read_only=read_only)
        self._lock: _Lock | None = _Lock(path / "lock", self.location, shared=read_only, wait=wait)
        self._wrote = False
        self._store: pyoxigraph.Store | None = None
        try:
            self._store = _open_quads(path / "quads", self.location, read_only=read_only)
        except BaseException:
            self.close()
            raise

    def replace(self, graphs: Mapping[str, Iterable[Triple]], *, drop: Iterable[str] = ()) -> None:
        """See :meth:`Store.replace`: one ``update()`` is one RocksDB transaction, durable when it returns."""
        if self.read_only:
            raise StoreError(self.location, "read-only")
        store = self._opened()
        if text := sparql.update_text(graphs, drop, self.location):
            try:
                store.update(text)
                self._wrote = True
            except (OSError, RuntimeError) as error:
                raise _trouble(self.location, error) from error

    def quads(
        self,
        s: NamedNode | None = None,
        p: NamedNode | None = None,
        o: Term | None = None,
        graph: NamedNode | str | None = None,
    ) -> Iterator[Quad]:
        """See :meth:`Store.quads`: the answer of one moment, whatever is written while it is read."""
        name = NamedNode(graph) if isinstance(graph, str) else graph
        return self._reading(self._opened().quads_for_pattern(s, p, o, name))

    def select(
        self, query: str, bindings: Mapping[str, Term] | None = None, *, limit_rows: int = ROW_CAP
    ) -> Iterator[dict[str, Term]]:
        """See :meth:`Store.select`."""
        text = sparql.bind(query, bindings or {}, self.location)
        store = self._opened()
        try:
            solutions = store.query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(self.location, "syntax", str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise _trouble(self.location, error) from error
        if not isinstance(solutions, QuerySolutions):
            raise QueryError(self.location, "refused", "only SELECT gives rows")
        return self._reading(rows(solutions, limit_rows, self.location))

    def close(self) -> None:
        """See :meth:`Store.close`. Iterators still open keep the files open until they are dropped."""
        if self._store is not None and self._wrote:
            # What is only in the log is replayed by every reader that opens (measured: 0.3 s for five documents, 0.05 s
            # after a flush). It is as safe in the log, so a flush that fails loses nothing.
            with suppress(OSError, RuntimeError):
                self._store.flush()
        self._store = None  # pyoxigraph closes the database with the last reference
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        """Give the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def _opened(self) -> pyoxigraph.Store:
        if self._store is None:
            raise StoreError(self.location, "closed")
        return self._store

    def _reading(self, found: Iterator[_T]) -> Iterator[_T]:
        try:
            yield from found
        except StoreError:
            raise
        except (OSError, RuntimeError) as error:
            raise _trouble(self.location, error) from error


def rows(solutions: QuerySolutions, limit: int, location: str) -> Iterator[dict[str, Term]]:
    """Each solution as a row of its bound variables; raises :class:`TooManyRows` when there is one after ``limit``."""
    names = [variable.value for variable in solutions.variables]
    for count, solution in enumerate(solutions):
        if count >= limit:
            raise TooManyRows(location, "rows", str(limit))
        yield {name: _term(value, location) for name, value in zip(names, solution, strict=True) if value is not None}


def _term(value: object, location: str) -> Term:
    if isinstance(value, NamedNode | pyoxigraph.Literal):
        return value
    raise StoreError(location, "blank", str(value))


def _check_folder(path: Path, location: str, *, read_only: bool) -> None:
    """Make sure that ``path`` is a store of this version, or make it one where that loses nothing."""
    marker = path / _MARKER
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if path.is_dir() and any(path.iterdir()):
            raise NotAStore(location, "foreign") from None
        if read_only:
            raise NotAStore(location, "missing") from None
        _make_folder(path, marker, location)
        return
    except NotADirectoryError as error:
        raise NotAStore(location, "foreign") from error
    except (OSError, ValueError) as error:
        raise _trouble(location, error) from error
    if found != _FORMAT:
        raise NotAStore(location, "version", marker.name)


def _make_folder(path: Path, marker: Path, location: str) -> None:
    draft = path.parent / f".{path.name}.{os.getpid()}.tmp"
    try:
        path.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(_FORMAT) + "\n", encoding="utf-8")
        draft.replace(marker)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise _trouble(location, error) from error


def _open_quads(path: Path, location: str, *, read_only: bool) -> pyoxigraph.Store:
    try:
        return pyoxigraph.Store.read_only(str(path)) if read_only else pyoxigraph.Store(str(path))
    except FileNotFoundError as error:
        raise NotAStore(location, "missing") from error
    except (OSError, RuntimeError) as error:
        if _LOCKED.search(str(error)):
            raise StoreLocked(location, "locked") from error
        raise _trouble(location, error) from error


def _trouble(location: str, error: Exception) -> NotAStore:
    """What an engine's or the system's error means for the store: only the first kind leaves it as good as it was."""
    return NotAStore(location, "denied" if _DENIED.search(str(error)) else "damaged", str(error))


class _Lock:
    """An advisory lock on a file: shared by readers, or held by one writer. The system frees it with the process."""

    def __init__(self, path: Path, location: str, *, shared: bool, wait: float) -> None:
        try:
            self._file = path.open("rb" if shared and path.exists() else "ab")
        except OSError as error:
            raise _trouble(location, error) from error
        until = time.monotonic() + wait
        while not self._taken(shared=shared):
            if time.monotonic() >= until:
                self._file.close()
                raise StoreLocked(location, "locked")
            time.sleep(0.02)

    def _taken(self, *, shared: bool) -> bool:
        if fcntl is None:
            return True
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give the lock back."""
        self._file.close()
