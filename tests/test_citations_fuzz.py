"""No text breaks the reader, and whatever it finds can be quoted from the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.citations import read_citations
from loaders.records import RELATIONS, Document
from loaders.text import read_text

PIECES = [
    "Căn cứ ", "Thực hiện ", "Nghị quyết ", "nghị quyết của ", "Luật ", "luật ", "Bộ luật ", "sửa đổi, bổ sung một số điều của ",
    "số ", "số: ", "21-NQ/TU", "97/NQ-CP", "43/2023/NĐ-CP", "132- KL/TW", "32/2019/CP", "18NQ/TW", "57", "88/2014/QH13", "Đất đai",
    "Thanh tra", " (năm 2023)", " ngày 30 tháng 6 năm 2023", " ngày 15-5-2023", " của Chính phủ", " của Tỉnh ủy", " về phát triển",
    " quy định chi tiết ", "; ", ", ", " và ", ". ", ":\n", "\n\n", "\n- ", " (", ")", "“", "”", "đã được sửa đổi, bổ sung tại ",
    "Đại hội XIII", "Trung ương 6 (khóa XI)", "kỳ họp thứ 5, khóa XV", "**", "|", "\r\n", "\u00a0", "hết hiệu lực", "thay thế ",
]  # fmt: skip


def check(raw: str) -> None:
    text = read_text("x.txt", raw)
    found = read_citations(
        text, [(0, len(raw) // 2, "task"), (len(raw) // 2, len(raw), "statement")], Document(number="57")
    )
    for c in found:
        assert 0 <= c.start < c.end <= len(raw)
        assert " ".join(raw[c.start : c.end].split()) == c.surface
        assert c.relation in RELATIONS
        assert (c.symbol is None) == (c.kind == "named")
        assert all(0 <= r.target < len(found) for r in c.relations_also)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_pieces_of_citations_in_any_order(raw: str) -> None:
    check(raw)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_decomposed_text(raw: str) -> None:
    check(unicodedata.normalize("NFD", raw))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text(raw: str) -> None:
    check(raw)


def test_a_long_line_is_read_whole() -> None:
    sentence = "Thực hiện Nghị quyết số {}/NQ-CP ngày 02/3/2024 của Chính phủ về phát triển; vi phạm Luật Đất đai, "
    raw = "".join(sentence.format(n) for n in range(1, 2001))
    found = read_citations(read_text("x.txt", raw))
    assert [c.symbol for c in found if c.kind == "numbered"] == [f"{n}/NQ-CP" for n in range(1, 2001)]
    assert sum(c.kind == "named" for c in found) == 2000


@pytest.mark.parametrize(
    "piece", ["1/NQ-CP ", "Luật ", "Quyết định số 1/QĐ-TTg về việc sửa đổi ", "số ", "(", "Nghị quyết "]
)
def test_long_lines_of_one_piece_are_read(piece: str) -> None:
    check(piece * (30_000 // len(piece)))  # what grows with the square of the length would take minutes here
