"""A requirement on a SOUP that no completed test or other verification covers.

Why
---
Whoever states what a SOUP must do here will be asked how they know that it does. No clause asks in those words for a
test of each such requirement; it follows from testing the integrated software, SOUPs included, by what it is meant to
do (hence the clause named here), and guidance on off-the-shelf software asks for the test results. Classes B and C.

Bad
---
.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. expect: soup-requirement-untested
   .. soup-requirement:: A corrupt stream is reported, not returned
      :id: SREQ_CORRUPT
      :specifies: SOUP_ZLIB

Good
----
.. code-block:: xml
   :caption: results.xml

   <testsuite name="integration" tests="1">
     <testcase classname="tests.test_store" name="test_corrupt_stream">
       <properties>
         <property name="verifies" value="SREQ_CORRUPT"/>
       </properties>
     </testcase>
   </testsuite>

.. code-block:: rst

   .. soup:: zlib
      :id: SOUP_ZLIB
      :designator: 1.3.1

   .. soup-requirement:: A corrupt stream is reported, not returned
      :id: SREQ_CORRUPT
      :specifies: SOUP_ZLIB
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace, Verdict
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import why_untested


@rule("soup-requirement-untested", clause="IEC62304 5.6.4", basis=Basis.GUIDANCE, level=Severity.WARNING)
def soup_requirement_untested(trace: Trace) -> Iterator[Found | None]:
    for item in trace.of_kind("soup-requirement"):
        if trace.verdicts.get(item.id, Verdict.UNTESTED) is not Verdict.UNTESTED:
            yield None
            continue
        message = (
            f"{item.id} is untested: {why_untested(trace, item)}; let a test that uses the SOUP name it with the "
            "property `verifies`, or record why its maker's evidence suffices in a `verification`"
        )
        yield Found(subject=item.id, message=message, location=item.location)
