"""A requirement that an executed test or verification shows to be unmet.

Why
---
A failed execution says that the software does not do what it must, or that the test is wrong; either needs an answer
before release. One failure is enough, whatever else passed, and it reaches the requirements that are refined by the
one that failed.

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

from sphinxcontrib_soup.model import Basis, Item, Outcome, Severity, Trace, Verdict
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import executed, listing, refining_with


@rule("requirement-failed", clause="IEC62304 5.7.4", basis=Basis.NORMATIVE, level=Severity.ERROR)
def requirement_failed(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("requirement", "soup-requirement"):
        if trace.verdicts.get(item.id) is not Verdict.FAILED:
            yield None
            continue
        message = f"{item.id} failed: {_why(trace, item)}; correct the software or the test, and run it again"
        yield Found(subject=item.id, message=message, location=item.location)


def _why(trace: Trace, item: Item) -> str:
    own = trace.executions.get(item.id, ())
    if own:
        return listing(executed(one) for one in own if one.outcome in (Outcome.FAILED, Outcome.ERROR))
    return f"of what refines it {listing(refining_with(trace, item, Verdict.FAILED))} failed"
