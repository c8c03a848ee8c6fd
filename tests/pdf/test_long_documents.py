"""Documents that are compiled in parts are, for their reader, one document."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf.generic import IndirectObject

from sphinxcontrib_soup.pdf.builder import SoupPdfBuilder
from sphinxcontrib_soup.templates import HERE
from tests.pdf.pdf_file import Pdf
from tests.pdf.test_tables import VIEW
from tests.project import Project

LIMIT = 6000
"""A weight that a few pages have."""
CHAPTERS = ("alpha", "beta", "gamma", "delta")
WORDS = "The pump shall stop within one second when the door is opened, and say so to the person who opened it. "


def chapter(name: str, other: str, *, words: str = WORDS) -> str:
    """A page with sections, items that link to those of another page, footnotes, a table and a figure."""
    items = "\n".join(
        f"""
.. requirement:: {name} does {number}
   :id: REQ_{name.upper()}_{number}
   :source: a
   :derives_from: SYS_{other.upper()}

   {words * 3}
"""
        for number in range(5)
    )
    return f"""
{name.title()}
{"=" * len(name)}

.. system-requirement:: {name} in all
   :id: SYS_{name.upper()}
   :source: a

   Whole.

Look at :need:`REQ_{other.upper()}_2`, at :ref:`{other}-more` and at :ref:`{other}-table`. [#{name}]_

{items}

.. _{name}-more:

More of {name} *(12 0 R)*
{"-" * 40}

{words * 8}

.. _{name}-table:

.. list-table:: What {name} has
   :header-rows: 1

   * - One
     - Two
   * - A footnote [#{name}-b]_
     - of {name}

.. [#{name}] Noted for {name}.
.. [#{name}-b] Also noted for {name}.
"""


def write(project: Project) -> None:
    project.write("index.rst", "Long\n====\n\nWords first.\n\n.. toctree::\n\n   " + "\n   ".join(CHAPTERS) + "\n")
    for name, other in zip(CHAPTERS, [*CHAPTERS[1:], CHAPTERS[0]], strict=True):
        project.write(f"{name}.rst", chapter(name, other))


@pytest.fixture
def long(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(SoupPdfBuilder, "part_limit", LIMIT)
    write(project)
    return project


def built(project: Project, **settings: Any) -> Pdf:
    run = project.build("soup-pdf", **settings)
    assert run.code == 0, run.warnings
    assert "soup.pdf" not in run.warnings
    return Pdf(run.output / "Test.pdf")


def parts(pdf: Pdf) -> list[Path]:
    return sorted((pdf.path.parent / ".soup-pdf" / "parts" / pdf.path.stem).glob("*.pdf"))


def said(pdf: Pdf) -> Counter[str]:
    """How often each word stands in the text, without what stands on each page."""
    return Counter(
        word
        for page in pdf.pages[2:]
        for word in re.sub(r"page \d+ of \d+|Test Long|DRAFT \d+ warnings open", "", page).split()
    )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pdf, Pdf]:
    """The document made of parts, and in one piece, for tests that only read it."""
    folder = tmp_path_factory.mktemp("long")
    project = Project(folder)
    write(project)
    with pytest.MonkeyPatch.context() as patch:
        whole = built(project)
        assert parts(whole) == []
        whole.path.parent.rename(folder / "whole")
        patch.setattr(SoupPdfBuilder, "part_limit", LIMIT)
        pdf = built(project)
    assert len(parts(pdf)) > 4
    return pdf, Pdf(folder / "whole" / "Test.pdf")


@pytest.fixture
def pdf(both: tuple[Pdf, Pdf]) -> Pdf:
    return both[0]


# --- what the reader gets ---------------------------------------------------------------------------------------------


def test_it_says_what_it_says_in_one_piece(both: tuple[Pdf, Pdf]) -> None:
    pdf, whole = both
    assert said(pdf) == said(whole)
    assert pdf.outline == whole.outline
    assert pdf.destinations == whole.destinations
    assert len(pdf.inner_links) == len(whole.inner_links)
    assert pdf.reader.metadata == whole.reader.metadata
    assert pdf.path.parent.joinpath(".soup-pdf/Test.typ").exists() is False


def test_pages_are_numbered_through_to_the_total(pdf: Pdf) -> None:
    total = len(pdf.pages)
    assert total > 8
    for number, page in enumerate(pdf.pages[1:], 2):
        assert re.findall(r"page \d+ of \d+", page) == [f"page {number} of {total}"]


def test_contents_and_bookmarks_lead_to_the_pages_of_their_headings(pdf: Pdf) -> None:
    contents = pdf.pages[1]
    found = list(flat(pdf.reader.outline))
    assert [one.title for one in found] == [*headings(), "Open findings", "Colophon"]
    for one in found:
        number = pdf.reader.get_destination_page_number(one) or 0
        assert one.title in pdf.pages[number]
        assert re.search(rf"{re.escape(one.title)}[ .\u2060]+{number + 1}(?!\d)", contents), one.title
    links = [link for link in annotations(pdf, 1) if "page" in link["/Contents"]]
    for link, name in zip(links[len(found) :], CHAPTERS, strict=True):  # the list of tables
        assert f"What {name} has" in pdf.pages[page_of(pdf, link)]
    for link, one in zip(links[: len(found)], found, strict=True):
        assert page_of(pdf, link) == pdf.reader.get_destination_page_number(one)
        assert one.title in link["/Contents"]


def test_links_lead_to_where_their_target_is_in_whatever_part(pdf: Pdf) -> None:
    across = 0
    for number in range(len(pdf.pages)):
        for link in annotations(pdf, number):
            match = re.fullmatch(r"(?:(.+), )?page (\d+)", link["/Contents"])
            if match:
                assert page_of(pdf, link) == int(match[2]) - 1
                assert (match[1] or "What ") in pdf.pages[int(match[2]) - 1]
                across += abs(int(match[2]) - 1 - number) > 3
    assert across > 8


def test_footnotes_are_numbered_through_and_stand_on_the_page_of_their_sign(pdf: Pdf) -> None:
    signs = [(name, word) for name in CHAPTERS for word in ("Noted", "Also noted")]
    notes = [f"{number} {word} for {name}." for number, (name, word) in enumerate(signs, 1)]
    pages = [next(number for number, page in enumerate(pdf.pages) if note in page) for note in notes]
    assert pages == sorted(pages)
    for page, name in zip(pages[1::2], CHAPTERS, strict=True):
        assert f"of {name}" in pdf.pages[page]


def test_a_footnote_that_is_referred_to_again_in_a_later_part_stands_there_again(long: Project) -> None:
    again = chapter("alpha", "beta").replace("[#alpha-b]_", "[#alpha]_")
    long.write("alpha.rst", again)
    pdf = built(long)
    assert pdf.text.count(" Noted for alpha.") == 2
    assert "2 Noted for alpha." in pdf.text
    assert "3 Noted for beta." in pdf.text


def test_other_files_can_link_to_its_items(pdf: Pdf) -> None:
    for name, place in pdf.reader.named_destinations.items():
        if name.startswith(("REQ", "SYS")):
            assert name in pdf.pages[pdf.reader.get_destination_page_number(place) or 0]


def test_the_index_says_the_pages_of_all_parts(long: Project) -> None:
    for name, other in zip(CHAPTERS, [*CHAPTERS[1:], CHAPTERS[0]], strict=True):
        long.write(f"{name}.rst", chapter(name, other) + f"\n.. index:: {name} word\n\nEntered by {name}.\n")
    pdf = built(long)
    assert len(parts(pdf)) > 4
    index = next(page for page in pdf.pages if "alpha word" in page)
    for name in CHAPTERS:
        page = next(number for number, page in enumerate(pdf.pages, 1) if f"Entered by {name}." in page)
        assert f"{name} word {page}" in index
    last = next(number for number, page in enumerate(pdf.pages) if "alpha word" in page)
    led = [page_of(pdf, link) for link in annotations(pdf, last)]
    for name, page in zip(sorted(CHAPTERS), led, strict=True):
        assert f"Entered by {name}." in pdf.pages[page]


def test_its_structure_is_one_tree_in_which_every_page_and_link_has_its_place(pdf: Pdf) -> None:
    root = pdf.reader.trailer["/Root"]["/StructTreeRoot"]
    numbers = leaves(root["/ParentTree"], "/Nums")
    holders = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert len(holders) == root["/ParentTreeNextKey"]
    for page in pdf.reader.pages:
        assert all(page.indirect_reference in pages_of(one) for one in holders[page["/StructParents"]].get_object())
        for link in page.get("/Annots") or ():
            element = holders[link.get_object()["/StructParent"]].get_object()
            assert element["/S"] == "/Link"
            assert any(kid.raw_get("/Obj") == link for kid in element["/K"] if "/Obj" in getattr(kid, "keys", dict)())
    elements = list(tree(root.raw_get("/K")[0]))
    assert len(elements) == len(set(elements)) > 100
    ids = [one.get_object()["/ID"] for one in map(pdf.reader.get_object, elements) if "/ID" in one]
    assert len(ids) == len(set(ids)) > 8
    assert sorted(ids) == leaves(root["/IDTree"], "/Names")[::2]
    document = root["/K"][0]
    assert (document["/S"], [part.get_object()["/S"] for part in document["/K"]]) == (
        "/Document",
        ["/Part"] * len(parts(pdf)),
    )


def test_it_says_of_itself_what_is_so(pdf: Pdf) -> None:
    described = pdf.reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert f"<xmpTPg:NPages>{len(pdf.pages)}<" in described
    assert "<pdfaid:part>2<" in described
    assert described.count(str(pdf.reader.trailer["/ID"][1])) == 1
    assert len(pdf.reader.trailer["/Root"]["/OutputIntents"]) == 1


# --- long tables ------------------------------------------------------------------------------------------------------


def test_a_table_of_ten_thousand_rows_goes_on_from_part_to_part(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SoupPdfBuilder, "part_limit", 800_000)
    project.conf(VIEW)
    project.write("index.rst", "Title\n=====\n\n.. view::\n   :rows: 10000\n   :columns: 3\n   :gap: 9000\n")
    pdf = built(project)
    assert len(parts(pdf)) > 2
    rows = [int(found) for found in re.findall(r"text (\d+) #", pdf.text)]
    assert rows == list(range(10_000))
    pages = [page for page in pdf.pages if "text " in page]
    assert all("Head 0 Head 1 Head 2" in page for page in pages)
    assert pdf.text.count("The title (continued)") == len(parts(pdf)) - 2
    assert pdf.text.count("A note.") == 1


@pytest.mark.parametrize("each", [7, 300])
def test_a_part_begins_with_the_label_of_the_group_that_goes_on(
    project: Project, monkeypatch: pytest.MonkeyPatch, each: int
) -> None:
    monkeypatch.setattr(SoupPdfBuilder, "part_limit", 40_000)
    project.conf(VIEW)
    view = f"\n.. view::\n   :rows: 600\n   :columns: 3\n   :each: {each}\n"
    project.write("index.rst", f"Title\n=====\n{view}")
    pdf = built(project)
    assert len(parts(pdf)) > 3
    assert pdf.text.count("The title (continued)") == len(parts(pdf)) - 2
    assert [int(found) for found in re.findall(r"text (\d+) #", pdf.text)] == list(range(600))
    for page in pdf.pages:
        if found := re.findall(r"text (\d+) #", page):
            assert f"Head 2 Need $ *need* # REQ_1 Group {int(found[0]) // each} {min(each, 600)} row" in page
            labels = re.findall(r"Group (\d+) ", page)
            assert labels == [str(number) for number in range(int(labels[0]), int(found[-1]) // each + 1)]


def test_a_turned_table_stays_turned_and_what_follows_is_upright(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SoupPdfBuilder, "part_limit", 20_000)
    project.conf(VIEW)
    view = "\n.. view::\n   :rows: 90\n   :columns: 9\n"
    project.write("index.rst", f"Title\n=====\n\nFirst\n-----\n{view}\nSecond\n------\n\nUpright again.\n")
    pdf = built(project)
    assert len(parts(pdf)) > 3
    for page, text in zip(pdf.reader.pages, pdf.pages, strict=True):
        assert text.strip()
        assert (page.mediabox.width > page.mediabox.height) == ("Head 8" in text)
    assert "Upright again." in pdf.text


def test_rows_that_a_cell_reaches_over_stay_in_one_part(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SoupPdfBuilder, "part_limit", 400)
    line = "+-------+-------+\n"
    rows = "".join(f"| a{n:<4} | b{n:<4} |\n+       +-------+\n|       | c{n:<4} |\n{line}" for n in range(20))
    project.write("index.rst", f"Title\n=====\n\n{line}{rows}")
    pdf = built(project)
    assert len(parts(pdf)) > 3
    for page in pdf.pages:
        assert re.findall(r"a(\d+)", page) == re.findall(r"\bb(\d+)", page) == re.findall(r"c(\d+)", page)
    assert len(re.findall(r"a\d+ ", pdf.text)) == 20


# --- templates of a project -------------------------------------------------------------------------------------------


RUNNING = """
context {
  let open = query(heading.where(level: 1, outlined: true).before(here()))
  if open.len() > 0 [in chapter #open.last().body,]
}
"""


def test_numbers_of_headings_labels_of_pages_and_running_titles_go_on(
    long: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    style = (HERE / "soup" / "style.typ").read_text(encoding="utf-8")
    for ours, own in (
        ("set heading(numbering: none)", 'set heading(numbering: "1.1")'),
        ("running(..header)", f"running([], [], {{ {RUNNING} }})"),
        ("paper: paper-size,", 'paper: paper-size, numbering: "i",'),
    ):
        assert ours in style
        style = style.replace(ours, own)
    long.conf('templates_path = ["own"]')
    long.write("own/soup/style.typ", style)
    pdf = built(long)
    assert len(parts(pdf)) > 4
    assert pdf.reader.page_labels == [roman(number) for number in range(1, len(pdf.pages) + 1)]
    begun = {
        re.sub(r"^\d+ ", "", one.title): pdf.reader.get_destination_page_number(one) or 0
        for one in pdf.reader.outline
        if not isinstance(one, list)
    }
    for number, page in enumerate(pdf.pages):
        open_there = [title for title, first in begun.items() if first < number]
        assert re.findall(r"in chapter ([\w ]+),", page) == open_there[-1:]
    monkeypatch.setattr(SoupPdfBuilder, "part_limit", 10**9)
    pdf.path.parent.rename(tmp_path / "parts")
    assert Pdf(tmp_path / "parts" / "Test.pdf").outline == built(long).outline


# --- the same again ---------------------------------------------------------------------------------------------------


def test_it_has_the_same_bytes_in_every_build_that_ends_with_the_same_sources(long: Project, tmp_path: Path) -> None:
    first = built(long)
    fresh = first.path.read_bytes()
    long.write("beta.rst", chapter("beta", "gamma", words=WORDS * 2))
    assert built(long, fresh=False).path.read_bytes() != fresh
    write(long)
    again = built(long, fresh=False)
    assert again.path.read_bytes() == fresh
    again.path.parent.rename(tmp_path / "first")
    assert built(long, jobs=2).path.read_bytes() == fresh


def test_only_parts_that_changed_are_compiled_again(long: Project) -> None:
    pdf = built(long)
    before = {path: path.stat().st_mtime_ns for path in parts(pdf)}
    answers = {path: path.stat().st_mtime_ns for path in pdf.path.parent.glob(".soup-pdf/parts/Test/*.json")}
    long.write("delta.rst", chapter("delta", "alpha").replace("Whole.", "While."))
    pdf = built(long, fresh=False)
    assert "While." in pdf.text
    changed = {path.stem for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert len(changed) == 1
    assert {path.name.split(".")[0] for path, time in answers.items() if path.stat().st_mtime_ns != time} == changed


def test_a_build_without_change_compiles_nothing(long: Project) -> None:
    pdf = built(long)
    before = {path: path.stat().st_mtime_ns for path in [pdf.path, *parts(pdf)]}
    built(long, fresh=False)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_document_that_became_short_is_one_piece_again(long: Project) -> None:
    built(long)
    long.write("index.rst", "Long\n====\n\nShort now.\n")
    pdf = built(long, fresh=False)
    assert "Short now." in pdf.text
    assert parts(pdf) == []
    assert not (pdf.path.parent / ".soup-pdf" / "parts" / "Test").exists()


def test_a_document_that_became_shorter_leaves_no_parts_behind(long: Project) -> None:
    before = len(parts(built(long)))
    long.write("delta.rst", "Delta\n=====\n\n.. _delta-more:\n\nMore\n----\n\n.. _delta-table:\n\nShort\n-----\n")
    run = long.build("soup-pdf", fresh=False)
    pdf = Pdf(run.output / "Test.pdf")
    assert 1 < len(parts(pdf)) < before
    names = {path.name.split(".")[0].split("-")[0] for path in parts(pdf)[0].parent.iterdir()}
    assert names == {str(number) for number in range(len(parts(pdf)))}


def test_parts_of_a_document_that_is_no_more_are_removed(long: Project) -> None:
    pdf = built(long, soup_documents={"Test": "index"})
    run = long.build("soup-pdf", fresh=False, soup_documents={"Other": "alpha"})
    assert [path.name for path in run.output.glob("*.pdf")] == ["Other.pdf"]
    assert parts(pdf) == []


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_an_error_in_any_part_is_an_error_that_leaves_no_old_pdf(long: Project) -> None:
    built(long)
    long.write("gamma.rst", chapter("gamma", "delta") + "\n.. raw:: typst\n\n   #nonsense()\n")
    run = long.build("soup-pdf", fresh=False)
    assert run.code == 1
    assert "ERROR: Test.pdf cannot be made of" in run.warnings
    assert re.search(r"unknown variable: nonsense\n.*parts/Test/\d\.typ:\d+:\d+", run.warnings)
    assert not (run.output / "Test.pdf").exists()


def test_pages_that_are_never_as_many_as_they_say_are_an_error(long: Project) -> None:
    flips = "#context if calc.even(counter(page).final().first()) { pagebreak(); [More.] }"
    long.write("gamma.rst", chapter("gamma", "delta") + f"\n.. raw:: typst\n\n   {flips}\n")
    run = long.build("soup-pdf")
    assert run.code == 1
    assert "changes with the numbers of its pages, and these do not settle" in run.warnings


def test_what_no_font_has_is_said_of_its_place_and_shown_by_its_number(long: Project) -> None:
    long.write("gamma.rst", chapter("gamma", "delta") + "\nNot in any font: 漢.\n")
    run = long.build("soup-pdf")
    assert {one for one in run.said if one[0] == "soup.glyph"} == {("soup.glyph", f"gamma.rst:{line_of(long, '漢')}")}
    pdf = Pdf(run.output / "Test.pdf")
    assert "Not in any font: [U+6F22]." in pdf.text
    assert b"<pdfaid:part>2" in pdf.reader.trailer["/Root"]["/Metadata"].get_data()
    assert {one for one in long.build("soup-pdf", fresh=False).said if one[0] == "soup.glyph"}


def test_an_image_that_cannot_be_read_is_shown_by_its_text(long: Project) -> None:
    long.write("broken.png", "no image")
    long.write("gamma.rst", chapter("gamma", "delta") + "\n.. image:: broken.png\n   :alt: a dose curve\n")
    run = long.build("soup-pdf")
    assert "[image: a dose curve]" in Pdf(run.output / "Test.pdf").text
    assert ("soup.pdf", f"gamma.rst:{line_of(long, 'broken.png')}") in run.said


def test_a_damaged_note_of_a_part_has_it_compiled_again(long: Project) -> None:
    pdf = built(long)
    fresh = pdf.path.read_bytes()
    folder = pdf.path.parent / ".soup-pdf" / "parts" / "Test"
    for path in folder.glob("*.json"):
        path.write_text(json.dumps({"made_of": 1}))
    (folder / "2.pdf").write_bytes(b"%PDF")
    pdf.path.unlink()
    assert built(long, fresh=False).path.read_bytes() == fresh


# --- helpers ----------------------------------------------------------------------------------------------------------


def headings() -> list[str]:
    return [title for name in CHAPTERS for title in (name.title(), f"More of {name} (12 0 R)")]


def flat(entries: list[Any]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def annotations(pdf: Pdf, number: int) -> Iterator[Any]:
    return (link.get_object() for link in pdf.reader.pages[number].get("/Annots") or ())


def page_of(pdf: Pdf, link: Any) -> int | None:
    place = link["/Dest"]
    if isinstance(place, str):
        return pdf.reader.get_destination_page_number(pdf.reader.named_destinations[place])
    return next(n for n, page in enumerate(pdf.reader.pages) if page.indirect_reference == place[0])


def pages_of(element: Any) -> set[Any]:
    element = element.get_object()
    kids = [kid for kid in element.get("/K", ()) if not isinstance(kid, IndirectObject) and hasattr(kid, "raw_get")]
    return {one.raw_get("/Pg") for one in (element, *kids) if "/Pg" in one}


def tree(element: IndirectObject) -> Iterator[IndirectObject]:
    """An element and all below it, each of which must know what it is below."""
    yield element
    kids = element.get_object().get("/K", ())
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, IndirectObject):
            assert kid.get_object().raw_get("/P") == element
            yield from tree(kid)


def leaves(tree: Any, kind: str) -> list[Any]:
    """The pairs of a tree of names or numbers, each branch of which must be within its limits."""
    if "/Kids" not in tree:
        return list(tree[kind])
    found = [leaves(branch.get_object(), kind) for branch in tree["/Kids"]]
    for pairs, branch in zip(found, tree["/Kids"], strict=True):
        assert branch.get_object()["/Limits"] == [pairs[0], pairs[-2]]
    return [one for pairs in found for one in pairs]


def line_of(project: Project, text: str) -> int:
    lines = (project.folder / "gamma.rst").read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def roman(number: int) -> str:
    made = ""
    for value, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        made += sign * (number // value)
        number %= value
    return made
