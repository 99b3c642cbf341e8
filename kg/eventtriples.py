"""Events become triples: what a file says of the life of acts, each as a node of its own (``pl:Change``).

Reads records and resolutions; gives triples for the links graph of the file, since which act is meant is concluded by
linking. A provision acted on becomes a unit where the act is in the corpus, and ``pl:isApplied`` tells whether the text
held there already shows the change. An act that no resolution names gives no event: the citation is ambiguous, and the
checks say so. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence import fingerprint, selector, selector_triples
from kg.links import Resolution
from kg.linktriples import Corpus
from kg.terms import PL, RDF, XSD
from kg.triples import day_literal
from loaders.eventdates import day_after
from loaders.provisions import path_key, provisions, unit_key
from loaders.records import Event, Loaded, Unit, surface
from ontology.identifiers import unit_iri


def event_triples(file: str, corpus: Corpus, resolutions: Sequence[Resolution]) -> Iterator[Triple]:
    """All triples of the events of ``file``; resolutions of other files are passed over."""
    loaded, document = corpus.loaded[file], corpus.iris[file]
    acts = _acts(file, corpus, resolutions)
    for index, event in enumerate(loaded.record.events):
        act = document if event.act is None else acts.get(event.act)
        by = _acting(event, document, act, acts)
        if act is None or (event.by is not None and by is None):
            continue
        node = NamedNode(f"{document}#e{index:03d}")
        yield from _told(node, loaded, document, event)
        yield Triple(node, PL.changes, NamedNode(act))
        if by is not None:
            yield Triple(node, PL.changedBy, NamedNode(by))
        yield from _acted_on(node, corpus, loaded, event, act)


def first_day(event: Event, date: str | None) -> str | None:
    """The first day on which an event holds, ``date`` being that of its document, printed or inferred."""
    if event.in_force or event.days_after_signing is None or date is None:
        return event.in_force
    return day_after(date, event.days_after_signing)


def find_unit(units: Sequence[Unit], provision: str) -> Unit | None:
    """The unit at a provision as drafting rules print it ("điểm a khoản 1 Điều 3"); ``None`` where none or several fit.

    Articles keep their number whatever chapter they stand in, so the path may have more in front.
    """
    found = provisions(provision)
    if not found:
        return None
    wanted = path_key(found[0])
    exact = [unit for unit in units if unit_key(unit.path) == wanted]
    near = [unit for unit in units if unit_key(unit.path)[-len(wanted) :] == wanted and "điều" in unit.path.casefold()]
    fitting = exact or (near if found[0][0][0] == "điều" else [])
    return fitting[0] if len(fitting) == 1 else None


def _acts(file: str, corpus: Corpus, resolutions: Sequence[Resolution]) -> Mapping[int, str]:
    mine = (found for found in resolutions if found.file == file and found.act is not None)
    return {
        found.citation: corpus.iris.get(found.act.file or "", found.act.iri) for found in mine if found.act is not None
    }


def _acting(event: Event, document: str, act: str | None, acts: Mapping[int, str]) -> str | None:
    """Who acts: this document, the act that an aside names, for its own force the act itself; else nobody known."""
    if not event.aside:
        return document
    if event.by is not None:
        return acts.get(event.by)
    return act if event.kind == "commence" else None


def _told(node: NamedNode, loaded: Loaded, document: str, event: Event) -> Iterator[Triple]:
    """The words, who says them, and the days that they fix."""
    yield Triple(node, RDF.type, PL.Change)
    yield Triple(node, PL.changeKind, Literal(event.kind))
    yield Triple(node, PL.saidBy, NamedNode(document))
    yield Triple(node, PL.text, Literal(event.surface))
    yield Triple(node, PL.evidence, selector(document, event.start, event.end))
    yield from selector_triples(document, loaded.record.file, loaded.raw, event.start, event.end)
    if event.unit:
        yield Triple(node, PL.changingUnit, NamedNode(unit_iri(document, event.unit)))
    if event.by_provision:
        yield Triple(node, PL.changingProvision, Literal(event.by_provision))
    ends = event.ends
    start = first_day(event, loaded.record.document.date)
    if event.kind == "expire" and ends is None and not event.aside:
        ends = start
    for predicate, day in ((PL.changeDate, start), (PL.changeUntil, event.until), (PL.changeEnds, ends)):
        if value := day_literal(day):
            yield Triple(node, predicate, value)


def _acted_on(node: NamedNode, corpus: Corpus, loaded: Loaded, event: Event, act: str) -> Iterator[Triple]:
    """The part acted on, its unit, and whether the text that is held shows the change."""
    yield Triple(node, PL.changesPart, Literal("true" if event.partial else "false", datatype=XSD.boolean))
    if event.provision is None:
        return
    yield Triple(node, PL.changedProvision, Literal(event.provision))
    held = next((corpus.loaded[file] for file, iri in corpus.iris.items() if iri == act), None)
    if held is None:
        return
    unit = find_unit(held.record.units, event.provision)
    if unit is not None:
        yield Triple(node, PL.changedUnit, NamedNode(unit_iri(act, unit.id)))
    applied = _is_applied(loaded, event, held, unit)
    if applied is not None:
        yield Triple(node, PL.isApplied, Literal("true" if applied else "false", datatype=XSD.boolean))


def _is_applied(loaded: Loaded, event: Event, held: Loaded, unit: Unit | None) -> bool | None:
    """Whether the text shows the change; ``None`` where nothing can be compared."""
    if event.kind == "repeal":
        return unit is None
    if event.new_text is None or event.kind not in ("amend", "supplement", "replace"):
        return None
    if unit is None:
        return False
    new = surface(loaded.raw, event.new_text.start, event.new_text.end)
    return fingerprint(new) == fingerprint(surface(held.raw, unit.start, unit.end))
