"""The sample says exactly what `expected-findings.json` lists, whoever builds it and with how many processes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_docs"
EXPECTED = json.loads((SAMPLE / "expected-findings.json").read_text())["findings"]
WARNED = [one for one in EXPECTED if one["severity"] != "info"]
LINE = re.compile(
    r"^(?P<path>\S+?):(?P<line>\d+): (?P<severity>WARNING|ERROR): (?P<message>.*) \[soup\.(?P<rule>[\w-]+)\]$"
)


def sphinx_build(output: Path, builder: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-b", builder, "-q", "--no-color", *options, str(SAMPLE), str(output)]
    return subprocess.run(command, capture_output=True, text=True, cwd=SAMPLE, check=False)


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("builder", ["html", "soup-pdf"])
def test_a_strict_build_fails_with_exactly_these_findings_and_another_succeeds(
    tmp_path: Path, builder: str, jobs: str
) -> None:
    strict = sphinx_build(tmp_path / "strict", builder, "-W", "-j", jobs)
    assert strict.returncode == 1
    said = [LINE.match(line) for line in strict.stderr.splitlines() if "WARNING" in line or "ERROR" in line]
    assert None not in said, strict.stderr
    found = [(one["path"], int(one["line"]), one["severity"].lower(), one["rule"]) for one in said if one]
    assert found == [(one["location"]["path"], one["location"]["line"], one["severity"], one["rule"]) for one in WARNED]
    for one, expected in zip(said, WARNED, strict=True):
        assert one is not None
        assert one["message"].startswith(expected["message"])
    assert sphinx_build(tmp_path / "lenient", builder, "-j", jobs).returncode == 0
    ending = "html" if builder == "html" else "pdf"
    names = {path.relative_to(tmp_path / "strict") for path in (tmp_path / "strict").rglob(f"*.{ending}")}
    assert names == {path.relative_to(tmp_path / "lenient") for path in (tmp_path / "lenient").rglob(f"*.{ending}")}
    assert len(names) >= 6


def test_check_prints_them_as_json() -> None:
    command = [
        sys.executable,
        "-c",
        "from sphinxcontrib_soup.cli import main; main()",
        "check",
        ".",
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=SAMPLE, check=False)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert printed["schema"] == "soup-findings/1"
    assert printed["phase"] == "development"
    assert printed["findings"] == EXPECTED
    assert all(
        count["examined"] >= 0 and count.keys() <= {"examined", "found", "off"} for count in printed["counts"].values()
    )


def test_there_are_a_gap_left_on_purpose_and_licences_not_done_with() -> None:
    assert [(one["rule"], one["subject"]) for one in EXPECTED] == [
        ("licence-text-missing", "third-party-notices"),
        ("licence-unknown", "inventory"),
        ("requirement-untested", "REQ_20"),
        ("licence-under-review", "SOUP_PYTHON"),
    ]
