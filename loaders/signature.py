"""Who signed, and to whom the document goes (NĐ 30/2020/NĐ-CP, appendix I, cells 7a to 7c, 9a and 9b).

Reads the closing's lines (and the header's for "Kính gửi"); the signer's authority stays as printed, post and name
come in normal case. A closing without a name has no signer.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.cells import Cell, cells, line_cells
from loaders.formal import (
    compiled,
    is_addressing,
    is_authority,
    is_capitals,
    is_delegation,
    is_name,
    is_noise,
    is_post,
    table,
    without_rank,
)
from loaders.landmarks import Landmarks
from loaders.naming import normal_case, person_name
from loaders.records import Signer
from loaders.text import SourceText

_RECIPIENTS = re.compile(r"nơi\s+nhận\b\s*:?\s*", re.IGNORECASE)
_ADDRESSING = re.compile(r"k[ií]nh\s+(?:gửi|trình)\s*:?\s*|[^.;:]{3,80}\s+điện\s*:\s*", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+*•]\s*")
_NEXT_ITEM = re.compile(r"\n|(?<=;)\s+(?=[-–+•]\s)")
"""Where an item of a list of recipients ends: at a line break, or before the bullet of the next in one line."""
_MARK = re.compile(r"((?:T\s?[/.]\s?M|TM|K\s?[/.]\s?T|KT|T\s?[/.]\s?L|TL|TUQ|Q)\s*[./]?)\s*$")
_WORD = compiled(r"[A-ZÀ-ỸĐ][a-zà-ỹđ]+")
_INTERIM = compiled(r"Q\s*[./]?\s*(?=[A-ZÀ-ỸĐ])")
_SIGNED_BY = re.compile(r"(?:người\s+ký|ký\s+bởi)\s*:\s*(.+)$", re.IGNORECASE)
_LONGEST_BLOCK = 16


class Closing(NamedTuple):
    """The closing's cells: the recipients' column and the signature's lines from its first authority or post."""

    recipients: list[Cell]
    signature: list[Cell]


def read_closing(text: SourceText, marks: Landmarks) -> Closing:
    """The two columns of the closing, told apart by what they say, not by where they stand."""
    recipients: list[Cell] = []
    signature: list[Cell] = []
    listing = signed = False
    for cell in cells(text, marks.closing, marks.annex):
        goes_on = bool(signature) and not (signed and listing)
        opens = is_authority(cell.text) or (is_capitals(cell.text) and (is_post(cell.text) or goes_on))
        if _RECIPIENTS.match(cell.text) or _BULLET.match(cell.text):
            listing = True
            recipients.append(cell)
        elif (
            opens
            or (not listing and is_name(cell.text))
            or (signature and (is_noise(cell.text) or _may_be_name(cell)))
            or _mark_alone(cell)
        ):
            signature.append(cell)
            signed = signed or is_name(cell.text)
            listing = listing and is_name(cell.text)
        elif listing or cell.text.casefold().startswith(("nơi", "nhận")):
            recipients.append(cell)
    return Closing(recipients, signature)


def _may_be_name(cell: Cell) -> bool:
    """A name, or a piece of one that a line break cut off."""
    return is_name(cell.text) or bool(_WORD.fullmatch(cell.text))


def _mark_alone(cell: Cell) -> bool:
    return bool(_MARK.fullmatch(cell.text))


def read_signer(closing: Closing) -> Signer | None:
    """The signer, ``None`` where no name is printed."""
    lines, name = _before_name(closing.signature)
    if name is None:
        return None
    behalf: str | None = None
    acting: list[str] = []
    posts: list[str] = []
    for line in _joined(lines):
        if is_delegation(line):
            acting.append(line)
        elif is_authority(line):
            behalf = line
        else:
            posts.append(line)
    if not posts and acting and (interim := _INTERIM.match(acting[-1])):
        posts = [acting[-1][interim.end() :]]  # "Q. CHỦ TỊCH": the post itself, held for the time being
    position = ", ".join(normal_case(p) for p in posts) or None
    return Signer(name, position, behalf, " ".join(acting) or None)


def _before_name(cells_: list[Cell]) -> tuple[list[str], str | None]:
    """The signature's lines above the name, and the name."""
    lines: list[str] = []
    for index, cell in enumerate(cells_[:_LONGEST_BLOCK]):
        content = cell.text.strip()
        following = cells_[index + 1].text.strip() if index + 1 < len(cells_) else ""
        if signed := _SIGNED_BY.match(content):
            if is_name(signed.group(1)) and not any(
                is_name(c.text) and not is_noise(c.text) for c in cells_[index + 1 :]
            ):
                return lines, person_name(without_rank(signed.group(1)))
        elif is_noise(content) and not _mark_alone(cell):
            continue
        elif is_name(content) and not is_authority(content):
            return lines, person_name(without_rank(_with_cut_off(content, following)))
        elif lines and not is_capitals(content) and is_name(f"{content} {following}"):
            return lines, person_name(without_rank(f"{content} {following}"))
        elif is_capitals(content) or _mark_alone(cell):
            lines.append(content)
    return lines, None


def _with_cut_off(name: str, following: str) -> str:
    """A name of two words and the single word that a line break cut off it."""
    single = _WORD.fullmatch(following)
    return f"{name} {following}" if single and len(without_rank(name).split()) == 2 else name


def _joined(lines: list[str]) -> list[str]:
    """Lines that a line break divided put together: "KT. BỘ TRƯỞNG, / CHỦ NHIỆM", "K/T TRƯỞNG / BAN", "PHÓ / CHỦ
    TỊCH"."""
    joined: list[str] = []
    for line in lines:
        last = joined[-1] if joined else ""
        open_end = last.endswith((",", " VÀ", "-")) or last in ("PHÓ", "QUYỀN") or bool(_MARK.fullmatch(last))
        if last and (open_end or not (is_authority(line) or is_post(line))):
            joined[-1] = f"{last} {line}"
        else:
            joined.append(line)
    return joined


def read_recipients(text: SourceText, marks: Landmarks, closing: Closing) -> tuple[str, ...]:
    """Each line of "Kính gửi" and "Nơi nhận" as printed without its bullet, a broken line put together again."""
    addressed: list[Cell] = []
    for index in range(marks.head, marks.body):
        row = line_cells(text, index)
        following = text.clean[text.lines[index + 1].start :][:12] if index + 1 < len(text.lines) else ""
        first = row[0].text if row else ""
        if addressed or is_addressing(first if len(first) > 6 else f"{first} {following}"):
            addressed += row
    return (*_items(addressed, _ADDRESSING), *_items(closing.recipients, _RECIPIENTS))


def _items(rows: list[Cell], head: re.Pattern[str]) -> list[str]:
    """The listed items: a bullet starts one, what follows without a bullet continues it; unlisted lines end with a
    semicolon or a full stop."""
    whole = "\n".join(" ".join(c.text.split()) for c in rows)
    match = head.match(whole)
    lines = _NEXT_ITEM.split(whole[match.end() :] if match else whole)
    listed = any(_BULLET.match(line) for line in lines)
    items: list[str] = []
    for line in filter(None, lines):
        bullet = _BULLET.match(line)
        content = line[bullet.end() :] if bullet else line
        if bullet or not items or (not listed and items[-1].endswith((";", "."))):
            items.append(content.strip())
        else:
            items[-1] = f"{items[-1]} {content}".strip()
    return [item for item in items if item and not table().noise.match(item)]
