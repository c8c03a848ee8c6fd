"""The addresses of items and of places in files, as seen from a page that a builder writes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from os.path import relpath
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx.errors import NoUri

from sphinxcontrib_soup.model import Block, Cell, Location, Place, Ref, Table, Trace
from sphinxcontrib_soup.provenance import top_of

if TYPE_CHECKING:
    from sphinx.builders import Builder


def block_refs(made: Block) -> Iterator[str | Location]:
    """The IDs and places that a block names."""
    return _refs(cell for _, cell in (*made.fields, *made.outgoing, *made.incoming))


def table_refs(table: Table) -> Iterator[str | Location]:
    """The IDs and places that a table names."""
    return _refs(cell for row in table.rows for cell in row.cells)


def _refs(cells: Iterable[Cell]) -> Iterator[str | Location]:
    for part in (part for cell in cells for line in cell for part in line):
        if isinstance(part, Ref):
            yield part.id
        elif isinstance(part, Place):
            yield part.location


class Addresses:
    """The addresses of items as seen from one page, each page that they stand on being asked for once.

    A place has one where the project tells, by `soup_source_url`, where its files can be seen.
    """

    def __init__(self, builder: Builder, docname: str, trace: Trace) -> None:
        self._builder, self._docname, self._items = builder, docname, trace.items
        self._pages: dict[str, str | None] = {}
        self._files: str = builder.config.soup_source_url if builder.format == "html" else ""
        self._folder = _folder(builder) if self._files else ""

    def of(self, named: Iterable[str | Location]) -> dict[str, str]:
        """The address of each of these items that stands on a page which this builder writes, and of each place."""
        found: dict[str, str] = {}
        for one in named:
            if isinstance(one, Location):
                if self._files:
                    found[str(one)] = self._place(one)
                continue
            item = self._items.get(one)
            if item is not None and item.document and (page := self._page(item.document)) is not None:
                found[one] = f"{page}#{one}"
        return found

    def _place(self, location: Location) -> str:
        path = posixpath.normpath(posixpath.join(self._folder, location.path))
        return self._files.replace("{path}", quote(path)).replace("{line}", str(location.line or 1))

    def _page(self, target: str) -> str | None:
        if target not in self._pages:
            self._pages[target] = _page_uri(self._builder, self._docname, target)
        return self._pages[target]


def _folder(builder: Builder) -> str:
    """The folder of conf.py from the top of its repository."""
    folder = Path(builder.confdir).resolve()
    return PurePath(relpath(folder, top_of(folder))).as_posix()


def _page_uri(builder: Builder, docname: str, target: str) -> str | None:
    if builder.name == "singlehtml":
        return ""
    try:
        return "" if target == docname else builder.get_relative_uri(docname, target)
    except NoUri:
        return None
