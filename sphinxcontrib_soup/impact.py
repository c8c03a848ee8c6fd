"""What touches what: all that is looked at again when a SOUP changes or has to go, and the risks behind an anomaly.

Clauses: IEC 62304 5.8.3, 7.4, 8.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sphinxcontrib_soup.kinds import LINK_BY_NAME
from sphinxcontrib_soup.model import Item, Trace
from sphinxcontrib_soup.tables import natural

_FROM_SOUP = (
    *("<-wraps", "<-uses", "<-specifies", "<-arises_from", "<-evaluates", "<-affects", "<-justifies", "<-verifies"),
    *("<-part_of", "<-replaces", "replaces"),
)
_STEPS: Mapping[str, tuple[str, ...]] = {
    "software-item": ("<-allocated_to",),
    "soup-requirement": ("derives_from", "<-implemented_by", "<-verifies"),
    "requirement": ("<-implemented_by", "<-verifies"),
    "system-requirement": ("<-implemented_by", "<-verifies"),
    "cause": ("contributes_to", "<-controls"),
    "risk": ("<-controls",),
    "mitigation": ("<-verifies", "<-verifies_effectiveness"),
}
"""Where to go on from an item that a SOUP touches, by its kind; from all others nothing follows."""

_TO_RISKS: Mapping[str, tuple[str, ...]] = {
    "software-item": ("<-arises_from", "<-allocated_to"),
    "soup": ("<-arises_from", "<-specifies"),
    "soup-requirement": ("derives_from", "<-implemented_by"),
    "requirement": ("derives_from", "<-implemented_by"),
    "system-requirement": ("derives_from", "<-implemented_by"),
    "mitigation": ("controls",),
    "cause": ("contributes_to",),
}
"""Where to go on from what an anomaly affects: to its causes, to the mitigations that it serves, and on to risks."""

DUE: Mapping[str, str] = {
    "software-item": "see whether its code and interface still fit",
    "soup-requirement": "verify again",
    "requirement": "verify again",
    "system-requirement": "verify again",
    "user-need": "verify again",
    "cause": "analyse again",
    "risk": "estimate again",
    "mitigation": "verify again that it works",
    "test": "run again",
    "verification": "carry out again",
    "anomaly-evaluation": "confirm, or evaluate anew",
    "decision": "confirm, or decide anew",
}
"""What a change of the SOUP asks for, by the kind of what is touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An item that is touched: `relation` is how it stands to `through`, the item by which it was reached."""

    item: Item
    relation: str
    through: Item


def retired(soup: Item) -> bool:
    """Whether the status of a SOUP says that it must go."""
    return soup.text("status") in ("obsolete", "retired")


def replacing(trace: Trace, soup: Item) -> list[str]:
    """The IDs of the items that replace a SOUP."""
    return sorted((one.id for one in trace.origins(soup, "replaces")), key=natural)


def touched(trace: Trace, soup: Item) -> tuple[Touched, ...]:
    """Everything that touches a SOUP, each item once, by the shortest way to it; what is near comes first."""
    return _reached(trace, soup, _FROM_SOUP, _STEPS)


def risks_behind(trace: Trace, anomaly: Item) -> tuple[Touched, ...]:
    """The risks that an anomaly can bear on: what it affects can cause them, or serves a mitigation of them."""
    reached = _reached(trace, anomaly, ("affects",), _TO_RISKS)
    return tuple(sorted((one for one in reached if one.item.kind == "risk"), key=lambda one: natural(one.item.id)))


def _reached(
    trace: Trace, start: Item, first: tuple[str, ...], steps: Mapping[str, tuple[str, ...]]
) -> tuple[Touched, ...]:
    """What is reached by the first steps from an item, and on from there by the steps of each kind."""
    found: dict[str, Touched] = {}
    reached = [start]
    while reached:
        new = [
            one for item in reached for one in _next(trace, item, first if item is start else steps.get(item.kind, ()))
        ]
        reached = []
        for one in new:
            if one.item.id not in found and one.item.id != start.id:
                found[one.item.id] = one
                reached.append(one.item)
    return tuple(found.values())


def _next(trace: Trace, item: Item, steps: tuple[str, ...]) -> Iterator[Touched]:
    for step in steps:
        link = LINK_BY_NAME[step.removeprefix("<-")]
        relation = link.title if step.startswith("<-") else link.inverse
        for one in sorted(trace.follow(item, step), key=lambda other: natural(other.id)):
            yield Touched(item=one, relation=relation, through=item)
