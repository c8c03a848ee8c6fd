"""What readers find in real SBOMs, against what other tools and a separate count found in them.

The files lie beside this repository and are no part of it; where they are absent, these tests are skipped.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from tests.readers.test_truth import DATA, HERE, components, read, reading_of

FORMATS = {
    "CycloneDX JSON": "cyclonedx-json",
    "CycloneDX XML": "cyclonedx-xml",
    "spdx-json": "spdx-json",
    "spdx-other": "spdx-yaml",
    "spdx-tag-value": "spdx-tag-value",
}
SBOMS = [path for path in HERE if path.startswith("B-sbom/") and HERE[path]["format"] in FORMATS]
JSON = [path for path in SBOMS if path.endswith(".json") and HERE[path].get("components_all")]

DIRECT_DIFFERENCES = {
    "B-sbom/cyclonedx-json/saasbom-apigateway/bom.json": (
        "what the subject depends on is a service, which is no component",
        '"bom-ref": "api-gateway"',
        -1,
    ),
}
"""For a file: why, the line that proves it, and by how much our direct components differ."""

BAD_PURLS = {"B-sbom/cyclonedx-xml/osv-scanner/bad-purls.cdx.xml": 6}
"""For a file: how many of the package URLs in it are none."""


@pytest.mark.parametrize("path", SBOMS)
def test_totals(path: str) -> None:
    truth, reading = HERE[path], reading_of(path)
    found = components(reading)
    assert [source.reader for source in reading.sources] == [FORMATS[truth["format"]]]
    assert len(found) == truth.get("components_all", truth.get("packages"))
    if "with_purl" in truth:
        assert sum(one.purl is not None for one in found) == truth["with_purl"] - BAD_PURLS.get(path, 0)


@pytest.mark.parametrize("path", [path for path in SBOMS if "direct" in HERE[path]])
def test_direct(path: str) -> None:
    _, line, difference = DIRECT_DIFFERENCES.get(path, ("", "", 0))
    assert sum(one.direct is True for one in components(reading_of(path))) == HERE[path]["direct"] + difference
    assert line in (DATA / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in SBOMS if HERE[path].get("first_component")])
def test_order_and_names(path: str) -> None:
    found = components(reading_of(path))
    for one, told in ((found[0], HERE[path]["first_component"]), (found[-1], HERE[path]["last_component"])):
        name, _, version = told.rpartition("@")
        assert one.version == (None if version == "None" else version)
        assert name == "None" or one.name.endswith(name)


@pytest.mark.parametrize("path", [path for path in SBOMS if "package_list" in HERE[path]])
def test_packages(path: str) -> None:
    told = [one.partition("@")[0] if "versions" not in HERE[path] else one for one in HERE[path]["package_list"]]
    assert [one.name for one in components(reading_of(path))] == told


@pytest.mark.parametrize("path", [path for path in SBOMS if "license_entries" in HERE[path]])
def test_licences_and_scopes(path: str) -> None:
    truth, found = HERE[path], components(reading_of(path))
    assert sum(one.licence is None for one in found) == truth["license_entries"]["none"]
    scopes = Counter(one.scope for one in found)
    assert scopes[Scope.OPTIONAL] == truth.get("scopes", {}).get("optional", 0)
    assert scopes[Scope.DEVELOPMENT] == truth.get("scopes", {}).get("excluded", 0)


@pytest.mark.parametrize("path", SBOMS)
def test_what_is_wrong_is_said_at_its_line(path: str) -> None:
    """In these files that is a package URL or a name that is none, or what only the vendor reads."""
    for one in reading_of(path).evidence:
        if isinstance(one, Unread):
            assert one.location.line
            assert any(words in one.reason for words in ("no package URL", "no name", "names no component"))


@pytest.mark.parametrize("path", SBOMS)
def test_every_location_has_a_line_that_names_the_component(path: str) -> None:
    encoding = "utf-16" if "UTF-16" in path else "utf-8"
    lines = (DATA / path).read_text(encoding=encoding).split("\n")
    for one in components(reading_of(path)):
        assert one.location.line
        line = lines[one.location.line - 1]
        assert "name" in line.lower()
        assert re.split("[/:]", one.name)[-1] in line or path in BAD_PURLS


@pytest.mark.parametrize("path", [path for path in HERE if path.startswith(("B-sbom/csaf", "B-sbom/openvex"))])
def test_lists_of_anomalies_are_not_taken_for_sboms(path: str) -> None:
    assert reading_of(path).sources[0].reader not in FORMATS.values()


@pytest.mark.parametrize("path", JSON)
def test_one_version_changed_changes_one_row(path: str, tmp_path: Path) -> None:
    document = json.loads((DATA / path).read_text(encoding="utf-8"))
    listed = document["components"]
    for index in sorted({0, len(listed) // 2, len(listed) - 1}):
        before = rows(document, tmp_path)
        stated = listed[index].pop("version", None)
        listed[index]["version"] = "0.0.0-changed"
        after = rows(document, tmp_path)
        listed[index]["version"] = stated
        moved = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        assert [(old.version, new.version) for old, new in moved] == [(stated, "0.0.0-changed")]


def rows(document: object, folder: Path) -> list[Component]:
    path = folder / "x.json"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return [replace(one, location=Location("")) for one in components(read(path, folder))]


def test_names_of_folders_and_files_do_not_matter(tmp_path: Path) -> None:
    for number, path in enumerate(SBOMS):
        folder = tmp_path / f"f{number:x}-{hash(path) & 0xFFFF:x}"
        folder.mkdir()
        moved = Path(shutil.copy(DATA / path, folder / f"x{number}{Path(path).suffix}"))
        assert facts(read(moved, folder).evidence) == facts(reading_of(path).evidence), path


def facts(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """The evidence without the name of the file."""
    return [replace(one, location=Location("x", one.location.line)) for one in evidence]
