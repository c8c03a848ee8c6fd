"""composer.lock, the lock file of PHP's Composer.

Format: https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control
"""

from __future__ import annotations

from collections.abc import Iterator

from sphinxcontrib_soup.model import Component, Evidence, Scope, Unread
from sphinxcontrib_soup.plugin import ReadError, Source, reader
from sphinxcontrib_soup.readers.composer import Wish, composer_url, wishes
from sphinxcontrib_soup.readers.digests import digest
from sphinxcontrib_soup.readers.json_lists import element_lines
from sphinxcontrib_soup.readers.json_text import Object, Value, load_object
from sphinxcontrib_soup.readers.locks import Ask, Entry, Need, joined
from sphinxcontrib_soup.readers.nearby import nearby
from sphinxcontrib_soup.wording import shown

LISTS = {"packages": Scope.RUNTIME, "packages-dev": Scope.DEVELOPMENT}
"""The lists of a lock, and what their packages are for."""


@reader("composer.lock", ecosystem="composer")
def composer_lock(source: Source) -> Iterator[Evidence]:
    """Composer's lock file: every package. Those of a path are folders of the project itself.

    The lock does not say what the project itself asked for: that is taken from the composer.json beside it, and is
    unknown where there is none.
    """
    lock = load_object(source)
    if not any(name in lock for name in LISTS):
        raise ReadError("it has no list `packages`: run composer update --lock", 1)
    entries: dict[str, Entry] = {}
    provided: set[str] = set()
    for package, line, scope in _packages(lock, source):
        name = package.text("name") if isinstance(package, Object) else None
        if not isinstance(package, Object) or not name or not package.text("version"):
            yield Unread(reason="the entry names no package and version", location=source.at(line))
            continue
        key = name.lower()
        if key in entries:
            reason = f"{shown(name)} is in the lock twice: run composer update --lock"
            yield Unread(reason=reason, location=source.at(package.lines["name"]))
            key = f"{key} {line}"
        own = package.object("dist").get("type") == "path"
        needs = tuple(Need(need.lower()) for need in package.object("require"))
        entries[key] = Entry(None if own else _component(package, name, scope, source), needs)
        provided |= {given.lower() for part in ("provide", "replace") for given in package.object(part)}
    manifest, asked = _asked(source)
    yield from joined(entries, [Ask(one.name.lower(), one.requested, one.scope) for one in asked] if manifest else None)
    for one in asked:
        if manifest and one.name.lower() not in entries.keys() | provided:
            reason = f"{shown(one.name)} is asked for, and not in composer.lock: run composer update --lock"
            yield Unread(reason=reason, location=manifest.at(one.line))


def _packages(lock: Object, source: Source) -> Iterator[tuple[Value, int, Scope]]:
    """The entries of the lists with their lines, and what they are for; what is no list is one bad entry."""
    for name, scope in LISTS.items():
        stated = lock.get(name)
        if isinstance(stated, list):
            lines = element_lines(source, lock, name)
            yield from ((one, line, scope) for one, line in zip(stated, lines, strict=True))
        elif stated is not None:
            yield None, lock.lines[name], scope


def _component(package: Object, name: str, scope: Scope, source: Source) -> Component:
    version = package.text("version")
    checksum = digest("sha1", package.object("dist").text("shasum") or "")
    stated = package.get("license")
    licences = [one for one in (stated if isinstance(stated, list) else [stated]) if isinstance(one, str) and one]
    return Component(
        name=name,
        version=version,
        purl=composer_url(name, version),
        scope=scope,
        licence=" OR ".join(licences) or None,
        hashes=(checksum,) if checksum else (),
        location=source.at(package.lines["name"]),
    )


def _asked(source: Source) -> tuple[Source | None, list[Wish]]:
    """The composer.json beside the lock and what it asks for; none where there is none that can be read."""
    manifest = nearby(source, "composer.json")
    try:
        found = list(wishes(load_object(manifest), manifest)) if manifest else []
    except ReadError:
        return None, []
    return manifest, [one for one in found if isinstance(one, Wish)]
