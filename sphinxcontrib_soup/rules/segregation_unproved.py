"""A software item that is segregated from class C, and nothing shows that the segregation holds.

Why
---
Who keeps a software item apart from those of class C states how, and how it is made sure that this works: a test that
lets the item fail, an analysis of what it can reach. A SOUP that serves both sides is a way across, so the segregation
says of each one, by its ID, why nothing comes across. Examined are software items whose class is lower than that of the
class C item or system they are part of. Class C.

Bad
---
.. code-block:: rst

   .. software-item:: Dose computation
      :id: ITEM_DOSE
      :uses: SOUP_RTOS

   .. expect: segregation-unproved
   .. software-item:: Service log
      :id: ITEM_LOG
      :safety_class: A
      :segregation: A task of its own without access to other memory
      :uses: SOUP_RTOS

   .. soup:: RTOS
      :id: SOUP_RTOS
      :designator: 11.1.0

Good
----
.. code-block:: xml
   :caption: results.xml

   <testsuite name="integration" tests="1">
     <testcase classname="tests.test_log" name="test_a_log_that_runs_wild_stops_nothing_else">
       <properties>
         <property name="verifies" value="ITEM_LOG"/>
       </properties>
     </testcase>
   </testsuite>

.. code-block:: rst

   .. software-item:: Dose computation
      :id: ITEM_DOSE
      :uses: SOUP_RTOS

   .. software-item:: Service log
      :id: ITEM_LOG
      :safety_class: A
      :segregation: A task of its own; SOUP_RTOS gives it, by the memory protection unit, no access to other memory
      :uses: SOUP_RTOS

   .. soup:: RTOS
      :id: SOUP_RTOS
      :designator: 11.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Item, SafetyClass, Severity, Trace, Verdict, verdict_of
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.safety import above, inherited_class
from sphinxcontrib_soup.wording import listing


@rule("segregation-unproved", clause="IEC62304 5.3.5", basis=Basis.GUIDANCE, level=Severity.WARNING)
def segregation_unproved(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("software-item"):
        if trace.safety_classes[item.id] < inherited_class(trace, item) is SafetyClass.C:
            yield _judged(trace, item)


def _judged(trace: Trace, item: Item) -> Found | None:
    problems = []
    if verdict_of(one.outcome for one in trace.executions.get(item.id, ())) is not Verdict.PASSED:
        problems.append(f"no test or `verification` that passed names {item.id} with `verifies`")
    if ways := sorted(_shared(trace, item)):
        problems.append(
            f"`:segregation:` does not say why nothing comes across by {listing(ways)}, which both sides use"
        )
    if not problems:
        return None
    apart = listing(sorted(one.id for one in above(trace, item))) or "the rest of the software"
    message = f"{item.id} is segregated from {apart}, of class C, but {listing(problems)}"
    return Found(subject=item.id, message=message, location=item.location)


def _shared(trace: Trace, item: Item) -> set[str]:
    """The SOUPs that an item shares with one of class C and that its segregation does not name."""
    named = set(re.findall(r"[\w-]+", item.text("segregation")))
    used = {id_ for link in ("wraps", "uses") for id_ in item.links.get(link, ())}
    return {id_ for id_ in used - named if trace.safety_classes.get(id_) is SafetyClass.C}
