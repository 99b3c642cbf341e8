"""Which unnumbered paragraphs belong to the numbered line above them, and which only end a document.

Changes the items of one body or annex that :mod:`loaders.outline` has read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loaders.duties import is_body_name
from loaders.items import LONGEST_HEADING, Item, is_sentence

CLOSING = re.compile(
    r"Trên đây là|Trong quá trình (?:tổ chức |triển khai )?thực hiện"
    r"|Yêu cầu (?:các|Thủ trưởng|Giám đốc|Chủ tịch)|Nhận được"
    r"|(?:Nghị quyết|Chỉ thị|Kế hoạch|Chương trình|Kết luận|Quyết định|Thông báo|Quy định|Hướng dẫn|Công điện) này\b"
    r"|(?:Định kỳ|Hằng|Hàng) (?:năm|quý|tháng|\d)[^.;:]{4,200}\sbáo cáo (?:kết quả|tình hình)\b"
    r"|[^.;:]{3,60}\s(?:báo|thông báo|trả lời)\s(?:để|cho)\b|[^.;:]{3,60}\strân trọng\b"
    r"|(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Chủ tịch|Thủ tướng|Bộ|Ban Thường vụ|Hội đồng nhân dân|Tỉnh ủy|Sở|Cục)\b"
    r"[^.;:]{0,60}\s(?:yêu cầu|đề nghị)\b"
)
_QUOTED_ON = re.compile(r"[“\"](?:\s*(?:\d{1,2}\.|[a-zđ]\)|Điều \d)|[^”\"]*$)")
"""A quotation that has a number of its own, or goes on in the next paragraph."""
_TAKES_ONE = (
    "roman",
    "number",
    "letter",
    "dash",
    "plus",
    "star",
    "composite2",
    "composite3",
    "composite4",
    "bracketed",
    "article",
)


def join_single_paragraphs(items: list[Item], first: int, clean: str) -> list[Item]:
    """A numbered line that only names a topic or a body, with one unbulleted paragraph below it, is one item with it.

    Gives the ``items`` that remain (of the text ``clean``; those from ``first`` on are looked at); afterwards such an
    item has two paragraphs: its title and what it says.
    """
    gone: set[int] = set()
    lists = _lists_below(items[first:])
    for item in items[first:]:
        if len(item.children) != 1 or not item.marker or item.marker.style not in _TAKES_ONE:
            continue
        child = item.children[0]
        section = item.marker.style == "roman" and item.text.isupper()  # "III. KINH PHÍ" stays a heading
        if child.marker or child.row or child.children or section or _says_all(item, lists):
            continue
        if _QUOTED_ON.match(child.text):
            continue  # what an amendment sets in: units of their own
        if CLOSING.match(child.text) and item.marker.style != "article":
            continue
        if item.marker.style == "article" and item.text.endswith(":") and len(item.text.split()) > LONGEST_HEADING:
            continue  # "Điều 1. Tán thành … và nhấn mạnh một số nội dung sau:" leads in what stands below
        item.paragraphs += child.paragraphs
        item.text = clean[item.text_start : item.end].replace("\n", " ")
        item.children = []
        gone.add(id(child))
    return [item for item in items if id(item) not in gone]


def _lists_below(items: Sequence[Item]) -> Counter[tuple[int, bool]]:
    """How many numbered items stand below each item (by its id) with something below them, and how many without."""
    return Counter((id(item.parent), bool(item.children)) for item in items if item.marker and item.parent)


def _says_all(item: Item, lists: Counter[tuple[int, bool]]) -> bool:
    """Whether an item is a sentence, and no title of what stands below it."""
    return is_sentence(item.text) and not (is_body_name(item.text) or _titled(item, lists))


def _titled(item: Item, lists: Counter[tuple[int, bool]]) -> bool:
    """Whether an item that ends with a full stop is a title still: as nearly all beside it are, which head lists."""
    heads, bare = lists[id(item.parent), True] - 1, lists[id(item.parent), False]
    return len(item.text.split()) <= LONGEST_HEADING and heads >= 3 * bare and heads + bare >= 2


def detach_closing(items: Sequence[Item], prefix: str, paths: dict[str, int]) -> None:
    """The closing formula stands under no item: the unmarked paragraphs at the end, after a last item that is
    complete; an article is not, nor is a body's name ("4. Chi cục Thuế.") above its tasks."""
    tail = len(items)
    while tail and items[tail - 1].marker is None and not items[tail - 1].row and items[tail - 1].parent:
        tail -= 1
    lists = _lists_below(items)
    closing = False
    for item in items[tail:]:
        above = item.parent
        if above is None:
            continue
        article = above.marker is not None and above.marker.style == "article"
        formula = not article and bool(CLOSING.match(item.text))
        closing = closing or formula or (not article and _says_all(above, lists))
        if closing:
            above.children.remove(item)
            item.parent = None
            path = f"{prefix}closing"
            paths[path] = paths.get(path, 0) + 1
            item.path = path if paths[path] == 1 else f"{path}~{paths[path]}"
