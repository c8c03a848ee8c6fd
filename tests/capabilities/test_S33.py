"""S33: direct dependencies are SOUPs; what they bring along is an implementation detail, listed in the inventory."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sphinxcontrib_soup.model import Table, plain
from tests.capabilities.conftest import Difference, Dossier

DIRECT, TRANSITIVE = 10, 200


def lock(dossier: Dossier, direct: int = DIRECT, transitive: int = TRANSITIVE) -> None:
    """A lock of a tree: each direct package is the root of a part of the others, which need each other in a row."""
    names = [f"part-{number}" for number in range(direct)]
    packages: dict[str, object] = {"": {"name": "display", "dependencies": dict.fromkeys(names, "^1.0.0")}}
    below: dict[str, str] = {}
    for number in range(transitive):
        root = names[number % direct]
        packages[f"node_modules/inner-{number}"] = {"version": "2.0.0", "license": "MIT"}
        if number >= direct:
            packages[f"node_modules/{below[root]}"]["dependencies"] = {f"inner-{number}": "^2.0.0"}  # type: ignore[index]
        else:
            packages[f"node_modules/{root}"] = {"version": "1.0.0", "dependencies": {f"inner-{number}": "^2.0.0"}}
        below[root] = f"inner-{number}"
    dossier.write("display/package-lock.json", json.dumps({"lockfileVersion": 3, "packages": packages}, indent=1))
    dossier.write("display/package.json", json.dumps({"dependencies": dict.fromkeys(names, "^1.0.0")}, indent=1))


@pytest.fixture
def alone(dossier: Dossier) -> Dossier:
    """The sample with the manifests of its display alone, and without a SOUP item."""
    text = dossier.read("conf.py")
    for path in ("src/pyproject.toml", "src/requirements.txt", "image/os-release", "image/dpkg-status"):
        text = text.replace(f'    "{path}",\n', "")
    dossier.write("conf.py", text)
    dossier.write("soup.rst", "SOUP\n====\n\n.. soup-list::\n\n.. soup-inventory::\n")
    return dossier


def tables(dossier: Dossier) -> dict[str, Table]:
    return {table.name: table for (page, _), table in dossier.build().tables.items() if page == "soup"}


def column(table: Table, name: str) -> list[str]:
    index = [one.name for one in table.columns].index(name)
    return [plain(row.cells[index]) for row in table.rows]


def test_ten_direct_and_two_hundred_others(alone: Dossier) -> None:
    lock(alone)
    found = tables(alone)
    assert column(found["soup-list"], "title") == [f"part-{number}" for number in range(DIRECT)]
    inventory = found["soup-inventory"]
    assert len(inventory.rows) == DIRECT + TRANSITIVE
    brought = dict(zip(column(inventory, "package"), column(inventory, "brought_in_by"), strict=True))
    assert brought["part-3"] == "the project"
    assert {brought[f"inner-{number}"] == f"part-{number % DIRECT}" for number in range(TRANSITIVE)} == {True}
    assert found["soup-list"].notes == ("Not listed, because they came along with others: 200 packages.",)
    assert (
        inventory.notes[0] == "Read: 220 components of 210 packages may go into the device."
    )  # 10 of the package.json


def test_five_thousand_components(alone: Dossier) -> None:
    lock(alone, 100, 4900)
    found = tables(alone)
    assert [len(found[name].rows) for name in ("soup-list", "soup-inventory")] == [100, 5000]


def test_another_version_of_one_of_them_changes_its_row_alone(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    file = "display/package-lock.json"
    inner = {"version": "5.0.0", "license": "0BSD"}
    content = json.loads(dossier.read(file))
    content["packages"]["node_modules/inner"] = inner
    content["packages"]["node_modules/luxon"]["dependencies"] = {"inner": "^5.0.0"}
    dossier.write(file, json.dumps(content, indent=2))
    difference = changed()
    assert difference.new_findings == set()
    row = {
        column: change for (name, column), change in difference.rows("soup/soup-inventory/5").items() if name == "inner"
    }
    line = dossier.line(file, '"node_modules/inner"')
    assert row["package"] == (None, "inner")
    assert row["version"] == (None, "5.0.0")
    assert row["licence"] == (None, "0BSD")
    assert row["brought_in_by"] == (None, "SOUP_LUXON")
    assert row["place"] == (None, f"{file}:{line}")
