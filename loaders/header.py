"""What a document is: kind, number, issuer, date, subject, signer, recipients, province.

Reads a :class:`~loaders.text.SourceText`; gives a :class:`~loaders.records.Document`. A fact that the header does
not print is inferred only from words that prove it, and then the document carries these words as evidence;
otherwise it is ``None``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.forms import Inferred, infer_adoption, infer_kind
from loaders.issuers import full_issuer, infer_issuer, read_province, with_province
from loaders.landmarks import Landmarks, landmarks
from loaders.letterhead import Letterhead, read_letterhead
from loaders.records import Document, Evidence, Signer
from loaders.selfnaming import SelfNaming, read_issued_with, read_issuing_act, read_summary
from loaders.signature import read_closing, read_recipients, read_signer
from loaders.text import SourceText
from ontology.folding import same
from ontology.kinds import kinds_by_abbreviation
from ontology.numbers import parse_number

_LEFT_BLANK = re.compile(r"(?<!\w)S[ốỐ]\s*:?\s*[/-]\s*[A-ZĐ]")
"""A number line whose number was left to be filled in by hand: what the title names is another act's."""


class _Fact(NamedTuple):
    """A value and, where it was inferred, its evidence."""

    value: str | None
    evidence: Evidence | None = None


def read_document(text: SourceText) -> Document:
    """The identity of the document that ``text`` holds. Never refuses: an empty text is a document of which nothing
    is known."""
    marks = landmarks(text)
    head = read_letterhead(text, marks)
    closing = read_closing(text, marks)
    signer = read_signer(closing)
    kind = _kind(text, marks, head)
    named = _named(text, marks, head, kind.value)
    issuer = _issuer(text, marks, head, named, signer)
    province = read_province(text, head, issuer.value, signer)
    superior = head.names[-2] if len(head.names) > 1 else None
    number = _number(text, head, named)
    date = _date(text, marks, head, named, kind.value)
    return Document(
        type=kind.value or (named.kind if named else None),
        issuer=with_province(issuer.value, province, superior) if issuer.value else None,
        number=number.value,
        date=date.value,
        subject=head.subject,
        signer=signer,
        recipients=read_recipients(text, marks, closing),
        province=province,
        type_evidence=kind.evidence or (_evidence(text, named) if named and not kind.value else None),
        issuer_evidence=issuer.evidence,
        number_evidence=number.evidence,
        date_evidence=date.evidence,
    )


def _evidence(text: SourceText, found: Inferred | SelfNaming) -> Evidence:
    span = text.span(found.start, found.end)
    return Evidence(text.name, span.start, span.end, text.surface(found.start, found.end), found.why)


def _kind(text: SourceText, marks: Landmarks, head: Letterhead) -> _Fact:
    """The printed kind; else the one that the number abbreviates; else the one that the form tells."""
    if head.kind:
        return _Fact(head.kind.value)
    parsed = parse_number(head.number.value) if head.number else None
    if head.number and parsed and parsed.kind:
        kinds = kinds_by_abbreviation(parsed.kind, parsed.style == "party")
        if len(kinds) == 1:
            why = "ký hiệu của số văn bản"
            return _Fact(kinds[0].name, _evidence(text, Inferred("", head.number.start, head.number.end, why)))
    found = infer_kind(text, marks)
    return _Fact(found.value, _evidence(text, found)) if found else _Fact(None)


def _named(text: SourceText, marks: Landmarks, head: Letterhead, kind: str | None) -> SelfNaming | None:
    """The act as named outside its header, where the header lacks something and the kinds agree."""
    if head.number and head.date and head.issuer:
        return None
    for found in (read_summary(text, marks), read_issued_with(text, marks)):
        if found and (kind is None or kind == found.kind):
            return found
    if head.number or _LEFT_BLANK.search(text.clean, *_header_span(text, marks)):
        return None
    return read_issuing_act(text, marks)


def _header_span(text: SourceText, marks: Landmarks) -> tuple[int, int]:
    """The clean offsets of the header."""
    if marks.body <= marks.head:
        return 0, 0
    return text.lines[marks.head].start, text.lines[marks.body - 1].end


def _number(text: SourceText, head: Letterhead, named: SelfNaming | None) -> _Fact:
    if head.number:
        return _Fact(head.number.value)
    return _Fact(named.number, _evidence(text, named)) if named else _Fact(None)


def _date(text: SourceText, marks: Landmarks, head: Letterhead, named: SelfNaming | None, kind: str | None) -> _Fact:
    """The date line's; else the date of the act as named elsewhere in the file; else the day of adoption."""
    if head.date:
        return _Fact(head.date.value)
    if named and named.date and (head.number is None or head.number.value == named.number):
        return _Fact(named.date, _evidence(text, named))
    adopted = infer_adoption(text, marks, kind)
    return _Fact(adopted.value, _evidence(text, adopted)) if adopted else _Fact(None)


def _issuer(
    text: SourceText, marks: Landmarks, head: Letterhead, named: SelfNaming | None, signer: Signer | None
) -> _Fact:
    """The header's issuer, else the body in the title, else as named elsewhere, else who speaks in the formulas."""
    name, adopter = full_issuer(head), head.adopter.value if head.adopter else None
    if name and adopter and same(adopter).startswith(f"{same(name)} "):
        return _Fact(adopter)  # a letterhead that lost its second line ("ỦY BAN THƯỜNG VỤ" of the Assembly)
    if name:
        return _Fact(name)
    if printed := head.title_body or head.adopter:
        return _Fact(printed.value)
    if named and named.issuer:
        return _Fact(named.issuer, _evidence(text, named))
    found = infer_issuer(text, marks, signer)
    return _Fact(found.value, _evidence(text, found)) if found else _Fact(None)
