"""A requirement whose statement does not say what the software shall do.

Why
---
Acme writes requirements with *shall*, so that what is asked for is told from what explains it. A reviewer who finds a
paragraph without it cannot say what a test would have to show.

Bad
---
.. code-block:: rst

   .. expect: requirement-without-shall
   .. requirement:: The dose is rounded
      :id: REQ_ROUND
      :source: clinical evaluation

      Rounding is nice to have.

Good
----
.. code-block:: rst

   .. requirement:: The dose is rounded
      :id: REQ_ROUND
      :source: clinical evaluation

      The software shall round a dose down to a tenth of a unit.
"""

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule


@rule("requirement-without-shall", clause="", basis=Basis.PRACTICE, level=Severity.WARNING)
def requirement_without_shall(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("requirement"):
        if "shall" in item.statement.split():
            yield None
        else:
            message = f"{item.id} does not say what the software shall do; write its statement with `shall`"
            yield Found(subject=item.id, message=message, location=item.location)
