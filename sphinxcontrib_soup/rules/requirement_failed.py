"""A requirement, or another item that is verified, that an executed test or verification shows to be unmet.

Why
---
A failed execution says that the software does not do what it must, or that the test is wrong; either needs an answer
before release. One failure is enough, whatever else passed, and it reaches the software requirements that are refined
by the one that failed. Needs, requirements of the system, software items, SOUPs and mitigations are named where their
own executions failed, for a mitigation also those of whether it works.

Bad
---
.. code-block:: xml
   :caption: results.xml

   <testsuite name="unit" tests="2" failures="1">
     <testcase classname="tests.test_dose" name="test_limit">
       <properties>
         <property name="verifies" value="REQ_LIMIT"/>
       </properties>
       <failure message="12.5 is above 10.0"/>
     </testcase>
   </testsuite>

.. code-block:: rst

   .. expect: requirement-failed
   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :source: clinical evaluation

Good
----
.. code-block:: xml
   :caption: results.xml

   <testsuite name="unit" tests="1">
     <testcase classname="tests.test_dose" name="test_limit">
       <properties>
         <property name="verifies" value="REQ_LIMIT"/>
       </properties>
     </testcase>
   </testsuite>

.. code-block:: rst

   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :source: clinical evaluation
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.kinds import LINK_BY_NAME
from sphinxcontrib_soup.model import Basis, Item, Outcome, Severity, Trace, Verdict
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import executed, listing, refining_with

_REACHED = ("requirement", "soup-requirement")
_KINDS = tuple(kind for kind in LINK_BY_NAME["verifies"].targets if kind not in ("anomaly", "problem-report"))
"""What can be verified; a test that shows an anomaly is expected to fail."""


@rule("requirement-failed", clause="IEC62304 5.7.4", basis=Basis.NORMATIVE, level=Severity.ERROR)
def requirement_failed(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind(*_KINDS):
        why = _why(trace, item)
        message = f"{item.id} failed: {why}; correct the software or the test, and run it again"
        yield Found(subject=item.id, message=message, location=item.location) if why else None


def _why(trace: Trace, item: Item) -> str:
    """What failed; empty where nothing did."""
    own = (*trace.executions.get(item.id, ()), *trace.effectiveness.get(item.id, ()))
    failed = [executed(one) for one in own if one.outcome in (Outcome.FAILED, Outcome.ERROR)]
    if failed or item.kind not in _REACHED or trace.verdicts.get(item.id) is not Verdict.FAILED:
        return listing(failed)
    return f"of what refines it {listing(refining_with(trace, item, Verdict.FAILED))} failed"
