"""What people mean by what they type: an IRI, a file, a number, a path, or words without diacritics.

Nothing is picked silently: every function returns all that fit, and the caller lists them where they are several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from pyoxigraph import NamedNode

from ontology.folding import fold
from ontology.identifiers import BASE
from ontology.numbers import number_key
from queries.reader import Reader
from queries.rows import DocumentRow, Place
from queries.run import ask, words

CHAIN = 200
_IRI = re.compile(r"""https?://[^\s<>"{}|\\^`]+""")
_IRI_END = re.compile(r"[a-z0-9-]+(?:/[a-z0-9_~.-]+){3,}")  # the id of a document without number and file
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d.]*[A-Za-zĐđ]?[-/]\S*[A-Za-zĐđ]\S*")
_FILLERS = frozenset({"so", "ngay", "thang", "nam", "cua"})  # "Nghị quyết số … ngày … tháng … năm … của …"


def start(reader: Reader, text: str) -> list[Place]:
    """The units or documents that ``text`` can mean, for a trace to start from.

    Tried in this order, the first that finds anything decides: IRI or ``<document>#<unit or path>``; file or number,
    with a path behind it if given; a path alone; words of units; words of a document's title. Of matches that are the
    source of one another only the lower one is returned.
    """
    text = text.strip()
    found = _by_name(reader, text) or _by_path(reader, text) or lowest(reader, units_with(reader, text))
    return found or [Place(document) for document in documents_with(reader, text)]


def documents(reader: Reader, text: str) -> list[DocumentRow]:
    """The documents that ``text`` names: an IRI, a file (a part of its name from the start will do), or a number.

    Words beside the number ("Nghị quyết số 21-NQ/TU", "21-NQ/TU 2023") narrow the choice by kind, issuer and date.
    """
    text = text.strip()
    if _is_iri(text) or _IRI_END.fullmatch(text):
        iri = text if text.startswith("http") else f"{BASE}vn/{text}"
        if reader.document_fields(iri):
            return [reader.document(iri)]
    if number := _NUMBER.search(text):
        named = _numbered(reader, number.group())
        rest = [word for word in _words(text.replace(number.group(), " ")) if word not in _FILLERS]
        return [row for row in named if set(rest) <= _known_words(row)] or _by_file(reader, text)
    return _by_file(reader, text)


def units_at(reader: Reader, document: str, path: str) -> list[Place]:
    """The units of ``document`` at ``path``; dots and blanks count only where the path fits several without them."""
    rows = reader.rows("units_of_document", document=document)
    exact = [row["unit"] for row in rows if row["path"] == path]
    near = [row["unit"] for row in rows if _path_key(row["path"]) == _path_key(path)]
    return _places(reader, exact or near)


def below(reader: Reader, document: str, units: Iterable[str]) -> list[str]:
    """These units of ``document`` and all that stand under them, in document order."""
    rows = sorted(reader.rows("units_of_document", document=document), key=lambda row: int(row["order"]))
    wanted = set(units)
    for row in rows:  # a unit stands after the one it is under, so one pass closes the set
        if row.get("parent") in wanted:
            wanted.add(row["unit"])
    return [row["unit"] for row in rows if row["unit"] in wanted]


def units_with(reader: Reader, text: str) -> list[Place]:
    """The units that hold the words of ``text``, diacritics and punctuation aside: as a phrase, else in any order.

    Headings are returned only where nothing else has the words.
    """
    places = _places(reader, _holding(reader, "units_with_word", "unit", text))
    return [place for place in places if place.unit and place.unit.kind != "heading"] or places


def documents_with(reader: Reader, text: str) -> list[DocumentRow]:
    """The documents whose number or title holds the words of ``text``, diacritics aside."""
    return [reader.document(iri) for iri in _holding(reader, "documents_with_word", "document", text)]


def lowest(reader: Reader, places: list[Place]) -> list[Place]:
    """``places`` without those that are, over any number of hops, the source of another of them.

    More than ``CHAIN`` places are no chain, and are returned as they are.
    """
    if len(places) > CHAIN:
        return places
    above = {place.iri: _sources(reader, place.iri) for place in places}
    return [
        place
        for place in places
        if not any(place.iri in above[other] and other not in above[place.iri] for other in above if other != place.iri)
    ]


