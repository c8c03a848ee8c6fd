"""S34: what a SOUP brings along is covered by it, until somebody makes it a SOUP of its own."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.capabilities.conftest import Difference, Dossier, difference

FILE = "display/package-lock.json"
INVENTORY, LIST = "soup/soup-inventory/5", "soup/soup-list/0"
PROMOTED = """
.. soup:: inner
   :id: SOUP_INNER
   :purl: pkg:npm/inner
   :designator: {}
"""


def nested(dossier: Dossier) -> None:
    """luxon needs inner, and inner needs innermost."""
    content = json.loads(dossier.read(FILE))
    content["packages"]["node_modules/inner"] = {
        "version": "5.0.0",
        "license": "0BSD",
        "dependencies": {"innermost": "*"},
    }
    content["packages"]["node_modules/innermost"] = {"version": "6.0.0", "license": "0BSD"}
    content["packages"]["node_modules/luxon"]["dependencies"] = {"inner": "^5.0.0"}
    dossier.write(FILE, json.dumps(content, indent=2))


def promote(dossier: Dossier, version: str) -> None:
    dossier.write("soup.rst", dossier.read("soup.rst") + PROMOTED.format(version))


def test_one_that_is_promoted_has_an_item_and_answers_for_what_it_brings_along(dossier: Dossier) -> None:
    nested(dossier)
    before = dossier.snapshot()
    assert before.cells[INVENTORY, "inner", "brought_in_by"] == "SOUP_LUXON"
    assert before.cells[INVENTORY, "innermost", "brought_in_by"] == "SOUP_LUXON"
    assert (LIST, "SOUP_INNER", "title") not in before.cells
    promote(dossier, "5.0.0")
    made = difference(before, dossier.snapshot())
    assert made.rows(INVENTORY) == {
        ("inner", "soup"): ("", "SOUP_INNER"),
        ("innermost", "brought_in_by"): ("SOUP_LUXON", "SOUP_INNER"),
    }
    assert made.rows(LIST)["SOUP_INNER", "version"] == (None, "5.0.0")
    assert not made.gone_findings
    assert {subject for _, subject, _ in made.new_findings} <= {"SOUP_INNER"}


def test_its_version_is_enforced_from_then_on(dossier: Dossier) -> None:
    nested(dossier)
    promote(dossier, "4.0.0")
    moved = [one for one in dossier.judge().findings if one.rule == "soup-version-moved"]
    assert [one.subject for one in moved] == ["SOUP_INNER"]
    assert "declares version 4.0.0, but in use is 5.0.0" in moved[0].message


def test_what_only_came_along_owes_nothing(dossier: Dossier, changed: Callable[[], Difference]) -> None:
    nested(dossier)
    assert changed().new_findings == set()
