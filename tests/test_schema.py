"""The published JSON Schemas are those of the types, and what the commands print conforms to them key by key."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg import links as link_types
from kg.align import align
from kg.resolve import infer_identities, resolve
from loaders import records as record_types
from loaders.read import load
from loaders.records import Loaded

ROOT = Path(__file__).resolve().parent.parent
DEMO = sorted((ROOT / "policylineage" / "demo").glob("[0-9]*"))
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
KNOWN = {
    "$ref",
    "anyOf",
    "enum",
    "type",
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "properties",
    "required",
    "title",
    "description",
    "$schema",
    "$defs",
}


@pytest.fixture(scope="module")
def loaded() -> list[Loaded]:
    assert len(DEMO) >= 13
    return infer_identities([load(path) for path in DEMO])


def schema_of(name: str) -> dict[str, Any]:
    return json.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))


def faults(value: Any, schema: dict[str, Any], whole: dict[str, Any], place: str = "$") -> list[str]:
    """Where ``value`` breaks the schema: the keywords of JSON Schema that ours use; keys it does not name are faults too."""
    assert schema.keys() <= KNOWN, place
    if "$ref" in schema:
        return faults(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole, place)
    if "anyOf" in schema:
        tried = [faults(value, option, whole, place) for option in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value!r} is none of {schema['enum']}"]
    if "type" in schema and (
        not isinstance(value, TYPES[schema["type"]]) or (schema["type"] != "boolean" and isinstance(value, bool))
    ):
        return [f"{place}: {value!r} is no {schema['type']}"]
    found: list[str] = []
    if isinstance(value, dict):
        found += [f"{place}: {key} is missing" for key in schema["required"] if key not in value]
        found += [f"{place}: {key} is not in the schema" for key in value if key not in schema["properties"]]
        for key in value.keys() & schema["properties"].keys():
            found += faults(value[key], schema["properties"][key], whole, f"{place}.{key}")
    if isinstance(value, list):
        first = schema.get("prefixItems", [])
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{place}: {len(value)} items")
        for index, item in enumerate(value):
            about = first[index] if index < len(first) else schema["items"]
            found += faults(item, about, whole, f"{place}[{index}]") if about else []
    return found


def test_the_schemas_are_current() -> None:
    done = subprocess.run([sys.executable, "tools/schemas.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "the record types have changed: run `make schemas`"


@pytest.mark.parametrize(("name", "objects"), [("records.schema.json", 9), ("links.schema.json", 4)])
def test_every_key_of_every_object_is_required(name: str, objects: int) -> None:
    schema = schema_of(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert len(schema["$defs"]) >= objects
    for definition in schema["$defs"].values():
        assert definition["required"] == list(definition["properties"])
        assert all("default" not in about for about in definition["properties"].values())


def test_records_conform(loaded: list[Loaded]) -> None:
    printed = record_types.to_json([item.record for item in loaded])
    schema = schema_of("records.schema.json")
    assert faults(json.loads(printed), schema, schema) == []
    assert record_types.from_json(printed) == [item.record for item in loaded]


def test_the_least_record_conforms() -> None:
    least = record_types.Record("x.txt", record_types.Document())
    schema = schema_of("records.schema.json")
    assert faults(json.loads(record_types.to_json([least])), schema, schema) == []


def test_links_conform(loaded: list[Loaded]) -> None:
    found = align(loaded, resolve(loaded))
    printed = link_types.to_json(found)
    schema = schema_of("links.schema.json")
    assert len(found) >= 20
    assert faults(json.loads(printed), schema, schema) == []
    assert link_types.from_json(printed) == found


def test_what_breaks_the_schema_is_told(loaded: list[Loaded]) -> None:
    schema = schema_of("records.schema.json")
    record = json.loads(record_types.to_json([loaded[0].record]))
    del record[0]["document"]["signer"]
    record[0]["units"][0]["kind"] = "order"
    record[0]["units"][1]["start"] = "1"
    record[0]["citations"][0]["extra"] = None
    assert [fault.split(":")[0] for fault in sorted(faults(record, schema, schema))] == [
        "$[0].citations[0]", "$[0].document", "$[0].units[0].kind", "$[0].units[1].start",
    ]  # fmt: skip
