"""A residual anomaly is evaluated before a release, and not found unacceptable."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.model import Phase, SafetyClass, Severity
from tests.rules.traces import HOSTILE, examined, findings, item, settings

RULE = "anomaly-unaccepted"
IMPACT = {"safety_impact": "none, no dose is computed from it"}
REASON = {"rationale": "the number beside it is right"}
ADVICE = (
    "; complete its evaluation by `:safety_impact:`, `:rationale:` and `:outcome:`, "
    "or state `:residual: no` where it was removed"
)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "it is not stated what it means for safety and it is not stated why it may stay"),
        (IMPACT, "it is not stated why it may stay"),
        (REASON, "it is not stated what it means for safety"),
        ({**IMPACT, "rationale": "TBD"}, "it is not stated why it may stay"),
        ({**IMPACT, **REASON, "outcome": "under_investigation"}, "its evaluation is not finished"),
        ({**IMPACT, **REASON, "outcome": "unacceptable"}, "it was found to be unacceptable"),
    ],
)
def test_what_is_missing_or_speaks_against_it_is_said(fields: dict[str, str], said: str) -> None:
    (found,) = findings(RULE, item("anomaly", "ANO_1", line=7, **fields))
    assert found.message == f"ANO_1 stays in the release, but {said}{ADVICE}"
    assert (found.subject, str(found.location)) == ("ANO_1", "index.rst:7")


@pytest.mark.parametrize("outcome", ["", "no_hazard", "controlled", "acceptable_residual"])
def test_one_that_is_evaluated_is_in_order(outcome: str) -> None:
    assert findings(RULE, item("anomaly", "ANO_1", **IMPACT, **REASON, outcome=outcome)) == ()


def test_one_that_was_removed_owes_nothing() -> None:
    removed = item("anomaly", "ANO_1", residual="no")
    assert (findings(RULE, removed), examined(RULE, removed)) == ((), 0)


@pytest.mark.parametrize("stated", ["yes", "", "perhaps"])
def test_one_that_is_not_said_to_be_removed_stays(stated: str) -> None:
    assert len(findings(RULE, item("anomaly", "ANO_1", residual=stated))) == 1


@pytest.mark.parametrize(("letter", "found"), [("A", 0), ("B", 1), ("C", 1)])
def test_it_binds_classes_b_and_c(letter: str, found: int) -> None:
    stated = settings(safety_class=SafetyClass(letter))
    assert len(findings(RULE, item("anomaly", "ANO_1"), stated=stated)) == found


def test_no_release_goes_out_with_one() -> None:
    (found,) = findings(RULE, item("anomaly", "ANO_1"), stated=settings(phase=Phase.RELEASE))
    assert found.severity is Severity.ERROR


def test_hostile_texts_count_as_texts() -> None:
    assert findings(RULE, item("anomaly", "ANO_1", safety_impact=HOSTILE, rationale=HOSTILE)) == ()
