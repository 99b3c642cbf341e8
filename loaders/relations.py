"""What ties a document to an act that it names, by the cues of ``phrases.toml``.

The nearest cue that governs a mention decides: it is looked for in the same sentence to the left, where earlier acts
are cut out with their titles, so that acts of one list share the cue before the list and the words of a title never
speak for the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from loaders.records import Relation
from ontology.tables import table

LOOK_BACK = 700
"""Characters. A cue that stands farther before an act does not govern it."""
_NORMATIVE = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp", "Nghị định", "Thông tư", "Thông tư liên tịch"))
_BETWEEN_ACTS = frozenset(("implements", "amends", "amended-by", "replaces", "repeals", "guides", "reports-on"))
_SENTENCE = re.compile(r"\s(?=Căn cứ\s[A-ZĐ])|[.?!…](?=\s{1,3}[“\"(]?[A-ZĐÀ-Ỹ\d-])|\./\.")
_ABBREVIATION = re.compile(r"(?:(?<!\w)(?:TP|Tp|TS|ThS|GS|PGS|Q|P|T|st|v)|(?<!\w)[A-ZĐ\d]{1,3}|Điều \d{1,3}[a-z]?)$")
# What may stand between a "near" cue and the act: other acts of the list, a provision, a few linking words.
_LINK = (
    r"(?:\s?§\s?\)?(?:[,;]|\s?và|\s?hoặc)"
    r"|\s(?:các|của|tại|tới|đến|với|những|nội dung|hiệu quả|nghiêm|nghiêm túc|tốt|có hiệu quả|toàn bộ|một phần|việc"
    r"|trong|ở|về|số|cả|một số|cụ thể|và|hoặc"
    r"|(?:điểm|khoản|điều|mục|chương|phần|phụ lục|tiết)\s[\divxa-zđ.,]{1,6}(?:(?:,| và| đến) [\da-zđ]{1,3}(?!\w)){0,5})"
    r"|[,;:(“\"]){0,30}\s{0,3}$"
)
# A sentence that opens with a change speaks of every act in which it places something: "Bãi bỏ thủ tục số 8 tại X và
# thủ tục số 1 tại Y", "Bổ sung bến Z vào danh sách nêu tại Điều 2 X". What is only done by an act ("theo X") is none.
_OPENING_CHANGE = re.compile(
    r"[-–+*\s]*(?:(?:Điều \d{1,3}[a-zđ]?|\d{1,2}|[a-zđ])[.):]\s?)?"
    r"(?:(?P<repeals>Bãi bỏ|Hủy bỏ|Huỷ bỏ)|(?P<amends>Sửa đổi(?:, bổ sung)?|Bổ sung(?=[^.;§]{1,200}\svào\s)))\s"
)
_PLACED_IN = re.compile(rf"(?i)(?<!\w)(?:tại|kèm theo)(?!\w)(?:\scác [\w ]{{1,40}}[^.;§]{{0,200}}:\s{{0,3}}$|{_LINK})")
_LISTED = re.compile(r"(?:\s?\([^()]{0,20}\))?\s?\)?[\s,;]{0,4}(?:(?:và|hoặc|cùng)\s)?(?:các\s)?$")
_BY_ANOTHER = re.compile(r"(?<!kèm )(?<!\w)(?:theo|thực hiện|triển khai|căn cứ|phù hợp|nhiệm vụ|kinh phí)(?!\w)")
_DONE = re.compile(r"(?<!\w)đã(?!\w)")
_REVIEWED = re.compile(r"kết quả|đạt được|hoàn thành|đã đạt")


class Cue(NamedTuple):
    """One row of the table, compiled. ``pattern`` runs over lower-cased text."""

    relation: Relation
    normative: Relation | None
    place: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class Found(NamedTuple):
    """A relation and the words that prove it (offsets in the text searched)."""

    relation: Relation
    start: int
    end: int


@cache
def cues() -> tuple[Cue, ...]:
    """The rows of ``phrases.toml`` in their order."""
    return tuple(
        Cue(
            row["relation"],
            row.get("normative"),
            row["place"],
            re.compile(_placed("|".join(f"(?:{w})" for w in row["words"]), row["place"])),
            tuple(row["examples"]),
            tuple(row["counter_examples"]),
        )
        for row in table("phrases.toml", "loaders")["cue"]
    )


@lru_cache(maxsize=4096)
def relation_of(left: str, right: str, kind: str) -> Found | None:
    """The relation that the words before an act of this kind say, ``None`` where they say none.

    ``left`` is the sentence up to the act, earlier acts and their titles cut out of it and marked "§"; ``right``, what
    follows the act and its title, tells a review ("đã triển khai thực hiện … đạt kết quả") from a duty.
    """
    lowered = left.lower()
    best: Found | None = None
    for cue in cues():
        found = None if cue.place == "after" else _last(cue, lowered)
        if found and (best is None or (found[1], -found[0]) > (best.end, -best.start)):
            relation = cue.normative if cue.normative and kind in _NORMATIVE else cue.relation
            best = Found(relation, *found)
    if best and best.relation == "implements" and _is_review(lowered, best, right):
        return best._replace(relation="reports-on")
    return best


def relation_after(right: str) -> Relation | None:
    """The relation that the words directly after an act and its title say ("… hết hiệu lực")."""
    head = right.lower().lstrip(" ,)")
    return next((cue.relation for cue in cues() if cue.place == "after" and cue.pattern.match(head)), None)


def opening_change(left: str) -> Relation | None:
    """The change that opens ``left``, the sentence up to an act, where it reaches over the act; ``None`` elsewhere."""
    opening = _OPENING_CHANGE.match(left)
    if opening is None:
        return None
    *earlier, last = left[opening.end() :].split("§")
    reaches = _PLACED_IN.search(last) and not _BY_ANOTHER.search(last)
    if not (reaches or (earlier and _LISTED.fullmatch(last) and _PLACED_IN.search(earlier[0]))):
        return None
    return "repeals" if opening["repeals"] else "amends"


def joining_relation(between: str) -> Relation | None:
    """The relation of one act to a second that the words between them say ("quy định chi tiết một số điều của")."""
    found = relation_of(between, "", "Nghị quyết")
    return found.relation if found and found.relation in _BETWEEN_ACTS else None


def sentence_starts(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of ``text[start:end]`` begin; the grounds of a decision ("Căn cứ …") are one each."""
    return [
        start,
        *(
            stop.end() + text.startswith(" ", stop.end())
            for stop in _SENTENCE.finditer(text, start, end)
            if not _ABBREVIATION.search(text, max(start, stop.start() - 12), stop.start())
        ),
    ]


