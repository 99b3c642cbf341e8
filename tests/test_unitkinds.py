"""What headings announce and what items are: the table tested both ways."""

from __future__ import annotations

import tomllib
import unicodedata
from typing import get_args

import pytest

from loaders.outline import read_outline
from loaders.text import read_text
from loaders.unitkinds import Role, classify, section_role
from tests.conftest import ROOT

TEXT = (ROOT / "loaders" / "sections.toml").read_text(encoding="utf-8")
TABLE = tomllib.loads(TEXT)
EXAMPLES = [(row["role"], heading) for row in TABLE["section"] for heading in row["examples"]]
COUNTER = [(row["role"], heading) for row in TABLE["section"] for heading in row["counter_examples"]]


@pytest.mark.parametrize(("role", "heading"), EXAMPLES)
def test_examples_of_headings(role, heading):
    assert section_role(heading) in (role, "mixed")


@pytest.mark.parametrize(("role", "heading"), COUNTER)
def test_counter_examples_of_headings(role, heading):
    assert section_role(heading) != role


def test_the_table_is_canonical_and_all_its_rows_are_tested():
    assert unicodedata.is_normalized("NFC", TEXT)
    assert {row["role"] for row in TABLE["section"]} | {"mixed"} == set(get_args(Role))
    assert len(EXAMPLES) >= 12
    assert len(COUNTER) >= 12
    for row in TABLE["section"]:
        assert len(row["words"]) == len(set(row["words"]))
        assert all(word == word.casefold() for word in row["words"])


PROGRAMME = """CHƯƠNG TRÌNH HÀNH ĐỘNG
Thực hiện Nghị quyết của Tỉnh ủy

I. TÌNH HÌNH
1. Kết quả: Các xã đã hoàn thành trồng rừng.
II. CHỈ TIÊU
- Trồng mới 1.200 ha rừng gỗ lớn.
- Chi tiết tại Phụ lục kèm theo.
III. NHIỆM VỤ
1. Sở Công Thương:
- Rà soát các cụm công nghiệp, đề xuất phương án di dời.
2. Giám đốc Sở Tài chính: Thu ngân sách nhà nước đạt 900 tỷ đồng. Tỷ lệ giải ngân đạt trên 95%.
3. Giao Văn phòng theo dõi, đôn đốc.
"""


def test_kinds_follow_section_words_and_figures():
    items = read_outline(read_text("a.txt", PROGRAMME))
    kinds = dict(zip([item.path for item in items], classify(items, "Chương trình hành động"), strict=True))
    assert kinds == {
        "I": "heading",
        "I.1": "statement",
        "II": "heading",
        "II.-1": "target",
        "II.-2": "statement",
        "III": "heading",
        "III.1": "heading",
        "III.1.-1": "task",
        "III.2": "target",
        "III.3": "task",
    } | {k: v for k, v in kinds.items() if k.startswith("preamble")}


def test_a_report_informs_until_it_comes_to_tasks():
    raw = "BÁO CÁO\nTình hình tháng 9\n\nI. VỀ KINH TẾ\n- Trồng rừng: trồng được 90 ha.\nII. NHIỆM VỤ THÁNG 10\n- Tiếp tục trồng rừng.\n"
    items = read_outline(read_text("a.txt", raw))
    kinds = dict(zip([item.path for item in items], classify(items, "Báo cáo"), strict=True))
    assert (kinds["I.-1"], kinds["II.-1"]) == ("statement", "task")


def test_a_list_of_procedures_assigns_nothing():
    table = "\n".join(
        [
            "| STT | Tên TTHC | Mã TTHC | Cơ quan thực hiện |",
            "|---|---|---|---|",
            "| 1 | Gia hạn giấy phép chợ | 1.012345 | Sở A |",
        ]
    )
    items = read_outline(read_text("a.md", f"PHỤ LỤC\n\n{table}\n"))
    rows = [kind for item, kind in zip(items, classify(items, "Quyết định"), strict=True) if item.row]
    assert rows == ["heading", "statement"]
    assigned = table.replace("Tên TTHC | Mã TTHC", "Nội dung | Thời gian").replace("1.012345", "Tháng 9/2026")
    items = read_outline(read_text("a.md", f"PHỤ LỤC\n\n{assigned}\n"))
    rows = [kind for item, kind in zip(items, classify(items, "Quyết định"), strict=True) if item.row]
    assert rows == ["heading", "task"]
