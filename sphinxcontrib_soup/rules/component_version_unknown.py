"""A file that names packages whose exact version no file states.

Why
---
What a range admits today is not what it admits tomorrow, and of a component without a version nobody can say which
anomalies it has. The exact version stands in a lock file, or in the SBOM of what was built. One finding names all such
packages of a file; those that serve development, build or test alone are not examined, and neither are the files and
parts of the product that an SBOM lists without saying that they are software of others.

Bad
---
.. code-block:: text
   :caption: requirements.txt

   requests>=2.31

.. code-block:: rst

   .. expect: component-version-unknown at requirements.txt:1
   .. soup:: Requests
      :id: SOUP_REQUESTS
      :purl: pkg:pypi/requests
      :designator: 2.32.3

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
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Component, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown

_SOFTWARE = {"device-driver", "firmware", "framework", "library", "module", "operating-system", "platform"}
"""Types of an SBOM that are software of others by themselves; what has another type is so by its package URL."""


@rule(
    "component-version-unknown",
    clause="IEC62304 8.1.2",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def component_version_unknown(trace: Trace) -> Iterator[Found | None]:
    unknown: dict[str, list[Component]] = defaultdict(list)
    examined: set[str] = set()
    for use in trace.uses.values():
        if use.in_device:
            examined |= {one.location.path for one in use.components}
        if use.in_device and not use.versions:
            for one in use.components:
                if _is_software(one):
                    unknown[one.location.path].append(one)
    for path in sorted(examined):
        yield _found(path, unknown[path]) if path in unknown else None


def _is_software(one: Component) -> bool:
    types = [value for name, value in one.properties if name == "type"]
    return one.purl is not None or not types or types[0] in _SOFTWARE


def _found(path: str, unknown: list[Component]) -> Found:
    ordered = sorted(unknown, key=lambda one: one.location)
    named = listing(shown(f"{one.name} {one.requested}" if one.requested else one.name) for one in ordered)
    message = (
        f"{shown(path, 400)} names {named}, and no file that was read states the exact version in use; "
        "add the lock file or the SBOM that does to `soup_evidence`, or state one exact version"
    )
    return Found(subject=path, message=message, location=ordered[0].location)
