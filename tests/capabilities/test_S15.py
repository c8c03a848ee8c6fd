"""S15: a library can be exchanged; what it touches is one table."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier

IMPACT = "soup/soup-impact/2"
LUXON = """.. soup:: luxon
   :id: SOUP_LUXON
"""
ALL = """
.. soup-impact::
   :name: moved
"""


def items(difference: Difference, table: str) -> dict[str, tuple[str | None, str | None]]:
    """What the table names now and did not name before, by item."""
    return {change[1] or "": change for (_, column), change in difference.rows(table).items() if column == "item"}


def test_an_obsolete_soup_shows_items_requirements_risks_mitigations_tests_and_evaluations(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("soup.rst", LUXON, f"{LUXON}   :status: obsolete\n")
    dossier.write("soup.rst", dossier.read("soup.rst") + ALL)
    difference = changed()
    (finding,) = difference.new_findings
    assert finding[:2] == ("soup-retired-in-use", "SOUP_LUXON")
    assert "SOUP_LUXON is of status obsolete, but still used by ITEM_CLOCK and named at display/package-" in finding[2]
    assert difference.tables == {"soup/soup-impact/7"}
    assert sorted(item.partition(" ")[0] for item in items(difference, "soup/soup-impact/7")) == [
        "CAUSE_4",
        "EVAL_3",
        "ITEM_CLOCK",
        "RCM_3",
        "RCM_4",
        "REQ_18",
        "REQ_19",
        "RISK_2",
        "SREQ_7",
        "SREQ_8",
        "TC_4",
    ]


def test_a_version_that_moved_shows_the_same(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.write("soup.rst", dossier.read("soup.rst") + ALL)
    assert changed().tables == set()
    dossier.edit("display/package-lock.json", '"version": "3.7.2"', '"version": "3.8.0"')
    rows = changed().rows("soup/soup-impact/7")
    row = next(row for row, _ in rows if "SREQ_7" in row)
    assert {column: rows[row, column][1] for column in ("soup", "item", "relation", "verdict", "due")} == {
        "soup": "SOUP_LUXON luxon; version moved",
        "item": "SREQ_7 Local time and time spans",
        "relation": "specifies SOUP_LUXON",
        "verdict": "passed",
        "due": "verify again",
    }


def test_a_successor_takes_over_and_what_is_left_behind_is_named(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    successor = """
.. soup:: Own clock
   :id: SOUP_CLOCK
   :designator: 1.0
   :manufacturer: Example Devices
   :provenance: undocumented_inhouse
   :replaces: SOUP_LUXON
"""
    dossier.write("soup.rst", dossier.read("soup.rst") + successor)
    found = {finding[:2]: finding[2] for finding in changed().new_findings}
    left = found["soup-retired-in-use", "SOUP_LUXON"]
    assert "SOUP_LUXON is replaced by SOUP_CLOCK, but still used by ITEM_CLOCK and named at" in left
    assert "let SOUP_CLOCK take its place there" in left


def test_the_sample_shows_what_the_move_of_its_runtime_touches(dossier: Dossier) -> None:
    table = dossier.build().tables["soup", 2]
    kinds = [row.cells[1][0][0].text for row in table.rows]
    assert list(dict.fromkeys(kinds)) == [
        "Requirement",
        "Software item",
        "Risk",
        "Cause",
        "Mitigation",
        "SOUP requirement",
        "Test",
        "Verification",
    ]
