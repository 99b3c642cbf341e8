"""Names that people use for an act, in a file that a person can edit; what it says wins over what linking would guess.

::

    [[alias]]
    words = "Nghị quyết của Tỉnh ủy về phát triển dược liệu"   # as documents print it, from its first word on
    number = "08-NQ/TU"
    date = 2023-05-12
    issuer = "Tỉnh ủy Trường Lĩnh"      # optional: where the words do not name the issuer
    file = "04-cong-van.txt"            # optional: only in this document

The mechanism: before identities are inferred and references resolved, a citation whose words begin with those of an
alias (capitals, diacritics and white space aside; the longest alias decides) gets the alias's number, date and issuer,
for that purpose only; the graph keeps the words as printed, and the resolution says that an alias was used. A build
keeps the aliases in the store, so that later builds and other people's machines link alike; an empty file clears them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from kg.links import Resolution
from kg.store import Store
from kg.terms import PL
from loaders.records import Citation, Loaded
from loaders.text import LoadError
from ontology.folding import fold
from ontology.identifiers import BASE, parse_number

FILE = "aliases.toml"
"""Name of the file in the folder of a store that every build reads."""
GRAPH = f"{BASE}graph/aliases"

_ENTRY = re.compile(r"^\s*\[\[\s*alias\s*\]\]", re.MULTILINE)
_KEYS = frozenset({"words", "number", "date", "issuer", "file"})
_NEEDED = ("words", "number", "date")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


class Alias(msgspec.Struct, frozen=True):
    """One row of the file: ``words`` mean the act of this number, date (ISO) and issuer."""

    words: str
    number: str
    date: str
    issuer: str | None = None
    file: str | None = None


def read_aliases(path: Path) -> tuple[Alias, ...]:
    """The aliases of a file. Raises :class:`LoadError` naming the file and the line, and :class:`OSError`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise LoadError(str(path), f"byte {error.start}", "tệp không phải UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = at[1] if at and at[1] else str(text.count("\n") + 1)
        reason = _AT_LINE.sub("", str(error))
        raise LoadError(str(path), f"dòng {line}", f"không đúng cú pháp TOML: {reason}") from error
    unknown = sorted(set(table) - {"alias"})
    if unknown:
        raise LoadError(str(path), _line_of(text, unknown[0]), f"chỉ có các mục [[alias]]; không rõ “{unknown[0]}”")
    rows = table.get("alias", [])
    lines = [text.count("\n", 0, match.end()) + 1 for match in _ENTRY.finditer(text)]
    if not isinstance(rows, list) or len(rows) != len(lines):
        raise LoadError(str(path), _line_of(text, "alias"), "mỗi bí danh là một mục [[alias]] trên dòng riêng")
    return tuple(_alias(row, str(path), line) for row, line in zip(rows, lines, strict=True))


def _line_of(text: str, key: str) -> str:
    found = re.search(rf"^\s*\[*\s*\"?{re.escape(key)}\b", text, re.MULTILINE)
    return f"dòng {text.count(chr(10), 0, found.end()) + 1}" if found else "dòng 1"


def _alias(row: dict[str, object], file: str, line: int) -> Alias:
    def wrong(reason: str) -> LoadError:
        return LoadError(file, f"dòng {line}", reason)

    if unknown := sorted(set(row) - _KEYS):
        raise wrong(f"không rõ khóa “{unknown[0]}”; có: {', '.join(sorted(_KEYS))}")
    if missing := [key for key in _NEEDED if not row.get(key)]:
        raise wrong(f"thiếu khóa “{missing[0]}”")
    day = row["date"]
    try:
        # a TOML date is a date; a day in quotation marks is taken too
        iso = day.isoformat() if type(day) is date else date.fromisoformat(str(day)).isoformat()
    except ValueError:
        raise wrong(f"ngày không đúng dạng 2023-05-12: “{day}”") from None
    texts = {key: value for key, value in row.items() if key != "date"}
    if strange := [key for key, value in texts.items() if not isinstance(value, str)]:
        raise wrong(f"“{strange[0]}” phải là chữ trong ngoặc kép")
    alias = msgspec.convert({**texts, "date": iso}, Alias)
    if parse_number(alias.number) is None:
        raise wrong(f"không phải số văn bản: “{alias.number}”")
    return alias


def keep_aliases(store: Store, aliases: Sequence[Alias]) -> None:
    """Put ``aliases`` in place of those that the store has. Raises :class:`~kg.errors.StoreError`."""
    text = msgspec.json.encode(list(aliases)).decode("utf-8")
    if aliases:
        store.replace({GRAPH: [Triple(NamedNode(GRAPH), PL.aliases, Literal(text))]})
    else:
        store.replace({}, drop=[GRAPH])


def stored_aliases(store: Store) -> tuple[Alias, ...]:
    """The aliases that the store keeps. Raises :class:`~kg.errors.StoreError`."""
    texts = (quad.object.value for quad in store.quads(graph=GRAPH) if isinstance(quad.object, Literal))
    return tuple(alias for text in texts for alias in msgspec.json.decode(text, type=list[Alias]))


class Aliases:
    """Finds the alias of a citation."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        """Use ``aliases``, longer words before shorter ones."""
        rows = [(fold(alias.words), alias) for alias in aliases]
        self._rows = sorted(rows, key=lambda row: (-len(row[0]), row[1].file is None))

    def of(self, file: str, citation: Citation) -> Alias | None:
        """The alias that the words of a citation in ``file`` begin with."""
        if citation.is_self or not self._rows:
            return None
        said = f"{fold(citation.surface)} "
        for words, alias in self._rows:
            if said.startswith(f"{words} ") and alias.file in (None, file):
                return alias
        return None

    def put(self, loaded: Loaded) -> Loaded:
        """The record with number, date and issuer of the aliases in its citations; for resolving only."""
        if not self._rows:
            return loaded
        found = tuple(_named(c, self.of(loaded.record.file, c)) for c in loaded.record.citations)
        return Loaded(msgspec.structs.replace(loaded.record, citations=found), loaded.raw)

    def tell(self, loaded: Loaded, resolution: Resolution) -> Resolution:
        """The resolution with the alias among its reasons; ``loaded`` is its document as printed."""
        alias = self.of(loaded.record.file, loaded.record.citations[resolution.citation])
        if alias is None:
            return resolution
        return msgspec.structs.replace(resolution, reasons=(*resolution.reasons, f"bí danh của {alias.number}"))


def _named(citation: Citation, alias: Alias | None) -> Citation:
    if alias is None:
        return citation
    return msgspec.structs.replace(
        citation,
        kind="numbered",
        symbol=alias.number,
        symbol_normalised=alias.number,
        date=alias.date,
        issuer=alias.issuer or citation.issuer,
    )
