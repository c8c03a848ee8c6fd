"""A SOUP of which it is not known how long it is supported, or whose support ends before the device does.

Why
---
A device outlives most of the software in it. Level and end of support are stated for each SOUP, and who answers for its
security; where support is unknown, has ended, or ends before the device does (``soup_planned_life_end``), it is stated
what will be done. Maintenance plans cover how SOUPs that become obsolete are dealt with, in every class; which facts
tell is a matter of the guidance on cybersecurity. What holds for many SOUPs can be shared in ``soup_defaults``.

Bad
---
.. code-block:: python
   :caption: conf.py

   soup_planned_life_end = "2034-12-31"

.. code-block:: rst

   .. expect: soup-support-unplanned
   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. expect: soup-support-unplanned
   .. soup:: Python
      :id: SOUP_PYTHON
      :designator: 3.13.9
      :level_of_support: actively maintained
      :end_of_support: 2029-10
      :security_category: maintained

Good
----
.. code-block:: python
   :caption: conf.py

   soup_planned_life_end = "2034-12-31"

.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1
      :level_of_support: actively maintained
      :end_of_support: unknown
      :security_category: maintained

   .. soup:: Python
      :id: SOUP_PYTHON
      :designator: 3.13.9
      :level_of_support: actively maintained
      :end_of_support: 2029-10
      :security_category: maintained
      :support_plan: Each yearly release of the device moves to a version with three years of support left
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, Severity, Trace
from sphinxcontrib_soup.obligations import Lack, lacking, owing
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import shown, unstated

NAME, CLAUSE = "soup-support-unplanned", "IEC62304 6.1"
SETTING = "soup_planned_life_end"

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_OPEN = re.compile(r"unknown\b.*|not announced\b.*", re.IGNORECASE | re.DOTALL)


@rule(NAME, clause=CLAUSE, basis=Basis.GUIDANCE, level=Severity.INFO, at_release=Severity.WARNING)
def soup_support_unplanned(trace: Trace) -> Iterator[Found | None]:
    planned = trace.settings.planned_life_end
    soups = list(owing(trace, NAME, CLAUSE))
    for soup in soups:
        yield lacking(trace, soup, _lacks(soup, planned))
    if not planned and any(_last_day(soup.text("end_of_support")) for soup in soups):
        yield Found(
            subject=SETTING,
            message=f"ends of support are compared with nothing; set `{SETTING}` to the date until which the device is "
            "planned to be in use",
            location=trace.settings.at(SETTING),
        )


def _lacks(soup: Item, planned: str) -> Iterator[Lack]:
    level, end = soup.text("level_of_support"), soup.text("end_of_support").strip()
    if not level:
        yield Lack("its level of support", "`:level_of_support:`")
    if not (_last_day(end) or _OPEN.fullmatch(end)):
        said = "" if unstated(end) else f" as a date ({shown(end)} is none)"
        yield Lack(f"the end of its support{said}", "`:end_of_support:` as YYYY-MM or `unknown`")
    if unstated(soup.text("security_category")):
        yield Lack("who answers for its security", "`:security_category:`")
    if (reason := _needs_plan(level, _last_day(end), planned)) and unstated(soup.text("support_plan")):
        yield Lack(f"a plan, as {reason}", "`:support_plan:`")


def _needs_plan(level: str, last: str, planned: str) -> str:
    """Why it has to be stated what will be done, as the end of a sentence; empty where it does not."""
    if level == "unknown":
        return "its support is unknown"
    if level in ("no longer maintained", "abandoned"):
        return f"it is {level}"
    return f"its support ends before the device does on {planned}" if last and last < planned else ""


def _last_day(end: str) -> str:
    """The last day of a year, a month or a day as it is written; empty where it is none of them."""
    return end + "9999-12-31"[len(end) :] if _DAY.fullmatch(end) else ""
