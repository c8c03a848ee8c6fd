"""A SOUP without a functional requirement, or without one on its performance.

Why
---
What a SOUP must do here, and how well, is stated by those who use it, for no maker knows this device. Without such
requirements nobody can say whether the SOUP works, nor what another version of it has to show again. Where its
performance does not matter, that is recorded with the reason. An operating system is not specified after the fact: it
is complete with requirements on how it is hardened, each of which has passed its checks. Classes B and C.

Bad
---
.. code-block:: rst

   .. expect: soup-unspecified
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. expect: soup-unspecified
   .. soup:: Requests
      :id: SOUP_REQUESTS
      :designator: 2.32.3
      :performance_none: none

   .. soup-requirement:: Certificates are verified
      :id: SREQ_CERTIFICATES
      :category: functional
      :specifies: SOUP_REQUESTS

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. soup-requirement:: Streams come back as they were
      :id: SREQ_ROUND_TRIP
      :category: functional
      :specifies: SOUP_ZLIB

   .. soup-requirement:: One megabyte is unpacked within 50 ms
      :id: SREQ_SPEED
      :category: performance
      :specifies: SOUP_ZLIB

   .. soup:: Requests
      :id: SOUP_REQUESTS
      :designator: 2.32.3
      :performance_none: One request a day is sent in the background; nothing waits for it

   .. soup-requirement:: Certificates are verified
      :id: SREQ_CERTIFICATES
      :category: functional
      :specifies: SOUP_REQUESTS

   .. soup:: Debian
      :id: SOUP_DEBIAN
      :designator: 12
      :soup_kind: os

   .. soup-requirement:: No shell is in the image
      :id: SREQ_SHELLS
      :category: hardening
      :specifies: SOUP_DEBIAN

   .. verification:: Look at the image
      :id: VER_SHELLS
      :verifies: SREQ_SHELLS
      :outcome: passed
      :performed_by: M. Tan
      :performed_on: 2026-11-16
      :method: inspection
      :record: REC-9
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.obligations import Lack, lacking, owing
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, unstated

NAME, CLAUSE = "soup-unspecified", "IEC62304 5.3.3"


@rule(NAME, clause=CLAUSE, basis=Basis.NORMATIVE, level=Severity.WARNING, at_release=Severity.ERROR)
def soup_unspecified(trace: Trace) -> Iterator[Found | None]:
    for soup in owing(trace, NAME, CLAUSE):
        yield lacking(trace, soup, _lacks(trace, soup))


def _lacks(trace: Trace, soup: Item) -> Iterator[Lack]:
    if trace.is_hardened(soup):
        return
    requirements = trace.origins(soup, "specifies")
    stated = {one.text("category") for one in requirements}
    vague = sorted(one.id for one in requirements if not one.text("category"))
    if "functional" not in stated:
        hint = f" (no category have {listing(vague)})" if vague else ""
        yield Lack(
            f"a functional requirement{hint}",
            f"a `soup-requirement` with `:specifies: {soup.id}` and `:category: functional`",
        )
    if "performance" not in stated and unstated(soup.text("performance_none")):
        yield Lack(
            "a requirement on its performance",
            "a `soup-requirement` with `:category: performance` or, in `:performance_none:`, why none is due",
        )
