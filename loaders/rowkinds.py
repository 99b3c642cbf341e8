"""What the row of a table is: work assigned, a level to reach, the title of a group, or information.

Reads rows of :mod:`loaders.outline` and the row that names their columns.
"""

from __future__ import annotations

from loaders.columns import assigns_work, is_procedure_list, titles_procedures
from loaders.items import Item
from loaders.orders import starts_order
from loaders.records import UnitKind
from loaders.targettables import table_title, target_columns

_REMARKS = ("ghi chú", "kết quả")
"""Columns of what was reached, or is remarked: no order stands in them."""


def row_kind(item: Item, columns: Item | None, default: str) -> UnitKind:
    """A row assigns work where its table has a column of bodies or terms, or where a cell begins with an order, and
    sets a target where its table has columns of levels; one of a list of administrative procedures only names what
    people may apply for."""
    named = {at: name for at, _, name in columns.cells} if columns else {}
    targets = target_columns(named, table_title(item)) if default != "informs" else None
    if targets:
        return "target" if targets.sets_target(item.cells) else "heading"
    names = list(named.values())
    cells = [cell for _, _, cell in item.cells]
    if is_procedure_list(names) or is_procedure_list(cells) or _below_procedures(item):
        return "statement"
    remarks = {at for at, name in named.items() if name.casefold().startswith(_REMARKS)}
    work = [cell for at, _, cell in item.cells if at not in remarks]
    orders = any(starts_order(cell.partition(":")[0]) and len(cell.split()) > 2 for cell in work)
    return "task" if (assigns_work(names) and len(cells) > 2) or orders else "statement"


def _below_procedures(item: Item) -> bool:
    """Whether the heading above a row announces a list of administrative procedures."""
    return item.parent is not None and titles_procedures(item.parent.text)
