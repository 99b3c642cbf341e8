"""The ontology through owlready2: its classes, and whether what is said can be true (HermiT).

This is the border to owlready2. It is fed N-Triples, which rdflib writes: owlready2 0.51 "loads" Turtle without an
error and yields nothing. An individual needs ``owl:NamedIndividual`` beside its class, or owlready2 does not list it:
data that is loaded here gets that added.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable

import owlready2
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.term import Node

from ontology.namespaces import PL
from ontology.tables import asset

Triple = tuple[Node, Node, Node]

ONTOLOGY = "policy-lineage.ttl"
ONTOLOGY_IRI = "https://w3id.org/policy-lineage/ontology"


class ReasonerMissing(OSError):
    """HermiT needs Java, and none was found. Everything but :func:`check_consistency` works without."""

    def __init__(self) -> None:
        """The message says what to install."""
        super().__init__(
            "Java was not found: checking consistency runs HermiT, which needs a Java runtime "
            "(Debian: apt-get install default-jre-headless; elsewhere: any JRE of version 8 or later on PATH)"
        )


class Inconsistent(ValueError):
    """What was said contradicts the ontology. ``explanation`` is the reasoner's, where it gave one."""

    def __init__(self, explanation: str = "") -> None:
        """HermiT itself raises with an empty message."""
        self.explanation = explanation
        super().__init__(explanation or "the ontology and the data cannot both be true (HermiT)")


def ontology_graph() -> Graph:
    """The shipped ontology as an rdflib graph."""
    return Graph().parse(data=asset(ONTOLOGY), format="turtle")


def load(data: Iterable[Triple] = ()) -> owlready2.Ontology:
    """The ontology, with rdflib triples added, as an owlready2 ontology in a world of its own."""
    graph = ontology_graph()
    for triple in data:
        graph.add(triple)
    _name_individuals(graph)
    world = owlready2.World()
    text = graph.serialize(format="nt", encoding="utf-8")
    return world.get_ontology(ONTOLOGY_IRI).load(fileobj=io.BytesIO(text))


def classes() -> dict[str, owlready2.ThingClass]:
    """The classes of the project's own namespace by local name, as owlready2 classes."""
    return {c.name: c for c in load().classes() if c.namespace.base_iri == str(PL)}


def check_consistency(data: Iterable[Triple] = ()) -> None:
    """Return where the ontology with these rdflib triples is consistent under HermiT.

    Raises :class:`Inconsistent` where it is not, :class:`ReasonerMissing` where there is no Java. Classes that can have
    no member count as inconsistent too: they are mistakes in the ontology.
    """
    if shutil.which(owlready2.JAVA_EXE) is None:
        raise ReasonerMissing
    loaded = load(data)
    world = loaded.world
    try:
        # xsd:date is outside the OWL 2 datatype map: HermiT would refuse the ontology instead of passing over it
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError as error:
        raise Inconsistent(str(error)) from error
    except FileNotFoundError as error:
        raise ReasonerMissing from error
    if empty := sorted(c.name for c in world.inconsistent_classes() if c is not owlready2.Nothing):
        raise Inconsistent(f"classes that can have no member: {', '.join(empty)}")


def _name_individuals(graph: Graph) -> None:
    """Every IRI typed with a class of the ontology becomes a named individual."""
    known = set(graph.subjects(RDF.type, OWL.Class))
    typed = [s for s, c in graph.subject_objects(RDF.type) if c in known and isinstance(s, URIRef)]
    for subject in typed:
        graph.add((subject, RDF.type, OWL.NamedIndividual))
