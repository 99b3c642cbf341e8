"""Which act does each citation mean?

Reads loaded documents; writes one :class:`~kg.links.Resolution` per citation, in order. The answer is a document of the
corpus, a stub that holds what is known of an act outside it, or ``ambiguous`` with the candidates. Three rounds, each
by key, never all against all:

1. numbers with a day or a year: the document, or one stub per number, issuer, kind, place and day;
2. numbers without a day: the one act of that number and issuer that is known already, first in the same document;
3. acts without a number: the one act of that issuer and kind whose subject is this one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kg.acts import Facts, act, agreement, citation_facts, contradiction, document_facts, likeness
from kg.identity import infer_identities
from kg.links import Act, Candidate, Resolution, Status
from loaders.records import Citation, Loaded, Record
from ontology.folding import same

__all__ = ["infer_identities", "resolve"]

_LIKE = 0.7  # of the shorter subject's words: a title shortened or continued, not merely one field of policy
_MARGIN = 0.1  # two subjects nearer to each other than this are equally like
_MOST_CANDIDATES = 8


class _Known:
    """An act known so far: a document of the corpus, or a stub that gathers what its citations say."""

    def __init__(self, facts: Facts, file: str | None = None, *, of: str | None = None) -> None:
        self.facts = facts
        self.file = file
        self.of = of
        """The document whose undated citation made this stub: in another one the number may mean another act."""

    def is_dated(self) -> bool:
        """Whether it can be told from its namesakes."""
        return bool(self.file or self.facts.date or self.facts.year)

    def learn(self, more: Facts) -> None:
        """Fill what a stub lacks from another citation of it. A document says itself what it is."""
        if self.file is None:
            mine = self.facts
            self.facts = mine._replace(
                issuer=mine.issuer or more.issuer,
                series=mine.series if mine.issuer else more.series,
                date=mine.date or more.date,
                year=mine.year or more.year,
                term=mine.term or more.term,
                subject=mine.subject or more.subject,
                words=mine.words or more.words,
            )

    def act(self) -> Act:
        return act(self.facts, self.file, apart=f"theo-{self.of}" if self.of else None)


class _Registry:
    """Known acts by number and by series; the words of their subjects."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[_Known]] = defaultdict(list)
        self._by_word: dict[tuple[str, str, str, str], list[_Known]] = defaultdict(list)

    def add(self, known: _Known) -> _Known:
        facts = known.facts
        if facts.key:
            self.by_key[facts.key].append(known)
        for word in set(facts.words):
            self._by_word[(*facts.series, word)].append(known)
        return known

    def alike(self, facts: Facts) -> list[tuple[float, _Known]]:
        """Acts of the series by likeness of subject, best first; those without a word in common are never looked at."""
        shared: Counter[int] = Counter()
        by_id = {}
        for word in set(facts.words):
            for known in self._by_word.get((*facts.series, word), ()):
                shared[id(known)] += 1
                by_id[id(known)] = known
        near = [by_id[i] for i, _ in shared.most_common(4 * _MOST_CANDIDATES)]
        found = [(likeness(facts, k.facts), k) for k in near if contradiction(facts, k.facts) is None]
        return sorted((f for f in found if f[0] >= _LIKE), key=lambda f: (-f[0], f[1].act().iri))


class _Mention:
    """A citation on its way to an act."""

    def __init__(self, record: Record, index: int) -> None:
        self.record = record
        self.index = index
        self.citation: Citation = record.citations[index]
        self.facts = citation_facts(record, self.citation)
        self.known: _Known | None = None
        self.reasons: tuple[str, ...] = ()
        self.candidates: list[tuple[float, _Known]] = []

    def means(self, known: _Known, reasons: Sequence[str]) -> None:
        known.learn(self.facts)
        self.known, self.reasons = known, tuple(reasons)

    def resolution(self) -> Resolution:
        file = self.record.file
        if self.known is None:
            found = tuple(
                Candidate(k.act(), round(score, 3), agreement(self.facts, k.facts))
                for score, k in self.candidates[:_MOST_CANDIDATES]
            )
            return Resolution(file, self.index, "ambiguous", None, self.reasons, found)
        status: Status = "resolved" if self.known.file else "stub"
        return Resolution(file, self.index, status, self.known.act(), self.reasons)


def resolve(loaded: list[Loaded]) -> list[Resolution]:
    """The resolution of every citation of every document, in their order. Identities should have been inferred before.

    A document cites itself under its own number: that resolves to it. The same number in another year, term, province
    or of another body is another act.
    """
    registry = _Registry()
    own = {d.record.file: registry.add(_Known(document_facts(d.record), d.record.file)) for d in loaded}
    mentions = [_Mention(d.record, i) for d in loaded for i in range(len(d.record.citations))]
    for m in mentions:
        if m.citation.is_self:
            m.means(own[m.record.file], ("văn bản tự dẫn",))
    by_file: dict[str, list[_Mention]] = defaultdict(list)
    for m in mentions:
        by_file[m.record.file].append(m)
    numbered = [m for m in mentions if m.facts.key and m.known is None]
    for m in (m for m in numbered if m.facts.date or m.facts.year):
        _dated(m, registry)
    for m in (m for m in numbered if m.known is None):
        _undated(m, registry, by_file[m.record.file])
    for m in (m for m in mentions if not m.facts.key and m.known is None):
        _unnumbered(m, registry, by_file[m.record.file])
    return [m.resolution() for m in mentions]


