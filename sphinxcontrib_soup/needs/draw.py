"""Our own block in the place of sphinx-needs' card, for the items that are ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx_needs.data import SphinxNeedsData
from sphinx_needs.functions.functions import find_and_replace_node_content
from sphinx_needs.nodes import Need
from sphinx_needs.roles.need_part import NeedPart

from sphinxcontrib_soup.model import Item
from sphinxcontrib_soup.needs.directive import notice

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

Draw = Callable[[Item, list[nodes.Node]], list[nodes.Node]]


def draw_items(env: BuildEnvironment, doctree: nodes.document, items: Mapping[str, Item], draw: Draw) -> None:
    """Replace the needs of a page that are ours by what `draw` makes of each item and the nodes of its statement.

    Left to sphinx-needs are other needs, hidden ones, and those whose author asked for a layout of sphinx-needs.
    """
    store = SphinxNeedsData(env)
    needs = store.get_needs_view()
    for node in list(doctree.findall(Need)):
        id_ = node["ids"][0]
        need = needs.get(id_)
        if need is None or node.get("docname") not in (None, need["docname"]):
            node.replace_self([notice(id_, ["its ID is already taken"], "")])
        elif id_ in items and not need["hide"] and not need["layout"]:
            find_and_replace_node_content(node, env, need)
            node.parent.replace(node, draw(items[id_], node.children))


def plain_parts(doctree: nodes.document) -> None:
    """Put the parts of needs as plain text, for a writer that has no visitor for them."""
    for part in list(doctree.findall(NeedPart)):
        part.replace_self(nodes.inline("", "", *part.children, ids=part["ids"]))
