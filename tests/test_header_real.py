"""The identity of the real documents, as the portal and the annotated records state it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from loaders.header import read_document
from loaders.records import Document
from loaders.text import read_file
from ontology.folding import same
from ontology.numbers import number_key


def key(value: str | None) -> str:
    return " ".join(re.findall(r"\w+", same(value or "")))


def same_issuer(want: str, got: str) -> bool:
    """The portal shortens a province's People's Committee or Council to the province ("Tỉnh Bắc Ninh")."""
    a, b = (re.sub(r"\b(?:tỉnh|thành phố) ", "", key(t)) for t in (want, got))
    local = want.casefold().startswith(("tỉnh ", "thành phố "))
    return a == b or (
        local and b in (f"ủy ban nhân dân {a}", f"hội đồng nhân dân {a}", f"chủ tịch ủy ban nhân dân {a}")
    )


def right(field: str, want: str, document: Document) -> bool:
    if field == "signer":
        return key(want) == key(document.signer.name if document.signer else None)
    got: str = getattr(document, field) or ""
    if field == "number":
        return number_key(want) == number_key(got)
    return same_issuer(want, got) if field == "issuer" else key(want) == key(got)


def test_portal_documents(shared: Path) -> None:
    gold = json.loads((shared / "real" / "identity.json").read_text(encoding="utf-8"))
    found: dict[str, list[bool]] = {}
    for row in gold:
        document = read_document(read_file(shared / "real" / "docs" / row["file"]))
        for field in ("number", "type", "issuer", "date", "signer"):
            if row[field]:
                found.setdefault(field, []).append(right(field, row[field], document))
    assert {field: len(rows) for field, rows in found.items()} == {
        "number": 75, "type": 77, "issuer": 62, "date": 60, "signer": 62,
    }  # fmt: skip
    wrong = {field: rows.count(False) for field, rows in found.items()}
    # Two issuers cannot be right: the portal names a body that the files do not (an abbreviation of its own, and the
    # province where a tax office signs).
    assert wrong == {"number": 0, "type": 0, "issuer": 2, "date": 0, "signer": 0}


def test_annotated_documents(shared: Path) -> None:
    golds = sorted((shared / "gold").glob("0*.json"))
    assert len(golds) >= 2
    for path in golds:
        record = json.loads(path.read_text(encoding="utf-8"))
        want = record["document"]
        got = read_document(read_file(shared / "corpus" / record["file"]))
        assert (got.type, got.issuer, got.number) == (want["type"], want["issuer"], want["number"])
        assert list(got.recipients) == want["recipients"]
        assert got.subject == want["subject"]
        assert got.signer
        assert (got.signer.name, got.signer.position, got.signer.on_behalf_of, got.signer.acting) == (
            want["signer"]["name"], want["signer"]["position"], want["signer"]["for"], want["signer"]["acting"],
        )  # fmt: skip


def test_headerless_documents_are_known_by_their_form(shared: Path) -> None:
    kinds = [read_document(read_file(path)).type for path in sorted((shared / "corpus").glob("*.txt"))]
    assert kinds == ["Công văn", "Chương trình hành động", "Nghị quyết", "Báo cáo", "Chỉ thị"]
