"""Requirements against what verifies them and where they come from."""

from __future__ import annotations

import pytest

from sphinxcontrib_soup.model import Basis, Item, Location, Outcome, Phase, SafetyClass, Severity
from tests.rules.traces import HOSTILE, examined, findings, item, judged, result, settings, trace

REQ = item("requirement", "REQ_1", 4, source="customer")
SREQ = item("soup-requirement", "SREQ_1", 4)
RECORD = {"performed_by": "R. Okafor", "performed_on": "2026-03-02", "record": "report 14"}


@pytest.mark.parametrize(
    ("name", "required"),
    [("requirement-untested", REQ), ("soup-requirement-untested", SREQ)],
)
class TestUntested:
    def test_nothing_verifies_it(self, name: str, required: Item) -> None:
        (found,) = findings(name, required)
        assert "is untested: nothing verifies it;" in found.message
        assert (found.location, found.severity) == (Location("index.rst", 4), Severity.WARNING)

    @pytest.mark.parametrize("outcome", [Outcome.SKIPPED, Outcome.BLOCKED, Outcome.NOT_RUN])
    def test_what_did_not_run_does_not_count(self, name: str, required: Item, outcome: Outcome) -> None:
        id_ = required.id
        (found,) = findings(
            name, required, result("test_a", outcome, id_, line=2), result("test_b", Outcome.PASSED, id_)
        )
        said = str(outcome).replace("_", " ")
        assert f"1 of 2 executions did not pass: test_a {said} (results.xml:2)" in found.message

    @pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED, Outcome.ERROR])
    def test_what_came_to_an_end_is_not_untested(self, name: str, required: Item, outcome: Outcome) -> None:
        facts = (required, result("test_a", outcome, required.id))
        assert findings(name, *facts) == ()
        assert examined(name, *facts) == 1

    def test_a_test_item_that_nobody_executed(self, name: str, required: Item) -> None:
        test = item("test", "TC_1", 9, title=HOSTILE, verifies=required.id)
        (found,) = findings(name, required, test)
        assert "1 of 1 execution did not pass: " in found.message
        assert "not run (index.rst:9)" in found.message
        assert found.message.isprintable()

    def test_a_verification_counts_with_its_record_only(self, name: str, required: Item) -> None:
        id_ = required.id
        bare = item("verification", "VER_1", verifies=id_, outcome="passed")
        whole = item("verification", "VER_1", verifies=id_, outcome="passed", **RECORD)
        assert len(findings(name, required, bare)) == 1
        assert findings(name, required, whole) == ()


class TestRequirementUntested:
    name = "requirement-untested"

    def test_at_release_it_is_an_error(self) -> None:
        (found,) = findings(self.name, REQ, stated=settings(phase=Phase.RELEASE))
        assert found.severity is Severity.ERROR

    def test_many_executions_are_counted_and_some_named(self) -> None:
        results = [result(f"test_{number}", Outcome.SKIPPED, "REQ_1", line=number) for number in range(1, 31)]
        (found,) = findings(self.name, REQ, *results)
        assert "30 of 30 executions did not pass" in found.message
        assert "and 25 more;" in found.message

    def test_untested_through_what_refines_it(self) -> None:
        child = item("requirement", "REQ_2", 8, derives_from="REQ_1")
        found = findings(self.name, REQ, child)
        assert [one.subject for one in found] == ["REQ_1", "REQ_2"]
        assert "nothing verifies it itself, and of what refines it untested are REQ_2" in found[0].message
        assert findings(self.name, REQ, child, result("t", Outcome.PASSED, "REQ_2")) == ()

    def test_other_kinds_are_not_examined(self) -> None:
        others = [item("user-need", "UN_1"), item("system-requirement", "SYS_1"), item("mitigation", "RCM_1"), SREQ]
        assert examined(self.name, *others) == 0


def test_basis() -> None:
    assert [findings("requirement-untested", REQ)[0].basis, findings("soup-requirement-untested", SREQ)[0].basis] == [
        Basis.NORMATIVE,
        Basis.GUIDANCE,
    ]


def test_soup_requirements_need_no_test_in_class_a() -> None:
    judgement = judged("soup-requirement-untested", trace(SREQ, stated=settings(safety_class=SafetyClass.A)))
    assert judgement.findings == ()
    assert "does not bind software of class A" in judgement.counts["soup-requirement-untested"].off


