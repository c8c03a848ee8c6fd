"""One document with every construct: what a reader of the PDF finds in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.pdf.pdf_file import Pdf
from tests.project import Project, Run

ROOT = Path(__file__).parent / "roots" / "gallery"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    project = Project(tmp_path_factory.mktemp("gallery"))
    shutil.copytree(ROOT, project.folder, dirs_exist_ok=True)
    return project.build("soup-pdf")


@pytest.fixture(scope="module")
def pdf(run: Run) -> Pdf:
    return Pdf(run.output / "DOC_GALLERY.pdf")


def test_bookmarks_are_the_headings(pdf: Pdf) -> None:
    assert pdf.outline == [
        (1, "1 Text"),
        (2, "1.1 Boxes"),
        (2, "1.2 Deeper"),
        (3, "1.2.1 Third level"),
        (4, "1.2.1.1 Fourth level"),
        (5, "1.2.1.1.1 Fifth level"),
        (2, "1.3 Images"),
        (2, "1.4 Glossary"),
        (1, "2 Lists"),
        (1, "3 Tables"),
        (2, "3.1 A wide table"),
        (2, "3.2 After it"),
        (1, "4 Items"),
        (2, "4.1 Views"),
        (1, "5 Code"),
        (1, "6 Extensions"),
        (2, "6.1 Diagrams"),
        (2, "6.2 Needs"),
        (2, "6.3 Raw"),
        (2, "6.4 Index"),
        (1, "7 Domains"),
        (1, "8 Markdown"),
        (1, "Open findings"),
        (1, "Index"),
        (1, "Colophon"),
    ]


def test_the_cover_says_what_the_document_is(pdf: Pdf) -> None:
    said = ["DOC_GALLERY", "Gallery of everything that is shown", "Infusion pump 2.1", "Revision 3", "Owner A. Owner"]
    said += ["Reviewer B. Reviewer", "Approver C. Approver", "As of 2024-05-17", "Shows each construct once"]
    for words in said:
        assert words in pdf.pages[0]
    assert re.search(r"Draft: (\d+ errors? and )?\d+ warnings? open in the project\.", pdf.pages[0])


def test_the_contents_have_page_numbers(pdf: Pdf) -> None:
    assert "Contents 1 Text" in pdf.pages[1]
    number = re.search(r"5 Code \.[ .]*(\d+)", pdf.pages[1])
    assert number is not None
    assert "5 Code Listing 5.1 A listing" in pdf.pages[int(number[1]) - 1]


def test_each_page_has_its_header_and_number(pdf: Pdf) -> None:
    for number, page in enumerate(pdf.pages[1:], 2):
        assert page.startswith("DOC_GALLERY Gallery of everything that is shown")
        assert f"page {number} of {len(pdf.pages)}" in page


def test_the_metadata_say_the_same(pdf: Pdf) -> None:
    facts = pdf.reader.metadata
    assert facts is not None
    assert (facts.title, facts.author) == ("Gallery of everything that is shown", "A. Owner")
    assert facts["/Keywords"] == "DOC_GALLERY, Infusion pump"
    assert str(facts["/CreationDate"]).startswith("D:20240517")
    assert pdf.reader.trailer["/Root"]["/Lang"] == "en"
    xmp = pdf.reader.trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in xmp


def test_items_are_destinations_and_not_bookmarks(pdf: Pdf) -> None:
    items = {"REQ_DOSE", "REQ_SHOW", "SYS_DOSE", "TC_DOSE", "SOUP_LODASH", "DOC_GALLERY"}
    assert items <= pdf.destinations
    for id_ in items:
        assert id_ in pdf.text
        assert all(id_ not in title for _, title in pdf.outline)


def test_an_item_shows_its_statement_fields_and_links_both_ways(pdf: Pdf) -> None:
    page = next(page for page in pdf.pages if "REQ_DOSE Compute the dose Requirement" in page)
    assert "Requirement ○ untested" in page
    assert "The software shall compute the dose from volume and rate. • to 1 %" in page
    assert "Safety class C" in page
    assert "derives from SYS_DOSE verified by TC_DOSE" in page


def test_links_within_the_document_lead_to_its_pages(pdf: Pdf) -> None:
    assert len(pdf.inner_links) > 40
    assert -1 not in pdf.inner_links


def test_web_links_are_links(pdf: Pdf) -> None:
    assert "https://example.org/path?query=1#part" in pdf.web_links
    assert all(link.startswith("https://") for link in pdf.web_links)


@pytest.mark.parametrize(
    "words",
    [
        "emphasis, strong, literal with two spaces, a title, H2O, E = mc2",
        "SOUP (software of unknown provenance) and again SOUP,",
        "to Fig. 1.1 and Table 3.1, to Items, to hazard, and to a citation [ABC2020].",
        "signs come out as they are: # $ * _ ` < > @ \\ [ ] { } // /* ~ “ ‘ = - + / --- ... and so on",
        "= not a heading - not a list",
        "Note A note of one paragraph. Warning A warning of two paragraphs. • and a list • of two Danger Danger.",
        "A title of its own With text. See also Something else.",
        "Added in version 1.2: What was added.",
        "Deprecated since version 2.0.",
        "A topic With its text. A sidebar With its text.",
        "A quotation. — Somebody",
        "Lines of a poem indented back",
        "Fig. 1.1 The caption of a figure, with code. And a legend below it.",
        "[image: what is missing]",
        "Words of the first tab. C Words of the second tab.",
        "A card The body of a card. Left card In a grid https://example.org/card Bare item",
        "A dropdown What it hides on the web. A button A badge new, and icons and that are left out.",
        "Todo Something to do • Somebody • Else",
        "digraph drawn Fig. 6.1 A graph digraph drawn",
        "Needs in a table ID Title Status REQ_DOSE Compute the dose REQ_SHOW Show the dose",
        "REQ_DOSE: Compute the dose REQ_SHOW: Show the dose System requirement: Dosing SYS_DOSE",
        "There are 2 requirements.",
        "Raw cell and another A paragraph with two lines & a link.",
        "final class Door(width: float, *, limit=None) property state: int classmethod close[T](volume: T) → list[T]",
        "Parameters volume (T) – how much Returns a list Raises ValueError – if it is closed",
        "struct reading int units enumerator FAST template<typename T> class Box : public Base",
        "virtual void run(const std::string &s) const noexcept = 0",
        "send(url[, data])",
        ".. alarm:: :sound: -v <level>, --verbose Talks. PUMP_HOME pump_setting Type str Default 'x'",
        "• ☐ an open task • ☑ a task that is done Term in Markdown Its definition a field and its value",
        "inline Ctrl, a comment and a hard break.",
        "Tip A fence of colons.",
        "left right 1 2 Noted",
        "hazard A potential source of harm. harm damage Injury or damage to people’s health.",
        "Raw Typst with colour.",
        "• tight • list – with a list – in it 1. and numbers 2. below 1. first 2. second c) third letter d) fourth",
        "(iv) roman (v) roman",
        "another term : a classifier Its definition. In two paragraphs.",
        "-b file another",
        "dose(volume: float, *, rate: float = 1.0) → float Compute the dose.",
        "term ::= NUMBER",
        "Cells may span columns.",
        "Upright again.",
        'Listing 5.1 A listing with a caption 1 def dose(volume, rate): 2 return volume / rate # "hours" # $ *',
        "parsed literal with spaces >>> 1 + 1 2",
    ],
)
def test_what_was_written_can_be_read(pdf: Pdf, words: str) -> None:
    plain = words.replace("---", "—").replace("...", "…")
    assert plain in pdf.text


def test_spaces_are_copied_as_spaces(pdf: Pdf) -> None:
    assert all("\xa0" not in page.extract_text() for page in pdf.reader.pages)


def test_footnotes_stand_at_the_foot_of_their_page_once(pdf: Pdf) -> None:
    page = next(page for page in pdf.pages if "Footnotes: one" in page)
    assert re.search(r"1 The first footnote, with emphasis and a link\. 2 The second, of two paragraphs\.", page)
    assert pdf.text.count("The first footnote") == 1


def test_raw_text_for_other_writers_is_left_out_with_a_warning(run: Run, pdf: Pdf) -> None:
    assert "dropped()" not in pdf.text
    assert "\\dropped" not in pdf.text
    said = re.findall(r"(\w+\.\w+:\d+): WARNING: the PDF (?:shows raw|leaves out)", run.warnings)
    assert said == ["extensions.rst:76", "extensions.rst:82"]


def test_the_index_has_the_pages_of_what_is_entered(pdf: Pdf) -> None:
    index = next(page for page in pdf.pages if "Index Symbols" in page)
    page = next(number for number, page in enumerate(pdf.pages, 1) if "An indexed word of the text." in page)
    for words in (f"indexed word {page}", f"pump stops {page}", f"alarm sound {page}", "buzzer see alarm"):
        assert words in index
    assert re.search(r"Door \(built-in class\) \d+", index)
    assert "hazard" in index
    assert "Another" not in index


def test_lists_name_what_has_a_caption_with_its_page(pdf: Pdf) -> None:
    contents = pdf.pages[1]
    for caption in ("Fig. 1.1 The caption of a figure, with code.", "Fig. 6.1 A graph", "Table 3.1"):
        found = re.search(rf"{re.escape(caption)}[^0-9]*? (\d+)", contents)
        assert found is not None, caption
        assert caption in pdf.pages[int(found[1]) - 1]
    assert "And a legend" not in contents


def test_wide_tables_stand_on_turned_pages(pdf: Pdf) -> None:
    turned = {number for number, page in enumerate(pdf.reader.pages) if page.mediabox.width > page.mediabox.height}
    assert any("Twelve columns" in pdf.pages[number] for number in turned)
    assert not any("Upright again." in pdf.pages[number] for number in turned)


def test_nothing_begins_outside_its_page(pdf: Pdf) -> None:
    assert pdf.strays() == []


def test_nothing_reaches_out_of_its_page(pdf: Pdf) -> None:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext of poppler is not installed; it tells how wide a word is")
    boxes = subprocess.run([tool, "-bbox", str(pdf.path), "-"], capture_output=True, text=True, check=True).stdout
    width = height = 0.0
    for found in re.finditer(r"<(page|word) (.*?)>", boxes):
        box = {name: float(value) for name, value in re.findall(r'(\w+)="([\d.]+)"', found[2])}
        if found[1] == "page":
            width, height = box["width"], box["height"]
        else:
            assert box["xMax"] <= width - 30
            assert box["yMax"] <= height - 20


def test_links_to_another_pdf_name_it_and_lead_to_places_that_it_has(run: Run, pdf: Pdf) -> None:
    other = Pdf(run.output / "DOC_OTHER.pdf")
    said = "such as to lists [DOC_GALLERY] and Compute the dose (REQ_DOSE) [DOC_GALLERY], which are in another PDF"
    assert said in other.text
    assert other.outer_links == {("DOC_GALLERY.pdf", "lists#lists"), ("DOC_GALLERY.pdf", "REQ_DOSE")}
    assert {name for _, name in other.outer_links} <= pdf.destinations
    assert "Documents that this one refers to:" in other.text
    assert "DOC_GALLERY Gallery of everything that is shown 3 DOC_GALLERY.pdf" in other.text
    assert other.web_links == []
    assert -1 not in other.inner_links


def test_footnotes_of_two_pages_with_one_number_are_not_mixed_up(run: Run, pdf: Pdf) -> None:
    other = Pdf(run.output / "DOC_OTHER.pdf")
    assert "1 With the number that another page has too." in other.text
    assert "With the number" not in pdf.text


def test_a_character_that_no_font_has_is_reported_where_it_stands(run: Run) -> None:
    assert ("soup.glyph", "other.rst:17") in run.said
    assert run.warnings.count("U+6F22") == 1
