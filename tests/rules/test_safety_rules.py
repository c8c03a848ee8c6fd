"""Stated classes against what items are part of, and against the risks that they contribute to or control."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import Item, Location, Outcome, RiskMatrix, SafetyClass, Settings
from tests.rules.traces import MATRIX, examined, findings, item, result, settings, trace

APART = {"segregation": "a processor of its own"}


def stated(system: str = "C", classes: str = "BC") -> Settings:
    """A project with the scales minor, serious and rare, often; `classes` are those of the severities."""
    matrix: RiskMatrix = replace(MATRIX, classes=tuple(SafetyClass(one) for one in classes))
    return settings(safety_class=SafetyClass(system), matrix=matrix)


class TestMisfit:
    name = "safety-class-misfit"

    def said(self, *facts: Item, system: str = "B") -> list[str]:
        return [one.message for one in findings(self.name, *facts, stated=stated(system))]

    def test_a_lower_class_without_segregation(self) -> None:
        whole = item("software-item", "ITEM_1", safety_class="B")
        part = item("software-item", "ITEM_2", safety_class="A", part_of="ITEM_1")
        assert self.said(whole, part) == [
            "ITEM_2 is stated to be of class A, but ITEM_1, of class B, holds it, and nothing is said to keep them "
            "apart, so it counts as class B; write `:segregation:`, or take `:safety_class:` out"
        ]
        assert self.said(whole, replace(part, fields={**part.fields, **APART})) == []

    def test_a_lower_class_than_the_system(self) -> None:
        (message,) = self.said(item("software-item", "ITEM_1", safety_class="A"))
        assert "but the software system, of class B, holds it, and nothing is said to keep them apart" in message

    def test_a_part_of_a_higher_class_than_the_whole(self) -> None:
        (message,) = self.said(item("software-item", "ITEM_1", safety_class="C"))
        assert message == (
            "ITEM_1 is stated to be of class C, but the software system, of class B, holds it; a whole has the highest "
            "class of its parts: raise that of the whole, or lower that of the part"
        )

    def test_a_soup_below_what_uses_it(self) -> None:
        users = [item("software-item", f"ITEM_{number}", uses="SOUP_1") for number in (1, 2)]
        (message,) = self.said(item("soup", "SOUP_1", safety_class="A"), *users)
        assert message == (
            "SOUP_1 is stated to be of class A, but ITEM_1 and ITEM_2, of class B, use it, so it counts as class B; "
            "take `:safety_class:` out: a SOUP has the highest class of what uses it"
        )

    def test_a_soup_above_what_uses_it_is_in_order(self) -> None:
        assert self.said(item("soup", "SOUP_1", safety_class="C"), item("software-item", "ITEM_1", uses="SOUP_1")) == []

    def test_what_states_no_class_is_in_order(self) -> None:
        facts = (item("software-item", "ITEM_1"), item("soup", "SOUP_1"))
        assert self.said(*facts) == []
        assert examined(self.name, *facts) == 2


class TestSegregation:
    name = "segregation-unproved"
    log = item("software-item", "ITEM_2", safety_class="A", part_of="ITEM_1", uses="SOUP_1", **APART)
    whole = item("software-item", "ITEM_1", wraps="SOUP_1")
    soup = item("soup", "SOUP_1")

    def test_nothing_shows_it_and_a_soup_serves_both_sides(self) -> None:
        (found,) = findings(self.name, self.whole, self.log, self.soup)
        assert found.message == (
            "ITEM_2 is segregated from ITEM_1, of class C, but no test or `verification` that passed names ITEM_2 with "
            "`verifies` and `:segregation:` does not say why nothing comes across by SOUP_1, which both sides use"
        )

    @pytest.mark.parametrize(("outcome", "open_"), [(Outcome.PASSED, 0), (Outcome.FAILED, 1), (Outcome.SKIPPED, 1)])
    def test_a_test_that_passed_shows_it(self, outcome: Outcome, open_: int) -> None:
        named = replace(self.log, fields={**self.log.fields, "segregation": "SOUP_1 gives it no other memory"})
        assert len(findings(self.name, self.whole, named, self.soup, result("t", outcome, "ITEM_2"))) == open_

    def test_a_longer_id_is_another_soup(self) -> None:
        named = replace(self.log, fields={**self.log.fields, "segregation": "SOUP_10 is apart"})
        (found,) = findings(self.name, self.whole, named, self.soup, result("t", Outcome.PASSED, "ITEM_2"))
        assert "comes across by SOUP_1" in found.message

    def test_below_class_b_nothing_is_asked(self) -> None:
        assert examined(self.name, self.whole, self.log, self.soup, stated=stated("B")) == 0


class TestBelowRisk:
    name = "safety-class-below-risk"
    low = item("software-item", "ITEM_1", safety_class="A", line=7, **APART)
    cause = item("cause", "CAUSE_1", arises_from="ITEM_1", contributes_to="RISK_1")
    control = item("mitigation", "RCM_1", controls="RISK_1", implemented_by="REQ_1")

    @staticmethod
    def risk(severity: str, probability: str, **options: str) -> Item:
        return item("risk", "RISK_1", severity=severity, probability=probability, **options)

    def said(self, *facts: Item, classes: str = "BC", system: str = "C") -> list[str]:
        return [one.message for one in findings(self.name, *facts, stated=stated(system, classes))]

    def test_an_item_that_contributes_to_a_risk(self) -> None:
        (found,) = findings(self.name, self.low, self.cause, self.risk("serious", "often"), stated=stated())
        assert (found.subject, found.location) == ("ITEM_1", Location("index.rst", 7))
        assert found.message == (
            "ITEM_1 is of class A, but can contribute to RISK_1 (severity serious), for which class C is due; raise "
            "its class"
        )

    @pytest.mark.parametrize(
        ("severity", "probability", "asked"),
        [
            ("minor", "rare", ""),
            ("minor", "often", ""),
            ("serious", "rare", "C"),
            ("serious", "", "C"),
            ("", "often", ""),
        ],
    )
    def test_an_acceptable_risk_and_one_without_severity_ask_for_nothing(
        self, severity: str, probability: str, asked: str
    ) -> None:
        said = self.said(self.low, self.cause, self.risk(severity, probability))
        assert [f"class {asked} is due" in message for message in said] == [True] * bool(asked)

    def test_the_class_is_that_of_the_severity(self) -> None:
        facts = (self.low, self.cause, self.risk("serious", "rare"))
        assert "class B is due" in self.said(*facts, classes="AB")[0]
        assert self.said(*facts, classes="AA") == []

    def test_without_classes_of_severities_that_of_the_system_is_due(self) -> None:
        (message,) = self.said(self.low, self.cause, self.risk("serious", "rare"), classes="")
        assert "class C is due; raise its class; or state `classes` for the severities in `soup_risk_matrix`" in message

    @pytest.mark.parametrize(
        "way",
        [
            (item("requirement", "REQ_1", allocated_to="ITEM_1"),),
            (
                item("system-requirement", "REQ_1"),
                item("requirement", "REQ_2", derives_from="REQ_1"),
                item("requirement", "REQ_3", derives_from="REQ_2", allocated_to="ITEM_1"),
            ),
        ],
    )
    def test_an_item_that_implements_a_control(self, way: tuple[Item, ...]) -> None:
        (message,) = self.said(self.low, self.control, self.risk("serious", "often"), *way)
        assert message.startswith(
            "ITEM_1 is of class A, but controls RISK_1 (severity serious), for which class C is due"
        )

    def test_a_control_of_a_cause_is_one_of_the_risk(self) -> None:
        cause = item("cause", "CAUSE_1", contributes_to="RISK_1")
        control = item("mitigation", "RCM_1", controls="CAUSE_1", implemented_by="REQ_1")
        requirement = item("requirement", "REQ_1", allocated_to="ITEM_1")
        assert len(self.said(self.low, cause, control, requirement, self.risk("serious", "often"))) == 1

    def test_a_soup_that_implements_a_control(self) -> None:
        user = item("software-item", "ITEM_1", safety_class="A", uses="SOUP_1", **APART)
        control = item("mitigation", "RCM_1", controls="RISK_1", implemented_by="SREQ_1")
        asked = item("soup-requirement", "SREQ_1", specifies="SOUP_1")
        (message,) = self.said(item("soup", "SOUP_1"), user, control, asked, self.risk("serious", "often"))
        assert message.startswith("SOUP_1 is of class A, but controls RISK_1")
        assert message.endswith("raise the class of an item that uses it")

    def test_estimates_after_control_count_only_where_no_control_is_software(self) -> None:
        risk = self.risk("serious", "often", residual_severity="serious", residual_probability="often")
        lowered = self.risk("serious", "often", residual_severity="minor", residual_probability="rare")
        outside = item("mitigation", "RCM_1", controls="RISK_1")
        inside = (self.control, item("requirement", "REQ_1"))
        assert len(self.said(self.low, self.cause, lowered)) == 1
        assert len(self.said(self.low, self.cause, lowered, *inside)) == 1
        assert self.said(self.low, self.cause, lowered, outside) == []
        assert len(self.said(self.low, self.cause, risk, outside)) == 1

    def test_a_system_of_too_low_a_class_is_said_once(self) -> None:
        items = [item("software-item", f"ITEM_{number}") for number in range(5)]
        cause = item("cause", "CAUSE_1", arises_from=" ".join(one.id for one in items), contributes_to="RISK_1")
        facts = (*items, cause, self.risk("serious", "often"))
        (found,) = findings(self.name, *facts, stated=stated("B"))
        assert (found.subject, found.location.path) == ("soup_safety_class", "conf.py")
        assert found.message == (
            "the software is of class B, but ITEM_0 can contribute to RISK_1 (severity serious), ITEM_1 can contribute "
            "to RISK_1 (severity serious), ITEM_2 can contribute to RISK_1 (severity serious) and 2 more, for which "
            "class C is due; raise `soup_safety_class`, or control the risk outside of the software"
        )
        assert findings(self.name, *facts, stated=stated("C")) == ()
        assert examined(self.name, *facts, stated=stated("C")) == 5

    def test_an_item_outside_of_all_risks_is_not_examined(self) -> None:
        made = trace(self.low, self.risk("serious", "often"), stated=stated())
        assert made.safety_classes == {"ITEM_1": SafetyClass.A}
        assert examined(self.name, self.low, self.risk("serious", "often"), stated=stated()) == 0
