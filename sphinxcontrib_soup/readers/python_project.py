"""What a Python project asks for: the tables of pyproject.toml and of Pipfile.

Formats: https://packaging.python.org/en/latest/specifications/pyproject-toml/ (PEP 518, 621),
https://packaging.python.org/en/latest/specifications/dependency-groups/ (PEP 735),
https://python-poetry.org/docs/pyproject/ (tool.poetry), https://pipenv.pypa.io/en/latest/pipfile.html.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from packaging.utils import canonicalize_name

from sphinxcontrib_soup.model import Component, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.address import vcs_url, without_secret
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.readers.pypi import component, named, purpose, pypi_url
from sphinxcontrib_soup.readers.toml_text import Toml, load_toml
from sphinxcontrib_soup.wording import shown

POETRY = ("tool", "poetry")

PIPFILE_OTHERS = ("source", "requires", "scripts", "pipenv", "build-system")
"""The sections of a Pipfile that name no components."""

TABLES = (
    ("build-system",),
    ("project",),
    ("project", "optional-dependencies"),
    ("dependency-groups",),
    ("tool", "poetry"),
    ("tool", "poetry", "dependencies"),
    ("tool", "poetry", "dev-dependencies"),
    ("tool", "poetry", "group"),
)
"""Where components are looked for."""

_EXACT = re.compile(r"={0,3}\s*(\d+(?:\.\d+)*(?:[\w.+!-]*)?)")
"""An exact version as Poetry writes it, with or without a sign."""


def declared(toml: Toml, source: Source) -> Iterator[Component | Unread]:
    """What a pyproject.toml asks for, and what of it cannot be understood. The project itself is no component."""
    own = toml.table("project").get("name", toml.table("tool", "poetry").get("name"))
    for found in (*_standard(toml, source), *_tools(toml, source), *_poetry(toml, source)):
        if not (isinstance(found, Component) and isinstance(own, str) and found.name == canonicalize_name(own)):
            yield found
    for path in TABLES:
        if not isinstance(toml.table(*path[:-1]).get(path[-1], {}), dict):
            yield Unread(reason=f"{'.'.join(path)} is not a table", location=source.at(toml.line(*path)))


def beside(lock: Source, folder: str = "") -> list[Component] | None:
    """What the pyproject.toml beside a lock, or in a folder beside it, asks for in use and development.

    `None` where there is none that can be read.
    """
    manifest = nearby(lock, posixpath.join(folder, "pyproject.toml"))
    try:
        found = declared(load_toml(manifest), manifest) if manifest else None
    except ReadError:
        return None
    if found is None:
        return None
    return [one for one in found if isinstance(one, Component) and one.scope is not Scope.BUILD]


def pipfile_declared(toml: Toml, source: Source) -> Iterator[Component | Unread]:
    """What a Pipfile asks for, and what of it cannot be understood."""
    for section, stated in toml.document.items():
        if section in PIPFILE_OTHERS:
            continue
        if isinstance(stated, dict):
            yield from _table(toml, source, pipfile_scope(section), section)
        else:
            yield Unread(reason=f"{shown(section)} is not a table", location=source.at(toml.line(section)))


def pipfile_scope(section: str) -> Scope:
    """What a section of a Pipfile or of its lock is for; beside the two that each has, a project may have others."""
    usual = {"packages": Scope.RUNTIME, "default": Scope.RUNTIME}
    usual |= {"dev-packages": Scope.DEVELOPMENT, "develop": Scope.DEVELOPMENT}
    return usual.get(section) or purpose(section) or Scope.OPTIONAL


def _standard(toml: Toml, source: Source) -> Iterator[Component | Unread]:
    yield from _array(toml, source, Scope.RUNTIME, "project", "dependencies")
    for extra in toml.table("project", "optional-dependencies"):
        yield from _array(toml, source, purpose(extra) or Scope.OPTIONAL, "project", "optional-dependencies", extra)
    for group in toml.table("dependency-groups"):
        yield from _array(toml, source, purpose(group) or Scope.DEVELOPMENT, "dependency-groups", group)
    yield from _array(toml, source, Scope.BUILD, "build-system", "requires")


def _tools(toml: Toml, source: Source) -> Iterator[Component | Unread]:
    """Groups of development that uv and PDM had before the standard had any."""
    yield from _array(toml, source, Scope.DEVELOPMENT, "tool", "uv", "dev-dependencies")
    for group in toml.table("tool", "pdm", "dev-dependencies"):
        yield from _array(toml, source, purpose(group) or Scope.DEVELOPMENT, "tool", "pdm", "dev-dependencies", group)


def _array(toml: Toml, source: Source, scope: Scope, *path: str) -> Iterator[Component | Unread]:
    """The components of an array of requirements; a group that includes another one adds nothing to it."""
    stated = toml.table(*path[:-1]).get(path[-1], [])
    if not isinstance(stated, list):
        yield Unread(reason=f"{'.'.join(path)} is not an array", location=source.at(toml.line(*path)))
        return
    for index, text in enumerate(stated):
        place = source.at(toml.line(*path, index))
        if isinstance(text, dict) and path[0] == "dependency-groups":
            yield from _inclusion(toml, path[1], text, place)
            continue
        try:
            if not isinstance(text, str):
                raise ValueError(f"an entry of {'.'.join(path)} is not a text")
            yield component(text, place, scope)
        except ValueError as error:
            yield Unread(reason=str(error), location=place)


def _inclusion(toml: Toml, own: str, entry: dict[str, object], place: Location) -> Iterator[Unread]:
    included = entry.get("include-group")
    stated = toml.table("dependency-groups")
    groups: dict[str, object] = {canonicalize_name(name): content for name, content in stated.items()}
    if not isinstance(included, str):
        yield Unread(reason=f"an entry of dependency-groups.{own} names no group to include", location=place)
    elif canonicalize_name(included) not in groups:
        yield Unread(reason=f"it includes the dependency group {included!r}, which does not exist", location=place)
    elif canonicalize_name(own) in _reached(canonicalize_name(included), groups):
        yield Unread(
            reason=f"the dependency groups {own!r} and {included!r} include each other, which installers refuse",
            location=place,
        )


def _reached(group: str, groups: Mapping[str, object]) -> list[str]:
    """A group and all that it includes."""
    found = [group]
    for one in found:
        content = groups.get(one)
        entries = content if isinstance(content, list) else []
        texts = [entry.get("include-group") for entry in entries if isinstance(entry, dict)]
        found += [name for text in texts if isinstance(text, str) and (name := canonicalize_name(text)) not in found]
    return found


def _poetry(toml: Toml, source: Source) -> Iterator[Component | Unread]:
    yield from _table(toml, source, Scope.RUNTIME, *POETRY, "dependencies")
    yield from _table(toml, source, Scope.DEVELOPMENT, *POETRY, "dev-dependencies")
    for group in toml.table("tool", "poetry", "group"):
        scope = Scope.RUNTIME if group == "main" else purpose(group) or Scope.DEVELOPMENT
        yield from _table(toml, source, scope, *POETRY, "group", group, "dependencies")


def _table(toml: Toml, source: Source, scope: Scope, *path: str) -> Iterator[Component | Unread]:
    """The components of a table of names and constraints, as Poetry and Pipenv write it."""
    for name, stated in toml.table(*path).items():
        if name == "python" and path[0] == "tool":
            continue
        several = isinstance(stated, list)
        for index, one in enumerate(stated if isinstance(stated, list) else [stated]):
            place = source.at(toml.line(*path, name, index) if several else toml.line(*path, name))
            try:
                yield _constrained(name, one, place, scope)
            except ValueError as error:
                yield Unread(reason=str(error), location=place)


def _constrained(name: str, stated: object, place: Location, scope: Scope) -> Component:
    """What a constraint asks for: a text, or a table with where it comes from.

    :raises ValueError: with a sentence for people, if it is neither
    """
    table = {"version": stated} if isinstance(stated, str) else stated
    if not isinstance(table, dict):
        raise ValueError(f"the constraint of {name!r} is neither a text nor a table")
    optional = table.get("optional") is True and scope is Scope.RUNTIME
    marker = table.get("markers")
    found = named(
        name,
        place,
        Scope.OPTIONAL if optional else scope,
        None,
        properties=(("marker", marker),) if isinstance(marker, str) else (),
    )
    range_ = table.get("version")
    if isinstance(range_, str):
        exact = _EXACT.fullmatch(range_.strip())
        version = exact[1] if exact else None
        requested = range_ if range_ != "*" else None
        return replace(found, version=version, purl=pypi_url(name, version), requested=requested)
    git = table.get("git")
    revision = next((str(table[key]) for key in ("rev", "tag", "branch", "ref") if key in table), None)
    address = without_secret(next((str(table[key]) for key in ("git", "url", "path", "file") if key in table), None))
    requested = f"{address}@{revision}" if address and revision else address or None
    if isinstance(git, str):
        return replace(found, purl=pypi_url(name, vcs_url=vcs_url(git, revision)), requested=requested)
    download = address if "://" in address else None
    return replace(found, purl=pypi_url(name, download_url=download), requested=requested)
