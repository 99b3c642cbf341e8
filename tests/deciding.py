"""Small fictional documents of tỉnh Trường Lĩnh as text files, and a reader as plain as can be: for tests of decisions.

Line 1: kind | number | issuer | date. ``> kind | number | issuer | date`` cites an act that the document carries out.
Every other line is a task whose first word is its path.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.build import BuildReport, build
from kg.links import Link
from kg.store import Store
from loaders.records import Citation, Document, Loaded, Record, Unit
from queries.links import links
from queries.reader import Reader

PROVINCE = "Trường Lĩnh"
HERBS = "Rà soát, mở rộng vùng trồng sâm dây và đương quy dưới tán rừng tại huyện Sơn Thạch, gắn với cơ sở chế biến dược liệu"
MARKET = "Nâng cấp chợ phiên Đông Lăng thành chợ đầu mối nông sản, có kho lạnh và bãi xe tập kết"
SCHOOL = "Xây dựng trường nội trú Ia Rưm, bố trí giáo viên tiếng dân tộc và nhà công vụ cho giáo viên vùng sâu"
ACT = "Nghị quyết | 14-NQ/TU | Tỉnh ủy Trường Lĩnh | 2026-03-02"
PLAN = "Kế hoạch | 45/KH-UBND | Ủy ban nhân dân tỉnh Trường Lĩnh | 2026-04-02"
LETTER = "Công văn | 310/UBND-KTN | Ủy ban nhân dân tỉnh Trường Lĩnh | 2026-05-06"


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def corpus(folder: Path, herbs: str = HERBS) -> Path:
    """An act of three clauses, a plan that carries it out, a letter that carries the plan out."""
    write(folder / "nq.txt", ACT, f"I.1 {herbs}", f"I.2 {MARKET}", f"I.3 {SCHOOL}")
    write(folder / "kh.txt", PLAN, f"> {ACT}", f"1 Sở Y tế chủ trì: {HERBS}", f"2 Sở Công Thương: {MARKET}")
    write(
        folder / "cv.txt",
        LETTER,
        f"> {PLAN}",
        f"1 Phòng Y tế huyện Sơn Thạch: {HERBS}",
        "2 Báo cáo trước ngày 20 hằng tháng",
    )
    return folder


def read(path: Path) -> Loaded:
    raw = path.read_text(encoding="utf-8")
    lines = list(re.finditer(r"[^\n]+", raw))
    kind, number, issuer, date = re.split(r" \| ", lines[0].group())
    cited = [line for line in lines[1:] if line.group().startswith("> ")]
    tasks = [line for line in lines[1:] if line not in cited]
    units = tuple(
        Unit(f"u{n:03d}", line.group().split()[0], "task", line.start() + line.group().index(" ") + 1, line.end())
        for n, line in enumerate(tasks, start=1)
    )
    about = Document(type=kind, number=number, issuer=issuer, date=date, province=PROVINCE)
    digest = hashlib.sha256(raw.encode()).hexdigest()
    return Loaded(Record(path.name, about, tuple(map(_citation, cited)), units, digest), raw)


def _citation(line: re.Match[str]) -> Citation:
    kind, number, issuer, date = re.split(r" \| ", line.group()[2:])
    return Citation(
        line.start(),
        line.end(),
        line.group(),
        "numbered",
        kind,
        number,
        date,
        issuer,
        relation="implements",
        scope="document",
    )


def run(store: Store, folder: Path) -> BuildReport:
    return build(store, [folder], read=read)


def found(store: Store) -> list[Link]:
    return links(Reader(store))


def pairs(store: Store) -> dict[tuple[str, str], tuple[str, str]]:
    """(task, source) as "file#unit" → (grade, status); the source of a whole act is its file."""
    return {
        (f"{k.task.file}#{k.task.unit}", f"{k.source.file}#{k.source.unit}" if k.source.unit else f"{k.source.file}"): (
            k.grade,
            k.status,
        )
        for k in found(store)
    }
