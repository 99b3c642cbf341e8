"""How well the loaders read: records against hand annotation, figure by figure.

Gold is the contract's JSON with what annotators add: ``optional`` items cost nothing either way, ``…_alt`` fields name
other right answers, ``…_optional`` fields may be left out. Spans match one to one, best overlap first (intersection
over union): half for citations, four fifths for units.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from loaders.records import Citation, Document, Quantity, Record, Unit
from ontology.folding import canonical

Gold = dict[str, Any]
A = TypeVar("A")
B = TypeVar("B")
TALLIES = ("numbered", "named", "units", "tasks", "targets", "lead", "coordinate", "deadlines", "quantities")
ACCURACIES = ("identity", "exact_span", "date", "relation", "comparator", "path")
_UNIT_KINDS = ("task", "target", "statement")
_SHORT = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "tp": "thành phố"}


class Row(NamedTuple):
    """One figure: counted items (``hit`` of ``gold``, ``predicted``); an accuracy has ``gold == predicted``."""

    name: str
    hit: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right; 1 where nothing was."""
        return self.hit / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there is none."""
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; the accuracy where both counts are one."""
        both = self.predicted + self.gold
        return 2 * self.hit / both if both else 1.0


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass
class Evaluation:
    """Counts over any number of documents; ``misses`` says in words what was not as in the gold."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0] for name in (*TALLIES, *ACCURACIES)})
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, hit: int, predicted: int, gold: int) -> None:
        """Count items of one figure."""
        for index, value in enumerate((hit, predicted, gold)):
            self.counts[name][index] += value

    def check(self, name: str, good: bool, what: str) -> None:
        """Count one answer of an accuracy; a wrong one is remembered as ``what``."""
        self.add(name, int(good), 1, 1)
        if not good:
            self.misses.append(f"{name}: {what}")

    def rows(self) -> list[Row]:
        """All figures in a fixed order."""
        return [Row(name, *self.counts[name]) for name in (*TALLIES, *ACCURACIES)]


def read_gold(path: Path) -> Gold:
    """One annotated document. Raises :class:`ValueError` naming the file where it is no such annotation."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(gold, dict) or not {"file", "document", "citations", "units"} <= set(gold):
        raise ValueError(f"{path}: lacks one of the keys file, document, citations, units")
    return gold


def evaluate(pairs: Iterable[tuple[Gold, Record]]) -> Evaluation:
    """The figures over pairs of annotation and record."""
    result = Evaluation()
    for gold, record in pairs:
        _identity(result, gold["document"], record.document, record.file)
        for kind in ("numbered", "named"):
            _citations(result, kind, gold["citations"], record.citations)
        _units(result, gold["units"], record.units)
    return result


def norm(text: object) -> str:
    """Comparison form: NFC, folded case, words only, usual abbreviations written out."""
    words = re.findall(r"\w+", canonical(str(text or "")).casefold().replace("uỷ", "ủy"))
    return " ".join(_SHORT.get(word, word) for word in words)


