"""Items that only name or frame: headings, titles of annexes, what is quoted from another act.

Reads the items of :mod:`loaders.outline`; tells headings from sentences by marks, length and what stands below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.closings import ISSUED_WITH
from loaders.columns import NAMES, counts_columns, heads_rows, names_columns, names_parts
from loaders.duties import is_body_name
from loaders.items import LONGEST_HEADING, Item, is_sentence
from loaders.orders import starts_order
from loaders.regions import TITLE_LINES
from loaders.rolelines import responsibility_line

SENTENCE = re.compile(r"[^.;]+(?:[.;](?=\d)[^.;]+)*")
"""A sentence or a clause up to a semicolon; a mark within a figure ends none."""
_CONSISTS = re.compile(r"\b(?:bao )?gồm(?: có)?\s*:[\s*]*$")
_QUOTATION = 30
"""Items that one quotation may hold."""


def is_heading(item: Item) -> bool:
    """Whether an item only names a topic or a body and orders nothing itself."""
    if item.row:
        return bool(NAMES.match(item.text)) or heads_rows([cell for _, _, cell in item.cells])
    if item.marker is None:
        return _capitals(item.text)
    if item.marker.style in ("enacting", "part", "annex"):
        return True
    if responsibility_line(item.text) is not None:
        return False
    if not item.text.strip() or _capitals(item.text):
        return True
    if lists_parts(item):
        return False
    if _tells_when(item):
        return True
    if item.text.rstrip().endswith(":") and (item.children or len(item.text.split()) <= LONGEST_HEADING):
        return True
    listed = [child for child in item.children if child.marker and responsibility_line(child.text) is None]
    if not listed and len(item.children) > 0 and any(child.marker for child in item.children):
        return False
    if listed and len(SENTENCE.findall(item.text)) == 1:
        return True
    return bool(item.children) and (not is_sentence(item.text) or is_body_name(item.text))


def lists_parts(item: Item) -> bool:
    """Whether an order ends by saying what its object consists of ("Lập hồ sơ hoàn công, gồm:")."""
    article = item.marker is not None and item.marker.style == "article"
    order = not article and starts_order(item.text) and ":" not in item.text.rstrip(" :*")
    return bool(item.children) and order and bool(_CONSISTS.search(item.text))


def _tells_when(item: Item) -> bool:
    """Whether a paragraph that says what to do and lines that say who or when stand below a title ("Bước 2: …")."""
    plain = [child for child in item.children if not child.marker and not child.row]
    lines = sum(responsibility_line(child.text) is not None for child in plain)
    return 0 < lines < len(plain) == len(item.children)


def _capitals(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return capitals >= 6 and capitals >= 0.9 * sum(map(str.isalpha, text))


def heads_columns(item: Item, before: Item | None, after: Item | None) -> bool:
    """Whether a row is a table's first and only names, a further line of its names, or counts its columns."""
    if not item.row:
        return False
    cells = [cell for _, _, cell in item.cells]
    if _counts(item) or (after is not None and _counts(after)):
        return True
    if before and before.row:
        return bool(NAMES.match(before.text)) and names_parts(cells)
    return names_columns(cells)


def _counts(item: Item) -> bool:
    """Whether a row does nothing but count at least four columns: what stands above it still names them."""
    return len(item.cells) > 3 and counts_columns([cell for _, _, cell in item.cells])


def title_of(item: Item) -> str:
    """The first paragraph of an item that is a title and the paragraph below it."""
    return item.text[: item.paragraphs[0].end - item.text_start]


def body_of(item: Item) -> str:
    """What an item says without its title: the paragraph below it, or all its text where it has none."""
    if len(item.paragraphs) != 2 or item.row:
        return item.text.strip()
    return item.text[max(item.paragraphs[1].start - item.text_start, 0) :].strip()


def annex_titles(items: Sequence[Item]) -> set[int]:
    """The paragraphs above "(Ban hành kèm theo …)" at the head of an annex, and this line: its letterhead and title."""
    found: set[int] = set()
    for index, item in enumerate(items):
        if item.marker or item.parent or not item.path.startswith("PL") or not ISSUED_WITH.match(item.text):
            continue
        start = index
        while start and index - start < TITLE_LINES and _heads_annex(items[start - 1]):
            start -= 1
        found.update(range(start, index + 1))
    return found


def _heads_annex(item: Item) -> bool:
    return item.marker is None and item.parent is None and not item.row and item.path.startswith("PL")


def quoted_items(items: Sequence[Item]) -> set[int]:
    """The items that a letter or report quotes from an act: those below an article, and those between a quotation mark
    that one leaves open and the one that closes it, not far below."""
    found = {index for index, item in enumerate(items) if _in_article(item)}
    opened: int | None = None
    for index, item in enumerate(items):
        if opened is not None and index - opened <= _QUOTATION and item.text.count("”") > item.text.count("“"):
            found.update(range(opened + 1, index + 1))
            opened = None
        elif item.text.count("“") > item.text.count("”"):
            opened = index
    return found


def _in_article(item: Item) -> bool:
    above: Item | None = item
    while above is not None and not (above.marker and above.marker.style == "article"):
        above = above.parent
    return above is not None
