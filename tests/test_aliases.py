"""Aliases of acts: a file that people edit, whose errors name the line, and which every later build keeps to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from deciding import HERBS, PROVINCE, corpus, pairs, write
from deciding import read as read_plain
from typer.testing import CliRunner

from kg.aliases import Alias, Aliases, read_aliases, stored_aliases
from kg.build import build
from kg.store import EmbeddedStore, Store, open_store
from kg.terms import ELI, PL
from loaders.records import Citation, Document, Loaded, Record, Unit
from loaders.text import LoadError
from policylineage.cli import app

WORDS = "Nghị quyết của Tỉnh ủy về cây thuốc"
GOOD = f"""
# tên thường gọi
[[alias]]
words = "{WORDS}"
number = "14-NQ/TU"
date = 2026-03-02
issuer = "Tỉnh ủy Trường Lĩnh"

[[alias]]
words = "Nghị quyết chợ phiên"
number = "15-NQ/TU"
date = "2026-03-09"
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "kho") as opened:
        yield opened


def read(path: Path) -> Loaded:
    """The plain reader; the letter names its act without a number."""
    if path.name != "thu.txt":
        return read_plain(path)
    raw = path.read_text(encoding="utf-8")
    start = raw.index(WORDS)
    cited = Citation(
        start, start + len(WORDS) + 9, raw[start : start + len(WORDS) + 9], "named", "Nghị quyết",
        issuer="Tỉnh ủy", subject="về cây thuốc Sơn Thạch", relation="implements", scope="document",
    )  # fmt: skip
    task = Unit("u001", "1", "task", raw.index(HERBS), raw.index(HERBS) + len(HERBS))
    about = Document("Công văn", "Ủy ban nhân dân tỉnh Trường Lĩnh", "9/UBND-NN", "2026-05-06", province=PROVINCE)
    return Loaded(Record(path.name, about, (cited,), (task,)), raw)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = corpus(tmp_path / "vb")
    write(made / "thu.txt", f"Thực hiện {WORDS} Sơn Thạch, yêu cầu:", HERBS)
    return made


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "aliases.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_is_read(tmp_path: Path) -> None:
    assert read_aliases(file(tmp_path, GOOD)) == (
        Alias(WORDS, "14-NQ/TU", "2026-03-02", "Tỉnh ủy Trường Lĩnh"),
        Alias("Nghị quyết chợ phiên", "15-NQ/TU", "2026-03-09"),
    )
    assert read_aliases(file(tmp_path, "# chưa có\n")) == ()


WRONG = [
    (GOOD + '[[alias]]\nwords = "x"\ndate = 2026-01-01\n', 13, "thiếu khóa “number”"),
    (GOOD.replace('"15-NQ/TU"', '"nghị quyết mười lăm"'), 9, "không phải số văn bản"),
    (GOOD.replace('"2026-03-09"', '"ngày 9 tháng 3"'), 9, "ngày không đúng dạng"),
    (GOOD.replace('"2026-03-09"', "15"), 9, "ngày không đúng dạng"),
    (GOOD.replace('words = "Nghị quyết chợ phiên"', "words = 7"), 9, "phải là chữ trong ngoặc kép"),
    (GOOD.replace("issuer", "cơ_quan").replace("cơ_quan", "co_quan"), 3, "không rõ khóa “co_quan”"),
    (GOOD + "[alias2]\nx = 1\n", 13, "không rõ “alias2”"),
    (GOOD.replace('"14-NQ/TU"', '"14-NQ/TU'), 5, "không đúng cú pháp TOML"),
    (GOOD + "[[alias]\n", 13, "không đúng cú pháp TOML"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG)
def test_errors_name_the_file_and_the_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(LoadError) as caught:
        read_aliases(file(tmp_path, text))
    assert (caught.value.file, caught.value.place) == (str(tmp_path / "aliases.toml"), f"dòng {line}")
    assert said in caught.value.reason
    assert len(WRONG) == 9


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "aliases.toml"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(LoadError, match="UTF-8"):
        read_aliases(path)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (f"{WORDS}", "14-NQ/TU"),
        (f"{WORDS} giai đoạn 2026 - 2030", "14-NQ/TU"),
        (f"{WORDS} quý", "16-NQ/TU"),
        ("nghi quyet cua tinh uy ve cay thuoc", "14-NQ/TU"),
        ("Nghị quyết của Tỉnh ủy về cây thuốcx", None),
        ("theo Nghị quyết của Tỉnh ủy về cây thuốc", None),
        ("Nghị quyết của Tỉnh ủy", None),
    ],
)
def test_an_alias_is_the_beginning_of_the_words_the_longest_decides(said: str, number: str | None) -> None:
    aliases = Aliases([Alias(WORDS, "14-NQ/TU", "2026-03-02"), Alias(f"{WORDS} quý", "16-NQ/TU", "2026-07-02")])
    found = aliases.of("a.txt", Citation(0, 9, said, "named"))
    assert (found.number if found else None) == number


