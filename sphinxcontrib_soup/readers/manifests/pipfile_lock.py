"""Pipfile.lock, the lock file of Pipenv (pipfile-spec 6).

Format: https://pipenv.pypa.io/en/latest/pipfile.html#pipfile-lock
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.digests import labelled
from sphinxcontrib_soup.readers.json_text import Object, load_object
from sphinxcontrib_soup.readers.locks import Entry, joined
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.pypi import named, pypi_url
from sphinxcontrib_soup.readers.python_locks import Packages
from sphinxcontrib_soup.readers.python_project import pipfile_declared, pipfile_scope
from sphinxcontrib_soup.readers.toml_text import load_toml
from sphinxcontrib_soup.wording import shown

SPEC = 6
FACTS = "_meta"


@reader("Pipfile.lock", ecosystem="pypi")
def pipfile_lock(source: Source) -> Iterator[Evidence]:
    """Pipenv's lock file: every component with the digests of its files, once for each name and version.

    What the project asks for is taken from the Pipfile beside it, and is unknown where there is none. Folders of the
    project are no components.
    """
    lock = load_object(source)
    spec = lock.object(FACTS).get("pipfile-spec", SPEC)
    if spec != SPEC or isinstance(spec, bool):
        line = lock.object(FACTS).lines.get("pipfile-spec")
        raise ReadError(f"it has the pipfile-spec {spec!r}; {SPEC} can be read", line)
    packages = Packages()
    for section, entries in lock.items():
        if section == FACTS:
            continue
        if not isinstance(entries, Object):
            yield Unread(reason=f"{shown(section)} is not an object", location=source.at(lock.lines[section]))
            continue
        for name, entry in entries.items():
            place = source.at(entries.lines[name])
            if not isinstance(entry, Object) or not name:
                yield Unread(reason=f"the entry {shown(name)!r} describes no package", location=place)
            elif not _is_folder(entry):
                component = _component(name, entry, pipfile_scope(section), place)
                key = f"{section} {name}"
                packages.name(key, name, component.version)
                packages.entries[key] = Entry(component)
    wanted = _declared(source)
    asked, missing = packages.asked(wanted or (), "pipenv lock")
    yield from missing
    yield from joined(packages.entries, asked if wanted is not None else None)


def _is_folder(entry: Object) -> bool:
    """Whether an entry is a folder of the project: a path that does not end like the name of an archive."""
    path = entry.text("path") or (entry.text("file") if entry.get("editable") is True else None)
    archive = path is not None and posixpath.splitext(path)[1].lower() in (".whl", ".zip", ".gz", ".bz2", ".tgz")
    return path is not None and "://" not in path and not archive


def _component(name: str, entry: Object, scope: Scope, place: Location) -> Component:
    stated = entry.text("version") or ""
    version = stated.removeprefix("==").removeprefix("=") if stated.startswith("==") else None
    marker = entry.text("markers")
    found = named(
        name,
        place,
        scope,
        None,
        version=version,
        direct=None,
        hashes=labelled(entry.get("hashes")),
        properties=(("marker", marker),) if marker else (),
    )
    git, file = entry.text("git"), without_secret(entry.text("file") or entry.text("path"))
    if git:
        return replace(found, purl=pypi_url(name, version, vcs_url=vcs_url(git, entry.text("ref"))))
    if file:
        return replace(found, purl=pypi_url(name, version, download_url=file) if "://" in file else None)
    return found


def _declared(lock: Source) -> list[Component] | None:
    """What the Pipfile beside a lock asks for, `None` where there is none that can be read."""
    manifest = nearby(lock, "Pipfile")
    try:
        found = pipfile_declared(load_toml(manifest), manifest) if manifest else None
    except ReadError:
        return None
    return None if found is None else [one for one in found if isinstance(one, Component)]
