"""A SOUP that is retired or replaced, and still used by a software item or named by a manifest.

Why
---
To replace a library is decided quickly and done slowly: one wrapper, one lock file stay behind, and the device goes out
with software that everybody takes for gone. A SOUP must go if its status is *obsolete* or *retired*, or if another item
replaces it. What else hangs on it, from requirements to evaluations, is shown by the view ``soup-impact``.

Bad
---
.. code-block:: rst

   .. software-item:: Store
      :id: ITEM_STORE
      :wraps: SOUP_ZLIB

   .. expect: soup-retired-in-use
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. soup:: zlib-ng
      :id: SOUP_ZLIB_NG
      :designator: 2.2.4
      :replaces: SOUP_ZLIB

Good
----
.. code-block:: rst

   .. software-item:: Store
      :id: ITEM_STORE
      :wraps: SOUP_ZLIB_NG

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. soup:: zlib-ng
      :id: SOUP_ZLIB_NG
      :designator: 2.2.4
      :replaces: SOUP_ZLIB
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.cells import is_in_use
from sphinxcontrib_soup.impact import replacing, retired
from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing


@rule("soup-retired-in-use", clause="IEC62304 6.1", basis=Basis.PRACTICE, level=Severity.WARNING)
def soup_retired_in_use(trace: Trace) -> Iterator[Found | None]:
    for soup in trace.of_kind("soup"):
        successors = replacing(trace, soup)
        if retired(soup) or successors:
            yield _judged(trace, soup, successors)


def _judged(trace: Trace, soup: Item, successors: list[str]) -> Found | None:
    users = sorted(one.id for one in trace.users(soup))
    keys = trace.soup_uses.get(soup.id, ()) if is_in_use(trace, soup) else ()
    places = [str(trace.uses[key].location) for key in keys]
    if not users and not places:
        return None
    state = f"replaced by {listing(successors)}" if successors else f"of status {soup.text('status')}"
    held = [f"used by {listing(users)}"] * bool(users) + [f"named at {listing(places)}"] * bool(places)
    remedy = f"let {listing(successors)} take its place there" if successors else "take it out there"
    message = f"{soup.id} is {state}, but still {listing(held)}; {remedy}, or keep it (see the view `soup-impact`)"
    return Found(subject=soup.id, message=message, location=soup.location)