def test_an_alias_of_one_file_is_for_that_file() -> None:
    aliases = Aliases([Alias(WORDS, "14-NQ/TU", "2026-03-02", file="a.txt"), Alias(WORDS, "16-NQ/TU", "2026-07-02")])
    cited = Citation(0, 9, WORDS, "named")
    found = [aliases.of(name, cited) for name in ("a.txt", "b.txt")]
    assert [alias.number for alias in found if alias] == ["14-NQ/TU", "16-NQ/TU"]
    assert aliases.of("a.txt", Citation(0, 9, WORDS, "named", is_self=True)) is None


def test_an_alias_resolves_what_had_no_number(store: Store, folder: Path, tmp_path: Path) -> None:
    build(store, [folder], read=read)
    assert ("thu.txt#u001", "nq.txt#u001") not in pairs(store)
    known = read_aliases(file(tmp_path, GOOD))
    build(store, [folder], read=read, aliases=known)
    assert pairs(store)["thu.txt#u001", "nq.txt#u001"] == ("copied", "current")
    reasons = [quad.object.value for quad in store.quads(p=PL.resolution)]
    assert any("bí danh của 14-NQ/TU" in reason for reason in reasons)
    # the graph says what is printed: no number in the words of the letter
    printed = {
        quad.subject.value
        for quad in store.quads(p=PL.text)
        if WORDS in quad.object.value and "#c" in quad.subject.value
    }
    assert len(printed) == 1
    assert not [quad for quad in store.quads(p=ELI.id_local) if quad.subject.value in printed]


def test_later_builds_keep_to_the_aliases_and_an_empty_file_clears_them(store: Store, folder: Path) -> None:
    known = (Alias(WORDS, "14-NQ/TU", "2026-03-02"),)
    build(store, [folder], read=read, aliases=known)
    build(store, [], read=read)
    assert stored_aliases(store) == known
    assert ("thu.txt#u001", "nq.txt#u001") in pairs(store)
    build(store, [folder], read=read, aliases=())
    assert stored_aliases(store) == ()
    assert ("thu.txt#u001", "nq.txt#u001") not in pairs(store)


def test_the_command_reads_the_file_beside_the_store_or_the_one_named(tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent / "policylineage" / "demo" / "01-nghi-quyet-08-nq-tu.md"
    kho = tmp_path / "kho"

    def call(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["build", str(sample), "--store", str(kho), *words])
        return done.exit_code, done.stderr

    assert call()[0] == 0
    (kho / "aliases.toml").write_text(GOOD, encoding="utf-8")
    assert call()[0] == 0
    with open_store(kho, read_only=True) as store:
        assert [alias.number for alias in stored_aliases(store)] == ["14-NQ/TU", "15-NQ/TU"]
    other = file(tmp_path, GOOD.replace("15-NQ/TU", "16-NQ/TU"))
    assert call("--aliases", str(other))[0] == 0
    with open_store(kho, read_only=True) as store:
        assert [alias.number for alias in stored_aliases(store)] == ["14-NQ/TU", "16-NQ/TU"]
    (kho / "aliases.toml").write_text(GOOD + "[[alias]]\n", encoding="utf-8")
    code, said = call()
    assert code == 2
    assert re.search(r"aliases\.toml, dòng 13: thiếu khóa", said)
