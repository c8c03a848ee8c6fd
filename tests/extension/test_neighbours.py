"""Beside others: sphinx-test-reports, sphinx-design, MyST and Furo together, and what is not parallel-safe."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable

import pytest

from tests.extension.law import differences, shown
from tests.project import CONF, Project, Run

pytest.importorskip("furo", reason="Furo is not installed")
pytest.importorskip("myst_parser", reason="MyST is not installed")
pytest.importorskip("sphinx_design", reason="sphinx-design is not installed")
pytest.importorskip("sphinx_test_reports", reason="sphinx-test-reports is not installed")

TOGETHER = """
extensions = ["sphinx_needs", "myst_parser", "sphinx_design", "sphinxcontrib_soup", "sphinx_test_reports"]
html_theme = "furo"
myst_enable_extensions = ["colon_fence"]
needs_build_json = True
needs_id_regex = "^[A-Za-z0-9_.]+$"
needs_links = {"runs": {"outgoing": "runs", "incoming": "run by",
    "predicates": [["type == 'test'", "[[tr_link('id', 'case_name')]]"]]}}
tr_property_link_types = {"verifies": "links"}
tr_deterministic_case_ids = True
soup_evidence = ["results/*.xml"]
"""
RESULTS = """<testsuite name="unit" tests="2" failures="0" errors="0" skipped="0" time="0.2">
<testcase classname="test_dose" name="TC_DOSE" time="0.1"><properties>
<property name="verifies" value="TC_DOSE"/></properties></testcase>
<testcase classname="test_dose" name="test_limit" time="0.1"><properties>
<property name="verifies" value="REQ_LIMIT"/></properties></testcase>
</testsuite>
"""
PAGES = {
    "index.md": """
        # Index

        ```{toctree}
        items
        cards
        results
        ```

        See {need}`REQ_DOSE`.
        """,
    "items.md": """
        # Items

        ```{requirement} The dose is limited
        :id: REQ_DOSE
        :source: a

        It *shall* be limited.
        ```

        :::{requirement} There is a limit
        :id: REQ_LIMIT
        :derives_from: REQ_DOSE
        :::

        ```{test} Try the dose
        :id: TC_DOSE
        :verifies: REQ_DOSE
        ```

        ```{traceability-matrix}
        ```
        """,
    "cards.rst": """
        Cards
        =====

        .. grid:: 2

           .. grid-item-card:: A card of sphinx-design
              :link: items
              :link-type: doc

              .. requirement:: Within a card
                 :id: REQ_CARD
                 :derives_from: REQ_DOSE

           .. grid-item-card:: Another

              .. needtable::
                 :columns: id, title, verdict
                 :filter: type == "requirement"
                 :style: table

        .. tab-set::

           .. tab-item:: Findings

              .. findings-table::

        .. dropdown:: More

           :bdg-primary:`badge` :need:`REQ_LIMIT`
        """,
    "results.rst": """
        Results
        =======

        .. test-file:: Unit tests
           :file: results/unit.xml
           :id: FILE_UNIT
           :auto_suites:
           :auto_cases:

        .. test-results:: results/unit.xml

        .. needtable::
           :types: testcase
           :columns: id, title, result, links
           :style: table
        """,
    "results/unit.xml": RESULTS,
}


@pytest.fixture
def together(project: Project) -> Project:
    project.write("conf.py", CONF + TOGETHER)
    for path, text in PAGES.items():
        project.write(path, text)
    return project


def test_all_of_them_build_one_project_and_none_complains(together: Project) -> None:
    run = together.build()
    assert {kind for kind, _ in run.said} == {"soup.requirement-untested"}, run.warnings
    assert "already registered" not in run.warnings
    cards = run.page("cards")
    assert cards.count('class="soup-item') == 1
    assert cards.index("sd-card") < cards.index('class="soup-item')
    assert run.page("items").count('class="soup-item') == 3


def test_results_are_read_by_both(together: Project) -> None:
    run = together.build()
    verdicts = run.built.trace.verdicts
    assert verdicts == {"REQ_DOSE": "passed", "REQ_LIMIT": "passed", "REQ_CARD": "untested", "TC_DOSE": "passed"}
    assert len(run.built.trace.results) == 2
    page = run.page("results")
    assert page.count("tr_passed") >= 2
    assert 'href="items.html#REQ_LIMIT"' in page


def failing(project: Project) -> None:
    project.write(
        "results/unit.xml", RESULTS.replace("</properties></testcase>\n</", "</properties><failure/></testcase>\n</")
    )


def old(project: Project) -> None:
    failing(project)
    os.utime(project.folder / "results/unit.xml", (1, 1))


CHANGES: dict[str, Callable[[Project], object]] = {
    "nothing": lambda _: None,
    "a result": failing,
    "a result with an old time": old,
    "a result more": lambda project: project.write(
        "results/unit.xml",
        RESULTS.replace("</testsuite>", '<testcase classname="test_more" name="test_more" time="1"/></testsuite>'),
    ),
    "the results are gone": lambda project: (project.folder / "results/unit.xml").unlink(),
    "the results are broken": lambda project: project.write("results/unit.xml", RESULTS[:80]),
    "an item in Markdown": lambda project: project.write("items.md", PAGES["items.md"].replace("dose is", "rate is")),
    "an item in a card": lambda project: project.write("cards.rst", PAGES["cards.rst"].replace("Within", "In")),
    "the theme": lambda project: project.write("conf.py", CONF + TOGETHER.replace('"furo"', '"alabaster"')),
}


def is_right(project: Project, jobs: int) -> None:
    """An incremental build must equal a fresh one, but for the files of a theme that was left: Sphinx keeps those."""
    kept = project.build(fresh=False, jobs=jobs)
    away = kept.output.rename(kept.output.with_name("kept"))
    fresh = project.build(jobs=jobs)
    found = differences(Run(kept.built, kept.warnings, kept.status, away, kept.code), fresh)
    assert [one for one in found if not re.search(r"_static/\S+ was left", one)] == []
    shutil.rmtree(fresh.output)
    away.rename(fresh.output)


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_equals_a_fresh_one(together: Project, change: str) -> None:
    together.build()
    CHANGES[change](together)
    is_right(together, jobs=1)
    together.write("results/unit.xml", RESULTS)
    is_right(together, jobs=2)


# --- not parallel-safe -----------------------------------------------------------------------------------------------

UNSAFE = {
    "reading": '"parallel_read_safe": False, "parallel_write_safe": True',
    "reading, as it says nothing": '"parallel_write_safe": True',
    "writing": '"parallel_read_safe": True, "parallel_write_safe": False',
    "both": '"parallel_read_safe": False, "parallel_write_safe": False',
}


@pytest.fixture
def serial(project: Project, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of more pages than Sphinx reads in one process, with an extension that is not parallel-safe."""
    monkeypatch.syspath_prepend(project.folder)
    name = "unsafe_" + re.sub(r"\W", "_", request.node.callspec.id)
    project.write(f"{name}.py", f'def setup(app):\n    return {{"version": "1", {UNSAFE[request.param]}}}\n')
    project.conf(f'extensions += ["{name}"]\nsoup_evidence = ["*.xml"]')
    project.write("results.xml", RESULTS.replace("TC_DOSE", "REQ_1"))
    names = [f"page{number}" for number in range(12)]
    project.write("index.rst", "Index\n=====\n\n.. toctree::\n\n" + "".join(f"   {one}\n" for one in names))
    for number, one in enumerate(names):
        item = f".. requirement:: Thing {number}\n   :id: REQ_{number}\n   :source: a\n"
        project.write(f"{one}.rst", f"Page {number}\n{'=' * 8}\n\n{item}\n.. traceability-matrix::\n")
    return project


@pytest.mark.parametrize("serial", UNSAFE, indirect=True)
def test_an_extension_that_is_not_parallel_safe_is_told_once_and_changes_nothing(
    serial: Project, request: pytest.FixtureRequest
) -> None:
    name = request.node.name
    one = shown(serial.build(jobs=1).output)
    run = serial.build(jobs=2)
    assert shown(run.output) == one
    said = [line for line in run.warnings.splitlines() if "parallel" in line]
    assert len(said) == len(set(said)) == (2 if "both" in name else 1), run.warnings
    serial.write("results.xml", RESULTS.replace("TC_DOSE", "REQ_2"))
    is_right(serial, jobs=2)
