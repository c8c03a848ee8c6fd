"""An earlier build that has no place in the history: it is dated after this one, or kept twice.

Why
---
A trend is believed because each of its points is a build that was made before this one. A build from the future is a
wrong date, here or there, and a build that two files keep makes a standstill that never was. Both stay in the table, so
that nothing is hidden; the history is to be corrected.

Bad
---
.. code-block:: json
   :caption: 1.0.0.json

   {
    "schema": "soup-progress/1",
    "provenance": {
     "project": "Pump", "release": "1.0.0", "tool": "sphinxcontrib-soup 0.1.0",
     "date": "2031-05-04",
     "commit": null, "dirty": null
    },
    "items": {"requirement": {"failed": 0, "passed": 12, "untested": 2}},
    "effectiveness": {"failed": 0, "passed": 0, "untested": 0},
    "findings": {"error": 0, "info": 1, "warning": 2}
   }

.. code-block:: rst

   .. expect: earlier-build-misplaced at 1.0.0.json:5

Good
----
.. code-block:: json
   :caption: 1.0.0.json

   {
    "schema": "soup-progress/1",
    "provenance": {
     "project": "Pump", "release": "1.0.0", "tool": "sphinxcontrib-soup 0.1.0",
     "date": "2025-05-04",
     "commit": null, "dirty": null
    },
    "items": {"requirement": {"failed": 0, "passed": 12, "untested": 2}},
    "effectiveness": {"failed": 0, "passed": 0, "untested": 0},
    "findings": {"error": 0, "info": 1, "warning": 2}
   }
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, EarlierBuild, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.trace_json import dumps
from sphinxcontrib_soup.wording import shown


@rule("earlier-build-misplaced", clause="", basis=Basis.PRACTICE, level=Severity.WARNING)
def earlier_build_misplaced(trace: Trace) -> Iterator[Found | None]:
    as_of = trace.settings.as_of
    kept: dict[str, EarlierBuild] = {}
    for build in trace.earlier_builds:
        first = kept.setdefault(dumps(build.progress), build)
        if first is not build:
            yield _found(build, f"keeps the same build as {shown(first.location.path, 400)}; take one of them away")
        elif as_of and build.date > as_of:
            yield _found(build, f"is of {build.date}, after the as-of date {as_of}; correct one of the two")
        else:
            yield None


def _found(build: EarlierBuild, problem: str) -> Found:
    path = shown(build.location.path, 400)
    return Found(subject=path, message=f"{path} {problem}", location=build.location)
