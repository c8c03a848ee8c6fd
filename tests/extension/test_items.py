"""Items in pages: taken, rejected, doubled, hostile; what is said of them in the first build and in every later one."""

from __future__ import annotations

import pytest

from tests.project import Project, Run

REJECTED = """
    Items
    =====

    .. requirement:: Good
       :id: REQ_1
       :source: customer

       It is good.

    .. requirement:: Wrong value
       :id: REQ_2
       :category: funny

    .. requirement:: Odd option
       :id: REQ_3
       :source: customer
       :sevrity: high

    .. requirement:: Nameless

    .. requirement:: Wrong ID
       :id: req 4

    .. anomaly:: Wrong date
       :id: ANO_1
       :discovered_on: yesterday
"""


def rejections(run: Run) -> list[tuple[str | None, int | None, bool]]:
    return [(one.id, one.location.line, one.kept) for one in run.built.trace.rejections]


def test_a_rejected_item_is_a_finding_at_its_line_in_every_build(project: Project) -> None:
    project.write("index.rst", REJECTED)
    expected = [
        ("REQ_2", 11, True),
        ("REQ_3", 15, True),
        (None, 20, False),
        ("req 4", 22, False),
        ("ANO_1", 25, True),
    ]
    first = project.build()
    again = project.build(fresh=False)
    for run in (first, again):
        assert rejections(run) == expected
        assert {("soup.item-rejected", f"index.rst:{line}") for _, line, _ in expected} <= run.said
    assert "0 added, 0 changed" in again.status


def test_a_rejected_item_leaves_a_block_in_the_page_with_what_was_written(project: Project) -> None:
    project.write("index.rst", REJECTED)
    page = project.build().page()
    assert page.count("soup-rejected") == 5
    assert "category is" in page
    assert "it must be one of: functional, performance" in page
    assert ":category: funny" in page
    assert set(project.build().built.trace.items) == {"REQ_1", "REQ_2", "REQ_3", "ANO_1"}


