"""Tables as JSON, for scripts."""

from __future__ import annotations

from sphinxcontrib_soup.model import Provenance, Table, plain
from sphinxcontrib_soup.plugin import table_format
from sphinxcontrib_soup.trace_json import dumps


@table_format(".json")
def table_json(table: Table, provenance: Provenance) -> bytes:
    """An object with the columns, each row as an object of its texts by the names of the columns, and the notes."""
    names = [column.name for column in table.columns]
    return dumps(
        {
            "schema": "soup-table/1",
            "provenance": provenance,
            "name": table.name,
            "title": table.title,
            "columns": [{"name": column.name, "title": column.title} for column in table.columns],
            "rows": [dict(zip(names, map(plain, row.cells), strict=True)) for row in table.rows],
            "gaps": [number for number, row in enumerate(table.rows) if row.gap],
            "notes": table.notes,
        }
    ).encode()
