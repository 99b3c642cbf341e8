"""Who answers for the work of a body on a day, by which events: ``changes.toml`` followed through chains.

Mergers of provinces come from ``provinces.toml``: on that day every local body of a province becomes that of the
successor. Nothing is guessed: several successors are several, and an end that the tables do not know is told as a
doubt. Model: W3C ORG, ``org:ChangeEvent``; old and new are never the same body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from ontology.bodies import expand, find_body, full_name
from ontology.body_table import Body, by_name
from ontology.communes import communes_of
from ontology.places import find_province
from ontology.tables import table

KINDS = ("merge", "rename", "split", "abolish", "transfer")
"""What can happen to a body; ``transfer`` moves a part of its work, the body itself goes on."""
_FAR = "9999-12-31"
_DISTRICTS = re.compile(
    r"^(Ủy ban nhân dân|Hội đồng nhân dân) ((?:các|cấp) (?:huyện|quận|thị xã|thành phố).*)$", re.IGNORECASE
)
_DISTRICT = re.compile(r"\b((?:huyện|quận|thị xã|thành phố) .+)$", re.IGNORECASE)


class Heir(NamedTuple):
    """Who takes over: all of the work, or the part that ``what`` says."""

    body: str
    what: str | None = None


class Change(NamedTuple):
    """One dated event. ``basis``: the acts in words; ``checked``: where it was looked up, empty where it was not."""

    kind: str
    day: str
    origins: tuple[str, ...]
    heirs: tuple[Heir, ...]
    basis: tuple[str, ...]
    checked: str
    note: str | None
    province: str | None

    @property
    def ends(self) -> frozenset[str]:
        """The bodies that are no more from that day on."""
        return frozenset() if self.kind == "transfer" else frozenset(self.origins) - {h.body for h in self.heirs}


class Holder(NamedTuple):
    """A body of a place.

    ``area``: the former district whose land the bodies of this kind hold together; ``members``: the communes that these
    are, where they are known.
    """

    name: str
    province: str | None
    area: str | None = None
    members: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """The name in full, with its place."""
        if self.area:
            return f"{re.sub(r' xã$', ' các xã, phường, đặc khu', self.name)} trên địa bàn {self.area}"
        return full_name(self.name, self.province)


class Step(NamedTuple):
    """One step of a chain: from ``day`` on ``after`` answers instead of ``before``, for ``what`` or for everything."""

    day: str
    kind: str
    before: Holder
    after: Holder
    what: str | None
    basis: tuple[str, ...]
    checked: str
    note: str | None


class Owner(NamedTuple):
    """Who answers on the day asked about, and by which steps.

    ``what`` is the part of the work, ``None`` for the main line. ``holder`` is ``None`` where nobody is known;
    ``doubt`` says what is not certain. ``proof``: where it was seen that such a body exists in that province.
    """

    holder: Holder | None
    what: str | None
    steps: tuple[Step, ...]
    doubt: str | None = None
    proof: str | None = None


class _State(NamedTuple):
    """A body on the way: ``key`` is its name in the tables."""

    key: str
    holder: Holder
    since: str
    what: str | None
    steps: tuple[Step, ...]


@cache
def changes() -> tuple[Change, ...]:
    """Every event of the table, in its order. Raises :class:`KeyError` for an act that the table does not explain."""
    acts: dict[str, str] = table("changes.toml")["acts"]
    return tuple(
        Change(
            row["kind"],
            row["day"],
            tuple(row["from"]),
            tuple(Heir(heir["body"], heir.get("what")) for heir in row["to"]),
            tuple(acts[key] for key in row["basis"]),
            row["checked"],
            row.get("note"),
            row.get("province"),
        )
        for row in table("changes.toml")["change"]
    )


def owners_on(name: str, province: str | None, day: str, since: str = "") -> tuple[Owner, ...]:
    """Who answers on the ISO day ``day`` for the body that a document of the day ``since`` calls ``name``.

    The main line comes first, then who took over parts. Events up to ``since`` are left out, except where they ended
    the body that is named. Unknown names and groups give one owner without a holder, and the reason.
    """
    start = _start(name, province, since)
    if start is None:
        return (Owner(None, None, (), "nhóm cơ quan, hoặc tên không có trong bảng: hỏi từng cơ quan"),)
    return tuple(_owner(state, day) for state in _follow(start, day))


def all_steps(name: str, province: str | None) -> tuple[Step, ...]:
    """Every step of every chain from a body, each once, for as long as the tables reach."""
    steps = (step for owner in owners_on(name, province, _FAR) for step in owner.steps)
    return tuple(dict.fromkeys(steps))


def _start(name: str, province: str | None, since: str) -> _State | None:
    if group := _DISTRICTS.match(expand(name)):
        return _State(f"{group[1]} huyện", Holder(expand(name), province), since, None, ())
    body = find_body(name, province)
    return _State(body.name, Holder(expand(name), province), since, None, ()) if body else None


def _follow(state: _State, day: str) -> Iterator[_State]:
    """The states that hold on ``day``, the main line first."""
    events = [change for change in changes() if _touches(change, state, day)]
    merger = _merger(state, day)
    days = {change.day for change in events} | ({merger.day} if merger else set())
    if not days:
        yield state
        return
    first = min(days)
    merger = merger if merger and merger.day == first else None
    now = [change for change in events if change.day == first]
    for heir in [*_main(state, now, merger, first), *_parts(state, now)]:
        yield from _follow(heir, day)


def _touches(change: Change, state: _State, day: str) -> bool:
    """Whether an event lies ahead of a body; one that ended it is ahead of whoever still calls it by its name."""
    here = state.key in change.origins and change.province in (None, state.holder.province)
    ahead = change.day > state.since or (state.key in change.ends and not state.steps)
    return here and ahead and change.day <= day


def _main(state: _State, now: Sequence[Change], merger: Step | None, day: str) -> Iterator[_State]:
    """Who goes on with the whole: the heirs, else the body itself, if need be in the successor of its province."""
    whole = [(change, heir) for change in now if change.kind != "transfer" for heir in change.heirs if not heir.what]
    for change, heir in whole:
        yield _next(state, change, heir)
    if not whole and merger:
        yield state._replace(holder=merger.after, since=day, steps=(*state.steps, merger))
    elif not whole:
        yield state._replace(since=day)


def _parts(state: _State, now: Sequence[Change]) -> Iterator[_State]:
    return (_next(state, change, heir) for change in now for heir in change.heirs if heir.what)


def _next(state: _State, change: Change, heir: Heir) -> _State:
    """The heir's state; where the province changes on the same day, both acts are the basis of the one step."""
    row, province = _moved(state.holder.province, change.day)
    body = by_name(heir.body)
    after = Holder(heir.body, province)
    if body and body.level == "commune":
        after = after._replace(area=_area(state), members=communes_of(_district(state), state.holder.province or ""))
    also = _acts(row) if row and province != state.holder.province else ()
    basis = tuple(dict.fromkeys((*change.basis, *also)))
    step = Step(change.day, change.kind, state.holder, after, heir.what, basis, change.checked, change.note)
    what = "; ".join(part for part in (state.what, heir.what) if part) or None
    return _State(heir.body, after, change.day, what, (*state.steps, step))


