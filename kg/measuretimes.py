"""The time that a document is about: what its figures are for where they do not say it themselves."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kg.measurewords import When, period, when
from loaders.records import Record


def document_time(record: Record, raw: str) -> When | None:
    """From the title, else the headings, else the date, else the year that the text names most."""
    named = _one_period(record.document.subject or "")
    headings = [when(raw[u.start : u.end][:300]) for u in record.units if u.kind == "heading"]
    named = named or next((found for found in headings if found), None)
    if named:
        return named
    if record.document.date:
        year = int(record.document.date[:4])
        return When(year, year, None)
    counts = Counter(re.findall(r"năm\s+(20\d\d)", unicodedata.normalize("NFC", raw)))
    if not counts:
        return None
    year = int(counts.most_common(1)[0][0])
    return When(year, year, None)


def _one_period(title: str) -> When | None:
    """The time that a title names; of the part of the year nothing where it names two ("kết quả …, nhiệm vụ …")."""
    found = when(title)
    parts = {period(part) for part in re.split(r"[,;]|(?<!\w)và(?!\w)", title)} - {None}
    return found._replace(period=None) if found and len(parts) > 1 else found
