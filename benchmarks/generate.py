"""Fictional documents with known lineage: resolutions, and letters and plans that carry them out.

Reads nothing; writes loaded documents of the tỉnh Trường Lĩnh that does not exist, and the set of true links. Every
sentence is made of an action (the stock phrases that all such documents share), an object (head, quality and place, so
that many clauses nearly meet) and sometimes a purpose. Tasks are copied, adapted, reordered, split, merged, scanned
badly, stand inside a longer sentence, act on a target, or have nothing to do with any clause. The same seed gives the
same documents.
"""

from __future__ import annotations

import random
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from loaders.records import Citation, Document, Loaded, Record, Unit, UnitKind

_TABLE = tomllib.loads(Path(__file__).with_name("fiction.toml").read_text(encoding="utf-8"))


def _listed(name: str, separator: str = ";") -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in _TABLE[name].split(separator))


ACTIONS, HEADS, QUALITIES = _listed("actions"), _listed("heads"), _listed("qualities")
PLACES, AIMS, FORMULAS, BODIES = _listed("places"), _listed("aims"), _listed("formulas"), _listed("bodies")
UNUSED, STOCK = _listed("unused"), _listed("stock", "|")
OPERATIONS = (
    "copied", "adapted", "reordered", "scanned", "merged", "detailed", "embedded", "target", "stock", "unrelated",
)  # fmt: skip


class Sentence(NamedTuple):
    """One order: its parts, so that it can be reworded."""

    action: str
    head: str
    quality: str
    place: str
    purpose: str

    @property
    def thing(self) -> str:
        """What is to be done something with."""
        return " ".join(part for part in (self.head, self.quality, self.place) if part)

    def touches(self, other: Sentence) -> bool:
        """Whether the two name one quality or one aim: a link between them is neither demanded nor wrong."""
        aim = self.purpose in AIMS and self.purpose == other.purpose
        return aim or bool(self.quality and self.quality == other.quality)

    def text(self) -> str:
        """The sentence as printed."""
        return f"{self.action} {self.thing}{', ' + self.purpose if self.purpose else ''}."


class Corpus(NamedTuple):
    """Documents and the true links between their units: (task file, task unit, source file, source unit)."""

    loaded: list[Loaded]
    truth: set[tuple[str, str, str, str]]
    optional: set[tuple[str, str, str, str]]
    """Links between units that only share a quality or an aim: neither right nor wrong."""
    operations: dict[tuple[str, str], str]
    """How each task was made, by file and unit."""


class Clause(NamedTuple):
    """A unit of a resolution and the orders in it; of a target what is to be reached."""

    unit: str
    sentences: list[Sentence]
    target: bool = False


class Writer:
    """Writes the raw text of one document and notes its units."""

    def __init__(self) -> None:
        self.text = ""
        self.units: list[Unit] = []

    def unit(self, kind: UnitKind, text: str, lead: Sequence[str] = (), cites: Sequence[int] = ()) -> str:
        """Append one unit; its id."""
        start = len(self.text)
        self.text += text + "\n\n"
        name = f"u{len(self.units) + 1:03d}"
        made = Unit(
            name, str(len(self.units) + 1), kind, start, start + len(text), lead=tuple(lead), cites=tuple(cites)
        )
        self.units.append(made)
        return name


