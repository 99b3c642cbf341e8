"""Files in, a graph out: nothing lost, nothing doubled, nothing half, and the same files again change nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from endpoint import address  # noqa: F401 - a fixture
from fictional import PROVINCE, letter, resolution
from pyoxigraph import Literal, NamedNode

from kg.build import BuildReport, build, document_names, stored_records
from kg.closure import Closure
from kg.export import exported
from kg.scheme import KINDS
from kg.sources import Shelf, Stored, find_files
from kg.store import EmbeddedStore, Store, open_store
from kg.terms import ELI, PL, RDF
from loaders.records import Document, Loaded, Record, Unit
from loaders.text import LoadError
from ontology.identifiers import graph_iri
from ontology.namespaces import SKOS


def read(path: Path) -> Loaded:
    """A reader as plain as can be: the first line is the number, every other line a task."""
    raw = path.read_text(encoding="utf-8")
    if raw.startswith("hỏng"):
        raise LoadError(path.name, "dòng 1", "tệp hỏng")
    if raw.startswith("nổ"):
        raise IndexError("một lỗi không ngờ")
    lines = list(re.finditer(r"[^\n]+", raw))
    units = tuple(
        Unit(f"u{n:03d}", str(n), "task", *line.span(), lead=("Sở Y tế",)) for n, line in enumerate(lines[1:], start=1)
    )
    about = Document(type="Kế hoạch", issuer="Ủy ban nhân dân tỉnh", number=lines[0].group(), province=PROVINCE)
    return Loaded(Record(path.name, about, units=units), raw)


def write(path: Path, number: str, *tasks: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((number, *tasks)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "kho") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three plans, one of them in a folder below."""
    write(tmp_path / "vb" / "a.txt", "1/KH-UBND", "Trồng rừng ở Sơn Thạch", "Sửa đường Đông Lăng")
    write(tmp_path / "vb" / "b.md", "2/KH-UBND", "Mở lớp học ở Ia Rưm")
    write(tmp_path / "vb" / "sâu" / "c.txt", "3/KH-UBND", "Khám bệnh lưu động")
    return tmp_path / "vb"


def run(store: Store, *paths: Path) -> BuildReport:
    return build(store, paths, read=read)


