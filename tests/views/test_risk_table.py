"""The risk table: each risk from hazard to harm, what controls it, and what is open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import Badge, Item, Outcome, Table, Tone
from sphinxcontrib_soup.tables import narrowed
from tests.rules.traces import HOSTILE, MATRIX, item, result, settings
from tests.views.shown import dossier, show, texts

HAZARD = item("hazard", "HAZ_1", title="Wrong dose")
REQUIREMENT = item("requirement", "REQ_1", title="Check the unit")
TEST = item("test", "TC_1", title="Units", verifies_effectiveness="RCM_1")
VERIFIED = (REQUIREMENT, TEST, result("t", Outcome.PASSED, "REQ_1"), result("e", Outcome.PASSED, "TC_1"))


def table(*facts: object) -> Table:
    return show("risk-table", dossier(*facts))  # type: ignore[arg-type]


def risk(**options: str) -> Item:
    stated = {"severity": "serious", "probability": "often", "arises_from": "HAZ_1", **options}
    return item("risk", "RISK_1", title="Overdose", **{name: text for name, text in stated.items() if text})


def mitigation(**options: str) -> Item:
    stated = {"controls": "RISK_1", "implemented_by": "REQ_1", "control_type": "protective_measure", **options}
    return item("mitigation", "RCM_1", title="Units are types", **stated)


def test_a_risk_shows_its_sequence_its_estimates_and_what_controls_it() -> None:
    shown = table(
        HAZARD,
        risk(
            sequence="a unit is misread",
            situation="the patient gets too much",
            harm="hypoglycaemia",
            residual_severity="serious",
            residual_probability="rare",
        ),
        item("cause", "CAUSE_1", title="Free text", contributes_to="RISK_1"),
        mitigation(),
        item("mitigation", "RCM_2", title="Warn", controls="CAUSE_1", control_type="information_for_safety"),
        *VERIFIED,
    )
    assert texts(narrowed(shown)) == [
        [
            "!",
            "RISK_1 Overdose",
            "HAZ_1 Wrong dose",
            "a unit is misread",
            "the patient gets too much",
            "hypoglycaemia",
            "serious",
            "often",
            "unacceptable",
            "CAUSE_1 Free text",
            "RCM_1 Units are types (protective measure) implementation passed effectiveness passed; "
            "RCM_2 Warn (information for safety) at CAUSE_1 implementation untested effectiveness untested",
            "serious",
            "rare",
            "investigate",
        ]
    ]
    assert shown.notes == ("Before control: 1 unacceptable.", "After control: 1 investigate.")
    assert [column.name for column in shown.columns if column.optional] == [
        "p1",
        "p2",
        "benefit_risk",
        "disclose_in_ifu",
        "security_origin",
    ]


CONTROLLED = {"residual_severity": "serious", "residual_probability": "rare"}


@pytest.mark.parametrize(
    ("facts", "gap"),
    [
        ((risk(severity="minor"), HAZARD), False),
        ((risk(severity="minor", arises_from=""), HAZARD), True),
        ((risk(severity="minor", probability="weekly"), HAZARD), True),
        ((risk(severity=""), HAZARD), True),
        ((risk(), HAZARD), True),
        ((risk(probability="rare"), HAZARD), True),
        ((risk(), HAZARD, mitigation(), *VERIFIED), True),
        ((risk(**CONTROLLED), HAZARD, mitigation(), *VERIFIED), False),
        ((risk(**CONTROLLED), HAZARD, mitigation(), REQUIREMENT, TEST), True),
        ((risk(**CONTROLLED), HAZARD, mitigation(), *VERIFIED, result("e2", Outcome.FAILED, "TC_1")), True),
        ((risk(residual_severity="serious", residual_probability="often"), HAZARD, mitigation(), *VERIFIED), True),
        (
            (
                risk(residual_severity="serious", residual_probability="often", benefit_risk="it saves lives"),
                HAZARD,
                mitigation(),
                *VERIFIED,
            ),
            False,
        ),
        ((risk(residual_severity="serious", benefit_risk="it saves lives"), HAZARD, mitigation(), *VERIFIED), True),
    ],
    ids=[
        "acceptable",
        "from no hazard",
        "off the scale",
        "not estimated",
        "unacceptable and uncontrolled",
        "to investigate and uncontrolled",
        "controlled but not estimated anew",
        "controlled and verified",
        "mitigation unverified",
        "mitigation not effective",
        "unacceptable after control",
        "unacceptable but outweighed",
        "outweighed but not estimated",
    ],
)
def test_what_makes_a_row_a_gap(facts: tuple[object, ...], gap: bool) -> None:
    assert table(*facts).rows[0].gap is gap


def test_the_acceptability_is_computed_and_signed() -> None:
    columns = ("initial", "residual")
    assert texts(table(risk(), HAZARD), *columns) == [["!", "unacceptable", ""]]
    assert texts(table(risk(), HAZARD, mitigation()), *columns) == [["!", "unacceptable", "undetermined"]]
    assert texts(table(risk(severity=""), HAZARD), *columns) == [["!", "undetermined", ""]]
    signs = [table(risk(severity=severity), HAZARD).rows[0].cells[7][0][0] for severity in ("minor", "serious", "")]
    assert signs == [
        Badge("acceptable", Tone.GOOD),
        Badge("unacceptable", Tone.BAD),
        Badge("undetermined", Tone.OPEN),
    ]


def test_a_mitigation_that_controls_directly_and_through_a_cause_is_shown_once() -> None:
    shown = table(
        HAZARD,
        risk(),
        item("cause", "CAUSE_1", contributes_to="RISK_1"),
        replace(mitigation(), links={"controls": ("CAUSE_1", "RISK_1")}),
    )
    assert texts(shown, "mitigations") == [
        ["!", "RCM_1 Units are types (protective measure) implementation untested effectiveness untested"]
    ]


def test_a_hazard_without_a_risk_and_a_risk_without_a_hazard_are_gaps() -> None:
    shown = table(HAZARD, item("cause", "CAUSE_9", arises_from="HAZ_1"), risk(severity="minor", arises_from=""))
    assert texts(shown, "id", "hazard", "initial") == [
        ["!", "RISK_1 Overdose", "arises from nothing", "acceptable"],
        ["!", "no risk", "HAZ_1 Wrong dose", ""],
    ]


def test_severities_sort_by_their_scale() -> None:
    facts = [
        HAZARD,
        *(
            item("risk", f"RISK_{number}", severity=severity, arises_from="HAZ_1")
            for number, severity in enumerate(("serious", "minor", "", "serious"))
        ),
    ]
    ordered = narrowed(table(*facts), columns=["severity"], sort=["-severity"])
    assert [row[1] for row in texts(ordered)] == ["serious", "serious", "minor", ""]


def test_an_example_matrix_is_named_as_one() -> None:
    stated = settings(matrix=replace(MATRIX, stated=False))
    notes = show("risk-table", dossier(risk(severity="minor"), HAZARD, stated=stated)).notes
    assert notes == (
        "Acceptability is that of an example matrix: state your own criteria in soup_risk_matrix.",
        "Before control: 1 acceptable.",
    )


def test_nothing_is_said() -> None:
    assert table().empty == "There is no hazard and no risk."
    assert table().notes == ()


def test_hostile_text_is_kept_as_it_is() -> None:
    assert texts(table(risk(harm=HOSTILE), HAZARD), "harm") == [["!", "; ".join(HOSTILE.splitlines())]]
