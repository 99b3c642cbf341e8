"""Makes ``ontology/communes.tsv``: which communes of today hold the land of each district that ended on 1 July 2025.

Two packages that were made independently of one another must agree on a district, else it is left out. Neither is
needed by the project. Unpack their wheels and run (Python 3.12, which the second one wants)::

    pip download --no-deps vietnamadminunits==1.0.4 vietnam-provinces==2026.9.0
    python tools/communes.py WHEEL-FOLDER-OF-THE-FIRST WHEEL-FOLDER-OF-THE-SECOND
"""

from __future__ import annotations

import importlib
import json
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parent.parent / "ontology" / "communes.tsv"
HEAD = """\
# Districts that ended on 1 July 2025, and the communes of today that hold their land; made by tools/communes.py.
# From vietnamadminunits 1.0.4, Copyright (c) 2025 Tran Ngoc Minh Hieu, MIT License; only districts on which
# vietnam-provinces 2026.9.0 says the same.
# province before the merger <tab> district <tab> communes, separated by ";"
"""
District = tuple[str, str, int]
"""Province, district, code of the district."""


def first(folder: Path) -> dict[District, dict[int, str]]:
    """District → code and name of communes, by vietnamadminunits."""
    data = folder / "vietnamadminunits" / "data"
    rules = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    with sqlite3.connect(data / "dataset.db") as base:
        asked = "SELECT provinceKey||'_'||districtKey||'_'||wardKey, province, district, districtCode FROM {}"
        old = {row[0]: row[1:] for row in base.execute(asked.format("admin_units_legacy"))}
        new = {
            (row[0], row[1]): row[2:]
            for row in base.execute("SELECT provinceKey, wardKey, wardCode, ward FROM admin_units")
        }
    found: dict[District, dict[int, str]] = defaultdict(dict)
    whole = rules["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
    pairs = [(ward, (place, name)) for place, names in whole for name, wards in names.items() for ward in wards]
    for place, wards in rules["DICT_PROVINCE_WARD_DIVIDED"].items():
        pairs += [(ward, (place, part["newWardKey"])) for ward, parts in wards.items() for part in parts]
    for ward, target in pairs:
        if ward in old:
            province, district, code = old[ward]
            found[province, district, int(code)][int(new[target][0])] = new[target][1]
    return found


def second(folder: Path) -> dict[int, set[int]]:
    """Code of a district → codes of communes, by vietnam-provinces."""
    sys.path.insert(0, str(folder))
    module = importlib.import_module("vietnam_provinces._ward_conversion_2025")
    found: dict[int, set[int]] = defaultdict(set)
    for entry in module.OLD_TO_NEW.values():
        found[int(entry.old_ward.district_code)] |= {int(ward.code) for ward in entry.new_wards}
    return found


def main() -> None:
    """Write the table."""
    one, other = first(Path(sys.argv[1])), second(Path(sys.argv[2]))
    agreed = {key: names for key, names in one.items() if set(names) == other[key[2]]}
    lines = [f"{key[0]}\t{key[1]}\t{';'.join(sorted(names.values()))}\n" for key, names in sorted(agreed.items())]
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(agreed)} of {len(one)} districts\n")


if __name__ == "__main__":
    main()