def content(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def texts(store: Store) -> list[str]:
    return sorted(quad.object.value for quad in store.quads(p=PL.text) if isinstance(quad.object, Literal))


def numbers(store: Store) -> list[str]:
    return sorted(quad.object.value for quad in store.quads(p=ELI.id_local) if isinstance(quad.object, Literal))


def test_files_and_folders_become_documents(store: Store, folder: Path) -> None:
    report = run(store, folder / "a.txt", folder)
    assert report.loaded == ("a.txt", "b.md", "c.txt")
    assert (report.documents, report.written, report.unchanged, report.skipped) == (3, 3, (), ())
    assert numbers(store) == ["1/KH-UBND", "2/KH-UBND", "3/KH-UBND"]
    assert len(texts(store)) == 4
    assert [entry.record.file for entry in stored_records(store)] == ["a.txt", "b.md", "c.txt"]


def test_the_store_alone_is_enough_to_quote(store: Store, folder: Path) -> None:
    run(store, folder)
    entry = stored_records(store)[0]
    assert entry.raw == (folder / "a.txt").read_text(encoding="utf-8")
    kept = next(store.quads(p=PL.record)).object
    assert isinstance(kept, Literal)
    assert msgspec.json.decode(kept.value, type=Loaded).raw.endswith("\n")  # a Loaded, with two keys more


def test_the_same_files_again_change_nothing(store: Store, folder: Path) -> None:
    run(store, folder)
    before = content(store)
    report = run(store, folder)
    assert (report.loaded, report.unchanged, report.written) == ((), ("a.txt", "b.md", "c.txt"), 0)
    assert content(store) == before


def test_two_stores_of_the_same_files_say_the_same(tmp_path: Path, folder: Path, store: Store) -> None:
    run(store, folder)
    with EmbeddedStore(tmp_path / "kho khác") as other:
        for path in (folder / "sâu" / "c.txt", folder / "b.md", folder / "a.txt"):
            run(other, path)
        assert {str(quad) for quad in exported(other)} == {str(quad) for quad in exported(store)}


def test_a_changed_file_replaces_its_document_only(store: Store, folder: Path) -> None:
    run(store, folder)
    others = {str(q) for name in ("b.md", "c.txt") for q in store.quads(graph=graph_iri(name))}
    write(folder / "a.txt", "1/KH-UBND", "Trồng rừng ở Đông Lăng")
    report = run(store, folder)
    assert (report.loaded, report.written) == (("a.txt",), 1)
    assert "Sửa đường Đông Lăng" not in texts(store)
    assert "Trồng rừng ở Đông Lăng" in texts(store)
    assert {str(q) for name in ("b.md", "c.txt") for q in store.quads(graph=graph_iri(name))} == others


def test_a_bad_file_is_reported_and_the_rest_goes_on(store: Store, folder: Path) -> None:
    write(folder / "aa.txt", "hỏng")
    write(folder / "ab.txt", "nổ")
    report = run(store, folder, folder / "không có.txt")
    assert [(Path(e.file).name, e.reason.split(":")[0]) for e in report.skipped] == [
        ("không có.txt", "không có tệp hoặc thư mục này"),
        ("aa.txt", "tệp hỏng"),
        ("ab.txt", "lỗi khi đọc"),
    ]
    assert "IndexError" in report.skipped[2].reason
    assert report.documents == 3


def test_a_file_that_went_bad_keeps_its_last_good_version(store: Store, folder: Path) -> None:
    run(store, folder)
    before = content(store)
    write(folder / "a.txt", "hỏng")
    report = run(store, folder)
    assert len(report.skipped) == 1
    assert content(store) == before


def test_what_cannot_be_read_yet_is_said(store: Store, folder: Path) -> None:
    (folder / "quét.pdf").write_bytes(b"%PDF-1.7")
    (folder / "mã.txt").write_bytes("Sở Y tế".encode("utf-16"))
    report = build(store, [folder / "quét.pdf", folder / "mã.txt"])
    assert [Path(error.file).name for error in report.skipped] == ["quét.pdf", "mã.txt"]
    assert report.documents == 0
    assert content(store) == set()


def test_files_of_one_name_do_not_overwrite_each_other(store: Store, tmp_path: Path) -> None:
    for place, number in (("huyện/a", "1/KH"), ("xã/a", "2/KH"), ("xã/b", "3/KH")):
        write(tmp_path / place / "kế hoạch.txt", number, f"Việc của {number}")
    report = run(store, tmp_path / "huyện", tmp_path / "xã")
    assert report.loaded == ("kế hoạch.txt", "a/kế hoạch.txt", "b/kế hoạch.txt")
    assert numbers(store) == ["1/KH", "2/KH", "3/KH"]
    before = content(store)
    assert run(store, tmp_path / "xã", tmp_path / "huyện").written == 0  # whatever the order next time
    assert content(store) == before
    files = {quad.object.value for quad in store.quads(p=PL.inFile) if isinstance(quad.object, Literal)}
    assert files == set(report.loaded)


def test_a_copy_is_told_and_not_stored_twice(store: Store, folder: Path) -> None:
    run(store, folder)
    before = content(store)
    (folder / "z.txt").write_bytes((folder / "a.txt").read_bytes())
    report = run(store, folder)
    assert [(Path(pair.file).name, pair.other) for pair in report.duplicates] == [("z.txt", "a.txt")]
    assert content(store) == before


def test_a_file_that_becomes_a_copy_is_taken_out(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "b.md").write_bytes((folder / "a.txt").read_bytes())
    report = run(store, folder)
    assert (report.removed, report.documents) == (("b.md",), 2)
    assert numbers(store) == ["1/KH-UBND", "3/KH-UBND"]


def test_a_renamed_file_is_not_doubled(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "a.txt").rename(folder / "mới.txt")
    report = run(store, folder / "mới.txt")
    assert (report.loaded, report.removed) == (("mới.txt",), ("a.txt",))
    assert numbers(store) == ["1/KH-UBND", "2/KH-UBND", "3/KH-UBND"]


def test_a_moved_folder_is_the_same_documents(store: Store, folder: Path) -> None:
    run(store, folder)
    before = {str(quad) for quad in exported(store)}
    moved = folder.rename(folder.parent / "nơi khác")
    write(moved / "b.md", "2/KH-UBND", "Mở hai lớp học ở Ia Rưm")
    report = run(store, moved)
    assert (report.loaded, report.unchanged) == (("b.md",), ("a.txt", "c.txt"))
    assert report.removed == ()
    assert len(before - {str(quad) for quad in exported(store)}) < len(before)
    assert numbers(store) == ["1/KH-UBND", "2/KH-UBND", "3/KH-UBND"]


def test_a_file_gone_from_a_given_folder_is_taken_out(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "b.md").unlink()
    assert run(store, folder / "a.txt").removed == ()  # the folder was not asked about
    report = run(store, folder)
    assert (report.removed, report.documents) == (("b.md",), 2)
    assert not list(store.quads(graph=graph_iri("b.md")))
    assert [entry.record.file for entry in stored_records(store)] == ["a.txt", "c.txt"]


def test_two_texts_of_one_act_are_two_documents(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "vb" / "bản 1.txt", "7/KH-UBND", "Trồng rừng")
    write(tmp_path / "vb" / "bản 2.txt", "7/KH-UBND", "Trồng rừng và giữ rừng")
    report = run(store, tmp_path / "vb")
    assert report.same_act == (("bản 2.txt", "bản 1.txt"),)
    documents = {quad.subject for quad in store.quads(p=RDF.type, o=PL.PolicyDocument)}
    assert len(documents) == 2
    assert len(texts(store)) == 2


def test_names_of_documents_do_not_depend_on_the_order() -> None:
    records = [letter("b.txt").record, letter("a.txt").record, resolution().record, letter("c.txt", None).record]
    names, pairs = document_names(records)
    assert document_names(reversed(records)) == (names, pairs)
    assert len(set(names.values())) == 4
    assert pairs == (("b.txt", "a.txt"),)
    assert names["b.txt"].startswith(names["a.txt"])
    assert names["c.txt"] != document_names([letter("d.txt", None).record])[0]["d.txt"]


def test_hidden_files_and_folders_are_passed_over(store: Store, folder: Path) -> None:
    write(folder / ".git" / "x.txt", "hỏng")
    write(folder / ".ẩn.txt", "hỏng")
    assert run(store, folder).skipped == ()


def test_an_empty_folder_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "rỗng").mkdir()
    report = run(store, tmp_path / "rỗng")
    assert [error.reason for error in report.skipped] == ["thư mục không có tệp nào"]
    assert report.documents == 0


