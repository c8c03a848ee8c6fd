"""The known anomalies with the risks behind them and their evaluation."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_soup.kinds import FIELDS
from sphinxcontrib_soup.model import Table
from tests.rules.traces import findings, item
from tests.views.shown import dossier, show, texts

EVALUATED = {"safety_impact": "No dose changes", "outcome": "no_hazard", "rationale": "The dose is right"}


def of_anomalies(*facts: object) -> Table:
    return show("anomaly-table", dossier(*facts))  # type: ignore[arg-type]


def test_an_anomaly_shows_what_it_affects_the_risks_behind_it_and_its_evaluation() -> None:
    found = {"discovered_by": "M. Tan", "discovered_on": "2026-01-02", "discovered_how": "A test of limits"}
    stated = {**found, **EVALUATED, "root_cause": "Compared too early", "workaround": "None", "residual": "yes"}
    table = of_anomalies(
        item("anomaly", "ANO_1", title="Wrong words", affects="REQ_1", **stated),
        item("requirement", "REQ_1", title="Limit"),
        item("mitigation", "RCM_1", implemented_by="REQ_1", controls="RISK_1"),
        item("risk", "RISK_1", title="Overdose"),
    )
    assert [column.name for column in table.columns if not column.optional] == [
        *("id", "residual", "discovered", "root_cause", "affects", "risks"),
        *("safety_impact", "outcome", "rationale", "workaround"),
    ]
    assert texts(table)[0][:11] == [
        *("", "ANO_1 Wrong words", "yes", "2026-01-02, M. Tan; A test of limits", "Compared too early"),
        *("REQ_1 Limit", "RISK_1 Overdose through RCM_1", "No dose changes", "no hazard", "The dose is right", "None"),
    ]
    assert table.notes == ("Stay in the release: 1 of 1.",)


def test_one_without_anything_is_a_gap_that_says_what_is_not_known() -> None:
    table = of_anomalies(item("anomaly", "ANO_1", title="Something"))
    shown = ("id", "residual", "discovered", "affects", "risks", "safety_impact", "outcome", "rationale")
    assert texts(table, *shown) == [["!", "ANO_1 Something", "yes not stated", "", "not stated", "", "", "", ""]]
    assert table.notes == ("Stay in the release: 1 of 1.", "Not shown to be acceptable: ANO_1.")


def test_what_it_affects_and_is_not_there_is_shown_by_its_id() -> None:
    table = of_anomalies(item("anomaly", "ANO_1", affects="ITEM_1 REQ_404"), item("software-item", "ITEM_1", title="A"))
    assert texts(table, "affects", "risks") == [["!", "ITEM_1 A; REQ_404", ""]]


def test_one_that_was_removed_is_listed_and_owes_nothing() -> None:
    table = of_anomalies(item("anomaly", "ANO_10", residual="no"), item("anomaly", "ANO_9", **EVALUATED))
    assert texts(table, "id", "residual") == [["", "ANO_9 ANO_9", "yes not stated"], ["", "ANO_10 ANO_10", "no"]]
    assert table.notes == ("Stay in the release: 1 of 2.",)


def test_one_that_was_found_unacceptable_is_a_gap() -> None:
    table = of_anomalies(item("anomaly", "ANO_1", **{**EVALUATED, "outcome": "unacceptable"}))
    assert texts(table, "outcome") == [["!", "unacceptable"]]


def test_every_field_and_the_description_has_a_column() -> None:
    names = {column.name for column in of_anomalies().columns}
    assert FIELDS["anomaly"].keys() | {"statement"} <= names


def test_without_anomalies_a_sentence_stands_in() -> None:
    table = of_anomalies(item("anomaly-evaluation", "EVAL_1"))
    assert (table.rows, table.notes, table.empty) == ((), (), "No anomaly is declared.")


_TEXT = st.sampled_from(["", "TBD", "It is said."])


@settings(deadline=None)
@given(_TEXT, _TEXT, st.sampled_from(["", "unacceptable", "controlled"]), st.sampled_from(["", "yes", "no"]))
def test_the_gaps_are_what_the_rule_reports(impact: str, rationale: str, outcome: str, residual: str) -> None:
    fields = {"safety_impact": impact, "rationale": rationale, "outcome": outcome, "residual": residual}
    anomaly = item("anomaly", "ANO_1", **fields)
    assert of_anomalies(anomaly).rows[0].gap == bool(findings("anomaly-unaccepted", anomaly))
