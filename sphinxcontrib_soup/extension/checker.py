"""A builder that reads and judges, and writes nothing: what `sphinx-soup check` runs."""

from __future__ import annotations

from collections.abc import Iterator, Set

from docutils import nodes
from sphinx.builders import Builder


class CheckBuilder(Builder):
    """Reads and judges, and writes nothing."""

    name = "soup-check"
    epilog = ""
    allow_parallel = True

    def get_outdated_docs(self) -> Iterator[str]:
        return iter(())

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        return docname

    def write_documents(self, _docnames: Set[str]) -> None:
        """Nothing to write."""

    def write_doc(self, _docname: str, _doctree: nodes.document) -> None:
        """Nothing to write."""
