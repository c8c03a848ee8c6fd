"""Risks against the criteria and the mitigations that control them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import Item, Location, Phase, Severity
from tests.rules.traces import HOSTILE, MATRIX, examined, findings, item, settings


def risk(**fields: str) -> Item:
    return item("risk", "RISK_1", 6, **fields)


class TestUncontrolled:
    name = "risk-uncontrolled"

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            (
                {"severity": "serious", "probability": "often"},
                "is unacceptable before control (severity serious, probability often)",
            ),
            (
                {"severity": "serious", "probability": "rare"},
                "is to be investigated before control (severity serious, probability rare)",
            ),
            ({"severity": "serious"}, "cannot be shown to be acceptable, as the risk matrix needs its probability"),
            ({"probability": "rare"}, "cannot be shown to be acceptable, as the risk matrix needs its severity"),
            ({}, "cannot be shown to be acceptable, as the risk matrix needs its severity and probability"),
            ({"severity": "bad", "probability": "rare"}, "as the risk matrix needs its severity bad"),
        ],
    )
    def test_not_acceptable_and_not_controlled(self, fields: dict[str, str], said: str) -> None:
        (found,) = findings(self.name, risk(**fields))
        assert said in found.message
        assert "`:controls: RISK_1`" in found.message
        assert (found.location, found.severity) == (Location("index.rst", 6), Severity.WARNING)

    @pytest.mark.parametrize("probability", ["rare", "often"])
    def test_acceptable(self, probability: str) -> None:
        made = risk(severity="minor", probability=probability)
        assert findings(self.name, made) == ()
        assert examined(self.name, made) == 1

    def test_controlled_directly(self) -> None:
        assert findings(self.name, risk(), item("mitigation", "RCM_1", controls="RISK_1")) == ()

    def test_controlled_through_a_cause(self) -> None:
        cause = item("cause", "CAUSE_1", contributes_to="RISK_1")
        assert findings(self.name, risk(), cause, item("mitigation", "RCM_1", controls="CAUSE_1")) == ()
        assert len(findings(self.name, risk(), cause)) == 1

    def test_links_of_other_kinds_control_nothing(self) -> None:
        facts = (item("requirement", "REQ_1", controls="RISK_1"), item("hazard", "HAZ_1", contributes_to="RISK_1"))
        assert len(findings(self.name, risk(), *facts, item("mitigation", "RCM_1", controls="HAZ_1"))) == 1

    def test_the_other_end_of_the_wrong_link(self) -> None:
        assert len(findings(self.name, risk(), item("mitigation", "RCM_1", introduces="RISK_1"))) == 1

    def test_hostile_values(self) -> None:
        (found,) = findings(self.name, risk(severity=HOSTILE))
        assert found.message.isprintable()


class TestMatrixUnset:
    name = "risk-matrix-unset"
    example = replace(MATRIX, stated=False)

    def test_the_example_matrix_stands_in(self) -> None:
        (found,) = findings(self.name, risk(), item("risk", "RISK_2"), stated=settings(matrix=self.example))
        assert found.message.startswith("the example matrix judges 2 risks;")
        assert (found.location, found.severity) == (Location("conf.py"), Severity.INFO)

    def test_at_release_it_is_a_warning(self) -> None:
        (found,) = findings(self.name, risk(), stated=settings(matrix=self.example, phase=Phase.RELEASE))
        assert found.severity is Severity.WARNING

    def test_stated(self) -> None:
        assert findings(self.name, risk()) == ()
        assert examined(self.name, risk()) == 1

    def test_without_risks_nobody_asks(self) -> None:
        assert examined(self.name, item("hazard", "HAZ_1"), stated=settings(matrix=self.example)) == 0
