"""Where the nodes stand: in columns by level, from the centre on the left to the bodies that act on the right.

Positions are set here and physics is off: a page of 2,000 nodes is ready in a second instead of a minute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from queries.neighbourhood import Edge

COLUMN_WIDTH, ROW_HEIGHT = 420, 74


def place_nodes(columns: Mapping[str, int], edges: Sequence[Edge]) -> dict[str, tuple[int, int]]:
    """``(x, y)`` in pixels for each node; ``columns`` gives each node's column, in the order to keep within it.

    Each column is centred and ordered by the mean height of a node's neighbours in the columns to its left, so that
    edges cross little.
    """
    neighbours: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.source in columns and edge.target in columns:
            neighbours[edge.source].append(edge.target)
            neighbours[edge.target].append(edge.source)
    places: dict[str, tuple[int, int]] = {}
    for column in sorted(set(columns.values())):
        members = [node for node, at in columns.items() if at == column]
        order = {node: index for index, node in enumerate(members)}
        members.sort(key=lambda node: (_height(node, neighbours, places), order[node]))
        top = -(len(members) - 1) * ROW_HEIGHT // 2
        for row, node in enumerate(members):
            places[node] = (column * COLUMN_WIDTH, top + row * ROW_HEIGHT)
    return places


def _height(node: str, neighbours: Mapping[str, list[str]], places: Mapping[str, tuple[int, int]]) -> float:
    heights = [places[other][1] for other in neighbours[node] if other in places]
    return sum(heights) / len(heights) if heights else 0.0
