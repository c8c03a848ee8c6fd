"""The anomalies that the sample lists are in its code, and do what the list says of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample.test_sample import SAMPLE, needs_modules, needs_node, needs_soups

NOW = "2026-10-05T10:07:00+00:00"
EARLIER = "2026-10-05T08:07:00+00:00"
"""Half of an insulin action time of 4 hours before, so that half of a dose still acts."""
SETTINGS = """
unit = "mg/dL"
maximum_bolus = {maximum}
insulin_action = 4

[[segment]]
start = 00:00:00
carb_ratio = 10
sensitivity = 50
target = 100
"""
RECORD = "import sys; sys.path.insert(0, '.'); from tests.records import record; sys.stdout.write(record(100).hex())"


class Device:
    """The advisor with the files of one person, at a glucose that is on target."""

    def __init__(self, folder: Path, maximum: str) -> None:
        self.settings, self.doses = folder / "settings.toml", folder / "doses.json"
        self.settings.write_text(SETTINGS.format(maximum=maximum), encoding="utf-8")
        self.record = self.run([sys.executable, "-c", RECORD]).stdout

    def run(self, command: list[str], given: str = "", place: str = "src") -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=SAMPLE / place, input=given, capture_output=True, text=True, check=False)

    def message(self, carbohydrates: str, doses: str = "[]") -> str:
        self.doses.write_text(doses, encoding="utf-8")
        files = [str(self.settings), "--doses", str(self.doses)]
        asked = ["--record", self.record, "--carbohydrates", carbohydrates, "--now", NOW]
        return self.run([sys.executable, "-m", "bolus_advisor", *files, *asked]).stdout

    def advice(self, carbohydrates: str, doses: str = "[]") -> tuple[str, bool]:
        """The advised dose, and whether it is said to be limited."""
        message = json.loads(self.message(carbohydrates, doses))
        return message["dose"], message["limited"]

    def display(self, message: str) -> list[str]:
        return self.run(["node", "main.js", "--zone", "UTC", "--now", NOW], message, "display").stdout.splitlines()


@needs_soups
def test_ano_1_a_limit_is_announced_that_changes_nothing(tmp_path: Path) -> None:
    assert Device(tmp_path, "10.4").advice("104.5") == ("10.0", True)
    assert Device(tmp_path, "15").advice("104.5") == ("10.0", False)  # so it is the step of the pen that leads to 10 U
    assert Device(tmp_path, "10.5").advice("104.5") == ("10.0", False)  # whole and half units are not concerned


@needs_soups
@pytest.mark.parametrize("units", ["0.5", "4.5", "25.0"])
def test_ano_2_numbers_are_taken_and_change_nothing_with_doses_of_the_pen(tmp_path: Path, units: str) -> None:
    device = Device(tmp_path, "25")
    as_text, as_number = (f'[["{EARLIER}", {one}]]' for one in (f'"{units}"', units))
    assert device.message("150", as_number) == device.message("150", as_text)


@needs_soups
def test_ano_2_with_other_doses_an_advice_can_be_half_a_unit_lower(tmp_path: Path) -> None:
    device = Device(tmp_path, "25")
    assert device.advice("27", f'[["{EARLIER}", "4.4"]]') == ("0.5", False)
    assert device.advice("27", f'[["{EARLIER}", 4.4]]') == ("0.0", False)


@needs_soups
@needs_node
@needs_modules
def test_ano_3_a_torn_record_of_doses_is_said_to_be_a_fault(tmp_path: Path) -> None:
    device = Device(tmp_path, "15")
    torn = device.message("50", f'[["{EARLIER}"')
    assert device.display(torn) == ["NO ADVICE", "The advisor has a fault. Work out your dose as you were taught."]
    wrong = device.message("50", f'[["{EARLIER}", "99"]]')
    words = "Your recorded doses cannot be right. Work out your dose as you were taught."
    assert device.display(wrong) == ["NO ADVICE", words]
