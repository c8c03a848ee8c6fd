"""The licence of a package is denied by the project's policy.

Why
---
Some terms cannot be met in a product: non-commercial ones in one that is sold, strong copyleft in one whose source
stays closed. The earlier such a package is found, the cheaper it is to replace. Of a choice of licences the best one
counts, of licences that hold together the worst. A waiver in the policy states a reason and a person, and may end.

Bad
---
.. code-block:: rst

   .. expect: licence-denied

   .. soup:: Voices
      :id: SOUP_VOICES
      :designator: 2.0
      :licence: CC-BY-NC-4.0

Good
----
.. code-block:: rst

   .. soup:: Voices
      :id: SOUP_VOICES
      :designator: 2.0
      :licence: CC-BY-NC-4.0 OR MIT
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.licences.policy import against
from sphinxcontrib_soup.model import Basis, Decision, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule


@rule("licence-denied", clause="", basis=Basis.PRACTICE, level=Severity.ERROR)
def licence_denied(trace: Trace) -> Iterator[Found | None]:
    for one in against(trace, Decision.DENY):
        message = one and f"{one.said} denied by the policy: replace it, or state a waiver in `soup_licence_policy`"
        yield Found(subject=one.subject, message=message or "", location=one.location) if one else None
