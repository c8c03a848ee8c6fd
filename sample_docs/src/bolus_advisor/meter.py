"""Records of the blood glucose meter. The only importer of construct.

A record has 14 bytes, numbers little-endian: the mark ``GM``, a running number (2), seconds since 2000-01-01 UTC (4),
the unit (1), the value (2: whole mg/dL, or tenths of mmol/L), flags (1), and the CRC-16/CCITT-FALSE of those ten (2).
"""

from binascii import crc_hqx
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from construct import Const, ConstructError, Enum, FlagsEnum, Int8ul, Int16ul, Int32ul, Struct, Terminated

from bolus_advisor.refusal import Reason, Refusal
from bolus_advisor.units import Unit, to_mg_dl

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

RECORD = Struct(
    "mark" / Const(b"GM"),
    "number" / Int16ul,
    "seconds" / Int32ul,
    "unit" / Enum(Int8ul, mg_dl=1, mmol_l=2),
    "value" / Int16ul,
    "flags" / FlagsEnum(Int8ul, control_solution=1),
    "checksum" / Int16ul,
    Terminated,
)


@dataclass(frozen=True)
class Reading:
    mg_dl: Decimal
    measured_at: datetime


def read(record: bytes) -> Reading:
    """The reading in a record.

    :raises Refusal: if the record is damaged, or was measured from control solution
    """
    if len(record) != 14 or crc_hqx(record[2:12], 0xFFFF) != int.from_bytes(record[12:], "little"):
        raise Refusal(Reason.RECORD_DAMAGED)
    try:
        found = RECORD.parse(record)
    except ConstructError as error:
        raise Refusal(Reason.RECORD_DAMAGED) from error
    if found.flags.control_solution:
        raise Refusal(Reason.RECORD_CONTROL_SOLUTION)
    match str(found.unit):
        case "mg_dl":
            mg_dl = to_mg_dl(Decimal(found.value), Unit.MG_DL)
        case "mmol_l":
            mg_dl = to_mg_dl(Decimal(found.value) / 10, Unit.MMOL_L)
        case _:
            raise Refusal(Reason.RECORD_DAMAGED)
    return Reading(mg_dl, EPOCH + timedelta(seconds=found.seconds))
