"""The manual, built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.manual import DOCS


@dataclass(frozen=True)
class Manual:
    """A build of the manual in a copy of its sources."""

    sources: Path
    pages: Path
    said: str
    code: int

    def page(self, name: str) -> str:
        return (self.pages / f"{name}.html").read_text(encoding="utf-8")


def build(sources: Path, builder: str = "html") -> Manual:
    """Build the manual as CI does: warnings are errors, and all of them are shown."""
    pages = sources / "_build" / builder
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", builder, "-W", "--keep-going", "-q", sources, pages],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return Manual(sources, pages, done.stdout + done.stderr, done.returncode)


@pytest.fixture(scope="session")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    sources = tmp_path_factory.mktemp("manual") / "docs"
    shutil.copytree(DOCS, sources, ignore=shutil.ignore_patterns("_build", "generated", "__pycache__"))
    return build(sources)
