"""What touches a SOUP: all that is looked at again when it changes, is replaced, or has to go (IEC 62304 7.4, 8.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sphinxcontrib_soup.kinds import LINK_BY_NAME
from sphinxcontrib_soup.model import Item, Trace
from sphinxcontrib_soup.tables import natural
from sphinxcontrib_soup.wording import listing

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
"""Where to go on from an item that is touched, by its kind; from all others nothing follows."""

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

_NAMED = (
    ("requirements to verify again", ("soup-requirement", "requirement", "system-requirement", "user-need")),
    ("evaluations to confirm", ("anomaly-evaluation",)),
    ("risks touched", ("risk",)),
    ("mitigations touched", ("mitigation",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An item that a SOUP touches: `relation` is how it stands to `through`, the item by which it was reached."""

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
    found: dict[str, Touched] = {}
    reached = [soup]
    while reached:
        new = [one for item in reached for one in _next(trace, item, _FROM_SOUP if item is soup else None)]
        reached = []
        for one in new:
            if one.item.id not in found and one.item.id != soup.id:
                found[one.item.id] = one
                reached.append(one.item)
    return tuple(found.values())


def _next(trace: Trace, item: Item, steps: tuple[str, ...] | None) -> Iterator[Touched]:
    for step in _STEPS.get(item.kind, ()) if steps is None else steps:
        link = LINK_BY_NAME[step.removeprefix("<-")]
        relation = link.title if step.startswith("<-") else link.inverse
        for one in sorted(trace.follow(item, step), key=lambda other: natural(other.id)):
            yield Touched(item=one, relation=relation, through=item)


def reopened(trace: Trace, soup: Item) -> str:
    """What another version of a SOUP opens again, for a message: `requirements to verify again: SREQ_1; …`.

    Empty where nothing touches it.
    """
    kinds = [(one.item.kind, one.item.id) for one in touched(trace, soup)]
    groups = ((title, [id_ for kind, id_ in kinds if kind in members]) for title, members in _NAMED)
    return "; ".join(f"{title}: {listing(sorted(ids, key=natural), most=8)}" for title, ids in groups if ids)
