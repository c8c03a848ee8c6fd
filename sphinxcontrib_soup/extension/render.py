"""Fill the pages: an item's block in the place of its card, a table in the place of a view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.extension.html import depart_item, depart_table, visit_item, visit_table
from sphinxcontrib_soup.model import Block, Cell, Item, Ref
from sphinxcontrib_soup.needs import Built, recall
from sphinxcontrib_soup.needs.draw import draw_items, plain_parts
from sphinxcontrib_soup.nodes import expand, soup_item, soup_table, soup_view

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def setup_render(app: Sphinx) -> None:
    app.add_node(soup_item, html=(visit_item, depart_item))
    app.add_node(soup_table, html=(visit_table, depart_table))
    app.add_node(soup_view)
    # before sphinx-needs draws its cards (500)
    app.connect("doctree-resolved", fill, priority=400)


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill a page, or all the pages that a builder joined into one tree."""
    built = recall(app)
    drawn = _drawn(app)
    fit = _keep if soup_table.__name__ in drawn else expand
    if app.config.soup_blocks:

        def draw(item: Item, statement: list[nodes.Node]) -> list[nodes.Node]:
            made = block(built.trace, item)
            uris = _uris(app.builder, docname, built, _refs(block_cells(made)))
            return fit(soup_item("", *statement, ids=[item.id], block=made, uris=uris))

        draw_items(app.env, doctree, built.trace.items, draw)
    if "NeedPart" not in drawn:
        plain_parts(doctree)
    for place in list(doctree.findall(soup_view)):
        table = built.tables[place["key"]]
        uris = _uris(app.builder, docname, built, _refs(cell for row in table.rows for cell in row.cells))
        node = soup_table("", ids=place["ids"], names=place["names"], table=table, uris=uris)
        node.source, node.line = place.source, place.line
        place.parent.replace(place, fit(node))


def _keep(node: nodes.Node) -> list[nodes.Node]:
    return [node]


def _drawn(app: Sphinx) -> frozenset[str]:
    """The names of the nodes that the writer of this build has visitors for, beside those of docutils and Sphinx.

    Handlers that any extension registers for a builder's name hide all those for its format, as in EPUB.
    """
    if app.builder.name == "soup-pdf":
        return frozenset({soup_item.__name__, soup_table.__name__, "NeedPart"})
    handlers = app.registry.translation_handlers
    return frozenset(handlers.get(app.builder.name) or handlers.get(app.builder.format, {}))


def block_cells(made: Block) -> Iterator[Cell]:
    for _, cell in (*made.fields, *made.outgoing, *made.incoming):
        yield cell


def _refs(cells: Iterable[Cell]) -> Iterator[str]:
    return (part.id for cell in cells for line in cell for part in line if isinstance(part, Ref))


def _uris(builder: Builder, docname: str, built: Built, ids: Iterable[str]) -> dict[str, str]:
    """The addresses of items as seen from a page, for those that stand on one which this builder writes."""
    pages: dict[str, str | None] = {}
    uris: dict[str, str] = {}
    for id_ in dict.fromkeys(ids):
        item = built.trace.items.get(id_)
        if item is None or not item.document:
            continue
        if item.document not in pages:
            pages[item.document] = _page_uri(builder, docname, item.document)
        if (page := pages[item.document]) is not None:
            uris[id_] = f"{page}#{id_}"
    return uris


def _page_uri(builder: Builder, docname: str, target: str) -> str | None:
    if builder.name == "singlehtml":
        return ""
    try:
        return "" if target == docname else builder.get_relative_uri(docname, target)
    except NoUri:
        return None