def alternatives(value: object) -> list[Any]:
    """The leaves of a scalar, list or mapping."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for item in value for leaf in alternatives(item)]
    return [] if value is None else [value]


def _key(symbol: object) -> str:
    return re.sub(r"\s+", "", canonical(str(symbol or ""))).upper()


def _match(
    gold: Sequence[Gold], found: Sequence[_Spanned], floor: float, accept: Callable[[Gold, Any], bool]
) -> list[tuple[Gold, Any]]:
    """One-to-one pairs, best overlap first."""
    candidates = sorted(
        (
            (overlap, -i, -j)
            for i, g in enumerate(gold)
            for j, p in enumerate(found)
            if (overlap := _overlap(g, p)) >= floor and accept(g, p)
        ),
        reverse=True,
    )
    left_gold, left_found = set(range(len(gold))), set(range(len(found)))
    pairs = []
    for _, i, j in candidates:
        if -i in left_gold and -j in left_found:
            left_gold.remove(-i)
            left_found.remove(-j)
            pairs.append((gold[-i], found[-j]))
    return pairs


def _shared(gold: Gold, found: _Spanned) -> int:
    return max(0, min(int(gold["end"]), found.end) - max(int(gold["start"]), found.start))


def _overlap(gold: Gold, found: _Spanned) -> float:
    shared = _shared(gold, found)
    return shared / (max(gold["end"], found.end) - min(gold["start"], found.start)) if shared else 0.0


def _identity(result: Evaluation, gold: Gold, document: Document, file: str) -> None:
    def inferred(name: str) -> Any:  # noqa: ANN401 - a JSON value
        return gold.get(name) or (gold.get(f"{name}_inferred") or {}).get("value")

    for name in ("type", "issuer"):
        right = {norm(gold.get(name)), *map(norm, alternatives(gold.get(f"{name}_alt")))}
        result.check("identity", norm(getattr(document, name)) in right, f"{file} {name} {getattr(document, name)}")
    result.check("identity", _key(document.number) == _key(inferred("number")), f"{file} number {document.number}")
    signer = document.signer.name if document.signer else None
    result.check("identity", norm(signer) == norm((gold.get("signer") or {}).get("name")), f"{file} signer {signer}")
    date = inferred("date")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", date or ""):
        result.check("identity", document.date == date, f"{file} date {document.date}")


def _citations(result: Evaluation, kind: str, gold: Sequence[Gold], found: Sequence[Citation]) -> None:
    gold = [c for c in gold if c["kind"] == kind]
    found = [c for c in found if c.kind == kind]

    def same(g: Gold, p: Citation) -> bool:
        return kind == "named" or _key(p.symbol) in {_key(g["symbol"]), _key(g.get("symbol_normalised") or g["symbol"])}

    pairs = _match(gold, found, 0.5, same)
    free = {id(p) for g, p in pairs if g.get("optional")}
    pairs = [(g, p) for g, p in pairs if not g.get("optional")]
    matched = {id(p) for _, p in pairs}
    counted = [p for p in found if id(p) in matched or not (id(p) in free or p.short_form or p.is_self)]
    required = [g for g in gold if not g.get("optional")]
    result.add(kind, len(pairs), len(counted), len(required))
    hit = {id(g) for g, _ in pairs}
    result.misses += [f"{kind} missed: {g['surface']}" for g in required if id(g) not in hit]
    result.misses += [f"{kind} spurious: {p.surface}" for p in counted if id(p) not in matched]
    for g, p in pairs:
        _citation_facts(result, g, p)


def _citation_facts(result: Evaluation, gold: Gold, found: Citation) -> None:
    right = {gold["relation"], *alternatives(gold.get("relation_alt"))}
    result.check("exact_span", (gold["start"], gold["end"]) == (found.start, found.end), found.surface)
    result.check("relation", found.relation in right, f"{found.surface}: {found.relation}, gold {sorted(right)}")
    if gold.get("date") or found.date:
        result.check("date", gold.get("date") == found.date, f"{found.surface}: {found.date}, gold {gold.get('date')}")


def _units(result: Evaluation, gold: Sequence[Gold], found: Sequence[Unit]) -> None:
    gold = [u for u in gold if u["kind"] in _UNIT_KINDS or set(alternatives(u.get("kind_alt"))) & set(_UNIT_KINDS)]
    found = [u for u in found if u.kind in _UNIT_KINDS]
    pairs = _match(gold, found, 0.8, lambda g, p: True)
    free = [u for u in gold if u.get("optional") or u["kind"] not in _UNIT_KINDS]
    free_ids = {id(u) for u in free}
    pairs = [(g, p) for g, p in pairs if id(g) not in free_ids]
    held = {id(p) for _, p in pairs}
    required = [u for u in gold if id(u) not in free_ids]
    counted = [p for p in found if id(p) in held or not any(_shared(f, p) >= 0.5 * (p.end - p.start) for f in free)]
    hit = {id(g) for g, _ in pairs}
    lost, extra = [g for g in required if id(g) not in hit], [p for p in counted if id(p) not in held]
    result.add("units", len(pairs), len(counted), len(required))
    result.misses += [f"unit missed: {u['path']}" for u in lost] + [f"unit spurious: {p.path}" for p in extra]
    _kinds(result, pairs, required, counted)
    both: list[tuple[Gold | None, Unit | None]] = [*pairs, *((g, None) for g in lost), *((None, p) for p in extra)]
    for g, p in both:
        _content(result, g, p)
    for g, p in pairs:
        result.check("path", _path(g["path"]) == _path(p.path), f"{p.path}, gold {g['path']}")


def _path(path: object) -> str:
    return re.sub(r"[.\s]", "", str(path))


def _is_either(gold: Gold, found: Unit) -> bool:
    """Whether the gold leaves the kind open and the prediction is one of those it allows."""
    open_kinds = alternatives(gold.get("kind_alt"))
    return found.kind in open_kinds or bool(open_kinds and found.kind == gold["kind"])


def _kinds(result: Evaluation, pairs: Sequence[tuple[Gold, Unit]], gold: Sequence[Gold], found: Sequence[Unit]) -> None:
    either_gold = {id(g) for g, p in pairs if _is_either(g, p)}
    either_found = {id(p) for g, p in pairs if _is_either(g, p)}
    for kind in ("task", "target"):
        result.add(
            f"{kind}s",
            sum(g["kind"] == p.kind == kind for g, p in pairs if id(g) not in either_gold),
            sum(p.kind == kind and id(p) not in either_found for p in found),
            sum(g["kind"] == kind and id(g) not in either_gold for g in gold),
        )
    for g, p in pairs:
        if g["kind"] != p.kind and id(g) not in either_gold:
            result.misses.append(f"kind of {p.path}: {p.kind}, gold {g['kind']}")


def _content(result: Evaluation, gold: Gold | None, found: Unit | None) -> None:
    """Duties, deadlines and figures of one unit; of statements only where they were taken for tasks."""
    source: Gold = gold or {}
    path = source.get("path") or (found.path if found else "")
    if gold and gold["kind"] == "statement":
        if not found or found.kind != "task" or _is_either(gold, found):
            return
        source = {}
    elif gold is None and (found is None or found.kind == "statement"):
        return
    for name in ("lead", "coordinate"):
        counts = _bodies(source, list(getattr(found, name)) if found else [], name)
        result.add(name, *counts)
        if len(set(counts)) > 1:
            result.misses.append(f"{name} of {path}: {getattr(found, name, None)}, gold {source.get(name)}")
    _deadlines(result, source, list(found.deadlines) if found else [], path)
    _quantities(result, source.get("quantities") or [], found.quantities if found else (), path)


def _pairs(gold: Iterable[A], found: Iterable[B], same: Callable[[A, B], bool]) -> Iterator[tuple[A, B]]:
    left = list(found)
    for g in gold:
        for p in left:
            if same(g, p):
                left.remove(p)
                yield g, p
                break


def _bodies(gold: Gold, names: list[str], name: str) -> tuple[int, int, int]:
    """Hit, predicted and gold counts of the bodies in one unit; a group split or joined is the same bodies."""
    wanted = [norm(value) for value in gold.get(name) or []]
    found = [norm(value) for value in names]
    allowed = [norm(v) for v in [*alternatives(gold.get(f"{name}_alt")), *alternatives(gold.get("body_alt"))]]
    if gold.get(f"{name}_optional"):
        allowed, wanted = allowed + wanted, []
    if _words(wanted) == _words(found):
        return len(wanted), len(wanted), len(wanted)
    hit = len(list(_pairs(wanted, found, str.__eq__)))
    rest = list((Counter(found) - Counter(wanted)).elements())
    spare = len(list(_pairs(allowed, rest, str.__eq__)))
    stands_in = min(spare, len(wanted) - hit)
    return hit + stands_in, len(found) - (spare - stands_in), len(wanted)


def _words(names: Iterable[str]) -> Counter[str]:
    return Counter(word for name in names for word in name.split() if word not in ("và", "các"))


def _deadlines(result: Evaluation, gold: Gold, found: list[str], path: str) -> None:
    wanted = list(gold.get("deadlines") or [])
    pairs = list(_pairs(wanted, found, _same_deadline))
    if gold.get("deadlines_optional"):
        found, wanted, pairs = list((Counter(found) - Counter(p for _, p in pairs)).elements()), [], []
    result.add("deadlines", len(pairs), len(found), len(wanted))
    if not len(pairs) == len(found) == len(wanted):
        result.misses.append(f"deadlines of {path}: {found}, gold {wanted}")


def _same_deadline(gold: str, found: str) -> bool:
    a, b = norm(gold), norm(found)
    return bool(a and b) and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def _quantities(result: Evaluation, gold: list[Gold], found: Sequence[Quantity], path: str) -> None:
    pairs = list(_pairs(gold, found, _same_quantity))
    result.add("quantities", len(pairs), len(found), len(gold))
    for g, p in pairs:
        result.check("comparator", g.get("comparator") == p.comparator, f"{path} {p.surface}: {p.comparator}")
    if not len(pairs) == len(found) == len(gold):
        shown = [(q.value, q.unit) for q in found]
        result.misses.append(f"quantities of {path}: {shown}, gold {[(q.get('value'), q.get('unit')) for q in gold]}")


def _same_quantity(gold: Gold, found: Quantity) -> bool:
    value = gold.get("value")
    if not isinstance(value, int | float) or round(float(value), 4) != round(found.value, 4):
        return False
    a, b = (norm(unit) or str(unit or "").strip() for unit in (gold.get("unit"), found.unit))
    return a == b or bool(a and b and (a.startswith(b) or b.startswith(a)))
