"""Acts named by number: finds the numbers of a paragraph and the word that says what kind of act each is.

Reads clean text; gives :class:`~loaders.mentions.Mention` values in order. The grammar of numbers is that of
NĐ 30/2020/NĐ-CP, appendix I, part II, item 3 and Hướng dẫn 36-HD/VPTW, read with the slips that scanning and typing
make: blanks and line breaks inside ("132- KL/TW"), a lost separator ("18NQ/TW", "118/2025/NĐCP"), a lost kind
("32/2019/CP").
A surface runs from the kind word to the end of the number; after a kind word that several numbers share, from "số" or
from the number itself.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from loaders.mentions import Mention
from ontology.folding import fold
from ontology.kinds import kind_by_name, kind_by_number, kinds
from ontology.numbers import squeeze

_PIECE = r"[A-ZĐƯ][A-ZĐƯ0-9&]*(?:[a-zđ]{1,2}[A-ZĐƯ0-9&]+)*[a-zđ]{0,2}(?![^\W_])"
_JOINT = r"(?:\s{0,2}[-–—/]|[-–—/]\s{1,2})"
_APART = r"\s[-–]\s(?:UBND|HĐND|TTg|CP|TU|TW|VPCP|B[A-ZĐ&]{1,9})(?!\w)"  # blanks on both sides only before a known body
_SYMBOL = rf"{_PIECE}(?:{_JOINT}{_PIECE}|{_APART}|\.(?:Ư|W|HC|UB[A-ZĐ]{{0,4}})(?!\w))*"
_PARTY_KIND = r"(?:NQ|CT|KL|QĐ|QyĐ|QC|KH|CTr|CTrHĐ|HD|TB|BC|TT|TTr|CV|ĐA)"
_STATE_KIND = r"(?:NĐ|NQ|QĐ|TT|TTLT|CT)"
_NUMBER = re.compile(
    r"(?<![\w.,/–-])\d{1,8}(?:\.\d{1,3})?[a-zđA-D]?"
    r"(?:"
    rf"\s{{0,2}}/\s{{0,2}}(?:19|20)\d\d(?:\s{{0,2}}[/-]\s{{0,2}}|(?={_STATE_KIND}-))(?P<dated>{_SYMBOL})"
    rf"|\s{{0,2}}/\s{{0,2}}(?P<state>{_SYMBOL})"
    rf"|(?:\s{{0,2}}[-–—]\s{{0,2}}|\s?)(?P<party>{_PARTY_KIND}\s{{0,2}}[-–/]\s{{0,2}}{_PIECE}(?:[-/]{_PIECE})*)"
    rf"|[-–](?P<old>{_PIECE}(?:[-/]{_PIECE})*)"
    r")"
)
_BARE = re.compile(
    r"(?P<so>số\s{1,2})?(?P<serial>\d{1,4}[a-zđ]?)(?P<year>/(?:19|20)\d\d)?"
    r"(?=\s*(?:[.,;:)\]”\"]|$|của\b|ngày\b|về\b|và\b|đã\b|được\b))(?![.,/]\d)"
)
_SHARED_SYMBOL = re.compile(
    r"(?:\s?,\s?(?:số\s)?\d{1,5}){0,6}\s?(?:,|và|,\s?và)\s?(?:số\s)?\d{1,5}"
    rf"(?P<symbol>\s{{0,2}}[-–/]\s{{0,2}}(?:(?:19|20)\d\d/)?{_SYMBOL})"
)
_CUT_SHORT = re.compile(
    r"(?<!\w)(?P<kind>Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kết luận|Thông tư|Luật|Kế hoạch|Công văn|Quy định)"
    r"\s{1,2}(?=số\s{1,2}\d|\d)"
)
_SO = re.compile(r"(?<!\w)(?:[Ss]ố|SỐ|sô)(?:\s{1,2}hiệu)?\s{0,2}:?\s{0,2}$")
_CONNECTOR = re.compile(r"(?:[,;:(/]|(?<!\w)(?:và|hoặc|hay|đến|với|là))\s*$")
_WORDS = re.compile(r"[^\W\d_]+")
_DAY = r"(?:(?<=ngày )\d{1,2}(?:[/-]| tháng )\d{1,2}(?:[/-]| năm )\d{4},?)?"
_MIDDLE = re.compile(rf"[^;.:()“”\"\n\d]{{0,60}}(?:\(lần (?:thứ )?\w{{1,4}}\)\s)?{_DAY}\s*")
_NO_MIDDLE = re.compile(r",\s*$|\s(?:và|tại|theo|này|trên)\s+$")
_BREAK = re.compile(r"[;()“”\"]|\.\s")
_NO_ACT = re.compile(
    r"(?:(?:QCVN|TCVN|TCXDVN|QCXDVN)\s*\d{0,6}(?:-\d{1,3})?[A-Z]?\s*"
    r"|(?:ISO|TCCS|TCXD|TCN|[Mm]ẫu|MST|ĐT|điện thoại)\s*(?:số\s*)?):?\s*$"
)
_FOOTNOTE = re.compile(r"(?:(?<=/QH\d\d)|(?<=CP)|(?<=TTg)|(?<=UBND)|(?<=HĐND)|(?<=-B[A-ZĐ]{2})|(?<=-B[A-ZĐ]{4}))\d$")
_WITH_YEAR = re.compile(r"\d+[a-z]?/(?:19|20)\d\d/")

_NO_ACT_FROM_RANK = 17  # contracts, permits, slips and copies: documents, but no acts that bind or guide
_OTHER_OPENERS = ("Văn bản", "Thư công tác", "Công thư", "Điện")
_ABBREVIATED = ("BC", "CT", "CV", "KH", "KL", "NQ", "NĐ", "QĐ", "TB", "TT")
_NEAR = 12
_LOOK_BACK = 120
_LIST_BACK = 260
"""Characters. How far before a number a linking word, its kind word, or the kind word of its list may stand."""


@cache
def _opening_words() -> Mapping[str, str]:
    """Names that open a citation, folded so that a lost accent ("Quyêt định") does not hide the word."""
    names = {fold(name): kind.name for kind in kinds() for name in kind.names}
    short = {fold(s): k.name for k in reversed(kinds()) for s in (*k.symbols, *k.party_symbols) if s in _ABBREVIATED}
    return short | names | {fold(name): name for name in _OTHER_OPENERS}


@cache
def _opening_pattern() -> re.Pattern[str]:
    """The opening words in normal case, lower case and capitals, longest first."""
    names = {n for kind in kinds() for n in kind.names} | set(_OTHER_OPENERS)
    forms = [form for n in sorted(names, key=len, reverse=True) for form in (n, n.lower(), n.upper(), n.title())]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, dict.fromkeys(forms)))})(?!\w)")


def kind_before(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the kind word that stands directly before ``end`` begins, and the kind; ``None`` where none does."""
    words = deque(_WORDS.finditer(text, start, end), maxlen=4)
    if not words or text[words[-1].end() : end].strip():
        return None
    last = words[-1].end()
    for word in words:  # the longest name first: "Thông tư liên tịch" before "tịch"
        name = text[word.start() : last]
        kind = _opening_word(name)
        if kind:
            return word.start(), kind
    return None


