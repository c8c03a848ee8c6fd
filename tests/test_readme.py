"""The two commands of README.rst: the first is run as a newcomer would, the second is what CI runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMMANDS = re.findall(r"^\.\. code-block:: sh\n\n((?:   .*\n)+)", (ROOT / "README.rst").read_text(), re.M)


def fresh_clone(folder: Path) -> Path:
    """The files that git tracks or would, and nothing that was installed or built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    return folder


def environment(home: Path) -> dict[str, str]:
    """An empty home, and none of the variables of the environment that runs this test."""
    home.mkdir()
    dropped = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTEST_CURRENT_TEST")
    return {name: value for name, value in os.environ.items() if name not in dropped} | {"HOME": str(home)}


def test_the_first_command_sets_everything_up_and_builds_the_sample(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout: there is nothing to clone")
    clone = fresh_clone(tmp_path / "clone")
    (command, _) = (text.strip() for text in COMMANDS)
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=clone,
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
    )
    if "Could not find a version" in done.stderr or "NewConnectionError" in done.stderr:
        pytest.skip(f"packages cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    printed = [clone / line for line in done.stdout.splitlines() if line.startswith("build/sample/")]
    assert all(path.is_file() for path in printed)
    assert {path.suffix for path in printed} == {".html", ".pdf", ".json"}
    assert sum(path.suffix == ".pdf" for path in printed) >= 5
    assert "REQ_20 is untested" in done.stderr


def test_the_second_command_is_what_ci_runs() -> None:
    (_, command) = (text.strip() for text in COMMANDS)
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == command


def test_no_registry_is_named_by_its_host() -> None:
    """Lock files and texts are written without the addresses of package registries."""
    hosts = [
        ".".join(parts)
        for parts in (("registry", "npmjs", "org"), ("files", "pythonhosted", "org"), ("deb", "debian", "org"))
    ]
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        text = path.read_bytes() if path.is_file() else b""
        assert not [host for host in hosts if host.encode() in text], name
