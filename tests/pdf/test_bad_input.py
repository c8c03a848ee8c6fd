"""What nobody should write and somebody will: the PDF can still be read, and what is lost is told at its source."""

from __future__ import annotations

import re

import pytest

from tests.pdf.pdf_file import Pdf
from tests.pdf.test_constructs import png
from tests.project import Project, Run

MARKUP = (
    'Title *with* ``code``, :sup:`high`, |x|, <b>&amp;</b> #set $x$ \\\\n "quotes" and `link <https://example.org>`_'
)
LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 8
"""A word of more than 300 letters."""
HEBREW, ARABIC, CHINESE = "דרישה", "متطلب", "软件需求"
INDEX = f"""
{MARKUP}
{"=" * len(MARKUP)}

.. |x| replace:: substituted

{MARKUP.replace("Title", "Section")}
{"-" * len(MARKUP)}

.. requirement:: {MARKUP.replace("|x|", "x")}
   :id: REQ_1
   :source: {LONG}

   {LONG} in a statement.

.. list-table:: A row taller than a page
   :header-rows: 1

   * - one
     - two
   * - {"words that go on " * 900}
     - {LONG}

.. csv-table:: Forty columns
   :header: {", ".join(f"head {number}" for number in range(40))}

   {", ".join(f"cell {number}" for number in range(40))}

.. image:: giant.png

.. image:: missing.png
   :alt: what it shows

.. image:: broken.png
   :alt: what is broken

Right to left: {HEBREW} and {ARABIC}. Chinese: {CHINESE}.
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    project = Project(tmp_path_factory.mktemp("bad"))
    project.write("index.rst", INDEX)
    (project.folder / "giant.png").write_bytes(png(9000, 6000))
    (project.folder / "broken.png").write_bytes(png(20, 20)[:40])
    run = project.build("soup-pdf")
    assert run.code == 0, run.warnings
    return run


@pytest.fixture(scope="module")
def pdf(run: Run) -> Pdf:
    return Pdf(run.output / "Test.pdf")


def line(text: str) -> int:
    return next(number for number, one in enumerate(INDEX.split("\n"), 1) if text in one)


def test_nothing_stands_outside_of_a_page(pdf: Pdf) -> None:
    assert pdf.strays() == []


def test_titles_full_of_markup_are_read_as_they_were_meant(pdf: Pdf) -> None:
    said = 'with code, high, substituted, <b>&amp;</b> #set $x$ \\n "quotes" and link'
    plain = said.replace('"quotes"', "“quotes”")
    assert f"Title {said}" in pdf.pages[0] or f"Title {plain}" in pdf.pages[0]
    assert any(title in (f"Section {said}", f"Section {plain}") for _, title in pdf.outline)


def test_a_word_of_three_hundred_letters_is_whole(pdf: Pdf) -> None:
    assert pdf.squeezed.count(LONG) >= 2


def test_a_row_taller_than_a_page_goes_on_below_its_head(pdf: Pdf) -> None:
    assert len(re.findall(r"\bwords\b", pdf.text)) == 900
    pages = [page for page in pdf.pages if "words that go" in page and "A row taller" not in page]
    assert pages
    assert all(re.search(r"\bone two\b", page) for page in pages[:-1])


def test_forty_columns_are_all_there(pdf: Pdf) -> None:
    for number in range(40):
        assert f"cell{number}" in pdf.squeezed


def test_an_image_that_is_missing_or_broken_is_shown_by_its_text(run: Run, pdf: Pdf) -> None:
    assert "[image: what it shows]" in pdf.text
    assert "[image: what is broken]" in pdf.text
    assert ("soup.pdf", f"index.rst:{line('missing.png')}") in run.said
    assert ("soup.pdf", f"index.rst:{line('broken.png')}") in run.said


def test_signs_that_no_font_has_are_told_where_they_stand_and_shown_by_their_number(run: Run, pdf: Pdf) -> None:
    assert ("soup.glyph", f"index.rst:{line('Right to left')}") in run.said
    for sign in CHINESE:
        assert f"U+{ord(sign):04X}" in run.warnings
        assert f"[U+{ord(sign):04X}]" in pdf.text
    assert f"Right to left: {HEBREW}" in pdf.text or f"Right to left: {HEBREW[::-1]}" in pdf.text
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.reader.trailer["/Root"]["/Metadata"].get_data()
