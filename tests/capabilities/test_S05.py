"""S5: the SOUP list is made from the project's own files: name, version and scope of each package, with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxcontrib_soup.model import plain
from tests.capabilities.conftest import Difference, Dossier

LIST, INVENTORY, TOOLS = "soup/soup-list/0", "soup/soup-inventory/5", "soup/soup-inventory/6"

PACKAGES_CONFIG = """<?xml version="1.0" encoding="utf-8"?>
<packages>
  <package id="Newtonsoft.Json" version="13.0.3" targetFramework="net48" />
  <package id="NUnit" version="3.13.3" targetFramework="net48" developmentDependency="true" />
</packages>
"""
CSPROJ = """<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="fo-dicom" Version="5.1.2" />
  </ItemGroup>
</Project>
"""
BOWER = '{\n "name": "display",\n "dependencies": {\n  "jquery": "3.6.0"\n }\n}\n'
GO = "module example.org/display\n\ngo 1.22\n\nrequire github.com/google/uuid v1.6.0\n"
CARGO = '[package]\nname = "w"\nversion = "1.0.0"\n[dependencies]\nlog = "0.4"\n'
CARGO_LOCK = """version = 3
[[package]]
name = "log"
version = "0.4.22"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "w"
version = "1.0.0"
dependencies = ["log"]
"""
POM = """<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId><version>1</version>
<dependencies><dependency>
<groupId>ca.uhn.hapi</groupId><artifactId>hapi-base</artifactId><version>2.5.1</version>
</dependency></dependencies></project>
"""
BOM = """{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
 "metadata": {"component": {"type": "application", "bom-ref": "me", "name": "advisor"}},
 "components": [
  {"type": "library", "bom-ref": "z", "name": "zlib", "version": "1.3.1", "purl": "pkg:generic/zlib@1.3.1"},
  {"type": "library", "bom-ref": "y", "name": "inner", "version": "1", "purl": "pkg:generic/inner@1"}],
 "dependencies": [{"ref": "me", "dependsOn": ["z"]}, {"ref": "z", "dependsOn": ["y"]}]}
"""


@pytest.mark.parametrize(
    ("files", "listed", "row"),
    [
        (
            {"packages.config": PACKAGES_CONFIG},
            ["Newtonsoft.Json"],
            ("Newtonsoft.Json", "13.0.3", "runtime", "packages.config:3"),
        ),
        ({"display.csproj": CSPROJ}, ["fo-dicom"], ("fo-dicom", "5.1.2", "runtime", "display.csproj:3")),
        ({"bower.json": BOWER}, ["jquery"], ("jquery", "3.6.0", "runtime", "bower.json:4")),
        ({"go.mod": GO}, ["github.com/google/uuid"], ("github.com/google/uuid", "v1.6.0", "", "go.mod:5")),
        ({"Cargo.toml": CARGO, "Cargo.lock": CARGO_LOCK}, ["log"], ("log", "0.4.22", "runtime", "Cargo.lock:3")),
        ({"pom.xml": POM}, ["ca.uhn.hapi:hapi-base"], ("ca.uhn.hapi:hapi-base", "2.5.1", "runtime", "pom.xml:3")),
        ({"bom.json": BOM}, ["zlib"], ("zlib", "1.3.1", "runtime", "bom.json:4")),
    ],
)
def test_a_manifest_gives_exactly_its_packages(
    dossier: Dossier, files: dict[str, str], listed: list[str], row: tuple[str, ...]
) -> None:
    before = rows(dossier)
    for name, text in files.items():
        dossier.write(name, text)
    names = "".join(f'\n    "{name}",' for name in files)
    dossier.edit("conf.py", "soup_evidence = [", f"soup_evidence = [{names}")
    after = rows(dossier)
    assert [one[1] for one in after[LIST] if one not in before[LIST]] == listed
    new = [one for one in after[INVENTORY] if one not in before[INVENTORY]]
    assert row in [(one[1], one[2], one[3], one[8]) for one in new]
    assert [one for one in before[INVENTORY] if one not in after[INVENTORY]] == []


def test_what_serves_development_stands_apart(dossier: Dossier) -> None:
    dossier.write("packages.config", PACKAGES_CONFIG)
    dossier.edit("conf.py", "soup_evidence = [", 'soup_evidence = [\n    "packages.config",')
    found = rows(dossier)
    assert "NUnit" not in [one[0] for one in found[INVENTORY]]
    assert ("NUnit", "3.13.3", "development") in [one[:3] for one in found[TOOLS]]


def test_a_manifest_that_was_merged_badly_is_a_finding_at_its_line(
    dossier: Dossier, changed: Callable[[], Difference]
) -> None:
    path = Path("display/package.json")
    text = dossier.read(str(path))
    ours = '    "luxon": "^3.7.2"\n'
    dossier.edit(str(path), ours, f'<<<<<<< HEAD\n{ours}=======\n    "luxon": "^3.8.0"\n>>>>>>> theirs\n')
    (finding,) = (one for one in changed().new_findings if one[0] == "evidence-unread")
    line = text[: text.index(ours)].count("\n") + 1
    assert finding[1] == path.as_posix()
    assert dossier.line(str(path), "<<<<<<<") == line


def rows(dossier: Dossier) -> dict[str, list[tuple[str, ...]]]:
    tables = dossier.build().tables
    return {
        f"{page}/{table.name}/{number}": [tuple(plain(cell) for cell in row.cells) for row in table.rows]
        for (page, number), table in tables.items()
        if page == "soup"
    }
