"""What links can lead to in other PDFs of the same build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxcontrib_soup.model import Item
from sphinxcontrib_soup.pdf.documents import Document

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

ELSEWHERE = "&"
"""Before the page in an address that leads to a page of another PDF."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place in another PDF, by a name that it has there; without one its first page."""

    document: Document
    name: str = ""

    @property
    def address(self) -> str:
        """As a link within the document is addressed, which no name of a target looks like."""
        return f"/{self.document.stem}.pdf#{self.name}"


class Elsewhere:
    """Finds places in other PDFs. Pages that are linked to are read again for it, each once.

    :param homes: the document that each page is found in
    """

    def __init__(self, env: BuildEnvironment, homes: Mapping[str, Document], items: Mapping[str, Item]) -> None:
        self.env, self.homes, self.items = env, homes, items
        self._headings: dict[str, dict[str, str]] = {}

    def of_address(self, address: str) -> Target | None:
        """The place that an address leads to, if it leads into another PDF."""
        page, _, id_ = address.removeprefix(ELSEWHERE).partition("#")
        if not address.startswith(ELSEWHERE):
            return None
        if id_ in self.items:
            return Target(self.homes[page], id_)
        if page not in self._headings:
            self._headings[page] = dict(_headings(self.env.get_doctree(page), page))
        return Target(self.homes[page], self._headings[page].get(id_, ""))

    def of_item(self, id_: str) -> Target | None:
        """The place of an item."""
        item = self.items.get(id_)
        home = self.homes.get(item.document) if item else None
        return Target(home, id_) if home else None


def _headings(tree: nodes.document, page: str) -> Iterator[tuple[str, str]]:
    """The name of the heading over each target of a page, by the IDs of the target; of no ID, that of the page."""
    for node in tree.findall(nodes.Element):
        above: nodes.Node | None = node
        while above is not None and not isinstance(above, nodes.section):
            above = above.parent
        if isinstance(above, nodes.section):
            ids: list[str] = node.get("ids", [])
            yield from ((id_, f"{page}#{above['ids'][0]}") for id_ in ids)
    top = next(tree.findall(nodes.section), None)
    if top is not None:
        yield "", f"{page}#{top['ids'][0]}"
