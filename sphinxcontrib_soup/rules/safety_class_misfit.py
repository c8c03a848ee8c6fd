"""A software item or a SOUP whose stated safety class does not fit what it is part of, or what uses it.

Why
---
A software item has the class of what it is part of. A lower one needs a reason: what keeps it apart, so that its
failure cannot reach beyond it. A whole that holds a part of a higher class cannot itself be of a lower one, and a SOUP
fails for the most critical of the items that use it. A class that does not hold is not taken: the item is judged by the
higher one, and this finding says so.

Bad
---
.. code-block:: rst

   .. software-item:: Dose computation
      :id: ITEM_DOSE
      :uses: SOUP_DECIMAL

   .. expect: safety-class-misfit
   .. software-item:: Service log
      :id: ITEM_LOG
      :safety_class: A
      :part_of: ITEM_DOSE

   .. expect: safety-class-misfit
   .. soup:: decimal
      :id: SOUP_DECIMAL
      :designator: 2.5.1
      :safety_class: B

Good
----
.. code-block:: rst

   .. software-item:: Dose computation
      :id: ITEM_DOSE
      :uses: SOUP_DECIMAL

   .. software-item:: Service log
      :id: ITEM_LOG
      :safety_class: A
      :segregation: A process of its own that reads a queue and is given no other memory
      :part_of: ITEM_DOSE

   .. soup:: decimal
      :id: SOUP_DECIMAL
      :designator: 2.5.1
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, SafetyClass, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.safety import above, inherited_class, segregated, stated_class
from sphinxcontrib_soup.wording import listing


@rule(
    "safety-class-misfit",
    clause="IEC62304 4.3",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def safety_class_misfit(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("software-item", "soup"):
        stated, inherited = stated_class(item), inherited_class(trace, item)
        problem = "" if stated is None else _problem(trace, item, stated, inherited)
        yield Found(subject=item.id, message=problem, location=item.location) if problem else None


def _problem(trace: Trace, item: Item, stated: SafetyClass, inherited: SafetyClass) -> str:
    said = f"{item.id} is stated to be of class {stated}, but"
    if stated < inherited and item.kind == "soup":
        return (
            f"{said} {_wholes(trace, item, inherited)} it, so it counts as class {inherited}; take `:safety_class:` "
            "out: a SOUP has the highest class of what uses it"
        )
    if stated < inherited and not segregated(item):
        return (
            f"{said} {_wholes(trace, item, inherited)} it, and nothing is said to keep them apart, so it counts as "
            f"class {inherited}; write `:segregation:`, or take `:safety_class:` out"
        )
    if stated > inherited and item.kind == "software-item":
        return (
            f"{said} {_wholes(trace, item, inherited)} it; a whole has the highest class of its parts: raise that of "
            "the whole, or lower that of the part"
        )
    return ""


def _wholes(trace: Trace, item: Item, inherited: SafetyClass) -> str:
    """What is above an item in its class, as the beginning of a sentence with a verb."""
    sources = sorted(one.id for one in above(trace, item) if trace.safety_classes[one.id] is inherited)
    verb = "uses" if item.kind == "soup" and sources else "holds"
    named = listing(sources) or "the software system"
    return f"{named}, of class {inherited}, {verb if len(sources) < 2 else verb.removesuffix('s')}"
