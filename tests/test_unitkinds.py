"""What headings announce and what items are: the table tested both ways."""

from __future__ import annotations

import tomllib
import unicodedata
from typing import get_args

import pytest

from loaders.outline import read_outline
from loaders.sections import Role, section_role
from loaders.text import read_text
from loaders.unitkinds import classify
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


def test_what_a_submission_asks_for_in_its_proposals_is_a_task_and_its_last_words_are_none():
    raw = (
        "TỜ TRÌNH\n\nI. SỰ CẦN THIẾT\n1. Kho thuốc xuống cấp.\nII. KIẾN NGHỊ\n\nKính đề nghị UBND tỉnh xem xét, ban hành Kế hoạch; "
        "đồng thời chỉ đạo các sở phối hợp.\n\nKính đề nghị UBND tỉnh xem xét, quyết định./.\n"
    )
    assert list(kinds_of(raw, "Tờ trình").values())[-2:] == ["task", "statement"]


LETTER = """Sở Công Thương nhận được văn bản của Công ty Ia Rưm.
1. Về hồ sơ
- Một số căn cứ đã hết hiệu lực, do vậy đề nghị Chủ đầu tư cập nhật.
- Hồ sơ gồm hai bộ theo mẫu của Bộ.
- Thống nhất với phương án đã trình.
2. Qua kiểm tra, công trình gần suối Rưm, đề nghị Chủ đầu tư:
- Không gây ảnh hưởng đến nước tưới;
- Có giải pháp thoát lũ.
3. Văn bản trả lời đề nghị gửi về Sở trước ngày 28/7/2026.
4. Chủ tịch Hội: Ông Trần Văn Núi.
5. Chỉ được thi công khi có giấy phép.
"""


def kinds_of(raw, kind):
    items = read_outline(read_text("a.txt", raw))
    return dict(zip([item.path for item in items], classify(items, kind), strict=True))


def test_a_letter_orders_where_it_asks():
    kinds = kinds_of(LETTER, "Công văn")
    assert [path for path, kind in kinds.items() if kind == "task"] == ["1.-1", "2.-1", "2.-2", "3", "5"]


@pytest.mark.parametrize(
    ("asks", "kind"),
    [
        ("Văn phòng đề nghị quý Bộ khẩn trương có báo cáo về tình hình thực hiện ý kiến chỉ đạo.", "task"),
        ("Văn phòng đề nghị quý Bộ quan tâm, phối hợp thực hiện.", "statement"),
        ("Nếu có vướng mắc, đề nghị quý Bộ kịp thời có ý kiến để phối hợp giải quyết.", "statement"),
    ],
)
def test_a_polite_request_is_a_task_where_it_asks_for_work(asks, kind):
    assert list(kinds_of(f"Văn phòng nhận được văn bản của Bộ.\n\n{asks}\n", "Công văn").values())[-1] == kind


DECISION = """QUYẾT ĐỊNH:
Điều 1. Thời hạn ủy quyền: Từ ngày quyết định này có hiệu lực đến hết năm.
Điều 2. Tổ chức thi hành
1. Sở Y tế tổ chức cấp giấy phép.
2. Trong thời hạn 03 tháng kể từ ngày Quyết định này có hiệu lực thi hành, Sở Y tế có trách nhiệm chuyển giao hồ sơ.
3. Người đứng đầu cơ quan, đơn vị tham gia soạn thảo được xem xét loại trừ trách nhiệm.
4. Hội đồng nhân dân tỉnh giao cho Ủy ban nhân dân tỉnh thẩm định đề án.
5. Thường trực Hội đồng nhân dân tỉnh, các Ban của Hội đồng nhân dân tỉnh giám sát việc thực hiện Nghị quyết.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế căn cứ Quyết định thi hành./.
"""


def test_a_decision_charges_whom_it_names_and_grants_no_tasks():
    kinds = kinds_of(DECISION, "Quyết định")
    assert [path for path, kind in kinds.items() if kind == "task"] == [
        "Điều 2.1",
        "Điều 2.2",
        "Điều 2.4",
        "Điều 2.5",
        "Điều 3.¶1",
    ]


PLAN = """I. MỤC TIÊU
1. Đến năm 2028, số hóa 100% hồ sơ đất đai của tỉnh.
2. Nâng cao ý thức bảo vệ rừng.
II. NỘI DUNG
1. Thời gian kiểm tra: ngày 29/4/2026.
2. Lãnh đạo phụ trách: Phó Giám đốc Sở Y tế.
3. Nội dung tập huấn: Quy định tại Điều 7 Nghị định số 81/2024/NĐ-CP.
4. Đối với giấy phép nhóm I: Cục Thủy sản, Sở Y tế.
5. Nghiêm chỉnh chấp hành nội quy chợ.
III. YÊU CẦU ĐỐI VỚI CÁC ĐƠN VỊ ĐƯỢC KIỂM TRA
1. Chấp hành quyết định kiểm tra.
"""


