"""What a document is, read from fictional documents set in the ways that real ones are."""

from __future__ import annotations

import pytest

from loaders.header import read_document
from loaders.records import Document, Signer
from loaders.regions import regions
from loaders.text import read_text

LETTER = """UBND TỈNH TRƯỜNG LĨNH
**SỞ TÀI CHÍNH**
-------
|
**CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
---------------
|
|
Số:
512/STC-QLNS
*V/v đôn đốc báo cáo dự toán
ngân sách năm 2024*
|
*Vân Khê, ngày 12
tháng 3 năm 2024*
|
**Kính
gửi:**
- Các sở, ban, ngành;
- Ủy ban nhân dân các huyện,
thành phố.
Thực hiện Quyết định số 15/QĐ-UBND ngày 05 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh, Sở Tài chính đề nghị các đơn vị:
1. Báo cáo trước ngày 20 tháng 3 năm 2024.
Sở Tài chính trân trọng đề nghị các đơn vị quan tâm phối hợp./.
|
Nơi nhận:
- Như trên;
- Giám đốc Sở (b/c);
- Lưu: VT, QLNS.
|
**KT. GIÁM ĐỐC**
PHÓ GIÁM ĐỐC
**Trần Văn An**
"""

PLAN = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH TRƯỜNG LĨNH               Độc lập - Tự do - Hạnh phúc

Số: 0125/KH-UBND            Trường Lĩnh, ngày 05 tháng 3 năm 2024

                      KẾ HOẠCH
 Triển khai thực hiện Chương trình số 15-CTr/TU ngày 02 tháng 01 năm 2024
      của Tỉnh ủy về chuyển đổi số trên địa bàn tỉnh

    Thực hiện Chương trình số 15-CTr/TU, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
1. Nâng cao nhận thức của cán bộ, công chức, viên chức.
Trên đây là Kế hoạch thực hiện, yêu cầu các đơn vị triển khai./.

Nơi nhận:                          TM. ỦY BAN NHÂN DÂN
- Thường trực Tỉnh ủy (b/c);         KT. CHỦ TỊCH
- Các sở, ban, ngành (t/h);         PHÓ CHỦ TỊCH
- Lưu: VT, KGVX.


                                   Trần Thị Mai Hương
"""

PARTY = """TỈNH ỦY TRƯỜNG LĨNH          ĐẢNG CỘNG SẢN VIỆT NAM
          *                    Vân Khê, ngày 15-5-2023
     Số 12-NQ/TU

                    NGHỊ QUYẾT
        CỦA BAN THƯỜNG VỤ TỈNH ỦY
   về phát triển cây dược liệu đến năm 2030
                      -----

Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV, Ban Thường vụ Tỉnh ủy ban hành Nghị quyết với các nội dung sau:

I- TÌNH HÌNH

Nghị quyết số 08-NQ/TU ngày 02-4-2016 đã được triển khai nghiêm túc, đạt kết quả bước đầu.

Nơi nhận:                                 T/M BAN THƯỜNG VỤ
- Ban Bí thư Trung ương Đảng (để báo cáo),       K/T BÍ THƯ
- Các huyện ủy, thành ủy,                      PHÓ BÍ THƯ
- Lưu Văn phòng Tỉnh ủy.

                                            Rơ Châm Y Lan
"""

SESSION = """**NGHỊ QUYẾT**

**HỘI NGHỊ LẦN THỨ CHÍN**

**BAN CHẤP HÀNH ĐẢNG BỘ TỈNH KHÓA XV**

**về phương hướng, nhiệm vụ năm 2022**

Hội nghị lần thứ 9 Ban Chấp hành Đảng bộ tỉnh khóa XV họp ngày 30-11-2021 tại thành phố Vân Khê, tỉnh Trường Lĩnh.

**QUYẾT NGHỊ**

1. Đẩy mạnh thu hút đầu tư vào tỉnh Trường Lĩnh theo Nghị quyết số 05-NQ/TU ngày 12-3-2021.

**Nơi nhận:**

- Các đồng chí Tỉnh ủy viên,
- Lưu Văn phòng Tỉnh ủy.

