"""S16: unit tests are linked to what a SOUP must do here, and stand in the traceability matrix."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier, Snapshot

RESULTS = "results/unit-python.xml"
MATRIX = "traceability/traceability-matrix/2"
LIST = "soup/soup-list/0"
ROW = "SOUP_SORTEDCONTAINERS > SREQ_2"
TEST = "tests.unit.test_timeline::test_a_thousand_entries_are_kept_and_found_in_a_tenth_of_a_second"


def test_a_passed_one_shows_its_verdict_and_the_execution(dossier: Dossier, sample_snapshot: Snapshot) -> None:
    line = dossier.line(RESULTS, f'name="{TEST.rpartition("::")[2]}"')
    assert sample_snapshot.cells[MATRIX, ROW, "verdict"] == "passed"
    assert sample_snapshot.cells[MATRIX, ROW, "executions"] == f"passed {TEST} {RESULTS}:{line}"


def test_an_untested_one_is_a_gap(
    dossier: Dossier, changed: Callable[[], Difference], sample_snapshot: Snapshot
) -> None:
    before = sample_snapshot.cells[MATRIX, ROW, "executions"]
    dossier.edit(RESULTS, '<property name="verifies" value="SREQ_2" />', "")
    message = (
        "SREQ_2 is untested: nothing verifies it; let a test that uses the SOUP name it with the property `verifies`, "
        "or record why its maker's evidence suffices in a `verification`"
    )
    assert changed() == Difference(
        new_findings={("soup-requirement-untested", "SREQ_2", message)},
        cells={
            (MATRIX, ROW, "executions"): (before, ""),
            (MATRIX, ROW, "verdict"): ("passed", "untested"),
            (LIST, "SOUP_SORTEDCONTAINERS", "verdict"): ("passed", "untested"),
            (LIST, "SOUP_SORTEDCONTAINERS", "requirements"): (
                "SREQ_1 Order of entries passed; SREQ_2 Speed of the sorted list passed",
                "SREQ_1 Order of entries passed; SREQ_2 Speed of the sorted list untested",
            ),
        },
    )
