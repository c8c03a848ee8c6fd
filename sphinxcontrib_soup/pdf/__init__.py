"""docutils → Typst → PDF: a Sphinx builder, its translator and its template."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_pdf(app: Sphinx) -> None:
    """Register the builder `soup-pdf`."""
    from sphinxcontrib_soup.pdf.builder import SoupPdfBuilder

    app.add_builder(SoupPdfBuilder)
