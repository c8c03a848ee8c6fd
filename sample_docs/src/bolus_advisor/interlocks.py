"""The interlocks: inputs from which no dose may be computed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from bolus_advisor.meter import Reading
from bolus_advisor.refusal import Reason, Refusal

LOW = Decimal(70)  # mg/dL
PLAUSIBLE = (Decimal(20), Decimal(600))  # mg/dL
OLDEST = timedelta(minutes=10)
FURTHEST_AHEAD = timedelta(minutes=1)
MOST_CARBOHYDRATES = Decimal(200)  # g
LARGEST_DOSE = Decimal(25)  # U


def check(reading: Reading, carbohydrates: Decimal, now: datetime) -> None:
    """Refuse, or let pass; `carbohydrates` in g.

    :raises Refusal: with the first reason found
    """
    if not PLAUSIBLE[0] <= reading.mg_dl <= PLAUSIBLE[1]:
        raise Refusal(Reason.READING_IMPLAUSIBLE)
    if now - reading.measured_at > OLDEST:
        raise Refusal(Reason.READING_OLD)
    if reading.measured_at - now > FURTHEST_AHEAD:
        raise Refusal(Reason.READING_AHEAD)
    if reading.mg_dl < LOW:
        raise Refusal(Reason.READING_LOW)
    if not carbohydrates.is_finite() or not 0 <= carbohydrates <= MOST_CARBOHYDRATES:
        raise Refusal(Reason.CARBOHYDRATES_IMPLAUSIBLE)


def check_history(doses: Iterable[tuple[datetime, Decimal]], now: datetime) -> None:
    """Refuse a record of doses that cannot be true: a dose in the future, or one that the pen cannot give.

    :raises Refusal: for the first such dose
    """
    for given, units in doses:
        if given > now or not units.is_finite() or not 0 < units <= LARGEST_DOSE:
            raise Refusal(Reason.HISTORY_INCONSISTENT)
