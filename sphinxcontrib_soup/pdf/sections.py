"""The frame of the text: pages that were joined, sections and their headings, and which of them are turned."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from sphinxcontrib_soup.pdf.assemble import title_section
from sphinxcontrib_soup.pdf.markup import block, call, string
from sphinxcontrib_soup.pdf.writing import Writing

_LEVELS = 6
_MUCH_TEXT = 1500
"""Characters of text from which a section with a wide table stays upright, and its table alone is turned."""


class Sections(Writing):
    """Writes documents and sections. They are never an expression: only where the text stands can a page be turned."""

    def write_document(self, node: nodes.document) -> str:
        title = title_section(node)
        for child in node.children:
            if child is title and title is not None:
                self.title_anchor = self.anchors.names[self.docname, title["ids"][0]]
                self.place(self.title_anchor)
                self._section(title)
            else:
                self.render(child)
        return ""

    def write_start_of_file(self, node: nodes.Element) -> str:
        before, self.docname = self.docname, node["docname"]
        self.flat(node.children)
        self.docname = before
        return ""

    def write_section(self, node: nodes.section) -> str:
        self.level += 1
        self._section(node)
        self.level -= 1
        return ""

    def _section(self, section: nodes.section) -> None:
        """What is the section's own, then the sections within, also where a page goes on after its toctree."""
        own = [child for child in section.children if not _holds_sections(child)]
        turned = self._is_turned(own)
        if turned:
            self.turn(over=True)
        self._heading(section)
        self.flat(child for child in own if not isinstance(child, nodes.title))
        if turned:
            self.turn(over=False)
        self.flat(child for child in section.children if _holds_sections(child))

    def turn(self, *, over: bool) -> None:
        """Go on with a new page, turned or upright."""
        self.turned = False
        self.may_part(0)
        self.body.append(f"set page(flipped: {'true' if over else 'false'})")
        self.turned = over
        self.room = self.setting.look.turned if over else self.setting.look.upright
        self.bind()

    def _is_turned(self, own: Sequence[nodes.Node]) -> bool:
        if self.depth or self.turned or not any(self.is_wide(child) for child in own):
            return False
        return sum(len(child.astext()) for child in own if not self.is_wide(child)) < _MUCH_TEXT

    def is_wide(self, node: nodes.Node) -> bool:
        """Whether a node is a table that needs a turned page."""
        raise NotImplementedError

    def _heading(self, section: nodes.section) -> None:
        title = next((child for child in section.children if isinstance(child, nodes.title)), None)
        if not self.level or title is None:
            return
        name = self.anchors.names[self.docname, section["ids"][0]]
        self.place(name)
        self.has_headings = True
        number = self._number(section, name)
        text = self.content(title)
        heading = block([string(f"{number}\u2002"), text]) if number else text
        self.may_part(min(self.level, _LEVELS))
        self.headings[name] = heading
        self.body.append(call("chapter", str(min(self.level, _LEVELS)), string(name), heading))
        self.bind()

    def _number(self, section: nodes.section, name: str) -> str:
        """The number that Sphinx gave a section of a `:numbered:` toctree."""
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        key = "" if self.anchors.tops.get(self.docname) == name else f"#{section['ids'][0]}"
        return ".".join(map(str, numbers.get(key) or ()))


def _holds_sections(node: nodes.Node) -> bool:
    """Whether a child of a section is one itself, or the place where other pages were joined."""
    if isinstance(node, nodes.section):
        return True
    return isinstance(node, nodes.compound) and any(True for _ in node.findall(nodes.section))
