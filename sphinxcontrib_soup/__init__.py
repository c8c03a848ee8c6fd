"""Living regulatory documents: items, evidence and the trace that joins them, as a Sphinx extension."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Sphinx's entry point."""
    from sphinxcontrib_soup.extension import setup as setup_extension

    return setup_extension(app)
