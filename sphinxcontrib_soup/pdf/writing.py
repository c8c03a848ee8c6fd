"""The ground that all parts of the translator stand on: nodes in, statements of Typst code out.

A node of class `X` is written by the method `write_X`, which returns one statement, or nothing. Extensions may add
nodes of their own the way Sphinx has it, `app.add_node(node, typst=(visit, depart))`; their visitors append
statements to `self.body`, and `self.content(node)` gives them the children of a node as one expression.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.logging import get_node_location

from sphinxcontrib_soup.nodes import soup_item
from sphinxcontrib_soup.pdf.anchors import Anchors
from sphinxcontrib_soup.pdf.documents import Document
from sphinxcontrib_soup.pdf.elsewhere import Elsewhere, Target
from sphinxcontrib_soup.pdf.look import Look
from sphinxcontrib_soup.pdf.markup import LONGEST_WORD, block, call, string
from sphinxcontrib_soup.pdf.parts import Cut

if TYPE_CHECKING:
    from jinja2 import Environment

logger = logging.getLogger(__name__)

BETWEEN_BLOCKS, BETWEEN_ROWS = 8, 9
"""Ranks of places to part a document, behind those of the levels of headings."""

Write = Callable[[nodes.Node], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a translation needs beside the tree: the document, link targets, templates, and images that can be shown.

    `images` has them by their address in the tree, as paths the compiler finds.
    """

    document: Document
    look: Look
    elsewhere: Elsewhere
    anchors: Anchors
    templates: Environment
    images: dict[str, str]


