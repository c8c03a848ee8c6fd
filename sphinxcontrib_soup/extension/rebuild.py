"""What must be written again. A page that shows the trace is written in every build: the facts may have moved."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from sphinxcontrib_soup.needs import pages_with_needs

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def setup_rebuild(app: Sphinx) -> None:
    # after sphinx-needs made the trace (500)
    app.connect("write-started", extend_written, priority=900)


def extend_written(app: Sphinx, builder: Builder) -> None:
    """Add our pages to those about to be written.

    Sphinx hands the set to :meth:`Builder.prepare_writing` and then writes the very same set; no event lies between.
    """
    prepare = builder.prepare_writing

    def prepare_writing(docnames: Set[str]) -> None:
        if isinstance(docnames, set):
            docnames.update(pages_with_needs(app.env))
        prepare(docnames)

    builder.prepare_writing = prepare_writing  # type: ignore[method-assign]
