"""A waiver of the licence policy has no reason or no person, has ended, or waives nothing.

Why
---
A waiver is a decision to use a package whose licence the policy does not allow. It has a reason and someone who answers
for it, is of one package under one licence, and is looked at again when its time is over. One that lacks this does not
count, and one that fits no package any more hides that the policy could be met again.

Bad
---
.. code-block:: python
   :caption: conf.py

   soup_licence_policy = {
       "waivers": [
           {"package": "SOUP_QT", "licence": "LGPL-3.0-only", "by": "R. Okafor, legal"},
       ],
   }

.. code-block:: rst

   .. expect: licence-waiver-invalid at conf.py:1

   .. soup:: Qt
      :id: SOUP_QT
      :designator: 6.8.1
      :licence: LGPL-3.0-only

Good
----
.. code-block:: python
   :caption: conf.py

   soup_licence_policy = {
       "waivers": [
           {
               "package": "SOUP_QT",
               "licence": "LGPL-3.0-only",
               "reason": "Linked dynamically; its source and a way to exchange it are offered with the device",
               "by": "R. Okafor, legal",
               "until": "2026-12-31",
           },
       ],
   }

.. code-block:: rst

   .. soup:: Qt
      :id: SOUP_QT
      :designator: 6.8.1
      :licence: LGPL-3.0-only
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.licences.packages import packages
from sphinxcontrib_soup.licences.policy import flaw, waives
from sphinxcontrib_soup.model import Basis, LicenceWaiver, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown


@rule(
    "licence-waiver-invalid",
    clause="",
    basis=Basis.PRACTICE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def licence_waiver_invalid(trace: Trace) -> Iterator[Found | None]:
    known = packages(trace)
    for waiver in trace.settings.licence_policy.waivers:
        idle = not any(waives(waiver, one, licence) for one in known for licence in (one.expression, one.observed))
        problem = flaw(waiver, trace.settings) or (
            "waives nothing: no package in use is of that licence" if idle else ""
        )
        yield _found(trace, waiver, problem) if problem else None


def _found(trace: Trace, waiver: LicenceWaiver, problem: str) -> Found:
    message = f"the waiver of {shown(waiver.licence)} for {shown(waiver.package)} {problem}; mend it or take it out"
    return Found(subject=waiver.package, message=message, location=trace.settings.at("soup_licence_policy"))
