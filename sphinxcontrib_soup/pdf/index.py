"""The index of a document: what its pages enter into it, with the numbers of the pages that the compiler sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sphinx.environment.adapters.indexentries import IndexEntries

from sphinxcontrib_soup.pdf.anchors import Anchors
from sphinxcontrib_soup.pdf.markup import block, call, prose, string

if TYPE_CHECKING:
    from sphinx.builders import Builder


@dataclass(frozen=True, slots=True)
class Index:
    """The code of an index, empty where nothing is entered, and the names of the targets that it leads to."""

    code: str = ""
    names: tuple[str, ...] = ()


def index_of(builder: Builder, docnames: Set[str], anchors: Anchors) -> Index:
    """The index of the pages that were joined."""
    names: dict[str, None] = {}
    groups = [(letter, list(_entries(entries, anchors, names))) for letter, entries in _grouped(builder, docnames)]
    code = [call("index-group", prose(str(letter)), *entries) for letter, entries in groups if entries]
    return Index(block(code) if code else "", tuple(names))


def _grouped(builder: Builder, docnames: Set[str]) -> Sequence[tuple[str, Any]]:
    """The entries of these pages by their letter, as Sphinx sorts them."""
    entered = builder.env.domains.index_domain.entries
    own = {name: entries for name, entries in entered.items() if name in docnames}
    domains: Any = SimpleNamespace(index_domain=SimpleNamespace(entries=own))
    env: Any = SimpleNamespace(domains=domains)  # all that Sphinx looks at for it
    return IndexEntries(env).create_index(builder)


def _entries(entries: Iterable[Any], anchors: Anchors, names: dict[str, None]) -> Iterator[str]:
    """Each term with its pages, then what is entered below it."""
    for term, (links, below, _) in entries:
        yield _entry(term, _targets(links, anchors), names)
        yield from (_entry(said, _targets(more, anchors), names, below="true") for said, more in below)


def _targets(links: Iterable[tuple[str | None, str]], anchors: Anchors) -> list[str]:
    found = (anchors.of_address(address) for _, address in links)
    return [name for name in dict.fromkeys(found) if name]


def _entry(term: str, targets: Sequence[str], names: dict[str, None], **named: str) -> str:
    names.update(dict.fromkeys(targets))
    return call("index-entry", prose(term), *map(string, targets), **named)
