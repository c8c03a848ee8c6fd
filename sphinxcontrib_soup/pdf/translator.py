"""From docutils nodes to Typst code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib_soup.pdf.blocks import Blocks
from sphinxcontrib_soup.pdf.diagrams import Diagrams
from sphinxcontrib_soup.pdf.items import Items
from sphinxcontrib_soup.pdf.parts import parted
from sphinxcontrib_soup.pdf.signatures import Signatures
from sphinxcontrib_soup.pdf.tables import Tables

if TYPE_CHECKING:
    from docutils import nodes


class TypstTranslator(Blocks, Signatures, Items, Diagrams, Tables):
    """Writes every node that a documentation set usually meets; see :mod:`writing` for how."""

    @classmethod
    def of(cls, translator: nodes.NodeVisitor) -> TypstTranslator:
        """A translator that Sphinx made, which a project may have put in the place of ours.

        :raises TypeError: if it is none that stands on ours
        """
        if not isinstance(translator, cls):
            raise TypeError(f"the translator of the builder soup-pdf must be a {cls.__name__}, not {translator!r}")
        return translator

    def translate(self) -> None:
        """Write the whole document."""
        self.render(self.document)
        self.body += self.lost_targets()

    def parts(self, limit: int) -> list[str]:
        """What was written, in parts that weigh no more than a limit."""
        return parted(self.body, self.cuts, limit, self.notes)
