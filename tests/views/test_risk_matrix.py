"""The risk matrix: which risks stand where before and after control, and its figure."""

from __future__ import annotations

from xml.etree import ElementTree

from sphinxcontrib_soup.model import Item, Table
from tests.rules.traces import HOSTILE, item
from tests.views.shown import dossier, show, texts


def table(*facts: object) -> Table:
    return show("risk-matrix", dossier(*facts))  # type: ignore[arg-type]


def risk(id_: str = "RISK_1", **options: str) -> Item:
    return item("risk", id_, title="Overdose", **{"severity": "serious", "probability": "often", **options})


CONTROL = item("mitigation", "RCM_1", title="Units are types", controls="RISK_1")


def drawn(shown: Table) -> list[str]:
    """The texts of the figure, the most probable row first."""
    assert shown.figure is not None
    return [element.text or "" for element in ElementTree.fromstring(shown.figure.svg).iter() if element.text]


def test_a_risk_stands_in_its_cell_before_and_after_control() -> None:
    shown = table(risk(residual_severity="serious", residual_probability="rare"), CONTROL)
    assert [column.title for column in shown.columns] == ["Probability", "minor", "serious"]
    assert texts(shown) == [
        ["", "often", "acceptable", "unacceptable; before control: RISK_1"],
        ["", "rare", "acceptable", "investigate; after control: RISK_1"],
    ]
    assert {"1 → 0", "0 → 1"} <= set(drawn(shown))
    assert drawn(shown).count("unacceptable") == 1


def test_a_risk_that_nothing_controls_stays_where_it_is_and_is_a_gap_where_that_is_unacceptable() -> None:
    assert [row[0] for row in texts(table(risk()))] == ["!", ""]
    assert [row[0] for row in texts(table(risk(benefit_risk="Nothing else helps.")))] == ["", ""]
    assert "1 → 1" in drawn(table(risk()))


def test_a_risk_without_an_estimate_is_said_to_stand_in_no_cell() -> None:
    shown = table(risk(), CONTROL, risk("RISK_10", probability=""), risk("RISK_2", severity="grave"))
    assert "In no cell before control, for lack of an estimate: RISK_2, RISK_10." in shown.notes
    assert "In no cell after control, for lack of an estimate: RISK_1, RISK_2, RISK_10." in shown.notes


def test_without_a_risk_there_is_neither_table_nor_figure() -> None:
    assert (table().rows, table().figure) == ((), None)


def test_texts_of_authors_cannot_break_the_figure() -> None:
    shown = show("risk-matrix", dossier(risk(severity=HOSTILE)))
    assert drawn(shown)
