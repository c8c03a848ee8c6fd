"""A SOUP that can contribute to a hazardous situation, and whose list of known anomalies nobody read.

Why
---
Where a failure of a SOUP is among the causes of a hazardous situation, at least what its supplier publishes about the
version in use is looked at. So it is stated where that list is, who read it, and when; a list that was read before the
version was released says nothing of it. Examined are the SOUPs that a ``cause`` arises from, and all of them where
``soup_anomaly_lists`` is ``"always"``. Classes B and C.

Bad
---
.. code-block:: rst

   .. expect: soup-anomaly-list-unread
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :released_on: 2024-01-22
      :anomaly_list: https://github.com/madler/zlib/issues
      :anomaly_reviewed_on: 2023-11-02

   .. cause:: A corrupt stream is returned as if it were sound
      :id: CAUSE_CORRUPT
      :arises_from: SOUP_ZLIB

Good
----
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :released_on: 2024-01-22
      :anomaly_list: https://github.com/madler/zlib/issues
      :anomaly_reviewed_on: 2026-03-02
      :anomaly_reviewed_by: R. Okafor

   .. cause:: A corrupt stream is returned as if it were sound
      :id: CAUSE_CORRUPT
      :arises_from: SOUP_ZLIB
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.obligations import Lack, lacking, owing
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, unstated

NAME, CLAUSE = "soup-anomaly-list-unread", "IEC62304 7.1.3"

_OWED = (
    ("anomaly_list", "the address of its anomaly list"),
    ("anomaly_reviewed_on", "when that list was read"),
    ("anomaly_reviewed_by", "who read it"),
)


@rule(NAME, clause=CLAUSE, basis=Basis.NORMATIVE, level=Severity.WARNING, at_release=Severity.ERROR)
def soup_anomaly_list_unread(trace: Trace) -> Iterator[Found | None]:
    for soup in owing(trace, NAME, CLAUSE):
        causes = sorted(one.id for one in trace.origins(soup, "arises_from") if one.kind == "cause")
        if causes or trace.settings.anomaly_lists_always:
            why = f"from which {listing(causes)} arises" if causes else ""
            yield lacking(trace, soup, _lacks(soup), why)


def _lacks(soup: Item) -> Iterator[Lack]:
    for field, what in _OWED:
        if unstated(soup.text(field)):
            yield Lack(what, f"`:{field}:`")
    read, released = soup.text("anomaly_reviewed_on"), soup.text("released_on")
    if read and read < released:
        yield Lack(
            f"a reading of that list since its version was released on {released}", "the new `:anomaly_reviewed_on:`"
        )
