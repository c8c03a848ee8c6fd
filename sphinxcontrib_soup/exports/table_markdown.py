"""Tables as Markdown, for comments on code hosts and for wikis."""

from __future__ import annotations

from sphinxcontrib_soup.model import Provenance, Table, plain
from sphinxcontrib_soup.plugin import table_format
from sphinxcontrib_soup.wording import markdown_text


@table_format(".md")
def table_markdown(table: Table, _: Provenance) -> bytes:
    """The title, a pipe table, and the notes. Markup in a text is shown and not run."""
    rows = [[column.title for column in table.columns], *([plain(cell) for cell in row.cells] for row in table.rows)]
    lines = [f"| {' | '.join(map(markdown_text, row))} |" for row in rows]
    lines.insert(1, f"|{' --- |' * len(table.columns)}")
    shown = lines if table.rows else [markdown_text(table.empty)]
    notes = [line for note in table.notes for line in ("", markdown_text(note))]
    text = "\n".join([f"**{markdown_text(table.title)}**", "", *shown, *notes, ""])
    return text.encode("utf-8", "backslashreplace")