**T/M TỈNH ỦY
BÍ THƯ**

**Lò Văn Phong**
"""

DECISION = """ỦY BAN NHÂN DÂN
TỈNH TRƯỜNG LĨNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 27/QĐ-UBND
Vân Khê, ngày 30 tháng 01 năm 2023

QUYẾT ĐỊNH
Ban hành Chương trình hành động thực hiện Nghị quyết số 01/NQ-CP

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Chương trình hành động.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH

(Đã ký)

Đại tá Nguyễn Văn Bình

CHƯƠNG TRÌNH HÀNH ĐỘNG

(Ban hành kèm theo Quyết định số 27/QĐ-UBND ngày 30 tháng 01 năm 2023 của Ủy ban nhân dân tỉnh)

I. MỤC TIÊU

1. Tăng trưởng trên 8% trong năm 2023 và các năm tiếp theo.
"""

TELEGRAM = """**CHỦ TỊCH ỦY BAN
NHÂN DÂN TỈNH TRƯỜNG LĨNH**
-------
|
**CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
---------------
|
|
Số: 03/CĐ-UBND
|
*Vân Khê, ngày 02 tháng 9 năm 2024*
|
**CÔNG ĐIỆN**
VỀ VIỆC CHỦ ĐỘNG ỨNG PHÓ BÃO SỐ 3
**CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:**
- Giám đốc các sở;
- Chủ tịch Ủy ban nhân dân các xã, phường.
Bão số 3 đang di chuyển nhanh về phía đất liền, dự báo gây mưa rất to trên diện rộng ở tất cả các địa phương.
1. Sở Nông nghiệp và Môi trường trực ban 24/24 giờ.
|
Nơi nhận:
- Như trên;
- Lưu: VT.
|
**Q. CHỦ TỊCH**
NGUYỄN THỊ LÀNH
"""

PORTAL = """## Quy định mới về cây dược liệu
**Ngày 12/3/2024, Bộ trưởng Bộ Y tế ban hành Thông tư 05/2024/TT-BYT hướng dẫn nuôi trồng cây dược liệu và các nội dung khác \
mà người dân, doanh nghiệp cần biết.**
Theo Nghị định 65/2017/NĐ-CP, việc nuôi trồng được hỗ trợ giống và vốn, theo từng vùng và từng loại cây dược liệu cụ thể.
Xem chi tiết tại Thông tư 05/2024/TT-BYT.
**THÔNG TƯ**
HƯỚNG DẪN NUÔI TRỒNG CÂY DƯỢC LIỆU
Căn cứ Luật Dược ngày 06 tháng 4 năm 2016;
Điều 1. Thông tư này quy định việc nuôi trồng cây dược liệu.
"""

LOST = """Thực hiện Công văn số 99/BNV-VP ngày 02 tháng 01 năm 2024 của Bộ Nội vụ về cải cách hành chính trên địa bàn
tỉnh Trường Lĩnh, Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành triển khai các nội dung sau:
1. Sở Nội vụ rà soát vị trí việc làm theo Nghị định số 62/2020/NĐ-CP ngày 01 tháng 6 năm 2020 của Chính phủ.
2. Các sở, ban, ngành thực hiện nghiêm túc Chỉ thị này.
"""

CASES: dict[str, tuple[str, Document]] = {
    "letter in table bars": (
        LETTER,
        Document(
            "Công văn", "Sở Tài chính tỉnh Trường Lĩnh", "512/STC-QLNS", "2024-03-12",
            "đôn đốc báo cáo dự toán ngân sách năm 2024",
            Signer("Trần Văn An", "Phó Giám đốc", None, "KT. GIÁM ĐỐC"),
            ("Các sở, ban, ngành;", "Ủy ban nhân dân các huyện, thành phố.", "Như trên;", "Giám đốc Sở (b/c);",
             "Lưu: VT, QLNS."),
            "Trường Lĩnh",
        ),
    ),
    "plan in two columns": (
        PLAN,
        Document(
            "Kế hoạch", "Ủy ban nhân dân tỉnh Trường Lĩnh", "0125/KH-UBND", "2024-03-05",
            "Triển khai thực hiện Chương trình số 15-CTr/TU ngày 02 tháng 01 năm 2024 của Tỉnh ủy về chuyển đổi số trên địa"
            " bàn tỉnh",
            Signer("Trần Thị Mai Hương", "Phó Chủ tịch", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"),
            ("Thường trực Tỉnh ủy (b/c);", "Các sở, ban, ngành (t/h);", "Lưu: VT, KGVX."),
            "Trường Lĩnh",
        ),
    ),
    "party resolution": (
        PARTY,
        Document(
            "Nghị quyết", "Tỉnh ủy Trường Lĩnh", "12-NQ/TU", "2023-05-15", "về phát triển cây dược liệu đến năm 2030",
            Signer("Rơ Châm Y Lan", "Phó Bí thư", "T/M BAN THƯỜNG VỤ", "K/T BÍ THƯ"),
            ("Ban Bí thư Trung ương Đảng (để báo cáo),", "Các huyện ủy, thành ủy,", "Lưu Văn phòng Tỉnh ủy."),
            "Trường Lĩnh",
        ),
    ),
    "resolution without a letterhead": (
        SESSION,
        Document(
            "Nghị quyết", "Ban Chấp hành Đảng bộ tỉnh Trường Lĩnh khóa XV", None, "2021-11-30",
            "về phương hướng, nhiệm vụ năm 2022", Signer("Lò Văn Phong", "Bí thư", "T/M TỈNH ỦY", None),
            ("Các đồng chí Tỉnh ủy viên,", "Lưu Văn phòng Tỉnh ủy."), "Trường Lĩnh",
        ),
    ),
    "decision with a programme": (
        DECISION,
        Document(
            "Quyết định", "Ủy ban nhân dân tỉnh Trường Lĩnh", "27/QĐ-UBND", "2023-01-30",
            "Ban hành Chương trình hành động thực hiện Nghị quyết số 01/NQ-CP",
            Signer("Nguyễn Văn Bình", "Chủ tịch", None, None), ("Như Điều 2;", "Lưu: VT."), "Trường Lĩnh",
        ),
    ),
    "telegram": (
        TELEGRAM,
        Document(
            "Công điện", "Chủ tịch Ủy ban nhân dân tỉnh Trường Lĩnh", "03/CĐ-UBND", "2024-09-02",
            "VỀ VIỆC CHỦ ĐỘNG ỨNG PHÓ BÃO SỐ 3", Signer("Nguyễn Thị Lành", "Chủ tịch", None, "Q. CHỦ TỊCH"),
            ("Giám đốc các sở;", "Chủ tịch Ủy ban nhân dân các xã, phường.", "Như trên;", "Lưu: VT."), "Trường Lĩnh",
        ),
    ),
    "circular behind a portal's summary": (
        PORTAL,
        Document("Thông tư", "Bộ Y tế", "05/2024/TT-BYT", "2024-03-12", "HƯỚNG DẪN NUÔI TRỒNG CÂY DƯỢC LIỆU"),
    ),
    "directive without header and signature": (
        LOST,
        Document("Chỉ thị", "Ủy ban nhân dân tỉnh Trường Lĩnh", None, None, None, None, (), "Trường Lĩnh"),
    ),
}  # fmt: skip

FIELDS = ("type", "issuer", "number", "date", "subject", "signer", "recipients", "province")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_identity_is_read_as_printed(name: str, newline: str) -> None:
    raw, want = CASES[name]
    got = read_document(read_text(f"{name}.txt", raw.replace("\n", newline)))
    assert {f: getattr(got, f) for f in FIELDS} == {f: getattr(want, f) for f in FIELDS}


def test_all_cases_are_collected() -> None:
    assert len(CASES) == 8


EVIDENCED = {
    "letter in table bars": {"type_evidence"},
    "plan in two columns": set[str](),
    "party resolution": set[str](),
    "resolution without a letterhead": {"date_evidence"},
    "decision with a programme": set[str](),
    "telegram": set[str](),
    "circular behind a portal's summary": {"number_evidence", "date_evidence", "issuer_evidence"},
    "directive without header and signature": {"type_evidence", "issuer_evidence"},
}


@pytest.mark.parametrize("name", CASES)
def test_inferred_facts_and_only_they_carry_evidence_that_slices_the_file(name: str) -> None:
    raw, _ = CASES[name]
    document = read_document(read_text(f"{name}.txt", raw))
    kinds = ("type_evidence", "issuer_evidence", "number_evidence", "date_evidence")
    found = {kind: getattr(document, kind) for kind in kinds if getattr(document, kind)}
    assert set(found) == EVIDENCED[name]
    for evidence in found.values():
        assert evidence.surface == " ".join(raw[evidence.start : evidence.end].split())
        assert evidence.surface
        assert evidence.file == f"{name}.txt"
        assert evidence.why


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("Số: 27/QĐ-UBND", "Số:      /QĐ-UBND", "date"),
        ("ngày 30 tháng 01 năm 2023\n", "ngày      tháng 01 năm 2023\n", "number"),
    ],
)
def test_blank_number_or_day_comes_only_from_the_annex_line_with_evidence(old: str, new: str, field: str) -> None:
    document = read_document(read_text("x.txt", DECISION.replace(old, new)))
    assert (document.number, document.date) == ("27/QĐ-UBND", "2023-01-30")
    evidence = document.number_evidence if field == "date" else document.date_evidence
    assert evidence is not None
    assert evidence.surface.startswith("kèm theo Quyết định số 27/QĐ-UBND")


def test_blank_number_and_day_stay_unknown_without_proof() -> None:
    raw = PLAN.replace("Số: 0125/KH-UBND", "Số:     /KH-UBND").replace("ngày 05 tháng 3", "ngày    tháng 3")
    document = read_document(read_text("x.txt", raw))
    assert (document.number, document.date) == (None, None)


def test_numbers_and_dates_of_the_body_are_never_the_documents_own() -> None:
    body = LETTER[LETTER.index("Thực hiện Quyết định số 15") :]
    document = read_document(read_text("x.txt", body))
    assert (document.number, document.date) == (None, None)


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nRơ Châm Y Lan", Signer("Rơ Châm Y Lan", "Phó Chủ tịch", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")),
        ("K/T TRƯỞNG\nBAN\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\nĐinh Văn Sơn", Signer("Đinh Văn Sơn", "Phó Trưởng ban Thường trực", None, "K/T TRƯỞNG BAN")),
        ("KT. BỘ TRƯỞNG,\nCHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nTrần Văn\nAn", Signer("Trần Văn An", "Phó Chủ nhiệm", None, "KT. BỘ TRƯỞNG, CHỦ NHIỆM")),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nĐã ký\nThượng tá Y Blăk Niê", Signer("Y Blăk Niê", "Chánh Văn phòng", None, "TL. CHỦ TỊCH")),
        ("TUQ. GIÁM ĐỐC\nPHÓ\nTRƯỞNG PHÒNG\nNgày ký: 12/03/2024 15:12:33 +07:00\nTrần Văn An", Signer("Trần Văn An", "Phó Trưởng phòng", None, "TUQ. GIÁM ĐỐC")),
        ("CHI CỤC TRƯỞNG\nNgười ký: Lê Thị Hoa", Signer("Lê Thị Hoa", "Chi cục trưởng", None, None)),
    ],
)  # fmt: skip
def test_signatures_in_their_ways_of_delegation(lines: str, signer: Signer) -> None:
    raw = f"Sở Nội vụ báo cáo như sau:\n\n1. Đã hoàn thành nhiệm vụ được giao./.\n\nNơi nhận:\n- Lưu: VT.\n\n{lines}\n"
    assert read_document(read_text("x.txt", raw)).signer == signer


def test_a_name_that_ends_a_file_without_a_post_is_the_signers() -> None:
    raw = "THÔNG TƯ\nHướng dẫn mở chợ\n\n1. Sở Y tế mở trạm cấp cứu.\n\nThông tư này có hiệu lực kể từ ngày ký.\n\n|\n{}\n|\n|\n"
    for printed in ("Trần Văn Mẫu (Đã ký)", "Trần Văn Mẫu"):
        text = read_text("x.txt", raw.format(printed))
        assert read_document(text).signer == Signer("Trần Văn Mẫu", None, None, None)
    assert read_document(read_text("x.txt", raw.format("Hết"))).signer is None
    for table in ("|Xã|Số hộ|\n|Vân Khê|12|\n", "|Số|Xã|\n|12|Vân Khê|\n"):
        assert read_document(read_text("x.txt", f"QUYẾT ĐỊNH\n\nĐiều 1. A.\n\n{table}")).signer is None


def test_a_closing_without_a_name_has_no_signer() -> None:
    assert (
        read_document(read_text("x.txt", PLAN[: PLAN.index("                                   Trần")])).signer is None
    )


MORE = [
    (
        "UBND TỈNH TRƯỜNG LĨNH            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ NÔNG NGHIỆP                          Độc lập - Tự do - Hạnh phúc\n"
        "VÀ PHÁT TRIỂN NÔNG THÔN\n\nSố: 88/BC-SNN                  Vân Khê, ngày 5 tháng 3 năm 2024\n\nBÁO CÁO\n",
        ("Báo cáo", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Trường Lĩnh", "88/BC-SNN", "2024-03-05"),
    ),
    (
        "ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 77/QĐ-UBND Vân Khê, ngày 06 tháng 02 năm 2024\nQUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\n",
        ("Quyết định", "Ủy ban nhân dân tỉnh Trường Lĩnh", "77/QĐ-UBND", "2024-02-06"),
    ),
    (
        "ĐẢNG BỘ TỈNH TRƯỜNG LĨNH\nĐẢNG ỦY KHỐI CÁC CƠ QUAN\n*\nSố 45-KH/ĐUK\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Vân Khê, ngày 03 tháng 4 năm 2022\nKẾ HOẠCH\nthực hiện Kết luận số 21-KL/TW\n",
        ("Kế hoạch", "Đảng ủy Khối các cơ quan tỉnh Trường Lĩnh", "45-KH/ĐUK", "2022-04-03"),
    ),
    (
        "TỈNH ỦY TRƯỜNG LĨNH\nVĂN PHÒNG\n*\nSố 210-CV/VPTU\nV/v sao gửi văn bản\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Vân Khê, ngày 01-6-2023\nKính gửi: - Các huyện ủy, thành ủy,\n- Các ban đảng Tỉnh ủy.\n",
        ("Công văn", "Văn phòng Tỉnh ủy Trường Lĩnh", "210-CV/VPTU", "2023-06-01"),
    ),
    (
        "BAN CHẤP HÀNH\nTRUNG ƯƠNG\nBAN TỔ CHỨC\n*\nSố 30-HD/BTCTW\nHà Nội, ngày 21 tháng 11 năm 2030\nHƯỚNG DẪN\n",
        ("Hướng dẫn", "Ban Tổ chức Trung ương", "30-HD/BTCTW", "2030-11-21"),
    ),
    (
        "VĂN PHÒNG\nCHÍNH PHỦ\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nSố: 31/TB-VPCP\nHà Nội,\nngày 05 tháng12 năm 2030\n"
        "THÔNG BÁO\n",
        ("Thông báo", "Văn phòng Chính phủ", "31/TB-VPCP", "2030-12-05"),
    ),
    (
        "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật số: 88/2030/QH19\nHà Nội, ngày 19 tháng 6 năm 2030\nLUẬT\n"
        "TRỒNG CÂY DƯỢC LIỆU\n",
        ("Luật", "Quốc hội", "88/2030/QH19", "2030-06-19"),
    ),
    (
        "UBND TỈNH TRƯỜNG LĨNH          CỘNG HÕA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        " SỞ CÔNG THƯƠNG                         Độc lập - Tự do - Hạnh phúc\n\n"
        "  Số: 94 /TB-SCT                Vân Khê, ngày 09 tháng 4 năm 2026\n\n             THÔNG BÁO\n   Kết quả kiểm tra\n",
        ("Thông báo", "Sở Công Thương tỉnh Trường Lĩnh", "94/TB-SCT", "2026-04-09"),
    ),
    (
        "UBND TỈNH TRƯỜNG LĨNH\nSỞ CÔNG THƯƠNG\nĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH\nSỐ 50/QĐ-SCT\nSố: 11/KH-ĐKT\n"
        "Vân Khê, ngày 10 tháng 3 năm 2026\nKẾ HOẠCH\nKiểm tra các chợ\n",
        ("Kế hoạch", "Đoàn kiểm tra theo quyết định tỉnh Trường Lĩnh", "11/KH-ĐKT", "2026-03-10"),
    ),
    (
        "UBND TỈNH TRƯỜNG LĨNH\nSỞ CÔNG THƯƠNG\nSố:     /KH-SCT\nVân Khê, ngày 10 tháng 3 năm 2026\nKẾ HOẠCH\n"
        "Thực hiện Đề án số 08\n(Ban hành kèm theo Nghị quyết số 35-NQ/TU ngày 29/12/2025 của Tỉnh ủy)\n",
        ("Kế hoạch", "Sở Công Thương tỉnh Trường Lĩnh", None, "2026-03-10"),
    ),
    (
        "UBND HUYỆN SƠN THẠCH\nỦY BAN NHÂN DÂN XÃ ĐĂK RÔ\nSố: 05/TTr-UBND\nĐăk Rô, ngày 31 tháng 02 năm 2024\nTỜ TRÌNH\n"
        "Kính gửi: Ủy ban nhân dân huyện Sơn Thạch\n",
        ("Tờ trình", "Ủy ban nhân dân xã Đăk Rô", "05/TTr-UBND", None),
    ),
]


@pytest.mark.parametrize(("raw", "want"), MORE, ids=[want[1] for _, want in MORE])
def test_letterheads_of_many_bodies(raw: str, want: tuple[str, str, str, str | None]) -> None:
    got = read_document(read_text("x.txt", raw))
    assert (got.type, got.issuer, got.number, got.date) == want


def roles(raw: str) -> dict[str, str]:
    text = read_text("x.txt", raw)
    found: dict[str, str] = {}
    for region in regions(text):
        words = " ".join(text.text_of(p) for p in text.paragraphs[region.first : region.last])
        found[region.role] = f"{found.get(region.role, '')} {words}".strip()
    return found


@pytest.mark.parametrize("name", CASES)
def test_regions_cover_every_paragraph_once_in_order(name: str) -> None:
    text = read_text("x.txt", CASES[name][0])
    found = regions(text)
    assert [found[0].first, *(r.last for r in found)] == [*(r.first for r in found), len(text.paragraphs)]
    assert all(r.first < r.last for r in found)


def test_the_body_is_what_stands_between_header_and_closing() -> None:
    found = roles(DECISION)
    assert found["body"].startswith("Căn cứ Luật Tổ chức")
    assert found["body"].endswith("có hiệu lực kể từ ngày ký./.")
    assert found["closing"].startswith("Nơi nhận")
    assert found["closing"].endswith("Nguyễn Văn Bình")
    assert "(Ban hành kèm theo" in found["header"]
    assert found["annex"].startswith("I. MỤC TIÊU")


def test_a_portals_summary_is_not_the_body() -> None:
    found = roles(PORTAL)
    assert found["summary"].endswith("Xem chi tiết tại Thông tư 05/2024/TT-BYT.")
    assert found["body"].startswith("Căn cứ Luật Dược")


def test_an_empty_text_is_a_document_of_which_nothing_is_known() -> None:
    assert read_document(read_text("x.txt", "")) == Document()
    assert regions(read_text("x.txt", "")) == []


def test_a_letters_number_is_not_taken_from_the_act_that_its_subject_names() -> None:
    raw = LETTER.replace("512/STC-QLNS", "/STC-QLNS").replace(
        "*V/v đôn đốc", "*V/v trả lời Tờ trình số 45/TTr-SYT, đôn đốc"
    )
    document = read_document(read_text("a.md", raw))
    assert (document.number, document.type) == (None, "Công văn")


def test_a_copyists_title_names_the_act_where_no_header_does() -> None:
    raw = """# Kết luận số 71-KL/TU

