"""Acts named by number: finds the numbers of a paragraph and the word that says what kind of act each is.

Reads clean text; gives :class:`~loaders.mentions.Mention` values in order. The grammar of numbers is that of
NĐ 30/2020/NĐ-CP, appendix I, part II, item 3 and Hướng dẫn 36-HD/VPTW, read with the slips that scanning and typing make:
blanks and line breaks inside ("132- KL/TW"), a lost separator ("18NQ/TW", "118/2025/NĐCP"), a lost kind ("32/2019/CP").
A surface runs from the kind word to the end of the number; after a kind word that several numbers share, from "số" or
from the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from loaders.mentions import Mention
from ontology.folding import fold
from ontology.kinds import kind_by_number, kinds
from ontology.numbers import kind_symbol, squeeze

_TOKEN = r"[A-ZĐƯ][A-ZĐƯ0-9&]*(?:[a-zđ]{1,2}[A-ZĐƯ0-9&]+)*[a-zđ]{0,2}(?![^\W_])"
_JOINT = r"(?:\s{0,2}[-–—/]|[-–—/]\s{1,2})"
_SYMBOL = rf"{_TOKEN}(?:{_JOINT}{_TOKEN}|\s[-–]\s(?:UBND|HĐND|TTg|CP|TU|TW)(?!\w)|\.(?:Ư|W)(?!\w))*"
_SERIAL = r"(?<![\w.,/–-])\d{1,8}(?:\.\d{1,3})?[a-zđA-D]?"
_PARTY_HEAD = r"(?:NQ|CT|KL|QĐ|QyĐ|KH|CTr|CTrHĐ|HD|TB|BC|TTr|CV|ĐA)"
_NUMBER = re.compile(
    rf"(?P<serial>{_SERIAL})"
    r"(?:"
    rf"\s{{0,2}}/\s{{0,2}}(?P<year>(?:19|20)\d\d)\s{{0,2}}[/-]\s{{0,2}}(?P<dated>{_SYMBOL})"
    rf"|\s{{0,2}}/\s{{0,2}}(?P<state>{_SYMBOL})"
    rf"|(?:\s{{0,2}}[-–—]\s{{0,2}}|\s?)(?P<party>{_PARTY_HEAD}\s{{0,2}}[-–/]\s{{0,2}}{_TOKEN}(?:[-/]{_TOKEN})*)"
    rf"|[-–](?P<old>{_TOKEN}(?:[-/]{_TOKEN})*)"
    r")"
)
_BARE = re.compile(
    r"(?:(?P<so>[Ss]ố\s{1,2}))?(?P<serial>\d{1,4}[a-zđ]?)(?P<year>/(?:19|20)\d\d)?"
    r"(?=\s*(?:[.,;:)\]”\"]|$|của\b|ngày\b|về\b|và\b|đã\b|được\b))(?![.,/]\d)"
)
_SHARED_SYMBOL = re.compile(
    rf"(?:\s?,\s?(?:số\s)?\d{{1,5}}){{0,6}}\s?(?:,|và|,\s?và)\s?(?:số\s)?\d{{1,5}}(?P<symbol>\s{{0,2}}[-–/]\s{{0,2}}(?:(?:19|20)\d\d/)?{_SYMBOL})"
)
_SO = re.compile(r"(?:(?<!\w)(?:[Ss]ố|SỐ|sô)(?:\s{1,2}hiệu)?\s{0,2}:?\s{0,2})$")
_GAP = re.compile(r"\s{0,3}$")
_CONNECTOR = re.compile(r"(?:[,;:(/]|(?<!\w)(?:và|hoặc|hay|đến|với|là))\s*$")
_MIDDLE = re.compile(r"[^;.:()“”\"\n\d]{0,60}(?:(?<=ngày )\d{1,2}(?:[/-]| tháng )\d{1,2}(?:[/-]| năm )\d{4},?)?\s*")
_BREAK = re.compile(r"[;()“”\"]|\.\s")
_STANDARD = re.compile(r"(?:QCVN|TCVN|ISO|TCCS|TCXD|TCN|Mẫu|mẫu|Mẫu số|MST|ĐT|điện thoại)\s*(?:số\s*)?:?\s*$")

_OPENERS = ("Văn bản", "Thư công tác", "Công thư", "Điện", "Lệnh")
_ABBREVIATED = {
    "BC": "Báo cáo",
    "CT": "Chỉ thị",
    "CV": "Công văn",
    "KH": "Kế hoạch",
    "KL": "Kết luận",
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
    "TT": "Thông tư",
    "VB": "Văn bản",
}
_LOOK_BACK = 120
_LIST_BACK = 260


@cache
def _opening_words() -> dict[str, str]:
    """Names that open a citation, folded so that a lost accent ("Quyêt định") does not hide the word."""
    names = {fold(name): kind.name for kind in kinds() for name in kind.names}
    return names | {fold(name): name for name in _OPENERS}


@cache
def _opening_pattern() -> re.Pattern[str]:
    """The opening words in normal case, lower case and capitals, longest first."""
    names = sorted({n for kind in kinds() for n in kind.names} | set(_OPENERS), key=lambda n: -len(n))
    forms = [form for n in names for form in dict.fromkeys((n, n.lower(), n.upper(), n.title()))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")


def kind_before(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the kind word that stands directly before ``end`` begins, and the kind; ``None`` where none does."""
    words = list(re.finditer(r"[^\W\d_]+", text[start:end]))[-4:]
    if not words or not _GAP.match(text, start + words[-1].end(), end):
        return None
    for count in range(len(words), 0, -1):
        first = words[-count].start() + start
        name = text[first:end].rstrip()
        kind = _opening_words().get(fold(name)) or (_ABBREVIATED.get(name) if count == 1 else None)
        if kind:
            return first, kind
    return None


