"""The script that holds what is read against a truth: on a collection of three files, right, wrong and excused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "truth.py"
REAL = Path(__file__).parents[3] / "shared" / "data"
LOCK = {
    "lockfileVersion": 3,
    "packages": {
        "": {"dependencies": {"a": "^1.0.0"}},
        "node_modules/a": {"version": "1.2.3"},
        "node_modules/b": {"version": "4.5.6"},
    },
}
BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [{"type": "library", "name": "zlib", "version": "1.3.1"}],
}
TRUTH = {
    "A-manifests/npm/one/package-lock.json": {
        "ecosystem": "npm",
        "direct": [{"name": "a", "version": "1.2.3"}],
        "components": ["a@1.2.3", "b@4.5.6"],
    },
    "B-sbom/cyclonedx/two/bom.json": {"format": "CycloneDX JSON", "components_all": 1},
    "B-sbom/csaf/three/vex.json": {"format": "CSAF", "vulnerabilities": ["CVE-1"]},
}


def collection(folder: Path, truth: dict[str, object]) -> Path:
    for path, content in (("A-manifests/npm/one/package-lock.json", LOCK), ("B-sbom/cyclonedx/two/bom.json", BOM)):
        file = folder / path
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(content, indent=1), encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, folder, "1"], capture_output=True, text=True, check=False)


def test_what_is_read_is_the_truth(tmp_path: Path) -> None:
    done = run(collection(tmp_path, TRUTH))
    assert done.returncode == 0, done.stderr
    assert "DIFFERS" not in done.stdout
    rows = {
        line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.startswith(("A-", "B-", "all"))
    }
    assert rows == {
        "A-manifests/npm": ["1/1", "1/1", "1/1"],
        "B-sbom/cyclonedx": ["-", "1/1", "1/1"],
        "all": ["1/1", "2/2", "2/2"],
    }


def test_another_truth_is_a_difference_and_below_the_goals(tmp_path: Path) -> None:
    lock = {"ecosystem": "npm", "direct": [{"name": "c", "version": "1"}], "components": ["a@1.2.3"]}
    done = run(collection(tmp_path, {**TRUTH, "A-manifests/npm/one/package-lock.json": lock}))
    assert done.returncode == 1
    assert "package-lock.json (direct): only the truth has ['c'], only we have ['a']" in done.stdout
    assert "package-lock.json (total): only the truth has [], only we have ['b@4.5.6']" in done.stdout


@pytest.mark.skipif(
    not (REAL / "truth.json").is_file(), reason="the collection of real files, ../shared/data, is not here"
)
def test_the_real_files_meet_the_goals() -> None:
    done = run(REAL)
    assert done.returncode == 0, done.stdout + done.stderr
