"""Tables and cells as HTML: strings in, strings out, escaped here and nowhere else.

A table is one string, because docutils nodes for every cell are what costs. No style or script stands inline: pages
are the same under a strict content security policy, from a folder on disk, and without JavaScript.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from sphinxcontrib_soup.model import Badge, Cell, Column, Line, Part, Place, Ref, Row, Table, Tone, spaced

SIGNS: Mapping[Tone, str] = {Tone.GOOD: "✓", Tone.BAD: "✗", Tone.OPEN: "?", Tone.QUIET: "–"}
WIDEST = 12
"""The largest share of the width that soup.css knows."""
WIDE = 8
"""Tables of more columns are printed in small type."""
SHOWN = 100
"""How many rows soup.js shows at first. The others stand in a table body of their own, for which soup.css waits."""

_LONG_WORD = re.compile(r"\S{31,}")
_PIECE = re.compile(r"(?:/|_|::)+|[^/_:.]{30}|(?=\.)")
"""After what a long word, or the name of a file, may go on in the next line."""

Uris = Mapping[str, str]


def table_opening(table: Table, id_: str | None) -> str:
    """A table up to the text of its caption, within a frame that scrolls where the page is narrow."""
    title = escape(table.title)
    style = "soup-table soup-wide" if len(table.columns) > WIDE else "soup-table"
    identity = f' id="{escape(id_)}"' if id_ else ""
    return (
        f'<div class="soup-table-wrap" role="region" aria-label="{title}" tabindex="0">\n'
        f'<table class="{style}"{identity}>\n<caption><span class="caption-text">{title}</span>'
    )


def table_rest(table: Table, uris: Uris) -> str:
    """A table from the end of its caption on."""
    heads = "".join(_head(column) for column in table.columns)
    rows = [_row(row, uris) for row in table.rows]
    bodies = f"<tbody>\n{''.join(rows[:SHOWN])}</tbody>\n"
    if len(rows) > SHOWN:
        bodies += f'<tbody class="soup-later">\n{"".join(rows[SHOWN:])}</tbody>\n'
    return f"</caption>\n<thead><tr>{heads}</tr></thead>\n{bodies}</table>\n</div>\n"


def _head(column: Column) -> str:
    """The head of a column. Its share of the width is a class, because an inline style may be forbidden."""
    order = f' data-order="{escape(json.dumps(column.order, ensure_ascii=False))}"' if column.order else ""
    share = min(max(column.width, 1), WIDEST)
    return f'<th scope="col" class="soup-w{share}"{order}>{escape(column.title)}</th>'


def _row(row: Row, uris: Uris) -> str:
    first, *others = (cell_markup(value, uris) for value in row.cells)
    opening, sign = ('<tr class="soup-gap">', _GAP) if row.gap else ("<tr>", "")
    named = f'<th scope="row">{first}{sign}</th>' if first else f"<td>{sign}</td>"
    return f"{opening}{named}{''.join(f'<td>{text}</td>' for text in others)}</tr>\n"


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
            return _badge(_text(part.text), part.tone, SIGNS[part.tone])
        case Place():
            return f'<code class="soup-place">{_marked(_pieces(part.text))}</code>'
        case _:
            return _text(part.text)


@lru_cache(maxsize=10_000)  # a matrix repeats an item on each of its paths
def _text(text: str) -> str:
    """A text, in which a word that is too long for any column may go on in the next line."""
    return escape(text) if len(text) <= 30 else _marked(_LONG_WORD.sub(lambda word: _pieces(word[0]), text))


def _pieces(word: str) -> str:
    return _PIECE.sub(lambda piece: f"{piece[0]}\0", word)


def _marked(text: str) -> str:
    return escape(text).replace("\0", "<wbr>")


def _badge(text: str, style: str, sign: str) -> str:
    """A text after its sign, which never stands alone at the end of a line."""
    sign = f'<span class="soup-sign" aria-hidden="true">{sign}</span>'
    return f'<span class="soup-badge soup-{style}">{sign}&nbsp;{text}</span>'


_GAP = " " + _badge("gap", "flag", "!")


def _reference(text: str, uri: str | None) -> str:
    """A link to an item. Of two fragments in an address, as the one-page builder gives, the last is the anchor."""
    if uri is None:
        return text
    target = uri[uri.rfind("#") :] if uri.count("#") > 1 else uri
    return f'<a class="soup-ref reference internal" href="{escape(target)}">{text}</a>'
