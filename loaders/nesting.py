"""Which act stands inside the title of which, and what ties each to the document and to the others.

Reads the mentions of one paragraph with what is printed beside them; gives them placed: relation, relations to other acts,
provision. An act is inside another where it stands in that one's surface or subject ("Nghị định số … quy định chi tiết Luật …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.details import Details, date_inside, date_opening, issuer_before, provision_before
from loaders.mentions import Mention
from loaders.records import Relation
from loaders.relations import joining_relation, left_context, relation_after, relation_of, sentence_start
from loaders.text import SourceText

_AMENDED = re.compile(
    r"[\s,(;]*(?:và\s)?(?:đã\s|vừa\s)?(?:được\s|bị\s)?(?P<what>sửa đổi|bổ sung|thay thế|bãi bỏ)(?:,? (?:và )?(?:bổ sung|thay thế))?(?:\s(?:một số (?:điều|nội dung)|một số|nội dung))?\s(?:(?:tại|bởi|bằng|theo)\s)?"
    r"(?:(?:các\s)?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Cc]ác)\s?[\wđ]{0,4}[\s,]*(?:và\s|của\s)?){0,6}$"
)
_REPLACING = re.compile(r"\s*\((?P<what>thay thế|sửa đổi, bổ sung|sửa đổi|bãi bỏ)(?:\s(?:cho|các))?\s$")
_AND = re.compile(r"[\s,]*(?:(?:và|hoặc|cùng)\s)?(?:các\s)?$")
_LISTED = re.compile(r"\s?\)?[\s,;]*(?:(?:và|hoặc|cùng)\s)?(?:các\s)?")
_PASSIVE: dict[str, Relation] = {
    "sửa đổi": "amended-by",
    "bổ sung": "amended-by",
    "thay thế": "replaces",
    "bãi bỏ": "repeals",
}
_ACTIVE: dict[str, Relation] = {
    "thay thế": "replaces",
    "sửa đổi, bổ sung": "amends",
    "sửa đổi": "amends",
    "bãi bỏ": "repeals",
}
_LIST_ITEMS = 20
_ITEM = re.compile(r"(?P<dash>[-–—+*•])|(?P<letter>[a-zđ]\))|(?P<number>\d{1,2}[.)])")
_MARKER = re.compile(r"[\s\-–+*•\d.)(a-zđIVX]{0,8}(?:(?:các|Các)\s)?$")


_DEFINING = re.compile(r"(?:gọi|viết)(?: tắt| chung| tắt chung)? là:?\s[“\"]?$")
_ASKED = re.compile(r"(?:đề nghị|kiến nghị|xem xét|đề xuất|nghiên cứu|thẩm quyền)[^.;§]{0,60}$")
_CHANGES = ("amends", "replaces", "repeals")
_ASIDE = re.compile(r"\([^)]*$")  # a change told in brackets is another act's

_OWN_VOICE = re.compile(
    r"(?:[-–+*\d.)\s]|Điều \d+)*(?:Phạm vi điều chỉnh\s)?(?:[A-ZĐ][\w ]{3,30} này |Về việc |V/v |HƯỚNG DẪN|QUY ĐỊNH|NGHỊ ĐỊNH|THÔNG TƯ|Hướng dẫn |Quy định |"
    r"(?:Chính phủ|Bộ trưởng|Thủ tướng|Hội đồng nhân dân|Ủy ban nhân dân|Chủ tịch|Quốc hội|Thống đốc)[^.;§]{0,60} ban hành )"
)


class Placed(NamedTuple):
    """A mention with its facts. ``also`` holds ``(relation, index of the other act)``; ``date`` is one printed before it."""

    mention: Mention
    details: Details
    relation: Relation
    also: tuple[tuple[Relation, int], ...]
    provision: str | None
    date: str | None
    paragraph: int


class _Open(NamedTuple):
    """An act whose surface and title lie open at a place: its index, where the title begins and ends."""

    index: int
    begin: int
    end: int


def place(
    text: SourceText,
    paragraph: int,
    mentions: Sequence[Mention],
    details: Sequence[Details],
    offset: int,
    before: Sequence[Placed],
) -> list[Placed]:
    """The mentions of one paragraph placed. ``offset`` is the index of the first one; ``before`` are the placed ones so far."""
    return _Placer(text, paragraph, mentions, details, offset, before).run()


def _item(text: str, start: int, end: int) -> str | None:
    """How an item is marked: the dash itself, "letter" or "number"; ``None`` for a paragraph that is no item."""
    found = _ITEM.match(text, start, end)
    return None if found is None else found["dash"] or found.lastgroup


class _Placer:
    def __init__(
        self,
        text: SourceText,
        paragraph: int,
        mentions: Sequence[Mention],
        details: Sequence[Details],
        offset: int,
        before: Sequence[Placed],
    ) -> None:
        self.text, self.paragraph, self.mentions, self.offset, self.before = text, paragraph, mentions, offset, before
        self.details = details
        self.start, self.stop = text.paragraphs[paragraph].start, text.paragraphs[paragraph].end
        self.relations: list[Relation] = []
        self.also: list[list[tuple[Relation, int]]] = [[] for _ in mentions]
        self.parents: list[int | None] = []
        self.ends: list[int] = [d.end for d in details]

    def run(self) -> list[Placed]:
        for i in range(len(self.mentions)):
            parent = self._parent(i)
            self.parents.append(parent)
            self.relations.append(self._inside(i, parent) if parent is not None else self._own(i))
        self._ended()
        return [self._placed(i) for i in range(len(self.mentions))]

    def _ended(self) -> None:
        """What follows a list ("… hết hiệu lực kể từ ngày …") is said of every act of the list."""
        clean, right = self.text.clean, self.stop
        following: Relation | None = None
        for i in reversed([i for i, parent in enumerate(self.parents) if parent is None]):
            if not (following and _LISTED.fullmatch(clean, self.ends[i], right)):
                following = relation_after(clean[self.ends[i] : min(self.stop, self.ends[i] + 60)])
            if following:
                self.relations[i] = following
            right = self.mentions[i].start

    def _parent(self, i: int) -> int | None:
        """The innermost act whose surface or title holds this one; a list of acts inside a title goes on."""
        mention = self.mentions[i]
        for j in range(i - 1, -1, -1):
            if mention.start < self.ends[j] and (
                self._in_title(j, mention.start) or mention.end <= self.mentions[j].end
            ):
                return j
        return self._listed_parent(i) if i and self.parents[i - 1] is not None else None

    def _listed_parent(self, i: int) -> int | None:
        """The act whose title this one goes on: "… triển khai Nghị quyết A và Kế hoạch B", at the level of its kind."""
        link = _AND.fullmatch(self.text.clean, self.ends[i - 1], self.mentions[i].start)
        if link is None or self.details[i - 1].subject is not None:
            return None
        level: int | None = i - 1
        inner = (
            ";" in self.text.clean[self.start : self.mentions[i].start]
        )  # where ";" parts the acts, "và" joins closer
        while level is not None and not (inner and self.parents[level] is None):
            if self.mentions[level].type == self.mentions[i].type:
                return self.parents[level]
            level = self.parents[level]
        return self.parents[i - 1] if "và" in link.group() else None

    def _in_title(self, j: int, at: int) -> bool:
        subject = self.details[j].subject
        return subject is not None and subject[0] <= at < subject[1]

    def _inside(self, i: int, parent: int) -> Relation:
        """An act inside a title is mentioned; the words of the title tie it to the act whose title it is."""
        subject = self.details[parent].subject
        begin = subject[0] if subject and self.mentions[i].start >= subject[0] else self.mentions[parent].start
        taken = [(self.mentions[k].start, self.ends[k]) for k in range(parent + 1, i) if self.parents[k] == parent]
        joined = joining_relation(left_context(self.text.clean, begin, self.mentions[i].start, taken))
        if joined:
            self.also[parent].append((joined, self.offset + i))
        self.ends[parent] = max(self.ends[parent], self.ends[i])
        return "mentions"

    def _own(self, i: int) -> Relation:
        clean, mention = self.text.clean, self.mentions[i]
        top = next((k for k in range(i - 1, -1, -1) if self.parents[k] is None), None)
        if top is not None and self._joined_after(i, top):
            return "mentions"
        begin = sentence_start(clean, self.start, mention.start)
        taken = [(self.mentions[k].start, self.ends[k]) for k in range(i) if self.parents[k] is None]
        left = left_context(clean, begin, mention.start, taken)
        found = relation_of(left, clean[self.ends[i] : min(self.stop, self.ends[i] + 220)], mention.type)
        if found:
            aside = found.relation in _CHANGES and (_ASIDE.search(left) or _ASKED.search(left[: found.start]))
            guided = found.relation == "guides" and not _OWN_VOICE.match(left)
            return "mentions" if aside or guided else found.relation
        return self._carried(mention) or "mentions"

    def _joined_after(self, i: int, top: int) -> bool:
        """Whether the words after an act tie this one to it: "(được sửa đổi, bổ sung tại …)", and lists of such."""
        clean, start = self.text.clean, self.mentions[i].start
        for j in self._candidates(i, top):
            passive = _AMENDED.fullmatch(clean, self.ends[j], start)
            active = _REPLACING.fullmatch(clean, self.ends[j], start)
            if passive or active:
                relation = _PASSIVE[passive["what"]] if passive else _ACTIVE[active["what"]] if active else "mentions"
                if passive and relation != "amended-by":
                    self.also[i].append((relation, self.offset + j))
                else:
                    self.also[j].append((relation, self.offset + i))
                return True
        tied = [(j, r) for j in range(i) for r, t in self.also[j] if t == self.offset + i - 1 and r == "amended-by"]
        if tied and self.parents[i - 1] is None and _AND.fullmatch(clean, self.ends[i - 1], start):
            self.also[tied[0][0]].append(("amended-by", self.offset + i))
            return True
        return False

    def _candidates(self, i: int, top: int) -> list[int]:
        """The acts that may be amended by this one: decrees amend decrees, so those of its kind come first, then the nearest."""
        before = [j for j in range(i - 1, top - 1, -1) if self.ends[j] <= self.mentions[i].start]
        return sorted(before, key=lambda j: self.mentions[j].type != self.mentions[i].type)

    def _carried(self, mention: Mention) -> Relation | None:
        """The relation that a list's head or the item before gives to an item that begins with an act."""
        if self.paragraph == 0 or not _MARKER.fullmatch(self.text.clean, self.start, mention.start):
            return None
        head = self._list_head()
        if head is not None:
            found = relation_of(head, "", mention.type)
            return found.relation if found else None
        previous = self.text.paragraphs[self.paragraph - 1]
        last = next((p for p in reversed(self.before) if p.paragraph == self.paragraph - 1), None)
        return last.relation if last and self.text.clean[previous.start : previous.end].endswith((";", ",")) else None

    def _list_head(self) -> str | None:
        """The words that end in ":" above the list that this paragraph is an item of, its last 500 characters."""
        clean, own = self.text.clean, _item(self.text.clean, self.start, self.stop)
        for paragraph in reversed(self.text.paragraphs[max(0, self.paragraph - _LIST_ITEMS) : self.paragraph]):
            if clean[paragraph.start : paragraph.end].endswith(":"):
                return clean[max(paragraph.start, paragraph.end - 500) : paragraph.end - 1]
            if own is None or _item(clean, paragraph.start, paragraph.end) != own:
                return None
        return None

    def _whole(self, i: int) -> Details:
        """The details, the title prolonged over what is printed beside the acts inside it."""
        details = self.details[i]
        if details.issuer is None and self.mentions[i].kind == "numbered":
            floor = self.ends[i - 1] if i and self.ends[i - 1] <= self.mentions[i].start else self.start
            details = details._replace(issuer=issuer_before(self.text.clean, floor, self.mentions[i].start))
        if details.subject is None or self.ends[i] <= details.subject[1]:
            return details
        return details._replace(subject=(details.subject[0], self.ends[i]))

    def _placed(self, i: int) -> Placed:
        clean, mention = self.text.clean, self.mentions[i]
        begin = sentence_start(clean, self.start, mention.start)
        if _DEFINING.search(clean, max(begin, mention.start - 40), mention.start):
            mention = mention._replace(short=True)
        return Placed(
            mention,
            self._whole(i),
            self.relations[i],
            tuple(dict.fromkeys(self.also[i])),
            provision_before(clean, begin, mention.start),
            date_inside(clean, mention.start, mention.end) or date_opening(clean, begin, mention.start),
            self.paragraph,
        )
