"""What every test of the advisor shares."""

from collections.abc import Callable
from importlib.metadata import version
from platform import python_version

import pytest


@pytest.fixture(scope="session", autouse=True)
def _configuration(record_testsuite_property: Callable[[str, object], None]) -> None:
    """Note in the results what they were made with."""
    record_testsuite_property("python", python_version())
    for soup in ("construct", "sortedcontainers"):
        record_testsuite_property(soup, version(soup))


@pytest.fixture
def settings() -> str:
    """The settings of an adult."""
    return """
        unit = "mg/dL"
        maximum_bolus = 15
        insulin_action = 4

        [[segment]]
        start = 00:00:00
        carb_ratio = 12
        sensitivity = 45
        target = 110

        [[segment]]
        start = 18:00:00
        carb_ratio = 10
        sensitivity = 40
        target = 120
    """
