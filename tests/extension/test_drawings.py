"""Pictures that extensions draw while pages are written go with the graphs they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import Project

DOT = """#!/bin/sh
for argument; do case "$argument" in -o*) out="${argument#-o}";; esac; done
read line
echo "<svg xmlns='http://www.w3.org/2000/svg'><desc>$line</desc></svg>" > "$out"
"""
GRAPH = """:orphan:

{title}
========

.. graphviz::

   digraph {{ a -> {to}; }}
"""


@pytest.fixture
def drawn(project: Project) -> Project:
    project.write("dot", DOT)
    (project.folder / "dot").chmod(0o755)
    project.conf(
        f"""
        extensions += ["sphinx.ext.graphviz"]
        graphviz_dot = {str(project.folder / "dot")!r}
        graphviz_output_format = "svg"
        """
    )
    project.write("index.rst", "Index\n=====\n\n.. image:: own.svg\n")
    project.write("own.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    for name in ("one", "two"):
        project.write(f"{name}.rst", GRAPH.format(title=f"{name} page", to=name))
    project.build()
    return project


def pictures(project: Project) -> set[str]:
    return {path.name for path in (project.folder.parent / "html/_images").iterdir()}


def test_a_drawing_goes_when_its_graph_changes(drawn: Project) -> None:
    before = pictures(drawn)
    assert len(before) == 3
    drawn.write("one.rst", GRAPH.format(title="one page", to="other"))
    drawn.build(fresh=False)
    after = pictures(drawn)
    assert len(after) == 3
    assert len(before & after) == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_drawing_goes_with_its_page_and_leaves_others(drawn: Project, jobs: int) -> None:
    output = drawn.folder.parent / "html"
    (drawn.folder / "two.rst").unlink()
    drawn.build(fresh=False, jobs=jobs)
    (own, kept) = sorted(pictures(drawn), key=len)
    assert own == "own.svg"
    assert kept in (output / "one.html").read_text()


def test_what_no_extension_drew_stays(drawn: Project) -> None:
    mine = Path(drawn.folder.parent / "html/_images/mine.svg")
    mine.write_text("mine")
    drawn.write("one.rst", ":orphan:\n\nOne\n===\n")
    drawn.build(fresh=False)
    assert mine.exists()
    assert len(pictures(drawn)) == 3
