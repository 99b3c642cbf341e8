"""The JSON that people script against."""

from __future__ import annotations

import json

from kg.links import Act, Link, Passage, Place, Shares, from_json, schema, to_json

CONTRACT = {"task", "source", "grade", "score", "evidence"}

LINK = Link(
    task=Place("cv.txt", "u014", 10, 90),
    source=Place("nq.txt", "u031", 5, 60),
    grade="copied",
    score=0.93,
    evidence=(Passage((12, 40), (7, 35)),),
    act="https://example.org/nq",
    fingerprint="0123456789abcdef",
    shares=Shares(0.6, 0.1, 0.3),
    reason="chép lại",
)


def test_a_link_prints_the_keys_of_the_contract_and_its_passages_as_pairs():
    row = json.loads(to_json([LINK]))[0]
    assert set(row) >= CONTRACT
    assert row["task"] == {"file": "cv.txt", "unit": "u014", "start": 10, "end": 90}
    assert row["evidence"] == [{"task": [12, 40], "source": [7, 35]}]


def test_what_is_not_known_is_printed_as_null_not_left_out():
    row = json.loads(to_json([Link(Place("cv.txt", "u1", 0, 9), Place("nq.txt"), "inherited", 0.1)]))[0]
    assert row["source"] == {"file": "nq.txt", "unit": None, "start": None, "end": None}
    assert row["act"] is None
    assert row["shares"] is None


def test_links_come_back_from_their_json():
    assert from_json(to_json([LINK])) == [LINK]


def test_the_schema_requires_nothing_that_is_not_printed():
    properties = schema()["$defs"]["Link"]["properties"]
    assert set(properties) == set(json.loads(to_json([LINK]))[0])


def test_an_act_is_called_by_its_number_else_by_what_it_is_about():
    assert Act("i", kind="Nghị quyết", number="08-NQ/TU").label == "Nghị quyết 08-NQ/TU"
    assert Act("i", kind="Luật", subject="Luật Thú y", issuer="Quốc hội").label == "Luật Thú y"
    assert (
        Act("i", kind="Nghị quyết", issuer="Tỉnh ủy", subject="về chợ nổi").label == "Nghị quyết của Tỉnh ủy về chợ nổi"
    )
