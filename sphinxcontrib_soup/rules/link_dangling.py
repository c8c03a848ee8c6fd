"""A link to an item that does not exist.

Why
---
A trace is only as good as its weakest link: one that leads nowhere looks like proof in the source and is none. Mostly
it is a slip of the pen, an item that was removed, or one that could not be taken as it was written.

Bad
---
.. code-block:: rst

   .. system-requirement:: The device advises a safe dose
      :id: SYS_DOSE

   .. expect: link-dangling
   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :derives_from: SYS_DOES

Good
----
.. code-block:: rst

   .. system-requirement:: The device advises a safe dose
      :id: SYS_DOSE

   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :derives_from: SYS_DOSE
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import missing_item


@rule("link-dangling", clause="IEC62304 5.1.1.c", basis=Basis.PRACTICE, level=Severity.ERROR)
def link_dangling(trace: Trace) -> Iterator[Found | None]:
    missing = missing_item(trace)
    for item in trace.items.values():
        dangling = [
            (link, target)
            for link, targets in sorted(item.links.items())
            for target in dict.fromkeys(targets)
            if target not in trace.items and target not in trace.others
        ]
        if any(item.links.values()) and not dangling:
            yield None
        for link, target in dangling:
            message = f"{item.id} links to nothing: {missing(target)}; correct `:{link}:`, or write the item"
            yield Found(subject=item.id, message=message, location=item.location)
