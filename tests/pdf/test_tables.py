"""Tables: long ones, wide ones, narrow columns, and what stands in cells."""

from __future__ import annotations

import re

import pytest

from tests.pdf.pdf_file import Pdf
from tests.project import Project

VIEW = """
    from docutils.parsers.rst import Directive
    from sphinxcontrib_soup.model import *
    from sphinxcontrib_soup.nodes import soup_table

    def table(rows, columns, gap=-1, word=""):
        def value(row, column):
            if column == 0:
                return cell((Ref("REQ_1"), Ref("REQ_LOST")))
            if column == 1:
                badge = Badge("passed", Tone.GOOD)
                return cell(word or f"text {row}", (Text("# $ * _"), badge), Place(Location("a/b.py", row)))
            return cell(f"{row}.{column}")
        made = tuple(Row(tuple(value(r, c) for c in range(columns)), r == gap) for r in range(rows))
        heads = tuple(Column(f"c{c}", f"Head {c}", 2 if c == 1 else 1) for c in range(columns))
        return Table(name="t", title="The title", columns=heads, rows=made, empty="Nothing here.", notes=NOTES)

    NOTES = ("A note.", *(f"Another, number {number}." for number in range(2, 9)), "The last note.")

    class View(Directive):
        option_spec = dict(rows=int, columns=int, gap=int, word=str)
        def run(self):
            return [soup_table("", table=table(**self.options), uris={}, ids=["view"])]

    def setup(app):
        app.add_directive("view", View)
"""
START = """
    Title
    =====

    .. requirement:: It works
       :id: REQ_1
       :source: a

    First
    -----
"""


def built(project: Project, body: str) -> Pdf:
    project.conf(VIEW)
    project.write("index.rst", START + body)
    run = project.build("soup-pdf")
    assert run.code == 0, run.warnings
    assert "soup.pdf" not in run.warnings
    return Pdf(run.output / "Test.pdf")


def test_a_long_table_repeats_its_head_on_every_page(project: Project) -> None:
    pdf = built(project, "\n    .. view::\n       :rows: 200\n       :columns: 4\n       :gap: 3\n")
    pages = [page for page in pdf.pages if re.search(r"text \d", page)]
    assert len(pages) > 5
    for page in pages:
        assert "Head 0 Head 1 Head 2 Head 3" in page
    assert pdf.text.count("text 199") == 1
    assert "The title" in pages[0]
    assert pdf.text.count("▲") == 2
    assert "▲ marks a row with a gap." in pdf.text
    assert "A note." in pages[-1]


@pytest.mark.parametrize("filler", range(0, 36, 5))
def test_a_short_table_stands_on_one_page_with_what_is_said_below_it(project: Project, filler: int) -> None:
    lines = "\n".join(f"    | line {number}" for number in range(filler))
    pdf = built(project, f"\n{lines}\n\n    .. view::\n       :rows: 5\n       :columns: 4\n")
    (page,) = (page for page in pdf.pages if "Head 0" in page)
    assert all(f"text {row}" in page for row in range(5))
    assert "A note." in page


def test_what_is_said_below_a_table_stands_whole_below_its_head(project: Project) -> None:
    view = "\n    .. view::\n       :rows: {rows}\n       :columns: 4\n\n    One line and then\n\n"
    pdf = built(project, "".join(view.format(rows=rows) for rows in range(14, 44)))
    ends = [part for page in pdf.pages for part in page.split("The last note.")[:-1]]
    assert len(ends) == 30
    assert all(re.search(r"Head 0.*A note\.", part, re.DOTALL) for part in ends)


def test_cells_show_links_signs_and_places(project: Project) -> None:
    pdf = built(project, "\n    .. view::\n       :rows: 2\n       :columns: 3\n")
    assert "REQ_1, REQ_LOST text 0 # $ * _ ✓ passed a/b.py:0 0.2" in pdf.text
    assert len(pdf.inner_links) >= 2
    assert -1 not in pdf.inner_links


