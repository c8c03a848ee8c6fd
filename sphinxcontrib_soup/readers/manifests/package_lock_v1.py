"""package-lock.json and npm-shrinkwrap.json of npm 5 and 6 (lockfileVersion 1), and npm 2 to 4's npm-shrinkwrap.json.

Format: https://docs.npmjs.com/cli/v6/configuring-npm/package-locks
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.readers.npm import Wish, alias, distinct, lock_version, npm_url, scope, wishes

_ARCHIVE = re.compile(r"(?:.*[/-])?v?(\d+\.\d+\.\d+[^/]*)\.(?:tgz|tar\.gz)(?:[?#].*)?")
_COMMIT = re.compile(r".*#([0-9a-f]{7,64})")


@reader("package-lock.json", "npm-shrinkwrap.json", sniff=lambda source: lock_version(source) == 1)
def package_lock_v1(source: Source) -> Iterator[Evidence]:
    """npm's lock file, version 1: every component of the tree, once for each name and version.

    This version does not say what the project itself asked for: that is taken from the package.json beside it, and is
    unknown where there is none. A component from a repository has the commit as its version.
    """
    lock = load_object(source)
    if not isinstance(lock.get("dependencies", Object()), Object):
        raise ReadError("`dependencies` is not an object: run npm install again", lock.lines["dependencies"])
    asked = _asked(source)
    components = []
    waiting = [(lock.object("dependencies"), True)]
    for table, top in waiting:
        for folder, entry in table.items():
            place = source.at(table.lines[folder])
            if not isinstance(entry, Object) or not folder:
                yield Unread(reason=f"the entry {folder!r} describes no package", location=place)
                continue
            waiting.append((entry.object("dependencies"), False))
            stated = entry.text("version") or ""
            if stated.startswith(("file:", "link:")) and not _ARCHIVE.fullmatch(stated):
                continue
            name, version = alias(stated) or (folder, _version(stated))
            wish = asked.get(folder) if asked is not None and top else None
            components.append(
                Component(
                    name=name,
                    version=version,
                    purl=npm_url(name, None if _COMMIT.fullmatch(stated) else version),
                    requested=wish.requested if wish else None,
                    direct=wish is not None if asked is not None else None,
                    scope=scope(entry),
                    location=place,
                )
            )
    yield from distinct(components)


def _asked(source: Source) -> dict[str, Wish] | None:
    """What the package.json beside the lock asks for, `None` where there is none that can be read."""
    try:
        manifest = source.beside("package.json")
        return {wish.folder: wish for wish in reversed(list(wishes(load_object(manifest))))}
    except ReadError:
        return None


def _version(stated: str) -> str | None:
    """The version in what the lock says: a version, or the address of an archive or of a repository."""
    found = _COMMIT.fullmatch(stated) or _ARCHIVE.fullmatch(stated)
    if found:
        return found[1]
    return stated if stated and not re.search(r"[:/]", stated) else None
