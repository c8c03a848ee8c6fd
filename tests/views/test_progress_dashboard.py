"""The progress dashboard: verdicts counted by kind, as a table and as bars."""

from __future__ import annotations

from xml.etree import ElementTree

from sphinxcontrib_soup.model import Outcome, Table
from tests.rules.traces import item, result
from tests.views.shown import dossier, show, texts


def table(*facts: object) -> Table:
    return show("progress-dashboard", dossier(*facts))  # type: ignore[arg-type]


def test_the_verdicts_of_each_kind_are_counted_and_drawn() -> None:
    shown = table(
        item("requirement", "REQ_1", title="One"),
        item("requirement", "REQ_2", title="Two"),
        item("requirement", "REQ_3", title="Three"),
        item("mitigation", "RCM_1", title="Units are types", implemented_by="REQ_1"),
        item("test", "TC_1", title="Units", verifies_effectiveness="RCM_1"),
        result("one", Outcome.PASSED, "REQ_1"),
        result("two", Outcome.FAILED, "REQ_2"),
    )
    assert texts(shown) == [
        ["!", "Requirement", "3", "1", "1", "1", "33 %"],
        ["", "Mitigation", "1", "1", "0", "0", "100 %"],
        ["!", "Mitigation, effectiveness", "1", "0", "0", "1", "0 %"],
        ["!", "Test", "1", "0", "0", "1", "0 %"],
    ]
    assert shown.figure is not None
    said = [element.text for element in ElementTree.fromstring(shown.figure.svg).iter()]
    assert "1 passed, 1 failed, 1 untested" in said
    assert "1 passed" in said


def test_without_items_there_is_no_figure() -> None:
    assert (table().rows, table().figure) == ((), None)
