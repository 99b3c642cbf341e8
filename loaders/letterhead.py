"""What a header prints: issuer, number, date, place, kind and subject (NĐ 30/2020/NĐ-CP, appendix I, cells 2 to 5).

Reads the header's lines only; a number or date of the body is never the document's own. What is not printed is
``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from loaders.cells import Cell, cells
from loaders.formal import (
    compiled,
    is_addressing,
    is_authority,
    is_body_head,
    is_capitals,
    is_kind,
    phrases,
    printed_kinds,
    table,
)
from loaders.landmarks import Landmarks
from loaders.naming import full_name, normal_case
from loaders.text import SourceText
from ontology.folding import same
from ontology.kinds import Kind, kind_by_abbreviation, kind_by_name
from ontology.numbers import parse_number, squeeze

NUMBER = compiled(
    r"\d{1,6}(?:\.\d{1,4})?[a-zđ]?(?:[A-ZĐ]{1,4})?(?:\s{2,40}(?=/))?"  # "Số: 04      /2025/…": filled in by hand
    r"(?:(?:\s?[-–/]|[-–/]\s?|//)(?:\d{4}(?=\s?[/-])|[A-ZÀ-ỸĐ][A-Za-zÀ-ỸĐà-ỹđ0-9.&]*))+"
)
_PRINTED_NUMBER = compiled(rf"\b[Ss][Ốố]\s*:?\s*({NUMBER.pattern})")
_NUMBER_INSIDE = re.compile(r"\bSố\s*:\s*\d")
_DAY = r"ngày\s*(\d{1,2})\s*(?:tháng\s*(0\s\d|\d{1,2})\s*năm\s*(\d{4})|[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}))"
DATE = re.compile(_DAY, re.IGNORECASE)
_PLACE_DATE = compiled(rf"([A-ZÀ-ỸĐ][\w’' .-]{{1,40}}?)\s*,\s*(?i:{_DAY}|ngày\b)")
_NATIONAL = re.compile(
    r"CỘNG\s+H(?:[OÒÓỎÕỌ]A|O[ÀÁẢÃẠ])\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|[ĐD]ộc\s+lập\s*[-–—]*\s*Tự\s+do\s*[-–—]*\s*Hạnh\s+phúc",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:V\s*/\s*v|Về\s+việc)\b\s*:?\s*", re.IGNORECASE)
_SESSION = re.compile(r"(?:HỘI\s+NGHỊ|KỲ\s+HỌP|ĐẠI\s+HỘI|PHIÊN\s+HỌP)\b|(?:LẦN|KHÓA|KHOÁ|NHIỆM\s+KỲ)\b")
_OF = re.compile(r"CỦA\s+")
_ISSUED_WITH = re.compile(r"\W{0,3}(?:ban\s+hành\s+)?kèm\s+theo\b", re.IGNORECASE)


class Found(NamedTuple):
    """A value and the clean offsets of the words it was read from."""

    value: str
    start: int
    end: int


class Letterhead(NamedTuple):
    """What the header prints: ``names`` the bodies from superior to issuer, ``title_body`` a body between kind and
    subject, ``adopter`` the one below it, ``place`` that of place and date, ``kind`` in normal case."""

    names: tuple[str, ...]
    issuer: Found | None
    title_body: Found | None
    adopter: Found | None
    number: Found | None
    date: Found | None
    place: str | None
    kind: Found | None
    subject: str | None


def read_letterhead(text: SourceText, marks: Landmarks) -> Letterhead:
    """The header between the landmarks ``head`` and ``body``."""
    rows = list(cells(text, marks.head, marks.body))
    kind_row = _kind_row(rows)
    about = next((i for i, c in enumerate(rows) if _ABOUT.match(c.text)), len(rows))
    addressed = next((i for i in range(len(rows)) if _addresses(rows, i)), len(rows))
    top = rows[: min(kind_row if kind_row is not None else len(rows), addressed)]
    above = top[: min(about, len(top))]
    said = above if any(table().number_line.match(cell.text) for cell in above) else top  # "V/v" names other numbers
    number = _number(text, said, rows[kind_row] if kind_row is not None else None)
    dated = _date(text, top)
    names, issuer = _issuer(above, number)
    kind = _kind(rows, kind_row, number)
    if kind_row is not None:
        title = rows[kind_row + 1 : addressed]
        title_body, adopter = _title_body(title), _adopter(title)
        subject = _titled_subject(rows, kind_row, kind, title, adopter or issuer)
    else:
        title_body = adopter = None
        subject = _about_subject(rows[about:addressed] if about < len(rows) or issuer or number else top, dated)
    return Letterhead(names, issuer, title_body, adopter, number, dated.date, dated.place, kind, subject)


def _addresses(rows: list[Cell], index: int) -> bool:
    """Whether "Kính gửi" stands in this row, its words perhaps in two."""
    content = rows[index].text
    following = rows[index + 1].text if index + 1 < len(rows) else ""
    return is_addressing(content if len(content) > 6 else f"{content} {following}")


def _whole(text: SourceText, rows: list[Cell]) -> tuple[str, int]:
    """The clean text of the rows and where it starts: line breaks are single characters there."""
    if not rows:
        return "", 0
    return text.clean[rows[0].start : rows[-1].end], rows[0].start


def _kind_row(rows: list[Cell]) -> int | None:
    """The row of the kind: a line that is nothing else comes first, else one that begins with it."""
    kinds = [i for i, c in enumerate(rows) if is_kind(c.text)]
    exact = [i for i in kinds if kind_by_name(rows[i].text.strip(" *."))]
    return next(iter(exact or kinds), None)


def _kind(rows: list[Cell], kind_row: int | None, number: Found | None) -> Found | None:
    """The printed kind; of several that a line begins with the one that the number abbreviates, else the longest."""
    if kind_row is None:
        return None
    cell = rows[kind_row]
    names = printed_kinds(cell.text)
    by_number = _abbreviated(number) if number else None
    name = by_number.name if by_number and by_number.name in names else names[0]
    return Found(name, cell.start, min(cell.end, cell.start + len(name)))


def _number(text: SourceText, rows: list[Cell], kind_cell: Cell | None) -> Found | None:
    """The number after "Số" at the start of a cell, perhaps on the next line; of several the one of the printed kind
    (an inspection team's header names the decision that set it up: "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ …")."""
    found = list(_numbers(text, rows))
    names = printed_kinds(kind_cell.text) if kind_cell and len(found) > 1 else []
    own = (number for number in found if (kind := _abbreviated(number)) and kind.name in names)
    return next(own, found[0] if found else None)


def _abbreviated(number: Found) -> Kind | None:
    """The kind that a number abbreviates."""
    parsed = parse_number(number.value)
    return kind_by_abbreviation(parsed.kind, parsed.style == "party") if parsed and parsed.kind else None


def _numbers(text: SourceText, rows: list[Cell]) -> Iterator[Found]:
    for index, cell in enumerate(rows):
        if not (table().number_line.match(cell.text) or _NUMBER_INSIDE.search(cell.text)):
            continue
        whole, start = _whole(text, rows[index : index + 3])
        match = _PRINTED_NUMBER.search(whole)
        if match:
            yield Found(squeeze(match.group(1)), start + match.start(1), start + match.end(1))


def iso_date(match: re.Match[str]) -> str | None:
    """The ISO date of a :data:`DATE` match (five groups from the last ones on), ``None`` for a day that no calendar
    has."""
    day, month, year, month2, year2 = match.groups()[-5:]
    try:
        return date(int(year or year2), int("".join((month or month2).split())), int(day)).isoformat()
    except ValueError:
        return None


class _DateLine(NamedTuple):
    """The date line: the date's value and words, the place before it, and the whole line's clean offsets."""

    date: Found | None
    place: str | None
    start: int
    end: int


_NO_DATE = _DateLine(None, None, 0, 0)


def _date(text: SourceText, rows: list[Cell]) -> _DateLine:
    """The date line; without a place the only line that begins with a date."""
    whole, start = _whole(text, rows)
    line = _NO_DATE
    for match in _PLACE_DATE.finditer(whole):
        line = _DateLine(None, _place(match.group(1)), start + match.start(), start + match.end())
        day = DATE.search(whole, match.start())
        if day and day.end() == match.end() and (value := iso_date(day)):
            return line._replace(date=Found(value, start + day.start(), start + day.end()))
    for cell in rows if line.place is None else []:
        day = DATE.match(cell.text)
        if day and (value := iso_date(day)):
            return _DateLine(Found(value, cell.start, cell.start + day.end()), None, cell.start, cell.end)
    return line


def _place(printed: str) -> str:
    """The place of a date line: what follows the last capital run, on one line."""
    words = " ".join(printed.split()).split(" ")
    kept: list[str] = []
    for word in reversed(words):
        if not word[:1].isupper() and word != "-" and word.lower() not in ("phố", "xã", "trấn", "khu"):
            break
        kept.insert(0, word)
    return " ".join(kept)


def _issuer(rows: list[Cell], number: Found | None) -> tuple[tuple[str, ...], Found | None]:
    """The bodies that the header names, the issuer last (item 2: the superior body stands above it)."""
    lines: list[Cell] = []
    for cell in rows:
        if number and cell.start >= number.start:
            break
        content = _NATIONAL.sub(" ", cell.text).strip(" *-–_")
        if table().number_line.match(content):
            break
        if is_capitals(content) and not _is_stamp(content) and not _national_part(content):
            lines.append(cell._replace(text=content))
    groups = _bodies(lines)
    if not groups:
        return (), None
    names = tuple(normal_case(" ".join(c.text for c in group)) for group in groups)
    return names, Found(names[-1], groups[-1][0].start, groups[-1][-1].end)


def _is_stamp(content: str) -> bool:
    return same(content.strip(" !.")) in {same(s) for s in phrases()["stamps"]}


def _national_part(content: str) -> bool:
    """Whether the line is a piece of the national title or the Party's name, broken over lines."""
    words = same(content)
    return len(words) > 3 and any(words in same(name) for name in phrases()["national"])


def _bodies(lines: list[Cell]) -> list[list[Cell]]:
    """The lines grouped by body: a line that starts with a body's head word starts the next one."""
    groups: list[list[Cell]] = []
    prefixes = {same(p) for p in phrases()["issuer"]["prefixes"]}
    for cell in lines:
        before = " ".join(c.text for c in groups[-1]) if groups else ""
        whole = len(before.split()) > 1 or is_body_head(before)
        open_end = before.endswith((",", " VÀ", "-", " CỦA")) or same(before) in prefixes
        if groups and not (is_body_head(cell.text) and whole and not open_end):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return groups


def _title_body(title: list[Cell]) -> Found | None:
    """The body named between kind and subject: "HỘI NGHỊ LẦN THỨ 12 / BAN CHẤP HÀNH ĐẢNG BỘ TỈNH KHÓA XVI", "CỦA
    BAN THƯỜNG VỤ TỈNH ỦY" (36-HD/VPTW: the issuing body stands below the kind)."""
    for index, cell in enumerate(title[:4]):
        of = _OF.match(cell.text)
        session = index > 0 and _SESSION.match(title[index - 1].text)
        name = cell.text[of.end() :] if of else cell.text
        if is_capitals(cell.text) and is_body_head(name) and (session or of):
            return Found(normal_case(name), cell.start, cell.end)
        if not _SESSION.match(cell.text):
            return None
    return None


def _adopter(title: list[Cell]) -> Found | None:
    """The authority that stands in capitals below the subject, right above "Căn cứ" (NĐ 30/2020/NĐ-CP, appendix III),
    perhaps with its session below."""
    for cell in reversed(title):
        if is_capitals(cell.text) and is_body_head(cell.text):
            return Found(normal_case(cell.text.strip(" *,")), cell.start, cell.end)
        if not _SESSION.match(cell.text):
            return None
    return None


def _titled_subject(
    rows: list[Cell], kind_row: int, kind: Found | None, title: list[Cell], issuer: Found | None
) -> str | None:
    """The subject below the kind, as printed, without session, authority line and "(Kèm theo …)"."""
    lines = [rows[kind_row].text[len(kind.value) if kind else 0 :].strip(), *(c.text for c in title)]
    if body := _title_body(title):
        lines = [line for line, c in zip(lines[1:], title, strict=True) if c.start > body.start]
    kept: list[str] = []
    for line in lines:
        if _ISSUED_WITH.match(line) or is_authority(line) or line.startswith("("):
            break
        kept.append(line)
    subject = _without_authority(" ".join(" ".join(kept).split()), issuer.value if issuer else "")
    return subject.strip(" :*-–") or None


def _without_authority(subject: str, issuer: str) -> str:
    """Without the authority line below the subject: the issuer, perhaps with its head's post before it."""
    words = subject.split()
    keys = [(key, at) for at, word in enumerate(words) for key in same(full_name(word)).split()]
    plain = [key for key, _ in keys]
    for name in (same(issuer).split(), same(re.sub(r"\s+(?:tỉnh|thành phố)\s.*$", "", issuer)).split()):
        for at in range(len(keys) - len(name), max(len(keys) - len(name) - 16, 0), -1):
            if name and plain[at : at + len(name)] == name and _ends_there(plain, at + len(name)):
                return _without_post(words[: keys[at][1]])
    return subject


def _ends_there(keys: list[str], end: int) -> bool:
    rest = " ".join(keys[end : end + 3])
    return end >= len(keys) or rest.startswith(("khóa", "khoá", "điện", "tỉnh", "thành phố"))


def _without_post(words: list[str]) -> str:
    for post in ("chủ tịch", "bộ trưởng", "giám đốc", "cục trưởng", "chủ nhiệm", "thống đốc", "tổng cục trưởng"):
        count = len(post.split())
        if same(" ".join(words[-count:])) == same(post):
            return " ".join(words[:-count])
    return " ".join(words)


def _about_subject(rows: list[Cell], dated: _DateLine) -> str | None:
    """A letter's subject: from "V/v" to the addressing, without the date line beside it (cells 4 and 5b)."""
    kept = [
        cell.text
        for cell in rows
        if not (dated.start < cell.end and cell.start < dated.end)
        and not _NATIONAL.search(cell.text)
        and not table().number_line.match(cell.text)
    ]
    return _ABOUT.sub("", " ".join(" ".join(kept).split()), count=1).strip(" :*") or None
