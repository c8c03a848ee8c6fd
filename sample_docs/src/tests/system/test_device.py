"""The whole software as it runs in the device: the advisor's message goes to the display."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from bolus_advisor.refusal import Reason

from tests.records import NOW, record

SOURCE = Path(__file__).parents[2]
DISPLAY = SOURCE.parent / "display"


def show(message: str, now: datetime = NOW) -> list[str]:
    command = ["node", "main.js", "--zone", "Europe/Berlin", "--now", now.isoformat()]
    return subprocess.run(
        command, cwd=DISPLAY, input=message, capture_output=True, text=True, check=True
    ).stdout.splitlines()


class Device:
    """The device of one person: settings and recorded doses in files."""

    def __init__(self, folder: Path, settings: str) -> None:
        self.settings = folder / "settings.toml"
        self.settings.write_text(settings, encoding="utf-8")
        self.doses = folder / "doses.json"
        self.doses.write_text("[]", encoding="utf-8")

    def compute(self, written: bytes, carbohydrates: str = "50", now: datetime = NOW) -> str:
        command = [sys.executable, "-m", "bolus_advisor", self.settings, "--doses", self.doses]
        asked = ["--record", written.hex(), "--carbohydrates", carbohydrates, "--now", now.isoformat()]
        return subprocess.run([*command, *asked], cwd=SOURCE, capture_output=True, text=True, check=True).stdout

    def ask(self, written: bytes, carbohydrates: str = "50", now: datetime = NOW) -> list[str]:
        return show(self.compute(written, carbohydrates, now), now)


@pytest.fixture
def device(tmp_path: Path, settings: str) -> Device:
    return Device(tmp_path, settings)


@pytest.mark.verifies("SYS_1", "SYS_5", "SYS_6")
def test_a_meal_gets_its_dose(device: Device) -> None:
    assert device.ask(record(180)) == [
        "ADVICE: 5.5 U",
        "meal 4.17 U, correction 1.56 U",
        "still acting 0.00 U",
        "glucose 180 mg/dL at 12:05",
    ]


@pytest.mark.verifies("SYS_2")
def test_insulin_that_still_acts_is_taken_off(device: Device) -> None:
    given = NOW - timedelta(minutes=150)
    device.doses.write_text(json.dumps([[given.isoformat(), "4"]]), encoding="utf-8")
    assert device.ask(record(180))[:3] == ["ADVICE: 4.0 U", "meal 4.17 U, correction 1.56 U", "still acting 1.50 U"]


@pytest.mark.verifies("SYS_3", "SYS_6")
@pytest.mark.parametrize(
    ("written", "words"),
    [
        (record(69), "Your glucose is low. Treat it first, then measure again."),
        (record(measured=NOW - timedelta(minutes=11)), "Your reading is more than 10 minutes old. Measure again."),
        (record(601), "The reading is not plausible. Wash your hands and measure again."),
        (record()[:-1], "The meter's record was damaged on its way. Send it again."),
    ],
    ids=["low", "old", "implausible", "damaged"],
)
def test_an_unsafe_reading_gets_no_dose(device: Device, written: bytes, words: str) -> None:
    assert device.ask(written) == ["NO ADVICE", words]


@pytest.mark.verifies("SYS_4")
def test_a_large_meal_gets_the_maximum_and_is_told_so(device: Device) -> None:
    shown = device.ask(record(400), "200")
    assert (shown[0], shown[-1]) == ("ADVICE: 15.0 U", "Limited to your maximum bolus.")


@pytest.mark.verifies("SYS_7")
def test_a_person_used_to_mmol_l_sees_mmol_l(device: Device, settings: str) -> None:
    device.settings.write_text(settings.replace("mg/dL", "mmol/L"), encoding="utf-8")
    assert device.ask(record(100, unit=2))[3] == "glucose 10.0 mmol/L at 12:05"
    assert device.ask(record(180))[3] == "glucose 10.0 mmol/L at 12:05"


@pytest.mark.verifies("SYS_3", "SYS_6")
@pytest.mark.parametrize("reason", Reason)
def test_the_display_has_words_for_each_reason(reason: Reason) -> None:
    message = {"outcome": "refused", "computed_at": NOW.isoformat(), "reason": reason.value}
    first, words = show(json.dumps(message))
    assert first == "NO ADVICE"
    assert "fault" not in words


@pytest.mark.verifies("SYS_6")
def test_an_advice_that_nobody_acted_on_disappears(device: Device) -> None:
    message = device.compute(record(180))
    assert show(message, NOW + timedelta(minutes=5))[0] == "ADVICE: 5.5 U"
    assert show(message, NOW + timedelta(minutes=6)) == ["NO ADVICE", "The advice has expired. Ask for a new one."]


@pytest.mark.verifies("TC_7")
@pytest.mark.parametrize("carbohydrates", ["0", "6", "12", "54", "114", "180"])
def test_the_dose_on_the_display_is_the_dose_that_was_computed(device: Device, carbohydrates: str) -> None:
    expected = Decimal(carbohydrates) / 12
    assert device.ask(record(110), carbohydrates)[0] == f"ADVICE: {expected:.1f} U"
