"""What the manual shows for hooks and editors works as it stands there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from sphinxcontrib_soup.cli import kept, main
from tests.docs.manual import DOCS, blocks

PAGE = DOCS / "guide" / "while-you-write.rst"
EXAMPLE = DOCS / "examples" / "levels"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project with a dossier in `docs`, and the way to it."""
    shutil.copytree(EXAMPLE, tmp_path / "docs", ignore=shutil.ignore_patterns("_build", "__pycache__"))
    monkeypatch.chdir(tmp_path)


def soup(program: str, *arguments: str) -> Result:
    assert program == "sphinx-soup"
    return CliRunner().invoke(main, arguments)


def test_the_hook_refuses_a_commit_with_findings_at_the_gate_and_keeps_what_it_read() -> None:
    (repository,) = yaml.safe_load(next(blocks(PAGE, "yaml")))["repos"]
    (hook,) = repository["hooks"]
    assert hook["language"] == "system"
    assert hook["pass_filenames"] is False
    failed = soup(*shlex.split(hook["entry"]))
    assert failed.exit_code == 1
    assert " error: " in failed.stdout
    assert Path("docs", kept.OWN, "environment.pickle").is_file()


def test_the_task_of_the_editor_finds_file_line_severity_message_and_rule_of_each_finding() -> None:
    (task,) = json.loads(next(blocks(PAGE, "json")))["tasks"]
    lines = soup(task["command"], *task["args"]).stdout.splitlines()[:-1]
    pattern = task["problemMatcher"]["pattern"]
    found = [re.match(pattern["regexp"], line) for line in lines]
    assert found
    assert all(found), lines
    as_json = json.loads(soup("sphinx-soup", "check", "docs", "-q", "--format", "json").stdout)["findings"]
    assert [{name: one[pattern[name]] for name in ("file", "line", "severity", "code")} for one in found if one] == [
        {
            "file": one["location"]["path"],
            "line": str(one["location"]["line"]),
            "severity": one["severity"],
            "code": one["rule"],
        }
        for one in as_json
    ]


def test_a_check_over_the_doctrees_of_a_build_reads_nothing_again() -> None:
    build, check = next(text for text in blocks(PAGE, "sh") if "sphinx-build" in text).splitlines()
    subprocess.run([sys.executable, "-m", "sphinx", *shlex.split(build)[1:]], check=True, capture_output=True)
    environment = Path("build/doctrees/environment.pickle")
    before = environment.stat().st_mtime_ns
    program = [sys.executable, "-c", "from sphinxcontrib_soup.cli import main; main()"]  # as new as the build before
    assert subprocess.run([*program, *shlex.split(check)[1:]], check=False, capture_output=True).returncode == 1
    assert environment.stat().st_mtime_ns == before
