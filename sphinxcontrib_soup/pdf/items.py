"""The block of an item, drawn by a template that a project may change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from docutils import nodes
from jinja2 import Template

from sphinxcontrib_soup.model import Block, Cell, plain
from sphinxcontrib_soup.nodes import soup_item, soup_table
from sphinxcontrib_soup.pdf.cells import Cells
from sphinxcontrib_soup.pdf.cover import SAID_ON_COVER
from sphinxcontrib_soup.pdf.markup import LONGEST_WORD, call

_LEVELS = 6
_FEW_LINES = 26
"""Lines of an item that takes no more than about two fifths of a page."""
_STATEMENT_LINE, _FACT_LINE = 95, 85
"""Characters of a line of the statement, and of a fact that takes a line to itself."""
_TALL = (nodes.table, nodes.figure, nodes.image, nodes.literal_block, soup_item, soup_table)
_SHORT = 36
"""Characters of a fact that leaves room for another beside it."""


class Items(Cells):
    """Writes the blocks of our items."""

    @cached_property
    def _template(self) -> Template:
        return self.setting.templates.get_template("soup/item.typ.jinja")

    def write_soup_item(self, node: nodes.Element) -> str:
        made: Block = node["block"]
        on_cover = SAID_ON_COVER if made.anchor == self.setting.document.stem else ()
        fields = [(label, value) for label, value in made.fields if label not in on_cover]
        name = self.anchors.items.get(made.anchor, made.anchor)
        first = self.place(name)
        self.note_signs(made.title, node)
        facts = _paired([*fields, *made.outgoing, *made.incoming])
        drawn = self._template.render(
            block=made,
            level=min(self.level + 1, _LEVELS),
            name=name if first else None,
            facts=facts,
            statement=self.content(node),
            cell=partial(self.cell, longest=LONGEST_WORD, node=node),
            whole=_is_small(node, facts),
        )
        return call("indented", drawn) if _is_nested(node) else drawn


def _is_small(node: nodes.Element, facts: Sequence[tuple[str, Cell, bool]]) -> bool:
    """Whether an item is small enough to be kept on one page: some lines of text, and nothing that has a height."""
    alone = sum(_lines(plain((line,)), _FACT_LINE) for _, value, alone in facts if alone for line in value)
    beside = sum(not alone for _, _, alone in facts) // 2
    stated = sum(_lines(line, _STATEMENT_LINE) for line in node.astext().split("\n"))
    if alone + beside + stated > _FEW_LINES:
        return False
    return not any(isinstance(one, _TALL) for one in node.findall() if one is not node)


def _lines(text: str, room: int) -> int:
    return 1 + len(text) // room


def _is_nested(node: nodes.Node) -> bool:
    """Whether an item is written within the statement of another."""
    parent = node.parent
    while parent is not None and not isinstance(parent, soup_item):
        parent = parent.parent
    return parent is not None


def _paired(facts: Sequence[tuple[str, Cell]]) -> list[tuple[str, Cell, bool]]:
    """Facts with whether each takes a line to itself: two that are short share one."""
    made: list[tuple[str, Cell, bool]] = []
    index = 0
    while index < len(facts):
        two = facts[index : index + 2]
        alone = len(two) < 2 or not all(_is_short(value) for _, value in two)
        made += [(label, value, alone) for label, value in (two[:1] if alone else two)]
        index += 1 if alone else 2
    return made


def _is_short(value: Cell) -> bool:
    return len(value) <= 1 and len(plain(value)) <= _SHORT
