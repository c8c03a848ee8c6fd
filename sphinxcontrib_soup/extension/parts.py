"""Tables that are too long for one page: their rows in parts, each but the first on a page of its own.

A part is a page that can be read without JavaScript: it has some rows, and links to the other parts. Only builders
whose pages are files in a folder have them; others show a table whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxcontrib_soup.extension.links import Addresses, table_refs
from sphinxcontrib_soup.extension.markup import Uris, first_item
from sphinxcontrib_soup.model import Cell, Ref, Row, Table, Trace, plain
from sphinxcontrib_soup.needs import Built
from sphinxcontrib_soup.needs.written import Page
from sphinxcontrib_soup.wording import shown

if TYPE_CHECKING:
    from sphinx.builders import Builder

SPLIT = "split"
"""The option of every view that tells how it is split."""
BY_DOCUMENT = "document"
WHOLE = "no"
BUILDERS = ("html", "dirhtml")
_LONGEST_LABEL = 40


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some rows of a table on the page of this name, its addresses as seen from there; `first` counts from 0."""

    page: str
    label: str
    first: int
    table: Table
    uris: Uris


def checked_split(text: str) -> str:
    """What `:split:` says.

    :raises ValueError: if it is none of `document`, `no`, and a number of rows
    """
    if text in (BY_DOCUMENT, WHOLE) or (text.isdecimal() and int(text) > 0):
        return text
    raise ValueError(f"option {SPLIT!r}: {text!r} is none of {BY_DOCUMENT!r}, {WHOLE!r}, and a number of rows above 0")


def parts(builder: Builder, built: Built, docname: str, id_: str, table: Table, asked: str) -> tuple[Part, ...]:
    """The parts of a table that stands on a page; none where it is shown whole. The first stands on that page."""
    cut = _cut(builder, built.trace, table, asked)
    made: list[Part] = []
    for number, (label, rows) in enumerate(cut, 1):
        page = docname if number == 1 else _page(docname, id_, number)
        some = replace(table, rows=rows)
        uris = Addresses(builder, page, built.trace).of(table_refs(some))
        first = made[-1].first + len(made[-1].table.rows) if made else 0
        made.append(Part(page=page, label=label, first=first, table=some, uris=uris))
    return tuple(made)


def files(builder: Builder, built: Built, pages: Mapping[str, Page]) -> Iterator[str]:
    """What the parts of all tables stand in, relative to the output: pages, and the scripts with all their rows."""
    for docname, page in pages.items():
        for view in page.views:
            cut = _cut(builder, built.trace, built.tables[view.key], view.options.get(SPLIT, ""))
            if cut:
                yield script(docname, view.anchor)
            for number in range(2, len(cut) + 1):
                path = Path(builder.get_outfilename(_page(docname, view.anchor, number)))  # type: ignore[attr-defined]
                yield path.relative_to(builder.outdir).as_posix()


def script(docname: str, id_: str) -> str:
    """The script with all rows of a table, relative to the output."""
    return f"{docname}.{id_}.js"


def _page(docname: str, id_: str, number: int) -> str:
    return f"{docname}.{id_}.{number}"


def _cut(builder: Builder, trace: Trace, table: Table, asked: str) -> list[tuple[str, tuple[Row, ...]]]:
    """The rows of each part with its label; nothing where a table is whole."""
    if builder.name not in BUILDERS or asked == WHOLE or not table.rows:
        return []
    most = (int(asked) if asked.isdecimal() else builder.config.soup_rows_per_page) or len(table.rows)
    if asked == BY_DOCUMENT:
        titles = {docname: title.astext() for docname, title in builder.env.titles.items()}
        cut = list(_by_document(trace, table.rows, titles, most))
    else:
        cut = [(_range(rows[0], rows[-1], grouped=table.grouped), rows) for rows in _by_size(table.rows, most)]
    return cut if len(cut) > 1 else []


def _by_size(rows: Iterable[Row], most: int) -> Iterator[tuple[Row, ...]]:
    """Parts of about one size and of at most so many rows; those that begin with one item stay together if they fit."""
    listed = list(rows)
    enough = ceil(len(listed) / ceil(len(listed) / most))
    part: list[Row] = []
    for _, found in groupby(listed, key=lambda row: first_item(row.cells[0]) or row.cells[0]):
        group = list(found)
        for piece in (group[start : start + most] for start in range(0, len(group), most)):
            if part and (len(part) >= enough or len(part) + len(piece) > most):
                yield tuple(part)
                part = []
            part += piece
    yield tuple(part)


def _by_document(
    trace: Trace, rows: Iterable[Row], titles: Mapping[str, str], most: int
) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """A part for each page that the first items of rows stand on, or several where it has too many rows."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_document(trace, row), []).append(row)
    for docname, listed in found.items():
        title = titles.get(docname, "Others")
        pieces = list(_by_size(listed, most))
        for number, piece in enumerate(pieces, 1):
            yield title if len(pieces) == 1 else f"{title} ({number})", piece


def _document(trace: Trace, row: Row) -> str:
    refs = (part.id for cell in row.cells for line in cell for part in line if isinstance(part, Ref))
    return next((trace.items[id_].document for id_ in refs if id_ in trace.items), "")


def _range(first: Row, last: Row, *, grouped: bool, column: int = 0) -> str:
    """Where a part begins and ends; within one group, that group and where in it."""
    begins, ends = _start(first.cells[column]), _start(last.cells[column])
    if begins != ends:
        return f"{begins} – {ends}"
    return f"{begins}: {_range(first, last, grouped=False, column=1)}" if grouped else begins


def _start(value: Cell) -> str:
    return first_item(value) or shown(plain(value), _LONGEST_LABEL) or "none"
