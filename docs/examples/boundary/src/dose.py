"""The dose."""

import importlib

from numpy import round as rounded
from pint import Quantity


def dose(amount: Quantity, profile: str) -> float:
    """A dose for a profile of the user."""
    factor = importlib.import_module(f"profiles.{profile}").FACTOR
    return float(rounded(amount.magnitude * factor, 1))
