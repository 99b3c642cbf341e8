"""Is an act, or a provision of it, in force on a day? Only what words prove, and whose words.

Reads :class:`Claim` rows (what documents and people say of one act); gives a :class:`Verdict`. Nothing is read from a
store here. The rules (Luật 64/2025/QH15, Điều 53–58; before, Luật 80/2015/QH13, Điều 151–154):

- an act of which nothing states its force is ``unknown``, whatever its date;
- claims about one thing (the same change by the same act) that name other days are compared on the day asked about:
  where they lead to different answers the state is ``disputed``, elsewhere they agree;
- a change that is only told ("đã được sửa đổi tại …") holds from the day of the document that tells it, at the latest;
  between the day of the acting document and that day nothing is known;
- an act with a provision amended, replaced, repealed, suspended or expired is in force ``partly``; what is added or
  corrected takes nothing away;
- what was issued after the day asked about is left out: the answer is that of the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import msgspec

from loaders.provisions import path_key, provisions
from loaders.records import EventKind

State = Literal["in force", "not yet", "no longer", "partly", "unknown", "disputed"]
STATES: tuple[State, ...] = get_args(State)
Reason = Literal[
    "begun",
    "extended",
    "not-issued",
    "not-begun",
    "added-later",
    "ended",
    "suspended",
    "end-undated",
    "parts",
    "amended",
    "dates-differ",
    "no-proof",
]
_ENDS: frozenset[EventKind] = frozenset(("replace", "repeal", "expire", "suspend"))
_TAKES_AWAY: frozenset[EventKind] = _ENDS | {"amend"}


class Claim(msgspec.Struct, frozen=True):
    """What one document, or one person, says of one change. Days are ISO, names are IRIs.

    ``by`` is the acting act (for its own force the act itself), ``by_text`` its name where the store does not know it;
    ``issued`` its day. ``said_by`` and ``said_on`` are the document with the words, or the person, and the day.
    """

    iri: str
    kind: EventKind
    act: str
    provision: str | None = None
    partial: bool = False
    by: str | None = None
    by_text: str | None = None
    issued: str | None = None
    said_by: str | None = None
    said_on: str | None = None
    in_force: str | None = None
    until: str | None = None
    ends: str | None = None

    @property
    def is_aside(self) -> bool:
        """Whether somebody else tells it: no word of the act that acts."""
        return self.said_by != self.by

    @property
    def first_day(self) -> str | None:
        """The first day on which the change holds."""
        return self.ends or self.in_force if self.kind == "expire" else self.in_force


class Verdict(msgspec.Struct, frozen=True):
    """The state on ``day``, why, and the claims (by IRI) that prove it. ``disputes`` are claims that contradict one
    another anywhere, even where the day asked about is on the same side of all of them."""

    state: State
    day: str
    reason: Reason
    proof: tuple[str, ...] = ()
    disputes: tuple[tuple[str, ...], ...] = ()


class _Group:
    """Claims about one change. ``holds`` is ``None`` where no day is known, ``disputed`` where days part on the day."""

    def __init__(self, claims: Sequence[Claim], day: str) -> None:
        self.claims = claims
        values = [held for claim in claims if (held := holds(claim, day)) is not None]
        self.disputed = len(set(values)) > 1
        self.holds = values[0] if values and not self.disputed else None

    @property
    def kind(self) -> EventKind:
        return self.claims[0].kind

    @property
    def is_part(self) -> bool:
        return any(claim.provision or claim.partial for claim in self.claims)

    @property
    def proof(self) -> tuple[str, ...]:
        return tuple(claim.iri for claim in self.claims)


def holds(claim: Claim, day: str) -> bool | None:
    """Whether the change is at work on ``day``; ``None`` where that is not known."""
    start = claim.first_day
    if start is not None:
        held: bool | None = day >= start
    elif claim.is_aside and claim.said_on and day >= claim.said_on:
        held = True
    else:
        held = False if claim.issued and day < claim.issued else None
    if held and claim.kind == "suspend" and claim.until and day > claim.until:
        return False
    return held


def known_on(claims: Iterable[Claim], day: str) -> list[Claim]:
    """Claims on acts that had been issued by ``day``."""
    return [claim for claim in claims if claim.issued is None or claim.issued <= day]


def verdict(claims: Iterable[Claim], day: str, provision: str | None = None, *, issued: str | None = None) -> Verdict:
    """The state of an act on ``day`` by the ``claims`` about it; of one of its provisions where one is named.

    ``issued`` is the day of the act itself: before it the act is in force for nobody.
    """
    if issued and day < issued:
        return Verdict("not yet", day, "not-issued")
    known = known_on(claims, day)
    groups = [_Group(found, day) for found in _grouped(known)]
    found = _provision(groups, known, day, provision) if provision else None
    if found is None:
        found = _whole(groups, known, day)
        if provision is None:
            found = _parts(found, groups, day)
    return msgspec.structs.replace(found, disputes=disputes(known))


def disputes(claims: Iterable[Claim]) -> tuple[tuple[str, ...], ...]:
    """Groups of claims about one change that name different days, by IRI."""
    found = []
    for group in _grouped(claims):
        days = {(c.first_day, c.until if c.kind in ("extend", "suspend") else None) for c in group if c.first_day}
        if len(days) > 1:
            found.append(tuple(claim.iri for claim in group))
    return tuple(found)


def _grouped(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims about one change together; an aside without detail on an act that speaks itself adds nothing."""
    every = list(claims)
    speaking = {claim.by for claim in every if claim.by and not claim.is_aside and claim.by != claim.act}
    groups: dict[tuple[str | None, ...], list[Claim]] = {}
    for claim in every:
        if claim.is_aside and claim.by in speaking and not claim.provision and claim.first_day is None:
            continue
        by = claim.by or claim.by_text or claim.act
        groups.setdefault((claim.kind, by, claim.provision), []).append(claim)
    return list(groups.values())


