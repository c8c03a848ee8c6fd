"""What lock files have in common: entries that need each other, and what the project itself asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sphinxcontrib_soup.model import Component, Scope

STRENGTH = (Scope.RUNTIME, Scope.OPTIONAL, Scope.BUILD, Scope.TEST, Scope.DEVELOPMENT, None)
"""What a component is for, the most demanding first: one that serves several things serves the first of them."""


class Need(NamedTuple):
    """What an entry of a lock needs: the key of another, and whether it can do without."""

    key: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a lock file. `component` is `None` for the project's own packages, which are no third party."""

    component: Component | None
    needs: tuple[Need, ...] = ()


class Ask(NamedTuple):
    """What the project itself asks for: the key of the entry that answers, the range, and what it is for."""

    key: str
    requested: str | None
    scope: Scope | None


def joined(entries: Mapping[str, Entry], asked: Sequence[Ask] | None) -> list[Component]:
    """The components of a lock, once for each name and version: which are direct, what for, and what each needs.

    `asked` is `None` where nobody says what the project itself asks for; then that is unknown, and so is the purpose of
    what the lock itself does not tell it of.
    """
    reached = purposes(entries, asked or ())
    answers: dict[str, Ask] = {}
    for ask in asked or ():
        answers.setdefault(ask.key, ask)
    found = []
    for key, entry in entries.items():
        if entry.component is not None:
            answer = answers.get(key)
            requires = (_reference(entries, need.key) for need in entry.needs)
            found.append(
                replace(
                    entry.component,
                    requested=answer.requested if answer else entry.component.requested,
                    direct=answer is not None if asked is not None else entry.component.direct,
                    scope=entry.component.scope or reached.get(key),
                    requires=tuple(dict.fromkeys(one for one in requires if one)),
                )
            )
    return distinct(found)


def purposes(entries: Mapping[str, Entry], asked: Iterable[Ask]) -> dict[str, Scope]:
    """What each entry is for that the project reaches, by the most demanding way that leads to it.

    What an entry can do without is optional for those that use it.
    """
    waiting: dict[Scope, list[str]] = {scope: [] for scope in STRENGTH if scope}
    for ask in asked:
        if ask.scope:
            waiting[ask.scope].append(ask.key)
    found: dict[str, Scope] = {}
    for scope, keys in waiting.items():
        for key in keys:
            if key in found or key not in entries:
                continue
            found[key] = scope
            for need in entries[key].needs:
                weaker = Scope.OPTIONAL if need.optional and scope is Scope.RUNTIME else scope
                waiting[weaker].append(need.key)
    return found


def _reference(entries: Mapping[str, Entry], key: str) -> str | None:
    """How a component is named by those that need it."""
    component = entries[key].component if key in entries else None
    return reference(component) if component else None


def reference(component: Component) -> str:
    """How a component is named by those that need it: its package URL, or its name where it has none."""
    return component.purl or component.name


def distinct(components: Iterable[Component]) -> list[Component]:
    """The components of a file, once for each name and version, with the strongest of what its places say.

    Where a file has one version of a package only, the others name it without: so another version changes one row.
    """
    found: dict[tuple[str, str | None, str | None], Component] = {}
    for component in components:
        key = (component.name, component.version, _origin(component))
        found[key] = _merged(found[key], component) if key in found else component
    short = _short(found.values())
    return [replace(one, requires=_named(one.requires, short)) if one.requires else one for one in found.values()]


def _named(required: Iterable[str], short: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(short.get(one, one) for one in required))


def _short(components: Iterable[Component]) -> dict[str, str]:
    """The package URLs of the packages that there is one version of, each with the one without version."""
    of_package: dict[str, set[str]] = {}
    for purl in {one.purl for one in components if one.purl}:
        of_package.setdefault(purl.partition("?")[0].partition("@")[0], set()).add(purl)
    return {purl: key for key, purls in of_package.items() if len(purls) == 1 for purl in purls}


def _origin(component: Component) -> str | None:
    """What tells apart two components of one name and version that come from different places."""
    return (component.purl or "").partition("?")[2] or None


def _merged(one: Component, other: Component) -> Component:
    first, second = (other, one) if other.direct and not one.direct else (one, other)
    return replace(
        first,
        scope=min(one.scope, other.scope, key=STRENGTH.index),
        licence=first.licence or second.licence,
        hashes=tuple(dict.fromkeys((*first.hashes, *second.hashes))),
        requires=tuple(dict.fromkeys((*first.requires, *second.requires))),
        properties=tuple(dict.fromkeys((*first.properties, *second.properties))),
    )
