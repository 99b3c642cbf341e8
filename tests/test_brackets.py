"""Bodies in the parenthesis that ends an item (loaders/brackets.py)."""

from __future__ import annotations

import pytest

from loaders.brackets import told_in_brackets
from loaders.words import split_words


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Bàn giao đủ bộ cân cho các xã (Sở Xây dựng).", ["Sở Xây dựng"]),
        ("Kiểm tra bến bãi (Sở Xây dựng trong phạm vi quản lý; Công an tỉnh).", ["Sở Xây dựng", "Công an tỉnh"]),
        ("Thu hồi giấy phép (Sở Nội vụ chịu trách nhiệm; Sở Tài chính hướng dẫn).", ["Sở Nội vụ"]),
        ("Gửi hồ sơ về Công an tỉnh (Phòng Cảnh sát giao thông).", []),
        ("Gửi các Sở (Sở Tài chính, Sở Nội vụ).", []),
        ("Tăng cường kiểm tra (theo kế hoạch của Sở Y tế).", []),
        ("Xây dựng báo cáo (Sở Y tế tham mưu).", []),
        ("Khu vực nông thôn (xã)", []),
        ("Trồng rừng (150 ha).", []),
        ("(Sở Y tế) Khám bệnh cho dân.", []),
        (")", []),
        ("(", []),
        ("", []),
    ],
)
def test_who_acts_by_a_closing_parenthesis(text: str, bodies: list[str]) -> None:
    assert [body.name for body in told_in_brackets(split_words(text))] == bodies
