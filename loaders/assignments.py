"""Who acts, as words set apart inside an item assign it: a label behind its sentences or a parenthesis at its end.

Reads clean text of ONE unit; gives the :class:`~loaders.duties.Duties` that these words state. How such documents are
written: "… trước khi trình duyệt. Đơn vị chủ trì: Sở A; phối hợp: Sở B, Sở C.", "… (Sở A chủ trì; Sở B phối hợp; xong
trước 31/3/2026)". A line that is nothing but such a label is a responsibility line (:mod:`loaders.duties`).
"""

from __future__ import annotations

import re

from loaders.duties import Duties, names_only_bodies, read_duties
from loaders.rolelines import responsibility_line

_LABEL = re.compile(r"(?<=[.;(])\s*[*_]*(?=[^\W\d_][^.;:()]{3,60}:\s)")
"""Where a label may begin inside an item."""
_PARENTHESIS = re.compile(r"\(([^()]{8,400})\)[\s.;*_]*$")
_LEADS = re.compile(r"\b(?:chủ trì|thực hiện|phụ trách)\b")
_CLAUSE = re.compile(r"[^.;]+")


def set_apart(text: str) -> Duties | None:
    """The duties that a label or parenthesis inside ``text`` states; ``None`` where it has none that names a leader."""
    for place in _LABEL.finditer(text):
        line = responsibility_line(text[place.end() :].split(";")[0].split(". ")[0].strip(" *_.)"))
        if line and line.role == "lead" and line.lead:
            return Duties(line.lead, (), line.coordinate + _partners(text[place.end() :]), own=True)
    closing = _PARENTHESIS.search(text)
    if closing is None or not _LEADS.search(closing[1]):
        return None
    given = closing[1].casefold().startswith("giao ")
    first = closing[1].split(";")[0].split(",")[0].strip()
    return read_duties(closing[1]) if given or names_only_bodies(first) else None


def _partners(rest: str) -> tuple[str, ...]:
    """The bodies of the label "phối hợp: …" that follows the label of the leader."""
    lines = (responsibility_line(clause.strip(" *_.)")) for clause in _CLAUSE.findall(rest)[1:])
    return next((line.coordinate for line in lines if line and line.role == "coordinate"), ())
