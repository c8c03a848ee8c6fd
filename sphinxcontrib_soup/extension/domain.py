"""Items as objects of Sphinx: the search of the pages finds them by ID and title, other projects can link to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sphinx.domains import Domain, ObjType

from sphinxcontrib_soup.needs.written import taken_items

if TYPE_CHECKING:
    from docutils import nodes


class SoupDomain(Domain):
    """Knows where each item stands. It has no roles of its own: `:need:` of sphinx-needs leads to items."""

    name = "soup"
    label = "item"
    object_types = {"item": ObjType("item")}  # noqa: RUF012 - Sphinx declares it so

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for item in taken_items(self.env):
            yield item.id, f"{item.id} {item.title}", "item", item.docname, item.id, 1

    def get_type_name(self, _type: ObjType, _primary: bool = False) -> str:
        return self.label

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Nothing to merge: what pages hold is kept in the environment."""

    def resolve_any_xref(self, *_args: object) -> list[tuple[str, nodes.reference]]:
        return []