def test_aims_and_particulars_of_a_plan_are_no_tasks():
    kinds = kinds_of(PLAN, "Kế hoạch")
    assert [path for path, kind in kinds.items() if kind == "target"] == ["I.1"]
    assert [path for path, kind in kinds.items() if kind == "task"] == ["II.5", "III.1"]


def test_a_report_that_proposes_orders_and_one_that_tells_does_not():
    raw = "V. KIẾN NGHỊ\nĐề nghị Ủy ban nhân dân tỉnh chỉ đạo:\n1. Sở Y tế bố trí vốn.\n"
    assert kinds_of(raw, "Báo cáo")["V.1"] == "task"
    raw = "V. CẤP PHÉP\nỦy ban nhân dân tỉnh thường xuyên chỉ đạo các sở rà soát như sau:\n- Đá: 04 giấy phép.\n"
    assert kinds_of(raw, "Báo cáo")["V.-1"] == "statement"


def test_what_a_report_proposes_under_its_own_heading_is_a_task():
    raw = "1. Kết quả kiểm tra\n- Đã kiểm tra 04 chợ.\n2. Kiến nghị của Đoàn kiểm tra\n- Đối với 03 chợ: Yêu cầu sửa mái.\n"
    assert kinds_of(raw, "Báo cáo") == {"1": "heading", "1.-1": "statement", "2": "heading", "2.-1": "task"}


def test_a_letter_obliges_with_phai_and_lists_acts_and_names_without():
    raw = (
        "1. Nội dung thực hiện:\n- Khi phát hiện cháy phải báo ngay cho trạm cứu hỏa.\n"
        "2. Danh sách chợ:\n- Công ty Cổ phần Chợ Vân Khê;\n- Nghị định số 45/2030/NĐ-CP ngày 05/6/2030 của Chính phủ.\n"
        "3. Các đơn vị gửi báo cáo trước ngày 05/7/2031.\nCăn cứ ý kiến trên, các đơn vị nghiêm túc thực hiện./.\n"
    )
    kinds = kinds_of(raw, "Công văn")
    assert [kinds[path] for path in ("1.-1", "2.-1", "2.-2", "3")] == ["task", "statement", "statement", "task"]
    assert list(kinds.values())[-1] == "statement"


def test_a_bodys_name_above_the_last_paragraphs_keeps_them():
    vaccinate, destroy = ("Tiêm phòng đàn lợn của các hộ ở xã Vân Khê. ", "Tiêu hủy lợn bệnh của các hộ ở xã Vân Khê. ")
    raw = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế.\n- Bố trí xe.\n2. Chi cục Thú y.\n{vaccinate * 5}\n{destroy * 5}\n"
    kinds = kinds_of(raw, "Kế hoạch")
    assert {path: kind for path, kind in kinds.items() if path.startswith("III.2")} == {
        "III.2": "heading",
        "III.2.¶1": "task",
        "III.2.¶2": "task",
    }


def test_an_article_that_has_the_act_carried_out_is_a_task():
    raw = "Điều 1. Bộ Y tế phối hợp với các bộ, ngành quy định mức phí.\n"
    raw += "Điều 2. Bộ Y tế phối hợp với các bộ, ngành tổ chức triển khai thực hiện Thông tư này.\n"
    kinds = kinds_of(raw, "Thông tư")
    assert (kinds["Điều 1"], kinds["Điều 2"]) == ("statement", "task")


def test_a_letter_asks_its_addressee_at_the_end_and_its_figures_describe():
    raw = (
        "1. Sai khác của hồ sơ:\n- Chiều cao tường: hồ sơ ghi 2,7 m, bản vẽ ghi 3,5 m.\n"
        "Do vậy, Sở Y tế không có đủ cơ sở thẩm định. Đề nghị Công ty rà soát hồ sơ, bổ sung bản vẽ trước khi nộp lại.\n"
    )
    kinds = kinds_of(raw, "Công văn")
    assert kinds["1.-1"] == "statement"
    assert list(kinds.values())[-1] == "task"


def test_chapters_and_articles_titled_with_a_body_head_its_tasks():
    raw = (
        "Chương II\nTRÁCH NHIỆM CỦA CÁC CƠ QUAN\nĐiều 4. Cục Thú y\n1. Tham mưu giúp Bộ Y tế kiểm dịch.\n"
        "Điều 5. Thanh tra Bộ Y tế\nChủ trì, phối hợp với Cục Thú y thanh tra việc kiểm dịch tại các chợ.\n"
    )
    kinds = kinds_of(raw, "Thông tư")
    assert kinds == {"Chương II": "heading", "Điều 4": "heading", "Điều 4.1": "task", "Điều 5": "task"}


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


ISSUED = """QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này {0} phòng cháy chợ.

Điều 2. Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này./.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu

{1}
Phòng cháy chợ
(Ban hành kèm theo Quyết định số 27/QĐ-UBND ngày 30/01/2031 của UBND tỉnh)

I. NỘI DUNG
1. Mỗi chợ có một đội chữa cháy.
2. Kho hàng có bình chữa cháy.
"""


