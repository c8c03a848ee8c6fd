"""Units of measure. The only importer of Pint."""

from pint import UnitRegistry

UNITS = UnitRegistry()


def grams(amount: float, unit: str) -> float:
    """An amount in grams."""
    return float(UNITS.Quantity(amount, unit).to("gram").magnitude)
