"""Who is a document that has lost its number or its day? The others know, if exactly one of their citations fits it.

Reads loaded documents; writes the same with ``number`` and ``date`` filled where one act that others cite agrees with
the document in kind, issuer and subject, and in at least one thing that tells it from its namesakes: the day (printed
in the text, of the session for instance), the term, or the years and ordinals of its subject. The evidence names the
file and the offsets of the citing words. Where two acts fit one document equally, or two documents one act, nothing is
said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec

from kg.acts import Facts, Series, citation_facts, contradiction, document_facts, likeness, overlap
from kg.vocabulary import forms
from loaders.dates import PrintedDate, find_dates
from loaders.records import Citation, Document, Evidence, Loaded, surface
from ontology.identifiers import UNKNOWN_PLACE

_OPENING = 4000  # characters in which a document names its session and its subject
_LIKE = 0.8
_Name = tuple[str | None, str | None]  # number key and day


class _Cited(NamedTuple):
    """A citation that may tell who a document is."""

    loaded: Loaded
    citation: Citation
    facts: Facts


class _Fit(NamedTuple):
    """An act against a document: what agrees. Greater fits better; ``cited`` holds the words that prove it."""

    day: bool
    like: float
    term: bool
    figures: bool
    cited: _Cited

    @property
    def rank(self) -> tuple[bool, float, bool, bool]:
        return self.day, round(self.like, 2), self.term, self.figures


def infer_identities(loaded: list[Loaded]) -> list[Loaded]:
    """The documents in the same order, identities filled where the citations of others prove them."""
    lost = [d for d in loaded if d.record.document.number is None or d.record.document.date is None]
    if not lost:
        return loaded
    groups = _cited_acts(loaded)
    taken: set[_Name] = {(f.key, f.date) for d in loaded for f in [document_facts(d.record)] if f.key and f.date}
    best = {d.record.file: _best(d, groups, taken) for d in lost}
    rivals: dict[_Name, list[_Fit]] = defaultdict(list)
    for fit in best.values():
        if fit:
            rivals[fit.cited.facts.key, fit.cited.facts.date].append(fit)
    out = []
    for d in loaded:
        fit = best.get(d.record.file)
        out.append(_identified(d, fit) if fit and _alone(fit, rivals) else d)
    return out


def _alone(fit: _Fit, rivals: Mapping[_Name, Sequence[_Fit]]) -> bool:
    """Whether no other document fits the same act as well."""
    others = [r for r in rivals[fit.cited.facts.key, fit.cited.facts.date] if r is not fit]
    return all(fit.rank > other.rank for other in others)


def _cited_acts(loaded: Sequence[Loaded]) -> dict[Series, list[list[_Cited]]]:
    """Citations with number and day, by series, and within it one list per act."""
    acts: dict[tuple[Series, str, str], list[_Cited]] = defaultdict(list)
    for d in loaded:
        for c in d.record.citations:
            facts = citation_facts(d.record, c)
            if facts.key and facts.date and facts.issuer and not c.is_self:
                acts[facts.series, facts.key, facts.date].append(_Cited(d, c, facts))
    by_series: dict[Series, list[list[_Cited]]] = defaultdict(list)
    for (series, _, _), cited in sorted(acts.items()):
        by_series[series].append(cited)
    return by_series


def _best(d: Loaded, groups: Mapping[Series, list[list[_Cited]]], taken: AbstractSet[_Name]) -> _Fit | None:
    """The one cited act that fits the document better than every other, ``None`` where none or several do."""
    facts = document_facts(d.record)
    opening = set(forms(d.raw[:_OPENING]))
    days = {p.iso for p in find_dates(d.raw, 0, _OPENING)}
    fits = []
    for group in _of_series(facts.series, groups):
        found = [f for cited in group if (f := _fit(d, facts, cited, opening, days))]
        if found and (found[0].cited.facts.key, found[0].cited.facts.date) not in taken:
            fits.append(max(found, key=lambda f: f.rank))
    fits.sort(key=lambda f: f.rank, reverse=True)
    if not fits or (len(fits) > 1 and fits[0].rank == fits[1].rank):
        return None
    return fits[0]


def _of_series(series: Series, groups: Mapping[Series, list[list[_Cited]]]) -> Iterator[list[_Cited]]:
    """The acts of a series; of every place where the document's own is not known."""
    if series.place != UNKNOWN_PLACE:
        yield from groups.get(series, ())
        return
    for other, acts in groups.items():
        if other[1:] == series[1:]:
            yield from acts


def _fit(d: Loaded, facts: Facts, cited: _Cited, opening: set[str], days: set[str]) -> _Fit | None:
    act = cited.facts
    if cited.loaded.record.file == d.record.file or not facts.kind or not facts.issuer or not act.words:
        return None
    if contradiction(facts, act):
        return None
    like = likeness(facts, act) if facts.words else overlap(act.words, opening)
    fit = _Fit(
        day=act.date == facts.date or act.date in days,
        like=like,
        term=bool(act.term and act.term == facts.term),
        figures=bool(act.figures and act.figures <= (facts.figures or opening)),
        cited=cited,
    )
    known = facts.key is not None and facts.key == act.key
    return fit if like >= _LIKE and (fit.day or fit.term or fit.figures or known) else None


def _identified(d: Loaded, fit: _Fit) -> Loaded:
    about = d.record.document
    citing, citation, act = fit.cited
    number = Evidence(
        citing.record.file, citation.start, citation.end, citation.surface, _why(about, fit, d.record.document.date)
    )
    printed = _printed_day(citing, citation)
    day = msgspec.structs.replace(number, start=printed.start, end=printed.end) if printed else number
    day = msgspec.structs.replace(day, surface=surface(citing.raw, day.start, day.end))
    changed = msgspec.structs.replace(
        about,
        number=about.number or act.number,
        date=about.date or act.date,
        number_evidence=about.number_evidence if about.number else number,
        date_evidence=about.date_evidence if about.date else day,
        province=about.province or act.province,
    )
    return Loaded(msgspec.structs.replace(d.record, document=changed), d.raw)


def _printed_day(citing: Loaded, citation: Citation) -> PrintedDate | None:
    """Where the day stands beside the citation."""
    near = find_dates(citing.raw, citation.start, citation.end + 80)
    return next((p for p in near if p.iso == citation.date), None)


def _why(about: Document, fit: _Fit, date: str | None) -> str:
    """The sentence that says how the citing words prove the identity."""
    same = [f"cùng loại ({about.type})", f"cùng cơ quan ban hành ({about.issuer})", "cùng trích yếu"]
    if fit.term:
        same.append(f"cùng khóa {fit.cited.facts.term}")
    if fit.day:
        where = "văn bản ghi ngày này" if date else "ngày này được ghi trong phần mở đầu văn bản"
        same.append(f"{where} ({fit.cited.facts.date})")
    return (
        f"{fit.cited.loaded.record.file} dẫn {fit.cited.citation.surface} ngày {fit.cited.facts.date}: "
        f"{', '.join(same)}; không văn bản nào khác khớp như vậy"
    )
