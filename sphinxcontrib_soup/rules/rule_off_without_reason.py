"""A rule that follows from a standard is switched off, and nobody says why.

Why
---
A project may judge that a requirement of a standard does not apply to it, or is met by other means. That is a
decision, and a decision has a reason and someone who answers for it; without both it is a gap that was made
invisible. This rule itself cannot be switched off.

Bad
---
.. code-block:: python
   :caption: conf.py

   soup_rules = {"requirement-untested": "off"}

.. code-block:: rst

   .. expect: rule-off-without-reason at conf.py:1

Good
----
.. code-block:: python
   :caption: conf.py

   soup_rules = {
       "requirement-untested": {
           "level": "off",
           "reason": "Coverage is judged in the test management system, see its export",
           "by": "R. Okafor",
       },
   }
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, discover, rule
from sphinxcontrib_soup.wording import unstated


@rule("rule-off-without-reason", clause="", basis=Basis.PRACTICE, level=Severity.ERROR)
def rule_off_without_reason(trace: Trace) -> Iterator[Found | None]:
    normative = {one.name for one in discover().rules if one.basis is Basis.NORMATIVE}
    for name, setting in sorted(trace.settings.rules.items()):
        if setting.level is not None or name not in {*normative, rule_off_without_reason.name}:
            continue
        if name == rule_off_without_reason.name:
            problem = f"the rule {name} cannot be switched off; take it out of `soup_rules`"
        elif unstated(setting.reason) or unstated(setting.by):
            problem = (
                f"the rule {name} is switched off without a reason and a name; state `reason` and `by` beside its level"
            )
        else:
            yield None
            continue
        yield Found(subject=name, message=problem, location=trace.settings.at("soup_rules"))
