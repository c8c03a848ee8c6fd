"""What Composer's files have in common: requirements, and what is a platform rather than a package.

Format: https://getcomposer.org/doc/04-schema.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.identity import package_url
from sphinxcontrib_soup.model import Scope, Unread
from sphinxcontrib_soup.plugin import Source
from sphinxcontrib_soup.readers.json_text import Object

TABLES = {"require": Scope.RUNTIME, "require-dev": Scope.DEVELOPMENT}
"""The tables of a composer.json that name packages, and what each is for."""

_NAME = re.compile(r"[a-z0-9](?:[_.-]?[a-z0-9]+)*/[a-z0-9](?:(?:[_.]|-{1,2})?[a-z0-9]+)*", re.IGNORECASE)
_PLATFORM = re.compile(r"php(?:-\w+)*|hhvm|(?:ext|lib)-[\w.-]+|composer(?:-(?:plugin|runtime)-api)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """A package that is asked for, in which range, and what for."""

    name: str
    requested: str
    scope: Scope
    line: int


def wishes(manifest: Object, source: Source) -> Iterator[Wish | Unread]:
    """What a composer.json asks for; the interpreter, its extensions and Composer itself are no packages."""
    for table, scope in TABLES.items():
        stated = manifest.get(table, Object())
        if not isinstance(stated, Object):
            if stated != []:  # how PHP writes a table without entries
                yield Unread(reason=f"{table} is not an object", location=source.at(manifest.lines[table]))
            continue
        for name, requested in stated.items():
            line = stated.lines[name]
            if not name or not isinstance(requested, str):
                yield Unread(reason=f"{table}: the range of {name!r} is not a text", location=source.at(line))
            elif not _PLATFORM.fullmatch(name):
                yield Wish(name, requested, scope, line)


def composer_url(name: str, version: str | None = None) -> str | None:
    """The package URL of a package by its full name; `None` where no package can have the name."""
    if not _NAME.fullmatch(name):
        return None
    vendor, _, short = name.partition("/")
    return package_url("composer", short, version, vendor)
