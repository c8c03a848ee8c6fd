"""A SOUP that code imports outside of the software item that wraps it.

Why
---
A wrapper keeps the use of a SOUP in one place: there its answers are checked, there its interface tells what has to be
specified and tested, and there it can be exchanged. One import elsewhere, and all of that no longer holds, while the
architecture still says so. Each file is named once, at its first import. What is read is the code that software items
name in `:code:`, and code that `soup_evidence` names; leave the tests of the SOUP itself out of both. A wrapper that
names no code has no boundary that could be checked, and is named, too.

Bad
---
.. code-block:: python
   :caption: store.py

   import yaml

.. code-block:: python
   :caption: dose.py

   from yaml import safe_load

.. code-block:: rst

   .. expect: soup-outside-wrapper at dose.py:1
   .. soup:: PyYAML
      :id: SOUP_PYYAML
      :purl: pkg:pypi/pyyaml
      :import_names: yaml

   .. software-item:: Settings
      :id: ITEM_SETTINGS
      :wraps: SOUP_PYYAML
      :code: store.py

   .. software-item:: Dose
      :id: ITEM_DOSE
      :code: dose.py

Good
----
.. code-block:: python
   :caption: store.py

   import yaml

.. code-block:: python
   :caption: dose.py

   from store import settings

.. code-block:: rst

   .. soup:: PyYAML
      :id: SOUP_PYYAML
      :purl: pkg:pypi/pyyaml
      :import_names: yaml

   .. software-item:: Settings
      :id: ITEM_SETTINGS
      :wraps: SOUP_PYYAML
      :code: store.py

   .. software-item:: Dose
      :id: ITEM_DOSE
      :code: dose.py
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sphinxcontrib_soup.model import Basis, CodeUse, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown


@rule("soup-outside-wrapper", clause="", basis=Basis.PRACTICE, level=Severity.WARNING)
def soup_outside_wrapper(trace: Trace) -> Iterator[Found | None]:
    for soup in trace.of_kind("soup"):
        wrappers = trace.origins(soup, "wraps")
        uses = trace.soup_code.get(soup.id, ())
        bare = [one for one in wrappers if one.id not in trace.item_code]
        if uses and bare:
            yield from (_without_code(one, soup) for one in bare)
        elif wrappers:
            inside = {path for one in wrappers for path in trace.item_code.get(one.id, ())}
            for path, several in groupby(uses, key=lambda use: use.location.path):
                yield None if path in inside else _outside(soup, wrappers, list(several))


def _outside(soup: Item, wrappers: tuple[Item, ...], uses: list[CodeUse]) -> Found:
    first = uses[0]
    lines = [str(use.location.line) for use in uses[1:]]
    further = f" (and in {'lines' if lines[1:] else 'line'} {listing(lines)})" if lines else ""
    return Found(
        subject=soup.id,
        message=f"{shown(first.location.path)} imports {shown(first.name or '')}{further}, but {soup.id} is wrapped by "
        f"{listing(one.id for one in wrappers)}; call the wrapper instead, or name the file in its `:code:`",
        location=first.location,
    )


def _without_code(wrapper: Item, soup: Item) -> Found:
    return Found(
        subject=wrapper.id,
        message=f"{wrapper.id} wraps {soup.id}, which code imports, but names no code of its own, so nobody can see "
        "whether its use stays inside; write its files in `:code:`",
        location=wrapper.location,
    )
