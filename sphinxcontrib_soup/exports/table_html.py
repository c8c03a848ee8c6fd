"""Tables as a fragment of HTML, to be put into pages of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from sphinxcontrib_soup.model import Cell, Provenance, Row, Table, spaced
from sphinxcontrib_soup.plugin import table_format

_ADDRESS = re.compile(r"https?://\S+")


@table_format(".html")
def table_html(table: Table, _: Provenance) -> bytes:
    """A `table` with its caption and head, and a paragraph for each note. No style, no script; addresses are links."""
    return "\n".join(_lines(table)).encode("utf-8", "backslashreplace") + b"\n"


def _lines(table: Table) -> Iterator[str]:
    if table.rows:
        heads = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
        yield f'<table class="{escape(table.name)}">'
        yield f"<caption>{escape(table.title)}</caption>"
        yield f"<thead><tr>{heads}</tr></thead>"
        yield from ("<tbody>", *map(_row, table.rows), "</tbody>", "</table>")
    else:
        yield f"<p>{escape(table.empty)}</p>"
    yield from (f"<p>{escape(note)}</p>" for note in table.notes)


def _row(row: Row) -> str:
    opening = '<tr class="gap">' if row.gap else "<tr>"
    return f"{opening}{''.join(f'<td>{_cell(cell)}</td>' for cell in row.cells)}</tr>"


def _cell(cell: Cell) -> str:
    return "<br>".join("".join(space + _linked(part.text) for space, part in spaced(line)) for line in cell)


def _linked(text: str) -> str:
    shown = escape(text)
    return f'<a href="{shown}">{shown}</a>' if _ADDRESS.fullmatch(text) else shown
