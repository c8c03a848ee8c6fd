"""A SOUP whose failures nobody analysed, and of which nobody says why they need not be.

Why
---
A failure of a SOUP, or a result from it that nobody expected, is one of the causes of hazardous situations to look for.
Not every SOUP deserves an analysis; which ones do is a decision with a reason, a name and a date, and for many SOUPs of
one sort it can be taken at once, in ``soup_defaults``. A SOUP counts as analysed if a ``cause`` arises from it.
Classes B and C.

Bad
---
.. code-block:: rst

   .. expect: soup-unscreened
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. expect: soup-unscreened
   .. soup:: Requests
      :id: SOUP_REQUESTS
      :designator: 2.32.3
      :risk_screening: analysed

   .. expect: soup-unscreened
   .. soup:: Colorama
      :id: SOUP_COLORAMA
      :designator: 0.4.6
      :risk_screening: Colours the log of the service tool, which no patient and no user sees

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. cause:: A corrupt stream is returned as if it were sound
      :id: CAUSE_CORRUPT
      :arises_from: SOUP_ZLIB

   .. soup:: Colorama
      :id: SOUP_COLORAMA
      :designator: 0.4.6
      :risk_screening: Colours the log of the service tool, which no patient and no user sees
      :screened_by: R. Okafor
      :screened_on: 2026-03-02
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.obligations import Lack, lacking, owing
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import unstated

NAME, CLAUSE = "soup-unscreened", "IEC62304 7.1.2"


@rule(NAME, clause=CLAUSE, basis=Basis.NORMATIVE, level=Severity.WARNING, at_release=Severity.ERROR)
def soup_unscreened(trace: Trace) -> Iterator[Found | None]:
    for soup in owing(trace, NAME, CLAUSE):
        analysed = any(one.kind == "cause" for one in trace.origins(soup, "arises_from"))
        yield None if analysed else lacking(trace, soup, _lacks(soup))


def _lacks(soup: Item) -> Iterator[Lack]:
    screening = soup.text("risk_screening")
    cause = f"a `cause` with `:arises_from: {soup.id}`"
    if unstated(screening):
        yield Lack(
            "an analysis of its failures",
            f"{cause} or, in `:risk_screening:`, why no failure of it can contribute to a hazardous situation",
        )
    elif screening.casefold().startswith(("analysed", "analyzed")):
        yield Lack("the cause that it says was analysed", f"{cause} or, in `:risk_screening:`, why there is none")
    for field, what in (("screened_by", "who decided on it"), ("screened_on", "when that was decided")):
        if not unstated(screening) and unstated(soup.text(field)):
            yield Lack(what, f"`:{field}:`")
