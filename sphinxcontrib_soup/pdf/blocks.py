"""What stands by itself: paragraphs, lists, quotations, notes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from docutils import nodes

from sphinxcontrib_soup.pdf.inline import Inline
from sphinxcontrib_soup.pdf.markup import array, block, call, lines, prose, string

_ENUMERATORS = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_NARROW = 200.0
"""Points of width below which the body of a field goes below its name."""


class Blocks(Inline):
    """Writes paragraphs, lists and what is like them."""

    def write_compound(self, node: nodes.Element) -> str:
        return self.spread(node)

    write_glossary = write_acks = write_compound

    def write_paragraph(self, node: nodes.Element) -> str:
        if "todo-source" in node["classes"]:
            self._place_within_the_project(node)
        return call("par", self.content(node))

    write_compact_paragraph = write_paragraph

    def _place_within_the_project(self, node: nodes.Element) -> None:
        """A list of todos names each file with its folder on this machine, which is no part of a document."""
        for text in list(node.findall(nodes.Text)):
            text.parent.replace(text, nodes.Text(text.replace(f"{self.builder.srcdir}{os.sep}", "")))

    def write_centered(self, node: nodes.Element) -> str:
        return call("align", "center", call("strong", self.content(node)))

    def write_rubric(self, node: nodes.Element) -> str:
        """A heading outside the table of contents; not shown over footnotes that are not there."""
        return "" if self._introduces_footnotes(node) else call("rubric", self.content(node))

    def _introduces_footnotes(self, node: nodes.Element) -> bool:
        """Whether nothing follows but footnotes that went to the foot of a page."""
        following = node.parent.children[node.parent.index(node) + 1 :]
        return bool(following) and all(isinstance(one, nodes.footnote) and self._is_at_foot(one) for one in following)

    def write_title(self, node: nodes.Element) -> str:
        return call("rubric", self.content(node))

    write_subtitle = write_caption = write_title

    def write_block_quote(self, node: nodes.Element) -> str:
        by = next((child for child in node.children if isinstance(child, nodes.attribution)), None)
        said = self.expression(child for child in node.children if child is not by)
        return call("quoted", said) if by is None else call("quoted", said, attribution=self.content(by))

    def write_transition(self, node: nodes.Element) -> str:
        return "" if self._introduces_footnotes(node) else "transition()"

    def write_line_block(self, node: nodes.Element) -> str:
        return call("par", lines(self._verse(node, 0)))

    def _verse(self, node: nodes.Element, depth: int) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, nodes.line_block):
                yield from self._verse(child, depth + 1)
            elif isinstance(child, nodes.Element):
                yield block([*([f"h({depth * 1.5}em)"] if depth else []), self.content(child)])

    def write_line(self, node: nodes.Element) -> str:
        """A line within a line, as sphinx-needs has them in its cards."""
        return block([self.content(node), "linebreak()"])

    # --- lists

    def write_bullet_list(self, node: nodes.Element) -> str:
        return self._list("list", node)

    def write_enumerated_list(self, node: nodes.Element) -> str:
        sign = _ENUMERATORS.get(node.get("enumtype", "arabic"), "1")
        numbering = f"{node.get('prefix', '')}{sign}{node.get('suffix', '.')}"
        return self._list("enum", node, start=str(node.get("start", 1)), numbering=string(numbering))

    def _list(self, function: str, node: nodes.Element, **named: str) -> str:
        items = _elements(node)
        tight = all(map(_is_tight, items))
        written = [self._list_item(item, tight=tight) for item in items]
        if not written:
            return ""
        made = call(function, *written, tight=str(tight).lower(), **named)
        before = node.parent.children[max(node.parent.index(node) - 1, 0)]
        apart = isinstance(before, nodes.paragraph) and not isinstance(node.parent, nodes.list_item)
        return block(["parbreak()", made]) if apart else made

    def _list_item(self, item: nodes.Element, *, tight: bool) -> str:
        if not tight or not item.children:
            return self.content(item)
        first, *rest = _elements(item)
        said = self.expression(first.children, item, first)
        return block([said, self.expression(rest)]) if rest else said

    def write_definition_list(self, node: nodes.Element) -> str:
        return block(map(self._definition, _elements(node)))

    def _definition(self, item: nodes.Element) -> str:
        terms: list[list[str]] = []
        said: list[str] = []
        for child in _elements(item):
            if isinstance(child, nodes.classifier):
                terms[-1] += [string(" : "), call("emph", self.content(child))]
            elif isinstance(child, nodes.definition):
                said.append(self.content(child))
            else:
                terms.append([self.content(child)])
        return call("definition", lines(map(block, terms)), block(said))

    def write_field_list(self, node: nodes.Element) -> str:
        stacked = {"stacked": "true"} if self.room < _NARROW else {}
        return call("pairs", *map(self._pair, _elements(node)), **stacked)

    write_option_list = write_field_list

    def _pair(self, node: nodes.Element) -> str:
        label, *said = _elements(node)
        if isinstance(label, nodes.option_group):
            name = call("coded", prose(", ".join(option.astext() for option in label.children)))
        else:
            name = call("strong", self.content(label))
        return f"({name}, {self.compact(said[0]) if len(said) == 1 else self.expression(said)})"

    def write_hlist(self, node: nodes.Element) -> str:
        columns = [self.content(child) for child in _elements(node)]
        return call("grid", *columns, columns=array(["1fr"] * len(columns)), column_gutter="1em")

    # --- footnotes and citations

    def write_footnote(self, node: nodes.Element) -> str:
        return "" if self._is_at_foot(node) else self.write_citation(node)

    def _is_at_foot(self, node: nodes.Element) -> bool:
        return any((self.docname, id_) in self.anchors.footnotes for id_ in node["ids"])

    def write_citation(self, node: nodes.Element) -> str:
        label = next((child.astext() for child in node.children if isinstance(child, nodes.label)), "")
        return call("noted", prose(f"[{label}]"), self.said(node))

    # --- grammars

    def write_productionlist(self, node: nodes.Element) -> str:
        with self.as_written():
            return call("grammar", block(map(self.content, _elements(node))))


def _elements(node: nodes.Element) -> Sequence[nodes.Element]:
    return [child for child in node.children if isinstance(child, nodes.Element)]


def _is_tight(item: nodes.Element) -> bool:
    """Whether a list item is one paragraph, and lists at most below it."""
    inner = (nodes.bullet_list, nodes.enumerated_list)
    return all(isinstance(child, inner if index else nodes.paragraph) for index, child in enumerate(item.children))
