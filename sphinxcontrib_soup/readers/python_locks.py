"""What the lock files of Python have in common: names that may be locked in several versions, and what they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from sphinxcontrib_soup.model import Component, Location, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError
from sphinxcontrib_soup.readers.locks import Ask, Entry
from sphinxcontrib_soup.readers.toml_text import Toml
from sphinxcontrib_soup.versions import satisfies
from sphinxcontrib_soup.wording import shown


@dataclass
class Packages:
    """The entries of a lock by their position, and the positions by name."""

    entries: dict[str, Entry] = field(default_factory=dict)
    versions: dict[str, str | None] = field(default_factory=dict)
    of_name: dict[str, list[str]] = field(default_factory=dict)

    def name(self, key: str, name: str, version: str | None) -> None:
        """Note the name and the version of an entry, before those that need it are made."""
        self.versions[key] = version
        self.of_name.setdefault(canonicalize_name(name), []).append(key)

    def answers(self, name: str, constraint: str | None = None) -> list[str]:
        """The entries that a request may get: those of its name; of several, those that the constraint allows."""
        keys = self.of_name.get(canonicalize_name(name), [])
        if len(keys) < 2 or not constraint:
            return keys
        return [key for key in keys if allows(constraint, self.versions[key])] or keys

    def asked(self, wanted: Iterable[Component], command: str) -> tuple[list[Ask], list[Unread]]:
        """What a manifest asks for by the entries that answer, and a finding for each that has none."""
        found: list[Ask] = []
        missing: list[Unread] = []
        for one in wanted:
            keys = self.answers(one.name, one.requested)
            found += (Ask(key, one.requested, one.scope) for key in keys)
            if not keys:
                reason = f"{shown(one.name)} is asked for and not in the lock: run {command} again"
                missing.append(Unread(reason=reason, location=one.location))
        return found, missing

    def asked_by_own(self) -> list[Ask]:
        """What the project asks for by its folders: all that they need."""
        own = (entry for entry in self.entries.values() if entry.component is None)
        scopes = {True: Scope.OPTIONAL, False: Scope.RUNTIME}
        return [Ask(need.key, None, scopes[need.optional]) for entry in own for need in entry.needs]


def allows(constraint: str, version: str | None) -> bool:
    """Whether a constraint allows a version; one that is none that can be read rules nothing out."""
    return version is not None and satisfies(version, constraint, "pypi") is not False


def tables(toml: Toml, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The tables of an array of tables, with their positions.

    :raises ReadError: with the line, if it is something else
    """
    stated = toml.document.get(name, [])
    if not isinstance(stated, list) or not all(isinstance(one, dict) for one in stated):
        raise ReadError(f"{name} is not an array of tables: lock the project again", toml.line(name))
    yield from enumerate(stated)


def inner(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The table of this name in another, empty where there is none."""
    value = table.get(name)
    return value if isinstance(value, dict) else {}


def listed(table: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """The tables of an array in a table; what is none is left out."""
    value = table.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(table: Mapping[str, object], name: str) -> str | None:
    """The text of this name in a table, `None` where there is none."""
    value = table.get(name)
    return value if isinstance(value, str) else None


def check_version(stated: object, newest: str, readable: str, place: Location) -> Iterator[Unread]:
    """What is wrong with the lock-version of a file: nothing, or that it adds to the newest that is known.

    :param readable: which versions can be read, for the message
    :raises ReadError: with the line, if it is of another format
    """
    is_other, has_more = newer(stated, newest)
    if is_other:
        raise ReadError(f"it has the lock-version {shown(str(stated))!r}; {readable} can be read", place.line)
    if has_more:
        reason = f"it has the lock-version {shown(str(stated))!r}; what that adds to {newest} is not read"
        yield Unread(reason=reason, location=place)


def newer(stated: object, known: str) -> tuple[bool, bool]:
    """Whether a format is of a newer major version than the newest that is known, and whether of a newer minor one.

    A major version is another format, a minor one adds to it.
    """
    try:
        found, newest = Version(str(stated)), Version(known)
    except InvalidVersion:
        return True, False
    return found.major > newest.major, found.major == newest.major and found.minor > newest.minor
