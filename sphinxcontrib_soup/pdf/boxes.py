"""What is set apart: admonitions, topics, code, images and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.util.images import get_image_size

from sphinxcontrib_soup.pdf.inline import Inline
from sphinxcontrib_soup.pdf.markup import LONGEST_WORD, array, block, call, long_words, prose, string

_COLOURS = {
    **dict.fromkeys(("danger", "error"), "#b3261e"),
    **dict.fromkeys(("attention", "caution", "warning"), "#8a5a00"),
    **dict.fromkeys(("tip", "hint"), "#1b6e3c"),
}
_LANGUAGES = {
    **dict.fromkeys(("default", "none", "text", "guess", "output", "console-output"), ""),
    **dict.fromkeys(("python3", "py3", "pycon", "pycon3", "ipython", "ipython3", "doctest"), "python"),
    **dict.fromkeys(("console", "shell", "shell-session", "sh", "zsh"), "bash"),
    **dict.fromkeys(("rest", "restructuredtext"), "rst"),
    **dict.fromkeys(("c++", "cxx"), "cpp"),
    **dict.fromkeys(("ini", "cfg", "dosini"), "ini"),
}
"""What Sphinx's highlighter calls a language, to what the compiler calls it."""
_LENGTH = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)\s*(px|pt|cm|mm|in|em|ex|pc|%)?")
_UNITS = {"": 0.75, "px": 0.75, "pt": 1, "cm": 28.3465, "mm": 2.83465, "in": 72, "pc": 12, "em": 10, "ex": 5}
"""Points to a unit; a pixel is that of CSS, a letter that of the running text."""
_LONGEST_CODE = 60
"""Characters from which a word of code is broken, outside the narrow cells of tables."""


class Boxes(Inline):
    """Writes boxes, code and images."""

    def write_Admonition(self, node: nodes.Element) -> str:  # noqa: N802 - named after the node
        kind = type(node).__name__
        title, said = _titled(node)
        heading = string(str(admonitionlabels.get(kind, kind))) if title is None else self.content(title)
        colour = next((_COLOURS[one] for one in (kind, *node.get("classes", ())) if one in _COLOURS), None)
        named = {"colour": call("rgb", string(colour))} if colour else {}
        return call("notice", heading, self.expression(said), **named)

    def write_versionmodified(self, node: nodes.Element) -> str:
        return call("indented", self.content(node))

    def write_topic(self, node: nodes.Element) -> str:
        title, said = _titled(node)
        return call("boxed", "none" if title is None else self.content(title), self.expression(said))

    write_sidebar = write_topic

    # --- code

    def write_literal_block(self, node: nodes.Element) -> str:
        if any(not isinstance(child, nodes.Text) for child in node.children):
            with self.as_written():
                return call("grammar", self.content(node))
        text = node.astext().expandtabs()
        self.note_signs(text, node)
        named = {"lang": string(language)} if (language := _language(node)) else {}
        arguments: dict[str, Any] = node.get("highlight_args", {})
        if node.get("linenos"):
            named["numbers"] = str(arguments.get("linenostart", 1))
        if marked := arguments.get("hl_lines"):
            named["marked"] = array(map(str, marked))
        longest = _LONGEST_CODE if self.longest >= LONGEST_WORD else max(self.longest - 2, 2)
        if long_words(longest).search(text):
            named["longest"] = str(longest)
        return call("listing", string(text), **named)

    def write_doctest_block(self, node: nodes.Element) -> str:
        return call("listing", string(node.astext()), lang=string("python"))

    def write_container(self, node: nodes.Element) -> str:
        """Code with a caption; any other container is its content."""
        if node.get("literal_block") and node.children and isinstance(node.children[0], nodes.caption):
            caption, *code = node.children
            return self.captioned("listing", self._numbered(node, caption, "code-block"), self.expression(code))
        return self.spread(node)

    def write_math_block(self, node: nodes.Element) -> str:
        number = {"number": string(f"({node['number']})")} if node.get("number") else {}
        drawn = self.formula(node, block="true") or call("raw", string(node.astext()), block="true")
        return call("formula", drawn, **number)

    # --- images

    def write_image(self, node: nodes.Element) -> str:
        path = self.setting.images.get(node["uri"])
        alt = node.get("alt", "") or Path(node["uri"]).name
        if path is None:
            reason = "no build fetches it" if "://" in node["uri"] else "it cannot be read"
            self.warn(f"the PDF shows the image {node['uri']!r} by its text alone: {reason}", node)
            said = prose(f"[image: {alt}]", self.longest)
            return said if isinstance(node.parent, nodes.TextElement) else call("par", said)
        self.places.setdefault(path, self.place_of(node))
        named = {"alt": string(alt)}
        named |= {side: length for side in ("width", "height") if (length := _length(node.get(side, "")))}
        if isinstance(node.parent, nodes.TextElement) and not _is_alone(node):
            return call("icon", string(path), **named)
        if named.keys() == {"alt"} and (size := get_image_size(Path(self.builder.srcdir) / node["uri"])):
            named["width"] = f"{size[0] * _UNITS['px']:g}pt"
        if "scale" in node:
            named["scale"] = f"{node['scale']}%"
        shown = call("picture", string(path), **named)
        return call("align", node["align"], shown) if node.get("align") in ("left", "center", "right") else shown

    def write_figure(self, node: nodes.Element) -> str:
        caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        legend = [child for child in node.children if isinstance(child, nodes.legend)]
        shown = [child for child in node.children if child is not caption and child not in legend]
        align = node.get("align", "default")
        side = {"side": align} if align in ("center", "right") else {}
        figure = self.captioned("picture", self._numbered(node, caption, "figure"), self.expression(shown), **side)
        return block([figure, *(call("small", self.content(one)) for one in legend)])

    def captioned(self, kind: str, caption: str, body: str, **named: str) -> str:
        """Something with a caption."""
        if caption not in ("", "[]"):
            self.lists.add(kind)
        return call("captioned", string(kind), caption if caption not in ("", "[]") else "none", body, **named)

    def _numbered(self, node: nodes.Element, caption: nodes.Node | None, kind: str) -> str:
        """A caption, with the number that Sphinx gave it where `numfig` is on."""
        if not isinstance(caption, nodes.Element):
            return ""
        text = self.content(caption)
        number = self._number_of(node, kind)
        return block([string(number), text]) if number else text

    def _number_of(self, node: nodes.Element, kind: str) -> str:
        if not self.config.numfig or not node["ids"]:
            return ""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = numbers.get(node["ids"][0])
        form = self.config.numfig_format.get(kind, "%s")
        return f"{form % '.'.join(map(str, number))}\u2002" if number else ""


def _titled(node: nodes.Element) -> tuple[nodes.Element | None, Iterable[nodes.Node]]:
    title = next((child for child in node.children if isinstance(child, nodes.title)), None)
    return title, [child for child in node.children if child is not title]


def _language(node: nodes.Element) -> str:
    language: str = node.get("language", "")
    return _LANGUAGES.get(language, language)


def _length(written: str) -> str:
    """A length as Typst writes it, empty where there is none."""
    match = _LENGTH.fullmatch(str(written).strip())
    if not match:
        return ""
    number, unit = float(match[1]), match[2] or ""
    return f"{number:g}%" if unit == "%" else f"{number * _UNITS[unit]:g}pt"


def _is_alone(node: nodes.Element) -> bool:
    """Whether an image is all that its paragraph or link holds."""
    return len(node.parent.children) == 1 and isinstance(node.parent, (nodes.paragraph, nodes.reference))
