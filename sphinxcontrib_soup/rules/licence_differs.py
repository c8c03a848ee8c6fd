"""A SOUP item states another licence than manifests, SBOMs or the package's own files.

Why
---
What the item states goes before all other sources, so that a wrong entry can be put right, or a licence that was bought
be named. It also hides what changed: makers move to other terms from one version to the next, and the item that was
copied along still states the old ones.

Bad
---
.. code-block:: text
   :caption: package-lock.json

   {"lockfileVersion": 3, "packages": {
    "": {"dependencies": {"store": "^8.0.0"}},
    "node_modules/store": {"version": "8.0.0", "license": "SSPL-1.0"}}}

.. code-block:: rst

   .. expect: licence-differs

   .. soup:: Store
      :id: SOUP_STORE
      :purl: pkg:npm/store
      :designator: 8.0.0
      :licence: BSD-3-Clause

Good
----
.. code-block:: text
   :caption: package-lock.json

   {"lockfileVersion": 3, "packages": {
    "": {"dependencies": {"store": "^8.0.0"}},
    "node_modules/store": {"version": "8.0.0", "license": "BSD-3-Clause OR SSPL-1.0"}}}

.. code-block:: rst

   .. soup:: Store
      :id: SOUP_STORE
      :purl: pkg:npm/store
      :designator: 8.0.0
      :licence: BSD-3-Clause
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.licences import choices
from sphinxcontrib_soup.licences.packages import packages
from sphinxcontrib_soup.licences.policy import waived
from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown


@rule("licence-differs", clause="", basis=Basis.PRACTICE, level=Severity.WARNING)
def licence_differs(trace: Trace) -> Iterator[Found | None]:
    for one in packages(trace):
        stated, observed = one.expression, one.observed
        if not (one.soups and stated and observed and one.by == "its item"):
            continue
        if stated == observed or stated in choices(observed) or waived(one, observed, trace.settings):
            yield None
            continue
        message = (
            f"{one.soups[0].id} states the licence {stated}, but manifests or the files of {shown(one.title)} say "
            f"{observed}; state that one, or say why not in a waiver of {observed} in `soup_licence_policy`"
        )
        yield Found(subject=one.soups[0].id, message=message, location=one.soups[0].location)