Kết luận số 71-KL/TU ngày 12/3/2031 của Ban Thường vụ Tỉnh ủy về phát triển du lịch bản làng

Sau 5 năm thực hiện, du lịch bản làng đã có chuyển biến.

1. Các cấp ủy lãnh đạo, chỉ đạo việc quán triệt.
"""
    found = read_document(read_text("chep.md", raw))
    assert (found.type, found.number, found.date) == ("Kết luận", "71-KL/TU", "2031-03-12")
    assert found.number_evidence is not None
    assert found.number_evidence.why.startswith("tiêu đề do người chép")
    assert roles(raw)["body"].startswith("Sau 5 năm")


def test_a_copyists_title_gives_way_to_the_header_below_it() -> None:
    raw = """## Công văn số 45-CV/VPTU

**TỈNH ỦY TRƯỜNG LĨNH**
**VĂN PHÒNG**
Số 45-CV/VPTU
V/v xin ý kiến vào dự thảo báo cáo kết quả ba năm phát triển du lịch bản làng, làng nghề và bảo tồn nghề dệt thổ cẩm tại các xã vùng cao trong tỉnh

**ĐẢNG CỘNG SẢN VIỆT NAM**
Vân Khê, ngày 12 tháng 3 năm 2031

**Kính gửi:** Các đồng chí Tỉnh ủy viên

