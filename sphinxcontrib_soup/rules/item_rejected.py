"""An item, a view or a setting that could not be taken as it was written.

Why
---
A wrong value, an ID that is already taken, an option that does not exist: what was written is not what the dossier
holds, in whole or in part, and everything that is counted would be counted without it. It stays a finding in every
build, and a block in the page, until it is mended.

Bad
---
.. code-block:: rst

   .. hazard:: Overdose
      :id: HAZ_DOSE

   .. expect: item-rejected
   .. hazard:: Underdose
      :id: HAZ_DOSE

Good
----
.. code-block:: rst

   .. hazard:: Overdose
      :id: HAZ_OVERDOSE

   .. hazard:: Underdose
      :id: HAZ_UNDERDOSE
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Rejection, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown


@rule("item-rejected", clause="IEC62304 8.1.1", basis=Basis.PRACTICE, level=Severity.ERROR)
def item_rejected(trace: Trace) -> Iterator[Found | None]:
    rejected = {one.id for one in trace.rejections}
    yield from (None for id_ in trace.items if id_ not in rejected)
    yield from (_found(rejection) for rejection in trace.rejections)


def _found(rejection: Rejection) -> Found:
    name = rejection.id or rejection.title or rejection.kind
    taken = "taken only in part" if rejection.kept else "not taken"
    return Found(
        subject=shown(name),
        message=f"{rejection.kind} {shown(name)} is {taken}: {shown(rejection.problem, 1000)}",
        location=rejection.location,
    )
