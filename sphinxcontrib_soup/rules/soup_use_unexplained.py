"""A SOUP of which nobody says why it is good enough for its use, or which of its features are used.

Why
---
A library that many rely on, that is released with care and tested by its maker is better than what one could write
oneself, and that is worth a sentence: reviewers ask why this one. No clause asks in those words; it follows from
showing that the architecture lets each SOUP work as it should (hence the clause named here), and guidance on
off-the-shelf software asks why each is appropriate. ``:users:``, ``:maker_tests:``, ``:released_on:`` and
``:alternatives:`` hold what speaks for it. A ``decision`` that justifies the SOUP serves as well. What is not among the
used features need be neither specified nor tested. Classes B and C.

Bad
---
.. code-block:: rst

   .. expect: soup-use-unexplained
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :suitability: ?

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :used_features: inflate
      :suitability: The format is fixed, and its decoder is used by every operating system

   .. soup:: Requests
      :id: SOUP_REQUESTS
      :designator: 2.32.3
      :used_features: Session.get

   .. decision:: HTTP comes from a library
      :id: DEC_HTTP
      :choice: reuse
      :justifies: SOUP_REQUESTS
      :rationale: Certificates are verified by code that is looked at by many
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.obligations import Lack, lacking, owing, reasoned
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import unstated

NAME, CLAUSE = "soup-use-unexplained", "IEC62304 5.3.6"


@rule(NAME, clause=CLAUSE, basis=Basis.GUIDANCE, level=Severity.INFO, at_release=Severity.WARNING)
def soup_use_unexplained(trace: Trace) -> Iterator[Found | None]:
    for soup in owing(trace, NAME, CLAUSE):
        yield lacking(trace, soup, _lacks(trace, soup))


def _lacks(trace: Trace, soup: Item) -> Iterator[Lack]:
    if not reasoned(trace, soup):
        yield Lack(
            "a reason why it is good enough for its use here",
            f"`:suitability:`, or a `decision` with `:justifies: {soup.id}` and its rationale",
        )
    if unstated(soup.text("used_features")):
        yield Lack("a list of what of it is used", "`:used_features:`")