@lru_cache(maxsize=4096)
def _opening_word(name: str) -> str | None:
    kind = _opening_words().get(fold(name))
    return kind if len(name) > 2 or name.isupper() else None


@lru_cache(maxsize=4096)
def _shown_kind(symbol: str) -> str | None:
    kind = kind_by_number(symbol)
    return kind.name if kind else None


def find_numbered(
    text: str, start: int, end: int, titled: Mapping[int, Mention]
) -> Iterator[tuple[Mention, Mention | None]]:
    """The numbered mentions of ``text[start:end]``, each with the titled act whose name goes on to the number.

    ``titled`` are laws found by title ("Luật Đất đai"), by their end, the outer one where two end together; where the
    number follows one ("Luật Đất đai số 31/2024/QH15"), the mention begins with it.
    """
    before: Mention | None = None
    for match in _NUMBER.finditer(text, start, end):
        if not _is_number(match):
            continue
        floor = max(before.end if before else start, match.start() - _LOOK_BACK, start)
        so = _SO.search(text, floor, match.start())
        lead = so.start() if so else match.start()
        title = next((m for at in range(lead, lead - 4, -1) if (m := _title_to(text, at, lead, titled))), None)
        end = match.end() - bool(_FOOTNOTE.search(match.group()))  # "43/2023/NĐ-CP2": the 2 is a note's
        symbol = squeeze_blanks(text[match.start() : end])
        opened = (title.start, title.type) if title else _opened(text, floor, lead, so is not None)
        if opened is None:
            shared = _shared_kind(text, start, lead, before, symbol, so)
            if shared is None:
                continue
            opened = lead, shared
        if _is_paper(opened[1]):
            continue
        before = Mention(opened[0], end, "numbered", _type_of(opened[1], symbol), symbol)
        yield before, title


def find_bare(text: str, start: int, end: int) -> Iterator[Mention]:
    """Acts named by a number cut short: "Nghị quyết số 57" points back, "Nghị định số 181/2025" lost its symbol."""
    for opener in _CUT_SHORT.finditer(text, start, end):
        match = _BARE.match(text, opener.end(), end)
        if match is None or not (match["so"] or match["year"] or len(match["serial"]) >= 2):
            continue
        symbol = match["serial"] + (match["year"] or "")
        shared = _SHARED_SYMBOL.match(text, match.end(), end)
        if shared:  # "các Kết luận số 31, 32-KL/TW": the symbol is printed once
            symbol += squeeze_blanks(shared["symbol"])
        short = not match["year"] and not shared
        yield Mention(opener.start(), match.end(), "numbered", opener["kind"], symbol, short)


