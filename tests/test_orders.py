"""Which sentences order work, as loaders/orders.py reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.orders import starts_order


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát quy hoạch chợ.",
        "Sở Y tế: Chủ trì mua vắc xin.",
        "Hằng năm, tiến hành rà soát danh mục.",
        "Căn cứ tình hình thực tế, điều kiện của địa phương, bố trí kinh phí.",
        "Khi có mưa lớn, khoanh vùng điểm sạt lở.",
        "Tổ chức lễ hội; ký cam kết bảo vệ rừng.",
        "Ký cam kết bảo vệ rừng.",
        "Đây mạnh số hóa hồ sơ.",
        "Thúc đây tiêu thụ nông sản.",
    ],
)
def test_orders(text: str) -> None:
    assert starts_order(text)


@pytest.mark.parametrize(
    "text",
    [
        "Các xã rà soát quy hoạch chợ.",
        "Hằng năm, giảm 2% số hộ nghèo.",
        "Hằng năm, tỉnh rà soát danh mục.",
        "Khi có mưa lớn. Khoanh vùng điểm sạt lở.",
        "Ký, mã hiệu, chủng loại: XB-2",
        "Tổ chức, cá nhân được miễn phí.",
        "Quyết định số 12/QĐ-UBND",
        "Thu nhập bình quân tăng.",
        "Cách sử dụng: Mở nắp, lắc đều.",
    ],
)
def test_no_orders(text: str) -> None:
    assert not starts_order(text)


@given(st.text(alphabet=st.characters() | st.sampled_from("Hằng năm, rà soát.:;"), max_size=120))
def test_any_text_is_accepted(text: str) -> None:
    assert starts_order(text) in (True, False)