def test_a_table_without_rows_says_its_sentence(project: Project) -> None:
    pdf = built(project, "\n    .. view::\n       :rows: 0\n       :columns: 3\n")
    assert "Nothing here." in pdf.text
    assert "Head 0" not in pdf.text


def test_forty_columns_stay_on_the_page(project: Project) -> None:
    pdf = built(project, "\n    .. view::\n       :rows: 3\n       :columns: 40\n")
    number = next(index for index, page in enumerate(pdf.pages) if "2.39" in page.replace(" ", ""))
    box = pdf.reader.pages[number].mediabox
    assert box.width > box.height
    assert pdf.strays() == []
    assert "Head39" in pdf.squeezed


@pytest.mark.parametrize("columns", [2, 12])
def test_a_word_of_three_hundred_letters_stays_in_its_cell(project: Project, columns: int) -> None:
    word = "abcdefghij" * 30
    pdf = built(project, f"\n    .. view::\n       :rows: 2\n       :columns: {columns}\n       :word: {word}\n")
    assert pdf.squeezed.count(word) == 2
    assert pdf.strays() == []


def test_a_wide_view_turns_its_section_and_what_follows_is_upright(project: Project) -> None:
    pdf = built(
        project, "\n    .. view::\n       :rows: 3\n       :columns: 9\n\n    Second\n    ------\n\n    Upright.\n"
    )
    turned = [page.mediabox.width > page.mediabox.height for page in pdf.reader.pages]
    first = next(index for index, page in enumerate(pdf.pages) if "Head 8" in page)
    second = next(index for index, page in enumerate(pdf.pages) if "Upright." in page)
    assert "First" in pdf.pages[first]
    assert (turned[first], turned[second]) == (True, False)


def test_much_text_stays_upright_beside_a_wide_view(project: Project) -> None:
    text = "    " + "Many words of text. " * 200 + "\n"
    pdf = built(project, f"\n{text}\n    .. view::\n       :rows: 3\n       :columns: 9\n\n    Last words.\n")
    turned = [page.mediabox.width > page.mediabox.height for page in pdf.reader.pages]
    views = [index for index, page in enumerate(pdf.pages) if "Head 8" in page]
    assert [turned[index] for index in views] == [True]
    assert not any(
        turned[index] for index, page in enumerate(pdf.pages) if "Many words" in page or "Last words" in page
    )


def test_a_wide_view_in_a_box_stays_there(project: Project) -> None:
    pdf = built(project, "\n    .. note::\n\n       .. view::\n          :rows: 3\n          :columns: 12\n")
    assert all(page.mediabox.width < page.mediabox.height for page in pdf.reader.pages)
    assert pdf.strays() == []


def test_cells_of_an_author_hold_what_he_likes(project: Project) -> None:
    pdf = built(
        project,
        """
    .. list-table::
       :header-rows: 2
       :widths: 1 1 1

       * - A
         - B
         - C
       * - a
         - b
         - c
       * - - nested

           - list

             #. deeper
         - A note [#n]_

           .. note:: boxed

         - .. code-block:: python

              x = "# $"

    .. [#n] The footnote of a cell.

    +-----+-----+-----+
    | one | two       |
    +     +-----+-----+
    |     | 3   | 4   |
    +-----+-----+-----+
    """,
    )
    assert 'A B C a b c • nested • list 1. deeper A note 1 Note boxed x = "# $"' in pdf.text
    assert "1 The footnote of a cell." in pdf.text
    assert "3 4" in pdf.text
    assert "two one" in pdf.text.replace("twoone", "two one")


def test_a_table_within_a_table_has_columns_of_its_own(project: Project) -> None:
    pdf = built(
        project,
        """
    .. list-table::

       * - left
         - .. list-table::

              * - inner one
                - inner two
                - inner three
    """,
    )
    assert "left inner one inner two inner three" in pdf.text
    assert pdf.strays() == []
