"""A file of code that imports what is known only when it runs.

Why
---
Where the name of a module is computed, reading the code cannot tell whether a SOUP is behind it, so that a list of its
uses may be short of one. That is said, once for each file, and not guessed. Whoever knows what is loaded there writes
it down where the software item is described.

Bad
---
.. code-block:: python
   :caption: plugins.py

   import importlib
   import sys

   importlib.import_module(sys.argv[1])

.. code-block:: rst

   .. expect: import-undetermined at plugins.py:4
   .. software-item:: Plugins
      :id: ITEM_PLUGINS
      :code: plugins.py

Good
----
.. code-block:: python
   :caption: plugins.py

   import importlib

   importlib.import_module("email.message")

.. code-block:: rst

   .. software-item:: Plugins
      :id: ITEM_PLUGINS
      :code: plugins.py
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown


@rule("import-undetermined", clause="", basis=Basis.PRACTICE, level=Severity.INFO)
def import_undetermined(trace: Trace) -> Iterator[Found | None]:
    for path, several in groupby(trace.code_uses, key=lambda use: use.location.path):
        unknown = [use.location for use in several if use.name is None]
        if not unknown:
            yield None
            continue
        lines = listing(str(place.line) for place in unknown)
        yield Found(
            subject=path,
            message=f"{shown(path, 400)} imports in {'lines' if unknown[1:] else 'line'} {lines} what is known only "
            "when it runs: whether that is a SOUP cannot be seen here; state it at the software item",
            location=unknown[0],
        )
