"""Tables in files: the same bytes twice, nothing is run, nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sphinxcontrib_soup.exports.table_xlsx import LONGEST
from sphinxcontrib_soup.model import Badge, Column, Location, Place, Provenance, Ref, Row, Table, Tone, cell
from sphinxcontrib_soup.plugin import TableFormat, discover

FORMATS = {one.ending: one for one in discover().formats}
FROM = Provenance(
    project="Pump", release="2.1", tool="sphinxcontrib-soup 1", date="2026-01-02", commit="abc", dirty=True
)
DANGEROUS = ("=1+1", "+1", "-1", "@x", "\t=1", '=HYPERLINK("http://x","y")')
ADDRESS = "https://example.org/a?b=c&d=e"
TABLE = Table(
    name="soup-list",
    title="SOUP <list>",
    columns=(Column("id", "ID"), Column("text", "Text | more", width=4)),
    rows=(
        Row((cell(Ref("SOUP_1")), cell("two", (Badge("bad", Tone.BAD), Place(Location("a.txt", 3))))), gap=True),
        Row((cell("SOUP_2"), cell("<b>*markup*</b> `x` |"))),
        Row((cell("SOUP_3"), cell(ADDRESS))),
        *(Row((cell(f"SOUP_{number}"), cell(text))) for number, text in enumerate(DANGEROUS, 4)),
    ),
    empty="Nothing.",
    notes=("A *note*.",),
)
EMPTY = Table(name="t", title="T", columns=TABLE.columns, rows=(), empty="There is <nothing>.")


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_the_same_table_gives_the_same_bytes(form: TableFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    first = form.write(TABLE, FROM)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert form.write(TABLE, FROM) == first
    assert form.write(EMPTY, FROM)
    assert form.write(TABLE, Provenance(project="", release="", tool=""))


def test_csv_keeps_text_and_defuses_formulas() -> None:
    content = FORMATS[".csv"].write(TABLE, FROM)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["ID", "Text | more"]
    assert rows[1] == ["SOUP_1", "two; bad a.txt:3"]
    assert rows[2] == ["SOUP_2", "<b>*markup*</b> `x` |"]
    assert [row[1] for row in rows[4:]] == [f"'{text}" for text in DANGEROUS]


def test_a_workbook_opens_elsewhere_with_a_head_that_stays_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(FORMATS[".xlsx"].write(TABLE, FROM)))
    assert book.sheetnames == ["soup-list", "Origin"]
    sheet = book["soup-list"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:B{len(TABLE.rows) + 1}"
    assert sheet.column_dimensions["B"].width > 3 * sheet.column_dimensions["A"].width
    assert [[one.value for one in row] for row in sheet.iter_rows(max_row=2)] == [
        ["ID", "Text | more"],
        ["SOUP_1", "two\nbad a.txt:3"],
    ]
    assert {one.data_type for row in sheet.iter_rows() for one in row} == {"s"}
    assert [sheet.cell(row, 2).value for row in range(5, 5 + len(DANGEROUS))] == list(DANGEROUS)
    assert sheet.cell(4, 2).hyperlink.target == ADDRESS
    origin = {row[0].value: row[1].value for row in book["Origin"].iter_rows()}
    assert origin == {
        "Table": "SOUP <list>",
        "Project": "Pump 2.1",
        "As of": "2026-01-02",
        "Commit": "abc (files differ from it)",
        "Written by": "sphinxcontrib-soup 1",
        "Note": "A *note*.",
    }
    assert str(book.properties.created.date()) == "2026-01-02"


@given(st.text(max_size=200))
def test_a_workbook_holds_any_text(text: str) -> None:
    table = Table(name="t", title="T", columns=TABLE.columns, rows=(Row((cell("a"), cell(text))),), empty="")
    content = FORMATS[".xlsx"].write(table, FROM)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    kept = load_workbook(io.BytesIO(content))["t"].cell(2, 2).value
    if text.isprintable():
        assert (kept or "") == text


def test_what_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    table = Table(
        name="t" * 40, title="T", columns=TABLE.columns, rows=(Row((cell("a"), cell("x" * 40000))),), empty=""
    )
    book = load_workbook(io.BytesIO(FORMATS[".xlsx"].write(table, FROM)))
    value = book["t" * 31].cell(2, 2).value
    assert len(value) == LONGEST
    assert value.endswith("(cut: a cell holds no more)")


def test_without_xlsxwriter_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ValueError, match=r"pip install 'sphinxcontrib-soup\[excel\]'"):
        FORMATS[".xlsx"].write(TABLE, FROM)


def test_json_has_each_row_by_the_names_of_the_columns() -> None:
    written = json.loads(FORMATS[".json"].write(TABLE, FROM))
    assert written["schema"] == "soup-table/1"
    assert written["columns"] == [{"name": "id", "title": "ID"}, {"name": "text", "title": "Text | more"}]
    assert written["rows"][0] == {"id": "SOUP_1", "text": "two; bad a.txt:3"}
    assert written["rows"][3]["text"] == "=1+1"
    assert written["gaps"] == [0]
    assert written["notes"] == ["A *note*."]
    assert written["provenance"]["release"] == "2.1"


def test_markdown_shows_markup_and_does_not_run_it() -> None:
    lines = FORMATS[".md"].write(TABLE, FROM).decode().splitlines()
    assert lines[:4] == ["**SOUP &lt;list>**", "", "| ID | Text \\| more |", "| --- | --- |"]
    assert lines[5] == "| SOUP\\_2 | &lt;b>\\*markup\\*&lt;/b> \\`x\\` \\| |"
    assert lines[-1] == "A \\*note\\*."
    assert FORMATS[".md"].write(EMPTY, FROM).decode() == "**T**\n\nThere is &lt;nothing>.\n"


def test_html_is_a_fragment_with_a_head_and_links() -> None:
    text = FORMATS[".html"].write(TABLE, FROM).decode()
    assert text.startswith('<table class="soup-list">\n<caption>SOUP &lt;list&gt;</caption>\n')
    assert '<th scope="col">ID</th>' in text
    assert '<tr class="gap"><td>SOUP_1</td><td>two<br>bad a.txt:3</td></tr>' in text
    assert f'<a href="{ADDRESS.replace("&", "&amp;")}">' in text
    assert "<b>" not in text
    assert text.endswith("<p>A *note*.</p>\n")
    assert FORMATS[".html"].write(EMPTY, FROM) == b"<p>There is &lt;nothing&gt;.</p>\n"
