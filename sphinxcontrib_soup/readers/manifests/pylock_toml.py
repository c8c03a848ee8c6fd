"""pylock.toml, the lock file that the tools of Python share (PEP 751).

Format: https://packaging.python.org/en/latest/specifications/pylock-toml/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import Source, reader
from sphinxcontrib_soup.readers.address import without_secret
from sphinxcontrib_soup.readers.digests import digest
from sphinxcontrib_soup.readers.locks import STRENGTH, Entry, Need, joined
from sphinxcontrib_soup.readers.pypi import named, purpose, pypi_url
from sphinxcontrib_soup.readers.python_locks import Packages, check_version, inner, listed, tables, text
from sphinxcontrib_soup.readers.python_project import beside
from sphinxcontrib_soup.readers.toml_text import Toml, load_toml

NEWEST = "1.0"

_MEMBER = re.compile(r"""\s*['"](?P<name>[^'"]+)['"]\s+in\s+(?P<of>extras|dependency_groups)\s*""")

Table = Mapping[str, object]


@reader("pylock.toml", "pylock.*.toml", ecosystem="pypi")
def pylock_toml(source: Source) -> Iterator[Evidence]:
    """pylock.toml: every component with the digests of its files, once for each name and version.

    What the project asks for is taken from the pyproject.toml beside it and those of its folders, which are no
    components; it is unknown where there is none.
    """
    toml = load_toml(source)
    stated = toml.document.get("lock-version", "")
    yield from check_version(stated, NEWEST, NEWEST, source.at(toml.line("lock-version") or 1))
    packages = Packages()
    found = list(tables(toml, "packages"))
    for index, table in found:
        packages.name(str(index), text(table, "name") or "", text(table, "version"))
    for index, table in found:
        if text(table, "name"):
            packages.entries[str(index)] = _entry(toml, source, packages, index, table)
        else:
            line = toml.line("packages", index)
            yield Unread(reason="an entry has no name: lock the project again", location=source.at(line))
    wanted = beside(source)
    folders = [text(inner(table, "directory"), "path") for _, table in found]
    for_folders = [one for folder in folders if folder for one in beside(source, folder) or ()]
    asked, missing = packages.asked([*(wanted or ()), *for_folders], "the tool that locks the project")
    yield from missing
    yield from joined(packages.entries, asked if wanted is not None else None)


def _entry(toml: Toml, source: Source, packages: Packages, index: int, table: Table) -> Entry:
    needs = tuple(
        Need(key)
        for one in listed(table, "dependencies")
        for key in packages.answers(text(one, "name") or "", _exactly(text(one, "version")))
    )
    if "directory" in table:
        return Entry(None, needs)
    marker = text(table, "marker")
    component = named(
        text(table, "name") or "",
        source.at(toml.line("packages", index, "name")),
        _scope(marker),
        None,
        version=text(table, "version"),
        direct=None,
        hashes=_hashes(table),
        properties=(("marker", marker),) if marker else (),
    )
    return Entry(replace(component, purl=_purl(component, table)), needs)


def _exactly(version: str | None) -> str | None:
    return f"=={version}" if version else None


def _purl(component: Component, table: Table) -> str | None:
    """The package URL, with where it comes from if that is no index."""
    vcs, archive = inner(table, "vcs"), inner(table, "archive")
    if vcs:
        if not text(vcs, "url"):
            return None
        kind, address, commit = text(vcs, "type"), without_secret(text(vcs, "url")), text(vcs, "commit-id")
        return pypi_url(component.name, component.version, vcs_url=f"{kind}+{address}@{commit}")
    if archive:
        url = without_secret(text(archive, "url"))
        return pypi_url(component.name, component.version, download_url=url) if url else None
    return pypi_url(component.name, component.version)


def _hashes(table: Table) -> tuple[str, ...]:
    files = [inner(table, "archive"), inner(table, "sdist"), *listed(table, "wheels")]
    found = (digest(name, str(value)) for one in files for name, value in inner(one, "hashes").items())
    return tuple(dict.fromkeys(one for one in found if one))


def _scope(marker: str | None) -> Scope | None:
    """What an entry is for, where its marker says no more than for which extras or groups it is installed."""
    if marker is None:
        return None
    members = [_MEMBER.fullmatch(part) for part in re.split(r"\bor\b", marker)]
    told = [one for one in members if one]
    if len(told) < len(members):
        return None
    usual = {"extras": Scope.OPTIONAL, "dependency_groups": Scope.DEVELOPMENT}
    return min((purpose(one["name"]) or usual[one["of"]] for one in told), key=STRENGTH.index)
