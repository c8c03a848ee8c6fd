"""Items that lead back to themselves by a link that must not.

Why
---
What is derived, part of another, or replaces another, has a beginning. In a circle each item is the reason of the
others and none has one, and a verdict that is lent along it has nowhere to come from. Of items that are tangled in
several circles the shortest one through the first item is shown.

Bad
---
.. code-block:: rst

   .. expect: link-cycle
   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :derives_from: REQ_RANGE

   .. requirement:: The dose is within the range of the pump
      :id: REQ_RANGE
      :derives_from: REQ_LIMIT

Good
----
.. code-block:: rst

   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :source: clinical evaluation

   .. requirement:: The dose is within the range of the pump
      :id: REQ_RANGE
      :derives_from: REQ_LIMIT
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from sphinxcontrib_soup.kinds import LINKS
from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule

Graph = Mapping[str, tuple[str, ...]]
SHOWN = 10
"""How many items of a circle are named."""


@rule("link-cycle", clause="IEC62304 5.1.1.c", basis=Basis.PRACTICE, level=Severity.ERROR)
def link_cycle(trace: Trace) -> Iterator[Found | None]:
    graphs = {link.name: _graph(trace, link.name) for link in LINKS if link.acyclic}
    found = [(name, cycle) for name, graph in graphs.items() for cycle in cycles(graph)]
    yield from (None for _ in set().union(*graphs.values()) - {cycle[0] for _, cycle in found})
    for name, cycle in found:
        item = trace.items[cycle[0]]
        way = " → ".join([*cycle[:SHOWN], *([f"{len(cycle) - SHOWN} more"] if len(cycle) > SHOWN else []), item.id])
        message = f"{item.id} leads back to itself by `:{name}:` ({way}); take out the link that is wrong"
        yield Found(subject=item.id, message=message, location=item.location)


def _graph(trace: Trace, link: str) -> Graph:
    """The items that hold a link of this type, with those of its targets that hold one too: no other can go round."""
    holders = {item.id: item.links[link] for item in trace.items.values() if item.links.get(link)}
    return {id_: tuple(target for target in targets if target in holders) for id_, targets in holders.items()}


def cycles(graph: Graph) -> Iterator[list[str]]:
    """For each set of nodes that lead to one another, the shortest circle through the least of them, first."""
    for tangle in sorted(_tangles(graph), key=min):
        start = min(tangle)
        reached = _reached(graph, [start], tangle)
        if start in reached:
            yield _way_back(reached, start)


def _tangles(graph: Graph) -> Iterator[set[str]]:
    """The strongly connected components of a graph, found in two passes: S. R. Kosaraju's algorithm."""
    turned: dict[str, list[str]] = {node: [] for node in graph}
    for node, targets in graph.items():
        for target in targets:
            turned[target].append(node)
    left = set(graph)
    for node in reversed(_finished(graph)):
        if node in left:
            tangle = {node, *_reached(turned, [node], left)}
            left -= tangle
            yield tangle


def _finished(graph: Graph) -> list[str]:
    """The nodes in the order in which a walk in depth is done with them."""
    finished: list[str] = []
    seen: set[str] = set()
    for start in graph:
        path = [(start, iter(graph[start]))] if start not in seen else []
        seen.add(start)
        while path:
            node, targets = path[-1]
            following = next((target for target in targets if target not in seen), None)
            if following is None:
                finished.append(node)
                path.pop()
            else:
                seen.add(following)
                path.append((following, iter(graph[following])))
    return finished


def _reached(graph: Mapping[str, Sequence[str]], front: list[str], within: Set[str]) -> dict[str, str]:
    """The nodes that can be reached within a set, nearest first, each with the one it is reached from."""
    reached: dict[str, str] = {}
    while front:
        steps = [(target, node) for node in front for target in sorted(graph[node]) if target in within]
        fresh = {target: node for target, node in reversed(steps) if target not in reached}
        reached |= fresh
        front = sorted(fresh)
    return reached


def _way_back(reached: Mapping[str, str], start: str) -> list[str]:
    path = [reached[start]]
    while path[-1] != start:
        path.append(reached[path[-1]])
    return path[::-1]
