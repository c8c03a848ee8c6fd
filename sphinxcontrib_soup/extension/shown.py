"""What each page shows of things that stand elsewhere, as a digest: a page is written again when its digest moved.

A page shows more than its own source: items and their links, the rows of views, needs of sphinx-needs' own directives,
the titles and numbers that references repeat, and the navigation round it. All of that is in the digest of the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.extension.links import Addresses, block_refs, table_refs
from sphinxcontrib_soup.model import Item, Table
from sphinxcontrib_soup.needs import Built, needs_digest, referred_needs
from sphinxcontrib_soup.needs.draw import has_cards
from sphinxcontrib_soup.needs.written import Page, pages
from sphinxcontrib_soup.tables import of_cells
from sphinxcontrib_soup.templates import HERE

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_LAST = re.compile(r"[^.:/#]*$")


def digests(builder: Builder, built: Built, sources: Mapping[str, str]) -> dict[str, str]:
    """The digest of every page of the project, as this builder writes it; `sources` are those of what was read."""
    env = builder.env
    round_all = _digest([*_navigation(env), *_settings(builder), *_files(builder)])
    images = _images(env)
    named = _inventory(env)
    items = _by_page(built)
    written = {docname: pages(env).get(docname, Page()) for docname in env.found_docs}
    of_needs = {name for name, page in written.items() if page.shows_needs or has_cards(env, items.get(name, ()))}
    needs = needs_digest(env) if of_needs else ""
    return {
        docname: _digest(
            [
                round_all,
                sources.get(docname),
                images.get(docname),
                *_referred(page, named),
                *referred_needs(env, page.needs),
                *_shown(builder, docname, page, items.get(docname, []), built),
                needs if docname in of_needs else "",
            ]
        )
        for docname, page in written.items()
    }


def _digest(parts: Iterable[object]) -> str:
    made = hashlib.sha256()
    for part in parts:
        made.update(repr(part).encode("utf-8", "backslashreplace"))
        made.update(b"\0")
    return made.hexdigest()


def _by_page(built: Built) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in built.trace.items.values():
        found.setdefault(item.document, []).append(item)
    return found


def _shown(builder: Builder, docname: str, page: Page, items: list[Item], built: Built) -> Iterator[object]:
    """The blocks and tables of a page; and of each item it declares whether it is taken from here."""
    addresses = Addresses(builder, docname, built.trace)
    for item in items:
        made = block(built.trace, item)
        yield made, addresses.of(block_refs(made))
    for one in page.items:
        taken = built.trace.items.get(one.id)
        yield taken is not None and taken.document == docname
    for view in page.views:
        table = built.tables[view.key]
        yield from _said(table)
        yield addresses.of(table_refs(table))


def _said(table: Table) -> Iterator[object]:
    """What a table says: each cell is spelt out once, which is what takes the time, and rows have their numbers."""
    yield replace(table, rows=())
    numbers: dict[str, int] = {}
    numbered = of_cells(table.rows, lambda value: numbers.setdefault(repr(value), len(numbers)))
    yield from numbers
    for row, cells in zip(table.rows, numbered, strict=True):
        yield replace(row, cells=()), cells


def _navigation(env: BuildEnvironment) -> Iterator[object]:
    """What stands round a page in the usual themes: titles, contents, numbers, the order of pages, the indices."""
    for docname in sorted(env.found_docs & env.titles.keys()):
        yield docname, str(env.titles[docname]), str(env.longtitles.get(docname)), str(env.tocs.get(docname))
    yield sorted(env.toctree_includes.items())
    yield sorted(env.toc_secnumbers.items()), sorted(env.toc_fignumbers.items())
    yield sorted(env.collect_relations().items())
    for domain in env.domains.sorted():
        yield domain.name, [index.name for index in domain.indices if index(domain).generate()[0]]


def _settings(builder: Builder) -> Iterator[object]:
    """The settings that pages hang on; where another builder read the pages, nobody else tells this one of them."""
    for one in sorted(builder.config.filter({"env", "html"}), key=lambda one: one.name):
        yield one.name, _plain(one.value)
    yield sorted(builder.tags)


def _plain(value: object) -> object:
    """A value with the same digest in every process: an object that is no plain value stands as its type alone."""
    if isinstance(value, Mapping):
        return sorted(((repr(_plain(key)), _plain(one)) for key, one in value.items()), key=repr)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Set):
        return sorted(repr(_plain(one)) for one in value)
    if value is None or isinstance(value, str | bytes | int | float | PurePath):
        return repr(value)
    return getattr(value, "__qualname__", type(value).__qualname__)


def _files(builder: Builder) -> Iterator[object]:
    """Our templates, those of the project, and its style sheets and scripts, whose digests stand in each page."""
    config, confdir = builder.config, Path(builder.confdir)
    folders = [HERE, *(confdir / folder for folder in config.templates_path)]
    if builder.format == "html":
        folders += [confdir / folder for folder in config.html_static_path]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".html", ".jinja", ".css", ".js", ".xml") and path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _images(env: BuildEnvironment) -> Mapping[str, list[tuple[str, str]]]:
    """The images of each page, with the names that they have among those of all pages."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path, (docnames, name) in sorted(env.images.items()):
        for docname in docnames:
            found.setdefault(docname, []).append((path, name))
    return found


def _inventory(env: BuildEnvironment) -> Mapping[str, list[object]]:
    """What references can lead to, by the last part of its name."""
    found: dict[str, list[object]] = {}
    for domain in env.domains.sorted():
        for name, shown, kind, docname, anchor, _ in domain.get_objects():
            found.setdefault(_last(name), []).append((domain.name, kind, name, str(shown), docname, anchor))
        for store in ("objects", "citations", "anonlabels", "labels"):
            for name, value in domain.data.get(store, {}).items():
                if isinstance(name, str):
                    found.setdefault(_last(name), []).append((domain.name, store, name, repr(value)))
    return {name: sorted(values, key=repr) for name, values in found.items()}


def _referred(page: Page, named: Mapping[str, list[object]]) -> Iterator[object]:
    return (named.get(last) for last in sorted({_last(target) for target in page.references}))


def _last(name: str) -> str:
    found = _LAST.search(name.rstrip(".:/#()"))
    return found[0].lower() if found else ""
