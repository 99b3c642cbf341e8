"""A task whose wording returns in a later year is linked to its earlier self, apart from lineage."""

from __future__ import annotations

from pathlib import Path

import pytest
from linking import document, text_of

from kg.align import align
from kg.build import build
from kg.identity import infer_identities
from kg.recurrence import Recurrence, recurrences
from kg.resolve import resolve
from kg.store import EmbeddedStore
from loaders.read import load
from loaders.records import Loaded
from queries.reader import Reader
from queries.recurs import recurs
from queries.show import show
from queries.trace import trace

ISSUER = "Ủy ban nhân dân tỉnh Trường Lĩnh"
DIVING = (
    "Sở Du lịch kiểm định toàn bộ thuyền độc mộc chở khách trên hồ Ngọc, niêm yết giá vé tại bến Cây Sung và bố trí người "
    "cứu hộ trực suốt mùa lễ hội đua thuyền"
)
STOCK = "Đẩy mạnh cải cách hành chính, nâng cao hiệu lực, hiệu quả quản lý nhà nước trên địa bàn tỉnh"
FILLER = "\n\n".join(
    f"Sở Văn hóa mở lớp dạy nghề {trade} cho thanh niên làng {village}"
    for trade, village in (("đan gùi", "Kon Rẫy Thượng"), ("dệt thổ cẩm", "Ia Mơ"), ("đúc chiêng", "Plei Ốp"))
)


def made(*documents: Loaded) -> list[Recurrence]:
    known = infer_identities(list(documents))
    resolutions = resolve(known)
    return recurrences(known, resolutions, align(known, resolutions))


def programme(year: int, text: str, **about: object) -> Loaded:
    facts = {"type": "Chương trình hành động", "issuer": ISSUER, "date": f"{year}-01-15", **about}
    return document(f"{year}.txt", f"{text}\n\n{FILLER if year == 2024 else ''}", **facts)  # type: ignore[arg-type]


def test_the_wording_of_a_year_before_is_found_with_its_words() -> None:
    early, late = programme(2024, f"{DIVING}."), programme(2025, f"{DIVING}, nhất là dịp Tết.")
    (found,) = made(early, late)
    assert (found.later.file, found.earlier.file) == ("2025.txt", "2024.txt")
    assert found.share >= 0.8
    assert any("thuyền độc mộc" in text_of(late, passage.task) for passage in found.evidence)
    assert any("thuyền độc mộc" in text_of(early, passage.source) for passage in found.evidence)


def test_the_latest_earlier_self_is_the_one() -> None:
    found = made(*(programme(year, f"{DIVING}.") for year in (2023, 2024, 2025)))
    assert [(r.later.file, r.earlier.file) for r in found] == [("2024.txt", "2023.txt"), ("2025.txt", "2024.txt")]


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "Ủy ban nhân dân huyện Sơn Thạch"},
        {"type": "Luật"},
        {"date": "2024-11-20"},
        {"issuer": None},
    ],
    ids=["another issuer", "a kind that gives no tasks", "the same year", "no issuer"],
)
def test_only_the_same_issuer_in_a_later_year(about: dict[str, object]) -> None:
    assert made(programme(2024, f"{DIVING}."), programme(2025, f"{DIVING}.", **about)) == []


def test_stock_phrases_return_without_being_a_task_that_returns() -> None:
    assert made(programme(2024, f"{STOCK}."), programme(2025, f"{STOCK}.")) == []


def test_a_document_that_carries_out_the_other_is_lineage() -> None:
    early = programme(2024, f"{DIVING}.", number="45/CTr-UBND")
    cited = {"symbol": "45/CTr-UBND", "type": "Chương trình hành động", "date": "2024-01-15", "issuer": ISSUER}
    late = document(
        "2025.txt",
        f"Thực hiện [[Chương trình hành động số 45/CTr-UBND ngày 15 tháng 01 năm 2024]]:\n\n{DIVING}.",
        (cited,),
        type="Công văn",
        issuer=ISSUER,
        date="2025-02-01",
    )
    known = infer_identities([early, late])
    resolutions = resolve(known)
    links = align(known, resolutions)
    assert any(link.source.file == "2024.txt" and link.source.unit for link in links)
    assert recurrences(known, resolutions, links) == []


HEAD = """ỦY BAN NHÂN DÂN
TỈNH TRƯỜNG LĨNH

Số: {number}/CT-UBND

Vân Khê, ngày 05 tháng 01 năm {year}

CHỈ THỊ
về du lịch hồ Ngọc năm {year}

1. {task}.

2. Sở Văn hóa mở lớp dạy nghề {trade} cho thanh niên.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Phan Thế Lữ
"""


def test_it_is_kept_in_the_store_and_shown_apart_never_as_a_hop(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for year, trade in ((2024, "đan gùi"), (2025, "đúc chiêng")):
        text = HEAD.format(number=year - 2020, year=year, task=DIVING, trade=trade)
        (folder / f"ct-{year}.txt").write_text(text, encoding="utf-8")
    with EmbeddedStore(tmp_path / "store") as store:
        build(store, [folder])
        reader = Reader(store)
        later = next(p for p in _tasks(reader, "ct-2025.txt") if "thuyền độc mộc" in _words(p))
        (again,) = recurs(reader, later)
        assert (again.direction, again.place.document.file) == ("earlier", "ct-2024.txt")
        assert any("thuyền độc mộc" in quote.text for quote in again.there)
        assert [found.direction for found in recurs(reader, again.place)] == ["later"]
        assert trace(reader, later).recurs == (again,)
        assert trace(reader, later).hops == ()
        assert show(reader, later).recurs == (again,)  # type: ignore[union-attr]


def _tasks(reader: Reader, file: str) -> list:  # type: ignore[type-arg]
    rows = reader.rows("units_of_document", document=reader.files[file])
    return [place for row in rows if (place := reader.place(row["unit"]))]


def _words(place) -> str:  # type: ignore[no-untyped-def]
    return place.unit.quote.text if place.unit and place.unit.quote else ""


def test_the_real_documents_have_some(shared: Path) -> None:
    found = made(*(load(path) for path in sorted((shared / "corpus").glob("*.txt"))))
    pairs = {(r.later.file[:3], r.later.unit, r.earlier.file[:3], r.earlier.unit) for r in found}
    assert ("004", "u036", "001", "u044") in pairs
    assert 2 <= len(found) <= 12
    assert all(r.share >= 0.55 for r in found)
