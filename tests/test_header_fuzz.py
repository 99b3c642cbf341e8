"""No text breaks the reading of headers; whatever is mutilated, spans slice and regions cover."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_header import CASES

from loaders.header import read_document
from loaders.landmarks import landmarks
from loaders.regions import regions
from loaders.text import read_text

PIECES = [
    "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "KT.", "PHÓ", "CHỦ TỊCH", "Trần Văn An", "Kính gửi:", "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:",
    "Số: 12/KH-UBND", "Số:", "ngày 31 tháng 02 năm 2024", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG", "Độc lập - Tự do - Hạnh phúc",
    "SỞ TÀI CHÍNH", "UBND TỈNH", "PHỤ LỤC I", "(Kèm theo Kế hoạch số 12/KH-UBND", "V/v", "Xem chi tiết tại", "|", "**", "* *", "[1] ghi chú",
    "Nghị quyết này", "họp ngày 30-6-2023", "     ", "\x0c", "\xa0", "Ð", "𝔘", "٣/٤", "điện:", "(", ")", "T/M", "Q.", "Ngày 5/13/2024, Bộ",
]  # fmt: skip


def holds(raw: str) -> None:
    text = read_text("x.txt", raw)
    document = read_document(text)
    marks = landmarks(text)
    assert 0 <= marks.head <= marks.body <= marks.closing <= marks.annex <= len(text.lines)
    found = regions(text)
    assert [0, *(r.last for r in found)] == [*(r.first for r in found), len(text.paragraphs)]
    for evidence in (
        document.type_evidence,
        document.issuer_evidence,
        document.number_evidence,
        document.date_evidence,
    ):
        if evidence:
            assert 0 <= evidence.start <= evidence.end <= len(raw)
            assert evidence.surface == " ".join(raw[evidence.start : evidence.end].split())
    if document.date:
        assert len(document.date) == 10


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_text(raw: str) -> None:
    holds(raw)


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["\n", " ", "\r\n", "\n\n", "   "]))
@settings(deadline=None)
def test_any_order_of_the_set_lines(pieces: list[str], between: str) -> None:
    holds(between.join(pieces))


@given(st.sampled_from(sorted(CASES)), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_mutilated_documents(name: str, chance: random.Random) -> None:
    holds(mutilated(CASES[name][0], chance))


def mutilated(raw: str, chance: random.Random) -> str:
    """Cut, shuffled, decomposed, with other blanks and line ends, or with random characters put in."""
    how = chance.randrange(6)
    if how == 0:
        a, b = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        return raw[a:b]
    if how == 1:
        lines = raw.split("\n")
        chance.shuffle(lines)
        return "\n".join(lines)
    if how == 2:
        return unicodedata.normalize("NFD", raw).replace("\n", "\r\n")
    if how == 3:
        return raw.replace(" ", "\xa0")
    if how == 4:
        return raw.replace("\n", " ")
    letters = list(raw)
    for _ in range(20):
        letters.insert(chance.randrange(len(letters) + 1), chr(chance.randrange(0x20, 0x2FFF)))
    return "".join(letters)


@pytest.mark.parametrize("name", sorted(CASES))
def test_decomposed_text_is_read_the_same(name: str) -> None:
    raw = CASES[name][0]
    plain = read_document(read_text("x.txt", raw))
    decomposed = read_document(read_text("x.txt", unicodedata.normalize("NFD", raw)))
    for field in ("type", "issuer", "number", "date", "subject", "signer", "recipients", "province"):
        assert getattr(decomposed, field) == getattr(plain, field)


def test_mutilated_real_documents(shared: Path) -> None:
    chance = random.Random(20)  # noqa: S311 - a repeatable choice of mutilations, no secret
    paths = sorted((shared / "real" / "docs").glob("*.md"))[:40] + sorted((shared / "corpus").glob("*.txt"))
    assert len(paths) >= 45
    for path in paths:
        holds(mutilated(path.read_bytes().decode("utf-8")[:20_000], chance))
