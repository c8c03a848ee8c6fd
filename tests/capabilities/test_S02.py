"""S2: released, widely used, tested libraries are better than code of one's own; it is said why this one is."""

from collections.abc import Callable

import pytest

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.model import plain
from tests.capabilities.conftest import Difference, Dossier

TABLE = "soup/rationale-table/4"
SUITABILITY = "   :suitability: In very wide use; time zones are its main purpose.\n"


def test_a_soup_without_a_reason_is_a_finding_and_a_gap(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", SUITABILITY, "")
    message = (
        "SOUP_LUXON, of class C, lacks a reason why it is good enough for its use here; write `:suitability:`, or a "
        "`decision` with `:justifies: SOUP_LUXON` and its rationale"
    )
    assert changed() == Difference(
        new_findings={("soup-use-unexplained", "SOUP_LUXON", message)},
        cells={(TABLE, "SOUP_LUXON", "suitability"): ("In very wide use; time zones are its main purpose.", "")},
    )
    assert [row.gap for row in dossier.build().tables["soup", 4].rows].count(True) == 1


def test_software_of_class_a_does_not_owe_it(dossier: Dossier) -> None:
    dossier.edit("soup.rst", SUITABILITY, "")
    dossier.edit("conf.py", 'soup_safety_class = "C"', 'soup_safety_class = "A"')
    for page in ("src/bolus_advisor/design.rst", "display/design.rst"):
        dossier.write(page, dossier.read(page).replace("   :safety_class: C\n", ""))
    judgement = dossier.judge()
    assert {one.subject for one in judgement.findings} & {"SOUP_LUXON"} == set()
    assert "does not bind software of class A" in judgement.counts["soup-use-unexplained"].off


@pytest.mark.parametrize(
    ("field", "column", "text"),
    [
        (":users: ", "users", "Many other packages, large systems for distributed computing among them"),
        (":maker_tests: ", "maker_tests", "Tests of every method, and stress tests with random operations"),
        (":released_on: ", "released_on", "2021-05-16"),
        (":alternatives: ", "alternatives", "The standard library's bisect on a list, with code of our own around it"),
    ],
)
def test_what_speaks_for_it_is_shown(
    dossier: Dossier, changed: Callable[[], Difference], field: str, column: str, text: str
) -> None:
    dossier.edit("soup.rst", f"   {field}{text}\n", "")
    assert changed() == Difference(cells={(TABLE, "SOUP_SORTEDCONTAINERS", column): (text, "")})


def test_the_reason_is_in_the_block_of_the_soup(dossier: Dossier) -> None:
    trace = dossier.build().trace
    shown = dict(block(trace, trace.items["SOUP_LUXON"]).fields)
    assert plain(shown["Suitability"]) == "In very wide use; time zones are its main purpose."
    assert plain(shown["Support plan"]).endswith("shared by all SOUPs")
