"""Quotations that can be checked: the selector node of a span, and the fingerprint of a text.

A span is named by a fragment of RFC 5147 (``#char=start,end``, section 2.1.1: characters counted from 0, the end not
included) and described by both selectors of the Web Annotation model (W3C Recommendation, 23 February 2017): 4.2.5
TextPositionSelector finds it in the unchanged file, 4.2.4 TextQuoteSelector after the file has changed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.terms import OA, PL, RDF
from loaders.records import surface
from ontology.identifiers import span_iri

# What a reader would call a change: words, figures with their inner separators (12,28 is not 1228), signs of measure.
# Dashes, list commas, quotation marks, Markdown marks and capitals are none.
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+|[%‰<>=≤≥±~]")


def fingerprint(text: str) -> str:
    """16 hex digits of SHA-256 over what the text says: NFC, lower case, words and figures without punctuation.

    Equal for a text reflowed, re-capitalised or with a comma moved; different where a word or a figure changed.
    """
    normal = unicodedata.normalize("NFC", text).replace("Ð", "Đ").lower()
    said = " ".join(_TOKEN.findall(" ".join(normal.split())))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:16]


def selector(document: str, start: int, end: int) -> NamedNode:
    """The node of ``[start, end)`` in the raw text of the document with this IRI."""
    return NamedNode(span_iri(document, start, end))


def selector_triples(document: str, file: str, raw: str, start: int, end: int) -> Iterator[Triple]:
    """What is said of :func:`selector`: positions in ``raw`` and the quotation they give.

    Raises :class:`ValueError` for a span that is empty or outside the text: no fact without its span.
    """
    if not 0 <= start < end <= len(raw):
        raise ValueError(f"{file}: no such span: {start}, {end} of {len(raw)} characters")
    node = selector(document, start, end)
    yield Triple(node, RDF.type, OA.TextPositionSelector)
    yield Triple(node, RDF.type, OA.TextQuoteSelector)
    yield Triple(node, OA.start, Literal(start))
    yield Triple(node, OA.end, Literal(end))
    yield Triple(node, OA.exact, Literal(surface(raw, start, end)))
    yield Triple(node, PL.inFile, Literal(file))
