"""What one figure measures: its name, what follows the number, the figure before it, or the head of its list.

Reads one unit of a record and its text; writes the name to show and the words to compare. How such documents are
written: a generic name goes on about the measure before it, or about what the sentence aims at ("phấn đấu thu phí …
để cả năm đạt …"); a verb is completed behind the number ("trồng mới 500 ha rừng"); the items of a list share its head.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from kg.measuretypes import Around, Measure
from kg.measurewords import content, measuring_head, plain, specific, without_rate
from loaders.quantities import read_number
from loaders.records import Quantity, Unit
from ontology.folding import canonical

_PRINTED = re.compile(r"\d+(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_UPPER = re.compile(rf"[*_\s]*(?:[-–]|đến|tới)[*_\s]*(?:{_PRINTED.pattern})(?=\s)")
_BEHIND = 240  # characters behind a number that may go on naming the thing
_SENTENCE = re.compile(r"[.;!?](?=\s|$)")
_FOLLOWS = re.compile(r"(?:[*_)\s]*)(?P<words>[^\W\d_][^,;.:()\d%]{1,90})")
_STOPS = re.compile(
    r"^(?:so với|bằng|tăng|giảm|đạt|dự toán|kế hoạch|mục tiêu|chỉ tiêu|trở lên|trở xuống|và|trong đó|thực nguồn"
    r"|trên|theo|nhiệm vụ|vào|đến|cho|để|từ|so|với|là|của|cùng)(?!\w)"
    r"|\s(?:so với|bằng|tăng|giảm|đạt|và|trong đó|theo|nhằm|để|với)(?!\w).*$"
)
_NEW_CLAUSE = re.compile(r",\s*(?:đã|mới|còn|hiện)\s+")
_AIM = re.compile(r"(?<!\w)(?:phấn? ?đ[ấầ]u|phân đ[ấầ]u|quyết tâm|nâng)\s+")
_AIM_ENDS = re.compile(r"\s(?:bảo đảm|đảm bảo|theo|để|đạt|lên|được|vượt)\s|,")
_AGAINST = re.compile(r",\s*(?:so với .*|tăng(?: thêm)?|giảm(?: thêm)?)$", re.IGNORECASE)
_FEWEST = 2  # words that name a thing by themselves
_LONGEST = 12  # words of a name behind its unit


def around_of(raw: str, unit: Unit, quantity: Quantity) -> Around:
    """The sentence before a figure's number, what follows its unit of measure, and the number as printed."""
    for match in _PRINTED.finditer(raw, quantity.start, min(quantity.end + 1, len(raw))):
        if read_number(match.group()) == quantity.value:
            break
    else:
        return Around(raw[unit.start : quantity.start], raw[quantity.end : unit.end][:160], f"{quantity.value:g}")
    before = raw[unit.start : match.start()]
    cut = [m.end() for m in _SENTENCE.finditer(before)]
    upper = _UPPER.match(raw, match.end())
    behind = raw[upper.end() if upper else match.end() :][:_BEHIND]
    behind = behind[: max(0, unit.end - match.end())]
    printed = r"[\s*_]+".join(map(re.escape, quantity.unit.split()))
    measure = re.match(rf"[\s*_]*{printed}", unicodedata.normalize("NFC", behind), re.IGNORECASE)
    return Around(before[cut[-1] if cut else 0 :], behind[measure.end() if measure else 0 :], match.group())


def named(
    unit: Unit, quantity: Quantity, around: Around, made: Sequence[Measure], raw: str
) -> tuple[str, frozenset[str]]:
    """The name to show, and the words to compare: of the name, of what follows, or of the figure before."""
    printed = canonical(re.sub(r"[*_|]+", "", _AGAINST.sub("", quantity.name)))
    name = without_rate(_NEW_CLAUSE.split(plain(printed))[-1])
    following = _following(raw, quantity, around.after)
    if following and plain(following) not in name:
        name, printed = f"{name} {plain(following)}", f"{printed} {following}"
    words = content(name)
    kept = [m for m in made if m.words and m.role in ("target", "result")]
    part = len(words) < _FEWEST and "trong đó" in plain(around.before)[-60:]
    if kept and (part or not specific(name)):
        return f"{kept[-1].name} ({printed})", kept[-1].words | words
    if not specific(name):
        aimed = _aimed(plain(around.before))
        return (f"{aimed} ({printed})", content(aimed)) if aimed else (printed, words)
    head = _head(raw, unit, quantity)
    return (f"{head}: {printed}", words | content(head)) if head else (printed, words)


def _following(raw: str, quantity: Quantity, after: str) -> str:
    """The words behind the unit that go on naming the thing ("500 ha rừng"), where the figure's own words end there."""
    stated = plain(raw[quantity.start : quantity.end])
    if quantity.name.startswith(quantity.unit) or not stated.endswith(plain(quantity.unit)):
        return ""
    match = _FOLLOWS.match(after)
    if not match:
        return ""
    found = canonical(re.sub(r"[*_|]+", "", match["words"])).split()[:_LONGEST]
    return " ".join(found[: len(_STOPS.sub("", plain(" ".join(found))).split())])


def _aimed(before: str) -> str:
    """What the sentence aims at: "phấn đấu thu phí đảm bảo tiến độ để cả năm đạt …" aims at "thu phí"."""
    aims = [m.end() for m in _AIM.finditer(before)]
    for start in reversed(aims):
        tail = before[start:]
        stop = _AIM_ENDS.search(tail)
        phrase = tail[: stop.start()] if stop else tail
        if len(content(phrase)) >= 2:
            return phrase.strip()
    return ""


def _head(raw: str, unit: Unit, quantity: Quantity) -> str:
    """The words before the colon of the list that the figure stands in, where they name what is measured."""
    before = raw[unit.start : quantity.start]
    sentence = before[max((m.end() for m in re.finditer(r"\.(?=\s)", before)), default=0) :]
    at = sentence.rfind(":")
    head = sentence[:at].rsplit(":", 1)[-1] if at >= 0 else ""
    return measuring_head(head) if head else ""
