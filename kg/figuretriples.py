"""What linking concluded of figures and of returning tasks becomes triples, in the links graph of the later file.

Reads links and the documents they point into; gives triples with a selector for each quotation (:mod:`kg.evidence`).
Pure generators without blank nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence import selector, selector_triples
from kg.figurelinks import FigureLink, Side
from kg.links import Place
from kg.linktriples import Corpus
from kg.recurrence import Recurrence
from kg.terms import PL, RDF, RDFS
from ontology.identifiers import made_iri, unit_iri


class Concluded(NamedTuple):
    """What is concluded, by the file that the later or lower side stands in."""

    figures: Mapping[str, Sequence[FigureLink]]
    returning: Mapping[str, Sequence[Recurrence]]


def concluded(figures: Iterable[FigureLink], returning: Iterable[Recurrence]) -> Concluded:
    """The links put in order by file."""
    by_file: dict[str, list[FigureLink]] = defaultdict(list)
    for link in figures:
        by_file[link.here.file].append(link)
    tasks: dict[str, list[Recurrence]] = defaultdict(list)
    for found in returning:
        tasks[found.later.file or ""].append(found)
    return Concluded(by_file, tasks)


def figure_triples(file: str, corpus: Corpus, found: Concluded) -> Iterator[Triple]:
    """All triples of the figure links and of the returning tasks of ``file``."""
    for link in found.figures.get(file, ()):
        yield from _link(corpus, link)
    for recurrence in found.returning.get(file, ()):
        yield from _recurrence(corpus, recurrence)


def _link(corpus: Corpus, link: FigureLink) -> Iterator[Triple]:
    here, there = _node(corpus, link.here), _node(corpus, link.there)
    sides = (here.value, str(link.here.start), there.value, str(link.there.start), link.relation)
    node = NamedNode(made_iri("figure", "\n".join(sides)))
    yield Triple(node, RDF.type, PL.FigureLink)
    yield Triple(node, RDFS.label, Literal(link.name, language="vi"))
    yield Triple(node, RDFS.comment, Literal(link.reason, language="vi"))
    yield Triple(node, RDFS.comment, Literal(link.reason_en, language="en"))
    yield Triple(node, PL.figureRelation, Literal(link.relation))
    yield Triple(node, PL.outcome, Literal(link.outcome))
    yield Triple(node, PL.figureIn, here)
    yield Triple(node, PL.figureAgainst, there)
    terms = (PL.figureEvidence, PL.figureText, PL.figureYear, PL.figurePeriod)
    yield from _side(corpus, node, link.here, terms)
    terms = (PL.againstEvidence, PL.againstText, PL.againstYear, PL.againstPeriod)
    yield from _side(corpus, node, link.there, terms)
    if link.share is not None:
        yield Triple(node, PL.shareText, Literal(link.share.text))
        yield Triple(node, PL.shareComputed, Literal(float(link.share.computed)))
        if link.share.basis:
            yield Triple(node, PL.shareBasis, Literal(link.share.basis))
        yield from _quoted(corpus, node, PL.shareEvidence, link.here.file, link.share.start, link.share.end)


def _side(
    corpus: Corpus, node: NamedNode, side: Side, terms: tuple[NamedNode, NamedNode, NamedNode, NamedNode]
) -> Iterator[Triple]:
    """The quotation, the printed figure, its year and its part of the year, as far as they are there."""
    evidence, text, year, period = terms
    if side.start is not None and side.end is not None:
        yield from _quoted(corpus, node, evidence, side.file, side.start, side.end)
    if side.text is not None:
        yield Triple(node, text, Literal(side.text))
    if side.year is not None:
        yield Triple(node, year, Literal(side.year))
    if side.period is not None:
        yield Triple(node, period, Literal(side.period))


def _recurrence(corpus: Corpus, found: Recurrence) -> Iterator[Triple]:
    later, earlier = _unit(corpus, found.later), _unit(corpus, found.earlier)
    node = NamedNode(made_iri("recurrence", f"{later.value}\n{earlier.value}"))
    yield Triple(later, PL.recurs, earlier)
    yield Triple(node, RDF.type, PL.Recurrence)
    yield Triple(node, PL.laterUnit, later)
    yield Triple(node, PL.earlierUnit, earlier)
    yield Triple(node, PL.recurrenceShare, Literal(float(found.share)))
    for passage in found.evidence:
        yield from _quoted(corpus, node, PL.laterEvidence, found.later.file or "", *passage.task)
        yield from _quoted(corpus, node, PL.earlierEvidence, found.earlier.file or "", *passage.source)


def _quoted(corpus: Corpus, node: NamedNode, predicate: NamedNode, file: str, start: int, end: int) -> Iterator[Triple]:
    iri = corpus.iris[file]
    yield Triple(node, predicate, selector(iri, start, end))
    yield from selector_triples(iri, file, corpus.loaded[file].raw, start, end)


def _node(corpus: Corpus, side: Side) -> NamedNode:
    document = corpus.iris[side.file]
    return NamedNode(unit_iri(document, side.unit) if side.unit else document)


def _unit(corpus: Corpus, place: Place) -> NamedNode:
    return NamedNode(unit_iri(corpus.iris[place.file or ""], place.unit or ""))
