"""What can be linked to within one PDF, and by which name: pages that were joined may use the same IDs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

from sphinxcontrib_soup.nodes import soup_item

INTERNAL = "%"
"""Before the page in an address that leads to a page of the same PDF."""

_REPEATED = (nodes.title, nodes.caption, nodes.thead)
"""What is shown again elsewhere: in the table of contents, or on the next page."""


@dataclass
class Anchors:
    """The names of a document's link targets.

    `names` has them by page and ID, `tops` by page alone, `items` by the ID of an item, `wanted` holds those that a
    link or the index leads to, `blocks` those that the block of an item bears itself, and `footnotes` the footnotes
    that go to the foot of a page, by page and ID.
    """

    names: dict[tuple[str, str], str] = field(default_factory=dict)
    tops: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    footnotes: dict[tuple[str, str], nodes.footnote] = field(default_factory=dict)

    def of_address(self, address: str) -> str | None:
        """The name that an address within the PDF leads to, if it leads to one."""
        page, _, id_ = address.removeprefix(INTERNAL).partition("#")
        return self.names.get((page, id_)) if id_ else self.tops.get(page)

    def of_reference(self, node: nodes.Element, docname: str) -> str | None:
        """The name that a reference leads to, if it stays within the PDF."""
        if "refid" in node:
            return self.names.get((docname, node["refid"]))
        address: str = node.get("refuri", "")
        return self.of_address(address) if address.startswith(INTERNAL) else None


def anchors_of(tree: nodes.document, docname: str, items: Collection[str]) -> Anchors:
    """Every link target of an assembled document.

    :param docname: the page it starts from
    :param items: the IDs of all items, whose anchors are named as they are
    """
    found = Anchors()
    references: list[tuple[nodes.Element, str]] = []
    flowing: set[tuple[str, str]] = set()
    entered: list[tuple[str, str]] = []
    for node, page in _elements(tree, docname):
        if node.get("ids"):
            _name(found, node, page, items)
        if isinstance(node, nodes.footnote_reference):
            if flows(node):
                flowing.add((page, node.get("refid", "")))
        elif isinstance(node, nodes.footnote):
            found.footnotes.update({(page, id_): node for id_ in node["ids"]})
        elif isinstance(node, addnodes.index):
            entered += [(page, target) for _, _, target, *_ in node["entries"]]
        if "refid" in node or "refuri" in node:
            references.append((node, page))
    found.footnotes = {key: note for key, note in found.footnotes.items() if key in flowing}
    found.wanted = {name for node, page in references if (name := found.of_reference(node, page))}
    found.wanted |= {found.names[key] for key in entered if key in found.names}
    found.wanted -= {found.names[key] for key in found.footnotes}
    return found


def _name(found: Anchors, node: nodes.Element, page: str, items: Collection[str]) -> None:
    """Name a target by the first of its IDs, or plainly by its ID where it is an item."""
    ids: list[str] = node["ids"]
    item = next((id_ for id_ in ids if id_ in items or isinstance(node, soup_item)), None)
    name = item or f"{page}#{ids[0]}"
    if item:
        found.items.setdefault(item, name)
        if isinstance(node, soup_item):
            found.blocks.add(name)
    elif isinstance(node, nodes.section):
        found.tops.setdefault(page, name)
    for id_ in ids:
        found.names.setdefault((page, id_), name)


def _elements(node: nodes.Element, page: str) -> Iterator[tuple[nodes.Element, str]]:
    for child in node.children:
        if isinstance(child, nodes.Element):
            inner = child["docname"] if isinstance(child, addnodes.start_of_file) else page
            yield child, inner
            yield from _elements(child, inner)


def flows(node: nodes.Node) -> bool:
    """Whether a node stands in text that is shown once, so that its footnote can go to the foot of that page."""
    parent = node.parent
    while parent is not None and not isinstance(parent, _REPEATED):
        parent = parent.parent
    return parent is None