Văn phòng đề nghị các đồng chí cho ý kiến.
"""
    found = read_document(read_text("chep.md", raw))
    assert (found.number, found.number_evidence, found.date) == ("45-CV/VPTU", None, "2031-03-12")
    assert found.issuer == "Văn phòng Tỉnh ủy Trường Lĩnh"
    assert found.subject is not None
    assert found.subject.startswith("xin ý kiến")


def test_bold_lines_below_the_kind_are_one_title() -> None:
    raw = """**BAN CHẤP HÀNH TRUNG ƯƠNG**
**ĐẢNG ĐOÀN QUỐC HỘI**
Số 31-KH/ĐĐQH16

**KẾ HOẠCH**

**triển khai Nghị quyết số 12-NQ/TW**
**Bộ Chính trị về nghề dệt,**
**nghề gốm**

Bộ Chính trị đã ban hành Nghị quyết số 12-NQ/TW.
"""
    found = read_document(read_text("dam.md", raw))
    assert found.issuer == "Đảng đoàn Quốc hội"
    assert found.subject == "triển khai Nghị quyết số 12-NQ/TW Bộ Chính trị về nghề dệt, nghề gốm"


def test_two_columns_of_a_grid_are_read_line_by_line() -> None:
    raw = r"""  ------------------------ -----------------------------------------
    **ỦY BAN THƯỜNG VỤ\        **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\
         QUỐC HỘI\                 Độc lập - Tự do - Hạnh phúc\
     \-\-\-\-\-\--**            \-\-\-\-\-\-\-\-\-\-\-\-\-\--**

   Số: 1999/NQ-UBTVQH17         *Hà Nội, ngày 16 tháng 6 năm 2031*
  ------------------------ -----------------------------------------

