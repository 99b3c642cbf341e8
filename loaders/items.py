"""One addressable piece of a text, as :mod:`loaders.outline` builds it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.markers import Marker
from loaders.text import Paragraph

LONGEST_HEADING = 24
"""Words. A longer line before a list is a sentence that tells who does what, not the name of a section."""
_TERMINAL = re.compile(r"[.;!?…][\"”’')\]]*$|\./\.$")


@dataclass
class Item:
    """One addressable piece of the text while the outline is built. ``text`` is without the printed marker."""

    paragraphs: list[Paragraph]
    marker: Marker | None
    text: str
    text_start: int
    path: str
    parent: Item | None
    row: int = 0
    children: list[Item] = field(default_factory=list)

    cells: tuple[tuple[int, int, str], ...] = ()
    """Of a table row: column, clean offset and text of each cell."""
    issued: str | None = None
    """The kind that the title of its annex names ("KẾ HOẠCH" issued with a decision)."""
    annex: str = ""
    """The title of its annex ("PHỤ LỤC CHỈ TIÊU …")."""

    @property
    def start(self) -> int:
        """Clean offset of the printed marker."""
        return self.paragraphs[0].start

    @property
    def end(self) -> int:
        """Clean offset behind the last character."""
        return self.paragraphs[-1].end


def is_sentence(text: str) -> bool:
    """Whether the text ends as a sentence or a list's item does, so that it is more than a heading."""
    return bool(_TERMINAL.search(text.rstrip()))
