"""yarn.lock of Yarn 2 and later (berry).

Format: https://yarnpkg.com/advanced/lexicon, https://yarnpkg.com/protocols
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.json_text import Object
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.npm import NO_COPY, descriptor, fetched_url, npm_url, wishes
from sphinxcontrib_soup.readers.npm_project import Member, member
from sphinxcontrib_soup.readers.yaml_text import load_yaml
from sphinxcontrib_soup.readers.yarn_text import is_berry
from sphinxcontrib_soup.wording import shown

METADATA = "__metadata"
NEWEST = 10
"""The newest version of the lock that is known (4 came with Yarn 2.0)."""

_OWN = "workspace:"
_SELECTOR = re.compile(r"(?:.+?/)??(?P<name>(?:@[^/@]+/)?[^/@]+)(?:@(?P<range>.+))?")
_PATCHED = re.compile(r"patch:(?P<inner>[^#]*)#(?P<patch>[^:]*)")


@dataclass(frozen=True, slots=True)
class _Lock:
    """The entries of a lock by the descriptors they answer, and what the project puts in the place of requests."""

    source: Source
    content: Object
    keys: Mapping[str, str]
    of_name: Mapping[str, tuple[str, ...]]
    resolutions: tuple[tuple[str, str | None, str], ...] = ()

    def answer(self, name: str, requested: str) -> str | None:
        """The entry that answers a request: by what is written, by a resolution, or as the only version of its name."""
        wanted = _descriptor(name, requested)
        replaced = [
            _descriptor(name, value)
            for resolved, only_for, value in self.resolutions
            if resolved == name and only_for in (None, requested, wanted.removeprefix(f"{name}@"))
        ]
        for one in (*replaced, wanted, f"{name}@{requested}"):
            if one in self.keys:
                return self.keys[one]
        several = self.of_name.get(name, ())
        return several[-1] if len({self.content.object(key).text("version") for key in several}) == 1 else None


def _descriptor(name: str, requested: str) -> str:
    """A request as a lock writes it: with the protocol, which a range of the registry may leave out."""
    return f"{name}@{requested}" if ":" in requested else f"{name}@npm:{requested}"


@reader("yarn.lock", sniff=is_berry, ecosystem="npm")
def yarn_lock(source: Source) -> Iterator[Evidence]:
    """Yarn's lock file since version 2: every component, once for each name and version.

    Direct is what the project or a member of its workspace asks for; what for is taken from their package.json, where
    they lie beside the lock. Patched packages have the source of the patch among their properties. The checksums are
    those of Yarn's own archives, not of the packages, and are not read.
    """
    lock = _lock(source)
    entries: dict[str, Entry] = {}
    asked: list[Ask] = []
    for key, content in lock.content.items():
        if key == METADATA:
            continue
        place = source.at(lock.content.lines[key])
        found = _entry(lock, key, content)
        if found is None:
            reason = f"the entry {shown(without_secret(key))!r} describes no package"
            yield Unread(reason=reason, location=place)
        elif isinstance(content, Object):
            entries[key] = found
            if found.component is None:
                for one in _asked(lock, content):
                    if isinstance(one, Unread):
                        yield one
                    else:
                        asked.append(one)
    rooted = any(isinstance(one, Object) and _own_folder(one) is not None for one in lock.content.values())
    yield from joined(entries, asked if rooted else None)


def _lock(source: Source) -> _Lock:
    if source.text.lstrip().startswith("{"):
        raise ReadError("it is the JSON of a Yarn later than 4, which cannot be read", 1)
    content = load_yaml(source)
    stated = content.object(METADATA).text("version") or ""
    if not stated.isdecimal() or not 1 <= int(stated) <= NEWEST:
        raise ReadError(f"it has the version {shown(stated)!r}; up to {NEWEST} can be read", content.lines[METADATA])
    keys = {one.strip(): key for key in content for one in key.split(",") if key != METADATA}
    keys = {one.partition("::")[0]: key for one, key in keys.items()} | keys
    of_name: dict[str, tuple[str, ...]] = {}
    for one, key in keys.items():
        name = (descriptor(one) or (one,))[0]
        of_name[name] = tuple(dict.fromkeys((*of_name.get(name, ()), key)))
    return _Lock(source, content, keys, of_name, tuple(_resolutions(member(source, ""))))


def _resolutions(manifest: Member | None) -> Iterator[tuple[str, str | None, str]]:
    """What the project puts in the place of requests: a name, the request if it is only for one, and what instead."""
    for selector, value in manifest.package.object("resolutions").items() if manifest else ():
        found = _SELECTOR.fullmatch(selector)
        if found and isinstance(value, str):
            yield found["name"], found["range"], value


def _own_folder(content: Object) -> str | None:
    """The folder of a package of the project itself, `None` for any other."""
    named = descriptor(content.text("resolution") or "")
    return named[1].removeprefix(_OWN) if named and named[1].startswith(_OWN) else None


def _entry(lock: _Lock, key: str, content: object) -> Entry | None:
    if not isinstance(content, Object):
        return None
    named = descriptor(content.text("resolution") or "")
    version = content.text("version")
    if named is None or not version:
        return None
    needs = tuple(_needs(lock, content))
    if NO_COPY.match(named[1]):
        return Entry(None, needs)
    name, locator = named
    patch = _PATCHED.match(locator)
    origin = unquote(patch["inner"]).removeprefix(f"{name}@") if patch else locator
    purl = (
        npm_url(name, version) if origin.startswith("npm:") else fetched_url(name, version, origin.partition("::")[0])
    )
    component = Component(
        name=name,
        version=version,
        purl=purl,
        location=lock.source.at(lock.content.lines[key]),
        properties=(("patched", patch["patch"]),) if patch and "builtin<" not in patch["patch"] else (),
    )
    return Entry(component, needs)


def _needs(lock: _Lock, content: Object) -> Iterator[Need]:
    meta = content.object("dependenciesMeta")
    for name, requested in content.object("dependencies").items():
        key = lock.answer(name, requested) if isinstance(requested, str) else None
        if key:
            yield Need(key, optional=meta.object(name).get("optional") is True)


def _asked(lock: _Lock, content: Object) -> Iterator[Ask | Unread]:
    """What a package of the project asks for: by its package.json where there is one, otherwise by the lock alone."""
    folder = _own_folder(content)
    manifest = member(lock.source, posixpath.normpath(folder)) if folder is not None else None
    if manifest:
        yield from _asked_by(lock, content.object("dependencies"), manifest)
        return
    meta = content.object("dependenciesMeta")
    for name, requested in content.object("dependencies").items():
        if isinstance(requested, str) and not NO_COPY.match(requested):
            key = lock.answer(name, requested)
            optional = meta.object(name).get("optional") is True
            place = lock.source.at(content.object("dependencies").lines[name])
            yield Ask(key, _range(requested), Scope.OPTIONAL if optional else None) if key else _missing(name, place)


def _asked_by(lock: _Lock, locked: Object, manifest: Member) -> Iterator[Ask | Unread]:
    for wish in wishes(manifest.package):
        place = manifest.source.at(wish.line)
        requested = locked.text(wish.folder)
        if NO_COPY.match(wish.requested) or (requested is not None and NO_COPY.match(requested)):
            continue
        key = lock.answer(wish.folder, requested) if requested is not None else None
        if key:
            yield Ask(key, wish.requested, wish.scope)
        elif not wish.may_be_absent:
            yield _missing(wish.folder, place)
        if requested is not None and wish.table != "peerDependencies" and _differ(requested, wish.requested):
            reason = (
                f"{shown(wish.folder)} {shown(wish.requested)} is asked for, but the yarn.lock was made for "
                f"{shown(_range(requested))}: run yarn install again"
            )
            yield Unread(reason=reason, location=place)


def _missing(name: str, place: Location) -> Unread:
    return Unread(reason=f"{shown(name)} is asked for and not in the yarn.lock: run yarn install again", location=place)


def _differ(locked: str, wanted: str) -> bool:
    """Whether a lock was made for another range than a manifest has. Where a patch lies is written in several ways."""
    patched = locked.startswith("patch:") and wanted.startswith("patch:")
    return _range(locked) != _range(wanted) and not patched


def _range(requested: str) -> str:
    """A request as a package.json has it: a range of the registry without the protocol before it, and no secret."""
    plain = requested.removeprefix("npm:")
    return without_secret(requested if descriptor(plain) else plain)
