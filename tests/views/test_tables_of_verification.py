"""Tests, mitigations and evidence files as tables."""

from __future__ import annotations

from dataclasses import replace

from sphinxcontrib_soup.model import Dossier, Location, Outcome, SourceFile, Table, Unread
from tests.rules.traces import item, package, result
from tests.views.shown import dossier, show, texts

REQUIREMENT = item("requirement", "REQ_1", title="Check the unit")
TEST = item("test", "TC_1", title="Units", verifies="REQ_1", test_level="unit", test_kind="automated")


def of_tests(*facts: object) -> Table:
    return show("test-table", dossier(*facts))  # type: ignore[arg-type]


def test_a_test_shows_what_it_verifies_and_what_was_executed() -> None:
    shown = of_tests(REQUIREMENT, TEST, result("t", Outcome.PASSED, "TC_1"))
    asked = ("id", "test_level", "test_kind", "verifies", "verdict")
    assert texts(shown, *asked) == [["", "TC_1 Units", "unit", "automated", "REQ_1 Check the unit", "passed"]]
    assert texts(shown, "executions")[0][1].startswith("passed t ")
    assert shown.notes == ()


def test_what_did_not_pass_is_a_gap() -> None:
    assert texts(of_tests(TEST, REQUIREMENT), "verdict") == [["!", "untested"]]
    assert texts(of_tests(TEST, REQUIREMENT, result("t", Outcome.FAILED, "TC_1")), "verdict") == [["!", "failed"]]


def test_other_verifications_stand_below_with_who_when_and_record() -> None:
    facts = {"method": "review", "outcome": "passed", "performed_by": "M. Tan", "performed_on": "2026-01-02"}
    review = item("verification", "VER_1", title="Read", verifies="REQ_1", record="R-1", **facts)
    shown = of_tests(review, TEST, REQUIREMENT)
    assert texts(shown, "id", "test_kind", "performed_by", "performed_on", "record") == [
        ["!", "TC_1 Units", "automated", "", "", ""],
        ["", "VER_1 Read", "review", "M. Tan", "2026-01-02", "R-1"],
    ]


def test_results_without_a_row_are_counted() -> None:
    shown = of_tests(REQUIREMENT, TEST, result("a", Outcome.PASSED, "REQ_1"), result("b", Outcome.PASSED))
    assert shown.notes == (
        "Not listed, because they verify items without a test between: 1 result.",
        "Not listed, because they name no item: 1 result.",
    )


def test_a_mitigation_shows_both_verifications() -> None:
    risk = item("risk", "RISK_1", title="Overdose")
    stated = {"controls": "RISK_1", "implemented_by": "REQ_1", "control_type": "protective_measure"}
    mitigation = item("mitigation", "RCM_1", title="Units are types", **stated, new_risk_assessment="It brings none.")
    works = item("test", "TC_2", title="Works", verifies_effectiveness="RCM_1")
    facts = [risk, mitigation, works, REQUIREMENT, result("t", Outcome.PASSED, "REQ_1")]
    columns = ("id", "control_type", "controls", "implemented_by", "implementation", "effectiveness")
    known = ["RCM_1 Units are types", "protective measure", "RISK_1 Overdose", "REQ_1 Check the unit passed", "passed"]
    assert texts(show("mitigation-table", dossier(*facts)), *columns) == [["!", *known, "untested"]]
    closed = dossier(*facts, result("e", Outcome.PASSED, "TC_2"))
    assert texts(show("mitigation-table", closed), *columns) == [["", *known, "passed"]]
    silent = replace(mitigation, fields={**mitigation.fields, "new_risk_assessment": "TBD"})
    open_ = dossier(risk, silent, works, REQUIREMENT, *facts[4:], result("e", Outcome.PASSED, "TC_2"))
    assert texts(show("mitigation-table", open_), "id") == [["!", "RCM_1 Units are types"]]


def test_an_evidence_file_shows_what_it_gave_and_one_that_gave_nothing_is_a_gap() -> None:
    made = dossier(package("pint", "0.24.4"), Unread(reason="torn", location=Location("results.xml", 3)))
    path = made.trace.components[0].location.path
    files = (
        SourceFile(path=path, sha256="ab" * 32, reader="requirements-txt", facts={"tester": "M. Tan"}),
        SourceFile(path="results.xml", sha256="cd" * 32, reader="junit-xml"),
        SourceFile(path="src/dose.py", sha256="ef" * 32, reader="python-code", imports=("pypi",)),
    )
    shown = show("evidence-table", Dossier(trace=replace(made.trace, sources=files), judgement=made.judgement))
    assert texts(shown) == [
        ["", path, "requirements-txt", "1 component", "tester: M. Tan", "ab" * 32],
        ["!", "results.xml", "junit-xml", "", "", "cd" * 32],
    ]
    assert shown.notes == ("Not listed: 1 file of code, whose digests stand in trace.json.",)


def test_without_facts_a_sentence_stands_in() -> None:
    for name in ("test-table", "mitigation-table", "evidence-table"):
        table = show(name, dossier())
        assert not table.rows
        assert table.empty
