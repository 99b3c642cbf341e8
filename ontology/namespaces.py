"""Closed namespaces: the terms that this project speaks, and no others. A mistyped term is an AttributeError.

``PL.Task`` is the IRI as a plain ``str``; type checkers refuse a term that is not listed, and so does Python. They are
plain classes, not rdflib's ``DefinedNamespace``: importing rdflib takes a quarter of a second, a trace on the command
line does not need it. A test proves that the terms of ``PL`` and of ``policy-lineage.ttl`` are the same set both ways,
and that the terms of ELI, ORG, PROV and OA are those that the ontology declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast


class Namespace(type):
    """A class whose annotated names become IRIs under ``base``."""

    base: str

    def __new__(cls, name: str, parents: tuple[type, ...], body: dict[str, object], base: str) -> Namespace:
        """Give each annotated name its IRI."""
        names = cast("dict[str, object]", body.get("__annotations__", {}))
        terms = {term: base + term for term in names}
        made = super().__new__(cls, name, parents, {**body, **terms})
        made.base = base
        return made

    def __init__(cls, name: str, parents: tuple[type, ...], body: dict[str, object], base: str) -> None:
        """Take ``base``, which :class:`type` does not know."""
        super().__init__(name, parents, body)

    def __str__(cls) -> str:
        """The IRI of the namespace."""
        return cls.base

    def __iter__(cls) -> Iterator[str]:
        """The local names of the terms."""
        return iter(cls.__annotations__)

    def __contains__(cls, term: object) -> bool:
        """Whether a local name is a term."""
        return term in cls.__annotations__


class PL(metaclass=Namespace, base="https://w3id.org/policy-lineage/ontology#"):
    """The project's own ontology, ``policy-lineage.ttl``."""

    againstEvidence: str
    againstPeriod: str
    againstText: str
    againstYear: str
    aliases: str
    ambiguousWith: str
    amendedBy: str
    amends: str
    basedOn: str
    bodyChange: str
    Change: str
    changeDate: str
    changedBy: str
    changedByText: str
    changedProvision: str
    changedUnit: str
    changeEnds: str
    changeKind: str
    changes: str
    changesPart: str
    changeUntil: str
    changingProvision: str
    changingUnit: str
    checkedIn: str
    Citation: str
    citedIn: str
    cites: str
    citingDocument: str
    comparator: str
    coordinatingBody: str
    correctedSource: str
    Deadline: str
    decidedBy: str
    decidedSource: str
    decidedTask: str
    deadline: str
    decidesOn: str
    Decision: str
    disposal: str
    disposes: str
    Disposition: str
    dueDate: str
    earlierEvidence: str
    earlierUnit: str
    evidence: str
    figureAgainst: str
    figureEvidence: str
    figureIn: str
    FigureLink: str
    figurePeriod: str
    figureRelation: str
    figureText: str
    figureYear: str
    fingerprint: str
    grade: str
    guides: str
    Heading: str
    identityFrom: str
    identityReason: str
    implementsPolicy: str
    inFile: str
    isApplied: str
    issuerName: str
    kindName: str
    laterEvidence: str
    laterUnit: str
    leadBody: str
    legalBasis: str
    level: str
    Lineage: str
    Mark: str
    markedDocument: str
    markedFile: str
    markedFingerprint: str
    markedHash: str
    markedPath: str
    markedText: str
    markedUnit: str
    marks: str
    onSource: str
    onTask: str
    order: str
    outcome: str
    partOf: str
    partOfWork: str
    Passage: str
    passage: str
    path: str
    PolicyDocument: str
    province: str
    Provision: str
    Quantity: str
    quantityOf: str
    recipient: str
    record: str
    recurrence: str
    Recurrence: str
    recurrenceShare: str
    recurs: str
    relation: str
    repeals: str
    replaces: str
    reportsOn: str
    resolution: str
    resolvesTo: str
    saidBy: str
    scope: str
    score: str
    searchText: str
    sha256: str
    shareAdapted: str
    shareBasis: str
    shareComputed: str
    shareCopied: str
    shareEvidence: str
    shareText: str
    signer: str
    signerPost: str
    source: str
    sourceDocument: str
    sourceEvidence: str
    sourceFingerprint: str
    Statement: str
    status: str
    statusReason: str
    Stub: str
    Target: str
    Task: str
    task: str
    taskEvidence: str
    text: str
    unit: str
    value: str
    verdict: str
    within: str


class ELI(metaclass=Namespace, base="http://data.europa.eu/eli/ontology#"):
    """European Legislation Identifier, the terms used; not imported."""

    amended_by: str
    amends: str
    applies: str
    based_on: str
    cites: str
    date_document: str
    date_no_longer_in_force: str
    first_date_entry_in_force: str
    id_local: str
    is_part_of: str
    LegalResource: str
    LegalResourceSubdivision: str
    passed_by: str
    related_to: str
    repeals: str
    title: str
    type_document: str


class ORG(metaclass=Namespace, base="http://www.w3.org/ns/org#"):
    """W3C Organization Ontology, the terms used."""

    ChangeEvent: str
    FormalOrganization: str
    originalOrganization: str
    resultingOrganization: str
    subOrganizationOf: str


class PROV(metaclass=Namespace, base="http://www.w3.org/ns/prov#"):
    """W3C PROV-O, the terms used."""

    actedOnBehalfOf: str
    atTime: str
    Derivation: str
    qualifiedDerivation: str
    wasDerivedFrom: str


class OA(metaclass=Namespace, base="http://www.w3.org/ns/oa#"):
    """W3C Web Annotation Vocabulary, the terms used."""

    Annotation: str
    end: str
    exact: str
    hasSelector: str
    start: str
    TextPositionSelector: str
    TextQuoteSelector: str


class RDF(metaclass=Namespace, base="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF, the terms used."""

    type: str


class RDFS(metaclass=Namespace, base="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema, the terms used."""

    comment: str
    label: str


class SKOS(metaclass=Namespace, base="http://www.w3.org/2004/02/skos/core#"):
    """SKOS, the terms used."""

    altLabel: str
    closeMatch: str
    Concept: str
    ConceptScheme: str
    definition: str
    example: str
    hasTopConcept: str
    inScheme: str
    notation: str
    prefLabel: str
    topConceptOf: str


class DCTERMS(metaclass=Namespace, base="http://purl.org/dc/terms/"):
    """Dublin Core terms, the terms used."""

    date: str
    source: str
    valid: str


class XSD(metaclass=Namespace, base="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes, the ones used."""

    boolean: str
    date: str
    dateTime: str
    decimal: str
    double: str
    integer: str
    string: str
