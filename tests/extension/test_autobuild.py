"""`sphinx-autobuild` builds again when evidence changes, as when a page does, and serves what a fresh build makes.

The command is the one that the guide shows, on a free port of this machine.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from textwrap import dedent
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.docs.manual import DOCS, blocks
from tests.extension.law import shown
from tests.project import CONF

pytest.importorskip("sphinx_autobuild", reason="sphinx-autobuild is not installed")

CHECK = "from sphinxcontrib_soup.cli import main; main()"
PATIENCE = 120
"""Seconds to wait for a page, on a machine that has much else to do."""
QUIET = 3
"""Seconds without a further build, after which none is going on."""

RESULT = """<testsuite name="s"><testcase classname="c" name="t"><properties>
    <property name="verifies" value="REQ_1"/></properties>{}</testcase></testsuite>"""
LOCK = """{{"name": "a", "lockfileVersion": 3, "packages": {{
    "": {{"name": "a", "dependencies": {{"luxon": "^3.0.0"}}}}, "node_modules/luxon": {{"version": "{}"}}}}}}"""
FILES = {
    "docs/conf.py": f"{CONF}soup_evidence = ['package.json', 'package-lock.json', '../results/*.xml']\n",
    "docs/index.rst": """
        Dossier
        =======

        .. toctree::

           items
           plain

        .. traceability-matrix::
           :chain: requirement

        .. soup-list::
        """,
    "docs/items.rst": """
        Items
        =====

        .. requirement:: It works
           :id: REQ_1
           :source: a

        .. soup:: luxon
           :id: SOUP_1
           :purl: pkg:npm/luxon
           :designator: 3.5.0
        """,
    "docs/plain.rst": "Plain\n=====\n\nNothing of this.\n",
    "docs/package.json": '{"name": "a", "dependencies": {"luxon": "^3.0.0"}}',
    "docs/package-lock.json": LOCK.format("3.5.0"),
    "results/unit.xml": RESULT.format(""),
}


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(dedent(text), encoding="utf-8")


class Served:
    """A project that sphinx-autobuild watches and serves."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self.folder, self.log = folder, folder / "said.txt"
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sphinx_autobuild", *command[1:], "--port", "0"],
                cwd=folder,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text(encoding="utf-8"))

    def page(self, name: str) -> str:
        """What a page says as it is served; empty while there is none."""
        address = re.search(r"Serving on (http://127\.0\.0\.1:\d+)", self.said)
        try:
            with urlopen(f"{address[1]}/{name}.html", timeout=10) as answer:
                return re.sub(r"<[^>]+>", "", answer.read().decode())
        except (URLError, ConnectionError, HTTPException, TypeError):  # no address yet, or a page that is being written
            return ""

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.1)

    def rest(self) -> None:
        """Wait until no build follows: a build must not be the reason of the next one."""
        heard, since = "", time.monotonic()

        def rested() -> bool:
            nonlocal heard, since
            if self.said != heard:
                heard, since = self.said, time.monotonic()
            return time.monotonic() - since > QUIET

        self.wait(rested)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    (command,) = (
        line
        for text in blocks(DOCS / "guide" / "while-you-write.rst", "sh")
        for line in text.splitlines()
        if line.startswith("sphinx-autobuild ")
    )
    made = Served(tmp_path, shlex.split(command))
    try:
        yield made
    finally:
        made.stop()


def fresh(folder: Path) -> dict[str, bytes]:
    output = folder / "fresh"
    subprocess.run([sys.executable, "-m", "sphinx", "-q", folder / "docs", output], check=True, capture_output=True)
    return {name: content for name, content in shown(output).items() if not name.startswith(".doctrees/")}


def test_it_builds_again_when_evidence_changes(served: Served) -> None:
    folder = served.folder
    output = folder / "docs" / "_build" / "html"
    served.wait(lambda: "1 passed" in served.page("index"))
    written = (output / "plain.html").stat().st_mtime_ns

    write(folder, "results/unit.xml", RESULT.format("<failure/>"))
    served.wait(lambda: "1 failed" in served.page("index") and "failed" in served.page("items"))

    write(folder, "docs/package-lock.json", LOCK.format("3.6.0"))
    served.wait(lambda: "3.6.0" in served.page("index"))

    write(folder, "results/more.xml", RESULT.format("<skipped/>"))
    served.wait(lambda: "more.xml" in served.page("index"))

    (folder / "results" / "unit.xml").unlink()
    served.wait(lambda: "1 untested" in served.page("index"))

    write(folder, "docs/items.rst", FILES["docs/items.rst"].replace("It works", "It works well"))
    served.wait(lambda: "It works well" in served.page("index"))

    served.rest()
    builds = served.said.count("Rebuilding")
    check = [sys.executable, "-c", CHECK, "check", "docs", "-q"]
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 1, "SOUP_1 has moved"
    served.rest()
    assert served.said.count("Rebuilding") == builds, "a check is no reason to build"
    kept = {name: content for name, content in shown(output).items() if not name.startswith(".doctrees/")}
    assert kept == fresh(folder)
    assert (output / "plain.html").stat().st_mtime_ns == written
