"""One file becomes one record: the stages of reading, in order.

Reads bytes; gives a :class:`~loaders.records.Loaded`. Afterwards holds: every span of the record slices the raw text,
and ``surface`` is what it slices, white space folded.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec

from loaders.citations import read_citations
from loaders.duties import read_duties
from loaders.events import read_events
from loaders.header import read_document
from loaders.records import Citation, Document, Loaded, Record, Unit
from loaders.regions import landmarks
from loaders.structure import read_units
from loaders.text import SourceText, decode, read_bytes, read_text

_ADDRESS = re.compile(r"\(|Đ/c|Địa chỉ|MST|Mã số thuế|(?:Số )?(?:ĐT|điện thoại)\b|Fax|Email", re.IGNORECASE)
_ADDRESS_ASIDE = re.compile(r"\s*\([^()]*(?:Đ/c|Địa chỉ|MST|Mã số thuế|ĐT|điện thoại|Email)[^()]*\)", re.IGNORECASE)
_TO_SUPERIORS = frozenset({"Báo cáo", "Tờ trình"})
"""Kinds that inform or ask who is written to; they give it no work."""
_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b")


def load(path: Path, name: str | None = None) -> Loaded:
    """The record of one file. ``name`` is how the file is called in it, by default its own name.

    Raises :class:`~loaders.text.LoadError` naming file and place for kinds not supported and bytes that are not UTF-8.
    """
    data = read_bytes(path)
    raw = decode(data, str(path))
    record = read_record(read_text(name or path.name, raw))
    return Loaded(msgspec.structs.replace(record, sha256=hashlib.sha256(data).hexdigest()), raw)


def read_record(text: SourceText) -> Record:
    """Everything that one text says: what it is, whom it cites, what it orders. Never refuses a text."""
    document = read_document(text)
    units = read_units(text, document.type, addressees(text, document), _year(document), document.issuer)
    citations = read_citations(text, [(unit.start, unit.end, unit.kind) for unit in units], document)
    return Record(
        file=text.name,
        document=document,
        citations=tuple(citations),
        units=tuple(_with_cites(units, citations)),
        events=tuple(read_events(text, units, citations, document)),
    )


def addressees(text: SourceText, document: Document) -> list[str]:
    """The bodies that "Kính gửi" names: the recipients printed before the body, never those of "Nơi nhận"; none
    in a report or a submission to a superior."""
    marks = landmarks(text)
    if not marks.body or document.type in _TO_SUPERIORS:
        return []
    header = " ".join(text.clean[: text.lines[marks.body - 1].end].split())
    names: list[str] = []
    for recipient in document.recipients:
        line = recipient.rstrip(" ;.,")
        if line in header and not _ADDRESS.match(line):
            body = _ADDRESS_ASIDE.sub("", line)
            names += read_duties(f"{body}:").lead or [body]
    return names


def _year(document: Document) -> int | None:
    """The year that deadlines without one mean: that of the document's date, else the one that its subject names."""
    if document.date:
        return int(document.date[:4])
    years = _YEAR.findall(document.subject or "")
    return int(years[-1]) if years else None


def _with_cites(units: list[Unit], citations: list[Citation]) -> list[Unit]:
    """The units with the indexes of the citations that stand in them."""
    held: dict[str, list[int]] = {}
    ordered = sorted(units, key=lambda unit: unit.start)
    at = 0
    for index, citation in enumerate(citations):
        while at + 1 < len(ordered) and ordered[at + 1].start <= citation.start:
            at += 1
        if ordered and ordered[at].start <= citation.start < ordered[at].end:
            held.setdefault(ordered[at].id, []).append(index)
    return [msgspec.structs.replace(unit, cites=tuple(held.get(unit.id, ()))) for unit in units]
