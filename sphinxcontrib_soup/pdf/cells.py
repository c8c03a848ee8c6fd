"""Cells of our own tables and blocks, as Typst code. They are many: no nodes are made for them."""

from __future__ import annotations

from docutils import nodes

from sphinxcontrib_soup.model import Badge, Cell, Line, Part, Place, Ref, spaced
from sphinxcontrib_soup.pdf.markup import block, call, code, lines, prose, string
from sphinxcontrib_soup.pdf.writing import Writing


class Cells(Writing):
    """Writes the values that our model has for cells."""

    def cell(self, value: Cell, longest: int, node: nodes.Element) -> str:
        """The lines of a cell of a node; words of more than `longest` characters may break."""
        if len(value) == 1:
            return self._line(value[0], longest, node)
        return lines(self._line(line, longest, node) for line in value)

    def _line(self, line: Line, longest: int, node: nodes.Element) -> str:
        if len(line) == 1:
            return self._part(line[0], longest, node)
        parts = [(string(space), self._part(part, longest, node)) for space, part in spaced(line)]
        return block(text for pair in parts for text in pair)

    def _part(self, part: Part, longest: int, node: nodes.Element) -> str:
        self.note_signs(part.text, node)
        text = prose(part.text, longest)
        if isinstance(part, Ref):
            name = self.anchors.items.get(part.id)
            if name is not None:
                return self.goto(name, text)
            target = self.setting.elsewhere.of_item(part.id)
            return self.goto_elsewhere(target, text) if target else text
        if isinstance(part, Badge):
            return call("badge", string(part.tone), text)
        return code(part.text, longest) if isinstance(part, Place) else text
