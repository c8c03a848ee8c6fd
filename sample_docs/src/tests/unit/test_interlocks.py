from datetime import timedelta
from decimal import Decimal

import pytest
from bolus_advisor.interlocks import check, check_history
from bolus_advisor.meter import Reading
from bolus_advisor.refusal import Reason, Refusal

from tests.records import NOW


def reason(mg_dl: str = "180", carbohydrates: str = "50", age: timedelta = timedelta(minutes=2)) -> Reason | None:
    try:
        check(Reading(Decimal(mg_dl), NOW - age), Decimal(carbohydrates), NOW)
    except Refusal as refusal:
        return refusal.reason
    return None


@pytest.mark.verifies("REQ_7")
@pytest.mark.parametrize(("mg_dl", "refused"), [("20", True), ("69.9", True), ("70", False), ("180", False)])
def test_a_low_glucose_is_refused(mg_dl: str, refused: bool) -> None:
    assert reason(mg_dl) == (Reason.READING_LOW if refused else None)


@pytest.mark.verifies("REQ_8")
@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(minutes=10), None),
        (timedelta(minutes=10, seconds=1), Reason.READING_OLD),
        (timedelta(days=365), Reason.READING_OLD),
        (timedelta(minutes=-1), None),
        (timedelta(minutes=-1, seconds=-1), Reason.READING_AHEAD),
    ],
)
def test_a_reading_of_another_time_is_refused(age: timedelta, expected: Reason | None) -> None:
    assert reason(age=age) == expected


@pytest.mark.verifies("REQ_9")
@pytest.mark.parametrize(
    ("mg_dl", "refused"), [("0", True), ("19.9", True), ("600", False), ("600.1", True), ("65535", True)]
)
def test_an_implausible_reading_is_refused(mg_dl: str, refused: bool) -> None:
    assert reason(mg_dl) == (Reason.READING_IMPLAUSIBLE if refused else None)


@pytest.mark.verifies("REQ_9")
@pytest.mark.parametrize(
    ("carbohydrates", "refused"),
    [("-0.1", True), ("0", False), ("200", False), ("200.1", True), ("NaN", True), ("Infinity", True)],
)
def test_implausible_carbohydrates_are_refused(carbohydrates: str, refused: bool) -> None:
    assert reason(carbohydrates=carbohydrates) == (Reason.CARBOHYDRATES_IMPLAUSIBLE if refused else None)


@pytest.mark.verifies("REQ_12")
@pytest.mark.parametrize(
    ("minutes", "units"), [(1, "4"), (-5, "0"), (-5, "-4"), (-5, "25.5"), (-5, "NaN"), (-5, "Infinity")]
)
def test_a_recorded_dose_that_cannot_be_true_is_refused(minutes: int, units: str) -> None:
    sound = (NOW, Decimal("0.5"))
    check_history([sound], NOW)
    with pytest.raises(Refusal) as refused:
        check_history([sound, (NOW + timedelta(minutes=minutes), Decimal(units))], NOW)
    assert refused.value.reason is Reason.HISTORY_INCONSISTENT
