"""Which files are which: finding them, naming them in the store, and telling the moved, the doubled and the gone.

The store knows a document by its *file*: the file's name, with as many folders before it as it takes to differ from a
file of the same name elsewhere. Where a file lies (its full path) decides whether it is the one the store knows.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg.wave import Made
from loaders.records import Document, Evidence, Loaded, Record
from loaders.text import LoadError

_EVIDENCE = ("type_evidence", "issuer_evidence", "number_evidence", "date_evidence")


class Stored(msgspec.Struct, frozen=True):
    """What the store keeps of a file: a :class:`~loaders.records.Loaded`, where it was read, what was written of it."""

    record: Record
    raw: str
    source: str = ""
    """Full path of the file that it was read from; stays in this store, never exported."""
    written: str = ""
    """Digest of the triples that were written of it."""
    made: tuple[Made, ...] = ()
    """Its links as they were made: what tells a later build that a clause has other words (:mod:`kg.wave`)."""

    def loaded(self) -> Loaded:
        """The record with its text."""
        return Loaded(self.record, self.raw)


class Found(NamedTuple):
    """A file to read: where it is, and how the user named it."""

    path: Path
    shown: Path


class Placed(NamedTuple):
    """Where a record went: its file name in the store; ``same_as`` names the file that has the same content already."""

    key: str
    is_changed: bool
    same_as: str | None = None


def find_files(paths: Iterable[Path]) -> tuple[list[Found], list[LoadError]]:
    """The files under ``paths``, each once, in the order given and sorted within a folder; and what is not there.

    Hidden files and folders inside a given folder (a store, version control) and its README files are passed over.
    """
    found: dict[Path, Found] = {}
    wrong = []
    for given in paths:
        if given.is_dir():
            files, shut = _inside(given)
            wrong += shut
            if not files and not shut:
                wrong.append(LoadError(str(given), "", "thư mục không có tệp nào"))
        elif given.exists():
            files = [given]
        else:
            files = []
            wrong.append(LoadError(str(given), "", "không có tệp hoặc thư mục này"))
        for path in files:
            found.setdefault(path.resolve(), Found(path.resolve(), path))
    return list(found.values()), wrong


class Shelf:
    """The records of a store with new ones put among them; nothing is written here."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        """Start from what the store has."""
        self.entries = {entry.record.file: entry for entry in stored}
        self.before = dict(self.entries)
        self._by_source = {entry.source: file for file, entry in self.entries.items() if entry.source}
        self._by_content = {content_hash(entry.raw): file for file, entry in self.entries.items()}

    def take_missing(self, paths: Sequence[Path], found: Sequence[Found]) -> None:
        """Take out the documents read from a folder of ``paths`` in which their file no longer is.

        A folder in which no file at all was found is a share that is not there today: nothing of it goes.
        """
        folders = [path.resolve() for path in paths if path.is_dir()]
        folders = [folder for folder in folders if any(file.path.is_relative_to(folder) for file in found)]
        there = {str(file.path) for file in found}
        gone = [
            file
            for file, entry in sorted(self.entries.items())
            if entry.source not in there and any(Path(entry.source).is_relative_to(folder) for folder in folders)
            if not _is_shut(Path(entry.source))
        ]
        for file in gone:
            self._forget(file)

    def put(self, path: Path, loaded: Loaded) -> Placed:
        """Put a record that was just read from ``path`` in its place; a second file with one content is not taken."""
        source, content = str(path), content_hash(loaded.raw)
        key = self._by_source.get(source) or self._key(path)
        twin = self._by_content.get(content)
        old = self.entries.get(key) or self.entries.get(twin or "")  # as it was, or where it was
        if twin is not None and twin != key:
            if self._is_there(twin):
                if self._by_source.get(source) == key:
                    self._forget(key)  # it had a text of its own before
                return Placed(twin, is_changed=False, same_as=twin)
            self._forget(twin)  # moved and renamed
        if key in self.entries:
            self._forget(key)
        record = _named(loaded.record, key)
        entry = Stored(record, loaded.raw, source, old.written if old else "", old.made if old else ())
        self.entries[key] = entry
        self._by_source[source] = self._by_content[content] = key
        return Placed(key, is_changed=old is None or old.loaded() != entry.loaded())

    def _forget(self, file: str) -> None:
        entry = self.entries.pop(file)
        self._by_source.pop(entry.source, None)
        self._by_content.pop(content_hash(entry.raw), None)

    def _is_there(self, file: str) -> bool:
        return Path(self.entries[file].source).is_file()

    def _key(self, path: Path) -> str:
        """The shortest end of ``path`` that no other file has; a file whose old place is empty has only moved."""
        for count in range(1, len(path.parts)):
            key = "/".join(path.parts[-count:])
            if key not in self.entries or not self._is_there(key):
                return key
        return f"{content_hash(str(path))[:10]}-{path.name}"


def content_hash(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _inside(folder: Path) -> tuple[list[Path], list[LoadError]]:
    """The files in ``folder`` and below, sorted, and the folders there that cannot be looked into."""
    shut: list[OSError] = []
    names = [Path(at, name) for at, _, files in os.walk(folder, onerror=shut.append) for name in files]
    told = [LoadError(str(error.filename), "", f"không mở được: {error.strerror or error}") for error in shut]
    return [path for path in sorted(names) if _is_file(path) and not _is_hidden(path, folder)], told


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # reading it tells why
        return True


def _is_shut(path: Path) -> bool:
    """Whether a folder above ``path`` cannot be looked into: nobody knows then whether the file is gone."""
    # Path.is_dir raises behind a shut folder
    return any(os.path.isdir(above) and not os.access(above, os.R_OK | os.X_OK) for above in path.parents)  # noqa: PTH112


def _is_hidden(path: Path, folder: Path) -> bool:
    return path.stem.casefold() == "readme" or any(part.startswith(".") for part in path.relative_to(folder).parts)


def _named(record: Record, file: str) -> Record:
    """The record under the name ``file``, its own evidence with it."""
    if record.file == file:
        return record
    renamed: dict[str, Evidence] = {}
    for name in _EVIDENCE:
        proof = getattr(record.document, name)
        if proof is not None and proof.file == record.file:
            renamed[name] = msgspec.structs.replace(proof, file=file)
    about: Document = msgspec.structs.replace(record.document, **renamed)
    return msgspec.structs.replace(record, file=file, document=about)
