"""Known anomalies of the own software: which of them stay in a release, and what keeps one from being accepted."""

from __future__ import annotations

from sphinxcontrib_soup.model import Item, Trace
from sphinxcontrib_soup.tables import by_id
from sphinxcontrib_soup.wording import unstated

_OPEN = {
    "under_investigation": "its evaluation is not finished",
    "unacceptable": "it was found to be unacceptable",
}
"""What the outcome of an evaluation says against it, where it does."""


def is_residual(anomaly: Item) -> bool:
    """Whether an anomaly stays in the release (IEC 62304 5.8.2): unless that is denied, it does."""
    return anomaly.text("residual").casefold() not in ("no", "false")


def residual_anomalies(trace: Trace) -> list[Item]:
    """The anomalies that stay in the release, by ID."""
    return by_id(one for one in trace.of_kind("anomaly") if is_residual(one))


def objections(anomaly: Item) -> list[str]:
    """Why an anomaly is not shown to lead to no unacceptable risk (IEC 62304 5.8.3): sentences, none where it is."""
    found = ["it is not stated what it means for safety"] if unstated(anomaly.text("safety_impact")) else []
    if unstated(anomaly.text("rationale")):
        found.append("it is not stated why it may stay")
    if outcome := _OPEN.get(anomaly.text("outcome")):
        found.append(outcome)
    return found
