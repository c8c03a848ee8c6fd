"""Records as a meter writes them, made without the code that reads them."""

import struct
from binascii import crc_hqx
from datetime import UTC, datetime

NOW = datetime(2026, 10, 5, 10, 7, tzinfo=UTC)
MEASURED = datetime(2026, 10, 5, 10, 5, tzinfo=UTC)


def record(value: int = 180, *, unit: int = 1, flags: int = 0, measured: datetime = MEASURED) -> bytes:
    seconds = int((measured - datetime(2000, 1, 1, tzinfo=UTC)).total_seconds())
    body = struct.pack("<HIBHB", 71, seconds, unit, value, flags)
    return b"GM" + body + struct.pack("<H", crc_hqx(body, 0xFFFF))
