"""Is an act in force on a day? Before, between and after each kind of change; disputed, unknown, entered by people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.build import build
from kg.handevents import HandEvent, drop_event, keep_event
from kg.life import STATES, Claim, Verdict, holds, verdict
from kg.store import EmbeddedStore, open_store
from policylineage.cli import app
from queries import find
from queries.life import Life, life, states
from queries.reader import Reader
from queries.rows import DocumentRow

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "policylineage" / "demo"
ACT, BY, OTHER = "act", "amender", "teller"
RUN = CliRunner()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("life") / "store"
    with EmbeddedStore(folder) as store:
        assert build(store, [DEMO]).documents == 13
    return folder


@pytest.fixture
def reader(demo: Path) -> Iterator[Reader]:
    with open_store(demo, read_only=True) as store:
        yield Reader(store)


def act(reader: Reader, number: str) -> DocumentRow:
    (found,) = find.documents(reader, number)
    return found


def at(reader: Reader, number: str, day: str, provision: str | None = None) -> Life:
    return life(reader, act(reader, number), day, provision)


# The story of the samples


@pytest.mark.parametrize(
    ("number", "day", "state"),
    [
        ("08/2023/NQ-HĐND", "2023-04-27", "not yet"),
        ("08/2023/NQ-HĐND", "2023-05-09", "not yet"),
        ("08/2023/NQ-HĐND", "2023-05-10", "in force"),
        ("08/2023/NQ-HĐND", "2024-12-31", "in force"),
        ("08/2023/NQ-HĐND", "2025-01-01", "partly"),
        ("08/2023/NQ-HĐND", "2025-02-01", "partly"),
        ("08/2023/NQ-HĐND", "2026-01-01", "partly"),  # its own end is put off by 05/2025/NQ-HĐND
        ("08/2023/NQ-HĐND", "2026-12-31", "partly"),
        ("08/2023/NQ-HĐND", "2027-01-01", "no longer"),
        ("44/2018/NQ-HĐND", "2023-05-09", "unknown"),  # nothing tells when it came into force
        ("44/2018/NQ-HĐND", "2023-05-10", "no longer"),
        ("31/2019/QĐ-UBND", "2024-09-14", "unknown"),
        ("31/2019/QĐ-UBND", "2024-09-15", "no longer"),
        ("1107/QĐ-UBND", "2024-09-15", "no longer"),
        ("27/2024/QĐ-UBND", "2024-09-14", "not yet"),
        ("27/2024/QĐ-UBND", "2024-09-18", "in force"),  # corrected: nothing is taken away
        ("05-chi-thi-06-ct-ubnd", "2023-11-08", "in force"),
        ("08-NQ/TU 2023", "2024-01-01", "unknown"),
    ],
)
def test_the_state_of_the_acts_of_the_story(reader: Reader, number: str, day: str, state: str) -> None:
    found = at(reader, number, day)
    assert found.state == state
    told = {change.iri: change for change in found.changes}
    assert all(told[iri].words is not None for iri in found.proof)
    assert bool(found.proof) == (found.reason not in ("no-proof", "not-issued"))


@pytest.mark.parametrize(
    ("provision", "day", "state"),
    [
        ("khoản 3 Điều 3", "2024-12-31", "in force"),
        ("khoản 3 Điều 3", "2025-01-01", "no longer"),  # repealed
        ("khoản 2 Điều 2", "2025-02-01", "in force"),  # amended
        ("khoản 5 Điều 2", "2024-12-31", "not yet"),  # added
        ("khoản 5 Điều 2", "2025-01-01", "in force"),
        ("điểm b khoản 2 Điều 3", "2025-06-30", "in force"),
        ("điểm b khoản 2 Điều 3", "2025-07-01", "no longer"),  # suspended
        ("điểm b khoản 2 Điều 3", "2026-01-01", "in force"),
        ("Điều 3", "2025-02-01", "partly"),
        ("Điều 4", "2025-02-01", "in force"),
        ("Điều 4", "2027-01-01", "no longer"),
    ],
)
def test_the_state_of_provisions(reader: Reader, provision: str, day: str, state: str) -> None:
    if (provision, day) == ("khoản 5 Điều 2", "2024-12-31"):  # the amending act was issued, but is not in force
        assert at(reader, "08/2023/NQ-HĐND", day, provision).reason == "added-later"
    assert at(reader, "08/2023/NQ-HĐND", day, provision).state == state


def test_every_change_of_the_story_is_told_with_words_units_and_what_the_text_shows(reader: Reader) -> None:
    found = at(reader, "08/2023/NQ-HĐND", "2025-02-01")
    own = [change for change in found.changes if not change.aside]
    assert [(change.kind, change.provision, change.in_force, change.at_work) for change in own] == [
        ("commence", None, "2023-05-10", True),
        ("amend", "khoản 2 Điều 2", "2025-01-01", True),
        ("amend", "điểm a khoản 1 Điều 3", "2025-01-01", True),
        ("supplement", "khoản 5 Điều 2", "2025-01-01", True),
        ("repeal", "khoản 3 Điều 3", "2025-01-01", True),
        ("extend", None, "2025-05-05", False),
        ("suspend", "điểm b khoản 2 Điều 3", "2025-07-01", False),
        ("expire", None, "2023-05-10", False),
    ]
    assert [change.by_provision for change in own] == [
        "Điều 6.1",
        "Điều 1.1",
        "Điều 1.3",
        "Điều 1.2",
        "Điều 2",
        "Điều 1",
        "Điều 2",
        "Điều 6.1",
    ]
    units = {change.provision: change.unit for change in own if change.provision}
    assert {path: (unit or "").rpartition("#")[2] for path, unit in units.items()} == {
        "khoản 2 Điều 2": "u012",
        "điểm a khoản 1 Điều 3": "u017",
        "khoản 5 Điều 2": "",  # the text as enacted has no such clause
        "khoản 3 Điều 3": "u022",
        "điểm b khoản 2 Điều 3": "u021",
    }
    assert [change.applied for change in own if change.kind in ("amend", "supplement", "repeal")] == [False] * 4
    asides = [change for change in found.changes if change.aside]
    assert {change.said_by.id for change in asides if change.said_by} == {"742/UBND-NNMT", "05/2025/NQ-HĐND"}
    assert [change.act.number for change in found.made] == ["44/2018/NQ-HĐND"]


def test_a_text_that_shows_the_change_is_known_as_applied(tmp_path: Path) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in DEMO.glob("0[28]*")}
    (name,) = (name for name in files if name.startswith("02"))
    was = "2. Trồng mới 9.500 ha rừng gỗ lớn, trong đó năm 2023 trồng 2.800 ha."
    assert was in files[name]
    files[name] = files[name].replace(was, "2. Trồng mới 7.800 ha rừng gỗ lớn, trong đó năm 2025 trồng 2.600 ha.")
    for file, text in files.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    with EmbeddedStore(tmp_path / "store") as store:
        build(store, sorted(tmp_path.glob("0*")))
        found = life(Reader(store), act(Reader(store), "08/2023/NQ-HĐND"), "2025-02-01")
    applied = {change.provision: change.applied for change in found.changes if change.kind == "amend"}
    assert applied == {"khoản 2 Điều 2": True, "điểm a khoản 1 Điều 3": False}


# Claims that part, and claims that prove nothing


def claim(kind: Any, **more: Any) -> Claim:
    by = more.pop("by", ACT if kind == "commence" else BY)
    said_by = more.pop("said_by", by)
    return Claim(iri=f"{kind}-{by}-{said_by}-{more}", kind=kind, act=ACT, by=by, said_by=said_by, **more)


def test_two_documents_that_say_different_days_are_disputed_between_these_days() -> None:
    told = [claim("commence", in_force="2025-07-01"), claim("commence", in_force="2025-08-01", said_by=OTHER)]
    assert [verdict(told, day).state for day in ("2025-06-30", "2025-07-15", "2025-08-01")] == [
        "not yet",
        "disputed",
        "in force",
    ]
    assert all(len(verdict(told, day).disputes) == 1 for day in ("2025-07-15", "2025-09-01"))
    ends = [
        claim("commence", in_force="2020-01-01"),
        claim("repeal", in_force="2025-07-01"),
        claim("repeal", in_force="2025-09-01", said_by=OTHER),
    ]
    assert [verdict(ends, day).state for day in ("2025-06-30", "2025-08-01", "2025-09-01")] == [
        "in force",
        "disputed",
        "no longer",
    ]


def test_different_acts_that_end_it_are_no_dispute_the_first_counts() -> None:
    told = [
        claim("commence", in_force="2020-01-01"),
        claim("replace", in_force="2025-09-01"),
        claim("repeal", in_force="2025-07-01", by="another"),
    ]
    assert verdict(told, "2025-08-01") == Verdict("no longer", "2025-08-01", "ended", (told[2].iri,))


def test_nothing_is_proved_by_a_date_alone() -> None:
    assert verdict([], "2025-01-01", issued="2024-01-01") == Verdict("unknown", "2025-01-01", "no-proof")
    assert verdict([], "2023-12-31", issued="2024-01-01").state == "not yet"
    undated = claim("replace", issued="2024-05-01")
    begun = claim("commence", in_force="2020-01-01")
    assert verdict([begun, undated], "2024-06-01").reason == "end-undated"
    assert verdict([begun, undated], "2024-06-01").state == "unknown"
    assert verdict([begun, undated], "2024-04-01").state == "in force"


def test_a_change_that_is_only_told_holds_from_the_day_of_the_teller() -> None:
    told = claim("replace", issued="2024-05-01", said_by=OTHER, said_on="2024-09-01")
    assert [holds(told, day) for day in ("2024-04-30", "2024-06-01", "2024-09-01")] == [False, None, True]
    begun = claim("commence", in_force="2020-01-01")
    assert [verdict([begun, told], day).state for day in ("2024-04-30", "2024-06-01", "2024-09-01")] == [
        "in force",
        "unknown",
        "no longer",
    ]


def test_an_act_is_suspended_for_a_time() -> None:
    told = [
        claim("commence", in_force="2020-01-01"),
        claim("suspend", in_force="2025-07-01", until="2025-12-31"),
    ]
    found = [verdict(told, day) for day in ("2025-06-30", "2025-07-01", "2025-12-31", "2026-01-01")]
    assert [one.state for one in found] == ["in force", "no longer", "no longer", "in force"]
    assert found[1].reason == "suspended"
    assert {one.state for one in found} <= set(STATES)


def test_what_was_issued_later_was_not_known_then() -> None:
    told = [
        claim("commence", in_force="2020-01-01"),
        claim("expire", by=ACT, ends="2025-01-01"),
        claim("extend", in_force="2025-03-01", until="2026-12-31", issued="2025-02-01"),
    ]
    assert [verdict(told, day).state for day in ("2024-12-31", "2025-01-15", "2025-03-01", "2027-01-01")] == [
        "in force",
        "no longer",
        "in force",
        "no longer",
    ]


# By hand


def test_events_that_people_enter_survive_builds_and_can_be_taken_out(tmp_path: Path) -> None:
    store_at, texts = tmp_path / "store", sorted(DEMO.glob("0[59]*"))
    with EmbeddedStore(store_at) as store:
        build(store, texts)
        reader = Reader(store)
        made = HandEvent(
            kind="repeal",
            act=act(reader, "06/CT-UBND").iri,
            who="Lê Thị Bình",
            when="2026-03-09T02:00:00+00:00",
            number="06/CT-UBND",
            by_text="Chỉ thị số 09/CT-UBND",
            in_force="2026-02-01",
            note="công báo số 12",
        )
        keep_event(store, made)
        build(store, texts)
        states_then = [at(Reader(store), "06/CT-UBND", day) for day in ("2026-01-31", "2026-02-01")]
        assert [found.state for found in states_then] == ["in force", "no longer"]
        (row,) = (change for change in states_then[1].changes if change.who)
        assert (row.by_name, row.who, row.note, row.words) == (
            "Chỉ thị số 09/CT-UBND", "Lê Thị Bình", "công báo số 12", None,
        )  # fmt: skip
        assert drop_event(store, made.iri)
        assert not drop_event(store, made.iri)
        assert at(Reader(store), "06/CT-UBND", "2026-02-01").state == "in force"


def test_an_event_on_an_act_that_is_only_cited_is_found_again_when_it_is_loaded(tmp_path: Path) -> None:
    cited, text = next(DEMO.glob("09*")), next(DEMO.glob("05*"))
    with EmbeddedStore(tmp_path / "store") as store:
        build(store, [cited])
        keep_event(
            store,
            HandEvent("suspend", "https://example.org/gone", "An", "2026-01-01T00:00:00+00:00", number="06/CT-UBND", in_force="2025-01-01"),
        )  # fmt: skip
        build(store, [cited, text])
        assert at(Reader(store), "06/CT-UBND", "2025-01-01").reason == "suspended"


# The command line


def run(*words: str) -> Any:
    done = RUN.invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout) if "json" in words else done.stdout


def test_life_prints_state_words_and_timeline(demo: Path) -> None:
    then, later = (
        run("life", "08/2023/NQ-HĐND", "--as-of", day, "--store", str(demo), "--format", "json")
        for day in ("2024-12-31", "2025-02-01")
    )
    assert (then["state"], later["state"]) == ("in force", "partly")
    assert len(then["changes"]) == len(later["changes"]) == 10
    said = run("life", "08/2023/NQ-HĐND", "--as-of", "2025-02-01", "--store", str(demo))
    assert "còn hiệu lực một phần" in said
    assert "«Bãi bỏ khoản 3 Điều 3 Nghị quyết số 08/2023/NQ-HĐND» [08-nghi-quyet-19-2024-nq-hdnd-sua-doi.md" in said
    rows = run("life", "08/2023/NQ-HĐND", "--store", str(demo), "--format", "csv").splitlines()
    assert rows[0].lstrip("\ufeff").startswith("day,change,act,provision,by,by_provision,issued,until,at_work,applied")
    assert len(rows) == 11
    assert RUN.invoke(app, ["life", "08/2023/NQ-HĐND", "--as-of", "31/12/2024", "--store", str(demo)]).exit_code == 2


def test_events_on_the_command_line(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    run("build", str(next(DEMO.glob("05*"))), "--store", store)
    added = run(
        *("event", "add", "repeal", "06/CT-UBND", "--by", "09/CT-UBND", "--date", "2026-02-01", "--who", "Lê Bình"),
        *("--note", "công báo", "--store", store),
    )
    assert "Lê Bình" in added
    (row,) = run("event", "list", "--store", store, "--format", "json")
    assert (row["kind"], row["by_name"], row["who"]) == ("repeal", "09/CT-UBND", "Lê Bình")
    state = run("life", "06/CT-UBND", "--as-of", "2026-02-01", "--store", store, "--format", "json")["state"]
    assert state == "no longer"
    run("event", "drop", row["iri"].rpartition("/")[2], "--store", store)
    assert run("event", "list", "--store", store, "--format", "json") == []
    for wrong, code in ((["add", "x", "06/CT-UBND"], 2), (["drop", "khong-co"], 4), (["drop"], 2)):
        assert RUN.invoke(app, ["event", *wrong, "--store", store]).exit_code == code


def test_as_of_leaves_out_what_was_issued_later_and_states_the_rest(demo: Path) -> None:
    def asked(*words: str) -> Any:
        return run(*words, "--store", str(demo), "--format", "json")

    whole = asked("impact", "08/2023/NQ-HĐND")
    then = asked("impact", "08/2023/NQ-HĐND", "--as-of", "2023-12-31")
    numbers = [{row["document"]["number"] for row in found["documents"]} for found in (whole, then["answer"])]
    assert numbers[1] < numbers[0]
    assert {"19/2024/NQ-HĐND", "05/2025/NQ-HĐND", "742/UBND-NNMT"} <= numbers[0] - numbers[1]
    assert then["as_of"] == "2023-12-31"
    assert {row["act"]["number"]: row["state"] for row in then["states"]}["08/2023/NQ-HĐND"] == "in force"
    traced = asked("trace", "10-cong-van-742-ubnd-nnmt-don-doc#u005", "--as-of", "2025-06-01")
    assert {row["state"] for row in traced["states"]} <= set(STATES)
    tasks = asked("tasks", "--as-of", "2023-06-01")
    assert tasks["answer"]
    assert all(row["place"]["document"]["date"] <= "2023-06-01" for row in tasks["answer"])
    shown = asked("show", "08/2023/NQ-HĐND", "--as-of", "2023-07-01")
    assert all(row["act"]["date"] <= "2023-07-01" for row in shown["answer"]["cited_by"])
    assert "as_of" not in asked("show", "08/2023/NQ-HĐND")


def test_states_names_each_act_once(reader: Reader) -> None:
    one = act(reader, "08/2023/NQ-HĐND")
    assert [row.state for row in states(reader, [one, one], "2025-02-01")] == ["partly"]


def test_the_real_aside_is_visible(shared: Path, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        build(store, [shared / "corpus"])
        found = at(Reader(store), "58/2021/NQ-HĐND", "2025-01-01")
    assert found.state == "unknown"
    (change,) = found.changes
    assert change.by is not None
    assert change.words is not None
    assert (change.kind, change.by.number, change.issued) == ("amend", "22/2023/NQ-HĐND", "2023-07-11")
    assert change.words.file.startswith("004")
