"""Physical lines without their marks: NFC, look-alikes mapped, Markdown and table marks and page furniture taken away.

Every piece of a line remembers the raw characters that it came from, so that nothing read from it loses its place.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple

from loaders.alignedtables import AlignedCell, aligned_cells
from loaders.linebreaks import printed_lines


class Piece(NamedTuple):
    """Clean text and the raw characters it came from. Equal lengths map one to one, others as a whole."""

    text: str
    raw_start: int
    raw_length: int


class RawLine(NamedTuple):
    """A physical line with content. ``raw_start:raw_end`` includes its Markdown marks; ``gap`` counts blank lines
    before.

    ``page_break``: furniture (a page number, an address) stood between it and the line before. ``footnote``: it is part
    of one. ``bars``: table bars between it and the line before. ``emphasis``: whether a Markdown emphasis mark stands
    at its start and at its end. ``indent``: blanks before its first character. ``own_row``: a table row on one line
    ("| a | b |") and which of the file's it is. ``row`` and ``cell`` (loaders/tables.py) count from 1 and are 0 outside
    tables.
    """

    text: str
    pieces: tuple[Piece, ...]
    raw_start: int
    raw_end: int
    gap: int
    page_break: bool
    footnote: bool
    bars: int
    emphasis: tuple[bool, bool]
    indent: int = 0
    own_row: int = 0
    row: int = 0
    cell: int = 0


_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]")
_BREAKS = "\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"
# Anything that the plain path must not copy as it is.
_SPECIAL = re.compile(
    r"[*_\\`~<>&|\t\u00a0\u00ad\u00d0\u00f0\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff\u0300-\u036f\x00-\x08]|#|\[\d"
)
_TOKEN = re.compile(
    r"(?P<comment><!--.{0,1000}?-->)"  # bounded: a line may hold any number that none closes
    r"|(?P<tag></?[A-Za-z][^<>]{0,60}>)"
    r"|(?P<entity>&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[A-Za-z]{2,8});)"
    r"|(?P<note>\[\d{1,3}\])"
    r"|(?P<mark>\*+|_{2,}|(?<!\w)_(?=\w)|(?<=[^\W_])_(?!\w)|~{2,}|`+|\\(?=[-*_#.()\[\]|>+!]|\s{2}|\s*(?:\||$)))"
    r"|(?P<zero>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08]+)"
    r"|(?P<blank>[\t\u00a0\u2000-\u200a\u202f\u205f\u3000])"
    r"|(?P<eth>[\u00d0\u00f0])"
    r"|(?P<composed>[^\s\u0300-\u036f][\u0300-\u036f]+)"
    r"|(?P<stray>[\u0300-\u036f]+)"  # a mark whose letter went with something dropped
    r"|(?P<plain>[^*_\\`~<>&\[\t\u00a0\u00ad\u00d0\u00f0\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff\x00-\x08]+?(?=[^\s\u0300-\u036f][\u0300-\u036f]|[*_\\`~<>&\[\t\u00a0\u00ad\u00d0\u00f0\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff\x00-\x08]|$))"
    r"|(?P<other>.)",
    re.DOTALL,
)
_HEADING = re.compile(r"\s*(?:(?:>\s*)*#{1,6}(?=\s|\*|$)|>\s*(?:>\s*)*(?![\s\d=>]))")  # also a block quotation's marks
_STAR_BULLET = re.compile(r"\s*\*\s+(?=[^\s*])(?!.*\S\*\s*$)")
_RULE = re.compile(r"[-=_*~\s.·–—]+|\+(?:[:=-]{3,}\+)+")
_CELL_RULE = re.compile(r":?-{2,}:?")
_NOTHING = re.compile(r"[-–—]")
"""What a cell holds that has no figure."""
_PAGE_NUMBER = re.compile(r"(?:[-–]\s*)?(?:[Tt]rang\s+)?\d{1,4}(?:\s*[-–]|\s*/\s*\d{1,4})?")
_PAGE = 20
"""Lines. No page of running text is shorter."""
_FIRST_PAGE = 12
"""Lines of a first page below its letterhead, of which some stand side by side."""
_TEXT_LINE = 50
"""Characters of a line that is no cell of a table."""
_SENTENCE_GOES_ON = re.compile(r"\s*[(a-zà-ỹ]")
_LONG_BELOW = re.compile(rf"\s*(?=\S)[^\n]{{{_TEXT_LINE}}}")
_BAR_BELOW = re.compile(r"\s*\|")
_STOPS = re.compile(r"[.;:!?…”\")]$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NOTE_RULE = re.compile(r"[ \t]{18,}|_{10,}")
_PAGE_TOP = re.compile(r" \S")
_NOTE_LIST = re.compile(r"\[\d{1,3}\]")
_NOTE_START = re.compile(r"\(?\[?\d{1,3}\]?\)?[.)]?\s+\S|\(\d{1,3}\)\S|\[\d{1,3}\]")


def clean_pieces(line: str, offset: int) -> tuple[Piece, ...]:
    """The pieces of one raw line that starts at ``offset``: marks dropped, NFC, look-alikes mapped, ends trimmed."""
    if not _SPECIAL.search(line):
        text = line.strip()
        start = offset + len(line) - len(line.lstrip())
        return (Piece(text, start, len(text)),) if text else ()
    head = _HEADING.match(line)
    at = head.end() if head else 0
    pieces: list[Piece] = []
    bullet = _STAR_BULLET.match(line, at)
    if bullet:
        star = line.index("*", at)
        pieces.append(Piece("*", offset + star, 1))
        at = star + 1
    for match in _TOKEN.finditer(line, at):
        piece = _piece(match, offset, at_start=not pieces)
        if piece:
            pieces.append(piece)
    return _trim(pieces)


def _piece(match: re.Match[str], offset: int, *, at_start: bool) -> Piece | None:
    kind, text = match.lastgroup, match.group()
    start = offset + match.start()
    if kind in ("comment", "tag", "mark", "zero", "stray") or (kind == "note" and not at_start):
        return None
    if kind == "entity":
        return Piece(html.unescape(text).replace("\u00a0", " ") or " ", start, len(text))
    if kind == "blank":
        return Piece(" ", start, 1)
    if kind == "eth":
        return Piece("Đ" if text == "\u00d0" else "đ", start, 1)
    if kind == "composed":
        return Piece(unicodedata.normalize("NFC", text), start, len(text))
    return Piece(text, start, len(text))


def _trim(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without the blanks at both ends."""
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    begin = next((index for index, piece in enumerate(pieces) if piece.text.strip()), len(pieces))
    del pieces[:begin]
    if not pieces:
        return ()
    first = pieces[0]
    cut = len(first.text) - len(first.text.lstrip())
    if cut and len(first.text) == first.raw_length:
        pieces[0] = Piece(first.text[cut:], first.raw_start + cut, first.raw_length - cut)
    last = pieces[-1]
    kept = len(last.text.rstrip())
    if kept < len(last.text) and len(last.text) == last.raw_length:
        pieces[-1] = Piece(last.text[:kept], last.raw_start, kept)
    return tuple(pieces)