def left_context(text: str, start: int, at: int, taken: Sequence[tuple[int, int]]) -> str:
    """``text[start:at]`` without the spans ``taken`` (in order), each marked "§"; its last :data:`LOOK_BACK`."""
    pieces: list[str] = []
    for first, last in taken:
        if last <= start or first >= at:
            continue
        pieces += (text[start : max(first, start)], "§")
        start = max(start, min(last, at))
    pieces.append(text[start:at])
    return "".join(pieces)[-LOOK_BACK:]


def _placed(cue: str, place: str) -> str:
    """The pattern of the words ``cue`` at a place, see the head of ``phrases.toml``."""
    if place == "near":
        return rf"(?<!\w)(?P<cue>{cue})(?!\w){_LINK}"
    if place == "start":
        return rf"^(?:[-+*]\s*)?(?P<cue>{cue})(?!\w)"
    return rf"(?<!\w)(?P<cue>{cue})(?!\w)"


def _last(cue: Cue, lowered: str) -> tuple[int, int] | None:
    last = None
    for found in cue.pattern.finditer(lowered):
        last = found
    return last.span("cue") if last else None


def _is_review(lowered: str, found: Found, right: str) -> bool:
    """Whether "đã … thực hiện" looks back: something was done and the sentence goes on to results."""
    done = _DONE.search(lowered, max(0, found.start - 90), found.start)
    return bool(done and _REVIEWED.search(right[:200].lower()))
