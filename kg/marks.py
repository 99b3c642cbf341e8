"""A unit as it stood when something was concluded about it, and where that unit is now.

A document is read again: text was inserted, ids and paths have shifted, the file has another name. A :class:`Mark`
keeps what finds the unit again, tried in this order inside the document of the same IRI (else of the same file name):

1. its words: the unit with the same :func:`kg.evidence.fingerprint` (a moved comma is no change); of several equal ones
   that at the same path, else of the same id; where that decides nothing the mark is ``ambiguous``;
2. words that are mostly the same, the unit at the old path preferred: the unit is there and has ``changed``;
3. its path, where a good part of the words is left: ``changed`` too;
4. else it is ``gone``: a clause deleted, or a document taken out. It is found again when the document comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

from kg.evidence import fingerprint
from loaders.records import Loaded, Unit, surface
from ontology.identifiers import unit_iri

How = Literal["same", "changed", "ambiguous", "gone"]

_WORD = re.compile(r"\w+")
_MOSTLY = 0.5  # of the words of both: what a reader calls the same clause, edited
_SOME = 0.2  # at the old path: less is another clause that moved up into the place of a deleted one
_AT_PATH = 0.1  # two edited clauses of one likeness: the one that has not moved


class Mark(msgspec.Struct, frozen=True):
    """A unit, or (``unit`` is ``None``) a document as a whole, as it stood then.

    ``document`` is the IRI of the document or act; ``sha256`` that of the file's bytes: where it is the same today, no
    word can have changed, however the units are cut.
    """

    document: str
    file: str | None = None
    unit: str | None = None
    path: str | None = None
    text: str = ""
    fingerprint: str | None = None
    sha256: str = ""

    @property
    def iri(self) -> str:
        """The name that it had."""
        return unit_iri(self.document, self.unit) if self.unit else self.document

    @property
    def id(self) -> str:
        """The short name that it had in tables: ``<file stem>#<unit>``, the text or the end of the IRI of an act."""
        if self.unit is None:
            return self.text or self.file or self.document.rpartition("/")[2]
        return f"{(self.file or '').rpartition('.')[0] or self.file}#{self.unit}"


class Found(NamedTuple):
    """Where a mark is now. ``iri`` is ``None`` where it is gone or ambiguous; ``unit`` is ``None`` for documents."""

    how: How
    iri: str | None = None
    file: str | None = None
    unit: Unit | None = None
    text: str = ""


class _Near(NamedTuple):
    """A unit of a document with what it is compared by."""

    unit: Unit
    text: str
    fingerprint: str


class Units:
    """The units of a corpus as marks see them; a document is looked at when it is first asked for."""

    def __init__(self, loaded: Mapping[str, Loaded], iris: Mapping[str, str]) -> None:
        """Look into ``loaded`` (records by file); ``iris`` gives the document's name for each file."""
        self._loaded = loaded
        self._iris = iris
        self._files: dict[str, list[str]] = {}
        for file, iri in iris.items():
            self._files.setdefault(iri, []).append(file)
        self._near: dict[str, dict[str, _Near]] = {}
        self._by_words: dict[str, dict[str, list[_Near]]] = {}

    def mark(self, file: str, unit: str | None) -> Mark:
        """The mark of a unit as it stands now. Raises :class:`KeyError` for what the corpus does not have."""
        about = self._loaded[file].record
        if unit is None:
            return Mark(self._iris[file], file, text=about.document.number or "")
        near = self._units(file)[unit]
        return Mark(self._iris[file], file, unit, near.unit.path, near.text, near.fingerprint, about.sha256)

    def find(self, mark: Mark) -> Found:
        """Where ``mark`` is now."""
        files = self._files.get(mark.document, [])
        if mark.unit is None:
            file = files[0] if files else mark.file if mark.file in self._loaded else None
            return Found("same", self._iris[file] if file else mark.document, file)
        named = [mark.file] if mark.file in self._loaded and mark.file not in files else []
        for file in (*sorted(files, key=lambda name: name != mark.file), *named):
            if found := self._unchanged(mark, file or ""):
                return found
        for file in files:
            if found := self._changed(mark, file):
                return found
        return Found("gone")

    def has_document(self, mark: Mark) -> bool:
        """Whether the document of ``mark`` is in the corpus, whatever became of the unit."""
        return mark.document in self._files

    def _units(self, file: str) -> dict[str, _Near]:
        if file not in self._near:
            loaded = self._loaded[file]
            self._near[file] = {}
            self._by_words[file] = {}
            for unit in loaded.record.units:
                text = surface(loaded.raw, unit.start, unit.end)
                near = _Near(unit, text, fingerprint(text))
                self._near[file][unit.id] = near
                self._by_words[file].setdefault(near.fingerprint, []).append(near)
        return self._near[file]

    def _unchanged(self, mark: Mark, file: str) -> Found | None:
        self._units(file)
        same = self._by_words[file].get(mark.fingerprint or "", [])
        if len(same) > 1:
            same = [near for near in same if near.unit.path == mark.path] or same
        if len(same) > 1:
            same = [near for near in same if near.unit.id == mark.unit] or same
        if len(same) > 1:
            return Found("ambiguous")
        return self._found("same", file, same[0]) if same else None

    def _changed(self, mark: Mark, file: str) -> Found | None:
        said = _words(mark.text)
        best: tuple[float, _Near] | None = None
        for near in self._units(file).values():
            at_path = near.unit.path == mark.path
            like = _likeness(said, _words(near.text)) if said else float(at_path)
            if like >= (_SOME if at_path else _MOSTLY) and (best is None or like + _AT_PATH * at_path > best[0]):
                best = (like + _AT_PATH * at_path, near)
        if best is None:
            return None
        is_same_text = bool(mark.sha256) and mark.sha256 == self._loaded[file].record.sha256
        return self._found("same" if is_same_text else "changed", file, best[1])

    def _found(self, how: How, file: str, near: _Near) -> Found:
        return Found(how, unit_iri(self._iris[file], near.unit.id), file, near.unit, near.text)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Words in common, as a part of all words of both."""
    return len(one & other) / len(one | other) if one or other else 1.0
