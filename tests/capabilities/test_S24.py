"""S24: not everything is analysed; what is not was screened, with reason, person and date."""

from collections.abc import Callable

import pytest

from tests.capabilities.conftest import Difference, Dossier

CAUSE = "   :arises_from: SOUP_CONSTRUCT\n"
SCREENING = "   :risk_screening: analysed, see CAUSE_5\n"


def test_a_soup_neither_analysed_nor_screened_is_a_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("risks.rst", CAUSE, "")
    dossier.edit("soup.rst", SCREENING, "")
    message = (
        "SOUP_CONSTRUCT, of class C, lacks an analysis of its failures; write a `cause` with "
        "`:arises_from: SOUP_CONSTRUCT` or, in `:risk_screening:`, why no failure of it can contribute to a hazardous "
        "situation"
    )
    assert changed() == Difference(new_findings={("soup-unscreened", "SOUP_CONSTRUCT", message)})


def test_an_analysis_that_is_only_said_is_one(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("risks.rst", CAUSE, "")
    ((rule, subject, message),) = changed().new_findings
    assert (rule, subject) == ("soup-unscreened", "SOUP_CONSTRUCT")
    assert "lacks the cause that it says was analysed, who decided on it and when that was decided" in message


@pytest.mark.parametrize(
    ("record", "lacks"),
    [
        ("   :screened_by: M. Tan\n   :screened_on: 2026-11-16\n", ""),
        ("   :screened_by: M. Tan\n", "lacks when that was decided; write `:screened_on:`"),
        ("   :screened_on: 2026-11-16\n", "lacks who decided on it; write `:screened_by:`"),
    ],
)
def test_a_reason_counts_with_person_and_date(
    dossier: Dossier, changed: Callable[[], Difference], record: str, lacks: str
) -> None:
    dossier.edit("risks.rst", CAUSE, "")
    dossier.edit("soup.rst", SCREENING, f"   :risk_screening: The checksum is proved before it sees a record\n{record}")
    messages = [finding[2] for finding in changed().new_findings]
    assert [lacks in message for message in messages] == [True] * bool(lacks)


def test_many_are_screened_at_once(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("risks.rst", CAUSE, "")
    dossier.edit("soup.rst", SCREENING, "")
    screened = '"risk_screening": "Behind a checksum", "screened_by": "M. Tan", "screened_on": "2026-11-16", '
    dossier.edit("conf.py", '    "*": {\n', f'    "pkg:pypi/con*": {{{screened}}},\n    "*": {{\n')
    assert changed() == Difference()


def test_what_an_analysed_soup_owes_is_its_anomaly_list(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    listed = "   :anomaly_list: https://github.com/construct/construct/issues\n"
    dossier.edit("soup.rst", listed, "")
    message = "SOUP_CONSTRUCT, from which CAUSE_5 arises, lacks the address of its anomaly list; write `:anomaly_list:`"
    assert changed() == Difference(new_findings={("soup-anomaly-list-unread", "SOUP_CONSTRUCT", message)})
    dossier.edit("risks.rst", CAUSE, "")
    assert {finding[0] for finding in changed().new_findings} == {"soup-unscreened"}
