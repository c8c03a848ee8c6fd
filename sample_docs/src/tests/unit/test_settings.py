from datetime import time, timedelta
from decimal import Decimal

import pytest
from bolus_advisor.refusal import Reason, Refusal
from bolus_advisor.settings import RANGES, Segment, parse
from bolus_advisor.units import Unit


@pytest.mark.verifies("REQ_3", "REQ_6")
def test_settings_are_read_exactly(settings: str) -> None:
    found = parse(settings.replace("maximum_bolus = 15", "maximum_bolus = 12.1"))
    assert (found.unit, found.maximum_bolus, found.insulin_action) == (Unit.MG_DL, Decimal("12.1"), timedelta(hours=4))
    assert found.segments.at(time(12)) == Segment(Decimal(12), Decimal(45), Decimal(110))
    assert found.segments.at(time(18)) == Segment(Decimal(10), Decimal(40), Decimal(120))


@pytest.mark.verifies("REQ_10")
@pytest.mark.parametrize("name", RANGES)
def test_each_setting_is_held_to_its_range(settings: str, name: str) -> None:
    least, greatest = RANGES[name]
    written = next(line.strip() for line in settings.splitlines() if line.strip().startswith(name))
    for value in (least, greatest):
        parse(settings.replace(written, f"{name} = {value}"))
    for value in (least - Decimal("0.01"), greatest + Decimal("0.01"), -1, "nan", "inf", "true", '"12"'):
        assert reason(settings.replace(written, f"{name} = {value}")) is Reason.SETTINGS_REFUSED


@pytest.mark.verifies("REQ_10")
@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("start = 00:00:00", "start = 00:00:01"),  # the day is not covered
        ("start = 18:00:00", "start = 00:00:00"),  # two segments for one time
        ("start = 18:00:00", 'start = "18:00"'),
        ("maximum_bolus = 15", ""),
        ("maximum_bolus = 15", "maximum_bolus = 15\nmaximum_basal = 2"),
        ('unit = "mg/dL"', 'unit = "g/L"'),
        ("carb_ratio = 12", ""),
        ("target = 110", "target = 110\ntarget_high = 140"),
        ("[[segment]]", ""),
        ("[[segment]]", "[["),
    ],
)
def test_settings_that_are_not_whole_are_refused(settings: str, written: str, instead: str) -> None:
    assert written in settings
    assert reason(settings.replace(written, instead)) is Reason.SETTINGS_REFUSED


@pytest.mark.verifies("TC_5")
@pytest.mark.parametrize("name", ["insulin_action", "carb_ratio", "sensitivity", "target"])
def test_a_slip_of_the_decimal_point_towards_more_insulin_is_refused(settings: str, name: str) -> None:
    for written in (line.strip() for line in settings.splitlines() if line.strip().startswith(name)):
        slipped = Decimal(written.split()[-1]) / 10
        assert reason(settings.replace(written, f"{name} = {slipped}")) is Reason.SETTINGS_REFUSED


@pytest.mark.verifies("TC_5")
def test_a_slip_of_the_decimal_point_in_the_maximum_bolus_is_refused(settings: str) -> None:
    assert reason(settings.replace("maximum_bolus = 15", "maximum_bolus = 150")) is Reason.SETTINGS_REFUSED


def reason(settings: str) -> Reason:
    with pytest.raises(Refusal) as refused:
        parse(settings)
    return refused.value.reason
