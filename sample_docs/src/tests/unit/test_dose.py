from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from bolus_advisor.dose import Dose, compute, exact, on_board
from bolus_advisor.settings import Segment

from tests.records import NOW

NOON = Segment(carb_ratio=Decimal(12), sensitivity=Decimal(45), target=Decimal(110))
ACTION = timedelta(hours=4)


def dose(mg_dl: str, carbohydrates: str, active: Fraction = Fraction(0), maximum: str = "15") -> Dose:
    return compute(Decimal(mg_dl), Decimal(carbohydrates), NOON, active, Decimal(maximum))


@pytest.mark.verifies("REQ_1")
@pytest.mark.parametrize(("carbohydrates", "units"), [("0", "0"), ("12", "1"), ("50", "25/6"), ("199.9", "1999/120")])
def test_the_meal_part_is_carbohydrates_by_carb_ratio(carbohydrates: str, units: str) -> None:
    assert dose("110", carbohydrates).meal == Fraction(units)


@pytest.mark.verifies("REQ_2")
@pytest.mark.parametrize(
    ("mg_dl", "units"), [("110", "0"), ("155", "1"), ("180", "14/9"), ("100", "-2/9"), ("70", "-8/9")]
)
def test_the_correction_is_the_distance_from_target_by_sensitivity(mg_dl: str, units: str) -> None:
    assert dose(mg_dl, "0").correction == Fraction(units)


@pytest.mark.verifies("REQ_4")
def test_the_dose_is_the_sum_of_its_parts_less_what_still_acts() -> None:
    assert dose("180", "50", Fraction("1.5")) == Dose(
        advised=Fraction(4), meal=Fraction(25, 6), correction=Fraction(14, 9), on_board=Fraction("1.5"), limited=False
    )


@pytest.mark.verifies("REQ_4")
@pytest.mark.parametrize(
    ("carbohydrates", "advised"),
    [("5.9", "0"), ("6", "0.5"), ("11.9", "0.5"), ("12", "1"), ("17.9", "1"), ("18", "1.5")],
)
def test_the_dose_is_rounded_down_to_half_units(carbohydrates: str, advised: str) -> None:
    assert dose("110", carbohydrates).advised == Fraction(advised)


@pytest.mark.verifies("REQ_4")
@pytest.mark.parametrize(("mg_dl", "active"), [("70", "0"), ("110", "3"), ("180", "10")])
def test_the_dose_is_never_below_nothing(mg_dl: str, active: str) -> None:
    assert dose(mg_dl, "0", Fraction(active)).advised == 0


@pytest.mark.verifies("REQ_6")
def test_thirds_that_make_a_whole_unit_make_a_whole_unit() -> None:
    assert dose("140", "4").advised == 1  # 4/12 + 30/45


@pytest.mark.verifies("REQ_6")
def test_on_a_fine_grid_the_dose_is_what_whole_numbers_give() -> None:
    for carbohydrates in range(0, 2001, 7):  # tenths of a gram
        for mg_dl in range(70, 601, 13):
            in_1800_parts = carbohydrates * 15 + (mg_dl - 110) * 40  # of a unit
            expected = min(max(in_1800_parts // 900, 0), 30)  # halves of a unit
            assert dose(str(mg_dl), str(Decimal(carbohydrates) / 10)).advised == Fraction(expected, 2)


@pytest.mark.verifies("REQ_6")
@pytest.mark.parametrize("value", [0.1, 1, "1"])
def test_what_is_no_decimal_number_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        exact(value)  # type: ignore[arg-type]


@pytest.mark.verifies("REQ_5")
@pytest.mark.parametrize(
    ("minutes", "left"), [(0, "4"), (60, "3"), (150, "1.5"), (239, "1/60"), (240, "0"), (241, "0"), (6000, "0")]
)
def test_a_dose_acts_along_a_straight_line(minutes: int, left: str) -> None:
    assert on_board([(NOW - timedelta(minutes=minutes), Decimal(4))], NOW, ACTION) == Fraction(left)


@pytest.mark.verifies("REQ_5")
def test_doses_that_still_act_add_up() -> None:
    doses = [(NOW - timedelta(hours=hours), Decimal(units)) for hours, units in [(1, 4), (1, 4), (3, 2), (5, 10)]]
    assert on_board(doses, NOW, ACTION) == Fraction("6.5")


@pytest.mark.verifies("REQ_11")
@pytest.mark.parametrize(
    ("carbohydrates", "maximum", "advised", "limited"),
    [
        ("180", "15", "15", False),
        ("180.1", "15", "15", True),
        ("200", "15", "15", True),
        ("200", "7.8", "7.5", True),
        ("6", "0.5", "0.5", False),
    ],
)
def test_the_dose_stays_within_the_maximum_bolus(carbohydrates: str, maximum: str, advised: str, limited: bool) -> None:
    computed = dose("110", carbohydrates, maximum=maximum)
    assert (computed.advised, computed.limited) == (Fraction(advised), limited)
