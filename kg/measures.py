"""Figures with their meaning: what is measured, for which time, a plan or a result, in one unit of measure.

Reads the figures of a record's units (and of the new words that an amendment gives); writes one :class:`Measure` for
each, a range as one. How such documents are written: a name that is only generic ("ước thực hiện 10 tháng đầu năm")
goes on about what the unit measured before; the thing may follow the number ("trồng mới 500 ha rừng"); a per cent of
the plan says which plan behind the figure ("đạt 78% dự toán tỉnh giao").
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from kg.measurenames import around_of, named
from kg.measuretimes import document_time
from kg.measuretypes import Around, Measure, Role
from kg.measurewords import When, basis, giver, period, plain, role_of, scaled, when
from loaders.quantities import Figure, find_quantities
from loaders.records import Loaded, Quantity, Record, Span, Unit

_CHANGE = re.compile(r"(?<!\w)(?P<way>tăng|giảm|vượt)(?:\s+(?:thêm|ít nhất|tối thiểu|khoảng|trên|bình quân|hơn))*\s*$")
_LEVEL = re.compile(r"(?<!\w)(?:tỷ lệ|tỉ lệ|độ che phủ|tổng đàn|đàn|dân số|số giường)(?!\w)")
_POINT = re.compile(r"(?:đến (?:hết|cuối)|cuối)\s+(?:năm|tháng)[^,;.]*$")
_REPORTS = ("Báo cáo",)


def measures(loaded: Loaded) -> list[Measure]:
    """All figures of a document, in its order; figures of new words quoted by an amendment stand last."""
    about = _About(loaded.record, loaded.raw)
    found = [m for order, unit in enumerate(loaded.record.units) for m in about.read(unit, order, unit.quantities)]
    return [*found, *(m for m in about.amended())]


class _About:
    """What holds for a whole document: its text without citations, its time, whether it reports."""

    def __init__(self, record: Record, raw: str) -> None:
        self.record = record
        self.raw = _without_citations(record, raw)
        self.units = {unit.id: unit for unit in record.units}
        self.time = document_time(record, self.raw)
        day = record.document.date
        self.year = int(day[:4]) if day else self.time.last if self.time else None
        self.reports = record.document.type in _REPORTS

    def read(self, unit: Unit, order: int, quantities: Sequence[Quantity], sign: int = 1) -> Iterator[Measure]:
        """The measures of one unit; each may go on about the one before it."""
        made: list[Measure] = []
        for place, quantity in enumerate(quantities):
            if _closes_range(quantities, place):
                continue
            twin = quantities[place + 1] if _closes_range(quantities, place + 1) else None
            around = around_of(self.raw, unit, quantity)
            measure = self._measure(unit, order, sign * (place + 1) - (sign > 0), quantity, twin, around, made)
            made.append(measure)
            yield measure

    def amended(self) -> Iterator[Measure]:
        """The figures of quoted new words, as of the unit that quotes them."""
        for event in self.record.events:
            if (
                event.new_text is None
                or event.unit not in self.units
                or event.kind not in ("amend", "supplement", "replace")
            ):
                continue
            unit = self.units[event.unit]
            if any(event.new_text.start <= q.start < event.new_text.end for q in unit.quantities):
                continue
            quoted = _quoted_unit(unit, event.new_text)
            figures = find_quantities(unicodedata.normalize("NFC", self.raw[quoted.start : quoted.end]), is_target=True)
            if len(self.raw[quoted.start : quoted.end]) == len(
                unicodedata.normalize("NFC", self.raw[quoted.start : quoted.end])
            ):
                order = self.record.units.index(unit)
                yield from self.read(quoted, order, [_quantity(f, quoted, self.raw) for f in figures], sign=-1)

    def _measure(
        self,
        unit: Unit,
        order: int,
        index: int,
        quantity: Quantity,
        twin: Quantity | None,
        around: Around,
        made: Sequence[Measure],
    ) -> Measure:
        name, words = named(unit, quantity, around, made, self.raw)
        scale = scaled(quantity.unit, quantity.name)
        share = basis(around.after, around.before) if scale.base == "%" else None
        again = next(
            (m for m in made if m.base == scale.base != "%" and m.value == quantity.value * scale.factor), None
        )
        role = again.role if again else self._role(unit, quantity, around, share, made)
        parent = _said_of(made) if role == "percent" or role == "growth" else None
        low, high = _interval(quantity, twin, scale.factor)
        change = _change(quantity, around)
        return Measure(
            file=self.record.file,
            unit=unit.id,
            index=index,
            name=name,
            words=parent.words if parent is not None else words,
            low=low,
            high=high,
            value=quantity.value * scale.factor,
            step=_step(around.number) * scale.factor,
            base=scale.base,
            role=role,
            start=quantity.start,
            end=quantity.end,
            text=f"{around.number} {quantity.unit}" if quantity.unit != "%" else f"{around.number}%",
            time=self._time(unit, around, quantity, made),
            says_time=when(f"{around.before} {quantity.name}") is not None,
            about=quantity.comparator == "~",
            change=change,
            giver=giver(share[1])
            if share
            else giver(f"{quantity.name} {around.before}"[-200:])
            if role == "target"
            else None,
            basis=share[1] if share else None,
            of=parent.index if parent is not None else None,
            is_level=not change and _is_level(quantity, around, scale.base),
            order=order,
            lead=unit.lead,
        )

    def _role(
        self, unit: Unit, quantity: Quantity, around: Around, share: tuple[str, str] | None, made: Sequence[Measure]
    ) -> Role:
        if share:
            return "percent" if share[0] == "plan" else "growth"
        compared = quantity.unit == "%" and quantity.name.split(",")[-1].strip().startswith("so với")
        if compared:
            return "growth" if "cùng kỳ" in quantity.name else "percent"
        said = role_of(quantity.name) or role_of(around.before[-120:])
        if said == "result" and unit.kind != "target":
            return "result"
        if said == "target" or unit.kind == "target":
            return "target"
        if self.reports and unit.kind == "statement":
            grows = quantity.unit == "%" and _CHANGE.search(plain(around.before)) and made and made[-1].base != "%"
            return "growth" if grows else "result"
        if unit.kind == "task":
            return "target"
        return "result" if re.search(r"\bđạt\s*$", plain(around.before)) else "other"

    def _time(self, unit: Unit, around: Around, quantity: Quantity, made: Sequence[Measure]) -> When | None:
        """From the figure's own words, else the sentence, the headings above, the document; "đến năm 2030" begins in
        the document's own year."""
        found = self._said_time(unit, around, quantity, made)
        if found is None or found.first:
            return found
        return found._replace(first=min(self.year or found.last, found.last))

    def _said_time(self, unit: Unit, around: Around, quantity: Quantity, made: Sequence[Measure]) -> When | None:
        own = when(f"{around.before} {quantity.name}") or when(quantity.name)
        part = period(f"{around.before} {quantity.name}")
        if own:
            return own._replace(period=own.period or part)
        if not part and made and made[-1].role == "result" and made[-1].time:
            part = made[-1].time.period
        for heading in self._headings(unit):
            found = when(heading)
            part = part or period(heading)
            if found:
                return found._replace(period=part or found.period)
        said = made[-1].time if made and made[-1].time else self.time
        return said._replace(period=part or said.period) if said else None

    def _headings(self, unit: Unit) -> Iterator[str]:
        """The headings above a unit, nearest first."""
        above = self.units.get(unit.parent or "")
        while above:
            if above.kind == "heading":
                yield self.raw[above.start : above.end][:400]
            above = self.units.get(above.parent or "")


