"""A test that passed only when it was tried again.

Why
---
A runner that repeats a failed test and reports the last try hides an anomaly: the same software failed and passed. The
last try decides the verdict, but the failed one was found in testing, and asks for a cause: a fault of the software, of
the test, or of where it ran.

Bad
---
.. code-block:: xml
   :caption: results.xml

   <testsuite name="system" tests="1">
     <testcase classname="DoseTest" name="limit">
       <flakyFailure message="expected 25 but was 26"/>
       <properties>
         <property name="verifies" value="REQ_LIMIT"/>
       </properties>
     </testcase>
   </testsuite>

.. code-block:: rst

   .. expect: test-passed-on-retry at results.xml:2
   .. requirement:: The dose is never above the limit
      :id: REQ_LIMIT
      :source: clinical evaluation

Good
----
.. code-block:: xml
   :caption: results.xml

   <testsuite name="system" tests="1">
     <testcase classname="DoseTest" name="limit">
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

from sphinxcontrib_soup.model import Basis, Outcome, Severity, TestResult, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown


@rule("test-passed-on-retry", clause="IEC62304 5.7.2", basis=Basis.GUIDANCE, level=Severity.WARNING)
def test_passed_on_retry(trace: Trace) -> Iterator[Found | None]:
    for result in trace.results:
        if result.verifies:
            tried = any(one.outcome is not Outcome.PASSED for one in result.attempts)
            yield _found(result) if tried and result.outcome is Outcome.PASSED else None


def _found(result: TestResult) -> Found:
    name = f"{result.classname}::{result.name}" if result.classname else result.name
    outcomes = ", then ".join(one.outcome.replace("_", " ") for one in result.attempts)
    return Found(
        subject=shown(name),
        message=f"{shown(name)} passed only when tried again ({outcomes}), and {listing(result.verifies)} with it; "
        "find the cause of the failed attempt, and record it as an anomaly or mend the test",
        location=result.location,
    )
