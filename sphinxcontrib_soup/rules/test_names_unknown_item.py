"""A test that says it verifies an item which does not exist, or which is not verified by tests.

Why
---
A test whose link leads nowhere proves nothing, although it ran and passed: the requirement it was meant for counts as
untested, or was removed and its test forgotten. Tests verify requirements, SOUPs, mitigations and what else the link
`verifies` leads to, and a `test` item by being its execution.

Bad
---
.. code-block:: xml
   :caption: results.xml

   <testsuite name="unit" tests="1">
     <testcase classname="tests.test_dose" name="test_limit">
       <properties>
         <property name="verifies" value="REQ_LIMITS"/>
       </properties>
     </testcase>
   </testsuite>

.. code-block:: rst

   .. expect: test-names-unknown-item at results.xml:2
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

from collections.abc import Iterator, Mapping

from sphinxcontrib_soup.kinds import KINDS, LINK_BY_NAME
from sphinxcontrib_soup.model import Basis, Severity, TestResult, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import counted, listing, missing_item, shown

_VERIFIED = {*LINK_BY_NAME["verifies"].targets, *(kind.name for kind in KINDS if kind.verifiable)}


@rule("test-names-unknown-item", clause="IEC62304 5.7.4", basis=Basis.GUIDANCE, level=Severity.ERROR)
def test_names_unknown_item(trace: Trace) -> Iterator[Found | None]:
    missing = missing_item(trace)
    for id_, results in sorted(_named(trace).items()):
        item = trace.items.get(id_)
        if item and item.kind in _VERIFIED:
            yield None
            continue
        problem = f"{id_} is a {item.kind}, which tests do not verify" if item else missing(id_)
        tests = sorted({shown(result.name) for result in results})
        message = (
            f"{problem}, yet it is named by {counted(len(tests), 'test')} ({listing(tests)}); correct the property "
            "`verifies` in the test, or write the item"
        )
        yield Found(subject=shown(id_), message=message, location=min(result.location for result in results))


def _named(trace: Trace) -> Mapping[str, list[TestResult]]:
    """The results that name each ID."""
    named: dict[str, list[TestResult]] = {}
    for result in trace.results:
        for id_ in dict.fromkeys(result.verifies):
            named.setdefault(id_, []).append(result)
    return named
