"""What npm's files have in common: names, aliases, dependency tables and the lock's version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Scope
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.json_text import Object, Value

TABLES = {
    "dependencies": Scope.RUNTIME,
    "devDependencies": Scope.DEVELOPMENT,
    "optionalDependencies": Scope.OPTIONAL,
    "peerDependencies": Scope.RUNTIME,
}
"""The tables of a package.json that name components, and what each is for."""

NEEDED = ("dependencies", "optionalDependencies", "peerDependencies")
"""The tables of a package that name what it needs where it is installed."""

NO_COPY = re.compile(r"(?:link|portal|workspace):")
"""Requests for a folder that is used where it lies: the project's own, no component."""

_NAME = re.compile(r"(?:@[^/@]+/)?[^/@]+")
_DESCRIPTOR = re.compile(r"((?:@[^/@]+/)?[^/@]+)@(.*)", re.DOTALL)
_GIT = re.compile(r"(?:git\+|git:|ssh:|git@)|.*\.git(?:#|$)", re.IGNORECASE)
_HOSTED = re.compile(r"(?:(github|gitlab|bitbucket):)?([\w.-]+/[\w.-]+)(?:#(.*))?")
_HOSTS = {None: "github.com", "github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org"}
_FOLDER = re.compile(r"(?:file:|\.{1,2}(?:/|$)|/|~/|[A-Za-z]:[\\/])")
_ARCHIVE = re.compile(r"(?:.*[/-])?v?(\d+\.\d+\.\d+[^/]*)\.(?:tgz|tar\.gz)(?:[?#].*)?")
_COMMIT = re.compile(r"(?:commit[=:])?([0-9a-f]{7,64})")
_ALIAS = re.compile(r"npm:((?:@[^/@]+/)?[^/@]+)(?:@(.*))?")


@dataclass(frozen=True, slots=True)
class Wish:
    """One entry of a dependency table: the folder name it is imported by, the range, and what it is for."""

    folder: str
    requested: str
    table: str
    scope: Scope
    line: int

    @property
    def may_be_absent(self) -> bool:
        """Whether a lock need not have it: what is optional for this machine, or left to whoever uses the package."""
        return self.table in ("optionalDependencies", "peerDependencies")


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


def npm_url(name: str, version: str | None = None, **origin: str | None) -> str | None:
    """The package URL of an npm package by its full name, scope included; `None` where no package can have the name.

    `origin` are its `vcs_url` or `download_url`, for one that does not come from a registry.
    """
    if not _NAME.fullmatch(name):
        return None
    namespace, _, short = name.rpartition("/")
    return package_url("npm", short, version, namespace or None, qualifiers=origin)


def descriptor(text: str) -> tuple[str, str] | None:
    """The name and the rest of ``name@rest``, `None` where there is no name before an ``@``."""
    found = _DESCRIPTOR.fullmatch(text)
    return (found[1], found[2]) if found else None


def fetched_url(name: str, version: str | None, requested: str, fetched: str | None = None) -> str | None:
    """The package URL of a package by what was asked for, and the address that it is fetched from where a lock has it.

    One from a repository or from an address has it in the URL: it need not be the package that the registry has by
    that name and version. One from a folder has none.
    """
    address = fetched or requested
    hosted = _HOSTED.fullmatch(address)
    if _FOLDER.match(requested):
        return None
    if _GIT.match(address):
        where, _, fragment = address.partition("#")
        return npm_url(name, version, vcs_url=vcs_url(where, _revision(fragment)))
    if hosted:
        where = f"https://{_HOSTS[hosted[1]]}/{hosted[2]}"
        return npm_url(name, version, vcs_url=vcs_url(where, _revision(hosted[3] or "")))
    if re.match(r"https?:", requested) or _HOSTED.fullmatch(requested) or _GIT.match(requested):
        return npm_url(name, version, download_url=without_secret(address.partition("#")[0]))
    return npm_url(name, version)


def _revision(fragment: str) -> str | None:
    """The revision that the fragment of an address names, alone or, as Yarn writes it, as ``commit=``."""
    named = re.search(r"(?:^|&)(?:commit|tag|head)[=:]([^&]+)", fragment)
    return named[1] if named else fragment or None


def version_in(address: str) -> str | None:
    """The version that an address gives away: in the name of an archive, or as the commit of a repository."""
    archive, commit = _ARCHIVE.fullmatch(address), _COMMIT.fullmatch(address.partition("#")[2])
    found = commit or archive
    return found[1] if found else None


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


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]
