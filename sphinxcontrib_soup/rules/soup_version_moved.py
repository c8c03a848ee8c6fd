"""A SOUP declared in another version than the one in use.

Why
---
Requirements, suitability and the evaluation of published anomalies hold for one version. When a lock file moves to
another one, all of them are open again, although nothing on the page changed. A package in use in several versions is
several configuration items, so each of them needs a declaration.

Bad
---
.. code-block:: text
   :caption: requirements.txt

   requests==2.32.3

.. code-block:: rst

   .. expect: soup-version-moved
   .. soup:: Requests
      :id: SOUP_REQUESTS
      :purl: pkg:pypi/requests
      :designator: 2.31.0

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

from collections.abc import Iterable, Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace, Use
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.versions import inexact, same_version
from sphinxcontrib_soup.wording import listing, shown


@rule("soup-version-moved", clause="IEC62304 8.1.2", basis=Basis.NORMATIVE, level=Severity.ERROR)
def soup_version_moved(trace: Trace) -> Iterator[Found | None]:
    declared = _declared(trace)
    for item in trace.of_kind("soup"):
        designator = item.text("designator")
        for key in trace.soup_uses.get(item.id, ()):
            use = trace.uses[key]
            if not inexact(designator) and use.versions:
                yield _judged(item, designator, use, declared[key])


def _declared(trace: Trace) -> dict[str, list[str]]:
    """The exact versions that SOUP items declare of each package in use."""
    found: dict[str, list[str]] = {}
    for item in trace.of_kind("soup"):
        for key in trace.soup_uses.get(item.id, ()):
            found.setdefault(key, []).append(item.text("designator"))
    return found


def _judged(item: Item, designator: str, use: Use, declared: Iterable[str]) -> Found | None:
    if not _among(designator, use.versions, use):
        message = (
            f"{item.id} declares version {shown(designator)}, but in use is {_placed(use, use.versions)}; "
            "evaluate the change, then declare the version in use"
        )
        return Found(subject=item.id, message=message, location=item.location)
    others = [version for version in use.versions if not _among(version, declared, use)]
    if not others:
        return None
    message = (
        f"{item.id} declares version {shown(designator)}, but in use is also {_placed(use, others)}, which no SOUP "
        "item declares; declare it with an item of its own, or bring the project to one version"
    )
    return Found(subject=item.id, message=message, location=item.location)


def _among(version: str, versions: Iterable[str], use: Use) -> bool:
    return any(same_version(version, one, use.key.partition("/")[0]) for one in versions)


def _placed(use: Use, versions: Iterable[str]) -> str:
    """Versions, each with the first place that names it."""
    return listing(
        f"{shown(version)} ({min(one.location for one in use.components if one.version == version)})"
        for version in sorted(versions)
    )