**NGHỊ QUYẾT**

VỀ VIỆC SẮP XẾP CÁC XÃ CỦA TỈNH TRƯỜNG LĨNH

**ỦY BAN THƯỜNG VỤ QUỐC HỘI**

*Căn cứ* *Hiến pháp;*

**QUYẾT NGHỊ:**

**Điều 1. Tổ chức thực hiện**

1\. Chính phủ tổ chức thi hành Nghị quyết này.

+-------------------------------+:------------------------------------:+
| *** ***                       | **TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI\     |
|                               | CHỦ TỊCH\                            |
| ***Nơi nhận:\***              | \                                    |
| - Chính phủ;\                 | \                                    |
| - Ủy ban TW Mặt trận Tổ quốc  | Nguyễn Văn Bình**                    |
| Việt Nam;\                    |                                      |
| - HĐND, UBND, Đoàn\           |                                      |
| ĐBQH tỉnh;\                   |                                      |
| - Lưu: HC, PLTP.              |                                      |
+-------------------------------+--------------------------------------+
"""
    found = read_document(read_text("luoi.md", raw))
    assert (found.issuer, found.number, found.date) == ("Ủy ban Thường vụ Quốc hội", "1999/NQ-UBTVQH17", "2031-06-16")
    assert found.subject == "VỀ VIỆC SẮP XẾP CÁC XÃ CỦA TỈNH TRƯỜNG LĨNH"
    assert found.signer == Signer("Nguyễn Văn Bình", "Chủ tịch", "TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI", None)
    assert found.recipients == (
        "Chính phủ;",
        "Ủy ban TW Mặt trận Tổ quốc Việt Nam;",
        "HĐND, UBND, Đoàn ĐBQH tỉnh;",
        "Lưu: HC, PLTP.",
    )
    assert roles(raw)["body"].endswith("thi hành Nghị quyết này.")


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        ("", "Hội đồng nhân dân tỉnh Trường Lĩnh"),
        ("HỘI ĐỒNG NHÂN DÂN\nSố: 9/NQ-HĐND\n\n", "Hội đồng nhân dân tỉnh Trường Lĩnh"),
    ],
)
def test_the_authority_above_the_grounds_names_an_issuer_that_the_letterhead_lost(letterhead: str, issuer: str) -> None:
    raw = (
        f"{letterhead}NGHỊ QUYẾT\nVỀ VIỆC MỞ CHỢ PHIÊN\nHỘI ĐỒNG NHÂN DÂN TỈNH TRƯỜNG LĨNH\nKHÓA XV - KỲ HỌP THỨ NĂM\n\n"
        "Căn cứ Luật Thương mại;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Mở chợ phiên.\n"
    )
    document = read_document(read_text("nq.txt", raw))
    assert (document.issuer, document.subject) == (issuer, "VỀ VIỆC MỞ CHỢ PHIÊN")


FILLED_IN = """\
> **ỦY BAN NHÂN DÂN
> TỈNH TRƯỜNG LĨNH**
Số: 04      /2031/QĐ-UBND
**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
Trường Lĩnh, ngày _16_ tháng _0 4_ năm 2031

