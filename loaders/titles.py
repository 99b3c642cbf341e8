"""Laws, codes and ordinances named by title: where the title ends.

Reads clean text; gives mentions in order. Titles that ``laws.toml`` lists end where the table says; of others the end
is where a word stands that no title holds ("được", "quy định", "hiện hành", "và các …"). An amending law ("Luật sửa
đổi, bổ sung một số điều của Luật …") is one act whose title names others: both are mentions, one inside the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from loaders.mentions import Mention
from loaders.wordlists import in_any_case, words
from loaders.words import either
from ontology.folding import same
from ontology.tables import table

_OPENER = re.compile(
    r"(?<!\w)(?P<kind>Bộ [Ll]uật|BỘ LUẬT|bộ luật|Luật|LUẬT|(?<!pháp )(?<!Pháp )luật|Pháp lệnh|PHÁP LỆNH|pháp lệnh)"
    r"(?=[\s:])\s{0,2}:?\s{0,2}"
)
_NO_ACT_BEFORE = re.compile(rf"(?<!\w){either(in_any_case(words('no_act_after')))}(?: các)?\s+$")
_AMENDING = re.compile(
    r"(?:[Ss]ửa đổi,?\s(?:bổ sung\s)?"
    r"(?:(?:một số điều|một số|(?:các\s)?(?:khoản|[Đđ]iều)\s\d+[^;.()]{0,40}?)\s)?(?:của\s)?(?:các\s)?"
    r"(?=(?:Bộ [Ll]uật|Luật|Pháp lệnh|luật)\s)"
    r"|SỬA ĐỔI,?\s(?:BỔ SUNG\s)?(?:MỘT SỐ ĐIỀU\s)?(?:CỦA\s)?(?:CÁC\s)?(?=(?:BỘ LUẬT|LUẬT|PHÁP LỆNH)\s))"
)
_AMENDING_MANY = re.compile(
    r"[Ss]ửa đổi,?\s(?:bổ sung\s)?(?:một số điều\s)(?:của\s)(?:\d+\s|các\s)"
    r"(?:(?:(?!\svà\s(?:điểm|khoản|[Đđ]iều|Nghị định|Thông tư)\s)[^;.()“”\"]){3,160}?(?=\ssố\s\d)|[^;.,()“”\"]{3,160}?)"
    r"(?=\s(?:số|ngày|năm)\s|\svà\s(?:điểm|khoản|[Đđ]iều|Nghị định|Thông tư)\s|[;.,()“”\"]|$)"
)
_JOIN = re.compile(r",?\s{0,2}(?:và\s|VÀ\s|,\s)")
_YEAR = re.compile(
    r"\s{1,2}(?:\((?:năm\s)?(?:19|20)\d\d\)|\(sửa đổi(?:,? năm (?:19|20)\d\d)?\)"
    r"|sửa đổi(?:,? bổ sung)?\s(?:năm\s)?(?:19|20)\d\d(?!\d)|(?:năm\s{1,2})?(?:19|20)\d\d(?![\d/-]))"
)
_WORD = re.compile(r"[^\W\d_]+(?=\d{1,2}(?!\w))|[^\W_]+(?:/[^\W_]+)?")  # without the number of a footnote at its end
_SPACE = re.compile(r"[\s,\-–()]{1,4}")
_SHORT_FORM = re.compile(r"\s\([A-ZĐ&]{2,8}\)[\s,]{1,2}")  # "Luật Phòng cháy, chữa cháy (PCCC) và cứu nạn, cứu hộ"
_CONSTITUTION = re.compile(
    r"(?<!\w)(?:Hiến pháp|HIẾN PHÁP)"
    r"(?:\s{1,2}nước (?:Cộng hòa|Cộng hoà|CHXHCN)(?:\s(?:xã hội chủ nghĩa|XHCN))? Việt Nam)?"
    r"(?:\s{1,2}(?:\((?:năm\s)?(?:19|20)\d\d\)|(?:năm\s)?(?:19|20)\d\d))?(?!\w)"
)
_AND_LAWS = re.compile(r",?\s{1,2}(?:và )?(?:[Pp]háp luật|luật)")
_SHARING = re.compile(r"(?:các|Các|những)\s+$")
_STOP = frozenset(words("title_ends"))
_STOP_AFTER_AND = frozenset(words("title_ends_after_and"))
_TABLES = {"Bộ luật": "codes", "Luật": "laws", "Pháp lệnh": "ordinances"}
_LONG_TITLE = 8
"""Words. A listed title of so many names the act, in whatever letters ("luật quản lý, sử dụng vũ khí, …")."""
_MAX_WORDS = 14
"""Words. No title is longer that the table does not list."""


class _Node(dict[str, "_Node"]):
    """A trie of title words; ``end`` where a title may end."""

    end = False


@cache
def _titles(kind: str) -> _Node:
    root = _Node()
    titles: list[str] = table("laws.toml", "loaders")[_TABLES[kind]]
    for title in (*titles, *_shortened(titles)):
        node = root
        for word in _WORD.findall(same(title)):
            node = node.setdefault(word, _Node())
        node.end = True
    return root


def _shortened(titles: Iterable[str]) -> Iterator[str]:
    """The titles as letters shorten them: "Bảo vệ BMNN", "Ưu đãi NCC với cách mạng"."""
    pairs = [row.split(": ") for row in table("laws.toml", "loaders")["short"]]
    for title in titles:
        for full, short in pairs:
            if full in title.lower():
                at = title.lower().index(full)
                yield title[:at] + short + title[at + len(full) :]


def title_end(text: str, start: int, end: int, kind: str) -> int | None:
    """Where the longest listed title of a ``kind`` that begins at ``start`` ends, ``None`` where none does."""
    node: _Node | None = _titles(kind)
    at, found = start, None
    while word := _WORD.match(text, at, end):
        node = node.get(same(word.group())) if node else None
        if node is None:
            break
        if node.end:
            found = word.end()
        gap = _SHORT_FORM.match(text, word.end(), end) or _SPACE.match(text, word.end(), end)
        if gap is None:
            break
        at = gap.end()
    if found is not None and text.startswith(")", found, end) and text.find("(", start, found) >= 0:
        found += 1  # "… ở người (HIV/AIDS)"
    return found


def find_titled(text: str, start: int, end: int) -> Iterator[Mention]:
    """The laws, codes, ordinances and the Constitution named by title in ``text[start:end]``, outer before inner."""
    at = start
    while opener := _OPENER.search(text, at, end):
        at = opener.end()
        if _NO_ACT_BEFORE.search(text, max(start, opener.start() - 24), opener.start()):
            continue
        kind = _kind(opener["kind"])
        found = list(_at(text, opener, end, kind))
        if found:
            yield from found
            at = max(m.end for m in found)
            yield from _shared(text, start, at, end, opener, kind)
    yield from _constitutions(text, start, end)


def _at(text: str, opener: re.Match[str], end: int, kind: str) -> Iterator[Mention]:
    """The act that begins at ``opener``: an amending law with those that it amends, or one title."""
    amending = _AMENDING.match(text, opener.end(), end)
    inner = list(_amended(text, amending.end(), end)) if amending else []
    if inner:
        yield Mention(opener.start(), _with_year(text, inner[-1].end, end), "named", kind)
        yield from inner
        return
    many = _AMENDING_MANY.match(text, opener.end(), end)
    stop = many.end() if many else _one_title(text, opener, end, kind)
    if stop is not None:
        yield Mention(opener.start(), _with_year(text, stop, end), "named", kind)


def _one_title(text: str, opener: re.Match[str], end: int, kind: str) -> int | None:
    """A listed title in any case after "Luật"; after "luật" it must begin with a capital or be long enough to be
    no phrase; others as they are set."""
    stop = title_end(text, opener.end(), end, kind)
    lower = opener["kind"][0].islower()
    if stop is not None:
        phrase = lower and not text[opener.end()].isupper() and len(text[opener.end() : stop].split()) < _LONG_TITLE
        return None if phrase else stop
    return None if lower or opener["kind"].isupper() else _unlisted(text, opener.end(), end)


def _amended(text: str, at: int, end: int) -> Iterator[Mention]:
    """The laws of the list that an amending law's title gives, without the year, which is the amending law's."""
    while opener := _OPENER.match(text, at, end):
        kind = _kind(opener["kind"])
        stop = title_end(text, opener.end(), end, kind) or _unlisted(text, opener.end(), end)
        if stop is None:
            return
        yield Mention(opener.start(), stop, "named", kind)
        join = _JOIN.match(text, stop, end)
        if join is None:
            return
        at = join.end()


def _shared(text: str, start: int, at: int, end: int, opener: re.Match[str], kind: str) -> Iterator[Mention]:
    """Titles that share the kind word: "các Luật Đất đai, Nhà ở và Kinh doanh bất động sản"."""
    if not _SHARING.search(text, max(start, opener.start() - 8), opener.start()):
        return
    while join := _JOIN.match(text, at, end):
        stop = title_end(text, join.end(), end, kind) if text[join.end() : join.end() + 1].isupper() else None
        if stop is None:
            return
        yield Mention(join.end(), _with_year(text, stop, end), "named", kind)
        at = stop


def _unlisted(text: str, start: int, end: int) -> int | None:
    """Where a title that no table lists ends: it begins with a capital and goes on to a mark or a word that ends it."""
    first = _WORD.match(text, start, end)
    if first is None or first.group().lower() in _STOP:
        return None
    if first.group().isupper() and 3 <= len(first.group()) <= 7:
        return first.end()  # an abbreviated title: "Luật PCCC"
    if not first.group().istitle():
        return None
    stop = first.end()
    for _ in range(_MAX_WORDS):
        word = _WORD.match(text, stop + 1, end) if text.startswith(" ", stop) else None
        if word is None or _ends_title(text, word, end):
            break
        stop = word.end()
    return stop


def _ends_title(text: str, word: re.Match[str], end: int) -> bool:
    if word.group()[0].isdigit() or word.group().lower() in _STOP or word.group() in ("Luật", "Nghị", "Bộ", "Pháp"):
        return True
    if word.group() != "và":
        return False
    following = _WORD.match(text, word.end() + 1, end)
    return following is None or following.group()[0].isupper() or following.group().lower() in _STOP_AFTER_AND


def _with_year(text: str, stop: int, end: int) -> int:
    """The end with the year that tells acts of one title apart: "năm 2015", "(năm 2023)", "(sửa đổi)"."""
    year = _YEAR.match(text, stop, end)
    return year.end() if year else stop


def _constitutions(text: str, start: int, end: int) -> Iterator[Mention]:
    """The Constitution, but not the set phrase "Hiến pháp và pháp luật"."""
    for match in _CONSTITUTION.finditer(text, start, end):
        if not _AND_LAWS.match(text, match.end(), end):
            yield Mention(match.start(), match.end(), "named", "Hiến pháp")


def _kind(printed: str) -> str:
    return {"bộ luật": "Bộ luật", "luật": "Luật"}.get(printed.lower(), "Pháp lệnh")
