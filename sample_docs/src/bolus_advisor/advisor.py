"""The advisor: the order of the steps from a request to the message that the display shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bolus_advisor import dose, interlocks, meter, settings
from bolus_advisor.refusal import Refusal
from bolus_advisor.timeline import Timeline
from bolus_advisor.units import shown

Message = Mapping[str, str | bool]


@dataclass(frozen=True)
class Request:
    """What the person asks: the meter's record, the carbohydrates of the meal in g, the doses given so far in U."""

    settings: str
    record: bytes
    carbohydrates: Decimal
    doses: Sequence[tuple[datetime, Decimal]]
    now: datetime


def answer(request: Request) -> Message:
    """The message to the display: an advised dose with its parts, or the reason why there is none."""
    computed_at = request.now.isoformat(timespec="seconds")
    try:
        return {"outcome": "advised", "computed_at": computed_at, **_advise(request)}
    except Refusal as refusal:
        return {"outcome": "refused", "computed_at": computed_at, "reason": refusal.reason.value}


def _advise(request: Request) -> Message:
    person = settings.parse(request.settings)
    reading = meter.read(request.record)
    interlocks.check(reading, request.carbohydrates, request.now)
    interlocks.check_history(request.doses, request.now)
    acting = Timeline(request.doses).between(request.now - person.insulin_action, request.now)
    active = dose.on_board(acting, request.now, person.insulin_action)
    segment = person.segments.at(request.now.time())
    computed = dose.compute(reading.mg_dl, request.carbohydrates, segment, active, person.maximum_bolus)
    return {
        "dose": _text(computed.advised, "0.1"),
        "meal": _text(computed.meal, "0.01"),
        "correction": _text(computed.correction, "0.01"),
        "on_board": _text(computed.on_board, "0.01"),
        "limited": computed.limited,
        "glucose": shown(reading.mg_dl, person.unit),
        "unit": person.unit.value,
        "measured_at": reading.measured_at.isoformat(timespec="seconds"),
    }


def _text(number: Fraction, step: str) -> str:
    rounded = (Decimal(number.numerator) / number.denominator).quantize(Decimal(step), ROUND_HALF_UP)
    return str(rounded + 0)  # never "-0.00"