def find_numbered(
    text: str, start: int, end: int, titled: Sequence[Mention]
) -> Iterator[tuple[Mention, Mention | None]]:
    """The numbered mentions of ``text[start:end]``, each with the titled act whose name goes on to the number.

    ``titled`` are laws found by title ("Luật Đất đai"); where the number follows one ("Luật Đất đai số 31/2024/QH15"), the
    mention begins with it.
    """
    before: Mention | None = None
    for match in _NUMBER.finditer(text, start, end):
        if not _is_number(match):
            continue
        floor = max(before.end if before else start, match.start() - _LOOK_BACK, start)
        so = _SO.search(text, floor, match.start())
        lead = so.start() if so else match.start()
        title = _title_before(text, lead, titled)
        opened = (title.start, title.type) if title else _opened(text, floor, lead, so is not None)
        symbol = squeeze_blanks(match.group())
        if opened is None:
            shared = _continues(text, start, lead, before, symbol, so)
            if shared is None:
                continue
            kind = kind_by_number(symbol)
            opened = lead, kind.name if kind else shared
        kind_name = _type_of(opened[1], symbol)
        before = Mention(opened[0], match.end(), "numbered", kind_name, symbol, None)
        yield before, title


def find_bare(text: str, start: int, end: int) -> Iterator[Mention]:
    """Acts named by a serial without symbol: "Nghị quyết số 57" is a short form, "Nghị định số 181/2025" a number cut short."""
    for opener in _short_pattern().finditer(text, start, end):
        match = _BARE.match(text, opener.end(), end)
        if match and (match["so"] or match["year"] or len(match["serial"]) >= 2):
            symbol = match["serial"] + (match["year"] or "")
            kind = _opening_words()[fold(opener.group().strip())]
            shared = _SHARED_SYMBOL.match(text, match.end(), end)
            if shared:  # "các Kết luận số 31, 32-KL/TW": the symbol is printed once
                symbol += squeeze_blanks(shared["symbol"])
            yield Mention(opener.start(), match.end(), "numbered", kind, symbol, None, not match["year"] and not shared)


@cache
def _short_pattern() -> re.Pattern[str]:
    names = (
        "Nghị quyết",
        "Nghị định",
        "Quyết định",
        "Chỉ thị",
        "Kết luận",
        "Thông tư",
        "Luật",
        "Kế hoạch",
        "Công văn",
        "Quy định",
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})\s{{1,2}}(?=số\s{{1,2}}\d|\d)")


def squeeze_blanks(number: str) -> str:
    """The number as printed, without the blanks and line breaks inside it."""
    return "".join(number.split())