def corpus(documents: int, *, seed: int = 1) -> Corpus:
    """``documents`` documents: to each resolution four letters that carry it out."""
    rng = random.Random(seed)
    out = Corpus([], set(), set(), {})
    for number in range(1, (documents + 4) // 5 + 1):
        resolution, clauses = _resolution(rng, number)
        out.loaded.append(resolution)
        for letter in range(min(4, documents - len(out.loaded))):
            out.loaded.append(_letter(rng, number, letter, resolution, clauses, out))
    return out


def _sentence(rng: random.Random, head: str, quality: str) -> Sentence:
    place = rng.choice(PLACES) if rng.random() < 0.5 else ""
    return Sentence(rng.choice(ACTIONS), head, quality, place, _purpose(rng))


def _purpose(rng: random.Random) -> str:
    return rng.choice(("", rng.choice(AIMS), rng.choice(FORMULAS), rng.choice(FORMULAS)))


def _resolution(rng: random.Random, number: int) -> tuple[Loaded, list[Clause]]:
    """One to four orders a clause, each on an object of its own; one in five shares its quality with another."""
    writer = Writer()
    clauses: list[Clause] = []
    heads = iter(rng.sample(HEADS, len(HEADS)))
    qualities = iter(rng.sample(QUALITIES, len(QUALITIES)))
    writer.unit("heading", "II. NHIỆM VỤ, GIẢI PHÁP")
    for _ in range(rng.randint(10, 14)):  # at most 56 of the heads
        sentences: list[Sentence] = []
        for head in (next(heads) for _ in range(rng.randint(1, 4))):
            quality = rng.choice(QUALITIES) if rng.random() < 0.2 else next(qualities, "")
            sentences.append(_sentence(rng, head, quality))
        clauses.append(Clause(writer.unit("task", "- " + " ".join(s.text() for s in sentences)), sentences))
    for head in (next(heads) for _ in range(rng.randint(2, 4))):
        text = f"- Xây dựng thêm {rng.randint(3, 90)} {head}, đạt trên {rng.randint(60, 99)}% kế hoạch."
        clauses.append(Clause(writer.unit("target", text), [Sentence("", head, "", "", "")], target=True))
    about = Document(
        type="Nghị quyết", issuer="Tỉnh ủy Trường Lĩnh", number=f"{number}-NQ/TU", date=_day(number, 1),
        subject=f"về nhiệm vụ trọng tâm đợt {number}", province="Trường Lĩnh",
    )  # fmt: skip
    return Loaded(Record(f"nq-{number:05d}.txt", about, (), tuple(writer.units)), writer.text), clauses


def _day(number: int, month: int) -> str:
    return f"{2021 + number % 4}-{month:02d}-{1 + number % 28:02d}"


def _letter(
    rng: random.Random,
    number: int,
    letter: int,
    resolution: Loaded,
    clauses: Sequence[Clause],
    out: Corpus,
) -> Loaded:
    writer = Writer()
    file = f"cv-{number:05d}-{letter}.txt"
    source = resolution.record
    surface = f"Nghị quyết số {source.document.number}"
    writer.unit("statement", f"Thực hiện {surface}, Ủy ban nhân dân tỉnh yêu cầu:", cites=(0,))
    at = writer.text.index(surface)
    cited = Citation(
        at, at + len(surface), surface, "numbered", type="Nghị quyết", symbol=source.document.number,
        date=source.document.date, issuer="Tỉnh ủy", relation="implements", scope="document",
    )  # fmt: skip
    for _ in range(rng.randint(8, 14)):
        operation = rng.choice(OPERATIONS)
        text, said, sources = _task(rng, operation, clauses)
        body = rng.choice(BODIES)
        unit = writer.unit("task", f"{len(writer.units)}. {body}: {text}", lead=(body,))
        out.operations[file, unit] = operation
        out.truth.update((file, unit, source.file, s) for s in sources)
        near = (c.unit for c in clauses if any(s.touches(mine) for s in c.sentences for mine in said))
        out.optional.update((file, unit, source.file, s) for s in near if s not in sources)
    about = Document(
        type="Công văn", issuer="Ủy ban nhân dân tỉnh Trường Lĩnh", number=f"{100 * number + letter}/UBND-TH",
        date=_day(number, 6), province="Trường Lĩnh",
    )  # fmt: skip
    return Loaded(Record(file, about, (cited,), tuple(writer.units)), writer.text)


def _task(rng: random.Random, operation: str, clauses: Sequence[Clause]) -> tuple[str, list[Sentence], list[str]]:
    """The text of one task, what it orders, and the clauses that it comes from."""
    if operation == "stock":
        return rng.choice(STOCK), [], []
    clause = rng.choice([c for c in clauses if c.target == (operation == "target")])
    said = [rng.choice(clause.sentences)]
    sources = {clause.unit}
    if operation == "unrelated":  # action, place and a formula of a clause on an object of none
        said = [said[0]._replace(head=rng.choice(UNUSED), quality="", purpose=rng.choice(FORMULAS))]
        return said[0].text(), said, []
    if operation in ("adapted", "merged"):  # another action, another purpose
        said = [s._replace(action=rng.choice(ACTIONS), purpose=_purpose(rng)) for s in said]
    if operation == "merged":
        other = rng.choice([c for c in clauses if not c.target])
        said.append(rng.choice(other.sentences))
        sources.add(other.unit)
    parts = [_REWORD.get(operation, _plain)(rng, s) for s in said]
    if rng.random() < 0.3:
        parts.insert(1, rng.choice(STOCK))
    return " ".join(parts), said, sorted(sources)


def _plain(rng: random.Random, s: Sentence) -> str:
    return s.text()


def _adapted(rng: random.Random, s: Sentence) -> str:
    """One word of the object is dropped."""
    words = s.thing.split()
    del words[rng.randrange(1, len(words))]
    return s._replace(head=" ".join(words), quality="", place="").text()


def _reordered(rng: random.Random, s: Sentence) -> str:
    """The quality and place come first, the rest after them."""
    first = " ".join(part for part in (s.quality, s.place) if part) or s.head
    return f"{first.capitalize()}: {s.action.lower()} {s.head}, {s.purpose or rng.choice(FORMULAS)}."


def _scanned(rng: random.Random, s: Sentence) -> str:
    """One letter in eight loses its diacritics."""
    return "".join(unicodedata.normalize("NFD", c)[0] if rng.random() < 0.12 else c for c in s.text())


def _detailed(rng: random.Random, s: Sentence) -> str:
    """Local detail put in: by when, how many."""
    words = s.text().rstrip(".").split()
    words.insert(len(words) // 2, f"(giai đoạn 1 gồm {rng.randint(2, 9)} hạng mục)")
    return f"{' '.join(words)}; hoàn thành trước ngày {rng.randint(1, 28)} tháng {rng.randint(7, 12)}, báo cáo kết quả."


def _embedded(rng: random.Random, s: Sentence) -> str:
    """The order of the clause inside a long sentence of the task's own."""
    own, more = rng.sample(UNUSED, 2)
    first = f"{rng.choice(ACTIONS)} {own} {rng.choice(PLACES)} và {more}, trong đó {s.action.lower()} {s.head}"
    return f"{first} {s.quality}, {rng.choice(FORMULAS)}.".replace(" ,", ",")


def _target(rng: random.Random, s: Sentence) -> str:
    """A task that acts on a named target."""
    what = f"tham mưu phân bổ chỉ tiêu {s.head} cho từng xã {rng.choice(PLACES)}"
    return f"Phối hợp với các cơ quan liên quan {what}, {rng.choice(FORMULAS)}."


_REWORD: dict[str, Callable[[random.Random, Sentence], str]] = {
    "adapted": _adapted,
    "reordered": _reordered,
    "scanned": _scanned,
    "detailed": _detailed,
    "embedded": _embedded,
    "target": _target,
}


def tasks(made: Corpus) -> Iterator[tuple[Loaded, Unit]]:
    """Every task of every letter."""
    for d in made.loaded:
        for u in d.record.units:
            if (d.record.file, u.id) in made.operations:
                yield d, u
