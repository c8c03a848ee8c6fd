"""What each page shows of things that stand elsewhere, as a digest: a page is written again when its digest moved.

A page shows more than its own source: items and their links, the rows of views, needs of sphinx-needs' own directives,
the titles and numbers that references repeat, and the navigation round it. All of that is in the digest of the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxcontrib_soup.blocks import block
from sphinxcontrib_soup.extension.links import block_refs, table_refs, uris
from sphinxcontrib_soup.model import Item
from sphinxcontrib_soup.needs import Built, needs_digest
from sphinxcontrib_soup.needs.written import Page, pages
from sphinxcontrib_soup.templates import HERE

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_LAST = re.compile(r"[^.:/#]*$")


def digests(builder: Builder, built: Built) -> dict[str, str]:
    """The digest of every page of the project, as this builder writes it."""
    env = builder.env
    round_all = _digest([*_navigation(env), *_templates(env)])
    named = _inventory(env)
    needs = needs_digest(env)
    items = _by_page(built)
    written = pages(env)
    return {
        docname: _digest(
            [
                round_all,
                *_referred(written.get(docname, Page()), named),
                *_shown(builder, docname, written.get(docname, Page()), items.get(docname, []), built),
                needs if docname in written and written[docname].shows_needs else "",
            ]
        )
        for docname in env.found_docs
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
    for item in items:
        made = block(built.trace, item)
        yield made, uris(builder, docname, built.trace, block_refs(made))
    for one in page.items:
        taken = built.trace.items.get(one.id)
        yield taken is not None and taken.document == docname
    for view in page.views:
        table = built.tables[view.key]
        yield table, uris(builder, docname, built.trace, table_refs(table))


def _navigation(env: BuildEnvironment) -> Iterator[object]:
    """What stands round a page in the usual themes: titles, contents, numbers, the order of pages, the indices."""
    for docname in sorted(env.found_docs & env.titles.keys()):
        yield docname, str(env.titles[docname]), str(env.longtitles.get(docname)), str(env.tocs.get(docname))
    yield sorted(env.toctree_includes.items())
    yield sorted(env.toc_secnumbers.items()), sorted(env.toc_fignumbers.items())
    yield sorted(env.collect_relations().items())
    for domain in env.domains.sorted():
        yield domain.name, [index.name for index in domain.indices if index(domain).generate()[0]]


def _templates(env: BuildEnvironment) -> Iterator[object]:
    """Our templates and those of the project that take their place."""
    folders = [HERE, *(Path(env.srcdir) / folder for folder in env.config.templates_path)]
    for folder in folders:
        for path in sorted((folder / "soup").glob("*.html.jinja")):
            yield path.name, path.read_bytes()


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
