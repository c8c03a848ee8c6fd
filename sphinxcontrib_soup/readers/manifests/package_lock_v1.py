"""package-lock.json and npm-shrinkwrap.json of npm 5 and 6 (lockfileVersion 1), and npm 2 to 4's npm-shrinkwrap.json.

Format: https://docs.npmjs.com/cli/v6/configuring-npm/package-locks
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Evidence, Location, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.digests import integrity
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.readers.locks import distinct, reference
from sphinxcontrib_soup.readers.npm import Wish, alias, fetched_url, lock_version, npm_url, scope, version_in, wishes
from sphinxcontrib_soup.readers.npm_project import unlocked

Chain = tuple[Object, ...]
"""The tables that a package finds others in, its own first."""


@reader("package-lock.json", "npm-shrinkwrap.json", sniff=lambda source: lock_version(source) == 1, ecosystem="npm")
def package_lock_v1(source: Source) -> Iterator[Evidence]:
    """npm's lock file, version 1: every component of the tree, once for each name and version.

    This version does not say what the project itself asked for: that is taken from the package.json beside it, and is
    unknown where there is none. A component from a repository has the commit as its version.
    """
    lock = load_object(source)
    if not isinstance(lock.get("dependencies", Object()), Object):
        raise ReadError("`dependencies` is not an object: run npm install again", lock.lines["dependencies"])
    asked = _asked(source)
    yield from unlocked(source, lock.object("dependencies"), "npm install")
    components = []
    waiting: list[Chain] = [(lock.object("dependencies"),)]
    for chain in waiting:
        table, *around = chain
        for folder, entry in table.items():
            place = source.at(table.lines[folder])
            if not isinstance(entry, Object) or not folder:
                yield Unread(reason=f"the entry {folder!r} describes no package", location=place)
                continue
            waiting.append((entry.object("dependencies"), *chain))
            component = _component(folder, entry, place)
            if component is None:
                continue
            wish = asked.get(folder) if asked is not None and not around else None
            components.append(
                replace(
                    component,
                    requested=wish.requested if wish else None,
                    direct=wish is not None if asked is not None else None,
                    requires=_requires(entry, chain),
                )
            )
    yield from distinct(components)


def _component(folder: str, entry: Object, place: Location) -> Component | None:
    """An installed package; `None` for a folder of the project itself."""
    stated = entry.text("version") or ""
    if stated.startswith(("file:", "link:")) and not version_in(stated):
        return None
    name, version = alias(stated) or (folder, _version(stated))
    from_repository = version is not None and stated.endswith(f"#{version}")
    return Component(
        name=name,
        version=version,
        purl=fetched_url(name, None, stated) if from_repository else npm_url(name, version),
        scope=scope(entry),
        hashes=integrity(entry.text("integrity")),
        location=place,
    )


def _requires(entry: Object, chain: Chain) -> tuple[str, ...]:
    """What an entry needs, found in its own table and those around it."""
    tables = (entry.object("dependencies"), *chain)
    found = []
    for folder in entry.object("requires"):
        needed = next((table.object(folder) for table in tables if folder in table), Object())
        component = _component(folder, needed, Location("")) if needed else None
        found += [reference(component)] if component else []
    return tuple(dict.fromkeys(found))


def _asked(source: Source) -> dict[str, Wish] | None:
    """What the package.json beside the lock asks for, `None` where there is none that can be read."""
    try:
        manifest = source.beside("package.json")
        return {wish.folder: wish for wish in reversed(list(wishes(load_object(manifest))))}
    except ReadError:
        return None


def _version(stated: str) -> str | None:
    """The version in what the lock says: a version, or the address of an archive or of a repository."""
    return version_in(stated) or (stated if stated and not re.search(r"[:/]", stated) else None)
