"""A risk that is not acceptable as it was first estimated, and that no mitigation controls.

Why
---
Every risk that the criteria do not accept needs a control, or a decision that is on record. A risk whose severity or
probability is not estimated cannot be shown to be acceptable, so it is treated as one that is not. A mitigation
controls a risk directly, or through one of its causes.

Bad
---
.. code-block:: rst

   .. expect: risk-uncontrolled
   .. risk:: Overdose by a wrong unit
      :id: RISK_UNIT
      :severity: catastrophic
      :probability: occasional

   .. expect: risk-uncontrolled
   .. risk:: No advice during a meal
      :id: RISK_LATE
      :severity: minor

Good
----
.. code-block:: rst

   .. risk:: Overdose by a wrong unit
      :id: RISK_UNIT
      :severity: catastrophic
      :probability: occasional

   .. cause:: The unit is read from a free text
      :id: CAUSE_UNIT
      :contributes_to: RISK_UNIT

   .. mitigation:: The unit is a type of its own
      :id: RCM_UNIT
      :controls: CAUSE_UNIT

   .. risk:: The screen is hard to read in the sun
      :id: RISK_SUN
      :severity: negligible
      :probability: remote
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Acceptability, Basis, Item, Severity, Trace
from sphinxcontrib_soup.plugin import Found, rule
from sphinxcontrib_soup.wording import listing, shown


@rule(
    "risk-uncontrolled",
    clause="ISO14971 7.1",
    basis=Basis.NORMATIVE,
    level=Severity.WARNING,
    at_release=Severity.ERROR,
)
def risk_uncontrolled(trace: Trace) -> Iterator[Found | None]:
    for risk in trace.of_kind("risk"):
        criteria = trace.settings.risk_matrix
        acceptability = criteria.acceptability(risk.text("severity"), risk.text("probability"))
        if acceptability is Acceptability.ACCEPTABLE or _controlled(trace, risk):
            yield None
            continue
        message = (
            f"{risk.id} {_said(trace, risk, acceptability)}, and no mitigation controls it or one of its causes; "
            f"write a `mitigation` with `:controls: {risk.id}`, or complete the estimate"
        )
        yield Found(subject=risk.id, message=message, location=risk.location)


def _controlled(trace: Trace, risk: Item) -> bool:
    causes = [cause for cause in trace.origins(risk, "contributes_to") if cause.kind == "cause"]
    return any(one.kind == "mitigation" for item in (risk, *causes) for one in trace.origins(item, "controls"))


def _said(trace: Trace, risk: Item, acceptability: Acceptability) -> str:
    """What the criteria say of the risk before control."""
    severity, probability = risk.text("severity"), risk.text("probability")
    if acceptability is not Acceptability.UNDETERMINED:
        verdict = "is to be investigated" if acceptability is Acceptability.INVESTIGATE else "is unacceptable"
        return f"{verdict} before control (severity {shown(severity)}, probability {shown(probability)})"
    matrix = trace.settings.risk_matrix
    scales = (("severity", severity, matrix.severities), ("probability", probability, matrix.probabilities))
    missing = [name if not value else f"{name} {shown(value)}" for name, value, scale in scales if value not in scale]
    return f"cannot be shown to be acceptable, as the risk matrix needs its {listing(missing)}"
