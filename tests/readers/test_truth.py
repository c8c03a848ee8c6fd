"""What readers find in real files, against what each ecosystem's own tools found in them.

The files lie beside this repository and are no part of it; where they are absent, these tests are skipped.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from sphinxcontrib_soup.model import Component, Outcome, TestResult, Unread
from sphinxcontrib_soup.pipeline.gather import label
from sphinxcontrib_soup.pipeline.read import Reading, read_files
from sphinxcontrib_soup.plugin import Source, discover

DATA = Path(__file__).parents[3] / "shared" / "data"
if not (DATA / "truth.json").is_file():
    pytest.skip("the collection of real files, ../shared/data, is not here", allow_module_level=True)

TRUTH: dict[str, dict[str, Any]] = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))
HERE = {path: truth for path, truth in TRUTH.items() if (DATA / path).is_file()}
NPM_LOCKS = [path for path in HERE if path.endswith(("package-lock.json", "npm-shrinkwrap.json"))]
NPM_MANIFESTS = [path for path in HERE if path.endswith("/package.json")]
PYTHON = [
    path for path in HERE if path.startswith(("A-manifests/python-requirements/", "A-manifests/python-pyproject/"))
]
RESULTS = [path for path in HERE if path.startswith("C-test-results/")]
JUNIT = [path for path in RESULTS if HERE[path].get("format") == "JUnit XML"]

DIRECT_DIFFERENCES = {
    "A-manifests/python-pyproject/pymedphys-2025-09-poetry/pyproject.toml": (
        "the interpreter is not a component",
        Counter({"python": 1}),
        Counter(),
    ),
    "A-manifests/python-requirements/monai/requirements-dev.txt": (
        "pip learns the name of a repository only by fetching it; ours is the last part of its address",
        Counter({None: 1}),
        Counter({"segment-anything": 1}),
    ),
    "A-manifests/python-requirements/pymedphys/requirements.txt": (
        "`-e .` and `.[user]` are the project itself, not a component",
        Counter({None: 2}),
        Counter(),
    ),
}
"""For a file: why, which direct names only the truth has, and which only we have."""

COUNT_DIFFERENCES = {
    "C-test-results/junit-gtest/xunit-plugin/testcase4.xml": (
        'GoogleTest says result="skipped" of a test without an element that says so; skipped is not passed',
        {"passed": -1, "skipped": +1},
    ),
}
"""For a file: why, and by how much our counts differ."""


def read(path: Path, root: Path) -> Reading:
    return read_files([Source(path=path, label=label(path, root), root=root)], discover().readers)


@cache
def reading_of(path: str) -> Reading:
    return read(DATA / path, DATA)


def components(reading: Reading) -> list[Component]:
    return [one for one in reading.evidence if isinstance(one, Component)]


def results(reading: Reading) -> list[TestResult]:
    return [one for one in reading.evidence if isinstance(one, TestResult)]


def versions(reading: Reading) -> list[str]:
    return sorted({f"{one.name}@{one.version}" for one in components(reading) if one.version})


def pypi(name: str | None) -> str | None:
    return canonicalize_name(name) if name else None


@pytest.mark.parametrize("path", NPM_LOCKS)
def test_npm_lock(path: str) -> None:
    truth, reading = HERE[path], reading_of(path)
    assert versions(reading) == truth["components"]
    assert len(components(reading)) == truth["total_components"]
    direct = {(one.name, one.version, one.requested) for one in components(reading) if one.direct}
    assert direct == {(one["real_name"], one["version"], one["requirement"]) for one in truth["direct"] or ()}


@pytest.mark.parametrize("path", NPM_MANIFESTS)
def test_npm_manifest(path: str) -> None:
    found = components(reading_of(path))
    assert all(one.direct for one in found)
    told = Counter((one["name"], one["requirement"]) for one in HERE[path]["direct"])
    assert Counter((one.name, one.requested) for one in found) == told


@pytest.mark.parametrize("path", PYTHON)
def test_python(path: str) -> None:
    truth, reading = HERE[path], reading_of(path)
    found = Counter(pypi(one.name) for one in components(reading) if one.direct)
    told = Counter(pypi(one.get("name")) for one in truth["direct"])
    _, only_truth, only_we = DIRECT_DIFFERENCES.get(path, ("", Counter(), Counter()))
    assert told - found == only_truth
    assert found - told == only_we
    if "components" in truth:
        assert versions(reading) == truth["components"]
    assert not [one for one in reading.evidence if isinstance(one, Unread)]


@pytest.mark.parametrize("path", JUNIT)
def test_junit(path: str) -> None:
    truth, found = HERE[path], results(reading_of(path))
    outcomes = Counter(one.outcome for one in found)
    counts = {
        "error": outcomes[Outcome.ERROR],
        "failed": outcomes[Outcome.FAILED],
        "passed": outcomes[Outcome.PASSED],
        "skipped": outcomes[Outcome.SKIPPED] + outcomes[Outcome.NOT_RUN],
        "total": len(found),
    }
    _, difference = COUNT_DIFFERENCES.get(path, ("", {}))
    assert {
        key: counts[key] - truth["counts"][key] for key in counts if counts[key] != truth["counts"][key]
    } == difference
    ends = [{"classname": one.classname, "name": one.name} for one in (found[:1] + found[-1:])]
    assert ends == [one for one in (truth["first_test"], truth["last_test"]) if one]
    assert len(found) == len(reading_of(path).evidence)


@pytest.mark.parametrize("path", [path for path in RESULTS if "error" in HERE[path]])
def test_a_broken_file_is_refused_with_its_line(path: str) -> None:
    (unread,) = reading_of(path).evidence
    assert isinstance(unread, Unread)
    assert f"line {unread.location.line}" in HERE[path]["error"]


@pytest.mark.parametrize("path", [path for path in RESULTS if path not in JUNIT and "error" not in HERE[path]])
def test_results_of_another_format_are_not_taken_for_junit(path: str) -> None:
    assert reading_of(path).sources[0].reader != "junit-xml"


def test_no_file_is_claimed_twice() -> None:
    claims = {
        path: [
            reader.name
            for reader in discover().readers
            if reader.claims(Source(path=DATA / path, label=path, root=DATA))
        ]
        for path in HERE
    }
    assert {path: names for path, names in claims.items() if len(names) > 1} == {}


def test_every_location_has_a_line_that_names_the_component() -> None:
    for path in NPM_LOCKS + NPM_MANIFESTS + PYTHON:
        for one in components(reading_of(path)):
            assert one.location.line, one
            lines = (DATA / one.location.path).read_text(encoding="utf-8").splitlines()
            entry, below = [*lines, ""][one.location.line - 1 : one.location.line + 1]
            aliased = "npm:" in entry + below or '"name":' in below
            shown = f"{entry}{below if aliased else ''}".casefold()
            assert one.name.replace("-", "_") in shown.replace("-", "_"), one


def test_names_of_folders_do_not_matter(tmp_path: Path) -> None:
    for number, path in enumerate(sorted({Path(path).parent for path in NPM_LOCKS + PYTHON + JUNIT})):
        folder = tmp_path / f"f{number:x}-{hash(path) & 0xFFFF:x}"
        shutil.copytree(DATA / path, folder)
        for file in sorted(child for child in (DATA / path).iterdir() if f"{path}/{child.name}" in HERE):
            moved, original = read(folder / file.name, folder), read(file, file.parent)
            assert moved == original