def _closes_range(quantities: Sequence[Quantity], place: int) -> bool:
    """Whether the figure is the upper end of the range that the one before it begins."""
    if not 0 < place < len(quantities):
        return False
    one, other = quantities[place - 1], quantities[place]
    return (one.start, one.end, one.comparator, other.comparator) == (
        other.start,
        other.end,
        ">=",
        "<=",
    ) and one.name == other.name


def _said_of(made: Sequence[Measure]) -> Measure | None:
    """The figure that a share is said of: the last amount before it."""
    return next((m for m in reversed(made) if m.base != "%" and m.role in ("result", "target")), None)


def _interval(quantity: Quantity, twin: Quantity | None, factor: float) -> tuple[float, float]:
    value = quantity.value * factor
    if twin is not None:
        return value, twin.value * factor
    sides = {">=": (value, math.inf), ">": (value, math.inf), "<=": (-math.inf, value), "<": (-math.inf, value)}
    return sides.get(quantity.comparator, (value, value))


def _step(number: str) -> float:
    decimals = (
        number.rpartition(",")[2]
        if "," in number
        else number.rpartition(".")[2]
        if re.fullmatch(r"\d+\.\d{1,2}", number)
        else ""
    )
    return 0.5 * 10.0 ** -len(decimals)


def _change(quantity: Quantity, around: Around) -> str:
    match = _CHANGE.search(plain(around.before)) or re.search(
        r",\s*(?P<way>tăng|giảm)(?: thêm)?$", plain(quantity.name)
    )
    if not match:
        match = re.search(r"(?P<way>tăng|giảm)\s+thêm\b", plain(quantity.name))
    return match["way"].replace("vượt", "tăng") if match else ""


def _is_level(quantity: Quantity, around: Around, base: str) -> bool:
    text = plain(f"{around.before[-120:]} {quantity.name}")
    if re.search(r"tốc độ|tăng trưởng|chỉ số", text):
        return False
    return bool(_LEVEL.search(plain(quantity.name)) or (base == "%" and _POINT.search(text)))


def _without_citations(record: Record, raw: str) -> str:
    """The text with citations blanked: the year of an act is not the year of a figure."""
    parts, last = [], 0
    for citation in sorted(record.citations, key=lambda c: c.start):
        if citation.start >= last:
            parts += [raw[last : citation.start], " " * (citation.end - citation.start)]
            last = citation.end
    return "".join([*parts, raw[last:]])


def _quoted_unit(unit: Unit, new: Span) -> Unit:
    return msgspec.structs.replace(unit, start=new.start, end=new.end, kind="target", quantities=())


def _quantity(figure: Figure, unit: Unit, raw: str) -> Quantity:
    start, end = unit.start + figure.start, unit.start + figure.end
    return Quantity(
        figure.name, figure.comparator, figure.value, figure.unit, " ".join(raw[start:end].split()), start, end
    )
