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


GROUPED = """
    Tests
    =====

    .. test:: Case <b>one</b>
       :id: TC_1
       :verifies: REQ_1
       :test_level: unit

    .. test:: Case two
       :id: TC_2
       :verifies: REQ_1

    .. test:: Case three
       :id: TC_3
       :verifies: REQ_2
       :test_level: unit

    .. requirement:: One
       :id: REQ_1

    .. requirement:: Two
       :id: REQ_2

    .. test-table::
       :group: {by}
       :columns: id, verifies, {by}
    """


def test_rows_stand_below_the_labels_of_their_groups(project: Project) -> None:
    project.write("index.rst", GROUPED.format(by="test_level"))
    page = project.build().page()
    assert table(page, "test-table") == [
        ["Test", "Verifies"],
        ["Level unit 2 rows, 2 gaps"],
        ["TC_1 Case &lt;b&gt;one&lt;/b&gt; gap", "REQ_1 One"],
        ["TC_3 Case three gap", "REQ_2 Two"],
        ["Level: none 1 row, 1 gap"],
        ["TC_2 Case two gap", "REQ_1 One"],
    ]
    assert page.count('<th scope="rowgroup" colspan="2">') == 2


def test_a_label_that_is_an_item_can_be_linked_to_and_no_id_stands_twice(project: Project) -> None:
    project.write("index.rst", GROUPED.format(by="verifies") + "\n    .. item-tree::\n       :group: id\n")
    page = project.build().page()
    assert re.findall(r'id="(test-table\.[^"]*)"( class="soup-group")?', page) == [
        ("test-table.REQ_1", ' class="soup-group"'),
        ("test-table.TC_1", ""),
        ("test-table.TC_2", ""),
        ("test-table.REQ_2", ' class="soup-group"'),
        ("test-table.TC_3", ""),
    ]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml", "epub"])
def test_other_builders_have_labels_without_a_warning(project: Project, builder: str) -> None:
    documents = 'latex_documents = [("index", "a.tex", "T", "A", "manual")]\nman_pages = [("index", "a", "", [], 1)]\n'
    project.conf(documents)
    project.write("index.rst", GROUPED.format(by="test_level"))
    run = project.build(builder)
    assert "index.rst:: WARNING" not in run.warnings
    files = [path for path in run.output.rglob("*") if path.suffix in {".txt", ".tex", ".1", ".texi", ".xml", ".xhtml"}]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    squeezed = re.sub(r"<[^>]*>|@\w+|\\f.|\\\w+|\W", "", text)
    assert "Levelunit2rows2gaps" in squeezed
    assert "Levelnone1row1gap" in squeezed


def test_a_table_that_is_grouped_otherwise_is_written_again(project: Project) -> None:
    """The rows stay what they are and stand where they stood: only that they are grouped is new."""
    one = GROUPED.format(by="test_level").replace(":group: test_level", ":sort: test_level")
    text = one.replace("columns: id, verifies, test_level", "columns: test_level, id")
    project.write("index.rst", text)
    plain = project.build().page()
    project.write("index.rst", text.replace(":sort: test_level", ":group: test_level"))
    grouped = project.build(fresh=False).page()
    assert grouped == project.build().page()
    assert (plain.count("soup-group"), grouped.count("soup-group")) == (0, 2)


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
        ("traceability-matrix::\n       :group: verdikt", "no column 'verdikt' (did you mean verdict?)"),
        ("traceability-matrix::\n       :group: verdict executions", "no column 'verdict executions'"),
        ("traceability-matrix::\n       :columns: verdict\n       :group: verdict", "no other column is shown"),
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