def _whole(groups: Sequence[_Group], known: Sequence[Claim], day: str) -> Verdict:
    """The state of the act as a whole: has it begun, has it ended?"""
    begun = [group for group in groups if group.kind == "commence" and not group.is_part]
    ends = [group for group in groups if group.kind in _ENDS and not group.is_part]
    extended, extension = _extension(groups, day)
    for group in ends:
        if group.kind == "expire" and extension and _is_own(group, known):
            group.holds, group.disputed = (not extended if extended is not None else None), extended is None
    for group in ends:
        if group.holds:
            return Verdict("no longer", day, "suspended" if group.kind == "suspend" else "ended", group.proof)
    if begun and all(group.holds is False for group in begun):
        return Verdict("not yet", day, "not-begun", _proofs(begun))
    for group in [*begun, *ends]:
        if group.disputed:
            return Verdict("disputed", day, "dates-differ", group.proof)
    undated = [group for group in ends if group.holds is None]
    if undated:
        return Verdict("unknown", day, "end-undated", _proofs(undated))
    if extension and extended:
        return Verdict("in force", day, "extended", (*_proofs(begun), *extension))
    if any(group.holds for group in begun):
        return Verdict("in force", day, "begun", _proofs(begun))
    return Verdict("unknown", day, "no-proof")


def _extension(groups: Sequence[_Group], day: str) -> tuple[bool | None, tuple[str, ...]]:
    """Whether an extension at work reaches ``day`` (``None``: they disagree), and the claims that say so."""
    at_work = [group for group in groups if group.kind == "extend" and not group.is_part and group.holds]
    claims = [claim for group in at_work for claim in group.claims if claim.until]
    if not claims:
        return False, ()
    by_act: dict[str | None, set[bool]] = {}
    for claim in claims:
        by_act.setdefault(claim.by or claim.by_text, set()).add(day <= (claim.until or ""))
    sure = any(values == {True} for values in by_act.values())
    doubt = any(len(values) > 1 for values in by_act.values())
    return (True if sure else None if doubt else False), tuple(claim.iri for claim in claims)


def _is_own(group: _Group, known: Sequence[Claim]) -> bool:
    """Whether an act ends by its own words (or is only told to): what extensions put off."""
    return all((claim.by or claim.act) == claim.act for claim in group.claims) and bool(known)


def _parts(whole: Verdict, groups: Sequence[_Group], day: str) -> Verdict:
    """An act in force of which a part is not, or not as it was."""
    if whole.state != "in force":
        return whole
    parts = [group for group in groups if group.is_part and group.kind in _TAKES_AWAY]
    taken = [group for group in parts if group.holds]
    if taken:
        return Verdict("partly", day, "parts", (*whole.proof, *_proofs(taken)))
    doubtful = next((group for group in parts if group.disputed), None)
    if doubtful:
        return Verdict("disputed", day, "dates-differ", doubtful.proof)
    return whole


def _provision(groups: Sequence[_Group], known: Sequence[Claim], day: str, provision: str) -> Verdict | None:
    """What is said of a provision itself, of what holds it and of what it holds; ``None`` where nothing is."""
    wanted = _key(provision)
    if not wanted:
        return None
    about = [(group, _key(group.claims[0].provision)) for group in groups if group.claims[0].provision]
    over = [group for group, key in about if key == wanted[: len(key)]]
    for group in over:
        if group.disputed and group.kind in _TAKES_AWAY | {"supplement", "commence"}:
            return Verdict("disputed", day, "dates-differ", group.proof)
        if group.kind in _ENDS and group.holds:
            return Verdict("no longer", day, "suspended" if group.kind == "suspend" else "ended", group.proof)
        if group.kind in ("supplement", "commence") and group.holds is False:
            return Verdict("not yet", day, "added-later", group.proof)
    whole = _whole(groups, known, day)
    if whole.state != "in force":
        return whole
    inside = [g for g, key in about if len(key) > len(wanted) and key[: len(wanted)] == wanted and g.holds]
    taken = [group for group in inside if group.kind in _TAKES_AWAY]
    if taken:
        return Verdict("partly", day, "parts", _proofs(taken))
    amended = [group for group in over if group.kind == "amend" and group.holds]
    return Verdict("in force", day, "amended", _proofs(amended)) if amended else whole


def _key(provision: str | None) -> tuple[str, ...]:
    chains = provisions(provision or "")
    return path_key(chains[0]) if chains else ()


def _proofs(groups: Iterable[_Group]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(iri for group in groups for iri in group.proof))
