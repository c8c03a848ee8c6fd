"""The trace: which executions count for an item, and which verdict follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_soup.model import (
    Attempt,
    Component,
    Evidence,
    Item,
    Location,
    Outcome,
    RiskMatrix,
    Scope,
    Settings,
    TestResult,
    Trace,
    Verdict,
)
from sphinxcontrib_soup.pipeline.link import link, verdict_of

HERE = Location("index.rst", 1)
SETTINGS = Settings(risk_matrix=RiskMatrix(severities=(), probabilities=(), cells=()))


def item(id_: str, kind: str = "requirement", **links: str) -> Item:
    return Item(
        id=id_, kind=kind, title=id_, location=HERE, links={name: tuple(ids.split()) for name, ids in links.items()}
    )


def result(
    verifies: str, outcome: Outcome = Outcome.PASSED, name: str = "t", path: str = "r.xml", line: int = 1
) -> TestResult:
    return TestResult(name=name, outcome=outcome, location=Location(path, line), verifies=tuple(verifies.split()))


def trace(*facts: Item | Evidence) -> Trace:
    items = [fact for fact in facts if isinstance(fact, Item)]
    return link(items, [fact for fact in facts if not isinstance(fact, Item)], SETTINGS)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([], Verdict.UNTESTED),
        ([Outcome.PASSED], Verdict.PASSED),
        ([Outcome.PASSED, Outcome.PASSED], Verdict.PASSED),
        ([Outcome.SKIPPED], Verdict.UNTESTED),
        ([Outcome.BLOCKED], Verdict.UNTESTED),
        ([Outcome.NOT_RUN], Verdict.UNTESTED),
        ([Outcome.PASSED, Outcome.SKIPPED], Verdict.UNTESTED),
        ([Outcome.PASSED, Outcome.BLOCKED], Verdict.UNTESTED),
        ([Outcome.PASSED, Outcome.NOT_RUN], Verdict.UNTESTED),
        ([Outcome.PASSED, Outcome.FAILED], Verdict.FAILED),
        ([Outcome.SKIPPED, Outcome.ERROR], Verdict.FAILED),
    ],
)
def test_skipped_blocked_and_not_run_never_count_as_passed(outcomes: list[Outcome], verdict: Verdict) -> None:
    assert verdict_of(outcomes) is verdict


def test_an_item_takes_the_worst_of_the_results_that_name_it() -> None:
    made = trace(item("REQ_1"), item("REQ_2"), result("REQ_1 REQ_2"), result("REQ_2", Outcome.FAILED, "u"))
    assert made.verdicts == {"REQ_1": Verdict.PASSED, "REQ_2": Verdict.FAILED}
    assert [one.name for one in made.executions["REQ_2"]] == ["t", "u"]


def test_of_one_case_in_one_run_the_worst_result_wins_and_all_attempts_are_kept() -> None:
    made = trace(item("REQ_1"), result("REQ_1", line=3), result("REQ_1", Outcome.ERROR, line=9))
    (execution,) = made.executions["REQ_1"]
    assert execution.outcome is Outcome.ERROR
    assert execution.location == Location("r.xml", 9)
    assert execution.result is not None
    assert execution.result.attempts == (Attempt(outcome=Outcome.PASSED), Attempt(outcome=Outcome.ERROR))
    assert made.verdicts["REQ_1"] is Verdict.FAILED


def test_the_same_case_in_two_runs_is_two_executions() -> None:
    made = trace(item("REQ_1"), result("REQ_1"), result("REQ_1", Outcome.SKIPPED, path="other.xml"))
    assert len(made.executions["REQ_1"]) == 2
    assert made.verdicts["REQ_1"] is Verdict.UNTESTED


def test_a_test_item_hands_its_executions_on_and_counts_as_not_run_without_one() -> None:
    made = trace(
        item("REQ_1"),
        item("REQ_2"),
        item("TC_1", "test", verifies="REQ_1"),
        item("TC_2", "test", verifies="REQ_2"),
        result("TC_1"),
    )
    assert made.verdicts == {
        "REQ_1": Verdict.PASSED,
        "REQ_2": Verdict.UNTESTED,
        "TC_1": Verdict.PASSED,
        "TC_2": Verdict.UNTESTED,
    }
    assert [(one.of, one.outcome) for one in made.executions["REQ_2"]] == [("TC_2", Outcome.NOT_RUN)]
    assert [(one.of, one.outcome) for one in made.executions["REQ_1"]] == [("TC_1", Outcome.PASSED)]


def review(**fields: str) -> Item:
    return Item(
        id="VER_1", kind="verification", title="Review", location=HERE, fields=fields, links={"verifies": ("REQ_1",)}
    )


RECORD = {
    "method": "review",
    "outcome": "passed",
    "performed_by": "A. Person",
    "performed_on": "2026-01-02",
    "record": "R-7",
}


def test_a_verification_counts_only_with_who_when_and_its_record() -> None:
    assert trace(item("REQ_1"), review(**RECORD)).verdicts["REQ_1"] is Verdict.PASSED
    for missing in ("outcome", "performed_by", "performed_on", "record"):
        partly = {name: value for name, value in RECORD.items() if name != missing}
        assert trace(item("REQ_1"), review(**partly)).verdicts["REQ_1"] is Verdict.UNTESTED, missing
    assert trace(item("REQ_1"), review(**RECORD | {"outcome": "failed"})).verdicts["REQ_1"] is Verdict.FAILED


def test_an_item_that_nothing_verifies_takes_the_worst_of_those_it_is_verified_through() -> None:
    facts = [
        item("UN_1", "user-need"),
        item("SYS_1", "system-requirement", derives_from="UN_1"),
        item("REQ_1", derives_from="SYS_1"),
        item("REQ_2", derives_from="SYS_1"),
        item("RCM_1", "mitigation", implemented_by="REQ_1"),
        item("SOUP_1", "soup"),
        item("SREQ_1", "soup-requirement", specifies="SOUP_1"),
        result("REQ_1"),
        result("SREQ_1", Outcome.FAILED, "s"),
    ]
    made = trace(*facts)
    assert made.verdicts["SYS_1"] is made.verdicts["UN_1"] is Verdict.UNTESTED
    assert made.verdicts["RCM_1"] is Verdict.PASSED
    assert made.verdicts["SOUP_1"] is Verdict.FAILED
    assert trace(*facts, result("REQ_2", name="v")).verdicts["UN_1"] is Verdict.PASSED
    assert trace(*facts, result("SYS_1", name="v")).verdicts["SYS_1"] is Verdict.PASSED


def test_items_that_derive_from_each_other_in_a_circle_are_untested() -> None:
    made = trace(item("REQ_1", derives_from="REQ_2"), item("REQ_2", derives_from="REQ_1"))
    assert set(made.verdicts.values()) == {Verdict.UNTESTED}


def test_a_long_chain_of_items_is_no_problem() -> None:
    chain = [item(f"REQ_{number}", derives_from=f"REQ_{number - 1}") for number in range(1, 3000)]
    made = trace(item("REQ_0"), *chain, result("REQ_2999"))
    assert made.verdicts["REQ_0"] is Verdict.PASSED


def test_effectiveness_is_kept_apart_from_verification() -> None:
    made = trace(item("RCM_1", "mitigation"), item("TC_1", "test", verifies_effectiveness="RCM_1"), result("TC_1"))
    assert [one.of for one in made.effectiveness["RCM_1"]] == ["TC_1"]
    assert "RCM_1" not in made.executions
    assert made.verdicts["RCM_1"] is Verdict.UNTESTED


def component(name: str, version: str | None, direct: bool | None, path: str, **more: Scope) -> Component:
    at = f"@{version}" if version else ""
    return Component(
        name=name, version=version, purl=f"pkg:npm/{name}{at}", direct=direct, location=Location(path, 1), **more
    )


def test_components_of_one_package_are_one_use_and_the_direct_versions_count() -> None:
    made = trace(
        component("luxon", None, True, "package.json"),
        component("luxon", "3.5.0", True, "package-lock.json"),
        component("luxon", "2.0.0", False, "package-lock.json"),
        component("mocha", "11.0.0", True, "package-lock.json", scope=Scope.DEVELOPMENT),
    )
    luxon, mocha = made.uses["pkg:npm/luxon"], made.uses["pkg:npm/mocha"]
    assert luxon.versions == ("3.5.0",)
    assert luxon.location == Location("package-lock.json", 1)
    assert luxon.direct
    assert luxon.in_device
    assert mocha.direct
    assert not mocha.in_device


def test_a_soup_is_matched_by_package_url_or_by_its_title() -> None:
    by_purl = Item(id="SOUP_1", kind="soup", title="Time", location=HERE, fields={"purl": "pkg:npm/luxon@3.5.0"})
    by_title = Item(id="SOUP_2", kind="soup", title="Luxon", location=HERE)
    other = Item(id="SOUP_3", kind="soup", title="luxon", location=HERE, fields={"purl": "pkg:pypi/luxon"})
    made = trace(by_purl, by_title, other, component("luxon", "3.5.0", True, "package-lock.json"))
    assert made.soup_uses == {"SOUP_1": ("pkg:npm/luxon",), "SOUP_2": ("pkg:npm/luxon",), "SOUP_3": ()}


IDS = st.sampled_from(["REQ_1", "REQ_2", "TC_1", "TC_2", "SYS_1"])
RESULTS = st.builds(
    lambda verifies, outcome, name, path, line: TestResult(
        name=name, outcome=outcome, location=Location(path, line), verifies=tuple(verifies)
    ),
    st.lists(IDS, max_size=3),
    st.sampled_from(Outcome),
    st.sampled_from("ab"),
    st.sampled_from(["r.xml", "s.xml"]),
    st.integers(1, 4),
)
ITEMS = [
    item("SYS_1", "system-requirement"),
    item("REQ_1", derives_from="SYS_1"),
    item("REQ_2", derives_from="SYS_1 REQ_1"),
    item("TC_1", "test", verifies="REQ_1 REQ_2"),
    item("TC_2", "test", verifies="REQ_2"),
]


@given(st.lists(RESULTS, max_size=8), st.randoms())
def test_the_order_of_facts_does_not_matter(results: list[TestResult], random: object) -> None:
    shuffled: list[Evidence] = list(results)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    made = link(ITEMS, results, SETTINGS)
    again = link(reversed(ITEMS), shuffled, SETTINGS)
    assert made.verdicts == again.verdicts
    assert made.results == again.results or sorted(made.results, key=repr) == sorted(again.results, key=repr)


@given(st.lists(RESULTS, max_size=8))
def test_a_passed_item_has_only_passed_executions(results: list[TestResult]) -> None:
    made = link(ITEMS, results, SETTINGS)
    for id_, verdict in made.verdicts.items():
        outcomes = {execution.outcome for execution in made.executions.get(id_, ())}
        if verdict is Verdict.PASSED and outcomes:
            assert outcomes == {Outcome.PASSED}
        if Outcome.FAILED in outcomes or Outcome.ERROR in outcomes:
            assert verdict is Verdict.FAILED
