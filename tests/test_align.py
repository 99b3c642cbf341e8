"""Which clause a task comes from: what must be found, what must not, and what is said where nothing is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from linking import document, text_of

from benchmarks.generate import corpus
from kg.align import align, unlinked
from kg.links import Link
from kg.resolve import infer_identities, resolve
from kg.vocabulary import forms, stock, weights
from loaders.records import Citation, Document, Loaded, Record, Unit

FIXTURES = Path(__file__).parent / "fixtures" / "demo"
SAMPLES = Path(__file__).parent.parent / "policylineage" / "demo"

CLAUSES = """
# II. NHIỆM VỤ

Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn trong mùa khô; cắm phao tiêu đoạn cong gấp. Khôi phục
nghề đan mây tại huyện Đông Lăng gắn với đón khách lưu trú.

Xây dựng kho lạnh bảo quản cá tầm tại huyện Sơn Thạch theo hình thức đối tác công tư.

! Phát triển vùng trồng chè cổ thụ với tổng diện tích 1.200 ha.

! Diện tích trồng mới các loại cây: keo lai 300 ha; quế hữu cơ 120 ha; cây gỗ lim 40 ha.

Tăng cường công tác tuyên truyền, nâng cao nhận thức của cán bộ, đảng viên và Nhân dân; thực hiện nghiêm chế độ báo cáo.

