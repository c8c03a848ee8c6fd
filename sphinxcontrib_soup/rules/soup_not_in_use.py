"""A declared SOUP that no manifest names.

Why
---
A SOUP list that names what is no longer there sends reviewers after software that the device does not contain, and
hides that its maker stopped keeping the list. A SOUP is examined if a file of its ecosystem (the type of its package
URL) was read, even one that names no package any more; one of the type ``generic``, which is no ecosystem, and one
without a package URL are examined only if a file names them.

Bad
---
.. code-block:: text
   :caption: requirements.txt

   requests==2.32.3

.. code-block:: rst

   .. soup:: Requests
      :id: SOUP_REQUESTS
      :purl: pkg:pypi/requests
      :designator: 2.32.3

   .. expect: soup-not-in-use
   .. soup:: urllib3
      :id: SOUP_URLLIB3
      :purl: pkg:pypi/urllib3
      :designator: 2.2.1

Good
----
.. code-block:: text
   :caption: requirements.txt

   requests==2.32.3
   urllib3==2.2.1

.. code-block:: rst

   .. soup:: Requests
      :id: SOUP_REQUESTS
      :purl: pkg:pypi/requests
      :designator: 2.32.3

   .. soup:: urllib3
      :id: SOUP_URLLIB3
      :purl: pkg:pypi/urllib3
      :designator: 2.2.1

   .. soup:: FreeRTOS
      :id: SOUP_FREERTOS
      :purl: pkg:generic/freertos
      :designator: 11.1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.cells import is_missing
from sphinxcontrib_soup.identity import package_key
from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown, suggester


@rule(
    "soup-not-in-use",
    clause="IEC62304 8.1.2",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def soup_not_in_use(trace: Trace) -> Iterator[Found | None]:
    suggest = suggester(trace.uses)
    for item in trace.of_kind("soup"):
        purl = item.text("purl")
        key = package_key(purl) if purl else None
        if trace.soup_uses.get(item.id):
            yield None
        elif purl and key is None:
            yield _found(
                item, f"its package URL {shown(purl)} is none; write it as pkg:type/name, such as pkg:npm/lodash"
            )
        elif key and is_missing(trace, item):
            yield _found(
                item,
                f"no manifest that was read names {shown(key)}{suggest(key)}; remove the item, correct its package "
                "URL, or add the manifest that is missing to `soup_evidence`",
            )


def _found(item: Item, problem: str) -> Found:
    return Found(subject=item.id, message=f"{item.id} is declared, but {problem}", location=item.location)
