"""What the decisions say of the documents as they are now: the machine's links with the people's word over them.

Each decision is a ruling on one pair of task and source (a correction on two: the old one dropped, the new one kept);
of several rulings on a pair the latest holds. Its status, against the words that it was made on:

- ``current``: both sides are there with the same words;
- ``suspect``: the words of the task or the clause have changed; what was decided still holds until a person decides
  again (kept links stay, visibly suspect; rejected ones stay away);
- ``orphaned``: the task or the clause is gone; comes to life again when the document comes back;
- ``ambiguous``: the same words now stand at several places, none of them the old one.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from pyoxigraph import Literal, NamedNode, Triple

from kg.decisions import Decision
from kg.links import Act, Link, LinkStatus, Passage, Place, Resolution
from kg.linktriples import Corpus
from kg.marks import Found, Mark, Units
from kg.store import Store
from kg.terms import PL
from loaders.records import Citation
from ontology.identifiers import BASE, unit_iri

STANDINGS = f"{BASE}graph/standings"
"""The graph of what has become of each decision that holds; made anew by every build."""
Pair = tuple[str, str]
"""IRIs of a task and of its source: a unit, or a document or act as a whole."""

_SHOWN = 160  # characters of a quotation in a sentence
_AROUND = 5  # words before a change


class Ruling(NamedTuple):
    """What holds of one pair: kept or dropped, by which decision, and where its two sides are now."""

    decision: Decision
    keep: bool
    task: Found
    source: Found
    mark: Mark
    """The source as it stood then."""

    @property
    def status(self) -> LinkStatus:
        """How the words of both sides stand to those that were decided on."""
        hows = {self.task.how, self.source.how}
        if "gone" in hows:
            return "orphaned"
        return "ambiguous" if "ambiguous" in hows else "suspect" if "changed" in hows else "current"


def rulings(decisions: Iterable[Decision], units: Units) -> dict[Pair, Ruling]:
    """The ruling on each pair, by the names of today; a side that cannot be found is named by what it was."""
    latest: dict[Pair, Ruling] = {}
    for made in decisions:
        task = units.find(made.task)
        sides = [(made.new_source, True), (made.source, made.verdict == "confirmed")]
        for mark, keep in sides:
            if mark is not None:
                source = units.find(mark)
                latest[_name(task, made.task), _name(source, mark)] = Ruling(made, keep, task, source, mark)
    return latest


def _name(found: Found, mark: Mark) -> str:
    return found.iri or f"{mark.iri} {mark.fingerprint}"


def pair_of(link: Link, corpus: Corpus) -> Pair:
    """The pair that a link joins."""
    task = unit_iri(corpus.iris[link.task.file or ""], link.task.unit or "")
    document = corpus.iris.get(link.source.file or "", link.act or "")
    return task, unit_iri(document, link.source.unit) if link.source.unit else document


def decide(
    links: Sequence[Link], ruled: Mapping[Pair, Ruling], corpus: Corpus, resolutions: Sequence[Resolution]
) -> list[Link]:
    """``links`` with the rulings over them: dropped pairs are gone, kept ones are ``confirmed``, missing ones added.

    A task with a confirmed clause inherits nothing; one that has lost all its links inherits what its document carries
    out, and the reason says who took the links away.
    """
    left: list[Link] = []
    lost: dict[Place, list[Ruling]] = defaultdict(list)
    seen: set[Pair] = set()
    for link in links:
        pair = pair_of(link, corpus)
        ruling = ruled.get(pair)
        seen.add(pair)
        if ruling is None:
            left.append(link)
        elif ruling.keep:
            left.append(_confirmed(link, ruling))
        else:
            lost[link.task].append(ruling)
    added = [_new(pair, ruling, corpus) for pair, ruling in ruled.items() if pair not in seen and _is_new(ruling)]
    left += added
    settled = {link.task for link in left if link.grade == "confirmed" and link.source.unit}
    left = [link for link in left if not (link.grade == "inherited" and link.task in settled)]
    with_link = {link.task for link in left}
    for task, why in lost.items():
        if task not in with_link:
            left += _fallback(task, why, ruled, corpus, resolutions)
    return left


def _is_new(ruling: Ruling) -> bool:
    return ruling.keep and ruling.task.unit is not None and ruling.source.iri is not None


def _confirmed(link: Link, ruling: Ruling) -> Link:
    reason = f"{said(ruling)}; máy: {link.reason}" if link.reason else said(ruling)
    # of the words that the person saw: where they are not those of today, the link is suspect
    seen = ruling.mark.fingerprint
    return msgspec.structs.replace(link, grade="confirmed", status=ruling.status, reason=reason, fingerprint=seen)


def _new(pair: Pair, ruling: Ruling, corpus: Corpus) -> Link:
    """A link that only the person sees: the words of both sides in full."""
    task, source = place(ruling.task), place(ruling.source)
    link = Link(
        task=task,
        source=source,
        grade="confirmed",
        score=1.0,
        evidence=whole(task, source),
        act=corpus.iris.get(source.file or "", pair[1]),
    )
    return _confirmed(link, ruling)


def place(found: Found) -> Place:
    """Where a found mark stands, as links say it."""
    unit = found.unit
    return Place(found.file, unit.id, unit.start, unit.end) if unit else Place(found.file)


def whole(task: Place, source: Place) -> tuple[Passage, ...]:
    """The two units side by side, where nothing nearer is known."""
    if task.start is None or task.end is None or source.start is None or source.end is None:
        return ()
    return (Passage((task.start, task.end), (source.start, source.end)),)


def _fallback(
    task: Place, why: Sequence[Ruling], ruled: Mapping[Pair, Ruling], corpus: Corpus, resolutions: Sequence[Resolution]
) -> Iterator[Link]:
    reason = "; ".join(said(ruling) for ruling in why)
    for act in carried_out(task.file or "", corpus, resolutions):
        link = Link(task, Place(act.file), "inherited", 0.1, act=act.iri, reason=reason)
        if pair_of(link, corpus) not in ruled:
            yield link


def carried_out(file: str, corpus: Corpus, resolutions: Sequence[Resolution]) -> list[Act]:
    """The acts that a document as a whole says it carries out, each once."""
    citations = corpus.loaded[file].record.citations
    found = (
        found.act
        for found in resolutions
        if found.file == file and found.act is not None and _speaks_for_all(citations[found.citation])
    )
    return list({act.iri: act for act in found}.values())


def _speaks_for_all(citation: Citation) -> bool:
    return citation.relation == "implements" and citation.scope == "document" and not citation.is_self


def said(ruling: Ruling) -> str:
    """ "Lê Thị Bình bác bỏ II.1 ngày 2026-03-09: khác việc" """
    made = ruling.decision
    verb = "xác nhận" if ruling.keep else "bác bỏ"
    where = f" {ruling.mark.path}" if ruling.mark.path and not ruling.keep else ""
    return f"{made.who} {verb}{where} ngày {made.when[:10]}" + (f": {made.note}" if made.note else "")


def standings(ruled: Mapping[Pair, Ruling]) -> Iterator[Triple]:
    """What the graph :data:`STANDINGS` says: status, today's names and the reason of each decision that holds.

    A correction is told by its new source; by the old one only where the new one has been decided on since.
    """
    told: dict[str, Ruling] = {}
    for ruling in ruled.values():
        if ruling.keep or ruling.decision.iri not in told:
            told[ruling.decision.iri] = ruling
    for iri, ruling in told.items():
        node, made = NamedNode(iri), ruling.decision
        yield Triple(node, PL.status, Literal(ruling.status))
        yield Triple(node, PL.onTask, NamedNode(ruling.task.iri or made.task.iri))
        yield Triple(node, PL.onSource, NamedNode(ruling.source.iri or ruling.mark.iri))
        for language, reason in reasons(ruling).items():
            yield Triple(node, PL.statusReason, Literal(reason, language=language))


class Standing(NamedTuple):
    """What has become of a decision that holds, as the last build saw it: names of today, and why it is not current."""

    status: str
    task: str
    source: str
    why: dict[str, str]


def stored_standings(store: Store) -> dict[str, Standing]:
    """The standing of each decision by its IRI; superseded ones have none. Raises :class:`StoreError`."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    why: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in store.quads(graph=STANDINGS):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            continue
        if isinstance(quad.object, Literal) and quad.object.language:
            why[quad.subject.value][quad.object.language] = quad.object.value
        else:
            said[quad.subject.value][quad.predicate.value] = quad.object.value
    status, task, source = PL.status.value, PL.onTask.value, PL.onSource.value
    return {iri: Standing(v[status], v[task], v[source], why.get(iri, {})) for iri, v in said.items()}


