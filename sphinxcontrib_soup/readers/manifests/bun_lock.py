"""bun.lock, the lock file of Bun 1.2 and later as text.

Format: https://bun.com/docs/pm/lockfile, https://bun.com/reference/bun/BunLockFile
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.model import Component, Evidence, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.digests import integrity
from sphinxcontrib_soup.readers.json_text import Object, Value, load_object
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.npm import NEEDED, NO_COPY, Wish, descriptor, fetched_url, npm_url, version_in, wishes
from sphinxcontrib_soup.readers.npm_project import unlocked
from sphinxcontrib_soup.wording import shown

NEWEST = 3
"""The newest version of the lock that is known; they differ in what is no concern here."""

_ROOT = re.compile(r"root:|workspace:")
_VERSION = re.compile(r"\d+\.\d+\.\d+[^/:]*")
_SEGMENT = re.compile(r"(?:@[^/]+/)?[^/]+")


@dataclass(frozen=True)
class _Lock:
    source: Source
    content: Object

    @property
    def packages(self) -> Object:
        return self.content.object("packages")

    def found(self, around: str, name: str) -> str | None:
        """The entry that a name stands for in another: the entry below it, or below one around it."""
        while True:
            key = f"{around}/{name}" if around else name
            if key in self.packages:
                return key
            if not around:
                return None
            around = "/".join(_SEGMENT.findall(around)[:-1])


@reader("bun.lock", "bun.lockb", ecosystem="npm")
def bun_lock(source: Source) -> Iterator[Evidence]:
    """Bun's lock file: every component, once for each name and version; its old binary form cannot be read.

    Direct is what the project or a member of its workspace asks for. A component from a repository has the commit as
    its version. Patched packages have the patch among their properties.
    """
    if source.path.name.lower().endswith("b"):
        raise ReadError("it is Bun's binary form: run bun install --save-text-lockfile and name bun.lock")
    lock = _Lock(source, load_object(source, lenient=True))
    _check(lock.content)
    entries: dict[str, Entry] = {}
    for key, content in lock.packages.items():
        entry = _entry(lock, key, content)
        if entry:
            entries[key] = entry
        else:
            place = source.at(lock.packages.lines[key])
            yield Unread(reason=f"the entry {shown(key)!r} describes no package", location=place)
    asked = list(_asked(lock))
    own = lock.content.object("workspaces").object("")
    yield from unlocked(source, {wish.folder for wish in wishes(own)}, "bun install")
    yield from (one for one in asked if isinstance(one, Unread))
    yield from joined(entries, [one for one in asked if isinstance(one, Ask)])


def _check(lock: Object) -> None:
    version = lock.get("lockfileVersion")
    if isinstance(version, bool) or not isinstance(version, int) or not 0 <= version <= NEWEST:
        stated = f"lockfileVersion {version!r}" if "lockfileVersion" in lock else "no lockfileVersion"
        raise ReadError(f"it has {stated}; up to {NEWEST} can be read", lock.lines.get("lockfileVersion", 1))
    for name in ("workspaces", "packages"):
        if not isinstance(lock.get(name, Object()), Object):
            raise ReadError(f"`{name}` is not an object: run bun install again", lock.lines[name])


def _entry(lock: _Lock, key: str, content: Value) -> Entry | None:
    """An entry: an array of `name@version`, facts about it, and its digest."""
    parts = content if isinstance(content, list) else []
    named = descriptor(parts[0]) if parts and isinstance(parts[0], str) else None
    if named is None:
        return None
    facts = next((one for one in parts if isinstance(one, Object)), Object())
    needs = tuple(_needs(lock, key, facts))
    name, resolved = named
    if NO_COPY.match(resolved) or _ROOT.match(resolved):
        return Entry(None, needs)
    from_registry = _VERSION.fullmatch(resolved) is not None
    version = resolved if from_registry else version_in(resolved)
    by_commit = version is not None and resolved.endswith(f"#{version}")
    patch = lock.content.object("patchedDependencies").text(f"{name}@{resolved}")
    component = Component(
        name=name,
        version=version,
        purl=npm_url(name, version) if from_registry else fetched_url(name, None if by_commit else version, resolved),
        hashes=integrity(parts[-1] if isinstance(parts[-1], str) else None),
        location=lock.source.at(lock.packages.lines[key]),
        properties=(("patched", patch),) if patch else (),
    )
    return Entry(component, needs)


def _needs(lock: _Lock, key: str, facts: Object) -> Iterator[Need]:
    optional = facts.get("optionalPeers")
    without = optional if isinstance(optional, list) else []
    for table in NEEDED:
        for name in facts.object(table):
            found = lock.found(key, name)
            if found:
                yield Need(found, table == "optionalDependencies" or (table == "peerDependencies" and name in without))


def _asked(lock: _Lock) -> Iterator[Ask | Unread]:
    for member in lock.content.object("workspaces").values():
        if not isinstance(member, Object):
            continue
        for wish in wishes(member):
            key = lock.found(member.text("name") or "", wish.folder)
            if key:
                yield Ask(key, _catalogued(lock, wish), wish.scope)
            elif not wish.may_be_absent:
                reason = f"{shown(wish.folder)} is asked for and has no entry: run bun install again"
                yield Unread(reason=reason, location=lock.source.at(wish.line))


def _catalogued(lock: _Lock, wish: Wish) -> str:
    """A range as it is asked for; one that is left to a catalogue of the workspace as that has it."""
    if not wish.requested.startswith("catalog:"):
        return wish.requested
    name = wish.requested.removeprefix("catalog:")
    catalogue = lock.content.object("catalogs").object(name) if name else lock.content.object("catalog")
    return catalogue.text(wish.folder) or wish.requested
