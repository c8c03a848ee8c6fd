"""Tables and cells as HTML: strings in, strings out, escaped here and nowhere else.

A table is one string, because docutils nodes for every cell are what costs; and a browser spends its time on elements,
so a row has few. No style or script stands inline: pages are the same under a strict content security policy, from a
folder on disk, and without JavaScript.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape

from sphinxcontrib_soup.model import Badge, Cell, Column, Figure, Line, Part, Place, Ref, Row, Table, plain, spaced
from sphinxcontrib_soup.tables import groups, of_cells, tally

WIDEST = 12
"""The largest share of the width that soup.css knows."""
WIDE = 8
"""Tables of more columns are printed in small type, and can fill the window."""
SHOWN = 100
"""How many rows soup.js shows at first. The others stand in a table body of their own, for which soup.css waits."""
LONG = 30
"""Words of more letters may go on in the next line."""

_LONG_WORD = re.compile(rf"\S{{{LONG + 1},}}")
_PIECE = re.compile(rf".{{10,{LONG}}}?(?:(?:/|_|::)+|(?=\.))|.{{{LONG}}}")
"""After what a long word may go on in the next line; pieces are not too short, for every such place is an element."""

_ADDRESS = re.compile(r"""(https?://[^\s<>"]*[^\s<>"'.,:;!?)\]])""")
_DATE = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Uris = Mapping[str, str]
Drawn = Sequence[str]
"""The cells of a row as HTML; where the table is grouped, the first is what the label of the group says."""


def view_opening(attributes: Mapping[str, str]) -> str:
    """What stands round a table and all that belongs to it; the attributes tell soup.js what the page does not show."""
    return f'<div class="soup-view"{"".join(_attribute(f"data-{name}", text) for name, text in attributes.items())}>\n'


def table_opening(table: Table, id_: str | None) -> str:
    """A table up to the text of its caption, within a frame that scrolls where the page is narrow."""
    title = escape(table.title)
    style = "soup-table soup-wide" if len(table.columns) - table.grouped > WIDE else "soup-table"
    identity = _attribute("id", id_) if id_ else ""
    return (
        f'<div class="soup-table-wrap" role="region" aria-label="{title}" tabindex="0">\n'
        f'<table class="{style}"{identity}>\n<caption><span class="caption-text">{title}</span>'
    )


def table_rest(table: Table, rows: Sequence[Drawn], id_: str | None) -> str:
    """A table from the end of its caption on; `rows` are its rows as :func:`drawn_rows` makes them."""
    heads = "".join(_head(column) for column in table.columns[table.grouped :])
    bodies = "".join(_bodies(table, rows, id_))
    return f"</caption>\n<thead><tr>{heads}</tr></thead>\n{bodies}</table>\n</div>\n"


def figure(title: str, drawn: Figure) -> str:
    """A figure, within a frame that scrolls where the page is narrow."""
    return f'<div class="soup-figure" role="group" aria-label="{escape(title)}" tabindex="0">{drawn.svg}</div>\n'


def _bodies(table: Table, drawn: Sequence[Drawn], id_: str | None) -> Iterator[str]:
    """The rows of each group below its label, those that are shown at first and later ones in bodies of their own."""
    items = {first_item(row.cells[table.grouped]) for row in table.rows}
    listed = list(groups(table))
    anchors = _anchors((group[0].cells[0] for group in listed), id_, items)
    lines = list(_rows(table, drawn, id_))
    start = 0
    for group, anchor in zip(listed, anchors, strict=True):
        label = _label(drawn[start][0], anchor, len(table.columns) - 1) if table.grouped else ""
        end, later = start + len(group), max(start, SHOWN)
        if start < SHOWN:
            yield f"<tbody>\n{label}{''.join(lines[start : min(end, SHOWN)])}</tbody>\n"
            label = ""
        if end > SHOWN:
            yield f'<tbody class="soup-later">\n{label}{"".join(lines[later:end])}</tbody>\n'
        start = end


def _label(said: str, anchor: str, columns: int) -> str:
    identity = _attribute("id", anchor) if anchor else ""
    return f'<tr{identity} class="soup-group"><th scope="rowgroup" colspan="{columns}"><div>{said}</div></th></tr>\n'


def drawn_rows(table: Table, uris: Uris, said: Mapping[str, str]) -> list[list[str]]:
    """The cells of each row as HTML; `said` are the :func:`tallies` of the groups."""
    drawn = of_cells(table.rows, lambda value: cell_markup(value, uris))
    if table.grouped:
        title = escape(table.columns[0].title)
        for row, cells in zip(table.rows, drawn, strict=True):
            named = f"<small>{title}</small> <span>{cells[0]}</span>" if cells[0] else f"<small>{title}: none</small>"
            cells[0] = f"{named} <small>{said[plain(row.cells[0])]}</small>"
    return drawn


def tallies(parts: Iterable[Table]) -> Mapping[str, str]:
    """How many rows and gaps each group has in all parts of a table, by the text of its label."""
    found: dict[str, list[Row]] = {}
    for table in parts:
        for row in table.rows if table.grouped else ():
            found.setdefault(plain(row.cells[0]), []).append(row)
    return {label: tally(rows) for label, rows in found.items()}


def rows_script(key: str, table: Table, rows: Iterable[Drawn], id_: str | None) -> str:
    """A script that hands soup.js all rows of a table, for a page that holds a part of them.

    Each cell stands there once, however many rows repeat it; a row is its cells, its anchor, and 1 where it is a gap.
    It is a script because pages that are opened from a folder on disk may fetch nothing else.
    """
    cells: dict[str, int] = {}
    listed = [
        [[cells.setdefault(one, len(cells)) for one in drawn], anchor, int(row.gap)]
        for row, drawn, anchor in zip(table.rows, rows, _row_anchors(table, id_), strict=True)
    ]
    return (
        f"(globalThis.soupRows ??= {{}})[{_json(key)}] = "
        f'{{"cells": [\n{json_lines(cells)}\n],\n"rows": [\n{json_lines(listed)}\n]}};\n'
    )


def contents(title: str, parts: Iterable[tuple[str, str, bool]]) -> str:
    """Links to the parts of a table: the label of each, its address, and whether it is the one that is shown."""
    links = "".join(_part_link(*part) for part in parts)
    return f'<nav class="soup-parts" aria-label="{escape(title)}">\n<ol>\n{links}</ol>\n</nav>\n'


def _part_link(label: str, uri: str, here: bool) -> str:
    if here:
        return f'<li><b aria-current="page">{escape(label)}</b></li>\n'
    return f'<li><a href="{escape(uri)}">{escape(label)}</a></li>\n'


def json_lines(values: Iterable[object]) -> str:
    """Each value on a line of its own, so that a difference can be read."""
    return ",\n".join(map(_json, values))


def _attribute(name: str, text: str) -> str:
    return f' {name}="{escape(text)}"'


def _head(column: Column) -> str:
    """The head of a column. Its share of the width is a class, because an inline style may be forbidden."""
    order = _attribute("data-order", json.dumps(column.order, ensure_ascii=False)) if column.order else ""
    share = min(max(column.width, 1), WIDEST)
    named = _attribute("data-column", column.name)
    return f'<th scope="col" class="soup-w{share}"{named}{order}>{escape(column.title)}</th>'


def _rows(table: Table, drawn: Iterable[Drawn], id_: str | None) -> Iterator[str]:
    for row, cells, anchor in zip(table.rows, drawn, _row_anchors(table, id_), strict=True):
        first, *others = cells[table.grouped :]
        opening, sign = (' class="soup-gap"', _GAP) if row.gap else ("", "")
        identity = _attribute("id", anchor) if anchor else ""
        named = f'<th scope="row">{first}{sign}</th>' if first else f"<td>{sign}</td>"
        yield f"<tr{identity}{opening}>{named}{''.join(f'<td>{text}</td>' for text in others)}</tr>\n"


def _row_anchors(table: Table, id_: str | None) -> Iterator[str]:
    """What each row is linked by."""
    return _anchors((row.cells[table.grouped] for row in table.rows), id_)


def _anchors(cells: Iterable[Cell], id_: str | None, taken: Collection[str] = ()) -> Iterator[str]:
    """What the first cell that begins with an item is linked by: the table and the item; empty for the others."""
    seen = {"", *taken}
    for value in cells:
        item = first_item(value)
        yield f"{id_}.{item}" if id_ and item not in seen else ""
        seen.add(item)


def first_item(value: Cell) -> str:
    """The ID of the item that a cell begins with; empty where it begins with something else."""
    match value:
        case ((Ref(id=id_), *_), *_):
            return id_
    return ""


def cell_markup(value: Cell, uris: Uris) -> str:
    """A cell, each of its lines on one of its own."""
    if len(value) == 1:
        return _line(value[0], uris)
    return "\n".join(f"<div>{_line(line, uris)}</div>" for line in value)


def inline_markup(value: Cell, uris: Uris) -> str:
    """A cell in running text: links are separated by commas, other lines stand below each other."""
    parts = [part for line in value for part in line]
    if all(isinstance(part, Ref) for part in parts):
        return ", ".join(_part(part, uris) for part in parts)
    return cell_markup(value, uris)


def _line(line: Line, uris: Uris) -> str:
    return "".join([space + _part(part, uris) for space, part in spaced(line)])


def _part(part: Part, uris: Uris) -> str:
    match part:
        case Ref():
            return _reference(_text(part.text), uris.get(part.id))
        case Badge():
            return _badge(_text(part.text), part.tone)
        case Place():
            return f'<code class="soup-place">{_reference(_text(part.text), uris.get(part.text))}</code>'
        case _:
            return _prose(part.text)


@lru_cache(maxsize=10_000)  # a matrix repeats an item on each of its paths
def _prose(text: str) -> str:
    """A text, in which addresses are links, and dates do not break."""
    if "://" not in text:
        return _dated(text)
    pieces = _ADDRESS.split(text)
    pieces[::2] = map(_dated, pieces[::2])
    pieces[1::2] = (f'<a class="reference external" href="{escape(one)}">{_text(one)}</a>' for one in pieces[1::2])
    return "".join(pieces)


@lru_cache(maxsize=10_000)
def _text(text: str) -> str:
    """A text, in which a word that is too long for any column may go on in the next line."""
    return escape(text) if len(text) <= LONG else _marked(_LONG_WORD.sub(lambda word: _pieces(word[0]), text))


def _dated(text: str) -> str:
    whole = _text(text)
    return _DATE.sub(r"<time>\g<0></time>", whole) if "-" in text else whole


def _pieces(word: str) -> str:
    return _PIECE.sub(lambda piece: f"{piece[0]}\0", word)


def _marked(text: str) -> str:
    return escape(text).replace("\0", "<wbr>")


def _badge(text: str, style: str) -> str:
    """A text that soup.css puts a sign before."""
    return f'<b class="soup-{style}">{text}</b>'


_GAP = " " + _badge("gap", "flag")


def _reference(text: str, uri: str | None) -> str:
    """A link to an item. Of two fragments in an address, as the one-page builder gives, the last is the anchor."""
    if uri is None:
        return text
    target = uri[uri.rfind("#") :] if uri.count("#") > 1 else uri
    return f'<a href="{escape(target)}">{text}</a>'
