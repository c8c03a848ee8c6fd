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


class Addresses:
    """The addresses of items as seen from one page, each page that they stand on being asked for once."""

    def __init__(self, builder: Builder, docname: str, trace: Trace) -> None:
        self._builder, self._docname, self._items = builder, docname, trace.items
        self._pages: dict[str, str | None] = {}

    def of(self, ids: Iterable[str]) -> dict[str, str]:
        """The address of each of these items that stands on a page which this builder writes."""
        found: dict[str, str] = {}
        for id_ in ids:
            item = self._items.get(id_)
            if item is not None and item.document and (page := self._page(item.document)) is not None:
                found[id_] = f"{page}#{id_}"
        return found

    def _page(self, target: str) -> str | None:
        if target not in self._pages:
            self._pages[target] = _page_uri(self._builder, self._docname, target)
        return self._pages[target]


def _page_uri(builder: Builder, docname: str, target: str) -> str | None:
    if builder.name == "singlehtml":
        return ""
    try:
        return "" if target == docname else builder.get_relative_uri(docname, target)
    except NoUri:
        return None
