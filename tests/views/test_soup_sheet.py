"""The sheet of a SOUP: all that is known of it, and nothing of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxcontrib_soup.model import Location, Outcome, Place, PublicName, Ref, Table
from tests.rules.traces import imported, item, package, result
from tests.views.shown import dossier, show, texts

SOUP = item("soup", "SOUP_YAML", title="PyYAML", purl="pkg:pypi/pyyaml", designator="6.0.2", import_names="yaml")
OTHER = item("soup", "SOUP_ZLIB", title="zlib", soup_kind="library")


def sheet(*facts: object, soup: str = "SOUP_YAML") -> Table:
    return show("soup-sheet", dossier(*facts), **({"soup": soup} if soup else {}))  # type: ignore[arg-type]


def known(table: Table) -> dict[str, str]:
    return {title: value for _, title, value in texts(table, "fact", "value")}


def test_what_other_items_and_files_say_of_it() -> None:
    facts = (
        SOUP,
        OTHER,
        replace(package("PyYAML", "6.0.2", line=4), licence="MIT"),
        item("software-item", "ITEM_STORE", title="Store", wraps="SOUP_YAML", code="store.py"),
        item("software-item", "ITEM_DOSE", title="Dose", uses="SOUP_YAML"),
        item("soup-requirement", "SREQ_2", title="Quick", specifies="SOUP_YAML", category="performance"),
        item("soup-requirement", "SREQ_1", title="Whole", specifies="SOUP_YAML", category="functional"),
        item("soup-requirement", "SREQ_3", specifies="SOUP_ZLIB"),
        item("cause", "CAUSE_1", title="Loses keys", arises_from="SOUP_YAML", contributes_to="RISK_1 RISK_2"),
        item("risk", "RISK_1"),
        item("risk", "RISK_2"),
        item(
            "anomaly-evaluation", "EVAL_1", title="Bug", evaluates="SOUP_YAML", outcome="no_hazard", designator="6.0.2"
        ),
        item("soup", "SOUP_NEW", title="ruamel.yaml", replaces="SOUP_YAML"),
        result("t", Outcome.PASSED, "SREQ_1"),
        imported("yaml", "dose.py", 7, "dump"),
        imported("yaml", "store.py", 3, "safe_load", "YAMLError"),
        imported("yaml.nodes", "store.py", 4, "Node"),
        PublicName(name="load", signature="load(path: str) -> Store", location=Location("store.py", 9)),
    )
    table = sheet(*facts)
    found = known(table)
    assert table.title == "Sheet of SOUP_YAML"
    assert found == {
        "SOUP": "SOUP_YAML PyYAML",
        "Package URL": "pkg:pypi/pyyaml",
        "Version": "6.0.2",
        "In use as": "6.0.2 requirements.txt:4",
        "Imported as": "yaml",
        "Licence": "MIT (in files)",
        "Safety class": "C, from ITEM_DOSE and 1 more",
        "Wrapped by": "ITEM_STORE Store",
        "Used by": "ITEM_DOSE Dose",
        "Requirements": "SREQ_1 (functional) Whole passed; SREQ_2 (performance) Quick untested",
        "Verdict": "untested",
        "Causes": "CAUSE_1 Loses keys contributes to RISK_1, RISK_2",
        "Anomaly evaluations": "EVAL_1 Bug (no hazard, for 6.0.2)",
        "Public interface of its wrapper": "ITEM_STORE load(path: str) -> Store store.py:9",
        "Symbols used": "dose.py: dump; store.py: Node, safe_load, YAMLError",
        "Imported at": "yaml dose.py:7; yaml store.py:3; yaml.nodes store.py:4",
        "Replaced by": "SOUP_NEW ruamel.yaml",
    }
    interface = next(row.cells[1] for row in table.rows if row.cells[0][0][0].text.startswith("Public"))
    assert (interface[0][0], interface[0][2]) == (Ref("ITEM_STORE"), Place(Location("store.py", 9)))


def test_what_is_not_stated_is_listed_below() -> None:
    (note,) = sheet(SOUP).notes
    assert note.startswith("Not stated of SOUP_YAML: Released on, Manufacturer, ")
    assert "Imported as" not in note
    assert "Stated class" not in note


def test_without_a_name_all_are_shown() -> None:
    table = sheet(SOUP, OTHER, soup="")
    assert [column.name for column in table.columns] == ["soup", "fact", "value"]
    assert {row[1] for row in texts(table, "soup")} == {"SOUP_YAML PyYAML", "SOUP_ZLIB zlib"}
    assert sheet(soup="").empty == "No SOUP is declared."


def test_several_are_told_apart() -> None:
    assert {row[1] for row in texts(sheet(SOUP, OTHER, soup="SOUP_ZLIB, SOUP_YAML"), "soup")} == {
        "SOUP_YAML PyYAML",
        "SOUP_ZLIB zlib",
    }


def test_a_soup_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="there is no SOUP SOUP_GONE"):
        sheet(SOUP, soup="SOUP_GONE, SOUP_YAML")
