"""Views in pages: their options, what is wrong with them, and what a project changes in them."""

from __future__ import annotations

import re

import pytest

from tests.project import Project

ITEMS = """
    Views
    =====

    .. system-requirement:: Above
       :id: SYS_1
       :source: a

    .. requirement:: First
       :id: REQ_1
       :derives_from: SYS_1

    .. requirement:: Second
       :id: REQ_2
       :derives_from: SYS_1

"""


def table(page: str, anchor: str) -> list[list[str]]:
    """The texts of a table's rows, header first."""
    start = page.index(f'id="{anchor}"')
    rows = re.findall(r"<tr.*?</tr>", page[start : page.index("</table>", start)], re.S)
    return [
        [" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in rows
    ]


def test_columns_sort_filter_title_and_name(project: Project) -> None:
    project.write(
        "index.rst",
        ITEMS
        + """
    See :ref:`the matrix <matrix>`.

    .. traceability-matrix:: What covers what
       :name: matrix
       :columns: verdict is_refined_by
       :sort: -is_refined_by
       :filter: search("REQ_", is_refined_by)
    """,
    )
    run = project.build()
    page = run.page()
    rows = table(page, "matrix")
    assert len(rows) == 3
    assert "REQ_2" in rows[1][1]
    assert "REQ_1" in rows[2][1]
    assert "untested" in rows[1][0]
    assert "What covers what" in page
    assert 'href="#matrix"' in page


def test_two_views_of_a_kind_have_their_own_anchors(project: Project) -> None:
    project.write("index.rst", ITEMS + "\n    .. findings-table::\n\n    .. findings-table::\n")
    page = project.build().page()
    assert 'id="findings-table"' in page
    assert 'id="findings-table-2"' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ("traceability-matrix::\n       :chain: nonsense", "nonsense"),
        ("traceability-matrix::\n       :chain: requirement <-nothing", "nothing"),
        ("traceability-matrix::\n       :columns: none", "none"),
        ("traceability-matrix::\n       :sort: none", "none"),
        ("traceability-matrix::\n       :filter: __import__('os').system('touch hacked')", "filter"),
        ("traceability-matrix::\n       :filter: verdict ==", "filter"),
        ("soup-list::\n       :chain: requirement", "unknown option 'chain'"),
        ("risk-table::\n       :colums: id", "unknown option 'colums'"),
    ],
)
def test_what_a_view_cannot_show_is_a_finding_at_its_line_in_every_build(
    project: Project, view: str, problem: str
) -> None:
    text = ITEMS + f"\n    .. {view}\n\n    .. findings-table::\n"
    project.write("index.rst", text)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if f".. {view.split('::')[0]}::" in one)
    for fresh in (True, False):
        run = project.build(fresh=fresh)
        (rejection,) = run.built.trace.rejections
        assert problem in rejection.problem
        assert rejection.location.line == line
        assert ("soup.item-rejected", f"index.rst:{line}") in run.said
        assert "soup-rejected" in run.page()
        assert "item-rejected" in run.page()
    assert not (project.folder / "hacked").exists()


def test_a_project_draws_items_from_its_own_template(project: Project) -> None:
    project.conf('templates_path = ["_templates"]')
    project.write(
        "_templates/soup/item.html.jinja", '<section id="{{ block.anchor }}">mine: {{ block.title }}</section>'
    )
    project.write("index.rst", ITEMS)
    page = project.build().page()
    assert '<section id="REQ_1">mine: First</section>' in page
    assert "<article" not in page


def test_a_reference_to_a_named_view_shows_its_title(project: Project) -> None:
    project.write(
        "index.rst",
        """
        Dossier
        =======

        .. soup-list::
           :name: soups

        .. risk-table:: What can go wrong
           :name: risks

        See :ref:`soups` and :ref:`risks`, or :ref:`these <risks>`.
        """,
    )
    run = project.build()
    assert not run.warnings
    for label, title in (("soups", "SOUP list"), ("risks", "What can go wrong"), ("risks", "these")):
        assert f'href="#{label}"><span class="std std-ref">{title}</span>' in run.page()


def test_an_unknown_option_is_answered_with_those_that_a_view_takes(project: Project) -> None:
    project.write("index.rst", "Dossier\n=======\n\n.. soup-list::\n   :class: wide\n")
    (said,) = project.build().finding("item-rejected")
    assert "unknown option 'class'; it takes name, title, columns, sort, filter" in said


def test_a_place_leads_to_where_the_project_says_that_its_files_are_seen(project: Project) -> None:
    (project.folder.parent / ".git").mkdir()
    project.conf("soup_source_url = 'https://example.org/x/{path}?plain=1#L{line}'")
    project.write("index.rst", "Pump\n====\n\n.. findings-table::\n\n.. requirement:: Dose\n   :id: REQ_1\n")
    top = project.folder.name
    link = f'<code class="soup-place"><a href="https://example.org/x/{top}/index.rst?plain=1#L6">index.rst:6</a></code>'
    assert link in project.build().page("index")
    project.conf("")
    assert '<code class="soup-place">index.rst:6</code>' in project.build(fresh=False).page("index")
