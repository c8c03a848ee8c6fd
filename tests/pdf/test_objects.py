"""PDF files as the compiler writes them, read and written again, and what binding makes of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from sphinxcontrib_soup.pdf.binder import bind
from sphinxcontrib_soup.pdf.layout import EXPRESSION
from sphinxcontrib_soup.pdf.objects import STRING, Source, Writer, dictionary, entries, named, string, text, tree
from sphinxcontrib_soup.pdf.sheets import Part

SOURCE = """
#set document(title: "Brackets (12 0 R) and ) alone \\\\ ü", date: datetime(year: 2026, month: 1, day: 2))
#set page(height: 200pt, width: 300pt)
#let goto(name, body) = link(LINK, body)
= One (12 0 R) <one>
#goto("two", "to two") #goto("a b#ü)(", "to a place") #link("https://example.org/(x)")[away]
#table(columns: 2, table.header[A][B], [1], [2]) #footnote[Said.]
#pagebreak()
#v(60pt)
== Two ü <two>
#goto("one", "to one")
#pagebreak()
#[#metadata(none)#label("a b#ü)(")] A place. #goto("nowhere", "to nothing")
"""
LABELLED = SOURCE.replace("LINK", "label(name)").replace('#goto("nowhere", "to nothing")', "to nothing")
ADDRESSED = SOURCE.replace("LINK", '"soup:" + name')


def compiled(source: str) -> Part:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.typ"
        path.write_text(source, encoding="utf-8")
        compiler = typst.Compiler(str(path))
        made = compiler.compile(format="pdf", timestamp=0, pdf_standards=["a-2b"])
        assert isinstance(made, bytes)
        return Part(made=made, layout=json.loads(compiler.eval(EXPRESSION)))


def bound(*parts: Part) -> bytes:
    output = io.BytesIO()
    bind(parts, output)
    return output.getvalue()


def links(reader: PdfReader) -> list[tuple[int, float, float]]:
    """Where links within the file lead to: page, and points from the left and from below."""
    found = (link.get_object() for page in reader.pages for link in page.get("/Annots") or ())
    places = (link["/Dest"] for link in found if "/Dest" in link)
    return [_place(reader, place) for place in places]


def _place(reader: PdfReader, place: Any) -> tuple[int, float, float]:
    if isinstance(place, str):
        known = reader.named_destinations[place]
        return reader.get_destination_page_number(known) or 0, round(known.left, 2), round(known.top, 2)
    page = next(n for n, page in enumerate(reader.pages) if page.indirect_reference == place[0])
    return page, round(place[2], 2), round(place[3], 2)


def test_a_bound_link_leads_where_the_compiler_would_have_it_lead() -> None:
    expected, found = (PdfReader(io.BytesIO(bound(compiled(one)))) for one in (LABELLED, ADDRESSED))
    assert links(found) == links(expected) == links(PdfReader(io.BytesIO(compiled(LABELLED).made)))
    assert len(links(found)) == 5
    assert [page.extract_text() for page in found.pages] == [page.extract_text() for page in expected.pages]
    assert found.metadata == expected.metadata
    assert found.metadata is not None
    assert found.metadata.title == "Brackets (12 0 R) and ) alone \\ ü"


def test_a_link_says_in_words_where_it_leads_and_one_to_nothing_leads_nowhere() -> None:
    reader = PdfReader(io.BytesIO(bound(compiled(ADDRESSED))))
    said = [link.get_object() for page in reader.pages for link in page.get("/Annots") or ()]
    words = [str(link.get("/Contents")) for link in said]
    assert words[:2] == ["two, page 2", "page 3"]
    assert words[-2:] == ["one, page 1", "None"]
    assert "/A" not in said[-1]
    assert [link["/A"]["/URI"] for link in said if "/A" in link] == ["https://example.org/(x)"]


def test_the_same_part_twice_is_two_parts() -> None:
    part = compiled(ADDRESSED)
    reader = PdfReader(io.BytesIO(bound(part, part)))
    texts = [page.extract_text() for page in reader.pages]
    assert texts[:3] == texts[3:]
    ids = reader.trailer["/Root"]["/StructTreeRoot"]["/IDTree"]["/Names"][::2]
    assert len(ids) == len(set(ids)) == 2 * len({one for one in ids if not one.startswith("2 ")}) > 4
    assert bound(part, part) == bound(part, part)


def test_headers_of_cells_are_named_anew_with_the_cells() -> None:
    part = compiled(ADDRESSED.replace("[A][B],", "[A][B], table.header(level: 2)[a][b],"))
    root = PdfReader(io.BytesIO(bound(part, part))).trailer["/Root"]["/StructTreeRoot"]
    ids = root["/IDTree"]["/Names"][::2]
    attributes = (one for element in elements(root["/K"][0].get_object()) for one in element.get("/A", ()))
    used = [header for one in attributes for header in one.get("/Headers", ())]
    first = ["U1x0y0", "U1x1y0", "U1x0y1", "U1x1y1"]
    assert used == [*first, *(f"2 {one}" for one in first)]
    assert set(used) < set(ids)


def elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", ()):
        if isinstance(kid, IndirectObject):
            yield from elements(kid.get_object())


def test_another_kind_of_file_is_refused() -> None:
    written = io.BytesIO()
    writer = Writer(written, 2)
    writer.add(1, b"<</Type/Catalog>>")
    writer.finish({b"/Root": b"1 0 R"})
    with pytest.raises(ValueError, match="another kind of cross-reference table"):
        Source(written.getvalue())


def test_entries_are_found_whatever_their_values_hold() -> None:
    written = b"<</Type/Page /Kids[1 0 R 2 0 R]/T(a(b)\\)/X 3 0 R)/A<</K[<</B/C>>]>>/N -1.5/H<FE FF>/E()>>"
    known = entries(written.replace(b"FE FF", b"FEFF"))
    assert known == {
        b"/Type": b"/Page",
        b"/Kids": b"[1 0 R 2 0 R]",
        b"/T": b"(a(b)\\)/X 3 0 R)",
        b"/A": b"<</K[<</B/C>>]>>",
        b"/N": b"-1.5",
        b"/H": b"<FEFF>",
        b"/E": b"()",
    }
    assert entries(dictionary(known)) == known
    assert entries(b"<<>>") == {}
    assert named(b"<</Names[(a(1 0 R)) 2 0 R<41>3 0 R]>>") == [(b"(a(1 0 R))", 2), (b"<41>", 3)]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_comes_back_from_a_string(said: str) -> None:
    written = string(said)
    known = text(written)
    assert (known.decode("utf-16") if written.startswith(b"<") else known.decode("ascii")) == said
    assert written.startswith(b"<") or re.fullmatch(STRING, written, re.DOTALL)


def test_a_long_tree_has_branches_that_name_their_limits() -> None:
    written = io.BytesIO()
    writer = Writer(written, 2)
    pairs = [(b"(%05d)" % number, b"[%d]" % number) for number in range(1201)]
    writer.add(
        1, dictionary({b"/Type": b"/Catalog", b"/Names": dictionary({b"/Dests": tree(b"/Names", pairs, writer)})})
    )
    writer.finish({b"/Root": b"1 0 R"})
    root = PdfReader(io.BytesIO(written.getvalue())).trailer["/Root"]["/Names"]["/Dests"]
    branches = [branch.get_object() for branch in root["/Kids"]]
    assert [branch["/Limits"] for branch in branches] == [["00000", "00499"], ["00500", "00999"], ["01000", "01200"]]
    assert [name for branch in branches for name in branch["/Names"][::2]] == [f"{number:05}" for number in range(1201)]
    assert tree(b"/Nums", [(b"1", b"2 0 R")], writer) == b"<</Nums [1 2 0 R]>>"


def test_escapes_of_strings_are_read() -> None:
    assert text(rb"(a\(b\)\\c\n\101)") == b"a(b)\\c\nA"
