"""Items and tables in web pages: the visitors of our nodes, their style sheet and their script."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import Markup
from sphinx.locale import _

from sphinxcontrib_soup.extension.chains import has_chains
from sphinxcontrib_soup.extension.markup import Uris, figure, inline_markup
from sphinxcontrib_soup.extension.parts import Part
from sphinxcontrib_soup.extension.view import View, split_view
from sphinxcontrib_soup.model import Block, Table
from sphinxcontrib_soup.nodes import soup_item, soup_table
from sphinxcontrib_soup.templates import templates

if TYPE_CHECKING:
    from jinja2 import Environment
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

STATIC = Path(__file__).parent / "static"


def setup_html(app: Sphinx) -> None:
    """Add the style sheet and the scripts to the pages of every HTML builder."""
    app.connect("builder-inited", _serve_static_files)
    app.add_css_file("soup.css")
    app.add_js_file("soup.js", loading_method="defer")


def _serve_static_files(app: Sphinx) -> None:
    """Put our folder before the project's own ones, so that a file of the same name there takes its place.

    Cards on links say what stands in the script of all chains, so they come with it.
    """
    if app.builder.format == "html":
        app.config.html_static_path = [str(STATIC), *app.config.html_static_path]
    if has_chains(app.builder):
        app.add_js_file("soup-hover.js", loading_method="defer")


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
            draw=lambda value: Markup(inline_markup(value, uris)),  # noqa: S704 - escaped part by part
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


def visit_table(self: HTML5Translator, node: soup_table) -> None:
    """Draw the table, or the first of its parts, or the sentence that stands in for no rows."""
    table: Table = node["table"]
    ids: list[str] = node["ids"]
    self.body.append(_anchors(ids[1:] if table.rows else ids))
    if table.rows:
        if table.figure:
            self.body.append(figure(table.title, table.figure))
        view = _view(self.builder, node, ids[0] if ids else None)
        self.body.append(view.opening(view.parts[0]))
        self.add_permalink_ref(node, _("Link to this table"))
        self.body.append(view.rest(view.parts[0]))
        view.write_others()
    else:
        self.body.append(f'<p class="soup-empty">{escape(table.empty)}</p>\n')
    self.body += [f'<p class="soup-note">{escape(note)}</p>\n' for note in table.notes]


def _view(builder: StandaloneHTMLBuilder, node: soup_table, id_: str | None) -> View:
    chains: bool = node.get("chains", False)
    if parts := node.get("parts"):
        return split_view(builder, parts, id_, node["uris"], chains=chains)
    page = builder.current_docname
    return View(builder, [Part(page=page, label="", first=0, table=node["table"], uris=node["uris"])], id_, chains)


def depart_table(_self: HTML5Translator, _node: soup_table) -> None:
    """Nothing is left to draw."""


def _anchors(ids: Iterable[str]) -> str:
    """Places to link to, for the labels that an author put before an item or a table."""
    return "".join(f'<span id="{escape(id_)}"></span>' for id_ in ids)
