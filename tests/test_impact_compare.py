"""Who took words from what changed: exactly those tasks, on the samples and on a copy of a real resolution."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kg.build import build
from kg.store import open_store
from loaders.read import load
from policylineage.cli import app
from policylineage.exits import OK, USAGE
from queries import find
from queries.compare import Compared, compared
from queries.hypothesis import hypothesis
from queries.reader import Reader

SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"
ACT = SAMPLES / "02-nghi-quyet-08-2023-nq-hdnd.txt"
AMENDING = SAMPLES / "08-nghi-quyet-19-2024-nq-hdnd-sua-doi.md"
TREES = "Trồng mới 9.500 ha rừng gỗ lớn, trong đó năm 2023 trồng 2.800 ha."


@pytest.fixture
def call(samples: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LINEAGE_STORE", str(samples))
    monkeypatch.delenv("LINEAGE_LANG", raising=False)

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["impact", *words])

    return run


def edited(path: Path, old: str, new: str, source: Path = ACT) -> Path:
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def takers(reader: Reader, clause: str) -> set[str]:
    return {link.task for link in reader.lineage("lineage_of_source", source=clause)}


def direct(found: Compared) -> set[str]:
    return {item.task.place.iri for item in found.work if item.task.distance == 1}


def test_exactly_the_tasks_that_took_words(reader: Reader, tmp_path: Path) -> None:
    new = edited(tmp_path / "moi.txt", TREES, TREES.replace("9.500", "7.800"))
    found = compared(reader, load(ACT), load(new))
    assert (found.act and found.act.number, found.known_by) == ("08/2023/NQ-HĐND", "content")
    clause = find.units_at(reader, found.act.iri if found.act else "", "Điều 2.2")[0]
    assert direct(found) == takers(reader, clause.iri)
    assert len(direct(found)) == 2
    assert {item.task.place.document.id for item in found.work if item.task.distance == 2} == {"742/UBND-NNMT"}
    assert found.takers == (2,)
    assert {item.because.how for item in found.work} == {"changed"}


def test_words_that_are_still_there_are_said_to_be(reader: Reader, tmp_path: Path) -> None:
    gone = compared(reader, load(ACT), load(edited(tmp_path / "a.txt", "2.800 ha.", "2.600 ha.")))
    kept = compared(reader, load(ACT), load(edited(tmp_path / "b.txt", "2.800 ha.", "2.800 ha, chăm sóc 40 ha.")))
    task = "03-chuong-trinh-hanh-dong-45-ctr-ubnd#u006"

    def words_kept(found: Compared) -> list[bool | None]:
        return [item.kept for item in found.work if item.task.place.id == task]

    assert words_kept(gone) == [False]
    assert words_kept(kept) == [True]


def test_a_comma_or_a_slip_asks_for_no_work(reader: Reader, tmp_path: Path) -> None:
    comma = compared(reader, load(ACT), load(edited(tmp_path / "a.txt", "rừng gỗ lớn, trong", "rừng gỗ lớn trong")))
    slip = compared(reader, load(ACT), load(edited(tmp_path / "b.txt", "Trồng mới 9", "Trông mới 9")))
    assert (comma.by_weight, slip.by_weight) == ({"cosmetic": 1}, {"slip": 1})
    assert comma.work == slip.work == ()
    assert comma.takers == slip.takers == (2,)


def test_an_old_version_with_other_words_is_known_by_its_identity(reader: Reader, tmp_path: Path) -> None:
    old = edited(tmp_path / "cu.txt", "Thu hút ít nhất 04", "Thu hút ít nhất 05")
    new = edited(tmp_path / "moi.txt", TREES, TREES.replace("9.500", "7.800"), source=old)
    found = compared(reader, load(old), load(new))
    assert found.known_by == "identity"
    assert len(direct(found)) == 2


def test_without_the_old_version_in_the_store_the_texts_are_compared_all_the_same(
    reader: Reader, tmp_path: Path
) -> None:
    old = edited(tmp_path / "cu.txt", "Số: 08/2023/NQ-HĐND", "Số: 98/2023/NQ-HĐND")
    found = compared(reader, load(old), load(ACT))
    assert (found.act, found.work) == (None, ())
    assert set(found.header) == {"number"}


def test_a_copy_of_a_real_resolution(shared: Path, tmp_path: Path) -> None:
    """One clause of 002 edited: the tasks that took words from it, and none of the others."""
    corpus = tmp_path / "corpus"
    shutil.copytree(shared / "corpus", corpus)
    act = next(corpus.glob("002*"))
    with open_store(tmp_path / "store") as store:
        build(store, [corpus])
        reader = Reader(store)
        links = [
            link for link in reader.lineage("lineage_of_act", sourceDocument=reader.files[act.name]) if link.source
        ]
        clauses = sorted({link.source for link in links if link.source})
        assert len(clauses) > 10
        for clause in clauses[:: max(1, len(clauses) // 4)]:
            place = reader.place(clause)
            assert place
            assert place.unit
            assert place.unit.quote
            raw = load(act).raw
            end = place.unit.quote.end
            new = tmp_path / "moi.txt"
            new.write_text(raw[: end - 1] + " và vùng trồng quế của Trường Lĩnh" + raw[end - 1 :], encoding="utf-8")
            found = compared(reader, load(act), load(new))
            assert [change.how for change in found.changes] == ["changed"]
            assert found.known_by == "content"
            assert direct(found) == {link.task for link in links if link.source == clause}


def test_the_command_compares(call: Any, tmp_path: Path) -> None:
    new = edited(tmp_path / "moi.txt", TREES, TREES.replace("9.500", "7.800"))
    done = call("--compare", str(ACT), str(new))
    assert done.exit_code == OK
    assert "Bản cũ là Nghị quyết 08/2023/NQ-HĐND trong kho (cùng nội dung)." in done.stdout
    assert "[-9.500-] {+7.800+}" in done.stdout
    assert "9.500 ha → 7.800 ha (giảm)" in done.stdout
    rows = call("--compare", str(ACT), str(new), "--format", "csv").stdout.splitlines()
    assert rows[0].lstrip("\ufeff").startswith("change,weight,old_path,new_path,diff,facts,takers")
    assert len(rows) == 2
    data = json.loads(call("--compare", str(ACT), str(new), "--format", "json").stdout)
    assert data["by_how"] == {"changed": 1}
    assert {item["because"]["how"] for item in data["work"]} == {"changed"}


def test_comparing_needs_no_store(tmp_path: Path) -> None:
    words = ["impact", "--compare", str(ACT), str(ACT), "--store", str(tmp_path / "none")]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == OK
    assert "Không có gì khác" in done.stdout
    assert not (tmp_path / "none").exists()


# --- a draft that amends --------------------------------------------------------------------------------------------


def test_what_an_amending_act_would_touch(reader: Reader) -> None:
    act = find.documents(reader, "08/2023/NQ-HĐND")[0]
    found = hypothesis(reader, load(AMENDING), act)
    assert [(touch.because.how, touch.because.provision, touch.reach) for touch in found.touches] == [
        ("amend", "khoản 2 Điều 2", "clause"),
        ("supplement", "khoản 5 Điều 2", "new"),
        ("amend", "điểm a khoản 1 Điều 3", "clause"),
        ("repeal", "khoản 3 Điều 3", "clause"),
    ]
    assert next((fact.old, fact.new, fact.way) for fact in found.touches[0].because.facts) == (
        "9.500 ha",
        "7.800 ha",
        "lowered",
    )
    why = {item.task.place.id: (item.because.provision, item.task.grade) for item in found.work}
    assert why["03-chuong-trinh-hanh-dong-45-ctr-ubnd#u006"] == ("khoản 2 Điều 2", "copied")
    assert why["06-ke-hoach-88-kh-ubnd-son-thach#u008"] == ("điểm a khoản 1 Điều 3", "cited")
    assert len(why) == 4


def test_a_draft_that_is_not_stored_stays_out_of_the_store(reader: Reader, tmp_path: Path) -> None:
    before = set(reader.files)
    draft = edited(tmp_path / "du-thao.md", "19/2024/NQ-HĐND", "99/2024/NQ-HĐND", source=AMENDING)
    found = hypothesis(reader, load(draft))
    assert {touch.act.number for touch in found.touches} == {"08/2023/NQ-HĐND"}
    assert found.number == "99/2024/NQ-HĐND"
    assert set(Reader(reader.store).files) == before


def test_an_act_replaced_as_a_whole_touches_all_that_stands_below(reader: Reader) -> None:
    found = hypothesis(reader, load(SAMPLES / "12-nghi-quyet-05-2025-nq-hdnd-keo-dai.txt"))
    whole = [touch for touch in found.touches if touch.reach == "act"]
    assert [touch.because.how for touch in whole] == ["extend"]
    assert whole[0].tasks > 30
    assert "1215/UBND-NNTN" in {row.document.id for row in found.documents}


def test_a_document_that_only_mentions_the_act_changes_nothing(call: Any) -> None:
    done = call("08/2023/NQ-HĐND", "--amended-by", str(SAMPLES / "06-ke-hoach-88-kh-ubnd-son-thach.md"))
    assert done.exit_code == OK
    assert "không đọc được nội dung nào sửa đổi" in done.stdout
    other = call("09-NQ/TW", "--amended-by", str(AMENDING))
    assert "Dự thảo không nêu" in other.stdout or other.exit_code != OK


def test_the_command_tells_what_a_draft_would_touch(call: Any) -> None:
    done = call("08/2023/NQ-HĐND", "--amended-by", str(AMENDING))
    assert done.exit_code == OK
    assert "4 thay đổi · 4 nhiệm vụ phải xem lại" in done.stdout
    assert "khoản 2 Điều 2: sửa đổi" in done.stdout
    english = call("08/2023/NQ-HĐND", "--amended-by", str(AMENDING), "--lang", "en")
    assert "4 changes · 4 tasks to look at" in english.stdout
    data = json.loads(call("--amended-by", str(AMENDING), "--format", "json").stdout)
    assert len(data["touches"]) == 4


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("08/2023/NQ-HĐND", "--compare", str(ACT), str(ACT)),
        ("--amended-by", str(AMENDING), "--clause", "Điều 2"),
        ("--amended-by", str(AMENDING), "--compare", str(ACT), str(ACT)),
    ],
)
def test_calls_that_ask_for_two_things_are_refused(call: Any, words: tuple[str, ...]) -> None:
    assert call(*words).exit_code == USAGE