class Writing(SphinxTranslator):
    """Collects statements. `room` is the width of the text in points, `longest` the length from which words break.

    `title_anchor` is the target that the document's own title is, empty where its first page has no title of all;
    `places` tells where images, and characters that a font might not have, were met first; `cuts` tells before which
    statements of the body it may be parted, `headings` has the code of each by its name, `notes` that of each footnote;
    `referred` holds other documents that a link leads to, `lists` the kinds of things that have captions.
    """

    def __init__(self, document: nodes.document, builder: Builder, setting: Setting) -> None:
        super().__init__(document, builder)
        self.setting = setting
        self.anchors = setting.anchors
        self.docname: str = document["docname"]
        self.body: list[str] = []
        self.level = 0
        self.depth = 0
        self.longest = LONGEST_WORD
        self.room = setting.look.upright
        self.turned = False
        self.verbatim = False
        self.has_headings = False
        self.title_anchor = ""
        self.places: dict[str, str] = {}
        self.cuts: dict[int, Cut] = {}
        self.headings: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.referred: dict[str, Document] = {}
        self.lists: set[str] = set()
        self.explained: set[tuple[str, str]] = set()
        self._bound = 0
        self._placed: set[str] = set()
        self._linked: set[str] = set()
        self._unknown: set[type[nodes.Node]] = set()
        self._writers: dict[type[nodes.Node], Write | None] = {}

    # --- what the parts are written with

    def content(self, node: nodes.Element) -> str:
        """The children of a node as one expression, its anchor before them."""
        return self.expression(node.children, node)

    def expression(self, children: Iterable[nodes.Node], *of: nodes.Element) -> str:
        """Some nodes as one expression, after the anchors of the nodes they are of."""
        outer, self.body = self.body, []
        self.depth += 1
        for one in of:
            self.anchor(one)
        for child in children:
            self.render(child)
        self.depth -= 1
        inner, self.body = self.body, outer
        return block(inner)

    def compact(self, node: nodes.Element) -> str:
        """The children of a node, of which an only paragraph is no more than its text."""
        only = node.children[0] if len(node.children) == 1 else None
        if isinstance(only, nodes.paragraph):
            return self.expression(only.children, node, only)
        return self.content(node)

    def flat(self, children: Iterable[nodes.Node]) -> None:
        """Write nodes where we stand, as a section does whose parts must be able to turn the page."""
        for child in children:
            self.render(child)

    def render(self, node: nodes.Node) -> None:
        """Write a node where we stand."""
        write = self._writer(type(node))
        self.may_part(BETWEEN_BLOCKS)
        if write is None:
            node.walkabout(self)
            return
        if isinstance(node, nodes.Element) and not isinstance(node, (nodes.section, soup_item)):
            self.anchor(node)
        if statement := write(node):
            self.body.append(statement)

    def may_part(self, rank: int, ends: str = "", begins: str = "") -> None:
        """Note that the document may be parted where we stand; see :class:`Cut`."""
        here = len(self.body)
        if self.depth or here == self._bound or (here in self.cuts and self.cuts[here].rank <= rank):
            return
        turned = "set page(flipped: true)\n" if self.turned else ""
        self.cuts[here] = Cut(rank, ends, turned + begins)

    def bind(self) -> None:
        """Note that the document may not be parted where we stand, because what is there belongs together."""
        if not self.depth:
            self._bound = len(self.body)
            self.cuts.pop(self._bound, None)

    def spread(self, node: nodes.Element) -> str:
        """The children of a node, written where we stand if that is no expression."""
        if self.depth:
            return self.content(node)
        self.flat(node.children)
        return ""

    def anchor(self, node: nodes.Element) -> None:
        """Put a link target where we stand, if something links to it or it is that of an item."""
        if not node.get("ids"):
            return
        name = self.anchors.names.get((self.docname, node["ids"][0]))
        if name is None or name in self.anchors.blocks:
            return
        if (name in self.anchors.wanted or name in self.anchors.items) and self.place(name):
            self.body.append(call("anchor", string(name)))
            self.bind()

    def place(self, name: str) -> bool:
        """Take a name for a target; false if it has one already."""
        if name in self._placed:
            return False
        self._placed.add(name)
        return True

    def goto(self, name: str, body: str) -> str:
        """A link to the target of a name."""
        self._linked.add(name)
        return call("goto", string(name), body)

    def goto_elsewhere(self, target: Target, body: str) -> str:
        """A link to a place in another PDF."""
        self.referred[target.document.stem] = target.document
        return call("goto", string(target.address), body)

    def lost_targets(self) -> list[str]:
        """Targets for the names that something links to and that got no place, for a link to nothing is an error."""
        return [call("anchor", string(name)) for name in sorted(self._linked - self._placed)]

    @contextmanager
    def within(self, *, room: float | None = None, longest: int | None = None) -> Iterator[None]:
        """Write into a narrower place."""
        before = self.room, self.longest
        self.room = room or self.room
        self.longest = longest or self.longest
        yield
        self.room, self.longest = before

    def warn(self, message: str, node: nodes.Node) -> None:
        logger.warning("%s", message, type="soup", subtype="pdf", location=self.place_of(node))

    def place_of(self, node: nodes.Node) -> str:
        """Where a node stands, for messages: file and line, or else the page."""
        at: nodes.Node | None = node
        while at is not None and at.line is None:
            at = at.parent
        return get_node_location(at or node) or self.docname

    def note_signs(self, text: str, node: nodes.Node) -> None:
        """Keep where each character was met first that a font might not have."""
        if not text.isascii():
            for sign in set(text).difference(self.places):
                self.places[sign] = self.place_of(node)

    @contextmanager
    def as_written(self) -> Iterator[None]:
        """Write text with its spaces and line ends."""
        before, self.verbatim = self.verbatim, True
        yield
        self.verbatim = before

    # --- how a node finds its method

    def dispatch_visit(self, node: nodes.Node) -> None:
        if self._writer(type(node)) is None:
            super().dispatch_visit(node)
            return
        self.render(node)
        raise nodes.SkipNode

    def _writer(self, kind: type[nodes.Node]) -> Write | None:
        """The method of a class or of the nearest it stands on; none where an extension's visitor comes first."""
        if kind not in self._writers:
            names = [one.__name__ for one in kind.__mro__]
            known = (name for name in names if hasattr(self, f"visit_{name}") or hasattr(self, f"write_{name}"))
            name = next(known, "")
            self._writers[kind] = None if hasattr(self, f"visit_{name}") else getattr(self, f"write_{name}", None)
        return self._writers[kind]

    def unknown_visit(self, node: nodes.Node) -> None:
        """Keep the text of what nobody taught us to write, and say so once a class."""
        if type(node) not in self._unknown:
            self._unknown.add(type(node))
            name = type(node).__name__
            self.warn(
                f"the PDF shows the text alone of {name!r}, a node that no visitor of format 'typst' is for", node
            )
        if isinstance(node, nodes.Element):
            self.anchor(node)
        if not isinstance(node, nodes.Inline):
            self.body.append("parbreak()")

    def unknown_departure(self, node: nodes.Node) -> None:
        if not isinstance(node, nodes.Inline):
            self.body.append("parbreak()")
