"""What npm's files have in common: names, aliases, dependency tables and the lock's version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Component, Scope
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.json_text import Object, Value

TABLES = {
    "dependencies": Scope.RUNTIME,
    "devDependencies": Scope.DEVELOPMENT,
    "optionalDependencies": Scope.OPTIONAL,
    "peerDependencies": Scope.RUNTIME,
}
"""The tables of a package.json that name components, and what each is for."""

_STRENGTH = (Scope.RUNTIME, Scope.OPTIONAL, Scope.DEVELOPMENT, None)
_NAME = re.compile(r"(?:@[^/@]+/)?[^/@]+")
_ALIAS = re.compile(r"npm:((?:@[^/@]+/)?[^/@]+)(?:@(.*))?")


@dataclass(frozen=True, slots=True)
class Wish:
    """One entry of a dependency table: the folder name it is imported by, the range, and what it is for."""

    folder: str
    requested: str
    table: str
    scope: Scope
    line: int


def wishes(package: Object) -> Iterator[Wish]:
    """What a package asks for, in the order of its tables; what is none of it is left to :func:`bad_wishes`."""
    optional_peers = package.object("peerDependenciesMeta")
    for name, scope in TABLES.items():
        table = package.object(name)
        for folder, requested in table.items():
            if folder and isinstance(requested, str):
                optional = name == "peerDependencies" and optional_peers.object(folder).get("optional") is True
                address = without_secret(requested)
                yield Wish(folder, address, name, Scope.OPTIONAL if optional else scope, table.lines[folder])


def bad_wishes(package: Object) -> Iterator[tuple[int, str]]:
    """The lines of dependency tables that are none and of entries without name or range, each with what is wrong."""
    for name in TABLES:
        table = package.get(name)
        if isinstance(table, Object):
            for folder, requested in table.items():
                if not isinstance(requested, str):
                    yield table.lines[folder], f"{name}: the range of {folder!r} is not a text"
                elif not folder:
                    yield table.lines[folder], f"{name}: an entry has no name"
        elif table is not None:
            yield package.lines[name], f"{name} is not an object of names and ranges"


def alias(requested: str) -> tuple[str, str | None] | None:
    """The real name and the version or range of ``npm:name@range``, `None` for any other text."""
    found = _ALIAS.fullmatch(requested)
    return (found[1], found[2]) if found else None


def npm_url(name: str, version: str | None = None) -> str | None:
    """The package URL of an npm package by its full name, scope included; `None` where no package can have the name."""
    if not _NAME.fullmatch(name):
        return None
    namespace, _, short = name.rpartition("/")
    return package_url("npm", short, version, namespace or None)


def lock_version(source: Source) -> int | None:
    """The `lockfileVersion` of a lock file; 1 where it has none but npm's old layout, `None` where it shows neither."""
    try:
        text = source.text
    except ReadError:
        return None
    stated = re.search(r'"lockfileVersion"\s*:\s*(\d{1,9})\b', text)
    if stated:
        return int(stated[1])
    return 1 if '"dependencies"' in text and '"packages"' not in text else None


def licence(package: Object) -> str | None:
    """The licence a package states, in the present form (a text) or the older ones (an object, a list of them)."""
    stated = package.get("license", package.get("licenses"))
    found = [one.text("type") if isinstance(one, Object) else one for one in _listed(stated)]
    return " OR ".join(one for one in found if isinstance(one, str) and one) or None


def scope(entry: Object) -> Scope:
    """What an entry of a lock file is installed for: all that is not marked is for use."""
    if entry.get("dev") is True:
        return Scope.DEVELOPMENT
    return Scope.OPTIONAL if entry.get("optional") is True or entry.get("devOptional") is True else Scope.RUNTIME


def distinct(components: Iterable[Component]) -> list[Component]:
    """One component for each name and version, with the strongest of what its places in the tree say."""
    found: dict[tuple[str, str | None], Component] = {}
    for component in components:
        key = (component.name, component.version)
        found[key] = _merged(found[key], component) if key in found else component
    return list(found.values())


def _merged(one: Component, other: Component) -> Component:
    first = other if other.direct and not one.direct else one
    scope = min(one.scope, other.scope, key=_STRENGTH.index)
    return replace(first, scope=scope, licence=one.licence or other.licence)


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]
