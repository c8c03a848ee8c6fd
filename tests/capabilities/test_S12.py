"""S12: only the behaviour that is used is specified. Features draw the boundary, beside what code uses."""

from collections.abc import Callable

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.model import plain
from tests.capabilities.conftest import Difference, Dossier

SHEET = "soup/soup-sheet/1"
USED = "Struct, Const, Enum, FlagsEnum, little-endian integers, Terminated"
WRAPPER = "src/bolus_advisor/meter.py"
SYMBOLS = "Const, ConstructError, Enum, FlagsEnum, Int8ul, Int16ul, Int32ul, Struct, Terminated"
FEATURE = "   :feature: Struct, little-endian integers\n"


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


def said(feature: str) -> tuple[str, str, str]:
    message = (
        f"SREQ_3 is about what is not among the used features of SOUP_CONSTRUCT: {feature}; add it to "
        "`:used_features:` of SOUP_CONSTRUCT, or take the requirement out"
    )
    return ("soup-feature-unused", "SREQ_3", message)


def test_a_requirement_on_a_feature_that_is_not_used_is_a_finding(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    dossier.edit("soup.rst", FEATURE, "   :feature: Struct, Padding\n")
    assert changed() == Difference(new_findings={said("Padding")})


def test_a_requirement_on_an_excluded_feature_is_one(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", FEATURE, "   :feature: Checksum\n")
    assert changed() == Difference(new_findings={said("Checksum, which is excluded")})


def test_a_feature_that_is_no_longer_used_is_one(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", "FlagsEnum, little-endian integers, Terminated", "FlagsEnum, Terminated")
    assert changed() == Difference(new_findings={said("little-endian integers")})


def test_a_soup_without_used_features_is_one(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit("soup.rst", "   :used_features: Constructor in strict mode, lt, gt, eq, mod, toFixed\n", "")
    message = "SOUP_BIG_JS, of class C, lacks a list of what of it is used; write `:used_features:`"
    assert changed() == Difference(new_findings={("soup-use-unexplained", "SOUP_BIG_JS", message)})


def test_the_block_shows_both_lists(dossier: Dossier) -> None:
    trace = dossier.build().trace
    shown = {label: plain(value) for label, value in block(trace, trace.items["SOUP_CONSTRUCT"]).fields}
    assert shown["Used features"] == "Struct, Const, Enum, FlagsEnum, little-endian integers, Terminated"
    assert shown["Excluded features"] == "Checksum, RawCopy, compiled parsers"
