"""The Sphinx front door: settings, directives, the run of the flow, and what becomes of its tables in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib_soup import __version__
from sphinxcontrib_soup.extension import code_version
from sphinxcontrib_soup.extension.checker import CheckBuilder
from sphinxcontrib_soup.extension.config import add_settings
from sphinxcontrib_soup.extension.directives import add_views
from sphinxcontrib_soup.extension.domain import SoupDomain
from sphinxcontrib_soup.extension.html import setup_html
from sphinxcontrib_soup.extension.memory import setup_memory
from sphinxcontrib_soup.extension.neighbours import setup_neighbours
from sphinxcontrib_soup.extension.rebuild import setup_rebuild
from sphinxcontrib_soup.extension.render import setup_render
from sphinxcontrib_soup.extension.run import run, write_trace
from sphinxcontrib_soup.needs import setup_needs
from sphinxcontrib_soup.pdf import setup_pdf

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything of ours."""
    setup_needs(app, on_sealing=run)
    setup_memory(app)
    add_settings(app)
    add_views(app)
    setup_render(app)
    setup_html(app)
    setup_pdf(app)
    setup_rebuild(app)
    setup_neighbours(app)
    app.add_builder(CheckBuilder)
    app.add_domain(SoupDomain)
    app.connect("build-finished", write_trace)
    return {
        "version": __version__,
        "env_version": code_version.number(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
