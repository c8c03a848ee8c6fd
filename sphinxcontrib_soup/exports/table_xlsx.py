"""Tables as workbooks of Excel (ISO/IEC 29500)."""

from __future__ import annotations

import datetime
import io
import re
from typing import TYPE_CHECKING

from sphinxcontrib_soup.model import Provenance, Table, plain
from sphinxcontrib_soup.plugin import table_format

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST = 32767
"""The characters that a cell holds."""

NAME = 31
"""The characters that the name of a sheet holds."""

WIDTH = 12
"""The width of a column of share 1, in characters."""

_CUT = " … (cut: a cell holds no more)"
_ADDRESS = re.compile(r"https?://\S{1,2000}")
_EPOCH = datetime.date(1980, 1, 1)


@table_format(".xlsx")
def table_xlsx(table: Table, provenance: Provenance) -> bytes:
    """A sheet with the rows below a head that stays in sight, with filters, and a sheet that says where it comes from.

    Every cell is a text, so that nothing is run as a formula; addresses are links. Lines of a cell stay lines. It is
    dated by the as-of date. XlsxWriter is needed: `pip install sphinxcontrib-soup[excel]`.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise ValueError("workbooks are written with XlsxWriter: pip install 'sphinxcontrib-soup[excel]'") from error
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        made = datetime.date.fromisoformat(provenance.date) if provenance.date else _EPOCH
        created = datetime.datetime.combine(made, datetime.time())
        book.set_properties({"title": table.title, "created": created})
        _rows(book, table)
        _origin(book, table, provenance)
    return content.getvalue()


def _rows(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet(table.name[:NAME])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"text_wrap": True, "valign": "top", "underline": 1, "font_color": "#0563C1"})
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, WIDTH * column.width)
        sheet.write_string(0, at, column.title, head)
    for number, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row.cells):
            text = _fitting("\n".join(plain((line,)) for line in cell))
            if _ADDRESS.fullmatch(text):
                sheet.write_url(number, at, text, link, text)
            else:
                sheet.write_string(number, at, text, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), max(len(table.columns) - 1, 0))
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _origin(book: Workbook, table: Table, provenance: Provenance) -> None:
    sheet = book.add_worksheet("Origin")
    sheet.set_column(0, 0, 2 * WIDTH)
    sheet.set_column(1, 1, 8 * WIDTH, book.add_format({"text_wrap": True}))
    commit = f"{provenance.commit or ''}{' (files differ from it)' if provenance.dirty else ''}"
    facts = [
        ("Table", table.title),
        ("Project", f"{provenance.project} {provenance.release}".strip()),
        ("As of", provenance.date or ""),
        ("Commit", commit),
        ("Written by", provenance.tool),
        *(("Note", note) for note in (table.notes if table.rows else (table.empty, *table.notes))),
    ]
    for number, (name, text) in enumerate(facts):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, _fitting(text))


def _fitting(text: str) -> str:
    """A text that a cell can hold; what cannot be encoded is escaped."""
    encoded = text.encode("utf-8", "backslashreplace").decode()
    return encoded if len(encoded) <= LONGEST else encoded[: LONGEST - len(_CUT)] + _CUT
