from decimal import Decimal

import pytest
from bolus_advisor.units import Unit, shown, to_mg_dl


@pytest.mark.verifies("REQ_15")
@pytest.mark.parametrize(
    ("value", "unit", "mg_dl"), [("120", "mg/dL", "120"), ("10", "mmol/L", "180.16"), ("3.9", "mmol/L", "70.2624")]
)
def test_a_value_is_held_in_mg_dl(value: str, unit: str, mg_dl: str) -> None:
    assert to_mg_dl(Decimal(value), Unit(unit)) == Decimal(mg_dl)


@pytest.mark.verifies("REQ_15")
@pytest.mark.parametrize(
    ("mg_dl", "unit", "text"),
    [
        ("119.5", "mg/dL", "120"),
        ("119.49", "mg/dL", "119"),
        ("180.16", "mmol/L", "10.0"),
        ("70", "mmol/L", "3.9"),
        ("600", "mmol/L", "33.3"),
    ],
)
def test_a_value_is_shown_as_meters_show_it(mg_dl: str, unit: str, text: str) -> None:
    assert shown(Decimal(mg_dl), Unit(unit)) == text


@pytest.mark.verifies("REQ_15")
def test_each_value_that_a_meter_writes_in_mmol_l_is_shown_unchanged() -> None:
    for tenths in range(11, 334):
        written = Decimal(tenths) / 10
        assert Decimal(shown(to_mg_dl(written, Unit.MMOL_L), Unit.MMOL_L)) == written
