import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from bolus_advisor.advisor import Message, Request, answer

from tests.records import NOW, record

Doses = Sequence[tuple[datetime, Decimal]]
EARLIER = [(NOW - timedelta(minutes=150), Decimal(4))]


def ask(settings: str, written: bytes, carbohydrates: str = "50", doses: Doses = (), now: datetime = NOW) -> Message:
    return answer(Request(settings, written, Decimal(carbohydrates), doses, now))


@pytest.mark.verifies("REQ_1", "REQ_2", "REQ_4", "REQ_5")
def test_the_message_holds_the_dose_its_parts_and_the_reading(settings: str) -> None:
    assert ask(settings, record(180), doses=EARLIER) == {
        "outcome": "advised",
        "computed_at": "2026-10-05T10:07:00+00:00",
        "dose": "4.0",
        "meal": "4.17",
        "correction": "1.56",
        "on_board": "1.50",
        "limited": False,
        "glucose": "180",
        "unit": "mg/dL",
        "measured_at": "2026-10-05T10:05:00+00:00",
    }


@pytest.mark.verifies("REQ_3")
def test_the_settings_are_those_of_the_persons_own_time_of_day(settings: str) -> None:
    evening = NOW.astimezone(timezone(timedelta(hours=8)))  # 18:07 there
    assert ask(settings, record(120), now=evening)["meal"] == "5.00"
    assert ask(settings, record(120), now=NOW)["meal"] == "4.17"


@pytest.mark.verifies("REQ_15")
def test_the_reading_is_told_in_the_persons_unit(settings: str) -> None:
    message = ask(settings.replace("mg/dL", "mmol/L"), record(100, unit=2))
    assert (message["glucose"], message["unit"]) == ("10.0", "mmol/L")


@pytest.mark.verifies("REQ_7", "REQ_8", "REQ_9", "REQ_10", "REQ_12", "REQ_14")
@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"written": record(69)}, "reading-low"),
        ({"now": NOW + timedelta(minutes=9)}, "reading-old"),
        ({"now": NOW - timedelta(minutes=4)}, "reading-ahead"),
        ({"written": record(601)}, "reading-implausible"),
        ({"carbohydrates": "201"}, "carbohydrates-implausible"),
        ({"written": b""}, "record-damaged"),
        ({"written": record(flags=1)}, "record-control-solution"),
        ({"settings": ""}, "settings-refused"),
        ({"doses": [(NOW + timedelta(hours=1), Decimal(4))]}, "history-inconsistent"),
    ],
)
def test_a_refusal_holds_its_reason_and_no_number(settings: str, changed: dict[str, object], reason: str) -> None:
    asked: dict[str, object] = {"settings": settings, "written": record(), **changed}
    message = ask(**asked)  # type: ignore[arg-type]
    assert set(message) == {"outcome", "computed_at", "reason"}
    assert (message["outcome"], message["reason"]) == ("refused", reason)


@pytest.mark.verifies("REQ_6")
def test_the_message_is_text_and_truth_values_alone(settings: str) -> None:
    assert {type(value) for value in json.loads(json.dumps(ask(settings, record()))).values()} == {str, bool}


@pytest.mark.verifies("TC_1")
def test_corrections_one_after_another_do_not_stack(settings: str) -> None:
    doses: list[tuple[datetime, Decimal]] = []
    for minutes in range(0, 24 * 60, 5):
        now = NOW.replace(hour=0, minute=0) + timedelta(minutes=minutes)
        message = ask(settings, record(290, measured=now), "0", doses, now)
        acting = Decimal(str(message["on_board"])) + Decimal(str(message["dose"]))
        assert acting <= Decimal(str(message["correction"]))
        if message["dose"] != "0.0":
            doses.append((now, Decimal(str(message["dose"]))))
    assert len(doses) > 1


@pytest.mark.verifies("TC_6")
@pytest.mark.parametrize("maximum", ["0.5", "7.8", "25"])
def test_no_input_gives_more_than_the_maximum_bolus(settings: str, maximum: str) -> None:
    extreme = settings.replace("maximum_bolus = 15", f"maximum_bolus = {maximum}").replace(
        "carb_ratio = 12", "carb_ratio = 2"
    )
    for mg_dl in range(70, 601, 53):
        for carbohydrates in range(0, 201, 20):
            message = ask(extreme, record(mg_dl), str(carbohydrates))
            assert Decimal(str(message["dose"])) <= Decimal(maximum)


@pytest.mark.verifies("TC_4")
def test_no_low_or_old_reading_gives_a_dose(settings: str) -> None:
    for mg_dl in range(70):
        assert ask(settings, record(mg_dl))["outcome"] == "refused"
    for minutes in [*range(-120, -1), *range(11, 24 * 60, 7)]:
        assert ask(settings, record(measured=NOW - timedelta(minutes=minutes)))["outcome"] == "refused"
