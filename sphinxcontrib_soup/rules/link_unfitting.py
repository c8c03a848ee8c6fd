"""A link between kinds of items that it does not fit.

Why
---
Each type of link says one thing between certain kinds of items: a test verifies, a mitigation controls a risk. A link
of the wrong type, or from the wrong end, is not followed where the trace is shown and judged, so what it was meant to
prove stays a gap.

Bad
---
.. code-block:: rst

   .. risk:: Overdose by a wrong unit
      :id: RISK_UNIT
      :severity: negligible
      :probability: remote

   .. expect: link-unfitting
   .. test:: A wrong unit is refused
      :id: TC_UNIT
      :verifies: RISK_UNIT

Good
----
.. code-block:: rst

   .. risk:: Overdose by a wrong unit
      :id: RISK_UNIT
      :severity: negligible
      :probability: remote

   .. mitigation:: The unit is a type of its own
      :id: RCM_UNIT
      :controls: RISK_UNIT

   .. test:: A wrong unit is refused
      :id: TC_UNIT
      :verifies: RCM_UNIT
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.kinds import BY_NAME, LINK_BY_NAME, LinkType
from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing


@rule("link-unfitting", clause="IEC62304 5.1.1.c", basis=Basis.PRACTICE, level=Severity.ERROR)
def link_unfitting(trace: Trace) -> Iterator[Found | None]:
    for item in trace.items.values():
        held = [LINK_BY_NAME[name] for name in sorted(item.links) if name in LINK_BY_NAME and item.links[name]]
        problems = [problem for link in held for problem in _problems(trace, item, link)]
        if held and not problems:
            yield None
        for problem in problems:
            yield Found(subject=item.id, message=problem, location=item.location)


def _problems(trace: Trace, item: Item, link: LinkType) -> Iterator[str]:
    if link.sources and item.kind not in link.sources:
        yield f"{item.id} is a {item.kind} and cannot hold `:{link.name}:`; it belongs to {_kinds(link.sources)}"
        return
    for target in trace.targets(item, link.name):
        if link.targets and target.kind not in link.targets:
            yield (
                f"{item.id} {link.title} {target.id}, which is a {target.kind}; `:{link.name}:` leads to "
                f"{_kinds(link.targets)}"
            )


def _kinds(names: tuple[str, ...]) -> str:
    return listing((f"`{BY_NAME[name].name}`" for name in names), most=len(names))
