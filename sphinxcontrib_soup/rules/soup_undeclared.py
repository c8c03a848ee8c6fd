"""A package in use that no SOUP item declares.

Why
---
Third-party software that goes into the device is part of the device: it must be known by title, maker and exact
version before anyone can ask what it must do, what it needs, and which of its anomalies matter. A lock file grows by
one line in a pull request; the SOUP list must not fall behind it. Only packages that the project asks for itself are
examined, and not those that serve development, build or test alone; what comes with them belongs to the inventory.

Bad
---
.. code-block:: text
   :caption: requirements.txt

   requests==2.32.3

.. code-block:: rst

   .. expect: soup-undeclared at requirements.txt:1

Good
----
.. code-block:: text
   :caption: requirements.txt

   requests==2.32.3

.. code-block:: rst

   .. soup:: Requests
      :id: SOUP_REQUESTS
      :purl: pkg:pypi/requests
      :designator: 2.32.3
      :manufacturer: Python Software Foundation
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace, Use
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown


@rule(
    "soup-undeclared",
    clause="IEC62304 8.1.2",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def soup_undeclared(trace: Trace) -> Iterator[Found | None]:
    declared = {key for keys in trace.soup_uses.values() for key in keys}
    for key, use in trace.uses.items():
        if use.direct and use.in_device:
            yield None if key in declared else _undeclared(use)


def _undeclared(use: Use) -> Found:
    versions = listing(sorted(shown(version) for version in use.versions))
    purl = f":purl: {shown(use.key)}" if use.key.startswith("pkg:") else f"the title {shown(use.name)}"
    designator = f":designator: {versions}" if len(use.versions) == 1 else ":designator: with the exact version"
    return Found(
        subject=use.name,
        message=f"{shown(use.name)} {versions or '(no file states its exact version)'} is in use, but no SOUP item "
        f"declares it; write a `soup` with {purl} and {designator}",
        location=use.location,
    )