class TestFailed:
    name = "requirement-failed"

    @pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.ERROR])
    def test_one_failure_is_enough_and_is_named_with_its_place(self, outcome: Outcome) -> None:
        facts = (result("test_a", outcome, "REQ_1", line=12), result("test_b", Outcome.PASSED, "REQ_1"))
        (found,) = findings(self.name, REQ, *facts)
        assert found.message == (
            f"REQ_1 failed: test_a {outcome} (results.xml:12); correct the software or the test, and run it again"
        )
        assert (found.location, found.severity) == (Location("index.rst", 4), Severity.ERROR)

    def test_soup_requirements_too(self) -> None:
        (found,) = findings(self.name, SREQ, result("test_a", Outcome.FAILED, "SREQ_1"))
        assert found.subject == "SREQ_1"

    def test_a_failed_inspection(self) -> None:
        inspection = item("verification", "VER_1", 9, title="Screens", verifies="REQ_1", outcome="failed", **RECORD)
        (found,) = findings(self.name, REQ, inspection)
        assert "Screens failed (index.rst:9)" in found.message

    def test_failed_through_what_refines_it(self) -> None:
        child = item("requirement", "REQ_2", derives_from="REQ_1")
        found = findings(self.name, REQ, child, result("test_a", Outcome.FAILED, "REQ_2"))
        assert [one.subject for one in found] == ["REQ_2", "REQ_1"]
        assert "of what refines it REQ_2 failed" in found[1].message

    @pytest.mark.parametrize(
        "kind", ["user-need", "system-requirement", "software-item", "soup", "mitigation", "requirement"]
    )
    def test_whatever_a_failed_test_verifies_is_named(self, kind: str) -> None:
        verified = item(kind, "X_1", 4)
        (direct,) = findings(self.name, verified, result("test_a", Outcome.FAILED, "X_1", line=12))
        assert (direct.subject, direct.location) == ("X_1", Location("index.rst", 4))
        (through,) = findings(
            self.name, verified, item("test", "TC_1", verifies="X_1"), result("test_a", Outcome.FAILED, "TC_1")
        )
        assert through.subject == "X_1"

    def test_a_measure_that_does_not_work(self) -> None:
        tried = item("test", "TC_1", verifies_effectiveness="RCM_1")
        (found,) = findings(self.name, item("mitigation", "RCM_1"), tried, result("test_a", Outcome.ERROR, "TC_1"))
        assert found.subject == "RCM_1"
        assert "test_a error" in found.message

    def test_a_need_is_not_named_again_for_what_failed_below_it(self) -> None:
        need = item("user-need", "UN_1")
        below = item("requirement", "REQ_1", derives_from="UN_1")
        found = findings(self.name, need, below, result("test_a", Outcome.FAILED, "REQ_1"))
        assert [one.subject for one in found] == ["REQ_1"]

    @pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.SKIPPED, Outcome.BLOCKED, Outcome.NOT_RUN])
    def test_what_did_not_fail(self, outcome: Outcome) -> None:
        assert findings(self.name, REQ, result("test_a", outcome, "REQ_1")) == ()
        assert examined(self.name, REQ, SREQ) == 2


class TestWithoutParent:
    name = "requirement-without-parent"

    def test_neither_parent_nor_source(self) -> None:
        (found,) = findings(self.name, item("requirement", "REQ_1", 3))
        assert found.message.startswith("REQ_1 comes from nowhere: neither a parent nor a source;")
        assert (found.location, found.severity) == (Location("index.rst", 3), Severity.WARNING)

    @pytest.mark.parametrize("source", ["TBD", " ? ", "n/a"])
    def test_a_source_that_says_nothing(self, source: str) -> None:
        (found,) = findings(self.name, item("requirement", "REQ_1", source=source))
        assert f"its source {source.strip()} holds the place of one" in found.message

    def test_source_parent_or_mitigation(self) -> None:
        facts = (
            item("requirement", "REQ_1", source="contract"),
            item("requirement", "REQ_2", derives_from="SYS_1"),
            item("requirement", "REQ_3"),
            item("mitigation", "RCM_1", implemented_by="REQ_3"),
        )
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 3

    def test_implementing_something_else_is_no_parent(self) -> None:
        wrong = item("risk", "RISK_1", implemented_by="REQ_1")
        assert len(findings(self.name, item("requirement", "REQ_1"), wrong)) == 1
