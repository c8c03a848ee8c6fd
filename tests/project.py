"""A small Sphinx project made from texts, and builds of it within the test's own process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_soup.needs import Built, recall

CONF = """
extensions = ["sphinxcontrib_soup"]
project = "Test"
soup_safety_class = "C"
soup_safety_class_rationale = "It is a test."
soup_date = "2026-01-02"
"""
WARNING = re.compile(
    r"^(?:(?P<place>\S+?): )?(?P<level>WARNING|ERROR): (?P<text>.*?)(?: \[(?P<type>[\w.-]+)\])?$", re.M
)


@dataclass(frozen=True)
class Run:
    """One build: what it made, what it said, and the files it left."""

    built: Built
    warnings: str
    status: str
    output: Path
    code: int

    @property
    def said(self) -> set[tuple[str, str]]:
        """Every warning as (type, place); places are file names and lines, without folders."""
        return {(found["type"] or "", Path(found["place"] or "").name) for found in WARNING.finditer(self.warnings)}

    def page(self, name: str = "index") -> str:
        return (self.output / f"{name}.html").read_text(encoding="utf-8")

    def finding(self, rule: str) -> list[str]:
        return [one.message for one in self.built.judgement.findings if one.rule == rule]


class Project:
    """Sources in a folder, and the doctrees of earlier builds beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "source"
        self.folder.mkdir()
        self.write("conf.py", CONF)

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")

    def conf(self, more: str) -> None:
        self.write("conf.py", CONF + dedent(more))

    def build(self, builder: str = "html", *, jobs: int = 1, fresh: bool = True, **settings: Any) -> Run:
        status, warning = StringIO(), StringIO()
        output = self.folder.parent / builder
        with patch_docutils(self.folder), docutils_namespace():
            app = Sphinx(
                self.folder,
                self.folder,
                output,
                self.folder.parent / "doctrees",
                builder,
                confoverrides=settings,
                status=status,
                warning=warning,
                freshenv=fresh,
                parallel=jobs,
            )
            app.build()
            text = re.sub(r"\x1b\[[0-9;]*m", "", warning.getvalue())
            return Run(recall(app), text, status.getvalue(), output, app.statuscode)
