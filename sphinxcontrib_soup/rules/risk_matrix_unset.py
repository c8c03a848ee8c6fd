"""Risks judged by the example matrix, because the manufacturer's criteria are not stated.

Why
---
Which risks are acceptable is the manufacturer's decision, by its own policy, before the first risk is judged. The
matrix that stands in until then is an example, so nothing it accepts is accepted by anyone.

Bad
---
.. code-block:: python
   :caption: conf.py

   soup_evidence = []

.. code-block:: rst

   .. expect: risk-matrix-unset at conf.py
   .. risk:: Overdose by a wrong unit
      :id: RISK_UNIT
      :severity: serious
      :probability: remote

Good
----
.. code-block:: python
   :caption: conf.py

   soup_risk_matrix = {
       "severities": ["minor", "serious"],
       "probabilities": ["remote", "frequent"],
       "cells": [["acceptable", "acceptable"], ["investigate", "unacceptable"]],
   }

.. code-block:: rst

   .. risk:: Overdose by a wrong unit
      :id: RISK_UNIT
      :severity: serious
      :probability: remote
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Basis, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import counted


@rule(
    "risk-matrix-unset",
    clause="ISO14971 4.4",
    basis=Basis.NORMATIVE,
    level=Severity.INFO,
    at_release=Severity.WARNING,
)
def risk_matrix_unset(trace: Trace) -> Iterator[Found | None]:
    risks = len(list(trace.of_kind("risk")))
    if not risks:
        return
    if trace.settings.risk_matrix.stated:
        yield None
        return
    yield Found(
        subject="soup_risk_matrix",
        message=f"the example matrix judges {counted(risks, 'risk')}; state your own criteria of acceptability as "
        "`soup_risk_matrix`: severities, probabilities and cells",
        location=trace.settings.at("soup_risk_matrix"),
    )
