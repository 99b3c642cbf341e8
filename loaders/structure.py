"""The units of a document: its outline with kinds, duties, deadlines and figures, all spans in the raw text.

Reads a :class:`~loaders.text.SourceText`; gives :class:`~loaders.records.Unit` rows in document order. Afterwards
holds: every paragraph of the body is in exactly one unit, a unit's parent stands before it, and every span slices back
to its quotation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from loaders.assignments import set_apart
from loaders.duties import Duties, read_duties
from loaders.headings import body_of, title_of
from loaders.items import Item
from loaders.orders import starts_order
from loaders.outline import read_outline
from loaders.records import Span, Unit, UnitKind
from loaders.responsibility import Labels, find_labels, give_to_tasks
from loaders.text import SourceText
from loaders.unitfacts import item_deadlines, quantities
from loaders.unitkinds import classify

_ASKS_PARTNERS = re.compile(r"phối\s+hợp(?:\s+với)?[\s:*]*$")
"""The end of a heading whose items open with the partners: "Chủ trì, phối hợp với:"."""
_CHARGES = re.compile(r"\b(?:yêu cầu|đề nghị|có trách nhiệm)\b")
"""The words of a line above the outline that charges somebody with what is listed below it."""
_ONE_KIND = re.compile(r"Bộ|Sở|Cục|Tổng cục|Chi cục")
_PLACE = re.compile(r" (?:tỉnh|thành phố) .*$")
_GROUP = re.compile(
    r"\b(?:các|những)\b|^(?:quý|đơn vị|cơ quan|địa phương|tổ chức|doanh nghiệp|công ty)\b", re.IGNORECASE
)
"""How a line calls all those that "Kính gửi" names one by one."""


class _Duty(NamedTuple):
    """Who must act, as a unit's fields hold it."""

    lead: tuple[str, ...] = ()
    lead_post: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()


def read_units(
    text: SourceText,
    document_type: str | None,
    addressees: Sequence[str],
    year: int | None,
    issuer: str | None = None,
) -> list[Unit]:
    """The units. ``addressees`` are those of "Kính gửi"; ``year`` completes deadlines that name none; ``issuer`` is
    whom its kind alone means ("Sở tập huấn …")."""
    items = read_outline(text)
    kinds = classify(items, document_type)
    numbers = {id(item): f"u{index:03}" for index, item in enumerate(items, 1)}
    labels = find_labels(items)
    duties = _assign_duties(items, kinds, labels, addressees)
    duties = {place: _of_issuer(duty, issuer or "") for place, duty in duties.items()}
    units = []
    for item, kind in zip(items, kinds, strict=True):
        span = Span(item.paragraphs[0].raw_start, item.paragraphs[-1].raw_end)
        deadlines = item_deadlines(text, item, year) if kind in ("task", "target") else ()
        units.append(
            Unit(
                id=numbers[id(item)],
                path=item.path,
                kind=kind,
                start=span.start,
                end=span.end,
                **duties[id(item)]._asdict(),
                deadlines=tuple(d.surface for d in deadlines),
                quantities=() if kind == "heading" else quantities(text, item, kind),
                parent=numbers[id(item.parent)] if item.parent else None,
                deadline_spans=deadlines,
            )
        )
    return give_to_tasks(text, items, units, labels, year)


