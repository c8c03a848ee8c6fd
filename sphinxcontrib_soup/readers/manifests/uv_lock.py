"""uv.lock, the lock file of uv (version 1).

Format: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile, described in
https://github.com/astral-sh/uv/blob/main/crates/uv-resolver/src/lock/mod.rs
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from packaging.utils import canonicalize_name

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.digests import labelled
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.pypi import named, purpose, pypi_url
from sphinxcontrib_soup.readers.python_locks import Packages, allows, inner, listed, tables, text
from sphinxcontrib_soup.readers.toml_text import load_toml
from sphinxcontrib_soup.wording import shown

VERSION = 1

OWN = ("editable", "virtual", "directory")
"""The sources that are folders: the project, its members and what they take from folders beside them."""

Table = Mapping[str, object]
Stated = dict[str, list[str | None]]


@reader("uv.lock", ecosystem="pypi")
def uv_lock(source: Source) -> Iterator[Evidence]:
    """uv's lock file: every component with the digests of its files, once for each name and version.

    Direct is what the project or a member of its workspace asks for, in use, by an extra or in a group. A revision of
    the format adds to it, another version is another format and is refused.
    """
    toml = load_toml(source)
    stated = toml.document.get("version")
    if isinstance(stated, bool) or stated != VERSION:
        said = f"version {shown(str(stated))!r}" if stated is not None else "no version"
        raise ReadError(f"it has {said}; {VERSION} can be read", toml.line("version") or 1)
    packages = Packages()
    found = list(tables(toml, "package"))
    for index, table in found:
        packages.name(str(index), text(table, "name") or "", text(table, "version"))
    asked: list[Ask] = []
    for index, table in found:
        place = source.at(toml.line("package", index, "name") or toml.line("package", index))
        if not text(table, "name"):
            yield Unread(reason="an entry has no name: run uv lock again", location=place)
            continue
        packages.entries[str(index)] = _entry(place, packages, table)
        asked += _asked(packages, table) if _is_own(table) else ()
        for name in _dangling(packages, table):
            yield Unread(reason=f"{shown(name)} is asked for and not in the lock: run uv lock again", location=place)
    yield from joined(packages.entries, asked)


def _is_own(table: Table) -> bool:
    return any(kind in inner(table, "source") for kind in OWN)


def _entry(place: Location, packages: Packages, table: Table) -> Entry:
    if _is_own(table):
        return Entry(None, tuple(Need(key) for one in listed(table, "dependencies") for key in _answers(packages, one)))
    needs = tuple(Need(key) for one in _wanted(table) for key in _answers(packages, one))
    files = [inner(table, "sdist"), *listed(table, "wheels")]
    component = named(
        text(table, "name") or "",
        place,
        None,
        None,
        version=text(table, "version"),
        direct=None,
        hashes=labelled([one.get("hash") for one in files]),
    )
    return Entry(replace(component, purl=_purl(component, inner(table, "source"))), needs)


def _purl(component: Component, origin: Table) -> str | None:
    """The package URL, with where it comes from if that is no index."""
    git, url = text(origin, "git"), text(origin, "url")
    if "path" in origin:
        return None
    if git:
        address, _, commit = git.partition("#")
        plain = without_secret(address.partition("?")[0])
        return pypi_url(
            component.name, component.version, vcs_url=f"git+{plain}@{commit}" if commit else f"git+{plain}"
        )
    return pypi_url(component.name, component.version, download_url=without_secret(url) or None)


def _wanted(table: Table) -> Iterator[Table]:
    """What an entry needs: itself, and for each of its extras."""
    yield from listed(table, "dependencies")
    for extra in inner(table, "optional-dependencies"):
        yield from listed(inner(table, "optional-dependencies"), extra)


def _answers(packages: Packages, wanted: Table) -> list[str]:
    """The entries that a dependency means: of several of its name the one whose version it states."""
    keys = packages.of_name.get(canonicalize_name(text(wanted, "name") or ""), [])
    version = text(wanted, "version")
    return [key for key in keys if packages.versions[key] == version] if version else keys


def _asked(packages: Packages, table: Table) -> Iterator[Ask]:
    """What a package of the project asks for."""
    facts = inner(table, "metadata")
    stated = _specifiers(facts, "requires-dist")
    for one in listed(table, "dependencies"):
        yield from _asks(packages, one, Scope.RUNTIME, stated)
    for extra in inner(table, "optional-dependencies"):
        for one in listed(inner(table, "optional-dependencies"), extra):
            yield from _asks(packages, one, purpose(extra) or Scope.OPTIONAL, stated)
    for group in inner(table, "dev-dependencies"):
        of_group = _specifiers(inner(facts, "requires-dev"), group)
        for one in listed(inner(table, "dev-dependencies"), group):
            yield from _asks(packages, one, purpose(group) or Scope.DEVELOPMENT, of_group)


def _specifiers(facts: Table, name: str) -> Stated:
    """The ranges that a package states for each name it asks for: several where it does so for several environments."""
    found: Stated = {}
    for one in listed(facts, name):
        found.setdefault(canonicalize_name(text(one, "name") or ""), []).append(text(one, "specifier"))
    return found


def _asks(packages: Packages, wanted: Table, scope: Scope, stated: Stated) -> Iterator[Ask]:
    ranges = stated.get(canonicalize_name(text(wanted, "name") or ""), [])
    for key in _answers(packages, wanted):
        fitting = (one for one in ranges if one and allows(one, packages.versions[key]))
        yield Ask(key, next(fitting, None), scope)


def _dangling(packages: Packages, table: Table) -> Iterator[str]:
    """The names that an entry needs and that the lock has no entry of."""
    groups = inner(table, "dev-dependencies")
    wanted = [*_wanted(table), *(one for group in groups for one in listed(groups, group))]
    return (text(one, "name") or "" for one in wanted if not _answers(packages, one))
