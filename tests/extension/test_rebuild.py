"""A build after a change says what a fresh build says, on every page that shows the trace."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from tests.project import Project, Run

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
PAGES = {
    "conf.py": """
        extensions = ["sphinxcontrib_soup"]
        project = "Test"
        soup_safety_class = "C"
        soup_safety_class_rationale = "It is a test."
        soup_date = "2026-01-02"
        soup_evidence = ["*.xml", "package*.json", "history/*.json"]
        """,
    "index.rst": """
        Index
        =====

        .. toctree::

           items
           matrix
           needs
           plain
           words
           cards
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

        .. rationale-table::

        .. soup-impact::

        .. progress-trend::

        .. findings-table::
        """,
    "needs.rst": """
        Needs
        =====

        .. needtable::
           :columns: id, title, verdict
           :style: table
        """,
    "plain.rst": "Plain\n=====\n\nNot ours. See :ref:`there <place>`, :ref:`place`, :doc:`needs`, :term:`dose`.\n",
    "words.rst": """
        Words
        =====

        .. glossary::

           dose
              An amount.

        .. _place:

        A place
        -------

        .. include:: part.inc

        .. image:: picture.svg
        """,
    "part.inc": "Some words.\n",
    "picture.svg": SVG,
    "cards.rst": """
        Cards
        =====

        .. spec:: A card of the user
           :id: SPEC_1

        .. requirement:: As a card
           :id: REQ_9
           :source: a
           :layout: clean
        """,
    "results.xml": """<testsuite name="s"><testcase classname="c" name="t"><properties>
        <property name="verifies" value="REQ_1"/></properties></testcase></testsuite>""",
    "package.json": '{"name": "a", "dependencies": {"luxon": "^3.0.0"}}',
    "package-lock.json": """{"name": "a", "lockfileVersion": 3, "packages": {
        "": {"name": "a", "dependencies": {"luxon": "^3.0.0"}},
        "node_modules/luxon": {"version": "3.5.0"}}}""",
    "history/1.0.json": """{"schema": "soup-progress/1",
        "provenance": {"project": "Test", "release": "1.0", "tool": "t", "date": "2025-11-03",
            "commit": null, "dirty": null},
        "items": {"requirement": {"failed": 0, "passed": 1, "untested": 1}},
        "effectiveness": {"failed": 0, "passed": 0, "untested": 0},
        "findings": {"error": 0, "info": 1, "warning": 2}}""",
}

OUTSIDE = ("searchindex.js", "schema_violations.json", ".soup-state.json", ".buildinfo", ".buildinfo.bak")
INDEX, WORDS = PAGES["index.rst"], PAGES["words.rst"]


def without_words(project: Project) -> None:
    project.write("index.rst", INDEX.replace("           words\n", ""))
    project.write("plain.rst", "Plain\n=====\n\nNothing.\n")
    (project.folder / "words.rst").unlink()


def restored_with_an_old_time(project: Project) -> None:
    path = project.folder / "items.rst"
    project.write("items.rst", PAGES["items.rst"].replace("It shall work.", "It shall really work."))
    os.utime(path, (1, 1))


def included_with_an_old_time(project: Project) -> None:
    project.write("part.inc", "Other words.\n")
    os.utime(project.folder / "part.inc", (1, 1))


def renamed(project: Project) -> None:
    (project.folder / "items.rst").rename(project.folder / "things.rst")
    project.write("index.rst", INDEX.replace("items", "things"))


CHANGES: dict[str, Callable[[Project], object]] = {
    "a result fails": lambda project: project.write(
        "results.xml", PAGES["results.xml"].replace("</properties>", "</properties><failure/>")
    ),
    "a result file comes": lambda project: project.write(
        "more.xml", PAGES["results.xml"].replace("</properties>", "</properties><skipped/>")
    ),
    "a result file goes": lambda project: (project.folder / "results.xml").unlink(),
    "a result file breaks": lambda project: project.write("results.xml", "<testsuite><testcase name='t'>"),
    "an earlier build comes": lambda project: project.write(
        "history/1.1.json", PAGES["history/1.0.json"].replace("2025-11-03", "2025-12-01").replace("1.0", "1.1")
    ),
    "an earlier build breaks": lambda project: project.write(
        "history/1.0.json", PAGES["history/1.0.json"].replace('"passed": 1', '"passed": -1')
    ),
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
    "a title changes that others repeat": lambda project: project.write(
        "words.rst", WORDS.replace("A place\n        -------", "A spot\n        ------")
    ),
    "a title of a page changes": lambda project: project.write(
        "needs.rst", PAGES["needs.rst"].replace("Needs\n        =====", "All\n        ===")
    ),
    "a label moves": lambda project: project.write(
        "words.rst", WORDS.replace(".. _place:", ".. _other:") + "\n        .. _place:\n\n        End\n        ---\n"
    ),
    "a term goes": lambda project: project.write("words.rst", WORDS.replace("dose", "sum")),
    "a page goes": without_words,
    "a page is renamed": renamed,
    "a page comes": lambda project: (
        project.write("index.rst", INDEX + "           more\n"),
        project.write("more.rst", "More\n====\n\nSee :need:`REQ_1`.\n"),
    ),
    "a source is restored with an old time": restored_with_an_old_time,
    "an included file is restored with an old time": included_with_an_old_time,
    "the order of pages changes": lambda project: project.write(
        "index.rst",
        INDEX.replace("           needs\n", "").replace("           cards\n", "           cards\n           needs\n"),
    ),
    "values are shared": lambda project: project.write(
        "conf.py",
        PAGES["conf.py"].rstrip() + "\n        soup_defaults = {'pkg:npm/*': {'manufacturer': 'community'}}\n",
    ),
    "the software gets another class": lambda project: project.write(
        "conf.py", PAGES["conf.py"].replace('safety_class = "C"', 'safety_class = "B"')
    ),
    "an item on another page gives a SOUP its class": lambda project: project.write(
        "cards.rst",
        PAGES["cards.rst"]
        + "\n        .. software-item:: A part\n           :id: ITEM_1\n           :safety_class: A\n"
        + "           :segregation: a process\n           :uses: SOUP_1\n",
    ),
    "an item on another page replaces a SOUP": lambda project: project.write(
        "cards.rst",
        PAGES["cards.rst"] + "\n        .. soup:: Next\n           :id: SOUP_2\n           :replaces: SOUP_1\n",
    ),
    "an item links to a card": lambda project: project.write(
        "items.rst", PAGES["items.rst"].replace(":derives_from: SYS_1", ":derives_from: SYS_1, SPEC_1, REQ_9")
    ),
    "a card changes": lambda project: project.write(
        "cards.rst", PAGES["cards.rst"].replace("A card of the user", "Another card")
    ),
    "an item is doubled": lambda project: project.write(
        "cards.rst", PAGES["cards.rst"] + "\n        .. requirement:: Twice\n           :id: REQ_1\n"
    ),
    "a template comes": lambda project: (
        project.write("conf.py", PAGES["conf.py"].rstrip() + "\n        templates_path = ['t']\n"),
        project.write("t/soup/item.html.jinja", "<p id='{{ block.anchor }}'>{{ block.title }} {{ statement }}</p>"),
    ),
    "a risk matrix comes": lambda project: project.write(
        "conf.py",
        PAGES["conf.py"].rstrip()
        + "\n        soup_risk_matrix = {'severities': ['a'], 'probabilities': ['b'], 'cells': [['acceptable']]}\n",
    ),
}


OF_PLAIN_SPHINX = {
    name
    for name in CHANGES
    if name.startswith(("a title", "a label", "a term", "a page", "an included", "the order", "a card", "a template"))
}


def shown(run: Run) -> dict[str, bytes]:
    """Every file of the output; the search index and the timings of sphinx-needs are left out."""
    paths = [path for path in run.output.rglob("*") if path.is_file() and path.name not in OUTSIDE]
    return {path.relative_to(run.output).as_posix(): path.read_bytes() for path in sorted(paths)}


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_equals_a_fresh_one(project: Project, change: str) -> None:
    for path, text in PAGES.items():
        project.write(path, text)
    before = project.build()
    CHANGES[change](project)
    after = project.build(fresh=False)
    told, pages = after.said, shown(after)
    shutil.rmtree(after.output)
    fresh = project.build()
    assert pages.keys() == shown(fresh).keys()
    assert [name for name, content in shown(fresh).items() if pages[name] != content] == []
    assert told == fresh.said
    assert after.built.judgement == fresh.built.judgement
    if change not in OF_PLAIN_SPHINX:
        assert (after.built.judgement, after.built.trace) != (before.built.judgement, before.built.trace)


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_changes_when_nothing_changed(project: Project, jobs: int) -> None:
    for path, text in PAGES.items():
        project.write(path, text)
    first = project.build(jobs=jobs)
    pages = shown(first)
    again = project.build(fresh=False, jobs=jobs)
    assert shown(again) == pages
    assert again.said == first.said


LATE = 4 * 10**18


def rewritten(project: Project) -> set[str]:
    """The pages that the next build writes."""
    output = project.folder.parent / "html"
    for page in output.glob("*.html"):  # later than sources and templates, so that times tell Sphinx nothing
        os.utime(page, ns=(LATE, LATE))
    project.build(fresh=False)
    return {page.stem for page in output.glob("*.html") if page.stat().st_mtime_ns != LATE} - {
        "genindex",
        "search",
        "permalink",
    }


def written(project: Project) -> Project:
    for path, text in PAGES.items():
        project.write(path, text)
    project.build()
    return project


def test_a_change_rewrites_only_the_pages_that_show_it(project: Project) -> None:
    written(project)
    assert rewritten(project) == set()
    CHANGES["a result fails"](project)
    assert rewritten(project) == {"items", "matrix", "needs", "cards"}
    CHANGES["a SOUP moves"](project)
    assert rewritten(project) == {"items", "matrix"}
    CHANGES["an earlier build comes"](project)
    assert rewritten(project) == {"matrix"}
    assert rewritten(project) == set()


@pytest.mark.parametrize(("blocks", "layout"), [(True, "   :layout: clean\n"), (False, "")])
def test_a_card_of_an_item_of_ours_shows_who_else_links_there(project: Project, blocks: bool, layout: str) -> None:
    project.conf(f"soup_blocks = {blocks}")
    project.write("index.rst", f"Cards\n=====\n\n.. requirement:: As a card\n   :id: REQ_9\n{layout}")
    other = ":orphan:\n\nMore\n====\n\n.. spec:: Another\n   :id: SPEC_2\n"
    project.write("more.rst", other)
    assert "SPEC_2" not in project.build().page()
    project.write("more.rst", f"{other}   :links: REQ_9\n")
    assert "SPEC_2" in project.build(fresh=False).page()


def test_a_page_that_names_a_need_is_rewritten_when_that_one_changes_and_not_when_another_does(
    project: Project,
) -> None:
    written(project)
    items = PAGES["items.rst"]
    project.write("more.rst", ":orphan:\n\nMore\n====\n\nSee :need:`REQ_1`.\n")
    project.build(fresh=False)
    CHANGES["a card changes"](project)
    assert "more" not in rewritten(project)
    project.write("items.rst", items.replace("=====\n", "=====\n\n        Some words.\n", 1))
    assert "more" not in rewritten(project)  # all lines of its page moved
    project.write("items.rst", items.replace("requirement:: ", "requirement:: Another "))
    assert "more" in rewritten(project)


def test_pages_that_only_have_another_time_are_not_read_again(project: Project) -> None:
    written(project)
    for path in project.folder.rglob("*.*"):
        os.utime(path, ns=(LATE, LATE))
    project.write("more.rst", ":orphan:\n\nMore\n====\n")
    assert "1 added, 0 changed, 0 removed" in project.build(fresh=False).status


def test_a_build_that_died_leaves_no_state_and_the_next_one_is_right(project: Project) -> None:
    run = written(project).build()
    pages = shown(run)
    (run.output / ".soup-state.json").unlink()
    (run.output / "matrix.html").write_text("<html>half a pa")
    assert shown(project.build(fresh=False)) == pages
