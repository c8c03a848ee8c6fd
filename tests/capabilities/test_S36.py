"""S36: to reuse or to build is decided for reasons that are on record, with what speaks for and against."""

from collections.abc import Callable

import pytest

from tests.capabilities.conftest import Difference, Dossier

TABLE = "soup/rationale-table/2"
NEW = """
.. decision:: Local time comes from a library
   :id: DEC_4
   :choice: reuse
   :justifies: SOUP_LUXON
   :alternatives: JavaScript's own Date
   :pro: Summer time is right without code of our own
   :contra: It can do far more than is needed
   :rationale: Date knows no time zone but that of the machine
"""


def test_a_decision_is_in_the_row_of_its_soup(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.write("soup.rst", dossier.read("soup.rst") + NEW)
    assert changed() == Difference(
        cells={
            (TABLE, "SOUP_LUXON", "alternatives"): ("", "JavaScript's own Date"),
            (TABLE, "SOUP_LUXON", "decisions"): ("", "DEC_4 Local time comes from a library reuse"),
            (TABLE, "SOUP_LUXON", "pro"): ("", "Summer time is right without code of our own"),
            (TABLE, "SOUP_LUXON", "contra"): ("", "It can do far more than is needed"),
        }
    )


def test_it_takes_the_place_of_a_suitability(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    suitability = "   :suitability: In very wide use; time zones are its main purpose.\n"
    dossier.edit("soup.rst", suitability, "")
    dossier.write("soup.rst", dossier.read("soup.rst") + NEW)
    difference = changed()
    assert (difference.new_findings, difference.gone_findings) == (set(), set())


def test_code_of_ones_own_has_a_row(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", "   :justifies: ITEM_DOSE\n", "   :justifies: ITEM_UNITS\n")
    cells = changed().rows(TABLE)
    assert cells["ITEM_DOSE", "pro"] == (
        "Every step can be read beside the formula that care teams know, and is tested by itself",
        None,
    )
    assert cells["ITEM_UNITS", "contra"] == (None, "Nobody but us looks for defects in it")


@pytest.mark.parametrize(("choice", "taken"), [("build", True), ("buy", False)])
def test_a_choice_is_one_of_two(dossier: Dossier, changed: Callable[[], Difference], choice: str, taken: bool) -> None:
    dossier.write("soup.rst", dossier.read("soup.rst") + NEW.replace("reuse", choice))
    found = changed().new_findings
    assert [finding[:2] for finding in found] == ([] if taken else [("item-rejected", "DEC_4")])
    assert all("choice is 'buy'; it must be one of: reuse, build" in finding[2] for finding in found)
