"""S13: the sheet of a SOUP shows the public interface of its wrapper, taken from the code, beside its requirements."""

from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier

SHEET = "soup/soup-sheet/1"
WRAPPER = "src/bolus_advisor/meter.py"
SIGNATURE = "def read(record: bytes)"


def test_interface_and_requirements_stand_side_by_side(dossier: Dossier) -> None:
    cells = dossier.snapshot().cells
    line = dossier.line(WRAPPER, SIGNATURE)
    assert cells[SHEET, "Wrapped", "value"] == "ITEM_METER Meter"
    assert cells[SHEET, "Requirements", "value"].startswith("SREQ_3 (functional) Fields of a record passed; SREQ_4")
    assert f"ITEM_METER read(record: bytes) -> Reading {WRAPPER}:{line}" in cells[SHEET, "Public", "value"]


def test_another_signature_is_another_cell(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    dossier.edit(WRAPPER, SIGNATURE, "def read(record: bytes, *, strict: bool = True)")
    difference = changed()
    ((key, (before, after)),) = difference.cells.items()
    assert key == (SHEET, "Public", "value")
    assert (before or "").replace("(record: bytes)", "(record: bytes, *, strict: bool=True)") == after
    assert not difference.new_findings


def test_a_wrapper_in_another_language_shows_what_it_exports(dossier: Dossier) -> None:
    dossier.edit("soup.rst", ":soup: SOUP_CONSTRUCT", ":soup: SOUP_BIG_JS")
    public = dossier.snapshot().cells[SHEET, "Public", "value"]
    assert public.startswith("ITEM_NUMBERS function exactDose(text) display/numbers.js:")
