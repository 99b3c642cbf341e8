"""What ties the document to each act of a paragraph, and these acts to each other.

Reads mentions, what is printed beside them and their nesting; gives them placed. An act inside another's title is only
mentioned by the document: the words of the title tie it to that act. Of the others the sentence tells the relation;
where it does not, the head of the list that the paragraph is an item of, or the item before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from loaders.details import Details, date_inside, date_opening, issuer_before, provision_before
from loaders.mentions import Mention
from loaders.nesting import nest
from loaders.records import Relation
from loaders.relations import (
    LOOK_BACK,
    joining_relation,
    left_context,
    opening_change,
    relation_after,
    relation_of,
    sentence_starts,
)
from loaders.text import SourceText

_CHANGED = (
    r"(?P<{0}>sửa đổi|bổ sung|thay thế|bãi bỏ)(?:,? (?:và )?(?:bổ sung|thay thế))?"
    r"(?:\s(?:một số (?:điều|nội dung)|một số|nội dung))?\s"
)
_BY = r"(?:tại|bởi|bằng|theo)\s"
_AMENDED = re.compile(
    rf"[\s,(;]*(?:và\s)?(?:(?:đã\s|vừa\s)?(?:được|bị)\s{_CHANGED.format('passive')}(?:{_BY})?"
    rf"|(?<!;\s){_CHANGED.format('by')}{_BY})"
    r"(?:(?:các\s)?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Cc]ác)\s?[\wđ]{0,4}[\s,]*(?:và\s|của\s)?){0,6}"
)
_REPLACING = re.compile(r"\s*\((?P<what>thay thế|sửa đổi, bổ sung|sửa đổi|bãi bỏ)(?:\s(?:cho|các))?\s")
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
_AN_ACT = re.compile(
    r"§|(?<!\w)này(?!\w)|(?:Quyết|Quy|Chỉ|Nghị) (?:định|chế|thị|quyết)|Luật|Thông tư|Kế hoạch|Chương trình|Đề án|Điều"
    r"|khoản"
)
_GUIDING = "HƯỚNG DẪN"
_FOLLOWED = ("implements", "legal-basis", "mentions")
_CHANGES = ("amends", "replaces", "repeals")
_ASIDE = re.compile(r"\([^)]*$")  # a change told in brackets is another act's
# A change that is asked for, or that a draft would make, is none of this document's.
_ASKED = re.compile(
    r"(?:đề nghị|kiến nghị|xem xét|đề xuất|nghiên cứu|thẩm quyền|[Dd]ự thảo|[Dd]ự án|DỰ THẢO|DỰ ÁN)[^.;§]{0,60}$"
)
_CARRIED_OUT = re.compile(r"(?:thực hiện|thi hành)[^.;§]{0,40}$")
_BY_LAW = re.compile(r"(?:chi tiết|văn bản|[Nn]ghị định|[Tt]hông tư)[^.;§]{0,90}$")
_OWN_VOICE = re.compile(
    r"(?:[-–+*\d.)\s]|Điều \d+)*(?:Phạm vi điều chỉnh\s)?"
    r"(?:[A-ZĐ][\w ]{3,30} này |Về việc |V/v |HƯỚNG DẪN|QUY ĐỊNH|NGHỊ ĐỊNH|THÔNG TƯ|Hướng dẫn |Quy định |"
    r"(?:Chính phủ|Bộ trưởng|Thủ tướng|Hội đồng nhân dân|Ủy ban nhân dân|Chủ tịch|Quốc hội|Thống đốc)[^.;§]{0,60}"
    r" ban hành )"
)
_AND = re.compile(r"[\s,]*(?:(?:và|hoặc|cùng)\s)?(?:các\s)?")
_LISTED = re.compile(r"\s?\)?[\s,;]*(?:(?:và|hoặc|cùng)\s)?(?:các\s)?")
_DEFINING = re.compile(r"(?:gọi|viết)(?: tắt| chung| tắt chung)? là:?\s[“\"]?$")
_LIST_ITEMS = 20
"""Paragraphs. How far above an item the head of its list is looked for."""
_ITEM = re.compile(r"(?P<dash>[-–—+*•])|(?P<letter>[a-zđ]\))|(?P<number>\d{1,2}[.)])")
_GROUNDS = re.compile(  # "II. Căn cứ pháp lý": a report lists below it what a decision says in "Căn cứ …;"
    r"[\divx.)\s]{0,8}(?:các )?căn cứ (?:pháp lý|ban hành|lập|xây dựng)(?:[^.;,§\d]{0,60})$", re.IGNORECASE
)
_MARKER = re.compile(r"[\s\-–+*•\d.)(a-zđIVX]{0,8}(?:(?:các|Các)\s)?")


class Placed(NamedTuple):
    """A mention with its facts. ``also`` holds ``(relation, index of the other act)``, ``date`` what is told before."""

    mention: Mention
    details: Details
    relation: Relation
    also: tuple[tuple[Relation, int], ...]
    provision: str | None
    date: str | None
    paragraph: int


def place(
    text: SourceText, paragraph: int, mentions: Sequence[Mention], details: Sequence[Details], before: Sequence[Placed]
) -> list[Placed]:
    """The mentions of one paragraph placed. ``before`` are those of the paragraphs before: indexes go on from them."""
    return _Paragraph(text, paragraph, mentions, details, before).place()


class _Paragraph:
    """One paragraph's mentions while they are placed."""

    def __init__(
        self,
        text: SourceText,
        paragraph: int,
        mentions: Sequence[Mention],
        details: Sequence[Details],
        before: Sequence[Placed],
    ) -> None:
        self.text, self.clean, self.index, self.before = text, text.clean, paragraph, before
        self.start, self.stop = text.paragraphs[paragraph].start, text.paragraphs[paragraph].end
        self.mentions, self.details = mentions, details
        self.parents, self.ends = nest(text.clean, mentions, details)
        self.sentences = sentence_starts(text.clean, self.start, self.stop)
        self.also: list[list[tuple[Relation, int]]] = [[] for _ in mentions]
        self.relations: list[Relation] = []
        self.reach = list(self.ends)  # the ends with the acts that are told to amend or replace this one
        self.lead: int | None = None  # the last act that the sentence itself ties to the document

    def place(self) -> list[Placed]:
        top: int | None = None
        for i, parent in enumerate(self.parents):
            if parent is not None:
                self.relations.append(self._inside(i, parent))
            else:
                self.relations.append(self._own(i, top))
                top = i
        self._ended()
        return [self._placed(i) for i in range(len(self.mentions))]

    def _tie(self, i: int, relation: Relation, j: int) -> None:
        if (relation, len(self.before) + j) not in self.also[i]:
            self.also[i].append((relation, len(self.before) + j))

    def _tied(self, i: int, relation: Relation, j: int) -> bool:
        return (relation, len(self.before) + j) in self.also[i]

    def _sentence(self, at: int) -> int:
        return self.sentences[bisect_right(self.sentences, at) - 1]

    def _taken(self, begin: int, i: int, parent: int | None) -> list[tuple[int, int]]:
        """The spans from ``begin`` on of the acts before ``i`` that stand where it stands, with all they comprise."""
        spans: list[tuple[int, int]] = []
        for k in range(i - 1, -1, -1):
            if self.mentions[k].start < begin or k == parent:
                break
            if self.parents[k] == parent:
                spans.append((self.mentions[k].start, self.reach[k]))
        return spans[::-1]

    def _inside(self, i: int, parent: int) -> Relation:
        subject, start = self.details[parent].subject, self.mentions[i].start
        begin = subject[0] if subject and start >= subject[0] else self.mentions[parent].start
        begin = max(begin, start - 2 * LOOK_BACK)
        joined = joining_relation(left_context(self.clean, begin, start, self._taken(begin, i, parent)))
        if joined:
            self._tie(parent, joined, i)
        return "mentions"

    def _own(self, i: int, top: int | None) -> Relation:
        mention = self.mentions[i]
        if top is not None and self._joined_after(i, top):
            return "mentions"
        lead, self.lead = self.lead, i
        begin = max(self._sentence(mention.start), mention.start - 2 * LOOK_BACK)
        left = left_context(self.clean, begin, mention.start, self._taken(begin, i, None))
        left = f"{_GUIDING} {left}" if begin == self.start and self._below_guiding() else left
        found = relation_of(left, self.clean[self.ends[i] : min(self.stop, self.ends[i] + 220)], mention.type)
        if (found is None or found.relation not in _CHANGES) and (change := opening_change(left)):
            return change
        if found is None:
            return self._carried(mention) or "mentions"
        if found.relation == "amended-by" and not _AN_ACT.search(left, 0, found.start):
            return "mentions"  # "Vốn được bổ sung theo Nghị quyết A": no act is changed
        if found.relation == "guides" and not _OWN_VOICE.match(left):
            return "implements" if _CARRIED_OUT.search(left) and not _BY_LAW.search(left) else "mentions"
        if lead is not None and left[found.end :].lstrip().startswith("§") and found.relation in _FOLLOWED:
            return self.relations[lead]  # "theo Kế hoạch A, Nghị định B": one list, one relation, whatever the kinds
        if found.relation in _CHANGES and (_ASIDE.search(left) or _ASKED.search(left[: found.start])):
            return "mentions"
        return found.relation

    def _below_guiding(self) -> bool:
        """Whether this is the title of a Hướng dẫn: what it names is what it guides."""
        above = self.text.paragraphs[self.index - 1] if self.index else None
        return above is not None and self.text.text_of(above).strip(" *") == _GUIDING

    def _joined_after(self, i: int, top: int) -> bool:
        """Whether the words after an act tie this one to it: "(được sửa đổi, bổ sung tại …)", and lists of such."""
        start = self.mentions[i].start
        before = [j for j in range(i - 1, top - 1, -1) if self.ends[j] <= start]
        # Decrees amend decrees: acts of the same kind come first, then the nearest.
        for j in sorted(before, key=lambda j: self.mentions[j].type != self.mentions[i].type):
            passive = _AMENDED.fullmatch(self.clean, self.ends[j], start)
            active = _REPLACING.fullmatch(self.clean, self.ends[j], start)
            if passive:
                self._tie_changed(j, i, _PASSIVE[passive["passive"] or passive["by"]])
                return True
            if active:
                self._tie(j, _ACTIVE[active["what"]], i)
                return True
        return self._joined_list(i, top)

    def _tie_changed(self, changed: int, by: int, relation: Relation) -> None:
        self.reach[changed] = self.ends[by]
        if relation == "amended-by":
            self._tie(changed, relation, by)
        else:
            self._tie(by, relation, changed)

    def _joined_list(self, i: int, top: int) -> bool:
        """Whether the act before amends one and this act goes on the list: "… bởi Luật số 31 và Luật số 43"."""
        between = _AND.fullmatch(self.clean, self.ends[top], self.mentions[i].start)
        if not between or (between.group().strip() == "," and self.mentions[top].type != self.mentions[i].type):
            return False  # an act of another kind behind a comma goes on with the sentence
        amended = next((j for j in range(top - 1, max(-1, top - 40), -1) if self._tied(j, "amended-by", top)), None)
        if amended is None:
            return False
        self._tie_changed(amended, i, "amended-by")
        return True

    def _ended(self) -> None:
        """What follows a list ("… hết hiệu lực kể từ ngày …") is said of every act of the list."""
        right = self.stop
        following: Relation | None = None
        for i in reversed([i for i, parent in enumerate(self.parents) if parent is None]):
            if not (following and _LISTED.fullmatch(self.clean, self.ends[i], right)):
                following = relation_after(self.clean[self.ends[i] : min(self.stop, self.ends[i] + 60)])
            if following:
                self.relations[i] = following
            right = self.mentions[i].start

    def _carried(self, mention: Mention) -> Relation | None:
        """The relation that a list's head or the item before gives to an item that begins with an act."""
        if self.index == 0 or not _MARKER.fullmatch(self.clean, self.start, mention.start):
            return None
        head = self._list_head()
        if head is not None:
            found = relation_of(head, "", mention.type)
            return found.relation if found else None
        listed = self.text.text_of(self.text.paragraphs[self.index - 1]).endswith((";", ","))
        last = self.before[-1] if self.before else None
        return last.relation if listed and last and last.paragraph == self.index - 1 else None

    def _list_head(self) -> str | None:
        """The words that end in ":" above the list that this paragraph is an item of, its last 500 characters; of a
        title that announces grounds, "Căn cứ"."""
        own = _item(self.clean, self.start, self.stop)
        for paragraph in reversed(self.text.paragraphs[max(0, self.index - _LIST_ITEMS) : self.index]):
            if own and _GROUNDS.match(self.clean, paragraph.start, paragraph.end):
                return "Căn cứ"
            if self.clean.endswith(":", paragraph.start, paragraph.end):
                return self.clean[max(paragraph.start, paragraph.end - 500) : paragraph.end - 1]
            if own is None or _item(self.clean, paragraph.start, paragraph.end) != own:
                return None
        return None

    def _whole(self, i: int) -> Details:
        """The details with the issuer that may be named before, and the title with all that is printed in it."""
        details, mention = self.details[i], self.mentions[i]
        if details.issuer is None and mention.kind == "numbered":
            floor = self.ends[i - 1] if i and self.ends[i - 1] <= mention.start else self.start
            details = details._replace(issuer=issuer_before(self.clean, floor, mention.start))
        if details.subject is not None and self.ends[i] > details.end:
            details = details._replace(subject=(details.subject[0], self.ends[i]))
        return details

    def _placed(self, i: int) -> Placed:
        mention, clean = self.mentions[i], self.clean
        begin = self._sentence(mention.start)
        if _DEFINING.search(clean, max(begin, mention.start - 40), mention.start):
            mention = mention._replace(short=True)
        date = date_inside(clean, mention.start, mention.end) or date_opening(clean, self.start, mention.start)
        provision = provision_before(clean, begin, mention.start)
        return Placed(mention, self._whole(i), self.relations[i], tuple(self.also[i]), provision, date, self.index)


def _item(text: str, start: int, end: int) -> str | None:
    """How an item is marked: the dash itself, "letter" or "number"; ``None`` for a paragraph that is no item."""
    found = _ITEM.match(text, start, end)
    return None if found is None else found["dash"] or found.lastgroup
