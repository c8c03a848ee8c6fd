"""The Sphinx front door: settings, directives, the run of the flow, and what becomes of its tables in a page."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from sphinxcontrib_soup import __version__
from sphinxcontrib_soup.extension.checker import CheckBuilder
from sphinxcontrib_soup.extension.config import add_settings
from sphinxcontrib_soup.extension.directives import add_views
from sphinxcontrib_soup.extension.domain import SoupDomain
from sphinxcontrib_soup.extension.html import setup_html
from sphinxcontrib_soup.extension.rebuild import setup_rebuild
from sphinxcontrib_soup.extension.render import setup_render
from sphinxcontrib_soup.extension.run import run, write_trace
from sphinxcontrib_soup.needs import setup_needs
from sphinxcontrib_soup.pdf import setup_pdf

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


ALLOCATIONS = 10_000
"""How many objects are made before Python looks for unreachable ones again; its default is at most 2,000."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything of ours."""
    _collect_less_often()
    setup_needs(app, on_sealing=run)
    add_settings(app)
    add_views(app)
    setup_render(app)
    setup_html(app)
    setup_pdf(app)
    setup_rebuild(app)
    app.add_builder(CheckBuilder)
    app.add_domain(SoupDomain)
    app.connect("build-finished", write_trace)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _collect_less_often() -> None:
    """Spare a build of many items a quarter of its time, at the same memory; what the user set higher stays."""
    first, *others = gc.get_threshold()
    if 0 < first < ALLOCATIONS:
        gc.set_threshold(ALLOCATIONS, *others)
