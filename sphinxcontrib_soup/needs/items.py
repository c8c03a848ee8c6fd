"""Needs become items, and items get their verdict back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sphinx_needs.need_item import NeedItem

from sphinxcontrib_soup.kinds import BY_NAME, Form
from sphinxcontrib_soup.model import FieldValue, Item, Verdict
from sphinxcontrib_soup.needs.declare import VERDICT, computes_verdict
from sphinxcontrib_soup.needs.directive import need_location
from sphinxcontrib_soup.needs.links import Links, item_links
from sphinxcontrib_soup.needs.written import WrittenItem, written_items

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_CORE = ("status", "tags")
_WRAPPED = re.compile(r"\s*\n\s*")  # an option may go on in the next line of the source


def items(env: BuildEnvironment, needs: Mapping[str, NeedItem]) -> Iterator[Item]:
    """The needs that are ours: of our kinds, or of a type that `soup_kinds` maps to one."""
    kinds: Mapping[str, str] = env.config.soup_kinds
    written = {(one.id, one.docname): one for one in reversed(list(written_items(env)))}
    links = item_links(needs, kinds, env.config.soup_links)
    for id_, need in needs.items():
        if kind := kinds.get(need["type"]):
            yield _item(need, kind, links.get(id_, {}), env, written)


def parts(needs: Mapping[str, NeedItem]) -> dict[str, str]:
    """The parts of needs, each with the need it is a part of."""
    return {f"{id_}.{part}": id_ for id_, need in needs.items() for part in need["parts"]}


def set_verdicts(
    config: Config, needs: Mapping[str, NeedItem], ids: Iterable[str], verdicts: Mapping[str, Verdict]
) -> None:
    """Show sphinx-needs' own directives the verdict as a field of each item; what others wrote there does not stand.

    A field of this name that the project declares itself is left alone.
    """
    for id_ in ids if computes_verdict(config) else ():
        if needs[id_].get(VERDICT) or id_ in verdicts:
            needs[id_][VERDICT] = str(verdicts[id_]) if id_ in verdicts else None


def _item(
    need: NeedItem, kind: str, links: Links, env: BuildEnvironment, written: Mapping[tuple[str, str], WrittenItem]
) -> Item:
    docname: str = need["docname"] or ""
    known = written.get((need["id"], docname))
    return Item(
        id=need["id"],
        kind=kind,
        type=need["type"],
        title=need["title"],
        location=known.location if known else need_location(need, env),
        statement=need["content"],
        fields=_fields(kind, need),
        links=links,
        document=docname,
    )


def _fields(kind: str, need: NeedItem) -> dict[str, FieldValue]:
    values = {name: _value(need.get(name)) for name in _CORE}
    values |= {one.name: _value(need.get(one.name), one.form) for one in BY_NAME[kind].fields}
    return {name: value for name, value in values.items() if value not in ("", ())}


def _value(value: Any, form: Form = Form.TEXT) -> FieldValue:
    if isinstance(value, bool):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(str(one) for one in value)
    return "" if value is None else _WRAPPED.sub("\n" if form is Form.REVISIONS else " ", str(value))
