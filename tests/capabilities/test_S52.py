"""S52: a requirement is done only when it was tested with success."""

from collections.abc import Callable

import pytest

from tests.capabilities.conftest import Difference, Dossier

RESULTS = "results/unit-python.xml"
TEST = "test_the_meal_part_is_carbohydrates_by_carb_ratio[0-0]"
NEXT = "test_the_meal_part_is_carbohydrates_by_carb_ratio[12-1]"
MATRIX = "traceability/traceability-matrix/0"
ROW = "UN_1 > SYS_1 > REQ_1"


def end_with(dossier: Dossier, outcome: str) -> str:
    """Let the one test of REQ_1 end otherwise; the place of its result."""
    text = dossier.read(RESULTS)
    start = text.index(f'name="{TEST}"')
    end = text.index("</properties>", start)
    dossier.write(RESULTS, text[:end] + "</properties>" + outcome + text[end + len("</properties>") :])
    return f"{RESULTS}:{dossier.line(RESULTS, TEST)}"


@pytest.mark.parametrize(
    ("outcome", "word", "verdict", "rule"),
    [
        ('<failure message="no"/>', "failed", "failed", "requirement-failed"),
        ('<error message="no"/>', "error", "failed", "requirement-failed"),
        ("<skipped/>", "skipped", "untested", "requirement-untested"),
    ],
)
def test_one_test_that_does_not_pass_is_enough(
    dossier: Dossier,
    changed: Callable[[], Difference],
    outcome: str,
    word: str,
    verdict: str,
    rule: str,
) -> None:
    place = end_with(dossier, outcome)
    difference = changed()
    assert {finding[:2] for finding in difference.new_findings} == {(rule, "REQ_1")}
    assert not difference.gone_findings
    shared = "tests.unit.test_dose::test_the_meal_part_is_carbohydrates_by_carb_ratio"
    message = "passed tests.unit.test_advisor::test_the_message_holds_the_dose_its_parts_and_the_reading"
    message += f" {RESULTS}:{dossier.line(RESULTS, 'test_the_message_holds_the_dose')}"
    after = (
        f"{word} {shared}[0-0] {place}; {message}; passed {shared} (3 cases) {RESULTS}:{dossier.line(RESULTS, NEXT)}"
    )
    assert difference.cells == {
        (MATRIX, ROW, "executions"): (f"{message}; passed {shared} (4 cases) {place}", after),
        (MATRIX, ROW, "verdict"): ("passed", verdict),
    }
