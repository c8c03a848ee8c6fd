"""os-release, which names an operating system; the package lists of a system need it for their package URLs.

Format: https://www.freedesktop.org/software/systemd/man/latest/os-release.html
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from sphinxcontrib_soup.model import Unread
from sphinxcontrib_soup.plugin import ReadError, Source
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.wording import shown

UNNAMED = "no os-release near it names the system, so its packages have no package URLs: put it beside this file"
"""What is wrong with a list of packages of an unknown system."""

_LINE = re.compile(r"(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)")
_ID = re.compile(r"[a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A variable of an os-release and its value."""

    name: str
    value: str
    line: int


def assignments(source: Source) -> Iterator[Assignment | Unread]:
    """The lines of an os-release, which are written as a shell reads them."""
    for number, text in enumerate(source.text.splitlines(), 1):
        line = text.strip()
        if not line or line.startswith("#"):
            continue
        said = _LINE.fullmatch(line)
        try:
            values = shlex.split(said["value"], posix=True) if said else []
        except ValueError:  # a quotation that does not end
            said = None
        if said is None or len(values) > 1:
            yield Unread(reason=f"{shown(line, 60)!r} is no NAME=value", location=source.at(number))
        else:
            yield Assignment(said["name"], "".join(values), number)


@dataclass(frozen=True, slots=True)
class Distribution:
    """What system a list of packages belongs to: its ID, and with its version as package URLs name it."""

    id: str
    distro: str


def distribution(source: Source, *places: str) -> Distribution | None:
    """The system that a file near to a package list names; `None` where none does."""
    for place in places:
        found = nearby(source, place)
        try:
            said = {one.name: one.value for one in assignments(found) if isinstance(one, Assignment)} if found else {}
        except ReadError:
            continue
        if _ID.fullmatch(said.get("ID", "")):
            version = said.get("VERSION_ID")
            return Distribution(said["ID"], f"{said['ID']}-{version}" if version else said["ID"])
    return None
