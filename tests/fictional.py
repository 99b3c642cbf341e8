"""A few records made by hand, of tỉnh Trường Lĩnh, a province that does not exist: what graph tests are made of."""

from __future__ import annotations

import hashlib
from typing import Any

from loaders.records import Citation, Deadline, Document, Loaded, Quantity, Record, Unit

PROVINCE = "Trường Lĩnh"


def span(raw: str, words: str, after: int = 0) -> tuple[int, int]:
    start = raw.index(words, after)
    return start, start + len(words)


def unit(raw: str, number: int, path: str, kind: Any, words: str, **more: Any) -> Unit:
    start, end = span(raw, words)
    return Unit(id=f"u{number:03d}", path=path, kind=kind, start=start, end=end, **more)


def cite(raw: str, words: str, **more: Any) -> Citation:
    start, end = span(raw, words)
    return Citation(start=start, end=end, surface=" ".join(words.split()), kind=more.pop("kind", "numbered"), **more)


def record(raw: str, file: str, document: Document, **more: Any) -> Loaded:
    digest = hashlib.sha256(raw.encode("utf-8")).hexdigest()
    return Loaded(Record(file=file, document=document, sha256=digest, **more), raw)


RESOLUTION_TEXT = """\ufeff# NGHỊ QUYẾT
về phát triển dược liệu

Hội nghị ngày 02 tháng 3 năm 2026 của Tỉnh ủy Trường Lĩnh quyết nghị:

Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;

I. CHỈ TIÊU

- Đến năm 2027 có ít nhất 12,5% số hợp tác xã trồng dược liệu dưới tán rừng.

II. NHIỆM VỤ

1. Rà soát, bổ sung vùng trồng dược liệu
của huyện Sơn Thạch, hoàn thành trước ngày 15 tháng 9 năm 2026.

2. Nâng cấp đường vào chợ phiên Đông Lăng.
"""


def resolution(file: str = "nghi-quyet.txt") -> Loaded:
    """A resolution of the Party committee: one heading with a target, one with two tasks."""
    raw = RESOLUTION_TEXT
    target = "- Đến năm 2027 có ít nhất 12,5% số hợp tác xã trồng dược liệu dưới tán rừng."
    task = "1. Rà soát, bổ sung vùng trồng dược liệu\ncủa huyện Sơn Thạch, hoàn thành trước ngày 15 tháng 9 năm 2026."
    due = "trước ngày 15 tháng 9 năm 2026"
    figure = "ít nhất 12,5% số hợp tác xã"
    return record(
        raw,
        file,
        Document(
            type="Nghị quyết",
            issuer="Tỉnh ủy Trường Lĩnh",
            number="14-NQ/TU",
            date="2026-03-02",
            subject="về phát triển dược liệu",
            province=PROVINCE,
        ),
        citations=(
            cite(raw, "Luật Tổ chức chính quyền địa phương số 77/2015/QH13", type="Luật", symbol="77/2015/QH13",
                 relation="legal-basis", scope="document"),
        ),
        units=(
            unit(raw, 1, "preamble", "statement", "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;",
                 cites=(0,)),
            unit(raw, 2, "I", "heading", "I. CHỈ TIÊU"),
            unit(raw, 3, "I.-1", "target", target, parent="u002", quantities=(
                Quantity("Hợp tác xã trồng dược liệu", ">=", 12.5, "%", figure, *span(raw, figure)),)),
            unit(raw, 4, "II", "heading", "II. NHIỆM VỤ"),
            unit(raw, 5, "II.1", "task", task, parent="u004", deadlines=(due,),
                 deadline_spans=(Deadline(due, *span(raw, due), date="2026-09-15"),)),
            unit(raw, 6, "II.2", "task", "2. Nâng cấp đường vào chợ phiên Đông Lăng.", parent="u004"),
        ),
    )  # fmt: skip


LETTER_TEXT = """Thực hiện Nghị quyết số 14-NQ/TU ngày 02 tháng 3 năm 2026 của Tỉnh ủy về phát triển dược liệu, Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát, bổ sung vùng trồng dược liệu của huyện Sơn Thạch.

2. Sở Tài chính báo cáo Bộ Tài chính trước ngày 20 hằng tháng.
"""


def letter(file: str = "cong-van.txt", number: str | None = "305/UBND-KGVX") -> Loaded:
    """A letter of the People's Committee that carries the resolution out: two tasks with their bodies."""
    raw = LETTER_TEXT
    due = "trước ngày 20 hằng tháng"
    return record(
        raw,
        file,
        Document(
            type="Công văn",
            issuer="Ủy ban nhân dân tỉnh Trường Lĩnh",
            number=number,
            date="2026-04-10" if number else None,
            province=PROVINCE,
            recipients=("Như trên;", "Lưu: VT."),
        ),
        citations=(
            cite(raw, "Nghị quyết số 14-NQ/TU", type="Nghị quyết", symbol="14-NQ/TU", date="2026-03-02",
                 issuer="Tỉnh ủy", subject="về phát triển dược liệu", relation="implements", scope="document"),
        ),
        units=(
            unit(raw, 1, "preamble", "statement", LETTER_TEXT.split("\n")[0], cites=(0,)),
            unit(raw, 2, "1", "task", LETTER_TEXT.split("\n")[2], lead=("Sở Y tế",), coordinate=("Sở Tài chính",)),
            unit(raw, 3, "2", "task", LETTER_TEXT.split("\n")[4], lead=("Sở Tài chính",),
                 coordinate=("Bộ Tài chính",), deadlines=(due,),
                 deadline_spans=(Deadline(due, *span(raw, due), recurrence="monthly day 20"),)),
        ),
    )  # fmt: skip
