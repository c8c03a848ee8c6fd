"""A residual anomaly of which it is not shown that it leads to no unacceptable risk.

Why
---
Software is released with anomalies that are known. Each of them is weighed before: what it means for safety, and why it
may stay. An anomaly that nobody weighed may be the one that harms, and an evaluation that is not finished, or says that
the anomaly is unacceptable, is none that a release can stand on. An anomaly counts as one that stays until
``:residual: no`` says that it was removed. Classes B and C.

Bad
---
.. code-block:: rst

   .. expect: anomaly-unaccepted
   .. anomaly:: The trend arrow is late by one reading
      :id: ANO_ARROW
      :safety_impact: TBD

   .. expect: anomaly-unaccepted
   .. anomaly:: The alarm is silent after midnight
      :id: ANO_ALARM
      :safety_impact: A low glucose in the night is not heard
      :rationale: Seen once in a thousand nights
      :outcome: unacceptable

Good
----
.. code-block:: rst

   .. anomaly:: The trend arrow is late by one reading
      :id: ANO_ARROW
      :safety_impact: None; no dose is computed from the arrow
      :rationale: The number beside it is that of the newest reading
      :outcome: no_hazard

   .. anomaly:: The alarm is silent after midnight
      :id: ANO_ALARM
      :residual: no
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.anomalies import objections, residual_anomalies
from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing


@rule(
    "anomaly-unaccepted",
    clause="IEC62304 5.8.3",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def anomaly_unaccepted(trace: Trace) -> Iterator[Found | None]:
    for anomaly in residual_anomalies(trace):
        against = objections(anomaly)
        message = (
            f"{anomaly.id} stays in the release, but {listing(against)}; complete its evaluation by `:safety_impact:`, "
            "`:rationale:` and `:outcome:`, or state `:residual: no` where it was removed"
        )
        yield Found(subject=anomaly.id, message=message, location=anomaly.location) if against else None
