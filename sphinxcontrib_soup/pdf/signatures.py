"""Signatures of code, as autodoc and the domains of Sphinx describe them."""

from __future__ import annotations

from docutils import nodes

from sphinxcontrib_soup.pdf.markup import block, call, string
from sphinxcontrib_soup.pdf.writing import Writing


class Signatures(Writing):
    """Writes the nodes of object descriptions."""

    def write_desc(self, node: nodes.Element) -> str:
        return call("block", self.content(node))

    def write_desc_signature(self, node: nodes.Element) -> str:
        return call("signature", self.content(node))

    def write_desc_signature_line(self, node: nodes.Element) -> str:
        return block([self.content(node), "linebreak()"])

    def write_desc_content(self, node: nodes.Element) -> str:
        return call("indented", self.content(node)) if node.children else ""

    def write_desc_name(self, node: nodes.Element) -> str:
        return call("strong", self.content(node))

    def write_desc_returns(self, node: nodes.Element) -> str:
        return block([string(" → "), self.content(node)])

    def write_desc_optional(self, node: nodes.Element) -> str:
        return self._listed(node, "[", "]")

    def write_desc_parameterlist(self, node: nodes.Element) -> str:
        return self._listed(node, "(", ")")

    def write_desc_type_parameter_list(self, node: nodes.Element) -> str:
        return self._listed(node, "[", "]")

    def write_desc_parameter(self, node: nodes.Element) -> str:
        return self.content(node)

    write_desc_addname = write_desc_type = write_desc_annotation = write_desc_parameter
    write_desc_inline = write_desc_sig_element = write_desc_type_parameter = write_desc_parameter

    def _listed(self, node: nodes.Element, before: str, after: str) -> str:
        parts: list[str] = [string(before)]
        for child in node.children:
            if len(parts) > 1:
                parts.append(string(", "))
            parts.append(self.expression([child]))
        return block([*parts, string(after)])
