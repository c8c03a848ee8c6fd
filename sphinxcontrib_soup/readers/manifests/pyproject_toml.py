"""pyproject.toml: what a Python project asks for.

Formats: https://packaging.python.org/en/latest/specifications/pyproject-toml/ (PEP 518, 621),
https://packaging.python.org/en/latest/specifications/dependency-groups/ (PEP 735),
https://python-poetry.org/docs/pyproject/ (tool.poetry).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.utils import canonicalize_name

from sphinxcontrib_soup.model import Component, Evidence, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.pip import requirements
from sphinxcontrib_soup.readers.pypi import component, named, purpose
from sphinxcontrib_soup.readers.toml_text import Toml, load_toml

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


@reader("pyproject.toml")
def pyproject_toml(source: Source) -> Iterator[Evidence]:
    """pyproject.toml: direct components with the range asked for, and what for.

    Read are `dependencies` and `optional-dependencies`, dependency groups, the build system's requirements and Poetry's
    tables with their groups. The interpreter and the project itself are no components.
    """
    toml = load_toml(source)
    own = toml.table("project").get("name", toml.table("tool", "poetry").get("name"))
    for found in (*_standard(toml, source), *_poetry(toml, source)):
        if not (isinstance(found, Component) and isinstance(own, str) and found.name == canonicalize_name(own)):
            yield found
    yield from _dynamic(toml, source)
    for path in TABLES:
        if not isinstance(toml.table(*path[:-1]).get(path[-1], {}), dict):
            yield Unread(reason=f"{'.'.join(path)} is not a table", location=source.at(toml.line(*path)))


def _standard(toml: Toml, source: Source) -> Iterator[Evidence]:
    yield from _array(toml, source, Scope.RUNTIME, "project", "dependencies")
    for extra in toml.table("project", "optional-dependencies"):
        yield from _array(toml, source, purpose(extra) or Scope.OPTIONAL, "project", "optional-dependencies", extra)
    for group in toml.table("dependency-groups"):
        yield from _array(toml, source, purpose(group) or Scope.DEVELOPMENT, "dependency-groups", group)
    yield from _array(toml, source, Scope.BUILD, "build-system", "requires")


def _array(toml: Toml, source: Source, scope: Scope, *path: str) -> Iterator[Evidence]:
    """The components of an array of requirements; a group that includes another one adds nothing to it."""
    stated = toml.table(*path[:-1]).get(path[-1], [])
    if not isinstance(stated, list):
        yield Unread(reason=f"{'.'.join(path)} is not an array", location=source.at(toml.line(*path)))
        return
    for index, text in enumerate(stated):
        place = source.at(toml.line(*path, index))
        if isinstance(text, dict) and path[0] == "dependency-groups":
            yield from _inclusion(toml, text, place)
            continue
        try:
            if not isinstance(text, str):
                raise ValueError(f"an entry of {'.'.join(path)} is not a text")
            yield component(text, place, scope)
        except ValueError as error:
            yield Unread(reason=str(error), location=place)


def _inclusion(toml: Toml, entry: dict[str, object], place: Location) -> Iterator[Unread]:
    group = entry.get("include-group")
    groups = {canonicalize_name(name) for name in toml.table("dependency-groups")}
    if not isinstance(group, str) or canonicalize_name(group) not in groups:
        yield Unread(reason=f"it includes the dependency group {group!r}, which does not exist", location=place)


def _poetry(toml: Toml, source: Source) -> Iterator[Evidence]:
    yield from _poetry_table(toml, source, Scope.RUNTIME, "dependencies")
    yield from _poetry_table(toml, source, Scope.DEVELOPMENT, "dev-dependencies")
    for group in toml.table("tool", "poetry", "group"):
        scope = Scope.RUNTIME if group == "main" else purpose(group) or Scope.DEVELOPMENT
        yield from _poetry_table(toml, source, scope, "group", group, "dependencies")


def _poetry_table(toml: Toml, source: Source, scope: Scope, *inner: str) -> Iterator[Evidence]:
    path = ("tool", "poetry", *inner)
    for name, stated in toml.table(*path).items():
        if name == "python":
            continue
        several = isinstance(stated, list)
        for index, one in enumerate(stated if isinstance(stated, list) else [stated]):
            place = source.at(toml.line(*path, name, index) if several else toml.line(*path, name))
            try:
                yield _poetry_component(name, one, place, scope)
            except ValueError as error:
                yield Unread(reason=str(error), location=place)


def _poetry_component(name: str, stated: object, place: Location, scope: Scope) -> Component:
    table = {"version": stated} if isinstance(stated, str) else stated
    if not isinstance(table, dict):
        raise ValueError(f"the constraint of {name!r} is neither a text nor a table")
    range_ = table.get("version")
    if isinstance(range_, str):
        exact = _EXACT.fullmatch(range_.strip())
        version = exact[1] if exact else None
        requested = range_ if range_ != "*" else None
    else:
        version = None
        address = next((str(table[key]) for key in ("git", "url", "path", "file") if key in table), None)
        revision = next((str(table[key]) for key in ("rev", "tag", "branch") if key in table), None)
        requested = f"{address}@{revision}" if address and revision else address
    optional = table.get("optional") is True and scope is Scope.RUNTIME
    return named(name, place, Scope.OPTIONAL if optional else scope, requested, version=version)


def _dynamic(toml: Toml, source: Source) -> Iterator[Evidence]:
    """Dependencies that the file leaves to the build backend: setuptools names files with them."""
    dynamic = toml.table("project").get("dynamic")
    if not isinstance(dynamic, list) or "dependencies" not in dynamic:
        return
    stated = toml.table("tool", "setuptools", "dynamic", "dependencies").get("file", [])
    files = [stated] if isinstance(stated, str) else stated if isinstance(stated, list) else []
    if not files:
        reason = "its dependencies are dynamic, known to the build backend alone: name a lock or requirement file, too"
        yield Unread(reason=reason, location=source.at(toml.line("project", "dynamic")))
    for name in files:
        place = source.at(toml.line("tool", "setuptools", "dynamic", "dependencies"))
        try:
            yield from requirements(source.beside(str(name)))
        except (ReadError, ValueError, OSError) as error:
            yield Unread(reason=f"its dependencies are in {str(name)!r}: {error}", location=place)
