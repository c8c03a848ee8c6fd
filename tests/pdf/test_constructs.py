"""Corners of constructs: what stands in unusual places, or in other sizes than usual."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from sphinx import locale

from sphinxcontrib_soup.pdf.look import look
from tests.pdf.pdf_file import Pdf
from tests.project import Project


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress((b"\0" + b"\x40" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def built(project: Project, index: str, **settings: object) -> Pdf:
    project.write("index.rst", index)
    run = project.build("soup-pdf", **settings)
    assert run.code == 0, run.warnings
    return Pdf(run.output / "Test.pdf")


def test_pages_that_are_joined_keep_their_labels_footnotes_and_sections_apart(project: Project) -> None:
    for name in ("a", "b"):
        project.write(
            f"{name}.rst",
            f"""
            Same title
            ==========

            A note [1]_ of page {name}, and a link to `Section`_.

            .. [1] The note of {name}.

            Section
            -------

            The section of {name}.
            """,
        )
    pdf = built(project, "Title\n=====\n\n.. toctree::\n\n   a\n   b\n")
    assert pdf.outline == [(1, "Same title"), (2, "Section")] * 2 + [(1, "Colophon")]
    assert "1 The note of a. 2 The note of b." in pdf.text
    assert {"a#section", "b#section", "a#same-title", "b#same-title"} <= pdf.destinations
    assert -1 not in pdf.inner_links


def test_what_a_page_says_after_its_toctree_stays_under_its_own_heading(project: Project) -> None:
    project.write("a.rst", "Below\n=====\n\nText of the page below.\n")
    pdf = built(project, "Title\n=====\n\nFirst words.\n\n.. toctree::\n\n   a\n\nLast words.\n")
    assert "First words. Last words. Below Text of the page below." in pdf.text


def test_a_page_with_two_titles_is_called_as_the_project(project: Project) -> None:
    pdf = built(project, "One\n===\n\nText.\n\nTwo\n===\n\nMore, and :doc:`index`.\n")
    assert pdf.outline == [(1, "One"), (1, "Two"), (1, "Colophon")]
    assert pdf.reader.metadata is not None
    assert pdf.reader.metadata.title == "Test"
    assert -1 not in pdf.inner_links


def test_only_what_is_for_this_builder_is_shown(project: Project) -> None:
    pdf = built(project, "Title\n=====\n\n.. only:: html\n\n   For pages.\n\n.. only:: typst\n\n   For print.\n")
    assert "For print." in pdf.text
    assert "For pages." not in pdf.text


def test_a_footnote_in_a_heading_stands_at_the_foot_of_the_page_that_uses_it(project: Project) -> None:
    pdf = built(
        project,
        """
        Title
        =====

        Heading [1]_ and [2]_
        ---------------------

        Text [1]_ here.

        .. [1] Noted in the text too.
        .. [2] Noted in the heading alone.
        """,
    )
    assert pdf.text.count("Noted in the text too.") == 1
    assert "[2] Noted in the heading alone." in pdf.text
    assert -1 not in pdf.inner_links


def test_an_item_within_an_item_is_drawn_with_its_own_facts(project: Project) -> None:
    pdf = built(
        project,
        """
        Title
        =====

        .. requirement:: Title with # $ *stars* [brackets] "quotes" and <b>
           :id: REQ_OUTER
           :source: "); panic()

           .. requirement:: Nested
              :id: REQ_INNER
              :source: another

              inner
        """,
    )
    assert 'REQ_OUTER Title with # $ *stars* [brackets] "quotes" and <b> Requirement' in pdf.text
    assert "REQ_INNER Nested Requirement ○ untested inner Source another" in pdf.text
    assert 'Source "); panic()' in pdf.text
    assert {"REQ_OUTER", "REQ_INNER"} <= pdf.destinations


def test_a_link_to_a_thing_that_is_not_shown_is_no_error(project: Project) -> None:
    pdf = built(project, "Title\n=====\n\nSee :ref:`it <lost>`.\n\n.. _lost:\n\n.. raw:: html\n\n   <hr>\n")
    assert "See it." in pdf.text
    assert -1 not in pdf.inner_links


def test_a_list_of_todos_names_files_within_the_project(project: Project) -> None:
    project.conf('extensions += ["sphinx.ext.todo"]\ntodo_include_todos = True')
    project.write("part/more.rst", "More\n====\n\n.. todo:: Something\n")
    pdf = built(project, "Title\n=====\n\n.. todolist::\n\n.. toctree::\n\n   part/more\n")
    assert "is located in part/more.rst, line 4." in pdf.text
    assert str(project.folder) not in pdf.text


def test_a_summary_of_an_api_is_a_table(project: Project) -> None:
    project.conf('extensions += ["sphinx.ext.autosummary", "sphinx.ext.todo"]\ntodo_include_todos = True')
    pdf = built(project, "Title\n=====\n\n.. autosummary::\n\n   os.path.join\n\n.. todo:: Think.\n")
    assert re.search(r"os\.path\.join\(a, \*p\) Join two or more pathname components", pdf.text)
    assert "Todo Think." in pdf.text


def test_the_parts_of_a_signature(project: Project) -> None:
    pdf = built(
        project,
        """
        Title
        =====

        .. py:class:: Pump(rate, limit=None)

           .. py:method:: run(volume: float, [unit]) -> bool
              :async:

              Runs.

           .. py:attribute:: state
              :type: int

        .. c:function:: int dose(double volume, double *rate)
        """,
    )
    assert "class Pump(rate, limit=None)" in pdf.text
    assert "async run(volume: float" in pdf.text
    assert "→ bool Runs." in pdf.text
    assert "state: int" in pdf.text
    assert "int dose(double volume, double *rate)" in pdf.text


def test_fields_in_a_narrow_cell_go_below_their_names(project: Project) -> None:
    pdf = built(
        project,
        """
        Title
        =====

        .. list-table::
           :widths: 80 20

           * - x
             - :Parameters of it: something that is said

               .. code-block:: c

                  int a_very_long_function_name_that_does_not_fit(void);
        """,
    )
    assert "x Parameters of it something that is said" in pdf.text
    assert "inta_very_long_function_name_that_does_not_fit(void);" in pdf.squeezed
    assert pdf.strays() == []


@pytest.mark.parametrize(("width", "height"), [(60, 4000), (4000, 60)])
def test_an_image_is_never_larger_than_its_page(project: Project, width: int, height: int) -> None:
    (project.folder / "big.png").write_bytes(png(width, height))
    pdf = built(
        project, "Title\n=====\n\n.. image:: big.png\n\n.. figure:: big.png\n   :scale: 300\n\n   The caption.\n"
    )
    shown = [drawn for page in pdf.reader.pages for drawn in drawings(page.get_contents().get_data())]
    assert len(shown) == 2
    assert max(wide for wide, _ in shown) < 477
    assert max(high for _, high in shown) < 610
    assert "The caption." in pdf.text


def test_an_image_is_as_large_as_on_a_page_of_the_web(project: Project) -> None:
    (project.folder / "some.png").write_bytes(png(200, 100))
    images = (
        "",
        "   :scale: 50\n",
        "   :width: 40px\n",
        "   :height: 30pt\n",
        "   :width: 50%\n",
        "   :width: 9000px\n",
    )
    pdf = built(project, "Title\n=====\n\n" + "\n".join(f".. image:: some.png\n{options}" for options in images))
    shown = [drawn for page in pdf.reader.pages for drawn in drawings(page.get_contents().get_data())]
    assert shown[:4] == [(150, 75), (75, 37.5), (30, 15), (60, 30)]
    assert [wide / high for wide, high in shown[4:]] == pytest.approx([2, 2])
    assert 2 * shown[4][0] == pytest.approx(shown[5][0]) == pytest.approx(look({}).upright)


def test_an_image_fits_on_a_turned_page_also_in_a_cell(project: Project) -> None:
    (project.folder / "high.png").write_bytes(png(60, 4000))
    heads = ", ".join(f"head {number}" for number in range(9))
    cells = ", ".join(f"cell {number}" for number in range(8))
    table = f".. csv-table::\n   :header: {heads}\n\n   {cells}, |high|\n\n.. |high| image:: high.png\n"
    pdf = built(project, f"Title\n=====\n\nSection\n-------\n\n.. image:: high.png\n\n{table}")
    shown = [drawn for page in pdf.reader.pages for drawn in drawings(page.get_contents().get_data())]
    assert len(shown) == 2
    assert max(high for _, high in shown) < 400
    assert pdf.strays() == []


def drawings(commands: bytes) -> list[tuple[float, float]]:
    """The width and height in points of each image of a page."""
    number = rb"(-?[\d.]+)"
    matrix = rb"%s 0 0 %s -?[\d.]+ -?[\d.]+ cm\s*/\w+ Do" % (number, number)
    return [(float(wide), abs(float(high))) for wide, high in re.findall(matrix, commands)]


def test_the_language_of_the_project_is_that_of_the_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "translators", {})  # which Sphinx keeps for the next build of this process
    pdf = built(project, "Titel\n=====\n\nAbschnitt\n---------\n\nText.\n", language="pt_BR")
    assert str(pdf.reader.trailer["/Root"]["/Lang"]) == "pt-BR"


def test_a_language_that_is_read_from_right_to_left_begins_at_the_right(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "translators", {})
    table = ".. csv-table:: Caption\n   :header: Head, Other\n\n   a, b\n"
    at = {}
    for language in ("en", "ar"):
        pdf = built(project, f"Title\n=====\n\nSection\n-------\n\n{table}", language=language)
        at[language] = {text: x for _, text, x, _ in pdf.pieces()}
    assert at["en"]["Caption"] < at["en"]["Other"]
    assert at["ar"]["Caption"] > at["ar"]["Other"]


def test_markdown_is_written_as_rest_is(project: Project) -> None:
    project.conf('extensions += ["myst_parser"]')
    project.write(
        "page.md",
        """\
        # Markdown page

        Some *text* with `code`, a [link](index.rst) and a footnote[^1].

        | a | b |
        |---|:-:|
        | 1 | 2 |

        > quote

        ```{requirement} From Markdown
        :id: REQ_MD
        :source: a

        A statement with **bold**.
        ```

        [^1]: The note.
        """,
    )
    pdf = built(project, "Title\n=====\n\n.. toctree::\n\n   page\n")
    assert "Some text with code, a link and a footnote" in pdf.text
    assert "a b 1 2 quote" in pdf.text
    assert "REQ_MD From Markdown Requirement ○ untested A statement with bold." in pdf.text
    assert "1 The note." in pdf.text


def test_no_address_of_a_machine_is_made_a_link(project: Project) -> None:
    pdf = built(
        project,
        """
        Title
        =====

        A `file <file:///etc/passwd>`_, a `script <javascript:alert(1)>`_, a `page <other.html>`_ and
        `mail <mailto:a@example.org>`_.
        """,
    )
    assert "A file, a script, a page and mail." in pdf.text
    assert pdf.web_links == ["mailto:a@example.org"]
