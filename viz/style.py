"""How things look: one table of colours and shapes per kind and relation. The legend is made from it.

Colours are told apart by people who see red and green alike (Okabe-Ito), and every kind has its own shape besides.
"""

from __future__ import annotations

from typing import NamedTuple


class NodeStyle(NamedTuple):
    """A kind of node: its labels, the column it stands in from the left, its shape and colours."""

    vi: str
    en: str
    column: int
    shape: str
    fill: str
    ink: str = "#1b1b1b"


class EdgeStyle(NamedTuple):
    """A kind of edge: its labels, colour, width, and whether it is dashed (nothing ties it to words)."""

    vi: str
    en: str
    colour: str
    width: float = 1.5
    dashed: bool = False


class BorderStyle(NamedTuple):
    """What the rim of a node says: labels, colour, width."""

    vi: str
    en: str
    colour: str
    width: float = 4.0


NODES = {
    "centre": NodeStyle("Văn bản trung ương", "Central act", 0, "box", "#D55E00", "#ffffff"),
    "province": NodeStyle("Văn bản cấp tỉnh", "Provincial act", 1, "box", "#0072B2", "#ffffff"),
    "local": NodeStyle("Văn bản sở, huyện, xã", "Act of a department, district or commune", 2, "box", "#56B4E9"),
    "unknown": NodeStyle("Văn bản chưa rõ cấp", "Act of unknown level", 1, "box", "#999999", "#ffffff"),
    "stub": NodeStyle("Văn bản chưa có trong kho", "Act not in the corpus", 0, "box", "#f2f2f2"),
    "clause": NodeStyle("Nội dung của văn bản nguồn", "Clause of the source", 3, "box", "#F0E442"),
    "target": NodeStyle("Chỉ tiêu", "Target", 3, "diamond", "#CC79A7"),
    "task": NodeStyle("Nhiệm vụ", "Task", 4, "dot", "#009E73"),
    "body": NodeStyle("Cơ quan, đơn vị", "Body", 5, "hexagon", "#E69F00"),
}
EDGES = {
    "implements": EdgeStyle("thực hiện", "implements", "#0072B2", 2.5),
    "legal-basis": EdgeStyle("căn cứ", "legal basis", "#7f7f7f"),
    "amends": EdgeStyle("sửa đổi, bổ sung", "amends", "#D55E00", 2.5),
    "amended-by": EdgeStyle("được sửa đổi bởi", "amended by", "#D55E00", 2.5),
    "replaces": EdgeStyle("thay thế", "replaces", "#CC79A7", 2.5),
    "repeals": EdgeStyle("bãi bỏ", "repeals", "#CC79A7", 2.5),
    "guides": EdgeStyle("hướng dẫn", "guides", "#56B4E9"),
    "reports-on": EdgeStyle("báo cáo về", "reports on", "#7f7f7f"),
    "mentions": EdgeStyle("nhắc đến", "mentions", "#c0c0c0", 1.0),
    "confirmed": EdgeStyle("nguồn: đã xác nhận", "source: confirmed", "#004D40", 3.0),
    "cited": EdgeStyle("nguồn: viện dẫn", "source: cited", "#009E73", 3.0),
    "copied": EdgeStyle("nguồn: sao chép", "source: copied", "#009E73", 2.5),
    "adapted": EdgeStyle("nguồn: phỏng theo", "source: adapted", "#009E73", 1.5),
    "inherited": EdgeStyle("nguồn: kế thừa (cả văn bản)", "source: as a whole", "#009E73", 1.0, dashed=True),
    "part": EdgeStyle("thuộc văn bản", "part of", "#dddddd", 1.0),
    "lead": EdgeStyle("chủ trì", "leads", "#E69F00", 1.5),
    "coordinate": EdgeStyle("phối hợp", "coordinates", "#E69F00", 1.0, dashed=True),
}
GRADES = {
    "confirmed": NodeStyle("Nhiệm vụ: đã xác nhận", "Task: confirmed", 4, "star", "#004D40"),
    "cited": NodeStyle("Nhiệm vụ: viện dẫn", "Task: cited", 4, "square", "#0072B2"),
    "copied": NodeStyle("Nhiệm vụ: sao chép", "Task: copied", 4, "dot", "#009E73"),
    "adapted": NodeStyle("Nhiệm vụ: phỏng theo", "Task: adapted", 4, "triangle", "#F0E442"),
    "inherited": NodeStyle("Nhiệm vụ: kế thừa (cả văn bản)", "Task: as a whole", 4, "triangleDown", "#BBBBBB"),
}
"""Tasks on the page of an impact, by the grade of their link."""
BORDERS = {
    "current": BorderStyle("còn đúng lời", "as it was linked", "#4d4d4d", 1.0),
    "suspect": BorderStyle("cần xem lại: nguồn đã đổi", "suspect: its source has changed", "#D55E00"),
    "orphaned": BorderStyle("mất nguồn", "orphaned: its source is gone", "#CC79A7"),
    "ambiguous": BorderStyle("không rõ nguồn nào", "ambiguous", "#56B4E9"),
    "gone": BorderStyle("lời đã lấy bị sửa hoặc bỏ", "words taken are changed or gone", "#000000"),
    "changed": BorderStyle("mục bị sửa, bỏ", "clause that changes", "#D55E00", 5.0),
}
"""Rims: statuses of links, and what a change would do."""
STATES = {
    "in force": NodeStyle("còn hiệu lực", "in force", 0, "box", "#009E73"),
    "not yet": NodeStyle("chưa có hiệu lực", "not yet in force", 0, "box", "#56B4E9"),
    "no longer": NodeStyle("hết hiệu lực", "no longer in force", 0, "box", "#999999"),
    "partly": NodeStyle("còn hiệu lực một phần", "partly in force", 0, "box", "#F0E442"),
    "unknown": NodeStyle("chưa xác định", "not known", 0, "box", "#ffffff"),
    "disputed": NodeStyle("các văn bản nói khác nhau", "disputed", 0, "box", "#D55E00"),
}
"""States of an act on the page of its life (:data:`kg.life.State`)."""
CHANGES = {
    "issued": NodeStyle("ban hành", "issued", 0, "dot", "#0072B2"),
    "commence": NodeStyle("có hiệu lực", "comes into force", 0, "dot", "#009E73"),
    "amend": NodeStyle("sửa đổi", "amended", 0, "dot", "#E69F00"),
    "supplement": NodeStyle("bổ sung", "supplemented", 0, "dot", "#F0E442"),
    "replace": NodeStyle("thay thế", "replaced", 0, "dot", "#CC79A7"),
    "repeal": NodeStyle("bãi bỏ", "repealed", 0, "dot", "#D55E00"),
    "correct": NodeStyle("đính chính", "corrected", 0, "dot", "#56B4E9"),
    "suspend": NodeStyle("ngưng hiệu lực", "suspended", 0, "dot", "#B0B0B0"),
    "extend": NodeStyle("kéo dài", "prolonged", 0, "dot", "#A6D854"),
    "expire": NodeStyle("hết hiệu lực", "expires", 0, "dot", "#4d4d4d"),
    "below": NodeStyle("văn bản thực hiện", "document that implements it", 0, "dot", "#ffffff"),
}
"""What happens in the life of an act (:data:`loaders.records.EVENT_KINDS`), its issue and those who carry it out."""


def node_kind(level: str | None, *, in_corpus: bool) -> str:
    """The style of a document by its level ("centre", "province", "department")."""
    if not in_corpus:
        return "stub"
    if level in ("centre", "province"):
        return level
    return "local" if level else "unknown"