def bodies(reader: Reader, text: str) -> dict[str, str]:
    """IRI → name of the bodies that ``text`` names: in full, else as words of the name."""
    labels = {row["body"]: row["label"] for row in reader.rows("bodies")}
    wanted = " ".join(_words(text))
    exact = {iri: label for iri, label in labels.items() if " ".join(_words(label)) == wanted}
    return exact or {
        iri: label for iri, label in labels.items() if wanted and f" {wanted} " in f" {' '.join(_words(label))} "
    }


def unique_id(row: DocumentRow) -> str:
    """A short name of this document alone, which :func:`documents` takes: its file's stem, else the end of its IRI."""
    return PurePath(row.file).stem if row.file else row.iri.removeprefix(f"{BASE}vn/")


def looks_like_number(text: str) -> bool:
    """Whether ``text`` holds what is written like a document number."""
    return _NUMBER.search(text) is not None


def _by_name(reader: Reader, text: str) -> list[Place]:
    head, mark, tail = text.rpartition("#")
    if mark and _is_iri(text) and (place := reader.place(text)):
        return [place]
    if mark:
        return [place for row in documents(reader, head) for place in _inside(reader, row.iri, tail)]
    if named := documents(reader, text):
        return [Place(row) for row in named]
    number = _NUMBER.match(text)
    if number is None:
        return []
    path = text[number.end() :].strip()
    return [place for row in _numbered(reader, number.group()) for place in units_at(reader, row.iri, path)]


def _is_iri(text: str) -> bool:
    try:
        return _IRI.fullmatch(text) is not None and NamedNode(text) is not None
    except ValueError:  # "http://[::1": begins like one
        return False


def _inside(reader: Reader, document: str, name: str) -> list[Place]:
    """The unit of this id, else those at this path."""
    place = reader.place(f"{document}#{name}") if name.isalnum() else None
    return [place] if place else units_at(reader, document, name)


def _by_path(reader: Reader, text: str) -> list[Place]:
    return _places(reader, [row["unit"] for row in ask(reader.store, "units_at_path", path=words(text))])


def _by_file(reader: Reader, text: str) -> list[DocumentRow]:
    name = PurePath(text).name
    exact = [iri for file, iri in reader.files.items() if name in (file, PurePath(file).stem)]
    near = [iri for file, iri in reader.files.items() if len(text) > 1 and file.startswith(text)]
    return [reader.document(iri) for iri in sorted(exact or near)]


def _numbered(reader: Reader, number: str) -> list[DocumentRow]:
    """Documents of this number; only where there is none, of this number typed without diacritics."""
    exact = {iri for printed, iri in reader.numbers if number_key(printed) == number_key(number)}
    folded = fold(number_key(number))
    near = {iri for printed, iri in reader.numbers if fold(number_key(printed)) == folded} if not exact else set()
    rows = [reader.document(iri) for iri in exact or near]
    return sorted(rows, key=lambda row: (not row.in_corpus, row.date or "", row.iri))


def _holding(reader: Reader, question: str, thing: str, text: str) -> list[str]:
    """The things whose search text holds the words of ``text``; the longest word is looked up, the others compared."""
    wanted = _words(text)
    if not wanted:
        return []
    rows = ask(reader.store, question, word=words(max(wanted, key=len)))
    texts = {row[thing]: f" {' '.join(_words(row['search']))} " for row in rows}
    phrase = f" {' '.join(wanted)} "
    exact = [iri for iri, held in texts.items() if phrase in held]
    return sorted(exact or [iri for iri, held in texts.items() if all(f" {word} " in held for word in wanted)])


def _sources(reader: Reader, unit: str) -> set[str]:
    """All units that ``unit`` comes from, hop by hop."""
    found: set[str] = set()
    frontier = [unit]
    while frontier:
        links = reader.lineage("lineage_of_task", task=frontier.pop())
        new = {link.source for link in links if link.source} - found
        found |= new
        frontier += sorted(new)
    return found


def _places(reader: Reader, units: Iterable[str]) -> list[Place]:
    names = list(dict.fromkeys(units))
    reader.ready(names)
    found = [place for place in map(reader.place, names) if place and place.unit]
    return sorted(found, key=lambda place: (place.document.file or "", place.unit.order if place.unit else 0))


def _known_words(row: DocumentRow) -> set[str]:
    known = [row.kind, row.issuer, row.province, row.file, row.title, row.date, row.iri]
    return set(_words(" ".join(part for part in known if part))) | {part.lstrip("0") for part in _words(row.date or "")}


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _path_key(path: str) -> str:
    return re.sub(r"[.\s]", "", path).casefold()
