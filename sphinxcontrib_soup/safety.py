"""Software safety classes (IEC 62304 4.3): computed from what is part of what, never taken as they are typed.

A software item has the class of what it is part of, at the top that of the software system. A class that is stated for
an item counts where it is higher, and where it is lower only together with what segregates the item. A SOUP has the
highest class of the items that wrap or use it and of what it is part of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from sphinxcontrib_soup.model import Item, SafetyClass, Trace
from sphinxcontrib_soup.wording import unstated


def safety_classes(trace: Trace) -> dict[str, SafetyClass]:
    """The class in force of each software item and SOUP.

    What is part of itself, and what hangs on that, counts as part of the system, and is never lowered.
    """
    items = {item.id: item for item in trace.of_kind("software-item", "soup")}
    sources = {id_: [one.id for one in above(trace, item)] for id_, item in items.items()}
    system = trace.settings.class_in_force
    found: dict[str, SafetyClass] = {}
    for id_ in after_sources(sources):
        found[id_] = _in_force(items[id_], max((found[source] for source in sources[id_]), default=system))
    circles = {id_: max(system, stated_class(items[id_]) or system) for id_ in items.keys() - found.keys()}
    return {**found, **_raised(circles, sources, found)}


def _raised(
    low: dict[str, SafetyClass], sources: Mapping[str, list[str]], found: Mapping[str, SafetyClass]
) -> dict[str, SafetyClass]:
    """Classes raised to those of their sources, in circles, too; `found` are the classes of sources outside of them."""
    raised = {id_: max(low[id_], *(found.get(source, low[id_]) for source in sources[id_])) for id_ in low}
    dependents: dict[str, list[str]] = defaultdict(list)
    for id_ in low:
        for source in sources[id_]:
            dependents[source].append(id_)
    waiting = list(raised)
    while waiting:
        id_ = waiting.pop()
        for dependent in dependents[id_]:
            if raised[dependent] < raised[id_]:
                raised[dependent] = raised[id_]
                waiting.append(dependent)
    return raised


def _in_force(item: Item, inherited: SafetyClass) -> SafetyClass:
    stated = stated_class(item)
    if stated is None or (stated < inherited and not segregated(item)):
        return inherited
    return stated


def stated_class(item: Item) -> SafetyClass | None:
    """The class that is typed for an item, if any."""
    written = item.text("safety_class")
    return SafetyClass(written) if written in tuple(SafetyClass) else None


def segregated(item: Item) -> bool:
    """Whether it is said what keeps a software item apart from those of higher classes."""
    return item.kind == "software-item" and not unstated(item.text("segregation"))


def above(trace: Trace, item: Item) -> tuple[Item, ...]:
    """What an item has its class from: what it is part of, and of a SOUP also what wraps or uses it."""
    kinds = ("software-item", "soup") if item.kind == "soup" else ("software-item",)
    wholes = [one for one in trace.targets(item, "part_of") if one.kind in kinds]
    users = [one for one in trace.users(item) if one.kind == "software-item"]
    found = (*users, *wholes) if item.kind == "soup" else wholes
    return tuple({one.id: one for one in found}.values())


def inherited_class(trace: Trace, item: Item) -> SafetyClass:
    """The class that follows from what an item is part of or used by; at the top that of the software system."""
    classes = [trace.safety_classes[one.id] for one in above(trace, item)]
    return max(classes, default=trace.settings.class_in_force)


def after_sources(sources: Mapping[str, list[str]]) -> Iterator[str]:
    """Each name after those it depends on; what hangs on a circle is left out."""
    sorter = TopologicalSorter(sources)
    with suppress(CycleError):  # the sorter still gives every name outside of the circles
        sorter.prepare()
    while ready := sorter.get_ready():
        yield from ready
        sorter.done(*ready)
