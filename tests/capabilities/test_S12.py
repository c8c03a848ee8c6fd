"""S12: what of a SOUP is used and what must not be used stands in its sheet, beside what code really uses of it."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier

SHEET = "soup/soup-sheet/1"
USED = "Struct, Const, Enum, FlagsEnum, little-endian integers, Terminated"
WRAPPER = "src/bolus_advisor/meter.py"
SYMBOLS = "Const, ConstructError, Enum, FlagsEnum, Int8ul, Int16ul, Int32ul, Struct, Terminated"


def test_both_lists_and_the_symbols_are_in_the_sheet(dossier: Dossier) -> None:
    cells = dossier.snapshot().cells
    assert cells[SHEET, "Used", "value"] == USED
    assert cells[SHEET, "Excluded", "value"] == "Checksum, RawCopy, compiled parsers"
    assert cells[SHEET, "Symbols", "value"] == f"{WRAPPER}: {SYMBOLS}"


def test_another_feature_is_another_cell(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", f":used_features: {USED}", f":used_features: {USED}, Array")
    assert changed().rows(SHEET) == {("Used", "value"): (USED, f"{USED}, Array")}


def test_an_excluded_feature_that_code_takes_is_seen(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit(WRAPPER, "from construct import Const", "from construct import Checksum, Const")
    cell = (f"{WRAPPER}: {SYMBOLS}", f"{WRAPPER}: Checksum, {SYMBOLS}")
    assert changed() == Difference(cells={(SHEET, "Symbols", "value"): cell})