TWICE = {
    "index.rst": """
        First
        =====

        .. requirement:: Here
           :id: REQ_1
           :source: a

           From the first page.

        .. toctree::

           second
           third
        """,
    "second.rst": """
        Second
        ======

        .. requirement:: There
           :id: REQ_1
           :source: b

           From the second page.
        """,
    "third.rst": "Third\n=====\n",
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_two_items_with_one_id_the_first_page_wins_whoever_reads_it(project: Project, jobs: int) -> None:
    for path, text in TWICE.items():
        project.write(path, text)
    run = project.build(jobs=jobs)
    assert run.built.trace.items["REQ_1"].title == "Here"
    assert rejections(run) == [("REQ_1", 5, False)]
    assert run.built.trace.rejections[0].problem.startswith("the ID REQ_1 is already taken at index.rst:5")
    assert ("soup.item-rejected", "second.rst:5") in run.said
    assert not [kind for kind, _ in run.said if kind.startswith("needs.")]
    assert "soup-rejected" in run.page("second")


def test_an_item_takes_its_id_over_when_the_other_one_goes(project: Project) -> None:
    for path, text in TWICE.items():
        project.write(path, text)
    project.build()
    project.write("index.rst", TWICE["index.rst"].replace("REQ_1", "REQ_9"))
    run = project.build(fresh=False)
    assert run.built.trace.items["REQ_1"].title == "There"
    assert not run.built.trace.rejections
    assert "soup-rejected" not in run.page("second")


def test_hostile_text_in_an_item_is_shown_and_not_run(project: Project) -> None:
    project.write(
        "index.rst",
        """
        Hostile
        =======

        .. soup:: <script>alert(1)</script> *not* `markup`
           :id: SOUP_1
           :designator: 1.0"><img src=x>
           :manufacturer: {{ 7 * 7 }} #eval("1")

           The statement.
        """,
    )
    page = project.build().page()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *not* `markup`" in page
    assert "<img src=x>" not in page
    assert "{{ 7 * 7 }}" in page


@pytest.mark.parametrize("folder", ["/", ".", "source"])
def test_items_in_myst_and_in_included_files_have_their_own_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(project.folder.parent / folder)
    project.conf('extensions += ["myst_parser"]\nexclude_patterns = ["part.rst"]')
    project.write("index.rst", "Top\n===\n\n.. include:: part.rst\n\n.. toctree::\n\n   other\n")
    project.write("part.rst", "\n\n.. requirement:: Included\n   :id: REQ_1\n   :source: a\n")
    project.write(
        "other.md", "# Other\n\ntext\n\n```{requirement} In MyST\n:id: REQ_2\n:source: a\n\nIt *shall* work.\n```\n"
    )
    items = project.build().built.trace.items
    assert str(items["REQ_1"].location) == "part.rst:3"
    assert str(items["REQ_2"].location) == "other.md:5"
    assert items["REQ_2"].statement == "It *shall* work."


def test_verdict_is_a_field_that_the_directives_of_sphinx_needs_can_use(project: Project) -> None:
    project.conf('soup_evidence = ["results.xml"]')
    project.write(
        "results.xml",
        """<testsuite name="s"><testcase classname="c" name="t">
        <properties><property name="verifies" value="REQ_1"/></properties></testcase></testsuite>""",
    )
    project.write(
        "index.rst",
        """
        Verdicts
        ========

        .. requirement:: Tested
           :id: REQ_1
           :source: a

        .. requirement:: Not tested
           :id: REQ_2
           :source: a

        .. needtable::
           :filter: verdict == "passed"
           :columns: id, verdict
           :style: table
        """,
    )
    page = project.build().page()
    table = page[page.index("<table") :]
    assert "REQ_1" in table
    assert "passed" in table
    assert "REQ_2" not in table


def test_a_users_own_type_of_the_same_name_stays_theirs_and_a_mapped_type_is_ours(project: Project) -> None:
    project.conf(
        """
        needs_types = [
            {"directive": "risk", "title": "Project risk", "prefix": "PR_", "color": "#fff", "style": "node"},
            {"directive": "swreq", "title": "Software requirement", "prefix": "SW_", "color": "#fff", "style": "node"},
            {"directive": "check", "title": "Check", "prefix": "CH_", "color": "#fff", "style": "node"},
        ]
        needs_links = {"tests": {"outgoing": "tests", "incoming": "tested by"}}
        soup_kinds = {"swreq": "requirement", "check": "test"}
        soup_links = {"tests": "verifies"}
        """
    )
    project.write(
        "index.rst",
        """
        Own types
        =========

        .. risk:: It may be late
           :id: PR_001

        .. swreq:: It works
           :id: SW_001

        .. check:: Try it
           :id: CH_001
           :tests: SW_001
        """,
    )
    run = project.build()
    items = run.built.trace.items
    assert {id_: item.kind for id_, item in items.items()} == {"SW_001": "requirement", "CH_001": "test"}
    assert items["CH_001"].links == {"verifies": ("SW_001",)}
    page = run.page()
    assert page.count("soup-item") >= 2
    assert "need_container" in page  # the user's own type keeps its card


def test_a_layout_of_sphinx_needs_keeps_its_card(project: Project) -> None:
    project.write(
        "index.rst",
        """
        Cards
        =====

        .. requirement:: As a card
           :id: REQ_1
           :source: a
           :layout: clean
        """,
    )
    assert 'id="REQ_1"' in project.build().page()
    assert "<article" not in project.build().page()
    project.write("index.rst", "B\n=\n\n.. requirement:: B\n   :id: REQ_1\n   :source: a\n")
    assert "<article" in project.build().page()
    assert "<article" not in project.build(soup_blocks=False).page()


CODE = '''\
class Advisor:
    """
    Advises.

    .. requirement:: It advises
       :id: REQ_1
       :source: a
    """

    def dose(self):
        """Compute.

        .. requirement:: It computes
           :id: REQ_2
           :source: a
        """
'''


def test_items_in_docstrings_are_found_at_their_line_of_the_code(project: Project) -> None:
    project.conf(
        """
        import sys
        from pathlib import Path
        extensions += ["sphinx.ext.autodoc"]
        sys.path.insert(0, str(Path(__file__).parent))
        """
    )
    (project.folder / "soup_sample_code.py").write_text(CODE)
    project.write("index.rst", "Code\n====\n\n.. automodule:: soup_sample_code\n   :members:\n   :undoc-members:\n")
    items = project.build().built.trace.items
    assert str(items["REQ_1"].location) == "soup_sample_code.py:5"
    assert str(items["REQ_2"].location) == "soup_sample_code.py:13"


def test_a_link_to_a_users_own_type_that_stands_for_no_kind_is_not_dangling(project: Project) -> None:
    project.write(
        "index.rst",
        """
        Own types
        =========

        .. spec:: Of the user
           :id: SPEC_1

        .. requirement:: It works
           :id: REQ_1
           :derives_from: SPEC_1
        """,
    )
    run = project.build()
    assert not run.finding("link-dangling")
    assert not run.finding("requirement-without-parent")


def test_a_field_of_another_kind_is_left_out_and_said_in_every_build(project: Project) -> None:
    project.write("index.rst", "Pump\n====\n\n.. soup:: zlib\n   :id: SOUP_1\n   :source: maker\n   :designator: 1\n")
    problem = "the option :source: is none of the kind soup and was left out"
    for fresh in (True, False):
        run = project.build(fresh=fresh)
        assert [problem in one for one in run.finding("item-rejected")] == [True]
        assert "needs." not in run.warnings
        assert run.built.trace.items["SOUP_1"].text("designator") == "1"
