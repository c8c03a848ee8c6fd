"""A SOUP of which it is not stated what hardware or what software it needs.

Why
---
A library that runs on the developer's computer can fail on the device for want of memory, of an instruction or of
another version of a runtime. Its needs are stated so that the device can be held against them, and again when either
changes. That it needs nothing of its own is a statement, too; a bare *none* leaves open whether anyone looked. Needs
can be fields of the SOUP, requirements of category *hardware* and *software*, or shared by many in ``soup_defaults``.
Classes B and C.

Bad
---
.. code-block:: rst

   .. expect: soup-needs-unstated
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :hw_requirements: TBD

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :hw_requirements: 256 KB of memory for a stream
      :sw_requirements: none beyond the C library

   .. soup:: FreeRTOS
      :id: SOUP_FREERTOS
      :designator: 11.1.0
      :sw_requirements: nothing below it

   .. soup-requirement:: It runs on a Cortex-M4 with 64 KB of memory
      :id: SREQ_CORTEX
      :category: hardware
      :specifies: SOUP_FREERTOS
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.obligations import Lack, lacking, owing
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import unstated

NAME, CLAUSE = "soup-needs-unstated", "IEC62304 5.3.4"


@rule(NAME, clause=CLAUSE, basis=Basis.NORMATIVE, level=Severity.WARNING, at_release=Severity.ERROR)
def soup_needs_unstated(trace: Trace) -> Iterator[Found | None]:
    for soup in owing(trace, NAME, CLAUSE):
        yield lacking(trace, soup, _lacks(trace, soup))


def _lacks(trace: Trace, soup: Item) -> Iterator[Lack]:
    stated = {one.text("category") for one in trace.origins(soup, "specifies")}
    for category, field in (("hardware", "hw_requirements"), ("software", "sw_requirements")):
        if category not in stated and unstated(soup.text(field)):
            yield Lack(f"the {category} that it needs", f"`:{field}:`")