def _area(state: _State) -> str:
    """The former district with its province: "huyện Sơn Thạch cũ (tỉnh Trường Lĩnh)"."""
    province = state.holder.province
    return f"{_district(state)} cũ" + (f" ({_province(province)})" if province else "")


def _district(state: _State) -> str:
    """The district that a name names, or all of them: "huyện Sơn Thạch", "các huyện, thành phố"."""
    group, one = _DISTRICTS.match(state.holder.name), _DISTRICT.search(state.holder.name)
    return group[2] if group else one[1] if one else "huyện"


def _province(name: str) -> str:
    known = find_province(name)
    return f"{'thành phố' if known and known.city else 'tỉnh'} {known.name if known else name}"


def _merger(state: _State, day: str) -> Step | None:
    """The step with which the body's province was merged or renamed, where that lies ahead and up to ``day``."""
    body, holder = by_name(state.key), state.holder
    if holder.province is None or holder.area or not _moves(body) or state.key.endswith(" khu vực"):
        return None
    for row in table("changes.toml")["province"]:
        _, after = _moved(holder.province, row["day"])
        touched = _province_after(holder.province, row["day"])
        if after and touched and (row["day"] > state.since or after != holder.province) and row["day"] <= day:
            return _merger_step(row, holder, Holder(state.key, after))
    return None


def _moved(province: str | None, day: str) -> tuple[dict[str, Any] | None, str | None]:
    """The row of the day and the province that holds the land of ``province`` from that day on."""
    row = next((row for row in table("changes.toml")["province"] if row["day"] == day), None)
    after = _province_after(province, day) if province and row else None
    return (row, after) if after else (None, province)


def _acts(row: dict[str, Any]) -> tuple[str, ...]:
    acts: dict[str, str] = table("changes.toml")["acts"]
    return tuple(acts[key] for key in row["basis"])


def _moves(body: Body | None) -> bool:
    """Whether a body goes with its province; names outside the table and bodies of one place stay where they are."""
    return body is not None and body.level in ("province", "department") and body.province is None


def _merger_step(row: dict[str, Any], before: Holder, after: Holder) -> Step:
    target = find_province(after.province or "")
    names = ", ".join((target.name, *target.merged)) if target and target.merged else None
    note = f"Sắp xếp {names} thành {_province(target.name)}." if target and names else None
    return Step(row["day"], row["kind"], before, after, None, _acts(row), row["checked"], note)


def _province_after(name: str, day: str) -> str | None:
    """The province that a province became on ``day``, its own name where it took others in; ``None``: not touched."""
    known = find_province(name)
    if known is None:
        return None
    if known.valid_to and known.successor:
        return known.successor if _next_day(known.valid_to) == day else None
    took = [find_province(other) for other in known.merged]
    return known.name if any(p and p.valid_to and _next_day(p.valid_to) == day for p in took) else None


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _owner(state: _State, day: str) -> Owner:
    """The end of a chain with what is uncertain about it."""
    body = by_name(state.key)
    if body and body.valid_to and body.valid_to < day:
        return Owner(None, state.what, state.steps, f"{state.holder.full}: đã kết thúc, chưa rõ cơ quan kế thừa")
    for row in table("changes.toml")["uncertain"]:
        about = row.get("body") == state.key or (
            body is not None and row.get("level") == body.level and not state.steps
        )
        if about and row["day"] <= day and not (row.get("level") and row["day"] <= state.since):
            proof = {known["province"]: known["checked"] for known in row["known"]}.get(state.holder.province or "")
            return Owner(state.holder, state.what, state.steps, None if proof else row["why"], proof)
    return Owner(state.holder, state.what, state.steps)
