"""Items and tables as web pages: the visitors of our nodes, their style sheet and their script.

A table is drawn as one string, because nodes for every cell are what costs. There is no inline style and no inline
script: pages stay as they are under a strict content security policy, from a folder on disk, and without JavaScript.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import Markup
from sphinx.locale import _

from sphinxcontrib_soup.model import Badge, Block, Cell, Column, Line, Part, Place, Ref, Row, Table, Tone
from sphinxcontrib_soup.nodes import soup_item, soup_table
from sphinxcontrib_soup.templates import templates

if TYPE_CHECKING:
    from jinja2 import Environment
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

STATIC = Path(__file__).parent / "static"
SIGNS: Mapping[Tone, str] = {Tone.GOOD: "✓", Tone.BAD: "✗", Tone.OPEN: "?", Tone.QUIET: "–"}
WIDEST = 12
"""The largest share of the width that soup.css knows."""
SHOWN = 100
"""How many rows soup.js shows at first. The others stand in a table body of their own, for which soup.css waits."""

_LONG_WORD = re.compile(r"\S{31,}")
_PIECE = re.compile(r"(?:/|_|::)+|[^/_:.]{30}|(?=\.)")
"""After what a long word, or the name of a file, may go on in the next line."""

Uris = Mapping[str, str]


def setup_html(app: Sphinx) -> None:
    """Add the style sheet and the script to the pages of every HTML builder."""
    app.connect("builder-inited", _serve_static_files)
    app.add_css_file("soup.css")
    app.add_js_file("soup.js", loading_method="defer")


def _serve_static_files(app: Sphinx) -> None:
    """Put our folder before the project's own ones, so that a file of the same name there takes its place."""
    if app.builder.format == "html":
        app.config.html_static_path = [str(STATIC), *app.config.html_static_path]


# --- items -----------------------------------------------------------------------------------------------------------


def visit_item(self: HTML5Translator, _node: soup_item) -> None:
    """Let the statement write to a page of its own, which the template takes in."""
    self.context.append(self.body)
    self.body = []


def depart_item(self: HTML5Translator, node: soup_item) -> None:
    """Draw the block round its statement."""
    statement = Markup("".join(self.body))  # noqa: S704 - what the translator wrote is markup
    self.body = self.context.pop()
    block: Block = node["block"]
    uris: Uris = node["uris"]
    template = _templates(Path(self.builder.confdir), self.config).get_template("soup/item.html.jinja")
    self.body.append(_anchors(id_ for id_ in node["ids"] if id_ != block.anchor))
    self.body.append(
        template.render(
            block=block,
            statement=statement,
            level=min(6, max(1, self.section_level) + 1 + _depth(node)),
            draw=lambda value: Markup(_inline(value, uris)),  # noqa: S704 - escaped part by part
        )
    )


@lru_cache(maxsize=1)
def _templates(confdir: Path, config: Config) -> Environment:
    """The templates of this build; every build has a configuration object of its own."""
    return templates(confdir, config)


def _depth(node: nodes.Node) -> int:
    """How many items an item stands in."""
    above = node.parent
    return 0 if above is None else _depth(above) + isinstance(above, soup_item)


# --- tables ----------------------------------------------------------------------------------------------------------


def visit_table(self: HTML5Translator, node: soup_table) -> None:
    """Draw the whole table, or the sentence that stands in for no rows."""
    table: Table = node["table"]
    ids: list[str] = node["ids"]
    identity = f' id="{escape(ids[0])}"' if ids else ""
    self.body.append(_anchors(ids[1:]))
    if table.rows:
        self.body.append(_opening(table, identity))
        self.add_permalink_ref(node, _("Link to this table"))
        self.body.append(_inner(table, node["uris"]))
    else:
        self.body.append(f'<p class="soup-empty"{identity}>{escape(table.empty)}</p>\n')
    self.body += [f'<p class="soup-note">{escape(note)}</p>\n' for note in table.notes]


def depart_table(_self: HTML5Translator, _node: soup_table) -> None:
    """Nothing is left to draw."""


def _opening(table: Table, identity: str) -> str:
    title = escape(table.title)
    return (
        f'<div class="soup-table-wrap" role="region" aria-label="{title}" tabindex="0">\n'
        f'<table class="soup-table"{identity}>\n<caption><span class="caption-text">{title}</span>'
    )


def _inner(table: Table, uris: Uris) -> str:
    heads = "".join(_head(column) for column in table.columns)
    rows = [_row(row, uris) for row in table.rows]
    later = f'<tbody class="soup-later">\n{"".join(rows[SHOWN:])}</tbody>\n' if len(rows) > SHOWN else ""
    return f"</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(rows[:SHOWN])}</tbody>\n{later}</table>\n</div>\n"


def _head(column: Column) -> str:
    """The head of a column. Its share of the width is a class, because an inline style may be forbidden."""
    order = f' data-order="{escape(json.dumps(column.order, ensure_ascii=False))}"' if column.order else ""
    share = min(max(column.width, 1), WIDEST)
    return f'<th scope="col" class="soup-w{share}"{order}>{escape(column.title)}</th>'


def _row(row: Row, uris: Uris) -> str:
    first, *others = (_cell(value, uris) for value in row.cells)
    tag = '<th scope="row">{}</th>' if first else "<td>{}</td>"
    opening = '<tr class="soup-gap">' if row.gap else "<tr>"
    named = tag.format(first + (_GAP if row.gap else ""))
    return f"{opening}{named}{''.join(f'<td>{text}</td>' for text in others)}</tr>\n"


def _cell(value: Cell, uris: Uris) -> str:
    if len(value) == 1:
        return _line(value[0], uris)
    return "\n".join(f"<div>{_line(line, uris)}</div>" for line in value)


# --- parts -----------------------------------------------------------------------------------------------------------


def _inline(value: Cell, uris: Uris) -> str:
    """A cell in running text: links are separated by commas, other lines stand below each other."""
    parts = [part for line in value for part in line]
    if all(isinstance(part, Ref) for part in parts):
        return ", ".join(_part(part, uris) for part in parts)
    return _cell(value, uris)


def _line(line: Line, uris: Uris) -> str:
    return " ".join([_part(part, uris) for part in line])


def _part(part: Part, uris: Uris) -> str:
    text = _text(part.text)
    match part:
        case Ref():
            return _reference(text, uris.get(part.id))
        case Badge():
            return _badge(text, part.tone, SIGNS[part.tone])
        case Place():
            return f'<code class="soup-place">{_marked(_pieces(part.text))}</code>'
        case _:
            return text


def _text(text: str) -> str:
    """A text as markup, in which a word too long for any column may go on in the next line."""
    return escape(text) if len(text) <= 30 else _marked(_LONG_WORD.sub(lambda word: _pieces(word[0]), text))


def _pieces(word: str) -> str:
    return _PIECE.sub("\\g<0>\0", word)


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


def _anchors(ids: Iterable[str]) -> str:
    """Further places to link to, for the labels that an author put before an item or a table."""
    return "".join(f'<span id="{escape(id_)}"></span>' for id_ in ids)
