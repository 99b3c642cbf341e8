"""Fictional documents for the tests of linking, built from marked-up text.

One paragraph is one unit: "# " a heading, "! " a target, "= " a statement, anything else a task. "[[…]]" marks a
citation; :func:`document` takes what is known of each, in order.
"""

from __future__ import annotations

import re
from typing import Any

from loaders.records import Citation, Document, Loaded, Record, Unit, UnitKind

_KINDS: dict[str, UnitKind] = {"#": "heading", "!": "target", "=": "statement"}
PROVINCE = "Trường Lĩnh"


def document(
    file: str,
    text: str,
    cites: tuple[dict[str, Any], ...] = (),
    *,
    lead: tuple[str, ...] = (),
    province: str | None = PROVINCE,
    **about: Any,
) -> Loaded:
    """A loaded document; ``about`` are fields of :class:`~loaders.records.Document`, ``lead`` leads every task."""
    raw = ""
    spans: list[tuple[int, int, int]] = []
    units: list[Unit] = []
    for paragraph in text.strip().split("\n\n"):
        kind = _KINDS.get(paragraph[0], "task")
        body = " ".join(paragraph[2:].split() if kind != "task" else paragraph.split())
        start, first = len(raw), len(spans)
        for part in re.split(r"(\[\[.*?\]\])", body):
            if part.startswith("[["):
                spans.append((len(raw), len(raw) + len(part) - 4, len(units)))
                raw += part[2:-2]
            else:
                raw += part
        cited = tuple(range(first, len(spans)))
        leads = lead if kind == "task" else ()
        units.append(Unit(f"u{len(units) + 1:03d}", str(len(units)), kind, start, len(raw), lead=leads, cites=cited))
        raw += "\n\n"
    assert len(spans) == len(cites), f"{len(spans)} marked citations, {len(cites)} described"
    citations = tuple(_citation(raw, span, known) for span, known in zip(spans, cites, strict=True))
    return Loaded(Record(file, Document(province=province, **about), citations, tuple(units)), raw)


def _citation(raw: str, span: tuple[int, int, int], known: dict[str, Any]) -> Citation:
    start, end, _ = span
    facts = {"relation": "implements", "scope": "document", "type": "Nghị quyết", **known}
    kind = "numbered" if facts.get("symbol") else "named"
    return Citation(start, end, raw[start:end], kind, **facts)


def text_of(loaded: Loaded, span: tuple[int, int]) -> str:
    """The quotation of a span."""
    return " ".join(loaded.raw[span[0] : span[1]].split())
