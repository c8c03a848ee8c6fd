"""The licence of a package has to be reviewed, by the project's policy.

Why
---
Terms such as those of weak copyleft can be met, but not by doing nothing: somebody has to look at how the package is
built in, decide, and see to what follows. Until that is done and written down, as an allowed licence or as a waiver,
the release carries an open question.

Bad
---
.. code-block:: rst

   .. expect: licence-under-review

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

from sphinxcontrib_soup.licences.policy import against
from sphinxcontrib_soup.model import Basis, Decision, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule

_REMEDY = "review it, then allow the licence or state a waiver in `soup_licence_policy`"


@rule("licence-under-review", clause="", basis=Basis.PRACTICE, level=Severity.WARNING)
def licence_under_review(trace: Trace) -> Iterator[Found | None]:
    for one in against(trace, Decision.REVIEW):
        message = one and f"{one.said} to be reviewed by the policy: {_REMEDY}"
        yield Found(subject=one.subject, message=message or "", location=one.location) if one else None