def test_progress_counts_up_to_the_end(store: Store, folder: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}
    build(
        store, [folder], read=read, progress=lambda step, done, total: told.setdefault(step, []).append((done, total))
    )
    assert list(told) == ["read", "link", "write"]
    for steps in told.values():
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


class Failing:
    """A store that fails at the n-th write."""

    def __init__(self, store: Store, good: int) -> None:
        self._store, self._good = store, good
        self.quads, self.select = store.quads, store.select

    def replace(self, *graphs: object, **more: object) -> None:
        if not self._good:
            raise OSError("đĩa đầy")
        self._good -= 1
        replace: Callable[..., None] = self._store.replace
        replace(*graphs, **more)


@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_build_cut_off_leaves_whole_documents_and_can_go_on(
    store: Store, folder: Path, good: int, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="đĩa đầy"):
        run(Failing(store, good), folder)  # type: ignore[arg-type]
    assert len(stored_records(store)) == len(numbers(store)) == good
    run(store, folder)
    with EmbeddedStore(tmp_path / "một lần") as other:
        run(other, folder)
        assert content(other) == content(store)


def test_a_build_into_an_endpoint_says_the_same(store: Store, folder: Path, request: pytest.FixtureRequest) -> None:
    run(store, folder)
    with open_store(request.getfixturevalue("address")) as remote:
        remote.replace({}, drop={str(quad.graph_name.value) for quad in remote.quads()})
        run(remote, folder)
        assert content(remote) == content(store)
        assert run(remote, folder).written == 0


# --- the whole way, with the project's own readers