@pytest.mark.parametrize(("kind", "expected"), [("Kế hoạch", "task"), ("Quy định", "statement")])
def test_the_items_of_an_annex_are_what_its_own_kind_makes_them(kind, expected):
    kinds = kinds_of(ISSUED.format(kind, kind.upper()), "Quyết định")
    assert (kinds["PL.I.1"], kinds["PL.I.2"]) == (expected, expected)


STEPS = """I. NỘI DUNG

1. Bước 1: Kiểm tra kho.

Ủy ban nhân dân xã kiểm tra từng kho.

Thời gian hoàn tất: trước ngày 25/7/2031.

2. Lập hồ sơ hoàn công, gồm:

- Đơn của chủ kho;

- Biên bản (01 bản).
"""


def test_a_step_heads_what_it_tells_and_the_parts_of_an_order_are_none():
    assert kinds_of(STEPS, "Kế hoạch") == {
        "I": "heading",
        "I.1": "heading",
        "I.1.¶1": "task",
        "I.1.¶2": "statement",
        "I.2": "task",
        "I.2.-1": "statement",
        "I.2.-2": "statement",
    }


NORMS = """Điều 1. Trình tự
1. Ủy ban nhân dân cấp xã tiếp nhận hồ sơ, lập danh sách gửi Sở Y tế.
2. Căn cứ số vốn, hằng năm Sở Tài chính phân bổ vốn cho cấp xã.
3. Chủ tịch Ủy ban nhân dân tỉnh quyết định mức hỗ trợ.
4. Bộ Y tế phối hợp với các bộ, ngành quy định mức phí.
5. Hoàn thành việc bình xét trước ngày 15/8/2031.
6. Các ngành, nghề cấm đầu tư kinh doanh quy định tại Điều 6.
Điều 2. Điều khoản thi hành
Quyết định này có hiệu lực kể từ ngày 01 tháng 7 năm 2031. Giám đốc Sở Y tế, Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm thi hành Quyết định này./.
"""


def test_an_article_that_sets_a_body_to_work_is_a_task_and_what_is_for_it_to_decide_is_none():
    tasks = {path for path, kind in kinds_of(NORMS, "Quyết định").items() if kind == "task"}
    assert tasks == {"Điều 1.1", "Điều 1.2", "Điều 1.5", "Điều 2"}


def test_a_closing_with_a_term_of_its_own_is_a_task():
    ask = "Yêu cầu các sở nghiêm túc thực hiện{}./.\n"
    raw = "1. Sở Y tế mở trạm cấp cứu.\n2. Sở Nội vụ dựng cổng.\n\n"
    assert kinds_of(raw + ask.format(""), "Kế hoạch")["closing"] == "statement"
    assert kinds_of(raw + ask.format("; báo cáo kết quả trước ngày 30/11/2031"), "Kế hoạch")["closing"] == "task"


REGULATION = """Điều 1. Đối tượng áp dụng
1. Các cơ quan nhà nước, cơ quan Đảng, Mặt trận Tổ quốc, các tổ chức chính trị - xã hội, các đơn vị sự nghiệp công lập.
Điều 2. Trình tự
1. Ủy ban nhân dân xã có trách nhiệm:
a) Căn cứ danh sách hộ thuộc diện được miễn, giảm tiền, tiến hành bình xét.
b) Trường hợp hồ sơ chưa đủ thì có văn bản trả lời người nộp.
2. Người có công được xem xét miễn tiền.
"""


def test_what_is_listed_below_whoever_is_responsible_is_work_and_bodies_alone_are_none():
    kinds = kinds_of(REGULATION, "Quyết định")
    assert {path for path, kind in kinds.items() if kind == "task"} == {"Điều 2.1.a", "Điều 2.1.b"}
    assert kinds["Điều 2.2"] == "statement"


def test_a_permit_is_read_as_a_decision_and_what_a_letter_found_orders_nothing():
    permit = "Điều 1. Cho phép Công ty Vân Khê nổ mìn.\nĐiều 2. Điều kiện\n1. Giao Sở Y tế giám sát việc nổ mìn.\n"
    assert kinds_of(permit, "Giấy phép")["Điều 2.1"] == "task"
    found = "1. Hồ sơ\n- Qua kiểm tra cho thấy kho chưa có bể nước.\n- Đối chiếu quy định tại Điều 8, kho không đạt.\n"
    asked = (
        "\nSau khi hoàn thiện, đề nghị Công ty nộp lại hồ sơ về Sở Y tế để được xem xét, giải quyết theo quy định.\n"
    )
    kinds = kinds_of(found + asked, "Công văn")
    assert [kinds["1.-1"], kinds["1.-2"], list(kinds.values())[-1]] == ["statement", "statement", "task"]


COUNTED = """PHỤ LỤC

|Xã|Tổng số hộ|Kinh phí|Ghi chú|
|Số hộ|Hỗ trợ xây mới|Cải tạo nhà|Vốn tỉnh|
|A|1|2|3|
|Vân Khê|12|340|5|
"""


def test_rows_above_the_one_that_counts_the_columns_name_them():
    kinds = kinds_of(COUNTED, "Quyết định")
    assert list(kinds.values())[-4:] == ["heading", "heading", "heading", "statement"]
