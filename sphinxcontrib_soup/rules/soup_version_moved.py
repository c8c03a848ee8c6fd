"""A SOUP declared in another version than the one in use.

Why
---
Requirements, suitability and the evaluation of published anomalies hold for one version. When a lock file moves to
another one, all of them are open again, although nothing on the page changed; the finding names them: the requirements
of the SOUP to verify again, the evaluations to confirm, and the causes, risks and mitigations to look at again. A
package in use in several versions is several configuration items, so each of them needs a declaration.

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

from sphinxcontrib_soup.cells import undeclared_versions
from sphinxcontrib_soup.impact import touched
from sphinxcontrib_soup.model import Basis, Item, Severity, Trace, Use
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.tables import natural
from sphinxcontrib_soup.versions import inexact, same_version
from sphinxcontrib_soup.wording import listing, shown


@rule("soup-version-moved", clause="IEC62304 8.1.2", basis=Basis.NORMATIVE, level=Severity.ERROR)
def soup_version_moved(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("soup"):
        designator = item.text("designator")
        for key in trace.soup_uses.get(item.id, ()):
            use = trace.uses[key]
            if not inexact(designator) and use.versions:
                yield _judged(trace, item, designator, use)


def _judged(trace: Trace, item: Item, designator: str, use: Use) -> Found | None:
    if not any(same_version(designator, one, use.ecosystem) for one in use.versions):
        message = (
            f"{item.id} declares version {shown(designator)}, but in use is {_placed(use, use.versions)}; "
            f"evaluate the change, then declare the version in use{_to_do(trace, item, use)}"
        )
        return Found(subject=item.id, message=message, location=item.location)
    others = undeclared_versions(trace, use)
    if not others:
        return None
    message = (
        f"{item.id} declares version {shown(designator)}, but in use is also {_placed(use, others)}, which no SOUP "
        "item declares; declare it with an item of its own, or bring the project to one version"
    )
    return Found(subject=item.id, message=message, location=item.location)


def _to_do(trace: Trace, soup: Item, use: Use) -> str:
    """What stood on the version before, as the end of a message: to verify, to confirm and to look at again."""
    found = [one.item for one in touched(trace, soup)]
    said = {
        "verify again": [one for one in found if one.kind == "soup-requirement"],
        "confirm": [one for one in found if one.kind == "anomaly-evaluation" and not _evaluated(one, use)],
        "look again at": [one for one in found if one.kind in ("cause", "risk", "mitigation")],
    }
    return "".join(f"; {what} {_named(items)}" for what, items in said.items() if items)


def _evaluated(evaluation: Item, use: Use) -> bool:
    """Whether an evaluation is already of a version in use."""
    return any(same_version(evaluation.text("designator"), version, use.ecosystem) for version in use.versions)


def _named(items: Iterable[Item]) -> str:
    return listing(sorted({one.id for one in items}, key=natural), most=20)


def _placed(use: Use, versions: Iterable[str]) -> str:
    """Versions, each with the first place that names it."""
    return listing(
        f"{shown(version)} ({min(one.location for one in use.components if one.version == version)})"
        for version in sorted(versions)
    )
