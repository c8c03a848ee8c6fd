"""Runs all tests of the device and writes the results that the dossier reads. Fails if any test does."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
RESULTS = HERE / "results"


def pytest(folder: str, name: str) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        folder,
        f"--junitxml={RESULTS / name}.xml",
        "-o",
        f"junit_suite_name={name}",
    ]
    return subprocess.run(command, cwd=HERE / "src").returncode


def node(name: str) -> int:
    screen = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
    record = ["--test-reporter=./tests/junit.js", f"--test-reporter-destination={RESULTS / name}.xml"]
    return subprocess.run(["node", "--test", *screen, *record], cwd=HERE / "display").returncode


def tidy(path: Path) -> None:
    """One element a line, for diffs; without the name of the machine, which is no fact about the device."""
    results = ElementTree.parse(path)
    for suite in results.iter("testsuite"):
        suite.attrib.pop("hostname", None)
    ElementTree.indent(results, "")
    results.write(path, encoding="utf-8", xml_declaration=True)


if __name__ == "__main__":
    codes = [pytest("tests/unit", "unit-python"), pytest("tests/system", "system"), node("unit-display")]
    for written in RESULTS.glob("*.xml"):
        tidy(written)
    sys.exit(any(codes))
