"""What is touched downstream, how far away, how surely; and the lists of tasks that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from story import (
    ACT_TW,
    DECISION_22,
    FINANCE,
    LETTER,
    PROGRAMME,
    REPORT,
    RESOLUTION,
    TRADE,
    fill,
    graph_name,
    story,
)

from kg.store import EmbeddedStore, open_store
from queries import find
from queries.impact import impact
from queries.links import links
from queries.reader import Reader
from queries.rows import DocumentView, UnitView
from queries.show import show
from queries.tasks import tasks


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with open_store(fill(tmp_path_factory.mktemp("impact") / "store"), read_only=True) as store:
        yield Reader(store)


def test_documents_by_distance_and_relation(reader: Reader) -> None:
    found = impact(reader, reader.document(RESOLUTION))
    assert [(row.document.iri, row.relation, row.distance, row.tasks) for row in found.documents] == [
        (PROGRAMME, "implements", 1, 3),
        (REPORT, "mentions", 1, 0),
        (LETTER, "implements", 2, 1),
    ]
    assert all(row.words for row in found.documents)


def test_tasks_by_grade(reader: Reader) -> None:
    found = impact(reader, reader.document(RESOLUTION))
    assert [(task.place.id, task.grade, task.distance) for task in found.tasks] == [
        ("ctr_truong_linh#u002", "copied", 1),
        ("ctr_truong_linh#u003", "adapted", 1),
        ("ctr_truong_linh#u004", "inherited", 1),
        ("cv_truong_linh#u002", "copied", 2),
    ]
    assert found.counts.tasks_by_grade == {"copied": 2, "adapted": 1, "inherited": 1}
    assert (found.counts.documents, found.counts.tasks, found.counts.bodies) == (3, 4, 2)


def test_bodies_with_what_they_lead(reader: Reader) -> None:
    found = impact(reader, reader.document(RESOLUTION))
    assert [(row.name, row.lead, row.coordinate, row.nearest) for row in found.bodies] == [
        ("Sở Công Thương", 4, 0, 1),
        ("Sở Tài chính", 0, 1, 2),
    ]


def test_a_clause_touches_only_what_comes_from_it(reader: Reader) -> None:
    act = reader.document(RESOLUTION)
    found = impact(reader, act, find.units_at(reader, RESOLUTION, "II.1"))
    assert [(task.place.id, task.distance) for task in found.tasks] == [
        ("ctr_truong_linh#u002", 1),
        ("cv_truong_linh#u002", 2),
    ]
    assert [row.relation for row in found.documents] == ["task", "task"]
    assert found.untied == 1


def test_a_heading_stands_for_the_clauses_under_it(reader: Reader) -> None:
    act = reader.document(RESOLUTION)
    found = impact(reader, act, find.units_at(reader, RESOLUTION, "II"))
    assert found.counts.tasks == 3


def test_an_act_outside_the_corpus_has_an_impact_too(reader: Reader) -> None:
    found = impact(reader, reader.document(ACT_TW))
    assert [(row.document.iri, row.distance) for row in found.documents if row.relation == "implements"] == [
        (RESOLUTION, 1),
        (PROGRAMME, 2),
        (LETTER, 3),
    ]
    assert not found.act.in_corpus


def test_nothing_depends_on_an_act_that_nobody_surely_cites(reader: Reader) -> None:
    assert impact(reader, reader.document(DECISION_22)).counts.documents == 0


def test_tasks_by_body_source_and_deadline(reader: Reader) -> None:
    def ids(**conditions: object) -> list[str]:
        return [row.place.id for row in tasks(reader, **conditions)]  # type: ignore[arg-type]

    assert len(ids()) == 6
    assert ids(bodies={FINANCE}) == ["cv_truong_linh#u002"]
    assert len(ids(bodies={TRADE})) == 4
    assert ids(act=reader.document(PROGRAMME)) == ["cv_truong_linh#u002"]
    assert ids(due="2023-09-15") == ids(due="2023-09") == ids(due="2023") == ids(due="any") == ["cv_truong_linh#u002"]
    assert ids(due="2023-09-14") == ids(due="2023-10") == []
    assert ids(bodies={TRADE}, due="any", act=reader.document(RESOLUTION)) == ["cv_truong_linh#u002"]


def test_show_a_document_and_a_unit(reader: Reader) -> None:
    document = show(reader, reader.anywhere(LETTER))
    assert isinstance(document, DocumentView)
    assert document.signer == "Lê Thị Nguồn"
    assert document.units == {"statement": 1, "task": 1}
    assert [row.act.id if row.act else None for row in document.citations] == ["45/CTr-UBND", None]
    unit = show(reader, reader.anywhere(f"{PROGRAMME}#u002"))
    assert isinstance(unit, UnitView)
    assert [hop.upper.id for hop in unit.sources] == ["nq_truong_linh#u003"]
    assert [hop.lower.id for hop in unit.uses] == ["cv_truong_linh#u002"]
    target = show(reader, reader.anywhere(f"{RESOLUTION}#u005"))
    assert isinstance(target, UnitView)
    assert target.quantities[0].value in {"12", "12.0"}


def test_reading_ahead_changes_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many units of one document are read at once, few one by one: the rows are the same."""
    folder = fill(tmp_path / "store")
    answers = []
    for many in (1, 1000):
        monkeypatch.setattr("queries.reader.MANY", many)
        with open_store(folder, read_only=True) as store:
            reader = Reader(store)
            act = reader.document(RESOLUTION)
            clause = find.units_at(reader, RESOLUTION, "II.1")
            answers.append((impact(reader, act), impact(reader, act, clause), tasks(reader), links(reader)))
    assert answers[0] == answers[1]


def test_a_large_document_asks_few_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs = story()
    for order in range(10, 110):
        graphs["cv"].unit(LETTER, order, "Task", f"9.-{order}", f"Việc {order}", lead=(TRADE,))
        graphs["links/cv"].lineage(f"x{order}", f"{LETTER}#u{order:03d}", f"{RESOLUTION}#u003", "adapted", 0.5)
    with EmbeddedStore(tmp_path / "s") as store:
        store.replace({graph_name(key): graph.triples for key, graph in graphs.items()})
        asked: list[tuple[object, ...]] = []
        select = store.select
        monkeypatch.setattr(store, "select", lambda *words: asked.append(words) or select(*words))
        reader = Reader(store)
        assert impact(reader, reader.document(RESOLUTION)).counts.tasks == 104
        assert len(asked) < 60
