"""package-lock.json and npm-shrinkwrap.json of npm 7 and later (lockfileVersion 2 and 3).

Format: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Evidence, Location, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.digests import integrity
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.readers.locks import distinct, reference
from sphinxcontrib_soup.readers.npm import NEEDED, Wish, fetched_url, licence, lock_version, npm_url, scope, wishes
from sphinxcontrib_soup.readers.npm_project import unlocked

INSTALLED = "node_modules/"


@reader("package-lock.json", "npm-shrinkwrap.json", sniff=lambda source: lock_version(source) != 1, ecosystem="npm")
def package_lock(source: Source) -> Iterator[Evidence]:
    """npm's lock file, version 2 and 3: every component of the tree, once for each name and version.

    Direct is what the project or a member of its workspace asks for. The project itself, its members and the links to
    them are no components. The map `dependencies` of version 2 repeats `packages` for old npm and is not read.
    """
    packages = _packages(load_object(source))
    own = _own(packages)
    asked, unmet = _asked(packages, own)
    for wish in unmet:
        problem = f"{wish.folder} is asked for and not in the lock: run npm install again"
        yield Unread(reason=problem, location=source.at(wish.line))
    if "" in packages:
        yield from unlocked(source, {wish.folder for wish in wishes(packages.object(""))}, "npm install")
    installed: dict[str, Component] = {}
    for path, entry in packages.items():
        place = source.at(packages.lines[path])
        if not isinstance(entry, Object) or path.endswith(INSTALLED):
            yield Unread(reason=f"the entry {path!r} describes no package", location=place)
        elif INSTALLED not in path and path not in own:
            yield Unread(reason=f"{path!r} is neither installed nor linked to: run npm install again", location=place)
        elif INSTALLED in path and entry.get("link") is not True:
            installed[path] = _component(path, entry, asked.get(path), place, rooted="" in packages)
    yield from distinct(replace(one, requires=_requires(packages, path, installed)) for path, one in installed.items())


def _component(path: str, entry: Object, wish: Wish | None, place: Location, *, rooted: bool) -> Component:
    """An installed package; `rooted` where the lock has the project itself, so that direct ones can be told."""
    name = entry.text("name") or path.rpartition(INSTALLED)[2]
    version = entry.text("version")
    fetched = entry.text("resolved") or ""
    from_registry = not fetched.startswith(("git", "file:"))
    return Component(
        name=name,
        version=version,
        purl=npm_url(name, version) if from_registry else fetched_url(name, version, fetched),
        requested=wish.requested if wish else None,
        direct=wish is not None if rooted else None,
        scope=scope(entry),
        licence=licence(entry),
        hashes=integrity(entry.text("integrity")),
        location=place,
    )


def _requires(packages: Object, path: str, installed: Mapping[str, Component]) -> tuple[str, ...]:
    """What an installed package needs, as Node.js finds it from its folder."""
    folders = dict.fromkeys(folder for table in NEEDED for folder in packages.object(path).object(table) if folder)
    found = (_resolved(packages, path, folder) for folder in folders)
    return tuple(dict.fromkeys(reference(installed[one]) for one in found if one and one in installed))


def _packages(lock: Object) -> Object:
    version = lock.get("lockfileVersion")
    if isinstance(version, bool) or version not in (2, 3):
        stated = f"lockfileVersion {version!r}" if "lockfileVersion" in lock else "no lockfileVersion"
        line = lock.lines.get("lockfileVersion", 1)
        raise ReadError(f"it has {stated}; 1, 2 and 3 can be read: run npm install --lockfile-version 3", line)
    packages = lock.get("packages")
    if not isinstance(packages, Object):
        raise ReadError("it has no object `packages`: run npm install again", lock.lines.get("packages", 1))
    return packages


def _own(packages: Object) -> frozenset[str]:
    """The folders of the project itself and of what it links to."""
    links = [entry for entry in packages.values() if isinstance(entry, Object) and entry.get("link") is True]
    targets = {posixpath.normpath(link.text("resolved") or ".") for link in links}
    return frozenset({"", *(target for target in targets if INSTALLED not in target)})


def _asked(packages: Object, own: frozenset[str]) -> tuple[dict[str, Wish], list[Wish]]:
    """Which installed folder answers which wish of the project's own packages, and the wishes that none answers."""
    answered: dict[str, Wish] = {}
    unmet = []
    for member in sorted(own):
        package = packages.object(member)
        may_be_absent = package.object("optionalDependencies").keys() | package.object("peerDependencies").keys()
        for wish in wishes(package):
            path = _resolved(packages, member, wish.folder)
            if path:
                answered.setdefault(path, wish)
            elif wish.folder not in may_be_absent:
                unmet.append(wish)
    return answered, unmet


def _resolved(packages: Object, member: str, folder: str) -> str | None:
    """The installed folder that a package in the folder `member` gets by this name, found as Node.js does: upwards."""
    while True:
        path = f"{member}/{INSTALLED}{folder}" if member else INSTALLED + folder
        if path in packages:
            return path
        if not member:
            return None
        member = posixpath.dirname(member)
