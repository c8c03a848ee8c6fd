"""Every result that was read, with the facts of its file; the counts reconcile with the files."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import (
    Attempt,
    Dossier,
    Item,
    Location,
    Outcome,
    SourceFile,
    Table,
    TestResult,
    Unread,
)
from tests.rules.traces import HOSTILE, item, result, trace
from tests.views.shown import NO_JUDGEMENT, show, texts


def of_results(*facts: TestResult | Item | Unread, **stated: str) -> Table:
    """The table of results that stand in a file of which these facts are stated."""
    source = SourceFile(path="results.xml", sha256="0" * 64, reader="junit-xml", facts=stated)
    return show("result-table", Dossier(trace=trace(*facts, sources=[source]), judgement=NO_JUDGEMENT))


def test_a_result_shows_the_seven_facts_of_its_record() -> None:
    told = replace(
        result("test_dose[1]", Outcome.PASSED, "REQ_1", "REQ_2", line=4),
        classname="tests.dose",
        suite="unit",
        duration=0.12345,
        executed_on="2026-11-22T08:47:10.907089+00:00",
        properties=(("seed", "7"),),
    )
    facts = {"level": "software_system", "kind": "automated", "configuration": "Linux", "tester": "M. Tan"}
    table = of_results(told, **facts, tools="pytest", software_version="1.2.0")
    assert [column.name for column in table.columns if not column.optional] == [
        *("test", "level", "outcome", "remarks", "verifies", "executed_on", "seconds", "place")
    ]
    assert texts(table) == [
        [
            *("", "tests.dose::test_dose[1]", "software system", "passed", "", "REQ_1, REQ_2"),
            *("2026-11-22 08:47:10 +00:00", "0.123", "results.xml:4", "unit", "automated", "Linux", "M. Tan"),
            *("software_version: 1.2.0; tools: pytest", "seed: 7"),
        ]
    ]
    assert table.notes == ("1 result in 1 file: 1 passed.",)


def test_a_result_of_which_nothing_is_known_has_empty_cells() -> None:
    bare = of_results(result("t", Outcome.PASSED))
    assert texts(bare) == [["", "t", "", "passed", "", "", "", "", "results.xml:1", "", "", "", "", "", ""]]


@pytest.mark.parametrize(("outcome", "said"), [(one, one.replace("_", " ")) for one in Outcome if one != "passed"])
def test_what_did_not_pass_is_a_gap_and_says_why(outcome: Outcome, said: str) -> None:
    table = of_results(replace(result("t", outcome), message="3 != 4\nsee above"))
    assert texts(table, "outcome", "remarks") == [["!", said, "3 != 4; see above"]]
    assert table.notes == (f"1 result in 1 file: 1 {said}.",)


def test_several_attempts_are_told() -> None:
    tries = (Attempt(outcome=Outcome.FAILED, message="slow"), Attempt(outcome=Outcome.PASSED))
    table = of_results(replace(result("t", Outcome.PASSED), attempts=tries))
    assert texts(table, "outcome", "remarks") == [["", "passed", "2 attempts: failed, passed"]]


def test_what_it_verifies_through_a_test_stands_below_what_it_names_itself() -> None:
    test = item("test", "TC_1", verifies="REQ_2", verifies_effectiveness="RCM_1")
    table = of_results(test, item("test", "TC_2"), result("t", Outcome.PASSED, "TC_1", "REQ_1", "TC_2", "REQ_404"))
    assert texts(table, "verifies") == [["", "REQ_1, TC_2, REQ_404; TC_1 for REQ_2, RCM_1"]]


def test_a_case_that_a_file_holds_twice_has_two_rows_so_that_the_counts_are_those_of_the_file() -> None:
    table = of_results(result("t", Outcome.PASSED, line=1), result("t", Outcome.FAILED, line=2))
    assert texts(table, "test", "outcome") == [["", "t", "passed"], ["!", "t", "failed"]]
    assert table.notes == ("2 results in 1 file: 1 failed, 1 passed.",)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-11-22T08:47:36.165Z", "2026-11-22 08:47:36 Z"),
        ("2026-11-22 08:47:36", "2026-11-22 08:47:36"),
        ("22.11.2026 08:47", "22.11.2026 08:47"),
        ("yesterday", "yesterday"),
    ],
)
def test_moments_are_legible_and_what_is_none_stays(written: str, shown: str) -> None:
    table = of_results(replace(result("t", Outcome.PASSED), executed_on=written))
    assert texts(table, "executed_on") == [["", shown]]


def test_files_that_could_not_be_read_are_counted() -> None:
    table = of_results(Unread(reason="torn", location=Location("results.xml", 9)))
    assert (table.rows, table.notes) == ((), ("Could not be read, and may hold more: 1 file.",))


def test_without_results_a_sentence_stands_in() -> None:
    table = of_results(item("test", "TC_1"))
    assert (table.rows, table.notes) == ((), ())
    assert table.empty == "No result file is named in soup_evidence, or none holds a result."


def test_hostile_texts_are_texts() -> None:
    table = of_results(replace(result(HOSTILE, Outcome.FAILED), message=HOSTILE), level=HOSTILE)
    assert texts(table, "test")[0][1] == HOSTILE


def test_ten_thousand_results_are_cheap_and_share_their_cells() -> None:
    results = [result(f"t{number}", Outcome.PASSED, "REQ_1", line=number) for number in range(1, 10_001)]
    before = time.process_time()
    table = of_results(*results, level="unit", tester="M. Tan")
    assert time.process_time() - before < 2
    names = [column.name for column in table.columns]
    for name in ("level", "outcome", "verifies", "tester"):
        assert len({id(row.cells[names.index(name)]) for row in table.rows}) == 1
