"""S6: the version of a SOUP is the exact one that is locked, not a range and not a place holder."""

from collections.abc import Callable

import pytest

from tests.capabilities.conftest import Difference, Dossier

DECLARED = ":designator: 2.4.0\n   :manufacturer"
LIST = "soup/soup-list/0"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("^2.4", "^2.4 is a range or a requirement, not one version"),
        (">=2.4,<3", ">=2.4,<3 is a range or a requirement, not one version"),
        ("2.x", "2.x is a range or a requirement, not one version"),
        ("latest", "its version latest moves with time"),
        ("TBD", "its version TBD holds the place of a version"),
    ],
)
def test_a_range_and_a_place_holder_are_findings_at_the_soup(
    dossier: Dossier, changed: Callable[[], Difference], written: str, why: str
) -> None:
    dossier.edit("soup.rst", DECLARED, DECLARED.replace("2.4.0", written))
    difference = changed()
    (finding,) = difference.new_findings
    assert finding[:2] == ("soup-version-inexact", "SOUP_SORTEDCONTAINERS")
    assert why in finding[2]
    assert "(in use: 2.4.0)" in finding[2]
    assert not difference.gone_findings
    assert difference.tables == {LIST}
    assert difference.rows(LIST).keys() <= {("SOUP_SORTEDCONTAINERS", "version"), ("SOUP_SORTEDCONTAINERS", "in_use")}


def test_the_finding_stands_at_file_and_line(dossier: Dossier) -> None:
    dossier.edit("soup.rst", DECLARED, DECLARED.replace("2.4.0", "^2.4"))
    places = [str(one.location) for one in dossier.judge().findings if one.rule == "soup-version-inexact"]
    assert places == [f"soup.rst:{dossier.line('soup.rst', '.. soup:: sortedcontainers')}"]
