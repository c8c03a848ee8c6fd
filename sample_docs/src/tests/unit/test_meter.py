from datetime import UTC, datetime
from decimal import Decimal
from itertools import combinations

import pytest
from bolus_advisor import meter
from bolus_advisor.refusal import Reason, Refusal
from construct import ConstructError

from tests.records import MEASURED, record


@pytest.mark.verifies("REQ_13")
def test_a_record_in_mg_dl_is_read() -> None:
    assert meter.read(record(180)) == meter.Reading(Decimal(180), MEASURED)


@pytest.mark.verifies("REQ_13", "REQ_15")
def test_a_record_in_mmol_l_is_read() -> None:
    assert meter.read(record(100, unit=2)) == meter.Reading(Decimal("180.16"), MEASURED)


@pytest.mark.verifies("REQ_13", "SREQ_3")
def test_a_record_is_read_as_the_meter_wrote_it() -> None:
    written = bytes.fromhex("474d 4700 cc325632 01 b400 00 c24d")
    found = meter.RECORD.parse(written)
    assert (found.number, found.seconds, str(found.unit), found.value) == (71, 0x325632CC, "mg_dl", 180)
    assert not found.flags.control_solution
    assert meter.read(written) == meter.Reading(Decimal(180), MEASURED)


@pytest.mark.verifies("SREQ_3")
def test_numbers_are_little_endian_over_their_whole_range() -> None:
    whole = meter.RECORD.parse(b"GM" + b"\xff" * 6 + b"\x01" + b"\xff\xff" + b"\x00" + b"\xff\xff")
    assert (whole.number, whole.seconds, whole.value, whole.checksum) == (65535, 4294967295, 65535, 65535)
    ends = meter.RECORD.parse(b"GM" + b"\x01\x00" + b"\x01\x00\x00\x00" + b"\x01" + b"\x01\x00" + b"\x00" + b"\x01\x00")
    assert (ends.number, ends.seconds, ends.value, ends.checksum) == (1, 1, 1, 1)


@pytest.mark.verifies("SREQ_4")
@pytest.mark.parametrize("length", [*range(14), 15, 1000])
def test_the_library_raises_its_own_error_for_a_record_of_another_length(length: int) -> None:
    with pytest.raises(ConstructError):
        meter.RECORD.parse((record() + bytes(1000))[:length])


@pytest.mark.verifies("SREQ_4")
def test_the_library_raises_its_own_error_for_another_mark() -> None:
    with pytest.raises(ConstructError):
        meter.RECORD.parse(b"MG" + record()[2:])


@pytest.mark.verifies("REQ_14")
@pytest.mark.parametrize("length", [0, 1, 13, 15, 28])
def test_a_record_of_another_length_is_refused(length: int) -> None:
    assert reason((record() * 2)[:length]) is Reason.RECORD_DAMAGED


@pytest.mark.verifies("REQ_14")
@pytest.mark.parametrize("unit", [0, 3, 255])
def test_a_record_in_another_unit_is_refused(unit: int) -> None:
    assert reason(record(unit=unit)) is Reason.RECORD_DAMAGED


@pytest.mark.verifies("REQ_14")
@pytest.mark.parametrize("flags", [1, 255])
def test_a_record_of_control_solution_is_refused(flags: int) -> None:
    assert reason(record(flags=flags)) is Reason.RECORD_CONTROL_SOLUTION


@pytest.mark.verifies("REQ_14", "TC_3")
@pytest.mark.parametrize("wrong_bits", [1, 2])
def test_no_record_with_one_or_two_wrong_bits_is_read(wrong_bits: int) -> None:
    whole = int.from_bytes(record(), "big")
    for places in combinations(range(14 * 8), wrong_bits):
        damaged = whole ^ sum(1 << place for place in places)
        assert reason(damaged.to_bytes(14, "big")) is Reason.RECORD_DAMAGED


@pytest.mark.verifies("REQ_13")
def test_the_last_moment_that_a_meter_can_write_is_read() -> None:
    last = datetime(2136, 2, 7, 6, 28, 15, tzinfo=UTC)
    assert meter.read(record(measured=last)).measured_at == last


def reason(written: bytes) -> Reason:
    with pytest.raises(Refusal) as refused:
        meter.read(written)
    return refused.value.reason
