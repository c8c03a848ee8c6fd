"""S31: the operating system is not specified after the fact: how it is hardened is required, and a scan checks it."""

from collections.abc import Callable

from sphinxcontrib_soup.model import Verdict
from tests.capabilities.conftest import Difference, Dossier

SHEET = "soup/soup-sheet/3"
LIST = "soup/soup-list/0"
RESULTS = "image/hardening-results.xml"
PASSED = 'idref="xccdf_com.example-devices_rule_no_shells" role="full"'


def test_hardening_with_passing_checks_is_complete_without_a_functional_specification(dossier: Dossier) -> None:
    built = dossier.build()
    system = built.trace.items["SOUP_DEBIAN"]
    asked = {item.text("category") for item in built.trace.origins(system, "specifies")}
    assert asked == {"hardening"}
    assert built.trace.verdicts["SOUP_DEBIAN"] is Verdict.PASSED
    assert not [one for one in built.judgement.findings if one.subject.startswith(("SOUP_DEBIAN", "SREQ_1"))]


def incomplete(difference: Difference) -> str:
    """What is said of the requirement that is untested."""
    found = {finding[:2]: finding[2] for finding in difference.new_findings}
    assert set(found) == {("soup-requirement-untested", "SREQ_11")}
    return found["soup-requirement-untested", "SREQ_11"]


def result_of(dossier: Dossier, outcome: str) -> None:
    """Let the scan end otherwise for the rule about shells."""
    text = dossier.read(RESULTS)
    head, rule, tail = text.partition(PASSED)
    dossier.write(RESULTS, head + rule + tail.replace("<result>pass</result>", f"<result>{outcome}</result>", 1))


def test_a_check_that_fails_fails_the_requirement_and_the_system(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    result_of(dossier, "fail")
    difference = changed()
    assert difference.rows(LIST)["SOUP_DEBIAN", "verdict"] == ("passed", "failed")
    assert (difference.rows(SHEET)["Requirements", "value"][1] or "").startswith(
        "SREQ_11 (hardening) No shells failed;"
    )
    failed = {(one.rule, one.subject) for one in dossier.judge().findings if one.subject.startswith("SREQ_11")}
    assert failed == {("requirement-failed", "SREQ_11")}


def test_a_check_that_says_nothing_is_no_pass(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    result_of(dossier, "notapplicable")
    difference = changed()
    assert difference.rows(LIST)["SOUP_DEBIAN", "verdict"] == ("passed", "untested")
    assert f"skipped ({RESULTS}:{dossier.line(RESULTS, PASSED)})" in incomplete(difference)


def test_a_check_that_no_scan_made_is_missed(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", ":checks: no_shells", ":checks: no_shells, no_compilers")
    difference = changed()
    assert "no_compilers not run" in incomplete(difference)


def test_the_system_that_is_built_is_the_one_that_is_declared(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("image/os-release", 'VERSION_ID="12"', 'VERSION_ID="13"')
    difference = changed()
    assert ("soup-version-moved", "SOUP_DEBIAN") in {finding[:2] for finding in difference.new_findings}
    assert difference.rows(LIST)["SOUP_DEBIAN", "version"] == ("12", "12 not in use")
