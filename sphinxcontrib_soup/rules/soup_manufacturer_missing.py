"""A SOUP of which nobody says who makes it.

Why
---
Title, manufacturer and version are what identifies a SOUP, in every safety class. Whoever looks for its published
anomalies, its support or its licence goes to its maker. Where nobody in particular makes it, that is worth a word, too:
nobody will answer for it.

Bad
---
.. code-block:: rst

   .. expect: soup-manufacturer-missing
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. expect: soup-manufacturer-missing
   .. soup:: FreeRTOS
      :id: SOUP_FREERTOS
      :designator: 11.1.0
      :manufacturer: unknown

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :manufacturer: J. Gailly and M. Adler

   .. soup:: Left-pad
      :id: SOUP_LEFT_PAD
      :designator: 1.3.0
      :manufacturer: community
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown, unstated


@rule(
    "soup-manufacturer-missing",
    clause="IEC62304 8.1.2",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def soup_manufacturer_missing(trace: Trace) -> Iterator[Found | None]:
    for soup in trace.of_kind("soup"):
        if not unstated(soup.text("manufacturer")):
            yield None
            continue
        yield Found(
            subject=soup.id,
            message=f"{soup.id} names no manufacturer; write `:manufacturer:`, with `community` where nobody in "
            f"particular makes it{_named(trace, soup)}",
            location=soup.location,
        )


def _named(trace: Trace, soup: Item) -> str:
    """Whom the files that were read name as its supplier."""
    components = [one for key in trace.soup_uses.get(soup.id, ()) for one in trace.uses[key].components]
    suppliers = sorted({shown(one.supplier) for one in components if one.supplier})
    return f" (what was read names {listing(suppliers)})" if suppliers else ""
