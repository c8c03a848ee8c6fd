"""The settings: safety class, rules that are off, rules that do not exist."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.model import Location, Phase, RuleSetting, SafetyClass, Severity
from tests.rules.traces import HOSTILE, examined, findings, settings


class TestSafetyClass:
    name = "safety-class-unset"

    def test_unset(self) -> None:
        (found,) = findings(self.name, stated=settings(safety_class=None))
        assert "has no safety class and counts as class C" in found.message
        assert (found.location, found.severity) == (Location("conf.py"), Severity.WARNING)
        (at_release,) = findings(self.name, stated=settings(safety_class=None, phase=Phase.RELEASE))
        assert at_release.severity is Severity.ERROR

    @pytest.mark.parametrize("rationale", ["", "  ", "TBD", "…"])
    def test_without_a_reason(self, rationale: str) -> None:
        (found,) = findings(self.name, stated=settings(safety_class=SafetyClass.B, rationale=rationale))
        assert "of class B, but not why" in found.message

    def test_set(self) -> None:
        assert findings(self.name) == ()
        assert examined(self.name) == 1


class TestOff:
    name = "rule-off-without-reason"

    @pytest.mark.parametrize(("reason", "by"), [("", ""), ("because", ""), ("", "R. Okafor"), ("TBD", "R. Okafor")])
    def test_without_reason_and_person(self, reason: str, by: str) -> None:
        rules = {"requirement-failed": RuleSetting(level=None, reason=reason, by=by)}
        (found,) = findings(self.name, stated=settings(rules=rules))
        assert (found.subject, found.location) == ("requirement-failed", Location("conf.py"))
        assert "state `reason` and `by`" in found.message

    def test_with_both(self) -> None:
        rules = {"requirement-failed": RuleSetting(level=None, reason="judged elsewhere", by="R. Okafor")}
        assert findings(self.name, stated=settings(rules=rules)) == ()
        assert examined(self.name, stated=settings(rules=rules)) == 1

    @pytest.mark.parametrize("rule", ["link-cycle", "soup-requirement-untested", "no-such-rule"])
    def test_practice_and_guidance_need_none(self, rule: str) -> None:
        assert examined(self.name, stated=settings(rules={rule: RuleSetting(level=None)})) == 0

    def test_another_level_needs_none(self) -> None:
        rules = {"requirement-failed": RuleSetting(level=Severity.WARNING)}
        assert examined(self.name, stated=settings(rules=rules)) == 0


class TestWrong:
    name = "rule-setting-wrong"

    def test_no_such_rule(self) -> None:
        rules = {"requirement-untetsed": RuleSetting(level=None), "requirement-failed": RuleSetting(level=None)}
        (found,) = findings(self.name, stated=settings(rules=rules))
        assert "no rule has that name (did you mean requirement-untested?)" in found.message
        assert examined(self.name, stated=settings(rules=rules)) == 2

    def test_hostile(self) -> None:
        (found,) = findings(self.name, stated=settings(rules={HOSTILE: RuleSetting(level=None)}))
        assert found.message.isprintable()
