"""The machine's own links become suspect when the words they were made on change, and what hangs below them too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from deciding import ACT, HERBS, MARKET, PLAN, SCHOOL, corpus, found, pairs, run, write

from kg.build import build, stored_records
from kg.decisions import keep, now
from kg.store import EmbeddedStore, Store
from queries import checks
from queries.decisions import Wish, decide
from queries.find import documents
from queries.find import start as start_of
from queries.impact import impact
from queries.reader import Reader
from queries.trace import trace

OTHER = HERBS.replace("huyện Sơn Thạch", "thành phố Vân Khê")
DIRECT, BELOW, APART = ("kh.txt#u001", "nq.txt#u001"), ("cv.txt#u001", "kh.txt#u001"), ("kh.txt#u002", "nq.txt#u002")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "kho") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path, store: Store) -> Path:
    """The corpus, built once."""
    made = corpus(tmp_path / "vb")
    assert run(store, made).open == 0
    assert {status for _, status in pairs(store).values()} == {"current"}
    return made


def decided(store: Store, verdict: str, task: str, source: str) -> None:
    made = decide(Reader(store), Wish(verdict, task, source, who="Bình"), now(), [])  # type: ignore[arg-type]
    assert made
    keep(store, [made])
    build(store, [])


def statuses(store: Store) -> dict[tuple[str, str], str]:
    return {pair: status for pair, (_, status) in pairs(store).items()}


def test_exactly_what_took_words_from_the_clause_is_suspect(store: Store, folder: Path) -> None:
    corpus(folder, OTHER)
    assert run(store, folder).open == 2
    assert statuses(store) == {
        DIRECT: "suspect",
        BELOW: "suspect",
        APART: "current",
        ("cv.txt#u002", "kh.txt"): "current",
    }
    assert sorted(row.check for row in checks.findings(store, "vi")) == ["link-suspect", "link-suspect"]
    said = {row.where: row.message for row in checks.findings(store, "vi")}
    assert "Sơn Thạch" in said["kh#u001"]
    assert "Vân Khê" in said["kh#u001"]
    assert "nguồn của điều khoản này đang cần xem lại" in said["cv#u001"]


def test_trace_and_impact_show_it(store: Store, folder: Path) -> None:
    corpus(folder, OTHER)
    run(store, folder)
    [start] = start_of(Reader(store), "cv#u001")
    assert [hop.status for hop in trace(Reader(store), start).hops[:2]] == ["suspect", "suspect"]
    touched = impact(Reader(store), documents(Reader(store), "14-NQ/TU")[0]).tasks
    assert {t.place.id: t.status for t in touched if t.place.unit} == {
        "kh#u001": "suspect",
        "kh#u002": "current",
        "cv#u001": "suspect",
        "cv#u002": "current",
    }


def test_it_stays_until_a_person_decides_and_the_chain_with_it(store: Store, folder: Path) -> None:
    corpus(folder, OTHER)
    for _ in range(3):
        run(store, folder)
        assert statuses(store)[DIRECT] == "suspect"
    assert run(store, folder).written == 0
    decided(store, "confirmed", "kh#u001", "nq#u001")
    assert pairs(store)[DIRECT] == ("confirmed", "current")
    assert set(statuses(store).values()) == {"current"}
    corpus(folder, OTHER.replace("cơ sở", "nhà máy"))
    run(store, folder)
    assert (statuses(store)[DIRECT], statuses(store)[BELOW]) == ("suspect", "suspect")


def test_a_rejection_ends_it(store: Store, folder: Path) -> None:
    corpus(folder, OTHER)
    run(store, folder)
    decided(store, "rejected", "kh#u001", "nq#u001")
    assert DIRECT not in statuses(store)
    assert statuses(store)[BELOW] == "current"


def test_the_old_words_back_end_it(store: Store, folder: Path) -> None:
    corpus(folder, OTHER)
    run(store, folder)
    corpus(folder)
    assert run(store, folder).open == 0
    assert set(statuses(store).values()) == {"current"}


@pytest.mark.parametrize("words", [HERBS.upper(), HERBS.replace(",", " ;"), HERBS.replace(" ", "  ")])
def test_signs_capitals_and_blanks_are_no_change(store: Store, folder: Path, words: str) -> None:
    corpus(folder, words)
    assert run(store, folder).open == 0


def test_moved_clauses_are_no_change(store: Store, folder: Path) -> None:
    write(folder / "nq.txt", ACT, f"I.1 {SCHOOL}", "I.2 Trồng rừng đầu nguồn", f"II.1 {HERBS}", f"II.2 {MARKET}")
    assert run(store, folder).open == 0
    assert pairs(store)["kh.txt#u001", "nq.txt#u003"] == ("copied", "current")


def test_a_link_that_the_machine_would_not_make_any_more_is_shown_as_suspect(store: Store, folder: Path) -> None:
    write(
        folder / "nq.txt",
        ACT,
        "I.1 Rà soát, mở rộng vùng trồng chè tại huyện Đông Lăng",
        f"I.2 {MARKET}",
        f"I.3 {SCHOOL}",
    )
    run(store, folder)
    assert pairs(store)[DIRECT] == ("copied", "suspect")
    [link] = [k for k in found(store) if k.status == "suspect" and k.task.file == "kh.txt"]
    assert link.evidence[0].source == (link.source.start, link.source.end)


def test_a_clause_that_is_gone_leaves_the_act(store: Store, folder: Path) -> None:
    write(folder / "nq.txt", ACT, f"I.1 {MARKET}", f"I.2 {SCHOOL}")
    assert run(store, folder).open == 2
    assert pairs(store)["kh.txt#u001", "nq.txt"] == ("inherited", "orphaned")
    assert statuses(store)[BELOW] == "suspect"
    assert sorted(row.check for row in checks.findings(store, "vi")) == ["link-orphaned", "link-suspect"]
    decided(store, "rejected", "kh#u001", "nq")
    assert ("kh.txt#u001", "nq.txt") not in pairs(store)
    assert set(statuses(store).values()) == {"current"}


def test_a_document_that_is_taken_out_is_no_finding_and_comes_back_compared(store: Store, folder: Path) -> None:
    (folder / "nq.txt").rename(folder.parent / "nq.txt")
    assert run(store, folder).open == 0
    corpus(folder.parent / "mới", OTHER)
    shutil.copy(folder.parent / "mới" / "nq.txt", folder / "nq-ban-moi.txt")
    run(store, folder)
    assert pairs(store)["kh.txt#u001", "nq-ban-moi.txt#u001"] == ("copied", "suspect")


def test_a_persons_word_below_stands_and_the_wave_goes_on(store: Store, folder: Path) -> None:
    write(folder / "tb.txt", "Thông báo | 7/TB-UBND | Ủy ban nhân dân tỉnh Trường Lĩnh | 2026-06-06",
          "> Công văn | 310/UBND-KTN | Ủy ban nhân dân tỉnh Trường Lĩnh | 2026-05-06", f"1 Trạm Y tế: {HERBS}")  # fmt: skip
    run(store, folder)
    lowest = ("tb.txt#u001", "cv.txt#u001")
    assert statuses(store)[lowest] == "current"
    decided(store, "confirmed", "cv#u001", "kh#u001")
    corpus(folder, OTHER)
    run(store, folder)
    assert pairs(store)[BELOW] == ("confirmed", "current")
    assert statuses(store)[lowest] == "suspect"


def test_a_task_with_new_words_is_linked_anew(store: Store, folder: Path) -> None:
    write(folder / "kh.txt", PLAN, f"> {ACT}", f"1 Trong năm 2027, {HERBS}", f"2 Sở Công Thương: {MARKET}")
    run(store, folder)
    assert pairs(store)[DIRECT] == ("copied", "current")


def test_links_are_remembered_beside_the_record(store: Store, folder: Path) -> None:
    made = {entry.record.file: len(entry.made) for entry in stored_records(store)}
    assert made == {"cv.txt": 1, "kh.txt": 2, "nq.txt": 0}
    kept = next(entry.made[0] for entry in stored_records(store) if entry.record.file == "kh.txt")
    assert (kept.task.text, kept.source.text) == ("", HERBS)


def test_on_the_real_documents_one_changed_clause_moves_its_own_tasks_only(tmp_path: Path, shared: Path) -> None:
    folder = tmp_path / "vb"
    shutil.copytree(shared / "corpus", folder)
    with EmbeddedStore(tmp_path / "kho") as store:
        build(store, [folder])
        [act] = [d.record for d in stored_records(store) if d.record.file.startswith("002")]
        links = [k for k in found(store) if k.source.file == act.file and k.source.unit]
        counts = {u.id: sum(k.source.unit == u.id for k in links) for u in act.units}
        clause = max(act.units, key=lambda unit: counts[unit.id])
        expected = {(k.task.file, k.task.unit) for k in links if k.source.unit == clause.id}
        path = folder / act.file
        raw = path.read_bytes().decode("utf-8")
        end = raw.rindex(" ", clause.start, clause.end)
        path.write_bytes((raw[:end] + " kịp thời" + raw[end:]).encode("utf-8"))
        build(store, [folder])
        suspect = {(k.task.file, k.task.unit) for k in found(store) if k.status == "suspect"}
    assert expected
    assert suspect == expected
