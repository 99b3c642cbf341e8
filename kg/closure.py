"""Everything above and below a document, in plain Python: no store, no networkx, fast enough for a command's start.

One integer per document is its set of reached documents, a bit for each: closing a whole document graph takes
hundredths of a second where a SPARQL path over all documents takes seconds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping


class Closure:
    """The transitive closure of a directed graph that may have cycles.

    A node in a cycle reaches itself. Nodes that the graph does not have reach nothing.
    """

    def __init__(self, edges: Iterable[tuple[str, str]]) -> None:
        """Close the graph of these ``(from, to)`` edges."""
        self._after: dict[str, list[str]] = {}
        before: dict[str, list[str]] = {}
        for source, target in sorted(set(edges)):
            for node in (source, target):
                self._after.setdefault(node, [])
                before.setdefault(node, [])
            self._after[source].append(target)
            before[target].append(source)
        self._nodes = list(self._after)
        self._up = _reached(self._after, self._nodes)
        self._down = _reached(before, self._nodes)

    def above(self, node: str) -> frozenset[str]:
        """Everything that edges lead to from ``node``, over any number of hops."""
        return self._named(self._up.get(node, 0))

    def below(self, node: str) -> frozenset[str]:
        """Everything that leads to ``node``, over any number of hops."""
        return self._named(self._down.get(node, 0))

    def cycles(self) -> list[list[str]]:
        """Groups of nodes that all reach one another, each sorted, in sorted order: what no hierarchy should have."""
        return sorted(sorted(group) for group in components(self._after) if self._is_cycle(group))

    def _is_cycle(self, group: list[str]) -> bool:
        return len(group) > 1 or group[0] in self._after[group[0]]

    def _named(self, bits: int) -> frozenset[str]:
        return frozenset(self._nodes[place] for place in _places(bits))


def hops(after: Mapping[str, Iterable[str]], start: str) -> dict[str, int]:
    """The fewest edges from ``start`` to each node that it reaches; ``start`` itself only where a cycle leads back."""
    found: dict[str, int] = {}
    waiting = deque([(start, 0)])
    while waiting:
        node, count = waiting.popleft()
        for following in after.get(node, ()):
            if following not in found:
                found[following] = count + 1
                waiting.append((following, count + 1))
    return found


def components(after: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Strongly connected components, each after all that it leads to (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in after:
        if root in index:
            continue
        work = [(root, iter(after[root]))]
        index[root] = low[root] = len(index)
        path.append(root)
        on_path.add(root)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group = _cut(path, node)
                    on_path.difference_update(group)
                    yield group
            elif following not in index:
                index[following] = low[following] = len(index)
                path.append(following)
                on_path.add(following)
                work.append((following, iter(after[following])))
            elif following in on_path:
                low[node] = min(low[node], index[following])


def _cut(path: list[str], node: str) -> list[str]:
    """Take ``node`` and all that stands after it off the end of ``path``."""
    group: list[str] = []
    while not group or group[-1] != node:
        group.append(path.pop())
    return group


def _reached(after: Mapping[str, list[str]], nodes: list[str]) -> dict[str, int]:
    """For each node the bit set of the nodes that it reaches."""
    bit = {node: 1 << place for place, node in enumerate(nodes)}
    reached: dict[str, int] = {}
    for group in components(after):
        is_cycle = len(group) > 1 or group[0] in after[group[0]]
        bits = sum(bit[node] for node in group) if is_cycle else 0
        for node in group:
            for following in after[node]:
                if following in reached:
                    bits |= bit[following] | reached[following]
        reached.update(dict.fromkeys(group, bits))
    return reached


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
