"""JSON Schemas of what ``lineage extract`` and ``lineage links`` print, generated from the record types.

    python tools/schemas.py            write docs/records.schema.json and docs/links.schema.json (`make schemas`)
    python tools/schemas.py --check    exit with 1 if they are not current

Every key is required: unknown values are printed as ``null``, never left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT))

from kg import links  # noqa: E402 - the checkout comes first on the path
from loaders import records  # noqa: E402

SCHEMAS: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "records.schema.json": ("What `lineage extract` prints", records.schema),
    "links.schema.json": ("What `lineage links` prints", links.schema),
}
"""By file: the title, and the types' own schema."""


def published(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of printed JSON: objects hold all their keys, so none has a default."""
    definitions = {name: _printed(definition) for name, definition in schema["$defs"].items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return head | schema | {"$defs": definitions}


def _printed(definition: dict[str, Any]) -> dict[str, Any]:
    properties = {
        name: {key: value for key, value in about.items() if key != "default"}
        for name, about in definition["properties"].items()
    }
    return definition | {"properties": properties, "required": list(properties)}


def texts() -> dict[Path, str]:
    """Each file and what must stand in it."""
    return {
        DOCS / name: json.dumps(published(title, schema()), ensure_ascii=False, indent=2) + "\n"
        for name, (title, schema) in SCHEMAS.items()
    }


def main(arguments: list[str]) -> int:
    """Write the files, or check them; the exit code."""
    stale = [path for path, text in texts().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" not in arguments:
        for path in stale:
            path.write_text(texts()[path], encoding="utf-8", newline="\n")
    return int("--check" in arguments and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