def _assign_duties(
    items: Sequence[Item], kinds: Sequence[UnitKind], labels: Labels, addressees: Sequence[str]
) -> Mapping[int, _Duty]:
    """Leaders come from the item itself, else from the nearest heading that names bodies, else from "Kính gửi"."""
    found: dict[int, _Duty] = {}
    inherited: dict[int, _Duty] = {}
    opening: _Duty | None = None  # whom a line above the outline charges with all of it
    for item, kind in zip(items, kinds, strict=True):
        above = inherited.get(id(item.parent)) if item.parent else opening if item.marker else None
        if kind == "statement":
            found[id(item)] = _Duty()
            inherited[id(item)] = above or _Duty()
            leads = _lead_in(item)
            if leads and item.parent:
                inherited[id(item.parent)] = leads
            elif not item.parent and not item.marker:  # only what stands right above the list introduces it
                named = leads and not (addressees and any(_GROUP.search(name) for name in leads.lead))
                opening = leads if named and _CHARGES.search(item.text) else None
            continue
        part = item.marker is not None and item.marker.style == "part"
        own = (
            Duties() if part or labels.holds(item) else _own_duties(item)
        )  # a chapter's articles name their own bodies
        if above and above.lead and item.parent and _ASKS_PARTNERS.search(item.parent.text):
            own = Duties(coordinate=own.lead + own.coordinate)
        if own.own and above and above.lead != tuple(addressees) and item.marker and item.text.startswith("Yêu cầu "):
            own = Duties(coordinate=own.coordinate)  # whoever stands above requires it of the others
        duty = _Duty(own.lead, own.lead_post, own.coordinate)
        if not own.own and kind in ("task", "target"):
            lead = above or _Duty(lead=tuple(addressees))
            if own.asked and lead.lead and _names(lead.lead) <= _names(addressees):
                lead = _Duty(own.asked)
            elif not lead.lead or _names_nearer(item, own, lead is opening):
                lead = _Duty(own.later, own.later_post)
            duty = _Duty(lead.lead, lead.lead_post, own.coordinate or lead.coordinate)
        elif above and _names(own.lead) == _names(above.lead) and not own.coordinate:
            duty = duty._replace(coordinate=above.coordinate)
        duty = duty._replace(lead=_in_full(duty.lead, addressees))
        found[id(item)] = duty
        inherited[id(item)] = duty if own.own else above or _Duty(lead=tuple(addressees))
        if own.asked and item.text.rstrip().endswith(":"):
            inherited[id(item)] = _Duty(own.asked)
    return found


def _names_nearer(item: Item, own: Duties, by_opening: bool) -> bool:
    """Whether a later clause of an item names who acts, which no verb at its start leaves to whom the line above the
    outline charges."""
    return by_opening and bool(own.later) and not starts_order(item.text)


def _of_issuer(duty: _Duty, issuer: str) -> _Duty:
    """The duty with the issuer's name for its kind alone: "Sở" in what a department wrote."""
    whole = _PLACE.sub("", issuer)

    def named(bodies: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(whole if _ONE_KIND.fullmatch(n) and whole.startswith(f"{n} ") else n for n in bodies)

    return duty._replace(lead=named(duty.lead), coordinate=named(duty.coordinate))


def _in_full(lead: tuple[str, ...], addressees: Sequence[str]) -> tuple[str, ...]:
    """Leaders with the addressee in full where a letter to one calls it by its kind ("Công ty", "Doanh nghiệp")."""
    if len(addressees) != 1:
        return lead
    whole = addressees[0]
    return tuple(whole if whole.casefold().startswith(f"{name.casefold()} ") else name for name in lead)


def _lead_in(item: Item) -> _Duty | None:
    """An unnumbered line that opens a list ("… yêu cầu Sở A thực hiện các nhiệm vụ sau:") names its leaders as a
    heading does; ``None`` for any other text."""
    if item.marker or not item.text.rstrip().endswith(":"):
        return None
    own = read_duties(item.text)
    if own.own:
        return _Duty(own.lead, own.lead_post, own.coordinate)
    return _Duty(own.asked) if own.asked else None


def _own_duties(item: Item) -> Duties:
    """What the item says of who acts; below a title of one line, what its paragraph says ("3. Xây dựng văn bản" above
    "Sở A có trách nhiệm …")."""
    if item.row:
        cells = [read_duties(cell) for _, _, cell in item.cells]  # no name goes on from one cell to the next
        return next((duties for duties in cells if duties.own), Duties())
    apart = set_apart(item.text)
    if apart is not None:
        return apart
    if len(item.paragraphs) != 2:
        return read_duties(item.text)
    title, body = title_of(item).rstrip(" .:"), body_of(item)
    own = read_duties(f"{title}: {body}")  # no name goes on from the title to what stands below it
    below = own if own.own else read_duties(body)
    return below if below.own else own


def _names(bodies: Sequence[str]) -> set[str]:
    return {name.casefold() for name in bodies}
