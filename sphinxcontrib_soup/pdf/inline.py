"""What stands within a line: emphasis, code, links, footnotes, small images."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes

from sphinxcontrib_soup.pdf.anchors import flows
from sphinxcontrib_soup.pdf.hypertext import readable
from sphinxcontrib_soup.pdf.markup import block, call, code, lines, prose, string
from sphinxcontrib_soup.pdf.maths import formula
from sphinxcontrib_soup.pdf.writing import Writing

_WEB = re.compile(r"(https?|ftp|mailto|tel|doi|urn):\S", re.IGNORECASE)
_LONGEST_ADDRESS = 2000
_LINE_END_OF_LATEX = "\\\\"
"""What MyST writes for LaTeX beside what it writes for HTML."""


class Inline(Writing):
    """Writes inline nodes."""

    def write_Text(self, node: nodes.Text) -> str:  # noqa: N802 - named after the node
        text = node.astext()
        self.note_signs(text, node)
        return _lines(text) if self.verbatim else prose(text, self.longest)

    def write_emphasis(self, node: nodes.Element) -> str:
        return call("emph", self.content(node))

    write_title_reference = write_manpage = write_emphasis

    def write_strong(self, node: nodes.Element) -> str:
        return call("strong", self.content(node))

    def write_subscript(self, node: nodes.Element) -> str:
        return call("sub", self.content(node))

    def write_superscript(self, node: nodes.Element) -> str:
        return call("super", self.content(node))

    def write_literal(self, node: nodes.Element) -> str:
        if self.verbatim:
            return self.content(node)
        if all(isinstance(child, nodes.Text) for child in node.children):
            self.note_signs(node.astext(), node)
            return code(node.astext(), self.longest)
        return call("coded", self.content(node))

    def write_literal_emphasis(self, node: nodes.Element) -> str:
        return call("emph", self.write_literal(node))

    def write_literal_strong(self, node: nodes.Element) -> str:
        return call("strong", self.write_literal(node))

    def write_math(self, node: nodes.Element) -> str:
        return self.formula(node) or code(node.astext(), self.longest)

    def formula(self, node: nodes.Element, **named: str) -> str:
        """A formula; nothing where it cannot be drawn, with a warning."""
        latex = node.astext()
        self.note_signs(latex, node)
        try:
            drawn = formula(latex)
        except ValueError as error:
            self.warn(f"the PDF shows the source of a formula: {error}", node)
            return ""
        return call("math.equation", drawn, alt=string(latex.strip()), **named)

    def write_inline(self, node: nodes.Element) -> str:
        return self.content(node)

    write_generated = write_problematic = write_pending_xref = write_target = write_download_reference = write_inline
    write_NeedPart = write_inline  # noqa: N815 - a node of sphinx-needs

    def write_abbreviation(self, node: nodes.Element) -> str:
        explained = "" if isinstance(node.parent, addnodes.desc_sig_element) else node.get("explanation", "")
        if not explained or (node.astext(), explained) in self.explained:
            return self.content(node)
        self.explained.add((node.astext(), explained))
        return block([self.content(node), prose(f" ({explained})", self.longest)])

    write_acronym = write_abbreviation

    # --- links

    def write_reference(self, node: nodes.Element) -> str:
        inner = self.content(node)
        name = self.anchors.of_reference(node, self.docname)
        if name is not None:
            return self.goto(name, inner)
        address: str = node.get("refuri", "")
        if target := self.setting.elsewhere.of_address(address):
            number = target.document.number
            named = [] if number in node.astext() else [prose(f" [{number}]", self.longest)]
            return block([self.goto_elsewhere(target, inner), *named])
        if _WEB.match(address) and len(address) < _LONGEST_ADDRESS:
            return call("web", string(address), inner)
        return inner

    def write_footnote_reference(self, node: nodes.Element) -> str:
        key = (self.docname, node.get("refid", ""))
        note = self.anchors.footnotes.get(key)
        if note is None:
            inner = call("super", prose(node.astext()))
            linked = self.anchors.names.get(key)
            return self.goto(linked, inner) if linked else inner
        name = f"note {key[0]}#{key[1]}"
        if flows(node) and self.place(name):
            self.notes[string(name)] = said = self.said(note)
            return call("note", string(name), said)
        return call("note-again", string(name))

    def said(self, note: nodes.Element) -> str:
        """What a footnote or citation says beside its label, which its first paragraph follows in the same line."""
        first, *rest = [child for child in note.children if not isinstance(child, nodes.label)] or [nodes.paragraph()]
        if not isinstance(first, nodes.paragraph):
            return self.expression([first, *rest])
        return block([self.content(first), self.expression(rest)]) if rest else self.content(first)

    def write_citation_reference(self, node: nodes.Element) -> str:
        return prose(f"[{node.astext()}]")

    # --- what is not shown, or only as its text

    def write_raw(self, node: nodes.Element) -> str:
        formats, written = node.get("format", "").split(), node.astext()
        if "typst" in formats:
            return f"[{written}]"
        if "html" in formats:
            return self._hypertext(node, written)
        if written.strip() not in ("", _LINE_END_OF_LATEX):
            self.warn(f"the PDF leaves out what is raw {' '.join(formats)}: it takes raw typst alone", node)
        return ""

    def _hypertext(self, node: nodes.Element, written: str) -> str:
        """The text of raw HTML; where more was to be seen, a warning says so."""
        said, lost = readable(written)
        if lost:
            self.warn("the PDF shows raw HTML by its text alone", node)
        self.note_signs("".join(said), node)
        if isinstance(node.parent, nodes.TextElement):
            return lines(prose(line, self.longest) for line in said) if any(said) or len(said) > 1 else ""
        return call("par", lines(prose(line, self.longest) for line in said if line)) if any(said) else ""

    def write_comment(self, node: nodes.Element) -> str:
        """Nothing, unless it is no comment but a node of an extension that other writers take for one."""
        return self.content(node) if any(isinstance(child, nodes.Element) for child in node.children) else ""

    def write_index(self, _node: nodes.Node) -> str:
        return ""

    write_substitution_definition = write_meta = write_index
    write_highlightlang = write_tabular_col_spec = write_toctree = write_system_message = write_index
    write_docinfo = write_decoration = write_pending = write_index


def _lines(text: str) -> str:
    """Text whose line ends and spaces stay as they are."""
    return lines(map(string, text.split("\n")))
