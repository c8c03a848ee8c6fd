"""The person's settings, as the care team entered them: a TOML file, checked before anything is computed from it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal

from bolus_advisor.refusal import Reason, Refusal
from bolus_advisor.timeline import Timeline
from bolus_advisor.units import Unit

RANGES = {
    "maximum_bolus": (Decimal("0.5"), Decimal(25)),  # U
    "insulin_action": (Decimal(2), Decimal(8)),  # h
    "carb_ratio": (Decimal(2), Decimal(100)),  # g/U
    "sensitivity": (Decimal(10), Decimal(400)),  # mg/dL per U
    "target": (Decimal(80), Decimal(180)),  # mg/dL
}


@dataclass(frozen=True)
class Segment:
    """What holds from one time of day to the next: g/U, mg/dL per U, mg/dL."""

    carb_ratio: Decimal
    sensitivity: Decimal
    target: Decimal


@dataclass(frozen=True)
class Settings:
    unit: Unit
    maximum_bolus: Decimal
    insulin_action: timedelta
    segments: Timeline[time, Segment]


def parse(text: str) -> Settings:
    """The settings in a TOML text.

    :raises Refusal: if anything is missing, unknown, or outside its range, or the day is not covered from 00:00
    """
    try:
        written = tomllib.loads(text, parse_float=Decimal)
        _only(written, {"unit", "maximum_bolus", "insulin_action", "segment"})
        segments = [_segment(one) for one in written["segment"]]
        starts = [start for start, _ in segments]
        if time(0) not in starts or len(set(starts)) != len(starts):
            raise ValueError("the segments must start at 00:00 and at different times")
        return Settings(
            unit=Unit(written["unit"]),
            maximum_bolus=_number(written, "maximum_bolus"),
            insulin_action=timedelta(seconds=int(_number(written, "insulin_action") * 3600)),
            segments=Timeline(segments),
        )
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise Refusal(Reason.SETTINGS_REFUSED) from error


def _segment(written: Mapping[str, object]) -> tuple[time, Segment]:
    _only(written, {"start", "carb_ratio", "sensitivity", "target"})
    start = written["start"]
    if not isinstance(start, time):
        raise TypeError("the start of a segment must be a time of day")
    numbers = {name: _number(written, name) for name in ("carb_ratio", "sensitivity", "target")}
    return start, Segment(**numbers)


def _number(written: Mapping[str, object], name: str) -> Decimal:
    value = written[name]
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError(f"{name} must be a number")
    least, greatest = RANGES[name]
    if not least <= value <= greatest:
        raise ValueError(f"{name} must be {least} to {greatest}")
    return Decimal(value)


def _only(written: Mapping[str, object], known: set[str]) -> None:
    if unknown := set(written) - known:
        raise ValueError(f"unknown settings: {sorted(unknown)}")