@pytest.mark.parametrize("lost", [False, True])
def test_a_letter_and_its_resolution_are_tied(store: Store, tmp_path: Path, *, lost: bool) -> None:
    """``lost``: the resolution has lost number and date and is known by what the letter says of it."""
    place = tmp_path / "vb"
    place.mkdir()
    known = resolution()
    if lost:
        about = msgspec.structs.replace(known.record.document, number=None, date=None)
        known = Loaded(msgspec.structs.replace(known.record, document=about), known.raw)
    ready = {"cong-van.txt": letter(), "nghi-quyet.txt": known}
    for name, loaded in ready.items():
        (place / name).write_text(loaded.raw, encoding="utf-8", newline="")
    report = build(store, [place], read=lambda path: ready[path.name])
    assert report.documents == 2
    tied = {(q.subject.value, q.object.value) for q in store.quads(p=PL.implementsPolicy)}
    closed = Closure((str(a), str(b)) for a, b in tied)
    documents = {
        q.object.value: q.subject.value
        for q in store.quads(p=PL.inFile)
        if next(store.quads(s=q.subject, p=RDF.type, o=PL.PolicyDocument), None)
    }
    assert documents["nghi-quyet.txt"] in closed.above(documents["cong-van.txt"])
    assert ("14-NQ/TU" in numbers(store)) is True
    assert bool(list(store.quads(p=PL.identityFrom))) == lost
    assert build(store, [place], read=lambda path: ready[path.name]).written == 0


def test_the_real_documents_build_twice_the_same(store: Store, shared: Path) -> None:
    report = build(store, [shared / "corpus"])
    assert report.skipped == ()
    assert report.documents == len([path for path in (shared / "corpus").iterdir() if path.suffix in (".txt", ".md")])
    before = content(store)
    again = build(store, [shared / "corpus"])
    assert (again.written, again.loaded) == (0, ())
    assert content(store) == before


# --- naming and finding


def test_a_shelf_of_an_unknown_place_takes_the_file_of_the_same_name() -> None:
    shelf = Shelf([Stored(letter().record, "chữ cũ", "/máy khác/cong-van.txt", "x")])
    placed = shelf.put(Path("/nơi này/cong-van.txt"), letter())
    assert (placed.key, placed.is_changed) == ("cong-van.txt", True)
    assert list(shelf.entries) == ["cong-van.txt"]


def test_find_files_gives_each_file_once(folder: Path) -> None:
    found, wrong = find_files([folder / "b.md", folder, folder / "sâu"])
    assert [file.path.name for file in found] == ["b.md", "a.txt", "c.txt"]
    assert wrong == []


def test_what_lies_in_a_shut_folder_stays(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, folder)
    before, shut, scandir = content(store), str(folder / "sâu"), os.scandir

    def scan(path: str) -> Any:
        if str(path) == shut:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != shut)
    report = run(store, folder)
    assert [error.file for error in report.skipped] == [shut]
    assert report.removed == ()
    assert content(store) == before


def test_a_name_that_is_no_utf8_is_told_and_the_rest_goes_on(store: Store, folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    report = build(store, [folder])
    assert [Path(error.file).name for error in report.skipped] == ["\ufffd.txt"]
    assert report.documents == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống.txt")
    assert [error.reason for error in build(store, [tmp_path / "ống.txt"]).skipped] == ["không phải tệp thường"]


def test_the_kinds_that_documents_name_are_explained_in_the_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        build(store, [Path(__file__).parent.parent / "policylineage" / "demo"])
        named = {quad.object for quad in store.quads(p=ELI.type_document)}
        labels = {quad.subject for quad in store.quads(p=NamedNode(str(SKOS.prefLabel)), graph=KINDS)}
        assert named
        assert named <= labels


def test_a_folder_that_is_empty_today_takes_nothing_from_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "a.txt").write_text(resolution().raw, encoding="utf-8")
    (folder / "b.txt").write_text(letter().raw, encoding="utf-8")
    with open_store(tmp_path / "s") as store:
        assert build(store, [folder]).documents == 2
        for file in folder.iterdir():
            file.unlink()
        report = build(store, [folder])
        assert (report.documents, report.removed) == (2, ())
