"""What linking concluded about one file becomes triples: the graph that is replaced together with it.

Reads the types of :mod:`kg.links`; gives, for one file, what each of its citations means, the edges from document to
act that follow, why an identity was inferred, and the lineage of each task with its passages. Acts outside the corpus
become stubs that say what is known of them (never dropped). Pure generators without blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence import fingerprint, selector, selector_triples
from kg.links import Act, Link, Place, Resolution
from kg.terms import PL, PROV, RDF, RDFS
from kg.triples import act_triples, body_triples
from loaders.records import Citation, Document, Evidence, Loaded, Unit, surface
from ontology.identifiers import citation_iri, made_iri, unit_iri

EDGES = {
    "implements": PL.implementsPolicy,
    "legal-basis": PL.basedOn,
    "amends": PL.amends,
    "amended-by": PL.amendedBy,
    "replaces": PL.replaces,
    "repeals": PL.repeals,
    "guides": PL.guides,
    "reports-on": PL.reportsOn,
    "mentions": PL.cites,
}
"""The document-to-act edge of each relation of a citation."""


class Corpus(NamedTuple):
    """The documents that links may point into: records by file, and the IRI of each file's document."""

    loaded: Mapping[str, Loaded]
    iris: Mapping[str, str]


def link_triples(
    file: str, corpus: Corpus, resolutions: Sequence[Resolution], links: Sequence[Link]
) -> Iterator[Triple]:
    """All triples of the links graph of ``file``; ``resolutions`` and ``links`` of other files are passed over.

    Raises :class:`KeyError` for a link into a file or unit that ``corpus`` does not have.
    """
    mine = sorted((r for r in resolutions if r.file == file), key=lambda r: r.citation)
    acts: dict[int, NamedNode] = {}
    for resolution in mine:
        yield from _resolution(corpus, resolution, acts)
    yield from _edges(corpus.loaded[file], NamedNode(corpus.iris[file]), acts)
    yield from _identity(file, corpus)
    for link in links:
        if link.task.file == file:
            yield from _link(corpus, link)


def edge(citation: Citation) -> NamedNode:
    """The edge from the citing document to the act.

    Only a citation that speaks for the whole document makes it implement the act: one task that carries an act out, or
    a mention in the background, leaves the document as citing it.
    """
    if citation.relation == "implements" and citation.scope != "document":
        return PL.cites
    return EDGES[citation.relation]


def _resolution(corpus: Corpus, resolution: Resolution, acts: dict[int, NamedNode]) -> Iterator[Triple]:
    node = NamedNode(citation_iri(corpus.iris[resolution.file], resolution.citation))
    if resolution.act is not None:
        acts[resolution.citation] = target = _act_node(corpus, resolution.act)
        yield Triple(node, PL.resolvesTo, target)
        if resolution.reasons:
            yield Triple(node, PL.resolution, Literal(", ".join(resolution.reasons)))
        yield from _stub(corpus, resolution.act)
    for candidate in resolution.candidates if resolution.status == "ambiguous" else ():
        yield Triple(node, PL.ambiguousWith, _act_node(corpus, candidate.act))
        yield from _stub(corpus, candidate.act)


def _act_node(corpus: Corpus, act: Act) -> NamedNode:
    return NamedNode(corpus.iris.get(act.file, act.iri) if act.file else act.iri)


def _stub(corpus: Corpus, act: Act) -> Iterator[Triple]:
    if act.file in corpus.iris:
        return
    node = NamedNode(act.iri)
    yield Triple(node, RDF.type, PL.PolicyDocument)
    yield Triple(node, RDF.type, PL.Stub)
    yield Triple(node, RDFS.label, Literal(act.label, language="vi"))
    yield from act_triples(
        node,
        Document(
            type=act.kind,
            issuer=act.issuer,
            number=act.number,
            date=act.date,
            subject=act.subject,
            province=act.province,
        ),
    )
    if act.issuer:
        yield from body_triples(act.issuer, act.province)


def _edges(loaded: Loaded, document: NamedNode, acts: Mapping[int, NamedNode]) -> Iterator[Triple]:
    """The direct edges: from this document to each act, and between two acts where the words tie them together."""
    for index, citation in enumerate(loaded.record.citations):
        act = acts.get(index)
        if act is None:
            continue
        if act != document and not citation.is_self:
            yield Triple(document, edge(citation), act)
        for also in citation.relations_also:
            other = acts.get(also.target)
            if other is not None and other != act:
                yield Triple(act, EDGES[also.relation], other)


