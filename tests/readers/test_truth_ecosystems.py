"""What readers of the ecosystems beside npm, NuGet and Python find in real files, against independent truth.

The files lie beside this repository and are no part of it; where they are absent, these tests are skipped. The truth
marks what is no third party (members, paths, packages of an SDK): that is taken out of it. What differs beyond that is
excused by a line of the file.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sphinxcontrib_soup.model import Component, Unread
from tests.readers.test_ecosystems import check_changes
from tests.readers.test_truth import DATA, HERE, components, read, reading_of

FORMATS = {
    "Cargo.toml": "cargo-toml",
    "Cargo.lock": "cargo-lock",
    "go.mod": "go-mod",
    "go.sum": "go-sum",
    "pom.xml": "pom-xml",
    "gradle.lockfile": "gradle-lockfile",
    "libs.versions.toml": "gradle-catalogue",
    "conan.lock": "conan-lock",
    "vcpkg.json": "vcpkg-json",
    "Gemfile.lock": "gemfile-lock",
    "composer.lock": "composer-lock",
    "Podfile.lock": "podfile-lock",
    "Package.resolved": "package-resolved",
    "pubspec.lock": "pubspec-lock",
}
"""The reader of each format that the collection has files of, by their name."""

PATHS = [path for path in HERE if path.startswith("A-manifests/") and Path(path).name in FORMATS]
OLD_CONAN = "A-manifests/conan/osv-scalibr"

EXCUSED_COMPONENTS = {
    f"{OLD_CONAN}/nested-dependencies.v1/conan.lock": ("test@1.0", 10),
    f"{OLD_CONAN}/nested-dependencies.v1.revisions/conan.lock": ("test@1.0", 10),
    f"{OLD_CONAN}/old-format-0.2/conan.lock": ("test@1.0", 11),
}
"""For a file: what the truth counts although it is the project itself, and the line with the path to its recipe."""


def direct(truth: dict[str, Any]) -> set[str]:
    """The names of direct third-party components, those of subspecs folded into the pod."""
    own = {one.rpartition("@")[0] for one in truth.get("path_gems", ())}
    found = {
        one["name"]
        for one in truth.get("direct") or ()
        if not (one.get("is_member") or one.get("path") or one.get("source") == "sdk" or one["name"] in own)
    }
    return {name.partition("/")[0] for name in found} if truth["ecosystem"] == "cocoapods" else found


def named(one: Component) -> str:
    """As the truth names a component; a branch is no version here, and the commit is."""
    branch = one.requested if one.purl and one.purl.startswith("pkg:swift/") and one.requested else None
    return f"{one.name}@{branch or one.version}"


@pytest.mark.parametrize("path", PATHS)
def test_direct(path: str) -> None:
    truth = HERE[path]
    if truth.get("direct") is None and "direct_count" not in truth:
        pytest.skip("the truth does not tell what is direct")
    found = {one.name for one in components(reading_of(path)) if one.direct}
    assert found == direct(truth)


@pytest.mark.parametrize("path", [path for path in PATHS if "components" in HERE[path]])
def test_components(path: str) -> None:
    truth, found = HERE[path], [one for one in components(reading_of(path)) if one.version]
    only_truth, line = EXCUSED_COMPONENTS.get(path, ("", 0))
    assert {named(one) for one in found} == set(truth["components"]) - {only_truth}
    assert len(found) == truth["total_components"] - bool(only_truth)
    assert not line or '"path"' in (DATA / path).read_text(encoding="utf-8").splitlines()[line - 1]


@pytest.mark.parametrize(
    "path", [path for path in PATHS if HERE[path].get("direct") and "components" not in HERE[path]]
)
def test_requested(path: str) -> None:
    """The ranges that a manifest asks for, or the versions that it states."""
    told = {
        (one["name"], one.get("requirement", one.get("version")))
        for one in HERE[path]["direct"]
        if not one.get("path") and isinstance(one.get("requirement", one.get("version")), str | None)
    }
    found = {(one.name, one.requested) for one in components(reading_of(path))}
    assert told <= found


@pytest.mark.parametrize("path", PATHS)
def test_the_reader_is_the_one_for_the_format(path: str) -> None:
    assert reading_of(path).sources[0].reader == FORMATS[Path(path).name]


def test_findings_are_those_that_the_files_deserve() -> None:
    found = {
        path: sorted(one.location.line or 0 for one in reading_of(path).evidence if isinstance(one, Unread))
        for path in PATHS
    }
    assert {path: lines for path, lines in found.items() if lines} == {
        "A-manifests/cargo/scancode/sample1/Cargo.lock": [14, 15, 16, 17, 18, 27],
        "A-manifests/gradle/osv-scalibr/with-bad-pkg/gradle.lockfile": [3, 4, 9, 10],
        "A-manifests/maven-pom/jenkins-junit-plugin/pom.xml": [4],
    }


def test_every_location_has_a_line_that_names_the_component() -> None:
    for path in PATHS:
        lines = (DATA / path).read_text(encoding="utf-8").splitlines()
        for one in components(reading_of(path)):
            assert one.location.path == path
            assert one.location.line
            last = one.name.rpartition(":")[2]
            assert last.casefold() in lines[one.location.line - 1].casefold(), one


def folders() -> Iterator[Path]:
    """The projects of the collection: the folders two levels below the one of their format."""
    yield from sorted({Path(*Path(path).parts[:3]) for path in PATHS})


def test_names_of_folders_do_not_matter(tmp_path: Path) -> None:
    for number, folder in enumerate(folders()):
        copy = tmp_path / f"f{number:x}-{hash(folder) & 0xFFFF:x}"
        shutil.copytree(DATA / folder, copy)
        for path in (Path(path) for path in PATHS if Path(path).is_relative_to(folder)):
            inner = path.relative_to(folder)
            assert read(copy / inner, copy) == read(DATA / path, DATA / folder)


@pytest.mark.parametrize("path", PATHS)
def test_one_version_changed_changes_one_row(path: str, tmp_path: Path) -> None:
    folder = Path(*Path(path).parts[:3])
    copy = tmp_path / "copy"
    shutil.copytree(DATA / folder, copy, copy_function=shutil.copyfile)
    check_changes(copy, Path(path).relative_to(folder).as_posix(), most=3)