def needs_a_person(ruling: Ruling) -> bool:
    """Whether the decision has to be looked at again: of what is gone nothing is left to reject."""
    return ruling.status != "current" and (ruling.keep or ruling.status == "suspect")


_WHY = {
    "changed": (
        "lời của {side} đã đổi từ «{then}» thành «{now}»",
        "the words of {side} changed from «{then}» to «{now}»",
    ),
    "gone": ("{side} không còn trong kho: «{then}»", "{side} is not in the store any more: «{then}»"),
    "ambiguous": ("{side} nay có ở nhiều chỗ: «{then}»", "{side} now stands at several places: «{then}»"),
}
_SIDES = {"task": ("nhiệm vụ", "the task"), "source": ("điều khoản nguồn", "the source clause")}


def reasons(ruling: Ruling) -> dict[str, str]:
    """Language → why a decision has to be looked at again; empty where it is current."""
    sides = (("task", ruling.task, ruling.decision.task), ("source", ruling.source, ruling.mark))
    found = [(side, where, mark) for side, where, mark in sides if where.how != "same"]
    told = [(side, where.how, *difference(mark.text, where.text)) for side, where, mark in found]
    return {
        language: "; ".join(
            _WHY[how][place].format(side=_SIDES[side][place], then=then, now=now) for side, how, then, now in told
        )
        for place, language in enumerate(("vi", "en"))
        if found
    }


def difference(then: str, now: str) -> tuple[str, str]:
    """The two texts cut to where they differ, with some words around it."""
    old, new = then.split(), now.split()
    first = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, first - _AROUND)
    lead = "… " if start else ""
    return short(lead + " ".join(old[start:])), short(lead + " ".join(new[start:]))


def short(text: str) -> str:
    """A quotation that a sentence can hold."""
    return textwrap.shorten(text, _SHOWN, placeholder=" …")
