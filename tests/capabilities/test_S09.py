"""S9: licences that the product cannot meet are found early, by a policy whose waivers have reasons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from sphinxcontrib_soup.cli import main
from tests.capabilities.conftest import Difference, Dossier, Snapshot, copied

TABLE = "licences/licence-table/0"
WAIVERS = '"waivers": [\n'
DENIED = (
    "licence-denied",
    "SOUP_LUXON",
    "the licence of luxon 3.7.2 is CC-BY-NC-4.0, which is denied by the policy: replace it, or state a waiver in "
    "`soup_licence_policy`",
)


def relicense(dossier: Dossier) -> None:
    """Luxon is not free for commercial use any more: the lock file says so, and the item."""
    lock = dossier.read("display/package-lock.json")
    at = lock.index('"license": "MIT"', lock.index("node_modules/luxon"))
    dossier.write("display/package-lock.json", lock[:at] + lock[at:].replace("MIT", "CC-BY-NC-4.0", 1))
    dossier.edit("soup.rst", ":licence: MIT\n   :purpose: Tells", ":licence: CC-BY-NC-4.0\n   :purpose: Tells")


DATE = ("SOURCE_DATE_EPOCH", "1795000000")
"""The copies lie in no repository that would tell a date, without which no waiver can be said to hold still."""


@pytest.fixture(autouse=True)
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*DATE)


@pytest.fixture(scope="module")
def sample_snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """What the sample says as it is, at that date."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(*DATE)
        return Dossier(copied(tmp_path_factory.mktemp("sample"))).snapshot()


def waive(dossier: Dossier, **waiver: str) -> None:
    stated = {"package": "SOUP_LUXON", "licence": "CC-BY-NC-4.0", **waiver}
    dossier.edit("conf.py", WAIVERS, f"{WAIVERS}        {stated!r},\n")


def test_a_denied_licence_is_an_error_with_the_soup(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    relicense(dossier)
    difference = changed()
    assert difference.new_findings == {DENIED}
    assert difference.rows(TABLE) == {
        ("luxon", "licence"): ("MIT", "CC-BY-NC-4.0"),
        ("luxon", "category"): ("permissive", "non-commercial"),
        ("luxon", "decision"): ("allowed", "denied"),
    }
    done = CliRunner().invoke(main, ["check", str(dossier.folder), "-q"])
    assert done.exit_code == 1
    assert "error: the licence of luxon 3.7.2 is CC-BY-NC-4.0" in done.stdout


def test_a_waiver_with_reason_and_person_lets_it_pass(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    relicense(dossier)
    waive(dossier, reason="A licence was bought", by="L. Marsh", until="2099-12-31")
    difference = changed()
    assert difference.new_findings == difference.gone_findings == set()
    assert difference.rows(TABLE)["luxon", "decision"][1] == "waived until 2099-12-31; A licence was bought (L. Marsh)"


@pytest.mark.parametrize(
    ("waiver", "problem"),
    [
        ({"by": "L. Marsh"}, "states no reason"),
        ({"reason": "A licence was bought", "by": "L. Marsh", "until": "2020-01-01"}, "ended with 2020-01-01"),
    ],
)
def test_one_without_a_reason_or_past_its_end_does_not(
    dossier: Dossier, changed: Callable[[], Difference], waiver: dict[str, str], problem: str
) -> None:
    relicense(dossier)
    waive(dossier, **waiver)
    difference = changed()
    assert {one[:2] for one in difference.new_findings} == {DENIED[:2], ("licence-waiver-invalid", "SOUP_LUXON")}
    assert any(problem in one[2] for one in difference.new_findings)


def test_what_is_under_review_is_a_finding_until_it_is_allowed(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("conf.py", '"ISC", "MIT"]', '"ISC", "MIT", "Python-2.0"]')
    difference = changed()
    assert {one[:2] for one in difference.gone_findings} == {("licence-under-review", "SOUP_PYTHON")}
    assert difference.new_findings == set()
    assert difference.rows(TABLE) == {("Python", "decision"): ("to be reviewed", "allowed")}


def test_a_policy_that_is_out_of_form_is_a_finding_and_the_example_holds(dossier: Dossier) -> None:
    dossier.edit("conf.py", '"weak copyleft"]', '"weak copylefts"]')
    findings = {(one.rule, one.subject): one.message for one in dossier.judge().findings}
    message = findings["item-rejected", "soup_licence_policy"]
    assert "soup_licence_policy names 'weak copylefts'; it takes identifiers of SPDX, and the categories" in message
