"""A file, or a part of one, that should have become evidence and did not.

Why
---
A manifest that cannot be read hides the packages it names, a result file the failures it records; whatever is said to
be complete is then said without them. The file may be a SOUP list, a test record or an SBOM, so no single clause asks
for this: it is what a tool owes to those who rely on it.

Bad
---
.. code-block:: json
   :caption: package.json

   {"name": "pump", "dependencies": {"lodash": }}

.. code-block:: rst

   .. expect: evidence-unread at package.json:1

Good
----
.. code-block:: json
   :caption: package.json

   {"name": "pump", "dependencies": {"lodash": "4.17.21"}}

.. code-block:: rst

   .. soup:: Lodash
      :id: SOUP_LODASH
      :purl: pkg:npm/lodash
      :designator: 4.17.21
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown


@rule("evidence-unread", clause="", basis=Basis.PRACTICE, level=Severity.ERROR)
def evidence_unread(trace: Trace) -> Iterator[Found | None]:
    broken = {one.location.path for one in trace.unread}
    named = {source.path for source in trace.sources}
    yield from (None for path in named - broken)
    for unread in trace.unread:
        path = shown(unread.location.path, 400)
        problem = shown(unread.reason, 1000)
        # what is no file that was opened is a pattern of the configuration
        message = f"{path} is not read, or not whole: {problem}" if unread.location.path in named else problem
        yield Found(subject=path, message=message, location=unread.location)
