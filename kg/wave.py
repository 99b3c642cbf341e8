"""The suspect wave: which of the machine's links rest on words that have changed since they were made?

The mechanism: beside its record the store keeps, for every task-to-clause link of a file, a :class:`Made`: the marks of
both sides at the build that made the link. The next build finds the marks again (:mod:`kg.marks`) and compares:

- the clause says the same: nothing happened (the machine may think otherwise today, that is no news about the text);
- the clause has other words: the link is ``suspect``, whether or not the machine would still make it, and the
  :class:`Made` stays as it was, so that every later build says so too, until the old words are back or a person
  confirms, rejects or corrects the link (:mod:`kg.rulings`), after which it is measured against the words of that day;
- the clause is gone while its document is there: the task falls back on the act as a whole, ``orphaned``, unless
  another clause of that act is found for it;
- the whole document is gone: the :class:`Made` waits for it in silence.

Downwards: a link whose source is itself a task with a suspect or orphaned link is suspect too, over any number of hops.
A person's current word on such a link stands, and the wave goes on below it until the link where it began is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from kg.links import Grade, Link, LinkStatus, Place
from kg.linktriples import Corpus
from kg.marks import Found, Mark, Units
from kg.rulings import Pair, Ruling, difference, pair_of, place, reasons, said, short, whole


class Made(msgspec.Struct, frozen=True):
    """A link as it was made: both sides as they stood then (of the task no words), grade and score."""

    task: Mark
    source: Mark
    grade: Grade
    score: float


class Waved(NamedTuple):
    """The links with their status, and what is to be remembered of them, by file of the task."""

    links: list[Link]
    made: dict[str, tuple[Made, ...]]


class _Earlier(NamedTuple):
    """A link of an earlier build and where its sides are now."""

    made: Made
    task: Found
    source: Found


def wave(
    links: Sequence[Link], made: Iterable[Made], ruled: Mapping[Pair, Ruling], corpus: Corpus, units: Units
) -> Waved:
    """``links`` (rulings applied) with ``suspect`` and ``orphaned`` where earlier ones, ``made``, demand it."""
    earlier = [_Earlier(m, units.find(m.task), units.find(m.source)) for m in made]
    located = {(e.task.iri, e.source.iri): e for e in earlier if e.task.iri and e.source.iri}
    kept: list[tuple[str, Made]] = []
    out: list[Link] = []
    for link in links:
        before = located.pop(pair_of(link, corpus), None)
        out.append(_compared(link, before))
        if link.source.unit:
            is_open = out[-1].status == "suspect" and before is not None
            kept.append((link.task.file or "", before.made if is_open and before else _made(link, units)))
    vanished = [e for e in located.values() if (e.task.iri, e.source.iri) not in ruled]
    again = [e for e in vanished if e.task.how == "same" and e.source.how == "changed"]
    out += [_again(e, corpus) for e in again]
    lost = [e for e in earlier if e.task.iri and e.source.how == "gone"]
    orphans = [e for e in lost if units.has_document(e.made.source) and _is_open(e, out, ruled, corpus)]
    out = _orphaned(out, [*_decided_on(ruled, out, units), *map(_lost, orphans)], corpus)
    waiting = [e for e in lost if not units.has_document(e.made.source)]
    kept += [(e.task.file or "", e.made) for e in (*again, *orphans, *waiting)]
    grouped: dict[str, list[Made]] = defaultdict(list)
    for file, entry in kept:
        grouped[file].append(entry)
    return Waved(_downwards(out, corpus), {file: tuple(entries) for file, entries in grouped.items()})


def _made(link: Link, units: Units) -> Made:
    task = msgspec.structs.replace(units.mark(link.task.file or "", link.task.unit), text="")
    return Made(task, units.mark(link.source.file or "", link.source.unit), link.grade, link.score)


def _compared(link: Link, before: _Earlier | None) -> Link:
    """A machine's link is suspect where its clause had other words; a person's has its status from the ruling."""
    if before is None or before.source.how != "changed" or link.grade == "confirmed":
        return link
    return _suspect(link, before)


def _suspect(link: Link, before: _Earlier) -> Link:
    then, now = difference(before.made.source.text, before.source.text)
    why = f"điều khoản nguồn đã đổi từ «{then}» thành «{now}»"
    reason = f"{why}; {link.reason}" if link.reason else why
    return msgspec.structs.replace(link, status="suspect", fingerprint=before.made.source.fingerprint, reason=reason)


def _again(before: _Earlier, corpus: Corpus) -> Link:
    """A link that the machine does not make any more, since the words of the clause are others."""
    task, source = place(before.task), place(before.source)
    act = corpus.iris[source.file or ""]
    link = Link(task, source, before.made.grade, before.made.score, whole(task, source), act)
    return _suspect(link, before)


def _is_open(orphan: _Earlier, links: Sequence[Link], ruled: Mapping[Pair, Ruling], corpus: Corpus) -> bool:
    """Whether nothing else says where the task comes from in that document, and nobody has decided on it."""
    document = orphan.made.source.document
    on_task = [ruling for (task, _), ruling in ruled.items() if task == orphan.task.iri]
    if any(ruling.mark.document == document and ruling.mark != orphan.made.source for ruling in on_task):
        return False
    if any(ruling.mark.iri == orphan.made.source.iri for ruling in on_task):
        return False
    tasks = [link for link in links if link.task == place(orphan.task) and link.source.unit]
    return all(corpus.iris.get(link.source.file or "") != document for link in tasks)


class _Orphan(NamedTuple):
    """A task that has lost its clause in a document that is there."""

    task: Place
    act: str
    reason: str
    status: LinkStatus


def _lost(earlier: _Earlier) -> _Orphan:
    source = earlier.made.source
    reason = f"trước đây lấy từ {source.path}: «{short(source.text)}»; điều khoản ấy không còn trong văn bản"
    return _Orphan(place(earlier.task), source.document, reason, "orphaned")


def _decided_on(ruled: Mapping[Pair, Ruling], links: Sequence[Link], units: Units) -> Iterator[_Orphan]:
    """Kept pairs whose clause cannot be found any more, where the task has no other confirmed one."""
    settled = {link.task for link in links if link.grade == "confirmed" and link.source.unit}
    for ruling in ruled.values():
        task = place(ruling.task) if ruling.task.unit else None
        is_lost = ruling.keep and ruling.source.iri is None and units.has_document(ruling.mark)
        if is_lost and task is not None and task not in settled:
            yield _Orphan(task, ruling.mark.document, f"{said(ruling)}; {reasons(ruling)['vi']}", ruling.status)


def _orphaned(links: Sequence[Link], orphans: Iterable[_Orphan], corpus: Corpus) -> list[Link]:
    """The orphans put in place of what their tasks inherit from the same act, one for a task and act."""
    made: dict[tuple[Place, str], Link] = {}
    files = {iri: file for file, iri in corpus.iris.items()}
    for task, act, reason, status in orphans:
        link = Link(task, Place(files[act]), "inherited", 0.1, act=act, reason=reason, status=status)
        made.setdefault((task, act), link)
    left = [k for k in links if k.grade != "inherited" or (k.task, pair_of(k, corpus)[1]) not in made]
    return [*left, *made.values()]


def _downwards(links: Sequence[Link], corpus: Corpus) -> list[Link]:
    """Links below a suspect or orphaned one are suspect too; a person's current word on one stands."""
    below: dict[str, list[int]] = defaultdict(list)
    pairs = [pair_of(link, corpus) for link in links]
    for index, (_, source) in enumerate(pairs):
        below[source].append(index)
    out = list(links)
    waiting = [pairs[index][0] for index, link in enumerate(links) if link.status != "current"]
    reached = set(waiting)
    while waiting:
        for index in below.get(waiting.pop(), ()):
            if out[index].grade != "confirmed" and out[index].status == "current":
                out[index] = _through_chain(out[index])
            if (task := pairs[index][0]) not in reached:
                reached.add(task)
                waiting.append(task)
    return out


def _through_chain(link: Link) -> Link:
    why = "nguồn của điều khoản này đang cần xem lại"
    return msgspec.structs.replace(link, status="suspect", reason=f"{why}; {link.reason}" if link.reason else why)
