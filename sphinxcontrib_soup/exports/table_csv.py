"""Tables as CSV (RFC 4180), for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io

from sphinxcontrib_soup.model import Provenance, Table, plain
from sphinxcontrib_soup.plugin import table_format


@table_format(".csv")
def table_csv(table: Table, _: Provenance) -> bytes:
    """The titles of the columns, then the rows, in UTF-8 with a byte order mark, by which spreadsheets know it.

    A text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    writer.writerows([_defused(plain(cell)) for cell in row.cells] for row in table.rows)
    return file.getvalue().encode("utf-8-sig", "backslashreplace")


def _defused(text: str) -> str:
    """Spreadsheets take a cell that begins with one of these signs for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
