"""Where the nodes stand: in columns by level, from the centre on the left to the bodies that act; or in rings.

Positions are set here and physics is off: a page of 2,000 nodes is ready in a second instead of a minute.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from queries.neighbourhood import Edge

COLUMN_WIDTH, ROW_HEIGHT = 420, 74
RING_STEP, ARC, WIDE_ARC = 180, 96, 290
"""Pixels between two rings, and along a ring for a small node and for a box: at least."""
Point = tuple[int, int]


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


def place_rings(
    rings: Mapping[str, int], groups: Mapping[str, str], wide: Set[str] = frozenset()
) -> tuple[dict[str, Point], dict[int, int]]:
    """``(x, y)`` of each node and the radius of each ring, in pixels.

    ``rings`` gives each node its ring, 0 the middle; nodes of one group share a sector through all rings, as wide as
    its fullest ring needs, in the order in which the groups first occur. Nodes without a group are spread over their
    ring. ``wide`` nodes take the room of a box with words.
    """
    room = {node: WIDE_ARC if node in wide else ARC for node in rings}
    outer = [node for node, ring in rings.items() if ring and node in groups]
    sizes: Counter[tuple[str, int]] = Counter()
    for node in outer:
        sizes[groups[node], rings[node]] += room[node]
    needs = {name: max(n for (group, _), n in sizes.items() if group == name) for name in _in_order(outer, groups)}
    total = sum(needs.values()) or 1
    radii = _radii(rings, room, {rings[node]: total for node in outer})
    places = _middle([node for node, ring in rings.items() if not ring])
    start = 0
    for name, need in needs.items():
        for ring in radii:
            members = [node for node in outer if groups[node] == name and rings[node] == ring]
            places |= _arc(members, radii[ring], start / total, need / total)
        start += need
    for ring, radius in radii.items():
        free = [node for node, at in rings.items() if at == ring and node not in groups]
        places |= _arc(free, radius, 0.0, 1.0)
    return places, radii


def _radii(rings: Mapping[str, int], room: Mapping[str, int], sectors: Mapping[int, int]) -> dict[int, int]:
    """The radius of each ring: room for all its nodes, or for the sectors that go through it."""
    around: Counter[int] = Counter()
    for node, ring in rings.items():
        around[ring] += room[node]
    radii: dict[int, int] = {}
    last = 0
    for ring in sorted(ring for ring in around if ring):
        needed = math.ceil(max(around[ring], sectors.get(ring, 0)) / math.tau)
        last = radii[ring] = max(last + RING_STEP, needed)
    return radii


def _in_order(nodes: Iterable[str], groups: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(groups[node] for node in nodes))


def _middle(nodes: Sequence[str]) -> dict[str, Point]:
    return (
        {nodes[0]: (0, 0)}
        if len(nodes) == 1
        else _arc(nodes, max(RING_STEP // 2, math.ceil(len(nodes) * WIDE_ARC / math.tau)), 0.0, 1.0)
    )


def _arc(nodes: Sequence[str], radius: int, first: float, part: float) -> dict[str, Point]:
    """Evenly on a part of a circle, from the top, clockwise; ``first`` and ``part`` are parts of the whole circle."""
    places = {}
    for at, node in enumerate(nodes):
        turn = math.tau * (first + part * (at + 0.5) / len(nodes)) - math.pi / 2
        places[node] = (round(radius * math.cos(turn)), round(radius * math.sin(turn)))
    return places