class _State:
    """What has been seen on the way down the file."""

    def __init__(self) -> None:
        self.lines: list[RawLine] = []
        self.gap = 0
        self.bars = 0
        self.own_rows = 0
        self.aligned_row = 0
        self.page_break = False
        self.footnote = False
        self.note_rule = False
        self.page = 0
        self.page_line = 0

    def turn_page(self, number: str) -> None:
        """Note the number of a page that has just ended or begun."""
        self.page_break, self.footnote = True, False
        self.page = int(number) if number.isdecimal() else self.page
        self.page_line = len(self.lines)


def read_lines(raw: str) -> list[RawLine]:
    """The lines of ``raw`` that hold content, in order."""
    state = _State()
    aligned = aligned_cells(raw)
    at_line_start = True
    for match in _LINE.finditer(raw):
        text = match.group()
        if match.start() in aligned and text[0] not in _BREAKS:
            _take_aligned(state, raw, aligned[match.start()])
            at_line_start = False
            continue
        if text[0] not in _BREAKS:
            _take(state, raw, text, match.start())
            at_line_start = False
            continue
        if text == "\f":
            state.page_break, state.footnote = True, False
        state.gap += at_line_start
        at_line_start = True
    return _without_stamps(state.lines)


def _without_stamps(lines: list[RawLine]) -> list[RawLine]:
    """Without what an electronic signature prints at a page's foot: the act's number, day and month, a line each, where
    the header's blanks stayed empty. They interrupt the sentence that goes on overleaf."""
    kept: list[RawLine] = []
    index = 0
    while index < len(lines):
        length = _stamp(lines, index)
        if not length:
            kept.append(lines[index])
        elif index + length < len(lines):
            lines[index + length] = lines[index + length]._replace(page_break=True)
        index += length or 1
    return kept


def _stamp(lines: list[RawLine], at: int) -> int:
    """How many lines from ``at`` are such a stamp: a number, a day (and a month) without a blank line between, one
    behind."""
    length = 0
    for line, limit in zip(lines[at : at + 3], (99_999, 31, 12), strict=False):
        if not (line.text.isdecimal() and len(line.text) <= 5 and int(line.text) <= limit):
            break
        if length and (line.gap or line.bars or line.page_break):
            break
        length += 1
    after = lines[at + length : at + length + 1]
    alone = not after or after[0].gap or after[0].page_break
    if length < 2 or not alone or lines[at].bars:
        return 0
    return length + bool(after and after[0].gap and _PAGE_NUMBER.fullmatch(after[0].text))  # the page's number behind


def _take(state: _State, raw: str, text: str, start: int) -> None:
    """Read one physical line into the state."""
    stripped = text.strip()
    if not stripped:
        state.gap += 1
        state.note_rule = state.note_rule or bool(_NOTE_RULE.fullmatch(text))
    elif "|" in stripped:
        _take_cells(state, text, start)
    else:
        for at, line in printed_lines(text):
            if line.strip():
                _take_line(state, raw, line, start + at)


