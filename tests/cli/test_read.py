"""`sphinx-soup read`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from sphinxcontrib_soup import __version__
from sphinxcontrib_soup.cli import main
from sphinxcontrib_soup.model import Evidence
from sphinxcontrib_soup.trace_json import decode

LOCK = {
    "lockfileVersion": 3,
    "packages": {
        "": {"dependencies": {"lodash": "^4.17.0"}},
        "node_modules/lodash": {"version": "4.17.21", "license": "MIT"},
        "node_modules/below": {"version": "1.0.0", "dev": True},
    },
}
RESULTS = """<testsuite name="unit">
<testcase classname="test_dose" name="test_limit" time="0.12"><properties>
<property name="verifies" value="REQ_7"/></properties>
<failure message="assert 3 &lt; 2"/></testcase>
<testcase classname="test_dose" name="test_\u001f"/><testcase name="later"><skipped/></testcase>
</testsuite>
""".replace("\u001f", "\u009b31m")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "package-lock.json").write_text(json.dumps(LOCK, indent=1), encoding="utf-8")
    (tmp_path / "web" / "notes.txt").write_text("Nothing of ours.\n", encoding="utf-8")
    (tmp_path / "web" / "node_modules" / "below").mkdir(parents=True)
    (tmp_path / "web" / "node_modules" / "below" / "package.json").write_text("{}", encoding="utf-8")
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "unit.xml").write_text(RESULTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["read", *args])


def found(result: Result) -> list[dict[str, Any]]:
    told = json.loads(result.stdout)
    assert told["schema"] == "soup-evidence/1"
    for one in told["evidence"]:
        decode(Evidence, one)
    return told["evidence"]


def test_folders_are_walked(folder: Path) -> None:
    result = run(".", "--format", "json")
    assert result.exit_code == 0
    evidence = found(result)
    assert [(one["kind"], one["name"], one["location"]["path"]) for one in evidence] == [
        ("test-result", "test_limit", "results/unit.xml"),
        ("test-result", "test_\u009b31m", "results/unit.xml"),
        ("test-result", "later", "results/unit.xml"),
        ("component", "lodash", "web/package-lock.json"),
        ("component", "below", "web/package-lock.json"),
    ]
    assert evidence[0] == {
        "kind": "test-result",
        "name": "test_limit",
        "classname": "test_dose",
        "suite": "unit",
        "outcome": "failed",
        "duration": 0.12,
        "verifies": ["REQ_7"],
        "message": "assert 3 < 2",
        "attempts": [],
        "properties": [],
        "executed_on": None,
        "location": {"path": "results/unit.xml", "line": 2},
    }
    assert evidence[3] == {
        "kind": "component",
        "name": "lodash",
        "version": "4.17.21",
        "purl": "pkg:npm/lodash@4.17.21",
        "requested": "^4.17.0",
        "direct": True,
        "scope": "runtime",
        "supplier": None,
        "hashes": [],
        "requires": [],
        "properties": [],
        "licence": "MIT",
        "location": {"path": "web/package-lock.json", "line": 9},
    }


def test_paths_are_relative_to_the_working_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "web")
    assert found(run("../results", "--format=json"))[0]["location"]["path"] == "../results/unit.xml"
    absolute = str(folder / "web" / "package-lock.json")
    assert found(run(absolute, "--format=json"))[0]["location"]["path"] == "package-lock.json"


def test_a_named_file_that_no_reader_claims_is_unread(folder: Path) -> None:
    result = run("web/notes.txt", "web", "--format=json")
    assert result.exit_code == 1
    first, *others = found(result)
    assert first["kind"] == "unread"
    assert first["location"] == {"path": "web/notes.txt", "line": None}
    assert [one["kind"] for one in others] == ["component", "component"]


def test_text_for_people(folder: Path) -> None:
    (folder / "web" / "package.json").write_text('{"dependencies":\n', encoding="utf-8")
    result = run(".")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout.replace("\\x9b31m", "#") == (
        """\
results/unit.xml       junit-xml     3 tests (1 passed, 1 skipped, 1 failed)
web/package-lock.json  package-lock  2 components (1 direct)
web/package.json       package-json  1 not read

Direct components:
  lodash  4.17.21  ^4.17.0  runtime  web/package-lock.json:9

Tests that failed:
  failed  test_dose.test_limit  assert 3 < 2  results/unit.xml:2

Not read:
  web/package.json:2  it is not JSON: Expecting value

3 files: 2 components (1 direct), 3 tests (1 passed, 1 skipped, 1 failed), 1 not read
Passed over: node_modules (1)
"""
    )


def test_what_could_steer_a_terminal_is_escaped(folder: Path) -> None:
    (folder / "hostile.xml").write_text(RESULTS.replace("test_limit", "\u009b2J\u202e"), encoding="utf-8")
    result = run("hostile.xml")
    assert "\\x9b2J\\u202e" in result.stdout
    assert all(char.isprintable() or char == "\n" for char in result.stdout)


def test_nothing_to_read(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("empty")
    assert (result.exit_code, result.stdout) == (0, "0 files: nothing\n")
    assert found(run("empty", "--format=json")) == []


@pytest.mark.parametrize("args", [(), ("missing",), (".", "--format=xml"), (".", "--nonsense")])
def test_wrong_usage(folder: Path, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage" in result.stderr


def test_files_included_from_outside_are_not_followed(folder: Path) -> None:
    (folder / "outside.txt").write_text("secret==1\n", encoding="utf-8")
    (folder / "web" / "requirements.txt").write_text("-r ../outside.txt\nfine\n", encoding="utf-8")
    assert [one.get("name") for one in found(run("web/requirements.txt", "--format=json"))] == ["secret", "fine"]
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.chdir(folder / "results")
        evidence = found(run("../web/requirements.txt", "--format=json"))
    assert [one.get("name", one.get("reason")) for one in evidence] == [
        "fine",
        "'../outside.txt' leads out of the folder that is read, so it is not followed",
    ]


def test_a_terminal_shows_progress(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinxcontrib_soup.cli.read._on_terminal", lambda: True)
    result = run("results", "--format=json")
    assert "Reading" in result.stderr
    assert len(found(result)) == 3


def test_read_loads_nothing_of_sphinx(folder: Path) -> None:
    """Whoever only reads files does not pay for Sphinx, and needs nothing of it."""
    script = (
        "import sys\n"
        "from sphinxcontrib_soup.cli import main\n"
        "main(['read', '.', '--format', 'json'], standalone_mode=False)\n"
    )
    check = "print(sorted({'sphinx', 'docutils', 'sphinx_needs'} & set(sys.modules)), file=sys.stderr)\n"
    script = f"import atexit, sys\natexit.register(lambda: {check.strip()})\n{script}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"
    assert done.returncode == 0
    assert json.loads(done.stdout)["evidence"]


def test_the_command_is_installed() -> None:
    done = subprocess.run([Path(sys.executable).with_name("sphinx-soup"), "--version"], capture_output=True, check=True)
    assert done.stdout.decode().strip() == f"sphinx-soup, version {__version__}"


def test_every_command_says_what_it_does() -> None:
    context = click.Context(main)
    names = main.list_commands(context)
    assert "read" in names
    for name in names:
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str()


def test_a_module_that_is_no_command(folder: Path) -> None:
    assert CliRunner().invoke(main, ["no-such-command"]).exit_code == 2
    assert main.get_command(click.Context(main), "formats") is None
