"""Units put together by loaders/structure.py: who acts where several places could say it, and what lines below add."""

from __future__ import annotations

from pathlib import Path

from loaders.read import load
from loaders.records import Unit
from loaders.structure import read_units
from loaders.text import read_text


def units(text: str, kind: str = "Công văn", addressees: tuple[str, ...] = ()) -> dict[str, Unit]:
    return {unit.path: unit for unit in read_units(read_text("a.txt", text), kind, addressees, 2026)}


LATER = """1. Về đầu tư công
- Rà soát hồ sơ. Trường hợp chậm tiến độ, Giám đốc Sở Xây dựng phối hợp Sở Nội vụ tham mưu hình thức kỷ luật.
2. Sở Y tế
- Mua sắm vắc xin dại. Trường hợp thiếu vốn, Sở Tài chính tham mưu bổ sung dự toán.
"""


def test_a_later_addressee_leads_where_nothing_above_names_one() -> None:
    found = units(LATER)
    assert (found["1.-1"].lead, found["1.-1"].lead_post) == (("Sở Xây dựng",), ("Giám đốc",))
    assert found["1.-1"].coordinate == ("Sở Nội vụ",)
    assert found["2.-1"].lead == ("Sở Y tế",)


def test_a_later_addressee_gives_way_to_whom_the_letter_is_sent() -> None:
    assert units(LATER, addressees=("Sở Công Thương",))["1.-1"].lead == ("Sở Công Thương",)


def test_whom_an_item_asks_leads_before_those_of_the_letter() -> None:
    text = "1. Một số căn cứ đã cũ, do vậy đề nghị Sở Y tế cập nhật.\n2. Rà soát hồ sơ.\n3. Qua kiểm tra, đề nghị Sở Xây dựng:\n- Sửa mái.\n"
    found = units(text, addressees=("Sở Công Thương",))
    assert {path: unit.lead for path, unit in found.items() if unit.kind == "task"} == {
        "1": ("Sở Y tế",),
        "2": ("Sở Công Thương",),
        "3.-1": ("Sở Xây dựng",),
    }


def test_a_title_lends_no_words_to_the_paragraph_below_it() -> None:
    found = units(
        "6. Công ty Điện lực Vân Khê\nKhảo sát lưới điện, phối hợp với Sở Công Thương lắp đặt.\n", "Thông báo"
    )
    assert (found["6"].lead, found["6"].coordinate) == (("Công ty Điện lực Vân Khê",), ("Sở Công Thương",))


def test_the_same_leader_keeps_the_partners_of_its_heading() -> None:
    found = units(
        """1. Sở Y tế chủ trì, phối hợp với Công an tỉnh:
- Sở Y tế kiểm tra các cơ sở giết mổ.
- Sở Y tế phối hợp với Sở Công Thương kiểm tra các chợ.
- Sở Du lịch kiểm tra các khách sạn.
"""
    )
    assert [found[f"1.-{i}"].coordinate for i in (1, 2, 3)] == [("Công an tỉnh",), ("Sở Công Thương",), ()]


def test_items_below_a_heading_that_asks_for_partners_open_with_them() -> None:
    found = units(
        "1. Sở Y tế\na) Chủ trì, phối hợp với:\n- Sở Tài chính cân đối ngân sách.\n- Sở Nội vụ rà soát biên chế.\n"
    )
    assert [found[f"1.a.-{i}"].lead for i in (1, 2)] == [("Sở Y tế",), ("Sở Y tế",)]
    assert [found[f"1.a.-{i}"].coordinate for i in (1, 2)] == [("Sở Tài chính",), ("Sở Nội vụ",)]


def test_a_list_below_a_label_gives_its_bodies_to_the_task_above() -> None:
    found = units(
        """1. Hoạt động hè
- Nội dung: Tuyên truyền phòng, chống đuối nước.
- Cơ quan thực hiện:
+ Sở Du lịch chủ trì, phối hợp với Sở Y tế.
+ Sở Nội vụ.
+ Sở Xây dựng đăng tải thông điệp trên bảng tin.
- Nội dung: Mở lớp dạy bơi.
"""
    )
    task = found["1.-1"]
    assert (task.lead, task.coordinate) == (("Sở Du lịch", "Sở Nội vụ"), ("Sở Y tế",))
    assert [(found[path].kind, found[path].lead) for path in ("1.-2.+1", "1.-2.+2")] == [("statement", ())] * 2
    assert (found["1.-2.+3"].kind, found["1.-2.+3"].lead) == ("task", ("Sở Xây dựng",))
    assert found["1.-3"].kind == "task"
    assert found["1.-3"].lead == ()


def test_a_numbered_label_is_the_heading_of_tasks() -> None:
    found = units("1. Rà soát chợ.\n2. Trách nhiệm thực hiện:\n- Sở Du lịch: rà soát lễ hội.\n")
    assert (found["2.-1"].kind, found["2.-1"].lead) == ("task", ("Sở Du lịch",))


def test_the_line_of_time_gives_its_whole_content_where_that_fixes_a_time() -> None:
    found = units(
        """1. Rà soát quy hoạch chợ.
- Cơ quan thực hiện: Sở Công Thương.
- Thời gian thực hiện: Từ năm 2026, duy trì thường xuyên.
2. Soạn thảo quy chế.
- Thời gian thực hiện: Báo cáo trước ngày 10/12/2026, hoàn thành trong tháng 3/2027.
3. Góp ý dự thảo.
- Thời gian thực hiện: Theo tiến độ của Bộ Xây dựng.
""",
        "Kế hoạch",
    )
    assert found["1"].deadlines == ("Từ năm 2026, duy trì thường xuyên",)
    assert found["1"].lead == ("Sở Công Thương",)
    assert found["3"].deadlines == ()
    assert found["2"].deadlines == ("trước ngày 10/12/2026", "trong tháng 3/2027")


