"""The dose. Computed in exact fractions and rounded once, at the end, so that no rounding error can add up.

An example, not for clinical use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from bolus_advisor.settings import Segment

STEP = Fraction(1, 2)  # U, the step of the pen


@dataclass(frozen=True)
class Dose:
    """An advised dose and the parts that it was computed from, in U."""

    advised: Fraction
    meal: Fraction
    correction: Fraction
    on_board: Fraction
    limited: bool


def exact(value: Decimal) -> Fraction:
    """A number as an exact fraction; a binary floating-point number is refused, as it may have lost digits before."""
    if not isinstance(value, Decimal):
        raise TypeError(f"a dose is computed from decimal numbers alone, not from {type(value).__name__}")
    return Fraction(value)


def on_board(doses: Iterable[tuple[datetime, Decimal]], now: datetime, action: timedelta) -> Fraction:
    """The insulin that still acts, in U: of each dose a share, falling in a straight line to none after `action`."""
    left = (exact(units) * max(1 - _ratio(now - given, action), Fraction(0)) for given, units in doses)
    return sum(left, Fraction(0))


def compute(mg_dl: Decimal, carbohydrates: Decimal, segment: Segment, active: Fraction, maximum_bolus: Decimal) -> Dose:
    """The dose for `carbohydrates` in g at a glucose of `mg_dl`, with `active` U of earlier insulin still at work."""
    meal = exact(carbohydrates) / exact(segment.carb_ratio)
    correction = (exact(mg_dl) - exact(segment.target)) / exact(segment.sensitivity)
    wanted = meal + correction - active
    limited = wanted > exact(maximum_bolus)
    permitted = exact(maximum_bolus) if limited else max(wanted, Fraction(0))
    return Dose(permitted // STEP * STEP, meal, correction, active, limited)


def _ratio(part: timedelta, whole: timedelta) -> Fraction:
    microsecond = timedelta(microseconds=1)
    return Fraction(part // microsecond, whole // microsecond)
