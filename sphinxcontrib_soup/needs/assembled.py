"""Pages that a builder joins into one tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_needs.utils import add_doc

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def announce(env: BuildEnvironment, docname: str) -> None:
    """Have sphinx-needs draw its directives in a tree that starts from this page, also if the page itself has none."""
    add_doc(env, docname, "needextract")
