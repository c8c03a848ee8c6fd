"""The addresses of items, as seen from a page that a builder writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sphinx.errors import NoUri

from sphinxcontrib_soup.model import Block, Cell, Ref, Table, Trace

if TYPE_CHECKING:
    from sphinx.builders import Builder


def block_refs(made: Block) -> Iterator[str]:
    """The IDs that a block names."""
    return _refs(cell for _, cell in (*made.fields, *made.outgoing, *made.incoming))


def table_refs(table: Table) -> Iterator[str]:
    """The IDs that a table names."""
    return _refs(cell for row in table.rows for cell in row.cells)


def _refs(cells: Iterable[Cell]) -> Iterator[str]:
    return (part.id for cell in cells for line in cell for part in line if isinstance(part, Ref))


def uris(builder: Builder, docname: str, trace: Trace, ids: Iterable[str]) -> dict[str, str]:
    """The addresses of items as seen from a page, for those that stand on one which this builder writes."""
    pages: dict[str, str | None] = {}
    found: dict[str, str] = {}
    for id_ in dict.fromkeys(ids):
        item = trace.items.get(id_)
        if item is None or not item.document:
            continue
        if item.document not in pages:
            pages[item.document] = _page_uri(builder, docname, item.document)
        if (page := pages[item.document]) is not None:
            found[id_] = f"{page}#{id_}"
    return found


def _page_uri(builder: Builder, docname: str, target: str) -> str | None:
    if builder.name == "singlehtml":
        return ""
    try:
        return "" if target == docname else builder.get_relative_uri(docname, target)
    except NoUri:
        return None
