"""What authors wrote, page by page, kept in the environment beside what sphinx-needs keeps.

sphinx-needs forgets an item that it rejects, and knows nothing of views; a later build that does not read the page
again must still report the one and show the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_needs.data import SphinxNeedsData

from sphinxcontrib_soup.model import Location, Rejection

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, kw_only=True)
class WrittenItem:
    """An item as a directive declares it; `taken` if no other declaration of its ID was known then."""

    id: str
    kind: str
    title: str
    docname: str
    location: Location
    taken: bool = False


@dataclass(frozen=True, kw_only=True)
class WrittenView:
    """A view as a directive asks for it. `key` is its place in the build: the page and its number on that page.

    `anchor` is what it is linked by on that page.
    """

    key: tuple[str, int]
    view: str
    options: Mapping[str, str]
    location: Location
    anchor: str = ""

    @property
    def docname(self) -> str:
        return self.key[0]


@dataclass
class Page:
    """What one page holds of ours, and what it shows of things that stand elsewhere.

    `cards` are the IDs of needs that are no items, `references` are the targets of its cross references, `needs`
    those of the role `need`, `shows_needs` tells of what else of sphinx-needs shows needs, `broken` of an error that
    docutils met.
    """

    items: list[WrittenItem] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    views: list[WrittenView] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    references: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    shows_needs: bool = False
    broken: bool = False

    @property
    def declared(self) -> list[str]:
        """The IDs of all needs that it declares, whether they are taken or not."""
        return [*(item.id for item in self.items), *self.cards]


def pages(env: BuildEnvironment) -> dict[str, Page]:
    """All pages that hold something of ours."""
    if not hasattr(env, "soup_pages"):
        env.soup_pages = {}  # type: ignore[attr-defined]
    found: dict[str, Page] = env.soup_pages  # type: ignore[attr-defined]
    return found


def page(env: BuildEnvironment, docname: str) -> Page:
    """The page of this name, new if it holds nothing of ours yet."""
    return pages(env).setdefault(docname, Page())


def written_items(env: BuildEnvironment) -> Iterator[WrittenItem]:
    """Every declaration of an item, in the order of pages and lines: of several with one ID, the first is taken."""
    for _, one in sorted(pages(env).items()):
        yield from one.items


def taken_items(env: BuildEnvironment) -> Iterable[WrittenItem]:
    """The declarations that are taken: of each ID the first."""
    first: dict[str, WrittenItem] = {}
    for item in written_items(env):
        first.setdefault(item.id, item)
    return first.values()


def duplicates(env: BuildEnvironment) -> Iterator[Rejection]:
    """The declarations that repeat the ID of an earlier one."""
    first: dict[str, WrittenItem] = {}
    for item in written_items(env):
        if (earlier := first.setdefault(item.id, item)) is not item:
            yield Rejection(
                id=item.id,
                kind=item.kind,
                title=item.title,
                problem=f"the ID {item.id} is already taken at {earlier.location}; give this {item.kind} another one",
                location=item.location,
            )


def partners(env: BuildEnvironment, docnames: set[str]) -> set[str]:
    """The other pages that declare an ID which one of these pages declares too: which one is taken may change."""
    found: set[str] = set()
    holders: dict[str, set[str]] = {}
    for docname, one in pages(env).items():
        for id_ in one.declared:
            holders.setdefault(id_, set()).add(docname)
    for held_by in holders.values():
        if len(held_by) > 1 and held_by & docnames:
            found |= held_by
    return found - docnames


def settle(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Read pages again that took an ID before the earlier page was read that has it, so that order decides nothing."""
    first: dict[str | None, str] = {}
    for docname, one in sorted(pages(env).items()):
        for id_ in one.declared:
            first.setdefault(id_, docname)
    early = []
    for docname, one in sorted(pages(env).items()):
        ids = [
            *(item.id for item in one.items if item.taken),
            *(rejection.id for rejection in one.rejections if not rejection.kept),
        ]
        if any(first.get(id_, docname) < docname for id_ in ids):
            early.append(docname)
    for docname in early:
        app.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        app.builder.read_doc(docname)
    return early


def conf_folder(env: BuildEnvironment) -> Path:
    """The folder of conf.py, which all locations are relative to."""
    return Path(env.srcdir) / env.soup_conf_folder  # type: ignore[attr-defined, no-any-return]


def setup_written(app: Sphinx) -> None:
    """Keep the pages in step with what is read, removed, and read by other processes."""
    app.connect("env-before-read-docs", _note_conf_folder)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-outdated", _outdated)
    # before anybody looks at what was read
    app.connect("env-updated", settle, priority=100)
    # before anybody uses them, and so before the handlers of others add to them
    app.connect("needs-before-post-processing", _put_in_order, priority=100)


def _note_conf_folder(app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    env.soup_conf_folder = os.path.relpath(app.confdir, app.srcdir)  # type: ignore[attr-defined]


def _put_in_order(app: Sphinx, needs: dict[str, Any]) -> None:
    """Put needs, and what changes them, in the order of their pages; as kept, those read last stand last."""
    all_kept: list[dict[str, Any]] = [needs, SphinxNeedsData(app.env).get_or_create_extends()]
    for kept in all_kept:
        ordered = sorted(kept.items(), key=lambda one: one[1]["docname"] or "")
        kept.clear()
        kept.update(ordered)


def _purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    pages(env).pop(docname, None)


def _merge(_app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    read = pages(other)
    pages(env).update({docname: read[docname] for docname in docnames if docname in read})


def _outdated(_app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    return sorted(partners(env, added | changed | removed) & env.found_docs)
