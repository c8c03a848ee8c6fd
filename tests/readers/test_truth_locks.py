"""What readers of JavaScript, NuGet and Python find in real files, against what each ecosystem's own tools found there.

The files lie beside this repository and are no part of it; where they are absent, these tests are skipped.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from sphinxcontrib_soup.model import Component, Unread
from sphinxcontrib_soup.pipeline.read import Reading
from tests.readers.test_locks import components, read_file

DATA = Path(__file__).parents[3] / "shared" / "data"
if not (DATA / "truth.json").is_file():
    pytest.skip("the collection of real files, ../shared/data, is not here", allow_module_level=True)

FOLDERS = ("bower", "npm-package-lock", "nuget", "pnpm", "python", "yarn")
TRUTH: dict[str, dict[str, Any]] = {
    path: truth
    for path, truth in json.loads((DATA / "truth.json").read_text(encoding="utf-8")).items()
    if path.removeprefix("A-manifests/").startswith(FOLDERS) and (DATA / path).is_file()
}

EXCUSED_DIRECT = {
    "A-manifests/yarn-v1/cdxgen-workspaces/yarn.lock": (
        'packages/app-a/package.json:11: "dayjs": "1.11.10" - the project asks for what a member of its workspace does',
        set(),
        {"axios", "dayjs", "lodash"},
    ),
    "A-manifests/python-requirements/monai/requirements-dev.txt": (
        "requirements-dev.txt:63: a repository without a name: ours is the last part of its address",
        {None},
        {"segment-anything"},
    ),
    "A-manifests/python-requirements/pymedphys/requirements.txt": (
        "requirements.txt:3: `-e .` is the project itself, not a component",
        {None},
        set(),
    ),
    "A-manifests/python-poetry-lock/pymedphys-2025-09/pyproject.toml": (
        'pyproject.toml:23: python = ">=3.10,<3.13" - the interpreter is not a component',
        {"python"},
        set(),
    ),
    "A-manifests/python-pyproject/pymedphys-2025-09-poetry/pyproject.toml": (
        'pyproject.toml:23: python = ">=3.10,<3.13" - the interpreter is not a component',
        {"python"},
        set(),
    ),
}
"""For a file: the line that proves it, and which direct names only the truth has and only we have."""

EXCUSED_COMPONENTS = {
    "A-manifests/python-pipfile-lock/scancode-toolkit/sample4/Pipfile.lock": (
        'Pipfile.lock:27: "passa": {"editable": true, "path": "."} - the project itself is no component',
        {"passa@None"},
    ),
}
"""For a file: the line that proves it, and which components only the truth has."""


@cache
def reading_of(path: str) -> Reading:
    return read_file(DATA / path, DATA)


def name_of(path: str, name: str | None) -> str | None:
    return canonicalize_name(name) if name and "/python-" in path else name


def told_direct(path: str) -> set[str | None]:
    """The direct names of the truth; in a lock without those that it does not have, and without links to folders."""
    is_lock = "lock" in path.rpartition("/")[2].lower()
    return {
        name_of(path, one.get("real_name") or one.get("name"))
        for one in TRUTH[path]["direct"]
        if not is_lock or (one["version"] is not None and not one["version"].startswith("link:"))
    }


def found_direct(path: str, found: list[Component]) -> set[str | None]:
    return {name_of(path, one.name) for one in found if one.direct}


@pytest.mark.parametrize("path", [path for path, truth in TRUTH.items() if truth.get("direct") is not None])
def test_direct(path: str) -> None:
    told, found = told_direct(path), found_direct(path, components(reading_of(path)))
    _, only_truth, only_we = EXCUSED_DIRECT.get(path, ("", set(), set()))
    assert (told - found, found - told) == (only_truth, only_we)


@pytest.mark.parametrize("path", [path for path, truth in TRUTH.items() if truth.get("components") is not None])
def test_components(path: str) -> None:
    found = {f"{one.name}@{one.version}" for one in components(reading_of(path))}
    if "/python-requirements/" in path:
        found = {one for one in found if not one.endswith("@None")}
    _, missing = EXCUSED_COMPONENTS.get(path, ("", set()))
    assert found == set(TRUTH[path]["components"]) - missing
    assert len(found) == TRUTH[path]["total_components"] - len(missing)


@pytest.mark.parametrize("path", [path for path in TRUTH if path.rpartition("/")[2] in ("yarn.lock", "pnpm-lock.yaml")])
def test_the_range_and_the_version_of_what_is_direct(path: str) -> None:
    """Of what several members of a workspace ask for, one range is kept."""
    told: dict[tuple[str, str], set[str]] = {}
    for one in TRUTH[path]["direct"] or ():
        if one["version"] and not one["version"].startswith(("link:", "file:")):
            version = one["version"].partition("(")[0].partition("_")[0]
            told.setdefault((one["name"], version), set()).add(one["requirement"])
    found = {(one.name, one.version): one.requested for one in components(reading_of(path)) if one.direct}
    assert {key: ranges for key, ranges in told.items() if found.get(key) not in ranges} == {}


@pytest.mark.parametrize("path", [path for path in TRUTH if "/nuget-" in path])
def test_versions_of_nuget(path: str) -> None:
    found = components(reading_of(path))
    told = Counter(
        (one["name"], one.get("central_version") or one.get("version_resolved") or one["version"])
        for one in TRUTH[path]["direct"]
    )
    ours = Counter((one.name, one.version or one.requested) for one in found if one.direct)
    assert set(ours) == set(told)


def test_excuses_are_few_and_name_what_is_there() -> None:
    judged = [truth for truth in TRUTH.values() for key in ("direct", "components") if truth.get(key) is not None]
    assert len(EXCUSED_DIRECT) + len(EXCUSED_COMPONENTS) <= 0.06 * len(judged)
    for path in (*EXCUSED_DIRECT, *EXCUSED_COMPONENTS):
        assert path in TRUTH


def test_what_is_told_as_unread_is_out_of_step_in_the_files_themselves() -> None:
    told = {
        f"{one.location}".removeprefix("A-manifests/"): one.reason
        for path in TRUTH
        for one in reading_of(path).evidence
        if isinstance(one, Unread)
    }
    assert all(
        "asked for and not in" in reason
        or "is not in the yarn.lock" in reason
        or "is defined in no file that is read" in reason
        or "neither installed nor linked to" in reason
        for reason in told.values()
    ), told


def test_names_of_folders_do_not_matter(tmp_path: Path) -> None:
    names = random.Random(5)
    for path in sorted({Path(path).parent for path in TRUTH}):
        folder = tmp_path / f"{names.getrandbits(64):x}"
        shutil.copytree(DATA / path, folder)
        for file in sorted(child.name for child in (DATA / path).iterdir() if f"{path}/{child.name}" in TRUTH):
            assert read_file(folder / file).evidence == read_file(DATA / path / file).evidence


@cache
def lines_of(path: Path) -> list[str]:
    return [normal(line) for line in path.read_text(encoding="utf-8-sig").splitlines()]


def normal(text: str) -> str:
    return text.lower().replace("_", "-").replace(".", "-")


def test_every_row_has_the_line_that_names_it() -> None:
    for path in TRUTH:
        for one in components(reading_of(path)) if not path.endswith("package-lock.json") else ():
            # what was read is named as from its own folder
            line = lines_of(DATA / path.rpartition("/")[0] / one.location.path)[(one.location.line or 0) - 1]
            assert normal(one.name) in line or "npm:" in line, (path, one)
