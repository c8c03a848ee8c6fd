"""pnpm-lock.yaml of pnpm 3 and later (lockfileVersion 5, 6 and 9).

Formats: https://github.com/pnpm/spec/tree/master/lockfile, https://pnpm.io/lockfile
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.digests import integrity
from sphinxcontrib_soup.readers.json_text import Object
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, distinct, joined
from sphinxcontrib_soup.readers.npm import NO_COPY, descriptor, npm_url
from sphinxcontrib_soup.readers.npm_project import unlocked
from sphinxcontrib_soup.readers.yaml_text import Document, load_documents
from sphinxcontrib_soup.wording import shown

TABLES = {
    "dependencies": Scope.RUNTIME,
    "devDependencies": Scope.DEVELOPMENT,
    "optionalDependencies": Scope.OPTIONAL,
    "configDependencies": Scope.BUILD,
    "packageManagerDependencies": Scope.BUILD,
}
"""The tables of an importer, and what each is for. The last two are what pnpm itself is run with."""

_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:-inlineSpecifiers)?")
_REGISTRY = re.compile(r"[^/@]*[.:][^/@]*/(?=.*[^/])")
_SEMVER = re.compile(r"\d+\.\d+\.\d+[^/:]*")


@dataclass(frozen=True)
class _Lock:
    """One document of a lock file; `major` is its version."""

    source: Source
    content: Object
    major: int

    @property
    def packages(self) -> Object:
        return self.content.object("packages")

    @property
    def snapshots(self) -> Object:
        """Where the packages tell what they need: since version 9 that is once for each set of peers."""
        return self.content.object("snapshots") if self.major >= 9 else self.packages

    @property
    def keys(self) -> list[str]:
        """The keys of all entries; a package that no snapshot is of stands for itself."""
        bare = {_without_peers(key) for key in self.snapshots} if self.major >= 9 else set()
        return [*self.snapshots, *(key for key in self.packages if self.major >= 9 and key not in bare)]

    def key(self, name: str, resolved: str) -> str | None:
        """The entry that a name was resolved to; `None` for a folder of the project itself, and where there is none."""
        if self.major >= 9:
            tried = [f"{name}@{resolved}", resolved]
        else:
            tried = [f"/{name}/{resolved}", f"/{name}@{resolved}", resolved]
        return next((one for one in tried if one in self.snapshots), None)


@reader("pnpm-lock.yaml", "pnpm-lock.*.yaml", ecosystem="npm")
def pnpm_lock(source: Source) -> Iterator[Evidence]:
    """pnpm's lock file, version 5, 6 and 9: every component, once for each name and version.

    Direct is what the project or a member of its workspace asks for; links between them are no components. Patched
    packages have the patch among their properties. What pnpm itself is run with stands in a document of its own since
    pnpm 11, and serves the build.
    """
    found: list[Component] = []
    noted: set[str] = set()
    for document in load_documents(source):
        lock = _Lock(source, document.value, _major(document))
        entries: dict[str, Entry] = {}
        for key in lock.keys:
            try:
                entries[key] = _entry(lock, key)
            except ValueError as error:
                line = lock.snapshots.lines.get(key) or lock.packages.lines.get(key)
                yield Unread(reason=str(error), location=source.at(line))
        asked = list(_asked(lock))
        yield from (one for one in asked if isinstance(one, Unread))
        found += joined(entries, [one for one in asked if isinstance(one, Ask)])
        own = lock.content.object("importers").object(".") or lock.content
        noted |= {name for table in TABLES for name in own.object(table)}
    yield from unlocked(source, noted, "pnpm install")
    yield from distinct(found)


def _major(document: Document) -> int:
    lock = document.value
    stated = lock.text("lockfileVersion") or ""
    version = _VERSION.fullmatch(stated)
    if version is None or int(version[1]) not in (5, 6, 9):
        line = lock.lines.get("lockfileVersion", document.line)
        raise ReadError(f"it has the lockfileVersion {shown(stated)!r}; 5, 6 and 9 can be read", line)
    for name in ("importers", "packages", "snapshots"):
        if lock.get(name) is not None and not isinstance(lock[name], Object):
            raise ReadError(f"{name} is not a mapping: run pnpm install again", lock.lines[name])
    return int(version[1])


def _entry(lock: _Lock, key: str) -> Entry:
    """An entry of a lock.

    :raises ValueError: with a sentence for people, if it describes no package
    """
    bare = _without_peers(key) if lock.major >= 9 else key
    content = lock.packages.get(bare, False)
    content = Object() if content is None else content
    if not isinstance(content, Object):
        raise ValueError(f"the entry {shown(key)!r} describes no package: run pnpm install again")
    name, version = _named(lock, bare, content)
    if version is None and not content.object("resolution"):
        raise ValueError(f"the entry {shown(key)!r} has no version: run pnpm install again")
    patch = _patch(lock, name, version)
    component = Component(
        name=name,
        version=version,
        purl=_purl(name, version, bare, content.object("resolution")),
        scope=_scope(lock, content),
        hashes=integrity(content.object("resolution").text("integrity")),
        location=lock.source.at(lock.packages.lines[bare]),
        properties=(("patched", patch),) if patch else (),
    )
    return Entry(component, tuple(_needs(lock, lock.snapshots.object(key))))


def _without_peers(key: str) -> str:
    """A key without what stands in round brackets behind it: the peers it was resolved with, the digest of a patch."""
    return key.partition("(")[0]


def _named(lock: _Lock, key: str, content: Object) -> tuple[str, str | None]:
    """The name and the version of an entry: as it says, or as its key does.

    The key is `/name/version_peers` in version 5, `/name@version(peers)` in version 6 and `name@version` in version 9,
    behind the address of a registry that is not the default one. One that is none of the registry says both itself.
    """
    path = key.removeprefix("/") if key.startswith("/") else _REGISTRY.sub("", key, count=1)
    if lock.major >= 6:
        named = descriptor(_without_peers(path if lock.major < 9 else key))
    else:
        scoped = path.startswith("@")
        parts = path.split("/", 2 if scoped else 1)
        named = ("/".join(parts[:-1]), parts[-1].partition("_")[0]) if len(parts) == (3 if scoped else 2) else None
    name = content.text("name") or (named[0] if named else None)
    if not name:
        raise ValueError(f"the entry {shown(key)!r} has no name: run pnpm install again")
    version = content.text("version")
    if not version and named:
        stated = named[1].removeprefix("runtime:")
        version = stated if _SEMVER.fullmatch(stated) else None
    return name, version


def _purl(name: str, version: str | None, key: str, resolution: Object) -> str | None:
    repository, tarball = resolution.text("repo"), resolution.text("tarball") or ""
    if resolution.text("type") == "directory" or tarball.startswith("file:"):
        return None
    if "@runtime:" in key:
        return package_url("generic", name, version)
    if repository:
        return npm_url(name, version, vcs_url=vcs_url(repository, resolution.text("commit")))
    elsewhere = tarball and not resolution.text("integrity")
    return npm_url(name, version, download_url=without_secret(tarball) if elsewhere else None)


def _patch(lock: _Lock, name: str, version: str | None) -> str | None:
    """The patch that a package is changed by, if any: its path, or its digest where the lock has no more."""
    patches = lock.content.object("patchedDependencies")
    stated = next((patches[one] for one in (f"{name}@{version}", name) if one in patches), None)
    if isinstance(stated, Object):
        return stated.text("path") or stated.text("hash")
    return stated if isinstance(stated, str) else None


def _scope(lock: _Lock, content: Object) -> Scope | None:
    """What an entry is installed for; since version 9 the lock leaves that to what leads to it."""
    if lock.major >= 9:
        return None
    if content.get("dev") is True:
        return Scope.DEVELOPMENT
    return Scope.OPTIONAL if content.get("optional") is True else Scope.RUNTIME


def _needs(lock: _Lock, content: Object) -> Iterator[Need]:
    for table in ("dependencies", "optionalDependencies"):
        for name, resolved in content.object(table).items():
            key = lock.key(name, resolved) if isinstance(resolved, str) else None
            if key:
                yield Need(key, optional=table == "optionalDependencies")


def _asked(lock: _Lock) -> Iterator[Ask | Unread]:
    """What the project and its members ask for; where it has none, its tables stand at the top of the lock."""
    importers = lock.content.object("importers")
    for importer in [one for one in importers.values() if isinstance(one, Object)] or [lock.content]:
        for table, scope in TABLES.items():
            for name, stated in importer.object(table).items():
                resolution = stated if isinstance(stated, Object) else Object()
                resolved = resolution.text("version") if resolution else stated
                requested = resolution.text("specifier") or importer.object("specifiers").text(name)
                key = lock.key(name, resolved) if isinstance(resolved, str) else None
                if key:
                    yield Ask(key, without_secret(_catalogued(lock, name, requested)) or None, scope)
                elif not isinstance(resolved, str) or not NO_COPY.match(resolved):
                    reason = f"{shown(name)} is asked for and has no entry: run pnpm install again"
                    yield Unread(reason=reason, location=lock.source.at(importer.object(table).lines[name]))


def _catalogued(lock: _Lock, name: str, requested: str | None) -> str | None:
    """A range as it is asked for; one that is left to a catalogue of the workspace as that has it."""
    if not requested or not requested.startswith("catalog:"):
        return requested
    catalogue = lock.content.object("catalogs").object(requested.removeprefix("catalog:") or "default")
    return catalogue.object(name).text("specifier") or requested
