"""Needs become items, and items get their verdict back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sphinx_needs.need_item import NeedItem

from sphinxcontrib_soup.kinds import BY_NAME
from sphinxcontrib_soup.model import FieldValue, Item, Location, Verdict
from sphinxcontrib_soup.needs.declare import VERDICT
from sphinxcontrib_soup.needs.directive import relative_path
from sphinxcontrib_soup.needs.written import WrittenItem, written_items

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_CORE = ("status", "tags")
_WRAPPED = re.compile(r"\s*\n\s*")  # an option may go on in the next line of the source


def items(env: BuildEnvironment, needs: Mapping[str, NeedItem]) -> Iterator[Item]:
    """The needs that are ours: of our kinds, or of a type that `soup_kinds` maps to one."""
    kinds: Mapping[str, str] = env.config.soup_kinds
    written = {(one.id, one.docname): one for one in reversed(list(written_items(env)))}
    for id_, need in needs.items():
        if kind := kinds.get(need["type"]):
            yield _item(id_, kind, need, env, written)


def set_verdicts(needs: Mapping[str, NeedItem], ids: Iterable[str], verdicts: Mapping[str, Verdict]) -> None:
    """Show sphinx-needs' own directives the verdict as a field of each item; what others wrote there does not stand."""
    for id_ in ids:
        if needs[id_].get(VERDICT) or id_ in verdicts:
            needs[id_][VERDICT] = str(verdicts[id_]) if id_ in verdicts else None


def _item(
    id_: str, kind: str, need: NeedItem, env: BuildEnvironment, written: Mapping[tuple[str, str], WrittenItem]
) -> Item:
    docname: str = need["docname"] or ""
    known = written.get((id_, docname))
    return Item(
        id=id_,
        kind=kind,
        type=need["type"],
        title=need["title"],
        location=known.location if known else _location(need, env),
        statement=need["content"],
        fields=_fields(kind, need),
        links=_links(need, env.config.soup_links),
        document=docname,
    )


def _location(need: NeedItem, env: BuildEnvironment) -> Location:
    if not need["docname"]:
        return Location(need["external_url"] or "conf.py")
    return Location(relative_path(env.doc2path(need["docname"]), env), need["lineno"])


def _fields(kind: str, need: NeedItem) -> dict[str, FieldValue]:
    names = [*_CORE, *(field.name for field in BY_NAME[kind].fields)]
    values = {name: _value(need.get(name)) for name in names}
    return {name: value for name, value in values.items() if value not in ("", (), False)}


def _value(value: Any) -> FieldValue:
    if isinstance(value, bool):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(str(one) for one in value)
    return "" if value is None else _WRAPPED.sub(" ", str(value))


def _links(need: NeedItem, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The stored links, by our names for them; a link to a part of an item is a link to the item."""
    found: dict[str, tuple[str, ...]] = {}
    for name, links in need.iter_links_items(as_str=False):
        if name in names and links:
            ours = names[name]
            found[ours] = (*found.get(ours, ()), *_ids(links))
    return found


def _ids(links: Iterable[Any]) -> Iterator[str]:
    return (str(link.id) for link in links)
