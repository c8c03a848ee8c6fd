"""A software requirement that comes from nowhere.

Why
---
Software requirements are derived from what the system must do, or from the control of a risk. One that has neither is
a feature nobody asked for, or a parent nobody wrote down. It is enough that it derives from another item, that a
mitigation is implemented by it, or that `source` says where else it comes from.

Bad
---
.. code-block:: rst

   .. expect: requirement-without-parent
   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT

Good
----
.. code-block:: rst

   .. system-requirement:: The device advises a safe dose
      :id: SYS_DOSE

   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :derives_from: SYS_DOSE

   .. requirement:: The log keeps each advice for two years
      :id: REQ_LOG
      :source: contract with the hospital, section 4

   .. requirement:: An advice is confirmed before it is used
      :id: REQ_CONFIRM

   .. mitigation:: Confirmation by the user
      :id: RCM_CONFIRM
      :implemented_by: REQ_CONFIRM
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown, unstated


@rule(
    "requirement-without-parent",
    clause="IEC62304 5.2.1",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def requirement_without_parent(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("requirement"):
        yield None if _has_parent(trace, item) else _orphan(item)


def _has_parent(trace: Trace, item: Item) -> bool:
    # a parent that does not exist is a gap of its own, and reported as such
    return bool(item.links.get("derives_from") or not unstated(item.text("source")) or _controls(trace, item))


def _controls(trace: Trace, item: Item) -> bool:
    return any(origin.kind == "mitigation" for origin in trace.origins(item, "implemented_by"))


def _orphan(item: Item) -> Found:
    source = item.text("source").strip()
    said = f"its source {shown(source)} holds the place of one" if source else "neither a parent nor a source"
    message = (
        f"{item.id} comes from nowhere: {said}; name its parent with `:derives_from:`, the mitigation that it "
        "implements, or its `:source:`"
    )
    return Found(subject=item.id, message=message, location=item.location)
