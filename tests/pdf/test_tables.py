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
    from sphinxcontrib_soup.tables import narrowed

    LABELS = {
        "much": "word " * 5000,
        "lines": "word<line>" * 100,
        "long": "abcdefghij" * 30,
    }

    def label(row, each, text):
        if each == 0:
            return ()
        said = LABELS.get(text, text or "$ *need* #")
        return (*cell(*said.split("<line>")), *cell((Ref("REQ_1"), Text(f"Group {row // each}"))))

    def table(rows, columns, gap=-1, word="", each=None, label_text=""):
        def value(row, column):
            if column == columns:
                return label(row, each, label_text)
            if column == 0:
                return cell((Ref("REQ_1"), Ref("REQ_LOST")))
            if column == 1:
                badge = Badge("passed", Tone.GOOD)
                return cell(word or f"text {row}", (Text("# $ * _"), badge), Place(Location("a/b.py", row)))
            return cell(f"{row}.{column}")
        last = columns + (each is not None)
        made = tuple(Row(tuple(value(r, c) for c in range(last)), r == gap) for r in range(rows))
        heads = tuple(Column(f"c{c}", f"Head {c}", 2 if c == 1 else 1) for c in range(columns))
        heads += (Column("need", "Need"),) * (last - columns)
        full = Table(name="t", title="The title", columns=heads, rows=made, empty="Nothing here.", notes=NOTES)
        return narrowed(full, group="need" if last > columns else "")

    NOTES = ("A note.", *(f"Another, number {number}." for number in range(2, 9)), "The last note.")

    class View(Directive):
        option_spec = dict(rows=int, columns=int, gap=int, word=str, each=int, label_text=str)
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


def view(**options: object) -> str:
    return "\n    .. view::\n" + "".join(f"       :{name}: {value}\n" for name, value in options.items())


def test_the_label_of_a_group_stands_below_the_head_on_every_page_on_which_it_goes_on(project: Project) -> None:
    pdf = built(project, view(rows=200, columns=4, each=40, gap=50))
    pages = [page for page in pdf.pages if re.search(r"text \d", page)]
    assert len(pages) > 5
    for page in pages:
        first = min(map(int, re.findall(r"text (\d+)", page)))
        label = f"Head 0 Head 1 Head 2 Head 3 Need $ *need* # REQ_1 Group {first // 40} 40 rows"
        assert label + (", 1 gap" if first // 40 == 1 else "") in page
    for row in range(200):
        assert pdf.text.count(f"text {row} ") == 1
    assert "Head 4" not in pdf.text


def test_no_label_is_left_at_the_foot_of_a_page(project: Project) -> None:
    pdf = built(project, view(rows=150, columns=3, each=3))
    for page in pdf.pages:
        labels, rows = re.findall(r"Group (\d+) 3 rows", page), re.findall(r"text (\d+)", page)
        assert not labels or int(labels[-1]) == int(rows[-1]) // 3
    assert sorted(set(re.findall(r"Group (\d+) 3 rows", pdf.text)), key=int) == [str(number) for number in range(50)]


def test_rows_without_a_label_say_so(project: Project) -> None:
    pdf = built(project, view(rows=2, columns=3, each=0))
    assert "Need none 2 rows" in pdf.text


def test_a_row_can_be_a_group_and_a_table_one_group(project: Project) -> None:
    pdf = built(project, view(rows=60, columns=2, each=1) + view(rows=60, columns=2, each=1000))
    assert len(set(re.findall(r"Group (\d+) 1 row(?!s)", pdf.text))) == 60
    assert "Group 0 60 rows" in pdf.text


def test_a_long_word_in_a_label_stays_on_the_page(project: Project) -> None:
    pdf = built(project, view(rows=30, columns=2, each=3, label_text="long"))
    assert pdf.squeezed.count("abcdefghij" * 30) >= 10
    assert pdf.strays() == []


@pytest.mark.parametrize(("text", "times"), [("much", 5000), ("lines", 100)])
def test_a_label_of_much_text_is_said_once_and_its_beginning_repeated(project: Project, text: str, times: int) -> None:
    pdf = built(project, view(rows=120, columns=2, each=60, label_text=text))
    pages = [page for page in pdf.pages if re.search(r"text \d", page)]
    again = pdf.text.count("Need word")
    assert again >= len(pages) > 2
    assert 2 * times < pdf.text.count("word") <= 2 * times + again * 81
    assert (pdf.text.count("Group 0"), pdf.text.count("Group 1")) == (1, 1)
    assert pdf.strays() == []


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
