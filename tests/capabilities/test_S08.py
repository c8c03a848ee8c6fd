"""S8: the list is an inventory of licences. Every SOUP has an SPDX expression, or a finding."""

from __future__ import annotations

from collections.abc import Callable

from sphinxcontrib_soup.model import plain
from tests.capabilities.conftest import Difference, Dossier

TABLE = "licences/licence-table/0"
LIST = "soup/soup-list/0"


def test_every_soup_of_the_sample_has_an_expression(dossier: Dossier) -> None:
    built = dossier.build()
    table = next(table for table in built.tables.values() if table.name == "licence-table")
    rows = {plain(row.cells[2]): [plain(cell) for cell in row.cells[3:6]] for row in table.rows}
    assert rows.keys() - {""} == {soup.id for soup in built.trace.of_kind("soup")}
    assert rows["SOUP_LUXON"] == ["MIT", "permissive", "allowed"]
    assert rows["SOUP_PYTHON"] == ["Python-2.0", "permissive", "to be reviewed"]
    unknown = [one.subject for one in built.judgement.findings if one.rule == "licence-unknown"]
    assert [subject for subject in unknown if subject.startswith("SOUP_")] == []


def test_a_licence_that_the_item_no_longer_states_is_taken_from_the_lock_file(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("soup.rst", "   :licence: MIT\n   :purpose: Tells the local time", "   :purpose: Tells the local time")
    difference = changed()
    assert difference.rows(TABLE) == {("luxon", "stated_by"): ("its item", "its manifest")}
    assert difference.rows(LIST) == {("SOUP_LUXON", "licence"): ("MIT", "")}
    assert not {one[0] for one in difference.new_findings}


def test_one_that_nobody_states_is_a_finding(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", ":licence: Apache-2.0", ":licence: NOASSERTION")
    difference = changed()
    message = (
        "the licence of sortedcontainers 2.4.0 is 'NOASSERTION' (its item), which is no SPDX expression: state "
        "`licence` as one; other terms are written LicenseRef-NAME"
    )
    assert difference.new_findings == {("licence-unknown", "SOUP_SORTEDCONTAINERS", message)}
    assert difference.gone_findings == set()
    assert difference.rows(TABLE) == {
        ("sortedcontainers", "licence"): ("Apache-2.0", "not known; NOASSERTION"),
        ("sortedcontainers", "category"): ("permissive", "unknown"),
        ("sortedcontainers", "decision"): ("allowed", ""),
    }
