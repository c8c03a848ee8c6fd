"""Links of needs become links of items: under our names, and from the end that the trace stores them at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sphinxcontrib_soup.kinds import LINK_BY_NAME

if TYPE_CHECKING:
    from sphinx_needs.need_item import NeedItem

BACK = "_back"
"""What sphinx-needs puts behind the name of a link to mean it as seen from its other end."""

Names = Mapping[str, str | Sequence[str]]
Links = Mapping[str, tuple[str, ...]]


def item_links(needs: Mapping[str, NeedItem], kinds: Mapping[str, str], names: Names) -> Mapping[str, Links]:
    """The links of each item; a link to a part of an item is a link to the item.

    :param kinds: types to the kinds they stand for
    :param names: link types to ours: to one, to the one that is stored at the other end (`verifies_back`), or to
        several, of which the first that fits both ends is meant
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    for id_, need in needs.items():
        kind = kinds.get(need["type"])
        if not kind:
            continue
        for name, ends in need.iter_links_items(as_str=False):
            for end in ends if name in names else ():
                other = str(end.id)
                ours = _meant(names[name], kind, kinds.get(needs[other]["type"]) if other in needs else None)
                if not ours:
                    continue
                source, target = (other, id_) if ours.endswith(BACK) else (id_, other)
                found.setdefault(source, {}).setdefault(ours.removesuffix(BACK), {})[target] = None
    return {id_: {name: tuple(targets) for name, targets in links.items()} for id_, links in found.items()}


def _meant(names: str | Sequence[str], kind: str, other: str | None) -> str | None:
    if isinstance(names, str):
        return names
    return next((one for one in names if _fits(one, kind, other)), None)


def _fits(name: str, kind: str, other: str | None) -> bool:
    link = LINK_BY_NAME[name.removesuffix(BACK)]
    source, target = (other, kind) if name.endswith(BACK) else (kind, other)
    return _among(source, link.sources) and _among(target, link.targets)


def _among(kind: str | None, kinds: Iterable[str]) -> bool:
    """Whether a kind is one of those; where none are named, any is."""
    return kind is not None and (not kinds or kind in kinds)
