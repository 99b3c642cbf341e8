"""What the headings of a document announce, and what its items are where no heading says it.

Reads the words of ``sections.toml``; the names of sections are tested there with examples both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from loaders.items import LONGEST_HEADING, Item
from loaders.orders import starts_order
from ontology.tables import table

Role = Literal["targets", "aims", "background", "norms", "tasks", "mixed"]


LONGEST_INLINE_TITLE = 60
"""Characters up to the colon."""
_OPENERS = (", ", "; ", ": ", "- ", "/", "các ", "những ", "một số ", "về ", "và ", "phần ", "công tác ", "nội dung ")
_ADDRESSED = (
    " các ",
    " thủ trưởng",
    " giám đốc",
    " chủ tịch",
    " sở ",
    " ủy ban",
    " đối với",
)  # what follows an order's verb


def sections_table() -> dict[str, Any]:
    """The table ``sections.toml``."""
    return table("sections.toml", "loaders")


def section_role(heading: str) -> Role | None:
    """What a heading announces; ``None`` where its words tell nothing ("Về kinh tế") or it is a sentence itself."""
    text = heading.casefold().strip()
    if len(text.split()) > LONGEST_HEADING:
        return None
    found: list[tuple[int, int, Role]] = []
    for section in sections_table()["section"]:
        places = [(at, -len(word)) for word in section["words"] if (at := _named_at(text, word)) >= 0]
        if places:
            found.append((*min(places), section["role"]))
    if not found:
        return None
    at, _, first = min(found)
    if first == "norms" and at and starts_order(heading.strip().capitalize()):
        return None  # "Bảo đảm phương tiện, kinh phí": an order of which the money is a part
    others = {role for place, _, role in found if place > at or role == first} - {"background", "norms"}
    return first if first in ("background", "norms") or len(others) == 1 else "mixed"


def _named_at(heading: str, word: str) -> int:
    """Where a heading names a topic: at its start or in a list; elsewhere the word is a verb or part of a name."""
    at = heading.find(word)
    while at >= 0 and ((at and not heading[:at].endswith(_OPENERS)) or heading.startswith(_ADDRESSED, at + len(word))):
        at = heading.find(word, at + 1)
    return at


def inline_role(text: str) -> Role | None:
    """The role of a title on the item's own line ("Về kết quả: …"); only what informs or names targets counts."""
    title, colon, rest = text[:LONGEST_INLINE_TITLE].partition(":")
    if not colon or not rest.strip():
        return None
    if title.casefold().startswith(tuple(sections_table()["inline"]["background"])):
        return "background"
    if starts_order(title):
        return None
    role = section_role(title)
    return role if role in ("background", "targets", "norms") else None


def default_kinds(items: Sequence[Item], document_type: str | None) -> list[str]:
    """What each item is where no heading says it: by the kind of the document, or of the annex issued with it."""
    parts: dict[str | None, list[Item]] = {}
    for item in items:
        parts.setdefault(item.issued, []).append(item)
    found = {issued: _default_kind(part, issued or document_type) for issued, part in parts.items()}
    return [found[item.issued] for item in items]


def _default_kind(items: Sequence[Item], document_type: str | None) -> str:
    """What a listed item is where no heading says it; an act in articles states norms, whatever its kind; a letter
    only quotes them."""
    default: str = sections_table()["defaults"].get(document_type or "", "text")
    articles = any(item.marker and item.marker.style == "article" for item in items)
    if articles and (default == "decides" or (document_type or "").startswith("Nghị quyết")):
        return "norms"
    return default