def _dated(m: _Mention, registry: _Registry) -> None:
    """A number with its day or year: the act that agrees; a new stub where none does."""
    fitting = [k for k in registry.by_key[m.facts.key or ""] if contradiction(m.facts, k.facts) is None]
    dated = [k for k in fitting if k.facts.date or k.facts.year]
    fitting = dated or [k for k in fitting if k.file and _same_subject(m, k)]
    exact = [k for k in fitting if k.facts.date == m.facts.date] or fitting
    if len(exact) > 1:
        exact = [k for k in exact if _same_subject(m, k)] or exact
    documents = [k for k in exact if k.file] or exact
    if documents:
        m.means(documents[0], agreement(m.facts, documents[0].facts))
    else:
        m.means(registry.add(_Known(m.facts)), ("không có trong kho",))


def _same_subject(m: _Mention, known: _Known) -> bool:
    return likeness(m.facts, known.facts) >= _LIKE


def _undated(m: _Mention, registry: _Registry, here: Sequence[_Mention]) -> None:
    """A number alone: the act of it that this document names in full, else the only one known that may be meant."""
    fitting = [k for k in registry.by_key[m.facts.key or ""] if contradiction(m.facts, k.facts) is None]
    fitting = [
        k for k in fitting if not _later(k, m.record) and (k.is_dated() or k.of == m.record.file or _same_subject(m, k))
    ]
    named = {id(o.known) for o in here if o.known and o.facts.key == m.facts.key and o.facts.date}
    nearest = [k for k in fitting if id(k) in named]
    if len(nearest) != 1:
        nearest = [k for k in fitting if m.facts.words and _same_subject(m, k)]
    if len(nearest) == 1:
        m.means(nearest[0], (*agreement(m.facts, nearest[0].facts), "cùng văn bản hoặc cùng trích yếu"))
    elif len(fitting) == 1 and (m.facts.issuer or fitting[0].of == m.record.file):
        why = "không ghi ngày; chỉ biết một văn bản mang số này của cơ quan này"
        m.means(fitting[0], (*agreement(m.facts, fitting[0].facts), why))
    elif fitting:
        m.candidates = [(likeness(m.facts, k.facts), k) for k in fitting]
        m.reasons = ("không ghi ngày; nhiều văn bản mang số này",)
    else:
        m.means(registry.add(_Known(m.facts, of=m.record.file)), ("không có trong kho; không ghi ngày",))


def _later(known: _Known, record: Record) -> bool:
    """Whether an act is younger than the document that would cite it."""
    day = record.document.date
    return bool(day and known.facts.date and known.facts.date > day)


def _unnumbered(m: _Mention, registry: _Registry, here: Sequence[_Mention]) -> None:
    """An act named by issuer and subject: the one whose subject it is, of several the one that this document names too.

    A stub of that name where none is known.
    """
    if m.citation.short_form and _by_short_form(m, here):
        return
    found = [f for f in registry.alike(m.facts) if not _later(f[1], m.record) and f[1].file != m.record.file]
    best = [f for f in found if f[0] >= found[0][0] - _MARGIN]
    if len(best) > 1:
        named = {id(o.known) for o in here if o.known}
        best = [f for f in best if same(f[1].facts.subject or "") == same(m.facts.subject or "")] or best
        best = [f for f in best if id(f[1]) in named] or best
    if len(best) == 1:
        m.means(best[0][1], agreement(m.facts, best[0][1].facts))
    elif best:
        m.candidates = best
        m.reasons = ("không ghi số; nhiều văn bản có trích yếu gần nhau",)
    else:
        m.means(registry.add(_Known(m.facts)), ("không có trong kho; không ghi số",))


def _by_short_form(m: _Mention, here: Sequence[_Mention]) -> bool:
    """ "Nghị quyết 57" after "Nghị quyết số 57-NQ/TW ngày …": the last act of that kind and serial named before."""
    said = {w for w in m.citation.surface.split() if w.isdigit()}
    for other in _nearest_first(m, here):
        number = other.facts.number or ""
        serial = number.replace("/", "-").partition("-")[0]
        if serial in said and other.facts.series.kind == m.facts.series.kind and other.known:
            m.means(other.known, (f"viết tắt của {other.citation.surface} nêu trước",))
            return True
    return False


def _nearest_first(m: _Mention, here: Sequence[_Mention]) -> Iterator[_Mention]:
    """Numbers named before, the last first; then those named after."""
    yield from (o for o in reversed(here) if o.index < m.index and o.facts.key)
    yield from (o for o in here if o.index > m.index and o.facts.key)