= Sáu tháng đầu năm, việc khai thác cát trái phép ở thượng nguồn chưa được xử lý.
"""
CITED = {"symbol": "08-NQ/TU", "date": "2023-02-14", "issuer": "Tỉnh ủy"}
LEAD = ("Sở Giao thông vận tải",)


def resolution(text: str = CLAUSES, cites: tuple[dict[str, Any], ...] = (), **about: Any) -> Loaded:
    known = {
        "type": "Nghị quyết", "issuer": "Tỉnh ủy Trường Lĩnh", "number": "08-NQ/TU", "date": "2023-02-14",
        "subject": "về du lịch sông nước",
    }  # fmt: skip
    return document("nq.txt", text, cites, **(known | about))


def letter(tasks: str, cited: dict[str, Any] = CITED, file: str = "cv.txt", **about: Any) -> Loaded:
    known = {
        "type": "Công văn",
        "issuer": "Ủy ban nhân dân tỉnh Trường Lĩnh",
        "number": "12/UBND-TH",
        "date": "2023-06-20",
    }
    text = f"= Thực hiện [[Nghị quyết số 08-NQ/TU]], yêu cầu:\n\n{tasks}"
    return document(file, text, (cited,), lead=LEAD, **(known | about))  # fmt: skip


def linked(loaded: list[Loaded], file: str = "cv.txt") -> list[Link]:
    return [link for link in align(loaded, resolve(loaded)) if link.task.file == file]


def clauses(links: Iterable[Link]) -> set[tuple[str | None, str | None]]:
    return {(link.task.unit, link.source.unit) for link in links if link.source.unit}


@pytest.mark.parametrize(
    ("how", "task", "source"),
    [
        ("copied", "Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn trong mùa khô.", "u002"),
        ("scanned", "Nao vét luồng lach sông Vân, bảo đảm tàu du lich đi lại an toàn trong mùa khô.", "u002"),
        ("reordered", "Bảo đảm tàu du lịch đi lại an toàn trong mùa khô: nạo vét luồng lạch sông Vân.", "u002"),
        ("shortened", "Khẩn trương nạo vét luồng lạch để tàu du lịch đi lại an toàn.", "u002"),
        ("with local detail", "Xây dựng 02 kho lạnh (mỗi kho 300 tấn) bảo quản cá tầm, xong trong quý III.", "u003"),
        ("in a long sentence", "Chủ trì, phối hợp với các đơn vị rà soát quỹ đất công, lập danh mục, trong đó bố trí đất xây "
         "dựng kho lạnh bảo quản cá tầm, báo cáo kết quả trước ngày 15 tháng 9.", "u003"),
        ("takes over a target", "Tham mưu phân bổ chỉ tiêu mở rộng vùng trồng chè cổ thụ cho các xã.", "u004"),
    ],
)  # fmt: skip
def test_a_task_finds_its_clause_however_it_was_reworded(how: str, task: str, source: str):
    assert clauses(linked([resolution(), letter(task)])) == {("u002", source)}, how


@pytest.mark.parametrize(
    ("why", "task"),
    [
        ("stock phrases only", "Tăng cường tuyên truyền, nâng cao nhận thức của cán bộ, đảng viên và Nhân dân trên địa bàn."),
        ("one common word", "Bảo đảm an toàn giao thông trong mùa lễ hội."),
        ("another object of the same kind", "Xây dựng nhà văn hóa tại huyện Sơn Thạch."),
        ("an item of a target's list", "Kêu gọi nhà máy chế biến gỗ, quả óc chó, quế hữu cơ và nhựa thông."),
        ("who acts is not what is done", "Sở Giao thông vận tải báo cáo kết quả thực hiện."),
    ],
)  # fmt: skip
def test_a_task_of_its_own_finds_none(why: str, task: str):
    assert clauses(linked([resolution(), letter(task)])) == set(), why


def test_a_task_joins_clauses_and_a_clause_feeds_tasks():
    tasks = (
        "Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn. Xây dựng kho lạnh bảo quản cá tầm.\n\n"
        "Khôi phục nghề đan mây tại huyện Đông Lăng gắn với đón khách lưu trú."
    )
    assert clauses(linked([resolution(), letter(tasks)])) == {("u002", "u002"), ("u002", "u003"), ("u003", "u002")}


FIELD = "bảo tồn hệ sinh thái đất ngập nước và thích ứng với xâm nhập mặn"
OBJECTS = (
    "hàng rào tràm ven bãi triều", "quan trắc độ mặn tự động", "sổ tay giống lúa chịu phèn", "trạm cứu hộ rùa nước ngọt",
    "cống ngăn triều Rạch Gốc", "quỹ tín dụng vi mô cho hộ nuôi tôm", "bảo tàng ghe xuồng", "vườn ươm đước giống",
    "bản đồ thổ nhưỡng số", "chợ phiên hải sản sạch", "tuyến đê cát pha Mũi Nhạn", "câu lạc bộ quan sát chim di cư",
)  # fmt: skip


def test_what_many_clauses_of_an_act_speak_of_ties_a_task_to_none_of_them():
    texts = [
        f"Xây dựng {thing} gắn với {FIELD}." if at < 3 else f"Xây dựng {thing}." for at, thing in enumerate(OBJECTS)
    ]
    source = resolution("\n\n".join(texts))
    own = letter(f"Phối hợp tổ chức hội thi vẽ tranh của thiếu nhi về {FIELD}.")
    taken = letter(f"Hoàn thành sổ tay giống lúa chịu phèn trước mùa mưa, phục vụ {FIELD}.")
    assert len(source.record.units) == 12
    assert clauses(linked([source, own])) == set()
    assert clauses(linked([source, taken])) == {("u002", "u003")}


def test_a_sentence_that_an_act_writes_twice_comes_from_both_places():
    twice = f"Xây dựng quan trắc độ mặn tự động gắn với {FIELD}."
    source = resolution("\n\n".join([twice, *(f"Xây dựng {thing}." for thing in OBJECTS), twice]))
    assert clauses(linked([source, letter(twice)])) >= {("u002", "u001"), ("u002", "u014")}


def test_an_order_is_the_source_of_words_that_a_statement_has_too():
    said = "Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn trong mùa khô."
    task = letter("Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn.")
    assert clauses(linked([resolution(f"= {said}"), task])) == {("u002", "u001")}
    assert clauses(linked([resolution(f"= {said}\n\n{said}"), task])) == {("u002", "u002")}


def _under(heading: str, *tasks: str) -> list[tuple[str, str, str]]:
    number = heading.split(".")[0]
    return [(number, "heading", heading), *((f"{number}.-{at}", "task", f"- {t}") for at, t in enumerate(tasks, 1))]


def _outlined(loaded: Loaded, *parts: tuple[str, str, str]) -> Loaded:
    """The document with units that have these paths, kinds and texts in place of its tasks."""
    raw, units = loaded.raw, [u for u in loaded.record.units if u.kind == "statement"]
    for path, kind, text in parts:
        units.append(Unit(f"v{len(units):03d}", path, kind, len(raw), len(raw) + len(text)))
        raw += text + "\n\n"
    return Loaded(msgspec.structs.replace(loaded.record, units=tuple(units)), raw)


def test_clauses_under_the_heading_that_a_task_stands_under_are_nearer():
    like, other = "1. Cứu hộ động vật hoang dã", "2. Phố đêm, chợ phiên"
    clause = "Thả về rừng tê tê, chim cao cát sau khi phục hồi sức khỏe; lập hồ sơ nhận dạng từng con."
    own = "Mở lớp bồi dưỡng nghiệp vụ thú y cho cộng tác viên thôn buôn, lập hồ sơ nhận dạng từng con vật nuôi."
    filler = [f"Xây dựng {thing}." for thing in OBJECTS]
    source = _outlined(resolution("Bỏ."), *_under(like, clause, *filler[:4]), *_under(other, *filler[4:8]))
    scores = []
    for heading in (
        like,
        "3. Tổ chức thực hiện",
        other,
    ):  # the act's heading, one of the task's own, another of the act
        links = linked([source, _outlined(letter("Bỏ."), *_under(heading, own))])
        scores.append(next(k.score for k in links if k.source.unit == "v001"))
    assert scores[0] == pytest.approx(1.2 * scores[1], abs=0.001)
    assert scores[2] == pytest.approx(0.8 * scores[1], abs=0.001)


def test_grades_tell_copied_from_adapted_from_cited():
    tasks = (
        "Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn trong mùa khô.\n\n"
        "Kêu gọi vốn, sớm đưa kho lạnh chứa cá tầm vào danh mục đối tác công tư.\n\n"
        "Theo [[Nghị quyết số 08-NQ/TU]], khôi phục nghề đan mây tại huyện Đông Lăng."
    )
    text = f"= Thực hiện [[Nghị quyết số 08-NQ/TU]], yêu cầu:\n\n{tasks}"
    task_scope = {**CITED, "scope": "task"}
    both = document("cv.txt", text, (CITED, task_scope), type="Công văn", date="2023-06-20", lead=LEAD)
    grades = {link.task.unit: link.grade for link in linked([resolution(), both])}
    assert grades == {"u002": "copied", "u003": "adapted", "u004": "cited"}


def test_the_passages_are_the_matching_words_of_both_raw_texts():
    source, task = resolution(), letter("Khẩn trương nạo vét luồng lạch sông Vân trước mùa lũ.")
    link = next(k for k in linked([source, task]) if k.source.unit)
    assert [(text_of(task, p.task), text_of(source, p.source)) for p in link.evidence] == [
        ("nạo vét luồng lạch sông Vân", "Nạo vét luồng lạch sông Vân")
    ]
    unit = task.record.units[1]
    assert (link.task.start, link.task.end) == (unit.start, unit.end)


def test_shares_of_copied_adapted_and_new_words_make_up_the_task():
    copied = "Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn trong mùa khô."
    whole, half = (
        next(k.shares for k in linked([resolution(), letter(t)]) if k.source.unit)
        for t in (copied, f"{copied} Lắp camera soi biển số ghe thuyền tại bến Ngọc Lâm, thu phí không dừng.")
    )
    assert whole is not None
    assert half is not None
    assert whole.copied > 0.9
    assert 0.2 < half.copied < 0.7
    for s in (whole, half):
        assert s.copied + s.adapted + s.new == pytest.approx(1.0)


def test_a_younger_act_is_no_source():
    task = letter("Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn.")
    assert clauses(linked([resolution(date="2023-02-14"), task]))
    cited = {**CITED, "date": "2024-02-14"}
    late = letter("Nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn.", cited)
    assert clauses(linked([resolution(date="2024-02-14"), late])) == set()


def test_an_act_that_is_only_mentioned_is_no_source():
    mention = {**CITED, "relation": "mentions"}
    assert linked([resolution(), letter("Nạo vét luồng lạch sông Vân.", mention)]) == []


def test_where_the_nearest_act_has_nothing_the_one_behind_it_is_asked():
    high = document(
        "tw.txt", "Số hóa hồ sơ địa chính gắn mã định danh thửa đất.", province=None, type="Nghị quyết",
        issuer="Bộ Chính trị", number="05-NQ/TW", date="2022-11-20",
    )  # fmt: skip
    behind = {"symbol": "05-NQ/TW", "date": "2022-11-20", "issuer": "Bộ Chính trị"}
    between = resolution(f"= Thực hiện [[Nghị quyết số 05-NQ/TW]].\n\n{CLAUSES.strip()}", (behind,))
    task = letter("Số hóa hồ sơ địa chính gắn mã định danh thửa đất.\n\nNạo vét luồng lạch sông Vân.")
    sources = {(k.task.unit, k.source.file) for k in linked([high, between, task]) if k.source.unit}
    assert sources == {("u002", "tw.txt"), ("u003", "nq.txt")}


def test_a_task_without_a_clause_inherits_and_says_what_is_not_in_the_corpus():
    away = {"symbol": "97/NQ-CP", "date": "2023-07-08", "issuer": "Chính phủ"}
    text = "= Thực hiện [[Nghị quyết số 08-NQ/TU]], [[Nghị quyết số 97/NQ-CP]], yêu cầu:\n\nSơn lại cầu phao Ngọc Lâm."
    found = linked([resolution(), document("cv.txt", text, (CITED, away), type="Công văn", date="2023-08-01")])
    assert [(k.grade, k.source.file, k.source.start) for k in found] == [
        ("inherited", "nq.txt", None),
        ("inherited", None, None),
    ]
    assert found[0].reason == (
        "không thấy điểm tương ứng trong Nghị quyết 08-NQ/TU; Nghị quyết 97/NQ-CP không có trong kho"
    )


def test_a_task_that_names_an_act_outside_the_corpus_is_tied_to_it():
    text = (
        "= Thực hiện [[Nghị quyết số 08-NQ/TU]].\n\nTriển khai [[Nghị quyết số 44-NQ/TU]] ngày 01/6/2022 về rác thải."
    )
    other = {"symbol": "44-NQ/TU", "date": "2022-06-01", "scope": "task", "subject": "về rác thải"}
    found = linked([resolution(), document("cv.txt", text, (CITED, other), type="Công văn", date="2023-08-01")])
    assert [k.grade for k in found] == ["cited"]
    assert found[0].reason is not None
    assert "không có trong kho" in found[0].reason


def test_the_title_of_a_cited_act_is_not_the_task():
    title = "về nạo vét luồng lạch sông Vân, bảo đảm tàu du lịch đi lại an toàn trong mùa khô"
    text = f"= Thực hiện [[Nghị quyết số 08-NQ/TU]].\n\nBáo cáo kết quả thực hiện [[Kế hoạch số 9/KH-UBND]] {title}."
    plan = {"symbol": "9/KH-UBND", "type": "Kế hoạch", "date": "2023-05-01", "scope": "task", "subject": title}
    found = linked([resolution(), document("cv.txt", text, (CITED, plan), type="Công văn", date="2023-08-01")])
    assert clauses(found) == set()


def test_a_title_goes_on_after_a_semicolon_but_an_order_does_not():
    plan = {"symbol": "9/KH-UBND", "type": "Kế hoạch", "date": "2023-05-01", "scope": "task", "subject": "về chợ nổi"}
    found = {}
    for part in (
        "Luồng lạch sông Vân nạo vét",
        "Nạo vét luồng lạch sông Vân",
        "Sở Du lịch nạo vét luồng lạch sông Vân",
    ):
        text = f"= Thực hiện [[Nghị quyết số 08-NQ/TU]].\n\nTheo [[Kế hoạch số 9/KH-UBND]] về chợ nổi; {part}, báo cáo."
        loaded = [resolution(), document("cv.txt", text, (CITED, plan), type="Công văn", date="2023-08-01")]
        found[part.split()[0]] = bool(clauses(linked(loaded)))
    assert found == {"Luồng": False, "Nạo": False, "Sở": True}


def test_every_task_without_a_link_has_a_reason():
    alone = document("bc.txt", "Báo cáo trước ngày 15 hằng tháng.", type="Công văn", date="2023-08-01")
    loaded = [resolution(), letter("Nạo vét luồng lạch sông Vân."), alone]
    resolutions = resolve(loaded)
    links = align(loaded, resolutions)
    reasons = unlinked(loaded, resolutions, links)
    tasks = {(d.record.file, u.id) for d in loaded for u in d.record.units if u.kind == "task"}
    assert tasks == {(k.task.file, k.task.unit) for k in links} | reasons.keys()
    assert reasons["bc.txt", "u001"] == "văn bản không nêu văn bản nào mà cả văn bản thực hiện"


def test_the_table_of_stock_words_holds_both_ways():
    groups = stock().group
    assert len(groups) == 6
    for group in groups:
        assert group.examples, group.name
        assert group.counter_examples, group.name
        for example in group.examples:
            assert all(w < 1.0 for w in weights(forms(example))), (group.name, example)
        for counter in group.counter_examples:
            assert any(w == 1.0 for w in weights(forms(counter))), (group.name, counter)
        assert list(group.words) == sorted(set(group.words)), group.name
    for kept in stock().kept:
        assert all(w == 1.0 for w in weights(forms(kept))), kept


def test_generated_pairs_are_found_again():
    made = corpus(25, seed=7)
    found = {
        (k.task.file, k.task.unit, k.source.file, k.source.unit)
        for k in align(made.loaded, resolve(made.loaded))
        if k.source.unit
    } - made.optional
    assert len(made.truth) > 100
    assert len(found & made.truth) >= 0.97 * len(made.truth)
    assert len(found & made.truth) >= 0.9 * len(found)


def test_the_generator_repeats_itself():
    assert corpus(10, seed=5) == corpus(10, seed=5)
    assert corpus(10, seed=5) != corpus(10, seed=6)


def _figures(pairs: Iterable[tuple[str | None, str | None]], gold: Path) -> tuple[int, int, int]:
    """Hits, wrong links and links to find."""
    rows = json.loads(gold.read_text(encoding="utf-8"))
    known = {(row["task"], s["clause"]): s["strength"] for row in rows for s in row["sources"]}
    found = set(pairs)
    hits = sum(known.get((t or "", s or "")) == "strong" for t, s in found)
    return hits, len(found - known.keys()), sum(s == "strong" for s in known.values())


def _record(data: dict[str, Any]) -> Record:
    """A hand-written record: quantities and evidence are not needed for linking."""
    about = {k: v for k, v in data["document"].items() if k in Document.__struct_fields__ and "evidence" not in k}
    for c in data["citations"]:
        c["issuer"] = (c["issuer"] or "").removeprefix("~") or None
    units = [{k: v for k, v in u.items() if k != "quantities"} for u in data["units"]]
    return Record(
        data["file"],
        msgspec.convert(about, Document),
        tuple(msgspec.convert(data["citations"], list[Citation])),
        tuple(msgspec.convert(units, list[Unit])),
    )


def test_the_lineage_of_the_samples_is_found():
    loaded = []
    for path in sorted(FIXTURES.glob("[01][0-9]-*.json")):
        record = _record(json.loads(path.read_text(encoding="utf-8")))
        loaded.append(Loaded(record, (SAMPLES / record.file).read_bytes().decode("utf-8")))
    loaded = infer_identities(loaded)
    links = align(loaded, resolve(loaded))
    golds = sorted(FIXTURES.glob("lineage_*.json"))
    assert len(golds) >= 6
    totals = [0, 0, 0]
    for gold in golds:
        task, source = gold.stem.split("_")[1:]
        pairs = {
            (k.task.unit, k.source.unit)
            for k in links
            if k.source.unit and (k.task.file or "").startswith(task) and (k.source.file or "").startswith(source)
        }
        totals = [a + b for a, b in zip(totals, _figures(pairs, gold), strict=True)]
    hits, wrong, required = totals
    assert 2 * hits / (hits + wrong + required) >= 0.965
    assert hits / (hits + wrong) >= 0.96


def test_the_letter_and_the_resolution_of_the_real_documents(shared: Path):
    loaded = []
    for name in ("000", "002"):
        data = json.loads((shared / f"gold/{name}.json").read_text(encoding="utf-8"))
        data["document"]["province"] = "Kon Tum"
        loaded.append(Loaded(_record(data), (shared / "corpus" / data["file"]).read_bytes().decode("utf-8")))
    loaded = infer_identities(loaded)
    assert loaded[1].record.document.number == "21-NQ/TU"
    links = align(loaded, resolve(loaded))
    hits, wrong, required = _figures(clauses(links), shared / "gold/align_000_002.json")
    assert required == 30
    assert 2 * hits / (hits + wrong + required) >= 0.965
    assert hits / (hits + wrong) >= 0.96
