"""A build after a change says what a fresh build says, on every page that shows the trace."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.project import Project, Run

PAGES = {
    "conf.py": """
        extensions = ["sphinxcontrib_soup"]
        project = "Test"
        soup_safety_class = "C"
        soup_safety_class_rationale = "It is a test."
        soup_date = "2026-01-02"
        soup_evidence = ["*.xml", "package*.json"]
        """,
    "index.rst": """
        Index
        =====

        .. toctree::

           items
           matrix
           needs
           plain
        """,
    "items.rst": """
        Items
        =====

        .. system-requirement:: It works
           :id: SYS_1
           :source: a

        .. requirement:: It works well
           :id: REQ_1
           :derives_from: SYS_1

           It shall work.

        .. soup:: luxon
           :id: SOUP_1
           :purl: pkg:npm/luxon
           :designator: 3.5.0
        """,
    "matrix.rst": """
        Matrix
        ======

        .. traceability-matrix::

        .. soup-list::

        .. findings-table::
        """,
    "needs.rst": """
        Needs
        =====

        .. needtable::
           :columns: id, title, verdict
           :style: table
        """,
    "plain.rst": "Plain\n=====\n\nNothing of ours.\n",
    "results.xml": """<testsuite name="s"><testcase classname="c" name="t"><properties>
        <property name="verifies" value="REQ_1"/></properties></testcase></testsuite>""",
    "package.json": '{"name": "a", "dependencies": {"luxon": "^3.0.0"}}',
    "package-lock.json": """{"name": "a", "lockfileVersion": 3, "packages": {
        "": {"name": "a", "dependencies": {"luxon": "^3.0.0"}},
        "node_modules/luxon": {"version": "3.5.0"}}}""",
}

CHANGES: dict[str, Callable[[Project], None]] = {
    "a result fails": lambda project: project.write(
        "results.xml", PAGES["results.xml"].replace("</properties>", "</properties><failure/>")
    ),
    "a result file comes": lambda project: project.write(
        "more.xml", PAGES["results.xml"].replace("</properties>", "</properties><skipped/>")
    ),
    "a result file goes": lambda project: (project.folder / "results.xml").unlink(),
    "a result file breaks": lambda project: project.write("results.xml", "<testsuite><testcase name='t'>"),
    "a SOUP moves": lambda project: project.write(
        "package-lock.json", PAGES["package-lock.json"].replace("3.5.0", "3.6.0")
    ),
    "an item changes": lambda project: project.write(
        "items.rst", PAGES["items.rst"].replace("It works well", "It works better")
    ),
    "an item goes": lambda project: project.write("items.rst", PAGES["items.rst"].replace(":id: SYS_1", ":id: SYS_2")),
    "a setting changes": lambda project: project.write(
        "conf.py", PAGES["conf.py"].rstrip() + '\n        soup_phase = "release"\n'
    ),
    "a risk matrix comes": lambda project: project.write(
        "conf.py",
        PAGES["conf.py"].rstrip()
        + "\n        soup_risk_matrix = {'severities': ['a'], 'probabilities': ['b'], 'cells': [['acceptable']]}\n",
    ),
}


def shown(run: Run) -> dict[str, str]:
    """Every page, and the trace; the random numbers that sphinx-needs gives its tables are left out."""
    pages = sorted([*run.output.glob("*.html"), run.output / "trace.json"])
    return {page.name: re.sub(r"SNCB-\w+|needtable-\w+-\d+", "ID", page.read_text(encoding="utf-8")) for page in pages}


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_equals_a_fresh_one(project: Project, change: str) -> None:
    for path, text in PAGES.items():
        project.write(path, text)
    before = project.build()
    CHANGES[change](project)
    after = project.build(fresh=False)
    told, pages = after.said, shown(after)
    fresh = project.build()
    assert pages == shown(fresh)
    assert told == fresh.said
    assert after.built.judgement == fresh.built.judgement
    assert after.built.judgement != before.built.judgement or after.built.trace != before.built.trace


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_changes_when_nothing_changed(project: Project, jobs: int) -> None:
    for path, text in PAGES.items():
        project.write(path, text)
    first = project.build(jobs=jobs)
    pages = shown(first)
    again = project.build(fresh=False, jobs=jobs)
    assert shown(again) == pages
    assert again.said == first.said