def _identity(file: str, corpus: Corpus) -> Iterator[Triple]:
    """Which words a number or a day that the header has lost was concluded from."""
    about, document = corpus.loaded[file].record.document, NamedNode(corpus.iris[file])
    found = (about.number_evidence, about.date_evidence)
    for proof in dict.fromkeys(proof for proof in found if proof is not None):
        source = corpus.loaded.get(proof.file)
        if source is None:
            continue
        yield Triple(document, PL.identityReason, Literal(proof.why))
        yield from _proof(document, source, corpus.iris[proof.file], proof)


def _proof(document: NamedNode, source: Loaded, iri: str, proof: Evidence) -> Iterator[Triple]:
    for index, citation in enumerate(source.record.citations):
        if citation.start <= proof.start and proof.end <= citation.end:
            yield Triple(document, PL.identityFrom, NamedNode(citation_iri(iri, index)))
            return
    yield Triple(document, PL.identityFrom, selector(iri, proof.start, proof.end))
    yield from selector_triples(iri, proof.file, source.raw, proof.start, proof.end)


def _link(corpus: Corpus, link: Link) -> Iterator[Triple]:
    task = _unit_node(corpus, link.task)
    source = _unit_node(corpus, link.source) if link.source.unit else None
    document = corpus.iris.get(link.source.file or "", link.act)
    node = NamedNode(lineage_iri(task.value, source.value if source else None, document, link.grade))
    yield Triple(task, PROV.qualifiedDerivation, node)
    yield Triple(node, RDF.type, PL.Lineage)
    yield Triple(node, PL.task, task)
    yield Triple(node, PL.grade, Literal(link.grade))
    yield Triple(node, PL.score, Literal(float(link.score)))
    yield Triple(node, PL.status, Literal(link.status))
    if document:
        yield Triple(node, PL.sourceDocument, NamedNode(document))
    if link.reason:
        yield Triple(node, RDFS.comment, Literal(link.reason, language="vi"))
    if link.shares is not None:
        yield Triple(node, PL.shareCopied, Literal(float(link.shares.copied)))
        yield Triple(node, PL.shareAdapted, Literal(float(link.shares.adapted)))
    if source is not None:
        yield Triple(task, PROV.wasDerivedFrom, source)
        yield Triple(node, PL.source, source)
        loaded, unit = _unit(corpus, link.source)
        # of the clause as it stands now, or as it stood when the link was made: where they differ, the link is suspect
        made_on = link.fingerprint or fingerprint(surface(loaded.raw, unit.start, unit.end))
        yield Triple(node, PL.sourceFingerprint, Literal(made_on))
        yield from _passages(corpus, link, node)


def _passages(corpus: Corpus, link: Link, node: NamedNode) -> Iterator[Triple]:
    for number, passage in enumerate(link.evidence, start=1):
        part = NamedNode(f"{node.value}#p{number}")
        yield Triple(node, PL.passage, part)
        yield Triple(part, RDF.type, PL.Passage)
        sides = ((PL.taskEvidence, link.task, passage.task), (PL.sourceEvidence, link.source, passage.source))
        for predicate, place, (start, end) in sides:
            file = place.file or ""
            yield Triple(part, predicate, selector(corpus.iris[file], start, end))
            yield from selector_triples(corpus.iris[file], file, corpus.loaded[file].raw, start, end)


def _unit(corpus: Corpus, place: Place) -> tuple[Loaded, Unit]:
    loaded = corpus.loaded[place.file or ""]
    for unit in loaded.record.units:
        if unit.id == place.unit:
            return loaded, unit
    raise KeyError(f"{place.file}: {place.unit}")


def _unit_node(corpus: Corpus, place: Place) -> NamedNode:
    loaded, unit = _unit(corpus, place)
    return NamedNode(unit_iri(corpus.iris[loaded.record.file], unit.id))


def lineage_iri(task: str, source: str | None, document: str | None, grade: str) -> str:
    """One name for one conclusion, the same in every build."""
    words = "\n".join((task, source or "", document or "", grade))
    return made_iri("lineage", words)
