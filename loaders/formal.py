"""The set lines of administrative documents: which line is a kind, an addressing, a signature's authority, a name,
noise.

Reads ``header.toml``; every predicate takes one line of clean text (marks stripped) and looks at nothing else, in
linear time.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from loaders.words import either
from ontology.folding import same
from ontology.tables import table as toml_table

_CAPITALS = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A compiled pattern in which ``À-ỸĐ`` stands for the Vietnamese capitals with marks, ``à-ỹđ`` for the small
    ones.

    As a plain range of code points they would mix: capitals and small letters alternate in Unicode.
    """
    return re.compile(pattern.replace("À-ỸĐ", _CAPITALS).replace("à-ỹđ", _CAPITALS.lower()), flags)


class LineTable(NamedTuple):
    """The line patterns of ``header.toml``, compiled; :meth:`re.Pattern.match` tells at the start of a line."""

    addressing: re.Pattern[str]
    annex_title: re.Pattern[str]
    date_line: re.Pattern[str]
    enacting: re.Pattern[str]
    noise: re.Pattern[str]
    number_line: re.Pattern[str]
    preamble: re.Pattern[str]
    summary_end: re.Pattern[str]


def phrases() -> dict[str, Any]:
    """``header.toml`` as plain values."""
    return toml_table("header.toml", "loaders")


@cache
def table() -> LineTable:
    """The compiled line patterns."""
    return LineTable(**{row["name"]: compiled(row["pattern"]) for row in phrases()["line"]})


@cache
def kind_names() -> dict[str, str]:
    """Every printed name of a kind by its comparison key: ``same("NGHỊ QUYẾT")`` → "Nghị quyết"."""
    rows = toml_table("kinds.toml")["kind"]
    return {same(name): name for row in rows for name in (row["name"], *row.get("aliases", []))}


@cache
def kind_alternatives() -> str:
    """A regular expression of all names of kinds in normal case, longest first."""
    return either(kind_names().values())


@cache
def _starts() -> dict[str, re.Pattern[str]]:
    lists = phrases()
    found = {key: re.compile(rf"{either(lists[key])}(?!\w)", re.IGNORECASE) for key in ("posts", "body_heads")}
    found["ranks"] = re.compile(rf"(?:{either(lists['ranks'])}\s*)+", re.IGNORECASE)
    found["surnames"] = re.compile(rf"{either(lists['surnames'])}(?!\w)", re.IGNORECASE)
    return found


_AUTHORITY = compiled(
    r"(?:T\s?[/.]\s?M|TM|K\s?[/.]\s?T|KT|T\s?[/.]\s?L|TL|TUQ|T\s?[/.]\s?U\s?Q|Q)\s*(?:[./]\s*|\s+|$)(?=[A-ZÀ-ỸĐ]|$)"
)
_DELEGATION = re.compile(r"(?:K\s?[/.]\s?T|KT|T\s?[/.]\s?L|TL|TUQ|T\s?[/.]\s?U\s?Q|Q)\s*(?:[./]|\s|$)")
_SYLLABLE = r"[A-ZÀ-ỸĐ](?:[a-zà-ỹđ]*(?:['’][A-Za-zÀ-ỸĐà-ỹđ]+)?)"
_NAME = compiled(rf"{_SYLLABLE}(?:[ -]+{_SYLLABLE}){{1,6}}\.?")
_HEAD_OF = compiled(r"[A-ZÀ-ỸĐ]+(?: [A-ZÀ-ỸĐ]+){0,3} TRƯỞNG")
_SIGNED = re.compile(r"\s*\([Đđ]ã ký\)\s*$")
_OTHER_THAN_NAMES = re.compile(
    r"(?:Nơi|Như|Kính|Phụ|Biểu|Mẫu|Hà Nội|Độc|Sở|Bộ|Ban|Văn phòng|Ủy|Uỷ|Hội đồng|Số|Ngày|Tháng|Năm|Điều|Chương"
    r"|Mục|Phần|Lưu|Thành phố|Tỉnh|Cục|Vụ)\b"
)


