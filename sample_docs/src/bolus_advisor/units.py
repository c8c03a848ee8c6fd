"""Glucose concentrations: held in mg/dL, read and shown in the unit that the person is used to."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MG_DL_PER_MMOL_L = Decimal("18.016")  # molar mass of glucose: 180.16 g/mol


class Unit(StrEnum):
    MG_DL = "mg/dL"
    MMOL_L = "mmol/L"


def to_mg_dl(value: Decimal, unit: Unit) -> Decimal:
    return value if unit is Unit.MG_DL else value * MG_DL_PER_MMOL_L


def shown(mg_dl: Decimal, unit: Unit) -> str:
    """The number as meters show it: whole mg/dL, tenths of mmol/L, halves rounded up."""
    if unit is Unit.MG_DL:
        return str(mg_dl.quantize(Decimal(1), ROUND_HALF_UP))
    return str((mg_dl / MG_DL_PER_MMOL_L).quantize(Decimal("0.1"), ROUND_HALF_UP))