def test_a_report_states_its_counts_and_a_task_its_aims() -> None:
    text = "1. {} 12 dự án và 57 thửa đất."
    report = units(text.format("Tỉnh đã công nhận"), "Báo cáo")["1"]
    task = units(text.format("Rà soát"), "Công văn")["1"]
    assert (report.kind, [q.value for q in report.quantities]) == ("statement", [12, 57])
    assert (task.kind, task.quantities) == ("task", ())


def test_every_figure_of_the_real_documents_quotes_its_words(shared: Path) -> None:
    seen = 0
    for path in sorted((shared / "corpus").glob("*.txt")):
        loaded = load(path)
        for unit in loaded.record.units:
            for figure in unit.quantities:
                quoted = loaded.raw[figure.start : figure.end]
                assert unit.start <= figure.start < figure.end <= unit.end
                assert any(character.isdigit() for character in quoted) or "cả" in quoted
                seen += 1
    assert seen >= 200


def test_the_addressee_called_by_its_kind_leads_under_its_full_name() -> None:
    letter = "Hồ sơ còn thiếu bản vẽ. Đề nghị Doanh nghiệp bổ sung bản vẽ, nộp lại hồ sơ cho Sở Y tế trong tháng sau khi lập xong.\n"
    (one,) = units(letter, addressees=("Doanh nghiệp tư nhân An Bình",)).values()
    assert (one.kind, one.lead) == ("task", ("Doanh nghiệp tư nhân An Bình",))
    (several,) = units(letter, addressees=("Doanh nghiệp tư nhân An Bình", "Sở Y tế")).values()
    assert several.lead == ("Doanh nghiệp",)


LABELS = """I. DẠY NGHỀ
1. Nội dung
a) Mở lớp dệt.
b) Mở lớp rèn.
2. Cơ quan chủ trì, phối hợp
a) Cơ quan chủ trì
- Sở Nội vụ.
- Các sở, ban, ngành.
b) Cơ quan phối hợp
- Sở Tài chính; Sở Y tế.
3. Thời gian thực hiện: Tháng 12/2031 và thường xuyên.
II. MỞ CHỢ
1. Nội dung
a) Dựng cổng chợ.
2. Cơ quan chủ trì
- Sở Công Thương.
3. Trách nhiệm thực hiện:
- Sở Y tế kiểm tra an toàn thực phẩm.
- Sở Xây dựng sửa đường vào chợ.
"""


def test_labels_above_lists_of_bodies_speak_of_the_tasks_beside_them() -> None:
    found = units(LABELS, "Kế hoạch")
    for path in ("I.1.a", "I.1.b"):
        assert found[path].lead == ("Sở Nội vụ", "Các sở, ban, ngành")
        assert found[path].coordinate == ("Sở Tài chính", "Sở Y tế")
        assert found[path].deadlines == ("Tháng 12/2031", "thường xuyên")
    assert found["II.1.a"].lead == ("Sở Công Thương",)
    assert {found[path].kind for path in ("I.2.a.-1", "I.2.a.-2", "I.2.b.-1", "II.2.-1")} == {"statement"}
    assert (found["II.3.-1"].kind, found["II.3.-1"].lead) == ("task", ("Sở Y tế",))


OPENING = """CHỈ THỊ
Về việc phòng cháy

Để giữ chợ an toàn, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu Ủy ban nhân dân các xã:

1. Chỉ đạo các chợ dựng bể nước.
2. Sở Y tế mở trạm cấp cứu.
3. Rà soát kho hàng.
"""


def test_whom_the_line_above_the_outline_charges_leads_all_of_it_unless_a_letter_has_addressees() -> None:
    found = units(OPENING, "Chỉ thị")
    assert {path: found[path].lead for path in ("1", "2", "3")} == {
        "1": ("Ủy ban nhân dân các xã",),
        "2": ("Sở Y tế",),
        "3": ("Ủy ban nhân dân các xã",),
    }
    assert units(OPENING, "Công văn", ("Ủy ban nhân dân xã Ia Rưm",))["3"].lead == ("Ủy ban nhân dân xã Ia Rưm",)
    named = OPENING.replace("yêu cầu Ủy ban nhân dân các xã", "yêu cầu Sở Nội vụ")
    assert units(named, "Công văn", ("Ủy ban nhân dân xã Ia Rưm",))["3"].lead == ("Sở Nội vụ",)


def test_the_kind_of_the_issuer_alone_means_the_issuer() -> None:
    text = read_text(
        "a.txt", "1. Sở tập huấn cho các xã, Phòng Nội vụ mở lớp.\n\n2. Bộ trưởng Bộ Y tế, Sở Nội vụ ra soát hồ sơ.\n"
    )
    issuer = "Sở Lao động - Thương binh và Xã hội tỉnh Trường Lĩnh"
    found = {unit.path: unit.lead for unit in read_units(text, "Hướng dẫn", (), 2026, issuer)}
    assert found["1"] == ("Sở Lao động - Thương binh và Xã hội",)
    assert "Sở Lao động - Thương binh và Xã hội" not in found["2"]
