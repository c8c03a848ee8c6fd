"""poetry.lock, the lock file of Poetry (lock-version 1 and 2).

Format: https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock; there is no other description of it
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.digests import labelled
from sphinxcontrib_soup.readers.locks import STRENGTH, Entry, Need, joined
from sphinxcontrib_soup.readers.pypi import named, purpose, pypi_url
from sphinxcontrib_soup.readers.python_locks import Packages, check_version, inner, listed, tables, text
from sphinxcontrib_soup.readers.python_project import beside
from sphinxcontrib_soup.readers.toml_text import Toml, load_toml

NEWEST = "2.1"


@reader("poetry.lock", ecosystem="pypi")
def poetry_lock(source: Source) -> Iterator[Evidence]:
    """Poetry's lock file: every component with the digests of its files, once for each name and version.

    What the project asks for is taken from the pyproject.toml beside it, and is unknown where there is none. Folders of
    the project are no components; what they need is asked for by the project.
    """
    toml = load_toml(source)
    stated = toml.table("metadata").get("lock-version", "1.0")
    yield from check_version(stated, NEWEST, f"up to {NEWEST}", source.at(toml.line("metadata", "lock-version")))
    packages = Packages()
    found = list(tables(toml, "package"))
    for index, table in found:
        packages.name(str(index), text(table, "name") or "", text(table, "version"))
    for index, table in found:
        entry = _entry(toml, source, packages, index, table)
        if entry:
            packages.entries[str(index)] = entry
        else:
            line = toml.line("package", index)
            yield Unread(reason="an entry has no name or no version: run poetry lock again", location=source.at(line))
    wanted = beside(source)
    asked, missing = packages.asked(wanted or (), "poetry lock")
    asked += packages.asked_by_own()
    yield from missing
    yield from joined(packages.entries, asked if wanted is not None else None)


def _entry(toml: Toml, source: Source, packages: Packages, index: int, table: Mapping[str, object]) -> Entry | None:
    name, version = text(table, "name"), text(table, "version")
    if not name or not version:
        return None
    needs = tuple(_needs(packages, table))
    if text(inner(table, "source"), "type") == "directory":
        return Entry(None, needs)
    marker = _marker(table)
    component = named(
        name,
        source.at(toml.line("package", index, "name")),
        _scope(table),
        None,
        version=version,
        direct=None,
        hashes=_hashes(toml, table, name),
        properties=(("marker", marker),) if marker else (),
    )
    return Entry(replace(component, purl=_purl(component, inner(table, "source"))), needs)


def _marker(table: Mapping[str, object]) -> str | None:
    """The environments that an entry is for, with the groups where each has its own."""
    of_groups = inner(table, "markers")
    return text(table, "markers") or "; ".join(f"{group}: {marker}" for group, marker in of_groups.items()) or None


def _purl(component: Component, origin: Mapping[str, object]) -> str | None:
    """The package URL, with where it comes from if that is not the usual index."""
    kind, url = text(origin, "type"), without_secret(text(origin, "url"))
    if kind == "file":
        return None
    if kind == "git":
        return pypi_url(component.name, component.version, vcs_url=vcs_url(url, text(origin, "resolved_reference")))
    places = {"url": "download_url", "legacy": "repository_url"}
    return pypi_url(component.name, component.version, **({places[kind]: url} if kind in places else {}))


def _scope(table: Mapping[str, object]) -> Scope | None:
    """What an entry is for, by its groups (since 2.1) or category (until 1.1); between them the lock does not say."""
    stated = table.get("groups", table.get("category"))
    groups = [stated] if isinstance(stated, str) else stated if isinstance(stated, list) else []
    scopes = [_of_group(str(group), optional=table.get("optional") is True) for group in groups]
    return min(scopes, key=STRENGTH.index) if scopes else None


def _of_group(group: str, *, optional: bool) -> Scope:
    if group == "main":
        return Scope.OPTIONAL if optional else Scope.RUNTIME
    return purpose(group) or Scope.DEVELOPMENT


def _hashes(toml: Toml, table: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The digests of the files of a package, which stand at the end of the lock until version 1.1."""
    files = listed(table, "files") or listed(toml.table("metadata", "files"), name)
    return labelled([one.get("hash") for one in files])


def _needs(packages: Packages, table: Mapping[str, object]) -> Iterator[Need]:
    for name, stated in inner(table, "dependencies").items():
        for one in stated if isinstance(stated, list) else [stated]:
            facts = one if isinstance(one, dict) else {"version": one}
            for key in packages.answers(name, text(facts, "version")):
                yield Need(key, optional=facts.get("optional") is True)
