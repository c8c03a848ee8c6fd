"""Our own block in the place of sphinx-needs' card, for the items that are ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeGuard

from docutils import nodes
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.directives.needuml import Needuml
from sphinx_needs.functions.functions import find_and_replace_node_content
from sphinx_needs.nodes import Need
from sphinx_needs.roles.need_part import NeedPart

from sphinxcontrib_soup.model import Item
from sphinxcontrib_soup.needs.directive import doubled
from sphinxcontrib_soup.needs.written import pages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

Draw = Callable[[Item, list[nodes.Node]], list[nodes.Node]]
FRAME = "soup-frame"
"""The class of the table round a statement with a diagram, until sphinx-needs has drawn it."""


def draw_items(env: BuildEnvironment, doctree: nodes.document, items: Mapping[str, Item], draw: Draw) -> None:
    """Replace the needs of a page that are ours by what `draw` makes of each item and the nodes of its statement.

    Left to sphinx-needs are other needs, hidden ones, and those whose author asked for a layout of sphinx-needs.
    """
    store = SphinxNeedsData(env)
    needs = store.get_needs_view()
    if not env.config.needs_include_needs:
        return
    for node in list(doctree.findall(Need)):
        id_ = node["ids"][0]
        need = needs.get(id_)
        if need is None or node.get("docname") not in (None, need["docname"]):
            declared = (one for one in pages(env)[node["docname"]].items if one.id == id_)
            node.parent.replace(node, [doubled(one) for one in declared][:1])
        elif id_ in items and not need["hide"] and not need["layout"]:
            find_and_replace_node_content(node, env, need)
            node.parent.replace(node, draw(items[id_], _statement(node)))


def has_cards(env: BuildEnvironment, items: Iterable[Item]) -> bool:
    """Whether sphinx-needs draws one of these items: its card names every need that links there, ours or not."""
    needs = SphinxNeedsData(env).get_needs_view()
    return any(not env.config.soup_blocks or needs[item.id]["layout"] for item in items if item.id in needs)


def _statement(node: Need) -> list[nodes.Node]:
    """The statement of an item. A diagram in it asks for its item by the table that a card is."""
    if not any(node.findall(Needuml)):
        return node.children
    return [nodes.table("", *node.children, ids=node["ids"], classes=["need", FRAME])]


def unframe(_app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Take away the tables round statements, once sphinx-needs has drawn the diagrams in them."""
    for table in [one for one in doctree.findall(nodes.table) if FRAME in one["classes"]]:
        table.parent.replace(table, table.children)


def renumber_cards(_app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Number the cards of sphinx-needs, which gives them random names, so that the same page has the same bytes."""
    for number, card in enumerate(filter(_is_card, doctree.findall(nodes.container)), 1):
        card["ids"] = [f"SNCB-{number}" if id_.startswith("SNCB-") else id_ for id_ in card["ids"]]


def _is_card(node: nodes.Node) -> TypeGuard[nodes.container]:
    return isinstance(node, nodes.container) and any(id_.startswith("SNCB-") for id_ in node["ids"])


def plain_parts(doctree: nodes.document) -> None:
    """Put the parts of needs as plain text, for a writer that has no visitor for them."""
    for part in list(doctree.findall(NeedPart)):
        part.replace_self(nodes.inline("", "", *part.children, ids=part["ids"]))
