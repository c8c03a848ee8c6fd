"""What was rejected, what was not read, and results that name what is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import Attempt, Location, Outcome, Rejection, Severity, SourceFile, TestResult, Unread
from tests.rules.traces import HOSTILE, examined, findings, item, judged, result, trace


class TestRejected:
    name = "item-rejected"

    def rejection(self, id: str | None = "REQ_2", *, kept: bool = False, **stated: str) -> Rejection:
        told = {"kind": "requirement", "title": "A title", "problem": "category is 'funny'", **stated}
        return Rejection(id=id, location=Location("index.rst", 9), kept=kept, **told)  # type: ignore[arg-type]

    def test_not_taken(self) -> None:
        judgement = judged(self.name, trace(item("requirement", "REQ_1"), rejections=[self.rejection()]))
        (found,) = judgement.findings
        assert found.message == "requirement REQ_2 is not taken: category is 'funny'"
        assert (found.location, found.severity) == (Location("index.rst", 9), Severity.ERROR)
        assert judgement.counts[self.name].examined == 2

    def test_taken_in_part(self) -> None:
        made = trace(item("requirement", "REQ_2"), rejections=[self.rejection(kept=True)])
        judgement = judged(self.name, made)
        assert "requirement REQ_2 is taken only in part:" in judgement.findings[0].message
        assert judgement.counts[self.name].examined == 1

    def test_without_an_id(self) -> None:
        made = trace(rejections=[self.rejection(None), self.rejection(None, title="", problem="it has no title")])
        assert [one.subject for one in judged(self.name, made).findings] == ["A title", "requirement"]

    def test_one_of_two_with_the_same_id(self) -> None:
        made = trace(item("requirement", "REQ_2"), rejections=[self.rejection(problem="the ID is taken")])
        assert len(judged(self.name, made).findings) == 1

    def test_hostile(self) -> None:
        made = trace(rejections=[self.rejection(HOSTILE, problem=HOSTILE)])
        assert judged(self.name, made).findings[0].message.isprintable()

    def test_all_taken(self) -> None:
        assert findings(self.name, item("requirement", "REQ_1")) == ()
        assert examined(self.name, item("requirement", "REQ_1")) == 1


class TestUnread:
    name = "evidence-unread"

    def test_each_place_is_a_finding_and_each_file_is_examined(self) -> None:
        sources = [
            SourceFile(path="good.xml", sha256="0", reader="junit-xml"),
            SourceFile(path="bad.xml", sha256="1", reader="junit-xml"),
        ]
        made = trace(
            Unread(reason="the root is no testsuite", location=Location("bad.xml", 1)),
            Unread(reason="a case without a name", location=Location("bad.xml", 7)),
            Unread(reason="no file matches the pattern", location=Location("conf.py")),
            sources=sources,
        )
        judgement = judged(self.name, made)
        assert [one.message for one in judgement.findings] == [
            "bad.xml is not read, or not whole: the root is no testsuite",
            "bad.xml is not read, or not whole: a case without a name",
            "no file matches the pattern",
        ]
        assert {one.severity for one in judgement.findings} == {Severity.ERROR}
        assert judgement.counts[self.name].examined == 3

    def test_hostile(self) -> None:
        (found,) = findings(self.name, Unread(reason=HOSTILE, location=Location(HOSTILE, 2)))
        assert found.message.isprintable()


class TestUnknownItem:
    name = "test-names-unknown-item"

    def test_no_such_item(self) -> None:
        facts = [result(f"test_{name}", Outcome.PASSED, "REQ_LIMITS", line=line) for name, line in (("b", 7), ("a", 3))]
        (found,) = findings(self.name, item("requirement", "REQ_LIMIT"), *facts)
        assert found.message == (
            "no item has the ID REQ_LIMITS (did you mean REQ_LIMIT?), yet it is named by 2 tests (test_a and "
            "test_b); correct the property `verifies` in the test, or write the item"
        )
        assert (found.subject, found.location) == ("REQ_LIMITS", Location("results.xml", 3))
        assert found.severity is Severity.ERROR

    @pytest.mark.parametrize("kind", ["hazard", "risk", "clause", "decision", "document"])
    def test_what_tests_do_not_verify(self, kind: str) -> None:
        (found,) = findings(self.name, item(kind, "X_1"), result("test_a", Outcome.PASSED, "X_1"))
        assert f"X_1 is a {kind}, which tests do not verify" in found.message

    @pytest.mark.parametrize(
        "kind", ["user-need", "requirement", "software-item", "mitigation", "soup", "soup-requirement", "test"]
    )
    def test_what_tests_verify(self, kind: str) -> None:
        facts = (item(kind, "X_1"), result("test_a", Outcome.FAILED, "X_1"), result("test_b", Outcome.PASSED, "X_1"))
        assert findings(self.name, *facts) == ()
        assert examined(self.name, *facts) == 1

    def test_a_rejected_item(self) -> None:
        rejection = Rejection(id="REQ_1", kind="requirement", title="", problem="", location=Location("r.rst", 2))
        made = trace(result("test_a", Outcome.PASSED, "REQ_1"), rejections=[rejection])
        assert "REQ_1 was written at r.rst:2" in judged(self.name, made).findings[0].message

    def test_results_that_name_nothing_are_not_examined(self) -> None:
        assert examined(self.name, result("test_a", Outcome.PASSED)) == 0

    def test_hostile(self) -> None:
        (found,) = findings(self.name, result(HOSTILE, Outcome.PASSED, HOSTILE))
        assert found.message.isprintable()
        assert found.subject.isprintable()


class TestPassedOnRetry:
    name = "test-passed-on-retry"

    def tried(self, *outcomes: Outcome, verifies: tuple[str, ...] = ("REQ_1",)) -> TestResult:
        attempts = tuple(Attempt(outcome=outcome) for outcome in outcomes) if len(outcomes) > 1 else ()
        return replace(result("t", outcomes[-1], *verifies), attempts=attempts)

    def test_a_failed_attempt_before_a_passed_one(self) -> None:
        (found,) = findings(self.name, self.tried(Outcome.FAILED, Outcome.ERROR, Outcome.PASSED))
        assert "passed only when tried again (failed, then error, then passed), and REQ_1 with it" in found.message
        assert found.severity is Severity.WARNING

    @pytest.mark.parametrize(
        "outcomes",
        [(Outcome.PASSED,), (Outcome.PASSED, Outcome.PASSED), (Outcome.PASSED, Outcome.FAILED), (Outcome.FAILED,)],
    )
    def test_what_passed_at_once_or_not_at_all_is_none(self, outcomes: tuple[Outcome, ...]) -> None:
        assert findings(self.name, self.tried(*outcomes)) == ()
        assert examined(self.name, self.tried(*outcomes)) == 1

    def test_a_test_that_verifies_nothing_is_not_examined(self) -> None:
        assert examined(self.name, self.tried(Outcome.FAILED, Outcome.PASSED, verifies=())) == 0
