"""A software requirement that no completed test or other verification covers.

Why
---
Each software requirement must be covered by a test, or by another verification with a record. What was skipped,
blocked or never run is no proof, and neither is a test that nobody linked: the verdict is computed from executions,
never typed. A requirement without executions of its own takes the worst verdict of the requirements that refine it.

Bad
---
.. code-block:: rst

   .. expect: requirement-untested
   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :source: clinical evaluation

   .. expect: requirement-untested
   .. requirement:: The dose is shown in units
      :id: REQ_UNITS
      :source: clinical evaluation

   .. test:: Read the unit on the screen
      :id: TC_UNITS
      :verifies: REQ_UNITS

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

   .. requirement:: The dose is shown in units
      :id: REQ_UNITS
      :source: clinical evaluation

   .. verification:: Units inspected on the screen
      :id: VER_UNITS
      :verifies: REQ_UNITS
      :method: inspection
      :outcome: passed
      :performed_by: R. Okafor
      :performed_on: 2026-03-02
      :record: inspection report 14
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace, Verdict
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import why_untested


@rule(
    "requirement-untested",
    clause="IEC62304 5.7.1",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def requirement_untested(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("requirement"):
        if trace.verdicts.get(item.id, Verdict.UNTESTED) is not Verdict.UNTESTED:
            yield None
            continue
        message = (
            f"{item.id} is untested: {why_untested(trace, item)}; let a test name it with the property `verifies` and "
            "run it, or record a `verification` with who, when and where"
        )
        yield Found(subject=item.id, message=message, location=item.location)
