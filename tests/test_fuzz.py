"""Whatever a file holds, the whole reader gives a record whose every span quotes the text, or a reported error."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.read import load, read_record
from loaders.records import Record, from_json, to_json
from loaders.text import LoadError, read_text

ROOT = Path(__file__).resolve().parent.parent
DEMO = sorted((ROOT / "policylineage" / "demo").glob("[0-9]*"))
SEED = int(os.environ.get("LINEAGE_FUZZ_SEED", "20"))
"""Set it to try other mutations than those of every run."""
LONGEST = 24_000
"""Characters of a real document that are mutated: the time of the test."""

PIECES = [
    "Căn cứ ", "Thực hiện Nghị quyết số 21-NQ/TU ngày 30/6/2023 của Tỉnh ủy", "Luật Đất đai", "97/NQ-CP", "Số: 12/KH-UBND", "Số:", "V/v",
    "Kính gửi:", "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn An", "KẾ HOẠCH", "QUYẾT ĐỊNH:",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Vân Khê, ngày 31 tháng 02 năm 2024", "PHỤ LỤC II", "(Kèm theo Kế hoạch",
    "Điều 1. ", "Chương II", "I. ", "1. ", "1.1. ", "a) ", "- ", "+ ", "* ", "[1] ", "(12) ", "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính ",
    "Sở Y tế: ", "các sở, ban, ngành", "Cơ quan thực hiện: ", "Thời gian thực hiện: thường xuyên", "Sản phẩm: Báo cáo", "hoàn thành trong quý II/2020",
    "trước ngày 18 hằng tháng", "đạt trên 95,5%", "từ 5 đến 7 triệu đồng", "1.000.000", "| ", " |", "|---|", "||", "**", "* *", "__", "~~", "`", "#",
    "<!-- ", " -->", "<br>", "&nbsp;", "&#0;", "&#55296;", "\\*", "(", ")", "“", "”", '"', "…", "./.", "; ", ": ", ", ", ". ", "–", "\t", "     ",
    "Sửa đổi, bổ sung ", "Bãi bỏ ", "khoản 2 Điều 3", "Quyết định này có hiệu lực kể từ ngày 01/3/2024", "và thay thế ", "như sau:\n“Mới”",
    " được sửa đổi bởi ", " hết hiệu lực", "sau 45 ngày kể từ ngày ký", "đến hết ngày 31/12/2025", "Quyết định số 5/2020/QĐ-UBND",
    "\u00a0", "\u200b", "\ufeff", "\u00ad", "\u0301", "\u0323", "Ð", "ð", "𝔘", "٣", "ﬁ", "İ", "ß", "\x00", "\x0c", "\x1c", "\x85", "\u2028", "\r",
]  # fmt: skip
BETWEEN = ["", " ", "\n", "\n\n", "\r\n", " | "]


def spans(record: Record) -> Iterator[tuple[int, int, str]]:
    """Every span of a record with the quotation that it must slice to."""
    about = record.document
    for evidence in (about.type_evidence, about.issuer_evidence, about.number_evidence, about.date_evidence):
        if evidence:
            yield evidence.start, evidence.end, evidence.surface
    for citation in record.citations:
        yield citation.start, citation.end, citation.surface
    for event in record.events:
        yield event.start, event.end, event.surface
    for unit in record.units:
        for found in (*unit.quantities, *unit.deadline_spans):
            yield found.start, found.end, found.surface


def holds(raw: str) -> Record:
    """Read ``raw`` and check everything that a record promises; the record."""
    record = read_record(read_text("x.txt", raw))
    for start, end, surface in spans(record):
        assert 0 <= start <= end <= len(raw)
        assert " ".join(raw[start:end].split()) == surface
    assert all(c.start < c.end and c.surface for c in record.citations)
    starts = [c.start for c in record.citations]
    assert starts == sorted(starts)
    assert all(0 <= r.target < len(starts) for c in record.citations for r in c.relations_also)
    units_hold(record, len(raw))
    events_hold(record, len(raw))
    assert from_json(to_json([record])) == [record]
    return record


def units_hold(record: Record, length: int) -> None:
    seen: set[str] = set()
    before = 0
    for unit in record.units:
        assert before <= unit.start < unit.end <= length
        before = unit.start
        assert unit.parent is None or unit.parent in seen
        seen.add(unit.id)
        assert unit.deadlines == tuple(deadline.surface for deadline in unit.deadline_spans)
        assert all(0 <= index < len(record.citations) for index in unit.cites)
    assert len(seen) == len(record.units)
    assert len({unit.path for unit in record.units}) == len(record.units)


def events_hold(record: Record, length: int) -> None:
    starts = [event.start for event in record.events]
    assert starts == sorted(starts)
    units = {unit.id for unit in record.units}
    for event in record.events:
        assert event.unit is None or event.unit in units
        assert all(index is None or 0 <= index < len(record.citations) for index in (event.act, event.by))
        assert event.new_text is None or 0 <= event.new_text.start <= event.new_text.end <= length


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(raw: str) -> None:
    holds(raw)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BETWEEN)), max_size=50))
@example([("&#55296;", "")])
def test_pieces_of_documents_in_any_order(pieces: list[tuple[str, str]]) -> None:
    holds("".join(piece + between for piece, between in pieces))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(range(len(DEMO))), st.randoms(use_true_random=False))
def test_bytes_that_were_replaced(noise: bytes, index: int, chance: random.Random) -> None:
    data = DEMO[index].read_bytes()
    at = chance.randrange(len(data))
    holds((data[max(0, at - 2_000) : at] + noise + data[at : at + 2_000]).decode("utf-8", errors="replace"))


def _cut(raw: str, chance: random.Random) -> str:
    start, end = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
    return raw[start:end]


def _shuffled(between: str) -> Callable[[str, random.Random], str]:
    def shuffled(raw: str, chance: random.Random) -> str:
        parts = raw.split(between)
        chance.shuffle(parts)
        return between.join(parts)

    return shuffled


def _sprinkled(marks: str) -> Callable[[str, random.Random], str]:
    def sprinkled(raw: str, chance: random.Random) -> str:
        letters = list(raw)
        for _ in range(max(1, len(raw) // 40)):
            letters.insert(chance.randrange(len(letters) + 1), chance.choice(marks))
        return "".join(letters)

    return sprinkled


def _interleaved(raw: str, chance: random.Random) -> str:
    """Every second page from the other end, as a stack that fell to the floor."""
    pages = [raw[at : at + 1_500] for at in range(0, len(raw), 1_500)]
    return "\x0c".join(page for pair in zip(pages, reversed(pages), strict=True) for page in pair)


def _other_bytes(raw: str, chance: random.Random) -> str:
    data = bytearray(raw.encode("utf-8"))
    for _ in range(max(1, len(data) // 200)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data.decode("utf-8", errors="replace")


MUTATIONS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda raw, _: raw,
    "cut": _cut,
    "lines shuffled": _shuffled("\n"),
    "paragraphs shuffled": _shuffled("\n\n"),
    "words shuffled": _shuffled(" "),
    "decomposed": lambda raw, _: unicodedata.normalize("NFD", raw),
    "CRLF": lambda raw, _: raw.replace("\r", "").replace("\n", "\r\n"),
    "CR": lambda raw, _: raw.replace("\n", "\r"),
    "NBSP": lambda raw, _: raw.replace(" ", "\u00a0"),
    "one line": lambda raw, _: raw.replace("\n", " "),
    "no blanks": lambda raw, _: raw.replace(" ", ""),
    "upper case": lambda raw, _: raw.upper(),
    "lower case": lambda raw, _: raw.lower(),
    "doubled": lambda raw, _: raw + raw,
    "backwards": lambda raw, _: raw[::-1],
    "zero-width marks": _sprinkled("\u200b\u200d\u2060\ufeff\u00ad"),
    "combining marks": _sprinkled("\u0300\u0301\u0323\u031b"),
    "marks": _sprinkled("*|_#[]()<>\\`~&;:.-\n\x0c"),
    "other bytes": _other_bytes,
    "pages interleaved": _interleaved,
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_mutated_samples(name: str) -> None:
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 - a repeatable choice of mutations, no secret
    assert len(DEMO) >= 13
    records = [holds(MUTATIONS[name](path.read_bytes().decode("utf-8"), chance)) for path in DEMO]
    few = name in ("cut", "one line")  # a letter whose line breaks are lost is read for its header alone
    assert sum(len(record.units) for record in records) >= len(DEMO) // (2 if few else 1)


def test_mutated_real_documents(shared: Path) -> None:
    """Each real document under one mutation: together they meet every mutation."""
    chance = random.Random(SEED)  # noqa: S311 - as above
    paths = sorted((shared / "real" / "docs").glob("*.md")) + sorted((shared / "corpus").glob("*.txt"))
    names = list(MUTATIONS)
    for index, path in enumerate(paths):
        raw = path.read_bytes().decode("utf-8")
        holds(MUTATIONS[names[(index + SEED) % len(names)]](raw[:LONGEST], chance))
    assert len(paths) >= len(names)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
@example(data=b"")
@example(data=b"\xff\xfe")
@example(data="Số: 12/KH-UBND".encode("utf-16"))
@example(data="Ủy ban nhân dân tỉnh".encode()[:-1])
def test_a_file_of_any_bytes_is_read_or_refused(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        with pytest.raises(LoadError, match=f"byte {error.start}, dòng "):
            load(path)
    else:
        loaded = load(path)
        assert loaded.raw.encode("utf-8") == data


def test_extract_tells_bad_files_and_prints_the_others(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - as above
    bad = [
        tmp_path / name for name in ("bytes.txt", "cut.md", "letter.pdf", "picture.png", "folder.txt", "missing.txt")
    ]
    bad[0].write_bytes(b"\xff" + chance.randbytes(2_000))
    bad[1].write_bytes("Ủy ban nhân dân tỉnh Trường Lĩnh".encode()[:1])
    bad[2].write_bytes(b"%PDF-1.4")
    bad[3].write_bytes(chance.randbytes(500))
    bad[4].mkdir()
    good = [tmp_path / "empty.txt", DEMO[3], tmp_path / "zeros.txt"]
    good[0].write_bytes(b"")
    good[2].write_bytes(b"\x00" * 1_000)
    files = [bad[0], good[0], bad[1], bad[2], good[1], bad[3], bad[4], bad[5], good[2]]
    command = [sys.executable, "-m", "policylineage", "extract", *map(str, files)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    told = done.stderr.decode("utf-8")
    assert done.returncode == 1
    assert [row["file"] for row in json.loads(done.stdout)] == [path.name for path in good]
    assert "Traceback" not in told
    assert [sum(str(path) in line for line in told.splitlines()) for path in bad] == [1] * len(bad)
