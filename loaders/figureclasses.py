"""Numbers in a task that only tell which things are meant, and set nothing: "tàu cá từ 15 m trở lên", "dự án giải ngân
dưới 30%".

Reads the words before a number; those that make it a level all the same stand in ``units_of_measure.toml``
(``[class]``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from loaders.words import either
from ontology.tables import table

_FROM = re.compile(r"(?:^|\s)từ\s+$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.;,)]|$)")


@cache
def _levels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What before "từ …", and what anywhere before "dưới …", makes a level to reach of it."""
    rows: dict[str, Any] = table("units_of_measure.toml", "loaders")["class"]
    return (
        re.compile(rf"(?<!\w){either(rows['reached'])}\s+từ\s+$", re.IGNORECASE),
        re.compile(rf"(?<!\w){either(rows['kept_low'])}(?!\w)", re.IGNORECASE),
    )


def names_class(before: str, after: str, *, bounded: bool) -> bool:
    """Whether a measure behind "từ" says how large the things meant are ("từ 15 m trở lên"; ``bounded``: "trở lên"
    follows), not how much to reach; "từ 50 ha lên 75 ha" is a change."""
    if not _FROM.search(before) or not (bounded or _ENDS.match(after)):
        return False
    return not _levels()[0].search(before)


def names_low_share(before: str) -> bool:
    """Whether a share below a level says which ones are meant ("dự án giải ngân dưới 30%"), none to keep low."""
    return not _levels()[1].search(before)
