"""A licence asks that its text goes with the product, and no text of it is known.

Why
---
Nearly every licence, the permissive ones too, allows copies on one condition: that the copyright line and the terms go
with them. They belong into the product's documentation or its online help, where `third-party-notices` puts them. The
text that counts is the one that the package comes with, for it alone names the holders. All packages whose text is
missing share one finding.

Bad
---
.. code-block:: rst

   .. expect: licence-text-missing at conf.py:1

   .. soup:: big.js
      :id: SOUP_BIG
      :designator: 7.0.1
      :licence: MIT

.. code-block:: python
   :caption: conf.py

   soup_evidence = []

Good
----
.. code-block:: text
   :caption: licences/big.js.txt

   Copyright (c) 2026 A. Holder

   Do with it what you like, and keep this notice.

.. code-block:: rst

   .. soup:: big.js
      :id: SOUP_BIG
      :designator: 7.0.1
      :licence: MIT
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.licences.packages import packages
from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import counted, listing, shown


@rule(
    "licence-text-missing",
    clause="",
    basis=Basis.PRACTICE,
    level=Severity.INFO,
    at_release=Severity.WARNING,
)
def licence_text_missing(trace: Trace) -> Iterator[Found | None]:
    known = packages(trace)
    missing = [one for one in known if one.lacks_text]
    yield from (None for one in known if one.texts)
    if missing:
        names = listing([shown(one.title) for one in missing])
        yield Found(
            subject="third-party-notices",
            message=f"the licences of {counted(len(missing), 'package')} ask for their text with the product, but "
            f"no text is known: {names}; name the licence files that they come with in `soup_evidence`",
            location=trace.settings.at("soup_evidence"),
        )
