"""No software safety class, or none with a reason.

Why
---
The class decides which processes bind the project, so it comes first, and with the reason why it is not higher. Until
it is stated the software counts as class C.

Bad
---
.. code-block:: python
   :caption: conf.py

   soup_safety_class = "B"

.. code-block:: rst

   .. expect: safety-class-unset at conf.py:1

Good
----
.. code-block:: python
   :caption: conf.py

   soup_safety_class = "B"
   soup_safety_class_rationale = "A wrong advice can lead to injury that is not serious; see the risk management file"
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import unstated


@rule(
    "safety-class-unset",
    clause="IEC62304 4.3",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def safety_class_unset(trace: Trace) -> Iterator[Found | None]:
    settings = trace.settings
    if settings.safety_class and not unstated(settings.safety_class_rationale):
        yield None
        return
    message = (
        f"the software is said to be of class {settings.safety_class}, but not why; write `soup_safety_class_rationale`"
        if settings.safety_class
        else "the software has no safety class and counts as class C; set `soup_safety_class` and "
        "`soup_safety_class_rationale`"
    )
    yield Found(subject="soup_safety_class", message=message, location=settings.at("soup_safety_class"))
