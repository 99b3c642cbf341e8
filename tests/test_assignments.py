"""Labels and parentheses inside an item that say who acts (loaders/assignments.py)."""

from __future__ import annotations

import pytest

from loaders.assignments import set_apart

STATED = [
    ("Rà soát các trạm y tế xã. Đơn vị chủ trì: Sở Y tế.", ("Sở Y tế",), ()),
    (
        "Lập danh mục kho lạnh trước khi trình duyệt. Cơ quan chủ trì: Sở Công Thương; phối hợp: Sở Tài chính, Sở Xây dựng.",
        ("Sở Công Thương",),
        ("Sở Tài chính", "Sở Xây dựng"),
    ),
    (
        "Số hóa sổ đất (Sở Nội vụ chủ trì; Sở Tài chính phối hợp; xong trước 31/3/2031).",
        ("Sở Nội vụ",),
        ("Sở Tài chính",),
    ),
    ("Mở lớp dạy nghề dệt (giao Sở Nội vụ chủ trì thực hiện).", ("Sở Nội vụ",), ()),
]
NONE = [
    "Rà soát các trạm y tế xã.",
    "Gồm ba nhóm: trạm xã; trạm phường; kho thuốc.",
    "Tổ chức hội thi (hội thi do các xã chủ trì theo cụm) và trao giải.",  # the parenthesis is not at the end
    "Trồng rừng (theo Kế hoạch của Sở Công Thương).",  # names a body, charges none
    "Bảo dưỡng đường (theo quy trình chủ trì ban hành).",  # a leader's word, no body
]


@pytest.mark.parametrize(("text", "lead", "coordinate"), STATED)
def test_what_is_set_apart_names_who_acts(text, lead, coordinate):
    found = set_apart(text)
    assert found is not None
    assert found.own
    assert (found.lead, found.coordinate) == (lead, coordinate)


@pytest.mark.parametrize("text", NONE)
def test_other_labels_and_parentheses_charge_nobody(text):
    assert set_apart(text) is None


def test_all_cases_were_collected():
    assert (len(STATED), len(NONE)) == (4, 5)
