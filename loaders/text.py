"""The text of a file with a map back to its raw characters: the first stage of reading.

Reads the raw text; gives :class:`SourceText`, on whose ``clean`` text every later stage works. Afterwards holds:
``clean`` is NFC; look-alikes (Ð, no-break blanks), Markdown marks, page numbers, table bars and stray addresses are
gone; lines that belong together are one paragraph; and each clean offset leads back to the raw character that it came
from.
"""

from __future__ import annotations

import os
import stat
from bisect import bisect_right
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from loaders.lines import RawLine, read_lines
from loaders.paragraphs import Block, join_lines
from loaders.records import Span, surface

TEXT_SUFFIXES = (".txt", ".md")
LATER_SUFFIXES = (".pdf", ".docx", ".doc", ".html", ".htm", ".xlsx", ".odt", ".rtf")


class LoadError(ValueError):
    """A file that cannot be read: ``file``, ``place`` ("byte 120", "") and ``reason`` in Vietnamese."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(f"{file}{f' ({place})' if place else ''}: {reason}")
        self.file, self.place, self.reason = file, place, reason


class Line(NamedTuple):
    """One physical line that holds content: clean offsets, raw offsets, blank lines before it, its table row (0:
    none)."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    gap: int
    row: int = 0


class Paragraph(NamedTuple):
    """Lines that belong together. ``raw_start:raw_end`` includes the printed marker and its Markdown marks.

    ``role`` is ``"body"``, ``"footnote"`` or ``"cell"`` (in a table); ``row`` and ``cell`` say where in the table.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int
    role: str
    row: int = 0
    cell: int = 0


class SourceText:
    """A text ready to be read, see the module's docstring. Build it with :func:`read_text` or :func:`read_file`."""

    def __init__(self, name: str, raw: str, blocks: list[Block]) -> None:
        """Lay the blocks' lines out as one clean string: "\\n" between paragraphs, one blank between their lines."""
        self.name, self.raw = name, raw
        pieces: list[str] = []
        self._clean_starts: list[int] = []
        self._raw_starts: list[int] = []
        self._raw_lengths: list[int] = []
        self._clean_lengths: list[int] = []
        lines: list[Line] = []
        paragraphs: list[Paragraph] = []
        at = 0
        for block in blocks:
            start = at
            for line in block.lines:
                if at > start:
                    pieces.append(" ")
                    at += 1
                line_start = at
                for piece in line.pieces:
                    self._clean_starts.append(at)
                    self._raw_starts.append(piece.raw_start)
                    self._raw_lengths.append(piece.raw_length)
                    self._clean_lengths.append(len(piece.text))
                    pieces.append(piece.text)
                    at += len(piece.text)
                lines.append(Line(line_start, at, line.raw_start, line.raw_end, line.gap, line.row))
            first, last = block.lines[0], block.lines[-1]
            paragraphs.append(Paragraph(start, at, first.raw_start, last.raw_end, block.role, first.row, first.cell))
            pieces.append("\n")
            at += 1
        self.clean = "".join(pieces)
        self.lines = tuple(lines)
        self.paragraphs = tuple(paragraphs)

    def _raw(self, offset: int) -> tuple[int, int]:
        """Raw ``[start, end)`` of the clean character at ``offset``; blanks between lines belong to the line before."""
        index = max(bisect_right(self._clean_starts, offset) - 1, 0)
        if index >= len(self._clean_starts):
            return 0, 0
        inside = offset - self._clean_starts[index]
        start, length = self._raw_starts[index], self._raw_lengths[index]
        if length == self._clean_lengths[index]:
            at = start + min(inside, length)
            return at, min(at + 1, start + length)
        return start, start + length

    def span(self, start: int, end: int) -> Span:
        """The raw span of ``clean[start:end]``. ``Span`` slices the raw text; an empty range gives an empty span."""
        if end <= start:
            at = self._raw(start)[0]
            return Span(at, at)
        first, last = self._raw(start)[0], self._raw(end - 1)[1]
        return Span(first, max(first, last))

    def surface(self, start: int, end: int) -> str:
        """The quotation from the raw text for clean offsets."""
        span = self.span(start, end)
        return surface(self.raw, span.start, span.end)

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """Clean start offsets of the paragraphs, sorted: for bisecting an offset to its paragraph."""
        return [p.start for p in self.paragraphs]

    def paragraph_at(self, offset: int) -> int:
        """Index of the paragraph that holds the clean ``offset`` (the last one that starts at or before it)."""
        return max(bisect_right(self.paragraph_starts, offset) - 1, 0)

    def text_of(self, paragraph: Paragraph) -> str:
        """The clean text of one paragraph."""
        return self.clean[paragraph.start : paragraph.end]


def read_text(name: str, raw: str) -> SourceText:
    """The source text of ``raw``. Never refuses: any string, an empty one too, has a text."""
    lines: list[RawLine] = read_lines(raw)
    return SourceText(name, raw, join_lines(lines))


def read_file(path: Path, name: str | None = None) -> SourceText:
    """The source text of a UTF-8 file; ``name`` is how the file is called in records, by default its own name.

    Raises :class:`LoadError` as :func:`read_bytes` and :func:`decode` do.
    """
    return read_text(name or path.name, decode(read_bytes(path), str(path)))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of a supported kind. Raises :class:`LoadError` for others and for what cannot be opened."""
    suffix = path.suffix.lower()
    if suffix in LATER_SUFFIXES:
        raise LoadError(str(path), "", f"chưa hỗ trợ định dạng {suffix}; hãy lưu thành .txt hoặc .md (UTF-8)")
    if suffix not in TEXT_SUFFIXES:
        raise LoadError(str(path), "", f"không phải tệp .txt hoặc .md: {suffix or path.name}")
    if (shown := os.fsencode(path).decode("utf-8", "replace")) != str(path):
        raise LoadError(shown, "", "tên tệp hoặc thư mục không phải UTF-8; hãy đổi tên")
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a device never ends
            raise LoadError(str(path), "", "không phải tệp thường")
        return path.read_bytes()
    except OSError as error:
        raise LoadError(str(path), "", f"không mở được: {error.strerror or error}") from error


def decode(data: bytes, file: str) -> str:
    """UTF-8, nothing normalised; a byte-order mark stays a character. Raises :class:`LoadError` with the byte's place.
    UTF-8, nothing normalised; a byte-order mark stays a character. Raises :class:`LoadError` with the byte's place."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"byte {error.start}, dòng {line}"
        raise LoadError(file, place, "không phải văn bản UTF-8; hãy lưu lại với bảng mã UTF-8") from error
