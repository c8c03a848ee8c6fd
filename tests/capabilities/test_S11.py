"""S11: for each SOUP it is stated what it must do here and how well, with what it needs."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier

LUXON = "SOUP_LUXON, of class C, lacks "
NONE = "   :performance_none: Two moments are told for each advice\n"
NEW = """
.. soup-requirement:: Speed of the clock
   :id: SREQ_99
   :category: performance
   :specifies: SOUP_LUXON

   Shall tell 1000 moments within one second.
"""


def test_without_a_functional_requirement_it_is_a_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", "   :category: functional\n   :specifies: SOUP_LUXON", "   :specifies: SOUP_LUXON")
    message = (
        f"{LUXON}a functional requirement (no category have SREQ_7); write a `soup-requirement` with "
        "`:specifies: SOUP_LUXON` and `:category: functional`"
    )
    assert changed() == Difference(new_findings={("soup-unspecified", "SOUP_LUXON", message)})


def test_without_a_requirement_on_performance_it_is_one_that_cites_the_clause(dossier: Dossier) -> None:
    dossier.edit("soup.rst", NONE, "")
    (found,) = (one for one in dossier.judge().findings if one.subject == "SOUP_LUXON")
    assert (found.rule, found.clause, found.basis) == ("soup-unspecified", "IEC62304 5.3.3", "normative")
    assert found.message == (
        f"{LUXON}a requirement on its performance; write a `soup-requirement` with `:category: performance` or, in "
        "`:performance_none:`, why none is due"
    )


def test_a_none_without_a_reason_is_none(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", NONE, "   :performance_none: n/a\n")
    assert {finding[:2] for finding in changed().new_findings} == {("soup-unspecified", "SOUP_LUXON")}


def test_a_requirement_in_its_place_clears_it_and_is_to_be_tested(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("soup.rst", NONE, "")
    dossier.write("soup.rst", dossier.read("soup.rst") + NEW)
    assert {finding[:2] for finding in changed().new_findings} == {("soup-requirement-untested", "SREQ_99")}


def test_without_hardware_and_software_needs_it_is_one_finding(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("soup.rst", "   :hw_requirements: none of its own\n   :sw_requirements: Node.js\n", "")
    message = (
        "SOUP_BIG_JS, of class C, lacks the hardware that it needs and the software that it needs; write "
        "`:hw_requirements:`; `:sw_requirements:`"
    )
    assert changed() == Difference(new_findings={("soup-needs-unstated", "SOUP_BIG_JS", message)})


def test_a_shared_value_states_it_for_many(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    needs = "   :hw_requirements: none of its own\n"
    dossier.write("soup.rst", dossier.read("soup.rst").replace(needs, ""))
    assert {finding[:2] for finding in changed().new_findings} == {
        ("soup-needs-unstated", one) for one in ("SOUP_BIG_JS", "SOUP_CONSTRUCT", "SOUP_LUXON", "SOUP_SORTEDCONTAINERS")
    }
    dossier.edit("conf.py", '    "*": {\n', '    "*": {\n        "hw_requirements": "64-bit ARM processor, 512 MB",\n')
    shared = ("none of its own", "64-bit ARM processor, 512 MB; shared by all SOUPs")
    assert changed() == Difference(cells={("soup/soup-sheet/1", "Hardware", "value"): shared})