def probable_number(symbol: str, kind: str, year: str | None) -> str | None:
    """The well-formed number that a malformed one stands for, ``None`` where it is well formed or nothing can be told.

    ``year`` is the year of the date printed beside it: decrees have carried it in their number since 1999.
    """
    plain = squeeze(symbol)
    fixed = plain.replace("/OH1", "/QH1").replace("ND-CP", "NĐ-CP").replace("/QD-", "/QĐ-")
    fixed = re.sub(r"^(\d+[a-z]?)(QĐ|NQ|CT|KH)[-/](UBND|HĐND|TTg|CP)$", r"\1/\2-\3", fixed)
    fixed = re.sub(r"/CTTg$", "/CT-TTg", fixed)
    fixed = re.sub(r"/(NĐ|QĐ|TT|NQ|CT)(CP|TTg|UBND|HĐND|B[A-ZĐ&]{1,8})$", r"/\1-\2", fixed)
    fixed = re.sub(r"/(QĐ|NQ|CT|KH)/(UBND|HĐND|TTg|CP)$", r"/\1-\2", fixed)
    fixed = re.sub(rf"^(\d+)[-/]?({_PARTY_HEAD})[-/](TU|TW|VPTW|BCTTW)$", r"\1-\2/\3", fixed)
    if kind == "Nghị định":
        fixed = re.sub(r"^(\d+[a-z]?)/((?:19|20)\d\d)/CP$", r"\1/\2/NĐ-CP", fixed)
        if year and int(year) >= 1999:
            fixed = re.sub(r"^(\d+[a-z]?)/NĐ-CP$", rf"\1/{year}/NĐ-CP", fixed)
    return fixed if fixed != plain else None


def _is_number(match: re.Match[str]) -> bool:
    """Whether the match can be a document number: two capitals at least ("5/HA" is hectares only by its kind word)."""
    symbol = match["dated"] or match["state"] or match["party"] or match["old"]
    return sum(c.isupper() for c in symbol) >= 2 and not _STANDARD.search(
        match.string, max(0, match.start() - 20), match.start()
    )


def _title_before(text: str, lead: int, titled: Sequence[Mention]) -> Mention | None:
    """The law whose printed title ends where the number's words begin, the longest one; brackets may open between."""
    found = [m for m in titled if m.end <= lead and not text[m.end : lead].strip(" (,:")]
    return min(found, key=lambda m: m.start) if found else None


def _opened(text: str, floor: int, lead: int, has_so: bool) -> tuple[int, str] | None:
    """The kind word that opens a citation: directly before, or before "số" with the rest of its name between."""
    direct = kind_before(text, floor, lead)
    if direct:
        return direct
    if text[floor:lead].rstrip().endswith(":"):  # "các Quyết định: số …; số …": the kind word is shared
        shared = kind_before(text, floor, floor + len(text[floor:lead].rstrip(" :")))
        return (lead, shared[1]) if shared else None
    if not has_so:
        return None
    last = None
    for last in _opening_pattern().finditer(text, floor, lead):
        pass
    if last is None or not _MIDDLE.fullmatch(text, last.end(), lead):
        return None
    if re.search(r",\s*$|\s(?:và|tại|theo|này|trên)\s+$", text[last.end() : lead]):
        return None
    return last.start(), _opening_words()[fold(last.group())]


def _continues(
    text: str, start: int, lead: int, before: Mention | None, symbol: str, so: re.Match[str] | None
) -> str | None:
    """The kind that a number without a kind word of its own shares with a list, or shows by a symbol that leaves no doubt.

    A header's "Số: 12/QĐ-UBND" stands alone and is none.
    """
    listed = bool(_CONNECTOR.search(text, before.end if before else start, lead))
    if listed and before is not None:
        return before.type
    if listed:
        last = None
        for last in _opening_pattern().finditer(text, max(start, lead - _LIST_BACK), lead):
            pass
        if last and not _BREAK.search(text, last.end(), lead):
            return _opening_words()[fold(last.group())]
    kind = kind_by_number(symbol)
    alone = (so is not None and ":" in so.group()) or not text[start:lead].strip()
    return kind.name if kind and not alone and re.match(r"\d+[a-z]?/(?:19|20)\d\d/", symbol) else None


def _type_of(word: str, symbol: str) -> str:
    """The kind: what the word says; for "văn bản" what the number shows."""
    if word != "Văn bản":
        return word
    shown = kind_by_number(symbol)
    return shown.name if shown else word


__all__ = ["find_bare", "find_numbered", "kind_before", "kind_symbol", "probable_number", "squeeze_blanks"]