def squeeze_blanks(number: str) -> str:
    """The number as printed, without the blanks and line breaks inside it."""
    return "".join(number.split())


def probable_number(symbol: str, kind: str, year: str | None) -> str | None:
    """The well-formed number that a malformed one stands for, ``None`` where it is well formed or nothing can be told.

    ``year`` is that of the date printed beside it: decrees have carried it in their numbers since 1999.
    """
    plain = squeeze(symbol)
    fixed = plain.replace("/OH1", "/QH1").replace("ND-CP", "NĐ-CP").replace("/QD-", "/QĐ-").replace("/CTTg", "/CT-TTg")
    for pattern, form in _SLIPS:
        fixed = pattern.sub(form, fixed)
    if kind == "Nghị định":
        fixed = re.sub(r"^(\d+[a-z]?)/((?:19|20)\d\d)/CP$", r"\1/\2/NĐ-CP", fixed)
        if year and int(year) >= 1999:
            fixed = re.sub(r"^(\d+[a-z]?)/NĐ-CP$", rf"\1/{year}/NĐ-CP", fixed)
    return fixed if fixed != plain else None


_SLIPS = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (rf"^(\d+[a-z]?/(?:19|20)\d\d)({_STATE_KIND}-)", r"\1/\2"),
        (r"^(\d+[a-z]?)(QĐ|NQ|CT|KH)[-/](UBND|HĐND|TTg|CP)$", r"\1/\2-\3"),
        (r"/(NĐ|QĐ|TT|NQ|CT)(CP|TTg|UBND|HĐND|B[A-ZĐ&]{1,8})$", r"/\1-\2"),
        (r"/(QĐ|NQ|CT|KH)/(UBND|HĐND|TTg|CP)$", r"/\1-\2"),
        (rf"^(\d+)[-/]?({_PARTY_KIND})[-/](TU|TW|VPTW|BTCTW)$", r"\1-\2/\3"),
    )
)


def _is_number(match: re.Match[str]) -> bool:
    """Whether the match can be a document number: two capitals at least, and no standard or form is named."""
    symbol = match["dated"] or match["state"] or match["party"] or match["old"]
    capitals = sum(c.isupper() for c in symbol)
    return capitals >= 2 and not _NO_ACT.search(match.string, max(0, match.start() - 20), match.start())


def _title_to(text: str, at: int, lead: int, titled: Mapping[int, Mention]) -> Mention | None:
    """The law whose title ends at ``at`` where nothing but blanks or an opening bracket stands up to the number."""
    title = titled.get(at)
    return title if title and not text[at:lead].strip(" (,:") else None


def _opened(text: str, floor: int, lead: int, has_so: bool) -> tuple[int, str] | None:
    """The kind word that opens a citation: directly before, or before "số" with the rest of its name between."""
    direct = kind_before(text, floor, lead)
    if direct:
        return direct
    bare_end = floor + len(text[floor:lead].rstrip())
    if text.endswith(":", floor, bare_end):  # "các Quyết định: số …; số …": the kind word is shared
        shared = kind_before(text, floor, bare_end - 1)
        return (lead, shared[1]) if shared else None
    last = _last_opener(text, floor, lead) if has_so else None
    if last is None or not _MIDDLE.fullmatch(text, last.end(), lead) or _NO_MIDDLE.search(text, last.end(), lead):
        return None
    return last.start(), _opening_words()[fold(last.group())]


def _last_opener(text: str, start: int, end: int) -> re.Match[str] | None:
    found = deque(_opening_pattern().finditer(text, start, end), maxlen=1)
    return found[0] if found else None


def _shared_kind(
    text: str, start: int, lead: int, before: Mention | None, symbol: str, so: re.Match[str] | None
) -> str | None:
    """The kind of a number without a kind word of its own: it goes on a list, or its symbol leaves no doubt.

    A header's "Số: 12/QĐ-UBND" stands alone and is none.
    """
    shown = _shown_kind(symbol)
    near = max(before.end if before else start, lead - _NEAR)
    if _CONNECTOR.search(text, near, lead):
        if before is not None:
            return shown or before.type
        last = _last_opener(text, max(start, lead - _LIST_BACK), lead)
        if last and not _BREAK.search(text, last.end(), lead):
            return shown or _opening_words()[fold(last.group())]
    alone = (so is not None and ":" in so.group()) or not text[max(start, lead - _NEAR) : lead].strip()
    return shown if not alone and _WITH_YEAR.match(symbol) else None


@cache
def _is_paper(name: str) -> bool:
    kind = kind_by_name(name)
    return kind is not None and kind.rank >= _NO_ACT_FROM_RANK


def _type_of(word: str, symbol: str) -> str:
    """The kind: what the word says; for "văn bản" what the number shows."""
    return (_shown_kind(symbol) if word == "Văn bản" else None) or word