QUYẾT ĐỊNH
Về việc mở chợ phiên

Điều 1. Mở chợ phiên.

> **TM. ỦY BAN NHÂN DÂN
> CHỦ TỊCH**
>
> **Trần Văn Mẫu**
"""


def test_a_number_and_a_day_filled_in_by_hand_are_read_between_their_blanks() -> None:
    document = read_document(read_text("qd.md", FILLED_IN))
    assert (document.number, document.date) == ("04/2031/QĐ-UBND", "2031-04-16")
    assert document.issuer == "Ủy ban nhân dân tỉnh Trường Lĩnh"
    assert document.signer is not None
    assert document.signer.name == "Trần Văn Mẫu"


@pytest.mark.parametrize(
    ("printed", "issuer"),
    [
        ("B Ộ LAO ĐỘNG - THƯƠNG BINH V À X Ã HỘI", "Bộ Lao động - Thương binh và Xã hội"),
        ("BỘ LAO ĐỘNG – THƯƠNG BINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội"),
        ("ỦY B AN NHÂN D Â N TỈNH KON T UM", "Ủy ban nhân dân tỉnh Kon Tum"),
        ("BỘ Y TẾ", "Bộ Y tế"),
    ],
)
def test_blanks_and_hyphens_inside_the_capitals_of_a_body_do_not_matter(printed: str, issuer: str) -> None:
    raw = f"{printed}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/QĐ\nNgày 5/3/2031\n\nQUYẾT ĐỊNH\nVề việc X\n\nĐiều 1. X.\n"
    assert read_document(read_text("x.txt", raw)).issuer == issuer
