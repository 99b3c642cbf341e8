"""The life of an act as a page: one line of time, what changed the act on it, in force or not below it.

Inline SVG without a script, through a template that escapes every value; opens from ``file://`` with the network off.
All words come with the :class:`Timeline`, in the reader's language; here they get their places.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from kg.export import write_atomically
from viz.plain import one_line
from viz.style import CHANGES, STATES

WIDTH, LEFT, RIGHT = 1120, 20, 30
_ROW, _LETTER, _LONGEST = 26, 6.6, 60
_SPARE = 0.04  # of the time shown, left free at either end
_MOST_TICKS = 14


class Mark(NamedTuple):
    """Something that happened on ``day`` (ISO); ``words`` prove it, ``where`` is their file with offsets.

    ``code`` is a key of :data:`viz.style.CHANGES`. ``day`` is ``None`` where no words fix it: listed, not drawn.
    """

    day: str | None
    code: str
    label: str
    words: str = ""
    where: str = ""


class Bar(NamedTuple):
    """The state from ``start`` up to the day before ``end`` (``None``: from then on); a key of :data:`STATES`."""

    start: str
    end: str | None
    state: str
    label: str


class Lane(NamedTuple):
    """A row of marks under a heading."""

    heading: str
    marks: tuple[Mark, ...]


class Timeline(NamedTuple):
    """The whole page in words. ``today`` is drawn as a line with its label; ``columns`` head the list of marks."""

    lang: str
    title: str
    facts: tuple[str, ...]
    today: tuple[str, str]
    states: str
    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    columns: tuple[str, str, str]
    unknown_day: str
    foot: tuple[str, ...]


class _Dot(NamedTuple):
    x: float
    y: float
    anchor: str
    text_x: float
    label: str
    fill: str
    full: str


class _Drawn(NamedTuple):
    heading: str
    y: float
    dots: list[_Dot]


def write_timeline(line: Timeline, out: Path) -> None:
    """Write the page to ``out`` (UTF-8), whole or not at all. Raises :class:`OSError`."""
    write_atomically(out, render_timeline(line).encode("utf-8"))


def render_timeline(line: Timeline) -> str:
    """The page as one string of HTML that needs nothing else."""
    days = [mark.day for lane in line.lanes for mark in lane.marks]
    scale = _Scale([*days, *(bar.start for bar in line.bars)], line.today[0])
    lanes: list[_Drawn] = []
    y = 40.0
    for lane in line.lanes:
        rows = _rows(lane.marks, scale)
        if rows:
            lanes.append(_Drawn(lane.heading, y, [_dot(mark, scale, y + 18 + _ROW * row) for mark, row in rows]))
            y += 34 + _ROW * (1 + max(row for _, row in rows))
    bars = [(scale.x(bar.start), scale.end(bar.end), STATES[bar.state].fill, bar) for bar in line.bars]
    marks = sorted((mark for lane in line.lanes for mark in lane.marks), key=lambda mark: mark.day or "9999")
    used = dict.fromkeys(bar.state for bar in line.bars)
    return _template().render(
        line=line,
        lanes=lanes,
        bars=bars,
        bars_y=y,
        ticks=scale.ticks(),
        today_x=scale.x(line.today[0]),
        height=y + 76,
        width=WIDTH,
        marks=marks,
        fills={code: style.fill for code, style in CHANGES.items()},
        legend=[(STATES[state].fill, STATES[state].vi if line.lang == "vi" else STATES[state].en) for state in used],
    )


class _Scale:
    """Days to pixels."""

    def __init__(self, days: Sequence[str | None], today: str) -> None:
        known = [_ordinal(day) for day in (*days, today) if day]
        spare = max(60, round((max(known) - min(known)) * _SPARE))
        self.first, self.last = min(known) - spare, max(known) + spare

    def x(self, day: str) -> float:
        part = (_ordinal(day) - self.first) / (self.last - self.first)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)

    def end(self, day: str | None) -> float:
        return self.x(day) if day else WIDTH - RIGHT

    def ticks(self) -> list[tuple[float, int]]:
        """First days of years, as many as fit."""
        years = range(datetime.date.fromordinal(self.first).year + 1, datetime.date.fromordinal(self.last).year + 1)
        step = max(1, -(-len(years) // _MOST_TICKS))
        return [(self.x(f"{year:04}-01-01"), year) for year in years[::step]]


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


def _rows(marks: Sequence[Mark], scale: _Scale) -> list[tuple[Mark, int]]:
    """The dated marks, each on the first row on which its label meets no other."""
    ends: list[float] = []
    placed = []
    for mark in sorted((mark for mark in marks if mark.day), key=lambda mark: mark.day or ""):
        dot = _dot(mark, scale, 0)
        size = 14 + _LETTER * len(dot.label)
        start, end = (dot.x, dot.x + size) if dot.anchor == "start" else (dot.x - size, dot.x + 8)
        row = next((at for at, free in enumerate(ends) if start > free), len(ends))
        ends[row : row + 1] = [end + 6]
        placed.append((mark, row))
    return placed


def _dot(mark: Mark, scale: _Scale, y: float) -> _Dot:
    x = scale.x(mark.day or "")
    label = one_line(mark.label)
    short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
    right = x + 14 + _LETTER * len(short) > WIDTH
    full = " · ".join(part for part in (mark.day, mark.label, mark.words, mark.where) if part)
    return _Dot(x, y, "end" if right else "start", x - 9 if right else x + 9, short, CHANGES[mark.code].fill, full)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=True,
        finalize=lambda value: one_line(value) if isinstance(value, str) else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("timeline.html.jinja")