def _take_line(state: _State, raw: str, text: str, start: int) -> None:
    """A line outside table bars: furniture, a footnote's line or a line of the text."""
    pieces = clean_pieces(text, start)
    clean = "".join(p.text for p in pieces)
    if _is_furniture(state, clean, raw, start + len(text)):
        return
    # A converted page begins with one blank before its first word; the footnotes of the page before end there.
    if state.footnote and _PAGE_TOP.match(text):
        state.footnote, state.page_break = False, True
    if _NOTE_LIST.match(clean) or (state.note_rule and not state.footnote and _NOTE_START.match(clean)):
        state.footnote = True
    _append(state, text, start, pieces, clean)


def _append(state: _State, text: str, start: int, pieces: tuple[Piece, ...], clean: str) -> None:
    bare = text.strip()
    raw_start = start + text.index(bare)
    emphasis = (bare.startswith(("*", "_")), bare.endswith(("*", "_")))
    state.lines.append(
        RawLine(
            clean,
            pieces,
            raw_start,
            raw_start + len(bare),
            state.gap,
            state.page_break,
            state.footnote,
            state.bars,
            emphasis,
            raw_start - start,
        )
    )
    state.gap, state.bars, state.page_break, state.note_rule = 0, 0, False, False


def _is_furniture(state: _State, clean: str, raw: str, end: int) -> bool:
    """Page numbers, rules and stray addresses: noted as a page break or a gap, not kept."""
    if state.bars == 1 and _NOTHING.fullmatch(clean) and _BAR_BELOW.match(raw, end):
        return False
    if not clean or _RULE.fullmatch(clean):
        state.gap += 1
        state.note_rule = state.note_rule or bool(_NOTE_RULE.fullmatch(clean))
        return True
    between_blanks = (state.gap or not state.lines) and not state.bars
    if between_blanks and _PAGE_NUMBER.fullmatch(clean) and _blank_below(raw, end):
        state.turn_page(clean)
        return True
    if _next_page(state, clean, raw, end):
        state.turn_page(clean)
        return True
    if _ADDRESS.fullmatch(clean):
        state.page_break = True
        return True
    return False


def _next_page(state: _State, clean: str, raw: str, end: int) -> bool:
    """Whether a number alone on its line, a page's length below the last page number, is the one that follows it. The
    first page prints none (NĐ 30/2020/NĐ-CP, appendix I, part I, section II, item 7): the first number seen breaks a
    sentence, which goes on in small letters, or stands between two lines of text."""
    if not clean.isdecimal() or len(clean) > 4 or (state.bars and _BAR_BELOW.match(raw, end)):
        return False  # a row's number stands between bars
    if state.page:
        return int(clean) == state.page + 1 and len(state.lines) >= state.page_line + _PAGE
    if state.bars or not 2 <= int(clean) <= 1 + len(state.lines) // _FIRST_PAGE:
        return False
    last = state.lines[-1].text if state.lines else ""
    breaks = bool(_SENTENCE_GOES_ON.match(raw, end)) and (state.footnote or not _STOPS.search(last))
    return breaks or (len(last) >= _TEXT_LINE and bool(_LONG_BELOW.match(raw, end)))


def _blank_below(raw: str, end: int) -> bool:
    """Whether the next physical line is blank, begins a converted page (with one blank), or the file ends."""
    parts = raw[end : end + 200].split("\n", 2)
    return len(parts) < 3 or not parts[1].strip() or bool(_PAGE_TOP.match(parts[1]))


def _take_aligned(state: _State, raw: str, cells: list[AlignedCell]) -> None:
    """A line of a table whose columns are kept apart by blanks."""
    for cell in cells:
        text = raw[cell.start : cell.end]
        pieces = clean_pieces(text, cell.start)
        if cell.row != state.aligned_row:
            state.aligned_row, state.own_rows = cell.row, state.own_rows + 1
        state.bars = 1
        _append(state, text, cell.start, pieces, "".join(p.text for p in pieces))
        state.lines[-1] = state.lines[-1]._replace(own_row=state.own_rows, cell=cell.column)


def _take_cells(state: _State, text: str, start: int) -> None:
    """A line with table bars: each cell is a line of its own; a bar at both ends makes the line a whole row."""
    bare = text.strip()
    whole = len(bare) > 1 and bare[0] == bare[-1] == "|"
    state.own_rows += whole
    at = start
    for index, cell in enumerate(text.split("|")):
        if index:
            state.bars += 1
            state.gap += 1
        for place, line in printed_lines(cell):
            pieces = clean_pieces(line, at + place)
            clean = "".join(p.text for p in pieces)
            if clean and not _CELL_RULE.fullmatch(clean):
                _append(state, line, at + place, pieces, clean)
                if whole:
                    state.lines[-1] = state.lines[-1]._replace(own_row=state.own_rows, cell=index)
        at += len(cell) + 1
    if whole:
        state.bars = 0