def is_capitals(line: str) -> bool:
    """Whether its letters are capitals, at least two of them; one in ten may be small ("HẠ TẦNG 5G, IoT TRONG CÁC
    KHU")."""
    if line.isupper():
        return sum(c.isalpha() for c in line[:20]) >= 2
    if not line[:4].isupper():
        return False
    upper, lower = sum(map(str.isupper, line)), sum(map(str.islower, line))
    return upper >= 10 * lower


def is_kind(line: str) -> bool:
    """Whether a line of capitals begins with the name of a kind and is no word of enactment ("QUYẾT ĐỊNH:")."""
    return printed_kinds(line) != [] and not table().enacting.match(line)


def is_copied_title(line: str) -> bool:
    """Whether a line names one act by kind and number in small letters ("Kết luận số 12-KL/TW"), as a copyist's title
    does and no header: that prints kind and number apart."""
    return not is_capitals(line) and bool(_copied_title().match(line))


@cache
def _copied_title() -> re.Pattern[str]:
    return re.compile(rf"(?:{kind_alternatives()})\s+số\s*:?\s*\d[^\s,;]*[-/][^\s,;]+", re.IGNORECASE)


def printed_kinds(line: str) -> list[str]:
    """The kinds that a line of capitals may print, in normal case: the exact one alone, else each that it starts
    with, the longest first. A kind in capitals before a subject in small letters counts too ("KẾ HOẠCH Triển khai
    …")."""
    line = line[:120].rstrip(" *.")
    exact = kind_names().get(same(line)) if line.isupper() else None
    if exact:
        return [exact]
    words = line.split()
    found = [
        kind_names().get(same(" ".join(words[:n])))
        for n in (5, 4, 3, 2, 1)
        if n < len(words) and " ".join(words[:n]).isupper()
    ]
    return [name for name in found if name]


def is_addressing(line: str) -> bool:
    """Whether it begins "Kính gửi" or is the "… điện:" of a telegram (NĐ 30/2020/NĐ-CP, appendix I, cell 9a)."""
    return bool(table().addressing.match(line))


def is_authority(line: str) -> bool:
    """Whether it is a signature's authority in capitals: "TM.", "KT.", "TL.", "TUQ.", "Q." or the Party's "T/M",
    "K/T" (cell 7a)."""
    match = _AUTHORITY.match(line)
    if match is None or len(line) > 160:
        return False
    return line.isupper() and (len(line) > match.end() or match.group().strip() not in ("Q", "TL", "KT"))


def is_delegation(line: str) -> bool:
    """Whether it is an authority other than "TM.": somebody signs for the holder of the post."""
    return is_authority(line) and bool(_DELEGATION.match(line))


def is_post(line: str) -> bool:
    """Whether it begins with a post ("CHỦ TỊCH", "PHÓ TRƯỞNG BAN") or is the head of something ("CHI CỤC TRƯỞNG")."""
    return bool(_starts()["posts"].match(line)) or bool(_HEAD_OF.fullmatch(line))


def is_body_head(line: str) -> bool:
    """Whether it begins with the head word of a body ("SỞ TÀI CHÍNH", "TỈNH ỦY TRƯỜNG LĨNH")."""
    return bool(_starts()["body_heads"].match(line.replace("UỶ", "ỦY").replace("uỷ", "ủy")))


def is_noise(line: str) -> bool:
    """Whether signing software, a stamp or a portal put it there."""
    return bool(table().noise.match(line)) or not any(c.isalpha() for c in line)


def without_rank(line: str) -> str:
    """The line without ranks and titles before a name, and "(Đã ký)" behind it: "Đại tá Trần Văn A" → "Trần Văn A"."""
    line = _SIGNED.sub("", line)
    match = _starts()["ranks"].match(line)
    return line[match.end() :].strip() if match else line.strip()


def is_name(line: str) -> bool:
    """Whether the line is a person's name, perhaps after a rank: two to seven capitalised words, or capitals after
    a known family name."""
    if len(line) > 60:
        return False
    name = without_rank(line)
    if is_capitals(name):
        words = name.split()
        return (
            2 <= len(words) <= 5
            and name.replace(" ", "").isalpha()
            and bool(_starts()["surnames"].match(name))
            and not is_post(name)
            and not is_body_head(name)
        )
    return bool(_NAME.fullmatch(name)) and not _OTHER_THAN_NAMES.match(name) and not is_post(name)
