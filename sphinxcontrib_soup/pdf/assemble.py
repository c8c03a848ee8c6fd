"""The pages of one PDF as one tree, with references resolved and images collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.nodes import inline_all_toctrees

from sphinxcontrib_soup.needs.assembled import announce

if TYPE_CHECKING:
    from sphinx.builders import Builder


def assemble(builder: Builder, docname: str, docnames: set[str]) -> nodes.document:
    """Join a page and all that hangs below it.

    :param docnames: receives the pages that were joined, before references are resolved
    """
    docnames.clear()
    docnames.add(docname)
    tree = builder.env.get_doctree(docname)
    joined = inline_all_toctrees(builder, docnames, docname, tree, str, [docname])
    joined["docname"] = docname
    announce(builder.env, docname)
    builder.env.resolve_references(joined, docname, builder)
    builder.post_process_images(joined)
    return joined


def title_section(tree: nodes.document) -> nodes.section | None:
    """The section whose title is that of the whole document: the only one at the top of its first page."""
    sections = [node for node in tree.children if isinstance(node, nodes.section)]
    return sections[0] if len(sections) == 1 else None


def title_of(tree: nodes.document) -> str:
    """The title of the first page, empty where it has none or several."""
    section = title_section(tree)
    titles = section.children if section else []
    return next((one.astext() for one in titles if isinstance(one, nodes.title)), "")
