"""Fill the pages: an item's block in the place of its card, a table in the place of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.extension.chains import has_chains, setup_chains
from sphinxcontrib_soup.extension.html import depart_item, depart_table, visit_item, visit_table
from sphinxcontrib_soup.extension.links import Addresses, block_refs, table_refs
from sphinxcontrib_soup.extension.parts import parts
from sphinxcontrib_soup.model import Item
from sphinxcontrib_soup.needs import recall
from sphinxcontrib_soup.needs.draw import draw_items, plain_parts, renumber_cards, unframe
from sphinxcontrib_soup.nodes import expand, soup_item, soup_table, soup_view

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_render(app: Sphinx) -> None:
    app.add_node(soup_item, html=(visit_item, depart_item))
    app.add_node(soup_table, html=(visit_table, depart_table))
    app.add_node(soup_view)
    setup_chains(app)
    # before sphinx-needs draws its cards (500)
    app.connect("doctree-resolved", fill, priority=400)
    app.connect("doctree-resolved", unframe, priority=600)
    app.connect("doctree-resolved", renumber_cards, priority=900)


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fill a page, or all the pages that a builder joined into one tree."""
    built = recall(app)
    drawn = _drawn(app)
    addresses = Addresses(app.builder, docname, built.trace)
    fit = _keep if soup_table.__name__ in drawn else expand

    def draw(item: Item, statement: list[nodes.Node]) -> list[nodes.Node]:
        made = block(built.trace, item)
        found = addresses.of(block_refs(made))
        return fit(soup_item("", *statement, ids=[item.id], block=made, uris=found))

    draw_items(app.env, doctree, built.trace.items if app.config.soup_blocks else {}, draw)
    if "NeedPart" not in drawn:
        plain_parts(doctree)
    for place in list(doctree.findall(soup_view)):
        table = built.tables[place["key"]]
        found = addresses.of(table_refs(table))
        node = soup_table("", ids=place["ids"], names=place["names"], table=table, uris=found)
        node["parts"] = parts(app.builder, built, docname, place["ids"][0], table, place["split"])
        node["chains"] = has_chains(app.builder)
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
