"""The accuracy table of README.md, measured on the project's own fictional fixtures.

python benchmarks/accuracy.py            print the table
python benchmarks/accuracy.py --write    put it into README.md and README.vi.md
python benchmarks/accuracy.py --check    exit with 1 if README.md has other figures
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from policylineage.commands.evaluate import evaluate_files  # noqa: E402 - the checkout comes first on the path

BEGIN, END = "<!-- accuracy -->", "<!-- /accuracy -->"
FIXTURES = ROOT / "tests" / "fixtures" / "demo"
DOCUMENTS = ROOT / "policylineage" / "demo"


def table() -> str:
    """The figures as a Markdown table, two decimals."""
    gold = sorted(FIXTURES.glob("[0-9]*.json"))
    rows = evaluate_files(gold, DOCUMENTS).rows()
    lines = [
        f"Measured on the {len(gold)} fictional samples against annotation by hand (`make accuracy`):",
        "",
        "| Figure | F1 | Precision | Recall | Items |",
        "|---|---|---|---|---|",
        *(f"| {r.name} | {r.f1:.2f} | {r.precision:.2f} | {r.recall:.2f} | {r.gold} |" for r in rows),
    ]
    return "\n".join(lines)


def put(text: str, measured: str) -> str:
    """``text`` with what stands between the two marks replaced. Raises :class:`ValueError` where a mark is missing."""
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n{measured}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Print, write or check the table; the exit code."""
    measured = table()
    readme = ROOT / "README.md"
    current = readme.read_text(encoding="utf-8")
    wanted = put(current, measured)
    if "--write" in arguments:
        readme.write_text(wanted, encoding="utf-8")
    print(measured)
    return int("--check" in arguments and wanted != current)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
