"""Who leads and who coordinates, as the readers of loaders/duties.py find it."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.bodylist import read_list
from loaders.deadlines import find_deadlines
from loaders.duties import Duties, read_duties
from loaders.quantities import find_quantities
from loaders.rolelines import responsibility_line
from loaders.words import Phrases, split_words
from ontology.tables import table

EXAMPLES: list[dict[str, Any]] = table("duties.toml", "loaders")["example"]
VOCABULARY = (
    "Giao Sở Tài chính chủ trì , phối hợp với Ủy ban nhân dân các huyện và thành phố ; : . ( ) liên quan Bộ trưởng "
    "đơn vị giao tham mưu"
)
WORDS = st.sampled_from(VOCABULARY.split())


def test_the_table_holds_examples_of_both_kinds() -> None:
    with_bodies = [row for row in EXAMPLES if row.get("lead") or row.get("partners")]
    assert len(with_bodies) >= 20
    assert len(EXAMPLES) - len(with_bodies) >= 10


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"][:40])
def test_every_example_of_the_table(row: dict[str, Any]) -> None:
    lead = tuple(row.get("lead", ()))
    expected = Duties(
        lead,
        tuple(row.get("posts", ())),
        tuple(row.get("partners", ())),
        bool(lead),
        tuple(row.get("later", ())),
        tuple(row.get("later_posts", ())),
        tuple(row.get("asked", ())),
    )
    assert read_duties(row["text"]) == expected


def test_the_tables_are_canonical() -> None:
    text = json.dumps(table("duties.toml", "loaders"), ensure_ascii=False)
    assert text == unicodedata.normalize("NFC", text)
    lists = [table("duties.toml", "loaders")["work"]["verbs"], *table("duties.toml", "loaders")["labels"].values()]
    lists += [table("duties.toml", "loaders")[section]["words"] for section in ("nouns", "fields")]
    assert len(lists) == 10
    for words in lists:
        assert words == sorted(set(words))
        assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("line", "role", "lead", "partners"),
    [
        ("Cơ quan chủ trì: Sở Nội vụ, Sở Tài chính.", "lead", ("Sở Nội vụ", "Sở Tài chính"), ()),
        ("Đơn vị chủ trì: UBND các huyện, thành phố", "lead", ("Ủy ban nhân dân các huyện, thành phố",), ()),
        (
            "Cơ quan thực hiện: Sở Y tế chủ trì, phối hợp với Công an tỉnh và các đơn vị liên quan.",
            "lead",
            ("Sở Y tế",),
            ("Công an tỉnh", "các đơn vị liên quan"),
        ),
        (
            "Cơ quan thực hiện: Sở Nội vụ, các sở trong phạm vi nhiệm vụ của mình và các tổ chức khác có liên quan.",
            "lead",
            ("Sở Nội vụ", "các sở", "các tổ chức khác có liên quan"),
            (),
        ),
        ("Cơ quan chủ trì: Sở Tài chính; cơ quan phối hợp: Sở Nội vụ.", "lead", ("Sở Tài chính",), ("Sở Nội vụ",)),
        (
            "Cơ quan phối hợp: Các sở, ngành; UBND các xã, phường",
            "coordinate",
            (),
            ("Các sở, ngành", "Ủy ban nhân dân các xã, phường"),
        ),
        ("Thời gian thực hiện: thường xuyên.", "deadline", (), ()),
        ("Thời hạn chậm nhất 05 ngày kể từ ngày ban hành Quyết định.", "deadline", (), ()),
        ("Sản phẩm: Báo cáo của Ủy ban nhân dân tỉnh.", "product", (), ()),
    ],
)
def test_responsibility_lines(line: str, role: str, lead: tuple[str, ...], partners: tuple[str, ...]) -> None:
    found = responsibility_line(line)
    assert found is not None
    assert (found.role, found.lead, found.coordinate) == (role, lead, partners)
    assert line[found.offset :].startswith(found.content)


@pytest.mark.parametrize(
    "text",
    ["Sở Y tế: Chủ trì thực hiện.", "Rà soát quy trình nội bộ", "", ":", "Đơn vị chủ trì", "Thời gian qua có mưa."],
)
def test_other_texts_are_no_responsibility_lines(text: str) -> None:
    assert responsibility_line(text) is None


def test_the_words_of_the_product_line_are_kept() -> None:
    found = responsibility_line("Kết quả: Kế hoạch của Ủy ban nhân dân tỉnh.")
    assert found is not None
    assert found.content == "Kế hoạch của Ủy ban nhân dân tỉnh"


def test_a_body_is_named_once() -> None:
    found = read_duties(
        "Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra; phối hợp với Công an tỉnh, Sở Y tế báo cáo."
    )
    assert found == Duties(("Sở Y tế",), (), ("Công an tỉnh",), True)


def test_both_spellings_of_the_tone_are_read() -> None:
    assert read_duties("Uỷ ban nhân dân các xã chủ động thực hiện.").lead == ("Ủy ban nhân dân các xã",)


def test_a_list_ends_where_it_is_cut() -> None:
    words = split_words("Sở Tài chính, Sở Y tế và")
    assert [body.name for body in read_list(words, 0).bodies] == ["Sở Tài chính", "Sở Y tế"]


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        (
            "Sở Y tế, Công an tỉnh và các đơn vị liên quan để thống nhất",
            ["Sở Y tế", "Công an tỉnh", "các đơn vị liên quan"],
            "để",
        ),
        ("Ủy ban nhân dân các huyện, thành phố tổ chức", ["Ủy ban nhân dân các huyện, thành phố"], "tổ"),
        ("Sở Xây dựng (cơ quan thường trực), Sở Nội vụ", ["Sở Xây dựng", "Sở Nội vụ"], ""),
        ("các sở, ban, ngành, đoàn thể Thành phố hướng dẫn", ["các sở, ban, ngành, đoàn thể Thành phố"], "hướng"),
        (
            "Báo và Phát thanh, Truyền hình tỉnh; Hội Nông dân tỉnh",
            ["Báo và Phát thanh, Truyền hình tỉnh", "Hội Nông dân tỉnh"],
            "",
        ),
        ("các Bộ: Tài chính, Y tế rà soát", ["Bộ Tài chính", "Bộ Y tế"], "rà"),
        ("rà soát hồ sơ", [], "rà"),
    ],
)
def test_lists_and_where_they_end(text: str, names: list[str], rest: str) -> None:
    words = split_words(text)
    found = read_list(words, 0)
    assert [body.name for body in found.bodies] == names
    assert "".join(words.printed[found.end : found.end + 1]) == rest


def test_phrases_are_matched_forwards_and_backwards() -> None:
    words = split_words("Có liên quan; CÓ LIÊN QUAN chặt chẽ")
    phrases = Phrases(["có liên quan", "liên quan"])
    assert [phrases.at(words, i) for i in range(len(words.keys))] == [3, 2, 0, 0, 3, 2, 0, 0, 0]
    assert [phrases.before(words, i) for i in (0, 3, 7, 8)] == [0, 3, 3, 0]
    assert list(phrases.places(words)) == [0, 1, 4, 5]
    assert words.slice(4, 7) == "CÓ LIÊN QUAN"
    assert words.slice(3, 3) == ""


@given(st.text(max_size=300))
def test_any_text_is_accepted(text: str) -> None:
    found = read_duties(text)
    assert found.own == bool(found.lead)
    responsibility_line(text)


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_every_shuffled_sentence_gives_names_made_of_its_words(text: str) -> None:
    found = read_duties(text)
    assert len(found.lead_post) in (0, len(found.lead))
    known = set(re.findall(r"\w+", text.casefold())) | {"các"}
    assert not (found.lead and found.later)
    assert not set(found.later) & set(found.coordinate)
    for name in found.lead + found.coordinate + found.later:
        assert name
        assert set(re.findall(r"\w+", name.casefold())) <= known
    assert not set(found.lead) & set(found.coordinate)


def test_a_line_of_a_megabyte_is_read() -> None:
    text = "Giao Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan thực hiện; " * 15_000
    assert read_duties(text) == Duties(("Sở Tài chính",), (), ("các đơn vị liên quan",), True)


def mutations(text: str) -> list[str]:
    """Ways in which files come broken: decomposed, cut anywhere, reversed, upper case, blanks that do not break."""
    return [
        text,
        unicodedata.normalize("NFD", text),
        text[7::2],
        text[::-1],
        text.upper(),
        text.replace(" ", "\u00a0"),
        text.replace(" ", "\r\n"),
    ]


def test_broken_real_texts_are_read(shared: Path) -> None:
    read = 0
    for path in sorted((shared / "real" / "docs").glob("*.md"))[::4]:
        text = path.read_text(encoding="utf-8")
        for start in range(0, min(len(text), 12_000), 1_500):
            for piece in mutations(text[start : start + 1_500]):
                duties = read_duties(piece)
                assert all(name.strip() for name in duties.lead + duties.coordinate)
                for term in find_deadlines(piece):
                    assert 0 <= term.start < term.end <= len(piece)
                for figure in find_quantities(piece, is_target=True):
                    assert 0 <= figure.start < figure.end <= len(piece)
                read += 1
    assert read >= 500


def test_the_hand_made_answers_of_the_real_documents(shared: Path) -> None:
    """Every task of the shown documents: its addressees where it names them, and its partners."""
    checked = wrong = 0
    for gold in sorted((shared / "gold").glob("0*.json")):
        record = json.loads(gold.read_text(encoding="utf-8"))
        with (shared / "corpus" / Path(record["file"]).name).open(encoding="utf-8", newline="") as file:
            raw = file.read()
        for unit in record["units"]:
            if unit["kind"] != "task":
                continue
            text = unicodedata.normalize("NFC", " ".join(raw[unit["start"] : unit["end"]].replace("*", "").split()))
            found = read_duties(re.sub(r"^(?:[-+]|\d+(?:\.\d+)*\.)\s+", "", text))
            checked += 1
            wrong += list(found.coordinate) != unit["coordinate"]
            wrong += found.own and [n.casefold() for n in found.lead] != [n.casefold() for n in unit["lead"]]
    assert checked >= 50
    assert wrong == 0
